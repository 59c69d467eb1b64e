//! `db`: the one file everything is in.

mod adopt;
mod check;

use clap::{Args, Subcommand};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Look after the database file
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync db check\n  mobly-sync db adopt --db copy.db")]
pub struct DbArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: DbCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum DbCommand {
    Check(check::DbCheckArgs),
    Adopt(adopt::DbAdoptArgs),
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub fn run(context: &Context, args: &DbArgs) -> Result<ExitStatus, CommandError> {
    match &args.command {
        DbCommand::Check(_) => check::run(context),
        DbCommand::Adopt(_) => adopt::run(context),
    }
}

/// The file must be there: looking after it makes none.
fn must_exist(context: &Context) -> Result<(), CommandError> {
    let app = context.app()?;
    if app.database().exists() {
        return Ok(());
    }
    Err(CommandError::not_found(format!(
        "there is no database at {}",
        app.database().display()
    ))
    .hint("name the file with --db PATH"))
}
