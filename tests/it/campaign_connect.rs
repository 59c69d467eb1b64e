//! `campaign` where there is nothing to connect: no connection, no event, no campaign of that id.

use serde_json::json;

use crate::support::{World, assert_document};

#[test]
fn a_campaign_nobody_has_is_told_with_where_ids_are_found() {
    let world = World::with_hubspot();
    world.connect_and_map(&[]);
    world.run(&["event", "add", "Expo 2026"]).ends(0);
    let event = "Expo 2026";
    for arguments in [
        vec!["campaign", "connect", event, "--id", "4711"],
        vec!["campaign", "statuses", "--id", "4711"],
        vec!["campaign", "edit", event, "--threshold", "2"],
        vec!["campaign", "remove", event, "--id", "4711"],
        vec!["campaign", "statuses", event],
    ] {
        let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let document = world.run(&with_json).json();
        assert_document(&document);
        assert_eq!(document["error"]["code"], "not_found", "{document}");
        assert!(document["error"]["fix"].is_string(), "{document}");
    }
    let list = world.json(&["campaign", "list"]);
    assert_eq!(list, json!({ "schema": 1, "campaigns": [] }));
    let said = world.run(&["campaign", "list"]).ends(0);
    assert!(
        said.err.contains("No event feeds a campaign."),
        "{}",
        said.err
    );
}

#[test]
fn what_is_missing_is_said_before_anybody_is_asked() {
    let world = World::new();
    world.run(&["campaign", "list"]).ends(4);
    world
        .run(&[
            "campaign", "connect", "Expo", "--id", "1", "--status", "Sent",
        ])
        .ends(4);
    world.run(&["campaign", "connect", "Expo"]).ends(2);
    world.run(&["campaign", "connect", "--id", "1"]).ends(2);
    world
        .run(&[
            "campaign",
            "connect",
            "Expo",
            "--id",
            "1",
            "--threshold",
            "-1",
        ])
        .ends(2);
    world
        .run(&[
            "campaign",
            "connect",
            "Expo",
            "--id",
            "1",
            "--status-by",
            "nothing",
        ])
        .ends(2);
}
