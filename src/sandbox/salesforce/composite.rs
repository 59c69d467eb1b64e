//! Composite: several requests in one call, later ones with values of earlier ones (fact sheet, section 7.1).

use std::collections::HashMap;

use axum::http::{HeaderName, HeaderValue, Method};
use serde_json::{Value, json};

use super::errors::ApiError;
use super::org::Org;
use super::{Outcome, body, dispatch, route};
use crate::sandbox::wire::{Body, Reply, Request};

const MOST: usize = 25;
const MOST_HEAVY: usize = 5;

/// `POST /composite`.
pub(super) fn serve(org: &mut Org, request: &Request) -> Outcome {
    let body = body(request)?;
    let Some(parts) = body["compositeRequest"]
        .as_array()
        .filter(|parts| !parts.is_empty())
    else {
        return Err(ApiError::bad_input(
            "compositeRequest must list subrequests",
        ));
    };
    check(parts)?;
    let savepoint = body["allOrNone"]
        .as_bool()
        .unwrap_or(false)
        .then(|| org.begin());
    let mut answers: HashMap<String, (u16, Value)> = HashMap::new();
    let mut responses = Vec::with_capacity(parts.len());
    let (mut written, mut failed) = (0, false);
    for part in parts {
        let name = part["referenceId"].as_str().unwrap_or_default();
        let reply = if failed && savepoint.is_some() {
            halted("The transaction was rolled back since another operation in the same transaction failed.").to_reply()
        } else {
            run(org, request, part, &answers).unwrap_or_else(|error| error.to_reply())
        };
        failed |= reply.status >= 300;
        written += reply.rows_written;
        let content = match reply.body {
            Body::Json(content) => content,
            Body::Html(text) => json!(text),
            Body::Empty => Value::Null,
        };
        responses.push(json!({
            "body": content, "httpHeaders": {}, "httpStatusCode": reply.status, "referenceId": name,
        }));
        answers.insert(name.to_owned(), (reply.status, content));
    }
    if let Some(savepoint) = savepoint {
        if failed {
            org.roll_back(&savepoint);
            written = 0;
            let text = "The transaction was rolled back since another operation in the same transaction failed.";
            let Body::Json(content) = halted(text).to_reply().body else {
                return Err(ApiError::not_found());
            };
            let done = responses
                .iter_mut()
                .filter(|part| part["httpStatusCode"].as_u64() < Some(300));
            for part in done {
                part["httpStatusCode"] = json!(400);
                part["body"] = content.clone();
            }
        } else {
            org.commit(&savepoint);
        }
    }
    let reply = Reply::json(200, json!({"compositeResponse": responses}));
    Ok(reply.wrote(written))
}

fn halted(text: impl Into<String>) -> Box<ApiError> {
    ApiError::new(400, "PROCESSING_HALTED", text)
}

/// The texts are made up, the limits are documented.
fn check(parts: &[Value]) -> Result<(), Box<ApiError>> {
    if parts.len() > MOST {
        let text = format!(
            "The number of subrequests, {}, exceeds the limit of {MOST}",
            parts.len()
        );
        return Err(ApiError::bad_input(text));
    }
    let mut names: Vec<&str> = Vec::new();
    let mut heavy = 0;
    for part in parts {
        let name = part["referenceId"].as_str().unwrap_or_default();
        let well_formed = !name.is_empty()
            && name
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        if !well_formed || names.contains(&name) {
            return Err(ApiError::bad_input(format!(
                "referenceId '{name}' is missing, used twice or not made of letters, digits and _"
            )));
        }
        names.push(name);
        let url = part["url"].as_str().unwrap_or_default();
        if part["method"].as_str().is_none() || !url.starts_with("/services/data/v") {
            return Err(ApiError::bad_input(format!(
                "subrequest '{name}' needs a method and a url that starts with /services/data/"
            )));
        }
        heavy += usize::from(url.contains("/query") || url.contains("/composite/sobjects"));
    }
    if heavy > MOST_HEAVY {
        let text = format!(
            "The number of query and sObject Collections subrequests, {heavy}, exceeds the limit of {MOST_HEAVY}"
        );
        return Err(ApiError::bad_input(text));
    }
    Ok(())
}

fn run(
    org: &mut Org,
    outer: &Request,
    part: &Value,
    answers: &HashMap<String, (u16, Value)>,
) -> Outcome {
    let url = fill(part["url"].as_str().unwrap_or_default(), answers)?;
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let mut content = part["body"].clone();
    fill_all(&mut content, answers)?;
    let mut headers = outer.headers.clone();
    for (name, value) in part["httpHeaders"].as_object().into_iter().flatten() {
        let value = value
            .as_str()
            .and_then(|text| HeaderValue::from_str(text).ok());
        if let (Ok(name), Some(value)) = (HeaderName::from_bytes(name.as_bytes()), value) {
            headers.insert(name, value);
        }
    }
    let method = part["method"].as_str().unwrap_or_default().to_uppercase();
    let request = Request {
        method: Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: if content.is_null() {
            Vec::new()
        } else {
            content.to_string().into_bytes()
        },
        number: outer.number,
    };
    let segments = request.segments();
    let target = route::Target::parse(&segments, org.versions)?;
    if matches!(
        target.parts.as_slice(),
        ["composite"] | ["jobs", ..] | ["limits"]
    ) {
        return Err(ApiError::bad_input(format!(
            "{path} cannot be a subrequest"
        )));
    }
    dispatch(org, &request, &target)
}

fn fill_all(
    value: &mut Value,
    answers: &HashMap<String, (u16, Value)>,
) -> Result<(), Box<ApiError>> {
    match value {
        Value::String(text) => *text = fill(text, answers)?,
        Value::Array(items) => items
            .iter_mut()
            .try_for_each(|item| fill_all(item, answers))?,
        Value::Object(members) => members
            .values_mut()
            .try_for_each(|item| fill_all(item, answers))?,
        _ => {}
    }
    Ok(())
}

/// Puts values in place of `@{name.path}`.
fn fill(text: &str, answers: &HashMap<String, (u16, Value)>) -> Result<String, Box<ApiError>> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        let Some((reference, behind)) = after.split_once('}') else {
            break;
        };
        filled.push_str(before);
        filled.push_str(&resolve(reference, answers)?);
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn resolve(
    reference: &str,
    answers: &HashMap<String, (u16, Value)>,
) -> Result<String, Box<ApiError>> {
    let end = reference.find(['.', '[']).unwrap_or(reference.len());
    let (name, path) = reference.split_at(end);
    let missing = || {
        halted(format!(
            "Invalid reference specified. No value for {reference} found in {name}"
        ))
    };
    let (status, mut value) = answers
        .get(name)
        .map(|(status, value)| (*status, value))
        .ok_or_else(missing)?;
    if status >= 300 {
        return Err(missing());
    }
    for step in path.split(['.', '[', ']']).filter(|step| !step.is_empty()) {
        value = match step.parse::<usize>() {
            Ok(place) => value.get(place),
            Err(_) => value.get(step),
        }
        .ok_or_else(missing)?;
    }
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(missing()),
        other => Ok(other.to_string()),
    }
}
