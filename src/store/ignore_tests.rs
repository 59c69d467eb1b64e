#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;
use crate::domain::board::BoardFilter;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};

#[test]
fn ignored_leads_leave_failed_but_not_the_sum_and_come_back() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let account = account(&crm);
    let expo = event(&store, "Expo 2026");
    let leads = ["Ann", "Ben", "Cy"].map(|first| lead(&store, first, "Lee", &[expo]));
    seed(&mut store, account);
    for lead in &leads[..2] {
        let failure = Failure::new(Category::Unexpected, "odd").with_code("ODD");
        fail(&store, account, *lead, Phase::Person, &failure, false);
    }
    let by_event = Selection {
        event: Some(expo),
        ..Selection::default()
    };
    let done = store
        .ignore_leads(&crm, &by_event, Some(1), "test scan", &author(), now())
        .unwrap();
    assert_eq!(done.leads, 1);
    let summary = |store: &Store| store.board(&crm, &BoardFilter::default()).unwrap().summary;
    let after = summary(&store);
    assert_eq!((after.total, after.failed, after.ignored), (3, 1, 1));
    assert_eq!(
        store.ignored_reasons(account, Some(expo)).unwrap(),
        [IgnoredFor {
            reason: "test scan".into(),
            count: 1
        }]
    );
    let run = store.run(done.run.unwrap(), &|_| false).unwrap().unwrap();
    assert_eq!(run.entry.counts, json!({ "ignored": 1 }));

    let back = store
        .unignore_leads(&crm, &Selection::default(), None, &author(), now())
        .unwrap();
    assert_eq!(back.leads, 1);
    assert_eq!((summary(&store).failed, summary(&store).ignored), (2, 0));
    let again = store
        .unignore_leads(&crm, &Selection::default(), None, &author(), now())
        .unwrap();
    assert_eq!(again, SetAside::default(), "nothing to do leaves no run");
    assert!(store.check_counters().unwrap().is_empty());
}
