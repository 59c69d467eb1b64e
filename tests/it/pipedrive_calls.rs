//! How many calls and tokens Pipedrive is asked for, by its own count: a company's apps share the day's tokens.

use std::process::Stdio;
use std::time::Duration;

use mobly_sync::sandbox::SandboxOptions;
use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::pipedrive::{company, connected_to};

/// Fills the copy: one lead is enough.
fn first_fill(world: &World) {
    import(
        world,
        "Before",
        "First Name,Last Name,Email\nZoe,Zorn,zoe@zorn.example\n",
    );
    world.run(&["sync-event", "Before"]).ends(0);
}

fn requests(world: &World) -> (u64, u64) {
    let stats = world.stats();
    let count = |name: &str| stats[name].as_u64().unwrap();
    (count("requests"), count("tokens_spent"))
}

#[test]
fn a_thousand_leads_at_two_hundred_organizations() {
    // No company takes a thousand persons in five seconds, for which a change is read again.
    let world = connected_to(
        SandboxOptions {
            time_factor: 300.0,
            ..company()
        },
        &[],
    );
    first_fill(&world);
    import(&world, "Expo", &World::people_csv(1_000, 200));
    let before = requests(&world);
    let summary = world.json(&["sync-event", "Expo"]);
    assert_eq!(summary["created"], json!(1_000), "{summary}");
    let stats = world.stats();
    let after = requests(&world);
    let (calls, tokens) = (after.0 - before.0, after.1 - before.1);
    assert_eq!(
        summary["requests"],
        json!(calls),
        "what we tell is what was asked"
    );
    assert!(calls <= 1_210, "{calls}: {}", stats["by_path"]);
    assert!(tokens <= 6_100, "{tokens}: {}", stats["by_path"]);
    assert_eq!(stats["duplicate_emails"], json!(0));
    // Nothing of our own is read again, and the fields are still known.
    let before = requests(&world);
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(1_000), "{again}");
    let after = requests(&world);
    let metadata = again["requests_by_kind"]["metadata"]
        .as_u64()
        .unwrap_or_default();
    assert!(
        after.0 - before.0 - metadata <= 2,
        "{again}: {}",
        world.stats()["by_path"]
    );
    assert_eq!(world.stats()["writes"], stats["writes"]);
}

/// Persons who are there already, a page of them at a time.
fn crowd(world: &World, pages: usize) {
    for page in 0..pages {
        let people: Vec<Value> = (page * 500..(page + 1) * 500)
            .map(|n| json!({"name": format!("Pat{n} Poe{n}"), "emails": [{"value": format!("pat{n}@crowd.example"), "primary": true}]}))
            .collect();
        world.admin("POST", "records/persons", &json!({"records": people}));
        // A change is read again for some seconds.
        world.admin("POST", "clock", &json!({"advance_ms": 30_000}));
    }
}

#[test]
fn the_first_copy_is_read_page_by_page_and_goes_on_where_it_broke_off() {
    let world = connected_to(
        SandboxOptions {
            latency: Duration::from_millis(100),
            time_factor: 300.0,
            ..company()
        },
        &[],
    );
    crowd(&world, 12);
    let csv = "First Name,Last Name,Email,Job Title\nPat7,Poe7,pat7@crowd.example,CTO\nZoe,Zorn,zoe@zorn.example,CTO\n";
    import(&world, "Expo", csv);
    world.admin_stats_reset();
    let pages = || {
        let stats = world.stats();
        stats["by_path"]["GET /api/v2/persons"]
            .as_u64()
            .unwrap_or_default()
    };
    let mut push = world
        .command()
        .args(["sync-event", "Expo", "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while pages() < 9 && push.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    push.kill().unwrap();
    push.wait().unwrap();
    let read = pages();
    assert!((9..12).contains(&read), "{read}");
    let summary = world.json(&["sync-event", "Expo"]);
    assert_eq!(
        (&summary["created"], &summary["updated"]),
        (&json!(1), &json!(1)),
        "half a copy finds nobody absent: {summary}"
    );
    // The last page once more, and one at the end for what was written; all twelve again it is not.
    let further = pages() - read;
    assert!(
        further < 12,
        "{read}, then {further}: {:?}",
        world.stats()["by_path"]
    );
    assert_eq!(world.stats()["duplicate_emails"], json!(0));
}
