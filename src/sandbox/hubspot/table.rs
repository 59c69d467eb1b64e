//! The records of one type, with their unique values and what the search index knows of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::definitions::standard_properties;
use super::object_type::ObjectType;
use super::property::Property;
use super::rules::Rule;
use crate::sandbox::time::iso;

pub(super) type Properties = BTreeMap<Arc<str>, String>;

/// Searched by value often enough to be worth an index; a search for another property reads all records.
const INDEXED: [&str; 5] = [
    "email",
    "hs_additional_emails",
    "domain",
    "hs_additional_domains",
    "name",
];

/// Cheap to copy: the values are shared until somebody changes them.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: u64,
    /// Epoch milliseconds, like the two dates below.
    pub(super) created: i64,
    pub(super) updated: i64,
    pub(super) archived: Option<i64>,
    pub(super) properties: Arc<Properties>,
}

impl Record {
    pub(super) fn value(&self, kind: ObjectType, name: &str) -> Option<Cow<'_, str>> {
        if let Some(value) = self.properties.get(name) {
            return Some(Cow::Borrowed(value));
        }
        match name {
            "hs_object_id" => Some(Cow::Owned(self.id.to_string())),
            _ if name == kind.created_property() => Some(Cow::Owned(iso(self.created))),
            _ if name == kind.modified_property() => Some(Cow::Owned(iso(self.updated))),
            _ => None,
        }
    }
}

pub(super) struct ObjectTable {
    pub(super) kind: ObjectType,
    pub(super) definitions: BTreeMap<Arc<str>, Property>,
    pub(super) rules: BTreeMap<String, Vec<Rule>>,
    /// Enforced by version 2026-09 only.
    pub(super) required_on_create: Vec<String>,
    pub(super) records: BTreeMap<u64, Record>,
    unique: HashMap<Arc<str>, HashMap<String, u64>>,
    /// Ids of merged records still lead to the record they were merged into.
    pub(super) merged_into: HashMap<u64, u64>,
    pub(super) index: SearchIndex,
}

impl ObjectTable {
    pub(super) fn new(kind: ObjectType) -> Self {
        let definitions: BTreeMap<_, _> = standard_properties(kind)
            .into_iter()
            .map(|property| (Arc::clone(&property.name), property))
            .collect();
        let mut table = Self {
            kind,
            definitions,
            rules: BTreeMap::new(),
            required_on_create: Vec::new(),
            records: BTreeMap::new(),
            unique: HashMap::new(),
            merged_into: HashMap::new(),
            index: SearchIndex::default(),
        };
        table.refresh_unique();
        table
    }

    /// Must follow every change of definitions.
    pub(super) fn refresh_unique(&mut self) {
        let names = self.definitions.values().filter(|property| property.unique);
        self.unique = names
            .map(|property| (Arc::clone(&property.name), HashMap::new()))
            .collect();
        for record in self
            .records
            .values()
            .filter(|record| record.archived.is_none())
        {
            claim(&mut self.unique, record);
        }
    }

    /// A property that exists and is not archived.
    pub(super) fn definition(&self, name: &str) -> Option<&Property> {
        self.definitions
            .get(name)
            .filter(|property| !property.archived)
    }

    pub(super) fn is_unique(&self, name: &str) -> bool {
        self.unique.contains_key(name)
    }

    /// The record that holds a unique value, whatever the case; addresses include additional ones.
    pub(super) fn holder(&self, name: &str, value: &str) -> Option<u64> {
        self.unique
            .get(name)?
            .get(value.trim().to_lowercase().as_str())
            .copied()
    }

    pub(super) fn live(&self, id: u64) -> Option<&Record> {
        let id = self.merged_into.get(&id).copied().unwrap_or(id);
        self.records
            .get(&id)
            .filter(|record| record.archived.is_none())
    }

    /// Stores a new or changed record; searches see it when sandbox time reaches `visible_at`, without one
    /// at once.
    pub(super) fn store(&mut self, record: Record, visible_at: Option<Duration>) {
        if let Some(before) = self.records.get(&record.id) {
            release(&mut self.unique, before);
        }
        if record.archived.is_none() {
            claim(&mut self.unique, &record);
        }
        match visible_at {
            Some(due) => self.index.pending.push_back((due, record.clone())),
            None => self.index.admit(record.clone()),
        }
        self.records.insert(record.id, record);
    }
}

fn unique_values<'a>(name: &str, record: &'a Record) -> impl Iterator<Item = String> + 'a {
    let additional = (name == "email").then(|| record.properties.get("hs_additional_emails"));
    let own = record.properties.get(name).map(String::as_str);
    let more = additional
        .flatten()
        .into_iter()
        .flat_map(|list| list.split(';'));
    own.into_iter()
        .chain(more)
        .map(|value| value.trim().to_lowercase())
}

fn claim(unique: &mut HashMap<Arc<str>, HashMap<String, u64>>, record: &Record) {
    for (name, holders) in unique {
        for value in unique_values(name, record).filter(|value| !value.is_empty()) {
            holders.entry(value).or_insert(record.id);
        }
    }
}

fn release(unique: &mut HashMap<Arc<str>, HashMap<String, u64>>, record: &Record) {
    for (name, holders) in unique {
        for value in unique_values(name, record) {
            if holders.get(&value) == Some(&record.id) {
                holders.remove(&value);
            }
        }
    }
}

/// What searches see: the records as they were a while ago.
#[derive(Default)]
pub(super) struct SearchIndex {
    documents: BTreeMap<u64, Record>,
    by_value: HashMap<(&'static str, String), BTreeSet<u64>>,
    pending: VecDeque<(Duration, Record)>,
}

impl SearchIndex {
    /// Takes in everything that is due at `now`.
    pub(super) fn catch_up(&mut self, now: Duration) {
        while self.pending.front().is_some_and(|(due, _)| *due <= now) {
            if let Some((_, record)) = self.pending.pop_front() {
                self.admit(record);
            }
        }
    }

    fn admit(&mut self, record: Record) {
        if let Some(before) = self.documents.remove(&record.id) {
            for key in index_keys(&before) {
                if let Some(ids) = self.by_value.get_mut(&key) {
                    ids.remove(&before.id);
                }
            }
        }
        if record.archived.is_some() {
            return;
        }
        for key in index_keys(&record) {
            self.by_value.entry(key).or_default().insert(record.id);
        }
        self.documents.insert(record.id, record);
    }

    pub(super) fn documents(&self) -> impl Iterator<Item = &Record> {
        self.documents.values()
    }

    pub(super) fn document(&self, id: u64) -> Option<&Record> {
        self.documents.get(&id)
    }

    /// The records with this (lower-case) value; `None` when the property has no index.
    pub(super) fn ids_with(&self, name: &str, value: &str) -> Option<Vec<u64>> {
        if name == "hs_object_id" {
            return Some(value.parse().into_iter().collect());
        }
        let name = INDEXED.into_iter().find(|indexed| *indexed == name)?;
        let ids = self.by_value.get(&(name, value.to_owned()));
        Some(ids.into_iter().flatten().copied().collect())
    }
}

fn index_keys(record: &Record) -> Vec<(&'static str, String)> {
    let values = INDEXED
        .into_iter()
        .filter_map(|name| Some((name, record.properties.get(name)?)));
    values
        .flat_map(|(name, value)| search_values(name, value).map(move |value| (name, value)))
        .collect()
}

/// The lower-case values a search compares with; the two list properties hold several.
pub(super) fn search_values<'a>(name: &str, value: &'a str) -> impl Iterator<Item = String> + 'a {
    let is_list = name.starts_with("hs_additional_");
    let parts: Vec<&str> = if is_list {
        value.split(';').collect()
    } else {
        vec![value]
    };
    parts.into_iter().map(|part| part.trim().to_lowercase())
}
