//! `lead import FILE`: leads from a file.

use crate::cli::values::{self, Assignment};
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Import leads from a file; importing it twice changes nothing
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead import scans.csv --event \"Expo 2026\" --create-event\n  mobly-sync lead import scans.csv --column \"Badge e-mail=email\" --dry-run\n  curl -s https://example.com/leads.csv | mobly-sync lead import - --event \"Expo 2026\""
)]
pub struct LeadImportArgs {
    /// The file; - for standard input
    #[arg(value_hint = clap::ValueHint::FilePath)]
    pub file: String,

    /// Add events that are not known yet
    #[arg(long)]
    pub create_event: bool,

    /// Put every row into --event, whatever the file says
    #[arg(long)]
    pub event_override: bool,

    /// The format (default: by name and content)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FormatValue>,

    /// What a column means, where its header does not tell (can be repeated)
    #[arg(long, value_name = "HEADER=FIELD", value_parser = values::assignment)]
    pub column: Vec<Assignment>,

    /// Tell what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Push nothing afterwards, even in automatic mode
    #[arg(long)]
    pub no_sync: bool,

    /// Write rejected rows with their reasons there
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub rejects: Option<std::path::PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &LeadImportArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("lead import"))
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FormatValue {
    /// Comma, semicolon or pipe
    Csv,
    /// Tab
    Tsv,
    /// An array of objects
    Json,
    /// One object a line
    Ndjson,
}
