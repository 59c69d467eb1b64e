//! HubSpot's marketing events as campaigns, by the commands people use.

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::salesforce::{attempt, phase};
use crate::support::{CANARY, World};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Follow up\n";

/// HubSpot connected in Manual with the default mapping.
fn connected() -> World {
    connected_with(&[])
}

fn connected_with(faults: &[&str]) -> World {
    let world = World::with_sandbox(SandboxOptions {
        rate: RateMode::Off,
        search_lag: std::time::Duration::ZERO,
        tokens: vec![CANARY.to_owned()],
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        ..SandboxOptions::new("hubspot")
    });
    world.connect_and_map(&["--mode", "manual"]);
    world
}

/// An event somebody made in HubSpot.
fn seeded(world: &World) -> String {
    let event = world.admin(
        "POST",
        "marketing-events",
        &json!({"eventName": "DF dinner"}),
    );
    event["objectId"].as_str().unwrap().to_owned()
}

/// Who took part, by state.
fn attendance(world: &World, event: &str) -> Vec<(u64, String)> {
    let path = format!("marketing-events/{event}/attendance");
    let entries = world.admin("GET", &path, &Value::Null);
    let entries = entries["results"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| {
            (
                entry["vid"].as_u64().unwrap(),
                entry["state"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

fn states(world: &World, event: &str) -> Vec<String> {
    let mut states: Vec<String> = attendance(world, event)
        .into_iter()
        .map(|(_, state)| state)
        .collect();
    states.sort();
    states
}

#[track_caller]
fn feed(world: &World, event: &str, options: &[&str]) -> Value {
    let arguments = [&["campaign", "connect", "Expo", "--id", event], options].concat();
    world.json(&arguments)
}

#[track_caller]
fn nobody_is_there_twice(world: &World, people: u64) {
    let stats = world.stats();
    assert_eq!(
        (&stats["attendances"], &stats["duplicate_attendances"]),
        (&json!(people), &json!(0)),
        "{stats}"
    );
}

#[test]
fn a_thousand_leads_attend_and_the_second_sync_adds_nobody() {
    let world = connected();
    let event = seeded(&world);
    import(&world, "Expo", &World::people_csv(1_000, 300));
    let address = format!("https://app.hubspot.com/contacts/1/record/0-54/{event}?eventId=7");
    let fed = feed(&world, &address, &[]);
    assert_eq!(fed["campaign"]["id"], json!(event), "{fed}");
    world.admin_stats_reset();
    let summary = world.json(&["sync-event", "Expo"]);
    assert_eq!(summary["created"], json!(1_000), "{summary}");
    let stats = world.stats();
    let calls: u64 = ["object", "search", "association"]
        .into_iter()
        .map(|kind| stats["by_kind"][kind].as_u64().unwrap())
        .sum();
    assert!(calls <= 42, "{calls}: {}", stats["by_path"]);
    nobody_is_there_twice(&world, 1_000);
    assert!(
        states(&world, &event)
            .iter()
            .all(|state| state == "ATTENDED")
    );
    let writes = stats["writes"].clone();
    let again = world.json(&["-i", "hubspot", "sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(1_000), "{again}");
    assert_eq!(world.stats()["writes"], writes);
    nobody_is_there_twice(&world, 1_000);
}

#[test]
fn a_wrong_status_or_id_is_refused_with_what_there_is() {
    let world = connected();
    let event = seeded(&world);
    world.run(&["event", "add", "Expo"]).ends(0);
    let statuses = world.json(&["-i", "hubspot", "campaign", "statuses", "--id", &event]);
    let told: Vec<(&str, bool)> = statuses["statuses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["status"].as_str().unwrap(),
                one["usual"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("REGISTERED", false),
            ("CANCELLED", false),
            ("ATTENDED", true)
        ]
    );
    let said = world
        .run(&[
            "campaign", "connect", "Expo", "--id", &event, "--status", "Attendee",
        ])
        .ends(2);
    assert!(
        said.err.contains("no status of the marketing event"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("ATTENDED, CANCELLED, REGISTERED")
            || said.err.contains("ATTENDED, REGISTERED, CANCELLED"),
        "{}",
        said.err
    );
    let contact = "https://app.hubspot.com/contacts/1/record/0-1/55";
    for wrong in ["5", "DF dinner", contact] {
        let said = world.run(&["campaign", "connect", "Expo", "--id", wrong]);
        assert_ne!(said.status, 0);
        assert!(
            said.err.contains("HubSpot has no marketing event"),
            "{}",
            said.err
        );
    }
    assert_eq!(
        world.json(&["campaign", "list"])["campaigns"],
        json!([]),
        "nothing was connected"
    );
    // Whatever its case.
    let fed = feed(&world, &event, &["--status", "registered"]);
    assert!(fed["campaign"].to_string().contains("REGISTERED"), "{fed}");
}

#[test]
fn an_answer_decides_who_attended_and_one_scan_may_be_too_few() {
    let world = connected();
    let event = seeded(&world);
    world
        .run(&[
            "qualifier",
            "add",
            "Follow up",
            "--value",
            "Yes",
            "--value",
            "No",
        ])
        .ends(0);
    import(
        &world,
        "Expo",
        &format!(
            "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,Yes\nBob,Lee,bob@acme.com,Acme,acme.com,No\n"
        ),
    );
    feed(
        &world,
        &event,
        &[
            "--status",
            "REGISTERED",
            "--status-by",
            "Follow up:Yes=ATTENDED",
            "--threshold",
            "2",
        ],
    );
    let summary = world.json(&["sync-event", "Expo"]);
    assert_eq!(summary["cleared"], json!(2), "{summary}");
    assert_eq!(attendance(&world, &event), []);
    let skipped = attempt(&world, "ann@acme.com");
    assert_eq!(phase(&skipped, "campaign")["action"], "skip");
    import(
        &world,
        "Expo",
        "Email,Number of Scans\nann@acme.com,2\nbob@acme.com,2\n",
    );
    world.run(&["sync-event", "Expo"]).ends(0);
    assert_eq!(states(&world, &event), ["ATTENDED", "REGISTERED"]);
    nobody_is_there_twice(&world, 2);
    // Bob's answer changes: forward he goes, at the time he was met, beside what stands there.
    import(
        &world,
        "Expo",
        "Email,Follow up\nann@acme.com,No\nbob@acme.com,Yes\n",
    );
    world.run(&["sync-event", "Expo"]).ends(0);
    assert_eq!(
        states(&world, &event),
        ["ATTENDED", "ATTENDED", "REGISTERED"],
        "Ann is not moved back"
    );
    nobody_is_there_twice(&world, 3);
}

#[test]
fn what_a_colleague_recorded_stays() {
    let world = connected();
    let event = seeded(&world);
    let seeded = world.admin(
        "POST",
        "objects/contacts",
        &json!({"inputs": [{"properties": {"email": "ann@acme.com", "firstname": "Ann", "lastname": "Lee"}}]}),
    );
    let ann: u64 = seeded["ids"][0].as_str().unwrap().parse().unwrap();
    let path = format!("marketing-events/{event}/attendance");
    let theirs = json!({"vid": ann, "state": "CANCELLED", "at": 5});
    world.admin("POST", &path, &theirs);
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,,,\nBob,Lee,bob@acme.com,,,\n"),
    );
    feed(&world, &event, &[]);
    world.run(&["sync-event", "Expo"]).ends(0);
    let there = attendance(&world, &event);
    assert!(there.contains(&(ann, "CANCELLED".to_owned())), "{there:?}");
    assert_eq!(states(&world, &event), ["ATTENDED", "CANCELLED"]);
}

#[test]
fn a_lost_answer_makes_no_second_entry() {
    // Written and not answered, however often it is tried; refused each time; written, and lost on the way back.
    for fault in ["drop-after=#1", "503=#1", "504=#1"] {
        let fault = format!("{fault}@attendance/attend/create");
        let mut world = connected_with(&[&fault]);
        world.set("MOBLY_SYNC_TEST_TIME", "100");
        let event = seeded(&world);
        import(&world, "Expo", &World::people_csv(30, 5));
        feed(&world, &event, &[]);
        world.run(&["sync-event", "Expo"]);
        let faults = world.stats()["faults"].clone();
        assert_ne!(faults, json!({}), "{fault} did not strike");
        world.admin("POST", "faults", &json!({"faults": []}));
        world.run(&["sync-event", "Expo"]).ends(0);
        nobody_is_there_twice(&world, 30);
        world.run(&["sync-event", "Expo", "--again"]).ends(0);
        nobody_is_there_twice(&world, 30);
    }
}

#[test]
fn either_spelling_of_a_state_does() {
    for takes in ["attend", "ATTENDED", "both"] {
        let world = connected();
        let event = seeded(&world);
        world.admin(
            "POST",
            "marketing-events/spelling",
            &json!({ "takes": takes }),
        );
        import(&world, "Expo", &World::people_csv(120, 5));
        feed(&world, &event, &[]);
        world.admin_stats_reset();
        let summary = world.json(&["sync-event", "Expo"]);
        assert_eq!(summary["cleared"], json!(120), "{summary}");
        nobody_is_there_twice(&world, 120);
        let asked: u64 = world.stats()["by_path"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(path, _)| path.contains("/attendance/"))
            .map(|(_, count)| count.as_u64().unwrap())
            .sum();
        let spelled_wrong = u64::from(takes == "ATTENDED");
        assert_eq!(asked, 2 + spelled_wrong, "{takes}: tried once, then kept");
    }
}

#[test]
fn an_event_that_was_cancelled_or_removed_takes_nobody() {
    let world = connected();
    let event = seeded(&world);
    let path = format!("marketing-events/{event}");
    import(&world, "Expo", &format!("{HEAD}Ann,Lee,ann@acme.com,,,\n"));
    feed(&world, &event, &[]);
    world.admin("POST", &path, &json!({"eventCancelled": true}));
    let connect = ["campaign", "connect", "Expo", "--id", &event];
    let said = world.run(&connect).ends(1);
    assert!(
        said.err.contains("it is cancelled in HubSpot"),
        "{}",
        said.err
    );
    let refused = |category: &str, words: &str| {
        world.run(&["sync-event", "Expo"]);
        world.run(&["reconcile", "--retry"]);
        let attempt = attempt(&world, "ann@acme.com");
        assert_eq!(attempt["category"], category, "{attempt}");
        assert!(attempt.to_string().contains(words), "{attempt}");
        assert_eq!(phase(&attempt, "person")["ok"], json!(true), "{attempt}");
    };
    refused("DATA_VALUE_VALIDATION", "cancelled in HubSpot");
    world.admin("DELETE", &path, &Value::Null);
    refused("CONNECTION", "is gone");
}

#[test]
fn a_missing_scope_is_named_where_it_is_needed() {
    let world = connected();
    let event = seeded(&world);
    let missing = |scope: &[&str]| world.admin("POST", "scopes", &json!({ "missing": scope }));
    import(&world, "Expo", &format!("{HEAD}Ann,Lee,ann@acme.com,,,\n"));
    missing(&["crm.objects.marketing_events.read"]);
    let connect = ["campaign", "connect", "Expo", "--id", &event];
    let said = world.run(&connect).ends(1);
    assert!(
        said.err.contains("crm.objects.marketing_events.read"),
        "{}",
        said.err
    );
    missing(&["crm.objects.marketing_events.write"]);
    world.run(&connect).ends(0);
    world.run(&["sync-event", "Expo"]);
    let refused = attempt(&world, "ann@acme.com");
    assert_eq!(refused["category"], "CONNECTION", "{refused}");
    assert!(
        refused
            .to_string()
            .contains("crm.objects.marketing_events.write"),
        "{refused}"
    );
    missing(&[]);
    world.run(&["reconcile", "--retry"]).ends(0);
    assert_eq!(states(&world, &event), ["ATTENDED"]);
}
