//! `qualifier restore NAME [ANSWER]…`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show an archived qualifier, or some of its answers, again
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync qualifier restore Interest")]
pub struct QualifierRestoreArgs {
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
    _args: &QualifierRestoreArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("qualifier restore"))
}
