//! `history`: every run and change of set-up.

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::cli::values::{self, Since};
use crate::exit::ExitStatus;

/// Show every run and change of set-up
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  mobly-sync history\n  mobly-sync history --since 7d\n  mobly-sync history show 57"
)]
pub struct HistoryArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<HistoryCommand>,

    /// Without a verb: list.
    #[command(flatten)]
    pub list: HistoryListArgs,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// List runs, newest first (the default)
    List(HistoryListArgs),
    /// Show what a run did, field by field
    Show(HistoryShowArgs),
}

/// Which runs are listed.
#[derive(Debug, Args)]
pub struct HistoryListArgs {
    /// List so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u32,

    /// Only since then: a day, a moment, or how long ago
    #[arg(long, value_name = "DATE", value_parser = values::since)]
    pub since: Option<Since>,
}

/// Which run is shown.
#[derive(Debug, Args)]
pub struct HistoryShowArgs {
    /// The run's number
    pub run: i64,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &HistoryArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("history"))
}
