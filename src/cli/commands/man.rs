//! `man [COMMAND]…`: a manual page.

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::generate;
use crate::exit::ExitStatus;

/// Print a manual page, in the form `man` reads
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync man | man -l -\n  mobly-sync man reconcile > mobly-sync-reconcile.1\n  mobly-sync man mapping set | man -l -"
)]
pub struct ManArgs {
    /// The command; without it the program's own page
    pub command: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If there is no such command.
pub fn run(context: &Context, args: &ManArgs) -> Result<ExitStatus, CommandError> {
    let page = generate::man_page(&args.command).ok_or_else(|| {
        CommandError::not_found(format!("there is no command {:?}", args.command.join(" ")))
            .fix("mobly-sync --help")
    })?;
    context.ui.raw(&page);
    if context.ui.out_is_terminal() {
        context
            .ui
            .hint("to read it as a page: mobly-sync man | man -l -");
    }
    Ok(ExitStatus::Done)
}
