//! `enrichment disable WHAT`.

use clap::Args;

use super::enable::switch;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Switch rules or a provider off, for all events or for one
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync enrichment disable hunter\n  mobly-sync enrichment disable rules --event \"Expo 2026\""
)]
pub struct EnrichmentDisableArgs {
    /// rules, tidy, or a provider
    #[arg(required = true, value_name = "rules|tidy|NAME")]
    pub what: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If there is nothing of that name.
pub fn run(context: &Context, args: &EnrichmentDisableArgs) -> Result<ExitStatus, CommandError> {
    switch(context, &args.what, false)
}
