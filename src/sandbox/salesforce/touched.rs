//! Which parents a request will write below, told from its body before it is served.

use std::collections::HashSet;

use serde_json::Value;

use super::ids;
use super::object::Values;
use super::org::Org;
use super::write;
use crate::sandbox::wire::{Request, segments};

pub(super) fn parents(org: &Org, request: &Request) -> HashSet<String> {
    let mut found = HashSet::new();
    if matches!(request.method.as_str(), "POST" | "PATCH") {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        collect(org, &request.path, &body, &mut found);
    }
    found
}

fn collect(org: &Org, path: &str, body: &Value, found: &mut HashSet<String>) {
    for part in body["compositeRequest"].as_array().into_iter().flatten() {
        if part["method"] != "GET" {
            collect(
                org,
                part["url"].as_str().unwrap_or_default(),
                &part["body"],
                found,
            );
        }
    }
    for record in body["records"].as_array().into_iter().flatten() {
        let name = record["attributes"]["type"].as_str().unwrap_or_default();
        let id = record
            .get("id")
            .or(record.get("Id"))
            .and_then(Value::as_str);
        add(org, name, id, record.as_object(), found);
    }
    let segments = segments(path.split('?').next().unwrap_or_default());
    if let Some(at) = segments.iter().position(|segment| segment == "sobjects")
        && let Some(name) = segments
            .get(at + 1)
            .filter(|_| body.get("records").is_none())
    {
        let id = segments.get(at + 2).map(String::as_str);
        add(org, name, id, body.as_object(), found);
    }
}

fn add(
    org: &Org,
    name: &str,
    id: Option<&str>,
    values: Option<&Values>,
    found: &mut HashSet<String>,
) {
    let (Some(object), Some(values)) = (org.object(name), values) else {
        return;
    };
    let before = id
        .and_then(ids::normalize)
        .and_then(|id| object.record(&id));
    found.extend(write::parents(&object.name, before, values));
}
