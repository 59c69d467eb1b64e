#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use serde_json::json;
use wiremock::matchers::{body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::app::SignedIn;
use crate::clock::SystemClock;
use crate::domain::integration::{Environment, SecretPlace, Settings};
use crate::sources::{self, SourceInfo};
use crate::store::fixtures::{
    account, author, clear, details, lead, new_integration, now, pulled, seed, source,
};
use crate::store::integrations::{AccountDetails, NewIntegration};

const CRM: &str = "hubspot";

/// A rehearsed CRM that cleared some leads of a rehearsed source.
struct World {
    store: Store,
    source: AccountId,
    session: SourceSession,
    clock: SharedClock,
}

fn info() -> &'static SourceInfo {
    sources::lookup("mobly").unwrap()
}

fn world(server: &MockServer, leads: usize) -> World {
    let mut store = Store::in_memory().unwrap();
    let there = AccountDetails {
        environment: Environment::Rehearsal,
        ..details("1")
    };
    let new: NewIntegration = new_integration(CRM);
    let crm = store
        .connect_integration(&new, &there, &author(), now())
        .unwrap()
        .account
        .id;
    let of_leads = account(&source(&mut store, Environment::Rehearsal));
    let made: Vec<_> = (0..leads)
        .map(|number| {
            let made = lead(&store, "Ana", &format!("Li{number}"), &[]);
            pulled(&store, made, &format!("uuid-{number}"));
            made
        })
        .collect();
    seed(&mut store, crm);
    for (number, lead) in made.into_iter().enumerate() {
        clear(&mut store, crm, lead, &format!("50{number}"));
    }
    let clock: SharedClock = Arc::new(SystemClock::new());
    let settings = Settings {
        base_url: Some(server.uri()),
        ..Settings::default()
    };
    let key = SignedIn::token("canary".into(), SecretPlace::File);
    let pace = Pace {
        policy: Some(RetryPolicy { tries: 1, ..POLICY }),
        ..Pace::default()
    };
    let app = App::new(Some("unused.db".into())).unwrap();
    let session = app
        .source_with(info(), &settings, key, Arc::clone(&clock), pace, None)
        .unwrap();
    World {
        store,
        source: of_leads,
        session,
        clock,
    }
}

impl World {
    async fn drain(&mut self, goes_on: &(dyn Fn() -> bool + Sync)) -> (WroteBack, Option<Stop>) {
        let mut wrote = WroteBack::default();
        let stop = drain(
            &mut self.store,
            &self.session,
            self.source,
            &self.clock,
            goes_on,
            &mut wrote,
        )
        .await
        .unwrap();
        (wrote, stop)
    }

    fn waiting(&self) -> u64 {
        self.store.write_back_counts(self.source).unwrap().waiting
    }
}

async fn answers(server: &MockServer, status: u16) {
    Mock::given(method("PATCH"))
        .respond_with(
            ResponseTemplate::new(status)
                .set_body_json(json!({"status": status, "error": "told so"})),
        )
        .mount(server)
        .await;
}

#[tokio::test]
async fn each_record_is_told_by_the_sources_word_and_never_again() {
    let server = MockServer::start().await;
    for number in 0..2 {
        Mock::given(method("PATCH"))
            .and(path(format!("/api/v0/leads/uuid-{number}")))
            .and(header("x-api-key", "canary"))
            .and(body_json(
                json!({"remoteId": {"id": format!("50{number}"), "integrationType": "HUB_SPOT"}}),
            ))
            .respond_with(
                ResponseTemplate::new(200).set_body_json(json!({"status": 200, "results": {}})),
            )
            .expect(1)
            .mount(&server)
            .await;
    }
    let mut world = world(&server, 2);
    let (wrote, stop) = world.drain(&|| true).await;
    assert!(stop.is_none());
    assert_eq!((wrote.told, wrote.ended, world.waiting()), (2, 0, 0));
    let (wrote, _) = world.drain(&|| true).await;
    assert_eq!(wrote.told, 0);
}

#[tokio::test]
async fn a_lead_that_is_gone_there_is_never_told_again() {
    let server = MockServer::start().await;
    answers(&server, 404).await;
    let mut world = world(&server, 1);
    let (wrote, stop) = world.drain(&|| true).await;
    assert!(stop.is_none());
    assert_eq!((wrote.told, wrote.ended, world.waiting()), (0, 1, 0));
}

#[tokio::test]
async fn a_refused_key_ends_it_at_the_first_and_all_wait() {
    let server = MockServer::start().await;
    answers(&server, 403).await;
    let mut world = world(&server, 3);
    let (wrote, stop) = world.drain(&|| true).await;
    assert!(stop.unwrap().refused);
    assert_eq!((wrote.told, world.waiting()), (0, 3));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    // Nobody's fault but the key's: they are due as they were.
    let due = world
        .store
        .write_backs_due(world.source, world.clock.now(), 9)
        .unwrap();
    assert_eq!(due.len(), 3);
}

#[tokio::test]
async fn a_source_that_is_not_well_is_left_alone() {
    let server = MockServer::start().await;
    answers(&server, 500).await;
    let mut world = world(&server, 3);
    let (_, stop) = world.drain(&|| true).await;
    let stop = stop.unwrap();
    assert!(!stop.refused && stop.until.is_some());
    assert_eq!(world.waiting(), 3);
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn one_that_is_refused_again_and_again_is_given_up_and_keeps_no_other_waiting() {
    let server = MockServer::start().await;
    Mock::given(path("/api/v0/leads/uuid-0"))
        .respond_with(
            ResponseTemplate::new(400).set_body_json(json!({"status": 400, "error": "no"})),
        )
        .mount(&server)
        .await;
    Mock::given(path("/api/v0/leads/uuid-1"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"status": 200, "results": {}})),
        )
        .mount(&server)
        .await;
    let mut world = world(&server, 2);
    let (wrote, stop) = world.drain(&|| true).await;
    assert!(stop.is_none());
    assert_eq!((wrote.told, wrote.ended, world.waiting()), (1, 0, 1));
    let far = later(world.clock.now(), LONGEST_PAUSE);
    let mut wrote = WroteBack::default();
    for _ in 1..TRIES {
        let one = world.store.write_backs_due(world.source, far, 1).unwrap();
        let clock = Arc::clone(&world.clock);
        let (session, store) = (world.session.clone(), &mut world.store);
        tell(store, &session, info(), &one[0], &clock, &mut wrote)
            .await
            .unwrap();
    }
    assert_eq!((wrote.ended, world.waiting()), (1, 0));
}

#[tokio::test]
async fn the_end_of_the_time_cuts_nothing_off() {
    let server = MockServer::start().await;
    answers(&server, 200).await;
    let mut world = world(&server, 3);
    let asked = std::sync::atomic::AtomicU32::new(0);
    let two = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 2;
    let (wrote, stop) = world.drain(&two).await;
    assert!(stop.is_none());
    assert_eq!((wrote.told, world.waiting()), (2, 1));
}

#[test]
fn pauses_grow_and_end() {
    let seconds: Vec<u64> = [0, 1, 2, 9, 40].map(|tries| pause(tries).as_secs()).into();
    assert_eq!(seconds, [60, 120, 240, 21_600, 21_600]);
}
