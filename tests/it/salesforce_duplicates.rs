//! Duplicate rules of the org: told, used or passed over as the connection says, and settled by a person.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::salesforce::{attempt, connected, phase, push, record, records, seed};

const ANN: &str = "First Name,Last Name,Email,Company,Website,Job Title\nAnn,Lee,ann@acme.com,Acme,acme.com,CTO\n";

/// An org with a duplicate rule.
fn org(duplicates: Option<&str>, rule: &Value) -> World {
    let mut options = vec!["--strategy", "leads-only"];
    options.extend(duplicates.map(|_| "--duplicates"));
    options.extend(duplicates);
    let world = connected(&options);
    world.admin("POST", "duplicate_rules", rule);
    world
}

fn by_name(action: &str) -> Value {
    json!({"object": "Lead", "action": action, "match": "name", "message": "Use one of these records?"})
}

/// A lead of the same name under another address.
fn namesake(world: &World) -> String {
    seed(
        world,
        "Lead",
        json!({"FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Email": "ann@home.example"}),
    )
}

#[test]
fn reported_with_the_records_found_and_adopted_by_a_person() {
    for in_collections in [false, true] {
        let world = org(None, &by_name("alert"));
        world.admin(
            "POST",
            "settings",
            &json!({"duplicate_result_in_collections": in_collections}),
        );
        let there = namesake(&world);
        let (status, summary) = push(&world, ANN);
        assert_eq!(
            (status, &summary["by_category"]),
            (3, &json!({"DUPLICATE_RECORD": 1})),
            "{summary}"
        );
        let board = world.json(&["reconcile", "--state", "failed"]);
        let message = board["leads"][0]["message"].as_str().unwrap();
        assert!(
            message.contains("Standard_Lead_Duplicate_Rule")
                && message.contains("--duplicates allow"),
            "{message}"
        );
        let said = world.run(&["log", "ann@acme.com"]).ends(0);
        assert!(
            said.out.contains(&there),
            "the record is named: {}",
            said.out
        );
        let adopted = world.json(&["reconcile", "--lead", "ann@acme.com", "--adopt", &there]);
        assert_eq!(adopted["summary"]["cleared"], json!(1), "{adopted}");
        assert_eq!(record(&world, "Lead", &there)["Title"], "CTO");
        assert_eq!(records(&world, "Lead").len(), 1);
    }
}

#[test]
fn a_person_may_create_all_the_same_only_where_the_rule_lets_them() {
    let world = org(Some("allow"), &by_name("block"));
    namesake(&world);
    let (status, summary) = push(&world, ANN);
    assert_eq!(
        (status, &summary["by_category"]),
        (3, &json!({"DUPLICATE_RECORD": 1})),
        "{summary}"
    );
    let board = world.json(&["reconcile", "--state", "failed"]);
    let message = board["leads"][0]["message"].as_str().unwrap();
    assert!(message.contains("forbids"), "{message}");
    assert_eq!(records(&world, "Lead").len(), 1);
    // The admin takes the rule away.
    world.admin("DELETE", "duplicate_rules", &Value::Null);
    let created = world.json(&["reconcile", "--lead", "ann@acme.com", "--create"]);
    assert_eq!(created["summary"]["cleared"], json!(1), "{created}");
    assert_eq!(records(&world, "Lead").len(), 2);
}

#[test]
fn a_person_creates_past_an_alert_without_changing_what_holds_for_others() {
    let world = org(None, &by_name("alert"));
    namesake(&world);
    assert_eq!(push(&world, ANN).0, 3);
    let created = world.json(&["reconcile", "--lead", "ann@acme.com", "--create"]);
    assert_eq!(created["summary"]["cleared"], json!(1), "{created}");
    assert_eq!(records(&world, "Lead").len(), 2);
}

#[test]
fn allowed_saves_past_an_alert() {
    let world = org(Some("allow"), &by_name("alert"));
    namesake(&world);
    let (status, summary) = push(&world, ANN);
    assert_eq!((status, &summary["created"]), (0, &json!(1)), "{summary}");
}

#[test]
fn a_match_is_used_where_it_is_surely_the_same() {
    let rule = json!({"object": "Lead", "action": "block", "match": "email"});
    let world = org(Some("use-match"), &rule);
    world.admin("POST", "latency", &json!({"milliseconds": 150}));
    import(&world, "Expo", ANN);
    // Answered, that is: the next call takes a while to come.
    let asked = || {
        let stats = world.stats();
        let paths = &stats["by_path"]["POST /services/data/v66.0/composite"];
        let answers = stats["responses"].as_object().unwrap().values();
        let answers: u64 = answers.filter_map(Value::as_u64).sum();
        paths
            .as_u64()
            .filter(|_| stats["requests"] == answers)
            .unwrap_or_default()
    };
    let (before, mut command) = (asked(), world.command());
    let push = command
        .args(["sync-event", "Expo", "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // Somebody else makes the lead after we looked and before we write.
    while asked() <= before {
        std::thread::yield_now();
    }
    let there = seed(
        &world,
        "Lead",
        json!({"FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Email": "ann@acme.com"}),
    );
    let output = push.wait_with_output().unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&summary["updated"], &summary["failed"]),
        (&json!(1), &json!(0)),
        "{summary}"
    );
    assert_eq!(record(&world, "Lead", &there)["Title"], "CTO");
    assert_eq!(records(&world, "Lead").len(), 1);
    // Refused with others, refused alone with the record's id, and then the update.
    assert_eq!(world.stats()["writes"], json!(3));
}

#[test]
fn a_likeness_is_no_identity() {
    let world = org(Some("use-match"), &by_name("alert"));
    let there = namesake(&world);
    let (status, summary) = push(&world, ANN);
    assert_eq!(
        (status, &summary["by_category"]),
        (3, &json!({"DUPLICATE_RECORD": 1})),
        "{summary}"
    );
    assert_eq!(record(&world, "Lead", &there)["Title"], Value::Null);
}

#[test]
fn many_duplicates_in_one_batch_keep_nobody_else_out() {
    let rule =
        json!({"object": "Lead", "action": "block", "match": "email", "against": ["Contact"]});
    let world = org(None, &rule);
    let mut csv = World::people_csv(160, 16);
    for n in 0..40 {
        csv.push_str(&format!("Zoe{n},Poe,zoe{n}@x.example,Acme,,CTO,\n"));
        let contact =
            json!({"FirstName": "Zoe", "LastName": "Poe", "Email": format!("zoe{n}@x.example")});
        seed(&world, "Contact", contact);
    }
    let (status, summary) = push(&world, &csv);
    assert_eq!(
        (status, &summary["created"], &summary["by_category"]),
        (3, &json!(160), &json!({"DUPLICATE_RECORD": 40})),
        "{summary}"
    );
    // All in one; the 40 once more, which does not tell the records either; then by 20 singly, which does.
    assert_eq!(world.stats()["writes"], json!(4), "{summary}");
    let attempt = attempt(&world, "zoe7@x.example");
    assert_eq!(phase(&attempt, "person")["ok"], json!(false));
}
