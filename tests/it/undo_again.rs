//! Undoing once more: nobody is made again beside somebody, two leads of one person are one record, and the source of a lead
//! is told what became of its record.

use std::collections::BTreeMap;

use mobly_sync::domain::ids::LeadId;
use mobly_sync::store::LeadEdit;
use serde_json::{Value, json};

use crate::support::World;
use crate::support::connected::import;
use crate::support::mobly::Mobly;
use crate::support::undoing::{BOB, HEAD, colleagues, counts, held, persons, states, take_back};
use crate::support::words::WORDS;

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_made_again_beside_a_record_of_the_same_address() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        show.import(&format!("{HEAD}{BOB}"));
        let pushed = show.push(|_| {}).await;
        let ours = persons(&show, "bob@beta.com").await;
        let undone = take_back(&show, pushed.run, |_| {}).await;
        assert_eq!(persons(&show, "bob@beta.com").await, [], "{words:?}");
        // Somebody enters the person by hand meanwhile.
        colleagues(words, &show, "bob@beta.com", "Ray", None).await;
        let theirs = persons(&show, "bob@beta.com").await;
        let again = take_back(&show, undone.run.unwrap(), |_| {}).await;
        let why = again.left.iter().find(|left| left.id == ours[0].0);
        let why = why.unwrap_or_else(|| panic!("{words:?}: {again:?}"));
        assert!(why.why.contains("nobody is made twice"), "{why:?}");
        assert_eq!(persons(&show, "bob@beta.com").await, theirs, "{words:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_come_back_under_their_own_ids_are_not_called_new() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        show.import(&format!("{HEAD}{BOB}"));
        let pushed = show.push(|_| {}).await;
        let before = persons(&show, "bob@beta.com").await;
        let undone = take_back(&show, pushed.run, |_| {}).await;
        assert_eq!(undone.renamed, Some(0), "{words:?}");
        let again = take_back(&show, undone.run.unwrap(), |_| {}).await;
        let after = persons(&show, "bob@beta.com").await;
        assert_eq!(after.len(), 1, "{words:?}");
        let is_same = before[0].0 == after[0].0;
        assert_eq!(is_same, words.vendor == "pardot", "{words:?}");
        let persons_renamed = u64::from(!is_same);
        assert!(
            again.remade >= 1 && again.renamed >= Some(persons_renamed),
            "{words:?}: {again:?}"
        );
        if is_same {
            assert_eq!(again.renamed, Some(0), "{words:?}");
        }
    }
}

/// One person twice, each with something that the other lacks.
const TWICE: &str = "First Name,Last Name,Email,Company,Website,Job Title,Phone\n\
    Ann,Lee,ann@acme.com,Acme,acme.com,CTO,\n\
    Ann,Lee,ann.lee@acme.com,Acme,acme.com,,+49 30 1234567\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_record_made_for_one_lead_and_changed_for_another_goes_as_one() {
    for words in WORDS {
        let show = words.show(|_| {}).await;
        let before = counts(words, &show);
        show.import(TWICE);
        let edit = LeadEdit {
            fields: BTreeMap::from([("email".to_owned(), "ann@acme.com".to_owned())]),
            ..LeadEdit::default()
        };
        let now = show.clock.now();
        let edited = show.store().edit_leads(&[LeadId(2)], &edit, false, now);
        assert_eq!(edited.unwrap().changed.len(), 1);
        let pushed = show.push(|_| {}).await;
        assert_eq!(pushed.cleared, 2, "{words:?}: {pushed:?}");
        let both = persons(&show, "ann@acme.com").await;
        assert_eq!(both.len(), 1, "{words:?}");
        let changes = show.store().changes_of(pushed.run).unwrap();
        let of_ann = changes.iter().filter(|one| one.remote_id == both[0].0);
        assert!(of_ann.count() >= 2, "{words:?}: {changes:?}");

        let undone = take_back(&show, pushed.run, |_| {}).await;
        assert_eq!(persons(&show, "ann@acme.com").await, [], "{words:?}");
        assert_eq!(undone.left, [], "{words:?}");
        assert_eq!(counts(words, &show), before, "{words:?}");
        assert_eq!(states(&show), [held(), held()], "{words:?}");

        // As it was when it went; and the first run can be taken back once more.
        let again = take_back(&show, undone.run.unwrap(), |_| {}).await;
        assert_eq!(again.left, [], "{words:?}");
        let back = persons(&show, "ann@acme.com").await;
        assert_eq!(back.len(), 1, "{words:?}");
        assert_eq!(back[0].1, both[0].1, "{words:?}");
        let third = take_back(&show, pushed.run, |_| {}).await;
        assert_eq!(third.left, [], "{words:?}");
        assert_eq!(persons(&show, "ann@acme.com").await, [], "{words:?}");
        let changes = show.store().changes_of(pushed.run).unwrap();
        assert!(
            changes.iter().all(|change| change.undone_by.is_some()),
            "{words:?}: {changes:?}"
        );
    }
}

#[test]
fn what_the_undo_of_a_field_changed_keeps_no_record_there() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    import(&world, "Show", &format!("{HEAD}{BOB}"));
    let run = world.json(&["sync-event", "Show"])["run"].to_string();
    let title = world.json(&["undo", &run, "--field", "jobtitle", "--yes"]);
    assert_eq!(
        (&title["restored"], &title["removed"]),
        (&json!(1), &json!(0)),
        "{title}"
    );
    let rest = world.json(&["undo", &run, "--yes"]);
    assert_eq!(
        (&rest["removed"], &rest["left"]),
        (&json!(2), &json!([])),
        "{rest}"
    );
    assert_eq!(world.stats()["contacts"], 0);
    // It comes back as it went.
    let undo = rest["run"].to_string();
    world.run(&["undo", &undo, "--yes"]).ends(0);
    let back = world.admin("GET", "objects/contacts", &Value::Null)["results"][0].clone();
    assert_eq!(back["properties"]["email"], "bob@beta.com");
    assert!(
        back["properties"]["jobtitle"]
            .as_str()
            .unwrap_or_default()
            .is_empty()
    );
}

fn person(first: &str) -> Value {
    json!({"firstName": first, "lastName": "Lee", "email": format!("{}@acme.com", first.to_lowercase()), "isEnriched": true,
        "company": {"name": "Acme"}})
}

/// HubSpot's ids as Mobly has them, one list a lead.
fn known_to(mobly: &Mobly) -> Vec<Vec<String>> {
    let leads = mobly.leads();
    let ids = leads.iter().map(|lead| {
        let ids = lead["remoteIds"].as_array().unwrap().iter();
        let ids = ids.filter(|id| id["integrationType"] == "HUB_SPOT");
        ids.map(|id| id["id"].as_str().unwrap().to_owned())
            .collect()
    });
    ids.collect()
}

/// The contacts of Mobly's leads as HubSpot has them, by the leads' order.
fn contacts(world: &World, mobly: &Mobly) -> Vec<Vec<String>> {
    let there = world.admin("GET", "objects/contacts", &Value::Null);
    let there = there["results"].as_array().unwrap();
    let leads = mobly.leads();
    let ids = leads.iter().map(|lead| {
        let theirs = there
            .iter()
            .filter(|contact| contact["properties"]["email"] == lead["email"]);
        theirs
            .map(|contact| contact["id"].as_str().unwrap().to_owned())
            .collect()
    });
    ids.collect()
}

#[test]
fn mobly_forgets_what_is_undone_and_learns_what_is_made_again() {
    let mobly = Mobly::start();
    let world = World::with_hubspot();
    world.connect_and_map(&[]);
    mobly.connect(&world, &["--backlog", "push"]);
    mobly.lead(person("Ann"));
    mobly.lead(person("Bob"));
    let pulled = world.json(&["lead", "pull"]);
    assert_eq!(pulled["sync"]["cleared"], json!(2), "{pulled}");
    let first = known_to(&mobly);
    assert_eq!(first, contacts(&world, &mobly));
    let run = pulled["sync"]["run"].to_string();

    let undone = world.json(&["undo", &run, "--yes"]);
    assert!(undone["removed"].as_u64() >= Some(2), "{undone}");
    assert_eq!(known_to(&mobly), [Vec::<String>::new(), Vec::new()]);
    let doctor = world.run(&["doctor"]).out;
    assert!(doctor.contains("told every record"), "{doctor}");
    assert!(doctor.contains("2 of them were undone"), "{doctor}");
    let log = world.json(&["log", "ann@acme.com"]);
    assert_eq!(
        (&log["write_back"]["remote_id"], &log["write_back"]["told"]),
        (&Value::Null, &json!(true)),
        "{log}"
    );

    let undo = undone["run"].to_string();
    world.run(&["undo", &undo, "--yes"]).ends(0);
    let second = known_to(&mobly);
    assert_eq!(second, contacts(&world, &mobly));
    assert!(second.iter().zip(&first).all(|(new, old)| new != old));
    // Told, and not once more.
    let patches = mobly.stat("patches");
    world.json(&["sync"]);
    world.json(&["lead", "pull"]);
    assert_eq!(mobly.stat("patches"), patches);
}

#[test]
fn attendance_that_cannot_be_taken_back_is_not_read() {
    let world = World::with_hubspot();
    world.connect_and_map(&["--mode", "manual"]);
    let event = json!({"eventName": "Expo"});
    let event = world.admin("POST", "marketing-events", &event)["objectId"].clone();
    let event = event.as_str().unwrap();
    import(&world, "Expo", &format!("{HEAD}{BOB}"));
    world
        .run(&["campaign", "connect", "Expo", "--id", event])
        .ends(0);
    let run = world.json(&["sync-event", "Expo"])["run"].to_string();
    world.admin("POST", "stats/reset", &json!({}));
    let planned = world.json(&["undo", &run, "--dry-run"]);
    let why = planned["impossible"][0]["why"].to_string();
    assert!(why.contains("attendance"), "{planned}");
    let paths = world.stats()["by_path"].clone();
    let read = paths
        .as_object()
        .unwrap()
        .keys()
        .filter(|path| path.contains("marketing"));
    assert_eq!(read.collect::<Vec<_>>(), Vec::<&String>::new());
}
