//! Records as HubSpot shows them.

use serde_json::{Map, Value, json};

use super::errors::ApiError;
use super::object_type::ObjectType;
use super::portal::Portal;
use super::route::Version;
use super::table::Record;
use crate::sandbox::time::iso;
use crate::sandbox::wire::Reply;

/// A record with the wanted properties; unknown names are left out, empty ones are `null`.
pub(super) fn record(
    portal: &Portal,
    kind: ObjectType,
    found: &Record,
    wanted: &[String],
) -> Value {
    let table = portal.table(kind);
    let mut properties = Map::new();
    let always = [
        kind.created_property(),
        "hs_object_id",
        kind.modified_property(),
    ];
    let defaults = if wanted.is_empty() {
        kind.default_properties()
    } else {
        &[]
    };
    let names = wanted
        .iter()
        .map(String::as_str)
        .chain(always)
        .chain(defaults.iter().copied());
    for name in names.filter(|name| table.definition(name).is_some()) {
        let value = match name {
            "num_associated_contacts" => {
                let contacts = portal
                    .links
                    .of((kind, found.id), ObjectType::Contact)
                    .count();
                json!(contacts.to_string())
            }
            "num_notes" | "notes_last_updated" => activity(portal, (kind, found.id), name),
            _ => found
                .value(kind, name)
                .map_or(Value::Null, |value| json!(value)),
        };
        properties.insert(name.to_owned(), value);
    }
    let mut body = json!({
        "id": found.id.to_string(),
        "properties": properties,
        "createdAt": iso(found.created),
        "updatedAt": iso(found.updated),
        "archived": found.archived.is_some(),
        "url": format!(
            "https://app.hubspot.com/contacts/{}/record/{}/{}",
            portal.options.portal_id,
            kind.type_id(),
            found.id
        ),
    });
    if let Some(archived) = found.archived {
        body["archivedAt"] = json!(iso(archived));
    }
    body
}

/// How many notes a record has, and when the last note or task of it was.
fn activity(portal: &Portal, node: (ObjectType, u64), name: &str) -> Value {
    let of = |kind: ObjectType| portal.links.of(node, kind).map(move |(id, _)| (kind, id));
    if name == "num_notes" {
        let notes = of(ObjectType::Note).count();
        return (notes > 0).then(|| notes.to_string()).into();
    }
    let activities = of(ObjectType::Note).chain(of(ObjectType::Task));
    let last = activities.filter_map(|(kind, id)| {
        let record = portal.table(kind).live(id)?;
        Some(record.value(kind, "hs_timestamp")?.into_owned())
    });
    last.max().into()
}

/// The answer of a batch call as it grows.
pub(super) struct BatchAnswer {
    success: u16,
    version: Version,
    started: i64,
    results: Vec<Value>,
    errors: Vec<Value>,
    rows_written: usize,
}

impl BatchAnswer {
    pub(super) fn new(portal: &Portal, success: u16, version: Version) -> Self {
        Self {
            success,
            version,
            started: portal.now(),
            results: Vec::new(),
            errors: Vec::new(),
            rows_written: 0,
        }
    }

    pub(super) fn read(&mut self, result: Value) {
        self.results.push(result);
    }

    pub(super) fn wrote(&mut self, result: Value) {
        self.results.push(result);
        self.rows_written += 1;
    }

    pub(super) fn failed(&mut self, error: &ApiError, trace_id: Option<&str>) {
        self.errors.push(error.to_item(trace_id));
    }

    /// 207 when some inputs failed; version 2026-09 keeps its one success status.
    pub(super) fn finish(self, portal: &Portal) -> Reply {
        let partial = !self.errors.is_empty();
        let mut body = json!({
            "status": "COMPLETE",
            "results": self.results,
            "startedAt": iso(self.started),
            "completedAt": iso(portal.now()),
        });
        if partial {
            body["numErrors"] = json!(self.errors.len());
            body["errors"] = json!(self.errors);
        }
        let status = match (partial, self.version) {
            (true, Version::Numbered | Version::Dated) => 207,
            _ => self.success,
        };
        Reply::json(status, body).wrote(self.rows_written)
    }
}
