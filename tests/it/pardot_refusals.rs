//! Pardot: what it refuses, in each of its forms, and what its limits do to a run.

use std::collections::BTreeMap;
use std::time::Duration;

use mobly_sync::sandbox::SandboxOptions;
use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::pardot::{calls, connected, connected_to, pass, sign_in, tell, unit};
use crate::support::salesforce::{attempt, push};
use crate::support::{World, assert_document};

const HEAD: &str = "First Name,Last Name,Email\n";

/// Refusals of a row, and where each belongs.
const ROWS: &[(u32, &str)] = &[
    (4, "DATA_FORMAT_VALIDATION"),
    (65, "DATA_FORMAT_VALIDATION"),
    (50, "DATA_FORMAT_VALIDATION"),
    (56, "DATA_FORMAT_VALIDATION"),
    (57, "DATA_FORMAT_VALIDATION"),
    (130, "DATA_FORMAT_VALIDATION"),
    (52, "DATA_VALUE_VALIDATION"),
    (13, "REQUIRED_FIELD_MISSING"),
    (36, "REQUIRED_FIELD_MISSING"),
    (153, "REQUIRED_FIELD_MISSING"),
    (14, "NOT_ENOUGH_DATA"),
    (51, "MISSING_REMOTE_FIELD"),
    (154, "MISSING_REMOTE_FIELD"),
    (10, "CONNECTION"),
    (37, "CONNECTION"),
    (38, "CONNECTION"),
    (55, "CONNECTION"),
    (59, "CONNECTION"),
    (125, "CONNECTION"),
    (54, "DUPLICATE_RECORD"),
];

fn ann() -> String {
    format!("{HEAD}Ann,Lee,ann@acme.com\n")
}

/// The message of the only failed lead.
#[track_caller]
fn told(world: &World) -> String {
    let board = world.json(&["reconcile", "--state", "failed"]);
    board["leads"][0]["message"]
        .as_str()
        .unwrap_or_else(|| panic!("{board}"))
        .to_owned()
}

#[track_caller]
fn assert_categories(world: &World) {
    for (code, category) in ROWS {
        let attempt = attempt(world, &format!("p{code}@acme.com"));
        assert_eq!(attempt["category"], *category, "{code}: {attempt}");
    }
    assert_eq!(world.stats()["prospects"], json!(0));
}

#[test]
fn every_number_has_its_category_in_json_and_in_xml() {
    let world = connected();
    let mut csv = HEAD.to_owned();
    for (code, _) in ROWS {
        let email = format!("p{code}@acme.com");
        csv.push_str(&format!("P{code},Lee,{email}\n"));
        tell(&world, "refusals", json!({"email": email, "code": code}));
    }
    let (status, summary) = push(&world, &csv);
    let mut expected: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, category) in ROWS {
        *expected.entry(category).or_default() += 1;
    }
    assert_eq!(
        (status, &summary["by_category"]),
        (3, &json!(expected)),
        "{summary}"
    );
    assert_categories(&world);
    // What stands before the API answers in its own form.
    tell(&world, "settings", json!({"xml_errors": "all"}));
    world
        .run(&["reconcile", "--event", "Expo", "--retry", "--json"])
        .ends(3);
    assert_categories(&world);
    // No refusal holds for ever.
    world.admin("DELETE", "refusals", &Value::Null);
    world
        .run(&["reconcile", "--event", "Expo", "--retry", "--json"])
        .ends(0);
    assert_eq!(world.stats()["prospects"], json!(ROWS.len()));
}

#[test]
fn the_field_a_refusal_names_is_shown_with_its_value() {
    let world = connected();
    tell(
        &world,
        "refusals",
        json!({"email": "ann@acme.com", "code": 57, "message": "Invalid date entered for field: firstName"}),
    );
    let (_, summary) = push(&world, &ann());
    assert_eq!(summary["by_category"], json!({"DATA_FORMAT_VALIDATION": 1}));
    let board = world.json(&["reconcile", "--state", "failed"]);
    let cause = &board["failed"][0]["causes"][0];
    assert_eq!(
        (&cause["field"], &cause["value"]),
        (&json!("firstName"), &json!("Ann")),
        "{board}"
    );
}

#[test]
fn what_passes_is_sent_again_and_what_stays_blames_nobody() {
    // A conflict, a record that cannot be saved, a breakdown: once.
    let world = connected();
    let mut csv = HEAD.to_owned();
    for code in [62, 85, 116, 120, 121, 183, 214] {
        let email = format!("p{code}@acme.com");
        csv.push_str(&format!("P{code},Lee,{email}\n"));
        tell(
            &world,
            "refusals",
            json!({"email": email, "code": code, "times": 1}),
        );
    }
    let (status, summary) = push(&world, &csv);
    assert_eq!((status, &summary["created"]), (0, &json!(7)), "{summary}");
    assert_eq!(world.stats()["prospects"], json!(7));
    // For ever.
    tell(
        &world,
        "refusals",
        json!({"email": "ann@acme.com", "code": 183}),
    );
    let (_, summary) = push(&world, &ann());
    assert_eq!(
        (&summary["failed"], &summary["waiting"], &summary["stopped"]),
        (&json!(0), &json!(1), &json!("outage")),
        "{summary}"
    );
}

#[test]
fn a_maintenance_page_is_nobodys_verdict() {
    let world = connected();
    tell(&world, "faults", json!({"faults": ["html=1@do/upsert"]}));
    let (_, summary) = push(&world, &ann());
    assert_eq!(
        (&summary["failed"], &summary["waiting"], &summary["stopped"]),
        (&json!(0), &json!(1), &json!("outage")),
        "{summary}"
    );
}

/// A unit whose sessions last ten minutes.
fn short_sessions() -> World {
    let mut world = World::with_sandbox(unit());
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    tell(&world, "app", json!({"session_seconds": 600}));
    sign_in(&mut world);
    world.run(&["mapping", "defaults"]).ends(0);
    world
}

#[test]
fn a_token_that_ended_is_renewed_once() {
    let world = short_sessions();
    pass(&world, Duration::from_secs(601));
    // Another process is renewing it: that is not the end.
    tell(&world, "refresh_conflicts", json!({"count": 1}));
    let before = world.stats()["tokens_issued"].as_u64().unwrap();
    let (status, summary) = push(&world, &ann());
    assert_eq!((status, &summary["created"]), (0, &json!(1)), "{summary}");
    assert_eq!(world.stats()["tokens_issued"], json!(before + 1));
    // A token that was renewed and is refused all the same: the app lost its scope.
    let refusal = json!({"email": "bo@beta.com", "code": 184, "status": 401});
    tell(&world, "refusals", refusal);
    let (status, summary) = push(&world, &format!("{HEAD}Bo,Li,bo@beta.com\n"));
    assert_ne!(status, 0);
    assert_eq!(
        summary["by_category"],
        json!({"AUTHENTICATION": 1}),
        "{summary}"
    );
    assert_eq!(world.stats()["tokens_issued"], json!(before + 2));
    let told = told(&world);
    assert!(
        told.contains("pardot_api") && told.contains("mobly-sync connect pardot"),
        "{told}"
    );
}

#[test]
fn the_wrong_business_unit_names_the_option_and_the_command() {
    let world = connected();
    tell(&world, "unit", json!({"id": "0Uvbm0099999999EAA"}));
    let (status, summary) = push(&world, &ann());
    assert_ne!(status, 0);
    assert_eq!(
        summary["by_category"],
        json!({"CONNECTION": 1}),
        "{summary}"
    );
    let told = told(&world);
    for word in ["--business-unit", "--sandbox", "mobly-sync connect pardot"] {
        assert!(told.contains(word), "{told:?} without {word}");
    }
    tell(&world, "unit", json!({"id": crate::support::pardot::UNIT}));
    world
        .run(&["reconcile", "--event", "Expo", "--retry", "--json"])
        .ends(0);
}

#[test]
fn a_header_that_got_lost_on_the_way_is_told_so() {
    let world = connected();
    tell(
        &world,
        "refusals",
        json!({"email": "ann@acme.com", "code": 181, "status": 400}),
    );
    let (_, summary) = push(&world, &ann());
    assert_eq!(
        summary["by_category"],
        json!({"CONNECTION": 1}),
        "{summary}"
    );
    let told = told(&world);
    assert!(
        told.contains("mobly-sync connect pardot --business-unit"),
        "{told}"
    );
}

#[test]
fn a_user_who_may_not_import_is_told_which_permission_lacks() {
    let world = connected();
    tell(&world, "abilities", json!({"deny": ["imports"]}));
    let (status, summary) = push(&world, &World::people_csv(30, 3));
    assert_eq!(
        (status, &summary["by_category"]),
        (3, &json!({"CONNECTION": 30})),
        "{summary}"
    );
    assert!(told(&world).contains("Prospects > Import"));
}

#[test]
fn too_many_at_a_time_wait_a_moment() {
    // Answers take their time, so that requests meet; somebody else has two of the five places.
    let world = connected_to(SandboxOptions {
        latency: Duration::from_secs(1),
        ..unit()
    });
    tell(&world, "limits", json!({"concurrency": 3}));
    let (status, summary) = push(&world, &World::people_csv(20, 2));
    assert_eq!((status, &summary["created"]), (0, &json!(20)), "{summary}");
    let stats = world.stats();
    assert!(stats["limited"].as_u64().unwrap() > 0, "{stats}");
    assert_eq!(
        (&stats["prospects"], &stats["duplicate_emails"]),
        (&json!(20), &json!(0))
    );
}

#[test]
fn the_minute_that_is_used_up_is_waited_for() {
    let world = connected();
    tell(&world, "limits", json!({"minute": 12}));
    let (status, summary) = push(&world, &World::people_csv(15, 3));
    assert!(world.stats()["limited"].as_u64().unwrap() > 0);
    // Waited for once; a run that begins late in its minute meets the next one too, and leaves the rest as it was.
    let told = |key: &str| summary[key].as_u64().unwrap();
    assert_eq!(told("created") + told("waiting"), 15, "{summary}");
    assert!(told("created") > 9 && told("failed") == 0, "{summary}");
    let ended = match told("waiting") {
        0 => (0, json!(null)),
        _ => (6, json!("rate-limit")),
    };
    assert_eq!((status, summary["stopped"].clone()), ended, "{summary}");
    assert_eq!(world.stats()["duplicate_emails"], json!(0));
}

#[test]
fn the_day_that_is_used_up_ends_the_run_and_status_tells_the_calls() {
    let world = connected();
    tell(&world, "limits", json!({"daily": 50_000, "used": 1_234}));
    world.json(&["sync"]);
    let (_, summary) = push(&world, &ann());
    assert_eq!(summary["created"], json!(1), "{summary}");
    let status = world.json(&["status"]);
    assert_document(&status);
    let budget = &status["integrations"][0]["budget"];
    assert_eq!(budget["limit"], json!(50_000), "{budget}");
    assert!(
        (1_235..1_250).contains(&budget["used"].as_u64().unwrap()),
        "{budget}"
    );
    tell(&world, "limits", json!({"used": 50_000}));
    import(&world, "Expo", &World::people_csv(5, 5));
    let before = calls(
        &world,
        "POST /api/v5/objects/prospects/do/upsertLatestByEmail",
    );
    let summary = world.run(&["sync-event", "Expo", "--json"]).json();
    assert_eq!(
        (&summary["failed"], &summary["waiting"], &summary["stopped"]),
        (&json!(0), &json!(5), &json!("budget")),
        "{summary}"
    );
    assert!(summary["until"].is_string(), "{summary}");
    let after = calls(
        &world,
        "POST /api/v5/objects/prospects/do/upsertLatestByEmail",
    );
    assert!(after - before <= 5, "nobody insists");
}

#[test]
fn a_campaign_command_says_what_to_do_instead() {
    let world = connected();
    world.run(&["event", "add", "Expo"]).ends(0);
    for arguments in [
        &["campaign", "connect", "Expo", "--id", "4711"][..],
        &["campaign", "statuses", "Expo"],
        &["campaign", "remove", "Expo", "--id", "4711"],
    ] {
        let with_json = [arguments, &["--json"]].concat();
        let document = world.run(&with_json).ends(1).json();
        assert_eq!(document["error"]["code"], "unsupported", "{document}");
        assert_eq!(
            document["error"]["fix"], "mobly-sync mapping set eventName FIELD",
            "{document}"
        );
        let said = world.run(arguments).ends(1);
        assert!(said.err.contains("automation rule"), "{}", said.err);
    }
}
