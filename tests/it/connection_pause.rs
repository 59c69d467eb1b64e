//! `enable`, `disable`, `disconnect`: what stops, what stays.

use serde_json::{Value, json};

use crate::support::{CANARY, World, seed};

#[test]
fn a_pause_keeps_everything_and_a_resume_pushes() {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    let disabled = world.json(&["disable", "hubspot"]);
    assert_eq!(
        disabled,
        json!({"schema": 1, "integration": "hubspot", "changed": true})
    );
    assert_eq!(world.json(&["disable"])["changed"], false);
    seed::leads(&world, "Expo", 0..2);
    for push in [&["sync", "--json"][..], &["sync-event", "Expo", "--json"]] {
        let said = world.run(push).ends(5);
        assert_eq!(said.json()["error"]["code"], "disabled");
        assert_eq!(said.json()["error"]["fix"], "mobly-sync enable hubspot");
    }
    let one = &world.json(&["status"])["integrations"][0];
    assert_eq!(
        (&one["state"], &one["summary"]["pre_sync"]),
        (&json!("disabled"), &json!(2))
    );

    let enabled = world.json(&["enable"]);
    assert_eq!(
        (
            &enabled["enabled"],
            &enabled["changed"],
            &enabled["sync"]["cleared"]
        ),
        (&json!(true), &json!(true), &json!(2))
    );
    let again = world.json(&["enable"]);
    assert_eq!(
        (&again["changed"], &again["sync"]),
        (&json!(false), &Value::Null)
    );
}

#[test]
fn a_resume_in_manual_mode_pushes_nothing() {
    let world = World::with_hubspot();
    world.connect_with(&["--mode", "manual"]);
    seed::map(&world);
    seed::leads(&world, "Expo", 0..2);
    world.run(&["disable"]).ends(0);
    let enabled = world.json(&["enable"]);
    assert_eq!(
        (&enabled["changed"], &enabled["sync"]),
        (&json!(true), &Value::Null)
    );
}

#[test]
fn what_a_resume_set_going_decides_its_status() {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    world.run(&["disable"]).ends(0);
    seed::leads(&world, "Expo", 0..1);
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let said = world.run(&["enable", "--json"]).ends(4).json();
    assert_eq!(
        (&said["changed"], &said["sync"]["failed"]),
        (&json!(true), &json!(1))
    );
}

#[test]
fn disconnecting_removes_the_secret_and_keeps_the_rest() {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    seed::leads(&world, "Expo", 0..2);
    assert_eq!(world.json(&["sync"])["cleared"], 2);
    let gone = world.json(&["disconnect"]);
    assert_eq!(
        gone,
        json!({"schema": 1, "integration": "hubspot", "changed": true})
    );
    assert_eq!(world.json(&["disconnect"])["changed"], false);
    seed::leads(&world, "Expo", 2..3);

    let one = &world.json(&["status"])["integrations"][0];
    assert_eq!(one["state"], "disconnected");
    assert_eq!(one["summary"]["cleared"], 2, "its history stays readable");
    assert_eq!(world.json(&["status"])["needs"][0]["code"], "disconnected");
    for (command, code) in [
        (&["sync", "--json"][..], "not_connected"),
        (&["enable", "--json"], "not_connected"),
        (&["disable", "--json"], "not_connected"),
        (&["sync-event", "Expo", "--json"], "not_connected"),
    ] {
        let said = world.run(command).ends(4);
        assert_eq!(said.json()["error"]["code"], code, "{command:?}");
        assert_eq!(said.json()["error"]["fix"], "mobly-sync connect hubspot");
    }
    // The same account again: its state counts again, and nothing is written twice.
    world.connect();
    let pushed = world.json(&["sync"]);
    assert_eq!(
        (&pushed["pushed"], &pushed["created"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn a_rehearsals_address_ends_with_its_disconnect() {
    let world = World::with_hubspot();
    world.connect();
    world.run(&["disconnect"]).ends(0);
    // Without an address the vendor itself is meant; a usage error comes before any request.
    let said = world.run(&["connect", "hubspot"]).ends(2);
    assert!(!said.err.contains("127.0.0.1"), "{}", said.err);
}

#[test]
fn what_was_never_connected_cannot_be_paused() {
    let world = World::new();
    for command in ["enable", "disable", "disconnect", "sync", "mode"] {
        let said = world.run(&[command, "--json"]).ends(4);
        assert_eq!(said.json()["error"]["code"], "not_connected", "{command}");
        assert_eq!(said.json()["error"]["fix"], "mobly-sync connect hubspot");
    }
    world.run(&["disable", "hubspot"]).ends(4);
    world.run(&["disable", "nonsense"]).ends(2);
}
