//! Which leads of an account are meant: one condition for boards, lists, exports and retries.

use jiff::Timestamp;
use rusqlite::types::Value;

use super::connection::micros;
use super::expression::{self, Place};
use crate::domain::board::{BoardFilter, BoardState};
use crate::domain::category::Category;
use crate::domain::email;
use crate::domain::expression::Expression;
use crate::domain::ids::{EventId, LeadId};
use crate::domain::lead::Readiness;

/// A choice of leads; everything named must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// In this event.
    pub event: Option<EventId>,
    /// Attempted since; never attempted: captured since.
    pub since: Option<Timestamp>,
    /// In one of these states; empty: any.
    pub states: Vec<BoardState>,
    /// Failed (or ignored) in this category.
    pub category: Option<Category>,
    /// Failed for one of these causes (hex, as on the board); empty: any.
    pub causes: Vec<String>,
    /// Name or e-mail holds this; text with an `@` is the beginning of an address.
    pub search: Option<String>,
    /// This one.
    pub lead: Option<LeadId>,
    /// One of these; empty: any.
    pub leads: Vec<LeadId>,
    /// An expression holds for it.
    pub matching: Option<Expression>,
}

/// A condition over `sync_records r JOIN leads l ON l.id = r.lead_id`, to be put after `r.account_id = ?` with `AND`.
///
/// Its parameters are unnumbered and stand in the order of the text: statements around it number theirs (`?1`) before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    /// Begins with ` AND ` unless empty.
    pub(super) sql: String,
    pub(super) parameters: Vec<Value>,
    /// What to put after `sync_records r`: on a file that was never ANALYZEd SQLite would walk the account's records.
    pub(super) index: &'static str,
    /// The order rows come in without sorting.
    pub(super) order: &'static str,
}

impl Condition {
    fn and(&mut self, sql: &str, parameters: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.parameters.extend(parameters);
    }
}

impl From<&BoardFilter> for Selection {
    fn from(filter: &BoardFilter) -> Self {
        Self {
            event: filter.event,
            since: filter.since,
            states: filter.state.into_iter().collect(),
            category: filter.category,
            causes: filter.causes.clone(),
            search: filter.search.clone(),
            lead: filter.lead,
            leads: Vec::new(),
            matching: filter.matching.clone(),
        }
    }
}

impl Selection {
    /// The choice as SQL.
    pub(super) fn condition(&self) -> Condition {
        let mut condition = Condition {
            order: "r.lead_id",
            ..Condition::default()
        };
        if self.queue_is_shorter() {
            condition.index = " INDEXED BY sync_queue";
            condition.order = "r.state, r.category, r.lead_id";
        }
        if let Some(lead) = self.lead {
            condition.and("r.lead_id = ?", [Value::Integer(lead.0)]);
        }
        if !self.leads.is_empty() {
            let list: Vec<String> = self.leads.iter().map(ToString::to_string).collect();
            condition.and(
                "r.lead_id IN (SELECT value FROM json_each(?))",
                [Value::Text(format!("[{}]", list.join(",")))],
            );
        }
        if let Some(event) = self.event {
            condition.and(
                "r.lead_id IN (SELECT lead_id FROM event_leads WHERE event_id = ?)",
                [Value::Integer(event.0)],
            );
        }
        self.add_states(&mut condition);
        if self.category.is_some() && self.states.is_empty() {
            condition.and("r.state = 'failed'", []);
        }
        if let Some(category) = self.category {
            condition.and("r.category = ?", [Value::Text(category.code().to_owned())]);
        }
        if !self.causes.is_empty() {
            let marks = vec!["?"; self.causes.len()].join(", ");
            condition.and(
                &format!("r.state = 'failed' AND ifnull(r.cause, x'') IN ({marks})"),
                self.causes.iter().map(|key| Value::Blob(unhex(key))),
            );
        }
        if let Some(since) = self.since {
            condition.and(
                "ifnull(r.attempted_at, l.captured_at) >= ?",
                [Value::Integer(micros(since))],
            );
        }
        if let Some(text) = self.search.as_deref().map(str::trim) {
            add_search(&mut condition, text);
        }
        if let Some(expression) = &self.matching {
            let holds = expression::condition(expression, Place::Joined);
            condition.and(&holds.text, holds.parameters);
        }
        condition
    }

    /// Whether the index by state and category leads to the choice sooner than the leads themselves.
    fn queue_is_shorter(&self) -> bool {
        let by_address = self.search.as_deref().and_then(email::key).is_some();
        if self.lead.is_some() || !self.leads.is_empty() || by_address {
            return false;
        }
        let few = |state: &BoardState| {
            matches!(
                state,
                BoardState::Failed | BoardState::Ignored | BoardState::Held
            )
        };
        let failed = self.category.is_some() || !self.causes.is_empty();
        match self.event {
            Some(_) => failed || (!self.states.is_empty() && self.states.iter().all(few)),
            None => failed || !self.states.is_empty(),
        }
    }

    /// The stored states first, as an equality the queue's index can use; then what tells their parts apart.
    fn add_states(&self, condition: &mut Condition) {
        if self.states.is_empty() {
            return;
        }
        let has = |state| self.states.contains(&state);
        let mut stored = Vec::new();
        let pair = |one: bool, other: bool, word: &'static str, split: &str| match (one, other) {
            (false, false) => None,
            (true, true) => Some((word, String::new())),
            (true, false) => Some((word, format!(" AND (r.state <> '{word}' OR {split})"))),
            (false, true) => Some((word, format!(" AND (r.state <> '{word}' OR NOT {split})"))),
        };
        let mut splits = String::new();
        let enriching = format!("l.readiness = '{}'", Readiness::Enriching.name());
        for (word, split) in [
            pair(
                has(BoardState::Enriching),
                has(BoardState::PreSync),
                "waiting",
                &enriching,
            ),
            pair(
                has(BoardState::Ignored),
                has(BoardState::Failed),
                "failed",
                "(r.ignored_at IS NOT NULL)",
            ),
            pair(has(BoardState::Held), has(BoardState::Held), "held", ""),
            pair(
                has(BoardState::Cleared),
                has(BoardState::Cleared),
                "cleared",
                "",
            ),
        ]
        .into_iter()
        .flatten()
        {
            stored.push(format!("'{word}'"));
            splits.push_str(&split);
        }
        condition.and(&format!("r.state IN ({}){splits}", stored.join(", ")), []);
    }
}

/// An address is found from its beginning, by its index; other text anywhere in a name or address, by a scan
/// (decisions.md 19).
fn add_search(condition: &mut Condition, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(key) = email::key(text).filter(|_| !text.starts_with('@')) {
        let mut end = key.clone();
        end.push('\u{10ffff}');
        condition.and(
            "r.lead_id IN (SELECT id FROM leads WHERE email_key >= ? AND email_key < ?)",
            [Value::Text(key), Value::Text(end)],
        );
        return;
    }
    // SQLite's LIKE knows case only in ASCII: names with other letters are tried in the usual spellings.
    let mut spellings = vec![text.to_owned()];
    if !text.is_ascii() {
        spellings.extend([text.to_lowercase(), text.to_uppercase(), capitalised(text)]);
        spellings.sort();
        spellings.dedup();
    }
    let one = "l.email_key LIKE ? ESCAPE '\\' OR ifnull(l.first_name, '') || ' ' || ifnull(l.last_name, '') LIKE ? ESCAPE '\\' OR l.email LIKE ? ESCAPE '\\'";
    let any = vec![one; spellings.len()].join(" OR ");
    let parameters = spellings.iter().flat_map(|spelling| {
        let pattern = Value::Text(format!("%{}%", escape(spelling)));
        [pattern.clone(), pattern.clone(), pattern]
    });
    condition.and(&format!("({any})"), parameters);
}

fn escape(text: &str) -> String {
    text.replace('\\', r"\\")
        .replace('%', r"\%")
        .replace('_', r"\_")
}

fn capitalised(text: &str) -> String {
    let mut start = true;
    text.chars()
        .flat_map(|character| {
            let folded: Vec<char> = if start {
                character.to_uppercase().collect()
            } else {
                character.to_lowercase().collect()
            };
            start = !character.is_alphanumeric();
            folded
        })
        .collect()
}

/// The bytes of a key shown in hexadecimal; text that is none stands for no cause.
pub(super) fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map_while(|start| text.get(start..start + 2))
        .map_while(|pair| u8::from_str_radix(pair, 16).ok())
        .collect()
}

/// The key of a cause as the board shows it.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
