//! `open LEAD`: the lead's record at the vendor.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Print the address of a lead's record at the vendor, and open it on a terminal
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync open ann@example.com")]
pub struct OpenArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    pub lead: String,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &OpenArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("open"))
}
