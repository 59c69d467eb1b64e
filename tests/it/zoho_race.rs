//! Somebody makes a record between our look and our write: Zoho's upsert writes over it, and nobody pretends otherwise.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::salesforce::{attempt, phase, records, seed};
use crate::support::zoho::connected;

/// Questions that are answered: the next call takes a while to come.
fn asked(world: &World) -> u64 {
    let stats = world.stats();
    let answers = stats["responses"].as_object().unwrap().values();
    let answers: u64 = answers.filter_map(Value::as_u64).sum();
    let asked = stats["by_path"]["POST /crm/v8/coql"].as_u64();
    asked
        .filter(|_| stats["requests"] == answers)
        .unwrap_or_default()
}

#[test]
fn a_lead_that_an_upsert_wrote_over_is_no_new_one() {
    let world = connected(&[]);
    let csv = "First Name,Last Name,Email,Company,Job Title\nAnn,Lee,ann@acme.com,Acme,CTO\n";
    import(&world, "Expo", csv);
    world.admin("POST", "latency", &json!({"milliseconds": 1500}));
    let (before, mut command) = (asked(&world), world.command());
    let push = command
        .args(["sync-event", "Expo", "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while asked(&world) <= before {
        std::thread::yield_now();
    }
    let there = seed(
        &world,
        "Leads",
        json!({"First_Name": "Ann", "Last_Name": "Lee", "Email": "ann@acme.com", "Designation": "CEO"}),
    );
    world.admin("POST", "clock", &json!({"advance_ms": 600_000}));
    let output = push.wait_with_output().unwrap();
    world.admin("POST", "latency", &json!({"milliseconds": 0}));
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (
            &summary["created"],
            &summary["updated"],
            &summary["unchanged"]
        ),
        (&json!(0), &json!(1), &json!(0)),
        "{summary}"
    );
    assert_eq!(records(&world, "Leads").len(), 1);
    let attempt = attempt(&world, "ann@acme.com");
    let person = phase(&attempt, "person");
    assert_eq!(
        (&person["action"], &person["remote_id"]),
        (&json!("update"), &json!(there)),
        "{person}"
    );
    let note = person["note"].as_str().unwrap_or_default();
    assert!(note.contains("cannot be undone"), "{person}");
    // No image of before: there is nothing an undo could put back.
    let file = rusqlite::Connection::open(world.database()).unwrap();
    let image: (String, Option<String>) = file
        .query_row("SELECT kind, before FROM record_changes", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(image, ("updated".to_owned(), None));
}
