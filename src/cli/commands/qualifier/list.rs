//! `qualifier list`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// List qualifiers, their answers and targets
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync qualifier list")]
pub struct QualifierListArgs {
    /// Archived ones too
    #[arg(long)]
    pub archived: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &QualifierListArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("qualifier list"))
}
