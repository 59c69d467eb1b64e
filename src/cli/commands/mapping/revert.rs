//! `mapping revert`: back to how it was.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Put the mapping back as it was before a change
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping revert\n  mobly-sync mapping revert 41")]
pub struct MappingRevertArgs {
    /// The change, by its run number (default: the latest)
    pub run: Option<i64>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &MappingRevertArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping revert"))
}
