//! Campaigns that are values of a person's field: they go with the person, in its own row, and take nothing away.

use mobly_sync::domain::failure::Phase;
use mobly_sync::domain::history::Author;
use mobly_sync::domain::lead::Role;
use mobly_sync::domain::mapping::{Rule, RuleOptions, Source, WriteBehaviour};
use mobly_sync::domain::run::{AttemptStatus, PushSummary};
use mobly_sync::store::campaigns::NewCampaignRule;
use serde_json::{Value, json};

use crate::support::twofold::{CONTACT, LABELS, LEAD, SHOWS, Stand, plans};

const ANN: &str = "Ann,Lee,ann@acme.com,Acme,acme.com,CTO\n";
const ANNS: &str = "ann@acme.com";

fn stand() -> Stand {
    let stand = Stand::new(plans::leads_and_contacts());
    let options = [
        (LABELS, vec!["Expo", "Hot", "Dinner", "Customer"]),
        (SHOWS, vec!["Expo 2026", "Dinner 2026"]),
    ];
    stand.there().options.extend(options);
    stand
}

/// Lets an event feed a mark.
fn feed(stand: &Stand, to: &str, kind: &str, id: &str, threshold: u32) {
    let mut store = stand.store();
    let rule = NewCampaignRule {
        kind: kind.into(),
        remote_id: id.into(),
        name: id.replace('=', " = "),
        closed: None,
        event: store.find_event(to).unwrap().found().unwrap().id,
        status: None,
        qualifier: None,
        by_answer: Vec::new(),
        threshold,
    };
    let integration = stand.integration();
    let account = integration.account.unwrap().id;
    let now = jiff::Timestamp::UNIX_EPOCH;
    store
        .save_campaign_rule(integration.id, account, &rule, &Author::default(), now)
        .unwrap();
}

/// Maps the same text into a field of every lead.
fn constant(stand: &Stand, remote: &str, text: &str, write: WriteBehaviour) {
    let rule = Rule {
        object: LEAD.into(),
        remote: remote.into(),
        event: None,
        write,
        source: Source::Constant(text.into()),
        options: RuleOptions::default(),
        described: None,
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let rules = [(rule, Role::Persona)];
    let integration = stand.integration().id;
    let mut store = stand.store();
    store
        .save_rules(integration, &rules, true, &Author::default(), now)
        .unwrap();
}

async fn again(stand: &Stand) -> PushSummary {
    let change = |request: &mut mobly_sync::engine::PushRequest| {
        request.selection.cleared = true;
        request.again = true;
    };
    stand.push_with(change).await
}

fn ann_is_there(stand: &Stand, values: &[(&str, &str)]) {
    let mut all = vec![
        ("FirstName", "Ann"),
        ("LastName", "Lee"),
        ("Email", ANNS),
        ("Title", "CTO"),
        ("Company", "Acme"),
    ];
    all.extend(values);
    stand.there().put(LEAD, "l-ann", &all);
}

fn held(stand: &Stand, field: &str) -> Value {
    stand.there().value(LEAD, "l-ann", field)
}

fn members(stand: &Stand) -> u64 {
    let account = stand.integration().account.unwrap().id;
    let fed = stand.store().fed_campaigns(account).unwrap();
    fed.iter().map(|one| one.leads).sum()
}

#[tokio::test]
async fn a_label_is_added_to_what_is_there_and_once_only() {
    let stand = stand();
    ann_is_there(&stand, &[(LABELS, "Hot")]);
    stand.import(&format!("{ANN}Bob,Lee,bob@acme.com,Acme,acme.com,CTO\n"));
    feed(&stand, "Expo", "label", "Expo", 0);
    let summary = stand.push().await;
    assert_eq!((summary.created, summary.updated), (1, 1));
    assert_eq!(held(&stand, LABELS), json!("Hot;Expo"));
    assert_eq!(stand.there().value(LEAD, "lead-2", LABELS), json!("Expo"));
    assert_eq!(
        stand.steps(ANNS),
        ["person update lead l-ann", "campaign update label -"]
    );
    assert_eq!(stand.note(ANNS), "label \"Expo\" went with the person");
    assert_eq!(members(&stand), 2);
    assert_eq!(stand.there().called("update lead"), 1, "in the same row");
    assert_eq!(stand.there().campaigns.calls, Vec::<String>::new());

    assert_eq!(stand.push().await.pushed, 0);
    assert_eq!(again(&stand).await.unchanged, 2);
    assert_eq!(stand.there().called("update"), 1);
    assert!(
        stand
            .note(ANNS)
            .ends_with("the person has label \"Expo\" already"),
        "{}",
        stand.note(ANNS)
    );
}

#[tokio::test]
async fn every_event_adds_its_label_and_a_new_one_makes_the_lead_due() {
    let stand = stand();
    ann_is_there(&stand, &[]);
    stand.import(ANN);
    feed(&stand, "Expo", "label", "Expo", 0);
    feed(&stand, "Expo", "label", "Customer", 0);
    assert_eq!(stand.push().await.updated, 1);
    assert_eq!(held(&stand, LABELS), json!("Expo;Customer"));
    stand.import_to("Dinner", "Email\nann@acme.com\n");
    feed(&stand, "Dinner", "label", "Dinner", 0);
    let summary = stand.push().await;
    assert_eq!((summary.pushed, summary.updated), (1, 1));
    assert_eq!(held(&stand, LABELS), json!("Expo;Customer;Dinner"));
}

#[tokio::test]
async fn a_field_of_one_value_holds_that_of_the_latest_event() {
    let stand = stand();
    ann_is_there(&stand, &[(SHOWS, "Dinner 2026"), ("Title", "CTO")]);
    stand.import(ANN);
    feed(&stand, "Expo", "field", "Shows=Expo 2026", 0);
    stand.push().await;
    assert_eq!(held(&stand, SHOWS), json!("Expo 2026"));
    stand.import_to("Dinner", "Email\nann@acme.com\n");
    feed(&stand, "Dinner", "field", "Shows=Dinner 2026", 0);
    stand.push().await;
    assert_eq!(held(&stand, SHOWS), json!("Dinner 2026"));
    let note = stand.note(ANNS);
    let gives_way = "field \"Shows = Expo 2026\" gives way to field \"Shows = Dinner 2026\"";
    assert!(note.contains(gives_way), "{note}");
    // It stays: the two do not take turns.
    assert_eq!(again(&stand).await.unchanged, 1);
    assert_eq!(held(&stand, SHOWS), json!("Dinner 2026"));
}

#[tokio::test]
async fn what_is_mapped_to_the_same_field_goes_beside_it_or_gives_way() {
    let stand = stand();
    ann_is_there(&stand, &[]);
    stand.import(ANN);
    constant(&stand, LABELS, "Customer", WriteBehaviour::IfBlank);
    constant(&stand, "Title", "Visitor", WriteBehaviour::Overwrite);
    feed(&stand, "Expo", "label", "Expo", 0);
    feed(&stand, "Expo", "field", "Title=Expo", 0);
    stand.import("Bob,Lee,bob@acme.com,Acme,acme.com,CTO\n");
    assert_eq!(stand.push().await.cleared, 2);
    for id in ["l-ann", "lead-2"] {
        let there = stand.there();
        assert_eq!(there.value(LEAD, id, LABELS), json!("Customer;Expo"));
        assert_eq!(there.value(LEAD, id, "Title"), json!("Expo"));
    }
    assert_eq!(again(&stand).await.unchanged, 2, "nothing is sent twice");
    assert_eq!(stand.there().called("update"), 1);
}

#[tokio::test]
async fn below_the_threshold_nothing_is_marked() {
    let stand = stand();
    ann_is_there(&stand, &[("Title", "")]);
    stand.import(ANN);
    feed(&stand, "Expo", "label", "Expo", 2);
    assert_eq!(stand.push().await.updated, 1);
    assert_eq!(held(&stand, LABELS), Value::Null);
    assert_eq!(stand.steps(ANNS)[1], "campaign skip label -");
    let note = stand.note(ANNS);
    assert_eq!(note, "\"Expo\" takes leads from 2 scans on, not 1");
    assert_eq!(members(&stand), 0);
    stand.import_csv("Email,Number of Scans\nann@acme.com,2\n");
    assert_eq!(stand.push().await.updated, 1);
    assert_eq!(held(&stand, LABELS), json!("Expo"));
}

#[tokio::test]
async fn a_label_that_is_gone_keeps_no_person_out_and_fails_the_lead() {
    let stand = stand();
    stand.import(ANN);
    feed(&stand, "Expo", "label", "Expo", 0);
    stand.there().options.insert(LABELS, vec!["Hot"]);
    let summary = stand.push().await;
    assert_eq!((summary.failed, summary.failed_landed), (1, 1));
    assert_eq!(summary.by_category["CONNECTION"], 1);
    assert_eq!(stand.there().of(LEAD).len(), 1, "the person is there");
    let attempt = stand.attempt(ANNS);
    assert_eq!(attempt.status, AttemptStatus::Failed);
    let last = attempt.phases.last().unwrap();
    assert_eq!((last.name, last.ok), (Phase::Campaign, false));
    assert_eq!(
        last.note.as_deref(),
        Some("the label \"Expo\" is gone: Labels has no such option")
    );
    // It is there again: the same person gets it.
    stand.there().options.insert(LABELS, vec!["Expo"]);
    assert_eq!(stand.push().await.cleared, 1);
    assert_eq!(stand.there().value(LEAD, "lead-1", LABELS), json!("Expo"));
    assert_eq!(stand.there().of(LEAD).len(), 1);
}

#[tokio::test]
async fn a_person_of_another_object_goes_without() {
    let stand = stand();
    let values = [("LastName", "Lee"), ("Email", ANNS)];
    stand.there().put(CONTACT, "c-ann", &values);
    stand.import(ANN);
    feed(&stand, "Expo", "label", "Expo", 0);
    assert_eq!(stand.push().await.cleared, 1);
    let note = stand.note(ANNS);
    let told = "label \"Expo\" is for leads, and this person is contact c-ann";
    assert!(note.contains(told), "{note}");
    assert_eq!(members(&stand), 0);
}
