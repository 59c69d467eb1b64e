//! Pipedrive's fields as the mapping sees them (Pipedrive docs, "Fields", "Custom fields").
//!
//! Metadata and records name some fields differently (`email` and `emails`); the name here is the record's. How a value
//! travels is noted as a rule of the field, so that encoding needs nothing else.

use super::api::{Field, is_hash, text_of};
use super::{ORGANIZATION, PERSON, names};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteOption, RemoteRule};

/// The rule that says how a value travels; its argument is one of [`Form`]'s words.
const FORM: &str = "FORM";

/// How a value travels where it is not just text, a number or a list of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `[{"value", "primary", "label"}]`.
    Contacts,
    /// `{"value"}`.
    Address,
    /// `{"value", "currency"}`.
    Money,
    /// A number without decimals.
    Whole,
}

impl Form {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Contacts, "CONTACTS"),
        (Self::Address, "ADDRESS"),
        (Self::Money, "MONEY"),
        (Self::Whole, "WHOLE"),
    ];

    /// How a field's values travel; `None`: as they are.
    pub(super) fn of(field: &RemoteField) -> Option<Self> {
        let rule = field.rules.iter().find(|rule| rule.rule == FORM)?;
        let word = rule.arguments.first()?;
        let known = Self::ALL.into_iter().find(|(_, known)| known == word)?;
        Some(known.0)
    }

    fn rule(self) -> Option<RemoteRule> {
        let (_, word) = Self::ALL.into_iter().find(|(form, _)| *form == self)?;
        Some(RemoteRule {
            rule: FORM.to_owned(),
            arguments: vec![word.to_owned()],
        })
    }
}

/// Built-in fields that the bodies of v2 take; all others are calculated. Those of contact sync are listed only by companies
/// that use it.
fn is_taken(object: &str, name: &str) -> bool {
    let common = matches!(name, "name" | "owner_id" | "visible_to" | "label_ids");
    let own = match object {
        ORGANIZATION => matches!(
            name,
            "address" | "website" | "linkedin" | "industry" | "annual_revenue" | "employee_count"
        ),
        _ => matches!(
            name,
            "first_name"
                | "last_name"
                | "emails"
                | "phones"
                | "marketing_status"
                | "job_title"
                | "notes"
                | "im"
                | "birthday"
                | "postal_address"
        ),
    };
    common || own
}

/// The name a field has in records.
fn name_in_records(code: &str) -> &str {
    match code {
        "email" => "emails",
        "phone" => "phones",
        "label" | "labels" => "label_ids",
        other => other,
    }
}

/// All fields of an object. `users`: where they were asked for.
pub(super) fn schema(
    object: &'static str,
    fields: &[Field],
    users: Option<&[RemoteOption]>,
) -> ObjectSchema {
    let mut schema = ObjectSchema::default();
    let mut add = |field: RemoteField| {
        if !schema.fields.iter().any(|known| known.name == field.name) {
            schema.fields.push(field);
        }
    };
    for field in fields {
        add(remote_field(object, field, users));
    }
    if object == PERSON {
        for (code, label) in [(names::FIRST, "First name"), (names::LAST, "Last name")] {
            let part = Field {
                field_code: code.to_owned(),
                field_name: Some(label.to_owned()),
                field_type: "varchar".to_owned(),
                ..Field::default()
            };
            add(remote_field(object, &part, None));
        }
    }
    schema
}

/// Whether a field of a record names a user.
pub(super) fn names_user(field: &Field) -> bool {
    field.field_type == "user"
}

/// The name a described field is mapped by.
pub(super) fn name_of(field: &Field) -> &str {
    if field.is_custom_field {
        &field.field_code
    } else {
        name_in_records(&field.field_code)
    }
}

fn remote_field(
    object: &'static str,
    field: &Field,
    users: Option<&[RemoteOption]>,
) -> RemoteField {
    let name = name_of(field);
    let (kind, form) = kind_of(object, field, name);
    let options = match kind {
        RemoteKind::User => users.map(<[RemoteOption]>::to_vec),
        RemoteKind::One | RemoteKind::Many => field.options.as_ref().map(|options| {
            options
                .iter()
                .map(|option| RemoteOption {
                    value: text_of(&option.id),
                    label: option.label.clone().unwrap_or_default(),
                })
                .filter(|option| !option.value.is_empty())
                .collect()
        }),
        _ => None,
    };
    let custom = field.is_custom_field || is_hash(name);
    RemoteField {
        name: name.to_owned(),
        label: field.field_name.clone().unwrap_or_else(|| name.to_owned()),
        max_length: length(field, kind, form),
        options,
        // What an admin made required is required on Pipedrive's own pages alone; of a missing name `lacks` tells.
        required_on_create: false,
        writable: kind != RemoteKind::Reference && (custom || is_taken(object, name)),
        unique: false,
        custom,
        opt_out: false,
        rules: form.and_then(Form::rule).into_iter().collect(),
        kind,
    }
}

fn kind_of(object: &str, field: &Field, name: &str) -> (RemoteKind, Option<Form>) {
    let built_in = !field.is_custom_field;
    let plain = |kind| (kind, None);
    match name {
        "emails" if built_in => return (RemoteKind::Email, Some(Form::Contacts)),
        "phones" if built_in => return (RemoteKind::Phone, Some(Form::Contacts)),
        "im" if built_in => return (RemoteKind::Text, Some(Form::Contacts)),
        "label_ids" if built_in => return plain(RemoteKind::Many),
        "visible_to" | "industry" if built_in => return plain(RemoteKind::One),
        "owner_id" if built_in => return plain(RemoteKind::User),
        "website" | "linkedin" if built_in && object == ORGANIZATION => {
            return plain(RemoteKind::Url);
        }
        "annual_revenue" | "employee_count" if built_in => {
            return (RemoteKind::Number, Some(Form::Whole));
        }
        "notes" if built_in => return plain(RemoteKind::Longtext),
        _ => {}
    }
    match field.field_type.as_str() {
        "varchar" | "varchar_auto" => plain(RemoteKind::Text),
        "text" => plain(RemoteKind::Longtext),
        "phone" => plain(RemoteKind::Phone),
        "double" => plain(RemoteKind::Number),
        "int" => (RemoteKind::Number, Some(Form::Whole)),
        "monetary" => (RemoteKind::Number, Some(Form::Money)),
        "boolean" => plain(RemoteKind::Boolean),
        "enum" | "varchar_options" | "status" => plain(RemoteKind::One),
        "set" => plain(RemoteKind::Many),
        "date" => plain(RemoteKind::Date),
        "address" => (RemoteKind::Text, Some(Form::Address)),
        "user" => plain(RemoteKind::User),
        // Other records, pictures, and spans of time, whose form is not documented for v2.
        _ => plain(RemoteKind::Reference),
    }
}

/// Texts of one line take 255 characters, longer ones 65,535 (Pipedrive docs, "Types of custom fields").
fn length(field: &Field, kind: RemoteKind, form: Option<Form>) -> Option<usize> {
    match (kind, form) {
        (RemoteKind::Longtext, _) if field.field_code == "notes" && !field.is_custom_field => {
            Some(10_000)
        }
        (RemoteKind::Longtext, _) => Some(65_535),
        (_, Some(Form::Address)) => None,
        (RemoteKind::Text | RemoteKind::Phone | RemoteKind::Email | RemoteKind::Url, _) => {
            Some(255)
        }
        _ => None,
    }
}

#[cfg(test)]
#[path = "fields_tests.rs"]
pub(super) mod tests;
