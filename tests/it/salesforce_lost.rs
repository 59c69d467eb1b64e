//! Answers that get lost, locks, limits and ended sessions: nothing twice, nothing forgotten, and the rest waits.

use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::salesforce::{connected, connected_to, org, push, record, records, seed};
use crate::support::{CANARY, World};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn faults(world: &World, faults: &[&str]) {
    world.admin("POST", "faults", &json!({"faults": faults}));
}

/// People with and without an address.
fn people() -> String {
    let mut csv = World::people_csv(250, 20);
    for n in 0..50 {
        csv.push_str(&format!("Cy{n},Oak{n},,Walk-in {n} Ltd,,Engineer,\n"));
    }
    csv
}

fn nobody_twice(strategy: &str) {
    for fault in ["drop-after=#2", "drop-before=#2", "504=#2", "partial=#2"] {
        let world = connected(&["--strategy", strategy]);
        faults(&world, &[&format!("{fault}@composite/sobjects")]);
        import(&world, "Expo", &people());
        for _ in 0..6 {
            let said = world.run(&["reconcile", "--event", "Expo", "--retry", "--json"]);
            if said.status == 0 {
                break;
            }
        }
        let stats = world.stats();
        let persons = match strategy {
            "accounts-and-contacts" => "contacts",
            _ => "leads",
        };
        assert_ne!(stats["faults"], json!({}), "nothing was lost");
        assert_eq!(stats[persons], json!(300), "{fault}: {stats}");
        for count in [
            "duplicate_emails",
            "duplicate_account_names",
            "duplicate_domains",
        ] {
            assert_eq!(stats[count], json!(0), "{fault}: {stats}");
        }
        let board = world.json(&["reconcile"]);
        assert_eq!(
            board["summary"]["cleared"],
            json!(300),
            "{fault}: {}",
            board["summary"]
        );
    }
}

#[test]
fn a_lost_answer_makes_no_lead_twice() {
    nobody_twice("leads-only");
}

#[test]
fn a_lost_answer_makes_no_lead_twice_beside_contacts() {
    nobody_twice("leads-and-contacts");
}

#[test]
fn a_lost_answer_makes_no_contact_and_no_account_twice() {
    nobody_twice("accounts-and-contacts");
}

#[test]
fn locked_rows_are_tried_again_and_only_they() {
    let mut world = connected(&["--strategy", "accounts-and-contacts"]);
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    let account = seed(
        &world,
        "Account",
        json!({"Name": "Acme", "Website": "acme.com"}),
    );
    world.admin("POST", "locks", &json!({"parent": account, "writes": 2}));
    let csv = format!(
        "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,bo@beta.com,Beta,beta.com,CEO\n"
    );
    let (status, summary) = push(&world, &csv);
    assert_eq!((status, &summary["created"]), (0, &json!(2)), "{summary}");
    assert_eq!(records(&world, "Contact").len(), 2);
    let stats = world.stats();
    // Beta's account; both people; Ann twice more.
    assert_eq!(
        (&stats["writes"], &stats["rows_written"]),
        (&json!(4), &json!(3)),
        "{stats}"
    );
}

#[test]
fn rows_that_stay_locked_fail_and_say_so() {
    let mut world = connected(&["--strategy", "accounts-and-contacts"]);
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    let account = seed(
        &world,
        "Account",
        json!({"Name": "Acme", "Website": "acme.com"}),
    );
    world.admin(
        "POST",
        "locks",
        &json!({"parent": account, "writes": 1_000}),
    );
    let csv = format!(
        "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,bo@beta.com,Beta,beta.com,CEO\n"
    );
    let (status, summary) = push(&world, &csv);
    assert_eq!(
        (status, &summary["created"], &summary["by_category"]),
        (3, &json!(1), &json!({"UNEXPECTED": 1})),
        "{summary}"
    );
    let board = world.json(&["reconcile", "--state", "failed"]);
    let message = board["leads"][0]["message"].as_str().unwrap();
    assert!(message.contains("stayed locked"), "{message}");
}

#[test]
fn the_days_limit_ends_the_run_and_the_rest_waits() {
    let world = connected(&["--strategy", "leads-only"]);
    import(&world, "Expo", &World::people_csv(1_000, 20));
    let used = world.stats()["api_calls"].as_u64().unwrap();
    // Describing, matching and two of five writes are left.
    world.admin("POST", "limits", &json!({"daily": used + 4}));
    let said = world
        .run(&["sync-event", "Expo", "--json", "--share", "100"])
        .ends(6);
    let summary = said.json();
    let cleared = summary["cleared"].as_u64().unwrap();
    assert!((1..1_000).contains(&cleared), "{summary}");
    assert_eq!(summary["failed"], json!(0), "{summary}");
    assert_eq!(summary["waiting"], json!(1_000 - cleared), "{summary}");
    assert!(
        ["budget", "rate-limit"].contains(&summary["stopped"].as_str().unwrap()),
        "{summary}"
    );
    assert!(!summary["until"].is_null(), "{summary}");
    let status = world.json(&["status"]);
    let budget = &status["integrations"][0]["budget"];
    assert_eq!(budget["limit"], json!(used + 4), "{status}");
    // The next day.
    world.admin("POST", "limits", &json!({"daily": 15_000, "used": 0}));
    world.run(&["status", "--check"]).ends(0);
    world.run(&["sync-event", "Expo"]).ends(0);
    let stats = world.stats();
    assert_eq!(
        (&stats["leads"], &stats["duplicate_emails"]),
        (&json!(1_000), &json!(0))
    );
}

#[test]
fn too_many_calls_at_once_are_waited_out() {
    let mut world = connected_to(
        mobly_sync::sandbox::SandboxOptions {
            time_factor: 100.0,
            ..org()
        },
        &["--strategy", "leads-only"],
    );
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    faults(&world, &["429=#2"]);
    let (status, summary) = push(&world, &World::people_csv(1_000, 20));
    assert_eq!(
        (status, &summary["created"]),
        (0, &json!(1_000)),
        "{summary}"
    );
}

#[test]
fn a_maintenance_page_is_nobodys_fault() {
    let mut world = connected(&["--strategy", "leads-only"]);
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    faults(&world, &["html=1@composite"]);
    let (status, summary) = push(&world, &World::people_csv(20, 2));
    assert_eq!(
        (status, &summary["failed"], &summary["waiting"]),
        (6, &json!(0), &json!(20)),
        "{summary}"
    );
    assert_eq!(summary["stopped"], json!("outage"));
    faults(&world, &[]);
    world.run(&["sync-event", "Expo"]).ends(0);
    assert_eq!(world.stats()["leads"], json!(20));
}

#[test]
fn an_ended_session_that_cannot_be_renewed_asks_for_a_sign_in() {
    let world = connected(&["--strategy", "leads-only"]);
    import(&world, "Expo", &World::people_csv(20, 2));
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(4).json();
    assert_eq!(
        summary["by_category"],
        json!({"AUTHENTICATION": 20}),
        "{summary}"
    );
    world.admin("POST", "tokens/accept", &json!({"token": CANARY}));
    crate::support::salesforce::connect(&world, &[]);
    let retry = world.json(&["reconcile", "--category", "AUTHENTICATION", "--retry"]);
    assert_eq!(retry["retry"]["cleared"], json!(20), "{retry}");
}

#[test]
fn an_update_whose_answer_is_lost_is_simply_sent_again() {
    let world = connected(&["--strategy", "leads-only"]);
    let lead = seed(
        &world,
        "Lead",
        json!({"FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Email": "ann@acme.com"}),
    );
    // Reads may fail too.
    faults(&world, &["drop-after=0.4", "500=0.2"]);
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n"),
    );
    for _ in 0..10 {
        if world
            .run(&["reconcile", "--event", "Expo", "--retry", "--json"])
            .status
            == 0
        {
            break;
        }
    }
    faults(&world, &[]);
    let there: Value = record(&world, "Lead", &lead);
    assert_eq!(
        (&there["Title"], &there["Company"]),
        (&json!("CTO"), &json!("Acme"))
    );
    assert_eq!(records(&world, "Lead").len(), 1);
}
