//! `verify` at the vendors beside HubSpot and Salesforce: what is missing, merged, changed since by somebody else, and what
//! never was written, each told as what it is; and the commands that bring back what is lost.

use mobly_sync::sandbox::SandboxOptions;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::{World, browser, connected, marketo, pardot, pipedrive, zoho};

const VERIFY: [&str; 4] = ["verify", "--event", "Expo", "--json"];
const PEOPLE: &str = "First Name,Last Name,Email,Company,Website,Job Title
Ann,Lee,ann@acme.com,Acme,acme.com,CTO
Bo,Li,bo@beta.com,Beta,beta.com,CEO
Cy,Ray,cy@gamma.com,Gamma,gamma.com,CFO
Di,Oak,di@delta.com,Delta,delta.com,COO
";

/// A colleague at Zoho.
const EVE: &str = "724445000000000042";

/// A vendor as these tests meet it.
struct Place {
    name: &'static str,
    world: fn() -> World,
    /// The control path of persons.
    persons: &'static str,
    title: &'static str,
    /// Puts a person of this address there and tells its id.
    seed: fn(&World, &str) -> String,
    /// What the control path that merges takes.
    merge: fn(&str, &str) -> Value,
    /// Whether changing a record through the control path counts as a change.
    touches: bool,
}

fn number(id: &str) -> u64 {
    id.parse().unwrap()
}

const PLACES: &[Place] = &[
    Place {
        name: "pipedrive",
        world: || pipedrive::connected(&[]),
        persons: "records/persons",
        title: "job_title",
        seed: |world, email| pipedrive::person(world, "Bo Li", &[email], None).to_string(),
        merge: |winner, loser| json!({"kind": "persons", "winner": number(winner), "losers": [number(loser)]}),
        touches: true,
    },
    Place {
        name: "zoho",
        world: || zoho::connected(&[]),
        persons: "records/Leads",
        title: "Designation",
        seed: |world, email| {
            let lead = json!({"Last_Name": "Li", "Company": "Beta", "Email": email});
            crate::support::salesforce::seed(world, "Leads", lead)
        },
        merge: |winner, loser| json!({"module": "Leads", "winner": winner, "losers": [loser]}),
        touches: false,
    },
    Place {
        name: "marketo",
        world: || marketo_world(&[]),
        persons: "records/leads",
        title: "title",
        seed: |world, email| {
            marketo::seed(world, "leads", json!({"email": email, "lastName": "Li"}))
        },
        merge: |winner, loser| json!({"winner": number(winner), "losers": [number(loser)]}),
        touches: true,
    },
    Place {
        name: "marketo with companies",
        world: || marketo_world(&["--companies"]),
        persons: "records/leads",
        title: "title",
        seed: |world, email| {
            marketo::seed(world, "leads", json!({"email": email, "lastName": "Li"}))
        },
        merge: |winner, loser| json!({"winner": number(winner), "losers": [number(loser)]}),
        touches: true,
    },
    Place {
        name: "pardot",
        world: pardot_world,
        persons: "prospects",
        title: "jobTitle",
        seed: |world, email| pardot::seed(world, json!({"email": email, "lastName": "Li"})),
        merge: |winner, loser| json!({"winner": number(winner), "losers": [number(loser)]}),
        touches: true,
    },
];

/// An instance whose clock is ours.
fn marketo_world(options: &[&str]) -> World {
    let world = World::with_sandbox(marketo::instance());
    marketo::sign_in(&world, options);
    world.run(&["mapping", "defaults"]).ends(0);
    world
}

/// A unit whose clock is ours.
fn pardot_world() -> World {
    let mut world = World::with_sandbox(SandboxOptions {
        time_factor: 1.0,
        ..pardot::unit()
    });
    browser::sign_in(&mut world, "pardot", &["--business-unit", pardot::UNIT]);
    world.run(&["mapping", "defaults"]).ends(0);
    world
}

impl Place {
    /// Four people, there; one push each, since several would be a job that takes its time at some vendors.
    fn pushed(&self) -> World {
        let world = (self.world)();
        connected::import(&world, "Expo", PEOPLE);
        for left in (0..4).rev() {
            let said = world.run(&["sync-event", "Expo", "--limit", "1"]);
            said.ends(if left > 0 { 6 } else { 0 });
        }
        world
    }

    fn record(&self, world: &World, id: &str) -> Value {
        let path = format!("{}/{id}", self.persons);
        world.admin("GET", &path, &Value::Null)
    }

    /// Sets the title behind the API's back. `later`: how long after our writing the record last changed.
    fn set_title(&self, world: &World, id: &str, title: &Value, later: i64) {
        let mut body = json!({ (self.title): title });
        if self.touches {
            // The record changes now, so our writing moves.
            wrote(world, id, -later);
        } else if later > 0 {
            body["Modified_Time"] = json!("2036-01-01T10:00:00+00:00");
            body["Modified_By"] = json!({"id": EVE, "name": "Eve Admin"});
        }
        world.admin("POST", &format!("{}/{id}", self.persons), &body);
    }
}

/// Moves our writing of a record by so many seconds.
fn wrote(world: &World, id: &str, seconds: i64) {
    let connection = Connection::open(world.database()).unwrap();
    let moved = connection
        .execute(
            "UPDATE record_changes SET at = at + ?1 WHERE remote_id = ?2",
            rusqlite::params![seconds * 1_000_000, id],
        )
        .unwrap();
    assert_eq!(moved, 1, "{id}");
}

/// The record of a lead, by what the file knows.
fn id_of(world: &World, email: &str) -> String {
    let connection = Connection::open(world.database()).unwrap();
    connection
        .query_row(
            "SELECT k.remote_id FROM remote_links k JOIN leads l ON l.id = k.lead_id WHERE l.email = ?1 AND k.role = 'persona'",
            [email],
            |row| row.get(0),
        )
        .unwrap()
}

fn counts(found: &Value) -> [u64; 6] {
    let keys = [
        "checked",
        "same",
        "missing",
        "merged",
        "changed_since",
        "not_written",
    ];
    keys.map(|key| found[key].as_u64().unwrap())
}

#[track_caller]
fn of_record<'a>(found: &'a Value, record: &str) -> &'a Value {
    let mut leads = found["leads"].as_array().unwrap().iter();
    leads
        .find(|lead| lead["record"] == record)
        .unwrap_or_else(|| panic!("no {record}: {found:#}"))
}

#[test]
fn in_pipedrive_the_four_kinds_are_told_apart() {
    the_four_kinds_are_told_apart_and_what_is_lost_comes_back(&PLACES[0]);
}

#[test]
fn in_zoho_the_four_kinds_are_told_apart() {
    the_four_kinds_are_told_apart_and_what_is_lost_comes_back(&PLACES[1]);
}

#[test]
fn in_marketo_the_four_kinds_are_told_apart() {
    the_four_kinds_are_told_apart_and_what_is_lost_comes_back(&PLACES[2]);
}

#[test]
fn in_marketo_with_companies_the_four_kinds_are_told_apart() {
    the_four_kinds_are_told_apart_and_what_is_lost_comes_back(&PLACES[3]);
}

#[test]
fn in_pardot_the_four_kinds_are_told_apart() {
    the_four_kinds_are_told_apart_and_what_is_lost_comes_back(&PLACES[4]);
}

fn the_four_kinds_are_told_apart_and_what_is_lost_comes_back(place: &Place) {
    let (name, world) = (place.name, place.pushed());
    let clean = world.run(&VERIFY);
    assert_eq!(clean.status, 0, "{name}: {}{}", clean.out, clean.err);
    assert_eq!(
        counts(&clean.json()),
        [4, 4, 0, 0, 0, 0],
        "{name}: {}",
        clean.out
    );

    let [ann, bo, cy, di] = [
        "ann@acme.com",
        "bo@beta.com",
        "cy@gamma.com",
        "di@delta.com",
    ]
    .map(|email| id_of(&world, email));
    world.admin("DELETE", &format!("{}/{ann}", place.persons), &Value::Null);
    let winner = (place.seed)(&world, "bo@beta.com");
    world.admin("POST", "merge", &(place.merge)(&winner, &bo));
    // As a rule there would that swallows a value.
    place.set_title(&world, &cy, &Value::Null, -3_600);
    place.set_title(&world, &di, &json!("Chief"), 3_600);

    let said = world.run(&VERIFY);
    assert_eq!(said.status, 3, "{name}: {}{}", said.out, said.err);
    let found = said.json();
    assert_eq!(counts(&found), [4, 0, 1, 1, 1, 1], "{name}: {found:#}");
    assert_eq!(of_record(&found, &ann)["kind"], "missing", "{name}");
    let merged = of_record(&found, &bo);
    assert_eq!(
        (&merged["kind"], &merged["fields"][0]["found"]),
        (&json!("merged"), &json!(winner)),
        "{name}: {merged}"
    );
    let swallowed = of_record(&found, &cy);
    assert_eq!(swallowed["kind"], "not-written", "{name}: {swallowed}");
    let field = &swallowed["fields"][0];
    assert_eq!(
        (&field["remote"], &field["expected"]),
        (&json!(place.title), &json!("CFO")),
        "{name}: {field}"
    );
    let changed = of_record(&found, &di);
    assert_eq!(changed["kind"], "changed-since", "{name}: {changed}");
    let field = &changed["fields"][0];
    assert_eq!(
        (&field["remote"], &field["found"]),
        (&json!(place.title), &json!("Chief")),
        "{name}: {field}"
    );
    assert!(field["at"].is_string(), "{name}: {field}");
    if !place.touches {
        assert_eq!(field["by"], EVE, "{name}: {field}");
    }

    // Of people who lost two leads the event's command brings back both.
    for email in ["ann@acme.com", "cy@gamma.com"] {
        let again = ["reconcile", "--lead", email, "--retry", "--again"];
        let said = world.run(&again);
        assert_eq!(said.status, 0, "{name}: {}{}", said.out, said.err);
    }
    let now = id_of(&world, "ann@acme.com");
    match place.name {
        // Out of the recycle bin, as the record it was.
        "pardot" => assert_eq!(
            (&now, &place.record(&world, &ann)["isDeleted"]),
            (&ann, &json!(false))
        ),
        _ => assert_ne!(now, ann, "{name}"),
    }
    assert_eq!(place.record(&world, &cy)[place.title], "CFO", "{name}");
    let found = world.run(&VERIFY);
    assert_eq!(found.status, 0, "{name}: {}{}", found.out, found.err);
    let found = found.json();
    assert_eq!(
        (&found["missing"], &found["not_written"]),
        (&json!(0), &json!(0)),
        "{name}: {found:#}"
    );
}

#[test]
fn a_company_that_is_gone_is_missing_and_comes_back() {
    for (place, path) in [
        (&PLACES[0], "records/organizations"),
        (&PLACES[3], "records/companies"),
    ] {
        let (name, world) = (place.name, place.pushed());
        let companies = world.admin("GET", path, &Value::Null);
        let acme = companies["records"]
            .as_array()
            .unwrap()
            .iter()
            .find(|company| company.to_string().contains("Acme"))
            .unwrap()["id"]
            .to_string();
        world.admin("DELETE", &format!("{path}/{acme}"), &Value::Null);
        let said = world.run(&VERIFY);
        assert_eq!(said.status, 3, "{name}: {}{}", said.out, said.err);
        let found = said.json();
        assert_eq!(found["missing"], 1, "{name}: {found:#}");
        let lead = of_record(&found, &id_of(&world, "ann@acme.com"));
        let lost = lead["fields"].as_array().unwrap().iter();
        let kinds: Vec<(&Value, &Value)> = lost
            .map(|field| (&field["remote"], &field["kind"]))
            .collect();
        assert!(
            kinds.iter().any(|(_, kind)| **kind == json!("missing")),
            "{name}: {kinds:?}"
        );
        let again = ["reconcile", "--lead", "ann@acme.com", "--retry", "--again"];
        let said = world.run(&again);
        assert_eq!(said.status, 0, "{name}: {}{}", said.out, said.err);
        let found = world.run(&VERIFY);
        assert_eq!(found.status, 0, "{name}: {}{}", found.out, found.err);
    }
}

/// Contacts that are customers already are read back as well as the leads we made.
#[test]
fn contacts_of_zoho_are_read_back_with_their_account() {
    let world = zoho::connected(&["--use-contacts"]);
    let contact = json!({"First_Name": "Ann", "Last_Name": "Lee", "Email": "ann@acme.com"});
    let contact = crate::support::salesforce::seed(&world, "Contacts", contact);
    connected::import(&world, "Expo", PEOPLE);
    world.run(&["sync-event", "Expo"]).ends(0);
    let found = world.run(&VERIFY).ends(0).json();
    assert_eq!(counts(&found), [4, 4, 0, 0, 0, 0], "{found:#}");
    let body = json!({"Title": "Chief", "Modified_Time": "2036-01-01T10:00:00+00:00"});
    world.admin("POST", &format!("records/Contacts/{contact}"), &body);
    let account = world.admin("GET", "records/Accounts", &Value::Null);
    let account = account["records"][0]["id"].as_str().unwrap().to_owned();
    let found = world.run(&VERIFY).ends(0).json();
    assert_eq!(counts(&found), [4, 3, 0, 0, 1, 0], "{found:#}");
    world.admin(
        "DELETE",
        &format!("records/Accounts/{account}"),
        &Value::Null,
    );
    let found = world.run(&VERIFY).ends(3).json();
    assert_eq!(found["missing"], 1, "{found:#}");
}

/// A vendor that is asked for people one by one tells pages of what changed: many are read back in a few requests.
#[test]
fn many_prospects_are_read_back_in_a_few_requests() {
    let world = pardot::connected();
    let people: String = (0..30)
        .map(|n| format!("Ann{n},Lee,ann{n}@firm{n}.example,Firm {n},,CTO\n"))
        .collect();
    let head = "First Name,Last Name,Email,Company,Website,Job Title\n";
    connected::import(&world, "Expo", &format!("{head}{people}"));
    world.run(&["sync-event", "Expo"]).ends(0);
    let clean = world.run(&VERIFY).ends(0).json();
    assert_eq!(counts(&clean), [30, 30, 0, 0, 0, 0], "{clean:#}");
    assert!(clean["requests"].as_u64().unwrap() < 10, "{clean:#}");
    let gone = id_of(&world, "ann7@firm7.example");
    world.admin("DELETE", &format!("prospects/{gone}"), &Value::Null);
    let (lost, winner) = (
        id_of(&world, "ann8@firm8.example"),
        pardot::seed(
            &world,
            json!({"email": "ann8@firm8.example", "lastName": "Lee"}),
        ),
    );
    let merge = json!({"winner": number(&winner), "losers": [number(&lost)]});
    world.admin("POST", "merge", &merge);
    let found = world.run(&VERIFY).ends(3).json();
    assert_eq!(counts(&found)[..4], [30, 28, 1, 1], "{found:#}");
    assert!(found["requests"].as_u64().unwrap() < 12, "{found:#}");
}
