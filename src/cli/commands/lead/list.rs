//! `lead list`.

use super::selection::{IssueValue, StateValue};
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// List leads
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead list --event \"Expo 2026\" --issue no-email\n  mobly-sync lead list --where \"companyCountry = Germany and jobTitle ~ director\""
)]
pub struct LeadListArgs {
    /// Only leads in this state
    #[arg(long, value_name = "STATE")]
    pub state: Option<StateValue>,

    /// Only leads of which this is true: field = value, !=, ~ (contains), is empty, in (…), and, or, not
    #[arg(long = "where", value_name = "EXPR")]
    pub condition: Option<String>,

    /// Only leads with this flaw
    #[arg(long, value_name = "ISSUE")]
    pub issue: Option<IssueValue>,

    /// List so many
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: u64,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &LeadListArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("lead list"))
}
