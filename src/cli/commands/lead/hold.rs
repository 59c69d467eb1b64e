//! `lead hold LEAD…`.

use clap::Args;

use super::set_held;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Keep leads back until they are released
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync lead hold 7XK2M9QD ann@example.com")]
pub struct LeadHoldArgs {
    /// The leads, by id, prefix of four or more, or e-mail
    #[arg(value_name = "LEAD", required = true)]
    pub leads: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadHoldArgs) -> Result<ExitStatus, CommandError> {
    set_held(context, &args.leads, true)
}
