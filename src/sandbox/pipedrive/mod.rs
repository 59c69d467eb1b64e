//! A Pipedrive company account as its documentation describes it: version 2 of the API, and what is left of
//! version 1.
//!
//! Written from Pipedrive's OpenAPI descriptions and docs and from what clients report; texts and codes nobody
//! documented are marked where they are made up. The API and the OAuth server are both here. Paths begin with
//! `/api/v2` and `/api/v1` as at a company's own host, or `/v2` and `/v1` as at the general one.
//!
//! Known differences from a real account: Campaigns is not part of it (`marketing_status` is an unknown key),
//! nobody but one user calls, of the counts in `include_fields` only those of notes, activities, people and
//! deals are counted, searches find texts that contain the term and do not rank them, deleted records stay for
//! ever, products, files, projects, pictures, followers and the conversion of leads do not exist.
//!
//! Control paths below `/_admin` and the own keys of `/_stats` are listed in `admin`.

mod access;
mod account;
mod admin;
mod admin_records;
mod custom;
mod errors;
mod field;
mod fields_api;
mod filters;
mod firstversion;
mod leads;
mod limits;
mod notes;
mod oauth;
mod read;
mod record;
mod route;
mod search;
mod shape;
mod show;
mod stats;
mod write;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::SandboxOptions;
use super::time::SandboxClock;
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request};
use access::Caller;
use account::Account;
use record::Entity;
use route::Route;

/// An answer, or a refusal.
type Outcome = Result<Reply, Box<Reply>>;

pub(super) struct Pipedrive {
    options: SandboxOptions,
    clock: Arc<SandboxClock>,
    account: Mutex<Account>,
}

impl Pipedrive {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let account = Mutex::new(Account::new(options.clone(), Arc::clone(&clock)));
        Self {
            options,
            clock,
            account,
        }
    }

    fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FakeVendor for Pipedrive {
    fn classify(&self, request: &Request) -> Classification {
        route::classify(request)
    }

    fn handle(&self, request: &Request) -> Reply {
        let mut account = self.account();
        account.last_request = remember(request);
        if request.path.starts_with("/oauth/") {
            let reply = oauth::serve(&mut account, request);
            return reply.unwrap_or_else(|| *errors::unavailable(404));
        }
        serve(&mut account, request).unwrap_or_else(|refusal| *refusal)
    }

    fn error(&self, status: u16) -> Reply {
        let reply = match status {
            401 => errors::unauthorized(),
            429 => errors::too_many_requests(),
            _ => errors::internal(status),
        };
        // An injected refusal is a fault, not a limit the client ran into.
        let mut reply = Reply {
            limited: false,
            ..*reply
        };
        if status == 429 {
            reply = reply.header("x-ratelimit-reset", "2");
        }
        reply
    }

    fn admin(&self, method: &Method, segments: &[String], body: &Value) -> Reply {
        admin::serve(&mut self.account(), method, segments, body)
    }

    fn add_stats(&self, stats: &mut Map<String, Value>) {
        stats::add(&self.account(), stats);
    }

    fn reset(&self) {
        *self.account() = Account::new(self.options.clone(), Arc::clone(&self.clock));
    }
}

/// What `requests/last` shows: never credentials.
fn remember(request: &Request) -> Value {
    let secret = ["authorization", "cookie", "x-api-token"];
    let shown = request
        .headers
        .iter()
        .filter(|(name, _)| !secret.contains(&name.as_str()));
    let headers: Map<String, Value> = shown
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), json!(value))
        })
        .collect();
    let shows = !request.path.starts_with("/oauth/") && request.parameter("api_token").is_none();
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    json!({
        "method": request.method.as_str(),
        "path": request.path,
        "query": if shows { request.query.as_str() } else { "" },
        "headers": headers,
        "body": if shows { body } else { Value::Null },
    })
}

fn serve(account: &mut Account, request: &Request) -> Outcome {
    let route = Route::parse(&request.path).ok_or_else(|| errors::unavailable(404))?;
    // The old way; it lands in logs and is no longer described.
    if request.parameter("api_token").is_some() {
        return Err(errors::unauthorized());
    }
    let caller = Caller::of(request).ok_or_else(errors::unauthorized)?;
    let (elapsed, now) = (account.clock.elapsed(), account.clock.now_milliseconds());
    if !account.access.knows(&caller, elapsed) {
        return Err(errors::unauthorized());
    }
    let method = request.method.as_str();
    let kind = (route.is_search(), matches!(method, "POST" | "PUT"));
    let admitted = account
        .limits
        .admit(&caller, kind, route.cost(method), elapsed, now);
    let reply = admitted
        .and_then(|()| authorize(account, &caller, &route, method))
        .and_then(|()| dispatch(account, request, &route))
        .unwrap_or_else(|refusal| *refusal);
    Ok(account.limits.announce(reply, &caller, kind, now))
}

fn authorize(
    account: &Account,
    caller: &Caller,
    route: &Route,
    method: &str,
) -> Result<(), Box<Reply>> {
    if account.settings.closed {
        return Err(errors::account_closed());
    }
    if account.access.allows(caller, route.scopes(method)) {
        Ok(())
    } else {
        Err(errors::scope_mismatch())
    }
}

fn dispatch(account: &mut Account, request: &Request, route: &Route) -> Outcome {
    let words = route.words();
    if route.version == 1 {
        return firstversion::serve(account, request, &words);
    }
    let method = request.method.as_str();
    match (method, words.as_slice()) {
        ("GET", ["itemSearch"]) => return search::items(account, request),
        ("GET", ["itemSearch", "field"]) => return search::by_field(account, request),
        ("GET", ["leads", "search"]) => return search::records(account, request, Entity::Lead),
        ("GET", ["pipelines"]) => return Ok(pipelines(account)),
        ("GET", ["stages"]) => return Ok(stages(account)),
        (_, ["itemSearch"] | ["itemSearch", "field"] | ["pipelines"] | ["stages"]) => {
            return Err(errors::unavailable(405));
        }
        _ => {}
    }
    let Some((first, rest)) = words.split_first() else {
        return Err(errors::unavailable(404));
    };
    if let Some(entity) = fields_api::entity(first) {
        return fields_api::serve(account, request, entity, rest);
    }
    let entity = match *first {
        "persons" => Entity::Person,
        "organizations" => Entity::Organization,
        "deals" => Entity::Deal,
        "activities" => Entity::Activity,
        _ => return Err(errors::unavailable(404)),
    };
    match (method, rest) {
        ("GET", []) => read::many(account, request, entity),
        ("POST", []) => write::create(account, request, entity),
        ("GET", ["search"]) if entity != Entity::Activity => {
            search::records(account, request, entity)
        }
        ("GET", [id]) => read::one(account, request, entity, id),
        ("PATCH", [id]) => write::change(account, request, entity, id),
        ("DELETE", [id]) => write::delete(account, entity, id),
        (_, [] | [_]) => Err(errors::unavailable(405)),
        _ => Err(errors::unavailable(404)),
    }
}

fn pipelines(account: &Account) -> Reply {
    let now = Account::time(account.now());
    let pipeline = json!({
        "id": 1, "name": "Pipeline", "order_nr": 1, "is_deleted": false,
        "is_deal_probability_enabled": false, "add_time": now, "update_time": now,
    });
    let body =
        json!({"success": true, "data": [pipeline], "additional_data": {"next_cursor": null}});
    Reply::json(200, body).whole()
}

fn stages(account: &Account) -> Reply {
    let now = Account::time(account.now());
    let names = ["Qualified", "Contact Made", "Demo Scheduled"];
    let stages = names.iter().enumerate().map(|(place, name)| {
        json!({
            "id": place + 1, "order_nr": place + 1, "name": name, "is_deleted": false,
            "deal_probability": 100, "pipeline_id": 1, "is_deal_rot_enabled": false,
            "days_to_rotten": null, "add_time": now, "update_time": now,
        })
    });
    let stages: Vec<Value> = stages.collect();
    let body = json!({"success": true, "data": stages, "additional_data": {"next_cursor": null}});
    Reply::json(200, body).whole()
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value
)]
mod tests;
