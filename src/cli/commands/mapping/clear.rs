//! `mapping clear`: no row of an object left.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Remove every row of an object
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping clear company")]
pub struct MappingClearArgs {
    /// The object of the vendor, or the role (persona, company)
    pub object: String,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &MappingClearArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping clear"))
}
