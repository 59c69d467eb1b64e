//! The fake account as a client sees it.

mod access;
mod limits;
mod metadata;
mod people;
mod queries;
mod relations;
mod rules;

use std::ops::Deref;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::sandbox::test_client::{Answer, TestSandbox};
use crate::sandbox::{RateMode, SandboxOptions};

const API: &str = "/crm/v8";

/// Frozen time, no limits.
fn options() -> SandboxOptions {
    SandboxOptions {
        time_factor: 0.0,
        rate: RateMode::Off,
        ..SandboxOptions::new("zoho")
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

    async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        let request = self.request(method, &format!("{API}/{path}"));
        self.send(request.json(&body)).await.unwrap()
    }

    async fn read(&self, path: &str) -> Answer {
        self.get(&format!("{API}/{path}")).await
    }

    async fn insert(&self, module: &str, rows: Vec<Value>) -> Answer {
        self.call(Method::POST, module, json!({"data": rows})).await
    }

    async fn upsert(&self, module: &str, rows: Vec<Value>) -> Answer {
        let body = json!({"data": rows, "trigger": []});
        self.call(Method::POST, &format!("{module}/upsert"), body)
            .await
    }

    async fn update(&self, module: &str, rows: Vec<Value>) -> Answer {
        self.call(Method::PUT, module, json!({"data": rows})).await
    }

    /// Inserts one record and gives its id.
    async fn made(&self, module: &str, row: Value) -> String {
        let answer = self.insert(module, vec![row]).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        id(&answer, 0)
    }

    /// Code and details of a refused insert.
    async fn refused(&self, module: &str, row: Value) -> (String, Value) {
        let answer = self.insert(module, vec![row]).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
        let item = &answer.body["data"][0];
        assert_eq!(item["status"], "error");
        (text(&item["code"]), item["details"].clone())
    }

    async fn coql(&self, query: &str) -> Answer {
        self.call(Method::POST, "coql", json!({"select_query": query}))
            .await
    }

    /// The ids a query finds.
    async fn found(&self, query: &str) -> Vec<String> {
        let answer = self.coql(query).await;
        if answer.status == 204 {
            return Vec::new();
        }
        assert_eq!(answer.status, 200, "{}", answer.body);
        let rows = answer.body["data"].as_array().unwrap();
        rows.iter().map(|row| text(&row["id"])).collect()
    }

    fn stat(&self, key: &str) -> Value {
        self.sandbox.stats()[key].clone()
    }

    /// A record, behind the API's back.
    fn record(&self, module: &str, id: &str) -> Value {
        let path = format!("records/{module}/{id}");
        let (status, record) = self.sandbox.admin("GET", &path, &Value::Null);
        assert_eq!(status, 200);
        record
    }

    fn seed(&self, module: &str, rows: Vec<Value>) -> Vec<String> {
        let answer = self.admin(&format!("records/{module}"), json!({"records": rows}));
        let ids = answer["ids"].as_array().unwrap();
        ids.iter().map(text).collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The id of the record a row made or changed.
fn id(answer: &Answer, row: usize) -> String {
    text(&answer.body["data"][row]["details"]["id"])
}

fn codes(answer: &Answer) -> Vec<String> {
    let rows = answer.body["data"].as_array().unwrap();
    rows.iter().map(|row| text(&row["code"])).collect()
}

fn lead(number: usize) -> Value {
    json!({"Last_Name": format!("Li {number}"), "Company": "Acme", "Email": format!("p{number}@acme.com")})
}

fn pass(sandbox: &Account, seconds: u64) {
    sandbox.sandbox.advance(Duration::from_secs(seconds));
}
