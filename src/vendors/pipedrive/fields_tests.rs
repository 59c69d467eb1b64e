#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;
use crate::vendors::pipedrive::tests::HASH;

/// Fields in the form of `personFields`, the description's example among them.
pub(in super::super) fn persons() -> Vec<Field> {
    let fields = json!([
        {"field_name": "Person Name", "field_code": "name", "field_type": "varchar", "is_custom_field": false},
        {"field_name": "Phone", "field_code": "phone", "field_type": "phone", "is_custom_field": false},
        {"field_name": "Email", "field_code": "email", "field_type": "varchar", "is_custom_field": false},
        {"field_name": "Labels", "field_code": "label_ids", "field_type": "set", "options": [
            {"id": 14, "label": "Customer"}, {"id": 15, "label": "Hot lead"}], "is_custom_field": false},
        {"field_name": "Organization", "field_code": "org_id", "field_type": "org", "is_custom_field": false},
        {"field_name": "Owner", "field_code": "owner_id", "field_type": "user", "is_custom_field": false},
        {"field_name": "Created", "field_code": "add_time", "field_type": "date", "is_custom_field": false},
        {"field_name": "Lead Source", "field_code": HASH, "field_type": "enum", "options": [
            {"id": 1, "label": "Inbound"}, {"id": 2, "label": "Outbound"}], "is_custom_field": true},
        {"field_name": "Interests", "field_code": "1".repeat(40), "field_type": "set", "options": [
            {"id": 11, "label": "Robots"}, {"id": 12, "label": "Drones"}, {"id": 13, "label": "Lasers"}], "is_custom_field": true},
        {"field_name": "Notes", "field_code": "2".repeat(40), "field_type": "text", "is_custom_field": true},
        {"field_name": "Budget", "field_code": "3".repeat(40), "field_type": "monetary", "is_custom_field": true},
        {"field_name": "Site", "field_code": "4".repeat(40), "field_type": "address", "is_custom_field": true},
        {"field_name": "Slot", "field_code": "5".repeat(40), "field_type": "timerange", "is_custom_field": true},
        {"field_name": "Met on", "field_code": "6".repeat(40), "field_type": "date", "is_custom_field": true},
        {"field_name": "Seats", "field_code": "7".repeat(40), "field_type": "int", "is_custom_field": true},
        {"field_name": "Booth", "field_code": "8".repeat(40), "field_type": "varchar", "is_custom_field": true}
    ]);
    serde_json::from_value(fields).unwrap()
}

pub(in super::super) fn described(name: &str) -> RemoteField {
    schema(PERSON, &persons(), None)
        .field(name)
        .unwrap()
        .clone()
}

#[test]
fn fields_have_the_names_of_records_and_labels_of_people() {
    let emails = described("emails");
    assert_eq!((emails.kind, emails.writable), (RemoteKind::Email, true));
    assert_eq!(described("phones").kind, RemoteKind::Phone);
    let own = described(HASH);
    assert_eq!(
        (own.label.as_str(), own.kind, own.custom),
        ("Lead Source", RemoteKind::One, true)
    );
    let labels = described("label_ids");
    assert_eq!(
        (labels.kind, labels.options.unwrap()[1].value.as_str()),
        (RemoteKind::Many, "15")
    );
}

#[test]
fn the_parts_of_a_name_are_fields_told_or_not() {
    for name in ["first_name", "last_name", "name"] {
        assert!(described(name).writable, "{name}");
    }
    let mut told = persons();
    told.push(Field {
        field_code: "first_name".into(),
        field_name: Some("Given name".into()),
        field_type: "varchar".into(),
        ..Field::default()
    });
    let schema = schema(PERSON, &told, None);
    let first = schema
        .fields
        .iter()
        .filter(|field| field.name == "first_name");
    assert_eq!(
        first.map(|field| field.label.as_str()).collect::<Vec<_>>(),
        ["Given name"]
    );
}

#[test]
fn what_no_body_takes_is_read_only() {
    for name in ["add_time", "org_id"] {
        assert!(!described(name).writable, "{name}");
    }
    assert!(
        !described(&"5".repeat(40)).writable,
        "its form is not documented"
    );
    // No company without contact sync has it.
    assert!(
        schema(PERSON, &persons(), None)
            .field("job_title")
            .is_none()
    );
    let synced: Vec<Field> = serde_json::from_value(json!([
        {"field_name": "Job title", "field_code": "job_title", "field_type": "varchar"}]))
    .unwrap();
    assert!(
        schema(PERSON, &synced, None)
            .field("job_title")
            .unwrap()
            .writable
    );
}

#[test]
fn lengths_are_those_of_the_types() {
    assert_eq!(described("name").max_length, Some(255));
    assert_eq!(described(&"8".repeat(40)).max_length, Some(255));
    assert_eq!(described(&"2".repeat(40)).max_length, Some(65_535));
    assert_eq!(described(HASH).max_length, None);
}

#[test]
fn organizations_have_fields_of_their_own() {
    let fields: Vec<Field> = serde_json::from_value(json!([
        {"field_name": "Website", "field_code": "website", "field_type": "varchar"},
        {"field_name": "Industry", "field_code": "industry", "field_type": "enum", "options": [{"id": 2, "label": "Banking"}]},
        {"field_name": "Employees", "field_code": "employee_count", "field_type": "int"},
        {"field_name": "Address", "field_code": "address", "field_type": "address"},
        {"field_name": "People", "field_code": "people_count", "field_type": "int"}])).unwrap();
    let schema = schema(ORGANIZATION, &fields, None);
    let kind = |name: &str| schema.field(name).map(|field| (field.kind, field.writable));
    assert_eq!(kind("website"), Some((RemoteKind::Url, true)));
    assert_eq!(kind("industry"), Some((RemoteKind::One, true)));
    assert_eq!(kind("employee_count"), Some((RemoteKind::Number, true)));
    assert_eq!(kind("address"), Some((RemoteKind::Text, true)));
    assert_eq!(kind("people_count"), Some((RemoteKind::Number, false)));
    assert_eq!(kind("first_name"), None);
}
