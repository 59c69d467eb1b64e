//! Connecting Pipedrive: one CRM at a time, and what of another one stays; the app in the browser.

use std::process::Stdio;

use mobly_sync::sandbox::SandboxOptions;
use serde_json::{Value, json};

use crate::support::browser::approve;
use crate::support::connected::import;
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
    world.start_sandbox(SandboxOptions {
        tokens: vec![CANARY.to_owned()],
        ..SandboxOptions::new("hubspot")
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

/// Signs in with an app of the customer's own, in the browser.
fn by_app(world: &mut World) {
    world.set("MOBLY_SYNC_PIPEDRIVE_CLIENT_ID", "app-1");
    world.set(
        "MOBLY_SYNC_PIPEDRIVE_CLIENT_SECRET",
        "canary-client-secret-51aa",
    );
    let url = world.base_url();
    let child = world
        .command()
        .args(["connect", "pipedrive", "--oauth", "--no-browser", "--json"])
        .args([
            "--redirect-port",
            "0",
            "--base-url",
            &url,
            "--mode",
            "manual",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    approve(child).ends(0);
}

#[test]
fn an_app_signs_in_renews_and_is_refused() {
    // The company's tokens end a hundred times sooner than they say, so that 401 comes unexpected.
    let mut world = World::with_sandbox(SandboxOptions {
        time_factor: 100.0,
        tokens: Vec::new(),
        ..company()
    });
    world.admin("POST", "app", &json!({"token_seconds": 300}));
    by_app(&mut world);
    world.run(&["mapping", "defaults"]).ends(0);
    import(&world, "Expo", &World::people_csv(20, 2));
    world.run(&["sync-event", "Expo"]).ends(0);
    let issued = || world.stats()["tokens_issued"].as_u64().unwrap();
    let first = issued();
    while issued() == first {
        let again = world.json(&["sync-event", "Expo", "--again"]);
        assert_eq!(again["unchanged"], json!(20), "{again}");
    }
    // The app's secret is changed: once the token ends, nobody can renew it.
    world.admin("POST", "app", &json!({"client_secret": "another"}));
    let summary = loop {
        let said = world.run(&["sync-event", "Expo", "--again", "--json"]);
        if said.status != 0 {
            break said.ends(4).json();
        }
    };
    assert_eq!(
        summary["by_category"],
        json!({"AUTHENTICATION": 20}),
        "{summary}"
    );
    assert_eq!(world.stats()["duplicate_emails"], json!(0));
}
