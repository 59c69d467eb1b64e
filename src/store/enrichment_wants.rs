//! What users want enriched: a provider is asked for nothing else, however much it knows.
//!
//! Unless somebody names fields, that is what connections make use of: the fields they map, and what they demand before a
//! lead may go. Where no connection maps anything yet, it is who somebody is and how they are reached. A lead that lacks
//! nothing of it is asked about nowhere.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::enrichment_providers::named;
use super::mapping_rows::read_rules;
use super::requirements::{self, Requirement};
use super::{Store, StoreError};
use crate::domain::ids::{EventId, IntegrationId};
use crate::domain::lead::canonical_key;
use crate::domain::mapping::{Source, template_fields};

/// Wanted where no connection maps anything yet.
pub const BASIC: &[&str] = &[
    "firstName",
    "lastName",
    "email",
    "phone",
    "jobTitle",
    "companyName",
];

/// Which of the fields a provider knows it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WantedFields {
    /// What connections map or demand.
    #[default]
    Needed,
    /// Everything it knows.
    Every,
    /// These.
    #[serde(untagged)]
    Named(BTreeSet<String>),
}

/// What is wanted of leads, as it stood when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    every: bool,
    fields: BTreeSet<String>,
    /// Mapped for leads of one event only.
    at_events: BTreeMap<EventId, BTreeSet<String>>,
    /// Of each one field will do.
    demands: Vec<Requirement>,
}

impl Wanted {
    /// What a provider that knows `can` is to be asked for of a lead that has `fields` and is in `events`.
    #[must_use]
    pub fn missing(
        &self,
        can: &BTreeSet<String>,
        fields: &BTreeMap<String, String>,
        events: &[EventId],
    ) -> BTreeSet<String> {
        let lacks = |field: &&String| !fields.contains_key(*field);
        if self.every {
            return can.iter().filter(lacks).cloned().collect();
        }
        let at_events = events
            .iter()
            .filter_map(|event| self.at_events.get(event))
            .flatten();
        let unmet = self.demands.iter().filter(|demand| {
            let concerns = demand.event.is_none_or(|event| events.contains(&event));
            concerns && !demand.fields.iter().any(|field| fields.contains_key(field))
        });
        self.fields
            .iter()
            .chain(at_events)
            .chain(unmet.flat_map(|demand| &demand.fields))
            .filter(lacks)
            .map(|field| source_of(field))
            .filter(|field| can.contains(*field) && !fields.contains_key(*field))
            .map(str::to_owned)
            .collect()
    }

    /// Every field of `can` that may be asked for of some lead.
    #[must_use]
    pub fn of(&self, can: &BTreeSet<String>) -> BTreeSet<String> {
        let events: Vec<EventId> = self
            .at_events
            .keys()
            .copied()
            .chain(self.demands.iter().filter_map(|demand| demand.event))
            .collect();
        self.missing(can, &BTreeMap::new(), &events)
    }
}

/// The field a provider can tell of one that is worked out.
fn source_of(field: &str) -> &str {
    match field {
        "companyDomain" => "companyWebsite",
        field => field,
    }
}

impl Store {
    /// What a provider is to be asked for; one that is not stored is asked for what is needed.
    ///
    /// # Errors
    /// As every statement.
    pub fn wanted_of(&self, provider: &str) -> Result<Wanted, StoreError> {
        let stored = named(&self.connection, provider)?;
        match stored.map(|stored| stored.wanted).unwrap_or_default() {
            WantedFields::Needed => self.needed(),
            WantedFields::Every => Ok(Wanted {
                every: true,
                ..Wanted::default()
            }),
            WantedFields::Named(fields) => Ok(Wanted {
                fields,
                ..Wanted::default()
            }),
        }
    }

    fn needed(&self) -> Result<Wanted, StoreError> {
        let connected: Vec<IntegrationId> = self
            .connection
            .prepare_cached(
                "SELECT id FROM integrations WHERE connected = 1 AND category <> 'source' ORDER BY id",
            )?
            .query_map([], |row| row.get(0).map(IntegrationId))?
            .collect::<Result<_, _>>()?;
        let mut wanted = Wanted::default();
        for integration in connected {
            for stored in read_rules(&self.connection, integration)? {
                let used = match &stored.rule.source {
                    Source::Field(field) => vec![canonical_key(field)],
                    Source::Template(template) => template_fields(template)
                        .unwrap_or_default()
                        .iter()
                        .map(|field| canonical_key(field))
                        .collect(),
                    Source::Constant(_) => Vec::new(),
                };
                match stored.rule.event {
                    Some(event) => wanted.at_events.entry(event).or_default().extend(used),
                    None => wanted.fields.extend(used),
                }
            }
            wanted
                .demands
                .extend(requirements::of_integration(&self.connection, integration)?);
        }
        if wanted.fields.is_empty() && wanted.at_events.is_empty() {
            wanted.fields = BASIC.iter().map(|field| (*field).to_owned()).collect();
        }
        Ok(wanted)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn set(fields: &[&str]) -> BTreeSet<String> {
        fields.iter().map(|field| (*field).to_owned()).collect()
    }

    fn known(fields: &[&str]) -> BTreeMap<String, String> {
        fields
            .iter()
            .map(|field| ((*field).to_owned(), "x".to_owned()))
            .collect()
    }

    fn wanted() -> Wanted {
        Wanted {
            every: false,
            fields: set(&["jobTitle", "companyDomain", "boothSize"]),
            at_events: BTreeMap::from([(EventId(7), set(&["companyCity"]))]),
            demands: vec![
                Requirement {
                    fields: vec!["phone".into(), "mobilePhone".into()],
                    event: None,
                },
                Requirement {
                    fields: vec!["companyState".into()],
                    event: Some(EventId(7)),
                },
            ],
        }
    }

    #[test]
    fn only_what_somebody_uses_is_asked_for() {
        let can = set(&[
            "jobTitle",
            "companyWebsite",
            "companyZip",
            "companyCity",
            "companyState",
            "phone",
            "mobilePhone",
        ]);
        let wanted = wanted();
        assert_eq!(
            wanted.missing(&can, &known(&[]), &[]),
            set(&["jobTitle", "companyWebsite", "phone", "mobilePhone"]),
            "neither the zip nor what only another event wants"
        );
        assert_eq!(
            wanted.missing(&can, &known(&["jobTitle", "companyDomain"]), &[EventId(7)]),
            set(&["phone", "mobilePhone", "companyCity", "companyState"]),
            "the domain is known without the website"
        );
        assert!(
            wanted
                .missing(
                    &can,
                    &known(&["jobTitle", "companyWebsite", "mobilePhone"]),
                    &[]
                )
                .is_empty(),
            "of two that will do, one is there"
        );
        assert!(wanted.of(&can).contains("companyCity"));
        assert!(!wanted.of(&can).contains("companyZip"));
    }

    #[test]
    fn the_choice_is_kept_as_it_is_written() {
        for (choice, text) in [
            (WantedFields::Needed, "\"needed\""),
            (WantedFields::Every, "\"every\""),
            (WantedFields::Named(set(&["phone"])), "[\"phone\"]"),
        ] {
            assert_eq!(serde_json::to_string(&choice).unwrap(), text);
            assert_eq!(serde_json::from_str::<WantedFields>(text).unwrap(), choice);
        }
    }

    #[test]
    fn without_a_connection_it_is_who_somebody_is() {
        let store = Store::in_memory().unwrap();
        let wanted = store.wanted_of("anybody").unwrap();
        let can = set(&["email", "companyZip", "jobTitle"]);
        assert_eq!(
            wanted.missing(&can, &known(&["email"]), &[]),
            set(&["jobTitle"])
        );
    }
}
