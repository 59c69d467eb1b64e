//! What was sent, what came back, and what every run did.

use serde_json::json;

use crate::support::expo::{EXPO, expo};
use crate::support::{CANARY, assert_document};

#[test]
fn the_log_shows_the_current_issue_with_what_was_sent_and_the_answer() {
    let world = expo();
    let waiting = world.json(&["log", "cy@soft.com"]);
    assert_eq!(waiting["attempts"], json!([]));
    world
        .run(&["reconcile", "--event", EXPO, "--retry"])
        .ends(3);
    let log = world.json(&["log", "hal@bad.invalid"]);
    assert_document(&log);
    assert_eq!(log["lead"]["email"], "hal@bad.invalid");
    let attempts = log["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 1);
    let attempt = &attempts[0];
    assert_eq!(attempt["status"], "failed");
    assert_eq!(attempt["category"], "DATA_FORMAT_VALIDATION");
    assert_eq!(attempt["trigger"], "retry-global");
    assert_eq!(attempt["event"], EXPO);
    for key in [
        "id", "run", "started", "finished", "result", "message", "phases",
    ] {
        assert!(attempt.get(key).is_some(), "{key}");
    }
    let phases = attempt["phases"].as_array().unwrap();
    let person = phases
        .iter()
        .find(|phase| phase["name"] == "person" && phase["ok"] == false)
        .unwrap();
    assert_eq!(
        (&person["action"], &person["request"]["method"]),
        (&json!("create"), &json!("POST"))
    );
    assert!(
        person["request"]["body"]
            .to_string()
            .contains("hal@bad.invalid"),
        "{person}"
    );
    assert!(
        person["response"]["body"]
            .to_string()
            .contains("INVALID_EMAIL"),
        "{person}"
    );
    assert!(!log.to_string().contains(CANARY), "a secret leaked");

    // A local refusal made no call.
    let local = world.json(&["log", "fay@tag.com"]);
    let phase = &local["attempts"][0]["phases"][0];
    assert_eq!(phase["name"], "prepare");
    assert_eq!(
        (&phase["action"], &phase["request"], &phase["response"]),
        (&json!(null), &json!(null), &json!(null))
    );

    // What is cleared has no current issue, but keeps its log.
    assert_eq!(world.json(&["log", "ann@acme.com"])["attempts"], json!([]));
    let all = world.json(&["log", "ann@acme.com", "--all"]);
    assert_eq!(all["attempts"][0]["status"], "cleared");
    assert_eq!(all["attempts"][0]["result"], "created");
    let missing = world
        .run(&["log", "nobody@acme.com", "--json"])
        .ends(1)
        .json();
    assert_eq!(missing["error"]["code"], "not_found");
}

#[test]
fn people_read_the_log_without_json() {
    let mut world = expo();
    world
        .run(&["reconcile", "--event", EXPO, "--retry"])
        .ends(3);
    let piped = world.run(&["log", "hal@bad.invalid"]).ends(0).out;
    assert!(piped.starts_with("attempt\t"), "{piped}");
    assert!(piped.contains("\nphase\t"), "{piped}");
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    world.set("NO_COLOR", "1");
    let said = world.run(&["log", "hal@bad.invalid"]).ends(0);
    for part in [
        "failed in HubSpot",
        "DATA_FORMAT_VALIDATION",
        "Phase",
        "Sent to HubSpot: POST",
        "HubSpot answered",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    assert!(
        said.err
            .contains("mobly-sync explain DATA_FORMAT_VALIDATION"),
        "{}",
        said.err
    );
}

#[test]
fn history_tells_every_run_and_what_it_wrote() {
    let world = expo();
    let retry = world
        .run(&["reconcile", "--event", EXPO, "--retry", "--json"])
        .ends(3)
        .json();
    let run = retry["retry"]["run"].to_string();
    let history = world.json(&["history"]);
    assert_document(&history);
    let latest = &history["runs"][0];
    assert_eq!(latest["run"].to_string(), run);
    assert_eq!(latest["command"], "reconcile --event \"Expo 2026\" --retry");
    assert_eq!(latest["by"], "ann");
    assert_eq!(latest["integration"], "hubspot");
    assert_eq!(latest["account"], "20261122");
    assert_eq!(latest["event"], EXPO);
    assert_eq!(latest["counts"]["cleared"], 2);
    assert_eq!(latest["outcome"], "done");
    assert!(
        latest["started"].is_string()
            && latest["finished"].is_string()
            && latest["undone_by"].is_null()
    );
    assert_eq!(
        world.json(&["history", "list", "--limit", "1"])["runs"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        world.json(&["history", "--since", "2100-01-01"])["runs"],
        json!([])
    );

    let shown = world.json(&["history", "show", &run]);
    assert_document(&shown);
    assert_eq!(shown["records"]["created"].as_u64().unwrap() > 0, true);
    assert!(
        shown["fields"]["contact.email"]["created"]
            .as_u64()
            .unwrap()
            >= 2,
        "{shown}"
    );
    let setup = world.json(&["history", "show", "1"]);
    assert_eq!(setup["changes"][0]["kind"], "integration");
    let piped = world.run(&["history", "show", &run]).ends(0).out;
    assert!(piped.contains("contact.email\t"), "{piped}");
    world.run(&["history", "show", "999"]).ends(1);
}

#[test]
fn a_run_whose_process_is_gone_is_told_as_crashed() {
    let world = expo();
    let mut store = world.store();
    let now = "2026-11-17T09:00:00Z".parse().unwrap();
    let run = store
        .begin_run(&mobly_sync::store::NewRun::default(), now)
        .unwrap();
    let claim = store.open_claim(run, now).unwrap();
    let outcome = || world.json(&["history", "--limit", "1"])["runs"][0]["outcome"].clone();
    assert_eq!(outcome(), json!(null), "at work");
    drop(claim);
    assert_eq!(outcome(), "crashed");
}

#[test]
fn open_prints_the_records_address() {
    let world = expo();
    let none = world
        .run(&["open", "ann@acme.com", "--json"])
        .ends(1)
        .json();
    assert_eq!(none["error"]["code"], "not_found");
    world
        .run(&["reconcile", "--event", EXPO, "--retry"])
        .ends(3);
    let opened = world.json(&["open", "ann@acme.com"]);
    let record = opened["record"].as_str().unwrap();
    let url = world.run(&["open", "ann@acme.com"]).ends(0).out;
    assert_eq!(url.trim_end(), opened["url"]);
    assert_eq!(
        url.trim_end(),
        format!("https://app.hubspot.com/contacts/20261122/record/0-1/{record}")
    );
}
