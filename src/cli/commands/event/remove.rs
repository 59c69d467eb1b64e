//! `event remove EVENT`.

use clap::Args;
use serde::Serialize;

use super::entry::EventEntry;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use crate::store::events::EventRemoval;
use crate::ui::format;

/// Remove an event; its leads stay
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event remove \"Expo 2025\"")]
pub struct EventRemoveArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,

    /// Even if it has leads: they stay, and no longer know that they were there
    #[arg(long)]
    pub force: bool,
}

#[derive(Serialize)]
struct Removed {
    event: EventEntry,
    changed: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &EventRemoveArgs) -> Result<ExitStatus, CommandError> {
    // The environment names no event to remove: that would be a surprise.
    let name = match (args.name.as_deref(), context.globals.event.as_deref()) {
        (None, None) => return Err(CommandError::usage("no event is named")),
        (named, _) => context.required_event(named)?,
    };
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let event = context.event(&store, &name, Naming::Write)?;
    let entry = EventEntry::of(&store, event.clone())?;
    let force = args.force || asked(context, &entry)?;
    match store.remove_event(event.id, force, now)? {
        EventRemoval::HasLeads(leads) => Err(has_leads(&event, leads)),
        EventRemoval::Removed { leads } => {
            let stay = match leads {
                0 => String::new(),
                leads => format!(" {} stay without it.", format::counted(leads, "lead")),
            };
            context
                .ui
                .status(format_args!("Removed {}.{stay}", event.name));
            if context.ui.json() {
                context.ui.document(&Removed {
                    event: entry,
                    changed: true,
                });
            }
            Ok(ExitStatus::Done)
        }
    }
}

/// Whether somebody at the terminal (or `--yes`) gives the leads' membership up.
fn asked(context: &Context, event: &EventEntry) -> Result<bool, CommandError> {
    if event.leads == 0 || context.ui.options().yes {
        return Ok(true);
    }
    if context.ui.json() || !context.ui.can_prompt() {
        return Ok(false);
    }
    let question = format!(
        "{} has {}. They stay, but no longer know that they were there. Remove it?",
        event.name,
        format::counted(event.leads, "lead")
    );
    Ok(context.ui.prompter().confirm(&question, false)?)
}

fn has_leads(event: &Event, leads: u64) -> CommandError {
    CommandError::new(
        ErrorCode::Usage,
        format!(
            "{:?} has {}, which would no longer know that they were there; nothing was changed",
            event.name,
            format::counted(leads, "lead")
        ),
    )
    .exit_with(ExitStatus::Failed)
    .hint("hold it to keep its leads back, or remove it all the same")
    .fix(format!(
        "mobly-sync event remove {} --force",
        quote(&event.name)
    ))
}
