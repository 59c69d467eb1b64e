//! `mapping defaults`: the rows nearly everybody wants.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Fill unmapped rows with the usual ones
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping defaults\n  mobly-sync mapping defaults --replace --yes"
)]
pub struct MappingDefaultsArgs {
    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Reset the rows that differ, after showing them
    #[arg(long)]
    pub replace: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &MappingDefaultsArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mapping defaults"))
}
