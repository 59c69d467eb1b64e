//! The report on a terminal.

use super::blocks::blocks;
use super::{Block, Rows};
use crate::domain::report::Report;
use crate::ui::Ui;
use crate::ui::format::{clean, cut, pad, pad_left, width, wrap};
use crate::ui::table::{Cell, Table};

/// Exceptions a terminal lists: the files hold all of them.
const LISTED: usize = 30;

/// Writes the report to standard output.
pub fn print(ui: &Ui, report: &Report) {
    for line in lines(ui, report) {
        ui.data(line.trim_end());
    }
}

pub(super) fn lines(ui: &Ui, report: &Report) -> Vec<String> {
    let theme = ui.theme();
    let mut lines = Vec::new();
    for block in blocks(report) {
        match block {
            Block::Title(title, below) => {
                lines.push(theme.strong(&clean(&title)));
                lines.push(clean(&below));
                lines.push(String::new());
            }
            Block::Heading(title) => {
                lines.push(String::new());
                lines.push(theme.strong(&clean(&title)));
            }
            Block::Section(title) => {
                lines.push(String::new());
                lines.push(theme.strong(&title.to_uppercase()));
            }
            Block::Text(sentence) => {
                apart(&mut lines);
                let text = wrap(&clean(&sentence), ui.width(), 0);
                lines.extend(text.lines().map(str::to_owned));
            }
            Block::Donut(_) => {}
            Block::Table(rows) if rows.is_sum => lines.extend(sum(ui, &rows)),
            Block::Table(rows) => {
                if lines.last().is_some_and(|line| line.starts_with(' ')) {
                    apart(&mut lines);
                }
                lines.extend(list(ui, rows));
            }
        }
    }
    lines
}

/// A blank line, unless there is one.
fn apart(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
}

/// Numbers below each other, a rule above their sum.
fn sum(ui: &Ui, rows: &Rows) -> Vec<String> {
    let theme = ui.theme();
    let column = |index: usize| {
        let cells = rows.rows.iter().filter_map(|row| row.get(index));
        cells.map(|part| width(&part.text)).max().unwrap_or(0)
    };
    let (names, numbers) = (column(0), column(1));
    let mut lines = Vec::new();
    let last = rows.rows.len().saturating_sub(1);
    for (index, row) in rows.rows.iter().enumerate() {
        let text = |column: usize| row.get(column).map_or("", |part| part.text.as_str());
        if index == last {
            let rule = theme.symbols().rule.repeat(5);
            lines.push(format!(
                "  {}  {}",
                pad("", names),
                pad_left(&rule, numbers)
            ));
        }
        let line = format!(
            "  {}  {}   {}",
            pad(text(0), names),
            pad_left(text(1), numbers),
            clean(text(2))
        );
        lines.push(cut(line.trim_end(), ui.width(), theme.symbols().cut));
    }
    lines
}

fn list(ui: &Ui, rows: Rows) -> Vec<String> {
    let mut table = Table::new(&rows.head).right(&rows.right);
    let more = rows.rows.len().saturating_sub(LISTED);
    for row in rows.rows.into_iter().take(LISTED) {
        table.row(row.into_iter().map(|part| Cell::from(part.text)));
    }
    let mut lines = table.lines(ui);
    if more > 0 {
        lines.push(
            ui.theme()
                .faint(&format!("and {more} more: --html FILE has all of them")),
        );
    }
    lines
}
