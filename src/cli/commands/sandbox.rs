//! `sandbox VENDOR`: the embedded sandbox as a local server.

use crate::cli::values;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::commands::not_wired;
use crate::cli::context::Context;
use crate::exit::ExitStatus;

/// Run a vendor's sandbox on this machine, for rehearsal and CI
#[derive(Debug, Args)]
#[command(after_help = examples())]
pub struct SandboxArgs {
    /// The vendor
    pub vendor: String,

    /// Listen on this port of the loopback address (default: any free one)
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub port: u16,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(_context: &Context, _args: &SandboxArgs) -> Result<ExitStatus, CommandError> {
    Err(not_wired("sandbox"))
}

fn examples() -> String {
    let vendor = values::example_vendor();
    format!("Examples:\n  mobly-sync sandbox {vendor} --port 8080")
}
