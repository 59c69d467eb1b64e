//! What a killed process and a second one at the same time leave behind: every lead there once, none in anybody's hands.

use std::process::{Child, Stdio};
use std::time::Duration;

use mobly_sync::clock::{Clock as _, SystemClock};
use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::words::{WORDS, Words};
use crate::support::{CANARY, World, browser, connected, marketo};

const LEADS: usize = 1_200;
const COMPANIES: usize = 150;

/// Match orders whose companies are records too, so that two kinds of creates can be interrupted; and of vendors that make no
/// companies all.
fn vendors() -> impl Iterator<Item = &'static Words> {
    let makes_companies = |vendor: &str| {
        let mut orders = WORDS.iter().filter(|words| words.vendor == vendor);
        orders.any(|words| words.companies.is_some())
    };
    WORDS
        .iter()
        .filter(move |words| words.companies.is_some() || !makes_companies(words.vendor))
}

/// A vendor connected in Manual whose answers take a moment, and so many people who wait.
pub(crate) fn world(words: &Words, faults: &[String], people: usize, companies: usize) -> World {
    let mut world = World::with_sandbox(SandboxOptions {
        rate: RateMode::Off,
        tokens: vec![CANARY.to_owned()],
        latency: Duration::from_millis(5),
        search_lag: Duration::from_secs(8),
        time_factor: 100.0,
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        seed: 5,
        ..SandboxOptions::new(words.vendor)
    });
    // Waits for the vendor's index are a hundredth of what they are; the sandbox's own lag likewise.
    // One clock for all processes: what one of them sent must not lie in the future of the next.
    world.set(
        "MOBLY_SYNC_TEST_TIME",
        &format!("100@{}", SystemClock::new().now()),
    );
    let options: Vec<String> = words
        .options
        .iter()
        .map(|(name, value)| match *value {
            "true" => format!("--{name}"),
            value => format!("--{name}={value}"),
        })
        .collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    if words.signs_in_by_itself() {
        marketo::sign_in(&world, &options);
    } else if words.signs_in_with_a_browser() {
        browser::sign_in(&mut world, words.vendor, &options);
    } else {
        connected::by_token(&world, words.vendor, words.options, &["--mode", "manual"]);
    }
    for (path, body) in words.account {
        world.admin("POST", path, &serde_json::from_str(body).unwrap());
    }
    world.run(&["mapping", "defaults"]).ends(0);
    connected::import(&world, "Expo", &World::people_csv(people, companies));
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

/// Waits until the sandbox has so many persons, or the process has ended.
fn until_persons(world: &World, words: &Words, child: &mut Child, persons: u64) {
    while world.stats()[words.persons].as_u64().unwrap() < persons
        && child.try_wait().unwrap().is_none()
    {
        std::thread::yield_now();
    }
}

#[track_caller]
fn assert_everybody_is_there_once(world: &World, words: &Words) {
    let stats = world.stats();
    assert_eq!(stats[words.persons], json!(LEADS), "{stats}");
    if let Some(companies) = words.companies {
        assert_eq!(stats[companies], json!(COMPANIES), "{stats}");
    }
    for count in words.none {
        assert_eq!(stats[count], json!(0), "{count}: {stats}");
    }
    // Where joining makes records of its own: one each.
    assert!(
        stats["associations"] == json!(LEADS) || stats["associations"].is_null(),
        "{stats}"
    );
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
    for words in vendors() {
        // As many lost answers in a row as this would bring where each request holds one record end a run as an outage.
        let info = mobly_sync::vendors::lookup(words.vendor).unwrap();
        let single = info.objects[0]
            .create
            .is_some_and(|create| create.rows == 1 && create.bulk.is_none());
        let (lost, failed) = if single { (0.02, 0.005) } else { (0.2, 0.05) };
        let faults = [
            format!("drop-after={lost}@{}", words.bulk.unwrap_or(words.create)),
            format!("500={failed}"),
            format!("drop-before={failed}"),
        ];
        let world = world(words, &faults, LEADS, COMPANIES);
        for persons in [1, 300, 700] {
            let mut child = begin(&world);
            until_persons(&world, words, &mut child, persons);
            child.kill().unwrap();
            child.wait().unwrap();
        }
        for _ in 0..10 {
            let said = world.run(&["reconcile", "--event", "Expo", "--retry", "--json"]);
            if said.status == 0 {
                break;
            }
        }
        assert_everybody_is_there_once(&world, words);
        let crashed = world
            .json(&["history"])
            .to_string()
            .matches("\"crashed\"")
            .count();
        assert!(crashed >= 1);
    }
}

#[test]
fn two_pushes_at_once_share_the_work() {
    for words in vendors() {
        let world = world(words, &[], LEADS, COMPANIES);
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
        assert_everybody_is_there_once(&world, words);
    }
}
