//! A command line of ours, run as the shell would have run it: what the dialogue does is exactly what it prints.

use clap::Parser as _;
use futures_util::future::LocalBoxFuture;

use crate::cli::Cli;
use crate::cli::command_error::CommandError;
use crate::cli::commands::Command;
use crate::cli::context::{Context, GlobalArgs};
use crate::domain::command_line::words;
use crate::exit::ExitStatus;
use crate::ui::Ui;

/// What separates two commands of one line.
const AND: &str = "&&";

/// A line read back.
pub(super) struct Line {
    /// The command.
    pub(super) command: Command,
    /// What it runs with: the dialogue's own file, the line's own scope.
    pub(super) context: Context,
}

/// Reads the commands of a line.
///
/// # Errors
/// Where the line is none of ours.
pub(super) fn read(ui: &Ui, globals: &GlobalArgs, line: &str) -> Result<Vec<Line>, CommandError> {
    let words = words(line);
    words
        .split(|word| word == AND)
        .map(|words| {
            let cli = Cli::try_parse_from(words).map_err(|error| {
                let text = error.render().to_string();
                CommandError::internal(format!("{line}: {}", text.trim()))
            })?;
            Ok(Line {
                command: cli.command,
                context: Context {
                    ui: ui.clone(),
                    globals: GlobalArgs {
                        integration: cli.globals.integration,
                        event: cli.globals.event,
                        ..globals.clone()
                    },
                },
            })
        })
        .collect()
}

/// Runs every command of a line; the first that fails ends it.
///
/// # Errors
/// As the commands themselves.
pub(super) fn run<'a>(
    ui: &'a Ui,
    globals: &'a GlobalArgs,
    line: &'a str,
) -> LocalBoxFuture<'a, Result<ExitStatus, CommandError>> {
    // Boxed, since a command of the dialogue may be of the very kind that opened it.
    Box::pin(async move {
        let mut status = ExitStatus::Done;
        for one in read(ui, globals, line)? {
            status = status.combine(one.command.run(&one.context).await?);
        }
        Ok(status)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::TestUi;

    #[test]
    fn a_line_of_two_commands_is_read_as_two_with_their_own_scope() {
        let ui = TestUi::piped();
        let globals = GlobalArgs {
            event: Some("Expo".into()),
            db: Some("file".into()),
            ..GlobalArgs::default()
        };
        let line =
            "mobly-sync mapping set --constant \"A && B\" x -i crm && mobly-sync mapping unset y";
        let read = read(&ui, &globals, line).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].context.globals.integration.as_deref(), Some("crm"));
        assert_eq!(read[1].context.globals.event, None, "not the dialogue's");
        assert!(read[1].context.globals.db.is_some());
    }
}
