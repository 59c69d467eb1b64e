//! Mobly's REST API, version 0, as its description says: one organization in memory.
//!
//! Written from the published OpenAPI description, its conventions, rate limits and problem types. Texts and
//! answers nobody documented are marked where they are made up.
//!
//! Known differences from the real one: industry events are an empty list that cannot be written, lists of
//! leads can be changed under whoever pages (`shift`), qualifiers and activations can only be made by the
//! control paths, and there is no daily limit, as Mobly has none.
//!
//! Control paths below `/_admin` and the own keys of `/_stats` are listed in `admin`.

mod admin;
mod admin_records;
mod errors;
mod events;
mod journal;
mod leads;
mod limits;
mod lists;
mod organization;
mod seed;
mod seed_leads;
mod shift;
mod stats;
mod table;
mod values;
mod words;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::SandboxOptions;
use super::time::{SandboxClock, http_date};
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request, RequestKind, segments};
use errors::ApiError;
use organization::Organization;

/// An answer, or an error that becomes one.
type Outcome = Result<Reply, ApiError>;

pub(super) struct Mobly {
    options: SandboxOptions,
    clock: Arc<SandboxClock>,
    organization: Mutex<Organization>,
}

impl Mobly {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let organization = Mutex::new(Organization::new(&options, Arc::clone(&clock)));
        Self {
            options,
            clock,
            organization,
        }
    }

    fn organization(&self) -> MutexGuard<'_, Organization> {
        self.organization
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl FakeVendor for Mobly {
    fn classify(&self, request: &Request) -> Classification {
        let segments = segments(&request.path);
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        let kind = match parts.as_slice() {
            [_, _, "tagGroups" | "activations" | "industryEvents", ..] => RequestKind::Metadata,
            [_, _, "events", _, "leads", ..] => RequestKind::Association,
            _ => RequestKind::Object,
        };
        let writes = request.method != Method::GET && request.method != Method::HEAD;
        Classification { kind, writes }
    }

    fn handle(&self, request: &Request) -> Reply {
        serve(&mut self.organization(), request)
    }

    fn error(&self, status: u16) -> Reply {
        match status {
            401 => ApiError::unauthorized().to_reply(),
            429 => ApiError::too_many_requests()
                .to_reply()
                .header("retry-after", "1"),
            _ => ApiError::internal(status).to_reply(),
        }
    }

    fn admin(&self, method: &Method, segments: &[String], body: &Value) -> Reply {
        admin::serve(&mut self.organization(), method, segments, body)
    }

    fn add_stats(&self, stats: &mut Map<String, Value>) {
        stats::add(&self.organization(), stats);
    }

    fn can_seed(&self) -> bool {
        true
    }

    fn reset(&self) {
        *self.organization() = Organization::new(&self.options, Arc::clone(&self.clock));
    }
}

fn serve(organization: &mut Organization, request: &Request) -> Reply {
    let segments = request.segments();
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    let ["api", "v0", parts @ ..] = parts.as_slice() else {
        return ApiError::not_found().to_reply();
    };
    let reply = admitted(organization, request, parts);
    let at = organization.clock.elapsed();
    organization
        .journal
        .note(at, kind(parts), request.method.as_str(), reply.status);
    // By the same clock as `X-RateLimit-Reset`: whoever takes one from the other has a stretch of time.
    reply.header("date", http_date(organization.clock.now_milliseconds()))
}

/// Signed in and within the limit, then served. A request without a good key takes nothing from any bucket.
fn admitted(organization: &mut Organization, request: &Request, parts: &[&str]) -> Reply {
    let key = request.headers.get("x-api-key");
    let key = match key.map(|key| key.to_str().unwrap_or_default()) {
        None | Some("") => return ApiError::unauthorized().to_reply(),
        Some(key) if !organization.knows(key) => return ApiError::forbidden().to_reply(),
        Some(key) => key,
    };
    let (now, today) = (
        organization.clock.elapsed(),
        organization.clock.now_milliseconds(),
    );
    let (fits, standing) = organization.limits.admit(key, now);
    let announce = |reply| match standing {
        Some(standing) => standing.announce(reply, today),
        None => reply,
    };
    if !fits {
        let mut reply = announce(ApiError::too_many_requests().to_reply());
        reply.limited = true;
        let wait = standing.map_or_else(|| "1".to_owned(), limits::Standing::retry_after);
        return reply.header("retry-after", wait);
    }
    note_parameters(organization, request, parts);
    match dispatch(organization, request, parts) {
        Ok(reply) => announce(reply),
        Err(error) => {
            organization.journal.last_refusal.clone_from(&error.why);
            error.to_reply()
        }
    }
}

fn dispatch(organization: &mut Organization, request: &Request, parts: &[&str]) -> Outcome {
    match (request.method.as_str(), parts) {
        ("GET", ["leads"]) => lists::leads(organization, request),
        ("POST", ["leads"]) => leads::create(organization, request),
        ("GET", ["leads", id]) => lists::lead(organization, id),
        ("PATCH", ["leads", id]) => leads::update(organization, request, id),
        ("DELETE", ["leads", id]) => leads::delete(organization, id),
        ("GET", ["events"]) => lists::events(organization, request),
        ("POST", ["events"]) => events::create(organization, request),
        ("GET", ["events", id]) => lists::event(organization, id),
        ("PUT", ["events", id]) => events::update(organization, request, id),
        ("DELETE", ["events", id]) => events::delete(organization, id),
        ("GET", ["events", id, "leads"]) => lists::event_leads(organization, request, id),
        ("PUT", ["events", id, "leads"]) => events::put_leads(organization, request, id),
        ("DELETE", ["events", id, "leads", lead]) => events::remove_lead(organization, id, lead),
        ("GET", ["events", id, "users"]) => lists::event_users(organization, request, id),
        ("GET", ["leadActivityEvents"]) => lists::activities(organization, request),
        ("GET", ["leadActivityEvents", id]) => lists::activity(organization, id),
        ("GET", ["activations"]) => lists::activations(organization, request),
        ("GET", ["activations", id]) => lists::activation(organization, id),
        ("GET", ["tagGroups"]) => lists::tag_groups(organization, request),
        ("GET", ["tagGroups", id]) => lists::tag_group(organization, id),
        ("GET", ["industryEvents"]) => lists::industry_events(organization, request),
        ("GET", ["industryEvents", "bookmarks"]) => {
            Ok(lists::single(&json!({"industryEvents": []})))
        }
        _ => Err(ApiError::not_found()),
    }
}

/// What a request is for, in the words of the journal.
fn kind(parts: &[&str]) -> &'static str {
    match parts {
        ["leads"] => "leads",
        ["leads", _] => "lead",
        ["events"] => "events",
        ["events", _] => "event",
        ["events", _, "leads", ..] => "event_leads",
        ["events", _, "users"] => "event_users",
        ["leadActivityEvents"] => "activities",
        ["leadActivityEvents", _] => "activity",
        ["activations"] => "activations",
        ["activations", _] => "activation",
        ["tagGroups"] => "tag_groups",
        ["tagGroups", _] => "tag_group",
        ["industryEvents", ..] => "industry_events",
        _ => "unknown",
    }
}

/// Counts query parameters the description does not know; Mobly is not known to refuse them.
fn note_parameters(organization: &mut Organization, request: &Request, parts: &[&str]) {
    let paged: &[&str] = &["limit", "offset"];
    let known: [&[&str]; 2] = match (request.method.as_str(), parts) {
        ("GET", ["leadActivityEvents"]) => [paged, &["leadId", "eventType"]],
        ("GET", ["industryEvents"]) => [paged, &["q", "eventUrl"]],
        ("GET", ["leads" | "events" | "activations" | "tagGroups"])
        | ("GET", ["events", _, "leads" | "users"]) => [paged, &[]],
        _ => [&[], &[]],
    };
    for (name, _) in url::form_urlencoded::parse(request.query.as_bytes()) {
        if !known.iter().any(|known| known.contains(&name.as_ref())) {
            let counts = &mut organization.journal.unknown_parameters;
            *counts.entry(name.into_owned()).or_default() += 1;
        }
    }
}

impl Organization {
    /// Counts members of a body the description does not know; they are passed over.
    fn note_unknown(&mut self, body: &Map<String, Value>, known: &[&[&str]]) {
        for name in body.keys() {
            if !known.iter().any(|known| known.contains(&name.as_str())) {
                let counts = &mut self.journal.unknown_members;
                *counts.entry(name.clone()).or_default() += 1;
            }
        }
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value
)]
mod tests;
