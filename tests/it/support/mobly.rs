//! Mobly itself beside the vendor of a world: an organization in this process.

use mobly_sync::clock::{Clock as _, SystemClock};
use mobly_sync::sandbox::{RateMode, RunningSandbox, SandboxOptions, start};
use serde_json::{Value, json};

use super::{CANARY, World};

/// An organization without limits that takes the canary key.
pub(crate) fn organization() -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Off,
        tokens: vec![CANARY.to_owned()],
        ..SandboxOptions::new("mobly")
    }
}

/// An organization as it is, a hundred times as fast: its limit is real, and a test waits for it a hundredth of the time.
pub(crate) fn paced() -> SandboxOptions {
    SandboxOptions {
        rate: RateMode::Vendor,
        time_factor: 100.0,
        ..organization()
    }
}

/// Lets the commands of a world keep limits, a hundred times as fast. One clock for all of them: what one noted must not lie
/// in the future of the next.
pub(crate) fn keep_limits(world: &mut World) {
    world.unset("MOBLY_SYNC_PACE");
    let clock = format!("100@{}", SystemClock::new().now());
    world.set("MOBLY_SYNC_TEST_TIME", &clock);
}

/// Mobly's sandbox, served until it is dropped.
pub(crate) struct Mobly {
    runtime: tokio::runtime::Runtime,
    sandbox: RunningSandbox,
}

impl Mobly {
    /// An organization without records.
    pub(crate) fn start() -> Self {
        Self::with(organization())
    }

    /// An organization of another kind.
    pub(crate) fn with(options: SandboxOptions) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let sandbox = runtime.block_on(start(options)).unwrap();
        Self { runtime, sandbox }
    }

    /// An organization with so many leads captured at so many events.
    pub(crate) fn seeded(leads: u64, events: u64) -> Self {
        Self::filled(organization(), leads, events)
    }

    /// The same of another kind.
    pub(crate) fn filled(options: SandboxOptions, leads: u64, events: u64) -> Self {
        let mobly = Self::with(options);
        mobly.admin("POST", "seed", &json!({"leads": leads, "events": events}));
        mobly
    }

    /// Connects a world to it with the canary key.
    #[track_caller]
    pub(crate) fn connect(&self, world: &World, options: &[&str]) -> Value {
        let url = self.base_url();
        let mut arguments = vec!["connect", "mobly", "--token-stdin", "--base-url", &url];
        arguments.extend(options);
        arguments.push("--json");
        world.run_with_input(&arguments, CANARY).ends(0).json()
    }

    pub(crate) fn base_url(&self) -> String {
        self.sandbox.base_url()
    }

    /// What the sandbox counted.
    pub(crate) fn stat(&self, key: &str) -> Value {
        self.sandbox.stats()[key].clone()
    }

    /// Looks at something in the sandbox, or changes it.
    #[track_caller]
    pub(crate) fn admin(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.sandbox.admin(method, path, body);
        assert!(status < 300, "{method} {path}: {status} {answer}");
        answer
    }

    /// Adds one lead of these members and tells its id.
    #[allow(clippy::needless_pass_by_value)] // a literal at every call
    #[track_caller]
    pub(crate) fn lead(&self, members: Value) -> String {
        let answer = self.admin("POST", "leads", &json!({"leads": [members]}));
        answer["ids"][0].as_str().unwrap().to_owned()
    }

    /// Adds one event of these members and tells its number.
    #[allow(clippy::needless_pass_by_value)] // a literal at every call
    #[track_caller]
    pub(crate) fn event(&self, members: Value) -> u64 {
        let answer = self.admin("POST", "events", &json!({"events": [members]}));
        answer["ids"][0].as_u64().unwrap()
    }

    /// All leads with their remote ids and the number of updates each got.
    #[track_caller]
    pub(crate) fn leads(&self) -> Vec<Value> {
        let all = self.admin("GET", "leads", &Value::Null);
        all["leads"].as_array().unwrap().clone()
    }

    /// `GET` of the API with the canary key.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> (u16, Value) {
        get(&self.runtime, &self.base_url(), path)
    }
}

/// `GET` of the API at an address, with the canary key.
#[track_caller]
pub(crate) fn get(runtime: &tokio::runtime::Runtime, base_url: &str, path: &str) -> (u16, Value) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.get(format!("{base_url}/api/v0/{path}"));
        let response = request.header("x-api-key", CANARY).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    })
}
