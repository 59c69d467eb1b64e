//! What every command gets: the terminal and the global options, with the rules that hold for all commands.

use std::path::PathBuf;

use clap::Args;

use super::command_error::{CommandError, ErrorCode};
use crate::env_vars;
use crate::ui::{ColorChoice, ProgressChoice, Ui, UiOptions};

/// Options that every command takes, before or after its name.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own
pub struct GlobalArgs {
    /// Use this database file instead of the one in the platform's data directory [env: MOBLY_SYNC_DB]
    #[arg(long, global = true, value_name = "PATH", value_hint = clap::ValueHint::FilePath)]
    pub db: Option<PathBuf>,

    /// Mean this integration (default: the CRM), or all of them
    #[arg(short, long, global = true, value_name = "VENDOR|all")]
    pub integration: Option<String>,

    /// Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]
    #[arg(short, long, global = true, value_name = "EVENT")]
    pub event: Option<String>,

    /// Write one JSON document to standard output
    #[arg(long, global = true)]
    pub json: bool,

    /// Tell progress on standard error in this form: auto, json, none
    #[arg(
        long,
        global = true,
        value_name = "FORM",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub progress: ProgressChoice,

    /// Say only what was asked for, and what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say more about what is done
    #[arg(short, long, global = true)]
    pub verbose: bool,

    /// Use colour: auto, always, never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: ColorChoice,

    /// Never ask
    #[arg(long, global = true)]
    pub no_input: bool,

    /// Answer yes to every confirmation
    #[arg(short, long, global = true)]
    pub yes: bool,
}

impl GlobalArgs {
    /// What concerns the terminal.
    #[must_use]
    pub fn ui_options(&self) -> UiOptions {
        UiOptions {
            color: self.color,
            progress: self.progress,
            json: self.json,
            quiet: self.quiet,
            verbose: self.verbose,
            no_input: self.no_input,
            yes: self.yes,
        }
    }
}

/// What a command works with.
#[derive(Clone)]
pub struct Context {
    /// The terminal.
    pub ui: Ui,
    /// The global options.
    pub globals: GlobalArgs,
}

impl Context {
    /// The event a command cannot do without: named in its own place, by `--event`, or by the environment.
    ///
    /// # Errors
    /// If none is named, or two different ones.
    pub fn required_event(&self, named: Option<&str>) -> Result<String, CommandError> {
        match (named, self.globals.event.as_deref()) {
            (Some(left), Some(right)) if left != right => Err(CommandError::usage(format!(
                "two events are named: {left:?} and {right:?}"
            ))),
            (Some(name), _) | (None, Some(name)) => Ok(name.to_owned()),
            (None, None) => env_vars::event().ok_or_else(|| {
                CommandError::usage("no event is named")
                    .hint(format!("name one with --event, or set {}", env_vars::EVENT))
                    .fix("mobly-sync event list")
            }),
        }
    }

    /// The event that narrows what is shown: by `--event` or by the environment. Never for what a push or retry takes:
    /// there only `globals.event` counts.
    #[must_use]
    pub fn shown_event(&self) -> Option<String> {
        self.globals.event.clone().or_else(env_vars::event)
    }

    /// The integration named by a command's VENDOR or by `-i`, which mean the same.
    ///
    /// # Errors
    /// If they name two different ones.
    pub fn named_integration(&self, vendor: Option<&str>) -> Result<Option<String>, CommandError> {
        match (vendor, self.globals.integration.as_deref()) {
            (Some(left), Some(right)) if !left.eq_ignore_ascii_case(right) => {
                Err(CommandError::usage(format!(
                    "two integrations are named: {left:?} and {right:?}"
                )))
            }
            (Some(name), _) | (None, Some(name)) => Ok(Some(name.to_ascii_lowercase())),
            (None, None) => Ok(None),
        }
    }

    /// Asks a question that must be answered with yes: by `--yes`, or by somebody at the terminal.
    ///
    /// # Errors
    /// If the answer is no, or nobody is there to give it (exit 2, code `confirmation_needed`): then `command` is what a
    /// script says instead.
    pub fn confirm(&self, question: &str, command: &str) -> Result<(), CommandError> {
        if self.ui.options().yes {
            return Ok(());
        }
        if !self.ui.can_prompt() {
            return Err(CommandError::new(
                ErrorCode::ConfirmationNeeded,
                "this needs a confirmation and nobody can be asked; nothing was changed",
            )
            .hint(format!("{question} Answer with --yes"))
            .fix(format!("{command} --yes")));
        }
        if self.ui.prompter().confirm(question, false)? {
            Ok(())
        } else {
            Err(CommandError::new(
                ErrorCode::ConfirmationNeeded,
                "nothing was changed",
            ))
        }
    }

    /// Asks a question where somebody is there to answer; elsewhere (a script, `--json`, `--yes`) the work goes on.
    ///
    /// # Errors
    /// If the question was interrupted.
    pub fn may_go_on(&self, question: &str, default: bool) -> Result<bool, CommandError> {
        if self.ui.options().yes || self.ui.json() || !self.ui.can_prompt() {
            return Ok(true);
        }
        Ok(self.ui.prompter().confirm(question, default)?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::TestUi;
    use crate::ui::prompt::Answer;

    fn context(ui: &TestUi, globals: GlobalArgs) -> Context {
        Context {
            ui: ui.ui(),
            globals,
        }
    }

    #[test]
    fn naming_two_different_things_is_a_usage_error() {
        let context = context(
            &TestUi::piped(),
            GlobalArgs {
                integration: Some("a".into()),
                event: Some("Expo".into()),
                ..GlobalArgs::default()
            },
        );
        assert_eq!(context.named_integration(Some("A")).unwrap().unwrap(), "a");
        assert_eq!(
            context.named_integration(Some("b")).unwrap_err().code(),
            ErrorCode::Usage
        );
        assert_eq!(context.required_event(None).unwrap(), "Expo");
        assert!(context.required_event(Some("Summit")).is_err());
    }

    #[test]
    fn a_confirmation_needs_yes_or_somebody_who_says_it() {
        let alone = context(&TestUi::piped(), GlobalArgs::default());
        let error = alone.confirm("Switch?", "mobly-sync x").unwrap_err();
        assert_eq!(error.code(), ErrorCode::ConfirmationNeeded);
        assert_eq!(error.exit_status().code(), 2);

        let yes = TestUi::with(UiOptions {
            yes: true,
            ..UiOptions::default()
        });
        assert!(
            context(&yes, GlobalArgs::default())
                .confirm("Switch?", "mobly-sync x")
                .is_ok()
        );

        for (answer, fine) in [(true, true), (false, false)] {
            let ui = TestUi::answering(UiOptions::default(), vec![Answer::Confirm(answer)]);
            let outcome = context(&ui, GlobalArgs::default()).confirm("Switch?", "mobly-sync x");
            assert_eq!(outcome.is_ok(), fine);
        }
    }

    #[test]
    fn other_questions_are_only_asked_where_somebody_is() {
        let alone = context(&TestUi::piped(), GlobalArgs::default());
        assert!(alone.may_go_on("Push?", false).unwrap());
        let ui = TestUi::answering(UiOptions::default(), vec![Answer::Confirm(false)]);
        assert!(
            !context(&ui, GlobalArgs::default())
                .may_go_on("Push?", true)
                .unwrap()
        );
    }
}
