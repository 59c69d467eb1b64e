//! What a killed process and a second one at the same time leave behind: every lead there once, none in anybody's hands.

use std::process::{Child, Stdio};
use std::time::Duration;

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::{CANARY, World};

const LEADS: usize = 1_200;
const COMPANIES: usize = 150;

fn world(faults: &[&str]) -> World {
    let mut world = World::with_sandbox(SandboxOptions {
        rate: RateMode::Off,
        tokens: vec![CANARY.to_owned()],
        latency: Duration::from_millis(5),
        search_lag: Duration::from_secs(8),
        time_factor: 100.0,
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        seed: 5,
        ..SandboxOptions::new("hubspot")
    });
    // Waits for the vendor's index are a hundredth of what they are; the sandbox's own lag likewise.
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.connect_and_map(&["--mode", "manual"]);
    let file = world.file("people.csv", World::people_csv(LEADS, COMPANIES));
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
    world
}

fn begin(world: &World) -> Child {
    world
        .command()
        .args(["sync-event", "Expo", "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until the sandbox has so many contacts, or the process has ended.
fn until_contacts(world: &World, child: &mut Child, contacts: u64) {
    while world.stats()["contacts"].as_u64().unwrap() < contacts
        && child.try_wait().unwrap().is_none()
    {
        std::thread::yield_now();
    }
}

#[track_caller]
fn assert_everybody_is_there_once(world: &World) {
    let stats = world.stats();
    assert_eq!(
        (
            &stats["contacts"],
            &stats["companies"],
            &stats["duplicate_emails"],
            &stats["duplicate_company_domains"]
        ),
        (&json!(LEADS), &json!(COMPANIES), &json!(0), &json!(0)),
        "{stats}"
    );
    assert_eq!(stats["associations"], json!(LEADS), "{stats}");
    let board = world.json(&["reconcile"]);
    assert_eq!(
        board["summary"]["cleared"],
        json!(LEADS),
        "{}",
        board["summary"]
    );
    let store = mobly_sync::store::Store::open(&world.database()).unwrap();
    assert_eq!(store.check_counters().unwrap(), Vec::new());
    assert!(store.unfinished_claims().unwrap().is_empty());
}

#[test]
fn a_push_killed_again_and_again_loses_and_doubles_nothing() {
    let world = world(&[
        "drop-after=0.2@batch/create",
        "500=0.05",
        "drop-before=0.05",
    ]);
    for contacts in [1, 300, 700] {
        let mut child = begin(&world);
        until_contacts(&world, &mut child, contacts);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    for _ in 0..10 {
        let said = world.run(&["reconcile", "--event", "Expo", "--retry", "--json"]);
        if said.status == 0 {
            break;
        }
    }
    assert_everybody_is_there_once(&world);
    let crashed = world
        .json(&["history"])
        .to_string()
        .matches("\"crashed\"")
        .count();
    assert!(crashed >= 1);
}

#[test]
fn two_pushes_at_once_share_the_work() {
    let world = world(&[]);
    let children = [begin(&world), begin(&world)];
    let documents: Vec<Value> = children
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{:?}", output.status);
            serde_json::from_slice(&output.stdout).unwrap()
        })
        .collect();
    let cleared: u64 = documents
        .iter()
        .map(|document| document["cleared"].as_u64().unwrap())
        .sum();
    assert_eq!(cleared, LEADS as u64, "{documents:?}");
    for document in &documents {
        assert_eq!(document["pushed"], document["cleared"]);
    }
    assert_everybody_is_there_once(&world);
}
