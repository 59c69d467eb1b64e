//! The fix-it dialogue: each repair driven at a terminal, each with the command that does the same.
#![cfg(unix)]

use serde_json::{Value, json};

use crate::support::World;
use crate::support::expo::{EXPO, expo};

fn failed() -> World {
    let world = expo();
    world.run(&["sync-event", EXPO]).ends(3);
    world
}

fn board(world: &World) -> Value {
    world.json(&["reconcile"])
}

fn count(world: &World, category: &str) -> u64 {
    World::group(&board(world), category).map_or(0, |group| group["count"].as_u64().unwrap())
}

/// The commands of set-up in history, the latest first.
fn history(world: &World) -> Vec<String> {
    world.json(&["history"])["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| run["command"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn rows(world: &World, object: &str) -> Vec<Value> {
    world.json(&["mapping", "list"])["objects"]
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["object"] == object)
        .unwrap()["rows"]
        .as_array()
        .unwrap()
        .clone()
}

fn row(world: &World, object: &str, value: &str) -> Value {
    rows(world, object)
        .into_iter()
        .find(|row| row["value"] == value)
        .unwrap_or_default()
}

#[test]
fn values_of_a_closed_list_are_mapped_by_their_guesses_and_retried() {
    let world = failed();
    let mut person = world.talk(&["reconcile", "--fix", "DATA_VALUE_VALIDATION"]);
    person.sees("DATA_VALUE_VALIDATION").sees("3 leads");
    person.sees("Computer Software").sees("Financial Services");
    person.sees("What shall be done?").takes(0);
    person
        .sees("--value Software=COMPUTER_SOFTWARE")
        .sees("Retry these 3 leads now?")
        .says("y");
    let told = person.ends(0);
    assert!(told.contains("Retried 3 leads: 3 cleared"), "{told}");
    // The category is empty now; what else failed is next.
    assert!(told.contains("reconcile --state failed --retry"), "{told}");
    assert_eq!(count(&world, "DATA_VALUE_VALIDATION"), 0);
    let row = row(&world, "company", "companyIndustry");
    assert_eq!(row["values"]["Fin. Services"], "FINANCIAL_SERVICES");
    let made = history(&world);
    assert!(
        made[0].contains("reconcile") && made[0].contains("--retry"),
        "{made:?}"
    );
    assert!(
        made[1].starts_with("mapping set companyIndustry"),
        "{made:?}"
    );
}

#[test]
fn an_answer_is_given_its_option_by_hand_and_the_retry_may_be_left() {
    let world = failed();
    let mut person = world.talk(&["reconcile", "--fix", "no-tag-mapping"]);
    person.sees("What shall be done?").takes(1);
    // The guess is chosen already.
    person.sees("means").takes(0);
    person
        .sees("mobly-sync qualifier map Interest")
        .sees("Retry this lead now?")
        .says("n");
    let told = person.ends(0);
    assert!(
        told.contains("reconcile --category NO_TAG_MAPPING --retry"),
        "{told}"
    );
    assert_eq!(count(&world, "NO_TAG_MAPPING"), 1, "nothing was pushed");
    let retry = ["reconcile", "--category", "NO_TAG_MAPPING", "--retry"];
    world.run(&retry).ends(0);
    assert_eq!(count(&world, "NO_TAG_MAPPING"), 0);
}

#[test]
fn what_is_too_long_is_shortened_or_goes_to_a_roomier_field() {
    let world = failed();
    let mut person = world.talk(&["reconcile", "--fix", "DATA_TOO_LONG"]);
    person
        .sees("takes 20 characters; the longest value has 33")
        .sees("What shall be done?")
        .sees("Leave it");
    person.takes(1);
    person.sees("--truncate").sees("Retry this lead").says("y");
    person.ends(0);
    assert_eq!(count(&world, "DATA_TOO_LONG"), 0);

    let world = failed();
    let full = json!({"name": "job_title_in_full", "label": "Job title in full", "type": "string", "fieldType": "text"});
    world.admin("POST", "properties/contacts", &full);
    let mut person = world.talk(&["reconcile", "--fix", "DATA_TOO_LONG"]);
    person.sees("What shall be done?").takes(0);
    // The likeliest comes first.
    person.sees("Which one?").takes(0);
    person
        .sees("mapping set jobTitle job_title_in_full --object contact")
        .sees("Retry")
        .says("y");
    person.ends(0);
    assert_eq!(count(&world, "DATA_TOO_LONG"), 0);
    assert_eq!(
        row(&world, "contact", "jobTitle")["remote"],
        "job_title_in_full"
    );
}

#[test]
fn a_wrong_form_is_corrected_on_the_lead() {
    let world = failed();
    let mut person = world.talk(&["reconcile", "--fix", "DATA_FORMAT_VALIDATION"]);
    person.sees("What shall be done?").sees("Correct the leads");
    // Another field, then the correction: without its address nobody is sent, nor is the row cleared.
    person.takes(1);
    // The old address stands there to be edited.
    person.sees("email of").answers("hal@bad.example");
    person.sees("lead edit").sees("Retry this lead").says("y");
    let told = person.ends(0);
    assert!(!told.contains("Clear the row"), "{told}");
    assert_eq!(count(&world, "DATA_FORMAT_VALIDATION"), 0);
}

#[test]
fn a_lost_field_is_replaced_or_its_row_cleared() {
    let lost = || {
        let world = expo();
        let shirt =
            json!({"name": "shirt", "label": "Shirt", "type": "string", "fieldType": "text"});
        world.admin("POST", "properties/contacts", &shirt);
        world
            .run(&[
                "mapping",
                "set",
                "--constant",
                "XL",
                "shirt",
                "--object",
                "contact",
            ])
            .ends(0);
        world.admin("DELETE", "properties/contacts/shirt", &json!({}));
        world.run(&["sync-event", EXPO]).ends(3);
        assert!(count(&world, "MISSING_REMOTE_FIELD") > 0);
        world
    };
    let world = lost();
    let mut person = world.talk(&["reconcile", "--fix", "MISSING_REMOTE_FIELD"]);
    person.sees("contact has no such field any more");
    person.sees("What shall be done?").takes(1);
    person
        .sees("mobly-sync mapping unset shirt")
        .sees("Retry")
        .says("n");
    person.ends(0);
    assert_eq!(row(&world, "contact", "XL"), Value::Null);

    let world = lost();
    let size =
        json!({"name": "shirt_size", "label": "Shirt size", "type": "string", "fieldType": "text"});
    world.admin("POST", "properties/contacts", &size);
    let mut person = world.talk(&["reconcile", "--fix", "MISSING_REMOTE_FIELD"]);
    person.sees("What shall be done?").takes(0);
    // The likeliest comes first.
    person.sees("Which one?").sees("shirt_size").takes(0);
    person.sees("mapping unset shirt").sees("Retry").says("n");
    person.ends(0);
    let row = row(&world, "contact", "XL");
    assert_eq!(row["remote"], "shirt_size", "the old row is gone");
}

#[test]
fn frozen_leads_are_pushed_by_a_change_of_mode() {
    let world = expo();
    let mut person = world.talk(&["reconcile", "--fix", "frozen"]);
    person
        .sees("held back by Manual mode")
        .sees("What shall be done?");
    person.takes(1);
    // The command asks for itself.
    person.sees("[Y/n]").says("y");
    person.sees("mobly-sync mode automatic");
    person.ends(3);
    assert_eq!(world.json(&["mode"])["mode"], "automatic");
    assert_eq!(board(&world)["summary"]["pre_sync"], 0);
}

#[test]
fn what_has_no_wrench_is_told_plainly_and_can_be_set_aside() {
    let world = failed();
    let mut person = world.talk(&["reconcile", "--fix", "NOT_ENOUGH_DATA"]);
    person.sees("Fill the field on the lead");
    person.sees("What shall be done?").takes(3);
    person.sees("Why").answers("a test scan");
    let told = person.ends(0);
    assert!(told.contains("--ignore --reason"), "{told}");
    assert_eq!(count(&world, "NOT_ENOUGH_DATA"), 0);
    assert_eq!(board(&world)["summary"]["ignored"], 1);
}

#[test]
fn without_a_number_one_chooses_from_the_list_whose_ids_then_hold() {
    let world = failed();
    let mut person = world.talk(&["reconcile", "--fix"]);
    person
        .sees("What shall be repaired?")
        .sees("All 5 of them")
        .sees("DATA_VALUE_VALIDATION");
    person.takes(1);
    person.sees("What shall be done?").takes(3);
    person.ends(0);
    let stale = world.run(&["reconcile", "--fix", "9z"]).ends(1);
    assert!(stale.err.contains("now there is: 1a"), "{}", stale.err);
}

#[test]
fn whoever_cannot_be_asked_gets_the_commands() {
    let world = failed();
    // What a number means is what the last board showed.
    world.run(&["reconcile"]).ends(0);
    let said = world.run(&["reconcile", "--fix", "1"]).ends(2);
    assert!(
        said.err.contains("mapping set companyIndustry industry --object company --value Software=COMPUTER_SOFTWARE"),
        "{}",
        said.err
    );
    let document = world.run(&["reconcile", "--fix", "--json"]).ends(2).json();
    assert_eq!(document["error"]["code"], "usage");
    assert!(
        document["error"]["fix"]
            .as_str()
            .unwrap()
            .starts_with("mobly-sync "),
        "{document}"
    );
    assert_eq!(count(&world, "DATA_VALUE_VALIDATION"), 3);
}

/// A binary that the lines of the board find by its name.
fn paste(world: &World, line: &str) -> std::process::Output {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_mobly-sync"));
    let folder = binary.parent().unwrap().to_string_lossy().into_owned();
    let known = world.command();
    let mut shell = std::process::Command::new("/bin/sh");
    shell.env_clear();
    for (name, value) in known.get_envs() {
        if let Some(value) = value {
            shell.env(name, value);
        }
    }
    let path = format!("{folder}:/usr/bin:/bin");
    shell.env("PATH", path).args(["-c", line]).output().unwrap()
}

#[test]
fn every_line_the_board_prints_works_when_it_is_pasted() {
    let world = expo();
    let shirt = json!({"name": "shirt", "label": "Shirt", "type": "string", "fieldType": "text"});
    world.admin("POST", "properties/contacts", &shirt);
    world
        .run(&[
            "mapping",
            "set",
            "--constant",
            "X L",
            "shirt",
            "--object",
            "contact",
        ])
        .ends(0);
    world.run(&["sync-event", EXPO]).ends(3);
    let frozen = board(&world);
    let mut lines: Vec<String> = frozen["pre_sync"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|group| group["hint"].as_str().map(str::to_owned))
        .collect();
    world.admin("DELETE", "properties/contacts/shirt", &json!({}));
    world
        .run(&["reconcile", "--state", "cleared", "--retry", "--again"])
        .ends(3);
    let failed = board(&world)["failed"].as_array().unwrap().clone();
    assert!(failed.len() >= 6, "{failed:?}");
    for group in &failed {
        lines.extend(group["hint"].as_str().map(str::to_owned));
        for cause in group["causes"].as_array().unwrap() {
            lines.extend(cause["fix"].as_str().map(str::to_owned));
        }
    }
    lines.sort();
    lines.dedup();
    for line in lines {
        let filled = line.replace("=VALUE", "=ann@acme.example");
        let output = paste(&world, &filled);
        let said = String::from_utf8_lossy(&output.stderr);
        // What a line lacks is written in capitals, and only that may be refused.
        let open = ["=OPTION", "EMAIL", "--adopt ID"]
            .iter()
            .any(|word| filled.contains(word));
        let status = output.status.code();
        assert!(
            matches!(status, Some(0 | 3)) || open,
            "{filled}: {status:?}\n{said}"
        );
    }
}

#[test]
fn an_export_of_the_board_comes_back_corrected() {
    let world = failed();
    let file = world.folder().join("failed.csv");
    let path = file.to_string_lossy().into_owned();
    let document = world.json(&["reconcile", "--export", &path]);
    assert_eq!(document["exported"]["leads"], 7);
    let csv = std::fs::read_to_string(&file).unwrap();
    assert!(
        csv.starts_with(
            "mobly_sync_lead_id,mobly_sync_revision,mobly_sync_category,mobly_sync_reason,firstName"
        ),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 8, "{csv}");
    assert!(csv.contains("DATA_TOO_LONG"), "{csv}");
    let corrected = csv
        .replace("Chief Officer of Very Many Things", "Chief Officer")
        .replace("hal@bad.invalid", "hal@bad.example")
        .replace(",Software,", ",COMPUTER_SOFTWARE,");
    std::fs::write(&file, corrected).unwrap();
    let before = board(&world)["summary"]["total"].clone();
    world.run(&["lead", "import", &path]).ends(0);
    world
        .run(&["reconcile", "--state", "failed", "--retry"])
        .ends(3);
    let after = board(&world);
    assert_eq!(after["summary"]["total"], before, "found again, not added");
    assert_eq!(count(&world, "DATA_TOO_LONG"), 0);
    assert_eq!(count(&world, "DATA_FORMAT_VALIDATION"), 0);
    assert_eq!(count(&world, "DATA_VALUE_VALIDATION"), 1, "Fin. Services");
    let stored = world.json(&["lead", "show", "gil@long.com"]);
    assert!(!stored.to_string().contains("mobly_sync"), "{stored}");

    let one = world
        .run(&["reconcile", "--category", "NO_TAG_MAPPING", "--export", "-"])
        .ends(0);
    assert_eq!(one.out.lines().count(), 2, "{}", one.out);
    world.run(&["reconcile", "--export", "-", "--json"]).ends(2);
}
