//! What Marketo refuses, one body at a time: the category, words a person understands, and everybody else through. Nearly
//! all of it comes with HTTP 200.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::marketo::{by_email, connected, refuse, tell};
use crate::support::salesforce::{attempt, push, records};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn ann() -> String {
    format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n")
}

/// Ann is refused, and somebody else in the same request is not: what the board says of her.
#[track_caller]
fn refused(world: &World, category: &str, words: &[&str]) -> Value {
    let csv = format!("{}Bo,Li,bo@beta.com,Beta,beta.com,CEO\n", ann());
    refused_of(world, &csv, category, words)
}

#[track_caller]
fn refused_of(world: &World, csv: &str, category: &str, words: &[&str]) -> Value {
    let (status, summary) = push(world, csv);
    assert_eq!(status, 3, "{summary}");
    assert_eq!(summary["by_category"], json!({category: 1}), "{summary}");
    let board = world.json(&["reconcile", "--state", "failed"]);
    let group = &board["failed"][0];
    assert_eq!(group["category"], category, "{board}");
    let told = board["leads"][0]["message"].as_str().unwrap();
    for word in words {
        assert!(told.contains(word), "{category}: {told:?} without {word:?}");
    }
    assert!(!told.contains("Error {") && !told.contains('{'), "{told}");
    assert_eq!(attempt(world, "ann@acme.com")["category"], category);
    assert_eq!(records(world, "leads").len(), 1, "only Bo is there");
    group.clone()
}

/// The instance skips Ann's row for this reason.
fn skips(code: u16, message: &str) -> World {
    let world = connected(&[]);
    let refusal = json!({"object": "leads", "when": {"email": "ann@acme.com"}, "code": code, "message": message});
    tell(&world, "refusals", refusal);
    world
}

#[test]
fn rows_that_are_skipped_fail_alone() {
    for (code, message, category, words) in [
        (
            709,
            "Business rule 7: no competitors",
            "VALIDATION_RULE",
            "no competitors",
        ),
        (
            1001,
            "Invalid value 'CTO'. Required of type 'Integer'",
            "DATA_FORMAT_VALIDATION",
            "CTO",
        ),
        (
            1002,
            "Missing value for the required parameter 'phone'",
            "REQUIRED_FIELD_MISSING",
            "phone",
        ),
        (
            1003,
            "Invalid value for field 'title'",
            "DATA_VALUE_VALIDATION",
            "title",
        ),
        (
            1003,
            "Invalid value for field 'phone'",
            "DATA_FORMAT_VALIDATION",
            "phone",
        ),
        (
            1005,
            "Lead already exists",
            "DUPLICATE_RECORD",
            "already exists",
        ),
        (
            1006,
            "Field 'title' not found",
            "MISSING_REMOTE_FIELD",
            "title",
        ),
        (
            1007,
            "Multiple lead match lookup criteria",
            "AMBIGUOUS_MATCH",
            "several leads",
        ),
        (
            1008,
            "Access denied to partition 'Events'",
            "CONNECTION",
            "--partition",
        ),
        (
            1010,
            "Partition update not allowed",
            "CONNECTION",
            "--partition",
        ),
        (4711, "Something new", "UNEXPECTED", "Something new"),
    ] {
        let world = skips(code, message);
        let group = refused(&world, category, &[words]);
        assert!(
            group["causes"][0]["vendor_message"].is_string(),
            "{code}: {group}"
        );
    }
}

#[test]
fn a_field_of_a_company_that_the_lead_belongs_to_is_left_out_and_the_rest_goes() {
    let world = connected(&[]);
    let company = json!({"externalCompanyId": "S-1", "company": "Acme"});
    tell(&world, "records/companies", json!({"records": [company]}));
    let ann = json!({"firstName": "Ann", "lastName": "Lee", "email": "ann@acme.com", "externalCompanyId": "S-1"});
    tell(&world, "records/leads", json!({"records": [ann]}));
    let (status, summary) = push(&world, &self::ann());
    assert_eq!((status, &summary["updated"]), (0, &json!(1)), "{summary}");
    assert_eq!(by_email(&world, "ann@acme.com")[0]["title"], "CTO");
}

#[test]
fn calls_that_are_refused_for_good_blame_the_connection() {
    let world = connected(&[]);
    tell(
        &world,
        "permissions",
        json!({"take": ["Read-Write Lead", "Read-Only Lead"]}),
    );
    import(&world, "Expo", &World::people_csv(20, 2));
    let summary = world.run(&["sync-event", "Expo", "--json"]).json();
    assert_eq!(
        summary["by_category"],
        json!({"CONNECTION": 20}),
        "{summary}"
    );
    let board = world.json(&["reconcile", "--state", "failed"]);
    let told = board["leads"][0]["message"].as_str().unwrap();
    assert!(told.contains("lacks a permission"), "{told}");
    // Granted again, the same leads go.
    tell(
        &world,
        "permissions",
        json!({"give": ["Read-Write Lead", "Read-Only Lead"]}),
    );
    let retry = world.json(&["reconcile", "--category", "CONNECTION", "--retry"]);
    assert_eq!(retry["retry"]["cleared"], json!(20), "{retry}");
}

#[test]
fn an_error_that_passes_is_waited_out_whatever_its_code() {
    for (code, message) in [
        (604, "Request time-out"),
        (608, "API Temporarily Unavailable"),
        (611, "System error"),
        (713, "Transient Error"),
        (
            1016,
            "There are 10 imports currently being processed. Please try again later",
        ),
        (1234, "Nobody knows"),
    ] {
        let world = connected(&[]);
        refuse(&world, "v1/leads.json", code, message, 2);
        let (status, summary) = push(&world, &World::people_csv(20, 2));
        assert_eq!(
            (status, &summary["created"]),
            (0, &json!(20)),
            "{code}: {summary}"
        );
        assert_eq!(world.stats()["duplicate_emails"], json!(0));
    }
}

#[test]
fn a_time_out_whose_work_is_done_makes_nobody_twice() {
    let world = connected(&[]);
    import(&world, "Expo", &World::people_csv(20, 2));
    let error = json!({"code": 604, "message": "Request time-out", "path": "v1/leads.json", "times": 2, "applies": true});
    tell(&world, "errors", error);
    world.run(&["sync-event", "Expo"]).ends(0);
    let stats = world.stats();
    assert_eq!(
        (&stats["leads"], &stats["duplicate_emails"]),
        (&json!(20), &json!(0)),
        "{stats}"
    );
}

#[test]
fn errors_that_are_ours_stop_and_are_told() {
    for (code, message) in [
        (605, "HTTP Method 'POST' not supported"),
        (609, "Invalid JSON"),
        (610, "Requested resource not found"),
        (612, "Invalid Content Type"),
        (702, "Record not found"),
        (1011, "Field 'email' not supported"),
    ] {
        let world = connected(&[]);
        import(&world, "Expo", &World::people_csv(20, 2));
        refuse(&world, "v1/leads.json", code, message, 1_000);
        let summary = world.run(&["sync-event", "Expo", "--json"]).json();
        assert_eq!(summary["failed"], json!(20), "{code}: {summary}");
        assert_eq!(world.stats()["leads"], json!(0));
        let board = world.json(&["reconcile", "--state", "failed"]);
        let told = board["leads"][0]["message"].as_str().unwrap();
        assert!(told.contains(message), "{code}: {told}");
    }
}

#[test]
fn pages_in_place_of_answers_are_nobodys_fault() {
    for error in [json!({"status": 502}), json!({"status": 503})] {
        let world = connected(&[]);
        import(&world, "Expo", &World::people_csv(20, 2));
        let mut error = error;
        error["times"] = json!(1_000);
        tell(&world, "errors", error);
        let summary = world.run(&["sync-event", "Expo", "--json"]).ends(6).json();
        assert_eq!(
            (&summary["failed"], &summary["waiting"]),
            (&json!(0), &json!(20)),
            "{summary}"
        );
        world.admin("DELETE", "errors", &Value::Null);
        world.run(&["sync-event", "Expo"]).ends(0);
        assert_eq!(world.stats()["leads"], json!(20));
    }
}

#[test]
fn a_request_that_is_too_large_is_sent_in_halves() {
    let world = connected(&[]);
    import(&world, "Expo", &World::people_csv(20, 2));
    // The question is asked first; what is too large is the write.
    world.admin("POST", "latency", &json!({"milliseconds": 0}));
    let error =
        json!({"status": 413, "message": "Request Entity Too Large", "path": "v1/leads.json"});
    tell(&world, "errors", error);
    let summary = world.json(&["sync-event", "Expo"]);
    assert_eq!(summary["created"], json!(20), "{summary}");
    assert_eq!(world.stats()["leads"], json!(20));
}

#[test]
fn a_long_text_is_measured_here_and_never_sent() {
    let world = connected(&[]);
    let csv = format!(
        "{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,{}\nBo,Li,bo@acme.com,Acme,acme.com,CEO\n",
        "x".repeat(256)
    );
    let group = refused_of(&world, &csv, "DATA_TOO_LONG", &["256", "255"]);
    assert_eq!(group["fix"], "field-length");
}

#[test]
fn a_field_that_was_deleted_since_it_was_mapped() {
    let world = connected(&[]);
    tell(
        &world,
        "fields",
        json!({"name": "boothVisit", "label": "Booth visit"}),
    );
    import(
        &world,
        "Expo",
        "First Name,Last Name,Email,Booth\nAnn,Lee,ann@acme.com,yes\nBo,Li,bo@beta.com,\n",
    );
    world
        .run(&["mapping", "set", "Booth", "boothVisit", "--object", "lead"])
        .ends(0);
    tell(&world, "fields/delete", json!({"name": "boothVisit"}));
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(3).json();
    assert_eq!(
        summary["by_category"],
        json!({"MISSING_REMOTE_FIELD": 1}),
        "{summary}"
    );
    let board = world.json(&["reconcile", "--state", "failed"]);
    let group = &board["failed"][0];
    assert_eq!(
        (&group["fix"], &group["causes"][0]["field"]),
        (&json!("missing-field"), &json!("boothVisit")),
        "{board}"
    );
}

#[test]
fn an_address_beyond_ascii_is_found_here() {
    let world = connected(&[]);
    let csv = format!(
        "{HEAD}Ann,Lee,änn@acme.com,Acme,acme.com,CTO\nBo,Li,bo@beta.com,Beta,beta.com,CEO\n"
    );
    let (status, summary) = push(&world, &csv);
    assert_eq!(status, 3, "{summary}");
    assert_eq!(
        summary["by_category"],
        json!({"DATA_FORMAT_VALIDATION": 1}),
        "{summary}"
    );
    assert_eq!(records(&world, "leads").len(), 1);
}

#[test]
fn the_days_calls_stand_in_status() {
    let world = connected(&[]);
    tell(&world, "limits", json!({"used": 1_234}));
    world.run(&["status", "--check"]).ends(0);
    let status = world.json(&["status"]);
    let budget = &status["integrations"][0]["budget"];
    let used = budget["used"].as_u64().unwrap();
    assert!((1_234..1_250).contains(&used), "{status}");
    assert_eq!(budget["limit"], json!(50_000), "{status}");
}
