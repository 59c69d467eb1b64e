//! One module (table) with its fields, layouts and records.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use serde_json::{Map, Value};

use super::field::Field;

/// Values by API name; absent is null.
pub(super) type Values = Map<String, Value>;

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) values: Values,
    pub(super) deleted: bool,
    /// Sandbox time of its making, from which the search index lags.
    pub(super) made_at: Duration,
}

impl Record {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str()
    }

    pub(super) fn is_converted(&self) -> bool {
        self.values.get("Converted__s") == Some(&Value::Bool(true))
    }

    /// The id a lookup holds.
    pub(super) fn reference(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.get("id")?.as_str()
    }
}

#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) required: BTreeSet<String>,
}

/// What the user's profile may do with a module.
#[derive(Clone, Copy, Debug)]
pub(super) struct Permissions {
    pub(super) view: bool,
    pub(super) create: bool,
    pub(super) edit: bool,
    pub(super) delete: bool,
}

pub(super) struct Module {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) singular: String,
    /// The system's own duplicate check field.
    pub(super) key: Option<&'static str>,
    pub(super) hidden: bool,
    pub(super) permissions: Permissions,
    pub(super) layouts: Vec<Layout>,
    fields: Vec<Field>,
    records: BTreeMap<String, Record>,
    /// Ids by field and lower-case text, for fields that are looked up for every row written.
    index: HashMap<String, HashMap<String, BTreeSet<String>>>,
}

impl Module {
    pub(super) fn new(name: &str, singular: &str, key: Option<&'static str>) -> Self {
        Self {
            id: String::new(),
            name: name.to_owned(),
            singular: singular.to_owned(),
            key,
            hidden: false,
            permissions: Permissions {
                view: true,
                create: true,
                edit: true,
                delete: true,
            },
            layouts: Vec::new(),
            fields: Vec::new(),
            records: BTreeMap::new(),
            index: HashMap::new(),
        }
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.hidden)
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields().find(|field| field.name == name)
    }

    /// Hidden ones too.
    pub(super) fn any_field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub(super) fn put_field(&mut self, field: Field) {
        match self.fields.iter_mut().find(|old| old.name == field.name) {
            Some(old) => *old = field,
            None => self.fields.push(field),
        }
        self.refresh_index();
    }

    fn refresh_index(&mut self) {
        let key = self.key;
        let fields = self
            .fields
            .iter()
            .filter(|field| field.unique || key == Some(&field.name));
        self.index = fields
            .map(|field| (field.name.clone(), HashMap::new()))
            .collect();
        for record in self.records.values() {
            claim(&mut self.index, record);
        }
    }

    /// The fields an upsert may look for duplicates with: the system's, then unique ones.
    pub(super) fn duplicate_check_fields(&self) -> Vec<String> {
        let key = self.key.map(str::to_owned);
        let unique = self.fields().filter(|field| field.unique);
        let unique = unique.map(|field| field.name.clone());
        let mut names: Vec<String> = key.into_iter().collect();
        names.extend(unique.filter(|name| Some(name.as_str()) != self.key));
        names
    }

    /// Live records with this value in an indexed field, oldest id first.
    pub(super) fn with_value(&self, field: &str, value: &Value) -> Vec<&Record> {
        let values = self.index.get(field);
        let ids = values.and_then(|values| values.get(&index_key(value)));
        let records = ids
            .into_iter()
            .flatten()
            .filter_map(|id| self.records.get(id));
        records.filter(|record| !record.deleted).collect()
    }

    /// Deleted ones too.
    pub(super) fn record(&self, id: &str) -> Option<&Record> {
        self.records.get(id)
    }

    pub(super) fn live_record(&self, id: &str) -> Option<&Record> {
        self.record(id).filter(|record| !record.deleted)
    }

    pub(super) fn records(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.records.values()
    }

    pub(super) fn live(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.records().filter(|record| !record.deleted)
    }

    pub(super) fn store(&mut self, record: Record) {
        self.remove(&record.id);
        claim(&mut self.index, &record);
        self.records.insert(record.id.clone(), record);
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<Record> {
        let before = self.records.remove(id)?;
        for (field, values) in &mut self.index {
            let value = before.values.get(field);
            if let Some(ids) = value.and_then(|value| values.get_mut(&index_key(value))) {
                ids.remove(&before.id);
            }
        }
        Some(before)
    }
}

/// Duplicates are found without regard to case and outer blanks.
fn index_key(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), |text| text.trim().to_lowercase())
}

fn claim(index: &mut HashMap<String, HashMap<String, BTreeSet<String>>>, record: &Record) {
    for (field, values) in index {
        if let Some(value) = record.values.get(field).filter(|value| !value.is_null()) {
            let ids = values.entry(index_key(value)).or_default();
            ids.insert(record.id.clone());
        }
    }
}
