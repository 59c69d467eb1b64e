//! Companies that stand in a field of the person: found or made for those who need one, never changed where there is one.

#![allow(clippy::await_holding_lock)] // every guard is dropped before the push; the lint does not look for that

use mobly_sync::domain::category::Category;
use mobly_sync::domain::failure::Failure;
use mobly_sync::vendors::{MatchPlan, Verdict};

use crate::support::twofold::{ACCOUNT, CONTACT, Stand, plans};

const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";

fn stand() -> Stand {
    Stand::new(plans::accounts_and_contacts())
}

fn account_of(stand: &Stand, contact: &str) -> serde_json::Value {
    stand.there().value(CONTACT, contact, "AccountId")
}

#[tokio::test]
async fn a_new_contact_is_made_in_the_account_of_its_domain_or_name() {
    let stand = stand();
    let mut there = stand.there();
    there.put(
        ACCOUNT,
        "a1",
        &[("Name", "Acme Inc"), ("Website", "acme.com")],
    );
    there.put(ACCOUNT, "a2", &[("Name", "Beta")]);
    drop(there);
    stand.import(&format!("{ANN}Bob,Poe,,Beta,,CFO\n"));
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.created), (2, 2));
    let there = stand.there();
    let accounts: Vec<_> = there
        .of(CONTACT)
        .iter()
        .map(|contact| contact.values["AccountId"].clone())
        .collect();
    assert_eq!(accounts, ["a1", "a2"]);
    assert_eq!(there.of(ACCOUNT).len(), 2, "none is made");
}

#[tokio::test]
async fn where_there_is_no_account_it_is_made_once_for_all_its_people() {
    let stand = stand();
    stand.import(&format!(
        "{ANN}Bob,Poe,bob@acme.com,Acme,acme.com,CFO\nCid,Roe,cid@acme.com,Acme,acme.com,\n"
    ));
    let summary = stand.push().await;
    assert_eq!(summary.created, 3);
    {
        let there = stand.there();
        assert_eq!(there.of(ACCOUNT).len(), 1);
        let account = there.of(ACCOUNT)[0].id.clone();
        assert!(
            there
                .of(CONTACT)
                .iter()
                .all(|contact| contact.values["AccountId"] == account.as_str())
        );
        // Persons are looked up before an account is made.
        let place = |call: &str| there.calls.iter().position(|made| made.starts_with(call));
        assert!(place("find contact Email") < place("find account"));
        assert!(place("create account") < place("create contact"));
    }
    assert_eq!(
        stand.steps("ann@acme.com"),
        [
            "person create contact contact-2",
            "company create account account-1",
            "association link account account-1"
        ]
    );
    let attempt = stand.attempt("ann@acme.com");
    assert!(attempt.phases[2].request.is_none(), "no call of its own");
    assert_eq!(
        stand.links("ann@acme.com"),
        ["account account-1", "contact contact-2"]
    );
}

#[tokio::test]
async fn a_contact_under_an_account_is_never_moved_and_costs_no_account() {
    let stand = stand();
    let mut there = stand.there();
    there.put(ACCOUNT, "a9", &[("Name", "Holding")]);
    let ann = [
        ("LastName", "Lee"),
        ("Email", "ann@acme.com"),
        ("AccountId", "a9"),
    ];
    there.put(CONTACT, "c1", &ann);
    drop(there);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!(summary.updated, 1);
    assert_eq!(account_of(&stand, "c1"), "a9");
    assert_eq!(stand.there().called("find account"), 0);
    assert_eq!(stand.there().of(ACCOUNT).len(), 1);
    assert_eq!(
        stand.steps("ann@acme.com"),
        ["person update contact c1", "association skip account a9"]
    );
    assert!(stand.note("ann@acme.com").contains("which stays"));
}

#[tokio::test]
async fn a_contact_without_an_account_gets_one() {
    let stand = stand();
    let ann = [
        ("FirstName", "Ann"),
        ("LastName", "Lee"),
        ("Email", "ann@acme.com"),
        ("Title", "CTO"),
    ];
    stand.there().put(CONTACT, "c1", &ann);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!((summary.updated, summary.created), (1, 0));
    assert_eq!(account_of(&stand, "c1"), "account-2");
    // Nothing else differs: the account alone was written, and it stays however the lead's company changes.
    let body = stand.attempt("ann@acme.com").phases[0].request.clone();
    assert_eq!(
        body.unwrap().body,
        serde_json::json!({ "AccountId": "account-2" })
    );
    stand.edit("ann@acme.com", "companyName", "Beta");
    stand.edit("ann@acme.com", "companyWebsite", "beta.example");
    stand.push().await;
    assert_eq!(account_of(&stand, "c1"), "account-2");
    assert_eq!(stand.there().of(ACCOUNT).len(), 1);
}

#[tokio::test]
async fn an_account_that_vanished_is_looked_for_anew_in_the_same_run() {
    let stand = stand();
    stand.import(ANN);
    stand.push().await;
    stand.there().remove(ACCOUNT, "account-1");
    stand.import("Bob,Poe,bob@acme.com,Acme,acme.com,CFO\nCid,Roe,cid@acme.com,Acme,acme.com,\n");
    let summary = stand.push().await;
    assert_eq!(
        (summary.cleared, summary.created, summary.failed),
        (2, 2, 0)
    );
    let there = stand.there();
    assert_eq!(there.of(ACCOUNT).len(), 1, "made once for both");
    let new = there.of(ACCOUNT)[0].id.clone();
    let bob = there.of(CONTACT)[1];
    assert_eq!(bob.values["AccountId"], new.as_str());
    drop(there);
    assert!(stand.note("bob@acme.com").contains("looked for anew"));
}

#[tokio::test]
async fn a_refusal_that_names_the_account_looks_for_it_anew_once_and_then_stands() {
    let refusal = || {
        let failure = Failure::new(Category::Connection, "no such account").on_field("AccountId");
        Verdict::Refused(failure)
    };
    let stand = stand();
    let script = [("ann@acme.com".to_owned(), vec![refusal()])];
    stand.there().scripted.extend(script);
    stand.import(ANN);
    assert_eq!(stand.push().await.cleared, 1);
    let stand = self::stand();
    let script = [("ann@acme.com".to_owned(), vec![refusal(), refusal()])];
    stand.there().scripted.extend(script);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!((summary.failed, summary.failed_there), (1, 0));
    assert_eq!(
        stand.attempt("ann@acme.com").category,
        Some(Category::Connection)
    );
    assert_eq!(stand.push().await.cleared, 1, "a retry brings it");
}

#[tokio::test]
async fn nobody_is_made_without_an_account_where_nobody_stands_alone() {
    let stand = stand();
    stand.import("Ann,Lee,ann@gmail.com,,,CTO\n");
    let summary = stand.push().await;
    assert_eq!(summary.failed, 1);
    assert_eq!(
        stand.attempt("ann@gmail.com").category,
        Some(Category::NotEnoughData)
    );
    assert_eq!(stand.there().called("create"), 0);
    // Where they may, the contact is made all the same.
    let plan = MatchPlan {
        person_stands_alone: true,
        ..plans::accounts_and_contacts()
    };
    let stand = Stand::new(plan);
    stand.import("Ann,Lee,ann@gmail.com,,,CTO\n");
    assert_eq!(stand.push().await.created, 1);
}

#[tokio::test]
async fn two_requests_are_never_at_one_account_at_once() {
    let stand = Stand::with_rows(plans::accounts_and_contacts(), 2);
    let mut there = stand.there();
    there.sociable = true;
    for (id, name, website) in [("a1", "Acme", "acme.com"), ("b1", "Beta", "beta.com")] {
        there.put(ACCOUNT, id, &[("Name", name), ("Website", website)]);
    }
    // Contacts that are there already: their account is held while they change.
    for n in 0..5 {
        let (id, email) = (format!("c{n}"), format!("old{n}@acme.com"));
        let values = [
            ("LastName", "Lee"),
            ("Email", email.as_str()),
            ("AccountId", "a1"),
        ];
        there.put(CONTACT, &id, &values);
    }
    drop(there);
    let mut csv = String::new();
    for n in 0..7 {
        csv.push_str(&format!("Ann{n},Lee,ann{n}@acme.com,Acme,acme.com,CTO\n"));
        csv.push_str(&format!("Bob{n},Poe,bob{n}@beta.com,Beta,beta.com,CFO\n"));
        csv.push_str(&format!("Old{n},Lee,old{n}@acme.com,Acme,acme.com,CFO\n"));
    }
    stand.import(&csv);
    let summary = stand.push().await;
    assert_eq!(summary.cleared, 21);
    let there = stand.there();
    assert_eq!(there.met, Vec::<String>::new());
    assert!(there.most_at_once > 1, "others do not wait");
    // Rows of one account stand together: 16 new contacts in as few requests as ever.
    assert_eq!(there.called("create contact"), 8);
    assert_eq!(there.called("update contact"), 3);
}

#[tokio::test]
async fn windows_share_the_locks_of_accounts() {
    let stand = Stand::with_rows(plans::accounts_and_contacts(), 400);
    let values = [("Name", "Acme"), ("Website", "acme.com")];
    stand.there().sociable = true;
    stand.there().put(ACCOUNT, "a1", &values);
    let mut csv = String::new();
    for n in 0..1_100 {
        csv.push_str(&format!("Ann{n},Lee,ann{n}@acme.com,Acme,acme.com,CTO\n"));
    }
    stand.import(&csv);
    let summary = stand.push().await;
    assert_eq!(summary.created, 1_100);
    let there = stand.there();
    assert_eq!(there.met, Vec::<String>::new());
    assert_eq!(there.called("create contact"), 3 + 1);
}

#[tokio::test]
async fn a_contact_whose_answer_was_lost_is_found_under_its_account() {
    let stand = stand();
    stand.there().lost.insert(CONTACT, 1);
    stand.import(ANN);
    let summary = stand.push().await;
    assert_eq!((summary.cleared, summary.created), (1, 1));
    assert_eq!(
        stand.links("ann@acme.com"),
        ["account account-1", "contact contact-2"]
    );
    assert!(stand.note("ann@acme.com").contains("joined already"));
    assert_eq!(stand.there().called("create"), 2);
}

#[tokio::test]
async fn a_refused_account_fails_its_people_before_anybody_is_made() {
    let stand = stand();
    // No name, and the domain is told by the lead itself: the account lacks what it must have.
    stand.import("Ann,Lee,ann@acme.com,,acme.com,CTO\n");
    let summary = stand.push().await;
    assert_eq!((summary.failed, summary.failed_there), (1, 0));
    assert_eq!(stand.there().called("create contact"), 0);
    // One that is there under its account needs none.
    let ann = [
        ("LastName", "Lee"),
        ("Email", "ann@acme.com"),
        ("AccountId", "a9"),
    ];
    stand.there().put(CONTACT, "c1", &ann);
    assert_eq!(stand.push().await.cleared, 1);
}

#[tokio::test]
async fn where_new_people_are_leads_only_known_contacts_get_an_account() {
    let stand = Stand::new(plans::contacts_first());
    let ann = [("LastName", "Lee"), ("Email", "ann@acme.com")];
    stand.there().put(CONTACT, "c1", &ann);
    stand.import(&format!("{ANN}Bob,Poe,bob@beta.com,Beta,beta.com,CFO\n"));
    let summary = stand.push().await;
    assert_eq!((summary.updated, summary.created), (1, 1));
    let there = stand.there();
    assert_eq!(there.of(ACCOUNT).len(), 1, "none for the lead");
    assert_eq!(there.of(ACCOUNT)[0].values["Name"], "Acme");
    assert!(there.value(CONTACT, "c1", "AccountId").is_string());
}
