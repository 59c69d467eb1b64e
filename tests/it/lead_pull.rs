//! `lead pull`: everything Mobly has, once, whatever happens on the way.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};
use std::time::Duration;

use mobly_sync::sandbox::SandboxOptions;
use serde_json::{Value, json};

use crate::support::mobly::{Mobly, keep_limits, organization, paced};
use crate::support::{CANARY, Said, World};

fn number(world: &World, sql: &str) -> u64 {
    let file = rusqlite::Connection::open(world.database()).unwrap();
    file.query_row(sql, [], |row| row.get::<_, i64>(0))
        .unwrap()
        .unsigned_abs()
}

/// Mobly's ids of the leads that are here.
fn here(world: &World) -> BTreeSet<String> {
    let file = rusqlite::Connection::open(world.database()).unwrap();
    let mut statement = file
        .prepare("SELECT external_id FROM leads WHERE source = 'mobly'")
        .unwrap();
    let ids = statement.query_map([], |row| row.get(0)).unwrap();
    ids.map(Result::unwrap).collect()
}

/// Mobly's ids of the leads that are there.
fn there(mobly: &Mobly) -> BTreeSet<String> {
    let leads = mobly.leads();
    let ids = leads.iter().map(|lead| lead["id"].as_str().unwrap());
    ids.map(str::to_owned).collect()
}

/// Everything a pull may change, as one text.
fn picture(world: &World) -> String {
    let parts = [
        "SELECT group_concat(id || external_id || revision || updated_at || fields || readiness, '|') FROM leads",
        "SELECT group_concat(event_id || '.' || lead_id || '.' || registered || checked_in, '|') FROM event_leads",
        "SELECT group_concat(lead_id || '.' || qualifier_id || value_key, '|') FROM answers",
        "SELECT group_concat(id || external_id || lead_id || text, '|') FROM activities",
        "SELECT group_concat(id || name || external_id || archived, '|') FROM qualifiers",
        "SELECT group_concat(lead_id || vendor || remote_id, '|') FROM remote_hints",
    ];
    let file = rusqlite::Connection::open(world.database()).unwrap();
    let texts = parts.map(|sql| {
        file.query_row(sql, [], |row| row.get::<_, Option<String>>(0))
            .unwrap()
            .unwrap_or_default()
    });
    texts.join("\n")
}

#[track_caller]
fn assert_counters(world: &World) {
    let store = mobly_sync::store::Store::open(&world.database()).unwrap();
    assert_eq!(store.check_counters().unwrap(), Vec::new());
}

/// Everything is here, and nothing twice.
#[track_caller]
fn assert_all_is_here(world: &World, mobly: &Mobly) {
    assert_eq!(here(world), there(mobly));
    let all = [
        ("leads", "SELECT count(*) FROM leads"),
        ("events", "SELECT count(*) FROM events"),
        ("event_leads", "SELECT count(*) FROM event_leads"),
        (
            "with_remote_id",
            "SELECT count(DISTINCT lead_id) FROM remote_hints",
        ),
    ];
    for (stat, sql) in all {
        assert_eq!(json!(number(world, sql)), mobly.stat(stat), "{stat}");
    }
    assert_eq!(number(world, "SELECT count(*) FROM pulls"), 0);
    assert_eq!(number(world, "SELECT count(*) FROM pull_seen"), 0);
    assert_counters(world);
}

#[test]
fn everything_is_pulled_within_the_limit_and_a_second_pull_changes_nothing() {
    let mut world = World::new();
    keep_limits(&mut world);
    let mobly = Mobly::filled(paced(), 400, 7);
    mobly.connect(&world, &[]);
    let first = world.json(&["lead", "pull"]);
    let brought = (
        &first["created"],
        &first["read"],
        &first["events"],
        &first["complete"],
        &first["resumed"],
    );
    let expected = (
        &json!(400),
        &json!(400),
        &json!(7),
        &json!(true),
        &json!(false),
    );
    assert_eq!(brought, expected, "{first}");
    assert_eq!(first["enriching"], mobly.stat("not_enriched"));
    assert_all_is_here(&world, &mobly);
    let before = picture(&world);
    let again = world.json(&["lead", "pull"]);
    assert_eq!(
        (&again["created"], &again["updated"], &again["unchanged"]),
        (&json!(0), &json!(0), &json!(400)),
        "{again}"
    );
    // What each lead had to tell is known: its activities are not read a second time.
    assert_eq!(again["activities"], 0);
    assert!(again["requests"].as_u64().unwrap() < first["requests"].as_u64().unwrap());
    assert_eq!(picture(&world), before);
    assert_all_is_here(&world, &mobly);
    assert_eq!(
        mobly.stat("refused"),
        json!(0),
        "more than 20 requests were due"
    );
    assert!(mobly.stat("requests").as_u64().unwrap() > 40);
    for unknown in ["unknown_parameters", "unknown_members"] {
        assert_eq!(mobly.stat(unknown), json!(0), "{unknown}");
    }
    let status = world.json(&["status"]);
    assert_eq!(status["integrations"][0]["category"], "source");
}

/// An organization whose answers take their time, so that a pull can be stopped on its way.
fn slow() -> SandboxOptions {
    SandboxOptions {
        latency: Duration::from_millis(25),
        ..organization()
    }
}

fn begin(world: &World) -> Child {
    let mut command = world.command();
    command
        .args(["lead", "pull", "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn end(child: Child) -> Said {
    let output = child.wait_with_output().unwrap();
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Waits until Mobly answered so many requests of a kind since it was counted anew.
fn until_asked(mobly: &Mobly, kind: &str, times: u64, child: &mut Child) {
    while mobly.stat("by_endpoint")[kind]["200"].as_u64().unwrap_or(0) < times
        && child.try_wait().unwrap().is_none()
    {
        std::thread::yield_now();
    }
}

#[test]
fn a_pull_killed_again_and_again_goes_on_where_it_stopped() {
    let world = World::new();
    let mobly = Mobly::filled(slow(), 600, 4);
    mobly.connect(&world, &[]);
    // In who was where, in the leads, and in the activities.
    for (kind, times) in [("event_leads", 4), ("leads", 4), ("activities", 4)] {
        mobly.admin("POST", "requests/reset", &json!({}));
        let mut child = begin(&world);
        until_asked(&mobly, kind, times, &mut child);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    mobly.admin("POST", "requests/reset", &json!({}));
    let last = world.json(&["lead", "pull"]);
    assert_eq!(
        (&last["complete"], &last["resumed"]),
        (&json!(true), &json!(true)),
        "{last}"
    );
    assert_all_is_here(&world, &mobly);
    let noted = number(&world, "SELECT count(*) FROM activities");
    assert_eq!(
        noted,
        number(&world, "SELECT count(DISTINCT external_id) FROM activities")
    );
    // The same as a pull nobody disturbed.
    let other = World::new();
    mobly.connect(&other, &[]);
    other.json(&["lead", "pull"]);
    assert_eq!(number(&other, "SELECT count(*) FROM activities"), noted);
    let history = world.json(&["history"]).to_string();
    assert!(history.contains("\"crashed\""), "{history}");
}

#[test]
fn ctrl_c_ends_it_in_order_and_the_next_goes_on() {
    let world = World::new();
    let mobly = Mobly::filled(slow(), 600, 2);
    mobly.connect(&world, &[]);
    let mut child = begin(&world);
    until_asked(&mobly, "leads", 3, &mut child);
    let id = child.id().to_string();
    std::process::Command::new("kill")
        .args(["-INT", &id])
        .status()
        .unwrap();
    let said = end(child).ends(130);
    let document = said.json();
    assert_eq!(
        (&document["stopped"], &document["complete"]),
        (&json!("interrupted"), &json!(false))
    );
    let taken = document["read"].as_u64().unwrap();
    assert!((100..600).contains(&taken), "{document}");
    mobly.admin("POST", "requests/reset", &json!({}));
    let rest = world.json(&["lead", "pull"]);
    assert_eq!(
        (&rest["resumed"], &rest["complete"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(rest["created"], json!(600 - taken));
    let pages = mobly.stat("by_endpoint")["leads"]["200"].as_u64().unwrap();
    assert!(pages < 12, "what was read is not read again: {pages}");
    assert_all_is_here(&world, &mobly);
}

#[test]
fn two_pulls_at_once_take_everything_in_once() {
    let world = World::new();
    let mobly = Mobly::filled(slow(), 300, 3);
    mobly.connect(&world, &[]);
    let ends = [begin(&world), begin(&world)].map(|child| end(child).ends(0).json());
    let created: u64 = ends
        .iter()
        .map(|end| end["created"].as_u64().unwrap())
        .sum();
    assert_eq!(created, 300, "{ends:?}");
    assert_all_is_here(&world, &mobly);
}

#[test]
fn lists_that_move_while_they_are_read_lose_nobody() {
    for order in ["newest", "oldest"] {
        for action in ["add", "delete", "both"] {
            let world = World::new();
            let mobly = Mobly::seeded(260, 3);
            mobly.connect(&world, &[]);
            mobly.admin("POST", "settings", &json!({"order": order}));
            let from_the_start = there(&mobly);
            let shift = json!({"every": 2, "action": action, "times": 9});
            mobly.admin("POST", "shift", &shift);
            let said = world.run(&["lead", "pull", "--json"]);
            let document = said.json();
            assert_eq!(document["complete"] == true, said.status == 0, "{document}");
            let moved = mobly.admin("GET", "shift", &Value::Null);
            assert!(moved["struck"].as_u64().unwrap() > 2, "{moved}");
            let (here, there) = (here(&world), there(&mobly));
            let lost: Vec<&String> = from_the_start
                .intersection(&there)
                .filter(|id| !here.contains(*id))
                .collect();
            assert_eq!(lost, Vec::<&String>::new(), "{order} {action}: {document}");
            // Quiet again: whoever came meanwhile is here too, and stands in the events they are in.
            mobly.admin("DELETE", "shift", &Value::Null);
            world.json(&["lead", "pull"]);
            assert!(self::here(&world).is_superset(&there), "{order} {action}");
            let placed = "SELECT count(*) FROM event_leads e JOIN leads l ON l.id = e.lead_id WHERE l.last_name LIKE 'Comer%'";
            let late = moved["added"].as_array().unwrap().iter();
            let late = late
                .filter(|id| there.contains(id.as_str().unwrap()))
                .count();
            assert!(number(&world, placed) >= late as u64, "{order} {action}");
            assert_counters(&world);
        }
    }
}

#[test]
fn a_limit_somebody_else_has_used_up_is_waited_out() {
    let mut world = World::new();
    keep_limits(&mut world);
    let mobly = Mobly::filled(paced(), 150, 2);
    mobly.connect(&world, &[]);
    mobly.admin("POST", "limits", &json!({"key": CANARY, "tokens": 0}));
    let document = world.json(&["lead", "pull"]);
    assert_eq!(
        (&document["created"], &document["complete"]),
        (&json!(150), &json!(true))
    );
    let refused = mobly.stat("refused").as_u64().unwrap();
    assert!(refused <= 1, "{refused}");
    // An organization with less than others have: its answers tell, and that is kept.
    mobly.admin(
        "POST",
        "limits",
        &json!({"key": CANARY, "max_tokens": 5, "refill_rate": 0.5}),
    );
    mobly.admin("POST", "requests/reset", &json!({}));
    world.json(&["lead", "pull"]);
    let refused = mobly.stat("refused").as_u64().unwrap();
    assert!(refused <= 2, "{refused}");
    assert_all_is_here(&world, &mobly);
}

#[test]
fn a_source_that_fails_now_and_then_is_asked_again_and_a_dead_one_is_gone_on_with() {
    let world = World::new();
    let faults = ["500=0.1", "drop-after=0.1", "truncate=0.05", "html=0.05"];
    let mobly = Mobly::filled(
        SandboxOptions {
            faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
            seed: 11,
            time_factor: 100.0,
            ..organization()
        },
        300,
        3,
    );
    let mut world = world;
    keep_limits(&mut world);
    let url = mobly.base_url();
    let connect = ["connect", "mobly", "--token-stdin", "--base-url", &url];
    for _ in 0..5 {
        if world.run_with_input(&connect, CANARY).status == 0 {
            break;
        }
    }
    let mut ended = false;
    for _ in 0..6 {
        let said = world.run(&["lead", "pull", "--json"]);
        assert!(
            [0, 5, 7].contains(&said.status) || said.status == 6,
            "{said:?}"
        );
        if said.status == 0 {
            ended = true;
            break;
        }
    }
    assert!(ended);
    assert_all_is_here(&world, &mobly);
}

#[test]
fn a_key_that_is_not_or_no_longer_accepted_is_said_with_what_to_type() {
    let world = World::new();
    let mobly = Mobly::seeded(30, 1);
    let url = mobly.base_url();
    let connect = ["connect", "mobly", "--token-stdin", "--base-url", &url];
    let said = world.run_with_input(&connect, "another-key").ends(4);
    assert!(
        said.err.contains("mobly-sync connect mobly"),
        "{}",
        said.err
    );
    world.run(&["lead", "pull"]).ends(4);
    mobly.connect(&world, &[]);
    mobly.admin("POST", "keys/revoke", &json!({"key": CANARY}));
    let said = world.run(&["lead", "pull"]).ends(4);
    assert!(
        said.err.contains("mobly-sync connect mobly"),
        "{}",
        said.err
    );
    assert!(!said.err.contains(CANARY));
    let status = world.json(&["status"]);
    assert_eq!(status["integrations"][0]["state"], "needs-sign-in");
    mobly.admin("POST", "keys/accept", &json!({"key": CANARY}));
    world.json(&["lead", "pull"]);
    assert_eq!(
        world.json(&["status"])["integrations"][0]["state"],
        "connected"
    );
    assert_all_is_here(&world, &mobly);
}
