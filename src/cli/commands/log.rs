//! `log LEAD`: what was sent, what came back.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show what was sent for a lead, and the vendor's answer
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync log ann@example.com\n  mobly-sync log 7XK2M9QD --all --json"
)]
pub struct LogArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    pub lead: String,

    /// Every attempt, not only the current issue
    #[arg(long)]
    pub all: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &LogArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("log"))
}
