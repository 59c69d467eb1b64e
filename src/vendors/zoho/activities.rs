//! Activities are notes of the lead or contact (Zoho docs, "Create Notes"): the title says what kind, the text what and when.
//!
//! A note has no key, and no question by its text is documented. One whose answer was lost is looked for among the notes of its
//! person, by the related list, and told by our marker here.

use std::collections::{BTreeSet, HashMap};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::api::{is_id, text_of};
use super::client::{Zoho, reading};
use super::{NOTE, errors, module};
use crate::vendors::{
    ActivityDraft, ActivityInfo, ActivityQuery, Batching, CallError, CallErrorKind, Change,
    RemoteId, Row, Values,
};

/// The field that names the person.
pub(super) const PARENT: &str = "Parent_Id";
const TEXT: &str = "Note_Content";
/// Related lists asked for at a time.
const AT_A_TIME: usize = 4;

/// Notes as data.
pub(super) static ACTIVITIES: ActivityInfo = ActivityInfo {
    object: NOTE,
    create: Batching {
        rows: 100,
        bytes: 2_000_000,
        repeatable: false,
        parent: None,
        bulk: None,
    },
    // A call for each person.
    reads: 100,
    // A large text field takes 32,000 characters.
    text: 30_000,
    // Related lists are read from the database; the request itself may still be on its way.
    lag: std::time::Duration::from_secs(2),
};

/// The row that makes a note. When it was made is Zoho's to say, so the day of it stands in the text.
pub(super) fn row(draft: &ActivityDraft) -> Row {
    let text = format!("{}\n\n{}\n{}", draft.text.trim(), draft.day, draft.marker);
    let person = json!({"module": {"api_name": module(draft.object)}, "id": draft.person});
    let values: Values = [
        ("Note_Title", json!(draft.kind.title())),
        (TEXT, Value::String(text)),
        (PARENT, person),
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

impl Zoho {
    pub(super) async fn notes_with(
        &self,
        asked: &[ActivityQuery],
        since: Timestamp,
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        let persons: BTreeSet<(&'static str, RemoteId)> = asked
            .iter()
            .filter(|query| is_id(&query.person))
            .map(|query| (query.object, query.person.clone()))
            .collect();
        let asking: Vec<_> = persons
            .into_iter()
            .map(|place| self.notes_of(place, since))
            .collect();
        let notes: HashMap<(&'static str, RemoteId), Vec<Value>> = stream::iter(asking)
            .buffer_unordered(AT_A_TIME)
            .try_collect()
            .await?;
        Ok(asked
            .iter()
            .map(|query| {
                let place = (query.object, query.person.clone());
                let mut notes = notes.get(&place).into_iter().flatten();
                let found = notes.find(|note| text_of(&note[TEXT]).contains(&query.marker))?;
                Some(text_of(&found["id"])).filter(|id| is_id(id))
            })
            .collect())
    }

    /// The notes of one person that may have been made since then.
    async fn notes_of(
        &self,
        place: (&'static str, RemoteId),
        since: Timestamp,
    ) -> Result<((&'static str, RemoteId), Vec<Value>), CallError> {
        let (object, id) = &place;
        let request = reading(&format!("{}/{id}/Notes", module(object)))
            .query("fields", format!("id,{TEXT},Created_Time"));
        let mut notes = match self.list(&request, "data").await {
            Ok((notes, _)) => notes,
            // Whoever is gone has no notes; that the person is gone is found out by the next push.
            Err(error) if is_gone(&error) => Vec::new(),
            Err(error) => return Err(error),
        };
        notes.retain(|note| {
            let made = note["Created_Time"].as_str();
            let made = made.and_then(|text| text.parse::<Timestamp>().ok());
            made.is_none_or(|made| made >= since)
        });
        Ok((place, notes))
    }
}

fn is_gone(error: &CallError) -> bool {
    let body = error.call.as_ref().map(|call| &call.body);
    matches!(error.kind, CallErrorKind::Refused { .. })
        && body
            .and_then(errors::first)
            .is_some_and(|problem| problem.is_of_id() || problem.code == "INVALID_DATA")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use wiremock::matchers::{method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::domain::activity::ActivityKind;
    use crate::domain::integration::Settings;
    use crate::vendors::zoho::tests::{calls, vendor};
    use crate::vendors::zoho::{CONTACT, LEAD};
    use crate::vendors::{Vendor as _, Verdict};

    fn draft() -> ActivityDraft {
        ActivityDraft {
            object: CONTACT,
            person: "71".into(),
            kind: ActivityKind::Call,
            text: "Asked for a quote\nby Friday ".into(),
            at: "2026-11-17T09:30:00Z".parse().unwrap(),
            day: "2026-11-17".parse().unwrap(),
            marker: "mobly-sync a1b2c3d4".into(),
        }
    }

    #[tokio::test]
    async fn a_note_says_what_happened_when_and_ends_with_our_marker() {
        let server = MockServer::start().await;
        let gone = |field: &str, at: &str| {
            json!({"code": "INVALID_DATA", "status": "error", "message": "the related id given seems to be invalid",
                "details": {"api_name": field, "json_path": at}})
        };
        Mock::given(method("POST"))
            .and(path("/crm/v8/Notes"))
            .respond_with(ResponseTemplate::new(207).set_body_json(json!({"data": [
                {"code": "SUCCESS", "status": "success", "details": {"id": "90"}},
                gone("Parent_Id", "$.data[1].Parent_Id"),
                gone("id", "$.data[2].Parent_Id.id"),
                gone("Note_Content", "$.data[3].Note_Content")]})))
            .mount(&server)
            .await;
        let rows = [1, 2, 3, 4].map(|_| row(&draft()));
        let answer = vendor(&server, Settings::default())
            .write(NOTE, &rows)
            .await
            .unwrap();
        let verdicts: Vec<&Verdict> = answer.rows.iter().map(|row| &row.verdict).collect();
        assert!(matches!(verdicts[0], Verdict::Done { id, .. } if id == "90"));
        assert_eq!(verdicts[1..3], [&Verdict::LinkGone; 2]);
        assert!(matches!(verdicts[3], Verdict::Refused(_)));
        let body: Value = calls(&server).await[0].body_json().unwrap();
        assert_eq!(
            body["data"][0],
            json!({"Note_Title": "Call", "Note_Content": "Asked for a quote\nby Friday\n\n2026-11-17\nmobly-sync a1b2c3d4",
                "Parent_Id": {"module": {"api_name": "Contacts"}, "id": "71"}})
        );
        assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
    }

    #[tokio::test]
    async fn a_note_is_found_by_its_marker_among_those_of_its_person() {
        let server = MockServer::start().await;
        let note = |id: &str, text: &str| json!({"id": id, "Note_Content": text, "Created_Time": "2026-11-17T10:00:00+02:00"});
        Mock::given(path("/crm/v8/Leads/71/Notes"))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [
                note("90", "Theirs"), note("91", "Ours\nmobly-sync a1")], "info": {"more_records": false}})))
            .mount(&server)
            .await;
        Mock::given(path("/crm/v8/Contacts/72/Notes"))
            .respond_with(ResponseTemplate::new(204))
            .mount(&server)
            .await;
        let query = |object, person: &str, marker: &str| ActivityQuery {
            object,
            person: person.into(),
            marker: format!("mobly-sync {marker}"),
        };
        let asked = [
            query(LEAD, "71", "b2"),
            query(LEAD, "71", "a1"),
            query(CONTACT, "72", "a1"),
        ];
        let connected = vendor(&server, Settings::default());
        let since = "2026-11-17T07:59:00Z".parse().unwrap();
        let found = connected.find_activities(&asked, since).await.unwrap();
        assert_eq!(found, [None, Some("91".to_owned()), None]);
        assert_eq!(calls(&server).await.len(), 2);
        let since = "2026-11-17T08:01:00Z".parse().unwrap();
        let found = connected.find_activities(&asked, since).await.unwrap();
        assert_eq!(found, [None, None, None]);
    }
}
