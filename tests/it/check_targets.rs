//! `check`: what became of fields that answers go to, and of fields that must be filled.

use serde_json::{Value, json};

use crate::check::{check, lead_field, property, sizes, type_in};
use crate::support::connected::import;
use crate::support::{World, salesforce};

const INTEREST: &[(&str, &str)] = &[("demo_request", "Platform demo"), ("pricing", "Pricing")];

/// Ann wants the demo, Bo asks for the price; both are mapped.
fn asked() -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    property(
        &world,
        "interest",
        "enumeration",
        "select",
        &sizes(INTEREST),
    );
    let add = ["qualifier", "add", "Interest"];
    let values = ["--value", "Demo", "--value", "Pricing"];
    world.run(&[&add[..], &values[..]].concat()).ends(0);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Interest\nAnn,Lee,ann@acme.com,Demo\nBo,Li,bo@acme.com,Pricing\n",
    );
    let map = ["qualifier", "map", "Interest", "--to", "interest"];
    let demo = ["--matching", "Demo=demo_request"];
    world.run(&[&map[..], &demo[..]].concat()).ends(0);
    assert_eq!(check(&world, 0)["drift"], json!([]));
    world
}

/// The command that accepts the only drift there is.
fn accept(world: &World) -> String {
    let piped = world.run(&["check"]).out;
    let mut drifts = piped.lines().filter(|line| line.starts_with("drift\t"));
    let record = drifts.next().unwrap();
    assert_eq!(drifts.next(), None, "{piped}");
    record.split('\t').next_back().unwrap().to_owned()
}

#[track_caller]
fn settle(world: &World, told: &str) {
    let said = type_in(world, told);
    assert_eq!(said.status, 0, "{told}\n{}{}", said.out, said.err);
    let clean = check(world, 0);
    assert_eq!(clean["drift"], json!([]), "{clean:#}");
    let pushed = world.run(&["sync-event", "Expo", "--json"]).ends(0).json();
    assert_eq!(pushed["cleared"], 2, "{pushed}");
}

fn drift(was: &str, is: &str) -> Value {
    json!([{"object": "contact", "remote": "interest", "was": was, "is": is, "leads": 2}])
}

#[test]
fn an_answer_whose_option_is_gone_is_told_with_what_it_probably_means_now() {
    let world = asked();
    let renamed = sizes(&[
        ("demo_request", "Platform demo"),
        ("pricing_info", "Pricing info"),
        ("other", "Other"),
    ]);
    property(&world, "interest", "enumeration", "select", &renamed);
    let broken = check(&world, 3);
    let is = "without \"Pricing\", with \"Pricing info\", \"Other\" too";
    assert_eq!(broken["drift"], drift("2 options", is), "{broken:#}");
    let fix = "mobly-sync qualifier map Interest Pricing=pricing_info";
    assert_eq!(
        broken["problems"],
        json!([{"category": "DATA_VALUE_VALIDATION", "object": "contact", "field": "Interest", "remote": "interest",
                "value": "pricing", "count": 1, "fix": fix}])
    );
    assert_eq!(accept(&world), fix);
    settle(&world, fix);
}

#[test]
fn a_target_of_another_type_fails_nobody_and_is_accepted_as_it_is() {
    let world = asked();
    property(&world, "interest", "string", "text", &json!({}));
    let drifted = check(&world, 0);
    assert_eq!(drifted["drift"], drift("one of a list", "text"));
    let told = accept(&world);
    assert_eq!(
        told,
        "mobly-sync qualifier map Interest --to interest --object contact"
    );
    settle(&world, &told);
}

#[test]
fn a_target_that_was_made_anew_under_another_name_is_followed() {
    let world = asked();
    world.admin("DELETE", "properties/contacts/interest", &json!({}));
    let mut heir = sizes(INTEREST);
    heir["label"] = json!("INTEREST");
    property(&world, "lead_interest", "enumeration", "select", &heir);
    let broken = check(&world, 3);
    assert_eq!(
        broken["drift"],
        drift("one of a list", "gone; lead_interest bears its label")
    );
    let fix = "mobly-sync qualifier map Interest --to lead_interest --object contact";
    assert_eq!(broken["problems"][0]["fix"], fix, "{broken:#}");
    // The board of a push tells the same.
    world.run(&["sync-event", "Expo"]).ends(3);
    let board = world.json(&["reconcile"]);
    let group = World::group(&board, "MISSING_REMOTE_FIELD")
        .unwrap()
        .clone();
    assert_eq!(group["causes"][0]["fix"], fix, "{group:#}");
    let said = type_in(&world, fix);
    assert_eq!(said.status, 0, "{}", said.err);
    let retry = ["reconcile", "--state", "failed", "--retry", "--json"];
    assert_eq!(world.run(&retry).ends(0).json()["retry"]["cleared"], 2);
}

#[test]
fn a_target_that_is_gone_for_good_is_unmapped() {
    let world = asked();
    world.admin("DELETE", "properties/contacts/interest", &json!({}));
    let broken = check(&world, 3);
    assert_eq!(broken["drift"], drift("one of a list", "gone"));
    let told = accept(&world);
    assert_eq!(told, "mobly-sync qualifier unmap Interest");
    settle(&world, &told);
}

#[test]
fn a_row_taken_back_is_measured_against_the_field_of_then() {
    let world = asked();
    let more = sizes(&[
        ("demo_request", "Platform demo"),
        ("pricing", "Pricing"),
        ("other", "Other"),
    ]);
    property(&world, "interest", "enumeration", "select", &more);
    let told = accept(&world);
    type_in(&world, &told);
    assert_eq!(check(&world, 0)["drift"], json!([]));
    world.run(&["mapping", "revert"]).ends(0);
    assert_eq!(
        check(&world, 0)["drift"],
        drift("2 options", "with \"Other\" too")
    );
}

/// Category, lead-side field, how many, and the command, of each problem.
fn problems(document: &Value) -> Vec<(String, String, u64, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let problems = document["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|one| {
            let count = one["count"].as_u64().unwrap();
            (
                text(&one["category"]),
                text(&one["field"]),
                count,
                text(&one["fix"]),
            )
        })
        .collect()
}

#[test]
fn a_demanded_field_that_is_mapped_and_empty_is_the_leads_lack_to_check_and_push_alike() {
    let world = salesforce::connected(&["--strategy", "leads-only"]);
    let region = json!({"type": "string", "label": "Region", "required": true});
    lead_field(&world, "Region__c", &region);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Company,Territory\n\
         Ann,Lee,ann@acme.com,Acme,EMEA\nBo,Li,bo@acme.com,Acme,\n",
    );
    // Nothing fills it: the set-up's fault, and everybody's.
    let unmapped = problems(&check(&world, 3));
    assert_eq!(unmapped.len(), 1, "{unmapped:?}");
    assert_eq!(
        (unmapped[0].0.as_str(), unmapped[0].2),
        ("REQUIRED_FIELD_MISSING", 2)
    );

    world
        .run(&[
            "mapping",
            "set",
            "Territory",
            "Region__c",
            "--object",
            "lead",
        ])
        .ends(0);
    let lacking = problems(&check(&world, 3));
    let bo = world.json(&["lead", "show", "bo@acme.com"])["lead"]["id"].clone();
    let fix = format!(
        "mobly-sync lead edit {} --set Territory=VALUE",
        bo.as_str().unwrap()
    );
    assert_eq!(
        lacking,
        [(
            "NOT_ENOUGH_DATA".to_owned(),
            "Territory".to_owned(),
            1,
            fix.clone()
        )]
    );
    let pushed = world.run(&["sync-event", "Expo", "--json"]).ends(3).json();
    assert_eq!(pushed["by_category"], json!({"NOT_ENOUGH_DATA": 1}));
    assert_eq!(pushed["cleared"], 1);
    let board = world.json(&["reconcile"]);
    let group = World::group(&board, "NOT_ENOUGH_DATA").unwrap().clone();
    assert_eq!(group["causes"][0]["fix"], fix, "{group:#}");
    let said = type_in(&world, &fix.replace("VALUE", "APAC"));
    assert_eq!(said.status, 0, "{}", said.err);
    let retry = ["reconcile", "--lead", "bo@acme.com", "--retry"];
    world.run(&retry).ends(0);
}

#[test]
fn a_value_that_must_be_there_is_not_dropped() {
    let world = salesforce::connected(&["--strategy", "leads-only"]);
    let badge = json!({"type": "double", "label": "Badge", "required": true});
    lead_field(&world, "Badge__c", &badge);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Company,Badge\nAnn,Lee,ann@acme.com,Acme,A-17\n",
    );
    let set = ["mapping", "set", "Badge", "Badge__c", "--object", "lead"];
    let drop = ["--on-invalid", "drop"];
    world.run(&[&set[..], &drop[..]].concat()).ends(0);
    let found = problems(&check(&world, 3));
    assert_eq!(found[0].0, "DATA_FORMAT_VALIDATION", "{found:?}");
    let pushed = world.run(&["sync-event", "Expo", "--json"]).ends(3).json();
    assert_eq!(pushed["by_category"], json!({"DATA_FORMAT_VALIDATION": 1}));
}
