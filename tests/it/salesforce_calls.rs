//! How many calls Salesforce is asked for, by its own count: they are shared with everything else the customer has.

use serde_json::json;

use crate::support::World;
use crate::support::connected::import;
use crate::support::salesforce::{connected, seed};

/// Pushes 1,000 leads of 300 companies, all new, and again.
fn costs(strategy: &str, most: u64) {
    let world = connected(&["--strategy", strategy]);
    import(&world, "Expo", &World::people_csv(1_000, 300));
    world.admin_stats_reset();
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(0).json();
    assert_eq!(summary["created"], json!(1_000), "{summary}");
    let stats = world.stats();
    let requests = stats["requests"].as_u64().unwrap();
    assert_eq!(
        summary["requests"],
        json!(requests),
        "what we tell is what was asked"
    );
    assert!(
        requests <= most,
        "{requests} of {most}: {}",
        stats["by_path"]
    );
    assert_eq!(stats["duplicate_emails"], json!(0));
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(1_000), "{again}");
    assert_eq!(
        world.stats()["writes"],
        stats["writes"],
        "nothing is written again"
    );
}

#[test]
fn a_thousand_leads() {
    costs("leads-only", 7);
}

#[test]
fn a_thousand_leads_beside_contacts() {
    costs("leads-and-contacts", 9);
}

#[test]
fn a_thousand_contacts_in_three_hundred_accounts() {
    costs("accounts-and-contacts", 13);
}

/// The same with a campaign that everybody joins.
fn costs_with_members(strategy: &str, most: u64) {
    let world = connected(&["--strategy", strategy]);
    let campaign = seed(
        &world,
        "Campaign",
        json!({"Name": "Expo", "IsActive": true}),
    );
    import(&world, "Expo", &World::people_csv(1_000, 300));
    let connect = [
        "campaign", "connect", "Expo", "--id", &campaign, "--status", "Sent",
    ];
    world.run(&connect).ends(0);
    world.admin_stats_reset();
    let summary = world.json(&["sync-event", "Expo"]);
    assert_eq!(summary["created"], json!(1_000), "{summary}");
    let stats = world.stats();
    assert_eq!(stats["campaign_members"], json!(1_000), "{stats}");
    let requests = stats["requests"].as_u64().unwrap();
    assert!(
        requests <= most,
        "{requests} of {most}: {}",
        stats["by_path"]
    );
    // Whoever is a member is none twice.
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(1_000), "{again}");
    assert_eq!(world.stats()["writes"], stats["writes"]);
}

#[test]
fn a_thousand_leads_and_members() {
    costs_with_members("leads-only", 13);
}

#[test]
fn a_thousand_leads_beside_contacts_and_members() {
    costs_with_members("leads-and-contacts", 15);
}

#[test]
fn a_thousand_contacts_in_three_hundred_accounts_and_members() {
    costs_with_members("accounts-and-contacts", 20);
}
