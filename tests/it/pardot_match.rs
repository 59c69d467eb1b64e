//! Pardot: whom a lead is taken for, and what is sent to whom.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::pardot::{by_email, connected, prospect, seed, tell};
use crate::support::salesforce::{attempt, phase, push};

const HEAD: &str = "First Name,Last Name,Email,Company,Job Title,remoteId\n";

/// Pushes one person; the attempt and the prospect it ended at.
#[track_caller]
fn one(world: &World, lead: &str, csv: &str) -> (Value, Value) {
    let (status, summary) = push(world, &format!("{HEAD}{csv}\n"));
    assert_eq!(status, 0, "{summary}");
    let attempt = attempt(world, lead);
    let id = phase(&attempt, "person")["remote_id"]
        .as_str()
        .unwrap()
        .to_owned();
    (attempt, prospect(world, &id))
}

/// Everything that was written.
fn writes(world: &World) -> Value {
    world.stats()["writes"].clone()
}

#[test]
fn a_new_person_is_made_under_the_address_in_lower_case() {
    let world = connected();
    let (attempt, made) = one(&world, "ann@acme.com", "Ann,Lee,Ann@ACME.com,Acme,CTO,");
    assert_eq!(attempt["result"], "created", "{attempt}");
    assert_eq!(
        (
            &made["email"],
            &made["firstName"],
            &made["company"],
            &made["jobTitle"]
        ),
        (
            &json!("ann@acme.com"),
            &json!("Ann"),
            &json!("Acme"),
            &json!("CTO")
        )
    );
    // The same again is nothing to do.
    let before = writes(&world);
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(again["unchanged"], json!(1), "{again}");
    assert_eq!(writes(&world), before);
}

#[test]
fn an_address_in_any_case_is_the_same_person() {
    // A request with another spelling makes a second prospect there.
    let world = connected();
    let there = seed(
        &world,
        json!({"email": "Ada@Acme.com", "firstName": "Ada", "lastName": "Lee"}),
    );
    let (attempt, found) = one(&world, "ada@acme.com", "Ada,Lee,ADA@acme.COM,Acme,CTO,");
    assert_eq!(attempt["result"], "updated", "{attempt}");
    assert_eq!(
        (found["id"].to_string(), &found["jobTitle"]),
        (there, &json!("CTO"))
    );
    let stats = world.stats();
    assert_eq!(
        (&stats["prospects"], &stats["duplicate_emails"]),
        (&json!(1), &json!(0)),
        "{stats}"
    );
}

#[test]
fn the_stored_id_beats_the_address() {
    let world = connected();
    let (_, made) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CTO,");
    let id = made["id"].to_string();
    tell(
        &world,
        &format!("prospects/{id}"),
        json!({"email": "moved@acme.com", "jobTitle": null}),
    );
    let other = seed(
        &world,
        json!({"email": "ann@acme.com", "lastName": "Other"}),
    );
    let (attempt, found) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CEO,");
    assert_eq!(attempt["result"], "updated", "{attempt}");
    assert_eq!(
        (found["id"].to_string(), &found["jobTitle"]),
        (id, &json!("CEO"))
    );
    // The address is theirs to change, and the other is nobody of ours.
    assert_eq!(found["email"], "moved@acme.com");
    assert!(prospect(&world, &other)["jobTitle"].is_null());
}

#[test]
fn a_person_named_by_id_is_patched() {
    let world = connected();
    let there = seed(&world, json!({"email": null, "lastName": "Lee"}));
    let (attempt, found) = one(
        &world,
        "leo@acme.com",
        &format!("Leo,Lee,leo@acme.com,Acme,CTO,{there}"),
    );
    assert_eq!(attempt["result"], "updated", "{attempt}");
    assert_eq!(
        (found["id"].to_string(), &found["firstName"]),
        (there, &json!("Leo"))
    );
    assert_eq!(world.stats()["prospects"], json!(1));
    let patched = world.admin("GET", "requests/last", &Value::Null);
    assert!(
        patched["path"]
            .as_str()
            .unwrap()
            .contains("/objects/prospects"),
        "{patched}"
    );
}

#[test]
fn without_an_address_nobody_is_made_and_nothing_asked() {
    let world = connected();
    let before = world.stats();
    let (status, summary) = push(&world, &format!("{HEAD}Bo,Li,,Beta,CEO,\n"));
    assert_eq!(
        (status, &summary["by_category"]),
        (3, &json!({"NOT_ENOUGH_DATA": 1})),
        "{summary}"
    );
    let after = world.stats();
    assert_eq!(before["writes"], after["writes"]);
    assert_eq!(before["by_kind"]["object"], after["by_kind"]["object"]);
    // One who is known by id needs none.
    let there = seed(&world, json!({"email": null, "lastName": "Oak"}));
    let (status, summary) = push(&world, &format!("{HEAD}Cy,Oak,,Soft,CIO,{there}\n"));
    assert_eq!((status, &summary["updated"]), (0, &json!(1)), "{summary}");
    assert_eq!(prospect(&world, &there)["jobTitle"], "CIO");
}

#[test]
fn a_prospect_in_the_recycle_bin_comes_out_of_it() {
    let world = connected();
    let (_, made) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CTO,");
    let id = made["id"].to_string();
    world.admin("DELETE", &format!("prospects/{id}"), &Value::Null);
    let (_, found) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CEO,");
    assert_eq!(found["id"].to_string(), id);
    assert_eq!(
        (&found["isDeleted"], &found["jobTitle"]),
        (&json!(false), &json!("CEO"))
    );
    assert_eq!(by_email(&world, "ann@acme.com").len(), 1);
}

#[test]
fn a_prospect_that_is_gone_for_good_is_made_anew() {
    let world = connected();
    let (_, made) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CTO,");
    tell(
        &world,
        "purge",
        json!({"collection": "prospects", "id": made["id"]}),
    );
    let (attempt, found) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CEO,");
    assert_ne!(found["id"], made["id"]);
    assert_eq!(
        (&attempt["result"], &found["jobTitle"]),
        (&json!("created"), &json!("CEO"))
    );
    // The new id is the one that is kept.
    let (_, again) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CFO,");
    assert_eq!(
        (&again["id"], &again["jobTitle"]),
        (&found["id"], &json!("CFO"))
    );
}

#[test]
fn of_two_merged_prospects_the_one_that_is_left_is_written() {
    let world = connected();
    let overwrite = [
        "mapping",
        "set",
        "jobTitle",
        "jobTitle",
        "--write",
        "overwrite",
    ];
    world.run(&overwrite).ends(0);
    let (_, made) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CTO,");
    let winner = seed(&world, json!({"email": "lee@acme.com", "lastName": "Lee"}));
    let id: u64 = winner.parse().unwrap();
    tell(
        &world,
        "merge",
        json!({"winner": id, "losers": [made["id"]]}),
    );
    // The unit gives the winner the address afterwards, as people do who merge.
    tell(
        &world,
        &format!("prospects/{winner}"),
        json!({"email": "ann@acme.com"}),
    );
    let (_, found) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CEO,");
    assert_eq!(
        (found["id"].to_string(), &found["jobTitle"]),
        (winner, &json!("CEO"))
    );
}

#[test]
fn what_is_theirs_stays_where_the_mapping_says_so() {
    let world = connected();
    let there = seed(
        &world,
        json!({"email": "ann@acme.com", "firstName": "Anna", "lastName": "Lee", "phone": "1", "jobTitle": null}),
    );
    let (attempt, found) = one(&world, "ann@acme.com", "Ann,Lee,ann@acme.com,Acme,CTO,");
    assert_eq!(
        (found["id"].to_string(), &attempt["result"]),
        (there, &json!("updated"))
    );
    assert_eq!(
        (&found["firstName"], &found["jobTitle"]),
        (&json!("Anna"), &json!("CTO")),
        "if-blank fills, and leaves what is there"
    );
    world
        .run(&[
            "mapping",
            "set",
            "firstName",
            "firstName",
            "--write",
            "overwrite",
            "--yes",
        ])
        .ends(0);
    world
        .run(&["sync-event", "Expo", "--again", "--yes"])
        .ends(0);
    assert_eq!(by_email(&world, "ann@acme.com")[0]["firstName"], "Ann");
}
