//! `event release EVENT`.

use clap::Args;

use super::set_held;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Let a held event's leads go again
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event release \"Expo 2026\"")]
pub struct EventReleaseArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &EventReleaseArgs) -> Result<ExitStatus, CommandError> {
    set_held(context, args.name.as_deref(), false)
}
