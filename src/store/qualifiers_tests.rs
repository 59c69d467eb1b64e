#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;

fn interest(store: &mut Store) -> Qualifier {
    let new = NewQualifier {
        name: "Interest".into(),
        values: vec!["Hot".into(), "Cold".into()],
        multiple: true,
        ..NewQualifier::default()
    };
    store.add_qualifier(&new, &author(), now()).unwrap()
}

#[test]
fn a_name_is_found_in_any_spelling_and_taken_once() {
    let mut store = Store::in_memory().unwrap();
    let made = interest(&mut store);
    assert_eq!(
        store.find_qualifier("  INTEREST ").unwrap(),
        Some(made.clone())
    );
    store
        .archive_qualifier(made.id, true, &author(), now())
        .unwrap();
    assert!(store.qualifiers(false).unwrap().is_empty());
    assert_eq!(store.qualifiers(true).unwrap().len(), 1);
    let again = NewQualifier {
        name: "interest".into(),
        ..NewQualifier::default()
    };
    assert!(matches!(
        store.add_qualifier(&again, &author(), now()),
        Err(StoreError::Taken { .. })
    ));
    assert!(
        store
            .archive_qualifier(made.id, false, &author(), now())
            .unwrap()
    );
    assert!(
        !store
            .archive_qualifier(made.id, false, &author(), now())
            .unwrap()
    );
}

#[test]
fn defining_a_value_takes_up_the_answers_already_given() {
    let mut store = Store::in_memory().unwrap();
    let made = interest(&mut store);
    let lead = lead(&store, "Ana", "Li", &[]);
    store
        .connection
        .execute(
            "INSERT INTO answers (lead_id, qualifier_id, value_key, raw) VALUES (?1, ?2, 'luke warm', 'Luke  Warm')",
            params![lead.0, made.id.0],
        )
        .unwrap();
    let edit = QualifierEdit {
        add_values: vec!["Luke warm".into(), "hot".into()],
        archive_values: vec!["COLD".into()],
        ..QualifierEdit::default()
    };
    let (edited, changed) = store
        .edit_qualifier(made.id, &edit, &author(), now())
        .unwrap();
    assert!(changed);
    let values: Vec<_> = edited
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.archived))
        .collect();
    assert_eq!(
        values,
        [("Hot", false), ("Cold", true), ("Luke warm", false)]
    );
    let defined: i64 = store
        .connection
        .query_row(
            "SELECT count(*) FROM answers WHERE value_id IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(defined, 1);
}

#[test]
fn a_scope_is_all_events_until_some_are_named() {
    let mut store = Store::in_memory().unwrap();
    let made = interest(&mut store);
    assert_eq!(made.events, None);
    let expo = event(&store, "Expo");
    let scoped = |events| QualifierEdit {
        events: Some(events),
        ..QualifierEdit::default()
    };
    let edit = |store: &mut Store, edit: &QualifierEdit| {
        store
            .edit_qualifier(made.id, edit, &author(), now())
            .unwrap()
            .0
            .events
    };
    assert_eq!(
        edit(&mut store, &scoped(Some(vec![expo]))),
        Some(vec![expo])
    );
    assert_eq!(edit(&mut store, &scoped(None)), None);
}
