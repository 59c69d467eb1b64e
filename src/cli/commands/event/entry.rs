//! An event as every command of this noun shows it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::domain::event::Event;
use crate::domain::ids::EventId;
use crate::store::{Store, StoreError};

/// An event in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct EventEntry {
    pub(super) id: EventId,
    pub(super) name: String,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) tz: Option<String>,
    pub(super) city: Option<String>,
    pub(super) held: bool,
    pub(super) leads: u64,
}

impl EventEntry {
    /// An event with the number of its leads.
    pub(super) fn of(store: &Store, event: Event) -> Result<Self, StoreError> {
        Ok(Self {
            leads: store.leads_of_event(event.id)?,
            id: event.id,
            name: event.name,
            from: event.from,
            to: event.to,
            tz: event.tz,
            city: event.city,
            held: event.held,
        })
    }
}

/// What a change of an event tells a script.
#[derive(Debug, Serialize)]
pub(super) struct EventChanged {
    pub(super) event: EventEntry,
    pub(super) changed: bool,
}

/// `2026-11-17 to 2026-11-18`, or as much of it as is known.
pub(super) fn dates(event: &EventEntry) -> String {
    match (event.from.as_deref(), event.to.as_deref()) {
        (Some(from), Some(to)) if from == to => from.to_owned(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    }
}

/// Days in the wrong order are a slip.
pub(super) fn check_days(from: Option<&str>, to: Option<&str>) -> Result<(), CommandError> {
    let day = |text: Option<&str>| text.and_then(|text| text.parse::<Date>().ok());
    match (day(from), day(to)) {
        (Some(from), Some(to)) if to < from => Err(CommandError::usage(format!(
            "the last day ({to}) is before the first ({from})"
        ))),
        _ => Ok(()),
    }
}

/// A time zone the machine knows, as it spells it.
pub(super) fn check_zone(zone: &str) -> Result<String, CommandError> {
    let known = TimeZone::get(zone.trim()).ok();
    known
        .as_ref()
        .and_then(TimeZone::iana_name)
        .map(str::to_owned)
        .ok_or_else(|| {
            CommandError::usage(format!("{zone:?} is no time zone"))
                .hint("name one as America/Los_Angeles, Europe/Berlin or UTC")
        })
}

/// A name with something in it.
pub(super) fn check_name(name: &str) -> Result<&str, CommandError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(CommandError::usage("an event needs a name"));
    }
    Ok(name)
}
