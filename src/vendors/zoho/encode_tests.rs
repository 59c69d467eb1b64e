#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::super::fields::tests::lead;
use super::*;

async fn of(name: &str) -> RemoteField {
    lead().await.field(name).unwrap().clone()
}

fn put(field: &RemoteField, text: &str) -> Result<Value, Category> {
    encode(field, &[text.to_owned()], false).map_err(|failure| failure.category)
}

#[tokio::test]
async fn values_have_the_json_type_of_their_field() {
    for (name, text, sent) in [
        ("Last_Name", " Lovelace ", json!("Lovelace")),
        ("No_of_Employees", "1,200", json!(1_200)),
        ("No_of_Employees", "12.0", json!(12)),
        ("Annual_Revenue", "12.5", json!(12.5)),
        // Too long for a number that all of JSON's readers keep.
        (
            "Badge_Number",
            "900719925474099312",
            json!("900719925474099312"),
        ),
        ("Email_Opt_Out", "yes", json!(true)),
        ("Lead_Source", "trade show", json!("Trade Show")),
        ("Lead_Source", "Partner (renamed)", json!("Partner")),
        (
            "Event_Tags",
            "Expo 2026; demo",
            json!(["Expo 2026", "Demo"]),
        ),
        ("Met_On", "2026-11-20T23:30:00Z", json!("2026-11-20")),
        (
            "Scanned_At",
            "2026-11-20T10:00:00.5+02:00",
            json!("2026-11-20T08:00:00+00:00"),
        ),
    ] {
        assert_eq!(put(&of(name).await, text).unwrap(), sent, "{name} {text}");
    }
}

#[tokio::test]
async fn what_zoho_would_refuse_is_refused_here() {
    for (name, text, category) in [
        ("Email", "ada at example", Category::DataFormatValidation),
        ("No_of_Employees", "12.5", Category::DataFormatValidation),
        (
            "No_of_Employees",
            "1234567890",
            Category::DataFormatValidation,
        ),
        ("No_of_Employees", "many", Category::DataFormatValidation),
        ("Email_Opt_Out", "perhaps", Category::DataFormatValidation),
        ("Met_On", "soon", Category::DataFormatValidation),
        ("Lead_Source", "Old", Category::DataValueValidation),
        (
            "Event_Tags",
            "Expo 2026;Expo 2027",
            Category::DataValueValidation,
        ),
        ("Converted_Contact", "7", Category::MissingRemoteField),
    ] {
        assert_eq!(put(&of(name).await, text), Err(category), "{name} {text}");
    }
    let first_name = of("First_Name").await;
    let long = ["é".repeat(41)];
    let refused = encode(&first_name, &long, false).unwrap_err();
    assert_eq!(refused.category, Category::DataTooLong);
    let cut = encode(&first_name, &long, true).unwrap();
    assert_eq!(cut, "é".repeat(40));
}

#[tokio::test]
async fn values_are_the_same_in_more_than_one_writing() {
    for (name, left, right, expected) in [
        (
            "Email",
            json!("Ada@Example.com"),
            json!("ada@example.com"),
            true,
        ),
        ("No_of_Employees", json!(12), json!("12.0"), true),
        ("No_of_Employees", json!(12), json!(13), false),
        (
            "Event_Tags",
            json!(["Demo", "Expo 2026"]),
            json!("Expo 2026;Demo"),
            true,
        ),
        ("Event_Tags", json!(["Demo"]), json!([]), false),
        ("Event_Tags", Value::Null, json!([]), true),
        (
            "Lead_Source",
            json!("Partner (renamed)"),
            json!("Partner"),
            true,
        ),
        ("Email_Opt_Out", Value::Null, json!(false), true),
        (
            "Website",
            json!("https://www.acme.com/"),
            json!("acme.com"),
            true,
        ),
        ("Website", json!("acme.com/de"), json!("acme.com"), false),
        ("Owner", json!({"id": "7", "name": "Ada"}), json!("7"), true),
        (
            "Scanned_At",
            json!("2026-11-20T10:00:00+02:00"),
            json!("2026-11-20T08:00:00Z"),
            true,
        ),
        ("Last_Name", json!("Lee"), json!("lee"), false),
        ("Description", json!("a\r\nb"), json!("a\nb"), true),
    ] {
        let field = of(name).await;
        assert_eq!(
            same(&field, &left, &right),
            expected,
            "{name} {left} {right}"
        );
    }
}

#[tokio::test]
async fn joining_adds_only_what_is_not_there() {
    let tags = of("Event_Tags").await;
    assert_eq!(
        join(&tags, &json!(["Demo"]), &json!(["Expo 2026", "Demo"])),
        Some(json!(["Demo", "Expo 2026"]))
    );
    assert_eq!(join(&tags, &json!(["Demo"]), &json!(["Demo"])), None);
    let text = of("Description").await;
    assert_eq!(
        join(&text, &json!("theirs\r\n"), &json!("ours")),
        Some(json!("theirs\nours"))
    );
    assert_eq!(join(&text, &json!("theirs, ours"), &json!("ours")), None);
}
