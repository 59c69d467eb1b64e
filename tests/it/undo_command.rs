//! `undo` and `history show` as people and scripts meet them: the question, the refusals, the documents, the memberships.

use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::expo::{EXPO, expo};
use crate::support::marketo::{self, members};
use crate::support::salesforce::seed;
use crate::support::{World, assert_document, zoho};

/// Pushes the event, and tells the run.
fn push(world: &World) -> String {
    let pushed = world.run(&["sync-event", EXPO, "--json"]).ends(3).json();
    pushed["run"].to_string()
}

#[test]
fn an_undo_asks_and_a_script_says_yes() {
    let world = expo();
    let contacts = world.stats()["contacts"].clone();
    let run = push(&world);
    let pushed = world.stats()["contacts"].clone();
    assert_ne!(pushed, contacts);
    let history = world.json(&["history"])["runs"].as_array().unwrap().len();

    let refused = world.run(&["undo", &run, "--json"]).ends(2).json();
    assert_eq!(refused["error"]["code"], "confirmation_needed");
    assert_eq!(
        refused["error"]["fix"],
        format!("mobly-sync undo {run} --yes")
    );
    let planned = world.json(&["undo", &run, "--dry-run"]);
    assert_eq!(
        (&planned["run"], &planned["dry_run"]),
        (&Value::Null, &json!(true))
    );
    assert_eq!(
        world.stats()["contacts"],
        pushed,
        "a dry run changes nothing"
    );
    assert_eq!(
        world.json(&["history"])["runs"].as_array().unwrap().len(),
        history
    );

    let shown = world.json(&["history", "show", &run]);
    assert_eq!(shown["undo"], format!("mobly-sync undo {run}"));
    assert!(shown["leads"].as_u64().unwrap() > 0 && shown["failures"].is_object());
    let example = &shown["examples"]["contact.email"][0];
    assert!(example["after"].as_str().unwrap().contains('@'), "{shown}");

    let undone = world.json(&["undo", &run, "--yes"]);
    assert_document(&undone);
    for key in ["run", "undone", "restored", "removed", "left", "impossible"] {
        assert!(undone.get(key).is_some(), "{key}: {undone}");
    }
    assert_eq!(undone["removed"], planned["removed"]);
    assert_eq!(undone["undone"].to_string(), run);
    assert_eq!(world.stats()["contacts"], contacts);
    let latest = &world.json(&["history"])["runs"][0];
    assert_eq!(latest["trigger"], "undo");
    assert_eq!(latest["run"], undone["run"]);
    let shown = world.json(&["history", "show", &run]);
    assert_eq!(shown["undone_by"], undone["run"]);
    assert_eq!(shown["undo"], Value::Null);
    let board = world.json(&["reconcile", "--event", EXPO]);
    assert!(board.to_string().contains("UNDONE"), "{board}");
    let log = world.json(&["log", "ann@acme.com", "--all"]);
    assert!(
        log["attempts"]
            .as_array()
            .unwrap()
            .iter()
            .any(|attempt| attempt["trigger"] == "undo"),
        "{log}"
    );

    // Twice is refused with what does it again.
    let twice = world.run(&["undo", &run, "--yes", "--json"]).ends(1).json();
    let number = undone["run"].to_string();
    assert_eq!(twice["error"]["fix"], format!("mobly-sync undo {number}"));
    world.run(&["undo", &number, "--yes"]).ends(0);
    assert_eq!(world.stats()["contacts"], pushed);
}

#[test]
fn what_cannot_be_undone_is_refused_with_what_to_do() {
    let world = expo();
    let missing = world
        .run(&["undo", "999", "--yes", "--json"])
        .ends(1)
        .json();
    assert_eq!(missing["error"]["code"], "not_found");
    let run = push(&world);
    let field = world
        .run(&["undo", &run, "--field", "shoe_size", "--yes", "--json"])
        .ends(2)
        .json();
    assert!(field.to_string().contains("contact.email"), "{field}");
    world
        .run(&[
            "mapping",
            "set",
            "--constant",
            "none",
            "fax",
            "--object",
            "contact",
        ])
        .ends(0);
    let change = world.json(&["history"])["runs"][0]["run"].to_string();
    let mapping = world
        .run(&["undo", &change, "--yes", "--json"])
        .ends(1)
        .json();
    assert_eq!(
        mapping["error"]["fix"],
        format!("mobly-sync mapping revert {change}")
    );
    let other = world
        .run(&["undo", &run, "-i", "zoho", "--yes", "--json"])
        .ends(2)
        .json();
    assert_eq!(other["error"]["code"], "usage");
    world.run(&["disable", "hubspot"]).ends(0);
    world.run(&["undo", &run, "--yes"]).ends(5);
}

#[test]
fn people_see_what_goes_and_what_stays() {
    let mut world = expo();
    let run = push(&world);
    // A later run writes to one of its records.
    world
        .run(&["lead", "edit", "ann@acme.com", "--set", "jobTitle=Chair"])
        .ends(0);
    world.run(&["sync-event", EXPO]);
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    world.set("NO_COLOR", "1");
    let planned = world.run(&["undo", &run, "--dry-run"]).ends(3);
    for part in [
        "Undo run",
        "REHEARSAL",
        "removed",
        "cost",
        "made by the run",
    ] {
        assert!(planned.out.contains(part), "{part}: {}", planned.out);
    }
    assert!(
        planned.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        planned.out
    );
    let done = world.run(&["undo", &run, "--yes"]).ends(3);
    assert!(done.out.contains("Undid run"), "{}", done.out);
    assert!(done.out.contains("changed since"), "{}", done.out);
}

const PEOPLE: &str = "First Name,Last Name,Email,Company\n\
    Ann,Lee,ann@acme.com,Acme\nBob,Lee,bob@acme.com,Acme\n";

#[test]
fn members_leave_a_program_and_come_back() {
    let world = marketo::connected(&[]);
    import(&world, "Expo", PEOPLE);
    let connect = [
        "campaign",
        "connect",
        "Expo",
        "--id",
        marketo::EXPO,
        "--status",
        "Invited",
    ];
    world.run(&connect).ends(0);
    let before = members(&world, marketo::EXPO);
    let run = world.json(&["sync-event", "Expo"])["run"].to_string();
    assert_eq!(members(&world, marketo::EXPO).len(), before.len() + 2);
    let undone = world.json(&["undo", &run, "--yes"]);
    assert_eq!(
        (&undone["memberships"], &undone["removed"]),
        (&json!(2), &json!(2)),
        "{undone}"
    );
    assert_eq!(members(&world, marketo::EXPO), before);
    let again = world.json(&["undo", &undone["run"].to_string(), "--yes"]);
    assert_eq!(
        (&again["memberships"], &again["remade"]),
        (&json!(2), &json!(2)),
        "{again}"
    );
    assert_eq!(members(&world, marketo::EXPO).len(), before.len() + 2);
}

#[test]
fn members_leave_a_campaign_and_a_changed_status_is_left() {
    let world = zoho::connected(&[]);
    let statuses = json!(["Invited", "Registered", "Attended"]);
    let field = json!({"module": "Campaigns", "name": "Member_Status", "type": "picklist", "options": statuses});
    world.admin("POST", "fields", &field);
    world.admin("POST", "member_statuses", &json!({ "values": statuses }));
    let campaign = seed(
        &world,
        "Campaigns",
        json!({"Campaign_Name": "Expo", "Status": "Active"}),
    );
    import(&world, "Expo", PEOPLE);
    world
        .run(&[
            "campaign", "connect", "Expo", "--id", &campaign, "--status", "Invited",
        ])
        .ends(0);
    world.run(&["sync-event", "Expo"]).ends(0);
    // Another status, in a run of its own: taken back, the first one is there again.
    world
        .run(&["campaign", "edit", "Expo", "--status", "Attended"])
        .ends(0);
    let run = world.json(&["sync-event", "Expo", "--again"])["run"].to_string();
    let now = || {
        let members = world.admin("GET", &format!("members/{campaign}"), &Value::Null);
        let members = members["members"].as_array().unwrap().iter();
        members
            .map(|member| member["Member_Status"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(now(), ["Attended", "Attended"]);
    let undone = world.json(&["undo", &run, "--yes"]);
    assert_eq!(undone["memberships"], json!(2), "{undone}");
    assert_eq!(now(), ["Invited", "Invited"]);
}

#[test]
fn runs_taken_back_one_after_the_other_leave_nothing_behind() {
    let world = World::with_hubspot();
    world.connect_and_map(&[]);
    world.run(&["mode", "manual", "--yes"]).ends(0);
    let people = |from: usize| -> String {
        let rows: String = (from..from + 3)
            .map(|n| format!("Ann{n},Lee,ann{n}@acme.com,Acme,acme.com,CTO\n"))
            .collect();
        format!("First Name,Last Name,Email,Company,Website,Job Title\n{rows}")
    };
    let mut runs = Vec::new();
    for from in [0, 3] {
        let file = world.file("people.csv", people(from));
        let options = ["--event", "Show", "--create-event", "--no-sync"];
        world
            .run(&[&["lead", "import", file.as_str()][..], &options].concat())
            .ends(0);
        // The second run also changes somebody of the first, at the company of them all.
        world
            .run(&[
                "lead",
                "edit",
                "ann0@acme.com",
                "--set",
                &format!("jobTitle=CEO {from}"),
                "--no-sync",
            ])
            .ends(0);
        let said = world.run(&["sync-event", "Show", "--json"]).ends(0).json();
        runs.push(said["run"].to_string());
    }
    assert_eq!(world.stats()["contacts"], 6);
    world.run(&["undo", &runs[1], "--yes"]).ends(0);
    assert_eq!(world.stats()["contacts"], 3);
    world.run(&["undo", &runs[0], "--yes"]).ends(0);
    let stats = world.stats();
    assert_eq!(
        (&stats["contacts"], &stats["companies"]),
        (&0.into(), &0.into())
    );
}
