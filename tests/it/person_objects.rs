//! Persons in several objects: looked for in the plan's order, written where they are, named by ids that say no object.

#![allow(clippy::await_holding_lock)] // every guard is dropped before the push; the lint does not look for that

use mobly_sync::engine::Settle;
use mobly_sync::store::Selection;
use mobly_sync::vendors::Verdict;

use crate::support::twofold::{CONTACT, LEAD, Stand, plans};

const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";

/// One org for all strategies: Ann is a contact, Bob a lead, Dan both, Cid is new.
fn seeded(stand: &Stand) {
    let mut there = stand.there();
    for (object, id, first, email) in [
        (CONTACT, "c-ann", "Ann", "ann@acme.com"),
        (LEAD, "l-bob", "Bob", "bob@acme.com"),
        (CONTACT, "c-dan", "Dan", "dan@acme.com"),
        (LEAD, "l-dan", "Dan", "dan@acme.com"),
    ] {
        let values = [("FirstName", first), ("LastName", "Lee"), ("Email", email)];
        there.put(object, id, &values);
    }
    drop(there);
    stand.import(
        "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n\
         Bob,Lee,bob@acme.com,Acme,acme.com,CTO\n\
         Cid,Lee,cid@acme.com,Acme,acme.com,CTO\n\
         Dan,Lee,dan@acme.com,Acme,acme.com,CTO\n",
    );
}

fn title(stand: &Stand, object: &str, id: &str) -> serde_json::Value {
    stand.there().value(object, id, "Title")
}

#[tokio::test]
async fn leads_and_contacts_prefer_the_contact_and_make_leads() {
    let stand = Stand::new(plans::leads_and_contacts());
    seeded(&stand);
    let summary = stand.push().await;
    assert_eq!(
        (summary.cleared, summary.created, summary.updated),
        (4, 1, 3)
    );
    assert_eq!(title(&stand, CONTACT, "c-ann"), "CTO");
    assert_eq!(title(&stand, LEAD, "l-bob"), "CTO");
    assert_eq!(title(&stand, CONTACT, "c-dan"), "CTO");
    assert!(title(&stand, LEAD, "l-dan").is_null(), "the contact is Dan");
    assert_eq!(stand.links("cid@acme.com"), ["lead lead-5"]);
    assert_eq!(stand.steps("ann@acme.com"), ["person update contact c-ann"]);
    assert_eq!(stand.steps("bob@acme.com"), ["person update lead l-bob"]);
    let there = stand.there();
    assert_eq!(there.of(CONTACT).len(), 2, "no contact is ever made");
    assert!(there.value(CONTACT, "c-ann", "Company").is_null());
    assert_eq!(there.value(LEAD, "lead-5", "Company"), "Acme");
    // One write a kind and object, whatever the mix.
    assert_eq!(there.called("create"), 1);
    assert_eq!(there.called("update"), 2);
}

#[tokio::test]
async fn leads_only_never_looks_at_contacts() {
    let stand = Stand::new(plans::leads_only());
    seeded(&stand);
    let summary = stand.push().await;
    assert_eq!((summary.created, summary.updated), (2, 2));
    assert_eq!(title(&stand, LEAD, "l-bob"), "CTO");
    assert_eq!(title(&stand, LEAD, "l-dan"), "CTO");
    assert!(title(&stand, CONTACT, "c-ann").is_null());
    assert_eq!(stand.there().called("find contact"), 0);
}

#[tokio::test]
async fn an_id_is_asked_only_in_the_object_it_is_stored_for() {
    let stand = Stand::new(plans::leads_and_contacts());
    stand.import("Bob,Lee,bob@acme.com,Acme,,CTO\n");
    stand.push().await;
    stand.there().calls.clear();
    stand.edit("bob@acme.com", "jobTitle", "CEO");
    let summary = stand.push().await;
    assert_eq!((summary.pushed, summary.updated), (1, 1));
    assert_eq!(
        stand.there().calls,
        [
            "find contact Email bob@acme.com",
            "find lead Id lead-1",
            "update lead 1"
        ]
    );
    assert_eq!(title(&stand, LEAD, "lead-1"), "CEO");
}

#[tokio::test]
async fn a_lead_with_records_in_both_prefers_the_plans_order() {
    let mut stand = Stand::new(plans::leads_only());
    seeded(&stand);
    stand.push().await;
    assert_eq!(stand.links("dan@acme.com"), ["lead l-dan"]);
    stand.plan = plans::leads_and_contacts();
    stand.edit("dan@acme.com", "jobTitle", "CEO");
    stand.push().await;
    assert_eq!(title(&stand, CONTACT, "c-dan"), "CEO");
    assert_eq!(title(&stand, LEAD, "l-dan"), "CTO");
    assert_eq!(
        stand.links("dan@acme.com"),
        ["lead l-dan", "contact c-dan"],
        "both are kept, the one of the last push at the end"
    );
    // The same is what a list shows as the person's record.
    let integration = stand.integration();
    let selection = Selection {
        lead: Some(stand.lead("dan@acme.com")),
        ..Selection::default()
    };
    let mut shown = Vec::new();
    let store = stand.store();
    store
        .lead_lines(&integration, &selection, None, &mut |line| {
            shown.push(line.record);
            Ok(())
        })
        .unwrap();
    assert_eq!(shown, [Some("c-dan".to_owned())]);
}

#[tokio::test]
async fn a_stale_id_falls_through_to_the_next_step_and_is_replaced() {
    let stand = Stand::new(plans::leads_and_contacts());
    let values = [("LastName", "Lee"), ("Email", "ann@acme.com")];
    stand.there().put(CONTACT, "c-old", &values);
    stand.import(ANN);
    stand.push().await;
    assert_eq!(stand.links("ann@acme.com"), ["contact c-old"]);
    stand.there().remove(CONTACT, "c-old");
    stand.there().put(LEAD, "l-new", &values);
    stand.edit("ann@acme.com", "jobTitle", "CEO");
    stand.push().await;
    assert_eq!(title(&stand, LEAD, "l-new"), "CEO");
    assert_eq!(stand.there().of(CONTACT).len(), 0);
    assert_eq!(stand.links("ann@acme.com"), ["lead l-new"]);
    // Gone from both: made anew, and the stale lead id is replaced.
    stand.there().remove(LEAD, "l-new");
    stand.edit("ann@acme.com", "jobTitle", "COO");
    let summary = stand.push().await;
    assert_eq!(summary.created, 1);
    assert_eq!(stand.links("ann@acme.com"), ["lead lead-1"]);
}

#[tokio::test]
async fn an_id_from_the_source_is_tried_in_each_object_and_believed_where_the_address_agrees() {
    let stand = Stand::new(plans::leads_and_contacts());
    let mut there = stand.there();
    let values = [("FirstName", "Bob"), ("LastName", "Lee")];
    there.put(LEAD, "00Q1", &values);
    there.put(CONTACT, "0031", &[("Email", "else@acme.com")]);
    drop(there);
    stand.import_csv(
        "First Name,Last Name,Email,remoteId,Job Title\n\
         Bob,Lee,bob@acme.com,00Q1,CTO\n\
         Eve,Lee,eve@acme.com,0031,CTO\n",
    );
    let summary = stand.push().await;
    assert_eq!((summary.updated, summary.created), (1, 1));
    assert_eq!(title(&stand, LEAD, "00Q1"), "CTO");
    assert!(title(&stand, CONTACT, "0031").is_null(), "a stranger's id");
}

#[tokio::test]
async fn what_we_wrote_counts_as_blank_in_the_object_we_wrote_it_to() {
    let stand = Stand::new(plans::leads_and_contacts());
    let mut there = stand.there();
    // Two records of one id: what was written to the one is not ours in the other.
    there.put(
        CONTACT,
        "7",
        &[("LastName", "Lee"), ("Email", "ann@acme.com")],
    );
    there.put(
        LEAD,
        "7",
        &[
            ("LastName", "Poe"),
            ("Email", "bob@acme.com"),
            ("Title", "CTO"),
        ],
    );
    drop(there);
    stand.import("Ann,Lee,ann@acme.com,Acme,,CTO\n");
    stand.push().await;
    stand.edit("ann@acme.com", "jobTitle", "CEO");
    stand.import("Bob,Poe,bob@acme.com,Acme,,CFO\n");
    stand.push().await;
    assert_eq!(title(&stand, CONTACT, "7"), "CEO", "ours, corrected");
    assert_eq!(title(&stand, LEAD, "7"), "CTO", "theirs stays");
}

#[tokio::test]
async fn a_record_is_adopted_in_whichever_object_has_it() {
    for (object, id) in [(CONTACT, "c1"), (LEAD, "l1")] {
        let stand = Stand::new(plans::leads_and_contacts());
        stand.there().put(object, id, &[("LastName", "Other")]);
        stand.import(ANN);
        let adopt = |request: &mut mobly_sync::engine::PushRequest| {
            request.settle = Some(Settle::Adopt(id.to_owned()));
        };
        let summary = stand.push_with(adopt).await;
        assert_eq!((summary.cleared, summary.updated), (1, 1));
        assert_eq!(title(&stand, object, id), "CTO");
        assert_eq!(stand.links("ann@acme.com"), [format!("{object} {id}")]);
    }
    // One of an object that this connection does not write is taken as it is.
    let stand = Stand::new(plans::leads_only());
    stand.there().put(CONTACT, "c1", &[("LastName", "Lee")]);
    stand.import(ANN);
    let summary = stand
        .push_with(|request| request.settle = Some(Settle::Adopt("c1".to_owned())))
        .await;
    assert_eq!((summary.unchanged, summary.created), (1, 0));
    assert_eq!(
        stand.note("ann@acme.com"),
        "is contact c1 there; this strategy writes leads only"
    );
}

#[tokio::test]
async fn one_that_the_vendor_says_is_there_is_found_in_any_object() {
    let stand = Stand::new(plans::leads_and_contacts());
    let mut there = stand.there();
    there.put(
        CONTACT,
        "c1",
        &[("LastName", "Lee"), ("Email", "alias@acme.com")],
    );
    let exists = Verdict::Exists { id: "c1".into() };
    there.scripted.insert("ann@acme.com".into(), vec![exists]);
    drop(there);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.updated), (1, 1));
    assert_eq!(stand.links("ann@acme.com"), ["contact c1"]);
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_in_the_object_it_was_meant_for() {
    let stand = Stand::new(plans::leads_and_contacts());
    stand.there().lost.insert(LEAD, 1);
    // A contact of the name is no answer to whether the lead was made.
    let namesake = [("FirstName", "Bob"), ("LastName", "Poe")];
    stand.there().put(CONTACT, "c1", &namesake);
    stand.import(&format!("{ANN}Bob,Poe,,Acme,,CFO\n"));
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.created), (2, 2));
    let there = stand.there();
    assert_eq!((there.of(LEAD).len(), there.of(CONTACT).len()), (2, 1));
    assert_eq!(there.called("create lead"), 1);
    assert_eq!(there.called("find lead Name"), 1);
}
