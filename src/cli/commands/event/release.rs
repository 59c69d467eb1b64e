//! `event release EVENT`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Let a held event's leads go again
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event release \"Expo 2026\"")]
pub struct EventReleaseArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &EventReleaseArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("event release"))
}
