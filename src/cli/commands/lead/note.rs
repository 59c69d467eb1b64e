//! `lead note`: take down what happened with a lead.

use std::io::Read as _;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

use super::activities::{self, ShownActivity};
use super::edit;
use super::entry::{self, LeadEntry};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::values::{self, Since};
use crate::cli::{pushing, waiting};
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::exit::ExitStatus;
use crate::store::activities::NewActivity;
use crate::store::{Channel, Store};
use crate::ui::format;
use crate::vendors;

/// Take down a note, a call or another activity of a lead; sent where connect --activities asked for it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead note 7XK2M9QD \"Wants a demo in January\"\n  mobly-sync lead note ann@example.com \"Asked for a quote\" --type call --at 2h\n  mobly-sync lead note ann@example.com - < transcript.txt"
)]
pub struct LeadNoteArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    pub lead: String,

    /// What there is to say, or - for standard input
    #[arg(required_unless_present = "remove", conflicts_with = "remove")]
    pub text: Option<String>,

    /// What kind of thing happened
    #[arg(long = "type", value_name = "TYPE", default_value = "note")]
    pub kind: KindValue,

    /// When it happened: a day, a moment or how long ago (default: now)
    #[arg(long, value_name = "WHEN", value_parser = values::since)]
    pub at: Option<Since>,

    /// Forget this activity, by its id (lead show tells it); what was sent stays in the CRM
    #[arg(long, value_name = "ID", conflicts_with_all = ["kind", "at"])]
    pub remove: Option<String>,

    /// Push nothing afterwards, even in automatic mode
    #[arg(long)]
    pub no_sync: bool,
}

/// `--type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)] // the words say it
pub enum KindValue {
    Note,
    Call,
    Meeting,
    Email,
    Other,
}

impl KindValue {
    fn kind(self) -> ActivityKind {
        match self {
            Self::Note => ActivityKind::Note,
            Self::Call => ActivityKind::Call,
            Self::Meeting => ActivityKind::Meeting,
            Self::Email => ActivityKind::Email,
            Self::Other => ActivityKind::Other,
        }
    }
}

#[derive(Serialize)]
struct Noted {
    lead: LeadEntry,
    /// Null once it is forgotten.
    activity: Option<ShownActivity>,
    removed: bool,
    sync: Value,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadNoteArgs) -> Result<ExitStatus, CommandError> {
    let text = match &args.text {
        Some(text) if args.remove.is_none() => self::text(text)?,
        _ => String::new(),
    };
    let (app, mut store) = context.open()?;
    let lead = context.lead(&store, &args.lead)?;
    let id = store.ids().encode(lead);
    let now = context.now(&app, &store)?;
    let activity = match &args.remove {
        Some(marker) => remove(context, &mut store, lead, marker, now)?,
        None => add(context, args, &mut store, lead, text, now)?,
    };
    let (sync, status) = if args.no_sync {
        (Value::Null, ExitStatus::Done)
    } else {
        let command = format!("lead note {}", quote(&id));
        pushing::push_lead_by_itself(context, &app, lead, &command).await?
    };
    if context.ui.json() {
        let integration = context.integration(&store, None).ok();
        let mut shown = activities::of(&store, lead)?.into_iter();
        let loaded = entry::load(&store, lead)?;
        context.ui.document(&Noted {
            lead: LeadEntry::of(&store, integration.as_ref(), loaded, &[])?,
            activity: shown.find(|shown| shown.id == activity.marker),
            removed: args.remove.is_some(),
            sync,
        });
    } else if sync.is_null() {
        edit::next(context, &store, lead)?;
    }
    Ok(status)
}

fn add(
    context: &Context,
    args: &LeadNoteArgs,
    store: &mut Store,
    lead: LeadId,
    text: String,
    now: Timestamp,
) -> Result<Activity, CommandError> {
    let new = NewActivity {
        lead,
        kind: args.kind.kind(),
        text,
        at: args
            .at
            .map_or(now, |at| at.resolve(now, &TimeZone::system())),
        author: context.author("lead note").person,
        source: Channel::Manual,
    };
    let Some(activity) = store.add_activity(&new, now)? else {
        return Err(CommandError::not_found("the lead was removed meanwhile"));
    };
    let name = entry::load(store, lead)?.display_name();
    context.ui.status(format_args!(
        "{} taken down for {} ({}).",
        match new.kind {
            ActivityKind::Other => "Activity",
            kind => kind.title(),
        },
        format::clean(&name),
        store.ids().encode(lead)
    ));
    tell_unsent(context, store)?;
    Ok(activity)
}

fn remove(
    context: &Context,
    store: &mut Store,
    lead: LeadId,
    marker: &str,
    now: Timestamp,
) -> Result<Activity, CommandError> {
    let known = activities::of(store, lead)?;
    let sent = known
        .iter()
        .any(|shown| shown.id.eq_ignore_ascii_case(marker) && shown.is_sent());
    let Some(activity) = store.remove_activity(lead, marker, now)? else {
        let id = store.ids().encode(lead);
        return Err(
            CommandError::not_found(format!("the lead has no activity {marker:?}"))
                .fix(format!("mobly-sync lead show {id}")),
        );
    };
    context.ui.status(format_args!(
        "Forgot {} {}{}.",
        activity.kind.name(),
        activity.marker,
        if sent {
            "; what was sent of it stays in the CRM"
        } else {
            ""
        }
    ));
    Ok(activity)
}

fn text(given: &str) -> Result<String, CommandError> {
    let text = if given == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| {
                CommandError::new(ErrorCode::File, "cannot read standard input").caused_by(&error)
            })?;
        text
    } else {
        given.to_owned()
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(CommandError::usage(
            "there is nothing to note: the text is empty",
        ));
    }
    Ok(text.to_owned())
}

/// Where activities are sent to nobody, whoever notes one should know.
fn tell_unsent(context: &Context, store: &Store) -> Result<(), CommandError> {
    let destinations = waiting::destinations(store)?;
    let could_send = destinations.iter().find(|integration| {
        vendors::lookup(&integration.vendor).is_some_and(|info| info.activities.is_some())
    });
    if let Some(integration) = could_send
        && !destinations
            .iter()
            .any(|integration| integration.settings.activities)
    {
        context.ui.note(format_args!(
            "it stays here: no connection sends activities (mobly-sync connect {} --set --activities)",
            integration.vendor
        ));
    }
    Ok(())
}
