//! What Pipedrive refuses, one body at a time: the category, words a person understands, and everybody else through; and its
//! limits.

use mobly_sync::sandbox::{RateMode, SandboxOptions};
use serde_json::{Value, json};

use crate::support::connected::import;
use crate::support::pipedrive::{company, connect, connected, connected_to, records};
use crate::support::salesforce::{attempt, push};
use crate::support::{CANARY, World};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn ann() -> String {
    format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n")
}

/// What the board says of the only failed lead.
#[track_caller]
fn refused(world: &World, csv: &str, category: &str, words: &[&str]) -> Value {
    let (_, summary) = push(world, csv);
    assert_eq!(summary["by_category"], json!({category: 1}), "{summary}");
    let board = world.json(&["reconcile", "--state", "failed"]);
    let group = &board["failed"][0];
    assert_eq!(group["category"], category, "{board}");
    let told = board["leads"][0]["message"].as_str().unwrap();
    for word in words {
        assert!(told.contains(word), "{category}: {told:?} without {word:?}");
    }
    assert!(!told.contains('{'), "{told}");
    group.clone()
}

/// Everybody of this name is refused so.
fn refusal(world: &World, status: u16, error: &str, code: &str) {
    let body = json!({"kind": "persons", "when": {"name": "Ann Lee"}, "status": status, "error": error, "code": code});
    world.admin("POST", "refusals", &body);
}

#[test]
fn bodies_in_their_categories() {
    const VALIDATION: &str = "ERR_SCHEMA_VALIDATION_FAILED";
    for (status, error, code, category, words) in [
        (
            400,
            "Validation failed: foo: Parameter 'foo' is not allowed for this request",
            VALIDATION,
            "MISSING_REMOTE_FIELD",
            &["foo", "not allowed"][..],
        ),
        (
            400,
            "Validation failed: job_title: Expected string, received number; emails.0.value: Required",
            VALIDATION,
            "DATA_FORMAT_VALIDATION",
            &["job_title", "emails"],
        ),
        (
            400,
            "Validation failed: job_title: Must be at most 255 characters long",
            VALIDATION,
            "DATA_TOO_LONG",
            &["job_title", "255"],
        ),
        (
            400,
            "Validation failed: label_ids: Option 99 does not exist",
            VALIDATION,
            "DATA_VALUE_VALIDATION",
            &["label_ids", "99"],
        ),
        (
            400,
            "Name must be given.",
            "ERR_REFUSED",
            "NOT_ENOUGH_DATA",
            &["Name must be given"],
        ),
        (
            403,
            "Couldn't add the person. Persons limit reached.",
            "feature_capping_persons_limit",
            "CONNECTION",
            &["limit reached"],
        ),
        (
            403,
            "You do not have permissions to do this",
            "ERR_FORBIDDEN",
            "CONNECTION",
            &["permissions"],
        ),
        (
            403,
            "Contact sync is not enabled: job_title cannot be used",
            "ERR_FORBIDDEN",
            "MISSING_REMOTE_FIELD",
            &["job_title"],
        ),
        (
            405,
            "Requested service is not available",
            "x",
            "UNEXPECTED",
            &["not available"],
        ),
    ] {
        let world = connected(&[]);
        refusal(&world, status, error, code);
        refused(&world, &ann(), category, words);
        assert!(records(&world, "persons").is_empty());
        // Mended there, the same lead goes.
        world.admin("DELETE", "refusals", &Value::Null);
        let retry = world.json(&["reconcile", "--category", category, "--retry"]);
        assert_eq!(retry["retry"]["cleared"], json!(1), "{error}: {retry}");
        assert_eq!(world.stats()["organizations"], json!(1));
    }
}

#[test]
fn a_refused_person_keeps_nobody_else_out() {
    for error in [
        (
            400,
            "Validation failed: job_title: Must be text",
            "ERR_SCHEMA_VALIDATION_FAILED",
        ),
        (
            403,
            "Contact sync is not enabled: job_title cannot be used",
            "ERR_FORBIDDEN",
        ),
    ] {
        let world = connected(&[]);
        refusal(&world, error.0, error.1, error.2);
        let csv = format!(
            "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\nBo,Li,bo@acme.com,Acme,acme.com,CTO\n"
        );
        let (_, summary) = push(&world, &csv);
        assert_eq!(summary["failed"], json!(1), "{summary}");
        assert_eq!(attempt(&world, "bo@acme.com")["status"], "cleared");
    }
}

#[test]
fn values_that_are_refused_before_any_call() {
    let world = connected(&[]);
    let csv = format!(
        "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,{}\n",
        "x".repeat(256)
    );
    refused(&world, &csv, "DATA_TOO_LONG", &["Job title", "256", "255"]);
    assert_eq!(world.stats()["persons"], json!(0));
}

#[test]
fn an_option_removed_behind_our_back() {
    let world = connected(&[]);
    let body = json!({"name": "Interest", "type": "enum", "options": ["Demo", "Offer"]});
    let field = world.admin("POST", "fields/persons", &body);
    let code = field["field_code"].as_str().unwrap();
    world
        .run(&[
            "mapping",
            "set",
            "--constant",
            "Demo",
            code,
            "--object",
            "person",
        ])
        .ends(0);
    let demo = &field["options"][0]["id"];
    world.admin(
        "DELETE",
        &format!("options/persons/{code}/{demo}"),
        &Value::Null,
    );
    let group = refused(
        &world,
        &ann(),
        "DATA_VALUE_VALIDATION",
        &["Interest", "Offer"],
    );
    assert_eq!(group["causes"][0]["field"], json!(code), "{group}");
    assert_eq!(world.stats()["persons"], json!(0), "known before any call");
}

#[test]
fn a_field_removed_behind_our_back() {
    let world = connected(&[]);
    let body = json!({"name": "Interest", "type": "varchar"});
    let field = world.admin("POST", "fields/persons", &body);
    let code = field["field_code"].as_str().unwrap();
    world
        .run(&[
            "mapping",
            "set",
            "--constant",
            "Demo",
            code,
            "--object",
            "person",
        ])
        .ends(0);
    world.admin("DELETE", &format!("fields/persons/{code}"), &Value::Null);
    let group = refused(&world, &ann(), "MISSING_REMOTE_FIELD", &[]);
    assert_eq!(
        (&group["fix"], &group["causes"][0]["field"]),
        (&json!("missing-field"), &json!(code))
    );
}

#[test]
fn contact_sync_switched_off_behind_our_back() {
    let world = connected(&[]);
    world.admin("POST", "settings", &json!({"contact_sync": false}));
    refused(&world, &ann(), "MISSING_REMOTE_FIELD", &["job_title"]);
    assert_eq!(world.stats()["persons"], json!(0));
}

#[test]
fn a_closed_account_ends_the_run() {
    let world = connected(&[]);
    import(&world, "Expo", &World::people_csv(30, 3));
    world.admin("POST", "company", &json!({"closed": true}));
    let said = world.run(&["sync-event", "Expo", "--json"]);
    let summary = said.json();
    assert_ne!(said.status, 0);
    assert_eq!(
        summary["by_category"],
        json!({"CONNECTION": 30}),
        "{summary}"
    );
    world.admin("POST", "company", &json!({"closed": false}));
    let retry = world.json(&["reconcile", "--category", "CONNECTION", "--retry"]);
    assert_eq!(retry["retry"]["cleared"], json!(30), "{retry}");
}

#[test]
fn a_revoked_token_asks_for_a_sign_in() {
    let world = connected(&[]);
    import(&world, "Expo", &World::people_csv(20, 2));
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(4).json();
    assert_eq!(
        summary["by_category"],
        json!({"AUTHENTICATION": 20}),
        "{summary}"
    );
    world.admin("POST", "tokens/accept", &json!({"token": CANARY}));
    connect(&world, &[]);
    let retry = world.json(&["reconcile", "--category", "AUTHENTICATION", "--retry"]);
    assert_eq!(retry["retry"]["cleared"], json!(20), "{retry}");
}

#[test]
fn a_burst_is_waited_out_by_its_seconds() {
    let options = SandboxOptions {
        time_factor: 100.0,
        ..company()
    };
    let mut world = connected_to(options, &[]);
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    world.admin("POST", "faults", &json!({"faults": ["429=#3"]}));
    let (status, summary) = push(&world, &World::people_csv(30, 3));
    assert_eq!((status, &summary["created"]), (0, &json!(30)), "{summary}");
    assert_eq!(world.stats()["duplicate_emails"], json!(0));
}

/// Asks until the wall before the API answers.
fn insist(world: &World) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let url = format!("{}/api/v2/persons?limit=1", world.base_url());
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        loop {
            let request = client.get(&url).header("x-api-token", CANARY);
            if request.send().await.unwrap().status() == 403 {
                return;
            }
        }
    });
}

#[test]
fn a_block_by_page_ends_the_run_and_the_rest_waits() {
    let world = connected_to(
        SandboxOptions {
            rate: RateMode::Vendor,
            ..company()
        },
        &[],
    );
    import(&world, "Expo", &World::people_csv(60, 3));
    // Another tool goes on after its refusal.
    world.admin(
        "POST",
        "limits",
        &json!({"patience": 0, "block_seconds": 3}),
    );
    insist(&world);
    let said = world.run(&["sync-event", "Expo", "--json"]).ends(6);
    let summary = said.json();
    assert_eq!(summary["failed"], json!(0), "{summary}");
    assert_eq!(summary["stopped"], json!("rate-limit"), "{summary}");
    assert!(summary["waiting"].as_u64().unwrap() > 0, "{summary}");
    assert!(!summary["until"].is_null(), "{summary}");
    assert!(world.stats()["limited"].as_u64().unwrap() > 0);
    world.admin("POST", "plan", &json!({"plan": "ultimate"}));
    // Every run looks whether the block is over.
    while world.run(&["sync-event", "Expo"]).status == 6 {}
    let stats = world.stats();
    assert_eq!(
        (&stats["persons"], &stats["duplicate_emails"]),
        (&json!(60), &json!(0)),
        "{stats}"
    );
}

/// Pushes until the day's tokens are used up, and on the next day.
fn days(headers: bool) {
    let mut world = connected(&["--daily-tokens", "400"]);
    // Paced, as away from a test.
    world.unset("MOBLY_SYNC_PACE");
    world.set("MOBLY_SYNC_TEST_TIME", "100");
    import(&world, "Expo", &World::people_csv(200, 10));
    world.admin("POST", "limits", &json!({"headers": headers}));
    if headers {
        let used = world.stats()["tokens_since_reset"].as_u64().unwrap();
        world.admin("POST", "limits", &json!({"budget": used + 400}));
    }
    let said = world
        .run(&["sync-event", "Expo", "--json", "--share", "90"])
        .ends(6);
    let summary = said.json();
    let cleared = summary["cleared"].as_u64().unwrap();
    assert!((1..200).contains(&cleared), "{summary}");
    assert_eq!(summary["failed"], json!(0), "{summary}");
    assert_eq!(summary["waiting"], json!(200 - cleared), "{summary}");
    assert_eq!(summary["stopped"], json!("budget"), "{summary}");
    assert!(!summary["until"].is_null(), "{summary}");
    let stats = world.stats();
    assert_eq!(stats["limited"], json!(0), "{stats}");
    let status = world.json(&["status"]);
    let budget = &status["integrations"][0]["budget"];
    let limit = budget["limit"].as_u64().unwrap();
    let used = budget["used"].as_u64().unwrap();
    assert!(
        (400..=500).contains(&limit) && used * 10 > limit * 7,
        "{status}"
    );
    // As long as it is the same day, nothing is begun.
    let before = world.stats()["writes"].clone();
    world.run(&["sync-event", "Expo"]).ends(6);
    assert_eq!(world.stats()["writes"], before);
    // A larger plan.
    world.admin("POST", "limits", &json!({"budget": 60_000}));
    connect(&world, &["--daily-tokens", "60000"]);
    world.run(&["sync-event", "Expo"]).ends(0);
    let stats = world.stats();
    assert_eq!(
        (&stats["persons"], &stats["duplicate_emails"]),
        (&json!(200), &json!(0))
    );
}

#[test]
fn the_days_tokens_end_the_run_as_headers_tell() {
    days(true);
}

#[test]
fn the_days_tokens_end_the_run_as_counted_here() {
    days(false);
}
