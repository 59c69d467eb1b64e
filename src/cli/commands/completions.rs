//! `completions SHELL`: the script a shell completes this program's commands with.

use clap::Args;
use clap_complete::Shell;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::generate;
use crate::exit::ExitStatus;

/// Print a shell's completion script
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync completions bash > ~/.local/share/bash-completion/completions/mobly-sync\n  mobly-sync completions zsh > ~/.zfunc/_mobly-sync\n  mobly-sync completions fish > ~/.config/fish/completions/mobly-sync.fish"
)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Runs the command.
///
/// # Errors
/// Never.
pub fn run(context: &Context, args: &CompletionsArgs) -> Result<ExitStatus, CommandError> {
    context.ui.raw(&generate::completions(args.shell));
    Ok(ExitStatus::Done)
}
