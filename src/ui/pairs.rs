//! Facts of one thing: a name and a value a line, aligned on a terminal, tab-separated when piped.

use super::Ui;
use super::format::{clean, pad};

/// Facts in their order.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    lines: Vec<(String, String)>,
}

impl Pairs {
    /// Adds a fact.
    pub fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.lines.push((name.into(), value.into()));
    }

    /// Writes them to standard output.
    pub fn print(&self, ui: &Ui) {
        let widest = self
            .lines
            .iter()
            .map(|(name, _)| name.len())
            .max()
            .unwrap_or(0);
        for (name, value) in &self.lines {
            let value = clean(value);
            if ui.out_is_terminal() {
                let name = ui.theme().faint(&pad(name, widest));
                ui.data(format!("  {name}  {value}"));
            } else {
                ui.data(format!("{name}\t{value}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::TestUi;

    #[test]
    fn a_pipe_gets_tabs_and_a_terminal_columns() {
        let mut pairs = Pairs::default();
        pairs.add("due", "3 leads");
        pairs.add("environment", "PRODUCTION\u{1b}[2J");
        let pipe = TestUi::piped();
        pairs.print(&pipe);
        assert_eq!(pipe.stdout(), "due\t3 leads\nenvironment\tPRODUCTION [2J\n");
        let terminal = TestUi::terminal(80);
        pairs.print(&terminal);
        assert!(terminal.stdout().contains("due          "));
    }
}
