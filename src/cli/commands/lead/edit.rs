//! `lead edit`: correct leads.

use crate::cli::values::{self, Assignment};
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Correct a lead, or all leads of which something is true
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead edit 7XK2M9QD --set jobTitle=\"Head of IT\"\n  mobly-sync lead edit --where \"companyCountry = UK\" --set companyCountry=\"United Kingdom\" --dry-run"
)]
pub struct LeadEditArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    #[arg(required_unless_present = "condition", conflicts_with = "condition")]
    pub lead: Option<String>,

    /// All leads of which this is true, after showing how many and asking
    #[arg(long = "where", value_name = "EXPR")]
    pub condition: Option<String>,

    /// A field and its value (can be repeated)
    #[arg(long, value_name = "FIELD=VALUE", value_parser = values::assignment)]
    pub set: Vec<Assignment>,

    /// A qualifier and the answer (can be repeated)
    #[arg(long, value_name = "NAME=ANSWER", value_parser = values::assignment)]
    pub qualifier: Vec<Assignment>,

    /// Tell what would change and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &LeadEditArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("lead edit"))
}
