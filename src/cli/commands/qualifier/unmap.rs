//! `qualifier unmap NAME [ANSWER]…`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Remove the mapping of a qualifier, or of some answers
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync qualifier unmap Interest Pricing")]
pub struct QualifierUnmapArgs {
    /// The qualifier
    pub name: String,

    /// Only these answers
    #[arg(value_name = "ANSWER")]
    pub values: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &QualifierUnmapArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("qualifier unmap"))
}
