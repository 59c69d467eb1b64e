//! Providers of data from end to end: only what is missing is asked for, nobody is asked twice, no budget is overspent, and
//! no key is seen.

use mobly_sync::sandbox::{RateMode, RunningSandbox, SandboxOptions};
use serde_json::{Value, json};

use crate::support::{Said, World, assert_document};

const KEY: &str = "pdl-canary-0c1d2e3f";

/// A second sandbox beside the world's own.
struct Beside {
    _runtime: tokio::runtime::Runtime,
    running: RunningSandbox,
}

fn options(name: &str, credits: Option<u64>) -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        tokens: vec![KEY.to_owned()],
        daily_limit: credits,
        ..SandboxOptions::new(name)
    }
}

fn beside(options: SandboxOptions) -> Beside {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let running = runtime
        .block_on(mobly_sync::sandbox::start(options))
        .unwrap();
    Beside {
        _runtime: runtime,
        running,
    }
}

/// Adds a provider with the sandbox's key.
fn add(world: &World, name: &str, url: &str, more: &[&str]) -> Said {
    let arguments = [
        &["enrichment", "add", name, "--key-stdin", "--base-url", url],
        more,
    ]
    .concat();
    world.run_with_input(&arguments, &format!("{KEY}\n"))
}

/// Raw leads: an address and a name each, every third with a title.
fn raw(world: &World, leads: usize) {
    let mut csv = String::from("First Name,Last Name,Email,Job Title\n");
    for n in 0..leads {
        let title = if n % 3 == 0 { "Head of Demand" } else { "" };
        csv.push_str(&format!("Ann,Lee{n},ann.lee{n}@firm{n}.example,{title}\n"));
    }
    let file = world.file("raw.csv", csv);
    world
        .run(&["lead", "import", &file, "--event", "Expo", "--create-event"])
        .ends(0);
}

fn number(stats: &Value, name: &str) -> u64 {
    stats[name]
        .as_u64()
        .unwrap_or_else(|| panic!("{name}: {stats}"))
}

#[test]
fn two_providers_fill_what_is_missing_and_nobody_is_asked_twice() {
    let leads = 200;
    let world = World::with_sandbox(options("people-data-labs", None));
    let hunter = beside(options("hunter", None));
    raw(&world, leads);
    add(&world, "people-data-labs", &world.base_url(), &[]).ends(0);
    // Without a connection nobody uses a zip, of which the first never knows anything. Half of the phones it does not know
    // either, so the second is asked about more than half.
    let fewer = ["--fields", "jobTitle,companyName"];
    add(&world, "hunter", &hunter.running.base_url(), &fewer).ends(0);
    let listed = world.json(&["enrichment", "list"]);
    assert_eq!(listed["providers"][0]["wanted"], "needed");
    assert_eq!(
        listed["providers"][0]["asked_for"],
        json!([
            "companyName",
            "email",
            "firstName",
            "jobTitle",
            "lastName",
            "phone"
        ])
    );
    assert_eq!(
        listed["providers"][1]["asked_for"],
        json!(["companyName", "jobTitle"])
    );
    let done = world
        .run(&["lead", "enrich", "--event", "Expo", "--no-sync", "--json"])
        .ends(0);
    let document = done.json();
    assert_document(&document);
    let of = |document: &Value, name: &str| -> Value {
        let all = document["providers"].as_array().unwrap();
        all.iter()
            .find(|one| one["name"] == name || one["provider"] == name)
            .cloned()
            .unwrap_or_else(|| panic!("{document}"))
    };
    let (first, second) = (of(&document, "people-data-labs"), of(&document, "hunter"));
    let (labs, finder) = (world.stats(), hunter.running.stats());
    assert_eq!(number(&labs, "questions"), leads as u64, "{first}");
    assert_eq!(
        (number(&labs, "asked_again"), number(&finder, "asked_again")),
        (0, 0)
    );
    assert!(
        number(&labs, "bulk_requests") <= 4,
        "a hundred at a time: {labs}"
    );
    // The second is asked about whom the first did not know or not whole.
    assert!(
        number(&finder, "questions") < leads as u64 / 2 && number(&finder, "questions") > 0,
        "{second} {finder}"
    );
    // A captured title stays.
    let captured = world.json(&["lead", "show", "ann.lee0@firm0.example"]);
    assert!(
        captured.to_string().contains("Head of Demand"),
        "{captured}"
    );
    let origins: usize = (0..10)
        .map(|n| {
            world
                .run(&[
                    "lead",
                    "show",
                    &format!("ann.lee{n}@firm{n}.example"),
                    "--json",
                ])
                .ends(0)
                .out
        })
        .filter(|shown| {
            shown.contains("provider:people-data-labs") || shown.contains("provider:hunter")
        })
        .count();
    assert!(origins >= 8, "who filled a field is shown: {origins}");
    // Asked again on purpose, the answers are those that were kept.
    world
        .run(&["lead", "enrich", "--event", "Expo", "--no-sync", "--again"])
        .ends(0);
    assert_eq!(
        number(&world.stats(), "questions"),
        number(&labs, "questions")
    );
    assert_eq!(
        number(&hunter.running.stats(), "questions"),
        number(&finder, "questions")
    );
    let listed = world.json(&["enrichment", "list"]);
    assert_eq!(
        listed["providers"][0]["paid_today"], labs["matches"],
        "a match costs, nobody found is free"
    );
}

#[test]
fn a_budget_is_never_overspent_and_goes_on_another_time() {
    let world = World::with_sandbox(options("people-data-labs", None));
    raw(&world, 60);
    add(
        &world,
        "people-data-labs",
        &world.base_url(),
        &["--budget", "25"],
    )
    .ends(0);
    let said = world
        .run(&["lead", "enrich", "--event", "Expo", "--no-sync"])
        .ends(0);
    assert!(number(&world.stats(), "questions") <= 60);
    assert!(
        number(&world.stats(), "credits_spent") <= 25,
        "{}",
        world.stats()
    );
    assert!(said.err.contains("budget"), "{}", said.err);
    world
        .run(&["enrichment", "edit", "people-data-labs", "--budget", "0"])
        .ends(0);
    world
        .run(&["lead", "enrich", "--event", "Expo", "--no-sync"])
        .ends(0);
    let stats = world.stats();
    assert_eq!(
        (number(&stats, "questions"), number(&stats, "asked_again")),
        (60, 0)
    );
}

#[test]
fn a_wrong_key_is_told_once_with_the_command_that_helps() {
    let world = World::with_sandbox(options("people-data-labs", None));
    raw(&world, 5);
    let url = world.base_url();
    world
        .run_with_input(
            &[
                "enrichment",
                "add",
                "people-data-labs",
                "--key-stdin",
                "--base-url",
                &url,
            ],
            "wrong-key",
        )
        .ends(0);
    let said = world
        .run(&["lead", "enrich", "--event", "Expo", "--no-sync"])
        .ends(0);
    assert_eq!(
        said.err.matches("refuses the sign-in").count(),
        1,
        "{}",
        said.err
    );
    assert!(
        said.err
            .contains("mobly-sync enrichment edit people-data-labs --key-stdin"),
        "{}",
        said.err
    );
    assert_eq!(world.stats()["requests"], 1);
    let failed = world
        .run(&["enrichment", "test", "people-data-labs", "ann@acme.com"])
        .ends(4);
    assert!(!failed.err.contains("wrong-key"));
    world
        .run_with_input(
            &["enrichment", "edit", "people-data-labs", "--key-stdin"],
            KEY,
        )
        .ends(0);
    world
        .run(&["lead", "enrich", "--event", "Expo", "--no-sync"])
        .ends(0);
    assert_eq!(number(&world.stats(), "questions"), 5);
}

#[test]
fn no_key_is_ever_seen_and_the_environments_is_not_kept() {
    let mut world = World::with_sandbox(options("hunter", None));
    let url = world.base_url();
    let missing = world
        .run(&["enrichment", "add", "hunter", "--base-url", &url])
        .ends(4);
    assert!(
        missing.err.contains("MOBLY_SYNC_ENRICHMENT_HUNTER_KEY"),
        "{}",
        missing.err
    );
    world.set("MOBLY_SYNC_ENRICHMENT_HUNTER_KEY", KEY);
    world
        .run(&["enrichment", "add", "hunter", "--base-url", &url])
        .ends(0);
    let tested = world.json(&["enrichment", "test", "hunter", "ann.lee@acme.example"]);
    assert!(
        ["found", "unknown"].contains(&tested["result"].as_str().unwrap()),
        "{tested}"
    );
    world.unset("MOBLY_SYNC_ENRICHMENT_HUNTER_KEY");
    world
        .run(&["enrichment", "test", "hunter", "ann.lee@acme.example"])
        .ends(4);
    world
        .run_with_input(&["enrichment", "edit", "hunter", "--key-stdin"], KEY)
        .ends(0);
    world
        .run(&["enrichment", "test", "hunter", "ann.lee@acme.example"])
        .ends(0);
    let mut seen = world.run(&["enrichment", "list", "--json"]).out;
    seen.push_str(&world.run(&["history", "--json"]).out);
    assert!(!seen.contains(KEY), "{seen}");
    for file in std::fs::read_dir(world.folder()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes
                .windows(KEY.len())
                .any(|window| window == KEY.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
}

#[test]
fn any_service_is_described_by_options() {
    let world = World::with_sandbox(options("hunter", None));
    let address = format!("{}/v2/combined/find?email={{email}}", world.base_url());
    let described = [
        "enrichment",
        "add",
        "ours",
        "--url",
        &address,
        "--header",
        "Authorization: Bearer {secret}",
        "--root",
        "data",
        "--field",
        "jobTitle=person.employment.title",
        "--field",
        "companyName=person.employment.name|company.name",
        "--key-stdin",
    ];
    world.run_with_input(&described, KEY).ends(0);
    let mut found = 0;
    for n in 0..6 {
        let tested = world.json(&[
            "enrichment",
            "test",
            "ours",
            &format!("ann.lee{n}@acme-tools.example"),
        ]);
        if tested["result"] == "found" {
            assert_eq!(tested["fields"]["companyName"], "Acme Tools");
            found += 1;
        }
    }
    assert!(found > 0);
    for (wrong, why) in [
        (
            vec![
                "--url",
                "https://x.example/?api_key=abc",
                "--field",
                "phone=p",
            ],
            "{secret}",
        ),
        (
            vec!["--url", "https://x.example/{secret}", "--field", "phone=p"],
            "header only",
        ),
        (
            vec!["--url", "http://x.example/{email}", "--field", "phone=p"],
            "plain http",
        ),
        (
            vec![
                "--url",
                "https://x.example/{shoeSize}",
                "--field",
                "phone=p",
            ],
            "shoeSize",
        ),
        (vec!["--url", "https://x.example/{email}"], "--field"),
        (
            vec![
                "--url",
                "https://x.example/",
                "--field",
                "phone=p",
                "--header",
                "X-Api-Key: abc",
            ],
            "{secret}",
        ),
        (vec![], "--preset"),
    ] {
        let said = world
            .run(&[&["enrichment", "add", "other"], wrong.as_slice()].concat())
            .ends(2);
        assert!(said.err.contains(why), "{why}: {}", said.err);
    }
}

#[test]
fn order_and_switches_are_changes_of_set_up() {
    let world = World::with_sandbox(options("hunter", None));
    raw(&world, 1);
    let url = world.base_url();
    add(&world, "hunter", &url, &[]).ends(0);
    add(&world, "apollo", &url, &["--first"]).ends(0);
    add(
        &world,
        "labs",
        &url,
        &["--preset", "people-data-labs", "--after", "apollo"],
    )
    .ends(0);
    let names = |world: &World| -> Vec<Value> {
        let listed = world.json(&["enrichment", "list"]);
        listed["providers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].clone())
            .collect()
    };
    assert_eq!(names(&world), ["apollo", "labs", "hunter"]);
    assert_eq!(
        world.json(&["enrichment", "order", "hunter"])["changed"],
        true
    );
    assert_eq!(names(&world), ["hunter", "apollo", "labs"]);
    assert_eq!(
        world.json(&["enrichment", "disable", "hunter", "--event", "Expo"])["changed"],
        true
    );
    assert_eq!(
        world.json(&["enrichment", "disable", "hunter", "--event", "Expo"])["changed"],
        false
    );
    let listed = world.json(&["enrichment", "list"]);
    assert_eq!(
        listed["providers"][0]["events"],
        json!([{ "event": "Expo", "enabled": false }])
    );
    assert_eq!(
        listed["rules"][0]["enabled"], true,
        "adding a provider switches the rules on"
    );
    world.run(&["enrichment", "remove", "labs"]).ends(2);
    world
        .run(&["enrichment", "remove", "labs", "--yes"])
        .ends(0);
    assert_eq!(names(&world), ["hunter", "apollo"]);
    let history = world.run(&["history", "--json"]).out;
    for command in [
        "enrichment add hunter",
        "enrichment order",
        "enrichment disable hunter",
        "enrichment remove labs",
    ] {
        assert!(history.contains(command), "{command}: {history}");
    }
    world.run(&["enrichment", "enable", "huntr"]).ends(1);
}
