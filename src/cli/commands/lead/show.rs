//! `lead show LEAD`.

use std::collections::BTreeMap;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::activities::{self, ShownActivity};
use super::entry::{self, line_of, next_of, tone};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::enriching::origin_words;
use crate::cli::services::account_title;
use crate::cli::waiting;
use crate::domain::board::{BoardState, LeadLine};
use crate::domain::category::Category;
use crate::domain::ids::{LeadId, RunId};
use crate::domain::integration::Integration;
use crate::domain::lead::{EventName, FIELDS, Lead, Readiness};
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::store::enrichment_origins::Origin;
use crate::ui::format;
use crate::ui::table::Tone;

/// Show everything about a lead
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync lead show ann@example.com")]
pub struct LeadShowArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    pub lead: String,
}

#[derive(Serialize)]
struct Document {
    lead: Shown,
}

#[derive(Serialize)]
struct Shown {
    id: String,
    name: String,
    email: Option<String>,
    fields: BTreeMap<String, String>,
    /// Who gave each field its value.
    origins: BTreeMap<String, ShownOrigin>,
    events: Vec<EventName>,
    answers: Vec<ShownAnswer>,
    activities: Vec<ShownActivity>,
    scans: u32,
    captured_at: String,
    revision: i64,
    readiness: Readiness,
    integrations: Vec<Place>,
}

#[derive(Serialize)]
struct ShownOrigin {
    /// `rules:NAME`, `provider:NAME`, `import`, `pull` or `hand`.
    origin: String,
    /// What was captured, where it was tidied.
    before: Option<String>,
    at: Option<String>,
}

#[derive(Serialize)]
struct ShownAnswer {
    qualifier: String,
    answer: String,
    /// Whether it is one of the qualifier's values.
    defined: bool,
    event: Option<String>,
}

/// Where the lead stands in one account.
#[derive(Serialize)]
struct Place {
    integration: String,
    account: Option<String>,
    state: BoardState,
    category: Option<Category>,
    reason: Option<String>,
    message: Option<String>,
    landed: bool,
    run: Option<RunId>,
    records: Vec<Record>,
    next: Option<String>,
    #[serde(skip)]
    title: String,
}

#[derive(Serialize)]
struct Record {
    object: String,
    id: String,
    created_by_us: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadShowArgs) -> Result<ExitStatus, CommandError> {
    let (app, store) = context.open()?;
    let lead = entry::load(&store, context.lead(&store, &args.lead)?)?;
    let now = context.now(&app, &store)?;
    let integrations = places(&store, lead.id)?;
    let origins = store.field_origins(lead.id, &lead.fields)?;
    let answers = answers(&store, &lead)?;
    let activities = activities::of(&store, lead.id)?;
    if !context.ui.json() {
        let zone = TimeZone::system();
        let met = format::moment(lead.captured_at, now, &zone);
        let told = |key: &str| origin_note(origins.get(key)?, now, &zone);
        print(context, &store, &lead, &answers, &met, &told);
        activities::print(context, &activities, now);
        for place in &integrations {
            print_place(context, place);
        }
        if integrations.is_empty() {
            context
                .ui
                .status("No account knows it yet: nothing is connected.");
        }
        return Ok(ExitStatus::Done);
    }
    context.ui.document(&Document {
        lead: Shown {
            id: store.ids().encode(lead.id),
            name: lead.display_name(),
            email: lead.field("email").map(str::to_owned),
            events: lead.events,
            answers,
            activities,
            scans: lead.scans,
            captured_at: format::stamp(lead.captured_at),
            revision: lead.revision,
            readiness: lead.readiness,
            fields: lead.fields,
            origins: origins
                .into_iter()
                .map(|(field, origin)| {
                    let shown = ShownOrigin {
                        origin: origin.origin,
                        before: origin.before,
                        at: origin.at.map(format::stamp),
                    };
                    (field, shown)
                })
                .collect(),
            integrations,
        },
    });
    Ok(ExitStatus::Done)
}

fn places(store: &Store, lead: LeadId) -> Result<Vec<Place>, CommandError> {
    let destinations = waiting::destinations(store)?;
    let several = destinations.len() > 1;
    let mut places = Vec::new();
    for integration in &destinations {
        if let Some(line) = line_of(store, integration, lead)? {
            places.push(place(store, integration, lead, line, several)?);
        }
    }
    Ok(places)
}

fn place(
    store: &Store,
    integration: &Integration,
    lead: LeadId,
    line: LeadLine,
    several: bool,
) -> Result<Place, CommandError> {
    let links = match &integration.account {
        Some(account) => store.remote_links(account.id, lead)?,
        None => Vec::new(),
    };
    Ok(Place {
        integration: integration.name.clone(),
        account: integration
            .account
            .as_ref()
            .map(|account| account.vendor_account.clone()),
        title: format!(
            "{} · {}",
            waiting::title(integration),
            account_title(integration)
        ),
        next: next_of(&line, integration, several),
        state: line.state,
        category: line.category,
        reason: line.reason,
        message: line.message,
        landed: line.landed,
        run: line.run,
        records: links
            .into_iter()
            .map(|link| Record {
                object: link.object,
                id: link.remote_id,
                created_by_us: link.created_by_us,
            })
            .collect(),
    })
}

fn answers(store: &Store, lead: &Lead) -> Result<Vec<ShownAnswer>, CommandError> {
    lead.answers
        .iter()
        .map(|answer| {
            let qualifier = store.qualifier(answer.qualifier)?;
            let event = answer
                .event
                .and_then(|id| lead.events.iter().find(|event| event.id == id));
            Ok(ShownAnswer {
                qualifier: qualifier
                    .map_or_else(|| answer.qualifier.to_string(), |found| found.name),
                answer: answer.raw.clone(),
                defined: answer.defined,
                event: event.map(|event| event.name.clone()),
            })
        })
        .collect()
}

/// Who filled or tidied a field; nothing of what stands as it was captured.
fn origin_note(origin: &Origin, now: Timestamp, zone: &TimeZone) -> Option<String> {
    let at = format::moment(origin.at?, now, zone);
    let was = origin
        .before
        .as_deref()
        .map(|before| format!("; was {}", format::clean(before)))
        .unwrap_or_default();
    Some(format!("{}, {at}{was}", origin_words(&origin.origin)))
}

fn print(
    context: &Context,
    store: &Store,
    lead: &Lead,
    answers: &[ShownAnswer],
    met: &str,
    told: &dyn Fn(&str) -> Option<String>,
) {
    let ui = &context.ui;
    let theme = ui.theme();
    let dot = theme.symbols().dot;
    ui.data(format_args!(
        "{} {dot} {}",
        theme.strong(&format::clean(&lead.display_name())),
        store.ids().encode(lead.id)
    ));
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut notes: Vec<Option<String>> = Vec::new();
    for (key, label, value) in fields(lead) {
        notes.push(told(&key));
        rows.push((label, value));
    }
    rows.push((
        "Events".to_owned(),
        lead.events
            .iter()
            .map(|event| event.name.as_str())
            .collect::<Vec<_>>()
            .join(&format!(" {dot} ")),
    ));
    rows.push((
        "Met".to_owned(),
        format!("{met} {dot} {}", format::counted(lead.scans.into(), "scan")),
    ));
    for answer in answers {
        let doubt = if answer.defined {
            ""
        } else {
            "  (none of its values)"
        };
        rows.push((
            answer.qualifier.clone(),
            format!("{}{doubt}", answer.answer),
        ));
    }
    let widest = rows
        .iter()
        .map(|(word, _)| format::width(word))
        .max()
        .unwrap_or(0)
        .min(24);
    let notes = notes.into_iter().chain(std::iter::repeat(None));
    for ((word, value), note) in rows
        .iter()
        .zip(notes)
        .filter(|((_, value), _)| !value.is_empty())
    {
        let word = format::cut(&format::clean(word), widest, theme.symbols().cut);
        let word = theme.faint(&format::pad(&word, widest));
        let room = ui.width().saturating_sub(widest + 6 + format::width(value));
        let note = note.map(|note| {
            // What was captured is told where there is room; --json tells it always.
            let short = note.split("; was ").next().unwrap_or_default();
            let fits = format::width(&note) + 2 <= room;
            let told = if fits { note.as_str() } else { short };
            format!("  {}", theme.faint(&format!("({told})")))
        });
        ui.data(format_args!(
            "  {word}  {}{}",
            format::clean(value),
            note.unwrap_or_default()
        ));
    }
}

/// The fields that have a value, in the order of the catalogue, the user's own behind them.
fn fields(lead: &Lead) -> Vec<(String, String, String)> {
    let standard = FIELDS.iter().filter_map(|info| {
        let value = lead.field(info.key)?;
        Some((info.key.to_owned(), info.label.to_owned(), value.to_owned()))
    });
    let own = lead
        .fields
        .iter()
        .filter(|(key, _)| !FIELDS.iter().any(|info| info.key == key.as_str()))
        .map(|(key, value)| (key.clone(), key.clone(), value.clone()));
    standard.chain(own).collect()
}

fn print_place(context: &Context, place: &Place) {
    let ui = &context.ui;
    let theme = ui.theme();
    let state = match tone(Some(place.state)) {
        Tone::Good => theme.good(place.state.name()),
        Tone::Bad => theme.bad(place.state.name()),
        Tone::Care => theme.care(place.state.name()),
        _ => place.state.name().to_owned(),
    };
    let why = match place.state {
        BoardState::Failed | BoardState::Ignored => {
            place.category.map(|category| category.code().to_owned())
        }
        _ => place.reason.clone(),
    };
    ui.data("");
    ui.data(format_args!(
        "{}   {state} {}",
        theme.strong(&format::clean(&place.title)),
        why.unwrap_or_default()
    ));
    if let Some(message) = &place.message {
        ui.data(format::wrap(&format::clean(message), ui.width(), 2));
    }
    for record in &place.records {
        let made = if record.created_by_us {
            "made by mobly-sync"
        } else {
            "was there before"
        };
        ui.data(format_args!(
            "  {} {}   {made}",
            format::clean(&record.object),
            format::clean(&record.id)
        ));
    }
    if place.state == BoardState::Failed && place.landed {
        ui.data("  The person is in the CRM; a later step failed.");
    }
    if let Some(next) = &place.next {
        ui.next(next);
    }
}
