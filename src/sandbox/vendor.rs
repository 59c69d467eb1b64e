//! What the common server needs from a fake vendor.

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Map, Value};

use super::time::SandboxClock;
use super::wire::{Classification, Reply, Request};
use super::{
    SandboxError, SandboxOptions, hubspot, hunter, marketo, mobly, pardot, people_data_labs,
    pipedrive, salesforce, zoho,
};

/// One vendor's API, in memory. Calls are short and never wait: the server adds latency and faults.
pub(crate) trait FakeVendor: Send + Sync {
    /// Files a request under its kind; changes nothing.
    fn classify(&self, request: &Request) -> Classification;

    /// A request came in and now waits for the server's latency; called only where there is any. What it
    /// would lock is locked from here on.
    fn arrived(&self, _request: &Request) {}

    /// The request with this number was answered, or its client went away.
    fn left(&self, _number: u64) {}

    /// Serves one request, rate limits and sign-in included.
    fn handle(&self, request: &Request) -> Reply;

    /// An error in the vendor's own words, for injected faults; known statuses are 401, 429 and 5xx.
    fn error(&self, status: u16) -> Reply;

    /// Serves `/_admin/…` beyond the common part; `segments` is the path after `_admin`.
    fn admin(&self, method: &Method, segments: &[String], body: &Value) -> Reply;

    /// Adds the vendor's counts to `/_stats`.
    fn add_stats(&self, stats: &mut Map<String, Value>);

    /// What a connection must say beside the address to mean this account: options by name.
    fn connect_options(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Whether `POST /_admin/seed {"leads":n,"events":n}` fills it with made-up records.
    fn can_seed(&self) -> bool {
        false
    }

    /// Back to the state at the start.
    fn reset(&self);
}

/// What the sandbox can play, alphabetical: the vendors, and Mobly itself, where leads come from.
pub const VENDORS: &[&str] = &[
    "hubspot",
    "marketo",
    "mobly",
    "pardot",
    "pipedrive",
    "salesforce",
    "zoho",
];

/// The enrichment providers the sandbox can play, alphabetical.
pub const PROVIDERS: &[&str] = &["hunter", "people-data-labs"];

/// Everything the sandbox can play.
pub(super) fn names() -> Vec<&'static str> {
    VENDORS.iter().chain(PROVIDERS).copied().collect()
}

pub(super) fn build(
    options: &SandboxOptions,
    clock: &Arc<SandboxClock>,
) -> Result<Box<dyn FakeVendor>, SandboxError> {
    match options.vendor.as_str() {
        "hubspot" => Ok(Box::new(hubspot::HubSpot::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        "hunter" => Ok(Box::new(hunter::Hunter::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        "people-data-labs" => Ok(Box::new(people_data_labs::PeopleDataLabs::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        "marketo" => Ok(Box::new(marketo::Marketo::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        "mobly" => Ok(Box::new(mobly::Mobly::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        "pardot" => Ok(Box::new(pardot::Pardot::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        "pipedrive" => Ok(Box::new(pipedrive::Pipedrive::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        "salesforce" => Ok(Box::new(salesforce::Salesforce::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        "zoho" => Ok(Box::new(zoho::Zoho::new(
            options.clone(),
            Arc::clone(clock),
        ))),
        other => Err(SandboxError::UnknownVendor {
            name: other.to_owned(),
        }),
    }
}
