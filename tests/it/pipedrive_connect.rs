//! Connecting Pipedrive: one CRM at a time, and what of another one stays; the app in the browser.

use serde_json::{Value, json};

use crate::support::pipedrive::{company, records};
use crate::support::{CANARY, World};

#[test]
fn it_takes_the_place_of_another_crm_only_once_that_is_free() {
    let mut world = World::with_hubspot();
    world.connect_and_map(&[]);
    let rows = |world: &World| world.json(&["mapping", "list"])["objects"].clone();
    let hubspots = rows(&world);
    assert_ne!(hubspots, Value::Null);
    world.start_sandbox(company());
    let url = world.base_url();
    let connect = [
        "connect",
        "pipedrive",
        "--token-stdin",
        "--base-url",
        &url,
        "--json",
    ];
    let said = world.run_with_input(&connect, CANARY).ends(1);
    let error = &said.json()["error"];
    assert_eq!(error["code"], "category_taken");
    assert_eq!(error["fix"], "mobly-sync disconnect hubspot");
    world.run(&["disconnect", "hubspot"]).ends(0);
    world.run_with_input(&connect, CANARY).ends(0);
    world.run(&["mapping", "defaults"]).ends(0);
    assert_ne!(rows(&world), hubspots);
    world.run(&["disconnect", "pipedrive"]).ends(0);
    // HubSpot comes back as it was.
    world.start_sandbox(mobly_sync::sandbox::SandboxOptions {
        tokens: vec![CANARY.to_owned()],
        ..mobly_sync::sandbox::SandboxOptions::new("hubspot")
    });
    world.connect();
    assert_eq!(rows(&world), hubspots);
}

#[test]
fn the_plans_tokens_are_a_number() {
    let world = World::with_sandbox(company());
    let url = world.base_url();
    let connect = |tokens: &str| {
        let arguments = [
            "connect",
            "pipedrive",
            "--token-stdin",
            "--base-url",
            &url,
            "--json",
            "--daily-tokens",
            tokens,
        ];
        world.run_with_input(&arguments, CANARY)
    };
    let said = connect("plenty").ends(2);
    assert!(
        said.err.contains("whole number") || said.out.contains("whole number"),
        "{said:?}"
    );
    connect("60,000").ends(0);
    let help = world.run(&["connect", "--help"]).ends(0).out;
    assert!(help.contains("--daily-tokens <TOKENS>"), "{help}");
    assert!(records(&world, "persons").is_empty());
    assert_eq!(world.stats()["persons"], json!(0));
}
