//! Events: added once, named by prefix where nothing changes, held, removed without their leads.

use serde_json::json;

use crate::support::{World, assert_document};

#[test]
fn an_event_is_added_once_and_shown_as_it_was_given() {
    let world = World::new();
    let add = [
        "event",
        "add",
        "Expo 2026",
        "--from",
        "2026-11-17",
        "--to",
        "2026-11-18",
        "--tz",
        "europe/berlin",
        "--city",
        "Berlin",
    ];
    let added = world.json(&add);
    assert_document(&added);
    let event = json!({"id": 1, "name": "Expo 2026", "from": "2026-11-17", "to": "2026-11-18",
        "tz": "Europe/Berlin", "city": "Berlin", "held": false, "leads": 0});
    assert_eq!(added["event"], event);
    assert_eq!(added["changed"], true);

    let again = world.json(&["event", "add", "expo  2026"]);
    assert_eq!(
        (&again["event"], &again["changed"]),
        (&event, &json!(false))
    );
    assert_eq!(world.json(&["event", "list"])["events"], json!([event]));
    let shown = world.json(&["event", "show", "exp"]);
    assert_eq!(shown["event"], event);
    assert_eq!(shown["integrations"], json!([]));
}

#[test]
fn a_script_names_an_event_in_full_to_change_it() {
    let world = World::new();
    world.run(&["event", "add", "Expo 2026"]).ends(0);
    let said = world.run(&["event", "hold", "Exp"]).ends(2);
    assert!(said.err.contains("\"Expo 2026\""), "{}", said.err);
    let unknown = world.run(&["event", "show", "Expo 2025"]).ends(1);
    assert!(
        unknown.err.contains("did you mean \"Expo 2026\"?"),
        "{}",
        unknown.err
    );
    world.run(&["event", "hold", "1"]).ends(0);
    assert_eq!(world.json(&["event", "list"])["events"][0]["held"], true);
    let again = world.json(&["event", "hold", "EXPO 2026"]);
    assert_eq!(again["changed"], false);
    let released = world.json(&["event", "release", "Expo 2026"]);
    assert_eq!(
        (&released["changed"], &released["event"]["held"]),
        (&json!(true), &json!(false))
    );
}

#[test]
fn an_edit_changes_what_it_names_and_nothing_else() {
    let world = World::new();
    world
        .run(&[
            "event",
            "add",
            "Expo",
            "--city",
            "Berlin",
            "--from",
            "2026-11-17",
        ])
        .ends(0);
    world.run(&["event", "add", "Summit"]).ends(0);
    let edited = world.json(&[
        "event",
        "edit",
        "Expo",
        "--rename",
        "Expo 2026",
        "--clear",
        "city",
    ]);
    assert_eq!(edited["event"]["name"], "Expo 2026");
    assert_eq!(edited["event"]["city"], json!(null));
    assert_eq!(edited["event"]["from"], "2026-11-17");
    let same = world.json(&["event", "edit", "Expo 2026", "--from", "2026-11-17"]);
    assert_eq!(same["changed"], false);
    // Names are unique, days in order, zones known.
    world
        .run(&["event", "edit", "Expo 2026", "--rename", "summit"])
        .ends(2);
    world
        .run(&["event", "edit", "Expo 2026", "--to", "2026-11-16"])
        .ends(2);
    world
        .run(&["event", "edit", "Expo 2026", "--tz", "Mars/Olympus"])
        .ends(2);
    world.run(&["event", "edit", "Expo 2026"]).ends(2);
    world.run(&["event", "add", "  "]).ends(2);
}

#[test]
fn an_event_with_leads_is_removed_only_on_purpose_and_the_leads_stay() {
    let world = World::new();
    let file = world.file("s.csv", "Email\nann@firm.example\n");
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
    let refused = world.run(&["event", "remove", "Expo"]).ends(1);
    assert!(refused.err.contains("--force"), "{}", refused.err);
    assert_eq!(world.json(&["event", "list"])["events"][0]["leads"], 1);
    world.run(&["event", "remove", "Expo", "--force"]).ends(0);
    assert_eq!(world.json(&["event", "list"])["events"], json!([]));
    let leads = world.json(&["lead", "list"]);
    assert_eq!(leads["leads"][0]["events"], json!([]));
    let mut other = World::new();
    other.set("MOBLY_SYNC_EVENT", "Expo");
    other.run(&["event", "add", "Expo"]).ends(0);
    other.run(&["event", "remove"]).ends(2);
    other.run(&["event", "show"]).ends(0);
}
