//! Records of all kinds, and the older states of them that the search index still shows.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value};

/// Members by name; absent is null.
pub(super) type Values = Map<String, Value>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    Person,
    Organization,
    Deal,
    Activity,
    Lead,
    Note,
}

impl Entity {
    pub(super) const ALL: [Self; 6] = [
        Self::Person,
        Self::Organization,
        Self::Deal,
        Self::Activity,
        Self::Lead,
        Self::Note,
    ];

    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Person => "persons",
            Self::Organization => "organizations",
            Self::Deal => "deals",
            Self::Activity => "activities",
            Self::Lead => "leads",
            Self::Note => "notes",
        }
    }

    pub(super) fn singular(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Deal => "deal",
            Self::Activity => "activity",
            Self::Lead => "lead",
            Self::Note => "note",
        }
    }

    /// By either name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|entity| entity.plural() == name || entity.singular() == name)
    }

    /// Leads use the fields of deals.
    pub(super) fn field_owner(self) -> Self {
        match self {
            Self::Lead => Self::Deal,
            other => other,
        }
    }
}

#[derive(Clone, Debug)]
struct Version {
    until: Duration,
    /// `None`: not there yet.
    values: Option<Values>,
}

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: u64,
    pub(super) values: Values,
    pub(super) deleted: bool,
    /// Seconds since 1970.
    pub(super) added: i64,
    pub(super) updated: i64,
    versions: Vec<Version>,
}

impl Record {
    pub(super) fn new(id: u64, values: Values, now: i64) -> Self {
        Self {
            id,
            values,
            deleted: false,
            added: now,
            updated: now,
            versions: Vec::new(),
        }
    }

    pub(super) fn get(&self, name: &str) -> &Value {
        self.values.get(name).unwrap_or(&Value::Null)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).as_str()
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.get(name).as_u64()
    }

    /// Whether it holds the id that a query names.
    pub(super) fn is_linked(&self, name: &str, id: &str) -> bool {
        self.number(name).is_some_and(|own| id.parse() == Ok(own))
    }

    pub(super) fn channels(&self, name: &str) -> impl Iterator<Item = &str> {
        channels(&self.values, name)
    }

    /// Keeps the present state for the index, which shows it for a while. Called before a change.
    pub(super) fn remember(&mut self, now: Duration, lag: Duration) {
        self.versions.retain(|version| version.until + lag > now);
        let values = (!self.deleted).then(|| self.values.clone());
        self.versions.push(Version { until: now, values });
    }

    /// Called once, for a record just made.
    pub(super) fn hide_at_first(&mut self, now: Duration) {
        self.versions.push(Version {
            until: now,
            values: None,
        });
    }

    /// What the search index knows of it.
    pub(super) fn indexed(&self, now: Duration, lag: Duration) -> Option<&Values> {
        let old = self.versions.iter().find(|old| old.until + lag > now);
        match old {
            Some(old) => old.values.as_ref(),
            None => (!self.deleted).then_some(&self.values),
        }
    }
}

/// The values of `emails` or `phones`.
pub(super) fn channels<'a>(values: &'a Values, name: &str) -> impl Iterator<Item = &'a str> {
    let list = values.get(name).and_then(Value::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|channel| channel["value"].as_str())
}

#[derive(Default)]
pub(super) struct Table {
    records: BTreeMap<u64, Record>,
    last_id: u64,
}

impl Table {
    /// A number not used so far. Gaps, as in a real account: nobody may count on consecutive ids.
    pub(super) fn new_id(&mut self, gap: u64) -> u64 {
        self.last_id += 1 + gap;
        self.last_id
    }

    pub(super) fn put(&mut self, record: Record) {
        self.last_id = self.last_id.max(record.id);
        self.records.insert(record.id, record);
    }

    pub(super) fn any(&self, id: u64) -> Option<&Record> {
        self.records.get(&id)
    }

    pub(super) fn any_mut(&mut self, id: u64) -> Option<&mut Record> {
        self.records.get_mut(&id)
    }

    pub(super) fn live(&self, id: u64) -> Option<&Record> {
        self.any(id).filter(|record| !record.deleted)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    pub(super) fn all_live(&self) -> impl Iterator<Item = &Record> {
        self.all().filter(|record| !record.deleted)
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Record> {
        self.records.values_mut()
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<Record> {
        self.records.remove(&id)
    }
}
