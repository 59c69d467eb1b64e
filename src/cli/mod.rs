//! The command line: parses, runs one command, tells what went wrong, ends with the right status.
//!
//! No business rule lives here. A command reads its options, calls the engine or the store, and shows the result through
//! [`crate::ui`]. With `--json` anywhere among the arguments, standard output carries exactly one JSON document, even when
//! the arguments themselves are wrong.

pub mod board_page;
pub mod command_error;
pub mod commands;
pub mod context;
pub mod enriching;
pub mod generate;
pub mod parts;
pub mod planning;
pub mod pulling;
pub mod pushing;
pub mod services;
pub mod set_up;
pub mod values;
pub mod waiting;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser};

use crate::exit::{ExitStatus, MEANINGS};
use crate::ui::theme::help_styles;
use crate::ui::{ColorChoice, Ui, UiOptions};
use command_error::{CommandError, ErrorCode};
use commands::{Command, GROUPS};
use context::{Context, GlobalArgs};

/// Bring every captured lead into the CRM, exactly once
///
/// Leads captured at trade shows go into one SQLite file and from there into the CRM, each exactly once. What does not make
/// it stands on a board (mobly-sync reconcile) with the reason and the command that settles it.
#[derive(Debug, Parser)]
#[command(name = "mobly-sync", version, styles = help_styles(), max_term_width = 100)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub globals: GlobalArgs,

    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    install_panic_hook();
    match panic::catch_unwind(AssertUnwindSafe(|| run(&arguments))) {
        Ok(status) => status.into(),
        // The hook has told it.
        Err(_) => ExitStatus::Failed.into(),
    }
}

/// Parses and runs.
fn run(arguments: &[OsString]) -> ExitStatus {
    let parsed = command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return misread(&Ui::new(scan(arguments)), &error),
    };
    let ui = Ui::new(cli.globals.ui_options());
    let context = Context {
        ui: ui.clone(),
        globals: cli.globals,
    };
    let status = block_on(&cli.command, &context).unwrap_or_else(|error| {
        if error.code() != ErrorCode::Interrupted || ui.json() {
            error.report(&ui);
        }
        error.exit_status()
    });
    end(&ui, status)
}

/// Commands that push get worker threads; the others start none, which keeps them quick.
fn block_on(command: &Command, context: &Context) -> Result<ExitStatus, CommandError> {
    let runtime = if command.may_push() {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
    } else {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
    }
    .map_err(|error| CommandError::internal("cannot start").caused_by(&error))?;
    let outcome = runtime.block_on(command.run(context));
    // A thread stuck in a keychain must not keep the program alive.
    runtime.shutdown_background();
    outcome
}

fn end(ui: &Ui, status: ExitStatus) -> ExitStatus {
    match ui.finish() {
        Ok(()) => status,
        Err(error) => {
            CommandError::new(ErrorCode::File, "cannot write to standard output")
                .caused_by(&error)
                .report(ui);
            status.combine(ExitStatus::Failed)
        }
    }
}

/// The command line with its grouped help.
#[must_use]
pub fn command() -> clap::Command {
    let command = Cli::command();
    let commands = grouped(&command);
    command
        .subcommand_required(true)
        .arg_required_else_help(true)
        .help_template(format!(
            "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{commands}\nOptions:\n{{options}}{{after-help}}"
        ))
        .after_help(after_help())
}

fn grouped(command: &clap::Command) -> String {
    let style = help_styles();
    let (heading, literal) = (style.get_header(), style.get_literal());
    let width = GROUPS
        .iter()
        .flat_map(|(_, names)| names.iter())
        .map(|name| name.len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (title, names) in GROUPS {
        text.push_str(&format!("{heading}{title}:{heading:#}\n"));
        for name in *names {
            let about = command
                .find_subcommand(name)
                .and_then(clap::Command::get_about)
                .map(StyledStr::to_string)
                .unwrap_or_default();
            text.push_str(&format!("  {literal}{name:width$}{literal:#}  {about}\n"));
        }
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}

fn after_help() -> String {
    let mut text = String::from("Exit status:\n");
    for (status, meaning) in MEANINGS {
        text.push_str(&format!("  {:<3}  {meaning}\n", status.code()));
    }
    text.push_str(
        "\nFirst steps:\n  mobly-sync demo\n\nMore about a command: mobly-sync COMMAND --help, mobly-sync man COMMAND",
    );
    text
}

/// What must be known of arguments that cannot be parsed.
fn scan(arguments: &[OsString]) -> UiOptions {
    let has = |wanted: &str| arguments.iter().skip(1).any(|argument| argument == wanted);
    let color = arguments
        .iter()
        .zip(arguments.iter().skip(1))
        .find_map(|(option, value)| {
            let value = match option.to_str() {
                Some("--color") => value.to_str(),
                _ => value
                    .to_str()
                    .and_then(|value| value.strip_prefix("--color=")),
            }?;
            <ColorChoice as clap::ValueEnum>::from_str(value, true).ok()
        })
        .unwrap_or_default();
    UiOptions {
        color,
        json: has("--json"),
        ..UiOptions::default()
    }
}

/// Help and version are answers; anything else is a usage error.
fn misread(ui: &Ui, error: &clap::Error) -> ExitStatus {
    let text = error.render().ansi().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            ui.raw(&text);
            end(ui, ExitStatus::Done)
        }
        _ if ui.json() => {
            usage_error(&error.render().to_string()).report(ui);
            end(ui, ExitStatus::Usage)
        }
        _ => {
            ui.error_line(text.trim_end());
            end(ui, ExitStatus::Usage)
        }
    }
}

/// The parser's text taken apart: its first paragraph is the message, its tips are hints.
fn usage_error(text: &str) -> CommandError {
    let mut message = Vec::new();
    let mut hints = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(tip) = line.strip_prefix("tip: ") {
            hints.push(tip.to_owned());
        } else if line.starts_with("Usage:") || line.starts_with("For more information") {
            break;
        } else if !line.is_empty() && hints.is_empty() {
            message.push(line.strip_prefix("error: ").unwrap_or(line).to_owned());
        }
    }
    let error = CommandError::usage(message.join(" "));
    hints.into_iter().fold(error, CommandError::hint)
}

/// One line instead of a backtrace: whoever meets it is no programmer.
fn install_panic_hook() {
    panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map(|place| format!(" at {}:{}", place.file(), place.line()))
            .unwrap_or_default();
        let ui = Ui::new(scan(&std::env::args_os().collect::<Vec<_>>()));
        CommandError::internal(format!("internal error{place}: {}", panic_text(info))).report(&ui);
        let _ = ui.finish();
    }));
}

fn panic_text(info: &panic::PanicHookInfo<'_>) -> String {
    let text = info
        .payload()
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| info.payload().downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::TestUi;

    fn parse(arguments: &[&str]) -> Result<Cli, clap::Error> {
        let all = std::iter::once("mobly-sync").chain(arguments.iter().copied());
        command()
            .try_get_matches_from(all)
            .and_then(|matches| Cli::from_arg_matches(&matches))
    }

    #[test]
    fn the_definition_holds_together() {
        command().debug_assert();
    }

    #[test]
    fn every_visible_command_is_in_exactly_one_group_of_the_help() {
        let mut grouped: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        let command = command();
        let mut visible: Vec<&str> = command
            .get_subcommands()
            .filter(|command| !command.is_hide_set())
            .map(clap::Command::get_name)
            .collect();
        grouped.sort_unstable();
        visible.sort_unstable();
        assert_eq!(grouped, visible);
    }

    #[test]
    fn the_three_lines_of_the_contract_are_understood() {
        parse(&["connect", "x"]).unwrap();
        parse(&["mode", "manual"]).unwrap();
        parse(&["set-mode", "x", "manual"]).unwrap();
        let cli = parse(&["reconcile", "--event", "X", "--retry"]).unwrap();
        assert_eq!(cli.globals.event.as_deref(), Some("X"));
    }

    #[test]
    fn global_options_work_before_and_after_the_command() {
        for arguments in [
            ["--json", "-q", "-i", "x", "lead", "list"],
            ["lead", "list", "--json", "-q", "-i", "x"],
            ["lead", "--json", "-i", "x", "list", "-q"],
        ] {
            let cli = parse(&arguments).unwrap();
            assert!(cli.globals.json && cli.globals.quiet, "{arguments:?}");
            assert_eq!(cli.globals.integration.as_deref(), Some("x"));
        }
    }

    #[test]
    fn a_usage_error_is_json_where_json_stands_anywhere() {
        for arguments in [
            vec!["mobly-sync", "lead", "lst", "--json"],
            vec!["mobly-sync", "--json", "--nonsense"],
            vec!["mobly-sync", "--json"],
        ] {
            let arguments: Vec<OsString> = arguments.into_iter().map(OsString::from).collect();
            let ui = TestUi::with(scan(&arguments));
            let error = command().try_get_matches_from(&arguments).unwrap_err();
            assert_eq!(misread(&ui, &error), ExitStatus::Usage);
            let document: serde_json::Value = serde_json::from_str(&ui.stdout()).unwrap();
            assert_eq!(document["schema"], 1);
            assert_eq!(document["error"]["code"], "usage");
            assert!(!document["error"]["message"].as_str().unwrap().is_empty());
        }
    }

    #[test]
    fn help_goes_to_standard_output_and_mistakes_to_standard_error() {
        let ui = TestUi::piped();
        let help = parse(&["--help"]).unwrap_err();
        assert_eq!(misread(&ui, &help), ExitStatus::Done);
        assert!(
            ui.stdout().contains("Connections:\n  connect "),
            "{}",
            ui.stdout()
        );
        assert!(ui.stdout().contains("Exit status:"), "{}", ui.stdout());

        let ui = TestUi::piped();
        let mistake = parse(&["lead", "lst"]).unwrap_err();
        assert_eq!(misread(&ui, &mistake), ExitStatus::Usage);
        assert_eq!(ui.stdout(), "");
        assert!(ui.stderr().contains("list"), "{}", ui.stderr());
    }

    #[test]
    fn actions_that_exclude_each_other_are_refused() {
        for arguments in [
            vec!["reconcile", "--ignore"],
            vec!["reconcile", "--retry", "--unignore"],
            vec!["reconcile", "--adopt", "1"],
            vec!["lead", "edit", "a@b.c", "--where", "x is empty"],
            vec!["mapping", "set", "--constant", "a", "--template", "b", "c"],
        ] {
            assert!(parse(&arguments).is_err(), "{arguments:?}");
        }
    }
}
