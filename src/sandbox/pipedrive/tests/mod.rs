//! The fake account as a client sees it.

mod access;
mod fields;
mod first_version;
mod limits;
mod lists;
mod people;
mod rules;
mod searches;

use std::ops::Deref;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::sandbox::test_client::{Answer, TestSandbox};
use crate::sandbox::{RateMode, SandboxOptions};

const API_TOKEN: &str = "9f2c51e0b7a84d63a1f0c2d94e85b7136ad0f4e2";

/// Frozen time, no limits.
fn options() -> SandboxOptions {
    SandboxOptions {
        time_factor: 0.0,
        rate: RateMode::Off,
        ..SandboxOptions::new("pipedrive")
    }
}

/// A sandbox with what these tests ask of it.
struct Account(TestSandbox);

impl Deref for Account {
    type Target = TestSandbox;

    fn deref(&self) -> &TestSandbox {
        &self.0
    }
}

async fn account() -> Account {
    Account::with(options()).await
}

impl Account {
    async fn with(options: SandboxOptions) -> Self {
        Self(TestSandbox::with(options).await)
    }

    /// With an API token; `path` is below `/api`.
    fn with_token(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/api/{path}", self.sandbox.base_url());
        self.client
            .request(method, url)
            .header("x-api-token", API_TOKEN)
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        let request = self.with_token(method, path).json(&body);
        self.send(request).await.unwrap()
    }

    async fn read(&self, path: &str) -> Answer {
        let request = self.with_token(Method::GET, path);
        self.send(request).await.unwrap()
    }

    async fn create(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, body).await
    }

    async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, body).await
    }

    async fn delete(&self, path: &str) -> Answer {
        let request = self.with_token(Method::DELETE, path);
        self.send(request).await.unwrap()
    }

    /// Makes one record and gives its id.
    async fn made(&self, path: &str, body: Value) -> u64 {
        let answer = self.create(path, body).await;
        assert!(answer.status < 300, "{}", answer.body);
        answer.body["data"]["id"].as_u64().unwrap()
    }

    /// The text of a refusal by the rules of version 2.
    async fn refused(&self, path: &str, body: Value) -> String {
        let answer = self.create(path, body).await;
        validation(&answer)
    }

    fn stat(&self, key: &str) -> Value {
        self.sandbox.stats()[key].clone()
    }

    /// A record, behind the API's back.
    fn record(&self, kind: &str, id: u64) -> Value {
        let path = format!("records/{kind}/{id}");
        let (status, record) = self.sandbox.admin("GET", &path, &Value::Null);
        assert_eq!(status, 200);
        record
    }

    fn seed(&self, kind: &str, records: Vec<Value>) -> Vec<u64> {
        let answer = self.admin(&format!("records/{kind}"), json!({"records": records}));
        let ids = answer["ids"].as_array().unwrap();
        ids.iter().map(|id| id.as_u64().unwrap()).collect()
    }

    fn pass(&self, seconds: u64) {
        self.sandbox.advance(Duration::from_secs(seconds));
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn validation(answer: &Answer) -> String {
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(answer.body["success"], false);
    assert_eq!(answer.body["code"], "ERR_SCHEMA_VALIDATION_FAILED");
    let error = text(&answer.body["error"]);
    error
        .strip_prefix("Validation failed: ")
        .unwrap()
        .to_owned()
}

/// The ids of a list, in its order.
fn ids(answer: &Answer) -> Vec<u64> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let rows = answer.body["data"].as_array().unwrap();
    rows.iter().map(|row| row["id"].as_u64().unwrap()).collect()
}

/// The ids a search found, in its order.
fn found(answer: &Answer) -> Vec<u64> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let items = answer.body["data"]["items"].as_array().unwrap();
    let ids = items.iter().map(|hit| hit["item"]["id"].as_u64().unwrap());
    ids.collect()
}

fn person(name: &str, email: &str) -> Value {
    json!({"name": name, "emails": [{"value": email, "primary": true, "label": "work"}]})
}
