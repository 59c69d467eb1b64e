//! Salesforce's fields as the mapping sees them (REST API guide, "sObject Describe").

use super::api::{Describe, Field, PicklistValue, RecordType};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteOption, RemoteRule};

/// A list whose options are a suggestion: other values are stored too.
pub(super) const OPEN_LIST: &str = "OPEN_LIST";
/// At most so many digits before the decimal point.
pub(super) const WHOLE_DIGITS: &str = "WHOLE_DIGITS";
/// No decimals.
pub(super) const WHOLE_NUMBER: &str = "WHOLE_NUMBER";

/// Fields whose absence on a lead is the lead's fault, not the set-up's: `lacks` tells it.
const LEAD_OWN: &[(&str, &str)] = &[
    (super::LEAD, "LastName"),
    (super::LEAD, "Company"),
    (super::CONTACT, "LastName"),
    (super::ACCOUNT, "Name"),
];

/// All fields of an object. `owners` are the users and queues, where they were asked for.
pub(super) fn schema(
    object: &'static str,
    described: &Describe,
    owners: Option<&[RemoteOption]>,
) -> ObjectSchema {
    ObjectSchema {
        fields: described
            .fields
            .iter()
            .map(|field| remote_field(object, described, field, owners))
            .collect(),
    }
}

/// Whether a field names a user.
pub(super) fn names_user(field: &Field) -> bool {
    field.kind == "reference" && field.reference_to.iter().any(|target| target == "User")
}

fn remote_field(
    object: &'static str,
    described: &Describe,
    field: &Field,
    owners: Option<&[RemoteOption]>,
) -> RemoteField {
    let place = place_list(described, field);
    let kind = if place.is_some() {
        RemoteKind::One
    } else {
        kind_of(field)
    };
    let writable = (field.createable || field.updateable) && kind != RemoteKind::Reference
        || field.name == "AccountId";
    let text = matches!(
        kind,
        RemoteKind::Text
            | RemoteKind::Longtext
            | RemoteKind::Email
            | RemoteKind::Phone
            | RemoteKind::Url
    );
    let parts = parts_of(described, field);
    let label = if parts.is_empty() || field.createable || field.updateable {
        field.label.clone()
    } else {
        format!("{} (made of {})", field.label, parts.join(", "))
    };
    let options = match kind {
        RemoteKind::User => owners.map(<[RemoteOption]>::to_vec),
        _ if field.name == "RecordTypeId" => Some(record_types(&described.record_type_infos)),
        RemoteKind::One | RemoteKind::Many => {
            Some(place.unwrap_or_else(|| picklist(&field.picklist_values)))
        }
        _ => None,
    };
    let own = LEAD_OWN.contains(&(object, field.name.as_str()));
    RemoteField {
        name: field.name.clone(),
        label,
        max_length: (text && field.length > 0).then_some(field.length),
        options,
        required_on_create: field.createable
            && !field.nillable
            && !field.defaulted_on_create
            && field.kind != "boolean"
            && !own,
        writable,
        unique: field.unique,
        custom: field.custom,
        opt_out: matches!(
            field.name.as_str(),
            "HasOptedOutOfEmail" | "HasOptedOutOfFax" | "DoNotCall"
        ),
        rules: rules(field),
        kind,
    }
}

fn kind_of(field: &Field) -> RemoteKind {
    match field.kind.as_str() {
        "textarea" => RemoteKind::Longtext,
        "email" => RemoteKind::Email,
        "phone" => RemoteKind::Phone,
        "url" => RemoteKind::Url,
        "picklist" => RemoteKind::One,
        "multipicklist" => RemoteKind::Many,
        "boolean" => RemoteKind::Boolean,
        "int" | "long" | "double" | "currency" | "percent" => RemoteKind::Number,
        "date" => RemoteKind::Date,
        "datetime" => RemoteKind::Datetime,
        "reference" if field.name == "RecordTypeId" => RemoteKind::One,
        "reference" if names_user(field) => RemoteKind::User,
        // Compound addresses and places are written by their parts, files and ids not at all.
        "reference" | "id" | "address" | "location" | "base64" | "anyType" => RemoteKind::Reference,
        _ => RemoteKind::Text,
    }
}

fn rules(field: &Field) -> Vec<RemoteRule> {
    let rule = |rule: &str, argument: Option<String>| RemoteRule {
        rule: rule.to_owned(),
        arguments: argument.into_iter().collect(),
    };
    match field.kind.as_str() {
        "picklist" | "multipicklist" if !field.restricted_picklist => vec![rule(OPEN_LIST, None)],
        "int" | "long" => {
            let digits = (field.digits > 0).then(|| field.digits.to_string());
            let whole = rule(WHOLE_NUMBER, None);
            std::iter::once(whole)
                .chain(digits.map(|digits| rule(WHOLE_DIGITS, Some(digits))))
                .collect()
        }
        "double" | "currency" | "percent" if field.precision > field.scale => {
            let digits = field.precision - field.scale;
            vec![rule(WHOLE_DIGITS, Some(digits.to_string()))]
        }
        _ => Vec::new(),
    }
}

fn picklist(values: &[PicklistValue]) -> Vec<RemoteOption> {
    values
        .iter()
        .filter(|value| value.active)
        .map(|value| RemoteOption {
            value: value.value.clone(),
            label: value.label.clone().unwrap_or_else(|| value.value.clone()),
        })
        .collect()
}

/// The user's record types, by the name that stays when somebody translates or renames them.
fn record_types(types: &[RecordType]) -> Vec<RemoteOption> {
    types
        .iter()
        .filter(|kind| kind.available && kind.active && !kind.master)
        .map(|kind| RemoteOption {
            value: kind.record_type_id.clone(),
            label: kind
                .developer_name
                .clone()
                .unwrap_or_else(|| kind.name.clone()),
        })
        .collect()
}

/// With state and country picklists on, `Country` takes the labels of `CountryCode` (Salesforce Help, "State and Country
/// Picklists"); the codes are understood too.
fn place_list(described: &Describe, field: &Field) -> Option<Vec<RemoteOption>> {
    let place = field.name.ends_with("State") || field.name.ends_with("Country");
    if !place || field.custom {
        return None;
    }
    let codes = described.field(&format!("{}Code", field.name))?;
    let options: Vec<RemoteOption> = codes
        .picklist_values
        .iter()
        .filter(|value| value.active)
        .map(|value| RemoteOption {
            value: value.label.clone().unwrap_or_else(|| value.value.clone()),
            label: value.value.clone(),
        })
        .collect();
    (!options.is_empty()).then_some(options)
}

/// The parts a compound field is made of.
fn parts_of<'a>(described: &'a Describe, field: &Field) -> Vec<&'a str> {
    described
        .fields
        .iter()
        .filter(|part| {
            part.compound_field_name.as_deref() == Some(&field.name) && part.name != field.name
        })
        .map(|part| part.name.as_str())
        .collect()
}

#[cfg(test)]
#[path = "fields_tests.rs"]
pub(super) mod tests;
