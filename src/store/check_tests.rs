#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;

#[test]
fn a_wrong_counter_is_found_named_and_put_right() {
    let mut store = Store::in_memory().unwrap();
    let account = account(&crm(&mut store));
    let expo = event(&store, "Expo");
    lead(&store, "Ana", "Li", &[expo]);
    lead(&store, "Bo", "Stone", &[]);
    seed(&mut store, account);
    assert!(store.check_counters().unwrap().is_empty());
    store
        .connection
        .execute(
            "UPDATE board_counts SET n = n + 4 WHERE event_id = ?1",
            [expo.0],
        )
        .unwrap();
    store
        .connection
        .execute("DELETE FROM board_counts WHERE event_id = -1", [])
        .unwrap();
    let found = store.repair_counters().unwrap();
    let numbers: Vec<_> = found
        .iter()
        .map(|wrong| (wrong.event, wrong.counted, wrong.stored))
        .collect();
    assert_eq!(numbers, [(NO_EVENT, 1, 0), (expo, 1, 5)]);
    assert!(store.repair_counters().unwrap().is_empty());
    assert!(store.check_file().unwrap().is_empty());
}
