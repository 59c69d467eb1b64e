//! What is not ours to make: persons that another tool's sync brings, companies that another tool keeps.

#![allow(clippy::await_holding_lock)] // every guard is dropped before the push; the lint does not look for that

use mobly_sync::domain::sync_state::PreSyncReason;
use mobly_sync::store::{PushSelection, Waiting};

use crate::support::twofold::{ACCOUNT, CONTACT, LEAD, Stand, plans};

const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";
const BOB: &str = "Bob,Poe,bob@beta.com,Beta,beta.com,CFO\n";

fn waiting(stand: &Stand) -> Vec<(PreSyncReason, u64)> {
    let integration = stand.integration();
    stand.store().pre_sync_counts(&integration, None).unwrap()
}

#[tokio::test]
async fn who_is_not_there_waits_for_the_crm_and_is_asked_for_again() {
    let stand = Stand::new(plans::leads_only());
    stand.there().makes_nobody = true;
    stand.there().put(LEAD, "l1", &[("Email", "ann@acme.com")]);
    stand.import(&format!("{ANN}{BOB}"));
    let summary = stand.push().await;
    assert_eq!(
        (summary.cleared, summary.updated, summary.failed),
        (1, 1, 0)
    );
    assert_eq!((summary.waiting, summary.stopped), (1, None));
    assert_eq!(
        summary.notes,
        ["1 lead is not there yet and waits until the CRM's own sync has brought it"]
    );
    assert_eq!(stand.there().called("create"), 0);
    assert_eq!(waiting(&stand), [(PreSyncReason::WaitingForCrm, 1)]);

    let again = stand.push().await;
    assert_eq!((again.pushed, again.waiting), (0, 1), "still not there");
    assert_eq!(waiting(&stand), [(PreSyncReason::WaitingForCrm, 1)]);

    stand.there().put(LEAD, "l2", &[("Email", "bob@beta.com")]);
    // As a sync by itself takes them.
    let then = stand
        .push_with(|request| {
            request.selection = PushSelection {
                waiting: Waiting::Queued,
                ..PushSelection::default()
            };
        })
        .await;
    assert_eq!((then.cleared, then.updated), (1, 1));
    assert_eq!(stand.links("bob@beta.com"), ["lead l2"]);
    assert_eq!(waiting(&stand), []);
}

#[tokio::test]
async fn whoever_waits_for_the_crm_is_made_once_that_is_ours() {
    let stand = Stand::new(plans::leads_only());
    stand.there().makes_nobody = true;
    stand.import(ANN);
    stand.push().await;
    stand.there().makes_nobody = false;
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.created), (1, 1));
}

#[tokio::test]
async fn nobody_who_waits_has_a_company_made() {
    let stand = Stand::new(plans::accounts_on_request());
    stand.there().makes_nobody = true;
    stand.import(ANN);
    stand.push().await;
    assert!(stand.there().of(ACCOUNT).is_empty());
    assert_eq!(stand.there().called("find account"), 0);
}

#[tokio::test]
async fn companies_that_are_not_ours_are_left_out_and_nobody_fails() {
    let stand = Stand::new(plans::accounts_on_request());
    stand.there().keeps_accounts = true;
    stand.import(&format!("{ANN}{BOB}"));
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.created), (2, 2));
    let there = stand.there();
    assert!(there.of(ACCOUNT).is_empty());
    assert!(
        there
            .of(CONTACT)
            .iter()
            .all(|contact| !contact.values.contains_key("AccountId"))
    );
    drop(there);
    assert!(stand.note("ann@acme.com").contains("left out: not yours"));
}

#[tokio::test]
async fn a_new_company_gets_the_key_the_vendor_lets_us_choose() {
    let stand = Stand::new(plans::accounts_on_request());
    stand.there().named_by_us = true;
    stand.import(&format!("{ANN}Cid,Roe,,Gamma,,CFO\n"));
    stand.push().await;
    let there = stand.there();
    let mut keys: Vec<_> = there
        .of(ACCOUNT)
        .iter()
        .map(|account| account.values["Key"].clone())
        .collect();
    keys.sort_by_key(ToString::to_string);
    assert_eq!(keys, ["ours:Gamma", "ours:acme.com"]);
}
