//! Up to five calls in one (fact sheet, section 6). Each still costs its credits; nothing is rolled back.

use axum::http::Method;
use serde_json::{Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::org::Org;
use super::rows;
use crate::sandbox::wire::{Body, Reply, Request, segments};

const MOST_PARTS: usize = 5;
const NAME: &str = "__composite_requests";

pub(super) fn serve(org: &mut Org, request: &Request, granted: &str) -> Outcome {
    let (elapsed, now) = (org.clock.elapsed(), org.clock.now_milliseconds());
    org.limits.admit(request.number, 0, elapsed, now)?;
    let body = rows::body(request)?;
    let parts = body[NAME].as_array();
    let parts = parts.ok_or_else(|| ApiError::mandatory(NAME, &format!("$.{NAME}")))?;
    if parts.len() > MOST_PARTS {
        let facts = json!({"maximum_length": MOST_PARTS});
        return Err(ApiError::invalid_data(NAME, &format!("$.{NAME}"), facts));
    }
    let mut answers = Vec::new();
    let (mut good, mut written) = (0, 0);
    for part in parts {
        let reply = serve_part(org, request, part, granted);
        good += usize::from(reply.status < 300 && reply.status != 207);
        written += reply.rows_written;
        let response = json!({
            "status_code": reply.status,
            "headers": {},
            "body": match reply.body {
                Body::Json(body) => body,
                _ => Value::Null,
            },
        });
        let failed = reply.status >= 400;
        answers.push(json!({
            "sub_request_id": part["sub_request_id"],
            "code": if failed { "FAILURE" } else { "SUCCESS" },
            "details": {"response": response},
            "message": if failed { "sub-request failed" } else { "sub-request processed" },
            "status": if failed { "error" } else { "success" },
        }));
    }
    let status = if good == parts.len() { 200 } else { 207 };
    let reply = Reply::json(status, json!({NAME: answers}));
    Ok(reply.wrote(written).whole())
}

fn serve_part(org: &mut Org, outer: &Request, part: &Value, granted: &str) -> Reply {
    let uri = part["uri"].as_str().unwrap_or_default();
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let mut query = query.to_owned();
    for (name, value) in part["params"].as_object().into_iter().flatten() {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let mut pairs = url::form_urlencoded::Serializer::new(query);
        query = pairs.append_pair(name, &value).finish();
    }
    let method = part["method"].as_str().unwrap_or_default();
    let request = Request {
        method: Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET),
        path: path.to_owned(),
        query,
        headers: outer.headers.clone(),
        body: part["body"].to_string().into_bytes(),
        number: outer.number,
    };
    let segments = segments(path);
    let names: Vec<&str> = segments.iter().map(String::as_str).collect();
    let outcome = match names.as_slice() {
        ["crm", super::VERSION, first, rest @ ..] if *first != NAME => {
            let parts: Vec<&str> = [*first].into_iter().chain(rest.iter().copied()).collect();
            super::call(org, &request, &parts, granted)
        }
        _ => Err(ApiError::invalid_url()),
    };
    outcome.unwrap_or_else(|error| error.to_reply(org.settings.old_limit_wording))
}
