//! Lists: aligned with a heading on a terminal, tab-separated without heading and colour when piped.
//!
//! Cells hold plain text; what comes from files and vendors is cleaned here, so no list can drive the terminal.

use comfy_table::{
    Attribute, Cell as Shown, CellAlignment, ColumnConstraint, ContentArrangement, Width, presets,
};

use super::{Ui, format};

/// How a cell is coloured on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Bad,
    Care,
    Faint,
    Strong,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A cell in a tone.
    #[must_use]
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self {
            text: text.into(),
            tone,
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::toned(text, Tone::Plain)
    }
}

/// A list under construction.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<&'static str>,
    right: Vec<usize>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A list with these headings.
    #[must_use]
    pub fn new(columns: &[&'static str]) -> Self {
        Self {
            columns: columns.to_vec(),
            right: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The same with numbers in these columns (counted from 0), aligned to the right.
    #[must_use]
    pub fn right(mut self, columns: &[usize]) -> Self {
        self.right = columns.to_vec();
        self
    }

    /// Adds a row; missing cells stay empty.
    pub fn row<I, C>(&mut self, cells: I)
    where
        I: IntoIterator<Item = C>,
        C: Into<Cell>,
    {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the list to standard output.
    pub fn print(&self, ui: &Ui) {
        for line in self.lines(ui) {
            ui.data(line);
        }
    }

    /// The list as lines, in the form of the terminal or of a pipe.
    #[must_use]
    pub fn lines(&self, ui: &Ui) -> Vec<String> {
        if ui.out_is_terminal() {
            self.pretty(ui)
        } else {
            self.rows.iter().map(|row| tab_separated(row)).collect()
        }
    }

    fn pretty(&self, ui: &Ui) -> Vec<String> {
        let mut table = comfy_table::Table::new();
        table
            .load_style(presets::NOTHING)
            .force_no_tty()
            .enforce_styling()
            .set_truncation_indicator(ui.theme().symbols().cut)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(ui.width()).unwrap_or(u16::MAX));
        // Blanks that fill a column carry no style, so that lines can be trimmed.
        table.style_text_only();
        table.set_header(
            self.columns
                .iter()
                .map(|title| Shown::new(title).add_attribute(Attribute::Bold)),
        );
        for row in &self.rows {
            let mut shown = comfy_table::Row::from(row.iter().map(show).collect::<Vec<_>>());
            shown.max_height(1);
            table.add_row(shown);
        }
        for (index, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 2));
            if self.right.contains(&index) {
                column.set_cell_alignment(CellAlignment::Right);
                column.set_constraint(ColumnConstraint::ContentWidth);
            } else {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(4)));
            }
        }
        table
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }
}

fn show(cell: &Cell) -> Shown {
    let shown = Shown::new(format::clean(&cell.text));
    match cell.tone {
        Tone::Plain => shown,
        Tone::Good => shown.fg(comfy_table::Color::Green),
        Tone::Bad => shown.fg(comfy_table::Color::Red),
        Tone::Care => shown.fg(comfy_table::Color::Yellow),
        Tone::Faint => shown.add_attribute(Attribute::Dim),
        Tone::Strong => shown.add_attribute(Attribute::Bold),
    }
}

/// A row for `cut` and `awk`: tabs apart, none inside a cell.
#[must_use]
pub fn tab_separated(cells: &[Cell]) -> String {
    cells
        .iter()
        .map(|cell| format::clean(&cell.text))
        .collect::<Vec<_>>()
        .join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::TestUi;

    fn list() -> Table {
        let mut table = Table::new(&["ID", "NAME", "LEADS"]).right(&[2]);
        table.row([Cell::from("1"), "Dreamforce\t2026".into(), "1,842".into()]);
        table.row([Cell::from("2"), Cell::toned("Expo", Tone::Good), "7".into()]);
        table
    }

    #[test]
    fn a_pipe_gets_tabs_and_nothing_else() {
        let ui = TestUi::piped();
        list().print(&ui);
        assert_eq!(ui.stdout(), "1\tDreamforce 2026\t1,842\n2\tExpo\t7\n");
    }

    #[test]
    fn a_terminal_gets_headings_and_aligned_numbers() {
        let ui = TestUi::terminal(80);
        list().print(&ui);
        assert_eq!(
            ui.stdout(),
            "ID  NAME             LEADS\n1   Dreamforce 2026  1,842\n2   Expo                 7\n"
        );
    }

    #[test]
    fn a_row_never_takes_more_than_a_line() {
        let ui = TestUi::terminal(30);
        let mut table = Table::new(&["ID", "MESSAGE"]);
        table.row([
            "1",
            "a very long message that does not fit into thirty columns",
        ]);
        table.print(&ui);
        assert_eq!(ui.stdout().lines().count(), 2);
        assert!(ui.stdout().contains('…'), "{}", ui.stdout());
        assert!(ui.stdout().lines().all(|line| format::width(line) <= 30));
    }
}
