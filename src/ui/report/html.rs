//! The report as a page that stands alone: it loads nothing, runs nothing, and prints well.

use std::fmt::Write as _;

use super::blocks::blocks;
use super::{Block, Part, Rows};
use crate::domain::report::Report;
use crate::ui::board::page::STYLE;
use crate::ui::board::page::parts::{donut, escape};

/// What a report needs beside the board's looks.
const OWN_STYLE: &str = "h3 { margin: 22px 0 8px; font-size: 15px; }
section > h2:first-child { margin-bottom: 14px; }
.sums .wide { flex: 1 1 24em; width: auto; }
.wide td.text, .wide th.text { text-align: left; }
.wide td.text { overflow-wrap: anywhere; }
.wide td:first-child { white-space: nowrap; }
.wide + .wide { margin-top: 16px; }
.wide tr.sum td { font-weight: 600; }
.wide td.text + td.text { color: var(--soft); }
.wide a { color: var(--link); }
p.told { margin: 0 0 12px; }
section + p.told { margin-top: 0; }
.wide thead { display: table-header-group; } .wide tr { break-inside: avoid; }
";

/// The report as one page.
#[must_use]
pub fn page(report: &Report) -> String {
    let mut html = String::new();
    let title = escape(&format!("{} · report · mobly-sync", report.event.name));
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}{OWN_STYLE}</style>\n</head>\n<body>\n"
    );
    let mut open = false;
    let mut beside_donut = false;
    for block in blocks(report) {
        match block {
            Block::Title(title, below) => {
                let _ = write!(
                    html,
                    "<header><h1>{} <small>report</small></h1><p>{}</p></header>\n<main>\n<section>\n",
                    escape(&title),
                    escape(&below)
                );
                open = true;
            }
            Block::Heading(title) => {
                if open {
                    html.push_str("</section>\n");
                }
                let _ = writeln!(html, "<section>\n<h2>{}</h2>", escape(&title));
                open = true;
            }
            Block::Section(title) => {
                let _ = writeln!(html, "<h3>{}</h3>", escape(&title));
            }
            Block::Text(sentence) => {
                let _ = writeln!(
                    html,
                    "<p class=\"told\">{}</p>",
                    escape(&sentence.replace('`', ""))
                );
            }
            Block::Donut(sums) => {
                let _ = writeln!(html, "<div class=\"sums\">{}", donut(sums));
                beside_donut = true;
            }
            Block::Table(rows) => {
                table(&mut html, &rows);
                if std::mem::take(&mut beside_donut) {
                    html.push_str("</div>\n");
                }
            }
        }
    }
    if open {
        html.push_str("</section>\n");
    }
    html.push_str("</main>\n<footer>mobly-sync</footer>\n</body>\n</html>\n");
    html
}

fn table(html: &mut String, rows: &Rows) {
    let kind = |column: usize| match rows.right.contains(&column) {
        true => "",
        false => " class=\"text\"",
    };
    let is_titled = !rows.is_sum;
    html.push_str("<table class=\"wide\">");
    if is_titled {
        html.push_str("<thead><tr>");
        for (column, title) in rows.head.iter().enumerate() {
            let _ = write!(html, "<th{}>{}</th>", kind(column), escape(title));
        }
        html.push_str("</tr></thead>");
    }
    html.push_str("<tbody>\n");
    let last = rows.rows.len().saturating_sub(1);
    for (index, row) in rows.rows.iter().enumerate() {
        let class = match rows.is_sum && index == last {
            true => " class=\"sum\"",
            false => "",
        };
        let _ = write!(html, "<tr{class}>");
        for (column, part) in row.iter().enumerate() {
            let _ = write!(html, "<td{}>{}</td>", kind(column), cell(part));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table>\n");
}

fn cell(part: &Part) -> String {
    let shown = escape(&part.text);
    match &part.link {
        // Vendors' pages alone are linked to; anything else would be no page.
        Some(link) if link.starts_with("https://") || link.starts_with("http://") => format!(
            "<a href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">{shown}</a>",
            escape(link)
        ),
        _ => shown,
    }
}
