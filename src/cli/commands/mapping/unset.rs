//! `mapping unset`: one row less.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Remove one row, named by our field or the vendor's
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping unset jobtitle")]
pub struct MappingUnsetArgs {
    /// Our field or the vendor's
    #[arg(value_name = "FIELD|REMOTE")]
    pub name: String,

    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &MappingUnsetArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping unset"))
}
