//! `event add NAME`.

use clap::Args;
use jiff::civil::Date;

use crate::cli::values;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Add an event
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync event add \"Expo 2026\" --from 2026-11-17 --to 2026-11-18 --tz America/Los_Angeles --city \"San Francisco\""
)]
pub struct EventAddArgs {
    /// The full name
    pub name: String,

    /// First day
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub from: Option<Date>,

    /// Last day
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub to: Option<Date>,

    /// Time zone, such as America/Los_Angeles
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,

    /// City
    #[arg(long, value_name = "CITY")]
    pub city: Option<String>,

    /// Keep its leads back, whatever the mode
    #[arg(long)]
    pub hold: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &EventAddArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("event add"))
}
