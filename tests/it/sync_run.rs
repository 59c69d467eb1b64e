//! `sync` and `sync-event`: what is taken, what is left, and how it ends.

use serde_json::json;

use crate::support::{World, assert_document, seed};

#[test]
fn the_document_closes() {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..3);
    let document = world.json(&["sync"]);
    assert_document(&document);
    let mut keys: Vec<&str> = document
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "account",
            "by_category",
            "cleared",
            "created",
            "elapsed_ms",
            "event",
            "event_id",
            "failed",
            "failed_landed",
            "integration",
            "pushed",
            "requests",
            "requests_by_kind",
            "run",
            "schema",
            "skipped",
            "stopped",
            "unchanged",
            "until",
            "updated",
            "waiting"
        ]
    );
    assert_eq!(document["pushed"], 3);
    assert_eq!(document["account"], "20261122");
    assert_eq!(
        world.json(&["sync"])["requests"],
        json!(0),
        "nothing due, nothing asked"
    );
}

#[test]
fn all_takes_each_in_turn() {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..1);
    let document = world.json(&["sync", "-i", "all"]);
    assert_eq!(document["integrations"][0]["cleared"], 1);
    world.run(&["disable"]).ends(0);
    let said = world.run(&["sync", "-i", "all", "--json"]).ends(5).json();
    assert_eq!(said["integrations"][0]["error"]["code"], "disabled");
}

#[test]
fn an_event_is_named_in_full_by_a_script() {
    let world = World::with_hubspot();
    world.connect_with(&["--mode", "manual"]);
    seed::map(&world);
    let expo = seed::leads(&world, "Expo 2026", 0..1);
    let said = world.run(&["sync-event", "Expo", "--json"]).ends(2);
    assert!(
        said.json()["error"]["message"]
            .as_str()
            .unwrap()
            .contains("Expo 2026")
    );
    let unknown = world.run(&["sync-event", "Summit", "--json"]).ends(1);
    assert_eq!(unknown.json()["error"]["code"], "not_found");
    world.run(&["sync-event", "--json"]).ends(2);
    world.run(&["sync", "--event", "Expo 2026"]).ends(2);

    seed::hold_event(&world, expo, true);
    let held = world
        .run(&["sync-event", "Expo 2026", "--json"])
        .ends(6)
        .json();
    assert_eq!(held["error"]["code"], "event_held");
    world.run(&["disable"]).ends(0);
    for arguments in [
        &["sync-event", "Expo 2026", "--json"][..],
        &["reconcile", "--event", "Expo 2026", "--retry", "--json"],
    ] {
        let disabled = world.run(arguments).ends(5).json();
        assert_eq!(disabled["error"]["code"], "disabled", "5 comes before 6");
    }
    world.run(&["enable"]).ends(0);
    assert_eq!(
        held["error"]["fix"],
        "mobly-sync event release \"Expo 2026\""
    );
    seed::hold_event(&world, expo, false);
    let id = expo.to_string();
    assert_eq!(world.json(&["sync-event", &id])["cleared"], 1);
}

#[test]
fn limits_and_guards_end_a_run_with_six() {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..3);
    let guarded = world
        .run(&["sync", "--expect", "2", "--json"])
        .ends(6)
        .json();
    assert_eq!(
        (&guarded["stopped"], &guarded["waiting"]),
        (&json!("guard"), &json!(3))
    );
    let limited = world
        .run(&["sync", "--limit", "2", "--json"])
        .ends(6)
        .json();
    assert_eq!(
        (&limited["stopped"], &limited["pushed"]),
        (&json!("limit"), &json!(2))
    );
    assert_eq!(world.json(&["sync", "--expect", "1"])["pushed"], 1);
    let quiet = world.run(&["sync", "-q"]).ends(0).out;
    assert!(
        quiet.starts_with("run ") && quiet.lines().count() == 1,
        "{quiet}"
    );
}

#[test]
fn the_environment_names_a_required_event_and_narrows_no_push() {
    let mut world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..1);
    seed::leads(&world, "Summit", 0..1);
    world.set("MOBLY_SYNC_EVENT", "Expo");
    assert_eq!(world.json(&["sync-event"])["event"], "Expo");
    assert_eq!(world.json(&["sync"])["pushed"], 1, "the other event's lead");
}
