//! Programs of Marketo: connected by number or address, members by the channel's statuses, forward only.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::marketo::{
    ARCHIVED, EXPO, by_email, connected, endpoint, members, refuse, tell,
};

const PEOPLE: &str = "First Name,Last Name,Email,Company,Follow up\n\
    Ann,Lee,ann@acme.com,Acme,Yes\nBob,Lee,bob@acme.com,Acme,No\n";

const STATUS: &str = "POST /rest/v1/programs/{}/members/status.json";

/// An instance, and an event of two people.
fn world() -> World {
    let world = connected(&[]);
    let qualifier = [
        "qualifier",
        "add",
        "Follow up",
        "--value",
        "Yes",
        "--value",
        "No",
    ];
    world.run(&qualifier).ends(0);
    import(&world, "Expo", PEOPLE);
    world
}

#[track_caller]
fn connect(world: &World, id: &str, options: &[&str]) {
    let arguments = [&["campaign", "connect", "Expo", "--id", id], options].concat();
    world.run(&arguments).ends(0);
}

fn push(world: &World, options: &[&str]) -> Value {
    let arguments = [&["sync-event", "Expo", "--json"], options].concat();
    world.run(&arguments).ends(0).json()
}

/// The status of a lead as a member, by its address.
#[track_caller]
fn status(world: &World, email: &str) -> Option<String> {
    let id = by_email(world, email)[0]["id"].to_string();
    let all = members(world, EXPO);
    all.into_iter()
        .find(|(lead, _)| *lead == id)
        .map(|(_, status)| status)
}

#[test]
fn a_program_is_meant_by_its_number_or_the_address_of_its_page() {
    for typed in [
        "1001",
        "#PG1001A1",
        "ME1001A1",
        "https://app-ab12.marketo.com/#ME1001A1",
    ] {
        let world = world();
        connect(&world, typed, &["--status", "Visited Booth"]);
        let list = world.json(&["campaign", "list"]);
        let one = &list["campaigns"][0];
        assert_eq!(
            (&one["id"], &one["name"]),
            (&json!("1001"), &json!("Expo 2026")),
            "{typed}: {list}"
        );
        push(&world, &[]);
        assert_eq!(
            status(&world, "ann@acme.com").as_deref(),
            Some("Visited Booth")
        );
    }
    let world = world();
    let nowhere = [
        "campaign", "connect", "Expo", "--id", "4711", "--status", "Invited",
    ];
    assert!(world.run(&nowhere).ends(1).err.contains("4711"));
}

#[test]
fn a_status_the_channel_does_not_have_is_refused_with_those_it_has() {
    let world = world();
    let said = world.run(&[
        "campaign", "connect", "Expo", "--id", EXPO, "--status", "Atended",
    ]);
    assert_eq!(said.status, 2, "{}", said.err);
    for status in [
        "Invited",
        "Registered",
        "No Show",
        "Visited Booth",
        "Influenced",
    ] {
        assert!(said.err.contains(status), "{}", said.err);
    }
    assert!(!said.err.contains("Not in Program"), "{}", said.err);
    let silent = world.run(&["campaign", "connect", "Expo", "--id", EXPO]);
    assert_eq!(silent.status, 2, "{}", silent.err);
    for words in [
        "--status must say",
        "its statuses: Invited, Registered",
        "campaign connect Expo --id 1001 --status Invited",
    ] {
        assert!(silent.err.contains(words), "{words}: {}", silent.err);
    }
    // Spelt in another case it is meant all the same, and sent as the channel spells it.
    connect(&world, EXPO, &["--status", "visited booth"]);
    push(&world, &[]);
    assert_eq!(
        status(&world, "bob@acme.com").as_deref(),
        Some("Visited Booth")
    );
}

#[test]
fn a_status_that_goes_later_fails_its_leads_who_are_there_all_the_same() {
    let world = world();
    connect(&world, EXPO, &["--status", "Visited Booth"]);
    tell(
        &world,
        "channels",
        json!({"name": "Tradeshow", "statuses": ["Not in Program", "Invited"]}),
    );
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(3).json();
    assert_eq!(
        (&summary["by_category"], &world.stats()["leads"]),
        (&json!({"DATA_VALUE_VALIDATION": 2}), &json!(2)),
        "{summary}"
    );
    let board = world.json(&["reconcile", "--state", "failed"]);
    let message = board["leads"][0]["message"].as_str().unwrap();
    assert!(message.contains("Visited Booth"), "{message}");
    assert!(members(&world, EXPO).is_empty());
}

#[test]
fn an_archived_program_takes_nobody_and_says_why() {
    let world = world();
    let said = world.run(&[
        "campaign", "connect", "Expo", "--id", ARCHIVED, "--status", "Invited",
    ]);
    assert_ne!(said.status, 0);
    assert!(said.err.contains("archive"), "{}", said.err);
    // Archived after it was connected.
    connect(&world, EXPO, &["--status", "Invited"]);
    tell(&world, "programs/1001", json!({"archived": true}));
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(3).json();
    assert_eq!(summary["failed"], json!(2), "{summary}");
    let board = world.json(&["reconcile", "--state", "failed"]);
    let message = board["leads"][0]["message"].as_str().unwrap();
    assert!(message.contains("archive"), "{message}");
    // Taken out again, the same leads join.
    tell(&world, "programs/1001", json!({"archived": false}));
    world
        .run(&["reconcile", "--event", "Expo", "--retry"])
        .ends(0);
    assert_eq!(members(&world, EXPO).len(), 2);
}

#[test]
fn an_answer_decides_the_status_and_nobody_is_moved_back() {
    let world = world();
    connect(
        &world,
        EXPO,
        &[
            "--status",
            "Visited Booth",
            "--status-by",
            "Follow up:Yes=Influenced",
        ],
    );
    push(&world, &[]);
    assert_eq!(
        status(&world, "ann@acme.com").as_deref(),
        Some("Influenced")
    );
    assert_eq!(
        status(&world, "bob@acme.com").as_deref(),
        Some("Visited Booth")
    );
    assert_eq!(endpoint(&world, STATUS), 2, "one status a call");
    // The same again adds nobody and writes nothing.
    let writes = world.stats()["writes"].clone();
    assert_eq!(push(&world, &["--again"])["unchanged"], json!(2));
    assert_eq!(world.stats()["writes"], writes);
    // Back is no way to go.
    world
        .run(&["campaign", "edit", "Expo", "--status", "Invited"])
        .ends(0);
    push(&world, &["--again"]);
    assert_eq!(
        status(&world, "ann@acme.com").as_deref(),
        Some("Influenced")
    );
    assert_eq!(
        status(&world, "bob@acme.com").as_deref(),
        Some("Visited Booth")
    );
}

#[test]
fn whoever_is_further_than_we_would_put_them_counts_as_there() {
    let world = world();
    world.run(&["sync-event", "Expo"]).ends(0);
    let ann = by_email(&world, "ann@acme.com")[0]["id"].clone();
    tell(
        &world,
        "members/1001",
        json!({"members": [{"leadId": ann, "status": "Influenced"}]}),
    );
    connect(&world, EXPO, &["--status", "Registered"]);
    let summary = push(&world, &["--again"]);
    assert_eq!(summary["failed"], json!(0), "{summary}");
    assert_eq!(
        status(&world, "ann@acme.com").as_deref(),
        Some("Influenced")
    );
    assert_eq!(
        status(&world, "bob@acme.com").as_deref(),
        Some("Registered")
    );
}

#[test]
fn a_single_scan_is_skipped_and_joins_at_the_second() {
    let world = connected(&[]);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Number of Scans\nAnn,Lee,ann@acme.com,1\nBob,Lee,bob@acme.com,2\n",
    );
    connect(
        &world,
        EXPO,
        &["--status", "Visited Booth", "--threshold", "2"],
    );
    let summary = push(&world, &[]);
    assert_eq!(summary["cleared"], json!(2), "{summary}");
    assert_eq!(status(&world, "ann@acme.com"), None);
    assert_eq!(
        status(&world, "bob@acme.com").as_deref(),
        Some("Visited Booth")
    );
    let attempt = crate::support::salesforce::attempt(&world, "ann@acme.com");
    let campaign = crate::support::salesforce::phase(&attempt, "campaign");
    assert_eq!(campaign["action"], "skip", "{attempt}");
    import(&world, "Expo", "Email,Number of Scans\nann@acme.com,2\n");
    push(&world, &[]);
    assert_eq!(
        status(&world, "ann@acme.com").as_deref(),
        Some("Visited Booth")
    );
    assert_eq!(members(&world, EXPO).len(), 2);
}

#[test]
fn a_lost_answer_about_members_adds_everybody_once() {
    for fault in ["drop-after=#2", "drop-before=#2", "partial=#2", "504=#2"] {
        let world = world();
        connect(&world, EXPO, &["--status", "Visited Booth"]);
        // The first write makes the leads, the second their memberships.
        let faults = json!({"faults": [format!("{fault}@rest/v1")]});
        world.admin("POST", "faults", &faults);
        for _ in 0..100 {
            let said = world.run(&["reconcile", "--event", "Expo", "--retry", "--json"]);
            if said.status == 0 {
                break;
            }
        }
        assert_ne!(
            world.stats()["faults"],
            json!({}),
            "{fault}: nothing was lost"
        );
        assert_eq!(members(&world, EXPO).len(), 2, "{fault}");
        let board = world.json(&["reconcile"]);
        assert_eq!(board["summary"]["cleared"], json!(2), "{fault}: {board}");
        assert_eq!(world.stats()["duplicate_emails"], json!(0), "{fault}");
    }
}

#[test]
fn a_member_that_is_refused_is_told_and_the_others_join() {
    let world = world();
    connect(&world, EXPO, &["--status", "Visited Booth"]);
    refuse(
        &world,
        "members/status",
        608,
        "API Temporarily Unavailable",
        1,
    );
    push(&world, &[]);
    assert_eq!(members(&world, EXPO).len(), 2);
}
