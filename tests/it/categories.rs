//! One lead each in the categories people meet, the repair the board names, and what the retry makes of it.

use serde_json::{Value, json};

use crate::support::{CANARY, World};

fn world() -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    world
}

fn import(world: &World, rows: &str) {
    let file = world.file(
        "people.csv",
        format!("First Name,Last Name,Email,Job Title,Shirt,Company,Website,Industry\n{rows}"),
    );
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
}

fn push(world: &World) -> Value {
    world.run(&["sync-event", "Expo", "--json"]).json()
}

fn retry(world: &World, category: &str) -> Value {
    world
        .run(&["reconcile", "--category", category, "--retry", "--json"])
        .json()["retry"]
        .clone()
}

fn failed(world: &World) -> Vec<String> {
    let board = world.json(&["reconcile"]);
    let groups = board["failed"].as_array().unwrap();
    groups
        .iter()
        .map(|group| group["category"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_field_that_goes_away_then_one_too_short_then_none() {
    let world = world();
    let shirt = json!({"name": "shirt", "label": "Shirt", "type": "string", "fieldType": "text", "groupName": "contactinformation"});
    world.admin("POST", "properties/contacts", &shirt);
    let short = json!({"name": "shirt_short", "label": "Shirt, short", "type": "string", "fieldType": "text", "groupName": "contactinformation"});
    world.admin("POST", "properties/contacts", &short);
    world.admin(
        "POST",
        "rules/contacts",
        &json!({"propertyName": "shirt_short", "ruleType": "MAX_LENGTH", "ruleArguments": ["3"]}),
    );
    import(&world, "Ann,Lee,ann@acme.com,CTO,extra large,,,\n");
    world
        .run(&["mapping", "set", "Shirt", "shirt", "--object", "contact"])
        .ends(0);
    world.admin("DELETE", "properties/contacts/shirt", &json!({}));
    assert_eq!(
        push(&world)["by_category"],
        json!({"MISSING_REMOTE_FIELD": 1})
    );
    // Not repaired: it stays where it is, and the attempt is in the log all the same.
    assert_eq!(retry(&world, "MISSING_REMOTE_FIELD")["unchanged"], 1);
    world
        .run(&[
            "mapping",
            "set",
            "Shirt",
            "shirt_short",
            "--object",
            "contact",
        ])
        .ends(0);
    assert_eq!(retry(&world, "MISSING_REMOTE_FIELD")["moved"], 1);
    assert_eq!(failed(&world), ["DATA_TOO_LONG"]);
    world
        .run(&["mapping", "unset", "Shirt", "--object", "contact"])
        .ends(0);
    assert_eq!(retry(&world, "DATA_TOO_LONG")["cleared"], 1);
    let log = world.json(&["log", "ann@acme.com", "--all"]);
    let attempts = log["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 4, "{log}");
    let statuses: Vec<&str> = attempts
        .iter()
        .map(|attempt| attempt["status"].as_str().unwrap())
        .collect();
    assert_eq!(
        statuses
            .iter()
            .filter(|status| **status == "failed")
            .count(),
        3
    );
    assert!(
        log.to_string().contains("batch/create"),
        "what was sent is in the log"
    );
}

#[test]
fn a_wrong_form_and_an_unknown_value_clear_once_they_are_corrected() {
    let world = world();
    world
        .run(&[
            "mapping",
            "set",
            "companyIndustry",
            "industry",
            "--object",
            "company",
        ])
        .ends(0);
    import(
        &world,
        "Ann,Lee,ann@@acme,CTO,,,,\nBo,Li,bo@nice.com,CEO,,Nice,nice.com,Software\n",
    );
    let pushed = push(&world);
    assert_eq!(
        pushed["by_category"],
        json!({"DATA_FORMAT_VALIDATION": 1, "DATA_VALUE_VALIDATION": 1})
    );
    assert_eq!(pushed["failed_landed"], 1);
    let line = "--value=Software=COMPUTER_SOFTWARE";
    world
        .run(&[
            "mapping",
            "set",
            "companyIndustry",
            "industry",
            "--object",
            "company",
            line,
        ])
        .ends(0);
    assert_eq!(retry(&world, "DATA_VALUE_VALIDATION")["cleared"], 1);
    world.run(&["lead", "edit", "ann@@acme", "--set", "email=ann@acme.com"]);
    let board = world.json(&["reconcile", "--state", "failed"]);
    let id = board["leads"][0]["id"].as_str().unwrap().to_owned();
    world
        .run(&["lead", "edit", &id, "--set", "email=ann@acme.com"])
        .ends(0);
    assert_eq!(retry(&world, "DATA_FORMAT_VALIDATION")["cleared"], 1);
    assert_eq!(failed(&world), Vec::<String>::new());
}

#[test]
fn a_refused_sign_in_is_a_group_of_its_own_until_connect() {
    let world = world();
    import(&world, "Ann,Lee,ann@acme.com,CTO,,,,\n");
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let said = world.run(&["sync-event", "Expo", "--json"]).ends(4);
    assert_eq!(said.json()["by_category"], json!({"AUTHENTICATION": 1}));
    let refused = world
        .run(&[
            "reconcile",
            "--category",
            "AUTHENTICATION",
            "--retry",
            "--json",
        ])
        .ends(4);
    assert_eq!(refused.json()["error"]["code"], "needs_sign_in");
    world.admin("POST", "tokens/accept", &json!({"token": CANARY}));
    assert_eq!(world.connect()["failed_authentication"], 1);
    assert_eq!(retry(&world, "AUTHENTICATION")["cleared"], 1);
}
