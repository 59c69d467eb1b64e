#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::capture_row::Channel;
use super::enrichment::{PROVIDER, RULES_FILL, RULES_TIDY};
use super::enrichments::{Answered, FieldChange, RuleChoice, StepOutcome};
use super::fixtures::{self, event};
use super::lead_edit::LeadEdit;
use super::requirements::Requirement;
use super::test_support::{account, assert_counters, count, row, settle, state};
use super::*;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;
use crate::domain::lead::{Lead, Readiness};

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn add(store: &mut Store, fields: &[(&str, &str)]) -> LeadId {
    store.add_lead(&row(None, fields), NOW).unwrap().lead
}

fn load(store: &Store, lead: LeadId) -> Lead {
    store.load_leads(&[lead]).unwrap().remove(0)
}

fn every(store: &Store) -> RuleChoice {
    RuleChoice::Every(store.enrichment_settings().unwrap())
}

fn ruled(store: &mut Store, lead: LeadId) -> Vec<FieldChange> {
    let choice = every(store);
    store.apply_rules(&[lead], &choice, false, NOW).unwrap()
}

fn answered(lead: LeadId, fields: &[(&str, &str)]) -> Answered {
    Answered {
        lead,
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        outcome: StepOutcome::Found,
        note: None,
        known: vec![7],
    }
}

fn origin(store: &Store, lead: LeadId, field: &str) -> (String, Option<String>) {
    let fields = load(store, lead).fields;
    let origin = store.field_origins(lead, &fields).unwrap()[field].clone();
    (origin.origin, origin.before)
}

#[test]
fn the_rules_write_once_and_say_what_they_did() {
    let mut store = Store::in_memory().unwrap();
    let lead = add(
        &mut store,
        &[("lastName", "ANA LI"), ("email", "ana@acme.com")],
    );
    let dry = every(&store);
    let planned = store.apply_rules(&[lead], &dry, true, NOW).unwrap();
    assert_eq!(load(&store, lead).field("lastName"), Some("ANA LI"));
    let done = ruled(&mut store, lead);
    assert_eq!(planned, done, "a dry run tells what would happen");
    let after = load(&store, lead);
    assert_eq!(after.revision, 2, "one change, however many fields");
    assert_eq!(after.display_name(), "Ana Li");
    assert_eq!(
        origin(&store, lead, "lastName"),
        ("rules:name-split".into(), Some("ANA LI".into()))
    );
    assert_eq!(
        origin(&store, lead, "companyWebsite"),
        ("rules:website".into(), None)
    );
    assert_eq!(origin(&store, lead, "email"), ("import".into(), None));
    assert!(ruled(&mut store, lead).is_empty());
    assert_eq!(load(&store, lead).revision, 2);
}

#[test]
fn a_field_changed_by_hand_afterwards_is_no_longer_enrichments() {
    let mut store = Store::in_memory().unwrap();
    let lead = add(&mut store, &[("lastName", "Li"), ("email", "ana@acme.com")]);
    ruled(&mut store, lead);
    let edit = LeadEdit {
        fields: BTreeMap::from([("companyWebsite".into(), "acme.io".into())]),
        answers: Vec::new(),
    };
    store.edit_leads(&[lead], &edit, false, NOW).unwrap();
    assert_eq!(
        origin(&store, lead, "companyWebsite"),
        ("hand".into(), None)
    );
    assert!(ruled(&mut store, lead).is_empty(), "what is there stays");
}

#[test]
fn a_growing_export_reverts_nothing_and_finds_the_person_again() {
    let mut store = Store::in_memory().unwrap();
    let first = [("lastName", "ANA LI"), ("companyName", "Acme")];
    let lead = add(&mut store, &first);
    ruled(&mut store, lead);
    let again = [
        ("lastName", "ANA LI"),
        ("companyName", "Acme"),
        ("phone", "1"),
    ];
    assert_eq!(add(&mut store, &again), lead, "split since, and the same");
    let after = load(&store, lead);
    assert_eq!(after.display_name(), "Ana Li");
    assert_eq!(after.field("phone"), Some("1"));
}

#[test]
fn a_provider_fills_only_what_is_empty_and_its_values_are_written_neatly() {
    let mut store = Store::in_memory().unwrap();
    let lead = add(&mut store, &[("lastName", "LI"), ("jobTitle", "Buyer")]);
    let found = answered(
        lead,
        &[
            ("jobTitle", "Chief Liar"),
            ("firstName", "ANA"),
            ("email", "ana@acme.com"),
        ],
    );
    store.switch_enrichment(RULES_FILL, None, true).unwrap();
    let choice = RuleChoice::Switched(store.enrichment_settings().unwrap());
    store
        .apply_answers("hunter", &[found], &choice, NOW)
        .unwrap();
    let after = load(&store, lead);
    assert_eq!(after.field("jobTitle"), Some("Buyer"));
    assert_eq!(after.field("lastName"), Some("LI"), "tidying is off");
    assert_eq!(after.field("firstName"), Some("Ana"), "ours to write");
    assert_eq!(after.field("companyWebsite"), Some("https://acme.com"));
    assert_eq!(after.email_key.as_deref(), Some("ana@acme.com"));
    let provider = format!("{PROVIDER}hunter");
    assert_eq!(origin(&store, lead, "firstName"), (provider.clone(), None));
    assert_eq!(origin(&store, lead, "companyWebsite").0, "rules:website");
    assert_eq!(
        store.asked_before("hunter", &[lead]).unwrap()[&lead],
        vec![7]
    );
    assert!(store.asked_before("other", &[lead]).unwrap().is_empty());
    // Tidied later, it is still the provider's.
    let edit = answered(lead, &[("companyCountry", "Germany")]);
    store
        .apply_answers("hunter", &[edit], &RuleChoice::None, NOW)
        .unwrap();
    store
        .set_enrichment_value(enrichment::COUNTRIES, None, Some("codes"))
        .unwrap();
    ruled(&mut store, lead);
    assert_eq!(load(&store, lead).field("companyCountry"), Some("DE"));
    assert_eq!(origin(&store, lead, "companyCountry").0, provider);
}

#[test]
fn what_is_filled_makes_a_lead_due_again() {
    let mut store = Store::in_memory().unwrap();
    let account = account(&store, "crm");
    let cleared = add(&mut store, &[("lastName", "Li"), ("email", "a@acme.com")]);
    let lacking = add(&mut store, &[("lastName", "Po"), ("email", "b@acme.com")]);
    let other = add(&mut store, &[("lastName", "Xu"), ("email", "c@acme.com")]);
    settle(&mut store, account, cleared, "cleared", false);
    let lack = Failure::new(Category::NotEnoughData, "no company");
    fixtures::fail(&store, account, lacking, Phase::Prepare, &lack, false);
    let refused = fixtures::unknown_industry("x");
    fixtures::fail(&store, account, other, Phase::Person, &refused, false);
    for lead in [cleared, lacking, other] {
        assert_eq!(ruled(&mut store, lead).len(), 1);
    }
    assert_eq!(state(&store, account, cleared).0, "waiting");
    assert_eq!(state(&store, account, lacking).0, "waiting");
    assert_eq!(state(&store, account, other).0, "failed");
    assert_counters(&store);
}

#[test]
fn in_manual_a_failed_lead_stays_failed() {
    let mut store = Store::in_memory().unwrap();
    let account = account(&store, "crm");
    store
        .connection
        .execute("UPDATE integrations SET mode = 'manual'", [])
        .unwrap();
    let lead = add(&mut store, &[("lastName", "Po"), ("email", "b@acme.com")]);
    let lack = Failure::new(Category::NotEnoughData, "no company");
    fixtures::fail(&store, account, lead, Phase::Prepare, &lack, false);
    ruled(&mut store, lead);
    assert_eq!(state(&store, account, lead).0, "failed");
    assert_counters(&store);
    assert_eq!(store.wait_where_data_lacks(NOW).unwrap(), 1, "asked again");
    assert_eq!(store.leads_to_enrich(NOW, 9).unwrap()[0].lead, lead);
}

#[test]
fn new_leads_wait_only_where_something_is_switched_on() {
    let mut store = Store::in_memory().unwrap();
    let (expo, summit) = (event(&store, "Expo"), event(&store, "Summit"));
    let mut number = 0;
    let mut captured = |store: &mut Store, event, channel| {
        number += 1;
        let email = format!("p{number}@acme.com");
        let mut row = row(event, &[("email", email.as_str())]);
        row.channel = channel;
        let lead = store.add_lead(&row, NOW).unwrap().lead;
        load(store, lead).readiness
    };
    let mut readiness = |store: &mut Store, event| captured(store, event, Channel::File);
    assert_eq!(readiness(&mut store, Some(expo)), Readiness::Ready);
    store.switch_enrichment(RULES_TIDY, None, true).unwrap();
    store
        .switch_enrichment(RULES_TIDY, Some(summit), false)
        .unwrap();
    assert_eq!(readiness(&mut store, Some(expo)), Readiness::Enriching);
    assert_eq!(readiness(&mut store, None), Readiness::Enriching);
    assert_eq!(readiness(&mut store, Some(summit)), Readiness::Ready);
    assert_eq!(
        captured(&mut store, Some(expo), Channel::Mobly),
        Readiness::Ready,
        "Mobly enriches its own"
    );
    let waiting: Vec<LeadId> = store
        .leads_to_enrich(NOW, 9)
        .unwrap()
        .iter()
        .map(|waiting| waiting.lead)
        .collect();
    assert_eq!(waiting.len(), 2);
    store.end_enrichment(&waiting).unwrap();
    for lead in waiting {
        assert_eq!(load(&store, lead).readiness, Readiness::Ready);
    }
}

#[test]
fn a_lead_a_source_still_fills_in_is_not_let_go() {
    let mut store = Store::in_memory().unwrap();
    let lead = add(&mut store, &[("email", "a@acme.com")]);
    store
        .connection
        .execute("UPDATE leads SET readiness = 'enriching'", [])
        .unwrap();
    store.end_enrichment(&[lead]).unwrap();
    assert_eq!(load(&store, lead).readiness, Readiness::Enriching);
}

#[test]
fn a_removed_lead_leaves_nothing_behind() {
    let mut store = Store::in_memory().unwrap();
    let lead = add(&mut store, &[("lastName", "LI"), ("email", "a@acme.com")]);
    ruled(&mut store, lead);
    store.wait_for_enrichment(&[lead], NOW).unwrap();
    store.remove_leads(&[lead]).unwrap();
    for table in ["field_origins", "enrichments", "enrichment_queue"] {
        assert_eq!(count(&store, &format!("SELECT count(*) FROM {table}")), 0);
    }
    assert_counters(&store);
}

#[test]
fn a_demanded_field_that_is_filled_lets_the_lead_go_in_the_same_breath() {
    let mut store = Store::in_memory().unwrap();
    let crm = fixtures::crm(&mut store);
    let account = fixtures::account(&crm);
    let lead = add(&mut store, &[("lastName", "Po"), ("email", "b@acme.com")]);
    let phone = Requirement {
        fields: vec!["phone".into(), "mobilePhone".into()],
        event: None,
    };
    let demanded = store
        .add_requirements(crm.id, &[phone], &fixtures::author(), NOW)
        .unwrap();
    assert_eq!(demanded.waiting, 1);
    let hold = |store: &Store| -> String {
        store
            .connection
            .query_row(
                "SELECT state || '/' || hold FROM sync_records WHERE account_id = ?1 AND lead_id = ?2",
                (account.0, lead.0),
                |row| row.get(0),
            )
            .unwrap()
    };
    assert_eq!(hold(&store), "waiting/needs-data");
    assert_eq!(store.wait_where_data_lacks(NOW).unwrap(), 1);
    let other = answered(lead, &[("jobTitle", "Buyer")]);
    store
        .apply_answers("hunter", &[other], &RuleChoice::None, NOW)
        .unwrap();
    assert_eq!(hold(&store), "waiting/needs-data", "not what was demanded");
    let found = answered(lead, &[("mobilePhone", "+4930901820")]);
    store
        .apply_answers("hunter", &[found], &RuleChoice::None, NOW)
        .unwrap();
    assert_eq!(hold(&store), "waiting/");
    assert_counters(&store);
}

#[test]
fn what_the_rules_looked_at_is_known_even_if_they_had_nothing_to_add() {
    let mut store = Store::in_memory().unwrap();
    let lead = add(&mut store, &[("lastName", "Li")]);
    assert!(store.enriched_at(lead).unwrap().is_none());
    assert!(ruled(&mut store, lead).is_empty());
    assert_eq!(store.enriched_at(lead).unwrap(), Some(NOW));
    let filled = add(&mut store, &[("lastName", "Po"), ("email", "p@acme.com")]);
    ruled(&mut store, filled);
    ruled(&mut store, filled);
    let found =
        format!("SELECT count(*) FROM enrichments WHERE lead_id = {filled} AND outcome = 'found'");
    assert_eq!(count(&store, &found), 1, "what they did is not forgotten");
}
