//! The fake org as a client sees it.

mod access;
mod bulk;
mod many;
mod people;
mod queries;
mod rules;

use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox::test_client::{Answer, TestSandbox};
use crate::sandbox::{RateMode, SandboxOptions};

const API: &str = "/services/data/v66.0";

/// Frozen time, no limits.
fn options() -> SandboxOptions {
    SandboxOptions {
        time_factor: 0.0,
        rate: RateMode::Off,
        ..SandboxOptions::new("salesforce")
    }
}

async fn org() -> TestSandbox {
    TestSandbox::with(options()).await
}

impl TestSandbox {
    async fn soql(&self, text: &str) -> Answer {
        let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        self.get(&format!("{API}/query?q={query}")).await
    }

    async fn rows(&self, text: &str) -> Vec<Value> {
        let answer = self.soql(text).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body["records"].as_array().unwrap().clone()
    }

    /// Creates a record and gives its id.
    async fn made(&self, object: &str, values: Value) -> String {
        let answer = self.post(&format!("{API}/sobjects/{object}"), values).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body["id"].as_str().unwrap().to_owned()
    }

    /// The `errorCode` and text of a refused create.
    async fn refused(&self, object: &str, values: Value) -> (String, String) {
        let answer = self.post(&format!("{API}/sobjects/{object}"), values).await;
        assert!(answer.status >= 400, "{}", answer.body);
        error(&answer)
    }

    async fn change(&self, object: &str, id: &str, values: Value) -> Answer {
        self.patch(&format!("{API}/sobjects/{object}/{id}"), values)
            .await
    }

    fn stat(&self, key: &str) -> Value {
        self.sandbox.stats()[key].clone()
    }

    /// A value of a record, behind the API's back.
    fn value(&self, object: &str, id: &str, name: &str) -> Value {
        let (status, record) =
            self.sandbox
                .admin("GET", &format!("records/{object}/{id}"), &Value::Null);
        assert_eq!(status, 200);
        record[name].clone()
    }
}

fn error(answer: &Answer) -> (String, String) {
    let text = |name: &str| answer.body[0][name].as_str().unwrap_or_default().to_owned();
    (text("errorCode"), text("message"))
}

/// Records of one type for Collections.
fn records(object: &str, values: Vec<Value>) -> Value {
    let typed = values.into_iter().map(|mut value| {
        value["attributes"] = json!({"type": object});
        value
    });
    json!({"allOrNone": false, "records": typed.collect::<Vec<_>>()})
}

fn lead(number: usize) -> Value {
    json!({"LastName": format!("Li {number}"), "Company": "Acme", "Email": format!("p{number}@acme.com")})
}

fn pass(sandbox: &TestSandbox, seconds: u64) {
    sandbox.sandbox.advance(Duration::from_secs(seconds));
}
