//! People Data Labs as its documentation describes it: person enrichment, one by one and in bulk.
//!
//! Written from the documentation alone (Person Enrichment API, Bulk Enrichment API, Authentication, Errors, Usage Limits).
//! `GET` and `POST /v5/person/enrich` and `POST /v5/person/bulk` with up to 100 requests. A match costs a credit, 404 costs
//! nothing. The limit is 100 requests a minute (the free plan), counted in fixed windows and told in headers; credits are
//! [`super::SandboxOptions::daily_limit`], after which answers are 402.
//!
//! It knows four of five addresses, tells no title for one of six people and no phone for half of them, and thinks
//! little of what matches by name alone (likelihood 4). An address that begins with `wrong` gets somebody else's record, as
//! bad data would.
//!
//! Own keys of `/_stats`: `questions`, `matches`, `credits_spent`, `asked_again` (the same person asked for more than
//! once), `parameters` (how often each was given), `bulk_requests`. `GET /_admin/requests/last` shows the last request
//! without its key.

mod record;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::limits::{RateMode, RollingWindow};
use super::time::SandboxClock;
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request, RequestKind};
use super::{SandboxOptions, server::refusal};

/// "You can enrich up to 100 persons in a single request."
const MOST: usize = 100;
/// "Our default limit for free customers is 100 per minute."
const PER_MINUTE: usize = 100;

pub(super) struct PeopleDataLabs {
    options: SandboxOptions,
    clock: Arc<SandboxClock>,
    state: Mutex<State>,
}

struct State {
    window: Option<RollingWindow>,
    credits: Option<u64>,
    seen: HashMap<String, u64>,
    questions: u64,
    matches: u64,
    bulk_requests: u64,
    parameters: BTreeMap<String, u64>,
    last: Value,
}

impl State {
    fn new(options: &SandboxOptions) -> Self {
        let window = |limit, length| Some(RollingWindow::new(limit, length));
        Self {
            window: match options.rate {
                RateMode::Vendor => window(PER_MINUTE, Duration::from_secs(60)),
                RateMode::Off => None,
                RateMode::PerTenSeconds(count) => window(count as usize, Duration::from_secs(10)),
            },
            credits: options.daily_limit,
            seen: HashMap::new(),
            questions: 0,
            matches: 0,
            bulk_requests: 0,
            parameters: BTreeMap::new(),
            last: Value::Null,
        }
    }

    /// One person's answer: its status and body, as the single endpoint gives them.
    fn enrich(&mut self, parameters: &Map<String, Value>) -> (u16, Value) {
        self.questions += 1;
        for name in parameters.keys() {
            *self.parameters.entry(name.clone()).or_default() += 1;
        }
        let Some(asked) = record::Asked::read(parameters) else {
            return (
                400,
                error(
                    400,
                    "invalid_request_error",
                    "Request contained one or more missing or invalid parameters",
                ),
            );
        };
        *self.seen.entry(asked.key()).or_default() += 1;
        if self.credits == Some(0) {
            return (
                402,
                error(
                    402,
                    "payment_required",
                    "You have hit your account maximum for person enrichment (all matches used)",
                ),
            );
        }
        match asked.answer() {
            None => (
                404,
                error(
                    404,
                    "not_found",
                    "No records were found matching your request",
                ),
            ),
            Some((likelihood, data)) => {
                self.matches += 1;
                self.credits = self.credits.map(|left| left.saturating_sub(1));
                (
                    200,
                    json!({ "status": 200, "likelihood": likelihood, "data": data }),
                )
            }
        }
    }

    fn bulk(&mut self, body: &Value) -> (u16, Value) {
        self.bulk_requests += 1;
        let requests = body["requests"].as_array().cloned().unwrap_or_default();
        if requests.is_empty() || requests.len() > MOST {
            return (
                400,
                error(
                    400,
                    "invalid_request_error",
                    "`requests` must hold 1 to 100 requests",
                ),
            );
        }
        let shared: Map<String, Value> = body
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| *name != "requests")
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let answers = requests.iter().map(|request| {
            let mut parameters = shared.clone();
            parameters.extend(request["params"].as_object().cloned().unwrap_or_default());
            let (_, mut answer) = self.enrich(&parameters);
            if let (Some(answer), metadata @ Value::Object(_)) =
                (answer.as_object_mut(), &request["metadata"])
            {
                answer.insert("metadata".to_owned(), metadata.clone());
            }
            answer
        });
        (200, Value::Array(answers.collect()))
    }
}

impl PeopleDataLabs {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let state = Mutex::new(State::new(&options));
        Self {
            options,
            clock,
            state,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, state: &mut State, request: &Request) -> Reply {
        let known = self.options.tokens.is_empty();
        let accepted = key(request).is_some_and(|key| known || self.options.tokens.contains(&key));
        if !accepted {
            return reply(
                401,
                error(
                    401,
                    "authentication_error",
                    "Request contained a missing or invalid key",
                ),
            );
        }
        if let Some(window) = &mut state.window
            && !window.admit(self.clock.elapsed())
        {
            let mut refused = reply(
                429,
                error(
                    429,
                    "rate_limit_error",
                    "An error occurred due to requests hitting the API too quick",
                ),
            );
            refused.limited = true;
            return refused;
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        state.last = json!({ "method": request.method.as_str(), "path": request.path, "query": request.query, "body": body });
        let before = state.matches;
        let (status, body) = match (request.method.as_str(), request.path.as_str()) {
            ("GET" | "POST", "/v5/person/enrich") => state.enrich(&parameters(request, &body)),
            ("POST", "/v5/person/bulk") => state.bulk(&body),
            _ => (404, error(404, "not_found", "Not found")),
        };
        let spent = state.matches - before;
        let mut answer = reply(status, body)
            .ordered()
            .header("x-call-credits-spent", spent.to_string());
        if let Some(credits) = state.credits {
            answer = answer.header("x-totallimit-remaining", credits.to_string());
        }
        answer
    }

    /// "Check rate limits in response headers."
    fn told(&self, state: &State, answer: Reply) -> Reply {
        let Some(window) = &state.window else {
            return answer;
        };
        let resets = self.clock.now_milliseconds() / 1_000 + 60;
        let resets = jiff::Timestamp::from_second(resets)
            .map_or_else(|_| String::new(), |at| at.to_string());
        answer
            .header("x-ratelimit-limit", window.limit().to_string())
            .header("x-ratelimit-remaining", window.remaining().to_string())
            .header("x-ratelimit-reset", resets)
    }
}

impl FakeVendor for PeopleDataLabs {
    fn classify(&self, _: &Request) -> Classification {
        Classification {
            kind: RequestKind::Object,
            writes: false,
        }
    }

    fn handle(&self, request: &Request) -> Reply {
        let mut state = self.state();
        let answer = self.serve(&mut state, request);
        self.told(&state, answer)
    }

    fn error(&self, status: u16) -> Reply {
        let (kind, message) = match status {
            401 => (
                "authentication_error",
                "Request contained a missing or invalid key",
            ),
            429 => (
                "rate_limit_error",
                "An error occurred due to requests hitting the API too quick",
            ),
            _ => (
                "api_error",
                "The server encountered an unexpected condition which prevented it from fulfilling the request",
            ),
        };
        reply(status, error(status, kind, message))
    }

    fn admin(&self, method: &Method, segments: &[String], _: &Value) -> Reply {
        match (method.as_str(), segments.join("/").as_str()) {
            ("GET", "requests/last") => Reply::json(200, self.state().last.clone()),
            _ => refusal(404, "there is GET requests/last"),
        }
    }

    fn add_stats(&self, stats: &mut Map<String, Value>) {
        let state = self.state();
        let again: u64 = state.seen.values().map(|times| times - 1).sum();
        stats.insert("questions".to_owned(), json!(state.questions));
        stats.insert("matches".to_owned(), json!(state.matches));
        stats.insert("credits_spent".to_owned(), json!(state.matches));
        stats.insert("asked_again".to_owned(), json!(again));
        stats.insert("bulk_requests".to_owned(), json!(state.bulk_requests));
        stats.insert("parameters".to_owned(), json!(state.parameters));
    }

    fn reset(&self) {
        *self.state() = State::new(&self.options);
    }
}

fn reply(status: u16, body: Value) -> Reply {
    Reply::json(status, body)
}

fn error(status: u16, kind: &str, message: &str) -> Value {
    json!({ "status": status, "error": { "type": kind, "message": message } })
}

/// "X-Api-Key", or `api_key` in the query.
fn key(request: &Request) -> Option<String> {
    let header = request
        .headers
        .get("x-api-key")
        .and_then(|value| value.to_str().ok());
    header
        .map(str::to_owned)
        .or_else(|| request.parameter("api_key"))
        .filter(|key| !key.is_empty())
}

/// The query of a GET, the body of a POST.
fn parameters(request: &Request, body: &Value) -> Map<String, Value> {
    if request.method == Method::GET {
        url::form_urlencoded::parse(request.query.as_bytes())
            .filter(|(name, _)| name != "api_key")
            .map(|(name, value)| (name.into_owned(), json!(value)))
            .collect()
    } else {
        body.as_object().cloned().unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
