//! Signing in in the browser, staying signed in across processes, and what happens when the vendor takes it back.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Stdio};

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::{CANARY, Said, World};

const CLIENT_SECRET: &str = "canary-client-secret-51aa";

/// What the person at the browser does.
struct Visit {
    status: u16,
    address: String,
    page: String,
}

/// Opens an address as a browser would, redirects followed.
fn visit(address: &str) -> Visit {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.get(address).send().await.unwrap();
        Visit {
            status: answer.status().as_u16(),
            address: answer.url().to_string(),
            page: answer.text().await.unwrap(),
        }
    })
}

/// A `connect` that waits for the browser.
struct Waiting {
    child: Child,
    address: String,
    err: BufReader<std::process::ChildStderr>,
    told: String,
}

impl Waiting {
    fn begin(world: &World, options: &[&str]) -> Self {
        let url = world.base_url();
        let mut child = world
            .command()
            .env("MOBLY_SYNC_HUBSPOT_CLIENT_ID", "app-1")
            .env("MOBLY_SYNC_HUBSPOT_CLIENT_SECRET", CLIENT_SECRET)
            .args(["connect", "hubspot", "--oauth", "--no-browser"])
            .args(["--redirect-port", "0", "--base-url", &url])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let mut told = String::new();
        let address = loop {
            let mut line = String::new();
            assert_ne!(err.read_line(&mut line).unwrap(), 0, "{told}");
            told.push_str(&line);
            if line.starts_with("http") {
                break line.trim().to_owned();
            }
        };
        // The listener stands before the address is told.
        Self {
            child,
            address,
            err,
            told,
        }
    }

    fn end(mut self) -> Said {
        let mut out = String::new();
        let mut stdout = self.child.stdout.take().unwrap();
        stdout.read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut self.told).unwrap();
        Said {
            status: self.child.wait().unwrap().code().unwrap_or(-1),
            out,
            err: self.told,
        }
    }
}

/// A connection by OAuth.
fn signed_in(world: &World) {
    let waiting = Waiting::begin(world, &["--json"]);
    let seen = visit(&waiting.address.clone());
    assert_eq!(seen.status, 200, "{}", seen.page);
    waiting.end().ends(0);
}

#[test]
fn a_person_approves_in_the_browser_and_is_connected() {
    let world = World::with_hubspot();
    let waiting = Waiting::begin(&world, &["--json"]);
    let pairs: Vec<(String, String)> = url::Url::parse(&waiting.address)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect();
    let value = |name: &str| &pairs.iter().find(|(key, _)| key == name).unwrap().1;
    assert_eq!(value("response_type"), "code");
    assert_eq!(value("client_id"), "app-1");
    assert!(value("scope").contains("crm.objects.contacts.write"));
    assert!(!value("scope").contains("marketing_events"));
    assert!(value("optional_scope").contains("crm.objects.marketing_events.write"));
    assert!(value("redirect_uri").starts_with("http://localhost:"));
    assert!(!waiting.address.contains(CLIENT_SECRET));

    let seen = visit(&waiting.address.clone());
    assert!(seen.page.contains("HubSpot is connected"), "{}", seen.page);
    assert!(
        !seen.address.contains("code="),
        "the code stays in no history"
    );

    let said = waiting.end().ends(0);
    let document = said.json();
    assert_eq!(document["integration"], "hubspot");
    assert_eq!(document["store"], "file");
    let held = document["scopes"]["held"].as_array().unwrap();
    assert!(held.contains(&json!("crm.objects.contacts.write")));
    assert_eq!(document["scopes"]["unreadable"], false);
    for text in [&said.out, &said.err, &seen.page] {
        assert!(!text.contains(CLIENT_SECRET), "{text}");
    }
    // Another process uses what was kept.
    world.run(&["status", "--check"]).ends(0);
}

#[test]
fn who_says_no_in_the_browser_changes_nothing() {
    let world = World::with_hubspot();
    world.admin("POST", "authorization", &json!({"deny": true}));
    let waiting = Waiting::begin(&world, &["--json"]);
    let seen = visit(&waiting.address.clone());
    assert!(!seen.page.contains("is connected"), "{}", seen.page);
    let document = waiting.end().ends(4).json();
    assert_eq!(document["error"]["code"], "needs_sign_in");
    // The same once more, with all that was typed.
    let fix = document["error"]["fix"].as_str().unwrap();
    assert!(
        fix.starts_with("mobly-sync connect hubspot --oauth --redirect-port 0 --base-url "),
        "{fix}"
    );
    assert!(!fix.contains(CLIENT_SECRET), "{fix}");
    let status = world.json(&["status"]);
    assert_eq!(status["integrations"], json!([]));
}

#[test]
fn a_disconnect_takes_the_sign_in_back_at_the_vendor_too() {
    let world = World::with_hubspot();
    signed_in(&world);
    let before = token_requests(&world.stats());
    let said = world.run(&["disconnect", "hubspot"]).ends(0);
    assert!(said.err.contains("revoked at the vendor"), "{}", said.err);
    assert_eq!(token_requests(&world.stats()) - before, 1);
}

#[test]
fn a_script_without_an_app_is_told_what_to_type() {
    let world = World::with_hubspot();
    let url = world.base_url();
    let said = world
        .run_with_input(
            &[
                "connect",
                "hubspot",
                "--oauth",
                "--client-id",
                "app-1",
                "--base-url",
                &url,
                "--json",
            ],
            "",
        )
        .ends(2)
        .json();
    let message = said["error"]["message"].as_str().unwrap();
    assert!(message.contains("no app for HubSpot"), "{message}");
}

#[test]
fn a_way_the_vendor_does_not_offer_names_those_it_does() {
    let world = World::with_hubspot();
    let said = world
        .run(&["connect", "hubspot", "--grant", "jwt", "--json"])
        .ends(2)
        .json();
    let hint = said["error"]["hint"].as_str().unwrap();
    assert!(hint.contains("service key"), "{hint}");
}

#[test]
fn ten_processes_with_an_expired_token_renew_it_once() {
    let world = World::with_hubspot();
    signed_in(&world);
    let before = token_requests(&world.stats());
    world.admin("POST", "tokens/expire", &json!({}));
    let children: Vec<Child> = (0..10)
        .map(|_| {
            world
                .command()
                .args(["status", "--check", "--json"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        let status: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(status["integrations"][0]["state"], "connected", "{status}");
    }
    assert_eq!(token_requests(&world.stats()) - before, 1);
}

fn token_requests(stats: &Value) -> u64 {
    stats["by_kind"]["token"]
        .as_u64()
        .unwrap_or_else(|| panic!("{stats}"))
}

/// A push of 2,000 leads by OAuth, in the middle.
fn pushing() -> (World, Child) {
    let world = World::with_sandbox(SandboxOptions {
        rate: RateMode::Off,
        search_lag: std::time::Duration::ZERO,
        tokens: vec![CANARY.to_owned()],
        latency: std::time::Duration::from_millis(30),
        ..SandboxOptions::new("hubspot")
    });
    signed_in(&world);
    world.run(&["mapping", "defaults"]).ends(0);
    world.run(&["mode", "manual", "--yes"]).ends(0);
    let csv = world.file("leads.csv", World::people_csv(2_000, 20));
    world
        .run(&["lead", "import", &csv, "--event", "Expo", "--create-event"])
        .ends(0);
    let push = world
        .command()
        .args(["sync-event", "Expo", "--concurrency", "2", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while world.stats()["contacts"].as_u64().unwrap_or_default() < 300 {
        std::thread::yield_now();
    }
    (world, push)
}

/// How a push ended, and that no lead failed for it: what was not sent waits.
#[track_caller]
fn stopped_without_a_failure(push: Child) -> Value {
    let output = push.wait_with_output().unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(4), "{summary}");
    assert_eq!(summary["failed"], 0, "{summary}");
    let cleared = summary["cleared"].as_u64().unwrap();
    assert!((300..2_000).contains(&cleared), "{summary}");
    summary
}

#[test]
fn a_connect_to_another_account_during_a_push_gets_none_of_its_leads() {
    let (world, push) = pushing();
    let other = World::with_hubspot();
    let url = other.base_url();
    world
        .run_with_input(
            &["connect", "hubspot", "--token-stdin", "--base-url", &url],
            &format!("{CANARY}\n"),
        )
        .ends(0);
    world.admin("POST", "tokens/expire", &json!({}));
    stopped_without_a_failure(push);
    assert_eq!(other.stats()["contacts"], 0, "{}", other.stats());
    // What ended is the other sign-in: the new one is fine.
    let status = world.json(&["status"]);
    assert_eq!(status["integrations"][0]["state"], "connected", "{status}");
}

#[test]
fn a_disconnect_during_a_push_ends_it_and_stays() {
    let (world, push) = pushing();
    world.run(&["disconnect", "hubspot"]).ends(0);
    world.admin("POST", "tokens/expire", &json!({}));
    stopped_without_a_failure(push);
    let status = world.json(&["status"]);
    assert_eq!(
        status["integrations"][0]["state"], "disconnected",
        "{status}"
    );
}

#[test]
fn a_sign_in_taken_back_during_a_push_fails_its_calls_and_a_new_one_clears_all() {
    let (world, push) = pushing();
    world.admin("POST", "tokens/revoke", &json!({}));
    let output = push.wait_with_output().unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(4), "{summary}");
    let cleared = summary["cleared"].as_u64().unwrap();
    let failed = summary["failed"].as_u64().unwrap();
    assert!(cleared >= 300 && failed > 0 && failed < 2_000, "{summary}");
    assert_eq!(summary["by_category"], json!({"AUTHENTICATION": failed}));

    let board = world.json(&["reconcile"]);
    assert_eq!(board["pre_sync"][0]["reason"], "NEEDS_SIGN_IN", "{board}");
    assert_eq!(
        board["pre_sync"][0]["count"].as_u64().unwrap() + cleared + failed,
        2_000
    );
    let status = world.json(&["status"]);
    assert_eq!(status["integrations"][0]["state"], "needs-sign-in");

    let waiting = Waiting::begin(&world, &["--json"]);
    visit(&waiting.address.clone());
    let again = waiting.end().ends(0).json();
    assert_eq!(again["failed_authentication"], failed);
    let retry = again["next"].as_str().unwrap();
    assert!(retry.contains("--retry"), "{retry}");
    world
        .run(&["reconcile", "--event", "Expo", "--retry"])
        .ends(0);
    let board = world.json(&["reconcile"]);
    assert_eq!(board["summary"]["cleared"], 2_000, "{}", board["summary"]);
    let stats = world.stats();
    assert_eq!(stats["contacts"], 2_000);
    assert_eq!(stats["duplicate_emails"], 0, "{stats}");
}

#[test]
fn nobody_approves_what_cannot_be_kept() {
    let mut world = World::with_hubspot();
    signed_in(&world);
    world.set("MOBLY_SYNC_PASSPHRASE", "another one");
    let url = world.base_url();
    let said = world
        .command()
        .env("MOBLY_SYNC_HUBSPOT_CLIENT_SECRET", CLIENT_SECRET)
        .args(["connect", "hubspot", "--oauth", "--client-id", "app-1"])
        .args(["--no-browser", "--base-url", &url, "--json"])
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(document["error"]["code"], "secret_store", "{document}");
    assert_eq!(document["error"]["fix"], "mobly-sync doctor");
    let err = String::from_utf8(said.stderr).unwrap();
    assert!(
        !err.contains("/oauth/authorize"),
        "asked all the same: {err}"
    );
}

#[test]
fn an_option_of_another_way_is_refused_and_no_silent_nothing() {
    let world = World::with_hubspot();
    let url = world.base_url();
    for options in [
        vec!["--token-stdin", "--client-id", "app-1"],
        vec!["--token-stdin", "--key-file", "/nowhere"],
        vec!["--oauth", "--client-id", "x", "--username", "ann"],
    ] {
        let mut arguments = vec!["connect", "hubspot", "--base-url", &url, "--json"];
        arguments.extend(&options);
        let said = world.run_with_input(&arguments, "token\n").ends(2).json();
        assert_eq!(said["error"]["code"], "usage", "{options:?}: {said}");
    }
    let said = world
        .run(&["connect", "hubspot", "--set", "--client-id", "x", "--json"])
        .ends(2);
    assert_eq!(said.json()["error"]["code"], "usage");
}

#[test]
fn a_refused_variable_is_named_and_its_repair_is_not_the_same_command() {
    let mut world = World::with_hubspot();
    world.connect();
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", "pat-wrong");
    let url = world.base_url();
    let said = world
        .run(&["connect", "hubspot", "--base-url", &url, "--json"])
        .ends(4)
        .json();
    let message = said["error"]["message"].as_str().unwrap();
    assert!(message.contains("MOBLY_SYNC_HUBSPOT_TOKEN"), "{message}");
    assert!(!message.contains("pat-wrong"), "{message}");
    assert_eq!(said["error"]["fix"], "unset MOBLY_SYNC_HUBSPOT_TOKEN");
}

#[test]
fn a_typing_slip_is_told_the_vendor_that_is_meant() {
    let world = World::new();
    let said = world.run(&["connect", "zhoo", "--json"]).ends(2).json();
    assert_eq!(said["error"]["code"], "usage");
    assert_eq!(said["error"]["fix"], "mobly-sync connect zoho");
}

#[test]
fn a_place_that_is_lost_keeps_nobody_connected() {
    let mut world = World::with_hubspot();
    world.connect();
    world.set("MOBLY_SYNC_PASSPHRASE", "another one");
    let said = world
        .run(&["disconnect", "hubspot", "--json"])
        .ends(1)
        .json();
    assert_eq!(
        said["error"]["fix"],
        "mobly-sync disconnect hubspot --forget"
    );
    let said = world.run(&["disconnect", "hubspot", "--forget"]).ends(0);
    assert!(said.err.contains("stays where it is"), "{}", said.err);
    assert_eq!(
        world.json(&["status"])["integrations"][0]["state"],
        "disconnected"
    );
}

#[test]
fn a_refused_token_of_the_environment_says_nothing_of_the_stored_sign_in() {
    let mut world = World::with_hubspot();
    signed_in(&world);
    world.run(&["mapping", "defaults"]).ends(0);
    let csv = world.file("leads.csv", World::people_csv(3, 1));
    let import = ["lead", "import", &csv, "--event", "Expo", "--create-event"];
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", "pat-wrong");
    world.run(&import).ends(4);
    let checked = world.json(&["status", "--check"]);
    let need = checked["needs"].to_string();
    assert!(need.contains("MOBLY_SYNC_HUBSPOT_TOKEN"), "{need}");
    world.run(&["doctor", "hubspot"]);
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", "");
    let status = world.json(&["status"]);
    assert_eq!(status["integrations"][0]["state"], "connected", "{status}");
    world.run(&["status", "--check"]).ends(0);
}

#[test]
fn a_variable_of_the_same_account_takes_nothing_stored_away() {
    let mut world = World::with_hubspot();
    signed_in(&world);
    world.set("MOBLY_SYNC_HUBSPOT_TOKEN", CANARY);
    let url = world.base_url();
    let said = world
        .run(&["connect", "hubspot", "--base-url", &url])
        .ends(0);
    assert!(
        said.err.contains("stays for when it is not"),
        "{}",
        said.err
    );
    world.unset("MOBLY_SYNC_HUBSPOT_TOKEN");
    let status = world.json(&["status", "--check"]);
    assert_eq!(status["integrations"][0]["state"], "connected", "{status}");
    assert_eq!(status["needs"][0]["code"], "unmapped", "{status}");
}
