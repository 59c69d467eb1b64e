//! The board as a screen, from top to bottom.

use super::{BoardView, Cause, EventRow, Group, LeadRow, sums};
use crate::ui::format::{clean, count, counted, cut, pad, pad_left, width};
use crate::ui::table::{Cell, Table, Tone};
use crate::ui::{Ui, chart};

/// What every command begins with.
const PROGRAM: &str = "mobly-sync ";
/// Columns of an event's bar.
const EVENT_BAR: usize = 12;
/// Columns kept for what stands around a cause: its id, its count, where its people are, what was meant.
const AFTER_CAUSE: usize = 58;
/// A cause is not cut below this.
const SHORTEST_CAUSE: usize = 24;
/// The widest a cause's value may get before it is cut.
const VALUE_WIDTH: usize = 34;

pub(super) fn screen(ui: &Ui, board: &BoardView) -> Vec<String> {
    let mut lines = heading(ui, board);
    lines.push(String::new());
    lines.extend(sums::lines(ui, board));
    let sections = [
        failed(ui, board),
        waiting(ui, board),
        events(ui, &board.events),
        leads(ui, board),
        next(ui, board),
    ];
    append(ui, lines, sections)
}

pub(super) fn open_ends(ui: &Ui, board: &BoardView) -> Vec<String> {
    let sections = [failed(ui, board), waiting(ui, board), next(ui, board)];
    append(ui, Vec::new(), sections)
}

/// Sections with a blank line before each, cut to the terminal.
fn append<const N: usize>(
    ui: &Ui,
    mut lines: Vec<String>,
    sections: [Vec<String>; N],
) -> Vec<String> {
    for section in sections {
        if !section.is_empty() {
            lines.push(String::new());
            lines.extend(section);
        }
    }
    let room = ui.width();
    lines
        .into_iter()
        .map(|line| {
            // A command is there to be copied: half of it is worse than a line that wraps.
            if line.contains(PROGRAM) {
                line
            } else {
                cut(&line, room, ui.theme().symbols().cut)
            }
        })
        .collect()
}

fn heading(ui: &Ui, board: &BoardView) -> Vec<String> {
    let theme = ui.theme();
    let dot = format!(" {} ", theme.symbols().dot);
    let heading = &board.heading;
    vec![
        [
            theme.strong("Reconciliation"),
            heading.vendor.clone(),
            clean(&heading.account),
        ]
        .join(&dot),
        clean(&heading.parts.join(&dot)),
    ]
}

fn failed(ui: &Ui, board: &BoardView) -> Vec<String> {
    if board.failed.is_empty() {
        return Vec::new();
    }
    let theme = ui.theme();
    let causes: usize = board.failed.iter().map(|group| group.causes.len()).sum();
    let title = format!(
        "{}  {}, {}, {}",
        theme.strong("FAILED"),
        counted(board.summary.failed, "lead"),
        plural(board.failed.len(), "category", "categories"),
        plural(causes, "cause", "causes"),
    );
    let legend = format!(
        "{} can be fixed here: --fix NUMBER",
        theme.symbols().fixable
    );
    let fixable = board.failed.iter().any(|group| group.fixable);
    let gap = ui.width().saturating_sub(width(&title) + width(&legend));
    let title = if fixable && gap >= 3 {
        format!("{title}{}{}", " ".repeat(gap), theme.faint(&legend))
    } else {
        title
    };
    let columns = CauseColumns::fit(ui, &board.failed);
    let mut lines = vec![title, String::new()];
    for (index, group) in board.failed.iter().enumerate() {
        lines.push(group_line(ui, index + 1, group));
        lines.extend(
            group
                .causes
                .iter()
                .map(|cause| cause_line(ui, board, cause, columns)),
        );
        for command in group.command.iter().chain(&group.more) {
            lines.push(format!(
                "       {} {}",
                theme.symbols().arrow,
                theme.good(command)
            ));
        }
    }
    lines
}

fn group_line(ui: &Ui, number: usize, group: &Group) -> String {
    let theme = ui.theme();
    let mark = if group.fixable {
        theme.care(theme.symbols().fixable)
    } else {
        " ".to_owned()
    };
    format!(
        "{} {} {} {}   {}",
        pad_left(&number.to_string(), 2),
        pad(&mark, 1),
        pad(&theme.strong(&group.category), 24),
        pad_left(&count(group.count), 6),
        group.description
    )
}

/// The widths of what stands before a cause's count, the same for all causes of a board.
#[derive(Clone, Copy)]
struct CauseColumns {
    what: usize,
    count: usize,
}

impl CauseColumns {
    fn fit(ui: &Ui, groups: &[Group]) -> Self {
        let causes = || groups.iter().flat_map(|group| &group.causes);
        Self {
            what: causes()
                .map(|cause| width(&cause_text(cause)))
                .max()
                .unwrap_or(0)
                .min(ui.width().saturating_sub(AFTER_CAUSE).max(SHORTEST_CAUSE)),
            count: causes()
                .map(|cause| count(cause.count).len())
                .max()
                .unwrap_or(0),
        }
    }
}

fn cause_line(ui: &Ui, board: &BoardView, cause: &Cause, columns: CauseColumns) -> String {
    let theme = ui.theme();
    let mut line = format!(
        "     {}  {}  {}",
        pad(&cause.id, 3),
        pad(
            &cut(&cause_text(cause), columns.what, theme.symbols().cut),
            columns.what
        ),
        pad_left(&count(cause.count), columns.count)
    );
    if cause.landed {
        line.push_str(&format!("   in {}", board.heading.vendor));
    }
    if let Some(guess) = &cause.guess {
        line.push_str(&format!("   guess {}", theme.good(&clean(guess))));
    }
    line
}

fn cause_text(cause: &Cause) -> String {
    let mut parts = Vec::new();
    // Most causes are the person's; the phase is named where it is another.
    if !matches!(cause.phase.as_str(), "" | "person" | "prepare") {
        parts.push(cause.phase.clone());
    }
    parts.extend(cause.field.clone());
    let mut text = parts.join(" ");
    let detail = match (&cause.value, &cause.message) {
        (Some(value), _) => Some(format!("\"{value}\"")),
        (None, Some(message)) => Some(message.clone()),
        (None, None) => None,
    };
    if let Some(detail) = detail {
        if !text.is_empty() {
            text.push_str("  ");
        }
        text.push_str(&cut(&clean(&detail), VALUE_WIDTH, "…"));
    }
    text
}

fn waiting(ui: &Ui, board: &BoardView) -> Vec<String> {
    let theme = ui.theme();
    let rows = board
        .pre_sync
        .iter()
        .map(|reason| ("PRE-SYNC", reason))
        .chain(board.held.iter().map(|reason| ("HELD", reason)));
    let read_back = (!board.remarks.read_back.is_empty()).then(|| {
        format!(
            "{}  {}  {}",
            pad(&theme.strong("CLEARED"), 8),
            count(board.summary.cleared),
            clean(&board.remarks.read_back)
        )
    });
    let rows = rows.map(|(title, reason)| {
        let text = format!("{} {}", count(reason.count), reason.description);
        let command = reason.command.as_deref().map(|command| theme.good(command));
        format!(
            "{}  {}  {}",
            pad(&theme.strong(title), 8),
            pad(&text, 34),
            command.unwrap_or_default()
        )
    });
    rows.chain(read_back).collect()
}

fn events(ui: &Ui, events: &[EventRow]) -> Vec<String> {
    // A single event is the heading already.
    if events.len() < 2 {
        return Vec::new();
    }
    let theme = ui.theme();
    let name = |event: &EventRow| clean(event.name.as_deref().unwrap_or("(no event)"));
    let room = ui.width().saturating_sub(EVENT_BAR + 54).clamp(12, 40);
    let names = events
        .iter()
        .map(|event| width(&name(event)))
        .max()
        .unwrap_or(0)
        .clamp(5, room);
    let header = format!(
        "{}  {}  {}",
        pad("EVENT", names),
        " ".repeat(EVENT_BAR),
        ["CLEARED", "FAILED", "PRE-SYNC", "HELD", "IGNORED"]
            .map(|title| pad_left(title, 9))
            .concat()
    );
    let mut lines = vec![theme.strong(&header)];
    for event in events {
        let numbers = [
            event.cleared,
            event.failed,
            event.pre_sync,
            event.held,
            event.ignored,
        ];
        lines.push(format!(
            "{}  {}  {}",
            pad(&cut(&name(event), names, theme.symbols().cut), names),
            chart::bar(event.cleared, event.failed, EVENT_BAR, theme),
            numbers.map(|number| pad_left(&count(number), 9)).concat()
        ));
    }
    lines
}

fn leads(ui: &Ui, board: &BoardView) -> Vec<String> {
    if board.leads.is_empty() {
        return Vec::new();
    }
    let mut table = Table::new(&["LEAD", "NAME", "EMAIL", "STATE", "WHY"]);
    for lead in &board.leads {
        table.row([
            Cell::toned(&lead.id, Tone::Strong),
            lead.name.as_str().into(),
            lead.email.as_str().into(),
            Cell::toned(&lead.state, tone(&lead.state)),
            why(board, lead).into(),
        ]);
    }
    let mut lines = table.lines(ui);
    if board.leads_left_out > 0 {
        lines.push(ui.theme().faint(&format!(
            "and {} more: --limit, or --json for all",
            count(board.leads_left_out)
        )));
    }
    lines
}

fn tone(state: &str) -> Tone {
    match state {
        "cleared" => Tone::Good,
        "failed" => Tone::Bad,
        "held" | "ignored" => Tone::Faint,
        _ => Tone::Plain,
    }
}

fn why(board: &BoardView, lead: &LeadRow) -> String {
    let mut parts = Vec::new();
    if !lead.category.is_empty() {
        parts.push(lead.category.clone());
    }
    if lead.landed {
        parts.push(format!("(in {})", board.heading.vendor));
    }
    if !lead.message.is_empty() {
        parts.push(lead.message.clone());
    }
    if parts.is_empty() {
        parts.push(lead.record.clone());
    }
    parts.join(" ")
}

fn next(ui: &Ui, board: &BoardView) -> Vec<String> {
    let theme = ui.theme();
    board
        .next
        .iter()
        .enumerate()
        .map(|(index, next)| {
            let word = if index == 0 { "Next:" } else { "Then:" };
            let remark = if next.remark.is_empty() {
                String::new()
            } else {
                format!("   ({})", next.remark)
            };
            format!(
                "{}  {}{remark}",
                theme.strong(word),
                theme.good(&next.command)
            )
        })
        .collect()
}

fn plural(number: usize, one: &str, several: &str) -> String {
    let noun = if number == 1 { one } else { several };
    format!("{number} {noun}")
}
