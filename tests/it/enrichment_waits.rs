//! Enrichment and what waits for it: demanded fields, a provider that is down, what a lead was never asked about.

use mobly_sync::domain::integration::Mode;
use mobly_sync::sandbox::{RateMode, RunningSandbox, SandboxOptions};

use crate::seed::{assert_consistent, connected, store};
use crate::support::World;

const KEY: &str = "pdl-canary-77aa";

struct Labs {
    _runtime: tokio::runtime::Runtime,
    running: RunningSandbox,
}

/// People Data Labs beside the CRM.
fn labs(world: &World, faults: &[&str], more: &[&str]) -> Labs {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let options = SandboxOptions {
        rate: RateMode::Off,
        tokens: vec![KEY.to_owned()],
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        ..SandboxOptions::new("people-data-labs")
    };
    let running = runtime
        .block_on(mobly_sync::sandbox::start(options))
        .unwrap();
    let url = running.base_url();
    let add = [
        "enrichment",
        "add",
        "people-data-labs",
        "--key-stdin",
        "--base-url",
        &url,
    ];
    world
        .run_with_input(&[&add[..], more].concat(), KEY)
        .ends(0);
    Labs {
        _runtime: runtime,
        running,
    }
}

fn import(world: &World, leads: usize) {
    let mut csv = String::from("First Name,Last Name,Email\n");
    for n in 0..leads {
        csv.push_str(&format!("Ann,Lee{n},ann.lee{n}@firm{n}.example\n"));
    }
    let file = world.file("raw.csv", csv);
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
}

fn states(world: &World) -> Vec<String> {
    let list = world.json(&["lead", "list"]);
    let leads = list["leads"].as_array().unwrap();
    leads
        .iter()
        .map(|lead| {
            let id = lead["id"].as_str().unwrap();
            let shown = world.json(&["lead", "show", id]);
            shown["lead"]["integrations"][0]["state"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

fn count_of(states: &[String], wanted: &str) -> usize {
    states.iter().filter(|state| *state == wanted).count()
}

#[test]
fn a_demanded_field_that_is_found_lets_the_lead_go_and_a_late_provider_is_asked() {
    let world = connected(Mode::Automatic);
    world
        .run(&["requirement", "add", "phone|mobilePhone"])
        .ends(0);
    import(&world, 12);
    let before = states(&world);
    assert_eq!(count_of(&before, "cleared"), 0, "{before:?}");
    // Adding a provider lets those that lack something wait for it.
    let labs = labs(&world, &[], &["--fields", "phone,mobilePhone"]);
    world.run(&["sync"]);
    let after = states(&world);
    let asked = labs.running.stats()["questions"].as_u64().unwrap();
    assert_eq!(asked, 12);
    let there = count_of(&after, "cleared");
    assert!(there > 0 && there < 12, "it knows some of them: {after:?}");
    let lacking = world.json(&["requirement", "list"]);
    assert_eq!(lacking["waiting"], 12 - there);
    // Nobody is asked twice for nothing.
    world.run(&["lead", "enrich"]).ends(0);
    assert_eq!(labs.running.stats()["questions"], asked);
    assert_consistent(&world);
}

#[test]
fn while_a_provider_is_down_leads_wait_a_quarter_of_an_hour_and_no_longer() {
    let mut world = connected(Mode::Automatic);
    let labs = labs(&world, &["503=1"], &[]);
    world.set("MOBLY_SYNC_TEST_NOW", "2026-11-17T09:00:00Z");
    import(&world, 3);
    assert_eq!(count_of(&states(&world), "cleared"), 0);
    world.set("MOBLY_SYNC_TEST_NOW", "2026-11-17T09:14:00Z");
    world.run(&["sync"]);
    assert_eq!(count_of(&states(&world), "cleared"), 0, "still waiting");
    world.set("MOBLY_SYNC_TEST_NOW", "2026-11-17T09:15:01Z");
    let said = world.run(&["sync"]).ends(0);
    assert!(said.err.contains("go as captured"), "{}", said.err);
    assert_eq!(count_of(&states(&world), "cleared"), 3);
    // Once it is back, they are asked about by hand.
    drop(labs);
    assert_consistent(&world);
}

#[test]
fn who_was_never_enriched_is_an_issue() {
    let world = World::new();
    import(&world, 2);
    let issue = || {
        let list = world.json(&["lead", "list", "--issue", "not-enriched"]);
        list["leads"].as_array().unwrap().len()
    };
    assert_eq!(issue(), 0, "nobody uses enrichment yet");
    world.run(&["enrichment", "enable", "rules"]).ends(0);
    assert_eq!(issue(), 2);
    let one = ["lead", "enrich", "ann.lee0@firm0.example"];
    world.run(&one).ends(0);
    assert_eq!(issue(), 1);
    let edit = |field: &str| {
        world
            .run(&["lead", "edit", "ann.lee1@firm1.example", "--set", field])
            .ends(0);
    };
    for field in [
        "companyName=Firm",
        "jobTitle=Buyer",
        "mobilePhone=+4930901820",
    ] {
        assert_eq!(issue(), 1);
        edit(field);
    }
    assert_eq!(issue(), 0, "nothing is lacking that people look for");
    assert_eq!(store(&world).waiting_for_enrichment().unwrap().0, 0);
}
