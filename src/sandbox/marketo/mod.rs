//! An Adobe Marketo Engage instance as its documentation describes it: identity, lead database, the asset API
//! as far as programs need it, and bulk imports.
//!
//! Written from Adobe's docs and Swagger and from what clients report; texts and codes nobody documented are
//! marked where they are made up. Business errors come with HTTP 200 and `success: false`; the exceptions are
//! the identity service's 401, 413, 414, 502 and (see `settings`) 404 with code 610.
//!
//! Injected faults speak Marketo: `401` is code 601, `429` is 606, `500` is 611, `503` is 608, all with HTTP
//! 200; `502` is HTTP 502 with a page; `504` is code 604 although the work is done.
//!
//! Known differences from a real instance: one workspace, one API user, no custom dedupe rules, no smart lists
//! or campaigns, no writing of metadata, restricted values do not exist (as in Marketo itself).
//!
//! Control paths below `/_admin` and the own keys of `/_stats` are listed in `admin`.

mod access;
mod activities;
mod admin;
mod admin_records;
mod answers;
mod companies;
mod errors;
mod field;
mod imports;
mod instance;
mod leads;
mod limits;
mod lists;
mod members;
mod metadata;
mod parameters;
mod programs;
mod query;
mod route;
mod schema;
mod stats;
mod sync;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::SandboxOptions;
use super::time::SandboxClock;
use super::vendor::FakeVendor;
use super::wire::{Classification, Reply, Request};
use errors::ApiError;
use instance::Instance;
use route::{Call, Found};

/// An answer, or an error that becomes one.
type Outcome = Result<Reply, Box<ApiError>>;

/// "Payload exceeded 1MB limit."
const LARGEST_BODY: usize = 1024 * 1024;
/// "URI of the request exceeded 8k."
const LONGEST_URI: usize = 8 * 1024;

pub(super) struct Marketo {
    options: SandboxOptions,
    clock: Arc<SandboxClock>,
    instance: Mutex<Instance>,
}

impl Marketo {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        let instance = Mutex::new(Instance::new(options.clone(), Arc::clone(&clock)));
        Self {
            options,
            clock,
            instance,
        }
    }

    /// As it is now: imports whose time has come are done.
    fn instance(&self) -> MutexGuard<'_, Instance> {
        let mut instance = self.instance.lock().unwrap_or_else(PoisonError::into_inner);
        imports::settle(&mut instance);
        instance
    }
}

impl FakeVendor for Marketo {
    fn classify(&self, request: &Request) -> Classification {
        match parameters::unfold(request) {
            Some(unfolded) => route::classify(&unfolded),
            None => route::classify(request),
        }
    }

    fn arrived(&self, request: &Request) {
        if !route::is_identity(request) {
            let mut instance = self.instance();
            let next_lead = instance.leads.next_id();
            instance.limits.arrive(request.number, next_lead);
        }
    }

    fn left(&self, number: u64) {
        self.instance().limits.leave(number);
    }

    fn handle(&self, request: &Request) -> Reply {
        let mut instance = self.instance();
        if route::is_identity(request) {
            return identity(&mut instance, request);
        }
        instance.begin_request();
        let outcome = serve(&mut instance, request);
        outcome.unwrap_or_else(|error| {
            if let Some(code) = error.code {
                let now = instance.now();
                instance.limits.count_error(code, now);
            }
            to_reply(&instance, &error)
        })
    }

    fn error(&self, status: u16) -> Reply {
        let mut instance = self.instance();
        instance.begin_request();
        let error = match status {
            401 => ApiError::invalid_token(),
            429 => ApiError::rate(100, 20),
            500 => ApiError::new(611, "System error"),
            503 => ApiError::new(608, "API Temporarily Unavailable"),
            504 => ApiError::new(604, "Request time-out"),
            _ => ApiError::http(status, "Bad Gateway"),
        };
        // An injected refusal is a fault, not a limit the client ran into.
        Reply {
            limited: false,
            ..to_reply(&instance, &error)
        }
    }

    fn admin(&self, method: &Method, segments: &[String], body: &Value) -> Reply {
        admin::serve(&mut self.instance(), method, segments, body)
    }

    fn add_stats(&self, stats: &mut Map<String, Value>) {
        stats::add(&self.instance(), stats);
    }

    fn connect_options(&self) -> Vec<(&'static str, String)> {
        // Marketo's answers never name the instance, so any id of the right form means this one.
        vec![("munchkin-id", "123-ABC-456".to_owned())]
    }

    fn reset(&self) {
        *self.instance() = Instance::new(self.options.clone(), Arc::clone(&self.clock));
    }
}

fn to_reply(instance: &Instance, error: &ApiError) -> Reply {
    if error.code.is_none() {
        let title = format!("{} {}", error.status, error.message);
        let page = format!(
            "<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
        );
        return Reply::html(error.status, page);
    }
    let mut reply = Reply::json(error.status, error.envelope(&instance.request_id));
    reply.limited = error.is_limit();
    reply
}

fn identity(instance: &mut Instance, request: &Request) -> Reply {
    instance.identity_calls += 1;
    let takes = request.method == Method::GET || request.method == Method::POST;
    if request.path != "/identity/oauth/token" || !takes {
        return Reply::empty(404);
    }
    let now = instance.clock.elapsed();
    let token = instance.new_token();
    instance.access.grant(request, now, token)
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
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    json!({
        "method": request.method.as_str(),
        "path": request.path,
        "query": request.query,
        "headers": headers,
        "body": body,
    })
}

fn check_size(request: &Request) -> Result<(), Box<ApiError>> {
    let uri = request.path.len() + 1 + request.query.len();
    if request.method == Method::GET && uri > LONGEST_URI {
        return Err(ApiError::http(414, "Request-URI Too Long"));
    }
    let most = if request.path.starts_with("/bulk/") {
        imports::LARGEST_FILE
    } else {
        LARGEST_BODY
    };
    if request.body.len() > most {
        return Err(ApiError::http(413, "Request Entity Too Large"));
    }
    Ok(())
}

fn serve(instance: &mut Instance, request: &Request) -> Outcome {
    check_size(request)?;
    // The token counts only in the header: the parameter `access_token` went with 31 August 2026.
    let elapsed = instance.clock.elapsed();
    instance.access.check(request.bearer_token(), elapsed)?;
    instance.limits.check_concurrency(request.number)?;
    let unfolded = parameters::unfold(request);
    let request = unfolded.as_ref().unwrap_or(request);
    instance.last_request = remember(request);
    let method = request.method.as_str();
    let found = route::find(method, &request.path);
    if let Found::WrongMethod = found {
        return Err(ApiError::method_not_supported(method));
    }
    let planned = planned(instance, &request.path);
    let is_free = |error: &ApiError| error.code.is_none_or(ApiError::is_free);
    if let Some((error, false)) = &planned
        && is_free(error)
    {
        return Err(Box::new(error.clone()));
    }
    let now = instance.now();
    instance.limits.admit(elapsed, now)?;
    let Found::Route(route, captured) = found else {
        return Err(ApiError::resource_not_found(
            instance.settings.not_found_status,
        ));
    };
    let endpoint = format!("{} /{}", route.method, route.pattern);
    *instance.endpoints.entry(endpoint).or_default() += 1;
    if !instance.access.permits(route.permissions) {
        return Err(ApiError::access_denied());
    }
    match planned {
        None => dispatch(instance, request, route.call, captured.as_deref()),
        Some((error, applies)) => {
            if applies {
                dispatch(instance, request, route.call, captured.as_deref())?;
            }
            Err(Box::new(error))
        }
    }
}

/// The error that was planned for a call on this path, and whether the work is done all the same.
fn planned(instance: &mut Instance, path: &str) -> Option<(ApiError, bool)> {
    let mut all = instance.planned.iter_mut();
    let plan = all.find(|plan| plan.times > 0 && path.contains(&plan.path))?;
    plan.times -= 1;
    let answer = (plan.error.clone(), plan.applies);
    instance.planned.retain(|plan| plan.times > 0);
    Some(answer)
}

/// An id in the path.
fn number(captured: &str) -> Result<u64, Box<ApiError>> {
    captured.parse().map_err(|_| {
        ApiError::new(
            1001,
            format!("Invalid value '{captured}'. Required of type 'integer'"),
        )
    })
}

fn dispatch(
    instance: &mut Instance,
    request: &Request,
    call: Call,
    captured: Option<&str>,
) -> Outcome {
    let name = captured.unwrap_or_default();
    let id = || number(name);
    match call {
        Call::Lead => query::one(instance, request, id()?),
        Call::Leads => query::many(instance, request),
        Call::SyncLeads => sync::leads(instance, request),
        Call::PushLeads => sync::push(instance, request),
        Call::DeleteLeads => query::delete(instance, request),
        Call::MergeLeads => query::merge(instance, request, id()?),
        Call::Describe => Ok(metadata::describe(instance)),
        Call::Describe2 => Ok(metadata::describe2(instance)),
        Call::LeadFields => metadata::schema(instance, request, &instance.fields),
        Call::LeadField => metadata::schema_field(instance, name),
        Call::Partitions => Ok(metadata::partitions(instance)),
        Call::Companies => companies::many(instance, request),
        Call::SyncCompanies => companies::sync(instance, request),
        Call::DeleteCompanies => companies::delete(instance, request),
        Call::DescribeCompanies => Ok(companies::describe(instance)),
        Call::CompanyFields => metadata::schema(instance, request, &instance.company_fields),
        Call::Program => Ok(programs::one(instance, id()?)),
        Call::ProgramByName => programs::by_name(instance, request),
        Call::Programs => programs::many(instance, request),
        Call::Channels => programs::channels(instance, request),
        Call::ChannelByName => programs::channel_by_name(instance, request),
        Call::Folder => programs::folder(instance, request, id()?),
        Call::MemberStatus => members::set_status(instance, request, id()?),
        Call::OldMemberStatus => members::change_status(instance, request, id()?),
        Call::Members => members::many(instance, request, id()?),
        Call::SyncMembers => members::set_fields(instance, request, id()?),
        Call::DeleteMembers => members::delete(instance, request, id()?),
        Call::DescribeMembers => Ok(members::describe(instance)),
        Call::Lists => lists::many(instance, request),
        Call::List => lists::one(instance, id()?),
        Call::ListByName => lists::by_name(instance, request),
        Call::ListLeads => lists::members(instance, request, id()?),
        Call::AddToList => lists::add(instance, request, id()?),
        Call::RemoveFromList => lists::remove(instance, request, id()?),
        Call::IsInList => lists::is_member(instance, request, id()?),
        Call::Activities => activities::many(instance, request),
        Call::AddActivities => activities::add(instance, request),
        Call::ActivityTypes => Ok(activities::types(instance)),
        Call::ActivityType => activities::describe(instance, name),
        Call::PagingToken => activities::paging_token(instance, request),
        Call::Usage => Ok(metadata::usage(instance, 1)),
        Call::UsageOfWeek => Ok(metadata::usage(instance, 7)),
        Call::Errors => Ok(metadata::errors(instance, 1)),
        Call::ErrorsOfWeek => Ok(metadata::errors(instance, 7)),
        Call::ImportLeads => imports::leads(instance, request),
        Call::ImportMembers => imports::program_members(instance, request, id()?),
        Call::ImportStatus => imports::status(instance, id()?),
        Call::ImportFailures => imports::rows(instance, id()?, false),
        Call::ImportWarnings => imports::rows(instance, id()?, true),
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value
)]
mod tests;
