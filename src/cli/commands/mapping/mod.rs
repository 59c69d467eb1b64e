//! `mapping`: what fills which field of the vendor.

pub mod clear;
pub mod defaults;
pub mod export;
pub mod fields;
pub mod history;
pub mod import;
pub mod list;
pub mod revert;
pub mod set;
pub mod suggest;
pub mod try_out;
mod try_screen;
pub mod unset;

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Manage which field of a lead fills which field of the vendor
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping list\n  mobly-sync mapping set jobTitle jobtitle --write if-blank"
)]
pub struct MappingArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: MappingCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum MappingCommand {
    List(list::MappingListArgs),
    Fields(fields::MappingFieldsArgs),
    Defaults(defaults::MappingDefaultsArgs),
    Set(set::MappingSetArgs),
    Unset(unset::MappingUnsetArgs),
    Clear(clear::MappingClearArgs),
    Suggest(suggest::MappingSuggestArgs),
    Try(try_out::MappingTryArgs),
    Export(export::MappingExportArgs),
    Import(import::MappingImportArgs),
    History(history::MappingHistoryArgs),
    Revert(revert::MappingRevertArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &MappingArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        MappingCommand::List(args) => list::run(context, args).await,
        MappingCommand::Fields(args) => fields::run(context, args).await,
        MappingCommand::Defaults(args) => defaults::run(context, args).await,
        MappingCommand::Set(args) => set::run(context, args).await,
        MappingCommand::Unset(args) => unset::run(context, args).await,
        MappingCommand::Clear(args) => clear::run(context, args).await,
        MappingCommand::Suggest(args) => suggest::run(context, args).await,
        MappingCommand::Try(args) => try_out::run(context, args).await,
        MappingCommand::Export(args) => export::run(context, args).await,
        MappingCommand::Import(args) => import::run(context, args).await,
        MappingCommand::History(args) => history::run(context, args).await,
        MappingCommand::Revert(args) => revert::run(context, args).await,
    }
}
