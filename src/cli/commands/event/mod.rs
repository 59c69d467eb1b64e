//! `event`: trade shows, conferences, dinners.

pub mod add;
pub mod edit;
mod entry;
pub mod hold;
pub mod list;
pub mod release;
pub mod remove;
pub mod show;

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::waiting;
use crate::domain::hints::quote;
use crate::exit::ExitStatus;
use entry::{EventChanged, EventEntry};

/// Manage events
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync event add \"Expo 2026\" --from 2026-11-17 --to 2026-11-18\n  mobly-sync event list"
)]
pub struct EventArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: EventCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum EventCommand {
    List(list::EventListArgs),
    Add(add::EventAddArgs),
    Show(show::EventShowArgs),
    Edit(edit::EventEditArgs),
    Remove(remove::EventRemoveArgs),
    Hold(hold::EventHoldArgs),
    Release(release::EventReleaseArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &EventArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        EventCommand::List(args) => list::run(context, args).await,
        EventCommand::Add(args) => add::run(context, args).await,
        EventCommand::Show(args) => show::run(context, args).await,
        EventCommand::Edit(args) => edit::run(context, args).await,
        EventCommand::Remove(args) => remove::run(context, args).await,
        EventCommand::Hold(args) => hold::run(context, args).await,
        EventCommand::Release(args) => release::run(context, args).await,
    }
}

/// Holds or releases an event. Neither pushes: what is due now goes with the next sync.
fn set_held(context: &Context, name: Option<&str>, held: bool) -> Result<ExitStatus, CommandError> {
    let name = context.required_event(name)?;
    let (app, mut store) = context.open()?;
    let event = context.event(&store, &name, Naming::Write)?;
    let now = context.now(&app, &store)?;
    let changed = store.hold_event(event.id, held, now)?;
    let word = if held { "held" } else { "released" };
    let ui = &context.ui;
    match (changed, held) {
        (false, true) => ui.status(format_args!(
            "{} is held already; nothing changed.",
            event.name
        )),
        (false, false) => ui.status(format_args!("{} is not held; nothing changed.", event.name)),
        (true, true) => {
            ui.status(format_args!(
                "{} is {word}: its leads wait whatever the mode.",
                event.name
            ));
            ui.next(&format!("mobly-sync event release {}", quote(&event.name)));
        }
        (true, false) => {
            ui.status(format_args!("{} is {word}.", event.name));
            if store.leads_of_event(event.id)? > 0 {
                waiting::show(context, &store, Some(&event))?;
            }
        }
    }
    if ui.json() {
        let event = EventEntry {
            held,
            ..EventEntry::of(&store, event)?
        };
        ui.document(&EventChanged { event, changed });
    }
    Ok(ExitStatus::Done)
}
