//! Whom a push to Pipedrive touches: each row of the match order, records that vanish in between, and what is merged.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::pipedrive::{connected, person, record, records, seed, values};
use crate::support::salesforce::{attempt, phase, push};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title,Phone,remoteId\n";

/// What stood there before.
struct Company {
    acme: u64,
    beta: u64,
    elsewhere: u64,
    by_id: u64,
    several: u64,
    elsewhere_already: u64,
    neighbour: u64,
    elder: u64,
    younger: u64,
}

fn company(world: &World) -> Company {
    let acme = seed(
        world,
        "organizations",
        json!({"name": "Acme Inc.", "website": "https://www.Acme.com/en"}),
    );
    let beta = seed(world, "organizations", json!({"name": "Beta GmbH"}));
    let elsewhere = seed(world, "organizations", json!({"name": "Elsewhere AG"}));
    Company {
        by_id: person(world, "Ida Lee", &[], Some(elsewhere)),
        several: person(
            world,
            "Mia Lee",
            &["mia@home.example", "Mia@ACME.com"],
            None,
        ),
        elsewhere_already: person(world, "Bob Lee", &["bob@acme.com"], Some(elsewhere)),
        neighbour: person(world, "Joann Lee", &["joann@acme.com"], None),
        elder: person(world, "Sam Lee", &["sam@acme.com"], None),
        younger: person(
            world,
            "Sam Lee",
            &["sam@home.example", "sam@acme.com"],
            None,
        ),
        acme,
        beta,
        elsewhere,
    }
}

/// The person a lead became, after checking how.
#[track_caller]
fn became(world: &World, lead: &str, result: &str) -> Value {
    let attempt = attempt(world, lead);
    assert_eq!(
        (&attempt["status"], &attempt["result"]),
        (&json!("cleared"), &json!(result)),
        "{lead}: {attempt}"
    );
    let id = phase(&attempt, "person")["remote_id"].as_str().unwrap();
    record(world, "persons", id.parse().unwrap())
}

#[track_caller]
fn writes_nothing_again(world: &World, people: u64) {
    let before = world.stats();
    let again = world.json(&["sync-event", "Expo", "--again"]);
    assert_eq!(
        (&again["unchanged"], &again["failed"]),
        (&json!(people), &json!(0)),
        "{again}"
    );
    assert_eq!(world.stats()["writes"], before["writes"]);
}

#[test]
fn every_step_of_the_match_order() {
    let world = connected(&[]);
    let there = company(&world);
    let people = format!(
        "{HEAD}Ida,Lee,ida@acme.com,Acme,acme.com,CTO,,{}\n\
         Mia,Lee,mia@acme.com,Acme,acme.com,CTO,,\n\
         Bob,Lee,BOB@acme.com,Acme,acme.com,CTO,,\n\
         Ann,Lee,ann@acme.com,Acme,acme.com,CTO,,\n\
         Sam,Lee,sam@acme.com,Acme,acme.com,CTO,,\n\
         Dom,Lee,dom@acme.com,ACME Holding,acme.com,CTO,,\n\
         Nam,Lee,nam@gmail.com,Beta GmbH,,CTO,,\n\
         New,Lee,new@soft.com,Soft Ltd,soft.com,CTO,,\n",
        there.by_id
    );
    let (status, summary) = push(&world, &people);
    assert_eq!(status, 0, "{summary}");
    for (lead, result, id, organization) in [
        (
            "ida@acme.com",
            "updated",
            Some(there.by_id),
            Some(there.elsewhere),
        ),
        (
            "mia@acme.com",
            "updated",
            Some(there.several),
            Some(there.acme),
        ),
        (
            "bob@acme.com",
            "updated",
            Some(there.elsewhere_already),
            Some(there.elsewhere),
        ),
        ("ann@acme.com", "created", None, Some(there.acme)),
        (
            "sam@acme.com",
            "updated",
            Some(there.elder),
            Some(there.acme),
        ),
        ("dom@acme.com", "created", None, Some(there.acme)),
        ("nam@gmail.com", "created", None, Some(there.beta)),
        ("new@soft.com", "created", None, None),
    ] {
        let person = became(&world, lead, result);
        assert!(
            id.is_none_or(|id| person["id"] == json!(id)),
            "{lead}: {person}"
        );
        assert_eq!(person["job_title"], "CTO", "{lead}: {person}");
        match organization {
            Some(organization) => assert_eq!(person["org_id"], json!(organization), "{lead}"),
            None => {
                let made = record(&world, "organizations", person["org_id"].as_u64().unwrap());
                assert_eq!(
                    (&made["name"], &made["website"]),
                    (&json!("Soft Ltd"), &json!("soft.com")),
                    "{made}"
                );
            }
        }
    }
    for untouched in [there.neighbour, there.younger] {
        let person = record(&world, "persons", untouched);
        assert!(
            person["job_title"].is_null() && person["org_id"].is_null(),
            "{person}"
        );
    }
    let notes = attempt(&world, "sam@acme.com").to_string();
    assert!(notes.contains("oldest"), "{notes}");
    assert_eq!(world.stats()["organizations"], json!(4));
    writes_nothing_again(&world, 8);
}

#[test]
fn nobody_without_an_address_is_made_twice() {
    let world = connected(&[]);
    person(&world, "Noe Lee", &["noe@elsewhere.example"], None);
    let people = format!("{HEAD}Noe,Lee,,Acme,acme.com,CTO,,\n,Solo,,Acme,acme.com,CTO,,\n");
    let (status, summary) = push(&world, &people);
    // A namesake is somebody else.
    assert_eq!((status, &summary["created"]), (0, &json!(2)), "{summary}");
    assert_eq!(world.stats()["persons"], json!(3));
    let solo = records(&world, "persons")
        .into_iter()
        .find(|one| one["name"] == "Solo");
    assert!(solo.is_some_and(|solo| values(&solo["emails"]).is_empty()));
    writes_nothing_again(&world, 2);
}

#[test]
fn addresses_and_numbers_of_theirs_stay() {
    for write in ["append", "overwrite"] {
        theirs_stay(write);
    }
}

fn theirs_stay(write: &str) {
    let world = connected(&[]);
    for (ours, theirs) in [("email", "emails"), ("phone", "phones")] {
        world
            .run(&[
                "mapping", "set", ours, theirs, "--object", "person", "--write", write,
            ])
            .ends(0);
    }
    let there = json!({"name": "Ann Lee", "emails": [
            {"value": "ann@home.example", "primary": true, "label": "home"},
            {"value": "ann@acme.com", "primary": false, "label": "work"}],
        "phones": [{"value": "+49 30 1", "primary": true, "label": "mobile"}]});
    let ann = seed(&world, "persons", there);
    let (status, summary) = push(
        &world,
        &format!("{HEAD}Ann,Lee,ANN@acme.com,Acme,acme.com,CTO,+1 555 000001,\n"),
    );
    assert_eq!((status, &summary["updated"]), (0, &json!(1)), "{summary}");
    let person = record(&world, "persons", ann);
    let mut emails = values(&person["emails"]);
    emails.sort_unstable();
    assert_eq!(emails, ["ann@acme.com", "ann@home.example"], "{person}");
    let phones = person["phones"].as_array().unwrap();
    assert_eq!(phones.len(), 2, "{person}");
    let kept = phones
        .iter()
        .find(|phone| phone["value"] == "+49 30 1")
        .unwrap();
    assert_eq!(kept["label"], "mobile", "{person}");
    let primary = |list: &Value| {
        let list = list.as_array().unwrap().iter();
        list.filter(|entry| entry["primary"] == json!(true)).count()
    };
    assert_eq!(
        (primary(&person["emails"]), primary(&person["phones"])),
        (1, 1)
    );
    writes_nothing_again(&world, 1);
}

#[test]
fn a_person_deleted_behind_our_back_is_made_anew() {
    for status_of_deleted in [404, 410, 200] {
        let world = connected(&[]);
        world.admin(
            "POST",
            "settings",
            &json!({"deleted_status": status_of_deleted}),
        );
        let ann = |title: &str| format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,{title},,\n");
        push(&world, &ann("CTO"));
        let first = became(&world, "ann@acme.com", "created");
        world.admin(
            "DELETE",
            &format!("records/persons/{}", first["id"]),
            &Value::Null,
        );
        let (status, summary) = push(&world, &ann("CEO"));
        assert_eq!((status, &summary["created"]), (0, &json!(1)), "{summary}");
        let second = became(&world, "ann@acme.com", "created");
        assert_ne!(second["id"], first["id"]);
        assert_eq!(
            (&second["job_title"], &second["org_id"]),
            (&json!("CEO"), &first["org_id"])
        );
        assert_eq!(world.stats()["organizations"], json!(1));
        writes_nothing_again(&world, 1);
    }
}

#[test]
fn an_organization_deleted_behind_our_back_is_made_anew() {
    let world = connected(&[]);
    push(
        &world,
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO,,\n"),
    );
    let first = became(&world, "ann@acme.com", "created")["org_id"].clone();
    world.admin(
        "DELETE",
        &format!("records/organizations/{first}"),
        &Value::Null,
    );
    let people = format!(
        "{HEAD}Bo,Li,bo@acme.com,Acme,acme.com,CEO,,\nCy,Oak,cy@acme.com,Acme,acme.com,CEO,,\n"
    );
    let (status, summary) = push(&world, &people);
    assert_eq!((status, &summary["created"]), (0, &json!(2)), "{summary}");
    let bo = became(&world, "bo@acme.com", "created");
    let cy = became(&world, "cy@acme.com", "created");
    assert_ne!(bo["org_id"], first);
    assert_eq!(bo["org_id"], cy["org_id"]);
    assert_eq!(world.stats()["organizations"], json!(1));
    // Whoever was there before comes along with the next word on them.
    push(
        &world,
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,COO,,\n"),
    );
    assert_eq!(
        became(&world, "ann@acme.com", "updated")["org_id"],
        bo["org_id"]
    );
}

#[test]
fn a_person_merged_into_another_is_that_one() {
    let world = connected(&[]);
    let winner = person(&world, "Ann Lee", &["ann@home.example"], None);
    push(
        &world,
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,,,\n"),
    );
    let loser = became(&world, "ann@acme.com", "created")["id"].clone();
    world.admin(
        "POST",
        "merge",
        &json!({"kind": "persons", "winner": winner, "losers": [loser]}),
    );
    push(
        &world,
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CEO,,\n"),
    );
    let person = became(&world, "ann@acme.com", "updated");
    assert_eq!(
        (&person["id"], &person["job_title"]),
        (&json!(winner), &json!("CEO")),
        "{person}"
    );
    assert_eq!(world.stats()["persons"], json!(1));
}

#[test]
fn own_fields_are_shown_by_name_and_options_are_sent_by_id() {
    let world = connected(&[]);
    let field = |name: &str, kind: &str, options: Value| {
        let body = json!({"name": name, "type": kind, "options": options});
        let made = world.admin("POST", "fields/persons", &body);
        let code = made["field_code"].as_str().unwrap().to_owned();
        let options = made["options"].as_array().cloned().unwrap_or_default();
        let ids: Vec<Value> = options.iter().map(|option| option["id"].clone()).collect();
        (code, ids)
    };
    let (interest, interests) = field("Interest", "enum", json!(["Demo", "Offer"]));
    let (tags, tag_ids) = field("Tags", "set", json!(["Red", "Green", "Blue"]));
    let (budget, _) = field("Budget", "monetary", Value::Null);
    for (constant, name) in [
        ("offer", "interest"),
        ("Red; Blue", &tags),
        ("1200 EUR", "Budget"),
    ] {
        world
            .run(&[
                "mapping",
                "set",
                "--constant",
                constant,
                name,
                "--object",
                "person",
            ])
            .ends(0);
    }
    let mut seen = world;
    seen.set("MOBLY_SYNC_FORCE_TTY", "80");
    let list = seen.run(&["mapping", "list"]).ends(0).out;
    for name in ["Interest", "Tags", "Budget", "\"Offer\"", "\"Red; Blue\""] {
        assert!(list.contains(name), "{list}");
    }
    assert!(!list.contains(&interest), "{list}");
    seen.unset("MOBLY_SYNC_FORCE_TTY");
    let world = seen;
    let row = &world.json(&["mapping", "list", "--object", "person"])["objects"][0]["rows"];
    assert!(row.to_string().contains(&interest), "{row}");
    let (status, summary) = push(
        &world,
        &format!("{HEAD}Ann,Lee,ann@acme.com,Acme,acme.com,CTO,,\n"),
    );
    assert_eq!(status, 0, "{summary}");
    let own = became(&world, "ann@acme.com", "created")["custom_fields"].clone();
    assert_eq!(own[&interest], interests[1], "{own}");
    assert_eq!(own[&tags], json!([tag_ids[0], tag_ids[2]]), "{own}");
    assert_eq!(
        own[&budget],
        json!({"value": 1200, "currency": "EUR"}),
        "{own}"
    );
    writes_nothing_again(&world, 1);
    // A slip is told with the command that was meant, in the words people know the field by.
    let fix = |arguments: &[&str]| {
        let said = world.run(&[arguments, &["--json"]].concat()).ends(1);
        said.json()["error"]["fix"].clone()
    };
    assert_eq!(
        fix(&["mapping", "set", "--constant", "9 EUR", "Budgett"]),
        "mobly-sync mapping set Budget --constant \"9 EUR\""
    );
    assert_eq!(
        fix(&["mapping", "unset", "Budgett"]),
        "mobly-sync mapping unset Budget"
    );
    world.run(&["mapping", "unset", "Budget"]).ends(0);
    let rows = world
        .json(&["mapping", "list", "--object", "person"])
        .to_string();
    assert!(
        !rows.contains(&budget) && rows.contains(&interest),
        "{rows}"
    );
}
