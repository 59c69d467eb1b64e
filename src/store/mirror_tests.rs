#![allow(clippy::unwrap_used)]
use super::*;

const ACCOUNT: AccountId = AccountId(1);

fn store() -> Store {
    let store = Store::in_memory().unwrap();
    let off = "PRAGMA foreign_keys = OFF";
    store.connection.execute_batch(off).unwrap();
    store
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn record(id: &str, email: &str, created: i64, changed: i64) -> MirroredRecord {
    MirroredRecord {
        id: id.to_owned(),
        created: Some(at(created)),
        changed: at(changed),
        values: BTreeMap::from([("email".to_owned(), Value::from(email))]),
        keys: vec![("email", email.to_owned()), ("id", id.to_owned())],
    }
}

fn page(records: Vec<MirroredRecord>, complete: Option<i64>) -> MirrorPage {
    let seen_to = records.iter().map(|record| record.changed).max();
    MirrorPage {
        records,
        removed: Vec::new(),
        seen_to,
        complete: complete.map(at),
    }
}

fn fields(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn open(store: &mut Store, names: &[&str]) -> OpenMirror {
    store
        .open_mirror(ACCOUNT, "person", &fields(names))
        .unwrap()
}

fn save(store: &mut Store, opened: &OpenMirror, page: &MirrorPage) -> bool {
    store
        .save_mirror_page(ACCOUNT, "person", opened.generation, page)
        .unwrap()
}

fn ids(store: &Store, email: &str) -> Option<Vec<String>> {
    let keys = [email.to_owned()];
    let mut found = store
        .mirrored(ACCOUNT, "person", "email", &keys, &fields(&["email"]))
        .unwrap()?;
    let records = found.remove(email).unwrap_or_default();
    Some(records.into_iter().map(|record| record.id).collect())
}

#[test]
fn half_a_copy_tells_nothing_and_goes_on_where_it_was() {
    let mut store = store();
    let opened = open(&mut store, &["email"]);
    assert_eq!(opened.since, None);
    let first = page(vec![record("9", "ann@acme.com", 5, 10)], None);
    assert!(save(&mut store, &opened, &first));
    assert_eq!(ids(&store, "ann@acme.com"), None);
    // Another process goes on.
    let opened = open(&mut store, &["email"]);
    assert_eq!(opened.since, Some(at(10)));
    let last = page(vec![record("10", "ann@acme.com", 4, 20)], Some(1));
    assert!(save(&mut store, &opened, &last));
    // The oldest first; who is not there is surely absent.
    assert_eq!(
        ids(&store, "ann@acme.com"),
        Some(vec!["10".into(), "9".into()])
    );
    assert_eq!(ids(&store, "bob@acme.com"), Some(Vec::new()));
}

#[test]
fn an_older_page_takes_nothing_back() {
    let mut store = store();
    let opened = open(&mut store, &["email"]);
    let new = page(vec![record("9", "ann@new.com", 5, 20)], Some(2));
    assert!(save(&mut store, &opened, &new));
    let late = page(vec![record("9", "ann@acme.com", 5, 10)], Some(1));
    assert!(save(&mut store, &opened, &late));
    assert_eq!(ids(&store, "ann@new.com"), Some(vec!["9".into()]));
    assert_eq!(ids(&store, "ann@acme.com"), Some(Vec::new()));
    let state = store.mirror_state(ACCOUNT, "person").unwrap().unwrap();
    assert_eq!(
        (state.seen_to, state.complete_at, state.records),
        (Some(at(20)), Some(at(2)), 1)
    );
}

#[test]
fn a_changed_record_is_found_by_its_new_key_alone() {
    let mut store = store();
    let opened = open(&mut store, &["email"]);
    let first = page(vec![record("9", "ann@acme.com", 5, 10)], Some(1));
    assert!(save(&mut store, &opened, &first));
    let moved = page(vec![record("9", "ann@new.com", 5, 11)], Some(2));
    assert!(save(&mut store, &opened, &moved));
    assert_eq!(ids(&store, "ann@acme.com"), Some(Vec::new()));
    assert_eq!(ids(&store, "ann@new.com"), Some(vec!["9".into()]));
    store
        .forget_mirrored(ACCOUNT, "person", &["9".to_owned()])
        .unwrap();
    assert_eq!(ids(&store, "ann@new.com"), Some(Vec::new()));
}

#[test]
fn a_field_more_begins_the_copy_anew_and_a_field_less_is_still_read() {
    let mut store = store();
    let opened = open(&mut store, &["email", "name"]);
    let first = page(vec![record("9", "ann@acme.com", 5, 10)], Some(1));
    assert!(save(&mut store, &opened, &first));
    let fewer = open(&mut store, &["email"]);
    assert_eq!((fewer.since, fewer.fields.len()), (Some(at(10)), 2));
    let more = open(&mut store, &["email", "phone"]);
    assert_eq!(more.since, None);
    assert_eq!(ids(&store, "ann@acme.com"), None);
    // Whoever was still reading for the one before ends no sweep of the new one.
    let last = page(vec![record("10", "bob@acme.com", 4, 20)], Some(3));
    assert!(!save(&mut store, &opened, &last));
    assert_eq!(ids(&store, "ann@acme.com"), None);
    assert!(save(&mut store, &more, &last));
    assert_eq!(ids(&store, "bob@acme.com"), Some(vec!["10".into()]));
}
