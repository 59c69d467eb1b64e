//! The four ways to sign in to Salesforce, and what is kept of them.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::salesforce::{connect, org, push};
use crate::support::{CANARY, Said, World};

const SECRET: &str = "canary-client-secret-51aa";
const USER: &str = "olivia.stone@sandbox.example";

fn key() -> String {
    format!(
        "{}/tests/fixtures/keys/rsa.pkcs8.pem",
        env!("CARGO_MANIFEST_DIR")
    )
}

fn world() -> World {
    World::with_sandbox(org())
}

/// Maps, pushes two people and sees them there.
fn works(world: &World) {
    world.run(&["mapping", "defaults"]).ends(0);
    let (status, summary) = push(world, &World::people_csv(2, 1));
    assert_eq!((status, &summary["created"]), (0, &json!(2)), "{summary}");
}

/// No file of the test holds a secret.
fn keeps_no_secret(world: &World, secret: &str) {
    for entry in std::fs::read_dir(world.folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds it", path.display());
        }
    }
}

#[test]
fn by_a_sessions_token_it_names_the_org_and_what_the_user_may_do() {
    let world = world();
    let document = connect(&world, &["--strategy", "accounts-and-contacts"]);
    assert_eq!(document["account"]["name"], "Sandbox Example Inc.");
    assert!(
        document["account"]["id"]
            .as_str()
            .unwrap()
            .starts_with("00D")
    );
    assert_eq!(document["environment"], "rehearsal");
    let held = document["scopes"]["held"].as_array().unwrap();
    assert!(
        held.contains(&json!("Contact: create")) && held.contains(&json!("Account: edit")),
        "{held:?}"
    );
    assert_eq!(document["scopes"]["missing"], json!([]));
    works(&world);
    keeps_no_secret(&world, CANARY);
}

#[test]
fn a_right_that_is_missing_is_named_with_what_it_breaks() {
    let world = world();
    world.admin(
        "POST",
        "objects/access",
        &json!({"object": "Lead", "createable": false}),
    );
    world.admin("POST", "objects/hide", &json!({"object": "Contact"}));
    let document = connect(&world, &["--strategy", "leads-and-contacts"]);
    let missing = document["scopes"]["missing"].to_string();
    assert!(
        missing.contains("Lead: create") && missing.contains("no Lead can be created"),
        "{missing}"
    );
    assert!(missing.contains("Contact: read"), "{missing}");
}

#[test]
fn as_an_app_from_the_environment_nothing_is_stored() {
    let mut world = world();
    world.admin(
        "POST",
        "app",
        &json!({"client_id": "app-1", "client_secret": SECRET}),
    );
    world.set("MOBLY_SYNC_SALESFORCE_CLIENT_ID", "app-1");
    world.set("MOBLY_SYNC_SALESFORCE_CLIENT_SECRET", SECRET);
    let url = world.base_url();
    let connect = [
        "connect",
        "salesforce",
        "--grant",
        "client-credentials",
        "--mode",
        "manual",
        "--base-url",
        &url,
        "--json",
    ];
    let document = world.run(&connect).ends(0).json();
    assert_eq!(document["store"], "environment", "{document}");
    works(&world);
    keeps_no_secret(&world, SECRET);
    // Without the variables there is nothing to sign in with.
    world.set("MOBLY_SYNC_SALESFORCE_CLIENT_SECRET", "");
    import(&world, "Expo", &World::people_csv(4, 1));
    let said = world.run(&["sync-event", "Expo", "--json"]).ends(4);
    assert!(
        said.out.contains("needs_sign_in") || said.out.contains("AUTHENTICATION"),
        "{}",
        said.out
    );
}

#[test]
fn an_apps_session_that_ends_is_renewed_in_the_middle() {
    let mut world = world();
    world.admin(
        "POST",
        "app",
        &json!({"client_id": "app-1", "client_secret": SECRET}),
    );
    world.set("MOBLY_SYNC_SALESFORCE_CLIENT_ID", "app-1");
    world.set("MOBLY_SYNC_SALESFORCE_CLIENT_SECRET", SECRET);
    let url = world.base_url();
    world
        .run(&[
            "connect",
            "salesforce",
            "--base-url",
            &url,
            "--mode",
            "manual",
        ])
        .ends(0);
    world.run(&["mapping", "defaults"]).ends(0);
    let before = tokens(&world);
    // The fourth write meets an ended session.
    world.admin("POST", "faults", &json!({"faults": ["401=#4"]}));
    let (status, summary) = push(&world, &World::people_csv(1_000, 20));
    assert_eq!(
        (status, &summary["created"]),
        (0, &json!(1_000)),
        "{summary}"
    );
    assert_eq!(
        tokens(&world) - before,
        2,
        "the run's own, and another after the refusal"
    );
}

fn tokens(world: &World) -> u64 {
    world.stats()["by_kind"]["token"].as_u64().unwrap()
}

#[test]
fn by_a_signed_assertion() {
    let world = world();
    world.admin("POST", "app", &json!({"client_id": "app-1"}));
    let url = world.base_url();
    let with = |user: &str, more: &[&str]| -> Said {
        let key = key();
        let mut arguments = vec![
            "connect",
            "salesforce",
            "--grant",
            "jwt",
            "--client-id",
            "app-1",
            "--username",
            user,
            "--key-file",
            &key,
            "--mode",
            "manual",
            "--base-url",
            &url,
            "--json",
        ];
        arguments.extend(more);
        world.run(&arguments)
    };
    let refused = with("nobody@sandbox.example", &[]).ends(4).json();
    assert_eq!(refused["error"]["code"], "needs_sign_in", "{refused}");
    let document = with(USER, &[]).ends(0).json();
    assert_eq!(document["store"], "file");
    works(&world);
    keeps_no_secret(&world, "BEGIN PRIVATE KEY");
    // A used up session: the key that was kept signs another assertion.
    world.admin(
        "POST",
        "faults",
        &json!({"faults": ["401=#1@composite/sobjects"]}),
    );
    import(&world, "Expo", &World::people_csv(4, 1));
    let said = world.run(&["sync-event", "Expo", "--json"]);
    assert_eq!(said.status, 4, "refused again and again: {}", said.out);
    world.admin("POST", "faults", &json!({"faults": []}));
    // The environment is that of a sandbox where one is meant.
    with(USER, &["--sandbox"]).ends(0);
}

#[test]
fn in_the_browser_with_a_public_app_and_pkce() {
    let world = world();
    world.admin(
        "POST",
        "app",
        &json!({"client_id": "app-1", "rotate_refresh_tokens": true}),
    );
    let url = world.base_url();
    let mut child = world
        .command()
        .args([
            "connect",
            "salesforce",
            "--oauth",
            "--no-browser",
            "--client-id",
            "app-1",
            "--mode",
            "manual",
        ])
        .args(["--redirect-port", "0", "--base-url", &url, "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let address = loop {
        let mut line = String::new();
        assert_ne!(err.read_line(&mut line).unwrap(), 0);
        if line.starts_with("http") {
            break line.trim().to_owned();
        }
    };
    let asked: Vec<(String, String)> = url::Url::parse(&address)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect();
    let value = |name: &str| {
        asked
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(value("code_challenge_method"), Some("S256"));
    assert_eq!(value("client_id"), Some("app-1"));
    assert!(value("scope").unwrap().contains("refresh_token"));
    assert!(
        value("redirect_uri")
            .unwrap()
            .starts_with("http://localhost:"),
        "Salesforce takes plain http for this name only"
    );
    // Its session is refused and renewed while the account is asked for: what is kept is the newest refresh token, the first
    // is dead by then.
    let faults = |faults: Value| world.admin("POST", "faults", &json!({"faults": faults}));
    faults(json!(["401=#2@services/data"]));
    let page = visit(&address);
    assert!(page.contains("Salesforce is connected"), "{page}");
    let mut rest = String::new();
    err.read_to_string(&mut rest).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{rest}");
    faults(json!([]));
    let stats = world.stats();
    assert!(stats["by_kind"]["token"].as_u64() > Some(1), "{stats}");
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        document["scopes"]["held"]
            .as_array()
            .unwrap()
            .contains(&json!("api")),
        "{document}"
    );
    // The session ends; the refresh token, which changes at every use, brings the next ones.
    world.run(&["mapping", "defaults"]).ends(0);
    for people in [2, 4, 6] {
        world.admin("POST", "app", &json!({"session_seconds": 0}));
        world.run(&["status", "--check"]);
        world.admin("POST", "app", &json!({"session_seconds": 7_200}));
        let (status, summary) = push(&world, &World::people_csv(people, 1));
        assert_eq!((status, &summary["created"]), (0, &json!(2)), "{summary}");
    }
}

fn visit(address: &str) -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client
            .get(address)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    })
}

#[test]
fn another_org_is_another_account_and_nothing_is_pushed_by_surprise() {
    let mut world = world();
    connect(&world, &["--strategy", "leads-only"]);
    works(&world);
    world.start_sandbox(mobly_sync::sandbox::SandboxOptions {
        portal_id: 77,
        ..org()
    });
    let document = connect(&world, &[]);
    assert_ne!(document["account"]["id"], "00Dbm000001N0qIEAS");
    assert_eq!(
        document["backlog"],
        json!({"due": 0, "held": 2}),
        "{document}"
    );
    assert_eq!(world.stats()["leads"], json!(0));
    // Chosen once, the strategy stays.
    world.run(&["sync-event", "Expo"]).ends(0);
    assert_eq!(world.stats()["leads"], json!(2));
}
