//! How a command fails: what happened, why, and what to do next, for people and for scripts.
//!
//! Every failure that reaches the user is made here or converted here; no other file decides wording, code or exit status.

use std::error::Error;

use crate::exit::ExitStatus;
use crate::store::StoreError;
use crate::ui::Ui;
use crate::ui::json::{ErrorBody, ErrorDocument};
use crate::ui::prompt::PromptError;
use crate::ui::theme::Label;

/// What a script branches on; the list is fixed by the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names are the codes
pub enum ErrorCode {
    Usage,
    NotFound,
    Ambiguous,
    ConfirmationNeeded,
    NotConnected,
    NeedsSignIn,
    WrongAccount,
    Disabled,
    CategoryTaken,
    NotMapped,
    Unsupported,
    Claimed,
    EventHeld,
    File,
    Database,
    DatabaseNewer,
    DatabaseForeign,
    DatabaseLocked,
    DiskFull,
    SecretStore,
    Network,
    Vendor,
    Limit,
    Guard,
    Interrupted,
    Internal,
}

impl ErrorCode {
    /// The code in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::NotFound => "not_found",
            Self::Ambiguous => "ambiguous",
            Self::ConfirmationNeeded => "confirmation_needed",
            Self::NotConnected => "not_connected",
            Self::NeedsSignIn => "needs_sign_in",
            Self::WrongAccount => "wrong_account",
            Self::Disabled => "disabled",
            Self::CategoryTaken => "category_taken",
            Self::NotMapped => "not_mapped",
            Self::Unsupported => "unsupported",
            Self::Claimed => "claimed",
            Self::EventHeld => "event_held",
            Self::File => "file",
            Self::Database => "database",
            Self::DatabaseNewer => "database_newer",
            Self::DatabaseForeign => "database_foreign",
            Self::DatabaseLocked => "database_locked",
            Self::DiskFull => "disk_full",
            Self::SecretStore => "secret_store",
            Self::Network => "network",
            Self::Vendor => "vendor",
            Self::Limit => "limit",
            Self::Guard => "guard",
            Self::Interrupted => "interrupted",
            Self::Internal => "internal",
        }
    }

    /// The exit status this code usually means.
    #[must_use]
    pub fn exit(self) -> ExitStatus {
        match self {
            Self::Usage | Self::Ambiguous | Self::ConfirmationNeeded => ExitStatus::Usage,
            Self::NotConnected | Self::NeedsSignIn | Self::WrongAccount => ExitStatus::NotConnected,
            Self::Disabled => ExitStatus::Disabled,
            Self::EventHeld | Self::Limit | Self::Guard => ExitStatus::Stopped,
            Self::Interrupted => ExitStatus::Interrupted,
            _ => ExitStatus::Failed,
        }
    }
}

/// A failed command.
#[derive(Debug, Clone)]
pub struct CommandError {
    code: ErrorCode,
    message: String,
    causes: Vec<String>,
    hints: Vec<String>,
    fix: Option<String>,
    exit: ExitStatus,
}

impl CommandError {
    /// A failure with a sentence that starts small and has no full stop.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            causes: Vec::new(),
            hints: Vec::new(),
            fix: None,
            exit: code.exit(),
        }
    }

    /// The command line is wrong.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Usage, message)
    }

    /// A name that matches nothing.
    #[must_use]
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotFound, message)
    }

    /// A mistake in this program.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Internal, message)
            .hint("this is a mistake in mobly-sync; please report it with the command you ran")
    }

    /// What happened, in a sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The same, caused by `error` and everything below it.
    #[must_use]
    pub fn caused_by(mut self, error: &(dyn Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            let text = error.to_string();
            // Many errors repeat the one below them in their own text.
            if self
                .causes
                .last()
                .is_none_or(|above| !above.contains(&text))
            {
                self.causes.push(text);
            }
            next = error.source();
        }
        self
    }

    /// The same with something to do, in words.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with the command to run next.
    #[must_use]
    pub fn fix(mut self, command: impl Into<String>) -> Self {
        self.fix = Some(command.into());
        self
    }

    /// The same with another exit status than its code usually means.
    #[must_use]
    pub fn exit_with(mut self, exit: ExitStatus) -> Self {
        self.exit = exit;
        self
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// The status the program ends with.
    #[must_use]
    pub fn exit_status(&self) -> ExitStatus {
        self.exit
    }

    /// Tells it: on standard error for people; with `--json` as the one document on standard output.
    pub fn report(&self, ui: &Ui) {
        if ui.json() && !ui.is_documented() {
            ui.document(&self.document());
            return;
        }
        self.warn(ui);
    }

    /// Tells people of it while the command goes on: standard output stays the command's own.
    pub fn warn(&self, ui: &Ui) {
        let theme = ui.theme();
        ui.error_line(format_args!(
            "{} {}",
            theme.label(Label::Error),
            self.message
        ));
        match self.causes.as_slice() {
            [] => {}
            [only] => ui.error_line(format_args!("{} {only}", theme.label(Label::Cause))),
            several => {
                ui.error_line(theme.label(Label::Cause));
                for (index, cause) in several.iter().enumerate() {
                    ui.error_line(format_args!("{}: {cause}", index + 1));
                }
            }
        }
        for hint in &self.hints {
            ui.error_line(format_args!("{} {hint}", theme.label(Label::Hint)));
        }
        if let Some(fix) = &self.fix {
            ui.error_line(format_args!(
                "{} {}",
                theme.label(Label::Next),
                theme.good(fix)
            ));
        }
    }

    /// The error as JSON shows it.
    #[must_use]
    pub fn body(&self) -> ErrorBody {
        self.document().error
    }

    fn document(&self) -> ErrorDocument {
        let message = std::iter::once(&self.message)
            .chain(&self.causes)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(": ");
        ErrorDocument {
            error: ErrorBody {
                code: self.code.name(),
                message,
                hint: (!self.hints.is_empty()).then(|| self.hints.join(". ")),
                fix: self.fix.clone(),
            },
        }
    }
}

impl From<PromptError> for CommandError {
    fn from(error: PromptError) -> Self {
        match error {
            PromptError::Interrupted => Self::new(ErrorCode::Interrupted, "interrupted"),
            PromptError::Io(_) => Self::internal("the terminal cannot be asked").caused_by(&error),
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match &error {
            StoreError::Newer { .. } => Self::new(ErrorCode::DatabaseNewer, message)
                .hint("install the newer mobly-sync, or name another file with --db"),
            StoreError::Foreign { .. } => Self::new(ErrorCode::DatabaseForeign, message)
                .hint("name another file with --db; nothing was changed"),
            StoreError::Locked => Self::new(ErrorCode::DatabaseLocked, message)
                .hint("another program is writing to the file; try again when it has finished"),
            StoreError::DiskFull(_) => Self::new(ErrorCode::DiskFull, message)
                .hint("make room; everything recorded so far is safe"),
            StoreError::CannotOpen { .. } | StoreError::ReadOnly | StoreError::Claims { .. } => {
                Self::new(ErrorCode::Database, message)
                    .hint("check that the file and its folder may be written, or name another with --db")
            }
            StoreError::Corrupt { .. } => Self::new(ErrorCode::Database, message)
                .hint("put back a copy of the file; leads already pushed are found again and not created twice"),
            StoreError::CategoryTaken { by } => Self::new(ErrorCode::CategoryTaken, message)
                .hint("one integration a category; disconnecting keeps its mappings and history")
                .fix(format!("mobly-sync disconnect {by}")),
            StoreError::Taken { .. } => Self::new(ErrorCode::Usage, message),
            StoreError::Missing { .. } => Self::new(ErrorCode::NotFound, message),
            StoreError::Sqlite(_) | StoreError::Unexpected(_) => {
                Self::new(ErrorCode::Database, message)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{TestUi, UiOptions};

    fn error() -> CommandError {
        CommandError::new(ErrorCode::NotConnected, "no CRM is connected")
            .caused_by(&std::io::Error::other("why"))
            .hint("connect one")
            .fix("mobly-sync connect x")
    }

    #[test]
    fn people_read_it_on_standard_error_with_the_command_last() {
        let ui = TestUi::piped();
        error().report(&ui);
        assert_eq!(ui.stdout(), "");
        assert_eq!(
            ui.stderr(),
            "Error: no CRM is connected\nCaused by: why\nHint: connect one\nNext: mobly-sync connect x\n"
        );
        assert_eq!(error().exit_status().code(), 4);
    }

    #[test]
    fn scripts_read_it_on_standard_output() {
        let ui = TestUi::with(UiOptions {
            json: true,
            ..UiOptions::default()
        });
        error().report(&ui);
        assert_eq!(
            ui.stdout(),
            "{\"schema\":1,\"error\":{\"code\":\"not_connected\",\"message\":\"no CRM is connected: why\",\"hint\":\"connect one\",\"fix\":\"mobly-sync connect x\"}}\n"
        );
        assert_eq!(ui.stderr(), "");
    }

    #[test]
    fn a_failure_after_the_document_does_not_make_a_second_one() {
        let ui = TestUi::with(UiOptions {
            json: true,
            ..UiOptions::default()
        });
        ui.document(&std::collections::BTreeMap::from([("done", true)]));
        error().report(&ui);
        assert_eq!(ui.stdout().lines().count(), 1);
        assert!(ui.stderr().starts_with("Error: "));
    }

    #[test]
    fn several_causes_are_numbered_and_repeats_left_out() {
        let inner = StoreError::Unexpected("x".into());
        let ui = TestUi::piped();
        CommandError::usage("a")
            .caused_by(&inner)
            .caused_by(&std::io::Error::other("refused"))
            .report(&ui);
        assert!(
            ui.stderr()
                .contains("Caused by:\n1: the database holds something unexpected: x\n")
        );
        assert!(ui.stderr().contains("\n2: refused\n"));
    }
}
