//! `mapping export`: the mapping as TOML.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Write the mapping as TOML, fit for version control
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping export mapping.toml")]
pub struct MappingExportArgs {
    /// The file; - for standard output
    #[arg(default_value = "-", value_hint = clap::ValueHint::FilePath)]
    pub file: String,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &MappingExportArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping export"))
}
