//! Creates that Salesforce may be at long after their answer was lost: nothing found proves nothing until then.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::salesforce::{connected, push, records, seed};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn again(world: &mut World, now: jiff::Timestamp) -> (i32, Value) {
    world.set("MOBLY_SYNC_TEST_NOW", &now.to_string());
    let said = world.run(&["sync-event", "Expo", "--json"]);
    (said.status, said.json())
}

#[test]
fn what_may_still_be_made_is_not_made_again() {
    let mut world = connected(&["--strategy", "leads-only"]);
    // Every request takes 40 s; the create's connection breaks then.
    world.set("MOBLY_SYNC_TEST_TIME", "400");
    world.admin("POST", "latency", &json!({"milliseconds": 100}));
    world.admin(
        "POST",
        "faults",
        &json!({"faults": ["drop-before=#1@composite/sobjects"]}),
    );
    let csv = format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,,Beta,beta.com,CEO\n");
    let (status, summary) = push(&world, &csv);
    assert_eq!(
        (status, &summary["waiting"], &summary["stopped"]),
        (6, &json!(2), &json!("outage")),
        "{summary}"
    );
    let until: jiff::Timestamp = summary["until"].as_str().unwrap().parse().unwrap();
    world.unset("MOBLY_SYNC_TEST_TIME");
    world.admin("POST", "latency", &json!({"milliseconds": 0}));
    world.admin("POST", "faults", &json!({"faults": []}));

    let (status, summary) = again(&mut world, until - jiff::SignedDuration::from_mins(2));
    assert_eq!((status, &summary["waiting"]), (6, &json!(2)), "{summary}");
    let still: jiff::Timestamp = summary["until"].as_str().unwrap().parse().unwrap();
    assert_eq!(still.as_microsecond(), until.as_microsecond(), "{summary}");
    assert_eq!(records(&world, "Lead").len(), 0);
    let said = world.run(&["sync-event", "Expo"]);
    let text = format!("{}{}", said.out, said.err);
    assert!(text.contains("may still be made"), "{text}");

    // One of the two was made after all.
    seed(
        &world,
        "Lead",
        json!({"FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Email": "ann@acme.com"}),
    );
    let (status, summary) = again(&mut world, until + jiff::SignedDuration::from_secs(1));
    assert_eq!((status, &summary["cleared"]), (0, &json!(2)), "{summary}");
    assert_eq!(records(&world, "Lead").len(), 2);
}

#[test]
fn what_was_lost_at_once_is_looked_up_in_the_same_run() {
    let mut world = connected(&["--strategy", "leads-only"]);
    world.set("MOBLY_SYNC_TEST_TIME", "10");
    world.admin(
        "POST",
        "faults",
        &json!({"faults": ["drop-before=#1@composite/sobjects"]}),
    );
    let csv = format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,,Beta,beta.com,CEO\n");
    crate::support::connected::import(&world, "Expo", &csv);
    let said = world.run(&["sync-event", "Expo", "--json"]);
    // Every first write is lost, so the second is too; nobody is given up for ten minutes.
    world.admin("POST", "faults", &json!({"faults": []}));
    assert_ne!(said.status, 0);
    world.run(&["sync-event", "Expo"]).ends(0);
    assert_eq!(records(&world, "Lead").len(), 2);
}
