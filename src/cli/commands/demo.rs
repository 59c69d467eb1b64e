//! `demo`: the whole journey, without an account.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show the whole journey against the embedded sandbox; no account needed
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync demo")]
pub struct DemoArgs {}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &DemoArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("demo"))
}
