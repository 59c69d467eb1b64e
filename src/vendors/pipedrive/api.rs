//! Pipedrive's wire format: only what we send and read (API v2; users and the account still v1).
//!
//! Every field of an answer is optional: what a permission set hides is simply not there.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// `/api/v2/{rest}`.
pub(super) fn v2(rest: &str) -> String {
    format!("/api/v2/{rest}")
}

/// `/api/v1/{rest}`.
pub(super) fn v1(rest: &str) -> String {
    format!("/api/v1/{rest}")
}

/// One entry of `personFields` or `organizationFields`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Field {
    pub(super) field_code: String,
    pub(super) field_name: Option<String>,
    pub(super) field_type: String,
    pub(super) options: Option<Vec<FieldOption>>,
    pub(super) is_custom_field: bool,
}

/// One option of a list; ids are numbers in fields of the customer's own, and may be words in built-in ones.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct FieldOption {
    pub(super) id: Value,
    pub(super) label: Option<String>,
}

/// Text that may arrive as text, as a number or within a record.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Object(record) => ["value", "id"]
            .into_iter()
            .find_map(|name| record.get(name))
            .map(text_of)
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// A point in time as v2 takes it: fractions are refused (400).
pub(super) fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Whether a text has the form of a record's id.
pub(super) fn is_id(text: &str) -> bool {
    (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a name is that of a field the customer made: 40 hexadecimal digits, which travel in `custom_fields`.
pub(super) fn is_hash(name: &str) -> bool {
    name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The number a text is, for what v2 takes as a number only.
pub(super) fn number_or_text(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| Value::from(text), Value::from)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn times_lose_their_fractions() {
        let time = "2026-09-01T08:00:00.987Z".parse().unwrap();
        assert_eq!(moment(time), "2026-09-01T08:00:00Z");
    }

    #[test]
    fn ids_and_codes_are_told_from_other_text() {
        assert!(is_id("901") && !is_id("") && !is_id("9,1") && !is_id("9a"));
        assert!(is_hash("9dc80c50d78a15643bfc4ca79d76156a73a1ca0e"));
        assert!(!is_hash("name") && !is_hash("9dc80c50d78a15643bfc4ca79d76156a73a1ca0x"));
        assert_eq!(number_or_text("55"), 55);
        assert_eq!(number_or_text("no_consent"), "no_consent");
    }
}
