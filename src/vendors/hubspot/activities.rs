//! Activities are notes (HubSpot docs, "Notes"): records like any other, joined to their contact as they are made.
//!
//! A note has no key. One whose answer was lost is looked for among the notes of its contact, by associations: those are
//! told at once, while the search index lags behind.

use std::collections::{BTreeSet, HashMap};

use reqwest::Method;
use serde_json::{Value, json};

use super::api::{self, BatchAnswer, BatchRead, Reference, text_of};
use super::find::{json as encoded, shape};
use super::info::BODY;
use super::{CONTACT, HubSpot, NOTE, limits, path_word};
use crate::domain::activity::ActivityKind;
use crate::transport::ApiRequest;
use crate::vendors::{
    ActivityDraft, ActivityInfo, ActivityQuery, Batching, CallError, Change, RemoteId, Row, Values,
};

/// The text of a note.
const TEXT: &str = "hs_note_body";
/// Most records in one batch read.
const READS: usize = 100;

/// Notes as data. A text may have 65,536 characters (HubSpot docs, "Notes") of HTML, in which one of ours takes six at most.
pub(super) static ACTIVITIES: ActivityInfo = ActivityInfo {
    object: NOTE,
    create: Batching {
        rows: 100,
        bytes: BODY,
        repeatable: false,
        parent: None,
        bulk: None,
    },
    reads: 1_000,
    text: 10_000,
    lag: std::time::Duration::from_secs(5),
};

/// The row that makes a note.
pub(super) fn row(draft: &ActivityDraft) -> Row {
    let values: Values = [
        ("hs_timestamp".to_owned(), json!(api::moment(draft.at))),
        (TEXT.to_owned(), Value::String(body(draft))),
    ]
    .into();
    Row {
        trace: draft.marker.clone(),
        change: Change::Create { values },
        links: vec![(CONTACT, draft.person.clone())],
        despite_duplicates: false,
        is_no_news: false,
    }
}

/// A note's text is HTML: ours is shown as it was written, the kind above it where it is no note, the marker below.
fn body(draft: &ActivityDraft) -> String {
    let mut html = String::with_capacity(draft.text.len() + 64);
    if draft.kind != ActivityKind::Note {
        html.push_str(&format!("<strong>{}</strong><br>", draft.kind.title()));
    }
    for character in draft.text.trim().chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("<br>"),
            '\r' => {}
            other => html.push(other),
        }
    }
    format!("{html}<br><br>{}", draft.marker)
}

impl HubSpot {
    pub(super) async fn notes_with(
        &self,
        asked: &[ActivityQuery],
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        let persons: BTreeSet<&RemoteId> = asked.iter().map(|query| &query.person).collect();
        let persons: Vec<RemoteId> = persons.into_iter().cloned().collect();
        let notes: HashMap<RemoteId, Vec<RemoteId>> = persons
            .iter()
            .cloned()
            .zip(self.read_associations(NOTE, &persons).await?)
            .collect();
        let ids: BTreeSet<&RemoteId> = notes.values().flatten().collect();
        let ids: Vec<RemoteId> = ids.into_iter().cloned().collect();
        let mut texts: HashMap<RemoteId, String> = HashMap::new();
        for ids in ids.chunks(READS) {
            texts.extend(self.note_texts(ids).await?);
        }
        let holds =
            |id: &&RemoteId, marker: &str| texts.get(*id).is_some_and(|text| text.contains(marker));
        Ok(asked
            .iter()
            .map(|query| {
                let mut ids = notes.get(&query.person).into_iter().flatten();
                ids.find(|id| holds(id, &query.marker)).cloned()
            })
            .collect())
    }

    async fn note_texts(&self, ids: &[RemoteId]) -> Result<Vec<(RemoteId, String)>, CallError> {
        let body = BatchRead {
            id_property: None,
            properties: &[TEXT.to_owned()],
            properties_with_history: [],
            inputs: ids.iter().cloned().map(|id| Reference { id }).collect(),
        };
        let path = api::objects(path_word(NOTE), "batch/read");
        let request = encoded(self, ApiRequest::read(Method::POST, path), &body)?
            .quota(limits::BURST, 1)
            .quota(limits::DAY, 1);
        let (value, call) = self.send(&request).await?;
        let answer: BatchAnswer =
            serde_json::from_value(value).map_err(|error| shape(&error, call))?;
        Ok(answer
            .results
            .iter()
            .map(|note| (text_of(&note["id"]), text_of(&note["properties"][TEXT])))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn draft(kind: ActivityKind, text: &str) -> ActivityDraft {
        ActivityDraft {
            object: CONTACT,
            person: "51".into(),
            kind,
            text: text.into(),
            at: "2026-11-17T09:30:00.25Z".parse().unwrap(),
            day: "2026-11-17".parse().unwrap(),
            marker: "mobly-sync a1b2c3d4".into(),
        }
    }

    #[test]
    fn a_note_says_what_was_written_and_ends_with_our_marker() {
        let made = row(&draft(ActivityKind::Note, "Wants <b>\r\nR&D \"demo\"\n"));
        assert_eq!(
            made.change.values()[TEXT],
            "Wants &lt;b&gt;<br>R&amp;D &quot;demo&quot;<br><br>mobly-sync a1b2c3d4"
        );
        assert_eq!(
            made.change.values()["hs_timestamp"],
            "2026-11-17T09:30:00.250Z"
        );
        assert_eq!(made.links, [(CONTACT, "51".to_owned())]);
        let called = row(&draft(ActivityKind::Call, "Asked for a quote"));
        let text = called.change.values()[TEXT].as_str().unwrap();
        assert!(text.starts_with("<strong>Call</strong><br>Asked"), "{text}");
    }

    #[test]
    fn the_longest_text_fits_whatever_it_is_made_of() {
        for character in ["&", "\"", "\n", "😀"] {
            let text = format!("x{}x", character.repeat(ACTIVITIES.text - 2));
            let body = body(&draft(ActivityKind::Meeting, &text));
            assert!(body.chars().count() < 65_536);
        }
    }
}
