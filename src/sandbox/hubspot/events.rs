//! Marketing events and attendance (sheet section 8.1).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::errors::{ApiError, OBJECT_NOT_FOUND, VALIDATION_ERROR};
use super::object_type::ObjectType;
use super::objects::page;
use super::portal::Portal;
use super::render::BatchAnswer;
use super::route::Version;
use super::write::{apply_creation, check_creation, id_text};
use super::{Outcome, body};
use crate::sandbox::wire::{Reply, Request};

const REQUIRED: [&str; 4] = [
    "eventName",
    "eventOrganizer",
    "externalAccountId",
    "externalEventId",
];

pub(super) struct MarketingEvent {
    id: u64,
    members: Map<String, Value>,
    /// By contact and state: the times of interaction, since the same time twice is one entry.
    participations: BTreeMap<(u64, State), BTreeSet<i64>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Registered,
    Attended,
    Cancelled,
}

impl State {
    /// The machine description's spelling; the prose guide's is refused, so that a client must know both.
    fn parse(text: &str) -> Option<Self> {
        match text {
            "register" => Some(Self::Registered),
            "attend" => Some(Self::Attended),
            "cancel" => Some(Self::Cancelled),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Registered => "REGISTERED",
            Self::Attended => "ATTENDED",
            Self::Cancelled => "CANCELLED",
        }
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
        ("GET", [external_id, "identifiers"]) => {
            let found = portal
                .events
                .iter()
                .filter(|event| event.members["externalEventId"] == json!(external_id));
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
        ("GET", ["participations", id, "breakdown"]) => breakdown(portal, id),
        ("GET", [id]) => Ok(Reply::json(
            200,
            show(&portal.events[position(portal, id)?]),
        )),
        _ => Err(ApiError::no_such_resource()),
    }
}

fn position(portal: &Portal, id: &str) -> Result<usize, Box<ApiError>> {
    let found = portal
        .events
        .iter()
        .position(|event| event.id.to_string() == id);
    found.ok_or_else(|| ApiError::new(404, OBJECT_NOT_FOUND, format!("No marketing event {id}")))
}

fn show(event: &MarketingEvent) -> Value {
    let count = |state| {
        event
            .participations
            .keys()
            .filter(|(_, given)| *given == state)
            .count()
    };
    let mut body = Value::Object(event.members.clone());
    body["objectId"] = json!(event.id.to_string());
    body["id"] = json!(event.id.to_string());
    body["eventStatus"] = json!("UPCOMING");
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
    let event = MarketingEvent {
        id: portal.new_id(),
        members: input.as_object().cloned().unwrap_or_default(),
        participations: BTreeMap::new(),
    };
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
    let state = State::parse(state)
        .ok_or_else(|| ApiError::validation(format!("Unknown subscriber state {state}")))?;
    let mut answer = BatchAnswer::new(portal, 200, version);
    for input in body["inputs"].as_array().into_iter().flatten() {
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
                let times = portal.events[position]
                    .participations
                    .entry((contact, state));
                times.or_default().insert(time);
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

fn breakdown(portal: &Portal, id: &str) -> Outcome {
    let event = &portal.events[position(portal, id)?];
    let entries = event
        .participations
        .iter()
        .flat_map(|((contact, state), times)| {
            times.iter().map(move |time| {
                json!({
                    "associations": {"contact": {"contactId": contact.to_string()}},
                    "properties": {"occurredAt": time, "attendanceState": state.name()},
                })
            })
        });
    let results: Vec<Value> = entries.collect();
    Ok(Reply::json(
        200,
        json!({"total": results.len(), "results": results}),
    ))
}
