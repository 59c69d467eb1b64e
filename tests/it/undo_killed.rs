//! An undo that is killed, and the same undo again: everything ends as if nothing had happened, and nothing is done twice.

use std::process::Stdio;
use std::time::Duration;

use mobly_sync::domain::activity::ActivityKind;
use mobly_sync::domain::ids::{LeadId, RunId};
use mobly_sync::domain::integration::Settings;
use mobly_sync::engine::undo::UndoSummary;
use mobly_sync::store::Channel;
use mobly_sync::store::activities::NewActivity;
use mobly_sync::vendors::Values;
use serde_json::{Value, json};

use crate::support::World;
use crate::support::show::Show;
use crate::support::undoing::{
    ANN, BOB, HEAD, cleared, colleagues, counts, held, persons, states, stays_in_company, take_back,
};
use crate::support::words::{WORDS, Words};

const CID: &str = "Cid,Oak,cid@beta.com,Beta,beta.com,CIO\n";
/// Waits for an answer that is to be lost with its process: longer than any test.
const NEVER: Duration = Duration::from_secs(1_000_000);

/// What is there, but for the ids of records.
#[derive(Debug, PartialEq)]
struct There {
    ann: Vec<(String, Values)>,
    others: [usize; 2],
    counts: (Value, Option<Value>),
    activities: Value,
}

/// A push to be taken back.
struct Scene {
    words: &'static Words,
    show: Show,
    run: RunId,
    before: There,
    after: There,
}

/// Match orders that make companies, and those of vendors that make none.
fn orders() -> impl Iterator<Item = &'static Words> {
    let makes = |vendor: &str| {
        let mut orders = WORDS.iter().filter(|words| words.vendor == vendor);
        orders.any(|words| words.companies.is_some())
    };
    WORDS
        .iter()
        .filter(move |words| words.companies.is_some() || !makes(words.vendor))
}

impl Scene {
    /// Ann is a colleague's record with a field less, where the vendor lets a person out of its company again; Bob and Cid are
    /// made, with their company and, where activities can be taken back, one of Bob's.
    async fn set(words: &'static Words, with_activities: bool) -> Self {
        let show = words.show(|options| options.slow_for = NEVER).await;
        let goes_back = !stays_in_company(words) && words.vendor != "pipedrive";
        if goes_back {
            colleagues(words, &show, "ann@acme.com", "Lee", None).await;
        }
        let before = there(words, &show).await;
        let ann = if goes_back { ANN } else { "" };
        show.import(&format!("{HEAD}{BOB}{CID}{ann}"));
        let (vendor, _) = show.vendor();
        if with_activities && vendor.undoing().activities.is_some() {
            call(&show);
        }
        let pushed = show.push(|_| {}).await;
        assert_eq!(pushed.created, 2, "{words:?}: {pushed:?}");
        assert_eq!(pushed.failed + pushed.waiting, 0, "{words:?}: {pushed:?}");
        let after = there(words, &show).await;
        assert_ne!(before, after, "{words:?}");
        let run = pushed.run;
        Self {
            words,
            show,
            run,
            before,
            after,
        }
    }

    /// Takes a run back until the vendor has done the n-th request that writes: its answer never comes, and the process dies.
    /// False: there are not so many.
    async fn dies_at(&self, run: RunId, n: usize) -> bool {
        self.faults(&[format!("slow=#{n}")]);
        let struck = async {
            while self.show.sandbox.stats()["faults"]["slow"].is_null() {
                self.moment().await;
            }
            self.moment().await;
        };
        let died = tokio::select! {
            undone = take_back(&self.show, run, |_| {}) => {
                assert_eq!(undone.left, [], "{:?}", self.words);
                false
            }
            () = struck => true,
        };
        self.faults(&[]);
        died
    }

    fn faults(&self, faults: &[String]) {
        self.show
            .sandbox
            .admin("POST", "faults", &json!({ "faults": faults }));
        self.show.sandbox.admin("POST", "stats/reset", &json!({}));
    }

    async fn moment(&self) {
        self.show.clock.sleep(Duration::from_secs(1)).await;
    }

    /// The same undo again, as often as it asks for.
    async fn again(&self, run: RunId) -> UndoSummary {
        for _ in 0..8 {
            let undone = take_back(&self.show, run, |_| {}).await;
            if undone.stopped.is_none() {
                return undone;
            }
            // A record may still be made, or not be shown yet.
            self.show.clock.sleep(Duration::from_secs(30)).await;
        }
        panic!("{:?}: run {run} is not undone", self.words);
    }

    async fn there(&self) -> There {
        there(self.words, &self.show).await
    }

    /// All of a run was taken back, each thing by one undo.
    fn assert_once(&self, run: RunId, what: &str) {
        let changes = self.show.store().changes_of(run).unwrap();
        for change in &changes {
            assert!(change.undone_by.is_some(), "{what}: {change:?}");
        }
        let file = rusqlite::Connection::open(self.show.database()).unwrap();
        let twice: i64 = file
            .query_row(
                "SELECT count(*) FROM (SELECT 1 FROM record_changes WHERE kind IN ('removed', 'left', 'unlinked')
                   GROUP BY object, remote_id, kind HAVING count(*) > 1)",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(twice, 0, "{what}");
    }

    /// The undos of a run that did something, the last one first.
    fn undos(&self, run: RunId) -> Vec<RunId> {
        let store = self.show.store();
        let changes = store.changes_of(run).unwrap();
        let mut undos: Vec<RunId> = changes
            .iter()
            .filter_map(|change| change.undone_by)
            .collect();
        undos.sort_unstable();
        undos.dedup();
        undos.reverse();
        undos
    }
}

async fn there(words: &Words, show: &Show) -> There {
    let stats = show.sandbox.stats();
    There {
        ann: persons(show, "ann@acme.com").await,
        others: [
            persons(show, "bob@beta.com").await.len(),
            persons(show, "cid@beta.com").await.len(),
        ],
        counts: counts(words, show),
        activities: json!([stats["notes"], stats["tasks"]]),
    }
}

/// An activity of Bob's, and a connection that sends it.
fn call(show: &Show) {
    let integration = show.integration();
    let settings = Settings {
        activities: true,
        ..integration.settings
    };
    let now = show.clock.now();
    let mut store = show.store();
    store
        .save_settings(integration.id, &settings, &Default::default(), now)
        .unwrap();
    let new = NewActivity {
        lead: LeadId(1),
        kind: ActivityKind::Call,
        text: "Asked for a quote".into(),
        at: now,
        author: None,
        source: Channel::Manual,
    };
    store.add_activity(&new, now).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_killed_at_any_request_ends_as_one_that_was_not() {
    for words in orders() {
        for n in 1.. {
            let scene = Scene::set(words, true).await;
            let what = format!("{words:?}, request {n}");
            if !scene.dies_at(scene.run, n).await {
                assert!(n > 2, "{what}: an undo has more requests than that");
                break;
            }
            let undone = scene.again(scene.run).await;
            assert_eq!(
                (&undone.left[..], &undone.impossible[..]),
                (&[][..], &[][..]),
                "{what}"
            );
            assert_eq!(scene.there().await, scene.before, "{what}");
            assert!(
                states(&scene.show).iter().all(|state| *state == held()),
                "{what}"
            );
            scene.assert_once(scene.run, &what);
            let nothing = take_back(&scene.show, scene.run, |_| {}).await;
            assert_eq!(nothing.run, None, "{what}: {nothing:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_in_two_parts_is_undone_part_by_part() {
    for words in orders() {
        for n in 1.. {
            let scene = Scene::set(words, false).await;
            if !scene.dies_at(scene.run, n).await {
                break;
            }
            scene.again(scene.run).await;
            let what = format!("{words:?}, request {n}");
            for undo in scene.undos(scene.run) {
                let again = take_back(&scene.show, undo, |_| {}).await;
                assert_eq!(again.left, [], "{what}, undo {undo}");
            }
            assert_eq!(scene.there().await, scene.after, "{what}");
            for state in states(&scene.show) {
                assert_eq!(state, cleared(), "{what}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_of_an_undo_killed_at_any_request_makes_everybody_once() {
    for words in orders() {
        for n in 1.. {
            let scene = Scene::set(words, false).await;
            let undone = take_back(&scene.show, scene.run, |_| {}).await;
            let undo = undone.run.unwrap();
            if !scene.dies_at(undo, n).await {
                break;
            }
            let again = scene.again(undo).await;
            let what = format!("{words:?}, request {n}");
            assert_eq!(again.left, [], "{what}");
            assert_eq!(scene.there().await, scene.after, "{what}");
            let stats = scene.show.sandbox.stats();
            for count in words.none.iter().filter(|count| **count != "deleted") {
                assert_eq!(stats[count], json!(0), "{what}: {count}");
            }
            for state in states(&scene.show) {
                assert_eq!(state, cleared(), "{what}");
            }
            // And the first run can be taken back once more, under the new ids.
            let third = take_back(&scene.show, scene.run, |_| {}).await;
            assert_eq!(third.left, [], "{what}");
            assert_eq!(scene.there().await, scene.before, "{what}");
        }
    }
}

const PEOPLE: usize = 240;
const FIRMS: usize = 12;

/// Kills the process when there are no more than so many persons, or lets it end.
fn kill_at(world: &World, words: &Words, run: &str, persons: u64) {
    let mut child = world
        .command()
        .args(["undo", run, "--yes", "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while world.stats()[words.persons].as_u64().unwrap() > persons
        && child.try_wait().unwrap().is_none()
    {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_process_killed_in_the_midst_of_an_undo_loses_and_doubles_nothing() {
    for vendor in ["hubspot", "pipedrive"] {
        let words = WORDS.iter().find(|words| words.vendor == vendor).unwrap();
        let people = if vendor == "hubspot" { PEOPLE } else { 60 };
        let world = crate::crash::world(words, &[], people, FIRMS);
        let run = world.json(&["sync-event", "Expo"])["run"].to_string();
        assert_eq!(world.stats()[words.persons], json!(people));
        for part in [people - 1, people / 2] {
            kill_at(&world, words, &run, part as u64);
        }
        let said = world.run(&["undo", &run, "--yes", "--json"]);
        let done = said.status == 0
            || said.json()["error"]["message"]
                .to_string()
                .contains("undone by");
        assert!(done, "{vendor}: {said:?}");
        let stats = world.stats();
        assert_eq!(stats[words.persons], json!(0), "{stats}");
        assert_eq!(stats[words.companies.unwrap()], json!(0), "{stats}");
        let store = mobly_sync::store::Store::open(&world.database()).unwrap();
        assert_eq!(store.check_counters().unwrap(), Vec::new());
        assert!(store.unfinished_claims().unwrap().is_empty());
        let file = rusqlite::Connection::open(world.database()).unwrap();
        let count = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        let removed = "SELECT count(*) FROM record_changes WHERE kind = 'removed'";
        assert_eq!(count(removed), (people + FIRMS) as i64);
        let held = "SELECT count(*) FROM sync_records WHERE state = 'held' AND hold = 'undone'";
        assert_eq!(count(held), people as i64);
        assert_eq!(count("SELECT count(*) FROM remote_links"), 0);
    }
}
