//! `event`: trade shows, conferences, dinners.

pub mod add;
pub mod edit;
pub mod hold;
pub mod list;
pub mod release;
pub mod remove;
pub mod show;

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

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
