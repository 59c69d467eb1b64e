#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::sync_state::hold;
use crate::store::fixtures::{account, author, connect, crm, lead, now, seed, set};
use crate::store::test_support::{count, row, state};

fn entries(words: &[&str]) -> Vec<Entry> {
    words
        .iter()
        .map(|word| Entry::read(word).unwrap())
        .collect()
}

fn stored(store: &Store, account: AccountId, lead: LeadId) -> String {
    store
        .connection
        .query_row(
            "SELECT state || '/' || hold FROM sync_records WHERE account_id = ?1 AND lead_id = ?2",
            (account.0, lead.0),
            |row| row.get(0),
        )
        .unwrap()
}

#[test]
fn the_hash_is_that_of_the_standard() {
    // RFC 4231, test case 2.
    let hex: String = hmac(b"Jefe", &["what do ya want ", "for nothing?"])
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        hex,
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}

#[test]
fn suppressed_leads_are_held_everywhere_at_once_and_new_ones_as_they_come() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let first = account(&crm);
    let [ann, bob, cid] = ["Ann", "Bob", "Cid"].map(|name| lead(&store, name, "Lee", &[]));
    seed(&mut store, first);
    set(&store, first, bob, "state = 'cleared'");
    set(&store, first, cid, "state = 'held', hold = 'held'");
    let done = store
        .suppress(&entries(&["acme.com"]), Some("asked"), &author(), now())
        .unwrap();
    assert_eq!((done.changed, done.leads), (1, 2));
    assert!(done.run.is_some());
    for lead in [ann, bob] {
        assert_eq!(stored(&store, first, lead), "held/suppressed");
    }
    assert_eq!(
        stored(&store, first, cid),
        "held/held",
        "by hand it stays by hand"
    );
    store.release_leads(&[cid], now()).unwrap();
    assert_eq!(stored(&store, first, cid), "held/suppressed");
    let new = store
        .add_lead(&row(None, &[("email", "Dee@Mail.ACME.com")]), now())
        .unwrap();
    assert_eq!(stored(&store, first, new.lead), "held/suppressed");
    // Another account learns it too.
    let other = connect(&mut store, "crm", "99").integration;
    let other = account(&other);
    seed(&mut store, other);
    assert_eq!(stored(&store, other, ann), "held/suppressed");
    assert_eq!(stored(&store, other, new.lead), "held/suppressed");
    store.assert_counters();
    // Nothing of the address is in the file, nor can it be tried without the key.
    let told = store
        .suppressed_by(&entries(&["ann.lee@acme.com"])[0])
        .unwrap()
        .unwrap();
    assert_eq!(
        (told.kind.as_str(), told.reason.as_deref()),
        ("domain", Some("asked"))
    );
    let done = store
        .unsuppress(&entries(&["acme.com"]), &author(), now())
        .unwrap();
    assert_eq!((done.changed, done.leads), (1, 4));
    assert_eq!(state(&store, first, ann).0, "waiting");
    assert_eq!(
        stored(&store, first, bob),
        format!("waiting/{}", hold::NONE)
    );
    store.assert_counters();
}

#[test]
fn an_address_that_is_changed_to_another_one_is_judged_anew() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let account = account(&crm);
    let ann = lead(&store, "Ann", "Lee", &[]);
    seed(&mut store, account);
    store
        .suppress(&entries(&["ann@rival.com"]), None, &author(), now())
        .unwrap();
    assert_eq!(state(&store, account, ann).0, "waiting");
    let to = |store: &mut Store, email: &str| {
        let edit = crate::store::LeadEdit {
            fields: [("email".to_owned(), email.to_owned())].into(),
            answers: Vec::new(),
        };
        store.edit_leads(&[ann], &edit, false, now()).unwrap();
    };
    to(&mut store, "Ann@Rival.com");
    assert_eq!(stored(&store, account, ann), "held/suppressed");
    assert_eq!(
        store
            .withdrawn(account, &[crate::store::Subject::lead(ann)], false)
            .unwrap(),
        [true],
        "not even a push that has it in its hands sends it"
    );
    to(&mut store, "ann@else.com");
    assert_eq!(stored(&store, account, ann), "waiting/");
    assert_eq!(
        store
            .withdrawn(account, &[crate::store::Subject::lead(ann)], false)
            .unwrap(),
        [false]
    );
    store.assert_counters();
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM runs WHERE command LIKE '%rival%'"
        ),
        0
    );
}
