//! `qualifier`: questions, their answers, and what each answer is called at the vendor.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::{connected, import};

/// A world whose contacts have a list of several interests.
fn interested() -> World {
    let world = connected();
    world.admin(
        "POST",
        "properties/contacts",
        &json!({"name": "interest", "label": "Interest", "type": "enumeration", "fieldType": "checkbox",
                "options": [{"label": "Platform demo", "value": "demo_request", "displayOrder": 0},
                            {"label": "Pricing", "value": "pricing", "displayOrder": 1},
                            {"label": "Support", "value": "support", "displayOrder": 2}]}),
    );
    world
        .run(&[
            "qualifier",
            "add",
            "Interest",
            "--value",
            "Platform Demo",
            "--value",
            "Pricing",
            "--value",
            "Site visit",
            "--multiple",
        ])
        .ends(0);
    world
}

fn option(world: &World, answer: &str) -> Value {
    let all = world.json(&["qualifier", "list"])["qualifiers"].clone();
    let values = all[0]["values"].as_array().unwrap().clone();
    values
        .into_iter()
        .find(|value| value["value"] == answer)
        .unwrap()["option"]
        .clone()
}

#[test]
fn equal_names_are_mapped_and_the_rest_is_told() {
    let world = interested();
    let said = world
        .run(&[
            "qualifier",
            "map",
            "interest",
            "--to",
            "interest",
            "--matching",
        ])
        .ends(0);
    assert!(
        said.err.contains("NO_TAG_MAPPING: Site visit"),
        "{}",
        said.err
    );
    let all = world.json(&["qualifier", "list"])["qualifiers"].clone();
    assert_eq!(
        all[0]["targets"],
        json!([{"integration": "hubspot", "object": "contact", "remote": "interest", "write": "append"}])
    );
    assert_eq!(option(&world, "Platform Demo"), "demo_request");
    assert_eq!(option(&world, "Site visit"), Value::Null);
    world
        .run(&["qualifier", "map", "Interest", "site visit=Support"])
        .ends(0);
    assert_eq!(option(&world, "Site visit"), "support");
    world
        .run(&["qualifier", "unmap", "Interest", "Site visit"])
        .ends(0);
    assert_eq!(option(&world, "Site visit"), Value::Null);
    world.run(&["qualifier", "unmap", "Interest"]).ends(0);
    assert_eq!(
        world.json(&["qualifier", "list"])["qualifiers"][0]["targets"],
        json!([])
    );
    world.run(&["mapping", "revert"]).ends(0);
    assert_eq!(option(&world, "Pricing"), "pricing");
}

#[test]
fn what_is_not_known_is_refused_with_what_is_near() {
    let world = interested();
    let error = |arguments: &[&str], status| {
        let all: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        world.run(&all).ends(status).json()["error"].clone()
    };
    let nowhere = error(&["qualifier", "map", "Interest", "Pricing=pricing"], 2);
    assert!(nowhere["message"].as_str().unwrap().contains("--to"));
    let option = error(
        &[
            "qualifier",
            "map",
            "Interest",
            "Pricing=prices",
            "--to",
            "interest",
        ],
        1,
    );
    assert_eq!(option["code"], "not_found");
    assert!(
        option["hint"].as_str().unwrap().contains("pricing"),
        "{option}"
    );
    let answer = error(
        &[
            "qualifier",
            "map",
            "Interest",
            "Pricng=pricing",
            "--to",
            "interest",
        ],
        1,
    );
    assert_eq!(answer["hint"], "did you mean \"Pricing\"?");
    let field = error(&["qualifier", "map", "Interest", "--to", "interset"], 1);
    assert_eq!(field["hint"], "did you mean interest of contact?");
    let name = error(&["qualifier", "map", "Intrest", "--to", "interest"], 1);
    assert_eq!(name["hint"], "did you mean \"Interest\"?");
    let archive = error(&["qualifier", "archive", "Interest", "Prices"], 1);
    assert_eq!(archive["code"], "not_found");
    assert_eq!(
        world.json(&["qualifier", "list"])["qualifiers"][0]["targets"],
        json!([])
    );
}

#[test]
fn an_answer_leads_gave_is_mapped_although_nobody_defined_it() {
    let world = interested();
    import(
        &world,
        "Expo",
        "First Name,Email,Interest\nAnn,ann@acme.com,Helpdesk\n",
    );
    let said = world
        .run(&[
            "qualifier",
            "map",
            "Interest",
            "Helpdesk=support",
            "--to",
            "interest",
        ])
        .ends(0);
    assert!(said.err.contains("none of the answers"), "{}", said.err);
}

#[test]
fn a_qualifier_is_edited_archived_and_restored() {
    let world = World::new();
    world
        .run(&[
            "qualifier",
            "add",
            "Lead type",
            "--value",
            "Hot",
            "--value",
            "Cold",
            "--required",
        ])
        .ends(0);
    let twice = world
        .run(&["qualifier", "add", "lead  TYPE", "--value", "x"])
        .ends(2);
    assert!(twice.err.contains("qualifier edit"), "{}", twice.err);
    let edited = world.json(&[
        "qualifier",
        "edit",
        "Lead type",
        "--value",
        "Warm",
        "--required",
        "false",
        "--rename",
        "Type",
    ]);
    assert_eq!(
        (&edited["changed"], &edited["qualifier"]["required"]),
        (&json!(true), &json!(false))
    );
    world.run(&["qualifier", "archive", "type", "cold"]).ends(0);
    let listed = world.json(&["qualifier", "list"])["qualifiers"][0].clone();
    let names: Vec<&str> = listed["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value["value"].as_str().unwrap())
        .collect();
    assert_eq!(
        (listed["name"].as_str().unwrap(), names),
        ("Type", vec!["Hot", "Warm"])
    );
    world.run(&["qualifier", "archive", "Type"]).ends(0);
    assert_eq!(world.json(&["qualifier", "list"])["qualifiers"], json!([]));
    let shown = world.json(&["qualifier", "list", "--archived"])["qualifiers"].clone();
    assert_eq!(
        (
            &shown[0]["archived"],
            shown[0]["values"].as_array().unwrap().len()
        ),
        (&json!(true), 3)
    );
    world.run(&["qualifier", "restore", "Type"]).ends(0);
    let again = world.json(&["qualifier", "restore", "Type"]);
    assert_eq!(again["changed"], false);
    world
        .run(&["qualifier", "edit", "Type", "--at", "Nowhere"])
        .ends(1);
    world.run(&["qualifier", "edit", "Type"]).ends(2);
    world
        .run(&["qualifier", "add", "X", "--value", "a;b"])
        .ends(2);
}

#[test]
fn qualifiers_are_made_of_the_vendors_lists() {
    let world = connected();
    let made = world.json(&["qualifier", "import", "hs_lead_status", "hs_seniority"]);
    let lead_status = &made["qualifiers"][0];
    assert_eq!(lead_status["name"], "Lead Status");
    assert_eq!(lead_status["multiple"], false);
    assert_eq!(
        lead_status["values"][2],
        json!({"value": "In Progress", "archived": false, "option": "IN_PROGRESS"})
    );
    assert_eq!(
        lead_status["targets"][0]["write"], "if-blank",
        "the vendor's own field"
    );
    let again = world
        .run(&["qualifier", "import", "hs_lead_status"])
        .ends(2);
    assert!(
        again.err.contains(
            "qualifier map \"Lead Status\" --to hs_lead_status --object contact --matching"
        ),
        "{}",
        again.err
    );
    let text = world
        .run(&["qualifier", "import", "jobtitle", "--json"])
        .ends(1)
        .json();
    assert_eq!(text["error"]["code"], "unsupported");
}

#[test]
fn an_unmapped_answer_fails_until_it_is_mapped() {
    let world = interested();
    world.run(&["mapping", "defaults"]).ends(0);
    world
        .run(&[
            "qualifier",
            "map",
            "Interest",
            "--to",
            "interest",
            "--matching",
        ])
        .ends(0);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Interest\nAnn,Lee,ann@acme.com,Site visit; Pricing\n",
    );
    let failed = world.run(&["sync", "--json"]).ends(3).json();
    assert_eq!(failed["by_category"], json!({"NO_TAG_MAPPING": 1}));
    world
        .run(&["qualifier", "map", "Interest", "Site visit=support"])
        .ends(0);
    let retried = world.json(&["reconcile", "--category", "NO_TAG_MAPPING", "--retry"]);
    assert_eq!(retried["retry"]["cleared"], 1);
    let contacts = world.admin("GET", "objects/contacts", &Value::Null)["results"].clone();
    assert_eq!(contacts[0]["properties"]["interest"], "pricing;support");
}
