#![allow(clippy::unwrap_used)]

use std::borrow::Cow;

use super::*;
use crate::domain::ids::EventId;
use crate::domain::lead::Role;
use crate::store::enrichments::{Answered, RuleChoice, StepOutcome};
use crate::store::fixtures::{account, author, crm, event, now, set};
use crate::store::test_support::{assert_counters, count, qualifier, row};
use crate::store::{CaptureRow, Change, Channel, Corrected, CorrectionRow, Lookup, RemoteLink};

fn person(store: &mut Store, event: Option<EventId>, fields: &[(&str, &str)]) -> LeadId {
    store.add_lead(&row(event, fields), now()).unwrap().lead
}

fn link(store: &Store, account: AccountId, lead: LeadId, id: &str) {
    let link = RemoteLink {
        object: "contact".into(),
        role: Role::Persona,
        remote_id: id.into(),
        created_by_us: true,
    };
    super::super::links::save_link(&store.connection, account, lead, &link, now()).unwrap();
}

fn merge(store: &mut Store, keep: LeadId, others: &[LeadId], dry_run: bool) -> Merged {
    let take = BTreeMap::from([("phone".to_owned(), others[0])]);
    let merge = Merge {
        keep,
        others,
        take: &take,
        dry_run,
    };
    match store.merge_leads(&merge, &author(), now()).unwrap() {
        MergeEnd::Done(merged) => merged,
        MergeEnd::Claimed(..) => panic!("nobody works on it"),
    }
}

#[test]
fn one_person_of_two_has_what_both_had() {
    let mut store = Store::in_memory().unwrap();
    let account = account(&crm(&mut store));
    let (expo, dinner) = (event(&store, "Expo"), event(&store, "Dinner"));
    qualifier(&store, "Type", false, &["Hot", "Cold"]);
    let keep = person(
        &mut store,
        Some(expo),
        &[
            ("email", "ann@new.com"),
            ("firstName", "Ann"),
            ("phone", "1"),
        ],
    );
    let other = person(
        &mut store,
        Some(dinner),
        &[
            ("email", "ann@old.com"),
            ("firstName", "Anne"),
            ("phone", "2"),
            ("jobTitle", "CEO"),
            ("notes", "tall"),
        ],
    );
    set(
        &store,
        account,
        keep,
        "state = 'failed', category = 'UNEXPECTED'",
    );
    set(&store, account, other, "state = 'cleared'");
    link(&store, account, other, "77");
    let tried = merge(&mut store, keep, &[other], true);
    assert_eq!(tried.run, None);
    assert_eq!(count(&store, "SELECT count(*) FROM lead_aliases"), 0);
    assert_counters(&store);
    let done = merge(&mut store, keep, &[other], false);
    assert_eq!((done.events, done.activities, done.scans), (1, 1, 2));
    let lead = store.load_leads(&[keep]).unwrap().remove(0);
    let field = |key| lead.field(key).unwrap_or_default().to_owned();
    assert_eq!(
        [
            field("email"),
            field("firstName"),
            field("phone"),
            field("jobTitle")
        ],
        ["ann@new.com", "Ann", "2", "CEO"]
    );
    assert_eq!(lead.events.len(), 2);
    // The only record there is stays the person's, and the change is due.
    assert_eq!(
        store.remote_links(account, keep).unwrap()[0].remote_id,
        "77"
    );
    assert_eq!(
        crate::store::test_support::state(&store, account, keep).0,
        "waiting"
    );
    assert!(done.left.is_empty());
    assert_counters(&store);
    // Its old names lead to it: number, address, and the row as it was captured.
    let old = store.ids().encode(other);
    for name in [old.as_str(), "ann@old.com"] {
        assert_eq!(
            store.find_lead(name).unwrap(),
            Lookup::Exact(keep),
            "{name}"
        );
    }
    let again = person(
        &mut store,
        Some(dinner),
        &[("email", "ann@old.com"), ("city", "Bonn")],
    );
    assert_eq!(again, keep);
    let correction = CorrectionRow {
        lead: other,
        revision: Some(1),
        fields: vec![("jobTitle", Cow::from("CTO"))],
        answers: Vec::new(),
        blank: Vec::new(),
        blank_answers: Vec::new(),
    };
    let transaction = begin(&store.connection).unwrap();
    let mut capturer = crate::store::captures::Capturer::new(&transaction, None, now()).unwrap();
    assert!(matches!(
        capturer.correct(&correction).unwrap(),
        Corrected::ChangedSince { .. }
    ));
    drop(transaction);
    assert_eq!(
        count(&store, "SELECT count(*) FROM leads WHERE erased_at IS NULL"),
        1
    );
    assert_eq!(store.file_counts().unwrap().leads, 1);
}

#[test]
fn of_two_records_the_kept_ones_stays_and_the_other_is_named() {
    let mut store = Store::in_memory().unwrap();
    let account = account(&crm(&mut store));
    let capture = |id| CaptureRow {
        channel: Channel::Mobly,
        external_id: Some(id),
        ..row(None, &[("email", "ann@acme.com")])
    };
    let keep = store.add_lead(&capture("u-1"), now()).unwrap().lead;
    let other = store.add_lead(&capture("u-2"), now()).unwrap().lead;
    assert_ne!(keep, other, "the source keeps them apart");
    link(&store, account, keep, "11");
    link(&store, account, other, "22");
    let take = BTreeMap::new();
    let merge = Merge {
        keep,
        others: &[other],
        take: &take,
        dry_run: false,
    };
    let MergeEnd::Done(done) = store.merge_leads(&merge, &author(), now()).unwrap() else {
        panic!("nobody works on it");
    };
    let left: Vec<_> = done
        .left
        .iter()
        .map(|left| (left.remote_id.as_str(), left.kept.as_str()))
        .collect();
    assert_eq!(left, [("22", "11")]);
    assert_eq!(store.remote_links(account, keep).unwrap().len(), 1);
    // The source brings both again: they are one.
    let again = CaptureRow {
        channel: Channel::Mobly,
        external_id: Some("u-2"),
        ..row(None, &[("email", "ann@acme.com"), ("phone", "1")])
    };
    let taken = store.add_lead(&again, now()).unwrap();
    assert_eq!((taken.lead, taken.change), (keep, Change::Updated));
    assert_eq!(store.find_lead("u-2").unwrap(), Lookup::Exact(keep));
    assert_counters(&store);
}

#[test]
fn who_filled_a_field_goes_with_its_value() {
    let mut store = Store::in_memory().unwrap();
    let keep = person(&mut store, None, &[("email", "ann@new.com")]);
    let other = person(&mut store, None, &[("email", "ann@old.com")]);
    for (lead, provider, fields) in [
        (keep, "first", vec![("phone", "1"), ("linkedin", "a")]),
        (
            other,
            "second",
            vec![("phone", "2"), ("linkedin", "b"), ("jobTitle", "CEO")],
        ),
    ] {
        let answer = Answered {
            lead,
            fields: fields
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
            outcome: StepOutcome::Found,
            note: None,
            known: vec![1],
        };
        store
            .apply_answers(provider, &[answer], &RuleChoice::None, now())
            .unwrap();
    }
    let kept = [(vec![9], other, "{}".to_owned())];
    store.keep_enrichments("second", &kept, now()).unwrap();
    store.wait_for_enrichment(&[other], now()).unwrap();
    // The phone is taken from the other one.
    merge(&mut store, keep, &[other], false);
    let lead = store.load_leads(&[keep]).unwrap().remove(0);
    let origins = store.field_origins(keep, &lead.fields).unwrap();
    assert_eq!(origins["phone"].origin, "provider:second");
    assert_eq!(origins["jobTitle"].origin, "provider:second");
    assert_eq!(origins["linkedin"].origin, "provider:first");
    for table in [
        "field_origins",
        "enrichments",
        "enrichment_queue",
        "enrichment_cache",
    ] {
        let left = format!("SELECT count(*) FROM {table} WHERE lead_id = {other}");
        assert_eq!(count(&store, &left), 0, "{table}");
        let here = format!("SELECT count(*) FROM {table} WHERE lead_id = {keep}");
        assert!(count(&store, &here) > 0, "{table}");
    }
}
