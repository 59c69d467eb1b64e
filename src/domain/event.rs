//! Events leads are captured at.

use serde::{Deserialize, Serialize};

use super::ids::EventId;

/// A trade show, conference, dinner …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The number.
    pub id: EventId,
    /// The full name.
    pub name: String,
    /// First day (`YYYY-MM-DD`).
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Time zone by name.
    pub tz: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Whether its leads wait whatever the mode.
    pub held: bool,
}

/// The form two spellings of an event's name share.
#[must_use]
pub fn name_key(name: &str) -> String {
    super::company::fold(name)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
