//! `lead release LEAD…`.

use clap::Args;

use super::selection::SelectionArgs;
use super::set_held;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Let held leads go again
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead release 7XK2M9QD\n  mobly-sync lead release --state held --event \"Expo 2026\""
)]
pub struct LeadReleaseArgs {
    /// The leads, by id, prefix of four or more, or e-mail
    #[arg(value_name = "LEAD", required_unless_present_any = ["matching", "issue", "state", "search"])]
    pub leads: Vec<String>,

    /// Which leads, where none is named.
    #[command(flatten)]
    pub selection: SelectionArgs,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadReleaseArgs) -> Result<ExitStatus, CommandError> {
    set_held(context, &args.leads, &args.selection, false)
}
