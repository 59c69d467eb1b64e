//! `connect`: signing in, signing in again, and what is never told.

use serde_json::{Value, json};

use crate::support::{CANARY, World, assert_document, seed};

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn it_proves_the_token_and_names_the_account_and_the_next_command() {
    let world = World::with_hubspot();
    let document = world.connect();
    assert_document(&document);
    assert_eq!(
        keys(&document),
        [
            "account",
            "backlog",
            "environment",
            "failed_authentication",
            "integration",
            "next",
            "schema",
            "scopes",
            "store"
        ]
    );
    assert_eq!(document["integration"], "hubspot");
    assert_eq!(document["account"]["id"], "20261122");
    assert_eq!(document["environment"], "rehearsal");
    assert_eq!(document["store"], "file");
    assert_eq!(
        document["scopes"],
        json!({"held": [], "missing": [], "unreadable": true})
    );
    assert_eq!(document["backlog"], json!({"due": 0, "held": 0}));
    assert_eq!(document["next"], "mobly-sync mapping defaults");
    assert_eq!(world.stats()["objects"]["contacts"], Value::Null);
}

#[test]
fn the_token_is_nowhere_but_in_the_secret_store() {
    let world = World::with_hubspot();
    let url = world.base_url();
    let mut said = Vec::new();
    let connect = [
        "connect",
        "hubspot",
        "--token-stdin",
        "--base-url",
        &url,
        "-v",
    ];
    said.push(world.run_with_input(&connect, CANARY));
    seed::leads(&world, "Expo", 0..2);
    seed::map(&world);
    said.push(world.run(&["sync", "-v"]));
    said.push(world.run(&["status", "--check"]));
    said.push(world.run(&["status", "--json"]));
    // A refused token is quoted by nobody either.
    let refused = format!("{CANARY}-refused");
    said.push(world.run_with_input(&connect, &refused));
    for said in said {
        assert!(!said.out.contains("canary"), "{}", said.out);
        assert!(!said.err.contains("canary"), "{}", said.err);
    }
    let mut files = 0;
    for entry in std::fs::read_dir(world.folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(6).any(|part| part == b"canary");
            assert!(!found, "the token is in {}", path.display());
        }
    }
    assert!(files >= 2, "the database and the secrets file");
}

#[test]
fn a_refused_token_changes_nothing() {
    let world = World::with_hubspot();
    let url = world.base_url();
    let arguments = [
        "connect",
        "hubspot",
        "--token-stdin",
        "--base-url",
        &url,
        "--json",
    ];
    let said = world.run_with_input(&arguments, "pat-wrong").ends(4);
    let error = &said.json()["error"];
    assert_eq!(error["code"], "needs_sign_in");
    assert_eq!(error["fix"], "mobly-sync connect hubspot");
    assert!(
        world.json(&["status"])["integrations"]
            .as_array()
            .unwrap()
            .is_empty()
    );

    world.connect();
    world.run_with_input(&arguments, "pat-wrong").ends(4);
    // The stored token still works.
    let checked = world.json(&["status", "--check"]);
    assert_eq!(checked["integrations"][0]["state"], "connected");
}

#[test]
fn without_a_token_it_says_which_ways_there_are() {
    let world = World::with_hubspot();
    let said = world.run(&["connect", "hubspot", "--json"]).ends(2);
    let error = &said.json()["error"];
    assert_eq!(error["code"], "usage");
    for way in ["--token-stdin", "MOBLY_SYNC_HUBSPOT_TOKEN"] {
        assert!(error["hint"].as_str().unwrap().contains(way), "{error}");
    }
    for empty in ["", " \n\n", "two words"] {
        let said = world.run_with_input(&["connect", "hubspot", "--token-stdin"], empty);
        assert_eq!(said.ends(2).out, "");
    }
    for (arguments, why) in [
        (&["connect", "hubspto"][..], "did you mean hubspot?"),
        (
            &["connect", "hubspot", "--base-url", "http://example.com"],
            "https://",
        ),
        (
            &["connect", "hubspot", "--base-url", "nonsense"],
            "not an address",
        ),
        (&["connect", "hubspot", "--since", "7d"], "--backlog"),
    ] {
        let said = world.run(arguments).ends(2);
        assert!(said.err.contains(why), "{}", said.err);
    }
}

#[test]
fn a_token_of_the_environment_is_used_and_not_stored() {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", &format!("{CANARY}\n"));
    let url = world.base_url();
    let document = world.json(&["connect", "hubspot", "--base-url", &url]);
    assert_eq!(document["store"], "environment");
    let secrets = std::fs::read_dir(world.folder())
        .unwrap()
        .filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().contains("secret")
        })
        .count();
    assert_eq!(secrets, 0);
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", "");
    seed::map(&world);
    let said = world.run(&["sync", "--json"]).ends(4);
    assert_eq!(said.json()["error"]["code"], "needs_sign_in");
}

#[test]
fn signing_in_again_repairs_in_place() {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    world.run(&["mode", "manual", "--yes"]).ends(0);
    seed::leads(&world, "Expo", 0..3);
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let said = world.run(&["sync-event", "Expo", "--json"]).ends(4).json();
    assert_eq!(said["failed"], 3);
    let status = world.json(&["status"]);
    assert_eq!(status["integrations"][0]["state"], "needs-sign-in");
    assert_eq!(status["needs"][0]["code"], "needs_sign_in");
    assert_eq!(status["needs"][0]["command"], "mobly-sync connect hubspot");

    world.admin("POST", "tokens/accept", &json!({"token": "pat-new"}));
    let said = world
        .run_with_input(
            &["connect", "hubspot", "--token-stdin", "--json"],
            "pat-new",
        )
        .ends(0);
    assert!(
        said.err.contains(&world.base_url()),
        "it tells where: {}",
        said.err
    );
    let document = said.json();
    assert_eq!(document["failed_authentication"], 3, "and pushes nothing");
    assert_eq!(
        document["next"],
        "mobly-sync reconcile --category AUTHENTICATION --retry"
    );
    let one = &world.json(&["status"])["integrations"][0];
    assert_eq!(
        (one["state"].as_str(), one["mode"].as_str()),
        (Some("connected"), Some("manual"))
    );
}

#[test]
fn options_change_without_a_new_sign_in() {
    let world = World::with_hubspot();
    let said = world
        .run(&["connect", "hubspot", "--set", "--label", "Acme"])
        .ends(4);
    assert!(said.err.contains("never connected"), "{}", said.err);
    world.connect();
    let before = world.stats()["requests"].clone();
    let set = [
        "connect",
        "hubspot",
        "--set",
        "--label",
        "Acme Inc",
        "--identity",
        "hold",
    ];
    assert_eq!(world.json(&set)["changed"], true);
    assert_eq!(world.json(&set)["changed"], false);
    assert_eq!(world.stats()["requests"], before, "no request is made");
    let status = world.json(&["status"]);
    assert_eq!(status["integrations"][0]["account"]["name"], "Acme Inc");
    let again = world.connect();
    assert_eq!(again["account"]["name"], "Acme Inc", "it is remembered");
}

#[test]
fn a_field_to_match_on_must_be_there_and_unique() {
    let world = World::with_hubspot();
    let url = world.base_url();
    for (field, why) in [("no_such_field", "has no field"), ("city", "share a value")] {
        let arguments = [
            "connect",
            "hubspot",
            "--token-stdin",
            "--base-url",
            &url,
            "--external-id",
            field,
        ];
        let said = world.run_with_input(&arguments, CANARY).ends(2);
        assert!(said.err.contains(why), "{}", said.err);
    }
    assert!(
        world.json(&["status"])["integrations"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    world.admin(
        "POST",
        "properties/contacts",
        &json!({"name": "mobly_id", "label": "Mobly id", "type": "string", "fieldType": "text",
                "groupName": "contactinformation", "hasUniqueValue": true}),
    );
    world.connect_with(&["--external-id", "MOBLY_ID"]);
    let said = world
        .run(&["connect", "hubspot", "--set", "--external-id", "city"])
        .ends(2);
    assert!(said.err.contains("share a value"), "{}", said.err);
}

#[test]
fn nowhere_to_keep_the_secret_changes_nothing() {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_PASSPHRASE", "");
    let url = world.base_url();
    let arguments = [
        "connect",
        "hubspot",
        "--token-stdin",
        "--base-url",
        &url,
        "--json",
    ];
    let said = world.run_with_input(&arguments, CANARY).ends(1);
    assert_eq!(said.json()["error"]["code"], "secret_store");
    assert!(
        world.json(&["status"])["integrations"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_second_crm_is_refused_with_the_command_that_makes_room() {
    let world = World::with_hubspot();
    seed::other_crm(&world, "othercrm");
    let url = world.base_url();
    let arguments = [
        "connect",
        "hubspot",
        "--token-stdin",
        "--base-url",
        &url,
        "--json",
    ];
    let before = world.stats()["requests"].clone();
    let said = world.run_with_input(&arguments, CANARY).ends(1);
    let error = &said.json()["error"];
    assert_eq!(error["code"], "category_taken");
    assert_eq!(error["fix"], "mobly-sync disconnect othercrm");
    assert_eq!(
        world.stats()["requests"],
        before,
        "before anything is asked or stored"
    );
    // A pause keeps the place, a disconnect frees it.
    world.run(&["disable", "othercrm"]).ends(0);
    world.run_with_input(&arguments, CANARY).ends(1);
    world.run(&["disconnect", "othercrm"]).ends(0);
    let document = world.connect();
    assert_eq!(document["next"], "mobly-sync mapping defaults");
    assert_eq!(
        world.json(&["status"])["integrations"][1]["state"],
        "disconnected"
    );
}

#[test]
fn a_page_in_between_is_told_for_what_it_is() {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.admin("POST", "faults", &json!({"faults": ["html=1"]}));
    let address = world.base_url();
    let arguments = [
        "connect",
        "hubspot",
        "--base-url",
        &address,
        "--token-stdin",
        "--json",
    ];
    let said = world.run_with_input(&arguments, CANARY).ends(1);
    let document = said.json();
    assert_eq!(document["error"]["code"], "network");
    let message = document["error"]["message"].as_str().unwrap();
    assert!(message.contains("web page"), "{message}");
    let hint = document["error"]["hint"].as_str().unwrap();
    assert!(hint.contains("--base-url default"), "{hint}");
}
