//! The donut and the sums beside it.

use super::{BoardView, Reason, Sums};
use crate::ui::Ui;
use crate::ui::chart::{self, DONUT_WIDTH};
use crate::ui::format::{cleared_permille, count, pad, pad_left, permille};

/// Below this width the donut goes above the numbers.
const SIDE_BY_SIDE: usize = 80;
/// From this width on the remarks beside the sums are complete.
const ROOM_FOR_REASONS: usize = 94;
const NUMBER_WIDTH: usize = 9;
const NAME_WIDTH: usize = 8;

/// Donut and numbers, side by side where there is room.
pub(super) fn lines(ui: &Ui, board: &BoardView) -> Vec<String> {
    let sums = board.summary;
    let donut = chart::donut(sums.cleared, sums.failed, ui.theme());
    let numbers = numbers(ui, board);
    if ui.width() < SIDE_BY_SIDE {
        let mut lines = donut;
        lines.push(String::new());
        lines.extend(numbers);
        return lines;
    }
    let height = donut.len().max(numbers.len());
    let above = |lines: usize| (height - lines) / 2;
    let (donut_top, numbers_top) = (above(donut.len()), above(numbers.len()));
    (0..height)
        .map(|row| {
            let cell = |lines: &[String], top: usize| {
                row.checked_sub(top)
                    .and_then(|index| lines.get(index))
                    .cloned()
                    .unwrap_or_default()
            };
            format!(
                " {}  {}",
                pad(&cell(&donut, donut_top), DONUT_WIDTH),
                cell(&numbers, numbers_top)
            )
        })
        .collect()
}

fn numbers(ui: &Ui, board: &BoardView) -> Vec<String> {
    let theme = ui.theme();
    let dot = format!(" {} ", theme.symbols().dot);
    let sums = board.summary;
    let (cleared, failed) = percentages(sums);
    let mut lines = vec![
        line("Cleared", sums.cleared, &cleared, &board.remarks.cleared),
        line("Failed", sums.failed, &failed, &landed(ui, board, &dot)),
        rule(ui),
        line("pushed", sums.cleared + sums.failed, "", ""),
    ];
    let waiting = [
        (
            "Enriching",
            sums.enriching,
            String::from("not complete yet"),
        ),
        ("Pre-Sync", sums.pre_sync, reasons(&board.pre_sync, &dot)),
        ("Held", sums.held, reasons(&board.held, &dot)),
        ("Ignored", sums.ignored, board.remarks.ignored.clone()),
    ];
    for (name, number, remark) in waiting {
        // People in three states are the rule; the fourth appears when there is one.
        if number > 0 || name != "Enriching" {
            let remark = if number > 0 { remark } else { String::new() };
            lines.push(line(name, number, "", &remark));
        }
    }
    lines.push(rule(ui));
    lines.push(line("people", sums.total, "", &board.remarks.people));
    lines
}

fn line(name: &str, number: u64, percent: &str, remark: &str) -> String {
    format!(
        "{} {}  {}  {remark}",
        pad(name, NAME_WIDTH),
        pad_left(&count(number), NUMBER_WIDTH),
        pad_left(percent, 6)
    )
}

fn rule(ui: &Ui) -> String {
    format!(
        "{} {}",
        pad("", NAME_WIDTH),
        pad_left(&ui.theme().symbols().rule.repeat(5), NUMBER_WIDTH)
    )
}

/// The two always make a hundred.
fn percentages(sums: Sums) -> (String, String) {
    cleared_permille(sums.cleared, sums.failed).map_or_else(Default::default, |cleared| {
        (
            format!("{} %", permille(cleared)),
            format!("{} %", permille(1000 - cleared)),
        )
    })
}

fn landed(ui: &Ui, board: &BoardView, dot: &str) -> String {
    let sums = board.summary;
    if sums.failed == 0 {
        return String::new();
    }
    let (vendor, outside) = (&board.heading.vendor, sums.failed - sums.failed_landed);
    let mut parts = Vec::new();
    if outside > 0 {
        parts.push(format!("{} not in {vendor}", count(outside)));
    }
    if sums.failed_landed > 0 {
        let missing = if ui.width() < ROOM_FOR_REASONS {
            ""
        } else {
            ", a step missing"
        };
        parts.push(format!("{} in it{missing}", count(sums.failed_landed)));
    }
    parts.join(dot)
}

fn reasons(reasons: &[Reason], dot: &str) -> String {
    match reasons {
        [only] => only.description.clone(),
        several => several
            .iter()
            .map(|reason| format!("{} {}", count(reason.count), reason.description))
            .collect::<Vec<_>>()
            .join(dot),
    }
}
