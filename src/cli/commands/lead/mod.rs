//! `lead`: people somebody met.

pub mod add;
pub mod edit;
pub mod export;
pub mod hold;
pub mod import;
pub mod list;
pub mod release;
pub mod remove;
pub mod selection;
pub mod show;

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Manage leads
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead import scans.csv --event \"Expo 2026\"\n  mobly-sync lead list --state failed"
)]
pub struct LeadArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: LeadCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum LeadCommand {
    Import(import::LeadImportArgs),
    Add(add::LeadAddArgs),
    List(list::LeadListArgs),
    Show(show::LeadShowArgs),
    Edit(edit::LeadEditArgs),
    Remove(remove::LeadRemoveArgs),
    Export(export::LeadExportArgs),
    Hold(hold::LeadHoldArgs),
    Release(release::LeadReleaseArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        LeadCommand::Import(args) => import::run(context, args).await,
        LeadCommand::Add(args) => add::run(context, args).await,
        LeadCommand::List(args) => list::run(context, args).await,
        LeadCommand::Show(args) => show::run(context, args).await,
        LeadCommand::Edit(args) => edit::run(context, args).await,
        LeadCommand::Remove(args) => remove::run(context, args).await,
        LeadCommand::Export(args) => export::run(context, args).await,
        LeadCommand::Hold(args) => hold::run(context, args).await,
        LeadCommand::Release(args) => release::run(context, args).await,
    }
}

impl LeadArgs {
    /// Whether the command may push by itself.
    #[must_use]
    pub fn may_push(&self) -> bool {
        match &self.command {
            LeadCommand::Import(args) => !args.dry_run && !args.no_sync,
            LeadCommand::Edit(args) => !args.dry_run,
            LeadCommand::Add(_) => true,
            _ => false,
        }
    }
}
