#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::BoardFilter;
use crate::domain::sync_state::PreSyncReason;
use crate::store::fixtures::{account, author, crm, event, fresh, lead, now, seed, set};
use crate::store::{LeadEdit, PushSelection, Waiting};

fn demand(fields: &[&str], event: Option<EventId>) -> Requirement {
    Requirement {
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        event,
    }
}

fn hold(store: &Store, account: AccountId, lead: LeadId) -> String {
    store
        .connection
        .query_row(
            "SELECT state || '/' || hold FROM sync_records WHERE account_id = ?1 AND lead_id = ?2",
            (account.0, lead.0),
            |row| row.get(0),
        )
        .unwrap()
}

fn edit(store: &mut Store, lead: LeadId, field: &str, value: &str) {
    let edit = LeadEdit {
        fields: [(field.to_owned(), value.to_owned())].into(),
        answers: Vec::new(),
    };
    store.edit_leads(&[lead], &edit, false, now()).unwrap();
}

#[test]
fn who_lacks_a_field_waits_until_it_is_there() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let (id, account) = (crm.id, account(&crm));
    let expo = event(&store, "Expo");
    let ann = lead(&store, "Ann", "Lee", &[expo]);
    let bob = lead(&store, "Bob", "Lee", &[]);
    let cid = lead(&store, "Cid", "Lee", &[]);
    edit(&mut store, bob, "phone", "1");
    seed(&mut store, account);
    set(&store, account, cid, "state = 'cleared'");
    let wanted = [
        demand(&["phone", "mobilePhone"], None),
        demand(&["It's \"own\""], Some(expo)),
    ];
    let done = store
        .add_requirements(id, &wanted, &author(), now())
        .unwrap();
    assert_eq!((done.changed, done.waiting), (2, 1));
    assert_eq!(hold(&store, account, ann), "waiting/needs-data");
    assert_eq!(
        hold(&store, account, bob),
        "waiting/",
        "has one of the two, and is of no event"
    );
    assert_eq!(
        hold(&store, account, cid),
        "cleared/",
        "what is there is there"
    );
    // A change of a cleared lead makes it due, and then it lacks.
    edit(&mut store, cid, "jobTitle", "CEO");
    assert_eq!(hold(&store, account, cid), "waiting/needs-data");
    let board = store
        .board(&fresh(&store, &crm), &BoardFilter::default())
        .unwrap();
    let group = &board.pre_sync[0];
    assert_eq!((group.reason, group.count), (PreSyncReason::NeedsData, 2));
    let needs: Vec<_> = group
        .needs
        .iter()
        .map(|need| (need.field.as_str(), need.count))
        .collect();
    assert_eq!(needs, [("phone|mobilePhone", 2), ("It's \"own\"", 1)]);
    edit(&mut store, ann, "mobilePhone", "2");
    assert_eq!(store.lacking(account, ann).unwrap(), ["It's \"own\""]);
    edit(&mut store, ann, "It's \"own\"", "yes");
    assert_eq!(hold(&store, account, ann), "waiting/");
    edit(&mut store, ann, "mobilePhone", "");
    assert_eq!(hold(&store, account, ann), "waiting/needs-data");
    store.assert_counters();
    let gone = store
        .remove_requirements(id, &wanted[..1], &author(), now())
        .unwrap();
    assert_eq!((gone.changed, gone.waiting), (1, 0));
    assert_eq!(hold(&store, account, cid), "waiting/");
    store.assert_counters();
}

#[test]
fn a_push_that_names_them_parks_those_that_lack_something() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let account = account(&crm);
    let leads = ["Ann", "Bob", "Cid", "Dee"].map(|name| lead(&store, name, "Lee", &[]));
    seed(&mut store, account);
    set(&store, account, leads[0], "hold = 'before-connect'");
    set(
        &store,
        account,
        leads[1],
        "state = 'failed', category = 'UNEXPECTED'",
    );
    set(&store, account, leads[2], "hold = 'frozen'");
    edit(&mut store, leads[3], "phone", "1");
    store
        .add_requirements(crm.id, &[demand(&["phone"], None)], &author(), now())
        .unwrap();
    let before: Vec<String> = leads
        .iter()
        .map(|lead| hold(&store, account, *lead))
        .collect();
    assert_eq!(
        before,
        [
            "waiting/before-connect",
            "failed/",
            "waiting/frozen",
            "waiting/"
        ]
    );
    let selection = PushSelection {
        waiting: Waiting::Named,
        failed: true,
        ..PushSelection::default()
    };
    assert_eq!(
        store.select_for_push(account, &selection, now()).unwrap(),
        1
    );
    for lead in &leads[..3] {
        assert_eq!(hold(&store, account, *lead), "waiting/needs-data");
    }
    store.assert_counters();
}

#[test]
fn a_hundred_thousand_are_gone_over_by_index() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    store
        .add_requirements(crm.id, &[demand(&["phone"], None)], &author(), now())
        .unwrap();
    let lacking = condition(&store.connection, account(&crm))
        .unwrap()
        .unwrap();
    let plan: Vec<String> = store
        .connection
        .prepare(&format!(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM sync_records r INDEXED BY sync_needs_data CROSS JOIN leads l ON l.id = r.lead_id
             WHERE r.account_id = 1 AND r.hold = 'needs-data' AND r.state = 'waiting' AND ({lacking})"
        ))
        .unwrap()
        .query_map([], |row| row.get(3))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(
        plan.iter().any(|line| line.contains("sync_needs_data")),
        "{plan:?}"
    );
    assert!(
        plan.iter().all(|line| !line.starts_with("SCAN l")),
        "{plan:?}"
    );
}
