#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;
use crate::domain::lead::Role;

#[test]
fn a_second_connection_of_a_category_is_refused_until_the_first_is_disconnected() {
    let mut store = Store::in_memory().unwrap();
    let first = connect(&mut store, "alpha", "1").integration;
    store
        .set_enabled(first.id, false, &author(), now())
        .unwrap();
    let second = |store: &mut Store| {
        store.connect_integration(&new_integration("beta"), &details("2"), &author(), now())
    };
    assert!(
        matches!(second(&mut store), Err(StoreError::CategoryTaken { by }) if by == "alpha"),
        "a paused connection keeps its place"
    );
    assert_eq!(store.integrations().unwrap().len(), 1);
    assert!(store.disconnect(first.id, &author(), now()).unwrap());
    assert!(second(&mut store).unwrap().new_account);
    let names: Vec<_> = store
        .integrations()
        .unwrap()
        .into_iter()
        .map(|it| it.name)
        .collect();
    assert_eq!(names, ["beta", "alpha"], "the connected one first");
    let marketing = NewIntegration {
        category: IntegrationCategory::Marketing,
        ..new_integration("gamma")
    };
    assert!(
        store
            .connect_integration(&marketing, &details("3"), &author(), now())
            .is_ok()
    );
}

#[test]
fn connecting_again_keeps_mode_pause_and_mapping_and_heals() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    store
        .set_mode(crm.id, Mode::Manual, &author(), now())
        .unwrap();
    store.set_enabled(crm.id, false, &author(), now()).unwrap();
    assert!(store.set_needs_sign_in(&crm, true, now()).unwrap());
    assert!(!store.set_needs_sign_in(&crm, true, now()).unwrap());
    let again = connect(&mut store, "crm", "4412345");
    assert!(!again.new_account && !again.other_account);
    let it = again.integration;
    assert_eq!(it.id, crm.id);
    assert!(!it.needs_sign_in && it.mapped && !it.enabled);
    assert_eq!(it.mode, Mode::Manual);
    let mut automatic = new_integration("crm");
    automatic.mode = Some(Mode::Automatic);
    let switched = store
        .connect_integration(&automatic, &details("4412345"), &author(), now())
        .unwrap();
    assert_eq!(switched.integration.mode, Mode::Automatic);
}

#[test]
fn what_was_learned_of_an_older_sign_in_is_not_noted_on_a_newer_one() {
    let mut store = Store::in_memory().unwrap();
    let run = crm(&mut store);
    let newer = connect(&mut store, "crm", "4412345").integration;
    assert!(!store.set_needs_sign_in(&run, true, now()).unwrap());
    let mut told = run.settings.clone();
    told.vendor
        .insert("instance_url".into(), "https://b".into());
    assert!(!store.take_told(&run, &run.settings, &told).unwrap());
    assert!(store.take_told(&newer, &newer.settings, &told).unwrap());
    let it = store.integration_by_id(run.id).unwrap().unwrap();
    assert!(!it.needs_sign_in);
    assert_eq!(it.settings.vendor["instance_url"], "https://b");
    assert!(store.set_needs_sign_in(&newer, true, now()).unwrap());
    store.disconnect(run.id, &author(), now()).unwrap();
    assert!(!store.set_needs_sign_in(&newer, true, now()).unwrap());
}

#[test]
fn another_account_is_told_and_has_a_state_of_its_own() {
    let mut store = Store::in_memory().unwrap();
    let first = connect(&mut store, "crm", "1");
    let other = connect(&mut store, "crm", "2");
    assert!(other.new_account && other.other_account);
    assert_ne!(other.account.id, first.account.id);
    let back = connect(&mut store, "crm", "1");
    assert!(!back.new_account && back.other_account);
    assert_eq!(back.account.id, first.account.id);
    let mut rehearsal = details("1");
    rehearsal.origin = "http://127.0.0.1:9".into();
    let elsewhere = store
        .connect_integration(&new_integration("crm"), &rehearsal, &author(), now())
        .unwrap();
    assert!(elsewhere.new_account, "the same number at another origin");
    assert_eq!(store.accounts(first.integration.id).unwrap().len(), 3);
}

#[test]
fn only_a_person_rule_makes_a_connection_mapped() {
    let mut store = Store::in_memory().unwrap();
    let it = connect(&mut store, "crm", "1").integration;
    let company = rule("company", "companyName", "name");
    store
        .save_rule(it.id, &company, Role::Company, false, &author(), now())
        .unwrap();
    assert!(!fresh(&store, &it).mapped);
    let person = rule("contact", "email", "email");
    store
        .save_rule(it.id, &person, Role::Persona, false, &author(), now())
        .unwrap();
    assert!(fresh(&store, &it).mapped);
}

#[test]
fn changes_are_recorded_once_and_what_already_holds_is_none() {
    let mut store = Store::in_memory().unwrap();
    let it = connect(&mut store, "crm", "1").integration;
    assert!(
        store
            .set_mode(it.id, Mode::Manual, &author(), now())
            .unwrap()
    );
    assert!(
        !store
            .set_mode(it.id, Mode::Manual, &author(), now())
            .unwrap()
    );
    assert!(!store.set_enabled(it.id, true, &author(), now()).unwrap());
    assert!(
        !store
            .save_settings(it.id, &it.settings, &author(), now())
            .unwrap()
    );
    let runs = store
        .runs(None, &crate::store::runs::RunFilter::default(), &|_| false)
        .unwrap();
    assert_eq!(runs.len(), 2, "connect and mode");
    let changes = store.setup_changes(runs[0].run).unwrap();
    assert_eq!(changes[0].before.as_ref().unwrap()["mode"], "automatic");
    assert_eq!(changes[0].after.as_ref().unwrap()["mode"], "manual");
    let mut settings = it.settings.clone();
    settings.activities = true;
    let revision = fresh(&store, &it).revision;
    assert!(
        store
            .save_settings(it.id, &settings, &author(), now())
            .unwrap()
    );
    assert_eq!(fresh(&store, &it).revision, revision + 1);
    assert!(matches!(
        store.set_mode(IntegrationId(99), Mode::Manual, &author(), now()),
        Err(StoreError::Missing { .. })
    ));
}

#[test]
fn automatic_from_now_leaves_what_is_frozen_and_manual_takes_it_back() {
    let mut store = Store::in_memory().unwrap();
    let it = crm(&mut store);
    let (expo, dinner) = (event(&store, "Expo"), event(&store, "Dinner"));
    assert!(store.hold_event(dinner, true, now()).unwrap());
    lead(&store, "Ana", "Li", &[expo]);
    lead(&store, "Bo", "Stone", &[dinner]);
    seed(&mut store, account(&it));
    let mut reasons = |change: &dyn Fn(&mut Store) -> bool| {
        assert!(change(&mut store));
        assert!(store.check_counters().unwrap().is_empty());
        store.pre_sync_counts(&fresh(&store, &it), None).unwrap()
    };
    use crate::domain::sync_state::PreSyncReason::{EventHeld, Frozen, Queued};
    let manual = |store: &mut Store| {
        store
            .set_mode(it.id, Mode::Manual, &author(), now())
            .unwrap()
    };
    assert_eq!(reasons(&manual), [(EventHeld, 1), (Frozen, 1)]);
    let from_now = |store: &mut Store| {
        store
            .set_automatic_from_now(it.id, &author(), now())
            .unwrap()
    };
    assert_eq!(reasons(&from_now), [(EventHeld, 1), (Frozen, 1)]);
    assert_eq!(reasons(&manual), [(EventHeld, 1), (Frozen, 1)]);
    let automatic = |store: &mut Store| {
        store
            .set_mode(it.id, Mode::Automatic, &author(), now())
            .unwrap()
    };
    assert_eq!(reasons(&automatic), [(EventHeld, 1), (Queued, 1)]);
}

#[test]
fn connecting_again_ends_a_pause_only_after_a_disconnect() {
    let mut store = Store::in_memory().unwrap();
    let it = crm(&mut store);
    store.set_enabled(it.id, false, &author(), now()).unwrap();
    connect(&mut store, "crm", "4412345");
    assert!(
        !fresh(&store, &it).enabled,
        "a new sign-in leaves the pause"
    );
    store.disconnect(it.id, &author(), now()).unwrap();
    connect(&mut store, "crm", "4412345");
    assert!(fresh(&store, &it).enabled);
}
