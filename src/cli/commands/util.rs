//! `util`: for those who work on the program itself; hidden.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::generate;
use crate::exit::ExitStatus;

/// Work on the program itself
#[derive(Debug, Args)]
pub struct UtilArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: UtilCommand,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum UtilCommand {
    /// Write completions, manual pages and the generated tables of the README
    Generate {
        /// The repository
        #[arg(default_value = ".")]
        directory: PathBuf,
    },
}

/// Runs the command.
///
/// # Errors
/// If a file cannot be written.
pub fn run(context: &Context, args: &UtilArgs) -> Result<ExitStatus, CommandError> {
    let UtilCommand::Generate { directory } = &args.command;
    let written = generate::write(directory).map_err(|error| {
        CommandError::new(
            ErrorCode::File,
            format!("cannot write below {}", directory.display()),
        )
        .caused_by(&error)
    })?;
    context.ui.status(format!("Wrote {written} files."));
    Ok(ExitStatus::Done)
}
