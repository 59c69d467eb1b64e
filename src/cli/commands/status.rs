//! `status`: every integration, its queue, and what needs a person.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show every integration, and what needs you
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync status\n  mobly-sync status --check\n  mobly-sync status --json | jq '.needs[]'"
)]
pub struct StatusArgs {
    /// The integration (the same as -i)
    pub vendor: Option<String>,

    /// Ask the vendors, instead of telling what is known
    #[arg(long)]
    pub check: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &StatusArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("status"))
}
