//! `check`: six ways to break a mapping, named before any push with the commands that settle them.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::{Said, World, assert_document, salesforce};

const BINARY: &str = env!("CARGO_BIN_EXE_mobly-sync");

/// Types a command as it was told, into a shell.
#[track_caller]
pub(crate) fn type_in(world: &World, told: &str) -> Said {
    let line = told
        .strip_prefix("mobly-sync ")
        .unwrap_or_else(|| panic!("no command of ours: {told}"));
    let ours = world.command();
    let mut shell = Command::new("/bin/sh");
    shell.env_clear();
    for (name, value) in ours.get_envs() {
        shell.env(name, value.unwrap_or_default());
    }
    let output = shell
        .args(["-c", &format!("'{BINARY}' {line}")])
        .output()
        .unwrap();
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The document, after checking that nothing was written and little was asked.
#[track_caller]
pub(crate) fn check(world: &World, status: i32) -> Value {
    world.admin_stats_reset();
    let document = world.run(&["check", "--json"]).ends(status).json();
    assert_document(&document);
    let stats = world.stats();
    assert_eq!(stats["writes"], 0, "{stats}");
    let requests = stats["requests"].as_u64().unwrap();
    assert!((1..=8).contains(&requests), "{stats}");
    document
}

/// Category and field of each problem, sorted.
fn named(document: &Value) -> Vec<(String, String, u64)> {
    let problems = document["problems"].as_array().unwrap();
    let mut named: Vec<(String, String, u64)> = problems
        .iter()
        .map(|problem| {
            (
                problem["remote"].as_str().unwrap_or_default().to_owned(),
                problem["category"].as_str().unwrap().to_owned(),
                problem["count"].as_u64().unwrap(),
            )
        })
        .collect();
    named.sort();
    named
}

fn fixes(document: &Value) -> Vec<String> {
    let problems = document["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|problem| problem["fix"].as_str().unwrap().to_owned())
        .collect()
}

/// Runs every command told, finds nothing left, and pushes everybody.
#[track_caller]
fn settle_and_push(world: &World, broken: &Value, people: u64) {
    for fix in fixes(broken) {
        let said = type_in(world, &fix);
        assert_eq!(said.status, 0, "{fix}\n{}{}", said.out, said.err);
    }
    let clean = check(world, 0);
    assert_eq!(
        (&clean["checked"], &clean["would_fail"], &clean["problems"]),
        (&json!(people), &json!(0), &json!([])),
        "{clean:#}"
    );
    assert_eq!(clean["drift"], json!([]), "{clean:#}");
    let pushed = world.run(&["sync-event", "Expo", "--json"]).ends(0).json();
    assert_eq!(
        (&pushed["cleared"], &pushed["failed"]),
        (&json!(people), &json!(0)),
        "{pushed}"
    );
}

pub(crate) fn property(world: &World, name: &str, kind: &str, field: &str, more: &Value) {
    let mut body =
        json!({"name": name, "label": name.to_uppercase(), "type": kind, "fieldType": field});
    let more = more.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(more);
    world.admin("POST", "properties/contacts", &body);
}

pub(crate) fn sizes(options: &[(&str, &str)]) -> Value {
    let options: Vec<Value> = options
        .iter()
        .enumerate()
        .map(|(at, (value, label))| json!({"value": value, "label": label, "displayOrder": at}))
        .collect();
    json!({ "options": options })
}

#[test]
fn what_broke_at_hubspot_is_named_before_a_push_and_settled_by_the_commands_told() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let plain = json!({});
    property(&world, "shirt", "string", "text", &plain);
    property(&world, "badge", "string", "text", &plain);
    property(&world, "dept", "string", "text", &plain);
    let list = sizes(&[("S", "Small"), ("Extra large", "Extra large")]);
    property(&world, "size", "enumeration", "select", &list);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Job Title,Shirt,Badge,Dept,Size\n\
         Ann,Lee,ann@acme.com,Engineer,red,A-17,Sales,Extra large\n\
         Bo,Li,bo@acme.com,CEO,blue,B-18,Sales,S\n\
         Cy,Ng,cy@acme.com,Architect,,,,\n",
    );
    for (ours, theirs) in [
        ("Shirt", "shirt"),
        ("Badge", "badge"),
        ("Dept", "dept"),
        ("companySize", "size"),
    ] {
        world
            .run(&["mapping", "set", ours, theirs, "--object", "contact"])
            .ends(0);
    }
    let clean = check(&world, 0);
    assert_eq!(
        clean,
        json!({"schema": 1, "integration": "hubspot", "event": null, "checked": 3, "would_fail": 0,
               "problems": [], "drift": [], "other_names": [], "not_looked_up": 0})
    );

    world.admin("DELETE", "properties/contacts/shirt", &plain);
    let list = sizes(&[("S", "Small"), ("XL", "Extra large (XL)")]);
    property(&world, "size", "enumeration", "select", &list);
    let short =
        json!({"propertyName": "jobtitle", "ruleType": "MAX_LENGTH", "ruleArguments": ["5"]});
    world.admin("POST", "rules/contacts", &short);
    property(&world, "badge", "number", "number", &plain);
    let locked = json!({"modificationMetadata": {"readOnlyValue": true}});
    property(&world, "dept", "string", "text", &locked);

    let broken = check(&world, 3);
    let told =
        |remote: &str, category: &str, count| (remote.to_owned(), category.to_owned(), count);
    assert_eq!(
        named(&broken),
        [
            told("badge", "DATA_FORMAT_VALIDATION", 2),
            told("dept", "MISSING_REMOTE_FIELD", 2),
            told("jobtitle", "DATA_TOO_LONG", 2),
            told("shirt", "MISSING_REMOTE_FIELD", 2),
            told("size", "DATA_VALUE_VALIDATION", 1),
        ],
        "{broken:#}"
    );
    assert_eq!(broken["would_fail"], 3);
    let commands = fixes(&broken);
    for expected in [
        "mobly-sync mapping set companySize size --object contact --value \"Extra large=XL\"",
        "mobly-sync mapping set jobTitle jobtitle --object contact --truncate",
        "mobly-sync mapping set Badge badge --object contact --on-invalid drop",
        "mobly-sync mapping unset shirt --object contact",
        "mobly-sync mapping unset dept --object contact",
    ] {
        assert!(
            commands
                .iter()
                .any(|fix| fix.eq_ignore_ascii_case(expected)),
            "{expected}\n{commands:#?}"
        );
    }
    let drift = |remote: &str, was: &str, is: &str, leads: u64| json!({"object": "contact", "remote": remote, "was": was, "is": is, "leads": leads});
    let all = broken["drift"].as_array().unwrap();
    for one in [
        drift("shirt", "text", "gone", 2),
        drift("badge", "text", "number", 2),
        drift("dept", "writable", "read-only", 2),
        drift("jobtitle", "65536 characters", "5 characters", 3),
        drift(
            "size",
            "2 options",
            "without \"Extra large\", with \"Extra large (XL)\" too",
            2,
        ),
    ] {
        assert!(all.contains(&one), "{one}\n{all:#?}");
    }
    assert_eq!(all.len(), 5, "{all:#?}");
    settle_and_push(&world, &broken, 3);
}

pub(crate) fn lead_field(world: &World, name: &str, more: &Value) {
    let mut body = json!({"object": "Lead", "name": name});
    let more = more.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(more);
    world.admin("POST", "fields", &body);
}

#[test]
fn six_breaks_at_salesforce_are_named_before_a_push_and_settled_by_the_commands_told() {
    let world = salesforce::connected(&["--strategy", "leads-only"]);
    for (name, label) in [
        ("Shirt__c", "Shirt size"),
        ("Badge__c", "Badge"),
        ("Dept__c", "Dept"),
    ] {
        lead_field(&world, name, &json!({"type": "string", "label": label}));
    }
    let list =
        |options: &Value| json!({"type": "picklist", "restricted": true, "options": options});
    lead_field(&world, "Size__c", &list(&json!(["S", "Extra large"])));
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Company,Phone Number,Job Title,Shirt,Badge,Dept,Size\n\
         Ann,Lee,ann@acme.com,Acme,+1 555 0101,Engineer,red,A-17,Sales,Extra large\n\
         Bo,Li,bo@acme.com,Acme,+1 555 0102,CEO,blue,B-18,Sales,S\n",
    );
    for (ours, theirs) in [
        ("Shirt", "Shirt__c"),
        ("Badge", "Badge__c"),
        ("Dept", "Dept__c"),
        ("companySize", "Size__c"),
    ] {
        world
            .run(&["mapping", "set", ours, theirs, "--object", "lead"])
            .ends(0);
    }
    world
        .run(&["mapping", "unset", "phone", "--object", "lead"])
        .ends(0);
    assert_eq!(check(&world, 0)["drift"], json!([]));

    // Gone, and its label is on another: it was made anew under another name.
    world.admin(
        "POST",
        "fields/delete",
        &json!({"object": "Lead", "name": "Shirt__c"}),
    );
    let heir = json!({"type": "string", "label": "Shirt size"});
    lead_field(&world, "Garment__c", &heir);
    lead_field(&world, "Size__c", &list(&json!(["S", "Extra Large (XL)"])));
    lead_field(&world, "Title", &json!({"length": 4}));
    lead_field(&world, "Phone", &json!({"required": true}));
    lead_field(&world, "Badge__c", &json!({"type": "double"}));
    let locked = json!({"createable": false, "updateable": false});
    lead_field(&world, "Dept__c", &locked);

    let broken = check(&world, 3);
    let told =
        |remote: &str, category: &str, count| (remote.to_owned(), category.to_owned(), count);
    assert_eq!(
        named(&broken),
        [
            told("Badge__c", "DATA_FORMAT_VALIDATION", 2),
            told("Dept__c", "MISSING_REMOTE_FIELD", 2),
            told("Phone", "REQUIRED_FIELD_MISSING", 2),
            told("Shirt__c", "MISSING_REMOTE_FIELD", 2),
            told("Size__c", "DATA_VALUE_VALIDATION", 1),
            told("Title", "DATA_TOO_LONG", 1),
        ],
        "{broken:#}"
    );
    let commands = fixes(&broken);
    for expected in [
        "mobly-sync mapping set phone Phone --object lead",
        "mobly-sync mapping set Shirt Garment__c --object lead",
    ] {
        assert!(
            commands
                .iter()
                .any(|fix| fix.eq_ignore_ascii_case(expected)),
            "{expected}\n{commands:#?}"
        );
    }
    settle_and_push(&world, &broken, 2);
}

#[test]
fn drift_that_hits_no_lead_is_told_and_accepted_by_making_the_row_anew() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    property(&world, "badge", "string", "text", &json!({}));
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Badge\nAnn,Lee,ann@acme.com,17\n",
    );
    world
        .run(&["mapping", "set", "Badge", "badge", "--object", "contact"])
        .ends(0);
    property(&world, "badge", "number", "number", &json!({}));
    let drifted = check(&world, 0);
    assert_eq!(
        drifted["drift"],
        json!([{"object": "contact", "remote": "badge", "was": "text", "is": "number", "leads": 1}])
    );
    let piped = world.run(&["check"]).ends(0).out;
    let record = piped
        .lines()
        .find(|line| line.starts_with("drift\t"))
        .unwrap();
    let accept = record.split('\t').next_back().unwrap();
    let said = type_in(&world, accept);
    assert_eq!(said.status, 0, "{accept}\n{}", said.err);
    assert_eq!(check(&world, 0)["drift"], json!([]));
}

#[test]
fn unmapped_answers_and_a_missing_address_row_are_told() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let list = sizes(&[("demo_request", "Platform demo"), ("pricing", "Pricing")]);
    property(&world, "interest", "enumeration", "select", &list);
    let add = ["qualifier", "add", "Interest", "--required"];
    let values = ["--value", "Demo platform", "--value", "Pricing"];
    world.run(&[&add[..], &values[..]].concat()).ends(0);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Interest\n\
         Ann,Lee,ann@acme.com,Demo platform\nBo,Li,bo@acme.com,Pricing\nCy,Ng,cy@acme.com,\n",
    );
    let map = [
        "qualifier",
        "map",
        "Interest",
        "--to",
        "interest",
        "--matching",
    ];
    world.run(&map).ends(0);
    let said = world.run(&["check", "--event", "Expo", "--json"]).ends(3);
    let document = said.json();
    assert_eq!(document["event"], "Expo");
    assert_eq!(
        document["problems"],
        json!([{"category": "NO_TAG_MAPPING", "object": "contact", "field": "Interest", "remote": "interest",
                "value": "Demo platform", "count": 1,
                "fix": "mobly-sync qualifier map Interest \"Demo platform=demo_request\""}])
    );
    // An answer that is missing fails nobody.
    assert!(
        said.err
            .contains("1 lead has no answer to \"Interest\", which is required"),
        "{}",
        said.err
    );
    type_in(&world, document["problems"][0]["fix"].as_str().unwrap());
    world
        .run(&["mapping", "unset", "email", "--object", "contact"])
        .ends(0);
    let said = world.run(&["check"]).ends(0);
    assert!(
        said.err.contains("no row fills contact.email"),
        "{}",
        said.err
    );
    assert!(
        said.err
            .contains("mobly-sync mapping set email email --object contact"),
        "{}",
        said.err
    );
}

#[test]
fn a_pause_does_not_keep_it_from_looking_but_a_lost_sign_in_does() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email\nAnn,Lee,ann@acme.com\n",
    );
    world.run(&["disable", "hubspot"]).ends(0);
    assert_eq!(check(&world, 0)["checked"], 1);
    world.admin(
        "POST",
        "tokens/revoke",
        &json!({"token": crate::support::CANARY}),
    );
    let said = world.run(&["check", "--json"]).ends(4);
    assert_eq!(said.json()["error"]["code"], "needs_sign_in");
    world.run(&["disconnect", "hubspot", "--yes"]).ends(0);
    world.run(&["check"]).ends(4);
}

#[test]
fn held_ignored_and_cleared_leads_are_left_out_and_all_integrations_share_a_document() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let head = "First Name,Last Name,Email,Job Title\n";
    import(
        &world,
        "Expo",
        &format!(
            "{head}Ann,Lee,ann@acme.com,CTO\nBo,Li,bo@acme.com,Architect\nCy,Ng,cy@acme.com,Architect\n"
        ),
    );
    let short =
        json!({"propertyName": "jobtitle", "ruleType": "MAX_LENGTH", "ruleArguments": ["5"]});
    world.admin("POST", "rules/contacts", &short);
    world.run(&["sync-event", "Expo"]).ends(3);
    import(
        &world,
        "Expo",
        &format!("{head}Di,Li,di@acme.com,Architect\n"),
    );
    let failed = check(&world, 3);
    assert_eq!(
        (&failed["checked"], &failed["would_fail"]),
        (&json!(3), &json!(3))
    );
    let ignore = [
        "reconcile",
        "--lead",
        "bo@acme.com",
        "--ignore",
        "--reason",
        "test",
    ];
    world.run(&ignore).ends(0);
    world.run(&["lead", "hold", "di@acme.com"]).ends(0);
    let all = world.run(&["check", "-i", "all", "--json"]).ends(3).json();
    assert_document(&all);
    let one = &all["integrations"][0];
    assert_eq!(
        (&one["integration"], &one["checked"]),
        (&json!("hubspot"), &json!(1))
    );
}
