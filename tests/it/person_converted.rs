//! Leads that were converted at the vendor: followed to the contact, never written, never made anew.

#![allow(clippy::await_holding_lock)] // every guard is dropped before the push; the lint does not look for that

use mobly_sync::domain::run::AttemptResult;

use crate::support::twofold::{CONTACT, LEAD, Stand, plans};

const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";

fn title(stand: &Stand, object: &str, id: &str) -> serde_json::Value {
    stand.there().value(object, id, "Title")
}

#[tokio::test]
async fn a_converted_lead_is_followed_to_the_contact_where_contacts_are_written() {
    let stand = Stand::new(plans::leads_and_contacts());
    let mut there = stand.there();
    // The contact has another address by now: only the lead leads to it.
    there.put(
        CONTACT,
        "c1",
        &[("LastName", "Lee"), ("Email", "x@acme.com")],
    );
    there.put(
        LEAD,
        "l1",
        &[("LastName", "Lee"), ("Email", "ann@acme.com")],
    );
    there.convert("l1", (CONTACT, "c1"));
    drop(there);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.updated), (1, 1));
    assert_eq!(title(&stand, CONTACT, "c1"), "CTO");
    assert_eq!(stand.links("ann@acme.com"), ["contact c1"]);
    assert!(
        stand
            .note("ann@acme.com")
            .contains("lead l1 was converted to it")
    );
    // By id, too: the stored one is asked first from now on.
    stand.there().calls.clear();
    stand.edit("ann@acme.com", "jobTitle", "CEO");
    stand.push().await;
    assert_eq!(
        stand.there().calls,
        ["find contact Id c1", "update contact 1"]
    );
}

#[tokio::test]
async fn a_converted_lead_is_cleared_as_it_is_where_only_leads_are_written() {
    let stand = Stand::new(plans::leads_only());
    stand.import(ANN);
    stand.push().await;
    let mut there = stand.there();
    there.put(
        CONTACT,
        "c1",
        &[("LastName", "Lee"), ("Email", "ann@acme.com")],
    );
    there.convert("lead-1", (CONTACT, "c1"));
    drop(there);
    stand.edit("ann@acme.com", "jobTitle", "CEO");
    let summary = stand.push().await;
    assert_eq!(
        (summary.cleared, summary.created, summary.unchanged),
        (1, 0, 1)
    );
    let attempt = stand.attempt("ann@acme.com");
    assert_eq!(attempt.result, Some(AttemptResult::Unchanged));
    assert_eq!(stand.steps("ann@acme.com"), ["person skip contact c1"]);
    assert_eq!(
        stand.note("ann@acme.com"),
        "is contact c1 there since the lead was converted; this strategy writes leads only"
    );
    assert_eq!(
        stand.links("ann@acme.com").last().unwrap(),
        "contact c1",
        "what comes after the person uses the contact"
    );
    assert!(title(&stand, CONTACT, "c1").is_null());
}

#[tokio::test]
async fn a_lead_whose_contact_is_gone_is_looked_for_further_and_made_anew() {
    let stand = Stand::new(plans::leads_only());
    let mut there = stand.there();
    let ann = [("LastName", "Lee"), ("Email", "ann@acme.com")];
    there.put(LEAD, "l1", &ann);
    there.convert("l1", (CONTACT, "gone"));
    drop(there);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!(summary.created, 1);
    // Of several converted leads the oldest that leads somewhere counts.
    let stand = Stand::new(plans::leads_only());
    let mut there = stand.there();
    for id in ["l1", "l2"] {
        there.put(LEAD, id, &ann);
    }
    there.put(CONTACT, "c2", &ann);
    there.convert("l1", (CONTACT, "gone"));
    there.convert("l2", (CONTACT, "c2"));
    drop(there);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!((summary.created, summary.unchanged), (0, 1));
    assert_eq!(stand.links("ann@acme.com"), ["contact c2"]);
}

#[tokio::test]
async fn an_unconverted_lead_of_the_address_comes_before_a_converted_one() {
    let stand = Stand::new(plans::leads_only());
    let mut there = stand.there();
    let ann = [("LastName", "Lee"), ("Email", "ann@acme.com")];
    for id in ["l1", "l2", "l3"] {
        there.put(LEAD, id, &ann);
    }
    there.put(CONTACT, "c1", &ann);
    there.convert("l1", (CONTACT, "c1"));
    drop(there);
    stand.import(ANN);
    stand.push().await;
    assert_eq!(title(&stand, LEAD, "l2"), "CTO", "the oldest of the others");
    assert!(
        stand
            .note("ann@acme.com")
            .contains("2 records share the address")
    );
    assert_eq!(stand.there().called("find contact"), 0);
    // A step before it that found somebody wins over both.
    let stand = Stand::new(plans::leads_only());
    stand.import(ANN);
    stand.push().await;
    let mut there = stand.there();
    there.put(CONTACT, "c1", &ann);
    there.put(LEAD, "l9", &ann);
    there.convert("lead-1", (CONTACT, "c1"));
    drop(there);
    stand.edit("ann@acme.com", "jobTitle", "CEO");
    stand.push().await;
    assert!(title(&stand, LEAD, "l9").is_null());
    assert_eq!(stand.links("ann@acme.com").last().unwrap(), "contact c1");
}

#[tokio::test]
async fn a_lead_that_is_converted_while_it_is_written_is_followed_all_the_same() {
    let stand = Stand::new(plans::leads_and_contacts());
    let mut there = stand.there();
    let ann = [("LastName", "Lee"), ("Email", "ann@acme.com")];
    there.put(LEAD, "l1", &ann);
    there.put(
        CONTACT,
        "c1",
        &[("LastName", "Lee"), ("Email", "x@acme.com")],
    );
    there.converting.insert("l1".into(), (CONTACT, "c1".into()));
    drop(there);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!((summary.updated, summary.created), (1, 0));
    assert_eq!(title(&stand, CONTACT, "c1"), "CTO");
}

#[tokio::test]
async fn leads_that_lead_to_one_contact_change_it_one_after_the_other() {
    let stand = Stand::new(plans::leads_and_contacts());
    let mut there = stand.there();
    there.put(
        CONTACT,
        "c1",
        &[("LastName", "Lee"), ("Email", "x@acme.com")],
    );
    let mut csv = String::new();
    for n in 0..12 {
        let (id, email) = (format!("l{n}"), format!("ann{n}@acme.com"));
        there.put(LEAD, &id, &[("LastName", "Lee"), ("Email", &email)]);
        there.convert(&id, (CONTACT, "c1"));
        csv.push_str(&format!("Ann,Lee,{email},Acme,acme.com,Title {n}\n"));
    }
    drop(there);
    stand.import(&csv);
    let summary = stand.push().await;
    assert_eq!(summary.cleared, 12);
    assert!(title(&stand, CONTACT, "c1").is_string());
    let there = stand.there();
    let writes: Vec<_> = there
        .calls
        .iter()
        .filter(|call| !call.starts_with("find"))
        .collect();
    assert!(
        writes.iter().all(|call| *call == "update contact 1"),
        "{writes:?}"
    );
}
