//! `qualifier archive NAME [ANSWER]…`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Hide a qualifier, or some of its answers; nothing is deleted
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier archive Interest\n  mobly-sync qualifier archive Interest Pricing"
)]
pub struct QualifierArchiveArgs {
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
    _args: &QualifierArchiveArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("qualifier archive"))
}
