//! How many calls Marketo is asked for, by its own count: they are shared with everything else the customer has.

use serde_json::json;

use crate::support::World;
use crate::support::connected::import;
use crate::support::marketo::{EXPO, connected};

/// Pushes 1,000 new leads of 300 companies who join a program, and again.
fn costs(options: &[&str], companies: u64, most: u64) {
    let world = connected(options);
    import(&world, "Expo", &World::people_csv(1_000, 300));
    let connect = [
        "campaign",
        "connect",
        "Expo",
        "--id",
        EXPO,
        "--status",
        "Visited Booth",
    ];
    world.run(&connect).ends(0);
    world.admin_stats_reset();
    let summary = world.json(&["sync-event", "Expo"]);
    assert_eq!(summary["created"], json!(1_000), "{summary}");
    let stats = world.stats();
    assert_eq!(
        (
            &stats["leads"],
            &stats["program_members"],
            &stats["companies"]
        ),
        (&json!(1_000), &json!(1_000), &json!(companies)),
        "{stats}"
    );
    assert_eq!(stats["duplicate_emails"], json!(0), "{stats}");
    // What is asked about fields and the program is read once a run; the calls about people are what grows.
    let count = |kind: &str| stats["by_kind"][kind].as_u64().unwrap();
    let calls = count("object");
    assert!(calls <= most, "{calls} of {most}: {}", stats["by_path"]);
    assert!(count("metadata") <= 6, "{}", stats["by_path"]);
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(1_000), "{again}");
    assert_eq!(
        world.stats()["writes"],
        stats["writes"],
        "nothing is written again"
    );
}

#[test]
fn a_thousand_leads_and_members() {
    costs(&[], 0, 12);
}

#[test]
fn a_thousand_leads_in_three_hundred_companies_and_members() {
    costs(&["--companies"], 300, 14);
}
