//! State belongs to an account: rehearsing, changing accounts, and what was here before.

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::json;

use crate::support::{CANARY, World, seed};

fn sandbox(portal: u64) -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        search_lag: std::time::Duration::ZERO,
        tokens: vec![CANARY.to_owned()],
        portal_id: portal,
        ..SandboxOptions::new("hubspot")
    }
}

#[test]
fn a_rehearsal_holds_what_was_here_before_until_its_event_is_named() {
    let world = World::with_hubspot();
    seed::leads(&world, "Expo", 0..3);
    seed::leads(&world, "Summit", 0..2);
    let document = world.connect();
    assert_eq!(document["backlog"], json!({"due": 0, "held": 5}));
    seed::map(&world);
    assert_eq!(world.json(&["sync"])["pushed"], 0);
    let status = world.json(&["status"]);
    let need = &status["needs"][0];
    assert_eq!(need["code"], "before_connect");
    assert_eq!(need["count"], 5);
    assert_eq!(need["command"], "mobly-sync sync-event Expo");
    assert_eq!(world.json(&["sync-event", "Expo"])["cleared"], 3);
    assert_eq!(
        world.json(&["sync"])["pushed"],
        0,
        "the other event still waits"
    );
}

#[test]
fn the_backlog_is_decided_in_a_script() {
    let world = World::with_hubspot();
    seed::leads(&world, "Expo", 0..3);
    let document = world.connect_with(&["--backlog", "push"]);
    assert_eq!(document["backlog"], json!({"due": 3, "held": 0}));
    let again = world.connect_with(&["--backlog", "hold"]);
    assert_eq!(
        again["backlog"],
        json!({"due": 3, "held": 0}),
        "what is here already is nobody's backlog"
    );
}

#[test]
fn another_account_starts_with_no_state_and_keeps_the_mapping() {
    let mut world = World::with_sandbox(sandbox(111));
    seed::leads(&world, "Expo", 0..3);
    world.connect_with(&["--backlog", "push", "--label", "Rehearsal"]);
    seed::map(&world);
    world.admin(
        "POST",
        "properties/contacts",
        &json!({"name": "only_here", "label": "Only here", "type": "string", "fieldType": "text",
                "groupName": "contactinformation"}),
    );
    seed::map_field(&world, "jobTitle", "only_here");
    assert_eq!(world.json(&["sync"])["created"], 3);
    assert_eq!(world.json(&["sync"])["pushed"], 0);

    let first = world.base_url();
    world.start_sandbox(sandbox(222));
    let url = world.base_url();
    assert_ne!(first, url);
    let arguments = [
        "connect",
        "hubspot",
        "--token-stdin",
        "--base-url",
        &url,
        "--json",
    ];
    let said = world.run_with_input(&arguments, CANARY).ends(0);
    assert!(
        said.err.contains("another account than portal 111"),
        "{}",
        said.err
    );
    assert!(said.err.contains("contact.only_here"), "{}", said.err);
    let document = said.json();
    assert_eq!(document["account"]["id"], "222");
    assert_eq!(
        document["account"]["name"], "app.hubspot.com 222",
        "the label was the other's"
    );
    assert_eq!(document["backlog"], json!({"due": 0, "held": 3}));
    assert_eq!(document["next"], "mobly-sync sync-event Expo");
    let one = &world.json(&["status"])["integrations"][0];
    assert_eq!(one["summary"]["cleared"], 0);
    assert_eq!(one["summary"]["pre_sync"], 3);
    assert_eq!(world.json(&["sync-event", "Expo"])["created"], 3);
}

#[test]
fn an_environment_token_of_another_account_is_refused() {
    let mut world = World::with_sandbox(sandbox(111));
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..1);
    seed::sign_in_to(&world, "222");
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let said = world.run(&["sync", "--json"]).ends(4);
    assert_eq!(said.json()["error"]["code"], "wrong_account");
    let status = world.json(&["status", "--check"]);
    assert_eq!(status["needs"][0]["code"], "wrong_account");
    // `connect` itself may change the account.
    assert_eq!(world.json(&["connect", "hubspot"])["account"]["id"], "111");
}
