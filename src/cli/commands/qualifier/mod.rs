//! `qualifier`: structured questions, and what their answers mean to the vendor.

pub mod add;
pub mod archive;
pub mod edit;
pub mod import;
pub mod list;
pub mod map;
pub(in crate::cli::commands) mod named;
pub mod restore;
mod show;
pub mod unmap;

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Manage qualifiers and the mapping of their answers
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier add Interest --value Demo --value Pricing\n  mobly-sync qualifier map Interest Demo=demo_request --to interest__c"
)]
pub struct QualifierArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: QualifierCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum QualifierCommand {
    List(list::QualifierListArgs),
    Add(add::QualifierAddArgs),
    Edit(edit::QualifierEditArgs),
    Archive(archive::QualifierArchiveArgs),
    Restore(restore::QualifierRestoreArgs),
    Map(map::QualifierMapArgs),
    Unmap(unmap::QualifierUnmapArgs),
    Import(import::QualifierImportArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &QualifierArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        QualifierCommand::List(args) => list::run(context, args).await,
        QualifierCommand::Add(args) => add::run(context, args).await,
        QualifierCommand::Edit(args) => edit::run(context, args).await,
        QualifierCommand::Archive(args) => archive::run(context, args).await,
        QualifierCommand::Restore(args) => restore::run(context, args).await,
        QualifierCommand::Map(args) => map::run(context, args).await,
        QualifierCommand::Unmap(args) => unmap::run(context, args).await,
        QualifierCommand::Import(args) => import::run(context, args).await,
    }
}
