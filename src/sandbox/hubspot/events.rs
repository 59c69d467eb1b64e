//! Marketing events and attendance.
//!
//! Endpoints with external ids know only the events of the app that asks; those with the object id know all. An attendance
//! is an entry of contact, state and time, and the same contact at the same time makes no second entry, whatever its state:
//! the guide says so of the pair alone. What becomes of attendance at a cancelled event, and how many inputs a call takes, is
//! not documented: it is taken, up to a hundred.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::errors::{ApiError, OBJECT_NOT_FOUND, VALIDATION_ERROR};
use super::object_type::ObjectType;
use super::objects::page;
use super::portal::Portal;
use super::render::BatchAnswer;
use super::route::Version;
use super::write::{apply_creation, check_creation, id_text};
use super::{Outcome, body, participations};
use crate::sandbox::wire::{Reply, Request};

const REQUIRED: [&str; 4] = [
    "eventName",
    "eventOrganizer",
    "externalAccountId",
    "externalEventId",
];

const MOST_INPUTS: usize = 100;

pub(super) struct MarketingEvent {
    pub(super) id: u64,
    pub(super) members: Map<String, Value>,
    /// Made by the app that asks, so that its external ids mean something to it.
    ours: bool,
    /// By contact and time of interaction, in milliseconds.
    pub(super) entries: BTreeMap<(u64, i64), State>,
    /// Inputs that made no new entry.
    pub(super) repeats: usize,
}

/// Which spelling of a state a path may have: the machine description's, the prose guide's, or either.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Spelling {
    #[default]
    Machine,
    Guide,
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum State {
    Registered,
    Attended,
    Cancelled,
}

impl State {
    fn parse(text: &str, spelling: Spelling) -> Option<Self> {
        let machine = match text {
            "register" => Some(Self::Registered),
            "attend" => Some(Self::Attended),
            "cancel" => Some(Self::Cancelled),
            _ => None,
        };
        match spelling {
            Spelling::Machine => machine,
            Spelling::Guide => Self::named(text),
            Spelling::Both => machine.or_else(|| Self::named(text)),
        }
    }

    pub(super) fn named(text: &str) -> Option<Self> {
        [Self::Registered, Self::Attended, Self::Cancelled]
            .into_iter()
            .find(|state| state.name() == text)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Registered => "REGISTERED",
            Self::Attended => "ATTENDED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

impl MarketingEvent {
    pub(super) fn new(id: u64, members: Map<String, Value>, ours: bool) -> Self {
        Self {
            id,
            members,
            ours,
            entries: BTreeMap::new(),
            repeats: 0,
        }
    }

    fn flag(&mut self, name: &str) {
        self.members.insert(name.to_owned(), json!(true));
    }

    /// Entries beyond the first of one contact in one state.
    pub(super) fn duplicates(&self) -> usize {
        let kinds: BTreeSet<(u64, State)> = self
            .entries
            .iter()
            .map(|((contact, _), state)| (*contact, *state))
            .collect();
        self.entries.len() - kinds.len()
    }
}

pub(super) fn serve(
    portal: &mut Portal,
    request: &Request,
    version: Version,
    parts: &[&str],
) -> Outcome {
    match (request.method.as_str(), parts) {
        ("GET", []) => list(portal, request),
        ("POST", ["events"]) => create(portal, &body(request)?),
        ("GET", ["events", external_id]) => {
            let position = own(portal, request, external_id)?;
            Ok(Reply::json(200, show(&portal.events[position])))
        }
        ("POST", ["events", external_id, action @ ("cancel" | "complete")]) => {
            let position = own(portal, request, external_id)?;
            let event = &mut portal.events[position];
            event.flag(match *action {
                "cancel" => "eventCancelled",
                _ => "eventCompleted",
            });
            Ok(Reply::json(200, show(event)))
        }
        ("GET", [external_id, "identifiers"]) => {
            let found = portal
                .events
                .iter()
                .filter(|event| event.members.get("externalEventId") == Some(&json!(external_id)));
            let results: Vec<Value> = found
                .map(|event| json!({"objectId": event.id.to_string()}))
                .collect();
            Ok(Reply::json(200, json!({"results": results})))
        }
        ("POST", [id, "attendance", state, "create"]) => {
            attendance(portal, version, id, state, &body(request)?, false)
        }
        ("POST", [id, "attendance", state, "email-create"]) => {
            attendance(portal, version, id, state, &body(request)?, true)
        }
        ("GET", ["participations", "contacts", contact, "breakdown"]) => {
            participations::of_contact(portal, request, contact)
        }
        ("GET", ["participations", id, "breakdown"]) => {
            participations::of_event(portal, request, position(portal, id)?)
        }
        ("GET", [id]) => Ok(Reply::json(
            200,
            show(&portal.events[position(portal, id)?]),
        )),
        ("PATCH", [id]) => {
            let position = position(portal, id)?;
            let changes = body(request)?;
            let members = &mut portal.events[position].members;
            members.extend(changes.as_object().cloned().unwrap_or_default());
            Ok(Reply::json(200, show(&portal.events[position])))
        }
        _ => Err(ApiError::no_such_resource()),
    }
}

pub(super) fn position(portal: &Portal, id: &str) -> Result<usize, Box<ApiError>> {
    let found = portal
        .events
        .iter()
        .position(|event| event.id.to_string() == id);
    found.ok_or_else(|| ApiError::new(404, OBJECT_NOT_FOUND, format!("No marketing event {id}")))
}

/// An event by its external ids: another app's is not there.
fn own(portal: &Portal, request: &Request, external_id: &str) -> Result<usize, Box<ApiError>> {
    let account = request.parameter("externalAccountId").unwrap_or_default();
    let is = |event: &MarketingEvent, name: &str, value: &str| {
        event.members.get(name) == Some(&json!(value))
    };
    let found = portal.events.iter().position(|event| {
        event.ours
            && is(event, "externalEventId", external_id)
            && is(event, "externalAccountId", &account)
    });
    found.ok_or_else(ApiError::no_such_resource)
}

fn show(event: &MarketingEvent) -> Value {
    let count = |state| {
        event
            .entries
            .values()
            .filter(|given| **given == state)
            .count()
    };
    let mut body = Value::Object(event.members.clone());
    body["objectId"] = json!(event.id.to_string());
    body["id"] = json!(event.id.to_string());
    for flag in ["eventCancelled", "eventCompleted"] {
        if body.get(flag).is_none() {
            body[flag] = json!(false);
        }
    }
    body["eventStatus"] = json!(if body["eventCancelled"] == json!(true) {
        "CANCELLED"
    } else {
        "UPCOMING"
    });
    body["registrants"] = json!(count(State::Registered));
    body["attendees"] = json!(count(State::Attended));
    body["cancellations"] = json!(count(State::Cancelled));
    body["noShows"] = json!(0);
    body
}

fn list(portal: &Portal, request: &Request) -> Outcome {
    let limit = request
        .parameter("limit")
        .and_then(|text| text.parse().ok())
        .unwrap_or(10);
    let after = request
        .parameter("after")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let rows = portal
        .events
        .iter()
        .skip(after)
        .take(page(portal, usize::min(limit, 100)));
    let results: Vec<Value> = rows.map(show).collect();
    let next = after + results.len();
    let mut answer = json!({"results": results});
    if next < portal.events.len() {
        answer["paging"] = json!({"next": {"after": next.to_string()}});
    }
    Ok(Reply::json(200, answer))
}

fn create(portal: &mut Portal, input: &Value) -> Outcome {
    let missing = REQUIRED
        .iter()
        .find(|name| input[**name].as_str().is_none_or(str::is_empty));
    if let Some(name) = missing {
        return Err(ApiError::validation(format!(
            "Some required fields were not set: [{name}]"
        )));
    }
    let members = input.as_object().cloned().unwrap_or_default();
    let event = MarketingEvent::new(portal.new_id(), members, true);
    let body = show(&event);
    portal.events.push(event);
    Ok(Reply::json(200, body))
}

fn attendance(
    portal: &mut Portal,
    version: Version,
    id: &str,
    state: &str,
    body: &Value,
    by_email: bool,
) -> Outcome {
    let position = position(portal, id)?;
    let state = State::parse(state, portal.event_spelling)
        .ok_or_else(|| ApiError::validation(format!("Unknown subscriber state {state}")))?;
    let inputs = body["inputs"]
        .as_array()
        .ok_or_else(|| ApiError::bad_shape("inputs"))?;
    if inputs.len() > MOST_INPUTS {
        return Err(ApiError::validation(format!(
            "The maximum number of inputs is {MOST_INPUTS}, {} were sent",
            inputs.len()
        )));
    }
    let mut answer = BatchAnswer::new(portal, 200, version);
    for input in inputs {
        let Some(time) = input["interactionDateTime"].as_i64() else {
            answer.failed(
                &ApiError::new(400, VALIDATION_ERROR, "interactionDateTime is required"),
                None,
            );
            continue;
        };
        let contact = if by_email {
            contact_by_email(portal, version, input)
        } else {
            let id = id_text(&input["vid"]);
            let found = portal.exists(ObjectType::Contact, &id);
            found.ok_or_else(|| ApiError::missing_records(ObjectType::Contact, &[id]))
        };
        match contact {
            Ok(contact) => {
                let event = &mut portal.events[position];
                match event.entries.entry((contact, time)) {
                    Entry::Occupied(_) => event.repeats += 1,
                    Entry::Vacant(place) => {
                        place.insert(state);
                    }
                }
                let mut result = json!({"vid": contact});
                if by_email {
                    result["email"] = input["email"].clone();
                }
                answer.wrote(result);
            }
            Err(error) => answer.failed(&error, None),
        }
    }
    Ok(answer.finish(portal))
}

/// Creates the contact when the address is unknown.
fn contact_by_email(
    portal: &mut Portal,
    version: Version,
    input: &Value,
) -> Result<u64, Box<ApiError>> {
    let email = input["email"].as_str().unwrap_or_default();
    if let Some(found) = portal.table(ObjectType::Contact).holder("email", email) {
        return Ok(found);
    }
    let mut properties = input["contactProperties"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    properties.insert("email".to_owned(), json!(email));
    let input = json!({"properties": properties});
    let creation = check_creation(portal, ObjectType::Contact, &input, version)?;
    Ok(apply_creation(portal, ObjectType::Contact, creation))
}
