//! `event show EVENT`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show an event and how its leads stand
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event show \"Expo 2026\"")]
pub struct EventShowArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &EventShowArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("event show"))
}
