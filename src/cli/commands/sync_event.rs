//! `sync-event EVENT`: push one event now.

use super::push_options::PushOptions;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::parts::{self, Part};
use crate::cli::planning;
use crate::cli::pushing::{self, Wanted};
use crate::cli::services::Naming;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::integration::Integration;
use crate::exit::ExitStatus;

/// Push every waiting lead of one event now, whatever the mode
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync sync-event \"Expo 2026\"\n  mobly-sync sync-event \"Expo 2026\" --dry-run\n  mobly-sync sync-event \"Expo 2026\" --max-failures 5% --json\n  mobly-sync sync-event \"Expo 2026\" --again"
)]
pub struct SyncEventArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,

    /// How the push is bounded.
    #[command(flatten)]
    pub push: PushOptions,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &SyncEventArgs) -> Result<ExitStatus, CommandError> {
    let name = context.required_event(args.name.as_deref())?;
    let (_, store) = context.open()?;
    let event = context.event(&store, &name, Naming::Write)?;
    drop(store);
    let chosen = parts::chosen(context, None)?;
    let mut parts = Vec::new();
    for integration in &chosen {
        let part = push(context, integration, &event, &args.push).await;
        let interrupted = matches!(&part, Ok(part) if part.status == ExitStatus::Interrupted);
        parts.push(part);
        if interrupted {
            break;
        }
    }
    parts::finish(context, parts)
}

async fn push(
    context: &Context,
    integration: &Integration,
    event: &Event,
    options: &PushOptions,
) -> Result<Part, CommandError> {
    let (app, store) = context.open()?;
    // What keeps the integration from pushing at all comes before what keeps this event's leads back.
    crate::engine::gate(integration).map_err(|refusal| {
        pushing::push_failed(integration, crate::app::PushError::Refused(refusal))
    })?;
    if event.held {
        return Err(pushing::event_held(event));
    }
    let again = if options.again { " --again" } else { "" };
    let command = format!("sync-event {}{again}", quote(&event.name));
    let wanted = Wanted::event(event.clone(), command);
    let ended = planning::push(context, &app, store, integration, wanted, options).await?;
    Ok(ended.into_part())
}
