//! `qualifier edit NAME`.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Change a qualifier
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier edit Interest --value \"Site visit\"\n  mobly-sync qualifier edit Interest --required true --everywhere"
)]
pub struct QualifierEditArgs {
    /// The qualifier
    pub name: String,

    /// Call it this
    #[arg(long, value_name = "NAME")]
    pub rename: Option<String>,

    /// Add an answer (can be repeated)
    #[arg(long, value_name = "ANSWER")]
    pub value: Vec<String>,

    /// Allow several answers, or one
    #[arg(long, value_name = "BOOL")]
    pub multiple: Option<bool>,

    /// Demand an answer, or not
    #[arg(long, value_name = "BOOL")]
    pub required: Option<bool>,

    /// Ask it only at this event (can be repeated)
    #[arg(long, value_name = "EVENT", conflicts_with = "everywhere")]
    pub at: Vec<String>,

    /// Ask it at all events
    #[arg(long)]
    pub everywhere: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(
    _context: &Context,
    _args: &QualifierEditArgs,
) -> Result<ExitStatus, CommandError> {
    Err(not_wired("qualifier edit"))
}
