//! Pardot: many leads go as one import, which tells no ids, takes its time, and outlives the process that handed it in.

use std::process::Stdio;
use std::time::Duration;

use mobly_sync::sandbox::SandboxOptions;
use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::pardot::{by_email, calls, connected, connected_to, pass, seed, tell, unit};

/// The end of a push of the event.
#[track_caller]
fn pushed(world: &World) -> (i32, Value) {
    let said = world.run(&["sync-event", "Expo", "--json"]);
    (said.status, said.json())
}

fn failures(world: &World) -> Vec<Value> {
    let board = world.json(&["reconcile", "--state", "failed"]);
    board["leads"].as_array().unwrap().clone()
}

#[test]
fn a_thousand_leads_are_one_import_and_every_one_is_found() {
    // Reads run a minute behind, as documented.
    let world = connected_to(SandboxOptions {
        search_lag: Duration::from_secs(60),
        ..unit()
    });
    import(&world, "Expo", &World::people_csv(1_000, 50));
    world.admin_stats_reset();
    let (status, summary) = pushed(&world);
    assert_eq!(
        (status, &summary["created"]),
        (0, &json!(1_000)),
        "{summary}"
    );
    let stats = world.stats();
    assert_eq!(
        (
            &stats["prospects"],
            &stats["duplicate_emails"],
            &stats["imports"]
        ),
        (&json!(1_000), &json!(0), &json!(1)),
        "{stats}"
    );
    let object = stats["by_kind"]["object"].as_u64().unwrap();
    assert!(object <= 6, "{object}: {}", stats["by_path"]);
    let queries = calls(&world, "GET /api/v5/objects/prospects");
    assert!(queries <= 12, "{queries}");
    // Every lead has the record's id now: another push finds all of it right.
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(1_000), "{again}");
    assert_eq!(world.stats()["imports"], json!(1));
}

#[test]
fn rows_that_are_refused_fail_with_their_reason_and_nobody_else_does() {
    let world = connected();
    for (n, code) in [(3, 57), (7, 38), (11, 54)] {
        tell(
            &world,
            "refusals",
            json!({"email": format!("ann{n}@firm{n}.example"), "code": code}),
        );
    }
    tell(
        &world,
        "refusals",
        json!({"email": "ann13@firm13.example", "code": 999, "message": "No, \"never\",\nreally"}),
    );
    import(&world, "Expo", &World::people_csv(40, 40));
    let (status, summary) = pushed(&world);
    assert_eq!((status, &summary["created"]), (3, &json!(36)), "{summary}");
    assert_eq!(
        summary["by_category"],
        json!({"DATA_FORMAT_VALIDATION": 1, "CONNECTION": 1, "DUPLICATE_RECORD": 1, "UNEXPECTED": 1}),
        "{summary}"
    );
    assert_eq!(
        (
            calls(&world, "GET /api/v5/imports/{id}/errors"),
            &world.stats()["prospects"]
        ),
        (1, &json!(36))
    );
    let told: Vec<String> = failures(&world)
        .iter()
        .map(|lead| lead["message"].to_string())
        .collect();
    for reason in [
        "Invalid date",
        "Invalid campaign",
        "already in use",
        "really",
    ] {
        assert!(
            told.iter().any(|told| told.contains(reason)),
            "{reason}: {told:?}"
        );
    }
    // The cause is gone: they alone are sent again.
    world.admin("DELETE", "refusals", &Value::Null);
    world
        .run(&["reconcile", "--event", "Expo", "--retry", "--json"])
        .ends(0);
    assert_eq!(world.stats()["prospects"], json!(40));
}

#[test]
fn nobody_counts_as_there_who_is_not_found() {
    let world = connected_to(SandboxOptions {
        search_lag: Duration::from_secs(86_400),
        ..unit()
    });
    import(&world, "Expo", &World::people_csv(30, 3));
    let (status, summary) = pushed(&world);
    assert_ne!(status, 0, "{summary}");
    assert_eq!(
        (&summary["cleared"], &world.stats()["prospects"]),
        (&json!(0), &json!(30)),
        "{summary}"
    );
    assert!(
        failures(&world)[0]["message"]
            .to_string()
            .contains("did not show it")
    );
    // A day later they are found, and not made again.
    pass(&world, Duration::from_secs(2 * 86_400));
    let later = world
        .run(&["reconcile", "--event", "Expo", "--retry", "--json"])
        .ends(0)
        .json();
    assert_eq!(later["retry"]["cleared"], json!(30), "{later}");
    assert_eq!(
        (
            &world.stats()["prospects"],
            &world.stats()["duplicate_emails"]
        ),
        (&json!(30), &json!(0))
    );
}

#[test]
fn an_import_that_takes_too_long_is_finished_by_the_next_run() {
    let world = connected();
    tell(&world, "settings", json!({"import_seconds": 7_200}));
    import(&world, "Expo", &World::people_csv(50, 5));
    let (status, summary) = pushed(&world);
    assert_eq!(
        (&summary["waiting"], &summary["failed"], &summary["stopped"]),
        (&json!(50), &json!(0), &json!("outage")),
        "{status}: {summary}"
    );
    // Nothing is handed in again as long as it is under way.
    let (_, still) = pushed(&world);
    assert_eq!(
        (&still["waiting"], &world.stats()["imports"]),
        (&json!(50), &json!(1)),
        "{still}"
    );
    pass(&world, Duration::from_secs(7_200));
    let (status, done) = pushed(&world);
    assert_eq!(
        (status, &done["cleared"], &done["waiting"]),
        (0, &json!(50), &json!(0)),
        "{done}"
    );
    let stats = world.stats();
    assert_eq!(
        (
            &stats["imports"],
            &stats["prospects"],
            &stats["duplicate_emails"]
        ),
        (&json!(1), &json!(50), &json!(0)),
        "{stats}"
    );
}

#[test]
fn a_killed_process_leaves_its_import_to_the_next_one() {
    let world = connected_to(SandboxOptions {
        search_lag: Duration::from_secs(60),
        ..unit()
    });
    tell(&world, "settings", json!({"import_seconds": 7_200}));
    import(&world, "Expo", &World::people_csv(60, 6));
    let mut child = world
        .command()
        .args(["sync-event", "Expo", "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It has asked once, so the import's id is in the file.
    while world.stats()["import_polls"] == json!(0) && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    pass(&world, Duration::from_secs(7_200));
    let before = calls(&world, "GET /api/v5/objects/prospects");
    let (status, summary) = pushed(&world);
    assert_eq!((status, &summary["cleared"]), (0, &json!(60)), "{summary}");
    let stats = world.stats();
    assert_eq!(
        (
            &stats["imports"],
            &stats["prospects"],
            &stats["duplicate_emails"]
        ),
        (&json!(1), &json!(60), &json!(0)),
        "{stats}"
    );
    assert!(calls(&world, "GET /api/v5/objects/prospects") > before);
    let crashed = world.json(&["history"]).to_string().contains("\"crashed\"");
    assert!(crashed);
}

#[test]
fn known_prospects_are_changed_by_import_and_no_blank_cell_erases() {
    let world = connected();
    for n in 0..30 {
        seed(
            &world,
            json!({"email": format!("Ann{n}@x.example"), "firstName": "Old", "lastName": format!("Lee{n}"), "phone": format!("555 {n}"), "jobTitle": "Was"}),
        );
    }
    for field in ["firstName", "phone", "jobTitle"] {
        world
            .run(&[
                "mapping",
                "set",
                field,
                field,
                "--write",
                "overwrite",
                "--yes",
            ])
            .ends(0);
    }
    // Every second has no phone, every third no title; one in five is new.
    let mut csv = String::from("First Name,Last Name,Email,Phone,Job Title\n");
    for n in 0..36 {
        let phone = if n % 2 == 0 {
            String::new()
        } else {
            format!("+1 555 000{n:03}")
        };
        let title = if n % 3 == 0 { "" } else { "CTO" };
        csv.push_str(&format!("Ann,Lee{n},ann{n}@x.example,{phone},{title}\n"));
    }
    import(&world, "Expo", &csv);
    let (status, summary) = pushed(&world);
    assert_eq!(
        (status, &summary["updated"], &summary["created"]),
        (0, &json!(30), &json!(6)),
        "{summary}"
    );
    for n in 0..30 {
        let there = by_email(&world, &format!("Ann{n}@x.example"));
        let there = &there[0];
        assert_eq!(there["firstName"], "Ann", "{there}");
        let phone = if n % 2 == 0 {
            format!("555 {n}")
        } else {
            format!("+1 555 000{n:03}")
        };
        let title = if n % 3 == 0 { "Was" } else { "CTO" };
        assert_eq!(
            (&there["phone"], &there["jobTitle"]),
            (&json!(phone), &json!(title)),
            "{there}"
        );
    }
    assert_eq!(world.stats()["duplicate_emails"], json!(0));
}

#[test]
fn values_of_every_kind_survive_the_file() {
    let world = connected();
    let company = "Acme, \"The\" Co; Söhne & 名刺";
    let address = "1 Main St\nFloor 2";
    let mut csv = String::from("First Name,Last Name,Email,Company,address\n");
    for n in 0..25 {
        csv.push_str(&format!(
            "Ann{n},O'Lee,ann{n}@x.example,\"{}\",\"{address}\"\n",
            company.replace('"', "\"\"")
        ));
    }
    import(&world, "Expo", &csv);
    let (status, summary) = pushed(&world);
    assert_eq!((status, &summary["created"]), (0, &json!(25)), "{summary}");
    let there = by_email(&world, "ann24@x.example");
    assert_eq!(
        (
            &there[0]["company"],
            &there[0]["addressOne"],
            &there[0]["lastName"]
        ),
        (&json!(company), &json!(address), &json!("O'Lee"))
    );
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(25), "{again}");
}

#[test]
fn a_field_that_went_away_is_named_and_costs_its_leads_alone() {
    let world = connected();
    tell(
        &world,
        "custom-fields",
        json!({"name": "Booth visit", "fieldId": "BoothVisit", "type": "Text"}),
    );
    world
        .run(&["mapping", "set", "--constant", "yes", "BoothVisit__c"])
        .ends(0);
    world.admin("DELETE", "custom-fields/BoothVisit", &Value::Null);
    import(&world, "Expo", &World::people_csv(30, 3));
    let (status, summary) = pushed(&world);
    assert_eq!(
        (status, &summary["by_category"]),
        (3, &json!({"MISSING_REMOTE_FIELD": 30})),
        "{summary}"
    );
    assert!(
        failures(&world)[0]["message"]
            .to_string()
            .contains("BoothVisit__c")
    );
    assert_eq!(world.stats()["prospects"], json!(0));
}
