//! `doctor`: a section for this machine and one for each connection, a sign and a line for each check, and a verdict. Piped it
//! is one check a line, tab-separated.

use super::Ui;
use super::format::{clean, pad, wrap};
use super::theme::Theme;
use crate::domain::checkup::{Check, Level, Section};

/// The longest name of a check.
const NAMES: usize = 12;
/// Where the text of a check begins: sign, name, and blanks between.
const MARGIN: usize = 4 + NAMES + 2;

/// What it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Things that keep this machine from pushing.
    pub broken: usize,
    /// Things somebody should know.
    pub warnings: usize,
    /// Whether anything is connected at all.
    pub connected: bool,
}

/// Writes a section to standard output.
pub fn print_section(ui: &Ui, section: &Section) {
    if !ui.out_is_terminal() {
        for check in &section.checks {
            ui.data(record(section, check));
        }
        return;
    }
    ui.data(ui.theme().strong(&clean(&section.title)));
    for check in &section.checks {
        for line in lines(ui, check) {
            ui.data(line);
        }
    }
    ui.data("");
}

/// Writes the verdict: the last line for people; a pipe has the status of the program.
pub fn print_verdict(ui: &Ui, verdict: Verdict) {
    if !ui.out_is_terminal() {
        return;
    }
    let theme = ui.theme();
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let noted = match verdict.warnings {
        0 => String::new(),
        some => format!(" {some} thing{} to look at above.", plural(some)),
    };
    ui.data(match verdict.broken {
        0 if verdict.connected => {
            format!("{}{noted}", theme.good("Everything is fit to push."))
        }
        0 => format!(
            "{}{noted}",
            theme.good("This machine is fit; nothing is connected.")
        ),
        1 => format!(
            "{}{noted}",
            theme.bad("1 thing keeps this machine from pushing.")
        ),
        some => format!(
            "{}{noted}",
            theme.bad(&format!("{some} things keep this machine from pushing."))
        ),
    });
}

fn record(section: &Section, check: &Check) -> String {
    let detail = std::iter::once(&check.detail)
        .chain(&check.notes)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("; ");
    [
        section.integration.as_deref().unwrap_or("machine"),
        check.name,
        check.level.name(),
        &detail,
        check.fix.as_deref().unwrap_or_default(),
    ]
    .map(clean)
    .join("\t")
}

fn lines(ui: &Ui, check: &Check) -> Vec<String> {
    let theme = ui.theme();
    let (margin, columns) = (" ".repeat(MARGIN), ui.width());
    let text = wrap(&clean(&check.detail), columns, MARGIN);
    let name = pad(check.name, NAMES);
    let first = format!("  {} {name}  ", sign(theme, check.level));
    let told = text.trim_start();
    let told = match check.level {
        Level::Skipped => theme.faint(told),
        _ => told.to_owned(),
    };
    let mut lines = vec![format!("{first}{told}")];
    for note in &check.notes {
        lines.push(wrap(&clean(note), columns, MARGIN));
    }
    if let Some(hint) = &check.hint {
        lines.push(theme.faint(&wrap(&clean(hint), columns, MARGIN)));
    }
    if let Some(fix) = &check.fix {
        let arrow = theme.symbols().arrow;
        // A command is copied: it is never broken into lines.
        lines.push(format!("{margin}{arrow} {}", theme.good(&clean(fix))));
    }
    lines
}

fn sign(theme: Theme, level: Level) -> String {
    let symbols = theme.symbols();
    match level {
        Level::Fine => theme.good(symbols.done),
        Level::Warning => theme.care(symbols.care),
        Level::Broken => theme.bad(symbols.wrong),
        Level::Skipped => theme.faint(symbols.none),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::TestUi;

    fn section() -> Section {
        Section {
            integration: Some("crm".into()),
            title: "CRM: Acme".into(),
            checks: vec![
                Check::fine("network", "answered"),
                Check::broken("sign-in", "it is refused")
                    .note("kept in the keychain\u{1b}[2J")
                    .hint("sign in again")
                    .fix("mobly-sync connect crm"),
                Check::skipped("account", "was not asked"),
            ],
        }
    }

    #[test]
    fn a_pipe_gets_one_check_a_line() {
        let ui = TestUi::piped();
        print_section(&ui, &section());
        print_verdict(
            &ui,
            Verdict {
                broken: 1,
                warnings: 0,
                connected: true,
            },
        );
        assert_eq!(
            ui.stdout(),
            "crm\tnetwork\tok\tanswered\t\n\
             crm\tsign-in\tbroken\tit is refused; kept in the keychain [2J\tmobly-sync connect crm\n\
             crm\taccount\tskipped\twas not asked\t\n"
        );
    }

    #[test]
    fn a_terminal_gets_signs_and_a_verdict() {
        let ui = TestUi::terminal(60);
        print_section(&ui, &section());
        print_verdict(
            &ui,
            Verdict {
                broken: 2,
                warnings: 1,
                connected: true,
            },
        );
        let out = ui.stdout();
        assert!(out.contains("mobly-sync connect crm"), "{out}");
        assert!(!out.contains("\u{1b}[2J"), "{out}");
        assert!(
            out.contains("2 things keep this machine from pushing."),
            "{out}"
        );
        assert!(out.contains("1 thing to look at above."), "{out}");
    }
}
