#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::provider::{Answer, Found, Provider, ProviderError, Question};
use super::{Report, Request, Waterfall};
use crate::clock::{Clock, SharedClock, SystemClock};
use crate::domain::history::Author;
use crate::domain::ids::LeadId;
use crate::domain::integration::SecretPlace;
use crate::domain::lead::Readiness;
use crate::store::enrichment::{PROVIDER, RULES_FILL};
use crate::store::enrichment_providers::{Place, StoredProvider};
use crate::store::enrichment_wants::WantedFields;
use crate::store::enrichments::RuleChoice;
use crate::store::{CaptureRow, Channel, Store, StoreHandle};

type Reply = dyn Fn(&Question) -> Result<Answer, ProviderError> + Send + Sync;

/// A clock that stands unless a test moves it; sleeping is tokio's.
#[derive(Debug)]
struct TestClock(Mutex<Timestamp>);

impl TestClock {
    fn advance(&self, minutes: i64) {
        let mut now = self.0.lock().unwrap();
        *now += SignedDuration::from_mins(minutes);
    }
}

#[async_trait]
impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    async fn sleep(&self, duration: Duration) {
        SystemClock::new().sleep(duration).await;
    }
}

struct Fake {
    name: &'static str,
    fields: BTreeSet<String>,
    needs: Vec<BTreeSet<String>>,
    reply: Box<Reply>,
    asked: Arc<Mutex<Vec<Question>>>,
}

#[async_trait]
impl Provider for Fake {
    fn name(&self) -> &str {
        self.name
    }

    fn fields(&self) -> &BTreeSet<String> {
        &self.fields
    }

    fn needs(&self) -> &[BTreeSet<String>] {
        &self.needs
    }

    fn concurrency(&self) -> usize {
        1
    }

    async fn ask(&self, questions: &[Question]) -> Result<Vec<Answer>, ProviderError> {
        self.asked.lock().unwrap().extend(questions.to_vec());
        let mut answers = Vec::new();
        for question in questions {
            match (self.reply)(question)? {
                // How a test says: it never answers.
                Answer::Skipped { why } if why == "hang" => std::future::pending().await,
                Answer::Skipped { why } if why == "mute" => {}
                answer => answers.push(answer),
            }
        }
        Ok(answers)
    }
}

type Asked = Arc<Mutex<Vec<Question>>>;

fn fake(
    name: &'static str,
    fields: &[&str],
    reply: impl Fn(&Question) -> Result<Answer, ProviderError> + Send + Sync + 'static,
) -> (Box<dyn Provider>, Asked) {
    let asked = Asked::default();
    let provider = Fake {
        name,
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        needs: vec![BTreeSet::from(["email".to_owned()])],
        reply: Box::new(reply),
        asked: Arc::clone(&asked),
    };
    (Box::new(provider), asked)
}

fn found(fields: &[(&str, &str)]) -> Result<Answer, ProviderError> {
    Ok(Answer::Found(Found {
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        confidence: None,
    }))
}

fn down() -> Result<Answer, ProviderError> {
    Err(ProviderError::Unavailable {
        why: "503".into(),
        until: None,
    })
}

struct World {
    store: StoreHandle,
    leads: Vec<LeadId>,
    clock: Arc<TestClock>,
}

impl World {
    /// A file with so many leads; `on` is switched on before they come in.
    fn new(leads: usize, on: &[&str]) -> Self {
        let now: Timestamp = "2026-11-17T09:00:00Z".parse().unwrap();
        let mut store = Store::in_memory().unwrap();
        for what in on {
            store.switch_enrichment(what, None, true).unwrap();
        }
        let leads = (0..leads)
            .map(|number| {
                let email = format!("p{number}@acme{number}.com");
                let row = CaptureRow {
                    channel: Channel::File,
                    event: None,
                    external_id: None,
                    fields: vec![("email", email.as_str().into()), ("lastName", "Li".into())],
                    answers: Vec::new(),
                    scans: None,
                    met: None,
                };
                store.add_lead(&row, now).unwrap().lead
            })
            .collect();
        Self {
            store: StoreHandle::spawn(store).unwrap(),
            leads,
            clock: Arc::new(TestClock(Mutex::new(now))),
        }
    }

    fn waterfall<'a>(&self, providers: &'a [Box<dyn Provider>]) -> Waterfall<'a> {
        Waterfall {
            store: self.store.clone(),
            providers,
            clock: Arc::clone(&self.clock) as SharedClock,
            stop: &|| false,
            progress: &|_, _| {},
        }
    }

    fn request(&self) -> Request {
        Request {
            leads: self.leads.clone(),
            rules: RuleChoice::None,
            switches: None,
            again: false,
            dry_run: false,
            keep_changes: true,
        }
    }

    async fn run(&self, providers: &[Box<dyn Provider>]) -> Report {
        self.waterfall(providers)
            .run(&self.request())
            .await
            .unwrap()
    }

    async fn pending(&self, providers: &[Box<dyn Provider>]) -> Report {
        let settings = self
            .store
            .call(|store| store.enrichment_settings())
            .await
            .unwrap();
        self.waterfall(providers)
            .run_pending(&settings)
            .await
            .unwrap()
    }

    async fn fields(&self, lead: usize) -> BTreeMap<String, String> {
        let id = self.leads[lead];
        let mut leads = self
            .store
            .call(move |store| store.load_leads(&[id]))
            .await
            .unwrap();
        leads.remove(0).fields
    }

    async fn ready(&self) -> usize {
        let ids = self.leads.clone();
        let leads = self
            .store
            .call(move |store| store.load_leads(&ids))
            .await
            .unwrap();
        leads
            .iter()
            .filter(|lead| lead.readiness == Readiness::Ready)
            .count()
    }
}

fn wanted(asked: &Asked) -> Vec<Vec<String>> {
    let asked = asked.lock().unwrap();
    asked
        .iter()
        .map(|question| question.missing.iter().cloned().collect())
        .collect()
}

#[tokio::test]
async fn each_is_asked_only_for_what_is_still_missing() {
    let world = World::new(1, &[]);
    let (first, asked_first) = fake("first", &["jobTitle", "lastName"], |_| {
        found(&[("jobTitle", "Buyer"), ("lastName", "Other")])
    });
    let (second, asked_second) = fake("second", &["jobTitle", "phone"], |_| Ok(Answer::Unknown));
    let (third, asked_third) = fake("third", &["jobTitle"], |_| found(&[("jobTitle", "CEO")]));
    let report = world.run(&[first, second, third]).await;
    assert_eq!(wanted(&asked_first), [["jobTitle"]]);
    assert_eq!(wanted(&asked_second), [["phone"]]);
    assert!(wanted(&asked_third).is_empty());
    let fields = world.fields(0).await;
    assert_eq!(fields["jobTitle"], "Buyer");
    assert_eq!(fields["lastName"], "Li");
    assert_eq!(report.changed.len(), 1);
    assert_eq!(report.providers[0].1.found, 1);
    assert_eq!(report.providers[1].1.unknown, 1);
}

#[tokio::test]
async fn nobody_is_asked_the_same_twice_unless_somebody_wants_it() {
    let world = World::new(2, &[]);
    let (provider, asked) = fake("p", &["jobTitle", "phone"], |question| {
        if question.fields["email"].starts_with("p0") {
            found(&[("jobTitle", "Buyer")])
        } else {
            Ok(Answer::Unknown)
        }
    });
    let providers = [provider];
    world.run(&providers).await;
    assert_eq!(asked.lock().unwrap().len(), 2);
    world.run(&providers).await;
    assert_eq!(asked.lock().unwrap().len(), 2, "the rest it does not know");
    let again = Request {
        again: true,
        ..world.request()
    };
    world.waterfall(&providers).run(&again).await.unwrap();
    assert_eq!(asked.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn a_dry_run_asks_nobody() {
    let world = World::new(3, &[]);
    let (provider, asked) = fake("p", &["jobTitle"], |_| found(&[("jobTitle", "Buyer")]));
    let providers = [provider];
    let dry = Request {
        dry_run: true,
        ..world.request()
    };
    let report = world.waterfall(&providers).run(&dry).await.unwrap();
    assert_eq!(report.providers[0].1.asked, 3);
    assert!(asked.lock().unwrap().is_empty());
    assert!(!world.fields(0).await.contains_key("jobTitle"));
}

#[tokio::test]
async fn one_that_is_down_stops_at_once_and_the_next_goes_on() {
    let world = World::new(5, &[]);
    let (first, asked) = fake("down", &["jobTitle"], |_| down());
    let (second, _) = fake("up", &["jobTitle"], |_| found(&[("jobTitle", "Buyer")]));
    let report = world.run(&[first, second]).await;
    assert!(asked.lock().unwrap().len() <= 2, "not once for every lead");
    let down = &report.providers[0].1;
    assert!(down.stopped.as_ref().unwrap().contains("503"));
    assert_eq!((down.asked, down.skipped), (0, 5));
    assert_eq!(report.providers[1].1.found, 5);
}

#[tokio::test(start_paused = true)]
async fn one_that_never_answers_is_waited_for_a_minute_once() {
    let world = World::new(4, &[]);
    let (slow, asked) = fake("slow", &["jobTitle"], |_| {
        Ok(Answer::Skipped { why: "hang".into() })
    });
    let began = tokio::time::Instant::now();
    let report = world.run(&[slow]).await;
    assert!(began.elapsed() < Duration::from_secs(130));
    assert!(asked.lock().unwrap().len() <= 2);
    assert!(
        report.providers[0]
            .1
            .stopped
            .as_ref()
            .unwrap()
            .contains("60 s")
    );
}

#[tokio::test]
async fn lies_are_left_out_and_noted() {
    let world = World::new(4, &[]);
    let (liar, _) = fake("liar", &["jobTitle", "phone"], |question| {
        match &question.fields["email"][..2] {
            "p0" => found(&[("email", "boss@acme.com"), ("jobTitle", "CEO")]),
            "p1" => found(&[("phone", "ask me"), ("jobTitle", "Buyer")]),
            "p2" => found(&[
                ("lastName", "Other"),
                ("email", "p2@acme2.com"),
                ("twitter", "x.com/a"),
            ]),
            // No answer at all: one batch of this provider is one lead.
            _ => Ok(Answer::Skipped { why: "mute".into() }),
        }
    });
    let report = world.run(&[liar]).await;
    assert!(!world.fields(0).await.contains_key("jobTitle"));
    let second = world.fields(1).await;
    assert_eq!(second["jobTitle"], "Buyer");
    assert!(!second.contains_key("phone"));
    let third = world.fields(2).await;
    assert_eq!(third["lastName"], "Li");
    assert!(!third.contains_key("twitter"));
    let told = &report.providers[0].1;
    assert_eq!((told.found, told.dropped, told.unknown), (1, 1, 1));
    assert!(
        told.notes
            .keys()
            .any(|note| note.contains("another e-mail"))
    );
    assert!(
        told.notes
            .keys()
            .any(|note| note.contains("0 answers to 1"))
    );
}

#[tokio::test]
async fn one_over_its_budget_is_asked_no_more_and_nobody_waits() {
    let world = World::new(6, &[&format!("{PROVIDER}p")]);
    let spent = Mutex::new(0);
    let (provider, _) = fake("p", &["jobTitle"], move |_| {
        let mut spent = spent.lock().unwrap();
        *spent += 1;
        if *spent > 2 {
            return Err(ProviderError::Budget("2 a run".into()));
        }
        found(&[("jobTitle", "Buyer")])
    });
    assert_eq!(world.ready().await, 0, "they wait from the first moment");
    let report = world.pending(&[provider]).await;
    let told = &report.providers[0].1;
    assert_eq!((told.found, told.skipped), (2, 4));
    assert!(told.stopped.as_ref().unwrap().contains("budget"));
    assert_eq!((report.waiting, report.gave_up), (0, 0));
    assert_eq!(world.ready().await, 6);
}

#[tokio::test]
async fn leads_wait_for_one_that_is_away_but_not_for_ever() {
    let world = World::new(3, &[&format!("{PROVIDER}p"), RULES_FILL]);
    let (provider, _) = fake("p", &["jobTitle"], |_| down());
    let providers = [provider];
    let report = world.pending(&providers).await;
    assert_eq!((report.waiting, report.gave_up), (3, 0));
    assert_eq!(world.ready().await, 0);
    assert_eq!(
        world.fields(0).await["companyWebsite"],
        "https://acme0.com",
        "the rules have been"
    );
    assert_eq!(
        world.pending(&providers).await.leads,
        0,
        "not their turn yet"
    );
    world.clock.advance(3);
    assert_eq!(world.pending(&providers).await.waiting, 3);
    world.clock.advance(3);
    let last = world.pending(&providers).await;
    assert_eq!((last.waiting, last.gave_up), (0, 3));
    assert_eq!(world.ready().await, 3, "they go as they are");
}

#[tokio::test]
async fn one_that_says_when_it_is_back_is_waited_for_a_quarter_of_an_hour_at_most() {
    let world = World::new(1, &[&format!("{PROVIDER}p")]);
    let (provider, asked) = fake("p", &["jobTitle"], |_| {
        Err(ProviderError::Limit {
            until: Some("2026-11-18T00:00:00Z".parse().unwrap()),
        })
    });
    let providers = [provider];
    assert_eq!(world.pending(&providers).await.waiting, 1);
    world.clock.advance(14);
    world.pending(&providers).await;
    assert_eq!(asked.lock().unwrap().len(), 1, "not before it is time");
    world.clock.advance(2);
    assert_eq!(world.pending(&providers).await.gave_up, 1);
}

#[tokio::test]
async fn after_a_crash_only_what_was_not_written_is_asked_again() {
    let world = World::new(4, &[]);
    let (dying, asked) = fake("p", &["jobTitle"], |question| {
        if question.fields["email"].starts_with("p2") {
            return Ok(Answer::Skipped { why: "hang".into() });
        }
        found(&[("jobTitle", "Buyer")])
    });
    let (providers, request) = ([dying], world.request());
    let waterfall = world.waterfall(&providers);
    let run = waterfall.run(&request);
    let reached = async {
        while asked.lock().unwrap().len() < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = run => panic!("it ended"),
        () = reached => {}
    }
    assert_eq!(asked.lock().unwrap().len(), 3);
    let (alive, asked) = fake("p", &["jobTitle"], |_| found(&[("jobTitle", "Buyer")]));
    let report = world.run(&[alive]).await;
    assert_eq!(asked.lock().unwrap().len(), 2);
    assert_eq!(report.changed.len(), 2);
}

#[tokio::test]
async fn who_ends_it_leaves_the_rest_waiting() {
    let world = World::new(3, &[&format!("{PROVIDER}p")]);
    let ended = std::sync::atomic::AtomicBool::new(false);
    let flag: &'static std::sync::atomic::AtomicBool = Box::leak(Box::new(ended));
    let (provider, _) = fake("p", &["jobTitle"], |_| {
        flag.store(true, std::sync::atomic::Ordering::Relaxed);
        found(&[("jobTitle", "Buyer")])
    });
    let providers = [provider];
    let mut waterfall = world.waterfall(&providers);
    let stop = || flag.load(std::sync::atomic::Ordering::Relaxed);
    waterfall.stop = &stop;
    let settings = world
        .store
        .call(|store| store.enrichment_settings())
        .await
        .unwrap();
    let report = waterfall.run_pending(&settings).await.unwrap();
    assert!(report.interrupted);
    assert_eq!(world.ready().await, 1, "the one that was answered");
}

#[tokio::test]
async fn whatever_is_down_nobody_waits_longer_than_a_quarter_of_an_hour() {
    let world = World::new(3, &[&format!("{PROVIDER}p")]);
    let (provider, _) = fake("p", &["jobTitle"], |_| down());
    let providers = [provider];
    // Only two looks, far apart: the tries are not used up, the time is.
    assert_eq!(world.pending(&providers).await.waiting, 3);
    world.clock.advance(14);
    assert_eq!(world.pending(&providers).await.waiting, 3);
    assert_eq!(world.ready().await, 0);
    world.clock.advance(1);
    assert_eq!(world.pending(&providers).await.gave_up, 3);
    assert_eq!(world.ready().await, 3);
}

#[tokio::test]
async fn what_another_found_makes_no_new_question() {
    let world = World::new(1, &[]);
    let (first, asked) = fake("first", &["jobTitle"], |_| Ok(Answer::Unknown));
    let (second, asked_second) = fake("second", &["companyName", "firstName"], |_| {
        found(&[("companyName", "Acme"), ("firstName", "Ana")])
    });
    let providers = [first, second];
    world.run(&providers).await;
    assert_eq!(world.fields(0).await["companyName"], "Acme");
    world.run(&providers).await;
    assert_eq!(asked.lock().unwrap().len(), 1);
    assert_eq!(asked_second.lock().unwrap().len(), 1);
    // What somebody types is another matter.
    let lead = world.leads[0];
    let edit = crate::store::LeadEdit {
        fields: BTreeMap::from([("firstName".into(), "Anna".into())]),
        answers: Vec::new(),
    };
    let now = world.clock.now();
    world
        .store
        .call(move |store| store.edit_leads(&[lead], &edit, false, now).map(|_| ()))
        .await
        .unwrap();
    world.run(&providers).await;
    assert_eq!(asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn what_nobody_uses_is_not_asked_for() {
    let world = World::new(2, &[]);
    let knows = ["jobTitle", "companyZip", "facebook"];
    let (first, asked) = fake("p", &knows, |_| {
        found(&[("jobTitle", "Buyer"), ("companyZip", "1")])
    });
    let (second, asked_second) = fake("q", &knows, |_| Ok(Answer::Unknown));
    let providers = [first, second];
    world.run(&providers).await;
    assert_eq!(wanted(&asked), [["jobTitle"], ["jobTitle"]]);
    assert!(
        asked_second.lock().unwrap().is_empty(),
        "nothing is lacking that is used"
    );
    assert!(!world.fields(0).await.contains_key("companyZip"));
    // Named for the second, it is.
    let stored = StoredProvider {
        name: "q".into(),
        preset: None,
        changes: serde_json::json!({}),
        base_url: None,
        secret_place: SecretPlace::None,
        budget_day: None,
        budget_run: None,
        wanted: WantedFields::Named(BTreeSet::from(["companyZip".to_owned()])),
        last_error: None,
    };
    let now = world.clock.now();
    world
        .store
        .call(move |store| {
            let author = Author {
                command: "test".into(),
                person: None,
            };
            store
                .put_enrichment_provider(&stored, &Place::Last, &author, now)
                .map(|_| ())
        })
        .await
        .unwrap();
    world.run(&providers).await;
    assert_eq!(wanted(&asked_second), [["companyZip"], ["companyZip"]]);
}
