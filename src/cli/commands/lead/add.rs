//! `lead add`: one lead by hand.

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::entry::{self, LeadEntry};
use super::{events, fields};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::pushing;
use crate::cli::values::{self, Assignment};
use crate::cli::waiting;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use crate::store::{CaptureRow, Change, Channel};

/// Add a lead, or what is new about one that is known
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead add --event \"Expo 2026\" --set email=ann@example.com --set firstName=Ann --qualifier \"Interest=Demo\""
)]
pub struct LeadAddArgs {
    /// A field and its value (can be repeated)
    #[arg(long, value_name = "FIELD=VALUE", required = true, value_parser = values::assignment)]
    pub set: Vec<Assignment>,

    /// A qualifier and the answer (can be repeated)
    #[arg(long, value_name = "NAME=ANSWER", value_parser = values::assignment)]
    pub qualifier: Vec<Assignment>,

    /// Push nothing afterwards, even in automatic mode
    #[arg(long)]
    pub no_sync: bool,
}

#[derive(Serialize)]
struct Added {
    lead: LeadEntry,
    change: &'static str,
    sync: Value,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadAddArgs) -> Result<ExitStatus, CommandError> {
    let mut fields = fields::fields(context, &args.set)?;
    fields.retain(|_, value| !value.is_empty());
    if fields.is_empty() {
        return Err(CommandError::usage("the lead has no value")
            .hint("give at least one, such as --set email=ann@example.com"));
    }
    let name = context.required_event(None)?;
    let (app, mut store) = context.open()?;
    let event = events::known(context, &store, &name)?;
    let columns = store.qualifier_columns()?;
    let mut answers = fields::answers(&columns, &args.qualifier)?;
    answers.retain(|(_, answer)| !answer.is_empty());
    fields::tell_doubts(context, &fields);
    fields::tell_undefined(context, &store, &answers)?;
    let now = context.now(&app, &store)?;
    let row = CaptureRow {
        channel: Channel::Manual,
        event: Some(event.id),
        external_id: None,
        fields: fields
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str().into()))
            .collect(),
        answers,
        scans: None,
        met: None,
    };
    let captured = store.add_lead(&row, now)?;
    let lead = entry::load(&store, captured.lead)?;
    let (word, done) = match captured.change {
        Change::Created => ("created", "Added"),
        Change::Updated => ("updated", "Known already; updated"),
        Change::Unchanged => ("unchanged", "Known already, with all of this:"),
    };
    let id = store.ids().encode(lead.id);
    context.ui.status(format_args!(
        "{done} {} ({id}) at {}.",
        lead.display_name(),
        event.name
    ));
    let (sync, status) = if args.no_sync {
        pushing::enrich(context, &app).await?;
        (Value::Null, ExitStatus::Done)
    } else {
        let command = format!("lead add --event {}", quote(&event.name));
        pushing::push_by_itself(context, &app, &command).await?
    };
    if context.ui.json() {
        let integration = context.integration(&store, None).ok();
        let lead = entry::load(&store, lead.id)?;
        context.ui.document(&Added {
            lead: LeadEntry::of(&store, integration.as_ref(), lead, &[])?,
            change: word,
            sync,
        });
    } else if sync.is_null() {
        waiting::show(context, &store, Some(&event))?;
    }
    Ok(status)
}
