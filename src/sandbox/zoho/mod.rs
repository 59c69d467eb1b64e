//! A Zoho CRM account as its documentation describes it, API version 8.
//!
//! Written from Zoho's docs and OpenAPI description and from what clients report; texts and codes nobody
//! documented are marked where they are made up. Accounts server and API are both here: the account lives at
//! one data centre, and tokens of another are strangers.
//!
//! Known differences from a real account: COQL is a subset (see `coql`), search knows no criteria, phone
//! numbers and URLs are taken as they are, `lar_id` and `skip_feature_execution` do nothing, and bulk jobs,
//! files and lead conversion by the API do not exist.
//!
//! Control paths below `/_admin` and the own keys of `/_stats` are listed in `admin`.

mod access;
mod admin;
mod admin_records;
mod admin_schema;
mod composite;
mod coql;
mod errors;
mod field;
mod limits;
mod matching;
mod metadata;
mod module;
mod oauth;
mod org;
mod read;
mod relations;
mod route;
mod rows;
mod schema;
mod scopes;
mod stats;
mod values;
mod write;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::SandboxOptions;
use super::time::SandboxClock;
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request, RequestKind};
use errors::ApiError;
use limits::Limits;
use org::Org;
use write::Action;

/// An answer, or an error that becomes one.
type Outcome = Result<Reply, Box<ApiError>>;

/// The API version served; other paths below `/crm` are wrong ones.
const VERSION: &str = "v8";

pub(super) struct Zoho {
    options: SandboxOptions,
    clock: Arc<SandboxClock>,
    org: Mutex<Org>,
}

impl Zoho {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let org = Mutex::new(Org::new(options.clone(), Arc::clone(&clock)));
        Self {
            options,
            clock,
            org,
        }
    }

    fn org(&self) -> MutexGuard<'_, Org> {
        self.org.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FakeVendor for Zoho {
    fn classify(&self, request: &Request) -> Classification {
        route::classify(request)
    }

    fn arrived(&self, request: &Request) {
        if route::classify(request).kind != RequestKind::Token {
            let heavy = route::is_heavy(request);
            self.org().limits.arrive(request.number, heavy);
        }
    }

    fn left(&self, number: u64) {
        self.org().limits.leave(number);
    }

    fn handle(&self, request: &Request) -> Reply {
        let mut org = self.org();
        org.last_request = remember(request);
        let old_wording = org.settings.old_limit_wording;
        let reply = serve(&mut org, request).unwrap_or_else(|error| error.to_reply(old_wording));
        if route::classify(request).kind == RequestKind::Token {
            return reply;
        }
        match org.limits.announcement(org.clock.now_milliseconds()) {
            Some(remaining) => reply.header("x-api-credits-remaining", remaining),
            None => reply,
        }
    }

    fn error(&self, status: u16) -> Reply {
        let error = match status {
            401 => ApiError::invalid_token(),
            429 => ApiError::too_many_requests(Limits::concurrency_text()),
            _ => ApiError::internal(status),
        };
        // An injected refusal is a fault, not a limit the client ran into.
        Reply {
            limited: false,
            ..error.to_reply(false)
        }
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
    let is_api = request.path.starts_with("/crm/");
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    json!({
        "method": request.method.as_str(),
        "path": request.path,
        "query": if is_api { request.query.as_str() } else { "" },
        "headers": headers,
        "body": if is_api { body } else { Value::Null },
    })
}

fn serve(org: &mut Org, request: &Request) -> Outcome {
    let segments = request.segments();
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["oauth", rest @ ..] => oauth::serve(org, request, rest).ok_or_else(ApiError::invalid_url),
        ["crm", VERSION, rest @ ..] if !rest.is_empty() => {
            let granted = authorize(org, request)?;
            if let ["__composite_requests"] = rest {
                return composite::serve(org, request, &granted);
            }
            call(org, request, rest, &granted)
        }
        _ => Err(ApiError::invalid_url()),
    }
}

/// One call of its own, or one of a composite request: its price is paid, then it is served.
fn call(org: &mut Org, request: &Request, parts: &[&str], granted: &str) -> Outcome {
    let (elapsed, now) = (org.clock.elapsed(), org.clock.now_milliseconds());
    let cost = route::cost(request);
    org.limits.admit(request.number, cost, elapsed, now)?;
    scopes::check(granted, request.method.as_str(), parts)?;
    dispatch(org, request, parts, granted)
}

/// The scopes of the token. Wrong data centre, expired and revoked look alike.
fn authorize(org: &Org, request: &Request) -> Result<String, Box<ApiError>> {
    let token = token(request).ok_or_else(ApiError::authentication_failure)?;
    let location = &org.data_centre.location;
    let scope = org.access.scope_of(token, location, org.clock.elapsed());
    scope.map(str::to_owned).ok_or_else(ApiError::invalid_token)
}

/// `Zoho-oauthtoken 1000.…`; `Bearer` works too.
fn token(request: &Request) -> Option<&str> {
    let header = request.headers.get("authorization")?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    let fits = ["zoho-oauthtoken", "bearer"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme));
    (fits && !token.is_empty()).then_some(token)
}

fn dispatch(org: &mut Org, request: &Request, parts: &[&str], granted: &str) -> Outcome {
    match (request.method.as_str(), parts) {
        ("GET", ["org"]) => return Ok(metadata::organization(org)),
        ("GET", ["users"]) => return metadata::users(org, request, None),
        ("GET", ["users", id]) => return metadata::users(org, request, Some(id)),
        (_, ["settings", rest @ ..]) => return metadata::settings(org, request, rest),
        ("POST", ["coql"]) => return coql::serve(org, request, granted),
        (_, ["org" | "users" | "coql"]) => return Err(ApiError::invalid_method()),
        _ => {}
    }
    let Some((module, rest)) = parts.split_first() else {
        return Err(ApiError::invalid_url());
    };
    let place = org.visible(module, 0)?;
    match (request.method.as_str(), rest) {
        ("GET", []) => read::many(org, request, place),
        ("POST", []) => write::serve(org, request, place, Action::Insert),
        ("PUT", []) => write::serve(org, request, place, Action::Update),
        ("DELETE", []) => read::delete(org, place, &request.parameters("ids")),
        ("POST", ["upsert"]) => write::serve(org, request, place, Action::Upsert),
        ("GET", ["search"]) => read::search(org, request, place),
        ("GET", ["deleted"]) => read::deleted(org, request, place),
        ("POST", ["actions", "add_tags"]) => relations::add_tags(org, request, place),
        ("GET", [id]) => read::one(org, request, place, id),
        ("DELETE", [id]) => read::delete(org, place, &[(*id).to_owned()]),
        (_, [id, relation]) => relations::serve(org, request, place, id, relation),
        (_, [] | [_]) => Err(ApiError::invalid_method()),
        _ => Err(ApiError::invalid_url()),
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value
)]
mod tests;
