#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use proptest::prelude::*;

use super::test_support::{account, assert_counters, count, qualifier, row, settle, state};
use super::*;
use crate::domain::ids::{EventId, LeadId};
use crate::domain::lead::Lead;
use crate::store::events::{EventAdded, NewEvent};

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
const NINE: Timestamp = Timestamp::constant(1_790_000_000, 0);
const TEN: Timestamp = Timestamp::constant(1_790_003_600, 0);

fn event(store: &mut Store, name: &str) -> EventId {
    let new = NewEvent {
        name: name.to_owned(),
        ..NewEvent::default()
    };
    match store.add_event(&new, NOW).unwrap() {
        EventAdded::Added(event) | EventAdded::Exists(event) => event.id,
    }
}

fn lead(store: &Store, id: LeadId) -> Lead {
    store.load_leads(&[id]).unwrap().remove(0)
}

fn met(at: Timestamp, said: &str) -> Option<Met<'_>> {
    Some(Met { at, said })
}

#[test]
fn a_row_seen_before_for_its_event_touches_nothing() {
    let mut store = Store::in_memory().unwrap();
    account(&store, "crm");
    let expo = event(&mut store, "Expo");
    let given = row(
        Some(expo),
        &[("email", "ana@acme.com"), ("firstName", "Ana")],
    );
    let first = store.add_lead(&given, NOW).unwrap();
    assert_eq!(first.change, Change::Created);
    let again = store.add_lead(&given, NOW).unwrap();
    assert_eq!((again.lead, again.change), (first.lead, Change::Unchanged));
    assert_eq!(lead(&store, first.lead).revision, 1);
    assert_counters(&store);
}

#[test]
fn a_person_is_recognised_by_source_id_then_address_then_name_and_company() {
    let mut store = Store::in_memory().unwrap();
    type Fields = &'static [(&'static str, &'static str)];
    let cases: &[(&str, Option<&str>, Fields, bool)] = &[
        (
            "first",
            Some("x1"),
            &[("email", "ana@acme.com"), ("firstName", "Ana")],
            true,
        ),
        (
            "same id, other address",
            Some("x1"),
            &[("email", "ana@new.com")],
            false,
        ),
        (
            "same address in another spelling",
            None,
            &[("email", "ANA@NEW.com")],
            false,
        ),
        (
            "other address, same name",
            None,
            &[("email", "li@acme.com"), ("firstName", "Ana")],
            true,
        ),
        (
            "no address",
            None,
            &[
                ("firstName", "Bo"),
                ("lastName", "Ek"),
                ("companyName", "Acme Inc."),
            ],
            true,
        ),
        (
            "no address, same name",
            None,
            &[
                ("firstName", "bo"),
                ("lastName", "EK"),
                ("companyName", "acme"),
            ],
            false,
        ),
        (
            "no address, other company",
            None,
            &[("firstName", "Bo"), ("lastName", "Ek")],
            true,
        ),
        ("nothing to match by", None, &[("phone", "1")], true),
        (
            "nothing to match by, other words",
            None,
            &[("phone", "2")],
            true,
        ),
    ];
    for (name, external_id, fields, created) in cases {
        let mut given = row(None, fields);
        given.external_id = *external_id;
        let change = store.add_lead(&given, NOW).unwrap().change;
        assert_eq!(change == Change::Created, *created, "{name}");
    }
}

#[test]
fn only_what_the_source_says_differently_changes() {
    let mut store = Store::in_memory().unwrap();
    let expo = event(&mut store, "Expo");
    let said = [
        ("email", "ana@acme.com"),
        ("jobTitle", "CEO"),
        ("phone", "1"),
    ];
    let id = store.add_lead(&row(Some(expo), &said), NOW).unwrap().lead;
    let mut edit = LeadEdit::default();
    edit.fields.insert("jobTitle".into(), "CTO".into());
    store.edit_leads(&[id], &edit, false, NOW).unwrap();

    // A growing export repeats the title and brings a new number.
    let next = [
        ("email", "ana@acme.com"),
        ("jobTitle", "CEO"),
        ("phone", "2"),
    ];
    assert_eq!(
        store.add_lead(&row(Some(expo), &next), NOW).unwrap().change,
        Change::Updated
    );
    let found = lead(&store, id);
    assert_eq!(found.field("jobTitle"), Some("CTO"));
    assert_eq!(found.field("phone"), Some("2"));

    // A narrower export in between does not make it forget what was said of the title.
    let narrow = [("email", "ana@acme.com"), ("lastName", "Li")];
    store.add_lead(&row(Some(expo), &narrow), NOW).unwrap();
    let wide = [
        ("email", "ana@acme.com"),
        ("jobTitle", "CEO"),
        ("lastName", "Li"),
        ("phone", "3"),
    ];
    store.add_lead(&row(Some(expo), &wide), NOW).unwrap();
    let found = lead(&store, id);
    assert_eq!(found.field("jobTitle"), Some("CTO"));
    assert_eq!(found.field("phone"), Some("3"));
    assert_eq!(found.scans, 1);

    let changed = [
        ("email", "ana@acme.com"),
        ("jobTitle", "Chair"),
        ("phone", "3"),
    ];
    store.add_lead(&row(Some(expo), &changed), NOW).unwrap();
    assert_eq!(lead(&store, id).field("jobTitle"), Some("Chair"));
}

#[test]
fn scans_count_new_events_and_other_times() {
    let mut store = Store::in_memory().unwrap();
    account(&store, "crm");
    let expo = event(&mut store, "Expo");
    let summit = event(&mut store, "Summit");
    let base = [("email", "ana@acme.com")];
    let mut given = row(Some(expo), &base);
    let id = store.add_lead(&given, NOW).unwrap().lead;
    assert_eq!(lead(&store, id).captured_at, NOW);

    given.met = met(NINE, "9:00");
    store.add_lead(&given, NOW).unwrap();
    assert_eq!(
        lead(&store, id).scans,
        1,
        "the first time that is told is no other time"
    );
    assert_eq!(lead(&store, id).captured_at, NINE);

    given.met = met(TEN, "10:00");
    store.add_lead(&given, NOW).unwrap();
    assert_eq!(lead(&store, id).scans, 2);
    assert_eq!(lead(&store, id).captured_at, TEN);

    given.met = met(NINE, "09:00");
    store.add_lead(&given, NOW).unwrap();
    assert_eq!(lead(&store, id).scans, 2, "the same time in other words");

    given.event = Some(summit);
    store.add_lead(&given, NOW).unwrap();
    assert_eq!(lead(&store, id).scans, 3, "a new event");
    let events: Vec<String> = lead(&store, id)
        .events
        .into_iter()
        .map(|event| event.name)
        .collect();
    assert_eq!(events, ["Summit", "Expo"], "in the order they were joined");

    given.scans = Some(7);
    store.add_lead(&given, NOW).unwrap();
    assert_eq!(lead(&store, id).scans, 7, "a scans column is the number");
    assert_counters(&store);
}

#[test]
fn a_change_makes_a_cleared_lead_due_and_ends_ignoring() {
    let mut store = Store::in_memory().unwrap();
    let (first, second) = (account(&store, "first"), account(&store, "second"));
    let expo = event(&mut store, "Expo");
    let summit = event(&mut store, "Summit");
    let id = store
        .add_lead(&row(Some(expo), &[("email", "ana@acme.com")]), NOW)
        .unwrap()
        .lead;
    settle(&mut store, first, id, "cleared", false);
    settle(&mut store, second, id, "failed", true);

    store
        .add_lead(&row(Some(summit), &[("email", "ana@acme.com")]), NOW)
        .unwrap();
    assert_eq!(state(&store, first, id), ("waiting".into(), false));
    assert_eq!(state(&store, second, id), ("failed".into(), false));
    assert_eq!(lead(&store, id).revision, 2);
    assert_counters(&store);

    settle(&mut store, first, id, "held", false);
    store
        .add_lead(
            &row(Some(summit), &[("email", "ana@acme.com"), ("phone", "1")]),
            NOW,
        )
        .unwrap();
    assert_eq!(state(&store, first, id).0, "held");
    assert_counters(&store);
}

#[test]
fn answers_are_split_where_several_are_allowed_and_kept_where_undefined() {
    let mut store = Store::in_memory().unwrap();
    let expo = event(&mut store, "Expo");
    let summit = event(&mut store, "Summit");
    qualifier(&store, "Lead Type", false, &["Hot", "Cold"]);
    qualifier(&store, "Products", true, &["A", "B"]);
    let columns = store.qualifier_columns().unwrap();
    let answer = |store: &mut Store, event, kind, products| {
        let mut given = row(Some(event), &[("email", "ana@acme.com")]);
        given.answers = vec![(&columns[0], kind), (&columns[1], products)];
        let id = store.add_lead(&given, NOW).unwrap().lead;
        let lead = lead(store, id);
        let all: Vec<(String, bool)> = lead
            .answers
            .into_iter()
            .map(|answer| (answer.raw, answer.defined))
            .collect();
        all
    };
    let pairs = |all: &[(&str, bool)]| -> Vec<(String, bool)> {
        all.iter()
            .map(|(raw, defined)| ((*raw).to_owned(), *defined))
            .collect()
    };
    assert_eq!(
        answer(&mut store, expo, "hot", "a; Z ;B"),
        pairs(&[("hot", true), ("a", true), ("B", true), ("Z", false)])
    );
    assert_eq!(
        answer(&mut store, expo, "Warm; maybe", "B"),
        pairs(&[("Warm; maybe", false), ("B", true)]),
        "the source took back two"
    );
    assert_eq!(
        answer(&mut store, summit, "Cold", "A"),
        pairs(&[("Cold", true), ("A", true), ("B", true)]),
        "another event adds"
    );
}

#[test]
fn a_correction_is_no_scan_and_no_statement_of_the_source() {
    let mut store = Store::in_memory().unwrap();
    let expo = event(&mut store, "Expo");
    let said = [("email", "ana@acme.com"), ("jobTitle", "CEO")];
    let id = store.add_lead(&row(Some(expo), &said), NOW).unwrap().lead;
    let correct = |store: &mut Store, revision, title: &'static str| {
        let mut importer = store
            .begin_import(crate::domain::ids::RunId(1), "x", NOW)
            .unwrap();
        let done = importer
            .correct(&CorrectionRow {
                lead: id,
                revision,
                fields: vec![("jobTitle", title.into())],
                answers: Vec::new(),
                blank: Vec::new(),
                blank_answers: Vec::new(),
            })
            .unwrap();
        importer.commit_portion().unwrap();
        done
    };
    let changed = |change| Corrected::Done(Captured { lead: id, change });
    assert_eq!(
        correct(&mut store, Some(1), "CTO"),
        changed(Change::Updated)
    );
    assert_eq!(
        correct(&mut store, Some(1), "CTO"),
        changed(Change::Unchanged),
        "the same file twice"
    );
    assert_eq!(
        correct(&mut store, Some(1), "COO"),
        Corrected::ChangedSince { revision: 2 }
    );
    assert_eq!(correct(&mut store, None, "COO"), changed(Change::Updated));
    store
        .add_lead(
            &row(
                Some(expo),
                &[
                    ("email", "ana@acme.com"),
                    ("jobTitle", "CEO"),
                    ("phone", "1"),
                ],
            ),
            NOW,
        )
        .unwrap();
    let found = lead(&store, id);
    assert_eq!(found.field("jobTitle"), Some("COO"));
    assert_eq!((found.scans, found.revision), (1, 4));
}

#[test]
fn an_import_that_is_dropped_leaves_nothing_and_durability_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("mobly.db")).unwrap();
    let mut importer = store
        .begin_import(crate::domain::ids::RunId(1), "x", NOW)
        .unwrap();
    importer
        .capture(&row(None, &[("email", "ana@acme.com")]))
        .unwrap();
    drop(importer);
    assert_eq!(count(&store, "SELECT count(*) FROM leads"), 0);
    assert_eq!(count(&store, "PRAGMA synchronous"), 2);
    assert_eq!(count(&store, "PRAGMA wal_autocheckpoint"), 1000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever is captured, corrected, moved, held and removed in whatever order: the board's numbers are those of a count.
    #[test]
    fn counters_agree_with_a_recount(steps in proptest::collection::vec((0_u8..9, 0_usize..5, 0_usize..3), 1..40)) {
        let mut store = Store::in_memory().unwrap();
        let account = account(&store, "crm");
        let events: Vec<EventId> = ["A", "B", "C"].iter().map(|name| event(&mut store, name)).collect();
        for (step, (action, person, place)) in steps.into_iter().enumerate() {
            let email = format!("p{person}@acme.com");
            let event = events[place];
            let found = store.find_lead(&email).unwrap().found();
            let said = step.to_string();
            match (action, found) {
                (0..=2, _) | (_, None) => {
                    store.add_lead(&row(Some(event), &[("email", &email), ("phone", &said)]), NOW).unwrap();
                }
                (3, Some(lead)) => { store.move_leads(&[lead], Some(events[0]), event, NOW).unwrap(); }
                (4, Some(lead)) => { store.hold_leads(&[lead], NOW).unwrap(); }
                (5, Some(lead)) => { store.release_leads(&[lead], NOW).unwrap(); }
                (6, Some(lead)) => { store.remove_leads(&[lead]).unwrap(); }
                (7, Some(lead)) => settle(&mut store, account, lead, ["cleared", "failed", "held"][place], place == 1),
                (_, Some(lead)) => {
                    let mut edit = LeadEdit::default();
                    edit.fields.insert("notes".into(), said);
                    store.edit_leads(&[lead], &edit, false, NOW).unwrap();
                }
            }
            assert_counters(&store);
        }
        store.remove_event(events[0], true, Timestamp::UNIX_EPOCH).unwrap();
        assert_counters(&store);
    }
}
