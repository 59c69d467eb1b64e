//! The standard properties every portal has, as far as a lead tool may meet them.

mod activities;
mod companies;
mod contacts;
mod industries;

use super::object_type::ObjectType;
use super::property::Property;

pub(super) fn standard_properties(kind: ObjectType) -> Vec<Property> {
    match kind {
        ObjectType::Contact => contacts::properties(),
        ObjectType::Company => companies::properties(),
        ObjectType::Note => activities::note_properties(),
        ObjectType::Task => activities::task_properties(),
    }
}

/// In the order in which a record may move; HubSpot only lets it move forward.
pub(super) const LIFECYCLE_STAGES: [(&str, &str); 8] = [
    ("Subscriber", "subscriber"),
    ("Lead", "lead"),
    ("Marketing Qualified Lead", "marketingqualifiedlead"),
    ("Sales Qualified Lead", "salesqualifiedlead"),
    ("Opportunity", "opportunity"),
    ("Customer", "customer"),
    ("Evangelist", "evangelist"),
    ("Other", "other"),
];

const YES_NO: [(&str, &str); 2] = [("Yes", "true"), ("No", "false")];

fn text(name: &str, label: &str) -> Property {
    Property::standard(name, label, "string", "text")
}

fn long_text(name: &str, label: &str) -> Property {
    Property::standard(name, label, "string", "textarea")
}

fn number(name: &str, label: &str) -> Property {
    Property::standard(name, label, "number", "number")
}

fn datetime(name: &str, label: &str) -> Property {
    Property::standard(name, label, "datetime", "date")
}

fn boolean(name: &str, label: &str) -> Property {
    Property::standard(name, label, "bool", "booleancheckbox").with_options(YES_NO)
}

/// HubSpot's own select whose options customers may change.
fn open_select<'a>(
    name: &str,
    label: &str,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Property {
    Property::standard(name, label, "enumeration", "select").with_options(options)
}

/// HubSpot's own select with options that nobody may change.
fn fixed_select<'a>(
    name: &str,
    label: &str,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Property {
    let mut property = open_select(name, label, options);
    property.read_only_options = true;
    property
}

fn in_group(group: &str, properties: Vec<Property>) -> impl Iterator<Item = Property> {
    properties.into_iter().map(move |property| Property {
        group: group.to_owned(),
        ..property
    })
}
