//! The fake organization as a client sees it.

mod access;
mod lists;
mod records;
mod seed;
mod writes;

use std::collections::BTreeSet;
use std::ops::Deref;

use reqwest::Method;
use serde_json::{Value, json};

use crate::sandbox::test_client::{Answer, TestSandbox};
use crate::sandbox::{RateMode, SandboxOptions};

const API: &str = "/api/v0";
const KEY: &str = "key-test";

/// Frozen time, no limits.
fn options() -> SandboxOptions {
    SandboxOptions {
        time_factor: 0.0,
        rate: RateMode::Off,
        ..SandboxOptions::new("mobly")
    }
}

/// A sandbox with what these tests ask of it.
struct Organization(TestSandbox);

impl Deref for Organization {
    type Target = TestSandbox;

    fn deref(&self) -> &TestSandbox {
        &self.0
    }
}

async fn organization() -> Organization {
    Organization::with(options()).await
}

/// One with made-up records.
async fn seeded(leads: u64, events: u64) -> Organization {
    let organization = organization().await;
    organization.admin("seed", json!({"leads": leads, "events": events}));
    organization
}

impl Organization {
    async fn with(options: SandboxOptions) -> Self {
        Self(TestSandbox::with(options).await)
    }

    async fn with_key(&self, path: &str, key: Option<&str>) -> Answer {
        let request = self.request(Method::GET, &format!("{API}/{path}"));
        let request = match key {
            Some(key) => request.header("x-api-key", key),
            None => request,
        };
        self.send(request).await.unwrap()
    }

    async fn read(&self, path: &str) -> Answer {
        self.with_key(path, Some(KEY)).await
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        let request = self.request(method, &format!("{API}/{path}"));
        let request = request.header("x-api-key", KEY).json(&body);
        self.send(request).await.unwrap()
    }

    async fn change(&self, lead: &str, body: Value) -> Answer {
        self.call(Method::PATCH, &format!("leads/{lead}"), body)
            .await
    }

    /// All pages of a list, as a client walks them that trusts the rows alone.
    async fn walk(&self, path: &str, name: &str, limit: usize) -> Vec<Value> {
        let mut rows = Vec::new();
        for page in 0.. {
            let answer = self
                .read(&format!("{path}?limit={limit}&offset={page}"))
                .await;
            let found = answer.body["results"][name].as_array().unwrap();
            rows.extend(found.iter().cloned());
            if found.len() < limit {
                break;
            }
        }
        rows
    }

    fn look(&self, path: &str) -> Value {
        let (status, answer) = self.sandbox.admin("GET", path, &Value::Null);
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    fn stat(&self, key: &str) -> Value {
        self.sandbox.stats()[key].clone()
    }

    /// Adds a lead behind the API's back.
    fn lead(&self, members: Value) -> String {
        let answer = self.admin("leads", json!({"leads": [members]}));
        answer["ids"][0].as_str().unwrap().to_owned()
    }

    /// The same with an event.
    fn event(&self, members: Value) -> u64 {
        let answer = self.admin("events", json!({"events": [members]}));
        answer["ids"][0].as_u64().unwrap()
    }
}

fn ids(rows: &[Value]) -> BTreeSet<String> {
    let ids = rows
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned());
    ids.collect()
}

fn error(answer: &Answer) -> (u16, Value) {
    (answer.status, answer.body.clone())
}

fn says(status: u16, error: &str) -> (u16, Value) {
    (status, json!({"status": status, "error": error}))
}
