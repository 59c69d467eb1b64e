//! `mode`: Manual freezes, Automatic flushes, and what a switch leaves alone.

use serde_json::{Value, json};

use crate::support::{World, assert_document, seed};

fn ready() -> World {
    let world = World::with_hubspot();
    world.connect();
    seed::map(&world);
    world
}

fn pre_sync(world: &World) -> Value {
    world.json(&["status"])["integrations"][0]["summary"]["pre_sync"].clone()
}

#[test]
fn it_shows_and_sets_in_either_order_and_asks_only_for_a_change() {
    let world = ready();
    let shown = world.json(&["mode"]);
    assert_document(&shown);
    assert_eq!(
        shown,
        json!({"schema": 1, "integration": "hubspot", "mode": "automatic", "changed": false, "sync": null})
    );
    assert_eq!(world.run(&["mode"]).ends(0).out, "automatic\n");

    let refused = world.run(&["mode", "manual", "--json"]).ends(2).json();
    assert_eq!(refused["error"]["code"], "confirmation_needed");
    assert_eq!(
        refused["error"]["fix"],
        "mobly-sync mode manual hubspot --yes"
    );
    assert_eq!(
        world.json(&["mode"])["mode"],
        "automatic",
        "nothing changed"
    );

    let set = world.json(&["set-mode", "hubspot", "manual", "--yes"]);
    assert_eq!(
        (&set["mode"], &set["changed"]),
        (&json!("manual"), &json!(true))
    );
    let again = world.json(&["mode", "manual", "hubspot"]);
    assert_eq!(again["changed"], false, "and asks nothing");
    for wrong in [
        &["mode", "sometimes"][..],
        &["mode", "manual", "automatic"],
        &["mode", "--from-now"],
        &["mode", "manual", "hubspot", "-i", "marketo"],
    ] {
        let status = world.run(wrong).status;
        assert!(status == 2 || status == 4, "{wrong:?}: {status}");
    }
}

#[test]
fn manual_freezes_an_event_is_pushed_and_automatic_flushes_the_rest() {
    let world = ready();
    world.run(&["mode", "manual", "--yes"]).ends(0);
    seed::leads(&world, "Expo", 0..2);
    seed::leads(&world, "Summit", 0..1);
    let said = world.run(&["sync"]).ends(0);
    assert!(said.err.contains("3 leads are frozen"), "{}", said.err);
    assert!(
        said.err.contains("mobly-sync sync-event Expo"),
        "{}",
        said.err
    );
    assert_eq!(world.json(&["sync"])["pushed"], 0);

    let pushed = world.json(&["sync-event", "Expo"]);
    assert_eq!(
        (&pushed["cleared"], &pushed["event"]),
        (&json!(2), &json!("Expo"))
    );
    assert_eq!(pre_sync(&world), 1, "the other event is left alone");
    // Who arrives after the push of an event was not reviewed.
    assert_eq!(world.json(&["status"])["needs"], json!([]));
    seed::leads(&world, "Expo", 5..7);
    let need = world.json(&["status"])["needs"][0].clone();
    assert_eq!(
        (&need["code"], &need["count"]),
        (&json!("frozen"), &json!(2))
    );

    let switched = world.json(&["mode", "automatic"]);
    assert_eq!(switched["changed"], true);
    assert_eq!(switched["sync"]["cleared"], 3);
    assert_eq!(pre_sync(&world), 0);
    let runs = seed::store(&world)
        .runs(Some(1), &Default::default(), &|_| false)
        .unwrap();
    assert_eq!(runs[0].trigger, "mode-switch");
    assert_eq!(
        world.json(&["mode", "automatic"])["sync"],
        Value::Null,
        "no flush twice"
    );
}

#[test]
fn a_flush_with_one_bad_lead_clears_the_others() {
    let world = ready();
    world.run(&["mode", "manual", "--yes"]).ends(0);
    seed::leads(&world, "Expo", 0..3);
    seed::store(&world); // the file is closed again before the vendor changes
    world.admin(
        "POST",
        "rules/contacts",
        &json!({"propertyName": "firstname", "ruleType": "MAX_LENGTH", "ruleArguments": ["4"]}),
    );
    seed::leads(&world, "Expo", 10..11);
    let said = world.run(&["mode", "automatic", "--json"]).ends(3).json();
    assert_eq!(said["changed"], true, "what the switch did stands");
    assert_eq!(
        (&said["sync"]["cleared"], &said["sync"]["failed"]),
        (&json!(3), &json!(1))
    );
    let needs = world.json(&["status"])["needs"].clone();
    assert_eq!(needs[0]["code"], "failed");
    assert_eq!(needs[0]["command"], "mobly-sync reconcile --event Expo");
}

#[test]
fn from_now_leaves_frozen_leads_where_only_their_name_reaches_them() {
    let world = ready();
    world.run(&["mode", "manual", "--yes"]).ends(0);
    seed::leads(&world, "Expo", 0..2);
    let switched = world.json(&["mode", "automatic", "--from-now"]);
    assert_eq!(
        (&switched["changed"], &switched["sync"]),
        (&json!(true), &Value::Null)
    );
    seed::leads(&world, "Expo", 2..3);
    assert_eq!(world.json(&["sync"])["cleared"], 1, "only who came since");
    assert_eq!(pre_sync(&world), 2);
    assert_eq!(world.json(&["sync-event", "Expo"])["cleared"], 2);
}

#[test]
fn a_mode_set_while_nothing_runs_waits_for_the_resume() {
    let world = ready();
    world.run(&["mode", "manual", "--yes"]).ends(0);
    seed::leads(&world, "Expo", 0..2);
    world.run(&["disable"]).ends(0);
    let stored = world.json(&["mode", "automatic"]);
    assert_eq!(
        (&stored["changed"], &stored["sync"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(pre_sync(&world), 2);
    let resumed = world.json(&["enable"]);
    assert_eq!(resumed["sync"]["cleared"], 2);

    world.run(&["disconnect"]).ends(0);
    assert_eq!(world.json(&["mode", "manual", "--yes"])["changed"], true);
    world.connect();
    assert_eq!(
        world.json(&["mode"])["mode"],
        "manual",
        "and a connect keeps it"
    );
}
