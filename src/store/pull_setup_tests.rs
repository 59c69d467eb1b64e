#![allow(clippy::unwrap_used)]

use super::*;
use crate::store::fixtures::{event, lead, now};
use crate::store::test_support::{count, qualifier};

fn told(id: &str, name: &str) -> PulledEvent {
    PulledEvent {
        id: id.into(),
        name: name.into(),
        ..PulledEvent::default()
    }
}

fn asked(id: &str, name: &str, options: &[(&str, &str)]) -> PulledQualifier {
    PulledQualifier {
        id: id.into(),
        name: name.into(),
        all_events: true,
        options: options
            .iter()
            .map(|(id, value)| PulledOption {
                id: (*id).into(),
                value: (*value).into(),
            })
            .collect(),
        ..PulledQualifier::default()
    }
}

fn take(store: &mut Store, events: &[PulledEvent], qualifiers: &[PulledQualifier]) -> SetupPulled {
    store.take_setup(events, qualifiers, now()).unwrap()
}

fn values(store: &Store, name: &str) -> Vec<(String, bool)> {
    let found = store.find_qualifier(name).unwrap().unwrap();
    found
        .values
        .into_iter()
        .map(|value| (value.value, value.archived))
        .collect()
}

#[test]
fn an_event_of_the_same_name_is_adopted_and_follows_its_renaming() {
    let mut store = Store::in_memory().unwrap();
    let own = event(&store, "expo");
    let mut told = PulledEvent {
        from: Some("2026-11-20".into()),
        tz: Some("Europe/Berlin".into()),
        ..told("7", "Expo")
    };
    let done = take(&mut store, &[told.clone()], &[]);
    assert_eq!((done.events["7"], done.events_changed), (own, 1));
    assert_eq!(take(&mut store, &[told.clone()], &[]).events_changed, 0);
    told.name = "Expo Berlin".into();
    // What the source does not tell any more stays.
    told.from = None;
    assert_eq!(take(&mut store, &[told], &[]).events_changed, 1);
    let found = store.event(own).unwrap().unwrap();
    assert_eq!(
        (
            found.name.as_str(),
            found.from.as_deref(),
            found.tz.as_deref()
        ),
        ("Expo Berlin", Some("2026-11-20"), Some("Europe/Berlin"))
    );
    // Another one of the same name there is another one here.
    let done = take(&mut store, &[self::told("8", "Expo Berlin")], &[]);
    assert_ne!(done.events["8"], own);
}

#[test]
fn a_qualifier_of_the_same_name_is_adopted_with_its_values() {
    let mut store = Store::in_memory().unwrap();
    let own = qualifier(&store, "interest", false, &["pricing", "Own"]);
    let drafts = PulledQualifier {
        draft: true,
        ..asked("g9", "Draft", &[("o9", "X")])
    };
    let told = [
        asked("g1", "Interest", &[("o1", "Pricing"), ("o2", "Demo")]),
        drafts,
    ];
    assert_eq!(take(&mut store, &[], &told).qualifiers_changed, 1);
    assert_eq!(take(&mut store, &[], &told).qualifiers_changed, 0);
    let found = store.find_qualifier("Interest").unwrap().unwrap();
    assert_eq!(found.id, own);
    let mut names: Vec<String> = found.values.into_iter().map(|value| value.value).collect();
    names.sort();
    assert_eq!(names, ["Demo", "Own", "Pricing"]);
    assert_eq!(store.qualifiers(true).unwrap().len(), 1);
}

#[test]
fn options_are_renamed_swapped_and_archived_with_the_answers_given() {
    let mut store = Store::in_memory().unwrap();
    take(
        &mut store,
        &[],
        &[asked(
            "g1",
            "Interest",
            &[("o1", "A"), ("o2", "B"), ("o3", "C")],
        )],
    );
    let ann = lead(&store, "Ann", "Lee", &[]);
    store
        .connection
        .execute_batch(&format!(
            "INSERT INTO answers (lead_id, qualifier_id, value_key, value_id, raw)
             SELECT {}, qualifier_id, value_key, id, value FROM qualifier_values WHERE external_id IN ('o1', 'o3')",
            ann.0
        ))
        .unwrap();
    take(
        &mut store,
        &[],
        &[asked("g1", "Topics", &[("o1", "B"), ("o2", "A")])],
    );
    assert_eq!(
        values(&store, "Topics"),
        [
            ("B".to_owned(), false),
            ("A".to_owned(), false),
            ("C".to_owned(), true)
        ]
    );
    let raw: Vec<String> = store
        .connection
        .prepare("SELECT raw || '/' || value_key FROM answers ORDER BY value_key")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(raw, ["B/b", "C/c"]);
}

#[test]
fn where_it_is_asked_is_what_the_events_list() {
    let mut store = Store::in_memory().unwrap();
    let listing = PulledEvent {
        qualifiers: vec!["g1".into()],
        ..told("7", "Expo")
    };
    let mut asked = PulledQualifier {
        all_events: false,
        ..asked("g1", "Interest", &[("o1", "A")])
    };
    let done = take(
        &mut store,
        &[listing.clone(), told("8", "Dinner")],
        &[asked.clone()],
    );
    let found = store.find_qualifier("Interest").unwrap().unwrap();
    assert_eq!(found.events, Some(vec![done.events["7"]]));
    asked.all_events = true;
    take(&mut store, &[listing], &[asked]);
    assert_eq!(
        store.find_qualifier("Interest").unwrap().unwrap().events,
        None
    );
    assert_eq!(count(&store, "SELECT count(*) FROM qualifier_events"), 0);
}

#[test]
fn two_of_one_name_there_are_two_here() {
    let mut store = Store::in_memory().unwrap();
    let both = [asked("g1", "Interest", &[]), asked("g2", "Interest", &[])];
    assert_eq!(take(&mut store, &[], &both).qualifiers_changed, 2);
    assert_eq!(take(&mut store, &[], &both).qualifiers_changed, 0);
    assert!(store.find_qualifier("Interest (2)").unwrap().is_some());
}
