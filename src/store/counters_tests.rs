#![allow(clippy::unwrap_used)]
use super::super::Store;
use super::super::fixtures::*;
use super::*;
use crate::domain::ids::LeadId;

#[test]
fn a_lead_that_joins_its_first_event_is_no_longer_of_none() {
    let mut store = Store::in_memory().unwrap();
    let account = account(&crm(&mut store));
    let (expo, summit) = (event(&store, "Expo"), event(&store, "Summit"));
    let lead = lead(&store, "Ana", "Li", &[]);
    seed(&mut store, account);
    let slot = Slot {
        state: "waiting".into(),
        detail: String::new(),
        ignored: false,
        landed: false,
    };
    let member = |sql: &str, event: EventId, lead: LeadId| {
        store.connection.execute(sql, [event.0, lead.0]).unwrap();
    };
    let add = "INSERT INTO event_leads (event_id, lead_id, joined_at) VALUES (?1, ?2, 0)";
    let mut deltas = Deltas::default();
    member(add, expo, lead);
    deltas.joined(account, &[], expo, &slot);
    member(add, summit, lead);
    deltas.joined(account, &[expo], summit, &slot);
    deltas.apply(&store.connection).unwrap();
    store.assert_counters();
    let remove = "DELETE FROM event_leads WHERE event_id = ?1 AND lead_id = ?2";
    let mut deltas = Deltas::default();
    member(remove, expo, lead);
    deltas.left(account, &[summit], expo, &slot);
    member(remove, summit, lead);
    deltas.left(account, &[], summit, &slot);
    deltas.apply(&store.connection).unwrap();
    store.assert_counters();
}
