//! `qualifier map NAME`: answers to the vendor's options.

use crate::cli::values::{self, Assignment};
use crate::domain::mapping::WriteBehaviour;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Map answers to the options of a field of the vendor
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier map Interest --to interest --matching\n  mobly-sync qualifier map Interest \"Platform demo=demo_request\""
)]
pub struct QualifierMapArgs {
    /// The qualifier
    pub name: String,

    /// An answer and the option it means
    #[arg(value_name = "ANSWER=OPTION", value_parser = values::assignment)]
    pub values: Vec<Assignment>,

    /// The field of the vendor, once for the qualifier
    #[arg(long, value_name = "REMOTE")]
    pub to: Option<String>,

    /// The object of the vendor, or the role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Map answers to options of the same name
    #[arg(long)]
    pub matching: bool,

    /// What happens to a field of a record that is already there: overwrite, if-blank, create-only, append
    #[arg(long, value_name = "BEHAVIOUR")]
    pub write: Option<WriteBehaviour>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &QualifierMapArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("qualifier map"))
}
