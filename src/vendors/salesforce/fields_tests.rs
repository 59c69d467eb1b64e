#![allow(clippy::unwrap_used)]
use super::*;
use crate::vendors::salesforce::{CONTACT, LEAD};

pub(in crate::vendors::salesforce) fn lead() -> ObjectSchema {
    schema(
        LEAD,
        &described(include_str!(
            "../../../tests/fixtures/salesforce/describe-lead.json"
        )),
        None,
    )
}

fn described(fixture: &str) -> Describe {
    let fixture: serde_json::Value = serde_json::from_str(fixture).unwrap();
    serde_json::from_value(fixture["body"].clone()).unwrap()
}

fn field<'a>(schema: &'a ObjectSchema, name: &str) -> &'a RemoteField {
    schema
        .fields
        .iter()
        .find(|field| field.name == name)
        .unwrap()
}

#[test]
fn what_a_new_lead_must_have_is_what_the_org_demands_beyond_the_least() {
    let schema = lead();
    let required: Vec<&str> = schema
        .fields
        .iter()
        .filter(|field| field.required_on_create)
        .map(|field| field.name.as_str())
        .collect();
    // Status and owner have defaults, checkboxes are never blank, and last name and company are the lead's own matter.
    assert_eq!(required, ["Region__c"]);
}

#[test]
fn a_compound_field_is_refused_with_its_parts_named() {
    let schema = lead();
    let name = field(&schema, "Name");
    assert!(!name.writable);
    assert_eq!(name.label, "Full Name (made of LastName, FirstName)");
    let address = field(&schema, "Address");
    assert_eq!(
        (address.kind, address.writable),
        (RemoteKind::Reference, false)
    );
    assert!(
        address.label.contains("City, Country, CountryCode"),
        "{}",
        address.label
    );
    assert!(field(&schema, "LastName").writable);
}

#[test]
fn lists_hold_what_is_active_and_tell_whether_they_are_closed() {
    let schema = lead();
    let values = |name: &str| -> Vec<String> {
        let options = field(&schema, name).options.clone().unwrap();
        options.into_iter().map(|option| option.value).collect()
    };
    assert_eq!(values("Rating"), ["Hot", "Cold"]);
    assert!(field(&schema, "Rating").rules.is_empty());
    assert_eq!(field(&schema, "LeadSource").rules[0].rule, OPEN_LIST);
    // With country picklists on, the name's field takes the names of the list.
    assert_eq!(field(&schema, "Country").kind, RemoteKind::One);
    assert_eq!(values("Country"), ["Germany", "United States"]);
    assert_eq!(values("RecordTypeId"), ["0125e000000AAAAAA1"]);
    assert_eq!(
        field(&schema, "RecordTypeId").options.as_ref().unwrap()[0].label,
        "Trade_Fair"
    );
}

#[test]
fn links_to_other_records_are_not_for_the_mapping_but_an_account_may_be_joined() {
    let fixture = include_str!("../../../tests/fixtures/salesforce/describe-contact.json");
    let contact = schema(CONTACT, &described(fixture), None);
    let account = field(&contact, "AccountId");
    assert_eq!(
        (account.kind, account.writable),
        (RemoteKind::Reference, true)
    );
    assert_eq!(field(&contact, "OwnerId").kind, RemoteKind::User);
    assert!(field(&lead(), "HasOptedOutOfEmail").opt_out);
}
