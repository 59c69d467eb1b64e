//! `enable`: resume a disabled integration and push what is due.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Resume a disabled integration, and push what is due
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync enable")]
pub struct EnableArgs {
    /// The integration (the same as -i)
    pub vendor: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &EnableArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("enable"))
}
