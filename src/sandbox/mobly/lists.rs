//! Reading: pages of lists, and single records.
//!
//! `offset` counts pages, not rows. A list may change between two pages, and no page says so.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::organization::{EventLead, Organization};
use super::values::ACTIVITY_TYPES;
use super::{Outcome, shift};
use crate::sandbox::wire::{Reply, Request};

const USUAL_LIMIT: usize = 20;
const LARGEST_LIMIT: usize = 50;

#[derive(Clone, Copy)]
struct Page {
    limit: usize,
    offset: usize,
}

impl Page {
    /// What was asked for; a limit above the largest is cut down to it, and the answer says so. That a limit of
    /// nothing and negative numbers are refused is a guess.
    fn of(request: &Request, page_size: Option<usize>) -> Result<Self, ApiError> {
        let limit = number(request, "limit", USUAL_LIMIT)?;
        if limit == 0 {
            return Err(ApiError::bad_request("limit must be at least 1"));
        }
        let largest = page_size.unwrap_or(LARGEST_LIMIT).clamp(1, LARGEST_LIMIT);
        Ok(Self {
            limit: limit.min(largest),
            offset: number(request, "offset", 0)?,
        })
    }

    fn window<T>(self, rows: &[T], newest_first: bool) -> Vec<&T> {
        let start = self.offset.saturating_mul(self.limit).min(rows.len());
        let end = (start + self.limit).min(rows.len());
        if newest_first {
            let last = rows.len();
            return rows[last - end..last - start].iter().rev().collect();
        }
        rows[start..end].iter().collect()
    }

    fn answer(self, name: &str, rows: Vec<Value>, total: usize) -> Reply {
        let mut results = json!({"total": total});
        results[name] = Value::Array(rows);
        let pagination = json!({"limit": self.limit, "offset": self.offset});
        let body = json!({"status": 200, "pagination": pagination, "results": results});
        Reply::json(200, body)
    }
}

fn number(request: &Request, name: &str, usual: usize) -> Result<usize, ApiError> {
    match request.parameter(name) {
        None => Ok(usual),
        Some(text) => text
            .parse()
            .map_err(|_| ApiError::bad_request(format!("{name} must be a whole number"))),
    }
}

/// The answer that holds one record, or nothing but that it worked.
pub(super) fn single(results: &Value) -> Reply {
    Reply::json(200, json!({"status": 200, "results": results}))
}

pub(super) fn leads(organization: &mut Organization, request: &Request) -> Outcome {
    let page = Page::of(request, organization.page_size)?;
    shift::strike(organization, None);
    let rows = page.window(organization.leads.entries(), organization.newest_first);
    let rows = rows.into_iter().map(|entry| entry.row.body.clone());
    let total = organization.leads.len();
    Ok(page.answer("leads", rows.collect(), total))
}

pub(super) fn lead(organization: &Organization, id: &str) -> Outcome {
    let lead = organization.leads.get(id);
    lead.map(|lead| single(&lead.body))
        .ok_or_else(ApiError::lead_not_found)
}

pub(super) fn events(organization: &Organization, request: &Request) -> Outcome {
    let page = Page::of(request, organization.page_size)?;
    let rows = page.window(organization.events.entries(), organization.newest_first);
    let rows = rows.into_iter().map(|entry| entry.row.body.clone());
    Ok(page.answer("events", rows.collect(), organization.events.len()))
}

/// An event's number in a path, as the key of the table.
pub(super) fn event_key(text: &str) -> Result<String, ApiError> {
    match text.parse::<u64>() {
        Ok(number) => Ok(number.to_string()),
        Err(_) => Err(ApiError::bad_request("an event's id is a number")),
    }
}

pub(super) fn event(organization: &Organization, id: &str) -> Outcome {
    let event = organization.events.get(&event_key(id)?);
    event
        .map(|event| single(&event.body))
        .ok_or_else(ApiError::event_not_found)
}

pub(super) fn event_leads(organization: &mut Organization, request: &Request, id: &str) -> Outcome {
    let key = event_key(id)?;
    let page = Page::of(request, organization.page_size)?;
    if organization.events.contains(&key) {
        shift::strike(organization, Some(&key));
    }
    let event = organization.events.get(&key);
    let leads = &event.ok_or_else(ApiError::event_not_found)?.leads;
    let rows = page.window(leads, organization.newest_first);
    let rows = rows.into_iter().map(EventLead::to_json).collect();
    Ok(page.answer("eventLeads", rows, leads.len()))
}

pub(super) fn event_users(organization: &Organization, request: &Request, id: &str) -> Outcome {
    let page = Page::of(request, organization.page_size)?;
    let event = organization.events.get(&event_key(id)?);
    let users = &event.ok_or_else(ApiError::event_not_found)?.users;
    let rows = page.window(users, false).into_iter().cloned().collect();
    Ok(page.answer("users", rows, users.len()))
}

pub(super) fn activities(organization: &Organization, request: &Request) -> Outcome {
    let page = Page::of(request, organization.page_size)?;
    let (lead, kind) = (request.parameter("leadId"), request.parameter("eventType"));
    if let Some(kind) = kind
        .as_deref()
        .filter(|kind| !ACTIVITY_TYPES.contains(kind))
    {
        return Err(ApiError::bad_request(format!("no eventType is {kind:?}")));
    }
    let name = "leadActivityEvents";
    let is_kind = |row: &&Value| kind.as_deref().is_none_or(|kind| row["eventType"] == kind);
    let rows: Vec<&Value> = match lead {
        Some(lead) => {
            let lead = organization.leads.get(&lead);
            let ids = lead.and_then(|lead| lead.body[name].as_array());
            let ids = ids.into_iter().flatten().filter_map(Value::as_str);
            ids.filter_map(|id| organization.activities.get(id))
                .filter(is_kind)
                .collect()
        }
        None => {
            let entries = organization.activities.entries().iter();
            entries.map(|entry| &entry.row).filter(is_kind).collect()
        }
    };
    let shown = page.window(&rows, organization.newest_first);
    let shown = shown.into_iter().map(|row| (*row).clone()).collect();
    Ok(page.answer(name, shown, rows.len()))
}

pub(super) fn activity(organization: &Organization, id: &str) -> Outcome {
    let row = organization.activities.get(id);
    row.map(single).ok_or_else(ApiError::not_found)
}

pub(super) fn activations(organization: &Organization, request: &Request) -> Outcome {
    let page = Page::of(request, organization.page_size)?;
    let rows = page.window(
        organization.activations.entries(),
        organization.newest_first,
    );
    let rows = rows.into_iter().map(|entry| entry.row.clone()).collect();
    Ok(page.answer("activations", rows, organization.activations.len()))
}

pub(super) fn activation(organization: &Organization, id: &str) -> Outcome {
    let row = organization.activations.get(id);
    row.map(single).ok_or_else(ApiError::not_found)
}

/// In the order people gave them, whatever the order of the other lists.
pub(super) fn tag_groups(organization: &Organization, request: &Request) -> Outcome {
    let page = Page::of(request, organization.page_size)?;
    let rows = page.window(organization.tag_groups.entries(), false);
    let rows = rows.into_iter().map(|entry| entry.row.clone()).collect();
    Ok(page.answer("tagGroups", rows, organization.tag_groups.len()))
}

pub(super) fn tag_group(organization: &Organization, id: &str) -> Outcome {
    let row = organization.tag_groups.get(id);
    row.map(single).ok_or_else(ApiError::not_found)
}

/// There are none: industry events are another product's.
pub(super) fn industry_events(organization: &Organization, request: &Request) -> Outcome {
    let page = Page::of(request, organization.page_size)?;
    Ok(page.answer("industryEvents", Vec::new(), 0))
}
