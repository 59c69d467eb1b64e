#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;

fn property(definition: Value) -> RemoteField {
    field(serde_json::from_value(definition).unwrap(), &[], None)
}

fn of_kind(kind: &str, field_type: &str) -> RemoteField {
    property(
        json!({"name": "x", "label": "X", "type": kind, "fieldType": field_type,
        "options": [{"label": "Computer Software", "value": "COMPUTER_SOFTWARE"}, {"label": "Demo", "value": "demo"}]}),
    )
}

fn sent(field: &RemoteField, text: &str) -> Result<String, Category> {
    encode(field, &[text.to_owned()], false)
        .map(|value| text_of(&value))
        .map_err(|failure| failure.category)
}

#[test]
fn kinds_are_read_from_type_and_field_type() {
    assert_eq!(of_kind("enumeration", "checkbox").kind, RemoteKind::Many);
    assert_eq!(of_kind("enumeration", "select").kind, RemoteKind::One);
    assert_eq!(
        of_kind("enumeration", "booleancheckbox").kind,
        RemoteKind::Boolean
    );
    assert_eq!(of_kind("string", "textarea").kind, RemoteKind::Longtext);
    let owner = property(
        json!({"name": "hubspot_owner_id", "type": "enumeration", "fieldType": "select", "referencedObjectType": "OWNER"}),
    );
    assert_eq!(owner.kind, RemoteKind::User);
    assert_eq!(
        property(json!({"name": "email", "type": "string"})).kind,
        RemoteKind::Email
    );
}

#[test]
fn what_cannot_be_written_is_known_beforehand() {
    assert!(!property(json!({"name": "x", "calculated": true})).writable);
    assert!(
        !property(json!({"name": "x", "modificationMetadata": {"readOnlyValue": true}})).writable
    );
    assert!(property(json!({"name": "x"})).writable);
}

#[test]
fn an_option_list_kept_elsewhere_is_not_checked_here() {
    let field = property(
        json!({"name": "stage", "type": "enumeration", "fieldType": "select", "externalOptions": true, "options": []}),
    );
    assert_eq!(sent(&field, "anything").unwrap(), "anything");
}

#[test]
fn options_are_found_by_value_or_label_and_nothing_else() {
    let field = of_kind("enumeration", "select");
    assert_eq!(
        sent(&field, "COMPUTER_SOFTWARE").unwrap(),
        "COMPUTER_SOFTWARE"
    );
    assert_eq!(
        sent(&field, " computer software ").unwrap(),
        "COMPUTER_SOFTWARE"
    );
    assert_eq!(sent(&field, "Software"), Err(Category::DataValueValidation));
    let many = of_kind("enumeration", "checkbox");
    assert_eq!(
        sent(&many, "demo; Computer Software;demo").unwrap(),
        "demo;COMPUTER_SOFTWARE"
    );
}

#[test]
fn forms_are_checked_as_hubspot_documents_them() {
    let number = of_kind("number", "number");
    assert_eq!(sent(&number, "1,200").unwrap(), "1200");
    assert_eq!(sent(&number, "-3.5").unwrap(), "-3.5");
    assert_eq!(sent(&number, "51-200"), Err(Category::DataFormatValidation));
    assert_eq!(sent(&number, "1,20"), Err(Category::DataFormatValidation));
    let date = of_kind("date", "date");
    assert_eq!(sent(&date, "2026-11-17T09:00:00Z").unwrap(), "2026-11-17");
    assert_eq!(
        sent(&date, "17.11.2026"),
        Err(Category::DataFormatValidation)
    );
    let time = of_kind("datetime", "date");
    assert_eq!(
        sent(&time, "2026-11-17T09:00:00.123456Z").unwrap(),
        "2026-11-17T09:00:00.123Z"
    );
    let email = property(json!({"name": "email", "type": "string"}));
    assert_eq!(
        sent(&email, "broken@@x"),
        Err(Category::DataFormatValidation)
    );
    let flag = of_kind("bool", "booleancheckbox");
    assert_eq!(sent(&flag, "Yes").unwrap(), "true");
}

#[test]
fn lengths_are_those_of_the_property_and_of_the_admins_rule() {
    let rules: Vec<PropertyRules> = serde_json::from_value(json!([{"propertyName": "jobtitle",
        "propertyValidationRules": [{"ruleType": "MAX_LENGTH", "ruleArguments": ["10"]}]}]))
    .unwrap();
    let field = field(
        serde_json::from_value(json!({"name": "jobtitle", "type": "string"})).unwrap(),
        &rules,
        None,
    );
    assert_eq!(sent(&field, "12345678901"), Err(Category::DataTooLong));
    assert_eq!(
        text_of(&encode(&field, &["12345678901".into()], true).unwrap()),
        "1234567890"
    );
    let text = of_kind("string", "text");
    assert_eq!(sent(&text, &"x".repeat(65_537)), Err(Category::DataTooLong));
}

#[test]
fn an_owner_is_named_by_address() {
    let owners = [RemoteOption {
        value: "41".into(),
        label: "rep@acme.com".into(),
    }];
    let definition =
        json!({"name": "hubspot_owner_id", "type": "enumeration", "referencedObjectType": "OWNER"});
    let field = field(
        serde_json::from_value(definition).unwrap(),
        &[],
        Some(&owners),
    );
    assert_eq!(sent(&field, "Rep@Acme.com").unwrap(), "41");
    assert_eq!(
        sent(&field, "who@acme.com"),
        Err(Category::DataValueValidation)
    );
}

#[test]
fn values_are_compared_in_hubspots_own_form() {
    let same =
        |field: &RemoteField, left: &str, right: &str| same(field, &json!(left), &json!(right));
    assert!(same(&of_kind("number", "number"), "5", "5.0"));
    assert!(same(&of_kind("enumeration", "checkbox"), "a;b", "b; a"));
    assert!(same(
        &of_kind("datetime", "date"),
        "2026-11-17T09:00:00Z",
        "1794906000000"
    ));
    assert!(same(
        &property(json!({"name": "email", "type": "string"})),
        "Ana@acme.com",
        "ana@ACME.com"
    ));
    assert!(same(
        &property(json!({"name": "domain", "type": "string"})),
        "https://www.acme.com/",
        "acme.com"
    ));
    assert!(!same(&of_kind("string", "text"), "a", "A"));
}

#[test]
fn appending_adds_only_what_is_not_there() {
    let many = of_kind("enumeration", "checkbox");
    assert_eq!(
        join(&many, &json!("a;b"), &json!("b;c")),
        Some(json!("a;b;c"))
    );
    assert_eq!(join(&many, &json!("a;b"), &json!("b")), None);
    let notes = of_kind("string", "textarea");
    assert_eq!(
        join(&notes, &json!("old"), &json!("new")),
        Some(json!("old\nnew"))
    );
    assert_eq!(join(&notes, &json!("old\nnew"), &json!("new")), None);
}
