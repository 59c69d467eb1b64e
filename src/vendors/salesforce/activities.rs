//! Activities are completed tasks of the lead or contact (Object reference, "Task").
//!
//! A task has no key, and its description cannot be filtered by. One whose answer was lost is looked for among the person's
//! tasks made since, and told by our marker here.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::TASK;
use super::api::{moment, quoted, short_id, text_of};
use super::client::Salesforce;
use super::info::BODY;
use crate::vendors::{
    ActivityDraft, ActivityInfo, ActivityQuery, Batching, CallError, Change, RemoteId, Row, Values,
};

/// The field that names the person.
const WHO: &str = "WhoId";
/// Most persons in one query.
const KEYS: usize = 200;

/// Tasks as data. A description takes 32,000 characters, line ends counting double; writing a task locks its person.
pub(super) static ACTIVITIES: ActivityInfo = ActivityInfo {
    object: TASK,
    create: Batching {
        rows: 200,
        bytes: BODY,
        repeatable: false,
        parent: Some(WHO),
        bulk: None,
    },
    reads: 1_000,
    text: 15_000,
    // A query sees a record as soon as it is there; the request itself may still be on its way.
    lag: std::time::Duration::from_secs(2),
};

/// The row that makes a task: done, on the day it happened.
pub(super) fn row(draft: &ActivityDraft) -> Row {
    let values: Values = [
        (WHO, json!(draft.person)),
        ("Subject", json!(draft.kind.title())),
        (
            "Description",
            Value::String(format!("{}\n\n{}", draft.text.trim(), draft.marker)),
        ),
        ("Status", json!("Completed")),
        ("ActivityDate", json!(draft.day.to_string())),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    Row {
        trace: draft.marker.clone(),
        change: Change::Create { values },
        links: Vec::new(),
        despite_duplicates: false,
        is_no_news: false,
    }
}

impl Salesforce {
    pub(super) async fn tasks_with(
        &self,
        asked: &[ActivityQuery],
        since: Timestamp,
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        let persons: BTreeSet<&RemoteId> = asked.iter().map(|query| &query.person).collect();
        let persons: Vec<String> = persons.into_iter().map(|id| quoted(id)).collect();
        let queries: Vec<String> = persons
            .chunks(KEYS)
            .map(|ids| {
                format!(
                    "SELECT Id, {WHO}, Description FROM Task WHERE {WHO} IN ({}) AND CreatedDate >= {}",
                    ids.join(","),
                    moment(since)
                )
            })
            .collect();
        let (answers, _) = self.ask(&queries).await?;
        let holds = |task: &&Value, query: &ActivityQuery| {
            short_id(&text_of(&task[WHO])) == short_id(&query.person)
                && text_of(&task["Description"]).contains(&query.marker)
        };
        Ok(asked
            .iter()
            .map(|query| {
                let mut tasks = answers.iter().flatten();
                let found = tasks.find(|task| holds(task, query))?;
                Some(text_of(&found["Id"])).filter(|id| !id.is_empty())
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::activity::ActivityKind;

    #[test]
    fn a_task_says_what_happened_when_and_ends_with_our_marker() {
        let made = row(&ActivityDraft {
            object: super::super::CONTACT,
            person: "003x".into(),
            kind: ActivityKind::Call,
            text: "Asked for a quote\nby Friday ".into(),
            at: "2026-11-17T09:30:00Z".parse().unwrap(),
            day: "2026-11-17".parse().unwrap(),
            marker: "mobly-sync a1b2c3d4".into(),
        });
        let values = made.change.values();
        assert_eq!(
            values["Description"],
            "Asked for a quote\nby Friday\n\nmobly-sync a1b2c3d4"
        );
        assert_eq!(
            (&values["Subject"], &values["Status"], &values[WHO]),
            (&json!("Call"), &json!("Completed"), &json!("003x"))
        );
        assert_eq!(values["ActivityDate"], "2026-11-17");
    }
}
