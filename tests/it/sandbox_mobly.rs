//! `sandbox mobly`: where leads come from, as a server of its own and beside a vendor's.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::World;
use crate::support::mobly::{Mobly, get};

#[test]
fn the_command_fills_it_and_tells_how_to_connect() {
    let world = World::new();
    let mut child = world
        .command()
        .args([
            "sandbox", "mobly", "--leads", "30", "--events", "4", "--json",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let document: Value = serde_json::from_str(&line).unwrap();
    let url = document["base_url"].as_str().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (status, leads) = get(&runtime, url, "leads?limit=50");
    assert_eq!((status, &leads["results"]["total"]), (200, &json!(30)));
    let (_, events) = get(&runtime, url, "events");
    assert_eq!(events["results"]["events"].as_array().unwrap().len(), 4);
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let told = lines
        .map(Result::unwrap)
        .find(|line| line.contains("connect"));
    let expected = format!("mobly-sync connect mobly --base-url {url} --token-stdin");
    assert!(told.as_ref().unwrap().contains(&expected), "{told:?}");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn only_where_leads_come_from_can_be_filled() {
    let world = World::new();
    let said = world.run(&["sandbox", "hubspot", "--leads", "5"]).ends(2);
    assert!(said.err.contains("leave out --leads"), "{}", said.err);
    world.run(&["sandbox", "mobly", "--events", "5"]).ends(2);
}

#[test]
fn an_organization_stands_beside_a_world() {
    let mobly = Mobly::seeded(20, 2);
    let event = mobly.event(json!({"name": "Expo", "startDate": "2026-11-22"}));
    let place = json!({"eventId": event, "checkedIn": true});
    let lead = mobly.lead(json!({"firstName": "Ana", "email": "ana@acme.com", "events": [place]}));
    let (status, there) = mobly.get(&format!("events/{event}/leads"));
    let expected = json!([{"leadId": lead, "registered": false, "checkedIn": true}]);
    assert_eq!((status, &there["results"]["eventLeads"]), (200, &expected));
    assert_eq!(mobly.leads().last().unwrap()["id"], json!(lead));
    assert_eq!(mobly.stat("leads"), json!(21));
}
