//! Activities at each vendor that takes them, against its sandbox; and the commands that take them down.

use std::time::Duration;

use mobly_sync::domain::activity::ActivityKind;
use mobly_sync::domain::run::PushSummary;
use mobly_sync::sandbox::SandboxOptions;
use mobly_sync::store::activities::NewActivity;
use mobly_sync::store::{Channel, Lookup};
use mobly_sync::vendors::{ActivityDraft, ActivityQuery, Row, Verdict};
use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::{connected, import};
use crate::support::show::Show;

/// A vendor, where activities are written, and what its sandbox counts them as.
struct Place {
    vendor: &'static str,
    path: &'static str,
    stat: &'static str,
}

const PLACES: [Place; 3] = [
    Place {
        vendor: "hubspot",
        path: "notes/batch/create",
        stat: "notes",
    },
    Place {
        vendor: "salesforce",
        path: "composite/sobjects",
        stat: "tasks",
    },
    Place {
        vendor: "zoho",
        path: "v8/Notes",
        stat: "notes",
    },
];

const PEOPLE: &str = "First Name,Last Name,Email,Company,Notes\n\
    Ann,Lee,ann@acme.com,Acme,Wants a <demo>\n\
    Bob,Lee,bob@acme.com,Acme,\n";

impl Place {
    async fn show(&self, change: impl FnOnce(&mut SandboxOptions)) -> Show {
        let show = Show::of(self.vendor, change).await;
        set_activities(&show, true);
        show
    }

    fn count(&self, show: &Show) -> u64 {
        show.sandbox.stats()[self.stat].as_u64().unwrap()
    }
}

fn set_activities(show: &Show, on: bool) {
    let integration = show.integration();
    let mut settings = integration.settings;
    settings.activities = on;
    show.store()
        .save_settings(
            integration.id,
            &settings,
            &Default::default(),
            show.clock.now(),
        )
        .unwrap();
}

fn call(show: &Show, email: &str, text: &str) {
    let Lookup::Exact(lead) = show.store().find_lead(email).unwrap() else {
        panic!("no lead {email}");
    };
    let new = NewActivity {
        lead,
        kind: ActivityKind::Call,
        text: text.into(),
        at: "2026-11-17T09:30:00Z".parse().unwrap(),
        author: None,
        source: Channel::Manual,
    };
    show.store().add_activity(&new, show.clock.now()).unwrap();
}

async fn again(show: &Show) -> PushSummary {
    let change = |request: &mut mobly_sync::engine::PushRequest| {
        request.selection.cleared = true;
        request.again = true;
    };
    show.push(change).await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_activity_is_there_once_however_often_it_is_pushed() {
    for place in &PLACES {
        let show = place.show(|_| {}).await;
        show.import(PEOPLE);
        call(&show, "ann@acme.com", "Asked for a quote");
        call(&show, "bob@acme.com", "Not there");
        let summary = show.push(|_| {}).await;
        assert_eq!((summary.cleared, summary.failed), (2, 0), "{summary:?}");
        assert_eq!(place.count(&show), 3);
        assert_eq!(show.push(|_| {}).await.pushed, 0);
        assert_eq!(again(&show).await.unchanged, 2);
        call(&show, "bob@acme.com", "Called back");
        assert_eq!(show.push(|_| {}).await.updated, 1);
        assert_eq!(place.count(&show), 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_being_asked_for_none_is_sent() {
    for place in &PLACES {
        let show = place.show(|_| {}).await;
        set_activities(&show, false);
        show.import(PEOPLE);
        call(&show, "ann@acme.com", "Asked for a quote");
        assert_eq!(show.push(|_| {}).await.cleared, 2);
        assert_eq!(place.count(&show), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lost_before_or_after_the_vendor_wrote_doubles_nothing() {
    let kinds = ["drop-before", "drop-after", "504", "truncate", "partial"];
    for (place, kind) in PLACES
        .iter()
        .flat_map(|place| kinds.map(|kind| (place, kind)))
    {
        let fault = format!("{kind}=0.5@{}", place.path);
        let show = place.show(|options| {
            options.faults = vec![fault.parse().unwrap()];
            options.seed = 7;
        });
        let show = show.await;
        show.import(PEOPLE);
        let mut noted = 1;
        for round in 0..4 {
            call(&show, "ann@acme.com", &format!("Call {round}"));
            call(&show, "bob@acme.com", "The same each time");
            noted += 2;
            let mut cleared = false;
            for _ in 0..20 {
                let summary = show.push(|request| request.selection.failed = true).await;
                cleared = summary.failed == 0 && summary.waiting == 0;
                if cleared {
                    break;
                }
            }
            assert!(cleared, "{} {kind}", place.vendor);
            assert_eq!(place.count(&show), noted, "{} {kind}", place.vendor);
        }
        let struck = show.sandbox.stats()["faults"][kind].as_u64();
        assert!(struck > Some(0), "{} {kind} never struck", place.vendor);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_batch_is_taken_apart_and_only_its_leads_fail() {
    let show = PLACES[0].show(|_| {}).await;
    let rule = json!({
        "propertyName": "hs_note_body", "ruleType": "MAX_LENGTH", "ruleArguments": ["60"],
    });
    show.sandbox.admin("POST", "rules/notes", &rule);
    show.import(PEOPLE);
    call(&show, "ann@acme.com", &"too long ".repeat(10));
    call(&show, "bob@acme.com", "Short");
    let summary = show.push(|_| {}).await;
    assert_eq!((summary.cleared, summary.failed), (1, 1), "{summary:?}");
    assert_eq!(summary.failed_there, 1, "the person has landed");
    assert_eq!(PLACES[0].count(&show), 2, "Ann's other one is there");
    show.sandbox.admin("DELETE", "rules/notes", &Value::Null);
    let retry = show.push(|request| request.selection.failed = true).await;
    assert_eq!((retry.cleared, retry.failed), (1, 0));
    assert_eq!(PLACES[0].count(&show), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_org_refuses_fails_its_leads_and_locks_pass() {
    let place = &PLACES[1];
    let show = place.show(|_| {}).await;
    let admin = |path: &str, body: Value| {
        let (status, answer) = show.sandbox.admin("POST", path, &body);
        assert!(status < 300, "{path}: {answer}");
    };
    show.import(PEOPLE);
    show.push(|_| {}).await;
    let rule = json!({"object": "Task", "when": "Subject = 'Call'", "message": "No calls here"});
    admin("validation_rules", rule);
    call(&show, "ann@acme.com", "Asked for a quote");
    show.import("First Name,Last Name,Email,Company,Notes\nBob,Lee,bob@acme.com,Acme,Fine\n");
    let summary = show.push(|_| {}).await;
    assert_eq!(
        (summary.cleared, summary.failed_there),
        (1, 1),
        "{summary:?}"
    );
    assert_eq!(summary.by_category["VALIDATION_RULE"], 1);
    assert_eq!(place.count(&show), 2);
    show.sandbox
        .admin("DELETE", "validation_rules", &Value::Null);
    // A trigger that takes one row at a time refuses the others' request as a whole.
    admin(
        "triggers",
        json!({"object": "Task", "larger_than": 1, "message": "too many"}),
    );
    call(&show, "bob@acme.com", "Again");
    let retry = |request: &mut mobly_sync::engine::PushRequest| request.selection.failed = true;
    assert_eq!(show.push(retry).await.cleared, 2);
    assert_eq!(place.count(&show), 4);
    admin("triggers", json!({"object": "Task", "larger_than": null}));
    admin("locks", json!({"parent": "*", "writes": 1}));
    call(&show, "bob@acme.com", "And again");
    assert_eq!(show.push(retry).await.cleared, 1);
    assert_eq!(place.count(&show), 5);
    // Nobody may see tasks any more: the person has landed all the same.
    admin("objects/hide", json!({"object": "Task"}));
    call(&show, "bob@acme.com", "Unheard");
    let summary = show.push(retry).await;
    assert_eq!(
        (summary.failed, summary.failed_there),
        (1, 1),
        "{summary:?}"
    );
    admin("objects/show", json!({"object": "Task"}));
    assert_eq!(show.push(retry).await.cleared, 1);
    assert_eq!(place.count(&show), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_activity_of_somebody_who_is_gone_stops_no_other() {
    for place in &PLACES {
        let show = place.show(|_| {}).await;
        show.import(PEOPLE);
        show.push(|_| {}).await;
        let before = place.count(&show);
        let Lookup::Exact(lead) = show.store().find_lead("bob@acme.com").unwrap() else {
            panic!("no Bob");
        };
        let account = show.integration().account.unwrap().id;
        let links = show.store().remote_links(account, lead).unwrap();
        let (vendor, _) = show.vendor();
        let info = vendor.info().activities.unwrap();
        let object = vendor.plan().create_person;
        let bob = links.iter().find(|link| link.object == object).unwrap();
        let gone = match place.vendor {
            "salesforce" => "00Q000000000999",
            _ => "999999",
        };
        let draft = |person: &str, marker: &str| ActivityDraft {
            object,
            person: person.into(),
            kind: ActivityKind::Note,
            text: "Hello".into(),
            at: show.clock.now(),
            day: "2026-11-17".parse().unwrap(),
            marker: marker.into(),
        };
        let drafts = [
            draft(gone, "mobly-sync aaaaaaaa"),
            draft(&bob.remote_id, "mobly-sync bbbbbbbb"),
        ];
        let rows: Vec<Row> = drafts
            .iter()
            .map(|draft| vendor.activity(draft).unwrap())
            .collect();
        let answer = vendor.write(info.object, &rows).await.unwrap();
        let verdict = |draft: &ActivityDraft| {
            let mut rows = answer.rows.iter();
            let row = rows.find(|row| row.trace == draft.marker).unwrap();
            row.verdict.clone()
        };
        assert_eq!(verdict(&drafts[0]), Verdict::LinkGone, "{}", place.vendor);
        let Verdict::Done { id, .. } = verdict(&drafts[1]) else {
            panic!("{}: Bob's is not there", place.vendor);
        };
        assert_eq!(place.count(&show), before + 1);
        // Found by its marker, and only among its person's own.
        let asked = |person: &str, marker: &str| ActivityQuery {
            object,
            person: person.into(),
            marker: marker.into(),
        };
        let asked = [
            asked(&bob.remote_id, "mobly-sync cccccccc"),
            asked(&bob.remote_id, "mobly-sync bbbbbbbb"),
            asked(gone, "mobly-sync bbbbbbbb"),
        ];
        let since = show.clock.now() - jiff::SignedDuration::from_hours(1);
        let found = vendor.find_activities(&asked, since).await.unwrap();
        assert_eq!(found, [None, Some(id), None], "{}", place.vendor);
    }
}

/// What a sandbox holds of one kind.
fn records(world: &World, path: &str, list: &str) -> Vec<Value> {
    let all = world.admin("GET", path, &Value::Null);
    all[list].as_array().unwrap().clone()
}

#[test]
fn a_call_is_taken_down_sent_at_once_and_shown() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--activities"]);
    import(&world, "Expo", PEOPLE);
    world.run(&["sync"]).ends(0);
    let said = world.json(&[
        "lead",
        "note",
        "ann@acme.com",
        "Asked for a quote",
        "--type",
        "call",
        "--at",
        "2026-11-17T09:30:00Z",
    ]);
    assert_eq!(said["sync"]["updated"], 1, "{said}");
    let activity = &said["activity"];
    assert_eq!(
        (&activity["type"], &activity["author"]),
        (&json!("call"), &json!("ann"))
    );
    let marker = format!("mobly-sync {}", activity["id"].as_str().unwrap());
    let notes = records(&world, "objects/notes", "results");
    assert_eq!(notes.len(), 2, "the notes column is one too");
    let sent = notes
        .iter()
        .find(|note| note["id"] == activity["sent"][0]["record"])
        .unwrap();
    let properties = &sent["properties"];
    assert_eq!(
        properties["hs_note_body"],
        format!("<strong>Call</strong><br>Asked for a quote<br><br>{marker}")
    );
    assert!(
        properties["hs_timestamp"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-17T09:30")
    );
    let links = world.admin("GET", "associations", &Value::Null).to_string();
    assert!(links.contains(sent["id"].as_str().unwrap()), "{links}");

    let lead = world.json(&["lead", "show", "ann@acme.com"]);
    assert_eq!(lead["lead"]["activities"].as_array().unwrap().len(), 2);
    let screen = world.run(&["lead", "show", "ann@acme.com"]).ends(0).out;
    assert!(screen.contains("Asked for a quote"), "{screen}");
    let log = world.json(&["log", "ann@acme.com", "--all"]);
    let phases = log["attempts"][0]["phases"].as_array().unwrap();
    let phase = phases.last().unwrap();
    assert_eq!(
        (&phase["name"], &phase["action"]),
        (&json!("activity"), &json!("create"))
    );
    assert_eq!(phase["remote_id"], sent["id"]);
}

#[test]
fn a_task_says_who_what_and_when() {
    let world = World::with_sandbox(SandboxOptions {
        rate: mobly_sync::sandbox::RateMode::Off,
        search_lag: Duration::ZERO,
        tokens: vec![crate::support::CANARY.to_owned()],
        ..SandboxOptions::new("salesforce")
    });
    let url = world.base_url();
    let arguments = [
        "connect",
        "salesforce",
        "--token-stdin",
        "--base-url",
        &url,
        "--activities",
        "--json",
    ];
    let connected = world
        .run_with_input(&arguments, &format!("{}\n", crate::support::CANARY))
        .ends(0)
        .json();
    let held = connected["scopes"]["held"].to_string();
    assert!(held.contains("Task: read, create"), "{connected}");
    world.run(&["mapping", "defaults"]).ends(0);
    import(&world, "Expo", PEOPLE);
    world.run(&["sync"]).ends(0);
    let text = "Asked for a quote\nby Friday";
    let note = [
        "lead",
        "note",
        "bob@acme.com",
        "-",
        "--type",
        "meeting",
        "--json",
    ];
    let said = world.run_with_input(&note, text).ends(0).json();
    let marker = said["activity"]["id"].as_str().unwrap();
    let tasks = records(&world, "records/Task", "records");
    assert_eq!(tasks.len(), 2);
    let task = tasks
        .iter()
        .find(|task| task["Subject"] == "Meeting")
        .unwrap();
    assert_eq!(
        task["Description"],
        format!("{text}\n\nmobly-sync {marker}")
    );
    assert_eq!(task["Status"], "Completed");
    let lead = world.json(&["lead", "show", "bob@acme.com"]);
    assert_eq!(
        task["WhoId"],
        lead["lead"]["integrations"][0]["records"][0]["id"]
    );
}

#[test]
fn a_note_of_a_zoho_lead_says_who_what_and_when() {
    let world = crate::support::zoho::connected(&["--activities"]);
    import(&world, "Expo", PEOPLE);
    world.run(&["sync-event", "Expo"]).ends(0);
    let note = ["lead", "note", "bob@acme.com", "-", "--type", "meeting"];
    let note = [&note[..], &["--at", "2026-11-17T09:30:00Z", "--json"]].concat();
    let said = world
        .run_with_input(&note, "Asked for a quote\nby Friday")
        .ends(0)
        .json();
    let summary = world.run(&["sync-event", "Expo", "--json"]).ends(0).json();
    assert_eq!(summary["updated"], 1, "{summary}");
    let marker = said["activity"]["id"].as_str().unwrap();
    let notes = records(&world, "records/Notes", "records");
    assert_eq!(notes.len(), 2);
    let made = notes
        .iter()
        .find(|note| note["Note_Title"] == "Meeting")
        .unwrap();
    assert_eq!(
        made["Note_Content"],
        format!("Asked for a quote\nby Friday\n\n2026-11-17\nmobly-sync {marker}")
    );
    let lead = world.json(&["lead", "show", "bob@acme.com"]);
    assert_eq!(
        made["Parent_Id"]["id"],
        lead["lead"]["integrations"][0]["records"][0]["id"]
    );
    // Nobody is noted twice.
    world.run(&["sync-event", "Expo", "--again"]).ends(0);
    assert_eq!(world.stats()["duplicate_notes"], json!(0));
}

#[test]
fn a_connection_sends_activities_only_while_it_is_told_to() {
    let world = connected();
    world.run(&["mapping", "defaults"]).ends(0);
    import(&world, "Expo", PEOPLE);
    let said = world
        .run(&["lead", "note", "ann@acme.com", "Signed"])
        .ends(0);
    assert!(said.err.contains("--set --activities"), "{}", said.err);
    assert_eq!(world.stats()["notes"], 0);
    world
        .run(&["connect", "hubspot", "--set", "--activities"])
        .ends(0);
    world.run(&["sync", "--again"]).ends(0);
    assert_eq!(world.stats()["notes"], 2);
    let back = world.json(&["connect", "hubspot", "--set", "--activities=false"]);
    assert_eq!(back["changed"], true);
    world.run(&["lead", "note", "ann@acme.com", "More"]).ends(0);
    assert_eq!(world.stats()["notes"], 2);
    // What cannot be sent, or should never have been, is forgotten here.
    let shown = world.json(&["lead", "show", "ann@acme.com"]);
    let id = shown["lead"]["activities"][2]["id"].as_str().unwrap();
    world
        .run(&["lead", "note", "ann@acme.com", "--remove", id])
        .ends(0);
    world
        .run(&["lead", "note", "ann@acme.com", "--remove", id])
        .ends(1);
    let shown = world.json(&["lead", "show", "ann@acme.com"]);
    assert_eq!(shown["lead"]["activities"].as_array().unwrap().len(), 2);
    world.run(&["lead", "note", "ann@acme.com"]).ends(2);
    let empty = world.run(&["lead", "note", "ann@acme.com", "  "]).ends(2);
    assert!(empty.err.contains("empty"), "{}", empty.err);
}
