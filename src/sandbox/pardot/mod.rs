//! A Salesforce Account Engagement (Pardot) business unit as its documentation describes it, API version 5.
//!
//! Written from Salesforce's guide pages and from what clients report; texts and codes nobody documented are
//! marked where they are made up. Salesforce's login and the API are both here. Queries run behind what was
//! written, as the guide warns; reads by id do not.
//!
//! Known differences from a real unit: versions 3 and 4 do not exist, fields of related objects
//! (`campaign.name`) are unknown ones, the time-limited HTTP caching headers are missing, dates are taken in
//! ISO form only, and exports, bulk actions and all marketing assets are absent.
//!
//! Control paths below `/_admin` and the own keys of `/_stats` are listed in `admin`.

mod admin;
mod admin_records;
mod collections;
mod errors;
mod field;
mod imports;
mod limits;
mod login;
mod members;
mod prospects;
mod query;
mod route;
mod stats;
mod table;
mod unit;
mod values;
mod write;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::time::SandboxClock;
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request, RequestKind};
use super::{SandboxOptions, salesforce_login};
use errors::{ApiError, XmlErrors};
use unit::{Unit, Values};

/// An answer, or an error that becomes one.
type Outcome = Result<Reply, Box<ApiError>>;

/// Signs of a body that `requests/last` shows.
const LONGEST_SHOWN: usize = 20_000;

pub(super) struct Pardot {
    options: SandboxOptions,
    clock: Arc<SandboxClock>,
    unit: Mutex<Unit>,
}

impl Pardot {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let unit = Mutex::new(Unit::new(options.clone(), Arc::clone(&clock)));
        Self {
            options,
            clock,
            unit,
        }
    }

    /// The unit with all work done that was due by now.
    fn unit(&self) -> MutexGuard<'_, Unit> {
        let mut unit = self.unit.lock().unwrap_or_else(PoisonError::into_inner);
        imports::catch_up(&mut unit);
        unit
    }
}

impl FakeVendor for Pardot {
    fn classify(&self, request: &Request) -> Classification {
        route::classify(request)
    }

    fn arrived(&self, request: &Request) {
        if route::classify(request).kind != RequestKind::Token {
            self.unit().limits.arrive(request.number);
        }
    }

    fn left(&self, number: u64) {
        self.unit().limits.leave(number);
    }

    fn handle(&self, request: &Request) -> Reply {
        let mut unit = self.unit();
        unit.last_request = remember(request);
        let xml = unit.settings.xml_errors;
        let reply = serve(&mut unit, request).unwrap_or_else(|error| error.to_reply(xml));
        let asks = request.headers.contains_key("x-return-api-usage");
        if !asks || route::classify(request).kind == RequestKind::Token {
            return reply;
        }
        let usage = unit.limits.announcement(unit.today());
        reply.header("x-api-usage", usage)
    }

    fn error(&self, status: u16) -> Reply {
        let error = match status {
            401 => ApiError::token(": Inactive token"),
            // There is no 429 here: a quota is refused with 400.
            429 => ApiError::limit(400, 66),
            504 => ApiError::new(504, 214, errors::text(214)),
            _ => ApiError::internal(status),
        };
        // An injected refusal is a fault, not a limit the client ran into.
        Reply {
            limited: false,
            ..error.to_reply(XmlErrors::None)
        }
    }

    fn admin(&self, method: &Method, segments: &[String], body: &Value) -> Reply {
        admin::serve(&mut self.unit(), method, segments, body)
    }

    fn add_stats(&self, stats: &mut Map<String, Value>) {
        stats::add(&self.unit(), stats);
    }

    fn connect_options(&self) -> Vec<(&'static str, String)> {
        vec![("business-unit", self.unit().id.clone())]
    }

    fn reset(&self) {
        *self.unit() = Unit::new(self.options.clone(), Arc::clone(&self.clock));
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
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), json!(value))
        })
        .collect();
    let is_api = request.path.starts_with("/api/");
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_else(|_| {
        let text = String::from_utf8_lossy(&request.body);
        json!(text.chars().take(LONGEST_SHOWN).collect::<String>())
    });
    json!({
        "method": request.method.as_str(),
        "path": request.path,
        "query": if is_api { request.query.as_str() } else { "" },
        "headers": headers,
        "body": if is_api { body } else { Value::Null },
    })
}

/// The body as a JSON object.
fn body(request: &Request) -> Result<Values, Box<ApiError>> {
    if request.body.is_empty() {
        return Err(ApiError::known(152));
    }
    let body: Value = serde_json::from_slice(&request.body).map_err(|_| ApiError::known(150))?;
    match body {
        Value::Object(body) => Ok(body),
        _ => Err(ApiError::known(150)),
    }
}

fn serve(unit: &mut Unit, request: &Request) -> Outcome {
    let segments = request.segments();
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["services", "oauth2", action] => sign_in(unit, request, action),
        ["id", org_id, user_id] => Ok(salesforce_login::identity_page(
            unit, request, org_id, user_id,
        )),
        ["api", "v5", rest @ ..] => {
            authorize(unit, request)?;
            let (elapsed, today) = (unit.clock.elapsed(), unit.today());
            unit.limits.admit(request.number, elapsed, today)?;
            match rest {
                ["objects", rest @ ..] => collections::serve(unit, request, rest),
                ["imports", rest @ ..] => imports::serve(unit, request, rest),
                _ => Err(ApiError::no_endpoint()),
            }
        }
        _ => Err(ApiError::no_endpoint()),
    }
}

/// Two refreshes at once do not get on: one of them is told that the grant is no good, which is not so.
fn sign_in(unit: &mut Unit, request: &Request, action: &str) -> Outcome {
    let mut form = url::form_urlencoded::parse(&request.body);
    let refreshes = form.any(|(name, value)| name == "grant_type" && value == "refresh_token");
    if action == "token" && refreshes && unit.refresh_conflicts > 0 {
        unit.refresh_conflicts -= 1;
        let text = if unit.refresh_conflicts.is_multiple_of(2) {
            "expired authorization code"
        } else {
            "token request is already being processed"
        };
        let body = json!({"error": "invalid_grant", "error_description": text});
        return Ok(Reply::json(400, body));
    }
    salesforce_login::serve(unit, request, action).ok_or_else(ApiError::no_endpoint)
}

/// Credentials, then the unit: a call needs both.
fn authorize(unit: &Unit, request: &Request) -> Result<(), Box<ApiError>> {
    if !request.headers.contains_key("authorization") {
        return Err(ApiError::no_credentials());
    }
    let named = request.headers.get("pardot-business-unit-id");
    let named = named.ok_or_else(ApiError::unit_missing)?;
    let token = request.bearer_token().ok_or_else(|| ApiError::token(""))?;
    if !unit.access.is_valid(token, unit.clock.elapsed()) {
        return Err(ApiError::token(": Inactive token"));
    }
    let scope = unit.access.scope_of(token);
    if scope.is_some_and(|scope| !scope.split_whitespace().any(|scope| scope == "pardot_api")) {
        return Err(ApiError::token(""));
    }
    if !unit.active || named.as_bytes() != unit.id.as_bytes() {
        return Err(ApiError::unit_unknown());
    }
    Ok(())
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value
)]
mod tests;
