//! `mode`: when leads are pushed.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Show or set when leads are pushed: automatic or manual
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mode\n  mobly-sync mode manual\n  mobly-sync mode automatic --from-now"
)]
#[command(visible_alias = "set-mode")]
pub struct ModeArgs {
    /// The mode to set; without it the mode is shown
    #[arg(value_name = "automatic|manual")]
    pub first: Option<String>,

    /// The integration (the same as -i); the two may change places
    #[arg(value_name = "VENDOR")]
    pub second: Option<String>,

    /// Leave what is frozen now where it is
    #[arg(long)]
    pub from_now: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &ModeArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("mode"))
}
