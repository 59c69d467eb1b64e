//! A record found by address that goes by another name: noted, or held until somebody says who it is.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::salesforce;

const HEAD: &str = "First Name,Last Name,Email,Company\n";

fn hubspot(options: &[&str]) -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&[&["--mode", "manual"], options].concat());
    world
}

fn contact(world: &World, email: &str, first: &str, last: &str) -> String {
    let person =
        json!({"inputs": [{"properties": {"email": email, "firstname": first, "lastname": last}}]});
    let made = world.admin("POST", "objects/contacts", &person);
    made["ids"][0].as_str().unwrap().to_owned()
}

#[track_caller]
fn noted(world: &World, lead: &str) -> String {
    salesforce::attempt(world, lead).to_string()
}

fn standing(world: &World, lead: &str) -> Value {
    world.json(&["reconcile", "--lead", lead])["leads"][0].clone()
}

#[test]
fn hubspot_notes_both_names_and_updates() {
    let world = hubspot(&[]);
    contact(&world, "ana@acme.com", "Ana", "Li");
    let (status, summary) =
        salesforce::push(&world, &format!("{HEAD}Bo,Stone,ana@acme.com,Acme\n"));
    assert_eq!((status, &summary["cleared"]), (0, &json!(1)), "{summary}");
    let attempt = noted(&world, "ana@acme.com");
    assert!(
        attempt.contains("matched Ana Li by e-mail, ours is Bo Stone"),
        "{attempt}"
    );
}

#[test]
fn case_accents_and_order_are_no_other_name() {
    let world = hubspot(&["--identity", "hold"]);
    contact(&world, "one@acme.com", "ANA", "LI");
    contact(&world, "two@acme.com", "José", "Núñez");
    contact(&world, "three@acme.com", "Stone", "Bo");
    contact(&world, "four@acme.com", "Ann", "Married");
    let csv = format!(
        "{HEAD}Ana,Li,one@acme.com,A\nJose,Nunez,two@acme.com,B\nBo,Stone,three@acme.com,C\nAnn,Lee,four@acme.com,D\n"
    );
    let (status, summary) = salesforce::push(&world, &csv);
    assert_eq!((status, &summary["cleared"]), (0, &json!(4)), "{summary}");
    assert!(!noted(&world, "two@acme.com").contains("by e-mail, ours is"));
}

#[test]
fn hubspot_holds_where_it_was_told_to_and_is_settled_both_ways() {
    let world = hubspot(&["--identity", "hold"]);
    let ana = contact(&world, "ana@acme.com", "Ana", "Li");
    contact(&world, "cy@acme.com", "Cy", "Ng");
    let csv = format!("{HEAD}Bo,Stone,ana@acme.com,Acme\nDi,Roe,cy@acme.com,Acme\n");
    let (status, summary) = salesforce::push(&world, &csv);
    assert_eq!(
        (status, &summary["by_category"]["IDENTITY_CONFLICT"]),
        (3, &json!(2)),
        "{summary}"
    );
    assert_eq!(
        standing(&world, "ana@acme.com")["category"],
        "IDENTITY_CONFLICT"
    );
    world
        .run(&["reconcile", "--lead", "ana@acme.com", "--adopt", &ana])
        .ends(0);
    assert_eq!(standing(&world, "ana@acme.com")["record"], json!(ana));
    // HubSpot has one contact for an address: a second one cannot be made, and it says so.
    let refused = world
        .run(&["reconcile", "--lead", "cy@acme.com", "--create", "--json"])
        .ends(3)
        .json();
    assert_eq!(
        refused["leads"][0]["category"], "DUPLICATE_RECORD",
        "{refused}"
    );
    assert_eq!(world.stats()["contacts"], json!(2));
}

#[test]
fn salesforce_notes_holds_and_is_settled_both_ways() {
    let world = salesforce::connected(&["--identity", "hold", "--duplicates", "allow"]);
    let person = |email: &str, first: &str, last: &str| json!({"FirstName": first, "LastName": last, "Email": email, "Company": "Acme"});
    let ana = salesforce::seed(&world, "Lead", person("ana@acme.com", "Ana", "Li"));
    let cy = salesforce::seed(&world, "Lead", person("cy@acme.com", "Cy", "Ng"));
    let csv = format!("{HEAD}Bo,Stone,ana@acme.com,Acme\nDi,Roe,cy@acme.com,Acme\n");
    let (_, summary) = salesforce::push(&world, &csv);
    assert_eq!(
        summary["by_category"]["IDENTITY_CONFLICT"],
        json!(2),
        "{summary}"
    );
    let message = standing(&world, "ana@acme.com")["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        message.contains("matched Ana Li by e-mail, ours is Bo Stone"),
        "{message}"
    );
    world
        .run(&["reconcile", "--lead", "ana@acme.com", "--adopt", &ana])
        .ends(0);
    assert_eq!(standing(&world, "ana@acme.com")["record"], json!(ana));
    world
        .run(&["reconcile", "--lead", "cy@acme.com", "--create"])
        .ends(0);
    let made = standing(&world, "cy@acme.com")["record"].clone();
    assert!(
        made.is_string() && made != json!(cy),
        "a record of its own: {made}"
    );
    assert_eq!(
        salesforce::record(&world, "Lead", &cy)["LastName"],
        "Ng",
        "theirs is as it was"
    );
}

#[test]
fn a_shared_address_is_held_by_itself() {
    let world = salesforce::connected(&[]);
    let info =
        json!({"FirstName": "Cy", "LastName": "Ng", "Email": "info@acme.com", "Company": "Acme"});
    salesforce::seed(&world, "Lead", info);
    import(
        &world,
        "Expo",
        &format!("{HEAD}Di,Roe,info@acme.com,Acme\n"),
    );
    let said = world.run(&["sync-event", "Expo", "--json"]).ends(3).json();
    assert_eq!(said["by_category"]["IDENTITY_CONFLICT"], json!(1), "{said}");
}
