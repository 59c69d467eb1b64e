#![allow(clippy::unwrap_used)]

use super::*;
use crate::store::fixtures::{account, author, connect, crm, event, fresh, lead, now, seed, set};
use crate::store::ledger::Commit;
use crate::store::test_support::{assert_counters, qualifier};

fn rule(event: EventId, id: &str) -> NewCampaignRule {
    NewCampaignRule {
        kind: Campaign::OBJECT.to_owned(),
        remote_id: id.to_owned(),
        name: format!("Campaign {id}"),
        closed: None,
        event,
        status: Some("Sent".to_owned()),
        qualifier: None,
        by_answer: Vec::new(),
        threshold: 0,
    }
}

#[test]
fn an_event_feeds_several_campaigns_with_settings_of_their_own() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let of = account(&crm);
    let (expo, dinner) = (event(&store, "Expo"), event(&store, "Dinner"));
    let interest = qualifier(&store, "Interest", false, &["Demo"]);
    let by_interest = NewCampaignRule {
        qualifier: Some(interest),
        by_answer: vec![StatusOfAnswer {
            answer: "Demo".into(),
            status: "Responded".into(),
        }],
        threshold: 2,
        ..rule(expo, "701A")
    };
    let mut save = |new: &NewCampaignRule| {
        store
            .save_campaign_rule(crm.id, of, new, &author(), now())
            .unwrap()
    };
    let first = save(&by_interest).unwrap();
    assert!(save(&rule(expo, "701B")).is_some());
    assert!(save(&rule(dinner, "701A")).is_some());
    assert_eq!(save(&rule(dinner, "701A")), None, "it stands so already");

    let fed = store.fed_campaigns(of).unwrap();
    assert_eq!(fed.len(), 2);
    assert_eq!(fed[0].rules.len(), 2, "two events");
    assert_eq!(fed[0].rules[0].qualifier, Some(interest));
    assert_eq!(fed[0].rules[0].by_answer[0].status, "Responded");
    assert_eq!(fed[0].rules[0].threshold, 2);
    assert_eq!(fed[0].rules[1].threshold, 0, "settings of the pair");
    assert_eq!(fresh(&store, &crm).revision, crm.revision + 3);

    let change = store.setup_changes(first).unwrap().remove(0);
    assert_eq!(
        (change.kind.as_str(), change.key.as_str()),
        ("campaign", "Expo → Campaign 701A (701A)")
    );
    assert_eq!(change.before, None);
    assert_eq!(change.after.unwrap()["statuses"]["Demo"], "Responded");
}

#[test]
fn what_feeds_nothing_any_more_is_listed_no_longer_and_its_members_are_remembered() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let of = account(&crm);
    let expo = event(&store, "Expo");
    let ann = lead(&store, "Ann", "Lee", &[expo]);
    seed(&mut store, of);
    store
        .save_campaign_rule(crm.id, of, &rule(expo, "701A"), &author(), now())
        .unwrap();
    let campaign = store.campaigns(of).unwrap()[0].id;
    let member = Membership {
        campaign,
        object: "lead".into(),
        person: "00Q1".into(),
        status: Some("Sent".into()),
        remote_id: Some("00v1".into()),
    };
    let person = ("lead".to_owned(), "00Q1".to_owned());
    let run = store
        .begin_run(&crate::store::NewRun::default(), now())
        .unwrap();
    let frame = crate::store::RunFrame {
        run,
        account: of,
        trigger: crate::domain::run::Trigger::Auto,
        event: None,
        integration_revision: 1,
    };
    let commit = Commit {
        memberships: vec![(ann, member.clone()), (LeadId(999), member.clone())],
        ..Commit::default()
    };
    store.commit(&frame, &commit, now()).unwrap();
    assert_eq!(store.fed_campaigns(of).unwrap()[0].leads, 1);

    let mut remove = || {
        store
            .remove_campaign_rule(crm.id, of, campaign, expo, &author(), now())
            .unwrap()
    };
    assert!(remove().is_some());
    assert_eq!(remove(), None);
    assert_eq!(store.fed_campaigns(of).unwrap(), []);
    let known = store
        .memberships(
            campaign,
            &[person.clone(), ("contact".into(), "00Q1".into())],
        )
        .unwrap();
    assert_eq!(known.len(), 1, "a contact of that id is somebody else");
    assert_eq!(known[&person], member);
    assert_counters(&store);
}

#[test]
fn another_account_has_campaigns_of_its_own() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let expo = event(&store, "Expo");
    store
        .save_campaign_rule(crm.id, account(&crm), &rule(expo, "701A"), &author(), now())
        .unwrap();
    let other = connect(&mut store, "crm", "99").integration;
    assert_ne!(account(&other), account(&crm));
    assert_eq!(store.campaign_rules(account(&other)).unwrap(), []);
    assert_eq!(store.campaign_rules(account(&crm)).unwrap().len(), 1);
}

#[test]
fn an_event_that_goes_takes_its_campaigns_settings_along() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let expo = event(&store, "Expo");
    let new = NewCampaignRule {
        by_answer: vec![StatusOfAnswer {
            answer: "Demo".into(),
            status: "Responded".into(),
        }],
        ..rule(expo, "701A")
    };
    store
        .save_campaign_rule(crm.id, account(&crm), &new, &author(), now())
        .unwrap();
    store.remove_event(expo, true, now()).unwrap();
    assert_eq!(store.campaign_rules(account(&crm)).unwrap(), []);
    assert_counters(&store);
}

#[test]
fn only_cleared_leads_with_enough_scans_are_concerned() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let of = account(&crm);
    let expo = event(&store, "Expo");
    let ann = lead(&store, "Ann", "Lee", &[expo]);
    let bo = lead(&store, "Bo", "Stone", &[expo]);
    lead(&store, "Cy", "Young", &[expo]);
    seed(&mut store, of);
    for cleared in [ann, bo] {
        set(&store, of, cleared, "state = 'cleared'");
    }
    store
        .connection
        .execute("UPDATE leads SET scans = 2 WHERE id = ?1", [ann.0])
        .unwrap();
    assert_eq!(store.cleared_with_scans(of, expo, 0).unwrap(), 2);
    assert_eq!(store.cleared_with_scans(of, expo, 2).unwrap(), 1);
}

#[test]
fn a_lead_was_met_when_it_first_came_to_an_event_that_feeds_the_campaign() {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    let of = account(&crm);
    let [party, expo, dinner] = ["Party", "Expo", "Dinner"].map(|name| event(&store, name));
    // They come to their events one microsecond after the other.
    let ann = lead(&store, "Ann", "Lee", &[party, expo, dinner]);
    let bo = lead(&store, "Bo", "Stone", &[party]);
    for feeding in [dinner, expo] {
        store
            .save_campaign_rule(crm.id, of, &rule(feeding, "701A"), &author(), now())
            .unwrap();
    }
    let campaign = store.campaigns(of).unwrap()[0].id;
    let met = store.met_for(campaign, &[ann, bo]).unwrap();
    assert_eq!(met, [(ann, timestamp(1))].into());
}
