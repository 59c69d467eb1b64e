//! Zoho's wire format: only what we send and read (CRM API v8).
//!
//! Every field of an answer is optional: what a profile hides is simply not there.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// `/crm/v8/{rest}`.
pub(super) fn path(rest: &str) -> String {
    format!("/crm/v8/{rest}")
}

/// `settings/fields` of a module.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FieldsAnswer {
    pub(super) fields: Vec<Field>,
}

/// One field of a module.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Field {
    pub(super) api_name: String,
    pub(super) field_label: Option<String>,
    pub(super) data_type: String,
    pub(super) json_type: Option<String>,
    pub(super) length: Option<usize>,
    pub(super) system_mandatory: bool,
    pub(super) custom_field: bool,
    pub(super) read_only: bool,
    pub(super) field_read_only: bool,
    /// An object, empty where values may repeat.
    pub(super) unique: Value,
    pub(super) operation_type: Option<Operations>,
    pub(super) pick_list_values: Vec<PickValue>,
    /// Some layout in use asks for it; filled from the layouts, told by no answer about fields.
    #[serde(skip)]
    pub(super) asked_for: bool,
}

/// What the API may do with a field.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(default)]
pub(super) struct Operations {
    pub(super) api_create: bool,
    pub(super) api_update: bool,
}

/// One value of a picklist: `actual_value` is sent, `display_value` is what people see.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct PickValue {
    pub(super) display_value: Option<String>,
    pub(super) actual_value: Option<String>,
    #[serde(rename = "type")]
    pub(super) usage: Option<String>,
}

/// `settings/layouts` of a module.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LayoutsAnswer {
    pub(super) layouts: Vec<Layout>,
}

/// One layout, as far as it makes fields mandatory.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Layout {
    pub(super) status: Value,
    pub(super) sections: Vec<Section>,
}

/// One section of a layout.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Section {
    pub(super) fields: Vec<LayoutField>,
}

/// One field of a layout.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LayoutField {
    pub(super) api_name: String,
    pub(super) required: bool,
}

impl Field {
    /// Whether a new record takes it.
    pub(super) fn creatable(&self) -> bool {
        !self.is_fixed() && self.operation_type.is_none_or(|may| may.api_create)
    }

    /// Whether a record that is there takes it.
    pub(super) fn updatable(&self) -> bool {
        !self.is_fixed() && self.operation_type.is_none_or(|may| may.api_update)
    }

    fn is_fixed(&self) -> bool {
        self.read_only || self.field_read_only
    }

    /// Whether values are records of their own, sent as `{"id": …}`.
    pub(super) fn is_lookup(&self) -> bool {
        self.json_type.as_deref() == Some("jsonobject") || self.data_type.ends_with("lookup")
    }
}

/// The field of that name, whatever its case.
pub(super) fn field<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    fields
        .iter()
        .find(|field| field.api_name.eq_ignore_ascii_case(name))
}

/// Text that may arrive as text, as a number or as a record; of a record its id. Lists are none.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Object(record) => record.get("id").map(text_of).unwrap_or_default(),
        _ => String::new(),
    }
}

/// A literal of COQL: the backslash first, then the quote that would end it (COQL limitations). Control characters are no
/// part of any key.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        match character {
            '\\' => quoted.push_str("\\\\"),
            '\'' => quoted.push_str("\\'"),
            other if other.is_control() => {}
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}

/// A point in time as Zoho writes it, with an offset and without fractions.
pub(super) fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// Whether a text has the form of a record's id.
pub(super) fn is_id(text: &str) -> bool {
    (1..=25).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Names go into queries and addresses unquoted, so nothing but a name may pass.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_breaks_out_of_a_literal() {
        assert_eq!(quoted("O'Brien"), r"'O\'Brien'");
        assert_eq!(quoted(r"back\"), r"'back\\'");
        assert_eq!(
            quoted(r"\') or (Email like '%"),
            r"'\\\') or (Email like \'%'"
        );
        assert_eq!(quoted("a\nb\u{1}"), "'ab'");
    }

    #[test]
    fn only_digits_are_an_id_and_only_words_a_name() {
        assert!(is_id("724445000000424003"));
        for other in ["", "72444x", "1,2", "00Q5e000001AAAAAA1"] {
            assert!(!is_id(other), "{other}");
        }
        assert!(is_name("Converted__s"));
        for other in ["", "a b", "x)", "1st", "$id"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
