//! `verify`: what is read back, whose doing a difference is, and how what is lost comes back.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::salesforce::{self, push, record, seed};
use crate::support::{CANARY, World, assert_document, connected};

const HEAD: &str = "First Name,Last Name,Email,Company,Website,Job Title\n";
const THREE: &str = "First Name,Last Name,Email,Company,Website,Job Title
Ann,Lee,ann@acme.com,Acme,acme.com,CTO
Bo,Li,bo@acme.com,Acme,acme.com,CEO
Cy,Ray,cy@beta.com,Beta,beta.com,CFO
";
const VERIFY: [&str; 4] = ["verify", "--event", "Expo", "--json"];

/// HubSpot with three people of the event Expo, there.
fn hubspot() -> World {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    connected::import(&world, "Expo", THREE);
    world.run(&["sync-event", "Expo"]).ends(0);
    world
}

/// What a colleague does in HubSpot.
#[track_caller]
fn colleague(world: &World, method: Method, path: &str, body: &Value) {
    mobly_sync::transport::install_tls_provider();
    let url = format!("{}/crm/objects/2026-03/contacts{path}", world.base_url());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let answer = runtime.block_on(async {
        let client = reqwest::Client::new();
        let request = client.request(method, url).bearer_auth(CANARY);
        request.json(body).send().await.unwrap()
    });
    assert!(answer.status().is_success(), "{answer:?}");
}

fn id_of(world: &World, email: &str) -> String {
    let open = world.json(&["open", email]);
    open["record"].as_str().unwrap().to_owned()
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
fn field<'a>(found: &'a Value, remote: &str) -> &'a Value {
    let leads = found["leads"].as_array().unwrap().iter();
    leads
        .flat_map(|lead| lead["fields"].as_array().unwrap())
        .find(|field| field["remote"] == remote)
        .unwrap_or_else(|| panic!("no {remote}: {found}"))
}

#[test]
fn what_is_as_it_was_written_is_told_on_the_board_and_in_history() {
    let world = hubspot();
    let found = world.run(&VERIFY).ends(0).json();
    assert_document(&found);
    assert_eq!(counts(&found), [3, 3, 0, 0, 0, 0], "{found}");
    assert_eq!(found["leads"], json!([]));
    assert_eq!(found["integration"], "hubspot");
    // Of two objects each the fields, their rules and the records: three people in one request, two companies in another.
    assert_eq!(found["requests"], 6, "{found}");

    let mut shown = world.command();
    shown.env("MOBLY_SYNC_FORCE_TTY", "80");
    let board = shown
        .args(["reconcile", "--event", "Expo", "--color", "never"])
        .output()
        .unwrap();
    let board = String::from_utf8(board.stdout).unwrap();
    let line = board
        .lines()
        .find(|line| line.starts_with("CLEARED"))
        .unwrap_or_else(|| panic!("{board}"));
    assert!(line.contains("3 found, 0 differ"), "{line}");
    // Of another scope nothing was read back.
    let whole = world.run(&["reconcile"]).ends(0);
    assert!(!whole.out.contains("read back"));

    let run = &world.json(&["history"])["runs"][0];
    assert_eq!(run["command"], "verify --event Expo");
    assert_eq!(
        (&run["counts"]["same"], &run["outcome"]),
        (&json!(3), &json!("done"))
    );
    let details = world.json(&["history", "show", &run["run"].to_string()]);
    assert_eq!(details["records"], json!({}), "nothing was written");
}

#[test]
fn a_colleague_may_change_what_is_theirs() {
    let world = hubspot();
    let ann = id_of(&world, "ann@acme.com");
    let change = json!({"properties": {"jobtitle": "Chief Everything"}});
    colleague(&world, Method::PATCH, &format!("/{ann}"), &change);
    let found = world.run(&VERIFY).ends(0).json();
    assert_eq!(counts(&found), [3, 2, 0, 0, 1, 0], "{found}");
    let lead = &found["leads"][0];
    assert_eq!(
        (&lead["record"], &lead["kind"]),
        (&json!(ann), &json!("changed-since"))
    );
    let title = field(&found, "jobtitle");
    assert_eq!(
        (&title["expected"], &title["found"], &title["kind"]),
        (
            &json!("CTO"),
            &json!("Chief Everything"),
            &json!("changed-since")
        )
    );
    assert!(
        title["at"].as_str().is_some_and(|at| at.ends_with('Z')),
        "{title}"
    );
}

#[test]
fn who_is_gone_is_missing_and_comes_back_by_the_command_that_is_told() {
    let world = hubspot();
    let ann = id_of(&world, "ann@acme.com");
    colleague(&world, Method::DELETE, &format!("/{ann}"), &Value::Null);
    let found = world.run(&VERIFY).ends(3).json();
    assert_eq!(counts(&found), [3, 2, 1, 0, 0, 0], "{found}");
    let lead = found["leads"][0]["id"].as_str().unwrap().to_owned();
    let gone = field(&found, "contact");
    assert_eq!(
        (&gone["expected"], &gone["found"]),
        (&json!(ann), &Value::Null)
    );

    let mut shown = world.command();
    shown.env("MOBLY_SYNC_FORCE_TTY", "80");
    let shown = shown
        .args(["verify", "--event", "Expo", "--color", "never"])
        .output()
        .unwrap();
    assert_eq!(shown.status.code(), Some(3));
    let screen = String::from_utf8(shown.stdout).unwrap();
    let again = ["reconcile", "--lead", &lead, "--retry", "--again"];
    assert!(screen.contains(&again.join(" ")), "{screen}");
    assert!(screen.contains("MISSING"), "{screen}");

    world.run(&again).ends(0);
    assert_ne!(id_of(&world, "ann@acme.com"), ann);
    let found = world.run(&VERIFY).ends(0).json();
    assert_eq!(counts(&found), [3, 3, 0, 0, 0, 0], "{found}");
}

#[test]
fn a_merged_person_is_told_with_the_record_that_stands_for_both() {
    let world = hubspot();
    let (ann, bo) = (id_of(&world, "ann@acme.com"), id_of(&world, "bo@acme.com"));
    let merge = json!({"primaryObjectId": bo, "objectIdToMerge": ann});
    colleague(&world, Method::POST, "/merge", &merge);
    let found = world.run(&VERIFY).ends(0).json();
    assert_eq!(found["merged"], 1, "{found}");
    let merged = field(&found, "contact");
    assert_eq!(
        (&merged["expected"], &merged["found"], &merged["kind"]),
        (&json!(ann), &json!(bo), &json!("merged"))
    );
}

#[test]
fn one_lead_or_a_few_are_read_back_without_a_word_on_the_board() {
    let world = hubspot();
    let one = world.json(&["verify", "--lead", "bo@acme.com"]);
    assert_eq!(counts(&one)[0], 1);
    let two = world.json(&["verify", "--limit", "2"]);
    assert_eq!(counts(&two)[0], 2);
    let board = world.run(&["reconcile", "--html", &world.file("x.html", "")]);
    let page = std::fs::read_to_string(world.folder().join("x.html")).unwrap();
    assert!(!page.contains("read back"), "{}", board.err);
    world.run(&["verify", "--limit", "0"]).ends(2);
}

#[test]
fn in_salesforce_it_is_told_who_changed_and_what_never_was_there() {
    let world = salesforce::connected(&["--strategy", "leads-only"]);
    push(&world, THREE);
    let (ann, bo) = (id_of(&world, "ann@acme.com"), id_of(&world, "bo@acme.com"));
    let found = world.run(&VERIFY).ends(0).json();
    assert_eq!(counts(&found), [3, 3, 0, 0, 0, 0], "{found}");

    let later = json!({"Title": "Chief", "LastModifiedDate": "2036-01-01T10:00:00.000+0000",
                       "LastModifiedById": "005000000000042AAA"});
    world.admin("POST", &format!("records/Lead/{ann}"), &later);
    // As a trigger would that swallows a value: the record was not touched since our write.
    world.admin(
        "POST",
        &format!("records/Lead/{bo}"),
        &json!({"Title": null}),
    );
    let found = world.run(&VERIFY).ends(3).json();
    assert_eq!(counts(&found), [3, 1, 0, 0, 1, 1], "{found}");
    let kinds: Vec<(&Value, &Value)> = found["leads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lead| (&lead["record"], &lead["kind"]))
        .collect();
    assert!(
        kinds.contains(&(&json!(ann), &json!("changed-since"))),
        "{found}"
    );
    assert!(
        kinds.contains(&(&json!(bo), &json!("not-written"))),
        "{found}"
    );
    let changed = found["leads"]
        .as_array()
        .unwrap()
        .iter()
        .find(|lead| lead["record"] == json!(ann))
        .unwrap();
    assert_eq!(changed["fields"][0]["by"], "005000000000042AAA");
    assert_eq!(changed["fields"][0]["at"], "2036-01-01T10:00:00Z");

    let piped = world.run(&["verify", "--event", "Expo"]).ends(3);
    let line = piped
        .out
        .lines()
        .find(|line| line.starts_with("not-written\t"))
        .unwrap_or_else(|| panic!("{}", piped.out));
    assert!(line.contains("\tTitle\tCEO\t"), "{line}");
    // Pushed again it is there.
    world
        .run(&["reconcile", "--lead", "bo@acme.com", "--retry", "--again"])
        .ends(0);
    assert_eq!(record(&world, "Lead", &bo)["Title"], "CEO");
    world.run(&VERIFY).ends(0);
}

#[test]
fn in_salesforce_deleted_merged_and_converted_are_told_apart() {
    let world = salesforce::connected(&["--strategy", "leads-only"]);
    push(&world, THREE);
    let [ann, bo, cy] =
        ["ann@acme.com", "bo@acme.com", "cy@beta.com"].map(|email| id_of(&world, email));
    world.admin("DELETE", &format!("records/Lead/{ann}"), &Value::Null);
    // The address of the winner is another, so only the loser's own word leads there.
    let winner = seed(
        &world,
        "Lead",
        json!({"FirstName": "Bo", "LastName": "Li", "Company": "Acme", "Email": "bo@private.example"}),
    );
    world.admin("POST", "merge", &json!({"winner": winner, "losers": [bo]}));
    let made = world.admin(
        "POST",
        "convert",
        &json!({"lead": cy, "account": null, "contact": null}),
    );
    let found = world.run(&VERIFY).ends(3).json();
    assert_eq!(counts(&found), [3, 0, 1, 2, 0, 0], "{found}");
    let other = |record: &str| {
        let mut leads = found["leads"].as_array().unwrap().iter();
        leads.find(|lead| lead["record"] == record).unwrap()["fields"][0]["found"].clone()
    };
    assert_eq!(other(&ann), Value::Null);
    assert_eq!(other(&bo), json!(winner));
    assert_eq!(other(&cy), made["contactId"]);
    world
        .run(&["reconcile", "--lead", "ann@acme.com", "--retry", "--again"])
        .ends(0);
    assert_ne!(id_of(&world, "ann@acme.com"), ann);
    assert_eq!(world.run(&VERIFY).ends(0).json()["missing"], 0);
}

#[test]
fn who_goes_by_another_name_there_is_counted() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let stone = json!({"inputs": [{"properties": {"firstname": "Bo", "lastname": "Stone", "email": "ann@acme.com"}}]});
    world.admin("POST", "objects/contacts", &stone);
    connected::import(
        &world,
        "Expo",
        &format!("{HEAD}Ann,Lee,ann@acme.com,,,CTO\n"),
    );
    world.run(&["sync-event", "Expo"]).ends(0);
    let found = world.run(&VERIFY).ends(0).json();
    assert_eq!(
        (counts(&found)[1], &found["other_name"]),
        (1, &json!(1)),
        "{found}"
    );
}

#[test]
fn what_cannot_be_asked_is_told_and_the_reading_before_stays() {
    let world = hubspot();
    world.run(&VERIFY).ends(0);
    world.admin("POST", "tokens/revoke", &json!({"token": CANARY}));
    let refused = world.run(&VERIFY).ends(4).json();
    assert_eq!(refused["error"]["code"], "needs_sign_in", "{refused}");
    let run = &world.json(&["history"])["runs"][0];
    assert_eq!(
        (&run["command"], &run["outcome"]),
        (&json!("verify --event Expo"), &json!("stopped"))
    );
    let board = world.run(&[
        "reconcile",
        "--event",
        "Expo",
        "--html",
        &world.file("b.html", ""),
    ]);
    let page = std::fs::read_to_string(world.folder().join("b.html")).unwrap();
    assert!(page.contains("3 found, 0 differ"), "{}", board.err);

    let nowhere = World::new();
    nowhere.run(&["verify"]).ends(4);
}
