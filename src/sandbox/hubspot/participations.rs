//! Who took part in marketing events, and what tests may do about it behind the API's back.

use axum::http::Method;
use serde_json::{Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::events::{MarketingEvent, Spelling, State, position};
use super::object_type::ObjectType;
use super::objects::page;
use super::portal::Portal;
use crate::sandbox::time::iso;
use crate::sandbox::wire::{Reply, Request};

/// One contact's attendance at an event.
type Part<'a> = (&'a MarketingEvent, u64, i64, State);

/// `GET participations/{event}/breakdown` with `contactIdentifier`, `state`, `limit` and `after`.
pub(super) fn of_event(portal: &Portal, request: &Request, at: usize) -> Outcome {
    let contact = request.parameter("contactIdentifier");
    let contact = match contact {
        Some(named) => Some(contact_of(portal, &named)?),
        None => None,
    };
    breakdown(portal, request, &portal.events[at..=at], contact)
}

/// `GET participations/contacts/{contact}/breakdown`: the same over all events.
pub(super) fn of_contact(portal: &Portal, request: &Request, named: &str) -> Outcome {
    let contact = contact_of(portal, named)?;
    breakdown(portal, request, &portal.events, Some(contact))
}

/// By id or by e-mail address.
fn contact_of(portal: &Portal, named: &str) -> Result<u64, Box<ApiError>> {
    portal
        .exists(ObjectType::Contact, named)
        .or_else(|| portal.table(ObjectType::Contact).holder("email", named))
        .ok_or_else(ApiError::no_such_record)
}

fn breakdown(
    portal: &Portal,
    request: &Request,
    events: &[MarketingEvent],
    contact: Option<u64>,
) -> Outcome {
    let number = |name: &str, usual: usize| {
        let told = request.parameter(name);
        told.and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let limit = number("limit", 10);
    if !(1..=100).contains(&limit) {
        return Err(ApiError::validation("limit must be between 1 and 100"));
    }
    let state = request.parameter("state");
    let parts: Vec<Part<'_>> = events
        .iter()
        .flat_map(|event| {
            let entries = event.entries.iter();
            entries.map(move |((contact, time), state)| (event, *contact, *time, *state))
        })
        .filter(|part| contact.is_none_or(|contact| part.1 == contact))
        .filter(|part| state.as_deref().is_none_or(|state| part.3.name() == state))
        .collect();
    let (after, limit) = (number("after", 0), page(portal, limit));
    let shown = parts.iter().skip(after).take(limit);
    let results: Vec<Value> = shown.map(|part| show(portal, part)).collect();
    let next = after + results.len();
    let mut answer = json!({"total": parts.len(), "results": results});
    if next < parts.len() {
        answer["paging"] = json!({"next": {"after": next.to_string()}});
    }
    Ok(Reply::json(200, answer))
}

fn show(portal: &Portal, (event, contact, time, state): &Part<'_>) -> Value {
    let record = portal.table(ObjectType::Contact).live(*contact);
    let property = |name: &str| record.and_then(|record| record.properties.get(name).cloned());
    json!({
        "id": format!("{contact}-{time}"),
        "createdAt": iso(*time),
        "associations": {
            "contact": {
                "contactId": contact.to_string(),
                "email": property("email"),
                "firstname": property("firstname"),
                "lastname": property("lastname"),
            },
            "marketingEvent": {
                "marketingEventId": event.id.to_string(),
                "name": event.members.get("eventName"),
                "externalAccountId": event.members.get("externalAccountId"),
                "externalEventId": event.members.get("externalEventId"),
            },
        },
        "properties": {"occurredAt": time, "attendanceState": state.name()},
    })
}

/// Control paths below `marketing-events`.
pub(super) fn admin(
    portal: &mut Portal,
    method: &Method,
    parts: &[&str],
    body: &Value,
) -> Option<Reply> {
    match (method.as_str(), parts) {
        ("POST", []) => {
            let members = body.as_object()?.clone();
            let event = MarketingEvent::new(portal.new_id(), members, false);
            let id = event.id.to_string();
            portal.events.push(event);
            Some(Reply::json(200, json!({"objectId": id})))
        }
        ("POST", ["spelling"]) => {
            portal.event_spelling = match body["takes"].as_str()? {
                "attend" => Spelling::Machine,
                "ATTENDED" => Spelling::Guide,
                "both" => Spelling::Both,
                _ => return None,
            };
            Some(Reply::empty(204))
        }
        ("POST", [id]) => {
            let at = position(portal, id).ok()?;
            let changes = body.as_object()?.clone();
            portal.events[at].members.extend(changes);
            Some(Reply::empty(204))
        }
        ("DELETE", [id]) => {
            let at = position(portal, id).ok()?;
            portal.events.remove(at);
            Some(Reply::empty(204))
        }
        ("POST", [id, "attendance"]) => {
            let at = position(portal, id).ok()?;
            let key = (body["vid"].as_u64()?, body["at"].as_i64()?);
            let state = State::named(body["state"].as_str()?)?;
            portal.events[at].entries.insert(key, state);
            Some(Reply::empty(204))
        }
        ("GET", [id, "attendance"]) => {
            let event = &portal.events[position(portal, id).ok()?];
            let entries = event.entries.iter().map(|((contact, time), state)| {
                json!({"vid": contact, "at": time, "state": state.name()})
            });
            Some(Reply::json(
                200,
                json!({"results": entries.collect::<Vec<_>>()}),
            ))
        }
        _ => None,
    }
}
