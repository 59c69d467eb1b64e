//! A made-up lead through the real mapping: every field as the vendor took it, and nothing left behind.

use serde_json::{Value, json};

use crate::support::World;

fn field<'a>(document: &'a Value, object: &str, remote: &str) -> &'a Value {
    document["records"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|record| record["object"] == object)
        .flat_map(|record| record["fields"].as_array().unwrap())
        .find(|field| field["remote"] == remote)
        .unwrap_or_else(|| panic!("no {object}.{remote}: {document}"))
}

fn held(world: &World, kind: &str) -> usize {
    let dump = world.admin("GET", &format!("objects/{kind}"), &json!({}));
    dump["results"]
        .as_array()
        .or(dump.as_array())
        .unwrap_or_else(|| panic!("{dump}"))
        .len()
}

#[test]
fn every_field_is_read_back_and_the_records_are_removed() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let before = (held(&world, "contacts"), held(&world, "companies"));
    let tried = world.json(&["mapping", "try"]);
    assert_eq!(tried["ok"], true, "{tried}");
    let email = field(&tried, "contact", "email");
    assert_eq!(email["taken"], email["sent"]);
    assert!(
        email["sent"]
            .as_str()
            .unwrap()
            .starts_with("mobly-sync-test-")
    );
    assert_eq!(field(&tried, "company", "name")["same"], true);
    for record in tried["records"].as_array().unwrap() {
        assert_eq!(record["removed"], true, "{record}");
    }
    assert_eq!(
        (held(&world, "contacts"), held(&world, "companies")),
        before,
        "nothing is left"
    );
    // It is in history, and no lead of ours.
    let runs = world.json(&["history"]);
    assert_eq!(runs["runs"][0]["command"], "mapping try");
    assert_eq!(world.json(&["reconcile"])["summary"]["total"], 0);
}

#[test]
fn a_field_the_vendor_refuses_is_told_and_the_rest_is_tried_all_the_same() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    world
        .run(&["mapping", "set", "notes", "city", "--object", "contact"])
        .ends(0);
    let rule = json!({"propertyName": "city", "ruleType": "MAX_LENGTH", "ruleArguments": ["3"]});
    world.admin("POST", "rules/contacts", &rule);
    let tried = world.run(&["mapping", "try", "--json"]).ends(3).json();
    assert_eq!(tried["ok"], false);
    let refused = field(&tried, "contact", "city");
    assert!(
        !refused["message"].as_str().unwrap().is_empty(),
        "{refused}"
    );
    assert_eq!(field(&tried, "contact", "firstname")["same"], true);
    let said = world.run(&["mapping", "try"]).ends(3);
    assert!(
        said.err.contains("Sending one test lead to HubSpot") && said.err.contains("REHEARSAL"),
        "{}",
        said.err
    );
}
