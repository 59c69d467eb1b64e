//! `check`: who a push would match under another name.

use serde_json::{Value, json};

use crate::check::{check, type_in};
use crate::support::connected::import;
use crate::support::{World, pipedrive};

/// Ann's address is Zoe's at the vendor, Bo's is Bo's, and Cy is nobody there.
fn met() -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let people = [
        ("ann@acme.com", "Zoe", "Stone"),
        ("bo@acme.com", "BO", "Li"),
    ];
    let inputs: Vec<Value> = people
        .iter()
        .map(|(email, first, last)| {
            json!({"properties": {"email": email, "firstname": first, "lastname": last}})
        })
        .collect();
    world.admin("POST", "objects/contacts", &json!({ "inputs": inputs }));
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email\nAnn,Lee,ann@acme.com\nBo,Li,bo@acme.com\nCy,Ng,cy@acme.com\n",
    );
    world
}

#[test]
fn who_goes_by_another_name_there_is_told_and_fails_only_where_such_leads_are_held() {
    let world = met();
    let noted = check(&world, 0);
    assert_eq!(noted["not_looked_up"], 0);
    let people = noted["other_names"].as_array().unwrap();
    assert_eq!(people.len(), 1, "{noted:#}");
    let ann = &people[0];
    let (lead, record) = (ann["id"].as_str().unwrap(), ann["record"].as_str().unwrap());
    assert_eq!(
        *ann,
        json!({"id": lead, "name": "Ann Lee", "email": "ann@acme.com", "object": "contact", "record": record,
               "theirs": "Zoe Stone", "held": false})
    );

    world
        .run(&["connect", "hubspot", "--set", "--identity", "hold"])
        .ends(0);
    let held = check(&world, 3);
    assert_eq!(
        (&held["would_fail"], &held["other_names"][0]["held"]),
        (&json!(1), &json!(true))
    );
    let fix = format!("mobly-sync reconcile --lead {lead} --adopt {record}");
    assert_eq!(
        held["problems"],
        json!([{"category": "IDENTITY_CONFLICT", "object": "contact", "field": null, "remote": null, "value": null,
                "count": 1, "fix": fix}])
    );
    let said = type_in(&world, &fix);
    assert_eq!(said.status, 0, "{}", said.err);
    let settled = check(&world, 0);
    assert_eq!(
        (&settled["checked"], &settled["other_names"]),
        (&json!(2), &json!([]))
    );
}

#[test]
fn a_record_that_is_known_here_is_not_looked_up_by_its_address() {
    let world = met();
    world.run(&["sync-event", "Expo"]).ends(0);
    world
        .run(&[
            "lead",
            "edit",
            "ann@acme.com",
            "--set",
            "jobTitle=CTO",
            "--no-sync",
        ])
        .ends(0);
    let known = check(&world, 0);
    assert_eq!(
        (&known["checked"], &known["other_names"]),
        (&json!(1), &json!([]))
    );
}

#[test]
fn more_than_a_handful_of_requests_is_asked_for_first() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    import(&world, "Expo", &World::people_csv(1_003, 100));
    world.admin_stats_reset();
    let said = world.run(&["check", "--event", "Expo", "--json"]).ends(0);
    assert_eq!(said.json()["not_looked_up"], 3);
    assert!(
        said.err.contains("3 people were not looked up")
            && said.err.contains("mobly-sync check --names --event Expo"),
        "{}",
        said.err
    );
    let stats = world.stats();
    assert!(stats["requests"].as_u64().unwrap() < 20, "{stats}");
    let all = world.run(&["check", "--names", "--json"]).ends(0).json();
    assert_eq!(
        (&all["checked"], &all["not_looked_up"]),
        (&json!(1_003), &json!(0))
    );
}

#[test]
fn where_everybody_would_be_read_for_it_nobody_is_looked_up_unasked() {
    let world = pipedrive::connected(&[]);
    pipedrive::person(&world, "Zoe Stone", &["ann@acme.com"], None);
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email\nAnn,Lee,ann@acme.com\nBo,Li,bo@acme.com\n",
    );
    let said = world.run(&["check", "--json"]).ends(0);
    let few = said.json();
    assert_eq!(
        (&few["not_looked_up"], &few["other_names"]),
        (&json!(2), &json!([]))
    );
    assert!(
        said.err.contains("it reads all the vendor's records"),
        "{}",
        said.err
    );
    let all = world.run(&["check", "--names", "--json"]).ends(0).json();
    assert_eq!(all["not_looked_up"], 0);
    assert_eq!(all["other_names"][0]["theirs"], "Zoe Stone", "{all:#}");
}
