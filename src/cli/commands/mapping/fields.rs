//! `mapping fields`: what can be mapped, on both sides.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show the vendor's fields and ours
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping fields --object contact\n  mobly-sync mapping fields --search phone"
)]
pub struct MappingFieldsArgs {
    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Only fields whose name or label contains this
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &MappingFieldsArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping fields"))
}
