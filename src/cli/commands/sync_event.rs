//! `sync-event EVENT`: push one event now.

use super::push_options::PushOptions;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Push every waiting lead of one event now, whatever the mode
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync sync-event \"Expo 2026\"\n  mobly-sync sync-event \"Expo 2026\" --dry-run\n  mobly-sync sync-event \"Expo 2026\" --max-overwrites 0 --yes"
)]
pub struct SyncEventArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,

    /// How the push is bounded.
    #[command(flatten)]
    pub push: PushOptions,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &SyncEventArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("sync-event"))
}
