//! The report as Markdown, readable as it is too.

use std::fmt::Write as _;

use super::blocks::blocks;
use super::{Block, Part, Rows};
use crate::domain::report::Report;
use crate::ui::format::clean;

/// The report as Markdown.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut text = String::new();
    for block in blocks(report) {
        match block {
            Block::Title(title, below) => {
                let _ = writeln!(text, "# {}\n\n{}", escape(&title), escape(&below));
            }
            Block::Heading(title) => {
                let _ = writeln!(text, "\n## {}", escape(&title));
            }
            Block::Section(title) => {
                let _ = writeln!(text, "\n### {}", escape(&title));
            }
            // Our own words, code marks included.
            Block::Text(sentence) => {
                let _ = writeln!(text, "\n{}", clean(&sentence));
            }
            Block::Donut(_) => {}
            Block::Table(rows) => table(&mut text, &rows),
        }
    }
    text
}

fn table(text: &mut String, rows: &Rows) {
    let ruler = (0..rows.head.len()).map(|column| match rows.right.contains(&column) {
        true => " ---: |",
        false => " --- |",
    });
    let head: String = rows
        .head
        .iter()
        .map(|title| format!(" {title} |"))
        .collect();
    let _ = writeln!(text, "\n|{head}\n|{}", ruler.collect::<String>());
    let last = rows.rows.len().saturating_sub(1);
    for (index, row) in rows.rows.iter().enumerate() {
        let bold = rows.is_sum && index == last;
        let cells: String = row
            .iter()
            .map(|part| match cell(part) {
                shown if bold && !shown.is_empty() => format!(" **{shown}** |"),
                shown => format!(" {shown} |"),
            })
            .collect();
        let _ = writeln!(text, "|{cells}");
    }
}

fn cell(part: &Part) -> String {
    let shown = escape(&part.text);
    match &part.link {
        Some(link) if !shown.is_empty() => {
            format!("[{shown}](<{}>)", link.replace(['<', '>', '|', '\n'], ""))
        }
        _ => shown,
    }
}

/// Text that is no markup, on one line.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in clean(text).chars() {
        if matches!(
            sign,
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '#' | '~'
        ) {
            safe.push('\\');
        }
        safe.push(sign);
    }
    safe
}
