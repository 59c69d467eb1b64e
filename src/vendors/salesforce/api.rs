//! Salesforce's wire format: only what we send and read.
//!
//! Every field of an answer is optional: what a user may not see is simply not there.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// The newest version this translator was checked against (Spring '26). An org that is behind answers under its own.
pub(super) const NEWEST: &str = "66.0";

/// `/services/data` (REST API guide, "Versions"): needs no token.
pub(super) const VERSIONS: &str = "/services/data";

/// `/services/data/v66.0/{rest}`.
pub(super) fn path(version: &str, rest: &str) -> String {
    format!("/services/data/v{version}/{rest}")
}

/// The path of a query, as a subrequest of a Composite wants it: blanks as `%20`, everything odd percent-encoded, so that no
/// `@{…}` in a value is taken for a reference to another subrequest.
pub(super) fn query_path(version: &str, resource: &str, soql: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(soql.as_bytes()).collect();
    // A plus in the text is %2B by now, so each one left stands for a blank.
    format!(
        "{}?q={}",
        path(version, resource),
        encoded.replace('+', "%20")
    )
}

/// One version of `GET /services/data`.
#[derive(Debug, Deserialize)]
pub(super) struct Version {
    pub(super) version: String,
}

/// One page of a query.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    #[serde(default)]
    pub(super) records: Vec<Value>,
    #[serde(default)]
    pub(super) next_records_url: Option<String>,
}

/// The answer of a Composite.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CompositeAnswer {
    #[serde(default)]
    pub(super) composite_response: Vec<SubAnswer>,
}

/// The answer to one subrequest.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubAnswer {
    #[serde(default)]
    pub(super) body: Value,
    #[serde(default)]
    pub(super) http_status_code: u16,
    #[serde(default)]
    pub(super) reference_id: String,
}

/// `sobjects/{object}/describe`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Describe {
    pub(super) createable: bool,
    pub(super) updateable: bool,
    /// Whether the user may delete records of it. Not told: nothing is known against it.
    pub(super) deletable: Option<bool>,
    pub(super) queryable: bool,
    pub(super) fields: Vec<Field>,
    pub(super) record_type_infos: Vec<RecordType>,
}

impl Describe {
    /// The field of that name, whatever its case: SOQL does not mind either.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

/// One field of an object.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) length: usize,
    pub(super) precision: usize,
    pub(super) scale: usize,
    pub(super) digits: usize,
    pub(super) nillable: bool,
    pub(super) createable: bool,
    pub(super) updateable: bool,
    pub(super) defaulted_on_create: bool,
    pub(super) filterable: Option<bool>,
    pub(super) unique: bool,
    pub(super) custom: bool,
    pub(super) restricted_picklist: bool,
    pub(super) picklist_values: Vec<PicklistValue>,
    pub(super) reference_to: Vec<String>,
    pub(super) compound_field_name: Option<String>,
}

/// One value of a picklist. `value` is sent, `label` is what people see.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct PicklistValue {
    pub(super) active: bool,
    pub(super) label: Option<String>,
    pub(super) value: String,
}

/// A record type of an object, as far as the user may use it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RecordType {
    pub(super) active: bool,
    pub(super) available: bool,
    pub(super) master: bool,
    pub(super) name: String,
    pub(super) developer_name: Option<String>,
    pub(super) record_type_id: String,
}

/// Text that may arrive as text or as a number; lists and records are none.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => String::new(),
    }
}

/// A literal of SOQL: the backslash first, then what would end or bend it (SOQL guide, "Quoted string escape sequences").
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        match character {
            '\\' => quoted.push_str("\\\\"),
            '\'' => quoted.push_str("\\'"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            other if other.is_control() => {}
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}

/// A point in time as SOQL wants it: unquoted, to the second before (records carry no fractions).
pub(super) fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A date-time of an answer: `2026-11-20T10:00:00.000+0000`.
pub(super) fn time_of(text: &str) -> Option<Timestamp> {
    let zone = text.len().checked_sub(5).and_then(|at| text.get(at..))?;
    let bare = zone.starts_with(['+', '-']) && zone[1..].chars().all(|c| c.is_ascii_digit());
    if bare {
        let (minutes, rest) = (&zone[3..], &text[..text.len() - 2]);
        return format!("{rest}:{minutes}").parse().ok();
    }
    text.parse().ok()
}

/// What two forms of one id share: 15 characters, in which case matters; the last three only repeat it.
pub(super) fn short_id(id: &str) -> &str {
    id.get(..15).unwrap_or(id)
}

/// Whether a text has the form of an id.
pub(super) fn is_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_breaks_out_of_a_literal() {
        assert_eq!(quoted("O'Brien"), r"'O\'Brien'");
        assert_eq!(quoted(r"back\"), r"'back\\'");
        assert_eq!(quoted(r"\' OR Id != '"), r"'\\\' OR Id != \''");
        assert_eq!(quoted("a\nb\u{1}"), r"'a\nb'");
    }

    #[test]
    fn a_value_never_becomes_a_reference_to_another_subrequest() {
        let path = query_path(
            "66.0",
            "query",
            "SELECT Id FROM Lead WHERE Email = '@{q0.id}+1'",
        );
        assert_eq!(
            path,
            "/services/data/v66.0/query?q=SELECT%20Id%20FROM%20Lead%20WHERE%20Email%20%3D%20%27%40%7Bq0.id%7D%2B1%27"
        );
    }

    #[test]
    fn times_are_read_with_and_without_a_colon_in_the_offset() {
        let expected = "2026-11-20T10:00:00Z".parse().ok();
        assert_eq!(time_of("2026-11-20T10:00:00.000+0000"), expected);
        assert_eq!(time_of("2026-11-20T12:00:00.000+0200"), expected);
        assert_eq!(time_of("2026-11-20T10:00:00Z"), expected);
        assert_eq!(time_of(""), None);
    }
}
