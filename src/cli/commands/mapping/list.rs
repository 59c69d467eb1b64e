//! `mapping list`: the rows, with their warnings.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show the mapping, with what is odd about it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping list\n  mobly-sync mapping list --object company --json"
)]
pub struct MappingListArgs {
    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &MappingListArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping list"))
}
