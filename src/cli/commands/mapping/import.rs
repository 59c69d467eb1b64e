//! `mapping import`: the mapping from TOML.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Take the mapping from TOML, after showing what differs
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping import mapping.toml --dry-run")]
pub struct MappingImportArgs {
    /// The file; - for standard input
    #[arg(value_hint = clap::ValueHint::FilePath)]
    pub file: String,

    /// Show what differs and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &MappingImportArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping import"))
}
