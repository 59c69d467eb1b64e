//! The terminal: the only place that prints, asks, and draws.
//!
//! **Streams.** Data goes to standard output, everything else to standard error. A reader that goes away (`| head`) ends
//! the output quietly; any other failure to write is told by [`Ui::finish`]. With `--json` standard output carries exactly
//! one document.
//!
//! **Looks.** Colour is decided per stream; piped output has no escape code, whatever was painted. Text from files and
//! vendors passes [`format::clean`] before it is shown.

mod output;
mod sink;

pub mod board;
pub mod chart;
pub mod doctor;
pub mod format;
pub mod interrupt;
pub mod json;
pub mod pairs;
pub mod plan;
pub mod progress;
pub mod prompt;
pub mod report;
pub mod status;
pub mod summary;
pub mod table;
pub mod theme;
pub mod verify;

use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use indicatif::ProgressBar;
use serde::Serialize;

use crate::env_vars;
use prompt::{Prompter, TerminalPrompter};
use sink::Sink;
use theme::{Label, Theme};

pub use output::TestUi;

/// Columns where the terminal's width is not known.
const DEFAULT_WIDTH: usize = 80;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How progress is told on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ProgressChoice {
    /// A bar on a terminal, nothing in a pipe.
    #[default]
    Auto,
    /// One JSON object a line.
    Json,
    /// Not at all.
    None,
}

/// What the command line says about the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own on the command line
pub struct UiOptions {
    /// `--color`.
    pub color: ColorChoice,
    /// `--progress`.
    pub progress: ProgressChoice,
    /// `--json`.
    pub json: bool,
    /// `--quiet`.
    pub quiet: bool,
    /// `--verbose`.
    pub verbose: bool,
    /// `--no-input`.
    pub no_input: bool,
    /// `--yes`.
    pub yes: bool,
}

/// The terminal as a command sees it. Cheap to clone; every clone is the same terminal.
#[derive(Clone)]
pub struct Ui {
    shared: Arc<Shared>,
    /// Whether the person has said yes already to what comes.
    agreed: bool,
    /// Whether what runs is one step of a dialogue, which says itself what is next.
    led: bool,
}

struct Shared {
    options: UiOptions,
    theme: Theme,
    width: usize,
    out_terminal: bool,
    err_terminal: bool,
    in_terminal: bool,
    out: Mutex<Sink>,
    err: Mutex<Sink>,
    bar: Mutex<Option<ProgressBar>>,
    documented: AtomicBool,
    prompter: Box<dyn Prompter>,
}

impl Ui {
    /// The process's own terminal.
    #[must_use]
    pub fn new(options: UiOptions) -> Self {
        let forced = env_vars::forced_terminal_width();
        let out_terminal = forced.is_some() || io::stdout().is_terminal();
        let err_terminal = forced.is_some() || io::stderr().is_terminal();
        let colour = |terminal| wants_colour(options.color, terminal);
        Self {
            shared: Arc::new(Shared {
                options,
                theme: Theme {
                    unicode: env_vars::locale_is_unicode() && !env_vars::terminal_is_dumb(),
                },
                width: forced
                    .map_or_else(|| terminal_width(out_terminal || err_terminal), usize::from),
                out_terminal,
                err_terminal,
                in_terminal: io::stdin().is_terminal(),
                out: Mutex::new(Sink::stdout(colour(out_terminal), out_terminal)),
                err: Mutex::new(Sink::stderr(colour(err_terminal))),
                bar: Mutex::new(None),
                documented: AtomicBool::new(false),
                prompter: Box::new(TerminalPrompter::new(colour(err_terminal))),
            }),
            agreed: false,
            led: false,
        }
    }

    /// The same terminal for work the person has just agreed to: no question is asked twice.
    #[must_use]
    pub fn agreed(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            agreed: true,
            led: self.led,
        }
    }

    /// The same terminal for one step of a dialogue: what to type next is told at its end.
    #[must_use]
    pub fn led(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            agreed: self.agreed,
            led: true,
        }
    }

    /// Writes a line of data to standard output.
    pub fn data(&self, line: impl Display) {
        self.write_out(&format!("{line}\n"));
    }

    /// Writes text to standard output as it is.
    pub fn raw(&self, text: &str) {
        self.write_out(text);
    }

    /// Writes the command's one JSON document to standard output; `body` must be a struct or a map. A second document is a
    /// mistake in the program and is dropped.
    pub fn document<T: Serialize + ?Sized>(&self, body: &T) {
        if self.shared.documented.swap(true, Ordering::SeqCst) {
            return;
        }
        match json::document(body, self.shared.out_terminal) {
            Ok(text) => self.write_out(&format!("{text}\n")),
            Err(error) => lock(&self.shared.out).fail(io::Error::other(error)),
        }
    }

    /// Whether the command's JSON document was written.
    #[must_use]
    pub fn is_documented(&self) -> bool {
        self.shared.documented.load(Ordering::SeqCst)
    }

    /// Tells what was done or is being done: a sentence on standard error, silent with `--quiet`.
    pub fn status(&self, line: impl Display) {
        if !self.shared.options.quiet {
            self.write_err(&format!("{line}\n"));
        }
    }

    /// Tells something worth knowing; silent with `--quiet`.
    pub fn note(&self, line: impl Display) {
        self.status(format_args!("{} {line}", self.theme().label(Label::Note)));
    }

    /// Tells what to do, in words; silent with `--quiet`.
    pub fn hint(&self, line: impl Display) {
        self.status(format_args!("{} {line}", self.theme().label(Label::Hint)));
    }

    /// Tells the command to run next; silent with `--quiet` and within a dialogue.
    pub fn next(&self, command: &str) {
        if self.led {
            return;
        }
        self.status(format_args!(
            "{} {}",
            self.theme().label(Label::Next),
            self.theme().good(command)
        ));
    }

    /// Warns, `--quiet` or not.
    pub fn warning(&self, line: impl Display) {
        self.write_err(&format!("{} {line}\n", self.theme().label(Label::Warning)));
    }

    /// Tells what only `--verbose` asks for.
    pub fn detail(&self, line: impl Display) {
        if self.shared.options.verbose {
            self.write_err(&format!("{line}\n"));
        }
    }

    /// Writes a line to standard error, whatever the options.
    pub fn error_line(&self, line: impl Display) {
        self.write_err(&format!("{line}\n"));
    }

    /// How text is painted here.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.shared.theme
    }

    /// Columns of the terminal.
    #[must_use]
    pub fn width(&self) -> usize {
        self.shared.width
    }

    /// What the command line says.
    #[must_use]
    pub fn options(&self) -> UiOptions {
        UiOptions {
            yes: self.agreed || self.shared.options.yes,
            ..self.shared.options
        }
    }

    /// Whether standard output shall be one JSON document.
    #[must_use]
    pub fn json(&self) -> bool {
        self.shared.options.json
    }

    /// Whether people read standard output.
    #[must_use]
    pub fn out_is_terminal(&self) -> bool {
        self.shared.out_terminal
    }

    /// Whether people read standard error.
    #[must_use]
    pub fn err_is_terminal(&self) -> bool {
        self.shared.err_terminal
    }

    /// Whether somebody is there to answer: a terminal at both ends of the dialogue, and no `--no-input`.
    #[must_use]
    pub fn can_prompt(&self) -> bool {
        self.shared.in_terminal && self.shared.err_terminal && !self.shared.options.no_input
    }

    /// What asks. Call only after [`Ui::can_prompt`].
    #[must_use]
    pub fn prompter(&self) -> &dyn Prompter {
        self.flush();
        self.shared.prompter.as_ref()
    }

    /// Writes out what is buffered.
    pub fn flush(&self) {
        lock(&self.shared.out).flush();
    }

    /// Ends the output.
    ///
    /// # Errors
    /// If standard output could not take everything. A reader that went away is no error.
    pub fn finish(&self) -> io::Result<()> {
        let mut out = lock(&self.shared.out);
        out.flush();
        out.take_failure().map_or(Ok(()), Err)
    }

    /// The bar that lines on standard error have to step around.
    fn set_bar(&self, bar: Option<ProgressBar>) {
        *lock(&self.shared.bar) = bar;
    }

    fn write_out(&self, text: &str) {
        let bar = lock(&self.shared.bar).clone();
        match bar {
            Some(bar) if self.shared.out_terminal => {
                bar.suspend(|| lock(&self.shared.out).write(text));
            }
            _ => lock(&self.shared.out).write(text),
        }
    }

    fn write_err(&self, text: &str) {
        // What was said first shall be read first where both streams end on one screen.
        if self.shared.out_terminal {
            self.flush();
        }
        let bar = lock(&self.shared.bar).clone();
        match bar {
            Some(bar) => bar.suspend(|| lock(&self.shared.err).write(text)),
            None => lock(&self.shared.err).write(text),
        }
    }
}

fn wants_colour(choice: ColorChoice, terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if env_vars::wants_no_colour() => false,
        ColorChoice::Auto => terminal || env_vars::forces_colour(),
    }
}

fn terminal_width(terminal: bool) -> usize {
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    if !terminal {
        return DEFAULT_WIDTH;
    }
    measured()
        .or_else(|| env_vars::columns().map(usize::from))
        .filter(|columns| *columns > 0)
        .unwrap_or(DEFAULT_WIDTH)
}

/// A panic elsewhere must not take the terminal with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stream_gets_its_own() {
        let ui = TestUi::piped();
        ui.data("data");
        ui.status("Working.");
        ui.note("by the way");
        ui.warning("careful");
        ui.next("mobly-sync status");
        assert_eq!(ui.stdout(), "data\n");
        assert_eq!(
            ui.stderr(),
            "Working.\nNote: by the way\nWarning: careful\nNext: mobly-sync status\n"
        );
    }

    #[test]
    fn quiet_leaves_data_and_warnings() {
        let ui = TestUi::with(UiOptions {
            quiet: true,
            ..UiOptions::default()
        });
        ui.data("data");
        ui.status("Working.");
        ui.hint("do this");
        ui.warning("careful");
        assert_eq!(ui.stdout(), "data\n");
        assert_eq!(ui.stderr(), "Warning: careful\n");
    }

    #[test]
    fn piped_output_has_no_escape_code_whatever_was_painted() {
        let ui = TestUi::piped();
        ui.data(ui.theme().bad("red"));
        ui.warning(ui.theme().strong("bold"));
        assert!(!ui.stdout().contains('\u{1b}'));
        assert!(!ui.stderr().contains('\u{1b}'));
    }

    #[test]
    fn there_is_one_document_only() {
        let ui = TestUi::piped();
        ui.document(&std::collections::BTreeMap::from([("a", 1)]));
        ui.document(&std::collections::BTreeMap::from([("b", 2)]));
        assert_eq!(ui.stdout(), "{\"schema\":1,\"a\":1}\n");
    }

    #[test]
    fn nobody_is_asked_where_nobody_is() {
        assert!(!TestUi::piped().can_prompt());
        assert!(TestUi::terminal(80).can_prompt());
    }
}
