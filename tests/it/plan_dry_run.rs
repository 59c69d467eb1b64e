//! `--dry-run` and the guards on counts: what they tell, and that they change nothing.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::{CANARY, World, assert_document, connected};

const PEOPLE: &str = "First Name,Last Name,Email,Company,Website,Job Title\n\
    Ann,Li,ann@acme.com,Acme,https://acme.com,Engineer\n\
    Bo,Ek,bo@beta.com,Beta,https://beta.com,Buyer\n";

/// HubSpot with Bo in it, who is a clerk there, and a job title that is overwritten.
fn world() -> World {
    let world = World::with_hubspot();
    world.connect_with(&["--mode", "manual"]);
    world.run(&["mapping", "defaults"]).ends(0);
    world
        .run(&[
            "mapping",
            "set",
            "jobTitle",
            "jobtitle",
            "--object",
            "contact",
            "--write",
            "overwrite",
        ])
        .ends(0);
    world.admin(
        "POST",
        "objects/contacts",
        &json!({ "inputs": [{ "properties": { "email": "bo@beta.com", "firstname": "Bo", "lastname": "Ek", "jobtitle": "Clerk" } }] }),
    );
    connected::import(&world, "Expo", PEOPLE);
    world
}

fn field<'a>(lead: &'a Value, remote: &str) -> &'a Value {
    let records = lead["records"].as_array().unwrap().iter();
    let mut fields = records.flat_map(|record| record["fields"].as_array().unwrap());
    fields
        .find(|field| field["remote"] == remote)
        .unwrap_or_else(|| panic!("{remote}: {lead:#}"))
}

#[test]
fn a_dry_run_tells_each_field_and_writes_nothing() {
    let world = world();
    let (board, stats) = (world.json(&["reconcile"]), world.stats());
    let plan = world.json(&["sync-event", "Expo", "--dry-run"]);
    assert_document(&plan);
    assert_eq!(plan["dry_run"], json!(true));
    assert_eq!(
        (&plan["create"], &plan["update"]),
        (&json!(1), &json!(1)),
        "{plan:#}"
    );
    assert_eq!(plan["overwrites"], json!({ "jobtitle": 1 }));
    let leads = plan["leads"].as_array().unwrap();
    let of = |email: &str| leads.iter().find(|lead| lead["email"] == email).unwrap();
    let (ann, bo) = (of("ann@acme.com"), of("bo@beta.com"));
    assert_eq!(
        (&ann["action"], &ann["matched_by"]),
        (&json!("create"), &Value::Null)
    );
    assert_eq!(
        (&bo["action"], &bo["matched_by"]),
        (&json!("update"), &json!("email"))
    );
    assert_eq!(ann["records"][0]["id"], Value::Null);
    let title = field(bo, "jobtitle");
    assert_eq!(
        (&title["old"], &title["new"], &title["write"]),
        (&json!("Clerk"), &json!("Buyer"), &json!(true))
    );
    let name = field(bo, "firstname");
    assert_eq!(
        (&name["write"], &name["why_not"]),
        (&json!(false), &json!("already so"))
    );
    // Nothing is there, nothing is here, but for the run in the history.
    assert_eq!(world.json(&["reconcile"]), board);
    for count in ["contacts", "companies"] {
        assert_eq!(world.stats()[count], stats[count]);
    }
    let run = plan["run"].to_string();
    let told = world.json(&["history", "show", &run]);
    assert!(told.to_string().contains("--dry-run"), "{told:#}");
    // The push then costs what the plan said.
    let pushed = world.json(&["sync-event", "Expo"]);
    let requests = &pushed["requests_by_kind"];
    let made = requests["object"].as_u64().unwrap() + requests["metadata"].as_u64().unwrap();
    assert_eq!(plan["calls"].as_u64(), Some(made), "{plan:#} {pushed:#}");
}

#[test]
fn a_pipe_has_a_row_for_each_field_and_a_terminal_fits_its_screen() {
    let mut world = world();
    let piped = world.run(&["sync-event", "Expo", "--dry-run"]).ends(0);
    assert!(
        piped.out.lines().all(|line| line.split('\t').count() == 12),
        "{}",
        piped.out
    );
    assert!(
        piped.out.contains("\tjobtitle\tClerk\tBuyer\twrite\t"),
        "{}",
        piped.out
    );
    assert!(
        piped.err.contains("mobly-sync sync-event Expo\n"),
        "{}",
        piped.err
    );
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    let shown = world
        .run(&["sync-event", "Expo", "--dry-run", "--color", "never"])
        .ends(0);
    assert!(shown.out.contains("overwrite 1"), "{}", shown.out);
    assert!(shown.out.contains("\"Clerk\" → \"Buyer\""), "{}", shown.out);
    assert!(
        shown.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        shown.out
    );
}

#[test]
fn a_guard_on_counts_stops_before_the_first_write() {
    let world = world();
    let stats = world.stats();
    for (option, what) in [
        ("--max-overwrites", "1 value would be overwritten"),
        ("--max-creates", "1 person would be created"),
    ] {
        let refused = world
            .run(&["sync-event", "Expo", option, "0", "--json"])
            .ends(6);
        let document = refused.json();
        assert_eq!(
            (
                &document["stopped"],
                &document["pushed"],
                &document["waiting"]
            ),
            (&json!("guard"), &json!(0), &json!(2)),
            "{document:#}"
        );
        assert!(
            refused.err.contains(&format!("{what}, {option} allows 0")),
            "{}",
            refused.err
        );
        assert!(
            refused.err.contains("sync-event Expo --dry-run"),
            "{}",
            refused.err
        );
        world
            .run(&["sync-event", "Expo", "--dry-run", option, "0"])
            .ends(6);
    }
    for count in ["contacts", "companies"] {
        assert_eq!(world.stats()[count], stats[count]);
    }
    // Matching first costs no call more.
    let plan = world.json(&["sync-event", "Expo", "--dry-run"]);
    let pushed = world.json(&[
        "sync-event",
        "Expo",
        "--max-overwrites",
        "1",
        "--max-creates",
        "1",
    ]);
    assert_eq!(pushed["cleared"], json!(2), "{pushed:#}");
    let requests = &pushed["requests_by_kind"];
    let made = requests["object"].as_u64().unwrap() + requests["metadata"].as_u64().unwrap();
    assert_eq!(plan["calls"].as_u64(), Some(made), "{pushed:#}");
}

#[test]
fn a_retry_has_a_dry_run_too() {
    let world = world();
    let plan = world.json(&["reconcile", "--event", "Expo", "--retry", "--dry-run"]);
    assert_eq!(
        (&plan["dry_run"], &plan["create"]),
        (&json!(true), &json!(1)),
        "{plan:#}"
    );
    assert_eq!(world.stats()["contacts"], json!(1));
    world.run(&["reconcile", "--dry-run"]).ends(2);
}

/// The plan of so many people whose job title is too long for two fields, and of one who has no address.
fn failing() -> (World, Value) {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let rule =
        json!({"propertyName": "jobtitle", "ruleType": "MAX_LENGTH", "ruleArguments": ["5"]});
    world.admin("POST", "rules/contacts", &rule);
    let beside = ["mapping", "set", "jobTitle", "city", "--also"];
    world
        .run(&[&beside[..], &["--object", "contact"]].concat())
        .ends(0);
    let mut people = World::people_csv(40, 40);
    people.push_str("Zoe,Bad,no address,Zed,https://zed.example,CEO,\n");
    connected::import(&world, "Expo", &people);
    let said = world.run(&["sync-event", "Expo", "--dry-run", "--json"]);
    (world, said.ends(3).json())
}

#[test]
fn leads_that_would_fail_stand_by_cause_with_the_command_that_settles_it() {
    let (mut world, plan) = failing();
    let failures = plan["failures"].as_array().unwrap();
    let numbers: Vec<(&str, u64)> = failures
        .iter()
        .map(|group| {
            let code = group["category"].as_str().unwrap();
            (code, group["count"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        numbers,
        [("DATA_TOO_LONG", 40), ("DATA_FORMAT_VALIDATION", 1)],
        "{plan:#}"
    );
    let long = &failures[0]["causes"][0];
    // The other field of the job title keeps its row.
    let fix = "mobly-sync mapping set jobTitle jobtitle --object contact --truncate --also";
    assert_eq!(
        (&long["count"], &long["field"], &long["fix"]),
        (&json!(40), &json!("jobtitle"), &json!(fix)),
        "{plan:#}"
    );
    let bad = &failures[1]["causes"][0];
    let lead = bad["example"]["lead"].as_str().unwrap();
    assert_eq!(bad["example"]["name"], "Zoe Bad");
    assert_eq!(
        bad["fix"],
        json!(format!("mobly-sync lead edit {lead} --set email=VALUE"))
    );
    // What a lead's message says no field says again.
    let text = plan["leads"].to_string();
    assert_eq!(text.matches("is not an e-mail address").count(), 2);

    for columns in ["80", "120"] {
        world.set("MOBLY_SYNC_FORCE_TTY", columns);
        let shown = world
            .run(&["sync-event", "Expo", "--dry-run", "--color", "never"])
            .ends(3);
        let told = &shown.out;
        assert!(
            told.contains("WOULD FAIL  41 leads, 2 categories, 2 causes\n"),
            "{told}"
        );
        assert!(told.contains(&format!("→ {fix}\n")), "{told}");
        assert!(told.lines().count() < 40, "{told}");
        let columns: usize = columns.parse().unwrap();
        let too_wide = told
            .lines()
            .find(|line| line.chars().count() > columns && !line.contains("mobly-sync "));
        assert_eq!(too_wide, None, "{told}");
    }
    // What the command settles the next plan does not tell any more.
    world.unset("MOBLY_SYNC_FORCE_TTY");
    let words: Vec<&str> = fix.split(' ').skip(1).collect();
    world.run(&words).ends(0);
    let plan = world
        .run(&["sync-event", "Expo", "--dry-run", "--json"])
        .ends(3)
        .json();
    assert_eq!(
        (&plan["fail"], &plan["create"]),
        (&json!(1), &json!(40)),
        "{plan:#}"
    );
    let sent = field(&plan["leads"][0], "city");
    assert_eq!(sent["new"], "Engineer", "the other target is still there");
}

#[test]
fn a_thousand_leads_are_a_screen_and_not_a_wall() {
    let mut world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    connected::import(&world, "Expo", &World::people_csv(1_000, 100));
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    world.set("LC_ALL", "C");
    let shown = world
        .run(&["sync-event", "Expo", "--dry-run", "--color", "never"])
        .ends(0);
    assert!(shown.out.is_ascii(), "{}", shown.out);
    assert!(shown.out.lines().count() < 50, "{}", shown.out);
    assert!(
        shown
            .err
            .contains("998 leads more: mobly-sync sync-event Expo --dry-run --json\n"),
        "{}",
        shown.err
    );
}

/// The files of a world, those of a journal aside.
fn beside(world: &World) -> BTreeSet<String> {
    let folders = [
        world.folder().to_owned(),
        world.folder().join("mobly.db.claims"),
    ];
    let entries = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok());
    entries
        .flatten()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect()
}

#[test]
fn a_dry_run_that_is_killed_leaves_nothing_behind() {
    let mut world = World::with_sandbox(SandboxOptions {
        rate: RateMode::Off,
        tokens: vec![CANARY.to_owned()],
        latency: Duration::from_millis(50),
        ..SandboxOptions::new("hubspot")
    });
    world.connect_with(&["--mode", "manual"]);
    world.run(&["mapping", "defaults"]).ends(0);
    connected::import(&world, "Expo", &World::people_csv(1_500, 100));
    let place = world.folder().join("place");
    std::fs::create_dir(&place).unwrap();
    world.set("TMPDIR", &place.to_string_lossy());
    let board = world.json(&["reconcile", "--event", "Expo"]);
    let before = beside(&world);
    world.admin_stats_reset();
    let mut child = world
        .command()
        .args(["sync-event", "Expo", "--dry-run", "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while world.stats()["requests"].as_u64().unwrap() < 4 {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 0);
    assert_eq!(beside(&world), before);
    assert_eq!(world.json(&["reconcile", "--event", "Expo"]), board);
    world.json(&["db", "check"]);
    assert_eq!(world.stats()["contacts"], json!(0));
}
