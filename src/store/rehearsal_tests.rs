#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;
use crate::store::fixtures::{account, crm, event, lead, now, seed};
use crate::store::{NewRun, Waiting};

/// A file with three leads that wait.
fn file() -> (tempfile::TempDir, Store, AccountId) {
    let folder = tempfile::tempdir().unwrap();
    // A name that a URI would take apart.
    let mut store = Store::open(&folder.path().join("what? 100% #1.db")).unwrap();
    let integration = crm(&mut store);
    let expo = event(&store, "Expo");
    for name in ["Ana", "Bo", "Cy"] {
        lead(&store, name, "Li", &[expo]);
    }
    seed(&mut store, account(&integration));
    (folder, store, account(&integration))
}

fn all() -> PushSelection {
    PushSelection {
        waiting: Waiting::Named,
        ..PushSelection::default()
    }
}

fn read(key: &str) -> KeptRead {
    KeptRead {
        key: key.to_owned(),
        answer: json!([key]),
        call: serde_json::Value::Null,
    }
}

#[test]
fn a_rehearsal_takes_leads_in_its_own_place_alone_and_blocks_nobody() {
    let (_folder, mut store, account) = file();
    let mut place = store.rehearse(RunId(7), account, &all()).unwrap();
    let run = place.begin_run(&NewRun::default(), now()).unwrap();
    assert_eq!(run, RunId(7));
    let claim = place.open_claim(run, now()).unwrap();
    assert_eq!(place.select_for_push(account, &all(), now()).unwrap(), 3);
    let taken = place
        .claim_next(account, claim.id, &all(), 10, now())
        .unwrap();
    assert_eq!(taken.leads.len(), 3);
    // Meanwhile a push takes them all, in the file.
    let run = store.begin_run(&NewRun::default(), now()).unwrap();
    let claim = store.open_claim(run, now()).unwrap();
    assert_eq!(store.select_for_push(account, &all(), now()).unwrap(), 3);
    let taken = store
        .claim_next(account, claim.id, &all(), 10, now())
        .unwrap();
    assert_eq!(taken.leads.len(), 3);
    // Who begins a rehearsal now sees whose they are.
    let mut late = store.rehearse(RunId(8), account, &all()).unwrap();
    let run = late.begin_run(&NewRun::default(), now()).unwrap();
    let claim = late.open_claim(run, now()).unwrap();
    late.select_for_push(account, &all(), now()).unwrap();
    let taken = late
        .claim_next(account, claim.id, &all(), 10, now())
        .unwrap();
    assert_eq!((taken.leads.len(), taken.held_elsewhere), (0, 3));
}

#[test]
fn what_was_read_is_acted_on_once_and_while_it_is_fresh() {
    let (_folder, store, account) = file();
    let mut place = store.rehearse(RunId(7), account, &all()).unwrap();
    let keys: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
    place
        .keep_reads("contacts by email", &[read("a"), read("b")], now())
        .unwrap();
    assert_eq!(
        place.kept_reads("contacts by email", &keys).unwrap(),
        [read("a"), read("b")]
    );
    let life = SignedDuration::from_mins(5);
    let soon = now() + SignedDuration::from_mins(4);
    let take = |place: &mut Store, key: &str, at| {
        place
            .take_reads("contacts by email", &[key.to_owned()], life, at)
            .unwrap()
            .len()
    };
    assert_eq!(take(&mut place, "a", soon), 1);
    assert_eq!(take(&mut place, "a", soon), 0, "it was acted on");
    let late = now() + SignedDuration::from_mins(6);
    assert_eq!(take(&mut place, "b", late), 0, "it is too old");
    assert_eq!(take(&mut place, "c", soon), 0, "it was never read");
}

#[test]
fn what_is_invented_is_found_as_it_was_left() {
    let (_folder, store, account) = file();
    let mut place = store.rehearse(RunId(7), account, &all()).unwrap();
    let record = |made, values| Invented {
        id: "9".into(),
        made,
        at: now(),
        values,
    };
    let keys = vec![("email", "ana@acme.com".to_owned())];
    place
        .invent(
            "contacts",
            &[(record(true, json!({"city": "Oslo", "fax": "1"})), keys)],
        )
        .unwrap();
    place
        .invent(
            "contacts",
            &[(
                record(false, json!({"city": "Rome", "fax": null})),
                Vec::new(),
            )],
        )
        .unwrap();
    let found = place
        .invented_by(
            "contacts",
            "email",
            &["ana@acme.com".into(), "bo@beta.com".into()],
        )
        .unwrap();
    assert_eq!(found, [("ana@acme.com".to_owned(), "9".to_owned())]);
    let found = place.invented("contacts", &["9".into()]).unwrap();
    assert_eq!(found, [record(true, json!({"city": "Rome"}))]);
    assert!(
        place
            .invented("companies", &["9".into()])
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_store_in_memory_has_no_rehearsals() {
    let store = Store::in_memory().unwrap();
    assert!(store.rehearse(RunId(1), AccountId(1), &all()).is_err());
}
