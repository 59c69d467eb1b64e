//! `--to KIND:NAME`: values of a person's field that stand for campaigns, at a vendor without campaigns.

use super::place::{account, connecting, marks};
use super::terms::{Terms, TermsArgs};
use super::told::{Change, tell};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::domain::campaign::Campaign;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::lead::Role;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind};
use crate::engine::set_up::{ObjectFields, choose, option_value};
use crate::exit::ExitStatus;
use crate::store::campaigns::NewCampaignRule;
use crate::vendors::MarkInfo;

/// Options named beside one that is not there.
const SHOWN: usize = 5;

/// What `--to` names.
#[derive(Clone, Copy)]
pub(super) struct To<'a> {
    pub(super) kind: &'static MarkInfo,
    name: &'a str,
}

/// A value of a field, as it is kept.
struct Chosen {
    remote_id: String,
    name: String,
    field: RemoteField,
}

/// Reads `KIND:NAME`.
///
/// # Errors
/// Where the vendor has no such kind, with those it has; where it has campaigns.
pub(super) fn to<'a>(setup: &Setup, text: &'a str) -> Result<To<'a>, CommandError> {
    let kinds = marks(setup)?;
    let words: Vec<&str> = kinds.iter().map(|kind| kind.word).collect();
    let form = format!(
        "it is of the form KIND:NAME, where KIND is {}",
        words.join(" or ")
    );
    let Some((word, name)) = text.split_once(':') else {
        return Err(CommandError::usage(format!("--to {text:?} names no kind")).hint(form));
    };
    let mut kinds = kinds.iter();
    let kind = kinds.find(|kind| kind.word.eq_ignore_ascii_case(word.trim()));
    let Some(kind) = kind else {
        let title = setup.vendor.title;
        return Err(CommandError::usage(format!(
            "{:?} is nothing that stands for a campaign at {title}",
            word.trim()
        ))
        .hint(form));
    };
    match name.trim() {
        "" => Err(CommandError::usage(format!("--to {text:?} names no {}", kind.word)).hint(form)),
        name => Ok(To { kind, name }),
    }
}

/// Refuses statuses: no value of a field has any.
///
/// # Errors
/// Usage, where one is named.
pub(super) fn without_status(terms: &TermsArgs, word: &str) -> Result<(), CommandError> {
    if terms.status.is_none() && terms.status_by.is_empty() {
        return Ok(());
    }
    let message = format!("a {word} has no statuses: leave --status and --status-by out");
    Err(CommandError::usage(message))
}

/// Asks for the person's fields and connects.
///
/// # Errors
/// As [`save`]; where the fields are not known.
pub(super) async fn connect(
    context: &Context,
    setup: &mut Setup,
    event: &Event,
    text: &str,
    terms: &TermsArgs,
) -> Result<ExitStatus, CommandError> {
    let to = to(setup, text)?;
    without_status(terms, to.kind.word)?;
    let objects = setup.objects(Some(to.kind.object))?;
    let wanted: Vec<String> = to.kind.field.into_iter().map(str::to_owned).collect();
    let fields = setup.fields(context, &objects, &wanted).await?;
    save(context, setup, event, &to, &fields.objects, terms)
}

/// Checks the field and the value and keeps the rule.
///
/// # Errors
/// Where the person has no such field or option, or the field cannot hold it; nothing is changed then.
pub(super) fn save(
    context: &Context,
    setup: &mut Setup,
    event: &Event,
    to: &To<'_>,
    fields: &[ObjectFields],
    terms: &TermsArgs,
) -> Result<ExitStatus, CommandError> {
    without_status(terms, to.kind.word)?;
    let chosen = match to.kind.field {
        Some(code) => {
            let field = writable(setup, fields, code)?;
            let (value, label) = value_of(setup, to.kind, &field, to.name)?;
            Chosen {
                remote_id: value,
                name: label,
                field,
            }
        }
        None => named_field(setup, to, fields, event)?,
    };
    let terms = Terms {
        threshold: terms.threshold.unwrap_or_default(),
        ..Terms::default()
    };
    let new = NewCampaignRule {
        kind: to.kind.word.to_owned(),
        remote_id: chosen.remote_id.clone(),
        name: chosen.name.clone(),
        closed: None,
        event: event.id,
        status: None,
        qualifier: None,
        by_answer: Vec::new(),
        threshold: terms.threshold,
    };
    let notes = beside(setup, event, to.kind, &chosen)?;
    let id = format!("{}:{}", to.kind.word, chosen.remote_id);
    let author = setup.author(context, &["campaign", "connect", &event.name, "--to", &id]);
    let (integration, account, now) = (setup.integration.id, account(setup)?, setup.now);
    let run = setup
        .store
        .save_campaign_rule(integration, account, &new, &author, now)?;
    let change = Change {
        event,
        id: &id,
        run,
        notes,
    };
    tell(context, setup, &change)?;
    Ok(ExitStatus::Done)
}

/// A field that can be written, by its code.
fn writable(
    setup: &Setup,
    fields: &[ObjectFields],
    code: &str,
) -> Result<RemoteField, CommandError> {
    let chosen = choose(fields, true, Role::Persona, code);
    let chosen = chosen.map_err(|problem| setup.no_target(&problem))?;
    let mut targets = chosen.targets.into_iter();
    let (_, field) = targets
        .next()
        .ok_or_else(|| CommandError::internal("a field was chosen and is not there"))?;
    Ok(field.clone())
}

/// `FIELD=VALUE`, or `FIELD` for the event's name.
fn named_field(
    setup: &Setup,
    to: &To<'_>,
    fields: &[ObjectFields],
    event: &Event,
) -> Result<Chosen, CommandError> {
    let mut schemas = fields.iter().map(|of| &of.schema);
    let schema = schemas
        .next()
        .ok_or_else(|| CommandError::internal("no field was read"))?;
    let whole = code_of(setup, schema, to.name)?;
    let (code, text) = match (whole, to.name.split_once('=')) {
        (Some(code), _) => (code, event.name.as_str()),
        (None, Some((name, value))) => {
            let name = name.trim();
            let code = code_of(setup, schema, name)?;
            (code.unwrap_or_else(|| name.to_owned()), value.trim())
        }
        (None, None) => (to.name.to_owned(), event.name.as_str()),
    };
    let field = writable(setup, fields, &code)?;
    if text.is_empty() {
        return Err(CommandError::usage(format!(
            "--to names no value of {:?}",
            field.label
        )));
    }
    let (value, label) = value_of(setup, to.kind, &field, text)?;
    Ok(Chosen {
        remote_id: format!("{}={value}", field.name),
        name: format!("{} = {label}", field.label),
        field,
    })
}

/// The code of the field with this code or label; `None`: there is none.
fn code_of(
    setup: &Setup,
    schema: &ObjectSchema,
    name: &str,
) -> Result<Option<String>, CommandError> {
    if let Some(field) = schema.field(name) {
        return Ok(Some(field.name.clone()));
    }
    let labelled = |field: &&RemoteField| field.label.to_lowercase() == name.to_lowercase();
    let found: Vec<&RemoteField> = schema.fields.iter().filter(labelled).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.name.clone())),
        several => {
            let codes: Vec<&str> = several.iter().map(|field| field.name.as_str()).collect();
            let message = format!("several fields are called {name:?}");
            Err(CommandError::new(ErrorCode::Ambiguous, message)
                .hint(format!("name one by its code: {}", codes.join(", ")))
                .fix(setup.command(&format!("mapping fields --search {}", quote(name)))))
        }
    }
}

/// What is sent for a value, and what people see.
fn value_of(
    setup: &Setup,
    kind: &MarkInfo,
    field: &RemoteField,
    text: &str,
) -> Result<(String, String), CommandError> {
    let search = format!(
        "mapping fields --object {} --search {}",
        kind.object,
        quote(&field.name)
    );
    let unfit =
        |why: String| CommandError::new(ErrorCode::Unsupported, why).fix(setup.command(&search));
    let label = &field.label;
    match field.kind {
        RemoteKind::One | RemoteKind::Many if field.options.is_none() => {
            return Err(unfit(format!("the options of {label:?} cannot be read")));
        }
        RemoteKind::One | RemoteKind::Many => {}
        RemoteKind::Text | RemoteKind::Longtext => {}
        other => {
            return Err(unfit(format!(
                "{label:?} is a {} field: only text and options stand for a campaign",
                other.name()
            )));
        }
    }
    let length = text.chars().count();
    if let Some(most) = field.max_length.filter(|most| length > *most) {
        return Err(unfit(format!(
            "{text:?} is too long for {label:?}: it holds {most} characters"
        )));
    }
    let Ok(value) = option_value(field, text) else {
        let what = match kind.field {
            Some(_) => format!("no {} {text:?}", kind.word),
            None => format!("no option {text:?} of {label:?}"),
        };
        let message = format!("{} has {what}", setup.vendor.title);
        let near = nearest_labels(field, text);
        let error = match near.is_empty() {
            true => CommandError::not_found(message),
            false => CommandError::not_found(message).hint(format!("nearest: {}", near.join(", "))),
        };
        return Err(error
            .hint(format!("where to make it: {}", kind.make))
            .fix(setup.command(&search)));
    };
    let options = field.options.as_deref().unwrap_or_default();
    let option = options.iter().find(|option| option.value == value);
    let shown = option.filter(|option| !option.label.is_empty());
    let shown = shown.map_or_else(|| value.clone(), |option| option.label.clone());
    Ok((value, shown))
}

/// The options nearest to a text, best first, as people see them.
fn nearest_labels(field: &RemoteField, text: &str) -> Vec<String> {
    let options = field.options.as_deref().unwrap_or_default();
    let shown = options.iter().map(|option| match option.label.is_empty() {
        true => option.value.as_str(),
        false => option.label.as_str(),
    });
    let likeness = |label: &str| strsim::jaro_winkler(&text.to_lowercase(), &label.to_lowercase());
    let mut near: Vec<(f64, &str)> = shown.map(|label| (likeness(label), label)).collect();
    near.sort_by(|left, right| right.0.total_cmp(&left.0));
    near.iter()
        .take(SHOWN)
        .map(|(_, label)| (*label).to_owned())
        .collect()
}

/// What else fills a field that holds one value.
fn beside(
    setup: &Setup,
    event: &Event,
    kind: &MarkInfo,
    chosen: &Chosen,
) -> Result<Vec<String>, CommandError> {
    let field = &chosen.field;
    if field.kind == RemoteKind::Many {
        return Ok(Vec::new());
    }
    let mut notes = Vec::new();
    let rules = setup.store.rules(setup.integration.id)?;
    let mut rules = rules.iter();
    if rules.any(|rule| rule.object == kind.object && rule.remote == field.name) {
        notes.push(format!(
            "{}.{} is mapped too: leads who join get {:?} instead of what the mapping says",
            kind.object, field.name, chosen.name
        ));
    }
    for fed in setup.store.fed_campaigns(account(setup)?)? {
        let other = &fed.campaign;
        let same = other.kind == kind.word && other.remote_id != chosen.remote_id;
        let of = other.marked(kind.field).map(|(of, _)| of);
        let feeds = fed.rules.iter().any(|rule| rule.event == event.id);
        if same && feeds && of == Some(field.name.as_str()) {
            notes.push(format!(
                "{:?} feeds {:?} as well, and {:?} holds one value; to end that: {}",
                event.name,
                other.name,
                field.label,
                setup.command(&format!(
                    "campaign remove {} --to {}",
                    quote(&event.name),
                    quote(&other.shown_id())
                ))
            ));
        }
    }
    Ok(notes)
}

/// Whether somebody means a mark by this text: its id or its name, with or without its kind.
pub(super) fn is_named(campaign: &Campaign, text: &str) -> bool {
    let plain = |text: &str| text.replace(' ', "").to_lowercase();
    let named = [
        campaign.shown_id(),
        campaign.name.clone(),
        format!("{}:{}", campaign.kind, campaign.name),
    ];
    campaign.is_mark() && named.iter().any(|name| plain(name) == plain(text))
}

/// `campaign statuses` where nothing has any.
///
/// # Errors
/// `unsupported`, with what to do instead.
pub(super) fn no_statuses(setup: &Setup) -> CommandError {
    let kinds = setup.vendor.marks.iter();
    let words: Vec<String> = kinds.map(|kind| format!("a {}", kind.word)).collect();
    CommandError::new(
        ErrorCode::Unsupported,
        format!(
            "at {} {} stands for a campaign, and has no statuses",
            setup.vendor.title,
            words.join(" or ")
        ),
    )
    .fix(setup.command(&connecting(setup, "EVENT")))
}
