//! What the run itself added to records is nobody else's work: with it they go, and beside a colleague's they stay.

use std::time::Duration;

use mobly_sync::domain::activity::ActivityKind;
use mobly_sync::domain::ids::LeadId;
use mobly_sync::domain::integration::Settings;
use mobly_sync::store::Channel;
use mobly_sync::store::activities::NewActivity;
use mobly_sync::vendors::{ActivityDraft, Verdict};
use serde_json::{Value, json};

use crate::support::show::Show;
use crate::support::undoing::{
    ANN, BOB, HEAD, cleared, counts, held, persons, states, stays_in_company, take_back,
};
use crate::support::words::{WORDS, Words};

const WHY: &str = "others have worked with it since it was made";

/// Match orders of vendors that tell of work with a record.
fn orders() -> impl Iterator<Item = &'static Words> {
    WORDS
        .iter()
        .filter(|words| !["marketo", "pardot"].contains(&words.vendor))
}

/// Activities of these leads, and a connection that sends them, where the vendor takes them back.
fn calls(show: &Show, leads: &[LeadId]) {
    let (vendor, _) = show.vendor();
    if vendor.undoing().activities.is_none() {
        return;
    }
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
    for lead in leads {
        let new = NewActivity {
            lead: *lead,
            kind: ActivityKind::Call,
            text: "Asked for a quote".into(),
            at: now,
            author: None,
            source: Channel::Manual,
        };
        store.add_activity(&new, now).unwrap();
    }
}

fn put(show: &Show, path: &str, record: &Value) {
    let body = json!({ "records": [record] });
    let (status, answer) = show.sandbox.admin("POST", path, &body);
    assert!(status < 300, "{path}: {status} {answer}");
}

/// A colleague calls a person, or has a deal with one.
async fn work(show: &Show, person: &str) {
    let (vendor, _) = show.vendor();
    let Some(info) = vendor.info().activities else {
        let person: u64 = person.parse().unwrap();
        return put(
            show,
            "records/deals",
            &json!({"title": "Theirs", "person_id": person}),
        );
    };
    let draft = ActivityDraft {
        object: vendor.plan().create_person,
        person: person.to_owned(),
        kind: ActivityKind::Call,
        text: "Called by a colleague".into(),
        at: show.clock.now(),
        day: "2026-11-17".parse().unwrap(),
        marker: "nobody's marker".into(),
    };
    let row = vendor.activity(&draft).unwrap();
    let answer = vendor.write(info.object, &[row]).await.unwrap();
    let verdict = &answer.rows[0].verdict;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_work_is_told_from_that_of_the_run() {
    for words in orders() {
        for with_ours in [false, true] {
            let show = words.show(|_| {}).await;
            show.import(&format!("{HEAD}{ANN}{BOB}"));
            if with_ours {
                calls(&show, &[LeadId(1), LeadId(2)]);
            }
            let pushed = show.push(|_| {}).await;
            assert_eq!(pushed.cleared, 2, "{words:?}: {pushed:?}");
            show.sandbox.advance(Duration::from_secs(3_600));
            let bob = persons(&show, "bob@beta.com").await;
            work(&show, &bob[0].0).await;
            let undone = take_back(&show, pushed.run, |_| {}).await;
            assert_eq!(persons(&show, "ann@acme.com").await, [], "{words:?}");
            assert_eq!(persons(&show, "bob@beta.com").await, bob, "{words:?}");
            let left = undone.left.iter().find(|left| left.id == bob[0].0);
            let left = left.unwrap_or_else(|| panic!("{words:?}: {undone:?}"));
            assert_eq!(left.why, WHY, "{words:?}");
            if words.companies.is_some() {
                assert_eq!(counts(words, &show).1, Some(json!(1)), "{words:?}");
            }
            let bobs = match with_ours && show.vendor().0.undoing().activities.is_some() {
                // What the run sent of his is taken back all the same.
                true => held(),
                false => cleared(),
            };
            assert_eq!(states(&show), [held(), bobs], "{words:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_run_added_keeps_nothing_there() {
    for words in orders().filter(|words| !stays_in_company(words)) {
        let show = words.show(|_| {}).await;
        let before = counts(words, &show);
        show.import(&format!("{HEAD}{ANN}{BOB}"));
        calls(&show, &[LeadId(1), LeadId(1), LeadId(2)]);
        let pushed = show.push(|_| {}).await;
        assert_eq!(pushed.cleared, 2, "{words:?}: {pushed:?}");
        show.sandbox.advance(Duration::from_secs(3_600));
        let undone = take_back(&show, pushed.run, |_| {}).await;
        assert_eq!(undone.left, [], "{words:?}");
        assert_eq!(counts(words, &show), before, "{words:?}");
    }
}
