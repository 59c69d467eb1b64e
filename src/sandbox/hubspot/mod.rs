//! A HubSpot account as its documentation describes it.
//!
//! Written from HubSpot's docs (error handling, CRM search, associations v4, object APIs 2026-03 and 2026-09,
//! marketing events, usage guidelines, OAuth guides) and from what clients report; texts and codes nobody
//! documented are marked where they are made up. Paths of version `2026-03` are complete; the numbered
//! ones and `2026-09` share the code and differ where the docs say so.
//!
//! Control paths below `/_admin` (all bodies JSON, `{type}` is `contacts` or `companies`):
//!
//! | request | effect |
//! | --- | --- |
//! | `POST tokens/accept`, `tokens/revoke`, `tokens/expire` `{"token"}` | what the next call with it gets; refresh tokens too |
//! | `POST scopes {"missing":["crm.objects.companies.write"]}` | 403 for calls that need them |
//! | `POST authorization {"deny":true}` | the user refuses on the OAuth page |
//! | `POST limits {"daily":n,"used_today":n,"search_body":n}` | daily limit and count; largest search body |
//! | `POST owners {"email","firstName","lastName"}` | a further owner |
//! | `POST labels {"from","to","label"}` | an association label, answers its `typeId` |
//! | `POST properties/{type} {…}`, `DELETE properties/{type}/{name}` | puts or removes a definition |
//! | `POST properties/{type}/{name}/options {"label","value"}` | adds an option |
//! | `POST rules/{type} {"propertyName","ruleType","ruleArguments"}`, `DELETE rules/{type}` | admin's validation rules |
//! | `POST required/{type} {"properties":[…]}` | required on create (2026-09 only) |
//! | `POST objects/{type} {"inputs":[{"properties":{…}}]}` | seeds records unchecked, answers their `ids` |
//! | `POST marketing-events {"eventName",…}` | an event of another app, or made by hand; answers its `objectId` |
//! | `POST marketing-events/{id} {…}`, `DELETE marketing-events/{id}` | changes it (`eventCancelled`), or removes it |
//! | `GET marketing-events/{id}/attendance`, `POST … {"vid","state","at"}` | who took part; somebody else's entry |
//! | `POST marketing-events/spelling {"takes":"attend"}` | how paths name states: `attend`, `ATTENDED` or `both` |
//! | `GET objects/{type}`, `GET associations` | everything there is |

mod access;
mod account;
mod admin;
mod associations;
mod batch;
mod definitions;
mod errors;
mod events;
mod filters;
mod limits;
mod links;
mod lists;
mod oauth;
mod object_type;
mod objects;
mod participations;
mod portal;
mod properties;
mod property;
mod render;
mod route;
mod rules;
mod search;
mod table;
mod values;
mod write;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::SandboxOptions;
use super::time::SandboxClock;
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request, RequestKind};
use errors::ApiError;
use object_type::ObjectType;
use portal::Portal;
use route::Route;

/// An answer, or an error that becomes one.
type Outcome = Result<Reply, Box<ApiError>>;

pub(super) struct HubSpot {
    options: SandboxOptions,
    clock: Arc<SandboxClock>,
    portal: Mutex<Portal>,
}

impl HubSpot {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let portal = Mutex::new(Portal::new(options.clone(), Arc::clone(&clock)));
        Self {
            options,
            clock,
            portal,
        }
    }

    fn portal(&self) -> MutexGuard<'_, Portal> {
        self.portal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FakeVendor for HubSpot {
    fn classify(&self, request: &Request) -> Classification {
        route::classify(&request.method, &request.path)
    }

    fn handle(&self, request: &Request) -> Reply {
        let mut portal = self.portal();
        let correlation_id = portal.new_uuid();
        let reply = serve(&mut portal, request, &correlation_id)
            .unwrap_or_else(|error| error.to_reply(&correlation_id));
        let class = route::classify(&request.method, &request.path);
        let reply = if class.kind == RequestKind::Token {
            reply
        } else {
            let with_daily = !request
                .bearer_token()
                .is_some_and(|token| portal.access.is_from_oauth(token));
            portal
                .limits
                .announce(reply, class.kind == RequestKind::Search, with_daily)
        };
        reply.header("x-hubspot-correlation-id", correlation_id)
    }

    fn error(&self, status: u16) -> Reply {
        let mut portal = self.portal();
        let (correlation_id, request_id) = (portal.new_uuid(), portal.new_uuid());
        let reply = match status {
            401 => ApiError::no_credentials().to_reply(&correlation_id),
            429 => {
                let reply =
                    errors::rate_limit("TEN_SECONDLY_ROLLING", &correlation_id, &request_id);
                Reply {
                    limited: false,
                    ..reply
                }
            }
            _ => ApiError::new(status, "", "internal error").to_reply(&correlation_id),
        };
        reply.header("x-hubspot-correlation-id", correlation_id)
    }

    fn admin(&self, method: &Method, segments: &[String], body: &Value) -> Reply {
        admin::serve(&mut self.portal(), method, segments, body)
    }

    fn add_stats(&self, stats: &mut Map<String, Value>) {
        let portal = self.portal();
        for kind in ObjectType::ALL {
            stats.insert(
                kind.plural().to_owned(),
                json!(live_values(&portal, kind, None).count()),
            );
        }
        let emails = surplus(live_values(&portal, ObjectType::Contact, Some("email")));
        let domains = surplus(live_values(&portal, ObjectType::Company, Some("domain")));
        stats.insert("duplicate_emails".to_owned(), json!(emails));
        stats.insert("duplicate_company_domains".to_owned(), json!(domains));
        stats.insert("associations".to_owned(), json!(portal.links.count()));
        let over_events = |count: fn(&events::MarketingEvent) -> usize| -> usize {
            portal.events.iter().map(count).sum()
        };
        for (name, count) in [
            ("attendances", over_events(|event| event.entries.len())),
            (
                "duplicate_attendances",
                over_events(events::MarketingEvent::duplicates),
            ),
            ("repeated_attendances", over_events(|event| event.repeats)),
        ] {
            stats.insert(name.to_owned(), json!(count));
        }
    }

    fn reset(&self) {
        *self.portal() = Portal::new(self.options.clone(), Arc::clone(&self.clock));
    }
}

/// One entry for each record: a property's value, or nothing when none is asked for.
fn live_values<'a>(
    portal: &'a Portal,
    kind: ObjectType,
    name: Option<&'a str>,
) -> impl Iterator<Item = String> + 'a {
    let live = portal
        .table(kind)
        .records
        .values()
        .filter(|record| record.archived.is_none());
    live.filter_map(move |record| match name {
        None => Some(String::new()),
        Some(name) => record
            .properties
            .get(name)
            .map(|value| value.to_lowercase()),
    })
}

/// How many values are there beyond the first of their kind.
fn surplus(values: impl Iterator<Item = String>) -> usize {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.values().map(|count| count - 1).sum()
}

/// The body as JSON; an empty one is an empty object.
fn body(request: &Request) -> Result<Value, Box<ApiError>> {
    if request.body.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(&request.body).map_err(|error| ApiError::bad_json(&error))
}

fn serve(portal: &mut Portal, request: &Request, correlation_id: &str) -> Outcome {
    if request.path == "/oauth/authorize" {
        return Ok(oauth::authorize(portal, request));
    }
    let route = Route::parse(&request.path);
    if let Some(route) = route
        .as_ref()
        .filter(|route| route.parts().first() == Some(&"oauth"))
    {
        return oauth::serve(portal, request, route, correlation_id);
    }
    portal.access.check(request.bearer_token(), &portal.clock)?;
    let is_search = route::classify(&request.method, &request.path).kind == RequestKind::Search;
    let (elapsed, now) = (portal.clock.elapsed(), portal.now());
    if let Err(policy) = portal.limits.admit(is_search, elapsed, now) {
        return Ok(errors::rate_limit(
            policy,
            correlation_id,
            &portal.new_uuid(),
        ));
    }
    let route = route.ok_or_else(ApiError::no_such_resource)?;
    let parts = route.parts();
    portal
        .access
        .check_scope(route::required_scope(&request.method, &parts).as_deref())?;
    dispatch(portal, request, &route)
}

fn dispatch(portal: &mut Portal, request: &Request, route: &Route) -> Outcome {
    let version = route.version;
    match route.parts().as_slice() {
        ["crm", "objects", kind, id, "associations", rest @ ..] => {
            let kind = ObjectType::parse(kind).ok_or_else(ApiError::no_such_resource)?;
            let id = portal
                .exists(kind, id)
                .ok_or_else(ApiError::no_such_record)?;
            associations::serve_single(portal, request, version, (kind, id), rest)
        }
        ["crm", "objects", kind, rest @ ..] => {
            let kind = ObjectType::parse(kind).ok_or_else(|| {
                ApiError::validation(format!("Unable to infer object type from: {kind}"))
            })?;
            objects::serve(portal, request, version, kind, rest)
        }
        ["crm", "associations", rest @ ..] => associations::serve(portal, request, version, rest),
        ["crm", "properties", rest @ ..] => properties::serve(portal, request, rest),
        ["crm", "property-validations", rest @ ..] => properties::validations(portal, rest),
        ["crm", "owners", rest @ ..] => account::owners(portal, request, rest),
        ["crm", "lists", rest @ ..] => lists::serve(portal, request, rest),
        ["marketing", "marketing-events", rest @ ..] => {
            events::serve(portal, request, version, rest)
        }
        ["account-info", rest @ ..] => account::serve(portal, rest),
        _ => Err(ApiError::no_such_resource()),
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value
)]
mod tests;
