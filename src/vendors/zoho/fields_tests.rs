#![allow(clippy::unwrap_used)]
use super::super::tests::{org, vendor};
use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;

pub(in super::super) async fn lead() -> ObjectSchema {
    let server = org().await;
    let vendor = vendor(&server, Settings::default());
    vendor.describe(LEAD, &[]).await.unwrap()
}

#[tokio::test]
async fn fields_are_what_the_organization_says() {
    let schema = lead().await;
    let kind = |name: &str| schema.field(name).unwrap().kind;
    for (name, expected) in [
        ("Owner", RemoteKind::User),
        ("Last_Name", RemoteKind::Text),
        ("Email", RemoteKind::Email),
        ("Website", RemoteKind::Url),
        ("Lead_Source", RemoteKind::One),
        ("Event_Tags", RemoteKind::Many),
        ("Badge_Number", RemoteKind::Number),
        ("Annual_Revenue", RemoteKind::Number),
        ("Met_On", RemoteKind::Date),
        ("Scanned_At", RemoteKind::Datetime),
        ("Description", RemoteKind::Longtext),
        ("Converted_Contact", RemoteKind::Reference),
        ("Products", RemoteKind::Reference),
    ] {
        assert_eq!(kind(name), expected, "{name}");
    }
    let field = |name: &str| schema.field(name).unwrap();
    assert_eq!(field("First_Name").max_length, Some(40));
    assert_eq!(field("No_of_Employees").max_length, None);
    assert!(field("Mobly_Id").unique && field("Mobly_Id").custom && !field("Email").unique);
    assert!(field("Email_Opt_Out").opt_out);
    for name in ["Created_Time", "Converted__s", "Products"] {
        assert!(!field(name).writable, "{name}");
    }
    assert!(field("First_Source").writable);
}

#[tokio::test]
async fn what_is_sent_is_the_actual_value_of_an_option_in_use() {
    let schema = lead().await;
    let options = schema
        .field("Lead_Source")
        .unwrap()
        .options
        .clone()
        .unwrap();
    let told: Vec<(&str, &str)> = options
        .iter()
        .map(|option| (option.value.as_str(), option.label.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Trade Show", "Trade Show"),
            ("Web", "Web"),
            ("Partner", "Partner (renamed)")
        ]
    );
}

#[tokio::test]
async fn demanded_is_what_the_system_or_every_layout_in_use_demands() {
    let schema = lead().await;
    let demanded: Vec<&str> = schema
        .fields
        .iter()
        .filter(|field| field.required_on_create)
        .map(|field| field.name.as_str())
        .collect();
    // The last name is the lead's own minimum, the owner is filled by Zoho, a mobile number is asked for by one layout alone.
    assert_eq!(demanded, ["Company", "Phone"]);
}

#[tokio::test]
async fn a_contact_is_joined_by_the_field_of_its_account() {
    let server = org().await;
    let vendor = vendor(&server, Settings::default());
    let schema = vendor.describe(CONTACT, &[]).await.unwrap();
    assert!(schema.field("Account_Name").unwrap().writable);
}
