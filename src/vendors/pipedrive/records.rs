//! Records as answers hold them: the customer's own fields beside the built-in ones, by their codes.

use jiff::Timestamp;
use serde_json::Value;

use super::api::{is_id, text_of};
use super::{ORGANIZATION, PERSON, names};
use crate::domain::company::{name_key, website_host};
use crate::domain::email;
use crate::vendors::{KeyKind, RemoteRecord, Values};

/// The address that comes first, as text: what identities are read from. No field of Pipedrive's own.
pub(super) const PRIMARY_EMAIL: &str = "email";

/// What matching reads of every record, mapped or not.
fn needed(object: &str) -> &'static [&'static str] {
    match object {
        ORGANIZATION => &["name", "website"],
        _ => &[
            "name",
            "first_name",
            "last_name",
            "emails",
            PRIMARY_EMAIL,
            "org_id",
        ],
    }
}

/// A record out of an answer; `None`: it has no id. `fields`: what to keep beside what matching needs; `None`: all.
pub(super) fn record(
    object: &'static str,
    value: &Value,
    fields: Option<&[String]>,
) -> Option<RemoteRecord> {
    let id = Some(text_of(&value["id"])).filter(|id| is_id(id))?;
    let mut values = flattened(value);
    if object == PERSON {
        names::complete(&mut values);
        let first = addresses(&values).next();
        values.extend(first.map(|first| (PRIMARY_EMAIL.to_owned(), first.into())));
    }
    if let Some(fields) = fields {
        values.retain(|name, _| {
            needed(object).contains(&name.as_str()) || fields.iter().any(|field| field == name)
        });
    }
    Some(RemoteRecord {
        object,
        id,
        values,
        created: time(&value["add_time"]),
        instead: None,
    })
}

/// Whether the record is in the bin.
pub(super) fn is_deleted(value: &Value) -> bool {
    value["is_deleted"] == Value::Bool(true)
}

/// A moment; v1 had a form of its own, in UTC.
pub(super) fn time(value: &Value) -> Option<Timestamp> {
    let text = value.as_str()?;
    text.parse()
        .or_else(|_| format!("{}Z", text.replacen(' ', "T", 1)).parse())
        .ok()
}

fn flattened(value: &Value) -> Values {
    let own = |name: &str| value[name].as_object().into_iter().flatten();
    let built_in = value.as_object().into_iter().flatten();
    built_in
        .filter(|(name, _)| !matches!(name.as_str(), "id" | "custom_fields"))
        .chain(own("custom_fields"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// A person's addresses as they are written, the primary one first.
pub(super) fn addresses(values: &Values) -> impl Iterator<Item = String> {
    let entries = values.get("emails").and_then(Value::as_array);
    let mut entries: Vec<&Value> = entries.into_iter().flatten().collect();
    entries.sort_by_key(|entry| entry["primary"] != Value::Bool(true));
    entries
        .into_iter()
        .map(text_of)
        .filter(|address| !address.trim().is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

/// What a record is found by, beside its id: every address in key form; a name without its decoration; the host of a website.
pub(super) fn keys(record: &RemoteRecord) -> Vec<(KeyKind, String)> {
    let text = |name: &str| record.values.get(name).map(text_of).unwrap_or_default();
    if record.object == ORGANIZATION {
        let name = name_key(&text("name")).map(|key| (KeyKind::Name, key));
        let domain = website_host(&text("website")).map(|host| (KeyKind::Domain, host));
        return name.into_iter().chain(domain).collect();
    }
    let mut keys: Vec<(KeyKind, String)> = Vec::new();
    for key in addresses(&record.values).filter_map(|address| email::key(&address)) {
        let key = (KeyKind::Email, key);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The oldest first, then the lowest id, so that every run chooses the same.
pub(super) fn oldest_first(mut records: Vec<RemoteRecord>) -> Vec<RemoteRecord> {
    records.sort_by(|left, right| {
        (left.created, left.id.len(), &left.id).cmp(&(right.created, right.id.len(), &right.id))
    });
    records.dedup_by(|left, right| left.id == right.id);
    records
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    const HASH: &str = "9dc80c50d78a15643bfc4ca79d76156a73a1ca0e";

    fn ada() -> Value {
        json!({"id": 901, "name": "Ada Lovelace", "first_name": "Ada", "last_name": "Lovelace", "org_id": 55, "owner_id": 7,
            "add_time": "2026-09-01T08:00:00Z", "update_time": "2026-09-02T08:00:00Z", "is_deleted": false,
            "emails": [{"value": "ada@home.example", "primary": false}, {"value": "Ada@Example.com", "primary": true}],
            "custom_fields": {HASH: "Expo"}})
    }

    #[test]
    fn own_fields_stand_beside_the_others_under_their_codes() {
        let all = record(PERSON, &ada(), None).unwrap();
        assert_eq!(all.values[HASH], "Expo");
        assert_eq!(all.values["owner_id"], 7);
        assert_eq!(all.values[PRIMARY_EMAIL], "Ada@Example.com");
        assert_eq!(all.created, Some("2026-09-01T08:00:00Z".parse().unwrap()));
        let few = record(PERSON, &ada(), Some(&["owner_id".into()])).unwrap();
        let names: Vec<&str> = few.values.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "email",
                "emails",
                "first_name",
                "last_name",
                "name",
                "org_id",
                "owner_id"
            ]
        );
    }

    #[test]
    fn a_person_is_found_by_every_address_and_an_organization_by_name_and_host() {
        let person = record(PERSON, &ada(), None).unwrap();
        assert_eq!(
            keys(&person),
            [
                (KeyKind::Email, "ada@example.com".to_owned()),
                (KeyKind::Email, "ada@home.example".to_owned())
            ]
        );
        let acme = json!({"id": 55, "name": "ACME, Inc.", "website": "https://www.Acme.com/en"});
        let acme = record(ORGANIZATION, &acme, None).unwrap();
        assert_eq!(
            keys(&acme),
            [
                (KeyKind::Name, "acme".to_owned()),
                (KeyKind::Domain, "acme.com".to_owned())
            ]
        );
        assert!(record(ORGANIZATION, &json!({"name": "x"}), None).is_none());
    }

    #[test]
    fn the_older_forms_of_time_are_read() {
        assert_eq!(
            time(&json!("2026-09-01 08:00:00")),
            time(&json!("2026-09-01T08:00:00Z"))
        );
        assert!(time(&json!("2026-09-01T08:00:00Z")).is_some() && time(&json!(null)).is_none());
    }
}
