//! Qualifiers: structured questions a rep answers about a lead.

use serde::{Deserialize, Serialize};

use super::ids::{EventId, QualifierId};

/// A question with its possible answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifier {
    /// The number.
    pub id: QualifierId,
    /// The question's name.
    pub name: String,
    /// Whether several answers may be given.
    pub multiple: bool,
    /// Whether a rep must answer.
    pub required: bool,
    /// The events it is asked at; `None`: all.
    pub events: Option<Vec<EventId>>,
    /// Hidden, not deleted.
    pub archived: bool,
    /// The answers, in order.
    pub values: Vec<QualifierValue>,
    /// When it was last changed, microseconds.
    pub updated_at: i64,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualifierValue {
    /// As people read it.
    pub value: String,
    /// Hidden, not deleted.
    pub archived: bool,
}

/// The form two spellings of an answer or a name share.
#[must_use]
pub fn value_key(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Splits a cell into answers at `;`.
#[must_use]
pub fn split_answers(cell: &str) -> Vec<String> {
    cell.split(';')
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}
