//! Zoho's fields as the mapping sees them (Zoho docs, "Fields metadata").

use super::api::{Field, PickValue};
use super::{ACCOUNT, ACCOUNT_NAME, CONTACT, LEAD};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteOption, RemoteRule};

/// At most so many digits before the decimal point.
pub(super) const WHOLE_DIGITS: &str = "WHOLE_DIGITS";
/// No decimals.
pub(super) const WHOLE_NUMBER: &str = "WHOLE_NUMBER";
/// A number that travels as text, because it may be longer than JSON numbers are.
pub(super) const AS_TEXT: &str = "AS_TEXT";

/// Fields whose absence is the lead's fault, not the set-up's: `lacks` tells it.
const OWN: &[(&str, &str)] = &[
    (LEAD, "Last_Name"),
    (CONTACT, "Last_Name"),
    (ACCOUNT, "Account_Name"),
];

/// All fields of an object. `owners` are the users, where they were asked for.
pub(super) fn schema(
    object: &'static str,
    fields: &[Field],
    owners: Option<&[RemoteOption]>,
) -> ObjectSchema {
    ObjectSchema {
        fields: fields
            .iter()
            .map(|field| remote_field(object, field, owners))
            .collect(),
    }
}

/// Whether a field names a user.
pub(super) fn names_user(field: &Field) -> bool {
    matches!(field.data_type.as_str(), "ownerlookup" | "userlookup")
}

fn remote_field(
    object: &'static str,
    field: &Field,
    owners: Option<&[RemoteOption]>,
) -> RemoteField {
    let kind = kind_of(field);
    let joins = object == CONTACT && field.api_name == ACCOUNT_NAME;
    let text = matches!(
        kind,
        RemoteKind::Text
            | RemoteKind::Longtext
            | RemoteKind::Email
            | RemoteKind::Phone
            | RemoteKind::Url
    );
    let options = match kind {
        RemoteKind::User => owners.map(<[RemoteOption]>::to_vec),
        RemoteKind::One | RemoteKind::Many => Some(options(&field.pick_list_values)),
        _ => None,
    };
    let taken = field.creatable() || field.updatable();
    let own = OWN.contains(&(object, field.api_name.as_str()));
    RemoteField {
        name: field.api_name.clone(),
        label: field
            .field_label
            .clone()
            .unwrap_or_else(|| field.api_name.clone()),
        max_length: field.length.filter(|length| text && *length > 0),
        options,
        required_on_create: (field.system_mandatory || field.asked_for)
            && field.creatable()
            && kind != RemoteKind::Boolean
            // Zoho fills it with the user who is signed in.
            && field.data_type != "ownerlookup"
            && !own,
        writable: taken && (kind != RemoteKind::Reference || joins),
        unique: !field.unique["casesensitive"].is_null(),
        custom: field.custom_field,
        opt_out: field.api_name.ends_with("Opt_Out"),
        rules: rules(field, kind),
        kind,
    }
}

fn kind_of(field: &Field) -> RemoteKind {
    match field.data_type.as_str() {
        "textarea" => RemoteKind::Longtext,
        "email" => RemoteKind::Email,
        "phone" => RemoteKind::Phone,
        "website" => RemoteKind::Url,
        "picklist" => RemoteKind::One,
        "multiselectpicklist" => RemoteKind::Many,
        "boolean" => RemoteKind::Boolean,
        "integer" | "bigint" | "double" | "currency" | "percent" => RemoteKind::Number,
        "date" => RemoteKind::Date,
        "datetime" => RemoteKind::Datetime,
        _ if names_user(field) => RemoteKind::User,
        _ if field.is_lookup() => RemoteKind::Reference,
        // Tables, files and several records at once are written in ways of their own.
        _ if field.json_type.as_deref() == Some("jsonarray") => RemoteKind::Reference,
        "fileupload" | "imageupload" | "profileimage" => RemoteKind::Reference,
        _ => RemoteKind::Text,
    }
}

fn rules(field: &Field, kind: RemoteKind) -> Vec<RemoteRule> {
    let rule = |rule: &str, arguments: Vec<String>| RemoteRule {
        rule: rule.to_owned(),
        arguments,
    };
    let mut rules = Vec::new();
    if kind != RemoteKind::Number {
        return rules;
    }
    if field.json_type.as_deref() == Some("string") {
        rules.push(rule(AS_TEXT, Vec::new()));
    }
    if matches!(field.data_type.as_str(), "integer" | "bigint") {
        rules.push(rule(WHOLE_NUMBER, Vec::new()));
        let digits = field.length.filter(|digits| *digits > 0);
        rules.extend(digits.map(|digits| rule(WHOLE_DIGITS, vec![digits.to_string()])));
    }
    rules
}

/// What may be sent. `-None-` stands for no value, and values that were taken out of use stay listed as unused.
fn options(values: &[PickValue]) -> Vec<RemoteOption> {
    values
        .iter()
        .filter(|value| value.usage.as_deref() != Some("unused"))
        .filter_map(|value| {
            let shown = value.display_value.as_ref();
            let sent = value.actual_value.as_ref().or(shown)?;
            (sent != "-None-").then(|| RemoteOption {
                value: sent.clone(),
                label: shown.unwrap_or(sent).clone(),
            })
        })
        .collect()
}

#[cfg(test)]
#[path = "fields_tests.rs"]
pub(super) mod tests;
