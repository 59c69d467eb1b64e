//! `lead release LEAD…`.

use clap::Args;

use super::set_held;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Let held leads go again
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync lead release 7XK2M9QD")]
pub struct LeadReleaseArgs {
    /// The leads, by id, prefix of four or more, or e-mail
    #[arg(value_name = "LEAD", required = true)]
    pub leads: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadReleaseArgs) -> Result<ExitStatus, CommandError> {
    set_held(context, &args.leads, false)
}
