//! The parts of the page that are counted: donut, sums, groups, events.

use std::f64::consts::TAU;
use std::fmt::Write;

use super::super::{BoardView, Cause, Group, Next, Reason, Sums};
use crate::ui::format::{cleared_permille, count, permille};

/// The donut's radius in its own units.
const RADIUS: f64 = 42.0;

/// Text inside an element or an attribute.
pub(in crate::ui) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // The page's own marks are put in later.
            '{' => safe.push_str("&#123;"),
            sign => safe.push(sign),
        }
    }
    safe
}

/// The donut of cleared against failed; failed begins at twelve o'clock, as on the terminal.
pub(in crate::ui) fn donut(sums: Sums) -> String {
    let round = TAU * RADIUS;
    let circle = |tone: &str, length: f64, turn: f64| {
        format!(
            "<circle cx=\"60\" cy=\"60\" r=\"{RADIUS}\" stroke=\"var(--{tone})\" stroke-dasharray=\"{length:.2} {round:.2}\" transform=\"rotate({turn:.2} 60 60)\"/>"
        )
    };
    let (rings, label, words) = match cleared_permille(sums.cleared, sums.failed) {
        None => (
            circle("none", round, -90.0),
            "–".to_owned(),
            "nothing was pushed yet".to_owned(),
        ),
        Some(tenths) => {
            let failed = f64::from(1000 - tenths) / 1000.0;
            let rings = circle("failed", round * failed, -90.0)
                + &circle(
                    "cleared",
                    round * (1.0 - failed),
                    360.0f64.mul_add(failed, -90.0),
                );
            let label = format!("{} %", permille(tenths));
            let words = format!(
                "{label} cleared: {} of {}",
                count(sums.cleared),
                count(sums.cleared + sums.failed)
            );
            (rings, label, words)
        }
    };
    format!(
        "<svg class=\"donut\" viewBox=\"0 0 120 120\" role=\"img\" aria-label=\"{}\">{rings}<text x=\"60\" y=\"61\">{label}</text></svg>",
        escape(&words)
    )
}

/// The rows of the sums: they close.
pub(super) fn sums(board: &BoardView) -> String {
    let sums = board.summary;
    let share = cleared_permille(sums.cleared, sums.failed);
    let percent = |tenths: Option<u32>| {
        tenths.map_or_else(String::new, |tenths| format!("{} %", permille(tenths)))
    };
    let landed = if sums.failed_landed > 0 {
        format!(
            "{} of them are in {} all the same, a step missing",
            count(sums.failed_landed),
            board.heading.vendor
        )
    } else {
        String::new()
    };
    let rows = [
        (
            "cleared",
            "Cleared",
            sums.cleared,
            percent(share),
            [&board.remarks.cleared, &board.remarks.read_back]
                .into_iter()
                .filter(|remark| !remark.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" · "),
        ),
        (
            "failed",
            "Failed",
            sums.failed,
            percent(share.map(|tenths| 1000 - tenths)),
            landed,
        ),
        (
            "pre-sync",
            "Pre-Sync",
            sums.pre_sync,
            String::new(),
            words(&board.pre_sync),
        ),
        (
            "enriching",
            "Enriching",
            sums.enriching,
            String::new(),
            "not complete yet".to_owned(),
        ),
        ("held", "Held", sums.held, String::new(), words(&board.held)),
        (
            "ignored",
            "Ignored",
            sums.ignored,
            String::new(),
            board.remarks.ignored.clone(),
        ),
    ];
    let mut html = String::new();
    for (tone, name, number, percent, remark) in rows {
        let remark = if number > 0 { remark } else { String::new() };
        let _ = writeln!(
            html,
            "<tr><td><span class=\"dot {tone}\"></span>{name}</td><td>{}</td><td>{percent}</td><td>{}</td></tr>",
            count(number),
            escape(&remark)
        );
    }
    let _ = write!(
        html,
        "<tr class=\"sum\"><td>People</td><td>{}</td><td></td><td>{}</td></tr>",
        count(sums.total),
        escape(&board.remarks.people)
    );
    html
}

fn words(reasons: &[Reason]) -> String {
    reasons
        .iter()
        .map(|reason| format!("{} {}", count(reason.count), reason.description))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Why leads failed, with the commands that settle it.
pub(super) fn failed(board: &BoardView) -> String {
    if board.failed.is_empty() {
        return String::new();
    }
    let most = board.failed.iter().map(|group| group.count).max();
    let groups: String = board
        .failed
        .iter()
        .map(|group| failed_group(group, most.unwrap_or(1)))
        .collect();
    format!(
        "<section><h2>Failed <span>{}</span></h2>\n{groups}{}</section>",
        count(board.summary.failed),
        next(&board.next)
    )
}

#[allow(clippy::cast_precision_loss)] // a width on a screen
fn failed_group(group: &Group, most: u64) -> String {
    let width = group.count as f64 / most.max(1) as f64 * 100.0;
    let causes: String = group.causes.iter().map(cause).collect();
    let command = group
        .command
        .as_ref()
        .map(|command| format!("<p><code>{}</code></p>", escape(command)))
        .unwrap_or_default();
    format!(
        "<div class=\"group\"><p><span class=\"number\">{}</span><span class=\"code\">{code}</span><span class=\"soft\">{}</span>\
         <button type=\"button\" class=\"filter\" data-category=\"{code}\" hidden>Show these</button></p>\
         <div class=\"bar\" style=\"width:{width:.1}%\"></div><ul class=\"causes\">{causes}</ul>{command}</div>\n",
        count(group.count),
        escape(&group.description),
        code = escape(&group.category),
    )
}

fn cause(cause: &Cause) -> String {
    let mut what: Vec<String> = Vec::new();
    what.extend(cause.field.clone());
    what.extend(cause.value.as_ref().map(|value| format!("\"{value}\"")));
    if what.is_empty() {
        what.push(cause.phase.clone());
    }
    let message = cause.message.clone().unwrap_or_default();
    let guess = cause
        .guess
        .as_ref()
        .map(|guess| format!(" · probably {guess}"))
        .unwrap_or_default();
    let landed = if cause.landed {
        " · the people are there"
    } else {
        ""
    };
    format!(
        "<li><span class=\"id\">{}</span><span class=\"what\">{} <span class=\"soft\">{}{landed}</span></span><span class=\"number\">{}</span></li>",
        escape(&cause.id),
        escape(&what.join("  ")),
        escape(&format!("{message}{guess}")),
        count(cause.count)
    )
}

fn next(steps: &[Next]) -> String {
    if steps.is_empty() {
        return String::new();
    }
    let lines: String = steps
        .iter()
        .map(|step| {
            format!(
                "<p><code>{}</code> <span class=\"soft\">{}</span></p>",
                escape(&step.command),
                escape(&step.remark)
            )
        })
        .collect();
    format!("<h2>Next</h2>{lines}")
}

/// What waits and what is held, with what moves it.
pub(super) fn waiting(board: &BoardView) -> String {
    let rows: String = board
        .pre_sync
        .iter()
        .chain(&board.held)
        .map(|reason| {
            let command = reason
                .command
                .as_ref()
                .map(|command| format!("<code>{}</code>", escape(command)))
                .unwrap_or_default();
            format!(
                "<li><span class=\"number\">{}</span><span class=\"what\"><span class=\"code\">{}</span> <span class=\"soft\">{}</span></span>{command}</li>",
                count(reason.count),
                escape(&reason.code),
                escape(&reason.description)
            )
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "<section><h2>Waiting <span>{}</span></h2><ul class=\"causes\">{rows}</ul></section>",
        count(board.summary.pre_sync + board.summary.held)
    )
}

/// Each event's share.
pub(super) fn events(board: &BoardView) -> String {
    if board.events.len() < 2 {
        return String::new();
    }
    let rows: String = board
        .events
        .iter()
        .map(|event| {
            let numbers: String = [
                event.cleared,
                event.failed,
                event.pre_sync,
                event.held,
                event.ignored,
            ]
            .map(|number| format!("<td>{}</td>", count(number)))
            .concat();
            let name = event.name.as_deref().unwrap_or("no event");
            format!("<tr><td>{}</td>{numbers}</tr>", escape(name))
        })
        .collect();
    format!(
        "<section><h2>Events <span>a lead of two events counts in both</span></h2><div class=\"scroll\"><table class=\"wide\"><thead><tr><th>Event</th><th>Cleared</th><th>Failed</th><th>Pre-Sync</th><th>Held</th><th>Ignored</th></tr></thead><tbody>{rows}</tbody></table></div></section>"
    )
}
