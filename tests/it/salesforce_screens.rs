//! What people see of Salesforce's three objects: log, record links, status, explanations, the board.

use serde_json::json;

use crate::support::World;
use crate::support::salesforce::{attempt, connected, phase, push, seed};

const ANN: &str = "First Name,Last Name,Email,Company,Website,Job Title\nAnn,Lee,ann@acme.com,Acme,acme.com,CTO\n";

/// The id of Ann's record.
fn id(world: &World) -> String {
    let attempt = attempt(world, "ann@acme.com");
    phase(&attempt, "person")["remote_id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn the_log_names_the_object_and_tells_the_call() {
    let mut world = connected(&["--strategy", "accounts-and-contacts"]);
    push(&world, ANN);
    let attempt = attempt(&world, "ann@acme.com");
    let names: Vec<&str> = attempt["phases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|phase| phase["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["company", "person", "association"], "{attempt}");
    let person = phase(&attempt, "person");
    assert_eq!(
        (&person["action"], &person["response"]["status"]),
        (&json!("create"), &json!(200))
    );
    assert!(
        person["request"]["url"]
            .as_str()
            .unwrap()
            .ends_with("/composite/sobjects")
    );
    let sent = &person["request"]["body"];
    assert_eq!(
        (&sent["attributes"]["type"], &sent["LastName"]),
        (&json!("Contact"), &json!("Lee")),
        "{person}"
    );
    assert!(
        sent["AccountId"].as_str().unwrap().starts_with("001"),
        "{person}"
    );
    assert_eq!(person["response"]["body"]["success"], json!(true));
    // On a terminal, by the words of Salesforce.
    world.set("MOBLY_SYNC_FORCE_TTY", "80");
    let said = world
        .run(&["log", "ann@acme.com", "--all", "--color", "never"])
        .ends(0);
    for words in [
        "create account 001",
        "create contact 003",
        "link account 001",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
}

#[test]
fn a_record_is_opened_where_people_work() {
    for (strategy, prefix) in [("leads-only", "00Q"), ("accounts-and-contacts", "003")] {
        let world = connected(&["--strategy", strategy]);
        push(&world, ANN);
        let said = world.run(&["open", "ann@acme.com"]).ends(0);
        assert_eq!(
            said.out.trim(),
            format!("{}/{}", world.base_url(), id(&world))
        );
        assert!(id(&world).starts_with(prefix));
        let board = world.json(&["reconcile", "--view", "lead"]);
        assert_eq!(board["leads"][0]["record"], json!(id(&world)), "{board}");
    }
    // An org's own address leads to Lightning.
    let world = connected(&["--strategy", "leads-only", "--instance", "acme"]);
    push(&world, ANN);
    let said = world.run(&["open", "ann@acme.com"]).ends(0);
    let expected = format!(
        "https://acme.lightning.force.com/lightning/r/Lead/{}/view",
        id(&world)
    );
    assert_eq!(said.out.trim(), expected);
}

#[test]
fn a_lead_that_became_a_contact_is_opened_as_one() {
    let world = connected(&["--strategy", "leads-and-contacts", "--instance", "acme"]);
    push(&world, ANN);
    let lead = id(&world);
    let made = world.admin(
        "POST",
        "convert",
        &json!({"lead": lead, "account": null, "contact": null}),
    );
    push(&world, &ANN.replace("CTO", "CEO"));
    let said = world.run(&["open", "ann@acme.com"]).ends(0);
    let contact = made["contactId"].as_str().unwrap();
    assert!(
        said.out.contains(&format!("/r/Contact/{contact}/view")),
        "{}",
        said.out
    );
}

#[test]
fn status_tells_org_environment_and_the_days_calls() {
    let world = connected(&[]);
    let status = world.json(&["status", "--check"]);
    let salesforce = &status["integrations"][0];
    assert_eq!(
        (
            &salesforce["vendor"],
            &salesforce["category"],
            &salesforce["state"]
        ),
        (&json!("salesforce"), &json!("crm"), &json!("connected"))
    );
    assert_eq!(salesforce["account"]["name"], "Sandbox Example Inc.");
    assert_eq!(salesforce["budget"]["limit"], json!(15_000));
    let told = salesforce["budget"]["used"].as_u64().unwrap();
    assert!(told > 0 && told <= world.stats()["api_calls"].as_u64().unwrap());
}

#[test]
fn explain_knows_salesforces_words() {
    let world = World::new();
    for (category, sign) in [
        ("DUPLICATE_RECORD", "DUPLICATES_DETECTED"),
        ("VALIDATION_RULE", "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
        ("AUTOMATION_ERROR", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"),
        ("RATE_LIMITED", "REQUEST_LIMIT_EXCEEDED"),
        ("NOT_ENOUGH_DATA", "an Account a name"),
    ] {
        let said = world.run(&["explain", category]).ends(0);
        let words: Vec<&str> = said.out.split_whitespace().collect();
        let text = words.join(" ");
        let (_, ours) = text.split_once("At Salesforce").unwrap();
        assert!(ours.contains(sign), "{category}: {text}");
    }
}

#[test]
fn the_board_groups_refusals_of_both_objects() {
    let world = connected(&["--strategy", "leads-and-contacts"]);
    for object in ["Lead", "Contact"] {
        world.admin(
            "POST",
            "validation_rules",
            &json!({"object": object, "when": "Title = 'CTO'", "message": "No CTOs here"}),
        );
    }
    seed(
        &world,
        "Contact",
        json!({"FirstName": "Ann", "LastName": "Lee", "Email": "ann@acme.com"}),
    );
    let (status, summary) = push(
        &world,
        &format!("{ANN}Bo,Li,bo@beta.com,Beta,beta.com,CTO\n"),
    );
    assert_eq!(
        (status, &summary["by_category"]),
        (3, &json!({"VALIDATION_RULE": 2})),
        "{summary}"
    );
    // Ann was there before; Bo is not.
    assert_eq!(summary["failed_landed"], json!(0), "{summary}");
    let said = world.run(&["reconcile"]).ends(0);
    assert!(said.out.contains("No CTOs here"), "{}", said.out);
    let board = world.json(&["reconcile"]);
    assert_eq!(board["failed"][0]["count"], json!(2), "{board}");
}
