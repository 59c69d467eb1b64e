//! A Salesforce org as its documentation describes it.
//!
//! Written from Salesforce's docs (REST API guide, Bulk API 2.0, object reference, limits) and from what
//! clients report; texts and codes nobody documented are marked where they are made up. API versions 31.0 to
//! 67.0 are served alike.
//!
//! Known differences from a real org: SOQL is a subset (see `soql`), a session does not live longer by being
//! used, a JWT's signature is not verified, a locked row is refused at once instead of after a wait, and
//! Composite Graph, Batch and Tree do not exist.
//!
//! Control paths below `/_admin` and the own keys of `/_stats` are listed in `admin`.

mod addresses;
mod admin;
mod admin_records;
mod admin_schema;
mod bulk;
mod collections;
mod composite;
mod derived;
mod describe;
mod errors;
mod field;
mod ids;
mod limits;
mod locks;
mod login;
mod object;
mod org;
mod route;
mod rules;
mod schema;
mod single;
mod soql;
mod stats;
mod touched;
mod values;
mod write;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::time::SandboxClock;
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request, RequestKind};
use super::{SandboxOptions, salesforce_login};
use errors::ApiError;
use org::Org;
use route::Target;

/// An answer, or an error that becomes one.
type Outcome = Result<Reply, Box<ApiError>>;

pub(super) struct Salesforce {
    options: SandboxOptions,
    clock: Arc<SandboxClock>,
    org: Mutex<Org>,
}

impl Salesforce {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let org = Mutex::new(Org::new(options.clone(), Arc::clone(&clock)));
        Self {
            options,
            clock,
            org,
        }
    }

    /// The org with all work done that was due by now.
    fn org(&self) -> MutexGuard<'_, Org> {
        let mut org = self.org.lock().unwrap_or_else(PoisonError::into_inner);
        bulk::catch_up(&mut org);
        org
    }
}

impl FakeVendor for Salesforce {
    fn classify(&self, request: &Request) -> Classification {
        route::classify(request)
    }

    fn arrived(&self, request: &Request) {
        let mut org = self.org();
        let parents = touched::parents(&org, request);
        org.locks.arrive(request.number, &parents);
    }

    fn left(&self, number: u64) {
        self.org().locks.leave(number);
    }

    fn handle(&self, request: &Request) -> Reply {
        let mut org = self.org();
        org.last_request = remember(request);
        org.locks.serve(request.number);
        let reply = serve(&mut org, request).unwrap_or_else(|error| error.to_reply());
        if route::classify(request).kind == RequestKind::Token {
            return reply;
        }
        let announcement = org.limits.announcement(org.now());
        reply.header("sforce-limit-info", announcement)
    }

    fn error(&self, status: u16) -> Reply {
        let error = match status {
            401 => ApiError::session(),
            // There is no 429 here: a quota is refused with 403.
            429 => return quota_refusal(),
            503 => ApiError::new(
                503,
                "SERVER_UNAVAILABLE",
                "Server is temporarily unavailable",
            ),
            _ => ApiError::new(
                status,
                "UNKNOWN_EXCEPTION",
                "An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345",
            ),
        };
        error.to_reply()
    }

    fn admin(&self, method: &Method, segments: &[String], body: &Value) -> Reply {
        admin::serve(&mut self.org(), method, segments, body)
    }

    fn add_stats(&self, stats: &mut Map<String, Value>) {
        stats::add(&self.org(), stats);
    }

    fn reset(&self) {
        *self.org() = Org::new(self.options.clone(), Arc::clone(&self.clock));
    }
}

/// An injected refusal is a fault, not a limit the client ran into.
fn quota_refusal() -> Reply {
    let text = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
    Reply {
        limited: false,
        ..ApiError::request_limit(text).to_reply()
    }
}

/// What `requests/last` shows: never credentials.
fn remember(request: &Request) -> Value {
    let shown = request
        .headers
        .iter()
        .filter(|(name, _)| *name != "authorization" && *name != "cookie");
    let headers: Map<String, Value> = shown
        .map(|(name, value)| {
            (
                name.to_string(),
                json!(String::from_utf8_lossy(value.as_bytes())),
            )
        })
        .collect();
    let is_oauth = request.path.starts_with("/services/oauth2/");
    json!({
        "method": request.method.as_str(),
        "path": request.path,
        "query": if is_oauth { "" } else { request.query.as_str() },
        "headers": headers,
    })
}

/// The body as JSON.
fn body(request: &Request) -> Result<Value, Box<ApiError>> {
    serde_json::from_slice(&request.body).map_err(|error| {
        ApiError::json_parser(format!(
            "Unexpected character or end of input at [line:{}, column:{}]",
            error.line(),
            error.column()
        ))
    })
}

fn serve(org: &mut Org, request: &Request) -> Outcome {
    let segments = request.segments();
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["services", "oauth2", action] => {
            return salesforce_login::serve(org, request, action).ok_or_else(ApiError::not_found);
        }
        ["id", org_id, user_id] => {
            return Ok(salesforce_login::identity_page(
                org, request, org_id, user_id,
            ));
        }
        ["services", "data"] => return Ok(versions(org)),
        _ => {}
    }
    check_length(org, request)?;
    authorize(org, request)?;
    let (elapsed, now) = (org.clock.elapsed(), org.now());
    org.limits.admit(elapsed, now)?;
    let target = Target::parse(&segments, org.versions)?;
    dispatch(org, request, &target)
}

/// "GET: URI and headers", answered by the edge, which knows no JSON.
fn check_length(org: &Org, request: &Request) -> Result<(), Box<ApiError>> {
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4);
    let length = request.path.len() + request.query.len() + 1 + headers.sum::<usize>();
    if request.method != Method::GET || length <= org.limits.longest_get {
        return Ok(());
    }
    Err(ApiError::new(414, errors::EDGE, "URI Too Long"))
}

fn authorize(org: &Org, request: &Request) -> Result<(), Box<ApiError>> {
    let Some(token) = request.bearer_token() else {
        let is_odd = request.headers.contains_key("authorization");
        return Err(if is_odd {
            ApiError::auth_header()
        } else {
            ApiError::session()
        });
    };
    if org.access.is_valid(token, org.clock.elapsed()) {
        return Ok(());
    }
    Err(ApiError::session())
}

fn versions(org: &Org) -> Reply {
    let (first, last) = org.versions;
    let rows = (first..=last).map(|version| {
        // 62.0 was Winter '25; three releases a year.
        let years = (i64::from(version) - 62).div_euclid(3);
        let season = ["Spring", "Summer", "Winter"][(version % 3) as usize];
        let season = if version % 3 == 2 { "Winter" } else { season };
        json!({
            "label": format!("{season} '{:02}", 25 + years),
            "url": format!("/services/data/v{version}.0"),
            "version": format!("{version}.0"),
        })
    });
    Reply::json(200, rows.collect()).whole()
}

/// One API request or subrequest, signed in and admitted.
fn dispatch(org: &mut Org, request: &Request, target: &Target) -> Outcome {
    let version = target.version;
    let method = request.method.as_str();
    match target.parts.as_slice() {
        [] => Ok(resources(version)),
        ["limits"] => Ok(limits_page(org)),
        ["query"] if method == "GET" => soql::query(org, request, version, false),
        ["queryAll"] if method == "GET" => soql::query(org, request, version, true),
        ["query" | "queryAll", locator] if method == "GET" => {
            soql::next_page(org, version, locator)
        }
        ["sobjects"] if method == "GET" => Ok(describe::global(org, version)),
        ["sobjects", name, "describe"] if method == "GET" => describe::object(org, version, name),
        ["sobjects", name, rest @ ..] => {
            let place = org.visible(name).map_err(|_| ApiError::not_found())?;
            single::serve(org, request, version, place, rest)
        }
        ["composite"] if method == "POST" => composite::serve(org, request),
        ["composite", "sobjects", rest @ ..] => collections::serve(org, request, version, rest),
        ["jobs", "ingest", rest @ ..] => bulk::serve(org, request, version, rest),
        _ => Err(ApiError::not_found()),
    }
}

fn resources(version: &str) -> Reply {
    let names = [
        "sobjects",
        "query",
        "queryAll",
        "composite",
        "limits",
        "jobs",
    ];
    let rows = names.map(|name| {
        (
            name.to_owned(),
            json!(format!("/services/data/{version}/{name}")),
        )
    });
    Reply::json(200, Value::Object(rows.into_iter().collect()))
}

fn limits_page(org: &Org) -> Reply {
    let (max, used) = (org.limits.daily, org.limits.used(org.now()));
    Reply::json(
        200,
        json!({
            "DailyApiRequests": {"Max": max, "Remaining": max.saturating_sub(used)},
            "DailyBulkV2QueryJobs": {"Max": 10_000, "Remaining": 10_000},
            "DailyBulkApiBatches": {"Max": 15_000, "Remaining": 15_000},
            "DataStorageMB": {"Max": 5, "Remaining": 5},
        }),
    )
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value
)]
mod tests;
