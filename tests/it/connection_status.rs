//! `status`: what is known without asking, and what a check adds.

use serde_json::{Value, json};

use crate::support::{CANARY, World, assert_document, seed};

#[test]
fn before_anything_is_connected_it_says_what_to_do() {
    let world = World::new();
    for command in [&["status"][..], &["status", "hubspot"]] {
        let document = world.json(command);
        assert_document(&document);
        assert_eq!(document["integrations"], json!([]));
        assert_eq!(document["needs"][0]["code"], "not_connected");
        assert_eq!(
            document["needs"][0]["command"],
            "mobly-sync connect hubspot"
        );
    }
    world.run(&["status", "nonsense"]).ends(2);
    let said = world.run(&["status"]).ends(0);
    assert!(
        said.out.starts_with("need\tnot_connected\t0\t"),
        "{}",
        said.out
    );
}

#[test]
fn it_makes_no_request_and_shows_what_the_last_push_told() {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..2);
    assert_eq!(world.json(&["status"])["needs"][0]["code"], "due");
    world.json(&["sync"]);
    let before = world.stats()["requests"].clone();
    let document = world.json(&["status"]);
    assert_eq!(world.stats()["requests"], before);
    let one = &document["integrations"][0];
    let keys: Vec<&String> = one.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "account",
            "budget",
            "category",
            "environment",
            "last_run",
            "mode",
            "state",
            "summary",
            "vendor"
        ]
    );
    assert_eq!(one["account"]["id"], "20261122");
    assert_eq!(one["category"], "crm");
    assert_eq!(one["summary"]["cleared"], 2);
    assert_eq!(one["summary"]["cleared_percent"], 100.0);
    assert_eq!(one["last_run"]["counts"]["cleared"], 2);
    assert_eq!(one["budget"]["limit"], 250_000);
    assert_eq!(document["needs"], json!([]));
}

#[test]
fn a_push_keeps_what_the_headers_told_of_the_day() {
    let world = World::with_sandbox(mobly_sync::sandbox::SandboxOptions {
        search_lag: std::time::Duration::ZERO,
        daily_limit: Some(1_000),
        ..mobly_sync::sandbox::SandboxOptions::new("hubspot")
    });
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..2);
    let used = |world: &World| world.json(&["status"])["integrations"][0]["budget"].clone();
    let before = used(&world);
    assert_eq!(before["limit"], 1_000);
    world.json(&["sync"]);
    assert_eq!(used(&world)["limit"], 1_000);
    assert!(used(&world)["used"].as_u64() > before["used"].as_u64());
}

#[test]
fn a_check_asks_the_vendor_and_is_still_only_a_look() {
    let world = World::with_hubspot();
    world.connect();
    let state = |document: &Value| document["integrations"][0]["state"].clone();
    assert_eq!(state(&world.json(&["status", "--check"])), "connected");
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    assert_eq!(
        state(&world.json(&["status"])),
        "connected",
        "nobody asked yet"
    );
    let checked = world.json(&["status", "--check"]);
    assert_eq!(state(&checked), "needs-sign-in");
    assert_eq!(checked["needs"][0]["code"], "needs_sign_in");
    world.admin("POST", "tokens/accept", &json!({"token": CANARY}));
    assert_eq!(state(&world.json(&["status", "--check"])), "connected");
}

#[test]
fn a_terminal_gets_the_screen() {
    let mut world = World::with_hubspot();
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    world.set("NO_COLOR", "1");
    world.run(&["status"]).ends(0);
    world
        .run_with_input(
            &[
                "connect",
                "hubspot",
                "--token-stdin",
                "--base-url",
                &world.base_url(),
            ],
            CANARY,
        )
        .ends(0);
    let said = world.run(&["status"]).ends(0);
    assert!(
        said.out.contains("CRM        HubSpot  ● Connected"),
        "{}",
        said.out
    );
    assert!(
        said.out
            .contains("NEEDS YOU\n 1  nothing is mapped to HubSpot yet"),
        "{}",
        said.out
    );
    for line in said.out.lines().skip(1) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
