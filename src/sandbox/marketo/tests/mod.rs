//! The fake instance as a client sees it.

mod access;
mod companies;
mod imports;
mod leads;
mod limits;
mod metadata;
mod programs;
mod queries;

use std::ops::Deref;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::sandbox::test_client::{Answer, TestSandbox};
use crate::sandbox::{RateMode, SandboxOptions};

/// Frozen time, no limits.
fn options() -> SandboxOptions {
    SandboxOptions {
        time_factor: 0.0,
        rate: RateMode::Off,
        ..SandboxOptions::new("marketo")
    }
}

/// A sandbox with what these tests ask of it.
struct Instance(TestSandbox);

impl Deref for Instance {
    type Target = TestSandbox;

    fn deref(&self) -> &TestSandbox {
        &self.0
    }
}

async fn instance() -> Instance {
    Instance::with(options()).await
}

impl Instance {
    async fn with(options: SandboxOptions) -> Self {
        Self(TestSandbox::with(options).await)
    }

    async fn read(&self, path: &str) -> Answer {
        self.get(&format!("/rest/v1/{path}")).await
    }

    async fn write(&self, path: &str, body: Value) -> Answer {
        self.post(&format!("/rest/v1/{path}"), body).await
    }

    async fn upsert(&self, rows: Vec<Value>) -> Answer {
        self.write("leads.json", json!({"input": rows})).await
    }

    /// Creates one lead and gives its id.
    async fn made(&self, row: Value) -> u64 {
        let answer = self.upsert(vec![row]).await;
        let row = &answer.body["result"][0];
        assert_eq!(row["status"], "created", "{}", answer.body);
        row["id"].as_u64().unwrap()
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

    fn seed(&self, kind: &str, rows: Vec<Value>) -> Vec<u64> {
        let answer = self.admin(&format!("records/{kind}"), json!({"records": rows}));
        let ids = answer["ids"].as_array().unwrap();
        ids.iter().map(|id| id.as_u64().unwrap()).collect()
    }

    fn pass(&self, seconds: u64) {
        self.sandbox.advance(Duration::from_secs(seconds));
    }

    async fn send_form(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let text = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = self
            .request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(text)).await.unwrap()
    }
}

fn lead(number: usize) -> Value {
    json!({"email": format!("p{number}@acme.com"), "lastName": format!("Li {number}")})
}

/// HTTP status, code and text of a call that failed.
fn failure(answer: &Answer) -> (u16, String, String) {
    assert_eq!(answer.body["success"], false, "{}", answer.body);
    assert!(answer.body["requestId"].as_str().unwrap().contains('#'));
    let error = &answer.body["errors"][0];
    let text = |name: &str| error[name].as_str().unwrap().to_owned();
    (answer.status, text("code"), text("message"))
}

fn code(answer: &Answer) -> String {
    failure(answer).1
}

/// `created`, `updated`, or the code of the reason, by row.
fn rows(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.body["success"], true, "{}", answer.body);
    let rows = answer.body["result"].as_array().unwrap();
    let outcome = |row: &Value| {
        let reason = row["reasons"][0]["code"].as_str();
        reason.or(row["status"].as_str()).unwrap().to_owned()
    };
    rows.iter().map(outcome).collect()
}

fn ids(answer: &Answer) -> Vec<u64> {
    assert_eq!(answer.body["success"], true, "{}", answer.body);
    let rows = answer.body["result"].as_array().unwrap();
    rows.iter().map(|row| row["id"].as_u64().unwrap()).collect()
}
