//! `event remove EVENT`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Remove an event; its leads stay
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event remove \"Expo 2025\"")]
pub struct EventRemoveArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &EventRemoveArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("event remove"))
}
