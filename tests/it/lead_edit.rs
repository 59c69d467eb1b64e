//! Leads by hand: added, shown, corrected, held, removed; what an edit does to a Failed lead in either mode.

use mobly_sync::domain::integration::Mode;
use serde_json::{Value, json};

use crate::seed::{assert_consistent, connected, qualifier, set_mode};
use crate::support::{World, assert_document};

fn add(world: &World, more: &[&str]) -> Value {
    let mut arguments = vec!["lead", "add", "--event", "Expo"];
    arguments.extend(more);
    world.json(&arguments)
}

fn state(world: &World, lead: &str) -> Value {
    world.json(&["lead", "show", lead])["lead"]["integrations"][0]["state"].clone()
}

#[test]
fn a_lead_is_added_by_hand_and_shown_whole() {
    let world = World::new();
    qualifier(&world, "Interest", &["Demo", "Price"], true);
    world.run(&["event", "add", "Expo"]).ends(0);
    let added = add(
        &world,
        &[
            "--set",
            "email=ann@firm.example",
            "--set",
            "First Name=Ann",
            "--set",
            "Badge Color=red",
            "--qualifier",
            "interest=Demo; Other",
        ],
    );
    assert_document(&added);
    assert_eq!(added["change"], "created");
    assert_eq!(added["sync"], Value::Null);
    let id = added["lead"]["id"].as_str().unwrap();
    assert_eq!(id.len(), 8);
    let shown = world.json(&["lead", "show", &id[..5]]);
    let lead = &shown["lead"];
    assert_eq!(
        lead["fields"],
        json!({"Badge Color": "red", "email": "ann@firm.example", "firstName": "Ann"})
    );
    assert_eq!(lead["events"][0]["name"], "Expo");
    assert_eq!(
        lead["answers"],
        json!([
            {"qualifier": "Interest", "answer": "Demo", "defined": true, "event": "Expo"},
            {"qualifier": "Interest", "answer": "Other", "defined": false, "event": "Expo"},
        ])
    );
    assert_eq!(lead["integrations"], json!([]));
    let again = add(
        &world,
        &["--set", "email=ann@firm.example", "--set", "jobTitle=Head"],
    );
    assert_eq!(again["change"], "updated");
    assert_eq!(again["lead"]["id"], id);
    let said = world.run(&["lead", "show", "ann@firm.example"]).ends(0);
    for text in ["Ann", id, "Job Title", "Head", "Badge Color", "Interest"] {
        assert!(said.out.contains(text), "{text}:\n{}", said.out);
    }
}

#[test]
fn what_cannot_be_set_is_refused_with_what_can() {
    let world = World::new();
    world.run(&["event", "add", "Expo"]).ends(0);
    let add = |more: &[&str]| {
        let mut arguments = vec!["lead", "add", "--event", "Expo", "--json"];
        arguments.extend(more);
        world.run(&arguments)
    };
    for wrong in [
        "numberOfScans=3",
        "event=Expo",
        "mobly_sync_lead_id=X",
        "email=",
    ] {
        assert_eq!(add(&["--set", wrong]).status, 2, "{wrong}");
    }
    let error = add(&["--set", "email=a@b.example", "--qualifier", "Interest=Demo"])
        .ends(1)
        .json();
    assert_eq!(error["error"]["fix"], "mobly-sync qualifier add Interest");
    let typo = add(&["--set", "jobTitel=Head"]).ends(0);
    assert!(
        typo.err.contains("the usual one is jobTitle"),
        "{}",
        typo.err
    );
    world
        .run(&["lead", "add", "--set", "email=a@b.example"])
        .ends(2);
    let unknown = world
        .run(&[
            "lead",
            "add",
            "--event",
            "Gala",
            "--set",
            "email=a@b.example",
        ])
        .ends(1);
    assert!(
        unknown.err.contains("mobly-sync event add Gala"),
        "{}",
        unknown.err
    );
    world
        .run(&["lead", "edit", "nobody@b.example", "--set", "email=x"])
        .ends(1);
}

#[test]
fn an_edit_sets_clears_answers_and_can_be_tried_first() {
    let world = World::new();
    qualifier(&world, "Interest", &["Demo", "Price"], false);
    world.run(&["event", "add", "Expo"]).ends(0);
    add(
        &world,
        &[
            "--set",
            "email=ann@firm.example",
            "--set",
            "phone=+1 555 0101234",
            "--qualifier",
            "Interest=Demo",
        ],
    );
    let edit = [
        "lead",
        "edit",
        "ann@firm.example",
        "--set",
        "jobTitle=Head",
        "--clear",
        "phone",
        "--qualifier",
        "Interest=Price",
    ];
    let dry = world.json(&[&edit[..], &["--dry-run"]].concat());
    assert_eq!(
        (&dry["changed"], &dry["dry_run"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(dry["lead"]["fields"]["phone"], "+1 555 0101234");
    let done = world.json(&edit);
    assert_eq!(
        done["changes"],
        json!([
            {"field": "jobTitle", "old": null, "new": "Head"},
            {"field": "phone", "old": "+1 555 0101234", "new": null},
            {"field": "qualifier:Interest", "old": "Demo", "new": "Price"},
        ])
    );
    assert_eq!(done["lead"]["fields"].get("phone"), None);
    let again = world.json(&edit);
    assert_eq!(again["changed"], false);
    assert_eq!(again["lead"]["revision"], done["lead"]["revision"]);
    world.run(&["lead", "edit", "ann@firm.example"]).ends(2);
    world
        .run(&[
            "lead",
            "edit",
            "ann@firm.example",
            "--set",
            "phone=1",
            "--clear",
            "phone",
        ])
        .ends(2);
}

#[test]
fn an_edited_failed_lead_is_pushed_at_once_in_automatic() {
    let world = connected(Mode::Automatic);
    world.run(&["event", "add", "Expo"]).ends(0);
    let failed = world
        .run(&[
            "lead",
            "add",
            "--event",
            "Expo",
            "--set",
            "email=bo@@x",
            "--set",
            "firstName=Bo",
            "--json",
        ])
        .ends(3)
        .json();
    assert_eq!(failed["lead"]["state"], "failed");
    assert_eq!(failed["lead"]["category"], "DATA_FORMAT_VALIDATION");
    let id = failed["lead"]["id"].as_str().unwrap();
    // Another lead that waits is no business of this edit.
    world
        .run(&[
            "lead",
            "add",
            "--event",
            "Expo",
            "--set",
            "email=cy@firm.example",
            "--no-sync",
        ])
        .ends(0);
    let edited = world.json(&["lead", "edit", id, "--set", "email=bo@firm.example"]);
    assert_eq!(
        (&edited["sync"]["pushed"], &edited["sync"]["cleared"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(edited["lead"]["state"], "cleared");
    assert_eq!(state(&world, "cy@firm.example"), "pre-sync");
    let shown = world.json(&["lead", "show", id]);
    let place = &shown["lead"]["integrations"][0];
    assert_eq!(place["records"][0]["object"], "contact");
    assert_eq!(place["next"], format!("mobly-sync open {id}"));
    // A cleared lead goes again, and nothing goes for nothing.
    let again = world.json(&["lead", "edit", id, "--set", "jobTitle=Head"]);
    assert_eq!(again["sync"]["updated"], 1);
    let same = world.json(&["lead", "edit", id, "--set", "jobTitle=Head"]);
    assert_eq!(same["sync"], Value::Null);
    assert_eq!(world.stats()["contacts"], 1);
    assert_consistent(&world);
}

#[test]
fn an_edited_failed_lead_stays_failed_in_manual() {
    let world = connected(Mode::Automatic);
    world.run(&["event", "add", "Expo"]).ends(0);
    let arguments = [
        "lead",
        "add",
        "--event",
        "Expo",
        "--set",
        "email=bo@@x",
        "--json",
    ];
    let lead = world.run(&arguments).ends(3).json();
    let id = lead["lead"]["id"].as_str().unwrap();
    set_mode(&world, Mode::Manual);
    let said = world
        .run(&["lead", "edit", id, "--set", "email=bo@firm.example"])
        .ends(0);
    assert!(
        said.err
            .contains(&format!("mobly-sync reconcile --lead {id} --retry")),
        "{}",
        said.err
    );
    // Whoever corrects a lead cares about it again.
    world
        .run(&[
            "reconcile",
            "--lead",
            id,
            "--ignore",
            "--reason",
            "test scan",
        ])
        .ends(0);
    assert_eq!(state(&world, id), "ignored");
    world
        .run(&[
            "lead",
            "edit",
            id,
            "--clear",
            "email",
            "--set",
            "lastName=Stone",
        ])
        .ends(0);
    assert_eq!(state(&world, id), "failed");
    assert_eq!(world.stats()["contacts"], 0);
    assert_consistent(&world);
}

#[test]
fn held_leads_stay_until_released() {
    let world = connected(Mode::Automatic);
    world.run(&["event", "add", "Expo"]).ends(0);
    let lead = add(&world, &["--set", "email=ann@firm.example", "--no-sync"]);
    let id = lead["lead"]["id"].as_str().unwrap();
    let held = world.json(&["lead", "hold", id, "ann@firm.example"]);
    assert_eq!(
        held,
        json!({"schema": 1, "held": true, "leads": [id], "unchanged": 0})
    );
    assert_eq!(world.json(&["lead", "hold", id])["unchanged"], 1);
    let other = world.json(&[
        "lead",
        "add",
        "--event",
        "Expo",
        "--set",
        "email=bo@firm.example",
    ]);
    assert_eq!(other["sync"]["pushed"], 1);
    assert_eq!(state(&world, id), "held");
    let released = world.json(&["lead", "release", id]);
    assert_eq!(released["leads"], json!([id]));
    assert_eq!(state(&world, id), "pre-sync");
    assert_consistent(&world);
    // Before the first connection there is nothing to be held back from.
    let alone = World::new();
    let file = alone.file("a.csv", "Email\nann@firm.example\n");
    alone.run(&["lead", "import", &file]).ends(0);
    alone.run(&["lead", "hold", "ann@firm.example"]).ends(4);
}

#[test]
fn a_removed_lead_leaves_its_record_and_nothing_here() {
    let world = connected(Mode::Automatic);
    world.run(&["event", "add", "Expo"]).ends(0);
    let lead = add(
        &world,
        &["--set", "email=ann@firm.example", "--set", "firstName=Ann"],
    );
    let id = lead["lead"]["id"].as_str().unwrap();
    let removed = world.json(&["lead", "remove", id]);
    assert_eq!(removed["removed"], json!([id]));
    assert_eq!(removed["records_left"], 1);
    world.run(&["lead", "show", id]).ends(1);
    assert_eq!(world.stats()["contacts"], 1);
    assert_consistent(&world);
    // Captured again, the person is found there and not made twice.
    let back = add(
        &world,
        &["--set", "email=ann@firm.example", "--set", "firstName=Ann"],
    );
    assert_eq!(back["change"], "created");
    assert_eq!(world.stats()["contacts"], 1);
}
