//! What a reading back found, on the screen.

use super::Ui;
use super::format::{clean, count, counted, cut, moment, pad, pad_left};
use super::table::{Cell, Table, Tone, tab_separated};
use crate::domain::verification::{Difference, DifferenceKind, Differing, Verification};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

/// Differences a terminal lists of one kind: a screen is read, a list of thousands is not.
const LISTED: usize = 12;
const NAME_WIDTH: usize = 14;
const NUMBER_WIDTH: usize = 7;
/// The widest a value is shown.
const VALUE_WIDTH: usize = 24;

/// What the reading cannot know itself.
#[derive(Debug, Clone, Default)]
pub struct VerifyHeading {
    /// The vendor's name for people.
    pub vendor: String,
    /// The account as people call it.
    pub account: String,
    /// Commands to go on with.
    pub next: Vec<String>,
    /// Leads whose record the vendor did not tell of.
    pub unread: u64,
    /// The time by which moments are told.
    pub now: Timestamp,
}

/// Writes what was found to standard output.
pub fn print(ui: &Ui, heading: &VerifyHeading, found: &Verification) {
    if ui.out_is_terminal() {
        for line in screen(ui, heading, found) {
            ui.data(line.trim_end());
        }
    } else {
        for line in records(found, heading.unread) {
            ui.data(line);
        }
    }
}

/// The piped form: one record a line, the first field telling its kind.
fn records(found: &Verification, unread: u64) -> Vec<String> {
    let counts = found.counts;
    let sums = [
        ("checked", counts.checked),
        ("same", counts.same),
        ("missing", counts.missing),
        ("not_written", counts.not_written),
        ("merged", counts.merged),
        ("changed_since", counts.changed_since),
        ("other_name", found.other_name),
        ("unread", unread),
    ];
    let mut lines: Vec<Vec<String>> = sums
        .into_iter()
        .map(|(name, number)| vec!["summary".into(), name.into(), number.to_string()])
        .collect();
    for lead in &found.leads {
        for field in &lead.fields {
            lines.push(vec![
                field.kind.name().into(),
                lead.id.clone(),
                lead.name.clone(),
                lead.record.clone(),
                field.remote.clone(),
                text(&field.expected),
                text(&field.found),
                field.by.clone().unwrap_or_default(),
                field.at.clone().unwrap_or_default(),
            ]);
        }
    }
    lines
        .into_iter()
        .map(|line| tab_separated(&line.into_iter().map(Cell::from).collect::<Vec<_>>()))
        .collect()
}

fn screen(ui: &Ui, heading: &VerifyHeading, found: &Verification) -> Vec<String> {
    let theme = ui.theme();
    let symbols = theme.symbols();
    let counts = found.counts;
    let what = found
        .event
        .as_deref()
        .map_or_else(String::new, |event| format!(" {}", clean(event)));
    let dot = symbols.dot;
    let title = format!(
        "Read back{what} from {} {dot} {} {dot} run {}",
        heading.vendor,
        clean(&heading.account),
        found.run
    );
    let mut lines = vec![theme.strong(&title), String::new()];
    let row = |name: &str, number: u64, remark: &str| {
        format!(
            "  {}{}  {remark}",
            pad(name, NAME_WIDTH),
            pad_left(&count(number), NUMBER_WIDTH)
        )
    };
    lines.push(row("same", counts.same, ""));
    for kind in DifferenceKind::ALL {
        let told = match counts.of(kind) {
            0 => "",
            _ => remark(kind),
        };
        lines.push(row(words(kind), counts.of(kind), told));
    }
    lines.push(format!(
        "  {}{}",
        pad("", NAME_WIDTH),
        pad_left(&symbols.rule.repeat(5), NUMBER_WIDTH)
    ));
    lines.push(row("cleared", counts.checked, &aside(heading, found)));
    for kind in DifferenceKind::ALL {
        lines.extend(differences(ui, heading, found, kind));
    }
    if !heading.next.is_empty() {
        lines.push(String::new());
    }
    for (index, command) in heading.next.iter().enumerate() {
        let word = if index == 0 { "Next:" } else { "Then:" };
        lines.push(format!("{}  {}", theme.strong(word), theme.good(command)));
    }
    lines
}

fn words(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Missing => "missing",
        DifferenceKind::NotWritten => "not written",
        DifferenceKind::Merged => "merged",
        DifferenceKind::ChangedSince => "changed since",
    }
}

fn remark(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Missing => "the record is gone",
        DifferenceKind::NotWritten => "said to be written, and is not there",
        DifferenceKind::Merged => "the person is another record by now",
        DifferenceKind::ChangedSince => "by somebody else, who may",
    }
}

fn aside(heading: &VerifyHeading, found: &Verification) -> String {
    let mut parts = Vec::new();
    if found.other_name > 0 {
        parts.push(format!("{} by another name there", count(found.other_name)));
    }
    if heading.unread > 0 {
        parts.push(format!(
            "{} more could not be read",
            counted(heading.unread, "lead")
        ));
    }
    parts.join(", ")
}

/// What differs of one kind: leads by their worst.
fn differences(
    ui: &Ui,
    heading: &VerifyHeading,
    found: &Verification,
    kind: DifferenceKind,
) -> Vec<String> {
    let of_kind: Vec<(&Differing, &Difference)> = found
        .leads
        .iter()
        .filter(|lead| lead.kind == kind)
        .flat_map(|lead| lead.fields.iter().map(move |field| (lead, field)))
        .collect();
    if of_kind.is_empty() {
        return Vec::new();
    }
    let theme = ui.theme();
    let is_record = matches!(kind, DifferenceKind::Missing | DifferenceKind::Merged);
    let columns: &[&'static str] = match (kind, is_record) {
        (DifferenceKind::ChangedSince, _) => &["LEAD", "NAME", "WHAT", "OURS", "THERE NOW", "LAST"],
        (_, true) => &["LEAD", "NAME", "WHAT", "OURS", "THERE NOW"],
        (_, false) => &["LEAD", "NAME", "WHAT", "OURS", "THERE NOW"],
    };
    let mut table = Table::new(columns);
    for (lead, field) in of_kind.iter().take(LISTED) {
        let shown = |value: &Value| match text(value) {
            text if text.is_empty() => theme.symbols().none.to_owned(),
            text => cut(&clean(&text), VALUE_WIDTH, theme.symbols().cut),
        };
        let mut cells: Vec<Cell> = vec![
            Cell::toned(&lead.id, Tone::Strong),
            lead.name.as_str().into(),
            field.remote.as_str().into(),
            shown(&field.expected).into(),
            Cell::toned(shown(&field.found), tone(field.kind)),
        ];
        if kind == DifferenceKind::ChangedSince {
            cells.push(last(field, heading.now).into());
        }
        table.row(cells);
    }
    let mut lines = vec![String::new(), theme.strong(&words(kind).to_uppercase())];
    lines.extend(table.lines(ui));
    let more = of_kind.len().saturating_sub(LISTED);
    if more > 0 {
        let more = count(u64::try_from(more).unwrap_or(u64::MAX));
        lines.push(theme.faint(&format!("and {more} more: --json tells all")));
    }
    lines
}

fn tone(kind: DifferenceKind) -> Tone {
    if kind.is_fault() {
        Tone::Bad
    } else {
        Tone::Plain
    }
}

/// When, and by whom.
fn last(field: &Difference, now: Timestamp) -> String {
    let at = field.at.as_deref().and_then(|at| at.parse().ok());
    let at = at.map(|at| moment(at, now, &TimeZone::system()));
    [at, field.by.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A value as people read it.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
