//! `qualifier add NAME`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Add a qualifier with its answers
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier add \"Lead type\" --value Hot --value Warm --value Cold\n  mobly-sync qualifier add Interest --value Demo --value Pricing --multiple --at \"Expo 2026\""
)]
pub struct QualifierAddArgs {
    /// What the rep reads
    pub name: String,

    /// A possible answer (can be repeated)
    #[arg(long, value_name = "ANSWER", required = true)]
    pub value: Vec<String>,

    /// Allow several answers
    #[arg(long)]
    pub multiple: bool,

    /// Demand an answer
    #[arg(long)]
    pub required: bool,

    /// Ask it only at this event (can be repeated)
    #[arg(long, value_name = "EVENT")]
    pub at: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &QualifierAddArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("qualifier add"))
}
