//! How many calls Salesforce is asked for, by its own count: they are shared with everything else the customer has.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::salesforce::connected;

/// A push of 1,000 leads at 300 companies; the calls the org counted, by path.
fn pushed(strategy: &str) -> (World, u64, Value) {
    let world = connected(&["--strategy", strategy]);
    crate::support::connected::import(&world, "Expo", &World::people_csv(1_000, 300));
    world.admin_stats_reset();
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(0).json();
    assert_eq!(summary["created"], json!(1_000), "{summary}");
    let stats = world.stats();
    let requests = stats["requests"].as_u64().unwrap();
    assert_eq!(summary["requests"], stats["requests"]);
    (world, requests, stats)
}

#[test]
fn a_thousand_new_leads_cost_few_calls() {
    // 15 and 20 with a campaign's members, which take 5 to 7.
    for (strategy, most) in [
        ("leads-only", 9),
        ("leads-and-contacts", 9),
        ("accounts-and-contacts", 13),
    ] {
        let (world, requests, stats) = pushed(strategy);
        eprintln!("{strategy}: {requests} {}", stats["by_path"]);
        assert!(
            requests <= most,
            "{strategy}: {requests} of {most}: {}",
            stats["by_path"]
        );
        assert_eq!(stats["duplicate_emails"], json!(0));
        let again = world.json(&["sync-event", "Expo", "--again"]);
        eprintln!("again {} {}", again["requests"], again["unchanged"]);
        assert_eq!(again["unchanged"], json!(1_000), "{again}");
        assert_eq!(
            world.stats()["writes"],
            stats["writes"],
            "nothing is written again"
        );
    }
}
