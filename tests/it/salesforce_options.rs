//! Options of the connection: strategy, assignment, owners, and the mapping of three objects.

use serde_json::{Value, json};

use crate::support::salesforce::{connected, push, record, records, seed};
use crate::support::{Said, World};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";
const ANN: &str = "First Name,Last Name,Email,Company,Website,Job Title\nAnn,Lee,ann@acme.com,Acme,acme.com,CTO\n";

fn auto_assign(world: &World) -> (u64, u64, u64) {
    let counts = &world.stats()["auto_assign"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    (count("rule"), count("false"), count("absent"))
}

#[test]
fn new_leads_are_assigned_as_asked_and_known_ones_never() {
    for (assign, made) in [
        (None, (1, 1, 0)),
        (Some("rules"), (1, 1, 0)),
        (Some("off"), (0, 2, 0)),
        (Some("01QRM0000001abcAAA"), (1, 1, 0)),
    ] {
        let mut options = vec!["--strategy", "leads-only"];
        options.extend(assign.map(|_| "--assign"));
        options.extend(assign);
        let world = connected(&options);
        seed(
            &world,
            "Lead",
            json!({"FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Email": "ann@acme.com"}),
        );
        let (status, summary) = push(
            &world,
            &format!("{ANN}Bo,Li,bo@beta.com,Beta,beta.com,CEO\n"),
        );
        assert_eq!(
            (status, &summary["created"], &summary["updated"]),
            (0, &json!(1), &json!(1)),
            "{summary}"
        );
        assert_eq!(auto_assign(&world), made, "{assign:?}");
        if assign.is_some_and(|assign| assign.starts_with("01Q")) {
            // The id went with the create, in the header Salesforce reads.
            let owners: Vec<Value> = records(&world, "Lead")
                .iter()
                .map(|lead| lead["OwnerId"].clone())
                .collect();
            assert_ne!(
                owners[0], owners[1],
                "the queue of the rule has the new one"
            );
        }
    }
}

#[test]
fn the_strategy_changes_later_with_a_warning_and_pushes_nothing() {
    let world = connected(&["--strategy", "leads-only"]);
    push(&world, ANN);
    let writes = world.stats()["writes"].clone();
    let said = world
        .run(&[
            "connect",
            "salesforce",
            "--set",
            "--strategy",
            "accounts-and-contacts",
        ])
        .ends(0);
    assert!(said.err.contains("follow the new strategy"), "{}", said.err);
    assert_eq!(world.stats()["writes"], writes);
    // The same again is no change, and no warning.
    let said = world
        .run(&[
            "connect",
            "salesforce",
            "--set",
            "--strategy",
            "accounts-and-contacts",
        ])
        .ends(0);
    assert!(
        !said.err.contains("follow the new strategy"),
        "{}",
        said.err
    );
    let (_, summary) = push(
        &world,
        &format!("{HEAD}Bo,Li,bo@beta.com,Beta,beta.com,CEO\n"),
    );
    assert_eq!(summary["pushed"], json!(1), "{summary}");
    let stats = world.stats();
    assert_eq!(
        (&stats["leads"], &stats["contacts"], &stats["accounts"]),
        (&json!(1), &json!(1), &json!(1))
    );
    // Named, the cleared lead follows too: the Lead stays, and a Contact is made.
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["created"], json!(1), "{again}");
    assert_eq!(world.stats()["contacts"], json!(2));
    let history = world.run(&["history"]).ends(0);
    assert!(
        history.out.contains("--strategy accounts-and-contacts"),
        "{}",
        history.out
    );
}

#[test]
fn options_of_another_vendor_and_unknown_words_are_refused() {
    let world = connected(&[]);
    let said = world
        .run(&["connect", "salesforce", "--set", "--strategy", "everything"])
        .ends(2);
    assert!(said.err.contains("leads-and-contacts"), "{}", said.err);
    let said = world
        .run(&["connect", "hubspot", "--set", "--assign", "off"])
        .ends(2);
    assert!(said.err.contains("Salesforce"), "{}", said.err);
}

#[test]
fn the_default_mapping_fills_three_objects() {
    let world = connected(&[]);
    let list = world.json(&["mapping", "list"]);
    let objects: Vec<(&str, &str)> = list["objects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|object| {
            (
                object["object"].as_str().unwrap(),
                object["role"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        objects,
        [
            ("lead", "persona"),
            ("contact", "persona"),
            ("account", "company")
        ]
    );
    let row = |object: usize, remote: &str| {
        let rows = list["objects"][object]["rows"].as_array().unwrap();
        rows.iter()
            .find(|row| row["remote"] == remote)
            .unwrap_or_else(|| panic!("{remote}: {rows:?}"))
            .clone()
    };
    assert_eq!(
        (&row(0, "Company")["value"], &row(0, "Company")["write"]),
        (&json!("companyName"), &json!("create-only"))
    );
    assert_eq!(row(1, "MailingCity")["value"], "companyCity");
    assert_eq!(row(2, "Website")["value"], "companyWebsite");
}

#[test]
fn a_role_goes_to_every_object_that_has_the_field() {
    let world = connected(&["--strategy", "leads-and-contacts"]);
    let custom = |object: &str| {
        world.admin(
            "POST",
            "fields",
            &json!({"object": object, "name": "Booth__c", "type": "string", "length": 40}),
        )
    };
    custom("Lead");
    let said = world
        .run(&[
            "mapping",
            "set",
            "--constant",
            "A7",
            "Booth__c",
            "--object",
            "persona",
        ])
        .ends(0);
    assert!(
        said.err.contains("contact"),
        "a note names the object without: {}",
        said.err
    );
    // What only one of them has, goes to that one.
    world
        .run(&[
            "mapping",
            "set",
            "--constant",
            "Sales",
            "Department",
            "--object",
            "contact",
            "--write",
            "if-blank",
        ])
        .ends(0);
    let contact = seed(
        &world,
        "Contact",
        json!({"LastName": "Lee", "FirstName": "Ann", "Email": "ann@acme.com"}),
    );
    let (status, summary) = push(
        &world,
        &format!("{ANN}Bo,Li,bo@beta.com,Beta,beta.com,CEO\n"),
    );
    assert_eq!(status, 0, "{summary}");
    assert_eq!(record(&world, "Contact", &contact)["Department"], "Sales");
    assert_eq!(records(&world, "Lead")[0]["Booth__c"], "A7");
    let fields = world
        .run(&["mapping", "fields", "--object", "contact"])
        .ends(0);
    assert!(
        fields.out.contains("MailingCity") && !fields.out.contains("Booth__c"),
        "{}",
        fields.out
    );
}

fn set_owner(world: &World, fallback: &str) -> Said {
    world.run(&[
        "mapping",
        "set",
        "leadOwner",
        "OwnerId",
        "--object",
        "lead",
        "--fallback-owner",
        fallback,
    ])
}

#[test]
fn owners_are_named_by_address_and_a_queue_takes_the_rest() {
    let world = connected(&["--strategy", "leads-only", "--assign", "off"]);
    let said = set_owner(&world, "Nobody Queue").ends(1);
    assert!(
        said.err.contains("Inbound Leads"),
        "named as people know them: {}",
        said.err
    );
    set_owner(&world, "Inbound Leads").ends(0);
    let users = records(&world, "User");
    let priya = users
        .iter()
        .find(|user| user["Email"] == "priya.nair@sandbox.example")
        .unwrap()["Id"]
        .clone();
    let queue = records(&world, "Group")
        .iter()
        .find(|group| group["Name"] == "Inbound Leads")
        .unwrap()["Id"]
        .clone();
    let csv = "First Name,Last Name,Email,Company,leadOwner\n\
        Ann,Lee,ann@acme.com,Acme,Priya.Nair@sandbox.example\n\
        Bo,Li,bo@acme.com,Acme,nobody@sandbox.example\n\
        Cy,Oak,cy@acme.com,Acme,ivan.gone@sandbox.example\n";
    let (status, summary) = push(&world, csv);
    assert_eq!(status, 0, "{summary}");
    let owner = |email: &str| {
        records(&world, "Lead")
            .into_iter()
            .find(|lead| lead["Email"] == email)
            .unwrap()["OwnerId"]
            .clone()
    };
    assert_eq!(owner("ann@acme.com"), priya);
    assert_eq!(
        (owner("bo@acme.com"), owner("cy@acme.com")),
        (queue.clone(), queue)
    );
}

#[test]
fn a_field_of_our_own_finds_whoever_changed_name_and_address() {
    let world = connected(&["--strategy", "leads-only"]);
    let own = |facts: Value| {
        let mut body =
            json!({"object": "Lead", "name": "Mobly_Id__c", "type": "string", "length": 40});
        body.as_object_mut()
            .unwrap()
            .extend(facts.as_object().unwrap().clone());
        world.admin("POST", "fields", &body);
    };
    let set = [
        "connect",
        "salesforce",
        "--set",
        "--external-id",
        "Mobly_Id__c",
    ];
    let said = world.run(&set);
    assert_ne!(said.status, 0, "there is no such field");
    own(json!({"unique": false}));
    let said = world.run(&set);
    assert!(
        said.status != 0 && said.err.contains("unique"),
        "{}",
        said.err
    );
    own(json!({"unique": true, "externalId": true}));
    world.run(&set).ends(0);
    push(&world, ANN);
    let lead = records(&world, "Lead").remove(0);
    let key = lead["Mobly_Id__c"].as_str().unwrap();
    assert_eq!(key.len(), 8, "{lead}");
    // Made anew by somebody under our key and another address: an answer of ours that was lost looks like this.
    let id = lead["Id"].as_str().unwrap();
    world.admin("DELETE", &format!("records/Lead/{id}"), &Value::Null);
    world.admin("POST", "purge", &json!({"id": id}));
    let again = seed(
        &world,
        "Lead",
        json!({"FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Mobly_Id__c": key}),
    );
    let (_, summary) = push(&world, &ANN.replace("CTO", "CEO"));
    assert_eq!(
        (&summary["updated"], &summary["failed"]),
        (&json!(1), &json!(0)),
        "{summary}"
    );
    assert_eq!(record(&world, "Lead", &again)["Title"], "CEO");
}
