//! From Mobly to a CRM and back: what is pulled is pushed, and Mobly is told the record once.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use mobly_sync::clock::{Clock as _, SystemClock};
use serde_json::{Value, json};

use crate::support::mobly::{Mobly, keep_limits, organization, paced};
use crate::support::{CANARY, World};

fn number(world: &World, sql: &str) -> u64 {
    let file = rusqlite::Connection::open(world.database()).unwrap();
    file.query_row(sql, [], |row| row.get::<_, i64>(0))
        .unwrap()
        .unsigned_abs()
}

fn person(first: &str) -> Value {
    json!({"firstName": first, "lastName": "Lee", "email": format!("{}@acme.com", first.to_lowercase()), "isEnriched": true,
        "company": {"name": "Acme"}})
}

/// HubSpot in Automatic with the usual mapping, and Mobly beside it.
fn both(mobly: &Mobly, options: &[&str]) -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&[]);
    mobly.connect(&world, options);
    world
}

/// How often each lead was told something, by id.
fn told(mobly: &Mobly) -> Vec<u64> {
    let leads = mobly.leads();
    leads
        .iter()
        .map(|lead| lead["patches"].as_u64().unwrap())
        .collect()
}

fn source(world: &World) -> Value {
    let status = world.json(&["status"]);
    let all = status["integrations"].as_array().unwrap();
    let source = all.iter().find(|one| one["category"] == "source");
    source.unwrap().clone()
}

#[test]
fn what_is_pulled_is_pushed_and_told_back_once() {
    let mobly = Mobly::seeded(150, 4);
    let world = both(&mobly, &["--backlog", "push"]);
    let document = world.json(&["lead", "pull"]);
    assert_eq!(document["created"], 150);
    let waiting = mobly.stat("not_enriched").as_u64().unwrap();
    let sync = &document["sync"];
    let cleared = sync["cleared"].as_u64().unwrap();
    let failed = sync["failed"].as_u64().unwrap();
    assert_eq!(cleared + failed + waiting, 150, "{sync}");
    assert!(cleared > 100, "{sync}");
    assert_eq!(source(&world)["write_backs"]["waiting"], 0);
    let leads = mobly.leads();
    let has_ours = |lead: &Value| {
        let ids = lead["remoteIds"].as_array().unwrap();
        ids.iter()
            .filter(|id| id["integrationType"] == "HUB_SPOT")
            .count()
    };
    let told_once = leads.iter().filter(|lead| lead["patches"] == 1).count() as u64;
    assert_eq!(told_once, cleared);
    assert_eq!(json!(cleared), mobly.stat("patches"));
    for lead in &leads {
        if lead["patches"] == 1 {
            assert_eq!(has_ours(lead), 1, "{lead}");
            assert_eq!(lead["isEnriched"], true, "{lead}");
        }
    }
    let contacts = world.stats()["contacts"].clone();
    for arguments in [
        &["lead", "pull"][..],
        &["sync"],
        &["sync", "--again"],
        &["lead", "pull"],
    ] {
        world.json(arguments);
    }
    assert_eq!(json!(cleared), mobly.stat("patches"), "told a second time");
    assert_eq!(world.stats()["contacts"], contacts);
    // The pushed record is the one Mobly names now.
    let wrong = "SELECT count(*) FROM remote_hints h JOIN remote_links k ON k.lead_id = h.lead_id AND k.role = 'persona'
         WHERE h.vendor = 'hubspot' AND h.remote_id <> k.remote_id";
    assert_eq!(number(&world, wrong), 0);
}

#[test]
fn a_lead_mobly_is_still_filling_in_waits_and_is_due_when_it_is_done() {
    let mobly = Mobly::start();
    let world = both(&mobly, &["--backlog", "push"]);
    let raw = mobly.lead(json!({"firstName": "Bob", "lastName": "Ray", "email": "bob@acme.com", "isEnriched": false}));
    mobly.lead(person("Ann"));
    let first = world.json(&["lead", "pull"]);
    assert_eq!(
        (&first["enriching"], &first["sync"]["cleared"]),
        (&json!(1), &json!(1)),
        "{first}"
    );
    let again = world.json(&["lead", "pull"]);
    assert_eq!(
        (&again["enriching"], &again["unchanged"]),
        (&json!(1), &json!(2))
    );
    world.json(&["sync"]);
    assert_eq!(world.stats()["contacts"], 1);
    let status = world.json(&["status"]);
    let all = status["integrations"].as_array().unwrap();
    let crm = all.iter().find(|one| one["category"] == "crm").unwrap();
    assert_eq!(crm["summary"]["enriching"], 1, "{crm}");
    mobly.admin("POST", "enrich", &json!({"leads": [raw], "set": {}}));
    let done = world.json(&["lead", "pull"]);
    assert_eq!(
        (&done["enriching"], &done["updated"]),
        (&json!(0), &json!(1)),
        "{done}"
    );
    assert_eq!(done["sync"]["cleared"], 1, "{done}");
    assert_eq!(world.stats()["contacts"], 2);
    assert_eq!(told(&mobly), [1, 1]);
}

#[test]
fn history_waits_until_its_event_is_named() {
    let mobly = Mobly::seeded(60, 2);
    let world = both(&mobly, &[]);
    let document = world.json(&["lead", "pull"]);
    assert_eq!(document["created"], 60);
    assert_eq!(world.stats()["contacts"], 0);
    let status = world.json(&["status"]);
    assert!(status.to_string().contains("before_connect"), "{status}");
    // Captured from now on: not history.
    mobly.lead(person("Ann"));
    let document = world.json(&["lead", "pull"]);
    assert_eq!(document["sync"]["cleared"], 1, "{document}");
    let event = {
        let file = rusqlite::Connection::open(world.database()).unwrap();
        file.query_row("SELECT name FROM events ORDER BY id LIMIT 1", [], |row| {
            row.get::<_, String>(0)
        })
        .unwrap()
    };
    let pushed = world.json(&["sync-event", &event]);
    assert!(pushed["cleared"].as_u64().unwrap() > 10, "{pushed}");
    assert_eq!(
        mobly.stat("patches").as_u64().unwrap(),
        1 + pushed["cleared"].as_u64().unwrap()
    );
}

#[test]
fn the_record_mobly_names_is_used_and_not_told_again() {
    let mobly = Mobly::start();
    let world = both(&mobly, &["--backlog", "push"]);
    // Without an address it could not be found by one.
    let there = json!({"inputs": [{"properties": {"firstname": "Ann", "lastname": "Lee"}},
        {"properties": {"firstname": "Cy", "lastname": "Oak", "email": "cy@other.com"}}]});
    let made = world.admin("POST", "objects/contacts", &there)["ids"].clone();
    let named = |first: &str, id: &Value| {
        let mut lead = person(first);
        lead["remoteIds"] = json!([{"id": id, "integrationType": "HUB_SPOT"}, {"id": "x1", "integrationType": "SALES_FORCE"}]);
        mobly.lead(lead)
    };
    named("Ann", &made[0]);
    // Somebody else's record is left alone, and one that is not there is none.
    named("Bob", &made[1]);
    named("Dee", &json!("987654321"));
    let document = world.json(&["lead", "pull"]);
    let sync = &document["sync"];
    assert_eq!(
        (&sync["cleared"], &sync["created"], &sync["updated"]),
        (&json!(3), &json!(2), &json!(1)),
        "{document}"
    );
    assert_eq!(world.stats()["contacts"], 4);
    let contacts = world.admin("GET", "objects/contacts", &Value::Null)["results"].clone();
    let ann = contacts
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == made[0])
        .unwrap();
    assert_eq!(ann["properties"]["email"], "ann@acme.com", "{ann}");
    assert_eq!(told(&mobly), [0, 1, 1], "it knew the first");
    let leads = mobly.leads();
    assert!(
        leads[1]["remoteIds"].to_string().contains("x1"),
        "others' ids stay"
    );
}

#[test]
fn a_lead_that_is_gone_and_a_key_that_is_fail_no_push() {
    let mobly = Mobly::start();
    let world = both(&mobly, &["--backlog", "push"]);
    let ids = ["Ann", "Bob", "Cy"].map(|name| mobly.lead(person(name)));
    world.json(&["lead", "pull", "--no-sync"]);
    mobly.admin("DELETE", &format!("leads/{}", ids[0]), &Value::Null);
    mobly.admin("POST", "keys/revoke", &json!({"key": CANARY}));
    let said = world.run(&["sync", "--json"]).ends(0);
    assert_eq!(said.json()["cleared"], 3);
    let source_now = source(&world);
    assert_eq!(source_now["state"], "needs-sign-in", "{source_now}");
    assert_eq!(source_now["write_backs"]["waiting"], 3);
    mobly.admin("POST", "keys/accept", &json!({"key": CANARY}));
    mobly.connect(&world, &[]);
    world.json(&["sync"]);
    assert_eq!(
        source(&world)["write_backs"],
        json!({"waiting": 0, "ended": 1})
    );
    assert_eq!(told(&mobly), [1, 1]);
    let log = world.json(&["log", "ann@acme.com"]);
    assert_eq!(log["write_back"]["told"], false, "{log}");
}

#[test]
fn what_the_limit_leaves_no_time_for_is_told_by_the_next_commands() {
    let mut world = World::with_hubspot();
    keep_limits(&mut world);
    let mobly = Mobly::filled(paced(), 120, 2);
    world.connect_and_map(&[]);
    mobly.connect(&world, &["--backlog", "push"]);
    let first = world.json(&["lead", "pull"]);
    let cleared = first["sync"]["cleared"].as_u64().unwrap();
    let mut commands = 0;
    while source(&world)["write_backs"]["waiting"] != 0 {
        world.json(&["sync"]);
        commands += 1;
        assert!(commands < 60);
    }
    assert!(commands > 0, "ten seconds are not enough for all");
    assert_eq!(mobly.stat("patches"), json!(cleared));
    assert!(told(&mobly).iter().all(|times| *times <= 1));
    assert_eq!(mobly.stat("refused"), json!(0));
}

#[test]
fn watching_pulls_pushes_and_tells() {
    let mut world = World::with_hubspot();
    // A pull every 0.3 seconds.
    let clock = format!("1000@{}", SystemClock::new().now());
    world.set("MOBLY_SYNC_TEST_TIME", &clock);
    let mobly = Mobly::with(organization());
    world.connect_and_map(&[]);
    mobly.connect(&world, &["--backlog", "push"]);
    mobly.lead(person("Ann"));
    let mut child = world
        .command()
        .args(["sync", "--watch"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut until = |text: &str| {
        let found = lines
            .by_ref()
            .map(Result::unwrap)
            .find(|line| line.contains(text));
        assert!(found.is_some(), "{text}");
    };
    until("created=1");
    until("cleared=1");
    mobly.lead(person("Bob"));
    until("created=1");
    until("cleared=1");
    while told(&mobly) != [1, 1] {
        std::thread::yield_now();
    }
    let id = child.id().to_string();
    std::process::Command::new("kill")
        .args(["-INT", &id])
        .status()
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(world.stats()["contacts"], 2);
    assert_eq!(told(&mobly), [1, 1]);
}
