//! Records as answers hold them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::api::{is_id, text_of};
use super::{CONTACT, LEAD};
use crate::vendors::{RemoteRecord, Values};

/// Says that a lead was converted.
pub(super) const CONVERTED: &str = "Converted__s";
/// The contact it became.
pub(super) const CONVERTED_CONTACT: &str = "Converted_Contact";

/// Puts further columns beside those there are.
pub(super) fn merge(records: &mut BTreeMap<String, Value>, found: Vec<Value>, first: bool) {
    for record in found {
        let id = text_of(&record["id"]);
        match (records.get_mut(&id), record) {
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            (None, record) if first && !id.is_empty() => {
                records.insert(id, record);
            }
            _ => {}
        }
    }
}

/// A record out of an answer. A converted lead stands for its contact; where that is gone, for nobody. Records within it (an
/// account, an owner) are their ids.
pub(super) fn record(object: &'static str, value: &Value) -> Option<RemoteRecord> {
    let id = Some(text_of(&value["id"])).filter(|id| is_id(id))?;
    let values: Values = value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "id" && !name.starts_with('$'))
        .map(|(name, value)| match value {
            Value::Object(_) => (name.clone(), Value::String(text_of(value))),
            _ => (name.clone(), value.clone()),
        })
        .collect();
    let contact = text_of(&value[CONVERTED_CONTACT]);
    let converted = value[CONVERTED] == Value::Bool(true) || !contact.is_empty();
    let instead = match object == LEAD && converted {
        true if contact.is_empty() => return None,
        true => Some((CONTACT, contact)),
        false => None,
    };
    Some(RemoteRecord {
        object,
        id,
        values,
        created: value["Created_Time"]
            .as_str()
            .and_then(|text| text.parse().ok()),
        instead,
    })
}

/// The oldest is taken, then the lowest id, so that every run chooses the same; a lead that is still one comes before what
/// became a contact.
pub(super) fn oldest_first(mut records: Vec<RemoteRecord>) -> Vec<RemoteRecord> {
    records.sort_by(|left, right| {
        let key = |record: &RemoteRecord| (record.instead.is_some(), record.created);
        key(left)
            .cmp(&key(right))
            .then_with(|| left.id.len().cmp(&right.id.len()))
            .then_with(|| left.id.cmp(&right.id))
    });
    records
}
