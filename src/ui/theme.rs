//! Styles and symbols. Nothing depends on colour: whatever a colour says, a word or a symbol says too.
//!
//! Painted text always carries its escape codes; the stream it is written to drops them where colour is off. Widths are
//! therefore measured before painting, or with [`super::format::width`].

use anstyle::{AnsiColor, Style};

/// Green: done, there, a command to run.
const GOOD: Style = AnsiColor::Green.on_default();
/// Red: failed.
const BAD: Style = AnsiColor::Red.on_default();
/// Yellow: needs somebody.
const CARE: Style = AnsiColor::Yellow.on_default();
/// Cyan: hints, paths.
const HINT: Style = AnsiColor::Cyan.on_default();
const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// How the program's text looks on one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether the terminal shows UTF-8.
    pub unicode: bool,
}

/// The signs the program uses, in the form the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbols {
    /// Connected and running.
    pub full: &'static str,
    /// Connected, but something is wanted.
    pub half: &'static str,
    /// Not connected or paused.
    pub empty: &'static str,
    /// As it should be.
    pub done: &'static str,
    /// Worth a word.
    pub care: &'static str,
    /// Broken.
    pub wrong: &'static str,
    /// Can be settled here.
    pub fixable: &'static str,
    /// Between parts of a line.
    pub dot: &'static str,
    /// From here to there; before a command.
    pub arrow: &'static str,
    /// A filled cell of a chart.
    pub filled: &'static str,
    /// The other part of a chart.
    pub open: &'static str,
    /// A line below numbers.
    pub rule: &'static str,
    /// Something was cut off.
    pub cut: &'static str,
    /// No value.
    pub none: &'static str,
}

const UNICODE: Symbols = Symbols {
    full: "●",
    half: "◐",
    empty: "○",
    done: "✓",
    care: "!",
    wrong: "✗",
    fixable: "◆",
    dot: "·",
    arrow: "→",
    filled: "█",
    open: "░",
    rule: "─",
    cut: "…",
    none: "–",
};

const ASCII: Symbols = Symbols {
    full: "*",
    half: "!",
    empty: "o",
    done: "+",
    care: "!",
    wrong: "x",
    fixable: "+",
    dot: "-",
    arrow: "->",
    filled: "#",
    open: ".",
    rule: "-",
    cut: "~",
    none: "-",
};

impl Theme {
    /// The signs this terminal can show.
    #[must_use]
    pub fn symbols(self) -> &'static Symbols {
        if self.unicode { &UNICODE } else { &ASCII }
    }

    /// Success, and commands to run.
    #[must_use]
    pub fn good(self, text: &str) -> String {
        paint(GOOD, text)
    }

    /// Failure.
    #[must_use]
    pub fn bad(self, text: &str) -> String {
        paint(BAD, text)
    }

    /// Needs somebody.
    #[must_use]
    pub fn care(self, text: &str) -> String {
        paint(CARE, text)
    }

    /// Hints.
    #[must_use]
    pub fn hint(self, text: &str) -> String {
        paint(HINT, text)
    }

    /// Headings, and what the eye should find first.
    #[must_use]
    pub fn strong(self, text: &str) -> String {
        paint(STRONG, text)
    }

    /// What may be overlooked.
    #[must_use]
    pub fn faint(self, text: &str) -> String {
        paint(FAINT, text)
    }

    /// A word that opens a line of its own: bold, in the colour of its kind.
    #[must_use]
    pub fn label(self, kind: Label) -> String {
        let (style, word) = match kind {
            Label::Error => (BAD, "Error:"),
            Label::Cause => (BAD, "Caused by:"),
            Label::Warning => (CARE, "Warning:"),
            Label::Hint => (HINT, "Hint:"),
            Label::Note => (HINT, "Note:"),
            Label::Next => (GOOD, "Next:"),
        };
        paint(style.bold(), word)
    }
}

/// The words that open a line of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Label {
    Error,
    Cause,
    Warning,
    Hint,
    Note,
    Next,
}

fn paint(style: Style, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("{style}{text}{style:#}")
}

/// The styles of `--help`.
#[must_use]
pub fn help_styles() -> clap::builder::Styles {
    clap::builder::Styles::styled()
        .header(STRONG)
        .usage(STRONG)
        .literal(GOOD)
        .placeholder(HINT)
        .error(BAD.bold())
        .valid(GOOD)
        .invalid(CARE)
}
