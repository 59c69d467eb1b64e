//! What happens to leads between two pulls: at Mobly, and here.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::mobly::Mobly;

fn number(world: &World, sql: &str) -> u64 {
    let file = rusqlite::Connection::open(world.database()).unwrap();
    file.query_row(sql, [], |row| row.get::<_, i64>(0))
        .unwrap()
        .unsigned_abs()
}

fn person(first: &str, email: &str) -> Value {
    json!({"firstName": first, "lastName": "Lee", "email": email, "isEnriched": true, "numberOfScans": 2,
        "company": {"name": "Acme"}})
}

const NEW: [&str; 3] = ["created", "updated", "unchanged"];

#[track_caller]
fn assert_brings(world: &World, expected: [u64; 3]) -> Value {
    let document = world.json(&["lead", "pull"]);
    let brought = NEW.map(|key| document[key].as_u64().unwrap());
    assert_eq!(brought, expected, "{document}");
    document
}

fn pulled() -> (World, Mobly, String, String) {
    let (world, mobly) = (World::new(), Mobly::start());
    let event = mobly.event(json!({"name": "Expo", "startDate": "2026-11-20"}));
    let here = json!([{"eventId": event, "checkedIn": true}]);
    let mut ids = ["Ann", "Anna"].map(|name| {
        let mut one = person(name, &format!("{}@acme.com", name.to_lowercase()));
        one["events"] = here.clone();
        mobly.lead(one)
    });
    mobly.connect(&world, &[]);
    assert_brings(&world, [2, 0, 0]);
    (
        world,
        mobly,
        std::mem::take(&mut ids[0]),
        std::mem::take(&mut ids[1]),
    )
}

#[test]
fn merged_leads_stay_one_and_their_words_do_not_fight() {
    let (world, mobly, ann, anna) = pulled();
    world
        .run(&["lead", "merge", "ann@acme.com", "anna@acme.com"])
        .ends(0);
    for _ in 0..2 {
        assert_brings(&world, [0, 0, 2]);
    }
    let shown = world.json(&["lead", "show", "ann@acme.com"]);
    assert_eq!(shown["lead"]["fields"]["firstName"], "Ann", "{shown}");
    // Scanned again as the one that is no more: a scan of the person. Its name is not the kept one's, its title fills a gap.
    let news = json!({"numberOfScans": 3, "firstName": "Hanna", "jobTitle": "CTO"});
    mobly.admin("POST", &format!("leads/{anna}"), &news);
    let note = json!({"activities": [{"associatedLead": anna, "eventType": "NOTE", "eventNotes": "Call her"}]});
    mobly.admin("POST", "activities", &note);
    let dinner = mobly.event(json!({"name": "Dinner", "startDate": "2026-11-21"}));
    let place = json!({"leads": [{"leadId": anna, "checkedIn": true}]});
    mobly.admin("POST", &format!("events/{dinner}/leads"), &place);
    let document = world.json(&["lead", "pull"]);
    assert_eq!(
        (&document["created"], &document["activities"]),
        (&json!(0), &json!(1)),
        "{document}"
    );
    let shown = world.json(&["lead", "show", "ann@acme.com"]);
    assert_eq!(
        (
            &shown["lead"]["fields"]["firstName"],
            &shown["lead"]["fields"]["jobTitle"]
        ),
        (&json!("Ann"), &json!("CTO"))
    );
    assert_eq!(number(&world, "SELECT max(scans) FROM leads"), 5);
    assert_eq!(number(&world, "SELECT count(*) FROM event_leads"), 2);
    assert_brings(&world, [0, 0, 2]);
    // Scanned again as the one that stayed.
    mobly.admin(
        "POST",
        &format!("leads/{ann}"),
        &json!({"numberOfScans": 3}),
    );
    assert_brings(&world, [0, 1, 1]);
    assert_eq!(number(&world, "SELECT max(scans) FROM leads"), 6);
    // And removed: neither comes back.
    world
        .run(&["lead", "remove", "ann@acme.com", "--yes"])
        .ends(0);
    assert_brings(&world, [0, 0, 0]);
    assert_eq!(number(&world, "SELECT count(*) FROM leads"), 0);
    mobly.admin(
        "POST",
        &format!("leads/{anna}"),
        &json!({"numberOfScans": 4}),
    );
    assert_brings(&world, [1, 0, 0]);
}

#[test]
fn a_removed_lead_stays_away_until_it_is_scanned_again() {
    let (world, mobly, ann, _) = pulled();
    world
        .run(&["lead", "remove", "ann@acme.com", "--yes"])
        .ends(0);
    assert_brings(&world, [0, 0, 1]);
    mobly.admin("POST", &format!("leads/{ann}"), &json!({"jobTitle": "CTO"}));
    assert_brings(&world, [0, 0, 1]);
    mobly.admin(
        "POST",
        &format!("leads/{ann}"),
        &json!({"numberOfScans": 3}),
    );
    assert_brings(&world, [1, 0, 1]);
    assert_eq!(
        number(&world, "SELECT count(*) FROM event_leads"),
        2,
        "and in its event again"
    );
}

#[test]
fn an_erased_person_never_comes_back() {
    let (world, mobly, ann, anna) = pulled();
    world
        .run(&["lead", "remove", "ann@acme.com", "--erase", "--yes"])
        .ends(0);
    // Mobly's number of the person is nowhere in the file, that of the other is.
    let holds = |id: &str| {
        let mut found = false;
        for entry in std::fs::read_dir(world.folder()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() && path.to_string_lossy().contains("mobly.db") {
                let bytes = std::fs::read(&path).unwrap();
                found |= bytes.windows(id.len()).any(|part| part == id.as_bytes());
            }
        }
        found
    };
    assert!(holds(&anna));
    assert!(!holds(&ann));
    let said = world.run(&["lead", "pull", "--no-sync"]).ends(0);
    assert!(said.err.contains("erased here before"), "{}", said.err);
    mobly.admin(
        "POST",
        &format!("leads/{ann}"),
        &json!({"numberOfScans": 9, "jobTitle": "CTO"}),
    );
    assert_brings(&world, [0, 0, 1]);
    // Nor as another lead with the same address.
    mobly.lead(person("Ann", "ANN@acme.com"));
    assert_brings(&world, [0, 0, 1]);
    assert_eq!(
        number(&world, "SELECT count(*) FROM leads WHERE erased_at IS NULL"),
        1
    );
    // Nothing that is kept names the lead by Mobly's number.
    for (table, column) in [
        ("leads", "external_id"),
        ("source_members", "lead"),
        ("source_activities", "lead"),
        ("source_removed", "lead"),
        ("pull_seen", "item"),
    ] {
        let sql = format!("SELECT count(*) FROM {table} WHERE {column} = '{ann}'");
        assert_eq!(number(&world, &sql), 0, "{table}");
    }
}

#[test]
fn a_suppressed_person_is_pulled_and_never_leaves() {
    let world = World::with_hubspot();
    world.connect_and_map(&[]);
    let mobly = Mobly::start();
    mobly.connect(&world, &["--backlog", "push"]);
    mobly.lead(person("Ann", "ann@acme.com"));
    mobly.lead(person("Bob", "bob@rival.com"));
    world.run(&["suppress", "add", "rival.com"]).ends(0);
    let document = world.json(&["lead", "pull"]);
    assert_eq!(document["sync"]["cleared"], 1, "{document}");
    assert_eq!(world.stats()["contacts"], 1);
    world.json(&["lead", "pull"]);
    world.json(&["sync"]);
    assert_eq!(world.stats()["contacts"], 1);
}

#[test]
fn what_somebody_corrected_here_stays_until_mobly_says_something_new() {
    let (world, mobly, ann, _) = pulled();
    world
        .run(&["lead", "edit", "ann@acme.com", "--set", "firstName=Annette"])
        .ends(0);
    assert_brings(&world, [0, 0, 2]);
    let name = |world: &World| {
        world.json(&["lead", "show", "ann@acme.com"])["lead"]["fields"]["firstName"].clone()
    };
    assert_eq!(name(&world), "Annette");
    mobly.admin("POST", &format!("leads/{ann}"), &json!({"jobTitle": "CTO"}));
    assert_brings(&world, [0, 1, 1]);
    assert_eq!(name(&world), "Annette");
    mobly.admin(
        "POST",
        &format!("leads/{ann}"),
        &json!({"firstName": "Änn"}),
    );
    assert_brings(&world, [0, 1, 1]);
    assert_eq!(name(&world), "Änn");
}

#[test]
fn a_lead_deleted_at_mobly_stays_here() {
    let (world, mobly, ann, _) = pulled();
    mobly.admin("DELETE", &format!("leads/{ann}"), &Value::Null);
    let document = assert_brings(&world, [0, 0, 1]);
    assert_eq!(document["complete"], true);
    world.run(&["lead", "show", "ann@acme.com"]).ends(0);
}

#[test]
fn qualifiers_come_with_scope_and_status() {
    let (world, mobly) = (World::new(), Mobly::start());
    let group = |name: &str, status: &str, all: bool| {
        let options: Vec<Value> = ["Hot", "Cold; or so"]
            .iter()
            .enumerate()
            .map(|(at, value)| json!({"id": format!("00000000-0000-4000-8000-{:0>11}{at}", name.len()), "displayOrder": at, "value": value}))
            .collect();
        json!({"name": name, "status": status, "allEvents": all, "allowsMultipleSelection": true, "tagOptions": options})
    };
    let groups = json!({"tag_groups": [group("Rating", "PUBLISHED", true), group("Dinner only", "PUBLISHED", false),
        group("Formerly", "ARCHIVED", true), group("Not yet there", "DRAFT", true)]});
    let ids = mobly.admin("POST", "tag_groups", &groups)["ids"].clone();
    mobly.event(json!({"name": "Expo"}));
    mobly.event(json!({"name": "Dinner", "tagGroups": [ids[1]]}));
    let mut ann = person("Ann", "ann@acme.com");
    let option = |name: &str, at: usize| format!("00000000-0000-4000-8000-{:0>11}{at}", name.len());
    ann["tags"] = json!([{"tagOptionId": option("Rating", 1), "value": "Cold; or so"},
        {"tagOptionId": option("Rating", 0), "value": "Hot"}, {"tagOptionId": option("Formerly", 0), "value": "Hot"}]);
    mobly.lead(ann);
    mobly.connect(&world, &[]);
    let document = assert_brings(&world, [1, 0, 0]);
    assert_eq!(document["qualifiers"], 3, "a draft is asked nobody");
    let list = world.json(&["qualifier", "list"]);
    let file = rusqlite::Connection::open(world.database()).unwrap();
    let of = |name: &str| -> (bool, i64) {
        file.query_row(
            "SELECT archived, (SELECT count(*) FROM answers a WHERE a.qualifier_id = q.id) FROM qualifiers q WHERE name = ?1",
            [name],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap()
    };
    assert_eq!(
        of("Rating"),
        (false, 2),
        "one answer holds a semicolon: {list}"
    );
    assert_eq!(of("Formerly"), (true, 1));
    assert_eq!(of("Dinner only"), (false, 0));
    let scoped: Vec<String> = file
        .prepare("SELECT e.name FROM qualifier_events s JOIN events e ON e.id = s.event_id JOIN qualifiers q ON q.id = s.qualifier_id WHERE q.name = 'Dinner only'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(scoped, ["Dinner"]);
}
