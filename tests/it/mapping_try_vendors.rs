//! `mapping try` at every vendor and in every match order: every mapped field as it was sent, the person in its company, and
//! nothing left behind.

use std::process::{Child, Stdio};
use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::words::{WORDS, Words};
use crate::support::{CANARY, World, assert_document, browser, connected, marketo};

fn options(vendor: &str) -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        search_lag: Duration::ZERO,
        tokens: vec![CANARY.to_owned()],
        ..SandboxOptions::new(vendor)
    }
}

/// The vendor in one of its match orders, with the default mapping.
fn world(words: &Words) -> World {
    world_of(words, options(words.vendor))
}

fn world_of(words: &Words, options: SandboxOptions) -> World {
    let mut world = World::with_sandbox(options);
    let own: Vec<String> = words
        .options
        .iter()
        .map(|(name, value)| match *value {
            "true" => format!("--{name}"),
            value => format!("--{name}={value}"),
        })
        .collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    if words.signs_in_by_itself() {
        marketo::sign_in(&world, &own);
    } else if words.signs_in_with_a_browser() {
        browser::sign_in(&mut world, words.vendor, &own);
    } else {
        let options = ["--mode", "manual"];
        connected::by_token(&world, words.vendor, words.options, &options);
    }
    for (path, body) in words.account {
        world.admin("POST", path, &serde_json::from_str(body).unwrap());
    }
    world.run(&["mapping", "defaults"]).ends(0);
    world
}

fn named(vendor: &str) -> &'static Words {
    WORDS.iter().find(|words| words.vendor == vendor).unwrap()
}

/// What the sandbox holds of each kind, and what requests it turned down.
fn held(words: &Words, world: &World) -> (Value, Value) {
    let stats = world.stats();
    let companies = words.companies.map(|name| stats[name].clone());
    (stats[words.persons].clone(), json!(companies))
}

fn refused(world: &World) -> Vec<(String, u64)> {
    let stats = world.stats();
    let responses = stats["responses"].as_object().unwrap().iter();
    responses
        .filter(|(status, _)| !status.starts_with('2') && !status.starts_with('3'))
        .map(|(status, count)| (status.clone(), count.as_u64().unwrap()))
        .collect()
}

fn fields(tried: &Value) -> Vec<(&str, &Value)> {
    let records = tried["records"].as_array().unwrap().iter();
    records
        .flat_map(|record| {
            let fields = record["fields"].as_array().unwrap().iter();
            fields.map(|field| (record["object"].as_str().unwrap(), field))
        })
        .collect()
}

/// Object, field of ours and field of theirs of every general row of the mapping.
fn rows(world: &World) -> Vec<(String, String, String)> {
    let list = world.json(&["mapping", "list"]);
    let objects = list["objects"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    objects
        .flat_map(|object| {
            let rows = object["rows"].as_array().unwrap().iter();
            rows.map(|row| {
                (
                    text(&object["object"]),
                    text(&row["value"]),
                    text(&row["remote"]),
                )
            })
        })
        .collect()
}

/// Every match order of a vendor.
fn every_order(vendor: &str) {
    for words in WORDS.iter().filter(|words| words.vendor == vendor) {
        let mut world = world(words);
        every_field_is_taken_as_it_was_sent(words, &world);
        people_see_every_field_on_eighty_columns(words, &mut world);
        a_refused_field_is_told_with_the_command_that_settles_it(words, &world);
    }
}

#[test]
fn in_hubspot_every_field_is_taken_and_nothing_stays() {
    every_order("hubspot");
}

#[test]
fn in_marketo_every_field_is_taken_and_nothing_stays() {
    every_order("marketo");
}

#[test]
fn in_pardot_every_field_is_taken_and_nothing_stays() {
    every_order("pardot");
}

#[test]
fn in_pipedrive_every_field_is_taken_and_nothing_stays() {
    every_order("pipedrive");
}

#[test]
fn in_salesforce_every_field_is_taken_and_nothing_stays() {
    every_order("salesforce");
}

#[test]
fn in_zoho_every_field_is_taken_and_nothing_stays() {
    every_order("zoho");
}

fn every_field_is_taken_as_it_was_sent(words: &Words, world: &World) {
    let name = format!("{} {:?}", words.vendor, words.options);
    let before = (held(words, world), refused(world));
    let said = world.run(&["mapping", "try", "--json"]);
    assert_eq!(said.status, 0, "{name}: {}\n{}", said.out, said.err);
    let tried = said.json();
    assert_document(&tried);
    assert_eq!(
        (&tried["ok"], &tried["stopped"]),
        (&json!(true), &Value::Null),
        "{name}: {tried:#}"
    );
    let after = (held(words, world), refused(world));
    assert_eq!(before, after, "{name}: something is left, or was refused");
    let objects: Vec<&str> = tried["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| {
            assert_eq!(record["removed"], true, "{name}: {record}");
            assert_eq!(record["stays"], false, "{name}: {record}");
            assert_eq!(record["problems"], json!([]), "{name}: {record}");
            record["object"].as_str().unwrap()
        })
        .collect();
    let untried: Vec<&str> = tried["untried"]
        .as_array()
        .unwrap()
        .iter()
        .map(|untried| untried["object"].as_str().unwrap())
        .collect();
    let fields = fields(&tried);
    for (object, ours, remote) in rows(world) {
        if untried.contains(&object.as_str()) {
            continue;
        }
        assert!(objects.contains(&object.as_str()), "{name}: {object}");
        let (_, field) = fields
            .iter()
            .find(|(of, field)| {
                *of == object && field["remote"] == *remote && field["field"] == *ours
            })
            .unwrap_or_else(|| panic!("{name}: no {object}.{remote}: {tried:#}"));
        match field["end"].as_str().unwrap() {
            "same" => assert!(!field["taken"].is_null(), "{name}: {field}"),
            // What a company holds is the company's to send.
            "left-out" => assert!(
                words.vendor == "marketo" && field["message"].as_str().unwrap().contains("company"),
                "{name}: {field}"
            ),
            _ => panic!("{name}: {object} {field}"),
        }
    }
    // What a new lead makes no record of here is told, with why.
    let contacts = untried.contains(&"Contact") || untried.contains(&"contact");
    let makes_leads = ["salesforce", "zoho"].contains(&words.vendor)
        && !objects
            .iter()
            .any(|object| object.eq_ignore_ascii_case("contact"));
    assert_eq!(contacts, makes_leads, "{name}: {tried:#}");
    // Who belongs to a company there is put into it.
    let link = tried["link"]["message"].as_str();
    match (words.companies, link) {
        (Some(_), Some(message)) => {
            assert!(message.contains(" is in the "), "{name}: {message}");
        }
        (None, Some(message)) => assert!(
            words.vendor == "zoho" && message.contains("only a "),
            "{name}: {message}"
        ),
        (None, None) => {}
        (Some(_), None) => panic!("{name}: {tried:#}"),
    }
    // A run like any other, and no lead of ours.
    let run = &world.json(&["history"])["runs"][0];
    assert_eq!(
        (&run["command"], &run["trigger"], &run["outcome"]),
        (&json!("mapping try"), &json!("test"), &json!("done")),
        "{name}"
    );
    assert_eq!(run["counts"]["stayed"], 0, "{name}: {run}");
    assert_eq!(run["run"], tried["run"], "{name}");
    let shown = world.json(&["history", "show", &run["run"].to_string()]);
    assert!(
        shown.get("stayed").is_none() && shown["undo"].is_null(),
        "{name}: {shown}"
    );
    assert_eq!(world.json(&["reconcile"])["summary"]["total"], 0, "{name}");
}

fn people_see_every_field_on_eighty_columns(words: &Words, world: &mut World) {
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    world.set("NO_COLOR", "1");
    let before = held(words, world);
    let said = world.run(&["mapping", "try"]).ends(0);
    let name = format!(
        "{} {:?}:\n{}{}",
        words.vendor, words.options, said.out, said.err
    );
    assert_eq!(held(words, world), before, "{name}");
    for part in ["TAKEN AS", words.title, "mobly-sync-test-"] {
        assert!(said.out.contains(part), "{part}: {name}");
    }
    assert!(said.err.contains("Sending one test lead to"), "{name}");
    assert!(said.err.contains("read back, removed"), "{name}");
    let too_long = said.out.lines().find(|line| line.chars().count() > 80);
    assert_eq!(too_long, None, "{name}");
    world.unset("MOBLY_SYNC_FORCE_TTY");
}

/// Takes a field of a person away behind the mapping's back.
fn lose_a_field(words: &Words, world: &World) -> &'static str {
    match words.vendor {
        "hubspot" => {
            world.admin("DELETE", "properties/contacts/jobtitle", &Value::Null);
            "jobtitle"
        }
        "salesforce" => {
            let object = if words.persons == "contacts" {
                "Contact"
            } else {
                "Lead"
            };
            let body = json!({"object": object, "name": "Title"});
            world.admin("POST", "fields/delete", &body);
            "Title"
        }
        "zoho" => {
            let body = json!({"module": "Leads", "name": "Designation"});
            world.admin("POST", "fields/hide", &body);
            "Designation"
        }
        "marketo" => {
            world.admin("POST", "fields/delete", &json!({"name": "title"}));
            "title"
        }
        "pardot" => {
            let body = json!({"name": "Booth", "fieldId": "Booth"});
            world.admin("POST", "custom-fields", &body);
            world.run(&["mapping", "set", "notes", "Booth__c"]).ends(0);
            world.admin("DELETE", "custom-fields/Booth", &Value::Null);
            "Booth__c"
        }
        "pipedrive" => {
            world.admin("POST", "settings", &json!({"contact_sync": false}));
            "job_title"
        }
        other => panic!("{other}"),
    }
}

fn a_refused_field_is_told_with_the_command_that_settles_it(words: &Words, world: &World) {
    let lost = lose_a_field(words, world);
    let before = held(words, world);
    let said = world.run(&["mapping", "try", "--json"]);
    let name = format!("{} {:?}", words.vendor, words.options);
    assert_eq!(said.status, 3, "{name}: {}{}", said.out, said.err);
    let tried = said.json();
    assert_eq!(held(words, world), before, "{name}");
    let fields = fields(&tried);
    let (_, field) = fields
        .iter()
        .find(|(_, field)| field["remote"] == lost)
        .unwrap_or_else(|| panic!("{name}: {tried:#}"));
    assert_eq!(field["end"], "refused", "{name}: {field}");
    assert!(!field["message"].as_str().unwrap().is_empty(), "{name}");
    let others: Vec<&Value> = fields
        .iter()
        .filter(|(_, field)| field["remote"] != lost)
        .map(|(_, field)| &field["end"])
        .collect();
    assert!(
        others
            .iter()
            .all(|end| *end == "same" || *end == "left-out"),
        "{name}: {tried:#}"
    );
    // The very command settles it.
    let fix = field["fix"]
        .as_str()
        .unwrap_or_else(|| panic!("{name}: {field}"));
    let arguments: Vec<&str> = fix.split(' ').skip(1).collect();
    assert_eq!(arguments[0], "mapping", "{name}: {fix}");
    let settled = world.run(&arguments);
    assert_eq!(settled.status, 0, "{name}: {fix}\n{}", settled.err);
    let again = world.run(&["mapping", "try", "--json"]);
    assert_eq!(again.status, 0, "{name}: {fix}\n{}{}", again.out, again.err);
}

/// The records of a trial that stand there still, by object and id.
fn stayed(world: &World, run: &Value) -> Vec<(String, String)> {
    let shown = world.json(&["history", "show", &run.to_string()]);
    let stayed = shown["stayed"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    stayed
        .iter()
        .map(|record| (text(&record["object"]), text(&record["id"])))
        .collect()
}

#[test]
fn who_may_not_remove_is_told_before_and_the_record_is_named_after() {
    let cases = [
        (
            named("salesforce"),
            (
                "objects/access",
                json!({"object": "Lead", "deletable": false}),
            ),
            json!({"object": "Lead", "deletable": true}),
        ),
        (
            named("zoho"),
            ("permissions", json!({"module": "Leads", "delete": false})),
            json!({"module": "Leads", "delete": true}),
        ),
    ];
    for (words, (path, take), give) in cases {
        let world = world(words);
        world.admin("POST", path, &take);
        let said = world.run(&["mapping", "try"]).ends(3);
        let name = format!("{}:\n{}{}", words.vendor, said.out, said.err);
        let told = said.err.find("stays there, to be removed by hand");
        let sent = said.err.find("Sending one test lead");
        assert!(told.is_some() && told < sent, "{name}");
        assert_eq!(world.stats()[words.persons], 1, "{name}");
        let run = world.json(&["history"])["runs"][0].clone();
        assert_eq!(run["counts"]["stayed"], 1, "{name}: {run}");
        let stayed = stayed(&world, &run["run"]);
        assert_eq!(stayed.len(), 1, "{name}");
        assert!(said.err.contains(&stayed[0].1), "{name}");
        let undo = format!("mobly-sync undo {}", run["run"]);
        assert!(said.err.contains(&undo), "{name}");
        let people = world.run(&["history", "show", &run["run"].to_string()]);
        assert!(people.out.contains(&stayed[0].1), "{}", people.out);
        // Once it may, the command that is told removes it.
        world.admin("POST", path, &give);
        world
            .run(&["undo", &run["run"].to_string(), "--yes"])
            .ends(0);
        assert_eq!(world.stats()[words.persons], 0, "{name}");
        assert!(self::stayed(&world, &run["run"]).is_empty(), "{name}");
    }
}

#[test]
fn a_removal_that_is_refused_names_the_record() {
    let words = named("pardot");
    let world = world(words);
    world.admin("POST", "abilities", &json!({"deny": ["prospects.delete"]}));
    let tried = world.run(&["mapping", "try", "--json"]).ends(3).json();
    let record = &tried["records"][0];
    assert_eq!(
        (&record["stays"], &record["removed"]),
        (&json!(true), &json!(false)),
        "{tried:#}"
    );
    let id = record["id"].as_str().unwrap();
    let problem = record["problems"][0]["message"].as_str().unwrap();
    assert!(
        problem.contains(id) && problem.contains("remove it there"),
        "{problem}"
    );
    assert_eq!(
        stayed(&world, &tried["run"]),
        [("prospect".to_owned(), id.to_owned())]
    );
}

#[test]
fn a_field_the_vendors_own_rule_refuses_is_told_and_the_rest_goes() {
    let words = named("salesforce");
    let world = world(words);
    let rule = json!({"object": "Lead", "when": "City = 'San Francisco'", "field": "City",
                      "message": "That city is the partners'"});
    world.admin("POST", "validation_rules", &rule);
    let tried = world.run(&["mapping", "try", "--json"]).ends(3).json();
    let fields = fields(&tried);
    let end = |remote: &str| {
        let mut fields = fields.iter();
        fields
            .find(|(_, field)| field["remote"] == remote)
            .unwrap()
            .1
    };
    let city = end("City");
    assert_eq!(city["end"], "refused", "{city}");
    assert!(
        city["message"].as_str().unwrap().contains("the partners'"),
        "{city}"
    );
    // No row of ours settles a rule of theirs.
    assert_eq!(city["fix"], "mobly-sync explain VALIDATION_RULE");
    world.run(&["explain", "VALIDATION_RULE"]).ends(0);
    assert_eq!(end("State")["end"], "same");
    assert_eq!(world.stats()["leads"], 0);
    // Of a whole record likewise.
    let rule = json!({"object": "Lead", "when": "LastName != null", "message": "Nobody comes in"});
    world.admin("POST", "validation_rules", &rule);
    let said = world.run(&["mapping", "try"]).ends(3);
    assert!(said.err.contains("Nobody comes in"), "{}", said.err);
    assert_eq!(world.stats()["leads"], 0);
}

fn begin(world: &World) -> Child {
    world
        .command()
        .args(["mapping", "try", "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// HubSpot whose answers of one kind do not come.
fn stuck(path: &str, for_so_long: Duration) -> World {
    let mut options = options("hubspot");
    options.slow_for = for_so_long;
    let world = world_of(named("hubspot"), options);
    let faults = [format!("slow=1@{path}")];
    world.admin("POST", "faults", &json!({ "faults": faults }));
    world
}

#[test]
fn a_trial_that_was_killed_leaves_nothing_unnamed() {
    let world = stuck("contacts/batch/read", Duration::from_secs(600));
    let mut child = begin(&world);
    let run = loop {
        let runs = world.json(&["history"]);
        let run = &runs["runs"][0];
        if run["trigger"] == "test" && stayed(&world, &run["run"]).len() == 2 {
            break run["run"].clone();
        }
        assert_eq!(child.try_wait().unwrap(), None, "it is being read back");
    };
    child.kill().unwrap();
    child.wait().unwrap();
    let entry = &world.json(&["history"])["runs"][0];
    assert_eq!(
        (&entry["trigger"], &entry["outcome"]),
        (&json!("test"), &json!("crashed"))
    );
    let left = stayed(&world, &run);
    let objects: Vec<&str> = left.iter().map(|(object, _)| object.as_str()).collect();
    assert_eq!(objects, ["company", "contact"]);
    for (object, id) in &left {
        let kind = if object == "contact" {
            "contacts"
        } else {
            "companies"
        };
        let all = world.admin("GET", &format!("objects/{kind}"), &Value::Null);
        assert!(
            all.to_string().contains(id.as_str()),
            "{object} {id}: {all}"
        );
    }
    let shown = world.json(&["history", "show", &run.to_string()]);
    assert_eq!(shown["undo"], format!("mobly-sync undo {run}"), "{shown}");
    assert_eq!(shown["records"], json!({"created": 2}), "{shown}");
    // The command that is told takes both back.
    world.admin("POST", "faults", &json!({"faults": []}));
    world.run(&["undo", &run.to_string(), "--yes"]).ends(0);
    let stats = world.stats();
    assert_eq!(
        (&stats["contacts"], &stats["companies"]),
        (&json!(0), &json!(0))
    );
    assert!(stayed(&world, &run).is_empty());
}

#[test]
fn a_record_whose_answer_never_came_is_told_by_what_it_is_called() {
    let world = stuck("contacts/batch/create", Duration::from_secs(600));
    let mut child = begin(&world);
    while world.stats()["contacts"] != 1 {
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let run = world.json(&["history"])["runs"][0]["run"].clone();
    let shown = world.json(&["history", "show", &run.to_string()]);
    assert_eq!(stayed(&world, &run).len(), 1, "the company: {shown}");
    let address = shown["look_for"].as_str().unwrap();
    let there = world.admin("GET", "objects/contacts", &Value::Null);
    assert!(there.to_string().contains(address), "{address}: {there}");
}

#[test]
fn whoever_interrupts_a_trial_leaves_nothing_behind() {
    let world = stuck("contacts/batch/read", Duration::from_secs(2));
    let child = begin(&world);
    while world.stats()["contacts"] != 1 {
        std::thread::yield_now();
    }
    let id = child.id().to_string();
    let signalled = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status()
        .unwrap();
    assert!(signalled.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let tried: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(tried["interrupted"], true, "{tried}");
    let stats = world.stats();
    assert_eq!(
        (&stats["contacts"], &stats["companies"]),
        (&json!(0), &json!(0))
    );
    let run = &world.json(&["history"])["runs"][0];
    assert_eq!(run["outcome"], "interrupted", "{run}");
}

/// A vendor with a fault from now on, and waits that take no time.
fn with_fault(vendor: &str, fault: &str) -> World {
    let mut world = world(named(vendor));
    world.admin("POST", "faults", &json!({ "faults": [fault] }));
    world.set("MOBLY_SYNC_TEST_TIME", "1000");
    world
}

#[test]
fn a_lost_answer_is_looked_for_and_the_trial_goes_on() {
    for (vendor, path) in [
        ("hubspot", "contacts/batch/create"),
        ("marketo", "v1/leads.json"),
    ] {
        let world = with_fault(vendor, &format!("drop-after=#1@{path}"));
        let said = world.run(&["mapping", "try", "--json"]);
        let name = format!("{vendor}: {}{}", said.out, said.err);
        assert_eq!(said.status, 0, "{name}");
        assert!(
            world.stats()["faults"]["drop-after"].as_u64().unwrap() > 0,
            "{name}"
        );
        assert_eq!(world.stats()[named(vendor).persons], 0, "{name}");
    }
}

#[test]
fn each_end_has_its_status() {
    // An outage: nothing was made, and the run stopped.
    let world = with_fault("hubspot", "503=1@companies/batch/create");
    let tried = world.run(&["mapping", "try", "--json"]).ends(6).json();
    assert!(tried["stopped"].is_string(), "{tried}");
    assert_eq!(tried["records"][1]["id"], Value::Null, "{tried}");
    let run = &world.json(&["history"])["runs"][0];
    assert_eq!(
        (&run["outcome"], &run["stopped"]),
        (&json!("stopped"), &json!("outage")),
        "{run}"
    );
    world.admin("POST", "faults", &json!({"faults": []}));
    // A sign-in that is refused: nothing could begin.
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let refused = world.run(&["mapping", "try", "--json"]).ends(4).json();
    assert_eq!(refused["error"]["code"], "needs_sign_in", "{refused}");
    // Paused, unmapped, and nobody connected.
    let world = world_of(named("hubspot"), options("hubspot"));
    world.run(&["disable"]).ends(0);
    world.run(&["mapping", "try"]).ends(5);
    world.run(&["enable", "--yes"]).ends(0);
    world.run(&["mapping", "clear", "contact"]).ends(0);
    let unmapped = world.run(&["mapping", "try", "--json"]).json();
    assert_eq!(unmapped["error"]["code"], "not_mapped", "{unmapped}");
    World::new().run(&["mapping", "try"]).ends(4);
}

#[test]
fn companies_that_are_the_crms_are_left_out_without_a_fault() {
    let words = WORDS
        .iter()
        .find(|words| words.vendor == "marketo" && words.companies.is_some())
        .unwrap();
    let world = world(words);
    world.admin("POST", "native_crm", &json!({"on": true}));
    let tried = world.run(&["mapping", "try", "--json"]).ends(0).json();
    assert_eq!(tried["records"][0]["id"], Value::Null, "{tried:#}");
    assert!(!tried["records"][0]["notes"][0].as_str().unwrap().is_empty());
    assert_eq!(tried["records"][1]["removed"], true, "{tried:#}");
    let message = tried["link"]["message"].as_str().unwrap();
    assert!(message.contains("goes without"), "{message}");
}
