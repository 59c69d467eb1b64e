//! What a pull has to say, while it goes on and at its end.

use serde::Serialize;

/// Which part of a pull it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Events and qualifiers.
    Setup,
    /// Who belongs to which event.
    Members,
    /// The leads.
    Leads,
    /// Their activities.
    Activities,
}

impl Stage {
    /// What is read, for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Setup => "events and qualifiers",
            Self::Members => "who was where",
            Self::Leads => "leads",
            Self::Activities => "activities",
        }
    }
}

/// How far a pull is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PullProgress {
    /// The part.
    pub stage: Stage,
    /// Which event of how many, where they are read one after the other; the rest speaks of this one then.
    pub part: Option<(u64, u64)>,
    /// Items of this part read.
    pub done: u64,
    /// Items of this part, as far as is known.
    pub total: u64,
    /// How long the rest of this part takes at the source's pace.
    pub seconds_left: f64,
}

/// What a pull brought. `read = created + updated + unchanged`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PullReport {
    /// Leads taken in; those left out by a filter are not counted.
    pub read: u64,
    /// New people.
    pub created: u64,
    /// Known people with something new.
    pub updated: u64,
    /// Known people without.
    pub unchanged: u64,
    /// Of these, those the source is still filling in.
    pub enriching: u64,
    /// Events the source has.
    pub events: u64,
    /// Qualifiers it asks or asked.
    pub qualifiers: u64,
    /// Activities taken down.
    pub activities: u64,
    /// Requests sent.
    pub requests: u64,
    /// Whether everything there is was seen.
    pub complete: bool,
    /// Whether it went on with a walk that was interrupted.
    pub resumed: bool,
    /// New and changed events.
    #[serde(skip)]
    pub events_changed: u64,
    /// New and changed qualifiers.
    #[serde(skip)]
    pub qualifiers_changed: u64,
    /// Leads that were removed here, and left out.
    #[serde(skip)]
    pub removed: u64,
    /// Leads of people who were erased here, and left out.
    #[serde(skip)]
    pub erased: u64,
    /// Answers to qualifiers the source does not list.
    #[serde(skip)]
    pub unknown_answers: u64,
    /// Entries that could not be understood.
    #[serde(skip)]
    pub odd: u64,
    /// Whether events and qualifiers were seen completely.
    #[serde(skip)]
    pub(super) is_whole: bool,
}
