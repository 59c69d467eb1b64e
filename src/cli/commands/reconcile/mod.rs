//! `reconcile`: the board of what did not make it, and what to do about it.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::lead::selection::StateValue;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::cli::values::{self, Since};
use crate::domain::category::Category;
use crate::exit::ExitStatus;

/// Show what failed and why, and push it again
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync reconcile --event \"Expo 2026\"\n  mobly-sync reconcile --event \"Expo 2026\" --retry\n  mobly-sync reconcile --category NO_TAG_MAPPING --retry\n  mobly-sync reconcile --lead ann@example.com --adopt 12345\n  mobly-sync reconcile --cause 2a --ignore --reason \"booth test scans\""
)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own
pub struct ReconcileArgs {
    /// Group by event, or list leads
    #[arg(long, value_name = "VIEW", default_value = "event")]
    pub view: ViewValue,

    /// How failed leads are grouped below their categories
    #[arg(long, value_name = "WHAT", default_value = "cause")]
    pub by: GroupingValue,

    /// Only leads in this state
    #[arg(long, value_name = "STATE", help_heading = "Selection")]
    pub state: Option<StateValue>,

    /// Only leads that failed with this category
    #[arg(long, value_name = "CODE", help_heading = "Selection")]
    pub category: Option<Category>,

    /// Only leads of one cause: its id on the last board (1a), or its key
    #[arg(long, value_name = "ID", help_heading = "Selection")]
    pub cause: Option<String>,

    /// Only leads whose name or e-mail contains this
    #[arg(long, value_name = "TEXT", help_heading = "Selection")]
    pub search: Option<String>,

    /// Only this lead, by id, prefix of four or more, or e-mail
    #[arg(long, value_name = "LEAD", help_heading = "Selection")]
    pub lead: Option<String>,

    /// Only leads last attempted since then: a day, a moment, or how long ago
    #[arg(long, value_name = "DATE", value_parser = values::since, help_heading = "Selection")]
    pub since: Option<Since>,

    /// At most so many leads
    #[arg(long, value_name = "N", help_heading = "Selection")]
    pub limit: Option<u64>,

    /// Push again what is selected (without a selection: every failed lead; with --event: its waiting leads too)
    #[arg(long, help_heading = "Actions", conflicts_with_all = ["ignore", "unignore"])]
    pub retry: bool,

    /// With --retry: take cleared leads too, and write what differs
    #[arg(long, help_heading = "Actions", requires = "retry")]
    pub again: bool,

    /// Take what is selected out of Failed; the history stays
    #[arg(
        long,
        help_heading = "Actions",
        requires = "reason",
        conflicts_with = "unignore"
    )]
    pub ignore: bool,

    /// Why it is ignored
    #[arg(
        long,
        value_name = "TEXT",
        help_heading = "Actions",
        requires = "ignore"
    )]
    pub reason: Option<String>,

    /// Put what is selected back
    #[arg(long, help_heading = "Actions")]
    pub unignore: bool,

    /// With --lead: use this record of the vendor for it
    #[arg(long, value_name = "ID", help_heading = "Actions", requires = "lead", conflicts_with_all = ["create", "ignore", "unignore"])]
    pub adopt: Option<String>,

    /// With --lead: create a new record for it, whatever was found
    #[arg(long, help_heading = "Actions", requires = "lead", conflicts_with_all = ["ignore", "unignore"])]
    pub create: bool,
}

/// `--view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[allow(missing_docs)]
pub enum ViewValue {
    Event,
    Lead,
}

/// `--by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[allow(missing_docs)]
pub enum GroupingValue {
    Category,
    Cause,
    Value,
    Field,
    Phase,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &ReconcileArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("reconcile"))
}
