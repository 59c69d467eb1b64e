//! `mapping set`, `unset` and `clear`: every edit stands at once, and what cannot be filled is refused.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::{connected, import};

/// The rows of an object, as `source value → remote (write)`.
pub(crate) fn rows(world: &World, object: &str) -> Vec<String> {
    let document = world.json(&["mapping", "list", "--object", object]);
    let rows = document["objects"][0]["rows"].as_array().unwrap().clone();
    rows.iter()
        .map(|row| {
            format!(
                "{} → {} ({})",
                row["value"].as_str().unwrap(),
                row["remote"].as_str().unwrap(),
                row["write"].as_str().unwrap()
            )
        })
        .collect()
}

fn row(world: &World, object: &str, remote: &str) -> Value {
    let document = world.json(&["mapping", "list", "--object", object]);
    let rows = document["objects"][0]["rows"].as_array().unwrap().clone();
    let found = rows.into_iter().find(|row| row["remote"] == remote);
    found.unwrap_or(Value::Null)
}

#[test]
fn a_field_has_one_row_until_somebody_says_also() {
    let world = connected();
    world
        .run(&["mapping", "set", "JOB TITLE", "jobtitle"])
        .ends(0);
    assert_eq!(rows(&world, "contact"), ["jobTitle → jobtitle (if-blank)"]);
    let moved = world.json(&[
        "mapping",
        "set",
        "jobTitle",
        "degree",
        "--write",
        "overwrite",
    ]);
    assert_eq!(moved["changed"], true);
    assert_eq!(rows(&world, "contact"), ["jobTitle → degree (overwrite)"]);
    world
        .run(&["mapping", "set", "jobTitle", "jobtitle", "--also"])
        .ends(0);
    assert_eq!(
        rows(&world, "contact"),
        [
            "jobTitle → degree (overwrite)",
            "jobTitle → jobtitle (if-blank)"
        ]
    );
    let again = world.json(&["mapping", "set", "jobTitle", "jobtitle", "--also"]);
    assert_eq!(
        (&again["changed"], &again["run"]),
        (&json!(false), &Value::Null)
    );
    world.run(&["mapping", "unset", "JOBTITLE"]).ends(0);
    assert!(
        rows(&world, "contact").is_empty(),
        "the field's name means all its rows"
    );
}

#[test]
fn value_rules_add_up_while_the_row_stays() {
    let world = connected();
    let set = |arguments: &[&str]| {
        let all: Vec<&str> = [
            "mapping",
            "set",
            "companyIndustry",
            "industry",
            "--object",
            "company",
        ]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
        world.run(&all)
    };
    set(&[
        "--write",
        "overwrite",
        "--value",
        "Software=Computer Software",
    ])
    .ends(0);
    set(&["--value", "Banks=banking", "--on-invalid", "drop"]).ends(0);
    let kept = row(&world, "company", "industry");
    assert_eq!(
        kept["values"],
        json!({"Software": "COMPUTER_SOFTWARE", "Banks": "BANKING"}),
        "options by value or label, kept as they are sent"
    );
    assert_eq!(kept["write"], "overwrite");
    set(&["--value", "software=", "--truncate"]).ends(0);
    assert_eq!(
        row(&world, "company", "industry")["values"],
        json!({"Banks": "BANKING"})
    );
    let refused = set(&["--value", "Toys=Softwar", "--json"]).ends(1).json();
    assert_eq!(refused["error"]["code"], "not_found");
    assert!(
        refused["error"]["hint"]
            .as_str()
            .unwrap()
            .contains("COMPUTER_SOFTWARE"),
        "{refused}"
    );
}

#[test]
fn what_cannot_be_filled_is_refused_with_what_can() {
    let world = connected();
    let error = |arguments: &[&str]| {
        let all: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        world.run(&all).ends(1).json()["error"].clone()
    };
    let unknown = error(&["mapping", "set", "jobTitle", "jobtitel"]);
    assert_eq!(unknown["code"], "not_found");
    assert_eq!(unknown["hint"], "did you mean jobtitle of contact?");
    assert_eq!(unknown["fix"], "mobly-sync mapping set jobTitle jobtitle");
    let read_only = error(&["mapping", "set", "jobTitle", "createdate"]);
    assert_eq!(read_only["code"], "unsupported");
    assert!(read_only["message"].as_str().unwrap().contains("read-only"));
    let slip = error(&["mapping", "set", "jobTitel", "jobtitle"]);
    assert!(
        slip["hint"]
            .as_str()
            .unwrap()
            .starts_with("did you mean jobTitle?")
    );
    let object = error(&[
        "mapping", "set", "jobTitle", "jobtitle", "--object", "deals",
    ]);
    assert!(
        object["message"]
            .as_str()
            .unwrap()
            .contains("contact, company, persona"),
        "{object}"
    );
    let row = error(&["mapping", "unset", "phone"]);
    assert_eq!(row["code"], "not_found");
    assert_eq!(rows(&world, "contact"), [""; 0]);
}

#[test]
fn a_rule_goes_where_the_field_is() {
    let world = connected();
    // `website` is a field of both; a company's website belongs to the company, unless somebody says otherwise.
    world
        .run(&["mapping", "set", "companyWebsite", "website"])
        .ends(0);
    assert_eq!(
        rows(&world, "company"),
        ["companyWebsite → website (create-only)"]
    );
    world
        .run(&[
            "mapping",
            "set",
            "companyWebsite",
            "website",
            "--object",
            "persona",
        ])
        .ends(0);
    assert_eq!(
        rows(&world, "contact"),
        ["companyWebsite → website (create-only)"]
    );
    // A contact's own `company` is no field of the company.
    let said = world
        .run(&["mapping", "set", "companyName", "company"])
        .ends(0);
    assert!(said.err.contains("it goes to contact"), "{}", said.err);
    assert_eq!(rows(&world, "contact").len(), 2);
    world
        .run(&["mapping", "set", "--constant", "lead", "lifecyclestage"])
        .ends(0);
    let constant = row(&world, "contact", "lifecyclestage");
    assert_eq!(
        (
            &constant["source"],
            &constant["value"],
            &constant["write"],
            &constant["warning"]
        ),
        (
            &json!("constant"),
            &json!("lead"),
            &json!("create-only"),
            &Value::Null
        )
    );
    world.run(&["mapping", "unset", "lifecyclestage"]).ends(0);
    assert_eq!(row(&world, "contact", "lifecyclestage"), Value::Null);
}

#[test]
fn rows_for_an_event_stand_beside_the_general_ones() {
    let world = connected();
    import(
        &world,
        "Expo 2026",
        "First Name,Email,Booth\nAnn,ann@acme.com,A1\n",
    );
    world
        .run(&[
            "mapping",
            "set",
            "--template",
            "met at {eventName}, booth {booth}",
            "message",
        ])
        .ends(0);
    let for_event = world.json(&[
        "mapping",
        "set",
        "--template",
        "{notes}",
        "message",
        "--event",
        "Expo 2026",
    ]);
    assert_eq!(for_event["changes"][0]["event"], "Expo 2026");
    assert_eq!(rows(&world, "contact").len(), 2);
    world
        .run(&["mapping", "unset", "message", "--event", "Expo 2026"])
        .ends(0);
    assert_eq!(row(&world, "contact", "message")["event"], Value::Null);
    let unknown = world.run(&["mapping", "set", "Shoe size", "fax"]).ends(0);
    assert!(
        unknown
            .err
            .contains("no lead has a field \"Shoe size\" yet"),
        "{}",
        unknown.err
    );
}

#[test]
fn warnings_tell_what_will_go_wrong() {
    let world = connected();
    import(
        &world,
        "Expo",
        "First Name,Email,Industry\nAnn,ann@acme.com,Software\nBob,bob@acme.com,Banking\n",
    );
    let said = world
        .run(&[
            "mapping",
            "set",
            "companyIndustry",
            "industry",
            "--object",
            "company",
        ])
        .ends(0);
    assert!(
        said.err.contains(
            "mapping set companyIndustry industry --object company --value Software=COMPUTER_SOFTWARE"
        ),
        "{}",
        said.err
    );
    let opt_out = world
        .run(&["mapping", "set", "--constant", "true", "hs_email_optout"])
        .ends(0);
    assert!(
        opt_out.err.contains("only true is ever sent"),
        "{}",
        opt_out.err
    );
    world.run(&["mapping", "set", "email", "email"]).ends(0);
    let key = row(&world, "contact", "email");
    assert_eq!(
        key,
        json!({"source": "field", "value": "email", "type": "EMAIL", "remote": "email", "remote_type": "email",
               "write": "if-blank", "event": null, "values": {}, "key": true, "warning": null})
    );
    let unset = world.run(&["mapping", "unset", "email"]).ends(0);
    assert!(unset.err.contains("get no e-mail address"), "{}", unset.err);
    let owner = world
        .run(&[
            "mapping",
            "set",
            "jobTitle",
            "jobtitle",
            "--fallback-owner",
            "a@b.example",
        ])
        .ends(2);
    assert!(owner.err.contains("takes no user"), "{}", owner.err);
}

#[test]
fn without_the_vendor_what_was_read_last_counts() {
    let mut world = connected();
    world
        .run(&["mapping", "fields", "--search", "jobtitle"])
        .ends(0);
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", "");
    let said = world
        .run(&["mapping", "set", "jobTitle", "jobtitle"])
        .ends(0);
    assert!(
        said.err.contains("the fields are those read just now"),
        "{}",
        said.err
    );
    assert_eq!(rows(&world, "contact").len(), 1);
    let never = World::new();
    let error = never.run(&["mapping", "defaults", "--json"]).ends(4).json();
    assert_eq!(error["error"]["code"], "not_connected");
}

#[test]
fn a_change_of_mapping_pushes_nothing_and_tells_how_to_bring_cleared_leads_up_to_date() {
    let world = connected();
    world.run(&["mapping", "defaults"]).ends(0);
    import(
        &world,
        "Expo 2026",
        "First Name,Last Name,Email,Job Title\nAnn,Lee,ann@acme.com,CTO\nBo,Li,bo@acme.com,CEO\n",
    );
    import(
        &world,
        "Summit",
        "First Name,Last Name,Email\nCy,Ray,cy@soft.com\n",
    );
    world.run(&["sync"]).ends(0);
    let writes = world.stats()["writes"].clone();
    let document = world.json(&["mapping", "set", "jobTitle", "degree"]);
    assert_eq!(
        (&document["cleared"], &document["due"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(document["again"], "mobly-sync sync --again");
    let of_event = world.json(&["mapping", "set", "jobTitle", "fax", "--event", "Expo 2026"]);
    assert_eq!(of_event["cleared"], 2);
    assert_eq!(
        of_event["again"],
        "mobly-sync sync-event \"Expo 2026\" --again"
    );
    let due = world.json(&["sync"]);
    assert_eq!(due["pushed"], 0, "a change of mapping makes nothing due");
    assert_eq!(world.stats()["writes"], writes);
    world.run(&["sync", "--again"]).ends(0);
    let contacts = world.admin("GET", "objects/contacts", &Value::Null)["results"].clone();
    let ann = contacts
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["properties"]["email"] == "ann@acme.com")
        .unwrap();
    assert_eq!(
        (&ann["properties"]["degree"], &ann["properties"]["fax"]),
        (&json!("CTO"), &json!("CTO"))
    );
}
