//! A sandbox and an HTTP client that talks to it, for the tests of this module.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{RunningSandbox, SandboxOptions, start};

pub(super) const TOKEN: &str = "pat-test";

pub(super) struct TestSandbox {
    pub(super) sandbox: RunningSandbox,
    pub(super) client: reqwest::Client,
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: reqwest::header::HeaderMap,
    pub(super) body: Value,
}

/// Frozen time, a search lag of 10 s, no limits.
pub(super) fn options() -> SandboxOptions {
    SandboxOptions {
        time_factor: 0.0,
        search_lag: Duration::from_secs(10),
        rate: super::RateMode::Off,
        ..SandboxOptions::new("hubspot")
    }
}

impl TestSandbox {
    pub(super) async fn start() -> Self {
        Self::with(options()).await
    }

    pub(super) async fn with(options: SandboxOptions) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        Self {
            sandbox: start(options).await.unwrap(),
            client,
        }
    }

    pub(super) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method, self.sandbox.base_url() + path)
            .bearer_auth(TOKEN)
    }

    pub(super) async fn send(&self, request: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await.unwrap()
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body))
            .await
            .unwrap()
    }

    pub(super) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(&body))
            .await
            .unwrap()
    }

    pub(super) fn admin(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.sandbox.admin("POST", path, &body);
        assert!((200..300).contains(&status), "{path}: {answer}");
        answer
    }

    /// Creates a record and gives its id.
    pub(super) async fn create(&self, kind: &str, properties: Value) -> String {
        let path = format!("/crm/objects/2026-03/{kind}");
        let answer = self.post(&path, json!({"properties": properties})).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body["id"].as_str().unwrap().to_owned()
    }
}

/// Batch inputs with trace ids `t0`, `t1`, …
pub(super) fn traced(inputs: Vec<Value>) -> Value {
    let inputs: Vec<Value> = inputs
        .into_iter()
        .enumerate()
        .map(|(position, mut input)| {
            input["objectWriteTraceId"] = json!(format!("t{position}"));
            input
        })
        .collect();
    json!({"inputs": inputs})
}
