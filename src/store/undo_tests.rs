#![allow(clippy::unwrap_used)]
use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::params;

use super::*;

const ACCOUNT: AccountId = AccountId(1);

/// A file without what the changes refer to.
fn store() -> Store {
    let store = Store::in_memory().unwrap();
    let off = "PRAGMA foreign_keys = OFF";
    store.connection.execute_batch(off).unwrap();
    store
}

fn change(store: &Store, run: i64, kind: &str, after: &str, undone_by: Option<i64>) {
    store
        .connection
        .execute(
            "INSERT INTO record_changes (run_id, account_id, object, remote_id, kind, before, after, at, undone_by)
             VALUES (?1, 1, 'contact', '7', ?2, NULL, ?3, 1, ?4)",
            params![run, kind, after, undone_by],
        )
        .unwrap();
}

fn undo(store: &mut Store, run: i64, undoes: i64) {
    store.begin_undo(RunId(run), RunId(undoes)).unwrap();
}

fn later(store: &Store, run: i64) -> HashMap<String, RunId> {
    let run = RunId(run);
    store.written_later(ACCOUNT, "contact", "7", run).unwrap()
}

fn written<const N: usize>(fields: [(&str, i64); N]) -> HashMap<String, RunId> {
    let fields = fields.into_iter();
    fields
        .map(|(field, run)| (field.to_owned(), RunId(run)))
        .collect()
}

#[test]
fn the_last_later_run_of_each_field_counts() {
    let store = store();
    change(&store, 1, "created", r#"{"title": "CTO"}"#, None);
    change(
        &store,
        2,
        "updated",
        r#"{"title": "CEO", "phone": "1"}"#,
        None,
    );
    change(&store, 3, "updated", r#"{"title": "CTO"}"#, None);
    change(&store, 4, "linked", r#"{"company": "9"}"#, None);
    assert_eq!(
        later(&store, 1),
        written([("title", 3), ("phone", 2), (COMPANY_LINK, 4)])
    );
    assert_eq!(later(&store, 4), written([]));
}

#[test]
fn what_an_undo_of_a_later_run_put_back_is_nothing_later() {
    let mut store = store();
    change(&store, 1, "updated", r#"{"title": "CTO"}"#, None);
    change(
        &store,
        2,
        "updated",
        r#"{"title": "CEO", "phone": "1"}"#,
        None,
    );
    // One field of it, so that the run itself is not undone.
    undo(&mut store, 3, 2);
    change(&store, 3, "updated", r#"{"title": "CTO"}"#, None);
    assert_eq!(later(&store, 1), written([("phone", 2)]));
}

#[test]
fn an_undo_of_the_run_itself_is_nothing_later() {
    let mut store = store();
    change(&store, 1, "updated", r#"{"title": "CTO"}"#, None);
    undo(&mut store, 2, 1);
    change(&store, 2, "updated", r#"{"title": null}"#, None);
    assert_eq!(later(&store, 1), written([]));
    undo(&mut store, 3, 2);
    change(&store, 3, "updated", r#"{"title": "CTO"}"#, None);
    assert_eq!(later(&store, 1), written([]));
}

#[test]
fn what_an_undo_that_ended_early_began_is_known_by_its_last_request() {
    let mut store = store();
    undo(&mut store, 2, 1);
    let record = ("contact".to_owned(), "7".to_owned());
    store
        .note_removals(RunId(2), std::slice::from_ref(&record))
        .unwrap();
    assert_eq!(store.removals_begun(RunId(1)).unwrap(), HashMap::new());
    let sent = |micros: i64| {
        store
            .connection
            .execute(
                "INSERT INTO calls (run_id, account_id, phase, operation, object, repeatable, subjects, sent_at, status)
                 VALUES (2, 1, 'person', 'create', 'contact', 1, '[\"l:1\"]', ?1, 0)",
                [micros],
            )
            .unwrap();
    };
    sent(1_000_000);
    sent(3_000_000);
    let at = Timestamp::from_microsecond(3_000_000).unwrap();
    let begun = store.removals_begun(RunId(1)).unwrap();
    assert_eq!(begun, [(record, at)].into());
    assert_eq!(store.removals_begun(RunId(9)).unwrap(), HashMap::new());

    let sent = store.sent_by_undos(RunId(1)).unwrap();
    assert!(sent.contains(&("contact".to_owned(), "l:1".to_owned())));
    let lost = store.creates_cut_off(RunId(1), "contact").unwrap()["l:1"];
    assert_eq!(lost.sent, Timestamp::from_microsecond(1_000_000).unwrap());
    assert!(lost.open_until > at, "the last may still be under way");
}
