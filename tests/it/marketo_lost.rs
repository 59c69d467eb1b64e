//! Answers of Marketo that get lost, limits and ended tokens: nobody twice, nobody forgotten, and the rest waits.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::marketo::{by_email, connected, lead, seed, sign_in, tell};
use crate::support::salesforce::{push, records};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";

fn faults(world: &World, faults: &[&str]) {
    world.admin("POST", "faults", &json!({"faults": faults}));
}

/// Retries until everybody is there.
fn push_on(world: &World) {
    // What was lost may be done for a while yet, and is not repeated before.
    for _ in 0..100 {
        let said = world.run(&["reconcile", "--event", "Expo", "--retry", "--json"]);
        if said.status == 0 {
            return;
        }
    }
}

#[track_caller]
fn assert_everybody_is_there_once(world: &World, people: u64, why: &str) {
    let stats = world.stats();
    assert_eq!(stats["leads"], json!(people), "{why}: {stats}");
    for count in [
        "duplicate_emails",
        "duplicate_company_names",
        "duplicate_domains",
    ] {
        assert_eq!(stats[count], json!(0), "{why}: {stats}");
    }
    let board = world.json(&["reconcile"]);
    assert_eq!(
        board["summary"]["cleared"],
        json!(people),
        "{why}: {}",
        board["summary"]
    );
}

#[test]
fn a_lost_answer_makes_nobody_twice() {
    for options in [&[][..], &["--companies"]] {
        for fault in [
            "drop-after=#2",
            "drop-before=#2",
            "504=#2",
            "partial=#2",
            "extra=#2",
            "html=#2",
        ] {
            let world = connected(options);
            faults(&world, &[&format!("{fault}@rest/v1")]);
            import(&world, "Expo", &World::people_csv(700, 20));
            push_on(&world);
            assert_ne!(
                world.stats()["faults"],
                json!({}),
                "{fault}: nothing was lost"
            );
            assert_everybody_is_there_once(&world, 700, fault);
        }
    }
}

#[test]
fn two_people_of_one_address_are_never_under_way_at_once() {
    let world = connected(&[]);
    // With latency, the sandbox makes two leads where two calls with one new address overlap, as Marketo does.
    tell(&world, "latency", json!({"milliseconds": 20}));
    let mut csv = String::from("First Name,Last Name,Email,Company,External ID\n");
    for n in 0..400 {
        csv.push_str(&format!("Ann{n},Lee,ann{}@acme.com,Acme,x{n}\n", n % 40));
    }
    import(&world, "Expo", &csv);
    for n in 0..4 {
        import(&world, &format!("Fair {n}"), &World::people_csv(400, 4));
    }
    world.run(&["mode", "automatic", "--yes"]).ends(0);
    world.run(&["sync"]).ends(0);
    tell(&world, "latency", json!({"milliseconds": 0}));
    let stats = world.stats();
    assert_eq!(stats["duplicate_emails"], json!(0), "{stats}");
    assert_eq!(stats["leads"], json!(440), "{stats}");
}

#[test]
fn the_days_limit_ends_the_run_and_the_rest_waits() {
    let world = connected(&[]);
    import(&world, "Expo", &World::people_csv(1_000, 20));
    let used = world.stats()["calls_today"].as_u64().unwrap();
    // Describing, three questions and two of four writes are left.
    tell(&world, "limits", json!({"daily": used + 7}));
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(6).json();
    let cleared = summary["cleared"].as_u64().unwrap();
    assert!(cleared < 1_000, "{summary}");
    assert_eq!(summary["failed"], json!(0), "{summary}");
    assert_eq!(summary["waiting"], json!(1_000 - cleared), "{summary}");
    assert!(
        ["budget", "rate-limit"].contains(&summary["stopped"].as_str().unwrap()),
        "{summary}"
    );
    // Until midnight in Chicago.
    let until: jiff::Timestamp = summary["until"].as_str().unwrap().parse().unwrap();
    let zone = jiff::tz::TimeZone::get("America/Chicago").unwrap();
    assert_eq!(until.to_zoned(zone).hour(), 0, "{summary}");
    tell(&world, "limits", json!({"daily": 50_000, "used": 0}));
    world.run(&["status", "--check"]).ends(0);
    world.run(&["sync-event", "Expo"]).ends(0);
    assert_everybody_is_there_once(&world, 1_000, "the next day");
}

#[test]
fn limits_of_the_moment_are_waited_out() {
    for (code, message) in [
        (606, "Max rate limit '100' exceeded with in '20' secs"),
        (615, "Concurrent access limit '10' reached"),
    ] {
        let world = connected(&[]);
        let error = json!({"code": code, "message": message, "times": 1, "path": "v1/leads.json"});
        tell(&world, "errors", error);
        let (status, summary) = push(&world, &World::people_csv(20, 2));
        assert_eq!(
            (status, &summary["created"]),
            (0, &json!(20)),
            "{code}: {summary}"
        );
    }
}

#[test]
fn a_token_that_ended_is_renewed_once_and_the_call_goes_again() {
    for code in [601, 602] {
        let world = connected(&[]);
        tell(&world, "tokens/strict", json!({"on": true}));
        let asked = || world.stats()["identity_calls"].as_u64().unwrap();
        if code == 601 {
            let error =
                json!({"code": 601, "message": "Access token invalid", "path": "v1/leads.json"});
            tell(&world, "errors", error);
        } else {
            tell(&world, "tokens/expire", json!({}));
        }
        let before = asked();
        let (status, summary) = push(&world, &World::people_csv(20, 2));
        assert_eq!(
            (status, &summary["created"]),
            (0, &json!(20)),
            "{code}: {summary}"
        );
        assert_eq!(asked(), before + 1, "{code}");
    }
}

#[test]
fn a_token_that_is_refused_again_after_a_new_one_ends_the_run() {
    let world = connected(&[]);
    import(&world, "Expo", &World::people_csv(20, 2));
    let error = json!({"code": 601, "message": "Access token invalid", "times": 1_000});
    tell(&world, "errors", error);
    let asked = || world.stats()["identity_calls"].as_u64().unwrap();
    let before = asked();
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(4).json();
    assert_eq!(
        summary["by_category"],
        json!({"AUTHENTICATION": 20}),
        "{summary}"
    );
    assert!(asked() <= before + 2, "{} more", asked() - before);
    assert_eq!(world.stats()["leads"], json!(0));
}

#[test]
fn a_client_that_is_not_taken_any_more_asks_for_a_sign_in() {
    let world = connected(&[]);
    import(&world, "Expo", &World::people_csv(20, 2));
    tell(
        &world,
        "app",
        json!({"client_id": "another", "client_secret": "another"}),
    );
    tell(&world, "tokens/expire", json!({}));
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(4).json();
    assert_eq!(
        summary["by_category"],
        json!({"AUTHENTICATION": 20}),
        "{summary}"
    );
    tell(
        &world,
        "app",
        json!({"client_id": null, "client_secret": null}),
    );
    sign_in(&world, &[]);
    let retry = world.json(&["reconcile", "--category", "AUTHENTICATION", "--retry"]);
    assert_eq!(retry["retry"]["cleared"], json!(20), "{retry}");
}

#[test]
fn an_update_whose_answer_is_lost_is_simply_sent_again() {
    let world = connected(&[]);
    let there = seed(
        &world,
        "leads",
        json!({"firstName": "Ann", "lastName": "Lee", "email": "ann@acme.com"}),
    );
    // Reads may fail too.
    faults(&world, &["drop-after=0.4", "500=0.2"]);
    import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n"),
    );
    push_on(&world);
    faults(&world, &[]);
    let there: Value = lead(&world, &there);
    assert_eq!(there["title"], "CTO");
    assert_eq!(by_email(&world, "ann@acme.com").len(), 1);
    assert_eq!(records(&world, "leads").len(), 1);
}
