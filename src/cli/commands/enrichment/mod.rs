//! `enrichment`: who fills what a lead lacks, in which order, at what cost.

pub mod add;
mod described;
pub mod disable;
pub mod edit;
pub mod enable;
mod key;
pub mod list;
mod named;
pub mod order;
pub mod remove;
mod show;
pub mod test;

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Manage who fills what leads lack: built-in rules and providers of data
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync enrichment enable rules\n  mobly-sync enrichment add hunter --key-stdin < key.txt\n  mobly-sync enrichment list"
)]
pub struct EnrichmentArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: EnrichmentCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum EnrichmentCommand {
    List(list::EnrichmentListArgs),
    Add(add::EnrichmentAddArgs),
    Edit(edit::EnrichmentEditArgs),
    Remove(remove::EnrichmentRemoveArgs),
    Enable(enable::EnrichmentEnableArgs),
    Disable(disable::EnrichmentDisableArgs),
    Order(order::EnrichmentOrderArgs),
    Test(test::EnrichmentTestArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &EnrichmentArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        EnrichmentCommand::List(args) => list::run(context, args),
        EnrichmentCommand::Add(args) => add::run(context, args),
        EnrichmentCommand::Edit(args) => edit::run(context, args),
        EnrichmentCommand::Remove(args) => remove::run(context, args),
        EnrichmentCommand::Enable(args) => enable::run(context, args),
        EnrichmentCommand::Disable(args) => disable::run(context, args),
        EnrichmentCommand::Order(args) => order::run(context, args),
        EnrichmentCommand::Test(args) => test::run(context, args).await,
    }
}
