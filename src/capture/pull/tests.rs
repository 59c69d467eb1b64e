#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::*;
use crate::clock::{ManualClock, SharedClock};
use crate::domain::activity::ActivityKind;
use crate::domain::ids::LeadId;
use crate::domain::integration::Environment;
use crate::sources::{
    self, Page, SourceActivity, SourceEvent, SourceInfo, SourceLead, SourceMembership, SourceProof,
    WriteBack,
};
use crate::store::Lookup;
use crate::store::fixtures::{connect, now, source as connect_source};
use crate::store::test_support::{assert_counters, count};
use crate::transport::{BaseUrl, NoAuthorization, Pacer, Transport};
use crate::vendors::CallErrorKind;

const PAGE: usize = 50;

/// A source in memory that fails where it is told to.
struct Fake {
    transport: Transport,
    listings: Mutex<BTreeMap<String, Vec<SourceItem>>>,
    calls: Mutex<Vec<String>>,
    /// The number of the call that fails, from 0.
    fails_at: Mutex<Option<usize>>,
}

fn lead(number: usize) -> SourceLead {
    SourceLead {
        id: format!("lead-{number:04}"),
        captured_at: Some(now() + Duration::from_secs(number as u64)),
        fields: [
            ("firstName", "Ann".to_owned()),
            ("lastName", format!("Lee {number}")),
            ("email", format!("ann{number}@acme.com")),
        ]
        .into(),
        scans: Some(1),
        answers: Some(Vec::new()),
        activities: Some(if number < 3 {
            vec![format!("act-{number}")]
        } else {
            Vec::new()
        }),
        ..SourceLead::default()
    }
}

fn activity(number: usize) -> SourceItem {
    SourceItem::Activity(SourceActivity {
        id: format!("act-{number}"),
        lead: format!("lead-{number:04}"),
        at: Some(now()),
        kind: ActivityKind::Note,
        text: "Wants a quote".to_owned(),
        ..SourceActivity::default()
    })
}

fn member(number: usize) -> SourceItem {
    SourceItem::Membership(SourceMembership {
        lead: format!("lead-{number:04}"),
        registered: true,
        checked_in: number.is_multiple_of(2),
    })
}

impl Fake {
    /// Leads, every third of them at the dinner, all at the expo; the first three have a note each.
    fn new(leads: usize) -> Self {
        let event = |id: &str, name: &str| {
            SourceItem::Event(SourceEvent {
                id: id.to_owned(),
                name: name.to_owned(),
                ..SourceEvent::default()
            })
        };
        let listings = [
            ("events", vec![event("7", "Expo"), event("8", "Dinner")]),
            ("qualifiers", Vec::new()),
            (
                "leads",
                (0..leads)
                    .map(|at| SourceItem::Lead(Box::new(lead(at))))
                    .collect(),
            ),
            ("event:7", (0..leads).map(member).collect()),
            ("event:8", (0..leads).step_by(3).map(member).collect()),
            ("activities", (0..leads.min(3)).map(activity).collect()),
        ];
        let mut listings: BTreeMap<String, Vec<SourceItem>> = listings
            .into_iter()
            .map(|(name, items): (&str, Vec<_>)| (name.to_owned(), items))
            .collect();
        for at in 0..leads.min(3) {
            listings.insert(format!("activities:lead-{at:04}"), vec![activity(at)]);
        }
        let clock: SharedClock = Arc::new(ManualClock::new(now()));
        let rules = (sources::ALL[0].rules)();
        let transport = Transport::new(
            BaseUrl::parse("http://127.0.0.1:9").unwrap(),
            rules,
            Arc::new(NoAuthorization),
            Pacer::new(&[], clock, 50, false),
        );
        Self {
            transport: transport.unwrap(),
            listings: Mutex::new(listings),
            calls: Mutex::default(),
            fails_at: Mutex::default(),
        }
    }

    fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    fn call(&self, name: String) -> Result<(), CallError> {
        let mut calls = self.calls.lock().unwrap();
        if *self.fails_at.lock().unwrap() == Some(calls.len()) {
            return Err(CallError::new(CallErrorKind::Unavailable {
                retry_after: None,
                message: "down".to_owned(),
            }));
        }
        calls.push(name);
        Ok(())
    }

    fn change(&self, listing: &str, change: impl FnOnce(&mut Vec<SourceItem>)) {
        change(self.listings.lock().unwrap().get_mut(listing).unwrap());
    }
}

#[async_trait]
impl Source for Fake {
    fn info(&self) -> &'static SourceInfo {
        sources::ALL[0]
    }

    fn transport(&self) -> &Transport {
        &self.transport
    }

    async fn prove(&self) -> Result<SourceProof, CallError> {
        Ok(SourceProof::default())
    }

    async fn page(&self, listing: &Listing, page: u32) -> Result<Page, CallError> {
        let key = listing.key();
        self.call(format!("{key}/{page}"))?;
        let listings = self.listings.lock().unwrap();
        let items = &listings[&key];
        Ok(Page {
            items: items
                .iter()
                .skip(page as usize * PAGE)
                .take(PAGE)
                .cloned()
                .collect(),
            total: Some(items.len() as u64),
            odd: 0,
        })
    }

    async fn lead(&self, id: &str) -> Result<Option<SourceLead>, CallError> {
        self.call(format!("lead {id}"))?;
        let listings = self.listings.lock().unwrap();
        Ok(listings["leads"].iter().find_map(|item| match item {
            SourceItem::Lead(lead) if lead.id == id => Some((**lead).clone()),
            _ => None,
        }))
    }

    async fn set_remote_id(
        &self,
        _: &str,
        _: &str,
        _: Option<&str>,
    ) -> Result<WriteBack, CallError> {
        Ok(WriteBack::Done(crate::vendors::CallTrace::default()))
    }
}

struct World {
    store: Store,
    integration: IntegrationId,
    clock: Arc<ManualClock>,
    event: Option<EventId>,
    since: Option<Timestamp>,
}

impl World {
    fn new() -> Self {
        let mut store = Store::in_memory().unwrap();
        connect(&mut store, "crm", "1");
        let integration = connect_source(&mut store, Environment::Production).id;
        Self {
            store,
            integration,
            clock: Arc::new(ManualClock::new(now() + Duration::from_secs(60))),
            event: None,
            since: None,
        }
    }

    async fn pull(&mut self, source: &Fake) -> (PullReport, Result<(), PullError>) {
        let clock: SharedClock = Arc::clone(&self.clock) as SharedClock;
        let options = PullOptions {
            integration: self.integration,
            run: RunId(1),
            event: self.event,
            since: self.since,
        };
        let mut report = PullReport::default();
        let ended = pull(
            source,
            &mut self.store,
            &options,
            &clock,
            &mut report,
            &mut |_| {},
        )
        .await;
        assert_counters(&self.store);
        (report, ended)
    }

    fn count(&self, sql: &str) -> i64 {
        count(&self.store, sql)
    }

    /// What a reader of the file sees of the leads.
    fn picture(&self) -> [i64; 5] {
        [
            "SELECT count(*) FROM leads",
            "SELECT total(revision) FROM leads",
            "SELECT count(*) FROM event_leads",
            "SELECT count(*) FROM event_leads WHERE checked_in = 1",
            "SELECT count(*) FROM activities",
        ]
        .map(|sql| self.count(&format!("SELECT CAST(({sql}) AS INTEGER)")))
    }
}

#[tokio::test]
async fn a_second_pull_changes_nothing_and_asks_for_no_activities() {
    let (mut world, source) = (World::new(), Fake::new(120));
    let (first, ended) = world.pull(&source).await;
    ended.unwrap();
    assert!(first.complete && !first.resumed);
    assert_eq!([first.read, first.created, first.activities], [120, 120, 3]);
    let before = world.picture();
    assert_eq!(before[..4], [120, 123, 160, 80]);
    source.calls();
    let (second, ended) = world.pull(&source).await;
    ended.unwrap();
    assert_eq!([second.read, second.unchanged], [120, 120]);
    assert_eq!(world.picture(), before);
    assert!(
        source
            .calls()
            .iter()
            .all(|call| !call.starts_with("activities"))
    );
    assert_eq!(world.count("SELECT count(*) FROM pulls"), 0);
    assert_eq!(world.count("SELECT count(*) FROM pull_seen"), 0);
}

#[tokio::test]
async fn a_pull_that_broke_off_anywhere_goes_on_and_ends_as_if_it_had_not() {
    let (mut whole, source) = (World::new(), Fake::new(120));
    whole.pull(&source).await.1.unwrap();
    let expected = whole.picture();
    let calls = source.calls().len();
    assert!(calls > 10);
    for broken in 0..calls {
        let (mut world, source) = (World::new(), Fake::new(120));
        *source.fails_at.lock().unwrap() = Some(broken);
        let (report, ended) = world.pull(&source).await;
        assert!(matches!(ended, Err(PullError::Call(_))), "{broken}");
        assert!(!report.complete, "{broken}");
        *source.fails_at.lock().unwrap() = None;
        let before = source.calls();
        let (report, ended) = world.pull(&source).await;
        ended.unwrap();
        assert!(report.complete, "{broken}");
        let after = source.calls();
        let in_leads = before.last().is_some_and(|call| call.starts_with("leads/"))
            && !before.iter().any(|call| call == "leads/2");
        if in_leads {
            assert!(report.resumed, "{broken}: {before:?}");
            assert!(
                !after.contains(&"leads/0".to_owned()),
                "{broken}: {after:?}"
            );
        }
        assert_eq!(world.picture(), expected, "{broken}");
    }
}

#[tokio::test]
async fn a_walk_left_for_long_or_over_another_total_begins_again() {
    for left_for_long in [true, false] {
        let (mut world, source) = (World::new(), Fake::new(120));
        // Two of set-up, three and one of members, two of leads.
        *source.fails_at.lock().unwrap() = Some(8);
        assert!(world.pull(&source).await.1.is_err());
        *source.fails_at.lock().unwrap() = None;
        assert_eq!(source.calls().last().unwrap(), "leads/1");
        if left_for_long {
            world.clock.advance(Duration::from_secs(3_601));
        } else {
            source.change("leads", |leads| {
                leads.remove(7);
            });
        }
        let (report, ended) = world.pull(&source).await;
        ended.unwrap();
        assert!(
            source.calls().contains(&"leads/0".to_owned()),
            "{left_for_long}"
        );
        assert!(report.complete);
        // Deleted there, it stays here.
        assert_eq!(world.picture()[0], 120);
    }
}

#[tokio::test]
async fn one_events_leads_are_read_one_by_one_only_where_that_is_less() {
    for (leads, singly) in [(400, false), (6, true)] {
        let (mut world, source) = (World::new(), Fake::new(400));
        source.change("event:8", |members| members.truncate(leads));
        let (_, ended) = world.pull(&source).await;
        ended.unwrap();
        let Lookup::Exact(event) = world.store.find_event("Dinner").unwrap() else {
            panic!("the dinner is not here");
        };
        source.calls();
        world.event = Some(event.id);
        let (report, ended) = world.pull(&source).await;
        ended.unwrap();
        let members = leads.min(134) as u64;
        assert_eq!([report.read, report.unchanged], [members, members]);
        let calls = source.calls();
        assert_eq!(calls.iter().any(|call| call.starts_with("lead ")), singly);
        assert!(!calls.iter().any(|call| call.starts_with("event:7")));
    }
}

#[tokio::test]
async fn an_event_of_our_own_cannot_be_pulled() {
    let (mut world, source) = (World::new(), Fake::new(3));
    world.event = Some(crate::store::fixtures::event(&world.store, "Own"));
    let (_, ended) = world.pull(&source).await;
    assert!(matches!(ended, Err(PullError::NotItsEvent)));
}

#[tokio::test]
async fn since_leaves_out_what_was_captured_before() {
    let (mut world, source) = (World::new(), Fake::new(120));
    world.since = Some(now() + Duration::from_secs(100));
    let (report, ended) = world.pull(&source).await;
    ended.unwrap();
    assert_eq!([report.read, report.created], [20, 20]);
    world.since = None;
    let (report, ended) = world.pull(&source).await;
    ended.unwrap();
    assert_eq!([report.created, report.unchanged], [100, 20]);
    // The notes of those that were left out are not forgotten.
    assert_eq!(report.activities, 3);
}

#[tokio::test]
async fn a_lead_met_while_we_read_gets_its_event_at_once() {
    let (mut world, source) = (World::new(), Fake::new(3));
    world.pull(&source).await.1.unwrap();
    let late = SourceLead {
        captured_at: Some(now() + Duration::from_secs(61)),
        ..lead(77)
    };
    // The members were read before it was captured: as if the first answer had come without it.
    source.change("leads", |leads| {
        leads.push(SourceItem::Lead(Box::new(late)));
    });
    world.pull(&source).await.1.unwrap();
    let asked = source.calls();
    let members = asked.iter().filter(|call| *call == "event:7/0").count();
    assert_eq!(members, 3, "once in the first pull, twice in the second");
}

#[tokio::test]
async fn a_lead_removed_here_stays_removed_until_it_is_scanned_again() {
    let (mut world, source) = (World::new(), Fake::new(3));
    world.pull(&source).await.1.unwrap();
    world.store.remove_leads(&[LeadId(2)]).unwrap();
    let (report, _) = world.pull(&source).await;
    assert_eq!([report.read, report.removed], [2, 1]);
    source.change("leads", |leads| {
        if let SourceItem::Lead(lead) = &mut leads[1] {
            lead.scans = Some(2);
        }
    });
    let (report, _) = world.pull(&source).await;
    assert_eq!(
        [report.created, report.removed, report.activities],
        [1, 0, 1]
    );
}
