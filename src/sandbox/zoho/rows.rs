//! Requests and answers with `data`: a list of rows, each answered in its place.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::org::Org;
use crate::sandbox::wire::{Reply, Request};

/// The body as JSON. The answer to anything else is from memory.
pub(super) fn body(request: &Request) -> Result<Value, Box<ApiError>> {
    let body: Option<Value> = serde_json::from_slice(&request.body).ok();
    body.filter(Value::is_object).ok_or_else(|| {
        let details = json!({"expected_data_type": "jsonobject"});
        ApiError::new(400, "INVALID_DATA", "body", details)
    })
}

/// The list below `data`, at most `most` long.
pub(super) fn data(body: &Value, most: usize) -> Result<&[Value], Box<ApiError>> {
    list(body, "data", most)
}

pub(super) fn list<'a>(
    body: &'a Value,
    name: &str,
    most: usize,
) -> Result<&'a [Value], Box<ApiError>> {
    let path = format!("$.{name}");
    let given = body.get(name);
    let given = given.ok_or_else(|| ApiError::mandatory(name, &path))?;
    match given.as_array() {
        None => Err(ApiError::wrong_type(name, &path, "jsonarray")),
        Some(rows) if rows.is_empty() => Err(ApiError::invalid_data(
            name,
            &path,
            json!({"minimum_length": 1}),
        )),
        Some(rows) if rows.len() > most => Err(ApiError::limit_exceeded(
            &format!("the maximum number of records in one request is {most}"),
            json!({"api_name": name, "json_path": path, "limit": most}),
        )),
        Some(rows) => Ok(rows),
    }
}

/// The answers so far.
#[derive(Default)]
pub(super) struct Rows {
    items: Vec<Value>,
    good: usize,
    statuses: Vec<u16>,
}

impl Rows {
    pub(super) fn succeeded(&mut self, item: Value) {
        self.items.push(item);
        self.good += 1;
    }

    pub(super) fn failed(&mut self, error: &ApiError) {
        self.items.push(error.to_item());
        self.statuses.push(error.status);
    }

    pub(super) fn written(&self) -> usize {
        self.good
    }

    /// The status tells whether all rows went well, some or none. They are in the order of the request,
    /// which is all a client can match them by.
    pub(super) fn into_reply(self, org: &Org, all_good: u16) -> Reply {
        let all_changed_meanwhile = self.statuses.iter().all(|status| *status == 412);
        let status = if self.statuses.is_empty() {
            all_good
        } else if self.good > 0 {
            org.settings.mixed_status
        } else if all_changed_meanwhile {
            412
        } else {
            org.settings.all_failed_status
        };
        let reply = Reply::json(status, json!({"data": self.items}));
        reply.wrote(self.good).ordered()
    }
}
