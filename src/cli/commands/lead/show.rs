//! `lead show LEAD`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show everything about a lead
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync lead show ann@example.com")]
pub struct LeadShowArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    pub lead: String,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &LeadShowArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("lead show"))
}
