//! `campaign`: which campaigns an event's leads join, and with which status.

pub mod connect;
pub mod edit;
mod entry;
pub mod list;
mod marks;
#[cfg(test)]
mod marks_tests;
mod place;
pub mod remove;
pub mod statuses;
mod terms;
#[cfg(test)]
mod tests;
mod told;

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Manage the campaigns that leads of an event join
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync campaign statuses --id 4711\n  mobly-sync campaign connect \"Expo 2026\" --id 4711 --status Attended --status-by \"Interest:Demo=Responded\"\n  mobly-sync campaign connect \"Expo 2026\" --to label:\"Expo 2026\""
)]
pub struct CampaignArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: CampaignCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum CampaignCommand {
    List(list::CampaignListArgs),
    Connect(connect::CampaignConnectArgs),
    Edit(edit::CampaignEditArgs),
    Remove(remove::CampaignRemoveArgs),
    Statuses(statuses::CampaignStatusesArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &CampaignArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        CampaignCommand::List(args) => list::run(context, args),
        CampaignCommand::Connect(args) => connect::run(context, args).await,
        CampaignCommand::Edit(args) => edit::run(context, args).await,
        CampaignCommand::Remove(args) => remove::run(context, args),
        CampaignCommand::Statuses(args) => statuses::run(context, args).await,
    }
}
