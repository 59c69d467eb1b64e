//! `disconnect`: remove a connection and its secret.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Remove a connection; mapping, qualifiers and history stay
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync disconnect")]
pub struct DisconnectArgs {
    /// The integration (the same as -i)
    pub vendor: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &DisconnectArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("disconnect"))
}
