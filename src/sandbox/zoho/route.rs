//! What a request is, told from its method and path: its kind, its price and whether it is heavy.

use serde_json::Value;

use super::coql;
use crate::sandbox::wire::{Classification, Request, RequestKind, segments};

pub(super) fn classify(request: &Request) -> Classification {
    let segments = segments(&request.path);
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    let changes = request.method != "GET" && request.method != "HEAD";
    let (kind, writes) = match parts.as_slice() {
        ["oauth", ..] => (RequestKind::Token, false),
        ["crm", _, "org" | "users" | "settings", ..] => (RequestKind::Metadata, false),
        ["crm", _, "coql"] => (RequestKind::Object, false),
        ["crm", _, ..] => (RequestKind::Object, changes),
        _ => (RequestKind::Metadata, false),
    };
    Classification { kind, writes }
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_default()
}

fn length(list: &Value) -> u64 {
    list.as_array().map_or(0, Vec::len) as u64
}

/// Writes of more than ten records, COQL and composite requests have a limit of their own.
pub(super) fn is_heavy(request: &Request) -> bool {
    let segments = segments(&request.path);
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (request.method.as_str(), parts.as_slice()) {
        ("POST", ["crm", _, "coql" | "__composite_requests"]) => true,
        ("POST" | "PUT", ["crm", _, _] | ["crm", _, _, "upsert"]) => {
            length(&body(request)["data"]) > 10
        }
        ("GET", ["crm", _, _]) => request.parameter("sort_by").is_some(),
        _ => false,
    }
}

/// Credits: 1 for most calls, 1 per 10 records written, by the limit for COQL, 1 per 50 records tagged.
pub(super) fn cost(request: &Request) -> u64 {
    let segments = segments(&request.path);
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (request.method.as_str(), parts.as_slice()) {
        ("POST", ["crm", _, "coql"]) => {
            let text = body(request);
            coql::cost(text["select_query"].as_str().unwrap_or_default())
        }
        ("POST", ["crm", _, _, "actions", "add_tags"]) => {
            length(&body(request)["ids"]).div_ceil(50).max(1)
        }
        ("POST" | "PUT", ["crm", _, _] | ["crm", _, _, "upsert"]) => {
            length(&body(request)["data"]).div_ceil(10).max(1)
        }
        _ => 1,
    }
}
