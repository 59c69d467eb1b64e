//! The activities of the vendor in memory: tasks that name their person, and end with a marker.

use std::time::Duration;

use mobly_sync::domain::activity::ActivityKind;
use mobly_sync::store::Channel;
use mobly_sync::store::activities::NewActivity;
use mobly_sync::vendors::{
    ActivityDraft, ActivityInfo, ActivityQuery, Batching, Change, RemoteId, RemoteRecord, Row,
};
use serde_json::json;

use super::twofold::Stand;

pub(crate) const TASK: &str = "task";

pub(crate) static ACTIVITIES: ActivityInfo = ActivityInfo {
    object: TASK,
    create: Batching {
        rows: 200,
        bytes: 1_000_000,
        repeatable: false,
        parent: Some("Who"),
        bulk: None,
    },
    reads: 100,
    text: 40,
    lag: Duration::from_secs(2),
};

pub(crate) fn row(draft: &ActivityDraft) -> Row {
    let values = [
        ("Who", json!(draft.person)),
        ("Object", json!(draft.object)),
        ("Kind", json!(draft.kind.title())),
        ("Text", json!(draft.text)),
        ("Marker", json!(draft.marker)),
    ];
    let values = values.into_iter();
    Row {
        trace: draft.marker.clone(),
        change: Change::Create {
            values: values
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        },
        links: Vec::new(),
        despite_duplicates: false,
        is_no_news: false,
    }
}

pub(crate) fn find(records: &[RemoteRecord], asked: &[ActivityQuery]) -> Vec<Option<RemoteId>> {
    let holds = |record: &&RemoteRecord, query: &ActivityQuery| {
        record.object == TASK
            && record.values["Who"] == query.person
            && record.values["Marker"] == query.marker
    };
    let found = |query| records.iter().find(|record| holds(record, query));
    asked
        .iter()
        .map(|query| found(query).map(|record| record.id.clone()))
        .collect()
}

impl Stand {
    /// Has the connection send activities, or not.
    pub(crate) fn send_activities(&self, on: bool) {
        let integration = self.integration();
        let settings = mobly_sync::domain::integration::Settings {
            activities: on,
            ..integration.settings
        };
        let now = jiff::Timestamp::UNIX_EPOCH;
        self.store()
            .save_settings(integration.id, &settings, &Default::default(), now)
            .unwrap();
    }

    pub(crate) fn call(&self, email: &str, text: &str) {
        let now = "2026-11-17T09:00:00Z".parse().unwrap();
        let new = NewActivity {
            lead: self.lead(email),
            kind: ActivityKind::Call,
            text: text.into(),
            at: now,
            author: None,
            source: Channel::Manual,
        };
        assert!(self.store().add_activity(&new, now).unwrap().is_some());
    }

    /// What the tasks there say, by person: `lead-1: Call Asked for a quote`.
    pub(crate) fn tasks(&self) -> Vec<String> {
        let there = self.there();
        let text =
            |record: &RemoteRecord, name: &str| record.values[name].as_str().unwrap().to_owned();
        let mut tasks: Vec<String> = there
            .of(TASK)
            .into_iter()
            .map(|task| {
                let (who, kind) = (text(task, "Who"), text(task, "Kind"));
                format!("{who}: {kind} {}", text(task, "Text"))
            })
            .collect();
        tasks.sort();
        tasks
    }
}
