//! The embedded sandbox: local servers that behave as the vendors' documentation says.
//!
//! It serves rehearsals (`sandbox VENDOR`, a process of its own), the demo and the tests (in the same process,
//! on a loopback port). Each vendor is written from its documentation alone and shares no type with the
//! client, so that a mistake of one side cannot hide in the other.
//!
//! Invariants: it binds 127.0.0.1 only; its state lives in memory and dies with it; every window (rate
//! limits, index lag, token life) runs on a clock that can be accelerated or moved by hand; the same seed gives
//! the same faults. It never panics on what a client sends: bad input gets the vendor's own error.
//!
//! # Control
//!
//! These paths are outside the vendor's API, need no token, and are neither counted nor limited:
//!
//! | request | effect |
//! | --- | --- |
//! | `GET /_stats` | counts of requests, answers, faults and records |
//! | `POST /_admin/faults {"faults":["500=0.1"]}` | replaces the faults |
//! | `POST /_admin/clock {"advance_ms":30000}` | moves sandbox time forward |
//! | `POST /_admin/latency {"milliseconds":20}` | waits before every answer |
//! | `POST /_admin/stats/reset` | forgets the counts |
//! | `POST /_admin/reset` | forgets records, settings and counts |
//!
//! All other `/_admin/…` paths belong to the vendor, see its module.
//!
//! # A further vendor
//!
//! Write `sandbox/<vendor>/` with a type that implements `FakeVendor`, add its name to [`VENDORS`] and one line
//! to `vendor::build`.

mod connection;
mod counters;
mod faults;
mod hubspot;
mod hunter;
mod limits;
mod marketo;
mod mobly;
mod pardot;
mod people;
mod people_data_labs;
mod pipedrive;
mod salesforce;
mod salesforce_login;
mod server;
mod time;
mod vendor;
mod wire;
mod zoho;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use faults::{Fault, FaultKind, FaultParseError, FaultTrigger};
pub use limits::{RateMode, RateParseError};
pub use vendor::{PROVIDERS, VENDORS};

use server::Server;

/// How long [`RunningSandbox::stop`] waits for answers under way.
const STOP_PATIENCE: Duration = Duration::from_millis(500);

/// How a sandbox behaves.
#[derive(Clone)]
pub struct SandboxOptions {
    /// Which vendor to play, one of [`VENDORS`] or [`PROVIDERS`].
    pub vendor: String,
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Sandbox time that passes before every answer.
    pub latency: Duration,
    /// Request limits.
    pub rate: RateMode,
    /// Requests allowed in a day; `None` is the vendor's lowest plan.
    pub daily_limit: Option<u64>,
    /// What goes wrong.
    pub faults: Vec<Fault>,
    /// Sandbox time a `slow` answer takes; longer than any sensible client waits.
    pub slow_for: Duration,
    /// Start of every random sequence.
    pub seed: u64,
    /// Sandbox time until a write is seen by searches.
    pub search_lag: Duration,
    /// The account's number.
    pub portal_id: u64,
    /// What kind of account the vendor's API reports, in the vendor's own words.
    pub account_type: String,
    /// Accepted access tokens; when empty, any token is accepted.
    pub tokens: Vec<String>,
    /// Sandbox seconds in a real second; 0 stands still until time is moved by hand.
    pub time_factor: f64,
    /// Most rows on a page of an answer, below the vendor's own limit; makes small data need several pages.
    pub page_size: Option<usize>,
}

impl SandboxOptions {
    /// A sandbox with the vendor's documented behaviour, no faults and no latency, on any free port.
    pub fn new(vendor: impl Into<String>) -> Self {
        Self {
            vendor: vendor.into(),
            port: 0,
            latency: Duration::ZERO,
            rate: RateMode::Vendor,
            daily_limit: None,
            faults: Vec::new(),
            slow_for: Duration::from_secs(120),
            seed: 0,
            search_lag: Duration::from_secs(8),
            portal_id: 20_261_122,
            account_type: "DEVELOPER_TEST".to_owned(),
            tokens: Vec::new(),
            time_factor: 1.0,
            page_size: None,
        }
    }
}

impl fmt::Debug for SandboxOptions {
    /// Leaves the tokens out: a rehearsal may be started with a real one by mistake.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SandboxOptions")
            .field("vendor", &self.vendor)
            .field("port", &self.port)
            .field("rate", &self.rate)
            .field("faults", &self.faults)
            .field("seed", &self.seed)
            .field("search_lag", &self.search_lag)
            .field("time_factor", &self.time_factor)
            .field("tokens", &self.tokens.len())
            .finish_non_exhaustive()
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// No such vendor.
    #[error("no sandbox for {name:?}; there is one for {}", vendor::names().join(", "))]
    UnknownVendor {
        /// What was asked for.
        name: String,
    },
    /// An option makes no sense.
    #[error("a time factor must be a number from 0 to 1,000,000")]
    BadTimeFactor,
    /// The port cannot be bound, mostly because another process has it.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Bind {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
}

/// A sandbox that serves until it is stopped or dropped.
pub struct RunningSandbox {
    /// Where it listens.
    pub address: SocketAddr,
    server: Arc<Server>,
    running: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Starts a sandbox on the current tokio runtime.
///
/// # Errors
/// The vendor is unknown, the time factor is out of range or the port cannot be bound.
pub async fn start(options: SandboxOptions) -> Result<RunningSandbox, SandboxError> {
    if !(0.0..=1e6).contains(&options.time_factor) {
        return Err(SandboxError::BadTimeFactor);
    }
    let port = options.port;
    let bind_error = |source| SandboxError::Bind { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(bind_error)?;
    let address = listener.local_addr().map_err(bind_error)?;
    let (running, watcher) = watch::channel(true);
    let server = Arc::new(Server::new(&options, watcher.clone())?);
    let task = tokio::spawn(server::serve(listener, Arc::clone(&server), watcher));
    Ok(RunningSandbox {
        address,
        server,
        running,
        task,
    })
}

impl RunningSandbox {
    /// `http://127.0.0.1:PORT`, to be used as the vendor's base URL.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What `connect` must say beside the address to mean this account: options by name.
    pub fn connect_options(&self) -> Vec<(&'static str, String)> {
        self.server.connect_options()
    }

    /// Whether the admin call `POST seed {"leads":n,"events":n}` fills it with made-up records.
    pub fn can_seed(&self) -> bool {
        self.server.can_seed()
    }

    /// The body of `GET /_stats`, without going through the network.
    pub fn stats(&self) -> Value {
        self.server.stats()
    }

    /// An `/_admin` call without the network: `admin("POST", "clock", json!({"advance_ms": 1}))`. Gives the
    /// status and the body.
    pub fn admin(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let method = Method::from_bytes(method.as_bytes()).unwrap_or(Method::POST);
        self.server.admin_value(&method, path, body)
    }

    /// Moves sandbox time forward: index lag, limit windows and token lives pass at once.
    pub fn advance(&self, by: Duration) {
        self.server.clock().advance(by);
    }

    /// Stops accepting, gives answers under way half a second, and frees the port.
    pub async fn stop(mut self) {
        let _ = self.running.send(false);
        if tokio::time::timeout(STOP_PATIENCE, &mut self.task)
            .await
            .is_err()
        {
            self.task.abort();
        }
    }
}

impl Drop for RunningSandbox {
    fn drop(&mut self) {
        let _ = self.running.send(false);
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value
)]
mod test_client;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
