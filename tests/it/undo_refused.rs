//! What an undo refuses, what it cannot do, and that its dry run tells what it does.

use mobly_sync::clock::{Clock as _, SystemClock};
use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::expo::{EXPO, expo};
use crate::support::{CANARY, World, zoho};

const PEOPLE: &str = "First Name,Last Name,Email,Company,Website,Job Title\n\
    Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBob,Ray,bob@beta.com,Beta,beta.com,CEO\n";

fn account(portal: u64) -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        search_lag: std::time::Duration::ZERO,
        tokens: vec![CANARY.to_owned()],
        portal_id: portal,
        ..SandboxOptions::new("hubspot")
    }
}

/// A push of two, one of whom a colleague knew; tells the run.
fn pushed(world: &World) -> String {
    world.connect_and_map(&[]);
    world.run(&["mode", "manual", "--yes"]).ends(0);
    let ann =
        json!({"properties": {"email": "ann@acme.com", "firstname": "Ann", "lastname": "Lee"}});
    world.admin("POST", "objects/contacts", &json!({ "inputs": [ann] }));
    import(world, "Show", PEOPLE);
    world.json(&["sync-event", "Show"])["run"].to_string()
}

#[test]
fn another_account_is_not_the_one_to_take_it_back_from() {
    let mut world = World::with_sandbox(account(111));
    let run = pushed(&world);
    world.start_sandbox(account(222));
    world.connect();
    let runs = world.json(&["history"])["runs"].as_array().unwrap().len();
    for arguments in [&["--dry-run"][..], &["--yes"]] {
        let arguments = [&["undo", &run, "--json"], arguments].concat();
        let error = world.run(&arguments).ends(4).json()["error"].clone();
        assert_eq!(error["code"], "wrong_account", "{error}");
        assert_eq!(error["fix"], "mobly-sync connect hubspot", "{error}");
    }
    assert_eq!(
        world.stats()["requests"]["total"],
        world.stats()["requests"]["total"]
    );
    let after = world.json(&["history"])["runs"].as_array().unwrap().len();
    assert_eq!(after, runs, "a refusal is no run");
}

#[test]
fn a_token_of_another_account_is_refused_before_anything_is_read() {
    let mut world = World::with_sandbox(account(111));
    let run = pushed(&world);
    let contacts = world.stats()["contacts"].clone();
    crate::support::seed::sign_in_to(&world, "222");
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let error = world.run(&["undo", &run, "--yes", "--json"]).ends(4).json()["error"].clone();
    assert_eq!(error["code"], "wrong_account", "{error}");
    assert!(error["fix"].is_string(), "{error}");
    assert_eq!(world.stats()["contacts"], contacts);
}

#[test]
fn a_run_of_a_connection_that_was_ended_waits_for_it() {
    let world = World::with_hubspot();
    let run = pushed(&world);
    world.run(&["disconnect", "hubspot", "--yes"]).ends(0);
    let error = world.run(&["undo", &run, "--yes", "--json"]).ends(4).json()["error"].clone();
    assert_eq!(error["code"], "not_connected", "{error}");
    assert_eq!(error["fix"], "mobly-sync connect hubspot", "{error}");
    assert_eq!(world.stats()["contacts"], 2);
    // The same account again: what was pushed before the end can be taken back.
    world.connect();
    let undone = world.json(&["undo", &run, "--yes"]);
    assert_eq!(undone["left"], json!([]), "{undone}");
    assert_eq!(world.stats()["contacts"], 1);
}

#[test]
fn what_is_too_old_is_refused_and_says_why() {
    let mut world = World::with_hubspot();
    let run = pushed(&world);
    let now = SystemClock::new().now();
    let days = |days: i64| (now + jiff::SignedDuration::from_hours(24 * days)).to_string();
    world.set("MOBLY_SYNC_TEST_NOW", &days(91));
    let error = world.run(&["undo", &run, "--yes", "--json"]).ends(1).json()["error"].clone();
    assert!(error["message"].to_string().contains("90 days"), "{error}");
    assert_eq!(error["fix"], format!("mobly-sync history show {run}"));
    assert_eq!(world.json(&["history", "show", &run])["undo"], Value::Null);
    world.set("MOBLY_SYNC_TEST_NOW", &days(89));
    world.json(&["undo", &run, "--dry-run"]);
}

#[test]
fn fields_whose_value_before_nobody_knows_are_named() {
    let world = World::with_hubspot();
    let run = pushed(&world);
    let file = rusqlite::Connection::open(world.database()).unwrap();
    let changed = file
        .execute(
            "UPDATE record_changes SET before = NULL WHERE kind = 'updated' AND object = 'contact'",
            [],
        )
        .unwrap();
    assert_eq!(changed, 1);
    let planned = world.json(&["undo", &run, "--only", "updated", "--dry-run"]);
    let fields: Vec<&Value> = planned["impossible"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["field"])
        .collect();
    assert!(fields.contains(&&json!("jobtitle")), "{planned}");
    for one in planned["impossible"].as_array().unwrap() {
        assert!(
            one["why"].to_string().contains("before was not known"),
            "{one}"
        );
    }
    let undone = world.json(&["undo", &run, "--only", "updated", "--yes"]);
    assert_eq!(undone["impossible"], planned["impossible"]);
    assert_eq!(undone["restored"], 0);
}

const TOLD: [&str; 9] = [
    "undone",
    "restored",
    "removed",
    "remade",
    "memberships",
    "activities",
    "links",
    "left",
    "impossible",
];

/// The dry run of an undo, and what the undo then does.
fn told_and_done(world: &World, arguments: &[&str]) {
    let dry = world.run(&[arguments, &["--dry-run", "--json"]].concat());
    let done = world.run(&[arguments, &["--yes", "--json"]].concat());
    assert_eq!(
        dry.status, done.status,
        "{arguments:?}: {}{}",
        dry.out, done.out
    );
    let (dry, done) = (dry.json(), done.json());
    for key in TOLD {
        assert_eq!(dry[key], done[key], "{arguments:?}: {key}\n{dry}\n{done}");
    }
    assert_eq!(
        (&dry["dry_run"], &done["dry_run"]),
        (&json!(true), &json!(false))
    );
}

#[test]
fn a_dry_run_tells_what_the_undo_does() {
    let world = World::with_hubspot();
    let run = pushed(&world);
    let lead = ["undo", &run, "--lead", "bob@beta.com"];
    for arguments in [
        &["undo", &run, "--field", "jobtitle"][..],
        &[
            "undo",
            &run,
            "--field",
            "contact.lastname",
            "--field",
            "firstname",
        ],
        &["undo", &run, "--only", "updated"],
        &lead,
        &["undo", &run, "--only", "created"],
    ] {
        told_and_done(&world, arguments);
    }
}

#[test]
fn a_dry_run_of_much_that_stays_tells_the_same() {
    let world = expo();
    let pushed = world.run(&["sync-event", EXPO, "--json"]).ends(3).json();
    let run = pushed["run"].to_string();
    let edit = ["lead", "edit", "ann@acme.com", "--set", "jobTitle=Chair"];
    world.run(&edit).ends(0);
    world.run(&["sync-event", EXPO]);
    told_and_done(&world, &["undo", &run, "--lead", "bo@acme.com"]);
    told_and_done(&world, &["undo", &run]);
    let undo = world.json(&["history"])["runs"][0]["run"].to_string();
    told_and_done(&world, &["undo", &undo]);
}

#[test]
fn members_a_lost_answer_moved_are_ours_to_move_back() {
    let world = zoho::connected(&[]);
    let statuses = json!(["Invited", "Registered", "Attended"]);
    let field = json!({"module": "Campaigns", "name": "Member_Status", "type": "picklist", "options": statuses});
    world.admin("POST", "fields", &field);
    world.admin("POST", "member_statuses", &json!({ "values": statuses }));
    let seed = json!({"Campaign_Name": "Expo", "Status": "Active"});
    let campaign = crate::support::salesforce::seed(&world, "Campaigns", seed);
    import(&world, "Expo", PEOPLE);
    let connect = [
        "campaign", "connect", "Expo", "--id", &campaign, "--status", "Invited",
    ];
    world.run(&connect).ends(0);
    let joined = world.json(&["sync-event", "Expo"])["run"].to_string();
    world
        .run(&["campaign", "edit", "Expo", "--status", "Attended"])
        .ends(0);
    let moved = world.json(&["sync-event", "Expo", "--again"])["run"].to_string();
    let now = || {
        let members = world.admin("GET", &format!("members/{campaign}"), &Value::Null);
        let members = members["members"].as_array().unwrap().iter();
        members
            .map(|member| member["Member_Status"].clone())
            .collect::<Vec<_>>()
    };
    // The first run's memberships are the second one's by now.
    let planned = world
        .run(&["undo", &joined, "--dry-run", "--json"])
        .ends(3)
        .json();
    let by: Vec<&Value> = planned["left"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|left| left["field"] == "status")
        .map(|left| &left["by"])
        .collect();
    assert_eq!(by, [&json!(format!("run {moved}")); 2], "{planned}");
    let lose = |faults: &[&str]| {
        world.admin("POST", "faults", &json!({ "faults": faults }));
    };
    // The status goes back, and nobody hears of it; then the members go, and nobody hears of it.
    for (run, after) in [(&moved, 2), (&joined, 0)] {
        lose(&["drop-after=1@Campaigns"]);
        let lost = world.run(&["undo", run, "--yes", "--json"]);
        assert_ne!(lost.status, 0, "{}", lost.out);
        lose(&[]);
        let undone = world.json(&["undo", run, "--yes"]);
        assert_eq!(undone["memberships"], 2, "{undone}");
        assert_eq!(now(), vec![json!("Invited"); after]);
    }
    // Ours to remember: the undo that found it done can be undone.
    let runs = world.json(&["history"])["runs"].clone();
    let last = runs[0]["run"].to_string();
    let again = world.json(&["undo", &last, "--yes"]);
    assert_eq!(again["memberships"], 2, "{again}");
    assert_eq!(now(), ["Invited", "Invited"]);
}
