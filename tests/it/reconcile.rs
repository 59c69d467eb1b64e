//! The board: what it counts, lists and suggests, and what a retry makes of it.

use serde_json::{Value, json};

use crate::support::expo::{EXPO, expo};
use crate::support::{World, assert_document};

const RETRY: [&str; 4] = ["reconcile", "--event", EXPO, "--retry"];

fn closes(board: &Value) {
    let sums = &board["summary"];
    let parts = [
        "enriching",
        "pre_sync",
        "held",
        "failed",
        "cleared",
        "ignored",
    ];
    let sum: u64 = parts.iter().map(|part| sums[part].as_u64().unwrap()).sum();
    assert_eq!(sums["total"].as_u64().unwrap(), sum, "{sums}");
    let failed: u64 = board["failed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["count"].as_u64().unwrap())
        .sum();
    assert_eq!(sums["failed"], failed, "{board}");
    for group in board["failed"].as_array().unwrap() {
        let causes = group["causes"].as_array().unwrap();
        let sum: u64 = causes
            .iter()
            .map(|cause| cause["count"].as_u64().unwrap())
            .sum();
        assert!(causes.is_empty() || group["count"] == sum, "{group}");
    }
}

fn counts(retry: &Value) -> Vec<u64> {
    ["retried", "cleared", "moved", "unchanged", "waiting"]
        .iter()
        .map(|key| retry[key].as_u64().unwrap())
        .collect()
}

fn failed_ids(world: &World, category: &str) -> Vec<String> {
    let board = world.json(&["reconcile", "--category", category]);
    board["leads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lead| lead["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_board_keeps_its_contract() {
    let world = expo();
    let before = world.json(&["reconcile", "--event", EXPO]);
    assert_document(&before);
    closes(&before);
    assert_eq!(before["pre_sync"][0]["reason"], "FROZEN");
    assert_eq!(before["pre_sync"][0]["count"], 9);
    assert_eq!(before["pre_sync"][0]["fix"], "sync-mode");
    assert_eq!(
        before["pre_sync"][0]["hint"],
        "mobly-sync sync-event \"Expo 2026\""
    );
    assert_eq!(before["leads"], json!([]));
    assert_eq!(
        before["filter"],
        json!({"event": EXPO, "state": null, "category": null, "search": null, "view": "event", "since": null,
               "lead": null, "limit": null, "by": "cause"})
    );

    let arguments: Vec<&str> = RETRY.into_iter().chain(["--json"]).collect();
    let after = world.run(&arguments).ends(3).json();
    closes(&after);
    assert_eq!(
        counts(&after["retry"]),
        [9, 2, 7, 0, 0],
        "a first failure is moved"
    );
    assert!(after["retry"]["run"].as_i64().unwrap() > 0);
    let summary = &after["summary"];
    assert_eq!(
        (&summary["cleared"], &summary["failed"]),
        (&json!(2), &json!(7))
    );
    assert_eq!(
        summary["failed_landed"], 3,
        "their company was refused, they are there"
    );
    assert_eq!(summary["cleared_percent"], 22.2);
    let values = World::group(&after, "DATA_VALUE_VALIDATION").unwrap();
    assert_eq!(
        (&values["count"], &values["fix"]),
        (&json!(3), &Value::Null)
    );
    let cause = &values["causes"][0];
    assert_eq!(cause["id"], "1a");
    assert_eq!(
        cause["phase"], "prepare",
        "HubSpot's own list refuses it, without a call"
    );
    assert_eq!(cause["field"], "industry");
    assert_eq!(cause["value"], "Software");
    assert_eq!(
        (&cause["count"], &cause["landed"]),
        (&json!(2), &json!(true))
    );
    assert_eq!(cause["guess"], "COMPUTER_SOFTWARE");
    assert_eq!(
        cause["fix"],
        "mobly-sync mapping set companyIndustry industry --object company --value Software=COMPUTER_SOFTWARE"
    );
    assert!(!cause["vendor_message"].as_str().unwrap().is_empty());
    assert_eq!(cause["key"].as_str().unwrap().len(), 32);
    for (category, fix) in [
        ("NO_TAG_MAPPING", json!("value-mapping")),
        ("DATA_TOO_LONG", json!("field-length")),
        ("DATA_FORMAT_VALIDATION", json!("data-format")),
        ("NOT_ENOUGH_DATA", Value::Null),
    ] {
        let group = World::group(&after, category).unwrap();
        assert_eq!(
            (&group["count"], &group["fix"]),
            (&json!(1), &fix),
            "{category}"
        );
        assert!(group["hint"].as_str().unwrap().starts_with("mobly-sync "));
    }
    assert_eq!(after["events"][0]["event"], EXPO);
    assert_eq!(after["events"][0]["failed"], 7);
}

#[test]
fn what_selects_leads_lists_them_and_moves_no_count() {
    let world = expo();
    world.run(&RETRY).ends(3);
    let all = world.json(&["reconcile"]);
    let listed = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["reconcile"].iter().chain(arguments).copied().collect();
        let board = world.json(&arguments);
        assert_eq!(board["summary"], all["summary"], "{arguments:?}");
        board["leads"]
            .as_array()
            .unwrap()
            .iter()
            .map(|lead| lead["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(&["--view", "lead"]).len(), 9);
    assert_eq!(listed(&["--view", "lead", "--limit", "2"]).len(), 2);
    assert_eq!(listed(&["--state", "cleared"]), ["Ann Lee", "Bo Li"]);
    assert_eq!(listed(&["--search", "di@soft"]), ["Di Oak"]);
    assert_eq!(listed(&["--search", "oak"]), ["Di Oak"]);
    assert_eq!(listed(&["--lead", "gil@long.com"]), ["Gil Long"]);
    assert_eq!(listed(&["--category", "NO_TAG_MAPPING"]), ["Fay Tag"]);
    let lead = &world.json(&["reconcile", "--lead", "cy@soft.com"])["leads"][0];
    assert_eq!(lead["state"], "failed");
    assert_eq!(lead["category"], "DATA_VALUE_VALIDATION");
    assert_eq!(
        (&lead["landed"], &lead["ignored"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(lead["event"], EXPO);
    assert_eq!(lead["events"], json!([EXPO]));
    assert!(lead["record"].is_string() && lead["run"].is_number());

    // The scope moves the counts: nothing was attempted or captured in that hour.
    let none = world.json(&["reconcile", "--since", "2100-01-01"]);
    assert_eq!(none["summary"]["total"], 0);
    let recent = world.json(&["reconcile", "--since", "1h", "--by", "phase"]);
    assert_eq!(recent["summary"], all["summary"]);
    assert_eq!(recent["filter"]["by"], "phase");
    world
        .run(&[
            "reconcile",
            "--state",
            "cleared",
            "--category",
            "CONNECTION",
        ])
        .ends(2);
}

#[test]
fn a_retry_clears_moves_or_leaves_and_takes_only_what_it_names() {
    let world = expo();
    world.run(&RETRY).ends(3);
    world.map_platform_demo();
    let retry = |arguments: &[&str], status: i32| {
        let arguments: Vec<&str> = ["reconcile", "--retry", "--json"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        world.run(&arguments).ends(status).json()
    };
    let group = retry(&["--category", "NO_TAG_MAPPING"], 0);
    assert_eq!(counts(&group["retry"]), [1, 1, 0, 0, 0]);
    assert_eq!(trigger(&world, "fay@tag.com"), "retry-category");

    // The title fits now, but the address does not: another category.
    let rule = json!({"propertyName": "email", "ruleType": "MAX_LENGTH", "ruleArguments": ["5"]});
    world.admin("DELETE", "rules/contacts", &json!({}));
    world.admin("POST", "rules/contacts", &rule);
    let one = retry(&["--lead", "hal@bad.invalid"], 3);
    let moved = counts(&one["retry"]);
    assert_eq!((moved[0], moved[1]), (1, 0), "{moved:?}");
    assert_eq!(trigger(&world, "hal@bad.invalid"), "retry-lead");
    world.admin("DELETE", "rules/contacts", &json!({}));

    let all = retry(&[], 3);
    closes(&all);
    let numbers = counts(&all["retry"]);
    assert_eq!(numbers[0], 6, "every failed lead");
    assert_eq!(numbers[1], 1, "the long title");
    assert_eq!(numbers[0], numbers[1..].iter().sum::<u64>());
    assert_eq!(trigger(&world, "hal@bad.invalid"), "retry-global");

    let nothing = retry(&["--lead", "ann@acme.com"], 0);
    assert_eq!(
        counts(&nothing["retry"]),
        [0; 5],
        "a cleared lead is no retry"
    );
    let again = retry(&["--lead", "ann@acme.com", "--again"], 0);
    assert_eq!(counts(&again["retry"]), [1, 1, 0, 0, 0]);
    world
        .run(&["reconcile", "--state", "cleared", "--retry"])
        .ends(2);
}

fn trigger(world: &World, lead: &str) -> String {
    let log = world.json(&["log", lead, "--all"]);
    log["attempts"][0]["trigger"].as_str().unwrap().to_owned()
}

#[test]
fn the_environment_narrows_what_is_shown_but_no_retry() {
    let mut world = expo();
    let mut store = world.store();
    let other = mobly_sync::store::events::NewEvent {
        name: "Other".into(),
        ..Default::default()
    };
    store
        .add_event(&other, "2026-11-17T09:00:00Z".parse().unwrap())
        .unwrap();
    drop(store);
    world.run(&RETRY).ends(3);
    world.set("MOBLY_SYNC_EVENT", "Other");
    assert_eq!(world.json(&["reconcile"])["summary"]["total"], 0);
    let retry = world
        .run(&["reconcile", "--retry", "--json"])
        .ends(3)
        .json();
    assert_eq!(retry["retry"]["retried"], 7);
    assert_eq!(retry["filter"]["event"], "Other");
}

#[test]
fn frozen_leads_move_when_their_event_state_or_lead_is_named() {
    let world = expo();
    let all = world
        .run(&["reconcile", "--retry", "--json"])
        .ends(0)
        .json();
    assert_eq!(all["retry"]["retried"], 0, "nothing failed, nothing named");
    let failed = world
        .run(&[
            "reconcile",
            "--event",
            EXPO,
            "--state",
            "failed",
            "--retry",
            "--json",
        ])
        .ends(0)
        .json();
    assert_eq!(failed["summary"]["pre_sync"], 9);
    let one = world
        .run(&["reconcile", "--lead", "ann@acme.com", "--retry", "--json"])
        .ends(0)
        .json();
    assert_eq!(counts(&one["retry"]), [1, 1, 0, 0, 0]);
    let limited = world
        .run(&[
            "reconcile",
            "--state",
            "pre-sync",
            "--retry",
            "--limit",
            "1",
            "--json",
        ])
        .ends(6)
        .json();
    assert_eq!(limited["summary"]["pre_sync"], 7);
    let rest = world
        .run(&["reconcile", "--state", "pre-sync", "--retry", "--json"])
        .ends(3)
        .json();
    assert_eq!(rest["summary"]["pre_sync"], 0);
}

#[test]
fn held_ignored_and_claimed_leads_are_refused_with_the_reason() {
    let world = expo();
    world.run(&RETRY).ends(3);
    let mut store = world.store();
    let now = "2026-11-17T09:00:00Z".parse().unwrap();
    let lead = |store: &mobly_sync::store::Store, email: &str| {
        store.find_lead(email).unwrap().found().unwrap()
    };
    let cy = lead(&store, "cy@soft.com");
    store.hold_leads(&[cy], now).unwrap();
    let error =
        |arguments: &[&str], status: i32| world.run(arguments).ends(status).json()["error"].clone();
    let held = error(
        &["reconcile", "--lead", "cy@soft.com", "--retry", "--json"],
        1,
    );
    assert!(
        held["message"].as_str().unwrap().contains("is held"),
        "{held}"
    );
    world
        .run(&[
            "reconcile",
            "--lead",
            "di@soft.com",
            "--ignore",
            "--reason",
            "a test",
        ])
        .ends(0);
    let ignored = error(
        &["reconcile", "--lead", "di@soft.com", "--retry", "--json"],
        1,
    );
    assert!(
        ignored["fix"].as_str().unwrap().ends_with("--unignore"),
        "{ignored}"
    );

    // Another process at work holds the lead; its run is named.
    let crm = store.integration("hubspot").unwrap().unwrap();
    let account = crm.account.as_ref().unwrap().id;
    let run = store
        .begin_run(&mobly_sync::store::NewRun::default(), now)
        .unwrap();
    let claim = store.open_claim(run, now).unwrap();
    let ed = lead(&store, "ed@fin.com");
    let selection = mobly_sync::store::PushSelection {
        failed: true,
        leads: mobly_sync::store::Selection {
            lead: Some(ed),
            ..Default::default()
        },
        ..Default::default()
    };
    store
        .select_for_push(account, &selection, jiff::Timestamp::UNIX_EPOCH)
        .unwrap();
    store
        .claim_next(account, claim.id, &selection, 10, now)
        .unwrap();
    let claimed = error(
        &["reconcile", "--lead", "ed@fin.com", "--retry", "--json"],
        1,
    );
    assert_eq!(claimed["code"], "claimed");
    assert!(
        claimed["message"]
            .as_str()
            .unwrap()
            .contains(&format!("run {run}")),
        "{claimed}"
    );

    let event = store.find_event(EXPO).unwrap().found().unwrap();
    store.hold_event(event.id, true, now).unwrap();
    let held = error(&["reconcile", "--event", EXPO, "--retry", "--json"], 6);
    assert_eq!(held["code"], "event_held");
}

#[test]
fn ignored_leads_stay_in_the_sum_and_keep_their_history() {
    let world = expo();
    world.run(&RETRY).ends(3);
    world
        .run(&["reconcile", "--ignore", "--reason", "x"])
        .ends(2);
    let after = world.json(&[
        "reconcile",
        "--category",
        "NOT_ENOUGH_DATA",
        "--ignore",
        "--reason",
        "empty badge",
    ]);
    closes(&after);
    assert_eq!(after["ignored"]["leads"], 1);
    assert_eq!(
        (&after["summary"]["failed"], &after["summary"]["ignored"]),
        (&json!(6), &json!(1))
    );
    let retry = world
        .run(&["reconcile", "--retry", "--json"])
        .ends(3)
        .json();
    assert_eq!(retry["retry"]["retried"], 6);
    let history = world.json(&["history", "--limit", "2"]);
    let run = &history["runs"][1];
    assert_eq!(run["by"], "ann");
    assert_eq!(run["counts"], json!({"ignored": 1}));
    assert!(run["command"].as_str().unwrap().contains("--ignore"));
    let back = world.json(&["reconcile", "--unignore"]);
    assert_eq!(
        (&back["summary"]["failed"], &back["summary"]["ignored"]),
        (&json!(7), &json!(0))
    );
    closes(&back);
    assert!(world.store().check_counters().unwrap().is_empty());
}

#[test]
fn the_ids_of_the_last_board_select_and_a_stale_one_shows_the_new_list() {
    let world = expo();
    world.run(&RETRY).ends(3);
    let board = world.json(&["reconcile"]);
    let group = World::group(&board, "NO_TAG_MAPPING").unwrap();
    let (id, key) = (
        group["causes"][0]["id"].as_str().unwrap(),
        group["causes"][0]["key"].as_str().unwrap(),
    );
    let listed = world.json(&["reconcile", "--cause", id]);
    assert_eq!(listed["leads"][0]["name"], "Fay Tag");
    let listed = world.json(&["reconcile", "--cause", key]);
    assert_eq!(listed["leads"][0]["name"], "Fay Tag");
    world.map_platform_demo();
    let retry = world
        .run(&["reconcile", "--cause", id, "--retry", "--json"])
        .ends(0)
        .json();
    assert_eq!(counts(&retry["retry"]), [1, 1, 0, 0, 0]);
    let stale = world
        .run(&["reconcile", "--cause", key, "--json"])
        .ends(1)
        .json();
    assert_eq!(stale["error"]["code"], "not_found");
    assert!(
        stale["error"]["hint"]
            .as_str()
            .unwrap()
            .contains("1a industry Software 2"),
        "{stale}"
    );
    let stale = world
        .run(&["reconcile", "--event", EXPO, "--cause", "9z"])
        .ends(1);
    assert!(
        stale.err.contains("1a industry Software 2"),
        "{}",
        stale.err
    );
}

#[test]
fn a_match_is_settled_by_naming_the_record_or_making_one() {
    let world = expo();
    let seeded = world.admin(
        "POST",
        "objects/contacts",
        &json!({"inputs": [{"properties": {"email": "other@acme.com", "firstname": "Ann"}}]}),
    );
    let record = seeded["ids"][0].as_str().unwrap();
    // A record that is not there is no reason to make one, nor to take another of the same address.
    let missing = world
        .run(&[
            "reconcile",
            "--lead",
            "ann@acme.com",
            "--adopt",
            "99999999",
            "--json",
        ])
        .ends(3)
        .json();
    assert_eq!(missing["leads"][0]["state"], "failed");
    assert_eq!(missing["leads"][0]["category"], "AMBIGUOUS_MATCH");
    assert_eq!(missing["leads"][0]["record"], Value::Null);
    let adopted = world
        .run(&[
            "reconcile",
            "--lead",
            "ann@acme.com",
            "--adopt",
            record,
            "--json",
        ])
        .ends(0)
        .json();
    assert_eq!(counts(&adopted["retry"]), [1, 1, 0, 0, 0]);
    assert_eq!(adopted["leads"][0]["record"], record);
    let created = world
        .run(&["reconcile", "--lead", "bo@acme.com", "--create", "--json"])
        .ends(0)
        .json();
    assert_eq!(created["leads"][0]["state"], "cleared");
    // Who is there already is neither made nor adopted.
    for option in [&["--create"][..], &["--adopt", record]] {
        let said = world
            .run(&[&["reconcile", "--lead", "bo@acme.com"], option].concat())
            .ends(1);
        assert!(said.err.contains("is cleared"), "{}", said.err);
    }
    world.run(&["reconcile", "--adopt", "1"]).ends(2);
}

#[test]
fn people_get_one_screen_and_pipes_get_records() {
    let mut world = expo();
    world.run(&RETRY).ends(3);
    let piped = world.run(&["reconcile"]).ends(0).out;
    assert!(piped.contains("summary\tfailed\t7\n"), "{piped}");
    assert!(
        piped.contains("cause\t1a\tDATA_VALUE_VALIDATION\t2\tprepare\tindustry\tSoftware\t"),
        "{piped}"
    );
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    world.set("NO_COLOR", "1");
    world.set("LANG", "en_US.UTF-8");
    let screen = world.run(&["reconcile", "--event", EXPO]).ends(0).out;
    assert!(screen.contains("22.2%") && screen.contains('█'), "{screen}");
    assert!(screen.contains("REHEARSAL)"), "{screen}");
    assert!(
        screen.contains(
            "Then:  mobly-sync reconcile --event \"Expo 2026\" --state failed --retry   (7)"
        ),
        "{screen}"
    );
    for line in screen.lines().filter(|line| !line.contains("mobly-sync ")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let retry = world.run(&RETRY).ends(3);
    assert!(
        retry.out.contains("exit=3") && retry.out.contains("FAILED  "),
        "{}",
        retry.out
    );
    assert_eq!(failed_ids(&world, "NOT_ENOUGH_DATA").len(), 1);
}
