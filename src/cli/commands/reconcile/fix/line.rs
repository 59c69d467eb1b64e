//! A command line of ours, run as the shell would have run it: what the dialogue does is exactly what it prints.

use clap::Parser as _;
use futures_util::future::LocalBoxFuture;

use crate::cli::Cli;
use crate::cli::command_error::CommandError;
use crate::cli::commands::Command;
use crate::cli::context::{Context, GlobalArgs};
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

/// The words of a line as a POSIX shell reads what [`crate::domain::hints::quote`] has written.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted: Option<char> = None;
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match (quoted, sign) {
            (Some(end), sign) if sign == end => quoted = None,
            (Some(_), sign) => word.get_or_insert_default().push(sign),
            (None, '"' | '\'') => {
                quoted = Some(sign);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().extend(signs.next()),
            (None, sign) if sign.is_whitespace() => words.extend(word.take()),
            (None, sign) => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::hints::quote;
    use crate::ui::TestUi;

    #[test]
    fn whatever_is_quoted_comes_back_as_it_was() {
        for text in [
            "plain",
            "two words",
            "it's",
            "a \"b\" 'c' $d `e` \\ !",
            "",
            "R&D && more",
            "ü; (x)",
        ] {
            let line = format!("mobly-sync x {} y", quote(text));
            assert_eq!(words(&line), ["mobly-sync", "x", text, "y"], "{line}");
        }
    }

    #[test]
    fn a_line_of_two_commands_is_read_as_two_with_their_own_scope() {
        let ui = TestUi::piped();
        let globals = GlobalArgs {
            event: Some("Expo".into()),
            db: Some("file".into()),
            ..GlobalArgs::default()
        };
        let line = "mobly-sync mapping set --constant \"A && B\" x -i crm && mobly-sync mapping unset y";
        let read = read(&ui, &globals, line).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].context.globals.integration.as_deref(), Some("crm"));
        assert_eq!(read[1].context.globals.event, None, "not the dialogue's");
        assert!(read[1].context.globals.db.is_some());
    }
}
