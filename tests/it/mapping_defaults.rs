//! `mapping defaults`: the usual rows, without those that would make leads fail; `clear` and `fields` beside them.

use serde_json::{Value, json};

use crate::mapping_set::rows;
use crate::support::World;
use crate::support::connected::{connected, import};

fn left_out(document: &Value) -> Vec<(String, String)> {
    let rows = document["left_out"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            (
                row["remote"].as_str().unwrap().to_owned(),
                row["command"].as_str().unwrap_or_default().to_owned(),
            )
        })
        .collect()
}

#[test]
fn the_usual_rows_are_set_and_cleared_object_by_object() {
    let world = connected();
    let first = world.json(&["mapping", "defaults", "--object", "company"]);
    assert_eq!(first["set"], 10);
    assert!(rows(&world, "contact").is_empty());
    assert_eq!(world.json(&["mapping", "defaults"])["set"], 14);
    assert_eq!(rows(&world, "contact").len(), 14);
    let again = world.json(&["mapping", "defaults"]);
    assert_eq!(
        (&again["set"], &again["changed"]),
        (&json!(0), &json!(false))
    );

    let cleared = world.json(&["mapping", "clear", "company"]);
    assert_eq!(cleared["changes"].as_array().unwrap().len(), 10);
    assert!(rows(&world, "company").is_empty());
    assert_eq!(
        rows(&world, "contact").len(),
        14,
        "the other object is not touched"
    );
    let said = world.run(&["mapping", "clear", "persona"]).ends(0);
    assert!(
        said.err.contains("no field of a person is filled any more"),
        "{}",
        said.err
    );
    world.run(&["mapping", "revert"]).ends(0);
    assert_eq!(rows(&world, "contact").len(), 14);
}

#[test]
fn a_closed_list_is_left_out_until_every_value_is_an_option() {
    let world = connected();
    import(
        &world,
        "Expo",
        "First Name,Email,Industry\nAnn,ann@acme.com,Software\nBob,bob@acme.com,Banking\n",
    );
    let document = world.json(&["mapping", "defaults"]);
    let (remote, command) = left_out(&document)[0].clone();
    assert_eq!(remote, "industry");
    assert_eq!(
        command,
        "mobly-sync mapping set companyIndustry industry --object company --value Software=COMPUTER_SOFTWARE"
    );
    assert!(
        document["left_out"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("1 of 2 values")
    );
    assert_eq!(
        document["due"], 2,
        "mapping pushes nothing and says what is due"
    );
    assert_eq!(document["next"], "mobly-sync sync");
    assert_eq!(world.stats()["contacts"], 0);

    let fine = connected();
    import(
        &fine,
        "Expo",
        "First Name,Email,Industry\nBob,bob@acme.com,Banking\n",
    );
    let document = fine.json(&["mapping", "defaults"]);
    assert_eq!(document["left_out"], json!([]));
    assert_eq!(rows(&fine, "company").len(), 11);
}

#[test]
fn fields_that_are_gone_or_read_only_are_left_out() {
    let world = connected();
    world.admin(
        "DELETE",
        "properties/contacts/hs_linkedin_url",
        &Value::Null,
    );
    world.admin(
        "POST",
        "properties/contacts",
        &json!({"name": "zip", "label": "Postal Code", "type": "string", "fieldType": "text",
                "modificationMetadata": {"readOnlyValue": true}}),
    );
    let document = world.json(&["mapping", "defaults", "--object", "contact"]);
    assert_eq!(document["set"], 12);
    let names: Vec<String> = left_out(&document)
        .into_iter()
        .map(|(remote, _)| remote)
        .collect();
    assert_eq!(names, ["zip", "hs_linkedin_url"]);
}

#[test]
fn replacing_needs_a_yes_and_leaves_what_is_no_default() {
    let world = connected();
    world.run(&["mapping", "defaults"]).ends(0);
    world
        .run(&[
            "mapping",
            "set",
            "jobTitle",
            "degree",
            "--write",
            "overwrite",
        ])
        .ends(0);
    world
        .run(&["mapping", "set", "--constant", "x", "fax"])
        .ends(0);
    let refused = world
        .run(&["mapping", "defaults", "--replace", "--json"])
        .ends(2)
        .json();
    assert_eq!(refused["error"]["code"], "confirmation_needed");
    assert!(rows(&world, "contact").contains(&"jobTitle → degree (overwrite)".to_owned()));
    world
        .run(&["mapping", "defaults", "--replace", "--yes"])
        .ends(0);
    let now = rows(&world, "contact");
    assert!(
        now.contains(&"jobTitle → jobtitle (if-blank)".to_owned()),
        "{now:?}"
    );
    assert!(now.contains(&"x → fax (create-only)".to_owned()));
    assert_eq!(now.len(), 15);
    world.run(&["mapping", "defaults", "--replace"]).ends(0);
}

#[test]
fn fields_tell_type_length_options_and_what_fills_them() {
    let world = connected();
    world
        .run(&["mapping", "defaults", "--object", "contact"])
        .ends(0);
    let document = world.json(&[
        "mapping",
        "fields",
        "--object",
        "contact",
        "--search",
        "lead status",
    ]);
    let field = &document["objects"][0]["fields"][0];
    assert_eq!(
        (&field["name"], &field["type"]),
        (&json!("hs_lead_status"), &json!("one of a list"))
    );
    assert_eq!(field["options"][0], json!({"value": "NEW", "label": "New"}));
    let document = world.json(&["mapping", "fields", "--search", "email"]);
    let fields = document["objects"][0]["fields"].as_array().unwrap();
    let email = fields
        .iter()
        .find(|field| field["name"] == "email")
        .unwrap();
    assert_eq!(
        (&email["unique"], &email["filled_from"]),
        (&json!(true), &json!(["email"]))
    );
    assert!(
        document["ours"]
            .as_array()
            .unwrap()
            .iter()
            .any(|field| field["field"] == "email")
    );
    let piped = world
        .run(&["mapping", "fields", "--search", "createdate"])
        .ends(0);
    assert!(
        piped
            .out
            .starts_with("contact\tcreatedate\tCreate Date\tdatetime\t\tread-only"),
        "{}",
        piped.out
    );
    assert!(piped.err.contains("custom objects are not supported"));
    assert_eq!(World::new().run(&["mapping", "list"]).status, 4);
}
