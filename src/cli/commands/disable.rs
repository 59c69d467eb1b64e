//! `disable`: pause an integration.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Pause an integration; its connection and mapping stay
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync disable")]
pub struct DisableArgs {
    /// The integration (the same as -i)
    pub vendor: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &DisableArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("disable"))
}
