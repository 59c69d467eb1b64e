//! Writing events, and who is in them.

use serde_json::{Map, Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::lists::{event_key, single};
use super::organization::{Organization, merge};
use super::values::{self, EVENT_TYPES};
use crate::sandbox::wire::Request;

const MEMBERS: &[&str] = &[
    "eventName",
    "eventType",
    "startDate",
    "endDate",
    "registrationEnabled",
];

/// The members of an event as they are shown, from those of a request, which have other names.
fn members(body: &Map<String, Value>) -> Result<Map<String, Value>, ApiError> {
    let (start, end) = (
        values::date(body, "startDate")?,
        values::date(body, "endDate")?,
    );
    if end < start {
        return Err(ApiError::bad_request("an event ends before it starts"));
    }
    let mut members = Map::new();
    members.insert("name".to_owned(), json!(values::text(body, "eventName")?));
    let kind = values::one_of(body, "eventType", EVENT_TYPES)?;
    members.insert("type".to_owned(), json!(kind));
    members.insert("startDate".to_owned(), json!(start));
    members.insert("endDate".to_owned(), json!(end));
    if let Some(enabled) = values::flag(body, "registrationEnabled")? {
        members.insert("registrationEnabled".to_owned(), json!(enabled));
    }
    Ok(members)
}

pub(super) fn create(organization: &mut Organization, request: &Request) -> Outcome {
    let body = values::body(request)?;
    organization.note_unknown(&body, &[MEMBERS, &["createdByEmail"]]);
    values::email("createdByEmail", values::text(&body, "createdByEmail")?)?;
    let id = organization.add_event(&members(&body)?);
    answer(organization, &id.to_string())
}

fn answer(organization: &Organization, key: &str) -> Outcome {
    let event = organization.events.get(key);
    event
        .map(|event| single(&event.body).wrote(1))
        .ok_or_else(ApiError::event_not_found)
}

pub(super) fn update(organization: &mut Organization, request: &Request, id: &str) -> Outcome {
    let key = event_key(id)?;
    if !organization.events.contains(&key) {
        return Err(ApiError::event_not_found());
    }
    let body = values::body(request)?;
    organization.note_unknown(&body, &[MEMBERS]);
    let members = members(&body)?;
    if let Some(event) = organization.events.get_mut(&key) {
        merge(&mut event.body, &members);
    }
    answer(organization, &key)
}

pub(super) fn delete(organization: &mut Organization, id: &str) -> Outcome {
    match organization.remove_event(&event_key(id)?) {
        true => Ok(single(&json!({})).wrote(1)),
        false => Err(ApiError::event_not_found()),
    }
}

type Named = (String, Option<bool>, Option<bool>);

fn named(row: &Value) -> Result<Named, ApiError> {
    let Some(row) = row.as_object() else {
        return Err(ApiError::bad_request(
            "eventLeads must be a list of objects",
        ));
    };
    let lead = values::text(row, "leadId")?.to_owned();
    let flags = (
        values::flag(row, "registered")?,
        values::flag(row, "checkedIn")?,
    );
    Ok((lead, flags.0, flags.1))
}

/// All of the leads, or none of them where one does not exist.
pub(super) fn put_leads(organization: &mut Organization, request: &Request, id: &str) -> Outcome {
    let key = event_key(id)?;
    if !organization.events.contains(&key) {
        return Err(ApiError::event_not_found());
    }
    let body = values::body(request)?;
    organization.note_unknown(&body, &[&["eventLeads"]]);
    let Some(rows) = body.get("eventLeads").and_then(Value::as_array) else {
        return Err(ApiError::bad_request("eventLeads must be a list"));
    };
    let rows = rows.iter().map(named).collect::<Result<Vec<_>, _>>()?;
    if rows.iter().any(|row| !organization.leads.contains(&row.0)) {
        return Err(ApiError::lead_not_found());
    }
    let answers: Vec<Value> = rows
        .iter()
        .filter_map(|(lead, registered, checked_in)| {
            organization.associate(&key, lead, *registered, *checked_in)
        })
        .collect();
    let count = answers.len();
    Ok(single(&json!({"eventLeads": answers})).wrote(count))
}

/// Converges on repeat: a lead that is not in the event is as good as removed.
pub(super) fn remove_lead(organization: &mut Organization, id: &str, lead: &str) -> Outcome {
    let event = organization.events.get_mut(&event_key(id)?);
    let leads = &mut event.ok_or_else(ApiError::event_not_found)?.leads;
    let before = leads.len();
    leads.retain(|known| known.lead != lead);
    let removed = before - leads.len();
    Ok(single(&json!({})).wrote(removed))
}
