//! Hunter as its documentation describes it: enrichment by address, company enrichment and the e-mail finder.
//!
//! Written from the documentation alone (Authentication, Errors, Rate limiting, Email Enrichment, Company Enrichment,
//! Combined Enrichment, Email Finder). The key comes in `X-API-KEY`, `Authorization: Bearer` or `api_key`. 15 requests a
//! second; beyond that 403 ("rate limit reached"). 429 means that the plan's credits are used up, after
//! [`super::SandboxOptions::daily_limit`] answers with data. 404 is nobody, 451 somebody who asked not to be processed (an
//! address that begins with `claimed`).
//!
//! It knows three of four addresses, other ones than the other sandboxes; the phone of most companies, the title of
//! four of five people.
//!
//! Own keys of `/_stats`: `questions`, `matches`, `credits_spent`, `asked_again`, `endpoints`.

mod record;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::limits::{RateMode, RollingWindow};
use super::people::Person;
use super::time::SandboxClock;
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request, RequestKind};
use super::{SandboxOptions, server::refusal};

/// "15 requests per second."
const PER_SECOND: usize = 15;

pub(super) struct Hunter {
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
    endpoints: BTreeMap<String, u64>,
}

impl State {
    fn new(options: &SandboxOptions) -> Self {
        let window = |limit, length| Some(RollingWindow::new(limit, length));
        Self {
            window: match options.rate {
                RateMode::Vendor => window(PER_SECOND, Duration::from_secs(1)),
                RateMode::Off => None,
                RateMode::PerTenSeconds(count) => window(count as usize, Duration::from_secs(10)),
            },
            credits: options.daily_limit,
            seen: HashMap::new(),
            questions: 0,
            matches: 0,
            endpoints: BTreeMap::new(),
        }
    }

    fn serve(&mut self, request: &Request) -> Reply {
        self.questions += 1;
        *self.endpoints.entry(request.path.clone()).or_default() += 1;
        let asked = format!("{}?{}", request.path, request.query);
        *self.seen.entry(asked).or_default() += 1;
        if self.credits == Some(0) {
            return error(
                429,
                "usage_limit",
                "You've reached the limit for the number of requests of your plan",
            );
        }
        let text = |name: &str| request.parameter(name).filter(|text| !text.is_empty());
        let by_email = || text("email").and_then(|email| Person::at(&email));
        let found = match request.path.as_str() {
            "/v2/people/find" | "/v2/combined/find" => {
                let Some(person) = by_email() else {
                    return error(400, "wrong_params", "The email you supplied is invalid");
                };
                if person.email.starts_with("claimed") {
                    return error(
                        451,
                        "claimed_email",
                        "The person who owns this email address asked us directly or indirectly to stop the processing of their personal data",
                    );
                }
                let whole = request.path.starts_with("/v2/combined");
                record::of_address(&person, whole)
            }
            "/v2/companies/find" => match text("domain")
                .and_then(|domain| Person::at(&format!("info@{domain}")))
            {
                Some(person) => record::of_company(&person),
                None => return error(400, "wrong_params", "The domain you supplied is invalid"),
            },
            "/v2/email-finder" => {
                let named =
                    || Person::named(&text("first_name")?, &text("last_name")?, &text("domain")?);
                match named() {
                    Some(person) => Some(record::of_name(&person)),
                    None => {
                        return error(
                            400,
                            "wrong_params",
                            "You are missing the first_name, last_name or domain parameter",
                        );
                    }
                }
            }
            _ => return error(404, "not_found", "The requested resource does not exist"),
        };
        match found {
            Some(data) => {
                self.matches += 1;
                self.credits = self.credits.map(|left| left.saturating_sub(1));
                Reply::json(200, json!({ "data": data, "meta": { "params": {} } }))
            }
            None => error(404, "not_found", "The email was not found"),
        }
    }
}

impl Hunter {
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
}

impl FakeVendor for Hunter {
    fn classify(&self, _: &Request) -> Classification {
        Classification {
            kind: RequestKind::Object,
            writes: false,
        }
    }

    fn handle(&self, request: &Request) -> Reply {
        let mut state = self.state();
        let any = self.options.tokens.is_empty();
        if !key(request).is_some_and(|key| any || self.options.tokens.contains(&key)) {
            return self.error(401);
        }
        if request.method != Method::GET {
            return error(405, "method_not_allowed", "Method not allowed");
        }
        let now = self.clock.elapsed();
        if state
            .window
            .as_mut()
            .is_some_and(|window| !window.admit(now))
        {
            let mut refused = self.error(403);
            refused.limited = true;
            return refused;
        }
        state.serve(request)
    }

    fn error(&self, status: u16) -> Reply {
        match status {
            401 => error(
                401,
                "authentication_failed",
                "No user found for the API key supplied",
            ),
            403 => error(
                403,
                "rate_limit",
                "You have reached the rate limit of this endpoint",
            ),
            429 => error(
                429,
                "usage_limit",
                "You've reached the limit for the number of requests of your plan",
            ),
            _ => error(
                status,
                "server_error",
                "Something went wrong on Hunter's end",
            ),
        }
    }

    fn admin(&self, _: &Method, _: &[String], _: &Value) -> Reply {
        refusal(404, "nothing beyond the common part")
    }

    fn add_stats(&self, stats: &mut Map<String, Value>) {
        let state = self.state();
        let again: u64 = state.seen.values().map(|times| times - 1).sum();
        stats.insert("questions".to_owned(), json!(state.questions));
        stats.insert("matches".to_owned(), json!(state.matches));
        stats.insert("credits_spent".to_owned(), json!(state.matches));
        stats.insert("asked_again".to_owned(), json!(again));
        stats.insert("endpoints".to_owned(), json!(state.endpoints));
    }

    fn reset(&self) {
        *self.state() = State::new(&self.options);
    }
}

fn error(status: u16, id: &str, details: &str) -> Reply {
    Reply::json(
        status,
        json!({ "errors": [{ "id": id, "code": status, "details": details }] }),
    )
}

fn key(request: &Request) -> Option<String> {
    let header = request
        .headers
        .get("x-api-key")
        .and_then(|value| value.to_str().ok());
    header
        .map(str::to_owned)
        .or_else(|| request.bearer_token().map(str::to_owned))
        .or_else(|| request.parameter("api_key"))
        .filter(|key| !key.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
