//! One object (table) with its fields, record types and records.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::field::Field;

/// Values by API name; absent is null.
pub(super) type Values = Map<String, Value>;

#[derive(Clone, Debug)]
pub(super) struct Record {
    /// 18 characters.
    pub(super) id: String,
    pub(super) values: Values,
}

impl Record {
    pub(super) fn is_deleted(&self) -> bool {
        self.flag("IsDeleted")
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.values.get(name) == Some(&Value::Bool(true))
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str()
    }
}

#[derive(Clone, Debug)]
pub(super) struct RecordType {
    pub(super) id: String,
    pub(super) developer_name: String,
    pub(super) name: String,
    pub(super) is_default: bool,
    /// Which values of a picklist field records of this type may have; others: all.
    pub(super) picklists: HashMap<String, Vec<String>>,
}

pub(super) struct Object {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) key_prefix: &'static str,
    pub(super) createable: bool,
    pub(super) updateable: bool,
    pub(super) deletable: bool,
    pub(super) hidden: bool,
    fields: Vec<Field>,
    by_name: HashMap<String, usize>,
    pub(super) record_types: Vec<RecordType>,
    records: BTreeMap<String, Record>,
    /// Ids by field and lower-case text, for fields that are looked up for every record written.
    index: HashMap<String, HashMap<String, BTreeSet<String>>>,
}

impl Object {
    pub(super) fn new(
        name: &str,
        label: &str,
        key_prefix: &'static str,
        definition: &str,
        writable: bool,
    ) -> Self {
        let lines = definition.lines().filter(|line| !line.starts_with('#'));
        let mut object = Self {
            name: name.to_owned(),
            label: label.to_owned(),
            key_prefix,
            createable: writable,
            updateable: writable,
            deletable: writable,
            hidden: false,
            fields: Vec::new(),
            by_name: HashMap::new(),
            record_types: Vec::new(),
            records: BTreeMap::new(),
            index: HashMap::new(),
        };
        for field in lines.filter_map(Field::parse) {
            object.put_field(field);
        }
        object
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.hidden)
    }

    /// A field this user may see; names are compared without case.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.any_field(name).filter(|field| !field.hidden)
    }

    pub(super) fn any_field(&self, name: &str) -> Option<&Field> {
        let position = self.by_name.get(&name.to_lowercase())?;
        self.fields.get(*position)
    }

    /// The field that leads to the parent behind `relationship`, such as `Account`.
    pub(super) fn relationship(&self, relationship: &str) -> Option<&Field> {
        self.fields().find(|field| {
            let name = field.relationship.as_deref();
            name.is_some_and(|name| name.eq_ignore_ascii_case(relationship))
        })
    }

    /// Adds a field, or puts it in place of the one of that name.
    pub(super) fn put_field(&mut self, field: Field) {
        let key = field.name.to_lowercase();
        match self.by_name.get(&key).copied() {
            Some(position) => self.fields[position] = field,
            None => {
                self.by_name.insert(key, self.fields.len());
                self.fields.push(field);
            }
        }
        self.refresh_index();
    }

    pub(super) fn remove_field(&mut self, name: &str) {
        self.fields.retain(|field| field.name != name);
        let names = self.fields.iter().enumerate();
        self.by_name = names
            .map(|(place, field)| (field.name.to_lowercase(), place))
            .collect();
        self.refresh_index();
    }

    fn refresh_index(&mut self) {
        let fields = self.fields.iter().filter(|field| {
            field.external_id
                || field.unique
                || matches!(field.name.as_str(), "Email" | "CampaignId")
        });
        self.index = fields
            .map(|field| (field.name.clone(), HashMap::new()))
            .collect();
        for record in self.records.values() {
            claim(&mut self.index, record);
        }
    }

    /// Live records with this text in an indexed field, oldest id first.
    pub(super) fn with_value(&self, field: &str, text: &str) -> Vec<&Record> {
        let ids = self
            .index
            .get(field)
            .and_then(|values| values.get(&text.to_lowercase()));
        let records = ids
            .into_iter()
            .flatten()
            .filter_map(|id| self.records.get(id));
        records.filter(|record| !record.is_deleted()).collect()
    }

    pub(super) fn is_indexed(&self, field: &str) -> bool {
        self.index.contains_key(field)
    }

    /// A record by its 18 characters, deleted ones included.
    pub(super) fn record(&self, id: &str) -> Option<&Record> {
        self.records.get(id)
    }

    /// All records in the order of their making, deleted ones included.
    pub(super) fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    pub(super) fn live(&self) -> impl Iterator<Item = &Record> {
        self.records().filter(|record| !record.is_deleted())
    }

    /// Puts a record in place of the one with its id, which it gives back.
    pub(super) fn store(&mut self, record: Record) -> Option<Record> {
        let before = self.remove(&record.id);
        claim(&mut self.index, &record);
        self.records.insert(record.id.clone(), record);
        before
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<Record> {
        let before = self.records.remove(id)?;
        for (field, values) in &mut self.index {
            if let Some(ids) = before
                .values
                .get(field)
                .and_then(|value| values.get_mut(&key(value)))
            {
                ids.remove(&before.id);
            }
        }
        Some(before)
    }
}

fn key(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_lowercase)
}

fn claim(index: &mut HashMap<String, HashMap<String, BTreeSet<String>>>, record: &Record) {
    for (field, values) in index {
        if let Some(value) = record.values.get(field).filter(|value| !value.is_null()) {
            values
                .entry(key(value))
                .or_default()
                .insert(record.id.clone());
        }
    }
}
