//! `event list`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// List events
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event list --json")]
pub struct EventListArgs {}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &EventListArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("event list"))
}
