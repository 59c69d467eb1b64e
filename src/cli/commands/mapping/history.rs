//! `mapping history`: who changed what.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show every change of the mapping
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping history")]
pub struct MappingHistoryArgs {
    /// Show so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u32,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &MappingHistoryArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping history"))
}
