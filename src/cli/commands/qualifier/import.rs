//! `qualifier import REMOTE…`: qualifiers from the vendor's own lists.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Make qualifiers from the vendor's fields with options, mapped
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync qualifier import interest lead_type")]
pub struct QualifierImportArgs {
    /// The vendor's field
    #[arg(value_name = "REMOTE", required = true)]
    pub fields: Vec<String>,

    /// The object of the vendor, or the role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &QualifierImportArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("qualifier import"))
}
