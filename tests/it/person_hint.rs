//! The record a source names for its lead: a hint, after the stored id and before the address.

#![allow(clippy::await_holding_lock)] // every guard is dropped before the push; the lint does not look for that

use crate::support::twofold::{CONTACT, LEAD, Stand, plans};

const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";

/// Makes every lead here one of a source that says so of its record.
fn hint(stand: &Stand, record: &str) {
    let store = stand.store();
    let vendor = stand.integration().vendor;
    let file = rusqlite::Connection::open(store.path()).unwrap();
    file.execute_batch(&format!(
        "INSERT INTO integrations (name, vendor, category, connected, mode_since, created_at, updated_at)
           VALUES ('mobly', 'mobly', 'source', 1, 0, 0, 0);
         INSERT INTO accounts (integration_id, vendor_account, origin, environment, first_seen)
           SELECT id, 'organization', '', 'production', 0 FROM integrations WHERE name = 'mobly';
         UPDATE integrations SET account_id = (SELECT max(id) FROM accounts) WHERE name = 'mobly';
         UPDATE leads SET source = 'mobly', external_id = 'uuid-' || id;
         INSERT INTO remote_hints (lead_id, vendor, remote_id) SELECT id, '{vendor}', '{record}' FROM leads;"
    ))
    .unwrap();
}

#[tokio::test]
async fn a_record_without_an_address_is_the_leads() {
    let stand = Stand::new(plans::leads_only());
    stand.there().put(LEAD, "l7", &[("LastName", "Lee")]);
    stand.import(ANN);
    hint(&stand, "l7");
    let summary = stand.push().await;
    assert_eq!((summary.updated, summary.created), (1, 0));
    assert_eq!(stand.links("ann@acme.com"), ["lead l7"]);
}

#[tokio::test]
async fn a_strangers_record_is_left_alone_and_the_address_decides() {
    let stand = Stand::new(plans::leads_only());
    stand
        .there()
        .put(LEAD, "l7", &[("Email", "somebody@else.com")]);
    stand.there().put(LEAD, "l8", &[("Email", "ann@acme.com")]);
    stand.import(ANN);
    hint(&stand, "l7");
    let summary = stand.push().await;
    assert_eq!((summary.updated, summary.created), (1, 0));
    assert_eq!(stand.links("ann@acme.com"), ["lead l8"]);
}

#[tokio::test]
async fn a_record_that_is_not_there_is_forgotten() {
    let stand = Stand::new(plans::leads_only());
    stand.import(ANN);
    hint(&stand, "l7");
    let summary = stand.push().await;
    assert_eq!((summary.created, summary.failed), (1, 0));
}

#[tokio::test]
async fn nobody_is_asked_for_by_id_where_nothing_is_said() {
    let stand = Stand::new(plans::leads_only());
    stand.import(ANN);
    stand.push().await;
    let leads = stand.there().called(&format!("find {LEAD}"));
    let contacts = stand.there().called(&format!("find {CONTACT}"));
    let with = Stand::new(plans::leads_only());
    with.import(ANN);
    hint(&with, "l7");
    with.push().await;
    assert_eq!(with.there().called(&format!("find {LEAD}")), leads + 1);
    assert_eq!(with.there().called(&format!("find {CONTACT}")), contacts);
}
