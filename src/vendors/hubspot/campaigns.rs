//! Marketing events are HubSpot's campaigns, and attendance is membership (HubSpot docs, "Marketing events"): its own
//! campaigns hold no contacts.
//!
//! An attendance is an entry of contact, state and time; it can be added to and, as far as anything documented goes, never
//! taken back. The same contact at the same time makes no second entry, so every row is sent with a time that stays what it
//! was: then repeating is harmless.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU8, Ordering};

use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use super::api::{self, BatchAnswer, Inputs, PageAnswer, text_of};
use super::errors;
use super::find::{json as encoded, shape};
use super::{HubSpot, limits, metadata};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, CampaignInfo, Member, MemberAnswer, MemberEnd, MemberRow,
    MemberStatus, RemoteCampaign, RemoteId,
};

/// The type id of marketing events in addresses (HubSpot docs, "Object type ids").
const EVENT_TYPE: &str = "0-54";
/// Participations of one page (HubSpot docs, "Retrieve participant state"): the most there are.
const PAGE: u64 = 100;
/// Contacts asked for at once where they are asked for one by one.
const AT_ONCE: usize = 8;

/// Marketing events as data. How many inputs an attendance call takes is documented nowhere: as many as any other batch.
pub(super) static CAMPAIGNS: CampaignInfo = CampaignInfo {
    word: "marketing event",
    id_guide: "open the marketing event in HubSpot: its address, or the number at the end of it",
    reads: 1_000,
    rows: 100,
    one_status: true,
    one_object: false,
};

/// An attendance state: as it is read, and as the machine description spells it in a path.
struct State {
    label: &'static str,
    word: &'static str,
}

/// In their order of progress: who has come has come, whatever was called off before.
const STATES: [State; 3] = [
    State {
        label: "REGISTERED",
        word: "register",
    },
    State {
        label: "CANCELLED",
        word: "cancel",
    },
    ATTENDED,
];

const ATTENDED: State = State {
    label: "ATTENDED",
    word: "attend",
};

/// How states are spelled in paths: HubSpot's machine description says `attend`, its guide `ATTENDED`. The first is tried
/// first; what was taken once is kept.
#[derive(Default)]
pub(super) struct Spelling(AtomicU8);

impl Spelling {
    const UNKNOWN: u8 = 0;
    const WORD: u8 = 1;
    const LABEL: u8 = 2;

    /// The spellings to try, in their order.
    fn tries(&self) -> &'static [u8] {
        match self.0.load(Ordering::Relaxed) {
            Self::UNKNOWN => &[Self::WORD, Self::LABEL],
            Self::LABEL => &[Self::LABEL],
            _ => &[Self::WORD],
        }
    }

    fn keep(&self, spelling: u8) {
        self.0.store(spelling, Ordering::Relaxed);
    }
}

impl State {
    fn of(label: Option<&str>) -> &'static Self {
        let known = STATES.iter().find(|state| Some(state.label) == label);
        known.unwrap_or(&ATTENDED)
    }

    fn spelled(&self, spelling: u8) -> &'static str {
        match spelling {
            Spelling::LABEL => self.label,
            _ => self.word,
        }
    }

    fn rank(&self) -> usize {
        let rank = STATES.iter().position(|state| state.label == self.label);
        rank.unwrap_or(STATES.len())
    }
}

impl HubSpot {
    /// The event by its object id: the external ids are known to the app that made it, and to no other.
    pub(super) async fn read_event(
        &self,
        named: &str,
    ) -> Result<Option<RemoteCampaign>, CallError> {
        let Some(id) = event_id(named) else {
            return Ok(None);
        };
        let found: Value = match self.read(&metadata(api::marketing_event(id))).await {
            Ok(found) => found,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let told = text_of(&found["objectId"]);
        Ok(Some(RemoteCampaign {
            id: if told.is_empty() { id.to_owned() } else { told },
            name: text_of(&found["eventName"]),
            closed: closed(&found),
            statuses: (0_u32..)
                .zip(&STATES)
                .map(|(rank, state)| MemberStatus {
                    label: state.label.to_owned(),
                    usual: state.label == ATTENDED.label,
                    rank,
                })
                .collect(),
        }))
    }

    /// Reads the event's participations page by page, or those of each contact, whichever takes fewer calls.
    pub(super) async fn read_attendance(
        &self,
        event: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        let mut held = HashMap::new();
        let mut singly = persons.len() == 1;
        if persons.len() > 1 {
            let first = self.participations(event, None, None).await?;
            let mut after = take(&first, &mut held);
            let pages = first.total.unwrap_or(0).div_ceil(PAGE).saturating_sub(1);
            singly = after.is_some() && pages > u64::try_from(persons.len()).unwrap_or(u64::MAX);
            while let Some(cursor) = after.take().filter(|_| !singly) {
                let page = self.participations(event, None, Some(&cursor)).await?;
                after = take(&page, &mut held).filter(|next| *next != cursor);
            }
        }
        if singly {
            held.clear();
            for some in persons.chunks(AT_ONCE) {
                let asked = some.iter().map(|(_, id)| self.attendance_of(event, id));
                for states in try_join_all(asked).await? {
                    held.extend(states);
                }
            }
        }
        Ok(persons
            .iter()
            .map(|(_, id)| {
                held.get(id).map(|state| Member {
                    id: None,
                    status: Some((*state).to_owned()),
                })
            })
            .collect())
    }

    /// The participations of one contact in one event.
    async fn attendance_of(
        &self,
        event: &RemoteCampaign,
        contact: &RemoteId,
    ) -> Result<HashMap<RemoteId, &'static str>, CallError> {
        let mut held = HashMap::new();
        let mut after: Option<String> = None;
        loop {
            let page = match self
                .participations(event, Some(contact), after.as_deref())
                .await
            {
                Ok(page) => page,
                // The event was there a moment ago: it is the contact that is not known.
                Err(error) if is_absent(&error) => return Ok(held),
                Err(error) => return Err(error),
            };
            let next = take(&page, &mut held);
            if next.is_none() || next == after {
                // Where the filter is not minded, others come along: they are left aside.
                held.retain(|id, _| id == contact);
                return Ok(held);
            }
            after = next;
        }
    }

    async fn participations(
        &self,
        event: &RemoteCampaign,
        contact: Option<&str>,
        after: Option<&str>,
    ) -> Result<PageAnswer, CallError> {
        let path = api::participations(&event.id);
        let mut request = ApiRequest::read(Method::GET, path)
            .query("limit", PAGE.to_string())
            .quota(limits::BURST, 1)
            .quota(limits::DAY, 1);
        if let Some(contact) = contact {
            request = request.query("contactIdentifier", contact);
        }
        if let Some(after) = after {
            request = request.query("after", after);
        }
        self.read(&request).await
    }

    /// One attendance call, of one state.
    pub(super) async fn write_attendance(
        &self,
        event: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        let state = State::of(rows.first().and_then(|row| row.status.as_deref()));
        let sent: Vec<Value> = rows.iter().map(|row| wire(state, row)).collect();
        let mut refused: Option<CallError> = None;
        for spelling in self.spelling.tries() {
            match self.attend(event, state.spelled(*spelling), &sent).await {
                Ok((answer, call)) => {
                    self.spelling.keep(*spelling);
                    return Ok(answered(rows, sent, &answer, call));
                }
                // Nothing was done, and it may be the state that nobody knows.
                Err(error) if may_be_the_state(&error, rows) => {
                    refused.get_or_insert(error);
                }
                Err(error) => {
                    refused = Some(error);
                    break;
                }
            }
        }
        match refused {
            Some(error) => whole(event, rows, sent, error),
            None => Err(CallError::unsupported("campaigns")),
        }
    }

    async fn attend(
        &self,
        event: &RemoteCampaign,
        state: &str,
        inputs: &[Value],
    ) -> Result<(BatchAnswer, CallTrace), CallError> {
        let path = api::attendance(&event.id, state);
        let request = ApiRequest::repeatable(Method::POST, path);
        let body = Inputs {
            inputs: inputs.to_vec(),
        };
        let request = encoded(self, request, &body)?
            .quota(limits::BURST, 1)
            .quota(limits::DAY, 1);
        let (value, call) = self.send(&request).await?;
        let answer = if value.is_null() {
            BatchAnswer::default()
        } else {
            serde_json::from_value(value).map_err(|error| shape(&error, call.clone()))?
        };
        Ok((answer, call))
    }
}

/// The object id in what people copy: the number itself, or the address of the event's page.
fn event_id(named: &str) -> Option<&str> {
    let path = named.trim().split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&&str| part.bytes().all(|byte| byte.is_ascii_digit());
    match segments.iter().position(|part| *part == "record") {
        // The page of a record says what it is a record of.
        Some(at) if segments.get(at + 1) != Some(&EVENT_TYPE) => None,
        Some(at) => segments.get(at + 2).filter(is_number).copied(),
        None => segments.iter().rev().find(is_number).copied(),
    }
}

/// Why an event takes nobody. One that is completed takes everybody still: a fair is over before its leads are in, and
/// nothing documented refuses them.
fn closed(event: &Value) -> Option<String> {
    let is = |name: &str| event[name] == Value::Bool(true);
    if is("eventCancelled") {
        return Some("it is cancelled in HubSpot".to_owned());
    }
    is("archived").then(|| "it is archived in HubSpot".to_owned())
}

/// Takes the participations of a page; a contact's state that is furthest along counts. Answers the next page's cursor.
fn take(page: &PageAnswer, held: &mut HashMap<RemoteId, &'static str>) -> Option<String> {
    for entry in &page.results {
        let contact = text_of(&entry["associations"]["contact"]["contactId"]);
        let state = match entry["properties"]["attendanceState"].as_str() {
            // HubSpot's own word, once an event is over, for who was registered and of whom nobody said more.
            Some("NO_SHOW") => &STATES[0],
            Some(label) if STATES.iter().any(|state| state.label == label) => {
                State::of(Some(label))
            }
            _ => continue,
        };
        let known = held.entry(contact).or_insert(state.label);
        if State::of(Some(known)).rank() < state.rank() {
            *known = state.label;
        }
    }
    page.next()
}

/// An attendance as it is sent. Two states of one person at one time would be one entry, so each has a millisecond of its
/// own.
fn wire(state: &State, row: &MemberRow) -> Value {
    let own = i64::try_from(state.rank()).unwrap_or(0);
    let at: Timestamp = row
        .met
        .checked_add(SignedDuration::from_millis(own))
        .unwrap_or(row.met);
    let vid = row.person.parse::<u64>();
    json!({
        "vid": vid.map_or_else(|_| json!(row.person), |vid| json!(vid)),
        "interactionDateTime": at.as_millisecond(),
        "properties": {},
    })
}

/// Whether a refusal tells that there is no such record.
fn is_absent(error: &CallError) -> bool {
    let Some(call) = &error.call else {
        return false;
    };
    matches!(error.kind, CallErrorKind::Refused { .. })
        && (call.status == 404 || call.status == 400 && errors::is_not_found(&call.body))
}

/// Whether a whole call may have been refused for the state in its path: nothing in the answer blames anything else.
fn may_be_the_state(error: &CallError, rows: &[MemberRow]) -> bool {
    let Some(call) = &error.call else {
        return false;
    };
    matches!(error.kind, CallErrorKind::Refused { .. })
        && matches!(call.status, 400 | 404)
        && errors::problems(&call.body).is_empty()
        && !rows.iter().any(|row| names(&call.body, &row.person))
}

/// Gives every row its end by the contacts that results and errors name.
fn answered(
    rows: &[MemberRow],
    sent: Vec<Value>,
    answer: &BatchAnswer,
    call: CallTrace,
) -> MemberAnswer {
    let done: HashSet<String> = answer
        .results
        .iter()
        .map(|result| text_of(&result["vid"]))
        .collect();
    let missing = rows
        .iter()
        .filter(|row| !done.contains(&row.person))
        .count();
    let rows = rows
        .iter()
        .zip(sent)
        .map(|(row, sent)| {
            if done.contains(&row.person) {
                let received = json!({ "vid": sent["vid"] });
                return (
                    row.trace.clone(),
                    MemberEnd::Done { id: None },
                    sent,
                    received,
                );
            }
            let error = match answer.errors.as_slice() {
                [only] if missing == 1 => Some(only),
                errors => errors.iter().find(|error| names(error, &row.person)),
            };
            let end = error.map_or(MemberEnd::Silent, |error| end(call.status, error));
            let received = error.cloned().unwrap_or_default();
            (row.trace.clone(), end, sent, received)
        })
        .collect();
    MemberAnswer { rows, call }
}

fn end(status: u16, error: &Value) -> MemberEnd {
    if errors::is_not_found(error) {
        return MemberEnd::Gone;
    }
    let failure = errors::row_failure(status, error);
    if failure.category == Category::RateLimited {
        return MemberEnd::Later;
    }
    MemberEnd::Refused(failure)
}

/// What a call that was refused as a whole means for its rows. One contact that is gone may take all down with it.
fn whole(
    event: &RemoteCampaign,
    rows: &[MemberRow],
    sent: Vec<Value>,
    error: CallError,
) -> Result<MemberAnswer, CallError> {
    let Some(call) = error.call.as_deref().filter(|_| is_absent(&error)) else {
        return Err(error);
    };
    let blames = rows.iter().any(|row| names(&call.body, &row.person));
    let of_contacts = call.body["message"].as_str().is_some_and(|text| {
        let text = text.to_lowercase();
        text.contains("contact") || text.contains("vid")
    });
    if !blames && of_contacts && rows.len() > 1 {
        // Taken apart until the contact stands alone.
        return Err(error);
    }
    let gone = || {
        let message = format!(
            "the marketing event {:?} ({}) is gone at HubSpot",
            event.name, event.id
        );
        let code = call.body["category"].as_str().unwrap_or("NOT_FOUND");
        Failure::new(Category::Connection, message).with_code(code)
    };
    let rows = rows
        .iter()
        .zip(sent)
        .map(|(row, sent)| {
            let end = match () {
                () if names(&call.body, &row.person) => MemberEnd::Gone,
                () if blames => MemberEnd::Later,
                () if of_contacts => MemberEnd::Gone,
                () => MemberEnd::Refused(gone()),
            };
            (row.trace.clone(), end, sent, call.body.clone())
        })
        .collect();
    Ok(MemberAnswer {
        rows,
        call: call.clone(),
    })
}

/// Whether an error is about this record: its context or its text holds the id.
pub(super) fn names(error: &Value, id: &str) -> bool {
    fn holds(value: &Value, id: &str) -> bool {
        match value {
            Value::Array(items) => items.iter().any(|item| holds(item, id)),
            Value::Object(members) => members.values().any(|member| holds(member, id)),
            Value::Null | Value::Bool(_) => false,
            other => text_of(other) == id,
        }
    }
    let in_text = |text: &Value| {
        let words = text.as_str().unwrap_or_default();
        words
            .split(|letter: char| !letter.is_ascii_digit())
            .any(|word| word == id)
    };
    let nested = error["errors"].as_array().into_iter().flatten();
    holds(&error["context"], id)
        || in_text(&error["message"])
        || nested
            .into_iter()
            .any(|entry| holds(&entry["context"], id) || in_text(&entry["message"]))
}

#[cfg(test)]
#[path = "campaigns_tests.rs"]
pub(super) mod tests;
