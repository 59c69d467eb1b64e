#![allow(clippy::unwrap_used)]

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::integration::{Environment, Integration};
use crate::store::fixtures::{
    account, author, clear, connect, crm, details, hint, lead, new_integration, now, pulled, seed,
    set, source,
};
use crate::store::integrations::AccountDetails;

struct World {
    store: Store,
    crm: AccountId,
    source: AccountId,
    lead: LeadId,
}

fn world() -> World {
    let mut store = Store::in_memory().unwrap();
    let crm = account(&crm(&mut store));
    let source = account(&source(&mut store, Environment::Production));
    let lead = lead(&store, "Ana", "Li", &[]);
    pulled(&store, lead, "uuid-1");
    seed(&mut store, crm);
    World {
        store,
        crm,
        source,
        lead,
    }
}

impl World {
    fn due(&self) -> Vec<WriteBack> {
        self.due_at(now())
    }

    fn due_at(&self, at: Timestamp) -> Vec<WriteBack> {
        self.store.write_backs_due(self.source, at, 10).unwrap()
    }

    fn due_again(&self) {
        set(
            &self.store,
            self.crm,
            self.lead,
            "state = 'waiting', hold = ''",
        );
    }
}

#[test]
fn a_cleared_lead_of_a_source_is_told_once_for_each_record() {
    let mut world = world();
    assert!(world.due().is_empty());
    clear(&mut world.store, world.crm, world.lead, "501");
    let [one] = world.due().try_into().unwrap();
    assert_eq!(
        (
            one.vendor.as_str(),
            one.external_id.as_str(),
            one.remote_id.as_deref()
        ),
        ("crm", "uuid-1", Some("501"))
    );
    world.store.write_back_told(&one, now()).unwrap();
    world.due_again();
    clear(&mut world.store, world.crm, world.lead, "501");
    assert!(world.due().is_empty(), "it knows");
    world.due_again();
    clear(&mut world.store, world.crm, world.lead, "777");
    assert_eq!(world.due()[0].remote_id.as_deref(), Some("777"));
    let state = world.store.write_back_of(world.crm, world.lead).unwrap();
    assert_eq!(state.unwrap().told, None);
}

#[test]
fn an_answer_about_a_record_that_was_replaced_meanwhile_settles_nothing() {
    let mut world = world();
    clear(&mut world.store, world.crm, world.lead, "501");
    let old = world.due().remove(0);
    world.due_again();
    clear(&mut world.store, world.crm, world.lead, "777");
    world.store.write_back_told(&old, now()).unwrap();
    assert_eq!(world.due()[0].remote_id.as_deref(), Some("777"));
}

#[test]
fn leads_of_files_and_what_the_source_knows_are_not_told() {
    let mut world = world();
    let of_a_file = lead(&world.store, "Bo", "Stone", &[]);
    seed(&mut world.store, world.crm);
    hint(&world.store, world.lead, "crm", "501");
    clear(&mut world.store, world.crm, world.lead, "501");
    clear(&mut world.store, world.crm, of_a_file, "502");
    assert!(world.due().is_empty());
    // Not the record it knows.
    world.due_again();
    clear(&mut world.store, world.crm, world.lead, "503");
    assert_eq!(world.due()[0].remote_id.as_deref(), Some("503"));
    // And back, before it was told: the row follows.
    world.due_again();
    clear(&mut world.store, world.crm, world.lead, "501");
    assert_eq!(world.due()[0].remote_id.as_deref(), Some("501"));
}

/// The same connections, one of them a rehearsal.
fn pairs(crm_environment: Environment, source_environment: Environment) -> usize {
    let mut store = Store::in_memory().unwrap();
    let there = AccountDetails {
        environment: crm_environment,
        ..details("1")
    };
    let crm = store
        .connect_integration(&new_integration("crm"), &there, &author(), now())
        .unwrap();
    let source = account(&source(&mut store, source_environment));
    let lead = lead(&store, "Ana", "Li", &[]);
    pulled(&store, lead, "uuid-1");
    hint(&store, lead, "crm", "hinted");
    seed(&mut store, crm.account.id);
    let queued = store.queued_leads(crm.account.id, &[lead]).unwrap();
    clear(&mut store, crm.account.id, lead, "501");
    let due = store.write_backs_due(source, now(), 10).unwrap();
    assert_eq!(queued[0].hint.is_some(), due.len() == 1);
    due.len()
}

#[test]
fn a_rehearsal_and_the_real_thing_tell_each_other_nothing() {
    use Environment::{Production, Rehearsal, Sandbox};
    assert_eq!(pairs(Production, Production), 1);
    assert_eq!(pairs(Rehearsal, Rehearsal), 1);
    assert_eq!(pairs(Rehearsal, Production), 0);
    assert_eq!(pairs(Production, Rehearsal), 0);
    assert_eq!(pairs(Sandbox, Rehearsal), 0);
}

#[test]
fn only_the_account_in_use_is_told() {
    let mut world = world();
    clear(&mut world.store, world.crm, world.lead, "501");
    let other = connect(&mut world.store, "crm", "777").account.id;
    assert!(world.due().is_empty());
    assert_eq!(
        world.store.write_back_counts(world.source).unwrap().waiting,
        0
    );
    seed(&mut world.store, other);
    clear(&mut world.store, other, world.lead, "9");
    assert_eq!(world.due()[0].remote_id.as_deref(), Some("9"));
}

#[test]
fn what_is_put_off_waits_and_what_ended_does_not() {
    let mut world = world();
    clear(&mut world.store, world.crm, world.lead, "501");
    let one = world.due().remove(0);
    let later = now() + SignedDuration::from_secs(60);
    world
        .store
        .write_back_later(&one, "HTTP 500", later, now())
        .unwrap();
    assert!(world.due().is_empty());
    let again = world.due_at(later).remove(0);
    assert_eq!(again.tries, 1);
    let counts = world.store.write_back_counts(world.source).unwrap();
    assert_eq!(
        (counts.waiting, counts.ended, counts.message.as_deref()),
        (1, 0, Some("HTTP 500"))
    );
    world.store.write_back_ended(&again, "gone", now()).unwrap();
    assert!(world.due_at(later).is_empty());
    let counts = world.store.write_back_counts(world.source).unwrap();
    assert_eq!((counts.waiting, counts.ended), (0, 1));
}

#[test]
fn one_process_tells_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("mobly.db")).unwrap();
    let other = store.reopen().unwrap();
    let turn = store.write_back_turn().unwrap();
    assert!(turn.is_some());
    assert!(other.write_back_turn().unwrap().is_none());
    drop(turn);
    assert!(other.write_back_turn().unwrap().is_some());
}

#[test]
fn a_hint_is_of_its_vendor_and_of_leads_of_a_source() {
    let mut world = world();
    let read = |world: &World| {
        let queued = world.store.queued_leads(world.crm, &[world.lead]).unwrap();
        queued[0].hint.clone()
    };
    hint(&world.store, world.lead, "another", "1");
    assert_eq!(read(&world), None);
    hint(&world.store, world.lead, "crm", "501");
    assert_eq!(read(&world).as_deref(), Some("501"));
    let of_a_file = lead(&world.store, "Bo", "Stone", &[]);
    hint(&world.store, of_a_file, "crm", "502");
    seed(&mut world.store, world.crm);
    let queued = world.store.queued_leads(world.crm, &[of_a_file]).unwrap();
    assert_eq!(queued[0].hint, None);
}

#[test]
fn a_pause_of_the_connection_keeps_what_waits() {
    let mut world = world();
    clear(&mut world.store, world.crm, world.lead, "501");
    let integration: Integration = world.store.integration("mobly").unwrap().unwrap();
    world
        .store
        .disconnect(integration.id, &author(), now())
        .unwrap();
    assert_eq!(world.due().len(), 1);
}
