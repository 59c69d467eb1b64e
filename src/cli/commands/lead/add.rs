//! `lead add`: one lead by hand.

use crate::cli::values::{self, Assignment};
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Add a lead
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead add --event \"Expo 2026\" --set email=ann@example.com --set firstName=Ann --qualifier \"Interest=Demo\""
)]
pub struct LeadAddArgs {
    /// A field and its value (can be repeated)
    #[arg(long, value_name = "FIELD=VALUE", required = true, value_parser = values::assignment)]
    pub set: Vec<Assignment>,

    /// A qualifier and the answer (can be repeated)
    #[arg(long, value_name = "NAME=ANSWER", value_parser = values::assignment)]
    pub qualifier: Vec<Assignment>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &LeadAddArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("lead add"))
}
