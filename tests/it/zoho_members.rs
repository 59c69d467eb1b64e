//! The statuses of members at Zoho: as the campaign says, forward only, and never one the organization does not have.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::salesforce::seed;
use crate::support::zoho::connected;

const PEOPLE: &str = "First Name,Last Name,Email,Company\n\
    Ann,Lee,ann@acme.com,Acme\nBob,Lee,bob@acme.com,Acme\n";

/// An organization with statuses of its own, and a campaign; the campaign's id.
fn organization() -> (World, String) {
    let world = connected(&[]);
    let statuses = json!(["Invited", "Registered", "Attended"]);
    world.admin(
        "POST",
        "fields",
        &json!({"module": "Campaigns", "name": "Member_Status", "type": "picklist", "options": statuses}),
    );
    world.admin("POST", "member_statuses", &json!({ "values": statuses }));
    let campaign = seed(
        &world,
        "Campaigns",
        json!({"Campaign_Name": "Expo", "Status": "Active"}),
    );
    import(&world, "Expo", PEOPLE);
    (world, campaign)
}

/// The members' statuses.
fn statuses(world: &World, campaign: &str) -> Vec<Value> {
    let members = world.admin("GET", &format!("members/{campaign}"), &Value::Null);
    let members = members["members"].as_array().unwrap();
    members
        .iter()
        .map(|member| member["Member_Status"].clone())
        .collect()
}

fn push(world: &World, options: &[&str]) -> Value {
    let arguments = [&["sync-event", "Expo", "--json"], options].concat();
    world.run(&arguments).ends(0).json()
}

#[test]
fn members_have_the_status_their_campaign_asks_for_and_only_move_forward() {
    let (world, campaign) = organization();
    let connect = ["campaign", "connect", "Expo", "--id", &campaign];
    world
        .run(&[&connect[..], &["--status", "Registered"]].concat())
        .ends(0);
    assert_eq!(push(&world, &[])["created"], json!(2));
    assert_eq!(statuses(&world, &campaign), ["Registered", "Registered"]);
    // Both in one call.
    let path = "PUT /crm/v8/Campaigns/{id}/Leads";
    assert_eq!(world.stats()["by_path"][path], json!(1));

    let edit = |status: &str| {
        world
            .run(&["campaign", "edit", "Expo", "--status", status])
            .ends(0);
    };
    edit("Attended");
    push(&world, &["--again"]);
    assert_eq!(statuses(&world, &campaign), ["Attended", "Attended"]);
    edit("Invited");
    push(&world, &["--again"]);
    assert_eq!(statuses(&world, &campaign), ["Attended", "Attended"]);
    assert_eq!(world.stats()["by_path"][path], json!(2));
}

#[test]
fn a_status_the_organization_does_not_have_is_never_taken() {
    let (world, campaign) = organization();
    let said = world.run(&[
        "campaign", "connect", "Expo", "--id", &campaign, "--status", "Atended",
    ]);
    assert_ne!(said.status, 0);
    assert!(said.err.contains("Attended"), "{}", said.err);
    // One that goes after it was chosen fails its leads, who are there all the same.
    world
        .run(&[
            "campaign",
            "connect",
            "Expo",
            "--id",
            &campaign,
            "--status",
            "Registered",
        ])
        .ends(0);
    world.admin(
        "POST",
        "fields",
        &json!({"module": "Campaigns", "name": "Member_Status", "type": "picklist", "options": ["Invited"]}),
    );
    let said = world.run(&["sync-event", "Expo", "--json"]).ends(3).json();
    assert_eq!(
        (&said["failed"], &world.stats()["leads"]),
        (&json!(2), &json!(2)),
        "{said}"
    );
    let board = world.json(&["reconcile", "--state", "failed"]);
    let message = board["leads"][0]["message"].as_str().unwrap();
    assert!(message.contains("Registered"), "{message}");
    assert!(statuses(&world, &campaign).is_empty());
}
