//! `event edit EVENT`.

use clap::Args;
use jiff::civil::Date;

use crate::cli::values;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Change an event
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event edit Expo --rename \"Expo 2026\"")]
pub struct EventEditArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,

    /// Call it this
    #[arg(long, value_name = "NAME")]
    pub rename: Option<String>,

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
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &EventEditArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("event edit"))
}
