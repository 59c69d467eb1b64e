//! Questions to the person at the terminal, on standard error.
//!
//! Whoever asks makes sure first that somebody can answer ([`super::Ui::can_prompt`]): a prompt library without a terminal
//! fails or, worse, redraws for ever. Ctrl-C during a question gives the terminal back as it was and ends the program with
//! 130 ([`super::interrupt`]).

use std::collections::VecDeque;
use std::io;
use std::sync::Mutex;

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, FuzzySelect, Input, Password, Select};
use secrecy::SecretString;

use super::format::width;
use super::interrupt::PromptGuard;
use super::lock;

/// From this many choices on, typing narrows them.
const MANY: usize = 12;
/// The widest a question and its answer stand in one line together.
const REPEATED: usize = 74;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// The person pressed Ctrl-C or Escape.
    #[error("interrupted")]
    Interrupted,
    /// The terminal failed.
    #[error("cannot ask: {0}")]
    Io(#[source] io::Error),
}

impl From<dialoguer::Error> for PromptError {
    fn from(error: dialoguer::Error) -> Self {
        let dialoguer::Error::IO(error) = error;
        if error.kind() == io::ErrorKind::Interrupted {
            Self::Interrupted
        } else {
            Self::Io(error)
        }
    }
}

/// Asks a person.
pub trait Prompter: Send + Sync {
    /// A question to answer with yes or no.
    ///
    /// # Errors
    /// If no answer came.
    fn confirm(&self, question: &str, default: bool) -> Result<bool, PromptError>;

    /// A line of text; with a default, an empty answer means it.
    ///
    /// # Errors
    /// If no answer came.
    fn input(&self, question: &str, default: Option<&str>) -> Result<String, PromptError>;

    /// A secret, not shown while it is typed.
    ///
    /// # Errors
    /// If no answer came.
    fn password(&self, question: &str) -> Result<SecretString, PromptError>;

    /// One of several; the answer is its position.
    ///
    /// # Errors
    /// If no answer came.
    fn select(
        &self,
        question: &str,
        choices: &[String],
        default: usize,
    ) -> Result<usize, PromptError>;
}

/// Asks at the process's terminal.
pub(super) struct TerminalPrompter {
    theme: Box<dyn Theme + Send + Sync>,
}

impl TerminalPrompter {
    pub(super) fn new(colour: bool) -> Self {
        let theme: Box<dyn Theme + Send + Sync> = if colour {
            Box::new(ColorfulTheme::default())
        } else {
            Box::new(SimpleTheme)
        };
        Self { theme }
    }
}

impl Prompter for TerminalPrompter {
    fn confirm(&self, question: &str, default: bool) -> Result<bool, PromptError> {
        let _guard = PromptGuard::new();
        Confirm::with_theme(self.theme.as_ref())
            .with_prompt(question)
            .default(default)
            .interact_opt()?
            .ok_or(PromptError::Interrupted)
    }

    fn input(&self, question: &str, default: Option<&str>) -> Result<String, PromptError> {
        let _guard = PromptGuard::new();
        let mut input = Input::<String>::with_theme(self.theme.as_ref()).with_prompt(question);
        input = match default {
            // Nothing is an answer, and none to be shown.
            Some("") => input.allow_empty(true),
            Some(default) => input.default(default.to_owned()),
            None => input,
        };
        Ok(input.interact_text()?.trim().to_owned())
    }

    fn password(&self, question: &str) -> Result<SecretString, PromptError> {
        let _guard = PromptGuard::new();
        let answer = zeroize::Zeroizing::new(
            Password::with_theme(self.theme.as_ref())
                .with_prompt(question)
                // Whether nothing is an answer is the asker's business.
                .allow_empty_password(true)
                .interact()?,
        );
        Ok(SecretString::from(answer.trim()))
    }

    fn select(
        &self,
        question: &str,
        choices: &[String],
        default: usize,
    ) -> Result<usize, PromptError> {
        let _guard = PromptGuard::new();
        let theme = self.theme.as_ref();
        // The answer is repeated behind the question, unless that would wrap on a usual terminal.
        let longest = choices.iter().map(|choice| width(choice)).max();
        let report = width(question) + longest.unwrap_or(0) <= REPEATED;
        let chosen = if choices.len() >= MANY {
            FuzzySelect::with_theme(theme)
                .with_prompt(question)
                .items(choices)
                .default(default)
                .max_length(MANY)
                .report(report)
                .interact_opt()?
        } else {
            Select::with_theme(theme)
                .with_prompt(question)
                .items(choices)
                .default(default)
                .report(report)
                .interact_opt()?
        };
        chosen.ok_or(PromptError::Interrupted)
    }
}

/// An answer prepared for a test.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To a yes-or-no question.
    Confirm(bool),
    /// To a question for text or for a secret.
    Text(String),
    /// To a choice: its position.
    Choice(usize),
    /// To a choice: the first that contains this.
    Named(String),
    /// Ctrl-C.
    Interrupt,
}

/// Answers from a list; a question that the list does not expect counts as interrupted.
pub struct Scripted {
    answers: Mutex<VecDeque<Answer>>,
}

impl Scripted {
    /// Answers in this order.
    #[must_use]
    pub fn new(answers: Vec<Answer>) -> Self {
        Self {
            answers: Mutex::new(answers.into()),
        }
    }

    fn next(&self) -> Option<Answer> {
        lock(&self.answers).pop_front()
    }
}

impl Prompter for Scripted {
    fn confirm(&self, _question: &str, _default: bool) -> Result<bool, PromptError> {
        match self.next() {
            Some(Answer::Confirm(answer)) => Ok(answer),
            _ => Err(PromptError::Interrupted),
        }
    }

    fn input(&self, _question: &str, default: Option<&str>) -> Result<String, PromptError> {
        match self.next() {
            Some(Answer::Text(text)) if text.is_empty() => {
                Ok(default.unwrap_or_default().to_owned())
            }
            Some(Answer::Text(text)) => Ok(text),
            _ => Err(PromptError::Interrupted),
        }
    }

    fn password(&self, _question: &str) -> Result<SecretString, PromptError> {
        match self.next() {
            Some(Answer::Text(text)) => Ok(SecretString::from(text)),
            _ => Err(PromptError::Interrupted),
        }
    }

    fn select(
        &self,
        _question: &str,
        choices: &[String],
        _default: usize,
    ) -> Result<usize, PromptError> {
        let found = match self.next() {
            Some(Answer::Choice(choice)) => Some(choice).filter(|choice| *choice < choices.len()),
            Some(Answer::Named(text)) => choices.iter().position(|choice| choice.contains(&text)),
            _ => None,
        };
        found.ok_or(PromptError::Interrupted)
    }
}
