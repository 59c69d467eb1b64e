//! Marketo's wire format: only what we send and read (REST API v1, asset API v1).
//!
//! Every field of an answer is optional: what a role hides is simply not there.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// `/rest/v1/{rest}`.
pub(super) fn path(rest: &str) -> String {
    format!("/rest/v1/{rest}")
}

/// `/rest/asset/v1/{rest}`: programs, channels, folders.
pub(super) fn asset(rest: &str) -> String {
    format!("/rest/asset/v1/{rest}")
}

/// One field of an object, of whichever description it comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) data_type: String,
    pub(super) length: Option<usize>,
    pub(super) writable: bool,
}

impl Field {
    /// A field of `leads/describe.json`; those without a name for REST are for other APIs alone.
    pub(super) fn of_lead(entry: &Value) -> Option<Self> {
        let rest = &entry["rest"];
        Some(Self {
            name: name_of(&rest["name"])?,
            writable: rest["readOnly"] != Value::Bool(true),
            ..Self::told(entry)
        })
    }

    /// A field of `companies/describe.json`. Fields that are a CRM's are no fault of the mapping: they are
    /// left out with their companies.
    pub(super) fn of_company(entry: &Value) -> Option<Self> {
        Some(Self {
            name: name_of(&entry["name"])?,
            writable: entry["updateable"] == Value::Bool(true),
            ..Self::told(entry)
        })
    }

    fn told(entry: &Value) -> Self {
        Self {
            label: text_of(&entry["displayName"]),
            data_type: text_of(&entry["dataType"]).to_lowercase(),
            length: entry["length"]
                .as_u64()
                .and_then(|length| usize::try_from(length).ok())
                .filter(|length| *length > 0),
            ..Self::default()
        }
    }
}

fn name_of(value: &Value) -> Option<String> {
    Some(text_of(value)).filter(|name| !name.is_empty())
}

/// The field of that name, whatever its case.
pub(super) fn field<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    fields
        .iter()
        .find(|field| field.name.eq_ignore_ascii_case(name))
}

/// Text that may arrive as text or as a number; of anything else nothing.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => String::new(),
    }
}

/// Whether a text has the form of a lead's or a program's id.
pub(super) fn is_id(text: &str) -> bool {
    (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An id as it is sent: a number.
pub(super) fn number(id: &str) -> Value {
    id.parse::<u64>().map_or_else(|_| id.into(), Value::from)
}

/// A point in time as answers tell it; some assets have both a `Z` and an offset.
pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    let text = value.as_str()?;
    let text = text
        .strip_suffix("+0000")
        .filter(|rest| rest.ends_with('Z'));
    text.or_else(|| value.as_str())?.parse().ok()
}

/// The values of a record, without what is no field.
pub(super) fn values_of(record: &Value) -> Map<String, Value> {
    let mut values = record.as_object().cloned().unwrap_or_default();
    for own in ["id", "seq", "status", "reasons"] {
        values.remove(own);
    }
    values
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn both_descriptions_make_the_same_fields() {
        let lead = Field::of_lead(&json!({"id": 2, "displayName": "Company Name", "dataType": "string",
            "length": 255, "rest": {"name": "company", "readOnly": false}, "soap": {"name": "Company"}}))
        .unwrap();
        let company = Field::of_company(&json!({"name": "company", "displayName": "Company Name",
            "dataType": "string", "length": 255, "updateable": true}))
        .unwrap();
        assert_eq!(lead, company);
        assert!(lead.writable && lead.length == Some(255));
        assert_eq!(
            Field::of_lead(&json!({"id": 3, "displayName": "x", "soap": {"name": "X"}})),
            None
        );
    }

    #[test]
    fn times_are_read_in_every_spelling() {
        let expected: Timestamp = "2026-09-01T08:00:00Z".parse().unwrap();
        for text in [
            "2026-09-01T08:00:00Z",
            "2026-09-01T08:00:00Z+0000",
            "2026-09-01T01:00:00-07:00",
        ] {
            assert_eq!(moment(&json!(text)), Some(expected), "{text}");
        }
        assert_eq!(moment(&json!("yesterday")), None);
    }

    #[test]
    fn ids_are_numbers() {
        assert_eq!(number("318581"), json!(318_581));
        for other in ["", "dom:acme.com", "1,2", "-1", "1234567890123456789"] {
            assert!(!is_id(other), "{other}");
        }
    }
}
