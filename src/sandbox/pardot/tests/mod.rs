//! The fake business unit as a client sees it.

mod access;
mod imports;
mod limits;
mod lists;
mod prospects;
mod queries;

use std::ops::Deref;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::sandbox::test_client::{Answer, TestSandbox};
use crate::sandbox::{RateMode, SandboxOptions};

const API: &str = "/api/v5";
const UNIT: &str = "pardot-business-unit-id";
const UPSERT: &str = "objects/prospects/do/upsertLatestByEmail";

/// Frozen time, no limits, queries a minute behind.
fn options() -> SandboxOptions {
    SandboxOptions {
        time_factor: 0.0,
        rate: RateMode::Off,
        search_lag: Duration::from_secs(60),
        ..SandboxOptions::new("pardot")
    }
}

/// A sandbox with what these tests ask of it.
struct Account {
    sandbox: TestSandbox,
    unit: String,
}

impl Deref for Account {
    type Target = TestSandbox;

    fn deref(&self) -> &TestSandbox {
        &self.sandbox
    }
}

async fn account() -> Account {
    Account::with(options()).await
}

impl Account {
    async fn with(options: SandboxOptions) -> Self {
        let sandbox = TestSandbox::with(options).await;
        let (_, unit) = sandbox.sandbox.admin("GET", "unit", &Value::Null);
        let unit = text(&unit["id"]);
        Self { sandbox, unit }
    }

    fn signed(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.request(method, &format!("{API}/{path}"))
            .header(UNIT, &self.unit)
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        self.send(self.signed(method, path).json(&body))
            .await
            .unwrap()
    }

    async fn read(&self, path: &str) -> Answer {
        self.send(self.signed(Method::GET, path)).await.unwrap()
    }

    async fn make(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, body).await
    }

    async fn upsert(&self, prospect: Value) -> Answer {
        let body = json!({"matchEmail": prospect["email"], "prospect": prospect,
                          "fields": ["id", "email", "updatedAt"]});
        self.make(UPSERT, body).await
    }

    /// Creates a prospect and gives its id.
    async fn made(&self, prospect: Value) -> u64 {
        let answer = self.make("objects/prospects?fields=id", prospect).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body["id"].as_u64().unwrap()
    }

    /// A prospect, behind the API's back.
    fn prospect(&self, id: u64) -> Value {
        let path = format!("prospects/{id}");
        let (status, row) = self.sandbox.sandbox.admin("GET", &path, &Value::Null);
        assert_eq!(status, 200);
        row
    }

    /// The ids a query finds.
    async fn found(&self, query: &str) -> Vec<u64> {
        let path = format!("objects/prospects?fields=id{query}");
        let answer = self.read(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let rows = answer.body["values"].as_array().unwrap();
        rows.iter().map(|row| row["id"].as_u64().unwrap()).collect()
    }

    fn seed(&self, collection: &str, rows: Value) -> Vec<u64> {
        let answer = self.admin(&format!("seed/{collection}"), json!({"rows": rows}));
        let ids = answer["ids"].as_array().unwrap();
        ids.iter().map(|id| id.as_u64().unwrap()).collect()
    }

    fn stat(&self, key: &str) -> Value {
        self.sandbox.sandbox.stats()[key].clone()
    }

    fn pass(&self, seconds: u64) {
        self.sandbox.sandbox.advance(Duration::from_secs(seconds));
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Status and code of a refusal.
fn refusal(answer: &Answer) -> (u16, u64) {
    (answer.status, answer.body["code"].as_u64().unwrap_or(0))
}

fn ada() -> Value {
    json!({"email": "ada@example.com", "firstName": "Ada", "lastName": "Lovelace"})
}
