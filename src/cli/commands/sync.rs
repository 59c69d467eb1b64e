//! `sync`: push all that is due.

use super::push_options::PushOptions;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Push all that is due
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync sync\n  mobly-sync sync --max-failures 5% --json\n  mobly-sync sync --watch"
)]
pub struct SyncArgs {
    /// Stay, and push leads as they arrive, until Ctrl-C
    #[arg(long)]
    pub watch: bool,

    /// How the push is bounded.
    #[command(flatten)]
    pub push: PushOptions,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &SyncArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("sync"))
}
