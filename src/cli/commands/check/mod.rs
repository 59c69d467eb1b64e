//! `check`: what would fail, found without pushing.

mod screen;

use clap::Args;
use serde::Serialize;

use crate::app::{App, PreflightError};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::pushing::push_failed;
use crate::cli::services::{Naming, call_failed};
use crate::domain::integration::Integration;
use crate::engine::check::{CheckReport, LookUp};
use crate::exit::ExitStatus;
use crate::ui::progress;

/// Tell what would fail, without pushing
#[derive(Debug, Args)]
#[command(
    long_about = "Tell what would fail, without pushing

Reads the vendor's fields as they are now (a few requests, nothing is written there) and takes every waiting and failed lead through the mapping and the local checks of a push. Each cause stands in the category the push would give it, with the number of leads and the command that settles it; a lead counts for each of its causes, so one round of repairs is enough. Ends with 3 where anything would fail, else with 0.

Also told: drift, that is what became of mapped fields since their rows were made (gone, renamed, another type, length or options, required, read-only), even where no lead is hit; and what fails nobody, but is worth a look, as warnings.

Looked at are the leads that wait for whatever reason (frozen, due, event held, here before the connection) and those that failed; not the held, ignored and cleared ones, nor those that lack what a rule of yours requires. A disabled integration is checked too.

People whose record is not known here are looked up by their address, to tell who goes by another name there: as many as ten requests tell of (a thousand at most vendors), with --names everybody. Beyond that no record is compared: such a person counts as new; of a record that is there, every field counts as one to be written. So a lead may be told of that a push would clear, because the field it would fail for is filled there and stays. What the vendor alone knows (its duplicate rules, triggers, unique values) is not found.",
    after_help = "Examples:\n  mobly-sync check\n  mobly-sync check --event \"Expo 2026\"\n  mobly-sync check -i all --json\n  mobly-sync check --event \"Expo 2026\" --names\n  mobly-sync check --event \"Expo 2026\" && mobly-sync sync-event \"Expo 2026\""
)]
pub struct CheckArgs {
    /// Look everybody up, however many requests it takes, to tell who goes by another name there
    #[arg(long)]
    pub names: bool,
}

/// What one integration's check says.
#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    event: Option<&'a str>,
    #[serde(flatten)]
    report: &'a CheckReport,
}

/// Runs the command.
///
/// # Errors
/// If it failed; leads that would fail are no error but an exit status.
pub async fn run(context: &Context, args: &CheckArgs) -> Result<ExitStatus, CommandError> {
    let (app, store) = context.open()?;
    let integrations = context.integrations(&store)?;
    let event = context
        .shown_event()
        .map(|name| context.event(&store, &name, Naming::Read))
        .transpose()?;
    drop(store);
    let all = context
        .globals
        .integration
        .as_deref()
        .is_some_and(|name| name.eq_ignore_ascii_case("all"));
    let mut status = ExitStatus::Done;
    let mut documents = Vec::new();
    for integration in &integrations {
        let event = event.as_ref();
        let id = event.map(|event| event.id);
        let report = match one(context, args, &app, integration, id).await {
            Ok(report) => report,
            // Of several, one that cannot be asked keeps the others from nothing.
            Err(error) if all && integrations.len() > 1 => {
                status = status.combine(error.exit_status());
                error.warn(&context.ui);
                continue;
            }
            Err(error) => return Err(error),
        };
        if report.would_fail > 0 {
            status = status.combine(ExitStatus::SomeFailed);
        }
        let name = event.map(|event| event.name.as_str());
        if context.ui.json() {
            let document = Document {
                integration: &integration.name,
                event: name,
                report: &report,
            };
            documents.push(serde_json::to_value(&document).map_err(|error| {
                CommandError::internal("the document cannot be made").caused_by(&error)
            })?);
        } else {
            screen::print(&context.ui, integration, name, &report);
        }
        for warning in &report.warnings {
            context.ui.warning(&warning.message);
            context.ui.hint(&warning.command);
        }
        if report.not_looked_up > 0 {
            screen::not_looked_up(&context.ui, integration, name, all, &report);
        }
        if !context.ui.json() {
            screen::next(&context.ui, name, &report);
        }
    }
    if context.ui.json() {
        if all {
            context
                .ui
                .document(&serde_json::json!({ "integrations": documents }));
        } else if let Some(document) = documents.first() {
            context.ui.document(document);
        }
    }
    Ok(status)
}

async fn one(
    context: &Context,
    args: &CheckArgs,
    app: &App,
    integration: &Integration,
    event: Option<crate::domain::ids::EventId>,
) -> Result<CheckReport, CommandError> {
    let reporter = progress::reporter(&context.ui);
    let look_up = match args.names {
        true => LookUp::Everybody,
        false => LookUp::Few,
    };
    app.preflight(app.store()?, integration, event, look_up, reporter)
        .await
        .map_err(|error| match error {
            PreflightError::Open(error) => push_failed(integration, error),
            PreflightError::Call(error) => call_failed(&integration.name, &error),
        })
}
