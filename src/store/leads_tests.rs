#![allow(clippy::unwrap_used)]

use std::ops::ControlFlow;

use jiff::Timestamp;

use super::events::{EventAdded, EventEdit, EventRemoval, NewEvent};
use super::lead_list::{Issue, LeadFilter, ListedState};
use super::test_support::{account, assert_counters, count, qualifier, row, settle};
use super::*;
use crate::domain::ids::LeadId;

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn named(name: &str) -> NewEvent {
    NewEvent {
        name: name.to_owned(),
        ..NewEvent::default()
    }
}

fn add(store: &mut Store, fields: &[(&str, &str)]) -> LeadId {
    store.add_lead(&row(None, fields), NOW).unwrap().lead
}

fn listed(store: &Store, filter: &LeadFilter) -> Vec<LeadId> {
    let mut ids = Vec::new();
    store
        .each_lead::<StoreError>(filter, &mut |listed| {
            ids.push(listed.lead.id);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    ids
}

#[test]
fn an_event_is_found_by_name_then_id_then_prefix() {
    let mut store = Store::in_memory().unwrap();
    for name in ["Expo", "Expo  West", "2", "Étoile"] {
        store.add_event(&named(name), NOW).unwrap();
    }
    let name = |text: &str| match store.find_event(text).unwrap() {
        Lookup::Exact(event) => event.name,
        Lookup::Prefix(event) => format!("{}…", event.name),
        Lookup::Unknown => "unknown".into(),
        Lookup::Ambiguous(several) => several
            .into_iter()
            .map(|one| one.label)
            .collect::<Vec<_>>()
            .join("|"),
    };
    assert_eq!(name("expo"), "Expo");
    assert_eq!(name("expo west"), "Expo  West");
    assert_eq!(name("2"), "2", "a name beats an id");
    assert_eq!(name("1"), "Expo");
    assert_eq!(name("exp"), "Expo|Expo  West");
    assert_eq!(name("expo w"), "Expo  West…");
    assert_eq!(name("eto"), "Étoile…");
    assert_eq!(name("summit"), "unknown");
    assert_eq!(name(" "), "unknown");
}

#[test]
fn an_event_is_added_once_edited_held_and_removed_with_care() {
    let mut store = Store::in_memory().unwrap();
    account(&store, "crm");
    let EventAdded::Added(event) = store.add_event(&named(" Expo "), NOW).unwrap() else {
        panic!("not added");
    };
    assert!(matches!(
        store.add_event(&named("EXPO"), NOW).unwrap(),
        EventAdded::Exists(_)
    ));
    let edit = EventEdit {
        from: Some(Some("2026-11-17".into())),
        tz: Some(Some("Europe/Berlin".into())),
        ..EventEdit::default()
    };
    assert!(store.edit_event(event.id, &edit).unwrap());
    assert!(store.hold_event(event.id, true, NOW).unwrap());
    assert!(!store.hold_event(event.id, true, NOW).unwrap());
    store
        .add_lead(&row(Some(event.id), &[("email", "a@acme.com")]), NOW)
        .unwrap();
    let found = store.events().unwrap().remove(0);
    assert_eq!(
        (
            found.name.as_str(),
            store.leads_of_event(found.id).unwrap(),
            found.held
        ),
        ("Expo", 1, true)
    );
    assert_eq!(
        (found.from.as_deref(), found.tz.as_deref()),
        (Some("2026-11-17"), Some("Europe/Berlin"))
    );
    assert_eq!(
        store
            .remove_event(event.id, false, Timestamp::UNIX_EPOCH)
            .unwrap(),
        EventRemoval::HasLeads(1)
    );
    assert_eq!(
        store
            .remove_event(event.id, true, Timestamp::UNIX_EPOCH)
            .unwrap(),
        EventRemoval::Removed { leads: 1 }
    );
    assert_eq!(count(&store, "SELECT count(*) FROM leads"), 1);
    assert_counters(&store);
}

#[test]
fn a_lead_is_found_by_address_id_prefix_and_source_id() {
    let mut store = Store::in_memory().unwrap();
    let mut given = row(None, &[("email", "ana@acme.com"), ("firstName", "Ana")]);
    let uuid = "7b5c1f0e-0000-4000-8000-000000000001";
    given.external_id = Some(uuid);
    let ana = store.add_lead(&given, NOW).unwrap().lead;
    add(&mut store, &[("email", "bo@acme.com")]);
    let id = store.ids().encode(ana);
    assert_eq!(
        store.find_lead(" ANA@acme.com").unwrap(),
        Lookup::Exact(ana)
    );
    assert_eq!(
        store.find_lead(&id.to_lowercase()).unwrap(),
        Lookup::Exact(ana)
    );
    assert_eq!(store.find_lead(&id[..5]).unwrap(), Lookup::Prefix(ana));
    assert_eq!(store.find_lead(uuid).unwrap(), Lookup::Exact(ana));
    assert_eq!(store.find_lead("nobody@acme.com").unwrap(), Lookup::Unknown);
    assert_eq!(store.find_lead("x").unwrap(), Lookup::Unknown);

    let twin = add(
        &mut store,
        &[("email", "twin@acme.com"), ("firstName", "Anna")],
    );
    let mut edit = LeadEdit::default();
    edit.fields.insert("email".into(), "Ana@Acme.com".into());
    store.edit_leads(&[twin], &edit, false, NOW).unwrap();
    let Lookup::Ambiguous(candidates) = store.find_lead("ana@acme.com").unwrap() else {
        panic!("two leads share the address");
    };
    assert_eq!(candidates[0].label, "Ana <ana@acme.com>");
    assert_eq!(candidates[1].id, store.ids().encode(twin));
}

#[test]
fn leads_load_in_the_order_asked_for_by_the_thousand() {
    let mut store = Store::in_memory().unwrap();
    let EventAdded::Added(event) = store.add_event(&named("Expo"), NOW).unwrap() else {
        panic!("not added");
    };
    let mut ids: Vec<LeadId> = (0..1_200)
        .map(|n| {
            let email = format!("p{n}@acme.com");
            store
                .add_lead(
                    &row(Some(event.id), &[("email", &email), ("Shoe size", "44")]),
                    NOW,
                )
                .unwrap()
                .lead
        })
        .collect();
    ids.reverse();
    let leads = store.load_leads(&ids).unwrap();
    assert!(leads.iter().map(|lead| lead.id).eq(ids.iter().copied()));
    assert!(
        leads
            .iter()
            .all(|lead| lead.events.len() == 1 && lead.field("Shoe size") == Some("44"))
    );
    assert_eq!(store.load_leads(&[LeadId(9_999), ids[0]]).unwrap().len(), 1);
    ids.reverse();
    assert_eq!(listed(&store, &LeadFilter::default()), ids, "across pages");
}

#[test]
fn an_edit_sets_and_clears_and_a_dry_run_does_neither() {
    let mut store = Store::in_memory().unwrap();
    let crm = account(&store, "crm");
    qualifier(&store, "Lead Type", false, &["Hot"]);
    let id = add(
        &mut store,
        &[("email", "broken@@x"), ("firstName", "Ana"), ("phone", "1")],
    );
    settle(&mut store, crm, id, "cleared", false);
    let columns = store.qualifier_columns().unwrap();
    let edit = LeadEdit {
        fields: [
            ("email", "ana@acme.com"),
            ("phone", " "),
            ("firstName", "Ana"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into(),
        answers: vec![(columns[0].clone(), "Hot".into())],
    };
    let dry = store.edit_leads(&[id], &edit, true, NOW).unwrap();
    assert_eq!(dry.changed, [id]);
    assert_eq!(store.load_leads(&[id]).unwrap()[0].revision, 1);
    assert_eq!(
        store
            .edit_leads(&[id, LeadId(99)], &edit, false, NOW)
            .unwrap()
            .missing,
        1
    );
    let lead = store.load_leads(&[id]).unwrap().remove(0);
    assert_eq!(lead.email_key.as_deref(), Some("ana@acme.com"));
    assert_eq!(
        (lead.field("phone"), lead.revision, lead.answers.len()),
        (None, 2, 1)
    );
    assert_eq!(
        store
            .edit_leads(&[id], &edit, false, NOW)
            .unwrap()
            .unchanged,
        1
    );
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM leads WHERE person_key IS NOT NULL"
        ),
        0
    );
    assert_counters(&store);
}

#[test]
fn lists_are_narrowed_by_state_search_and_issue() {
    let mut store = Store::in_memory().unwrap();
    let crm = account(&store, "crm");
    qualifier(&store, "Lead Type", false, &["Hot"]);
    let columns = store.qualifier_columns().unwrap();
    let ana = add(
        &mut store,
        &[
            ("email", "ana_li@gmail.com"),
            ("firstName", "Ana"),
            ("lastName", "Li"),
        ],
    );
    let bo = add(&mut store, &[("firstName", "Bo"), ("companyName", "Acme")]);
    let mut given = row(None, &[("email", "cy@acme.com")]);
    given.answers = vec![(&columns[0], "Hot")];
    let cy = store.add_lead(&given, NOW).unwrap().lead;
    settle(&mut store, crm, ana, "failed", true);
    settle(&mut store, crm, bo, "failed", false);

    let state = |state| LeadFilter {
        state: Some((crm, state)),
        ..LeadFilter::default()
    };
    assert_eq!(listed(&store, &state(ListedState::Ignored)), [ana]);
    assert_eq!(listed(&store, &state(ListedState::Failed)), [bo]);
    assert_eq!(listed(&store, &state(ListedState::PreSync)), [cy]);
    let search = |text: &str| LeadFilter {
        search: Some(text.into()),
        ..LeadFilter::default()
    };
    assert_eq!(listed(&store, &search("ana li")), [ana]);
    assert_eq!(listed(&store, &search("BO")), [bo]);
    assert_eq!(listed(&store, &search("a_l")), [ana], "no wildcard");
    assert_eq!(listed(&store, &search("ACME.COM")), [cy]);
    let issue = |issue| LeadFilter {
        issues: vec![issue],
        ..LeadFilter::default()
    };
    assert_eq!(listed(&store, &issue(Issue::FreeMail)), [ana]);
    assert_eq!(listed(&store, &issue(Issue::NoEmail)), [bo]);
    assert_eq!(listed(&store, &issue(Issue::NoQualifier)), [ana, bo]);
    assert_eq!(listed(&store, &issue(Issue::Twice)), []);
    assert_eq!(store.count_listed_leads(&LeadFilter::default()).unwrap(), 3);
}
