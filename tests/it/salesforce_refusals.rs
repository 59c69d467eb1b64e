//! What an org refuses, one body at a time: the category, words a person understands, and everybody else through.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::salesforce::{connected, push, records};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn ann() -> String {
    format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n")
}

/// What the board says of the only failed lead.
#[track_caller]
fn refused(world: &World, csv: &str, category: &str, words: &[&str]) -> Value {
    let (status, summary) = push(world, csv);
    assert_eq!(status, 3, "{summary}");
    assert_eq!(summary["by_category"], json!({category: 1}), "{summary}");
    let board = world.json(&["reconcile", "--state", "failed"]);
    let group = &board["failed"][0];
    assert_eq!(group["category"], category, "{board}");
    let told = board["leads"][0]["message"].as_str().unwrap();
    for word in words {
        assert!(told.contains(word), "{category}: {told:?} without {word:?}");
    }
    assert!(!told.contains("Error {") && !told.contains('{'), "{told}");
    let attempt = crate::support::salesforce::attempt(world, "ann@acme.com");
    assert_eq!(attempt["category"], category);
    group.clone()
}

#[allow(clippy::needless_pass_by_value)] // a literal at every call
fn field(world: &World, name: &str, facts: Value) {
    let mut body = json!({"object": "Lead", "name": name, "type": "string"});
    body.as_object_mut()
        .unwrap()
        .extend(facts.as_object().unwrap().clone());
    world.admin("POST", "fields", &body);
}

fn map(world: &World, constant: &str, remote: &str) {
    world
        .run(&[
            "mapping",
            "set",
            "--constant",
            constant,
            remote,
            "--object",
            "lead",
        ])
        .ends(0);
}

fn world() -> World {
    connected(&["--strategy", "leads-only"])
}

#[test]
fn a_value_off_a_restricted_list() {
    // Known from the description: refused here. Changed in the org since: refused there.
    let world = world();
    field(
        &world,
        "Interest__c",
        json!({"type": "picklist", "restricted": true, "options": ["Demo", "Offer"]}),
    );
    map(&world, "Demo", "Interest__c");
    world.admin("POST", "record_types", &json!({"object": "Lead", "developerName": "Fair", "default": true, "picklists": {"Interest__c": ["Offer"]}}));
    let group = refused(
        &world,
        &ann(),
        "DATA_VALUE_VALIDATION",
        &["Interest", "Demo"],
    );
    assert_eq!(group["causes"][0]["field"], "Interest__c", "{group}");
    assert_eq!(group["causes"][0]["value"], "Demo", "{group}");
}

#[test]
fn a_value_that_is_too_long() {
    let world = world();
    let csv = format!(
        "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,{}\n",
        "x".repeat(129)
    );
    let group = refused(&world, &csv, "DATA_TOO_LONG", &["Title", "129", "128"]);
    assert_eq!(group["fix"], "field-length");
    assert_eq!(world.stats()["writes"], json!(0), "known before any call");
}

#[test]
fn a_field_the_org_demands() {
    let world = world();
    field(&world, "Region__c", json!({"required": true}));
    let group = refused(&world, &ann(), "REQUIRED_FIELD_MISSING", &["Region__c"]);
    assert_eq!(group["causes"][0]["field"], "Region__c", "{group}");
}

#[test]
fn an_address_that_is_none() {
    let world = world();
    field(&world, "Second__c", json!({"type": "email"}));
    map(&world, "ann@", "Second__c");
    refused(
        &world,
        &ann(),
        "DATA_FORMAT_VALIDATION",
        &["Second", "ann@"],
    );
}

#[test]
fn a_field_that_was_hidden_since_it_was_mapped() {
    let world = world();
    field(&world, "Score__c", json!({}));
    map(&world, "1", "Score__c");
    world.admin(
        "POST",
        "fields/hide",
        &json!({"object": "Lead", "name": "Score__c"}),
    );
    let group = refused(&world, &ann(), "MISSING_REMOTE_FIELD", &["Score__c"]);
    assert_eq!(
        (&group["fix"], &group["causes"][0]["field"]),
        (&json!("missing-field"), &json!("Score__c"))
    );
}

#[test]
fn a_field_that_became_read_only() {
    let world = world();
    field(&world, "Score__c", json!({}));
    map(&world, "1", "Score__c");
    field(
        &world,
        "Score__c",
        json!({"createable": false, "updateable": false}),
    );
    refused(&world, &ann(), "MISSING_REMOTE_FIELD", &["Score__c"]);
}

#[test]
fn a_rule_of_the_admins_in_their_words() {
    let world = world();
    world.admin("POST", "validation_rules", &json!({"object": "Lead", "when": "Phone = null", "message": "Call us first: a phone number, please", "field": "Phone"}));
    let group = refused(
        &world,
        &ann(),
        "VALIDATION_RULE",
        &["Call us first: a phone number, please"],
    );
    assert_eq!(
        group["causes"][0]["vendor_message"], "Call us first: a phone number, please",
        "{group}"
    );
}

#[test]
fn a_trigger_that_fails() {
    let world = world();
    world.admin("POST", "triggers", &json!({"object": "Lead", "larger_than": 0, "message": "System.NullPointerException: Attempt to de-reference a null object"}));
    refused(
        &world,
        &ann(),
        "AUTOMATION_ERROR",
        &["automation", "NullPointerException"],
    );
}

#[test]
fn an_object_the_user_may_not_create() {
    let world = world();
    let access = json!({"object": "Lead", "createable": false});
    world.admin("POST", "objects/access", &access);
    refused(
        &world,
        &ann(),
        "CONNECTION",
        &["lacks a permission", "Lead", "create"],
    );
}

#[test]
fn an_object_the_user_may_not_see() {
    let world = world();
    world.admin("POST", "objects/hide", &json!({"object": "Lead"}));
    refused(&world, &ann(), "CONNECTION", &["may not see Lead"]);
    assert_eq!(world.stats()["writes"], json!(0));
    // Granted again, the same leads go.
    world.admin("POST", "objects/show", &json!({"object": "Lead"}));
    let retry = world.json(&["reconcile", "--category", "CONNECTION", "--retry"]);
    assert_eq!(retry["retry"]["cleared"], json!(1), "{retry}");
}

#[test]
fn a_bad_row_among_two_hundred_keeps_nobody_out() {
    let world = world();
    world.admin(
        "POST",
        "validation_rules",
        &json!({"object": "Lead", "when": "LastName = 'Lee7'", "message": "Not this one"}),
    );
    world.admin(
        "POST",
        "triggers",
        &json!({"object": "Lead", "larger_than": 300}),
    );
    let (status, summary) = push(&world, &World::people_csv(200, 20));
    assert_eq!(
        (status, &summary["created"], &summary["failed"]),
        (3, &json!(199), &json!(1)),
        "{summary}"
    );
    assert_eq!(summary["by_category"], json!({"VALIDATION_RULE": 1}));
    assert_eq!(records(&world, "Lead").len(), 199);
}

#[test]
fn a_trigger_that_cannot_take_many_at_once_gets_fewer() {
    let world = world();
    world.admin("POST", "triggers", &json!({"object": "Lead", "larger_than": 50, "message": "System.LimitException: Too many SOQL queries: 101"}));
    let (status, summary) = push(&world, &World::people_csv(200, 20));
    assert_eq!((status, &summary["created"]), (0, &json!(200)), "{summary}");
    assert_eq!(world.stats()["duplicate_emails"], json!(0));
}

#[test]
fn text_in_a_number_field_is_found_here_and_blames_one_lead() {
    let world = world();
    field(&world, "Seats__c", json!({"type": "double", "length": 18}));
    world
        .run(&[
            "mapping", "set", "jobTitle", "Seats__c", "--object", "lead", "--also",
        ])
        .ends(0);
    let csv = format!(
        "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,bo@acme.com,Acme,acme.com,12\n"
    );
    refused(&world, &csv, "DATA_FORMAT_VALIDATION", &["Seats", "CTO"]);
    assert_eq!(records(&world, "Lead").len(), 1);
}

#[test]
fn a_unique_value_that_another_record_holds() {
    let world = world();
    field(&world, "Badge__c", json!({"unique": true}));
    map(&world, "B-1", "Badge__c");
    let holder = json!({"LastName": "Poe", "Company": "Acme", "Badge__c": "B-1"});
    let holder = crate::support::salesforce::seed(&world, "Lead", holder);
    let group = refused(
        &world,
        &ann(),
        "DUPLICATE_RECORD",
        &["Badge__c", &holder[..15]],
    );
    assert_eq!(group["causes"][0]["field"], "Badge__c", "{group}");
}

#[test]
fn a_country_that_is_not_on_the_orgs_list() {
    let world = world();
    let csv = "First Name,Last Name,Email,Company,Country\n\
        Ann,Lee,ann@acme.com,Acme,Atlantis\n\
        Bo,Li,bo@acme.com,Acme,United States\n\
        Cy,Oak,cy@acme.com,Acme,US\n";
    world.admin("POST", "address_picklists", &json!({"enabled": true}));
    refused(
        &world,
        csv,
        "DATA_VALUE_VALIDATION",
        &["Country", "Atlantis"],
    );
    // Named and coded alike.
    let countries: Vec<Value> = records(&world, "Lead")
        .iter()
        .map(|lead| lead["Country"].clone())
        .collect();
    assert_eq!(countries, [json!("United States"), json!("United States")]);
}

#[test]
fn a_field_hidden_after_it_was_described_blames_only_who_sends_it() {
    for whole_request in [false, true] {
        let world = world();
        world.admin(
            "POST",
            "settings",
            &json!({"unknown_field_refuses_request": whole_request}),
        );
        field(&world, "Score__c", json!({}));
        world
            .run(&["mapping", "set", "linkedin", "Score__c", "--object", "lead"])
            .ends(0);
        let csv = "First Name,Last Name,Email,Company,LinkedIn\nAnn,Lee,ann@acme.com,Acme,x\nBo,Li,bo@acme.com,Acme,\n";
        crate::support::connected::import(&world, "Expo", csv);
        world.admin("POST", "latency", &json!({"milliseconds": 100}));
        let push = world
            .command()
            .args(["sync-event", "Expo", "--json"])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // Described: what follows is the look-up, and then the write.
        let looked = || world.stats()["by_path"]["POST /services/data/v66.0/composite"].is_number();
        while !looked() {
            std::thread::yield_now();
        }
        world.admin(
            "POST",
            "fields/hide",
            &json!({"object": "Lead", "name": "Score__c"}),
        );
        let output = push.wait_with_output().unwrap();
        let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (&summary["created"], &summary["by_category"]),
            (&json!(1), &json!({"MISSING_REMOTE_FIELD": 1})),
            "{summary}"
        );
        assert_eq!(records(&world, "Lead").len(), 1);
    }
}
