#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;

#[test]
fn a_rehearsal_does_not_use_up_the_first_account() {
    let mut store = Store::in_memory().unwrap();
    let mut rehearsal = details("1");
    rehearsal.environment = Environment::Rehearsal;
    let tried = store
        .connect_integration(&new_integration("crm"), &rehearsal, &author(), now())
        .unwrap();
    let crm = IntegrationCategory::Crm;
    assert!(
        store
            .first_account_in_category(crm, tried.account.id)
            .unwrap()
    );
    let mut real = details("1");
    real.origin = "https://api.example.com".into();
    let real = store
        .connect_integration(&new_integration("crm"), &real, &author(), now())
        .unwrap();
    assert!(
        store
            .first_account_in_category(crm, real.account.id)
            .unwrap()
    );
    let later = connect(&mut store, "crm", "2");
    assert!(
        !store
            .first_account_in_category(crm, later.account.id)
            .unwrap()
    );
    assert!(
        store
            .first_account_in_category(IntegrationCategory::Marketing, later.account.id)
            .unwrap(),
        "each category has its own"
    );
}

#[test]
fn the_backlog_is_due_held_or_divided_by_a_date() {
    for (backlog, due, held) in [
        (Backlog::Push { since: None }, 3, 0),
        (Backlog::Push { since: Some(now()) }, 2, 1),
        (Backlog::Hold, 0, 3),
    ] {
        let mut store = Store::in_memory().unwrap();
        let crm = crm(&mut store);
        let expo = event(&store, "Expo");
        lead(&store, "Ana", "Li", &[expo]);
        lead(&store, "Bo", "Stone", &[]);
        let old = lead(&store, "Cy", "Young", &[expo]);
        let erased = lead(&store, "Di", "Oak", &[expo]);
        store
            .connection
            .execute("UPDATE leads SET captured_at = 5 WHERE id = ?1", [old.0])
            .unwrap();
        store
            .connection
            .execute("UPDATE leads SET erased_at = 5 WHERE id = ?1", [erased.0])
            .unwrap();
        let counts = store.seed_account(account(&crm), backlog, now()).unwrap();
        assert_eq!((counts.due, counts.held), (due, held), "{backlog:?}");
        store.assert_counters();
        let again = store
            .seed_account(account(&crm), Backlog::Hold, now())
            .unwrap();
        assert_eq!(again, counts, "leads that are there stay as they are");
    }
}

#[test]
fn a_lead_held_in_one_account_is_held_in_the_next() {
    let mut store = Store::in_memory().unwrap();
    let first = crm(&mut store);
    let (kept, undone) = (
        lead(&store, "Ana", "Li", &[]),
        lead(&store, "Bo", "Stone", &[]),
    );
    seed(&mut store, account(&first));
    set(
        &store,
        account(&first),
        kept,
        "state = 'held', hold = 'held'",
    );
    set(
        &store,
        account(&first),
        undone,
        "state = 'held', hold = 'undone'",
    );
    let second = connect(&mut store, "crm", "2").account.id;
    let counts = store
        .seed_account(second, Backlog::Push { since: None }, now())
        .unwrap();
    assert_eq!(
        counts.due, 1,
        "an undo belongs to its account, a hold to the lead"
    );
    store.assert_counters();
}

#[test]
fn what_runs_spend_adds_up_until_the_day_ends() {
    let mut store = Store::in_memory().unwrap();
    let crm = account(&crm(&mut store));
    let count = |store: &mut Store, spent, ends, now| {
        store
            .count_budget(
                crm,
                "daily tokens",
                spent,
                30_000,
                timestamp(ends),
                timestamp(now),
            )
            .unwrap();
        let budget = store.budgets(crm).unwrap().remove(0);
        assert!(budget.counted && budget.unit() == "tokens");
        budget.used
    };
    assert_eq!(count(&mut store, 100, 50, 1), 100);
    assert_eq!(count(&mut store, 20, 50, 2), 120);
    assert_eq!(count(&mut store, 7, 90, 60), 7);
}

#[test]
fn a_budget_tells_when_it_was_read() {
    let mut store = Store::in_memory().unwrap();
    let crm = account(&crm(&mut store));
    store
        .save_budget(crm, "daily", 10, Some(250_000), None, timestamp(1))
        .unwrap();
    store
        .save_budget(crm, "daily", 12, Some(250_000), Some(timestamp(9)), now())
        .unwrap();
    let budgets = store.budgets(crm).unwrap();
    assert_eq!(budgets.len(), 1);
    assert_eq!((budgets[0].used, budgets[0].at), (12, now()));
    assert_eq!(budgets[0].resets_at, Some(timestamp(9)));
}

#[test]
fn leads_an_account_does_not_know_are_counted_by_event() {
    let mut store = Store::in_memory().unwrap();
    let it = crm(&mut store);
    let expo = event(&store, "Expo");
    lead(&store, "Ana", "Li", &[expo]);
    lead(&store, "Bo", "Stone", &[expo]);
    lead(&store, "Cy", "Young", &[]);
    for unknown in [None, Some(account(&it))] {
        let unseen = store.unseen_leads(unknown).unwrap();
        assert_eq!(unseen.total, 3);
        assert_eq!(
            unseen.by_event,
            [(Some("Expo".to_owned()), 2), (None, 1)],
            "{unknown:?}"
        );
    }
    seed(&mut store, account(&it));
    assert_eq!(
        store.unseen_leads(Some(account(&it))).unwrap(),
        UnseenLeads::default()
    );
}
