//! `lead remove LEAD…`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Remove leads here; their records at the vendor stay
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead remove 7XK2M9QD\n  mobly-sync lead remove ann@example.com --erase"
)]
pub struct LeadRemoveArgs {
    /// The leads, by id, prefix of four or more, or e-mail
    #[arg(value_name = "LEAD", required = true)]
    pub leads: Vec<String>,

    /// Erase every trace of them here: answers, logs, captures
    #[arg(long)]
    pub erase: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &LeadRemoveArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("lead remove"))
}
