//! Account Engagement's wire format: only what we send and read (API v5).
//!
//! Answers hold the fields that were asked for, and of those what the user may see: every one is optional.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{EMAIL, PROSPECT};
use crate::domain::email;
use crate::vendors::{RemoteRecord, Values};

/// Whether a prospect is in the recycle bin.
pub(super) const IS_DELETED: &str = "isDeleted";
/// When a prospect was made.
pub(super) const CREATED_AT: &str = "createdAt";
/// When a prospect last changed.
pub(super) const UPDATED_AT: &str = "updatedAt";

/// `/api/v5/{rest}`.
pub(super) fn path(rest: &str) -> String {
    format!("/api/v5/{rest}")
}

/// A list's answer. The token leads on, and is sent with `fields` alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Page {
    #[serde(deserialize_with = "or_default")]
    pub(super) values: Vec<Value>,
    pub(super) next_page_token: Option<String>,
}

/// A field the customer made.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct CustomField {
    pub(super) name: Option<String>,
    /// The name in bodies of v5: `BoothVisit__c`.
    pub(super) api_field_id: Option<String>,
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub(super) kind: String,
    /// It has values to choose from; no answer tells which.
    #[serde(deserialize_with = "or_default")]
    pub(super) is_use_values: bool,
    /// What is written is added to what is there.
    #[serde(deserialize_with = "or_default")]
    pub(super) is_record_multiple_responses: bool,
}

/// An import.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Import {
    pub(super) status: Option<String>,
    #[serde(deserialize_with = "or_default")]
    pub(super) error_count: u64,
    /// Where the rows that failed are told.
    pub(super) error_ref: Option<String>,
    #[serde(deserialize_with = "or_default")]
    pub(super) is_expired: bool,
}

/// What is told as null is told as nothing.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Text that may arrive as text or as a number; lists and records are none.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => String::new(),
    }
}

/// The texts of one value or several.
pub(super) fn texts_of(value: &Value) -> Vec<String> {
    let texts: Vec<String> = match value {
        Value::Array(values) => values.iter().map(text_of).collect(),
        other => vec![text_of(other)],
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

/// Whether a text has the form of a prospect's id.
pub(super) fn is_id(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has the form of a field's name: names go into addresses in lists.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A point in time as it is sent.
pub(super) fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// A point in time as answers tell it.
pub(super) fn time(value: &Value) -> Option<Timestamp> {
    value.as_str().and_then(|text| text.trim().parse().ok())
}

/// Whether an answer tells that a prospect is in the recycle bin.
pub(super) fn is_deleted(value: &Value) -> bool {
    value[IS_DELETED] == Value::Bool(true)
}

/// The address a prospect is found by.
pub(super) fn address(value: &Value) -> Option<String> {
    email::key(&text_of(&value[EMAIL]))
}

/// A prospect out of an answer.
pub(super) fn record(value: &Value) -> Option<RemoteRecord> {
    let id = Some(text_of(&value["id"])).filter(|id| is_id(id))?;
    let values: Values = value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| !matches!(name.as_str(), "id" | IS_DELETED))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    Some(RemoteRecord {
        object: PROSPECT,
        id,
        values,
        created: time(&value[CREATED_AT]),
        instead: None,
    })
}

/// The oldest first, then the lowest id, so that every run chooses the same.
pub(super) fn oldest_first(mut records: Vec<RemoteRecord>) -> Vec<RemoteRecord> {
    records.sort_by(|left, right| {
        left.created
            .cmp(&right.created)
            .then_with(|| left.id.len().cmp(&right.id.len()))
            .then_with(|| left.id.cmp(&right.id))
    });
    records
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_digits_are_an_id_and_only_words_a_name() {
        assert!(is_id("123435"));
        for other in ["", "12x", "1,2", "../7", "00Q5e000001AAAAAA1"] {
            assert!(!is_id(other), "{other}");
        }
        assert!(is_name("BoothVisit__c") && is_name("firstName"));
        for other in ["", "a b", "x,y", "1st", "campaign.id"] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn a_prospect_is_read_whatever_it_shows() {
        assert_eq!(record(&json!({"email": "a@b.co"})), None);
        let read = record(
            &json!({"id": 7, "email": "Ada@B.co", "createdAt": "2026-09-01T08:00:05-04:00",
            "isDeleted": false}),
        );
        let read = read.map(|record| (record.id, record.created.map(moment), record.values.len()));
        let created = Some("2026-09-01T12:00:05+00:00".to_owned());
        assert_eq!(read, Some(("7".to_owned(), created, 2)));
    }
}
