#![allow(clippy::unwrap_used)]

use std::time::Duration;

use super::*;
use crate::domain::ids::AccountId;
use crate::domain::integration::Environment;
use crate::domain::lead::Readiness;
use crate::store::fixtures::{account, crm, event, lead as local, now, seed, source};
use crate::store::test_support::{assert_counters, count, state};
use crate::store::{PulledOption, PulledQualifier};

struct World {
    store: Store,
    integration: IntegrationId,
}

impl World {
    fn new() -> Self {
        let mut store = Store::in_memory().unwrap();
        crm(&mut store);
        let integration = source(&mut store, Environment::Production).id;
        let option = |id: &str, value: &str| PulledOption {
            id: id.into(),
            value: value.into(),
        };
        let qualifier = |id: &str, name: &str, multiple| PulledQualifier {
            id: id.into(),
            name: name.into(),
            multiple,
            all_events: true,
            options: vec![
                option(&format!("{id}a"), "A; or so"),
                option(&format!("{id}b"), "B"),
            ],
            ..PulledQualifier::default()
        };
        let qualifiers = [
            qualifier("m", "Many", true),
            qualifier("s", "Single", false),
        ];
        store.take_setup(&[], &qualifiers, now()).unwrap();
        Self { store, integration }
    }

    fn take(&mut self, items: PulledItems) -> PageDone {
        let page = PulledPage {
            integration: self.integration,
            run: RunId(1),
            listing: "leads",
            items,
            ids: Vec::new(),
            state: None,
        };
        let done = self.store.take_page(&page, now()).unwrap();
        assert_counters(&self.store);
        done
    }

    fn leads(&mut self, leads: &[PulledLead]) -> PageDone {
        self.take(PulledItems::Leads(leads.to_vec()))
    }

    fn answers(&self, lead: LeadId) -> Vec<String> {
        let mut all: Vec<String> = self
            .store
            .connection
            .prepare(
                "SELECT raw FROM answers WHERE lead_id = ?1 AND value_id IS NOT NULL ORDER BY raw",
            )
            .unwrap()
            .query_map([lead.0], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        all.sort();
        all
    }

    fn hold(&self, lead: LeadId) -> String {
        self.store
            .connection
            .query_row(
                "SELECT hold FROM sync_records WHERE lead_id = ?1",
                [lead.0],
                |row| row.get(0),
            )
            .unwrap()
    }
}

fn ann() -> PulledLead {
    PulledLead {
        id: "u1".into(),
        captured_at: Some(now() + Duration::from_secs(60)),
        fields: [
            ("firstName", "Ann"),
            ("lastName", "Lee"),
            ("email", "ann.lee@acme.com"),
            ("jobTitle", "CTO"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into(),
        scans: Some(1),
        answers: Some(Vec::new()),
        ..PulledLead::default()
    }
}

fn with(lead: PulledLead, key: &str, value: &str) -> PulledLead {
    let mut lead = lead;
    lead.fields.insert(key.into(), value.into());
    lead
}

const ANN: LeadId = LeadId(1);

fn job(store: &Store) -> String {
    store.load_leads(&[ANN]).unwrap()[0].fields["jobTitle"].clone()
}

#[test]
fn the_source_tells_how_a_lead_stands_now_and_reverts_no_correction() {
    let mut world = World::new();
    assert_eq!(world.leads(&[ann()]).created, 1);
    assert_eq!(world.leads(&[ann()]).unchanged, 1);
    assert_eq!(world.leads(&[with(ann(), "jobTitle", "CEO")]).updated, 1);
    // Back to what it was: a row of a file seen before would change nothing.
    assert_eq!(world.leads(&[ann()]).updated, 1);
    assert_eq!(job(&world.store), "CTO");
    world
        .store
        .connection
        .execute(
            "UPDATE leads SET fields = json_set(fields, '$.jobTitle', 'Boss')",
            [],
        )
        .unwrap();
    assert_eq!(world.leads(&[with(ann(), "twitter", "@ann")]).updated, 1);
    assert_eq!(job(&world.store), "Boss");
    let mut less = ann();
    less.fields.remove("twitter");
    assert_eq!(
        world.leads(&[less]).unchanged,
        1,
        "what is not told any more stays"
    );
    assert_eq!(count(&world.store, "SELECT count(*) FROM captures"), 1);
}

#[test]
fn a_person_known_from_a_file_is_the_same_and_two_of_the_source_never_are() {
    let mut world = World::new();
    let known = local(&world.store, "Ann", "Lee", &[]);
    let account = AccountId(1);
    seed(&mut world.store, account);
    let other = PulledLead {
        id: "u2".into(),
        ..ann()
    };
    let done = world.leads(&[ann(), other]);
    assert_eq!([done.created, done.updated], [1, 1]);
    assert_eq!(
        of_source(&world.store.connection, "u1").unwrap(),
        Some(known)
    );
    let nameless = |id: &str| {
        let mut lead = ann();
        lead.id = id.into();
        lead.fields.remove("email");
        lead.fields.insert("companyName".into(), "Acme".into());
        lead
    };
    assert_eq!(world.leads(&[nameless("u3"), nameless("u4")]).created, 2);
    assert_eq!(world.leads(&[nameless("u3"), nameless("u4")]).unchanged, 2);
}

#[test]
fn history_waits_unless_it_was_said_otherwise() {
    let mut world = World::new();
    let old = PulledLead {
        captured_at: Some(now() - Duration::from_secs(60)),
        ..ann()
    };
    world.leads(std::slice::from_ref(&old));
    assert_eq!(world.hold(ANN), "before-connect");
    world.leads(&[with(old.clone(), "twitter", "@a")]);
    assert_eq!(
        world.hold(ANN),
        "before-connect",
        "news of it are history too"
    );
    let mut world = World::new();
    world.leads(&[ann()]);
    assert_eq!(world.hold(ANN), "");
    let mut world = World::new();
    let settings = r#"{"backlog_push": true}"#;
    world
        .store
        .connection
        .execute(
            "UPDATE integrations SET settings = ?1 WHERE category = 'source'",
            [settings],
        )
        .unwrap();
    world.leads(&[old]);
    assert_eq!(world.hold(ANN), "");
}

#[test]
fn a_lead_waits_until_the_source_has_filled_it_in() {
    let mut world = World::new();
    let raw = PulledLead {
        enriching: true,
        ..ann()
    };
    assert_eq!(world.leads(std::slice::from_ref(&raw)).enriching, 1);
    let readiness = |world: &World| world.store.load_leads(&[ANN]).unwrap()[0].readiness;
    assert_eq!(readiness(&world), Readiness::Enriching);
    assert_eq!(world.leads(&[raw]).unchanged, 1);
    assert_eq!(world.leads(&[ann()]).updated, 1);
    assert_eq!(readiness(&world), Readiness::Ready);
    assert_eq!(world.leads(&[ann()]).unchanged, 1);
}

#[test]
fn answers_are_known_by_their_options() {
    let mut world = World::new();
    let answered = |options: &[&str]| PulledLead {
        answers: Some(options.iter().map(|option| (*option).to_owned()).collect()),
        ..ann()
    };
    let done = world.leads(&[answered(&["ma", "mb", "sa", "unknown"])]);
    assert_eq!([done.created, done.unknown_answers], [1, 1]);
    assert_eq!(world.answers(ANN), ["A; or so", "A; or so", "B"]);
    assert_eq!(world.leads(&[answered(&["mb", "sb"])]).updated, 1);
    assert_eq!(world.answers(ANN), ["B", "B"]);
    let silent = PulledLead {
        answers: None,
        ..with(ann(), "twitter", "@a")
    };
    world.leads(&[silent]);
    assert_eq!(
        world.answers(ANN),
        ["B", "B"],
        "nothing said is nothing taken back"
    );
    world.leads(&[answered(&[])]);
    assert_eq!(world.answers(ANN), Vec::<String>::new());
}

#[test]
fn a_lead_is_in_its_events_whichever_is_told_first() {
    let mut world = World::new();
    let (expo, dinner) = (event(&world.store, "Expo"), event(&world.store, "Dinner"));
    let member = PulledMember {
        lead: "u1".into(),
        registered: true,
        checked_in: false,
    };
    world.take(PulledItems::Members(expo, vec![member.clone()]));
    world.leads(&[ann()]);
    world.take(PulledItems::Members(dinner, vec![member.clone()]));
    let came = PulledMember {
        checked_in: true,
        ..member
    };
    world.take(PulledItems::Members(dinner, vec![came]));
    assert_eq!(
        count(
            &world.store,
            "SELECT count(*) FROM event_leads WHERE registered = 1"
        ),
        2
    );
    assert_eq!(
        count(
            &world.store,
            "SELECT count(*) FROM event_leads WHERE checked_in = 1"
        ),
        1
    );
    assert_eq!(
        count(&world.store, "SELECT revision FROM leads"),
        2,
        "joining is a change, coming is none"
    );
    assert_eq!(world.store.source_members(dinner).unwrap(), ["u1"]);
}

#[test]
fn an_activity_is_taken_down_once_and_makes_its_lead_due_again() {
    let mut world = World::new();
    let told = |text: &str| PulledActivity {
        id: "e1".into(),
        lead: "u1".into(),
        text: text.into(),
        at: Some(now()),
        ..PulledActivity::default()
    };
    let early = world.take(PulledItems::Activities(vec![told("Call")]));
    assert_eq!(early.activities, 0, "its lead is not here yet");
    let lead = PulledLead {
        activities: vec!["e1".into(), "e2".into()],
        ..ann()
    };
    world.leads(std::slice::from_ref(&lead));
    assert_eq!(world.store.leads_with_open_activities().unwrap(), ["u1"]);
    let of = account(&world.store.integration("crm").unwrap().unwrap());
    crate::store::test_support::settle(&mut world.store, of, ANN, "cleared", false);
    let done = world.take(PulledItems::Activities(vec![told("Call"), told("Call")]));
    assert_eq!(done.activities, 1);
    assert_eq!(state(&world.store, of, ANN).0, "waiting");
    assert_eq!(
        world.store.leads_with_open_activities().unwrap(),
        ["u1"],
        "e2 is still to be asked for"
    );
    world.store.close_activities(&["u1".into()]).unwrap();
    assert!(world.store.leads_with_open_activities().unwrap().is_empty());
    world.leads(&[lead]);
    assert!(world.store.leads_with_open_activities().unwrap().is_empty());
    assert_eq!(world.store.activities(ANN).unwrap()[0].source, "mobly");
}

#[test]
fn hints_are_what_the_source_says_now() {
    let mut world = World::new();
    let hinted = |ids: &[(&str, &str)]| PulledLead {
        remote_ids: ids
            .iter()
            .map(|(system, id)| ((*system).to_owned(), (*id).to_owned()))
            .collect(),
        ..ann()
    };
    world.leads(&[hinted(&[("crm", "1"), ("other", "2")])]);
    world.leads(&[hinted(&[("crm", "3")])]);
    let hints =
        "SELECT group_concat(vendor || remote_id) = 'crm3' FROM remote_hints WHERE lead_id = 1";
    assert_eq!(count(&world.store, hints), 1);
}

#[test]
fn a_page_and_its_cursor_are_one() {
    let mut world = World::new();
    let page = PulledPage {
        integration: world.integration,
        run: RunId(1),
        listing: "leads",
        items: PulledItems::Leads(vec![ann()]),
        ids: vec!["u1".into()],
        // No JSON: the cursor cannot be kept, so the lead is not taken in either.
        state: Some("{".into()),
    };
    assert!(world.store.take_page(&page, now()).is_err());
    assert_eq!(count(&world.store, "SELECT count(*) FROM leads"), 0);
    let page = PulledPage {
        state: Some("{}".into()),
        ..page
    };
    world.store.take_page(&page, now()).unwrap();
    let cursor = world
        .store
        .pull_cursor(world.integration, "leads")
        .unwrap()
        .unwrap();
    assert_eq!((cursor.state.as_str(), cursor.at), ("{}", now()));
    assert_eq!(
        world
            .store
            .pull_seen(world.integration, "leads")
            .unwrap()
            .len(),
        1
    );
    world
        .store
        .forget_old_walks(now() + Duration::from_secs(3_600))
        .unwrap();
    assert_eq!(
        world
            .store
            .pull_seen(world.integration, "leads")
            .unwrap()
            .len(),
        1
    );
    world
        .store
        .forget_old_walks(now() + Duration::from_secs(90_000))
        .unwrap();
    assert!(
        world
            .store
            .pull_seen(world.integration, "leads")
            .unwrap()
            .is_empty()
    );
}
