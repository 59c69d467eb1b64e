//! Marketo's fields as the mapping sees them (Adobe docs, "Leads: describe", "Companies: describe").
//!
//! There are no picklists: what a form restricts, the API does not.

use super::LEAD;
use super::api::Field;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteRule};

/// At most so many bytes of UTF-8.
pub(super) const BYTES: &str = "BYTES";
/// No decimals.
pub(super) const WHOLE_NUMBER: &str = "WHOLE_NUMBER";
/// Letters, digits and signs of ASCII alone.
pub(super) const ASCII: &str = "ASCII";

/// What a text area holds, in bytes, where its description does not tell.
const TEXT_BYTES: usize = 30_000;
/// What any other text holds, in characters, where its description does not tell.
const STRING: usize = 255;

/// Fields that say that somebody does not want to hear from us.
const OPT_OUT: &[&str] = &[
    "unsubscribed",
    "doNotCall",
    "marketingSuspended",
    "blackListed",
    "emailInvalid",
];

/// All fields of an object.
pub(super) fn schema(object: &'static str, fields: &[Field]) -> ObjectSchema {
    ObjectSchema {
        fields: fields
            .iter()
            .map(|field| remote_field(object, field))
            .collect(),
    }
}

fn remote_field(object: &'static str, field: &Field) -> RemoteField {
    let kind = kind_of(&field.data_type);
    let is_text = matches!(
        kind,
        RemoteKind::Text | RemoteKind::Email | RemoteKind::Phone | RemoteKind::Url
    );
    RemoteField {
        name: field.name.clone(),
        label: if field.label.is_empty() {
            field.name.clone()
        } else {
            field.label.clone()
        },
        max_length: is_text.then(|| field.length.unwrap_or(STRING)),
        options: None,
        // What a new lead needs beside its address, no description tells.
        required_on_create: false,
        writable: field.writable && kind != RemoteKind::Reference && field.name != "id",
        unique: object == LEAD && field.name == "email",
        // Neither description tells; only the schema's, which needs another permission.
        custom: false,
        opt_out: OPT_OUT
            .iter()
            .any(|name| field.name.eq_ignore_ascii_case(name)),
        rules: rules(field, kind),
        kind,
    }
}

pub(super) fn kind_of(data_type: &str) -> RemoteKind {
    match data_type {
        "text" | "textarea" | "html" => RemoteKind::Longtext,
        "email" => RemoteKind::Email,
        "phone" => RemoteKind::Phone,
        "url" => RemoteKind::Url,
        "integer" | "score" | "float" | "percent" | "currency" | "double" => RemoteKind::Number,
        "boolean" => RemoteKind::Boolean,
        "date" => RemoteKind::Date,
        "datetime" => RemoteKind::Datetime,
        "reference" | "formula" | "lead_function" => RemoteKind::Reference,
        _ => RemoteKind::Text,
    }
}

fn rules(field: &Field, kind: RemoteKind) -> Vec<RemoteRule> {
    let rule = |rule: &str, arguments: Vec<String>| RemoteRule {
        rule: rule.to_owned(),
        arguments,
    };
    match kind {
        RemoteKind::Longtext => {
            let bytes = field.length.unwrap_or(TEXT_BYTES);
            vec![rule(BYTES, vec![bytes.to_string()])]
        }
        RemoteKind::Number if matches!(field.data_type.as_str(), "integer" | "score") => {
            vec![rule(WHOLE_NUMBER, Vec::new())]
        }
        RemoteKind::Email => vec![rule(ASCII, Vec::new())],
        _ => Vec::new(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    pub(in super::super) fn told(name: &str, data_type: &str, length: Option<usize>) -> Field {
        Field {
            name: name.to_owned(),
            label: name.to_owned(),
            data_type: data_type.to_owned(),
            length,
            writable: true,
        }
    }

    pub(in super::super) fn remote(
        name: &str,
        data_type: &str,
        length: Option<usize>,
    ) -> RemoteField {
        remote_field(LEAD, &told(name, data_type, length))
    }

    #[test]
    fn text_is_measured_as_marketo_measures_it() {
        assert_eq!(remote("company", "string", Some(255)).max_length, Some(255));
        assert_eq!(remote("site", "string", None).max_length, Some(255));
        let notes = remote("notes", "text", None);
        assert_eq!(notes.kind, RemoteKind::Longtext);
        assert_eq!(notes.max_length, None);
        assert_eq!(notes.rules[0].rule, BYTES);
        assert_eq!(notes.rules[0].arguments, ["30000"]);
        assert_eq!(remote("age", "integer", None).max_length, None);
    }

    #[test]
    fn what_marketo_computes_is_not_written() {
        assert!(!remote("fullName", "formula", None).writable);
        let mut fixed = told("createdAt", "datetime", None);
        fixed.writable = false;
        assert!(!remote_field(LEAD, &fixed).writable);
        assert!(remote("leadScore", "score", None).writable);
    }

    #[test]
    fn consent_is_never_taken_back() {
        for name in ["unsubscribed", "doNotCall", "emailInvalid"] {
            assert!(remote(name, "boolean", None).opt_out, "{name}");
        }
        assert!(!remote("isCustomer", "boolean", None).opt_out);
    }
}
