//! An event's report: for a terminal, as Markdown, as a page that stands alone. All three say the same, block by block.

mod blocks;
mod html;
mod markdown;
mod screen;
#[cfg(test)]
mod tests;

pub use html::page;
pub use markdown::markdown;
pub use screen::print;

use crate::ui::board::Sums;

/// One part of a report.
enum Block {
    /// The title, and the line below it.
    Title(String, String),
    /// What begins a connection's part.
    Heading(String),
    /// What begins a list.
    Section(String),
    /// A sentence.
    Text(String),
    /// Cleared against failed; only pages draw it.
    Donut(Sums),
    /// Numbers that add up, or a list.
    Table(Rows),
}

/// A table: the last row of a sum is the sum.
struct Rows {
    head: Vec<&'static str>,
    /// Columns of numbers.
    right: Vec<usize>,
    rows: Vec<Vec<Part>>,
    is_sum: bool,
}

/// A cell.
#[derive(Default)]
struct Part {
    text: String,
    link: Option<String>,
}

impl<T: Into<String>> From<T> for Part {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            link: None,
        }
    }
}
