//! The reconciliation board: what is there, what is not, why, and what to do about it.
//!
//! On a terminal it is one screen (heading, donut, sums, Failed by category and cause, what waits, what next). Piped it is
//! one record a line, tab-separated, the first field telling the kind of record.

pub mod page;
mod sections;
mod sums;

use super::Ui;
use super::table::{Cell, tab_separated};

/// Everything a board shows, counted elsewhere.
#[derive(Debug, Clone, Default)]
pub struct BoardView {
    /// Above everything.
    pub heading: Heading,
    /// The sums.
    pub summary: Sums,
    /// Remarks beside the sums.
    pub remarks: Remarks,
    /// Why leads wait, most first.
    pub pre_sync: Vec<Reason>,
    /// Why leads are held.
    pub held: Vec<Reason>,
    /// Why leads failed, most first.
    pub failed: Vec<Group>,
    /// Each event's share; a lead of two events counts in both.
    pub events: Vec<EventRow>,
    /// The selected leads, where the view or a filter asks for them.
    pub leads: Vec<LeadRow>,
    /// How many leads the selection has beyond those listed.
    pub leads_left_out: u64,
    /// Commands to go on with, most useful first.
    pub next: Vec<Next>,
}

/// What the board is of.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// The vendor's name for people.
    pub vendor: String,
    /// The account with its environment: `Acme Inc (portal 4412345, PRODUCTION)`.
    pub account: String,
    /// The parts of the second line: event and dates or `All events`, mode, `as of …`.
    pub parts: Vec<String>,
}

/// The sums of a board: `total = enriching + pre_sync + held + failed + cleared + ignored`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Sums {
    pub total: u64,
    pub enriching: u64,
    pub pre_sync: u64,
    pub held: u64,
    pub failed: u64,
    /// Of the failed: the person is at the vendor all the same.
    pub failed_landed: u64,
    pub cleared: u64,
    pub ignored: u64,
}

/// Remarks beside the sums; empty where there is nothing to say.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Remarks {
    pub cleared: String,
    /// What a reading back found.
    pub read_back: String,
    pub ignored: String,
    pub people: String,
}

/// A reason why leads wait or are held.
#[derive(Debug, Clone, Default)]
pub struct Reason {
    /// `FROZEN` and the like.
    pub code: String,
    /// In words that follow the count.
    pub description: String,
    /// How many.
    pub count: u64,
    /// The command that moves them.
    pub command: Option<String>,
}

/// One category of Failed.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// `NO_TAG_MAPPING` and the like; another key where the board is grouped by one.
    pub category: String,
    /// In words.
    pub description: String,
    /// How many leads.
    pub count: u64,
    /// Whether a change of set-up here settles it.
    pub fixable: bool,
    /// The command to start from.
    pub command: Option<String>,
    /// The commands for the other fields of the category.
    pub more: Vec<String>,
    /// What lies below.
    pub causes: Vec<Cause>,
}

/// One cause: what equal failures share.
#[derive(Debug, Clone, Default)]
pub struct Cause {
    /// Its position on this board (`1a`).
    pub id: String,
    /// Where it happened: the phase.
    pub phase: String,
    /// The field.
    pub field: Option<String>,
    /// The value that was refused.
    pub value: Option<String>,
    /// The vendor's own words, or ours.
    pub message: Option<String>,
    /// How many leads.
    pub count: u64,
    /// Whether these people are at the vendor all the same.
    pub landed: bool,
    /// What the value could have meant.
    pub guess: Option<String>,
}

/// One event's share of the board.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct EventRow {
    /// The event; `None` for leads of none.
    pub name: Option<String>,
    pub pre_sync: u64,
    pub held: u64,
    pub failed: u64,
    pub cleared: u64,
    pub ignored: u64,
}

/// One listed lead.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct LeadRow {
    pub id: String,
    pub name: String,
    pub email: String,
    pub event: String,
    pub state: String,
    pub category: String,
    pub landed: bool,
    pub record: String,
    pub message: String,
}

/// A command to go on with.
#[derive(Debug, Clone, Default)]
pub struct Next {
    /// The command.
    pub command: String,
    /// What it would do, in brackets behind it.
    pub remark: String,
}

/// Writes the board to standard output.
pub fn print(ui: &Ui, board: &BoardView) {
    if ui.out_is_terminal() {
        for line in sections::screen(ui, board) {
            ui.data(line.trim_end());
        }
    } else {
        for record in records(board) {
            ui.data(record);
        }
    }
}

/// Writes what a board leaves to do: why leads failed, why they wait, what next. For a person who has just been told the
/// sums.
pub fn print_open_ends(ui: &Ui, board: &BoardView) {
    for line in sections::open_ends(ui, board) {
        ui.data(line.trim_end());
    }
}

/// The piped form.
fn records(board: &BoardView) -> Vec<String> {
    let sums = board.summary;
    let mut records: Vec<Vec<String>> = [
        ("total", sums.total),
        ("enriching", sums.enriching),
        ("pre_sync", sums.pre_sync),
        ("held", sums.held),
        ("failed", sums.failed),
        ("failed_landed", sums.failed_landed),
        ("cleared", sums.cleared),
        ("ignored", sums.ignored),
    ]
    .into_iter()
    .map(|(name, count)| vec!["summary".into(), name.into(), count.to_string()])
    .collect();
    for (kind, reasons) in [("pre_sync", &board.pre_sync), ("held", &board.held)] {
        for reason in reasons {
            records.push(vec![
                kind.into(),
                reason.code.clone(),
                reason.count.to_string(),
            ]);
        }
    }
    for group in &board.failed {
        records.push(vec![
            "failed".into(),
            group.category.clone(),
            group.count.to_string(),
            group.description.clone(),
        ]);
        for cause in &group.causes {
            records.push(vec![
                "cause".into(),
                cause.id.clone(),
                group.category.clone(),
                cause.count.to_string(),
                cause.phase.clone(),
                cause.field.clone().unwrap_or_default(),
                cause.value.clone().unwrap_or_default(),
                cause.message.clone().unwrap_or_default(),
            ]);
        }
    }
    for event in &board.events {
        let mut record = vec!["event".into(), event.name.clone().unwrap_or_default()];
        record.extend(
            [
                event.pre_sync,
                event.held,
                event.failed,
                event.cleared,
                event.ignored,
            ]
            .map(|count| count.to_string()),
        );
        records.push(record);
    }
    for lead in &board.leads {
        records.push(vec![
            "lead".into(),
            lead.id.clone(),
            lead.name.clone(),
            lead.email.clone(),
            lead.event.clone(),
            lead.state.clone(),
            lead.category.clone(),
            lead.record.clone(),
            lead.message.clone(),
        ]);
    }
    records
        .into_iter()
        .map(|record| tab_separated(&record.into_iter().map(Cell::from).collect::<Vec<_>>()))
        .collect()
}

#[cfg(test)]
mod tests;
