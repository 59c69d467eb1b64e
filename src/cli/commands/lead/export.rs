//! `lead export`: leads as CSV, ready to correct and import again.

use super::selection::{IssueValue, StateValue};
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Write leads as CSV, ready to correct and import again
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync lead export failed.csv --state failed")]
pub struct LeadExportArgs {
    /// The file; - for standard output
    #[arg(default_value = "-", value_hint = clap::ValueHint::FilePath)]
    pub file: String,

    /// Only leads in this state
    #[arg(long, value_name = "STATE")]
    pub state: Option<StateValue>,

    /// Only leads of which this is true: field = value, !=, ~ (contains), is empty, in (…), and, or, not
    #[arg(long = "where", value_name = "EXPR")]
    pub condition: Option<String>,

    /// Only leads with this flaw
    #[arg(long, value_name = "ISSUE")]
    pub issue: Option<IssueValue>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &LeadExportArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("lead export"))
}
