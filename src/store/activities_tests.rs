#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::run::Trigger;
use crate::store::fixtures::{account, crm, lead, now, seed, set};
use crate::store::ledger::Commit;
use crate::store::test_support::{assert_counters, count, row, state};
use crate::store::{CaptureRow, Met, NewRun, RunFrame};

fn call(lead: LeadId, text: &str) -> NewActivity {
    NewActivity {
        lead,
        kind: ActivityKind::Call,
        text: text.to_owned(),
        at: now(),
        author: Some("ann".to_owned()),
        source: Channel::Manual,
    }
}

fn texts(store: &Store, lead: LeadId) -> Vec<String> {
    let all = store.activities(lead).unwrap();
    all.into_iter().map(|activity| activity.text).collect()
}

#[test]
fn a_new_activity_makes_its_lead_due_again() {
    let mut store = Store::in_memory().unwrap();
    let of = account(&crm(&mut store));
    let ann = lead(&store, "Ann", "Lee", &[]);
    seed(&mut store, of);
    set(&store, of, ann, "state = 'cleared', cleared_revision = 1");
    let first = store.add_activity(&call(ann, "Asked for a quote"), now());
    let first = first.unwrap().unwrap();
    assert_eq!(first.marker.len(), 8);
    assert_eq!(state(&store, of, ann).0, "waiting");
    assert_eq!(store.load_leads(&[ann]).unwrap()[0].revision, 2);
    let second = store.add_activity(&call(ann, "Asked for a quote"), now());
    assert_ne!(second.unwrap().unwrap().marker, first.marker);
    assert_eq!(store.activities(ann).unwrap()[0], first);
    let nobody = store.add_activity(&call(LeadId(99), "x"), now()).unwrap();
    assert_eq!(nobody, None);
    assert_counters(&store);
}

#[test]
fn what_is_in_one_account_is_not_in_another() {
    let mut store = Store::in_memory().unwrap();
    let of = account(&crm(&mut store));
    let ann = lead(&store, "Ann", "Lee", &[]);
    seed(&mut store, of);
    let sent = store.add_activity(&call(ann, "one"), now());
    let sent = sent.unwrap().unwrap();
    store.add_activity(&call(ann, "two"), now()).unwrap();
    let frame = RunFrame {
        run: store.begin_run(&NewRun::default(), now()).unwrap(),
        account: of,
        trigger: Trigger::Auto,
        event: None,
        integration_revision: 1,
    };
    let commit = Commit {
        activities: vec![
            (sent.id, "n-1".into()),
            // Removed with its lead while the answer was on the way.
            (ActivityId(999), "n-2".into()),
        ],
        ..Commit::default()
    };
    store.commit(&frame, &commit, now()).unwrap();
    let flags = |store: &Store, account| -> Vec<bool> {
        let mut queued = store.queued_activities(account, &[ann]).unwrap();
        let of_ann = queued.remove(&ann).unwrap();
        of_ann.into_iter().map(|one| one.sent).collect()
    };
    assert_eq!(flags(&store, of), [true, false]);
    assert_eq!(flags(&store, AccountId(of.0 + 1)), [false, false]);
    assert_eq!(store.activity_links(ann).unwrap()[0].remote_id, "n-1");
    let mut remove = |marker: &str| store.remove_activity(ann, marker, now()).unwrap();
    assert_eq!(remove(&sent.marker.to_uppercase()), Some(sent.clone()));
    assert_eq!(remove(&sent.marker), None);
    assert_eq!(texts(&store, ann), ["two"]);
    assert_eq!(count(&store, "SELECT count(*) FROM activity_links"), 0);
    assert_eq!(store.remove_leads(&[ann]).unwrap(), 1);
    assert_eq!(count(&store, "SELECT count(*) FROM activities"), 0);
    assert_eq!(count(&store, "SELECT count(*) FROM activity_links"), 0);
    assert_counters(&store);
}

#[test]
fn a_captured_note_is_an_activity_once_however_often_a_source_repeats_it() {
    let mut store = Store::in_memory().unwrap();
    let noted = |text, said, at: &str| CaptureRow {
        met: Some(Met {
            at: at.parse().unwrap(),
            said,
        }),
        ..row(None, &[("email", "ana@acme.com"), ("notes", text)])
    };
    let nine = noted("Wants a demo", "9:00", "2026-11-17T09:00:00Z");
    let ana = store.add_lead(&nine, now()).unwrap().lead;
    store.add_lead(&nine, now()).unwrap();
    let ten = noted("Wants a demo", "10:00", "2026-11-17T10:00:00Z");
    store.add_lead(&ten, now()).unwrap();
    assert_eq!(texts(&store, ana), ["Wants a demo"]);
    let known = store.activities(ana).unwrap().remove(0);
    assert_eq!(known.at.to_string(), "2026-11-17T09:00:00Z");
    assert_eq!(
        (known.kind, known.source.as_str()),
        (ActivityKind::Note, "file")
    );
    let eleven = noted("Signed", "11:00", "2026-11-17T11:00:00Z");
    store.add_lead(&eleven, now()).unwrap();
    // The first export again, with a column more: it says nothing the person did not say before.
    let mut more = noted("Wants a demo", "9:00", "2026-11-17T09:00:00Z");
    more.fields.push(("jobTitle", "CTO".into()));
    store.add_lead(&more, now()).unwrap();
    assert_eq!(texts(&store, ana), ["Wants a demo", "Signed"]);
    assert_counters(&store);
}
