//! HubSpot's refusals: from bodies to categories, and what they blame.
//!
//! The envelope (HubSpot docs, "Error handling") is `{status, message, correlationId, category, errors[], context}`, every
//! part of it optional. Property errors hide a JSON array inside `message`, after other text; newer answers repeat them in
//! `errors[]`. Both are read; `errors[]` wins.

use serde_json::Value;

use super::api::text_of;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::vendors::{CallError, CallErrorKind, CallTrace, Guilty};

/// One property's problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) property: Option<String>,
    pub(super) value: Option<String>,
}

/// Every property problem a body (or one entry of a batch's `errors`) tells.
pub(super) fn problems(body: &Value) -> Vec<Problem> {
    let listed: Vec<Problem> = body["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|entry| entry["code"].is_string() || entry["error"].is_string())
        .map(|entry| {
            let message = entry["message"].as_str().unwrap_or_default().to_owned();
            let named = first_text(&entry["context"]["propertyName"])
                .or_else(|| entry["name"].as_str().map(str::to_owned));
            let code = entry["code"]
                .as_str()
                .or(entry["error"].as_str())
                .unwrap_or_default()
                .to_owned();
            Problem {
                value: refused_value(&message),
                property: named.or_else(|| named_property(&message)),
                code,
                message,
            }
        })
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let texts = std::iter::once(&body["message"]).chain(
        body["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| &entry["message"]),
    );
    texts
        .filter_map(Value::as_str)
        .flat_map(embedded)
        .chain(legacy(body))
        .collect()
}

/// The JSON array hidden in a message: `Property values were not valid: [{…}]`.
fn embedded(message: &str) -> Vec<Problem> {
    let Some(start) = message.find("[{") else {
        return Vec::new();
    };
    // Text may follow the array; a streaming reader stops where it ends. A message cut short yields nothing.
    let entries = serde_json::Deserializer::from_str(&message[start..])
        .into_iter::<Vec<Value>>()
        .next();
    let Some(Ok(entries)) = entries else {
        return cut_short(&message[start..]);
    };
    entries.iter().filter_map(entry).collect()
}

/// A message longer than HubSpot's own limit ends in the middle of the array: what can be read of it counts.
fn cut_short(text: &str) -> Vec<Problem> {
    let field = |name: &str| {
        let start = text.find(&format!("\"{name}\":\""))? + name.len() + 4;
        let rest = &text[start..];
        let end = rest
            .char_indices()
            .find(|(at, c)| *c == '"' && !rest[..*at].ends_with('\\'))
            .map(|(at, _)| at);
        Some(rest[..end.unwrap_or(rest.len())].to_owned())
    };
    let Some(message) = field("message") else {
        return Vec::new();
    };
    let code = field("error").unwrap_or_else(|| code_by_text(&message).to_owned());
    vec![Problem {
        value: refused_value(&message),
        property: field("name"),
        code,
        message,
    }]
}

/// The shape of the oldest endpoints: `validationResults` beside the message.
fn legacy(body: &Value) -> Vec<Problem> {
    body["validationResults"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(entry)
        .collect()
}

fn entry(entry: &Value) -> Option<Problem> {
    if entry["isValid"].as_bool() == Some(true) {
        return None;
    }
    let message = entry["message"]
        .as_str()
        .or(entry["localizedErrorMessage"].as_str())
        .unwrap_or_default()
        .to_owned();
    let code = entry["error"]
        .as_str()
        .map_or_else(|| code_by_text(&message).to_owned(), str::to_owned);
    let property = entry["name"]
        .as_str()
        .map(str::to_owned)
        .or_else(|| named_property(&message));
    Some(Problem {
        value: refused_value(&message),
        property,
        code,
        message,
    })
}

fn code_by_text(message: &str) -> &'static str {
    let lower = message.to_lowercase();
    match () {
        () if lower.contains("allowed options") => "INVALID_OPTION",
        () if lower.contains("does not exist") => "PROPERTY_DOESNT_EXIST",
        () if lower.contains("email address") => "INVALID_EMAIL",
        () => "",
    }
}

/// The value a message quotes: HubSpot puts it in front of "was not" or between fixed words.
fn refused_value(message: &str) -> Option<String> {
    let between = |start: &str, end: &str| {
        let rest = message.strip_prefix(start)?;
        rest.rfind(end).map(|at| rest[..at].to_owned())
    };
    let before = |marker: &str| message.find(marker).map(|at| message[..at].to_owned());
    between("Email address ", " is invalid")
        .or_else(|| before(" was not one of the allowed options"))
        .or_else(|| before(" was not a valid"))
        .or_else(|| before(" is not a valid"))
        .map(|value| value.trim().trim_matches('"').to_owned())
        .filter(|value| !value.is_empty())
}

fn named_property(message: &str) -> Option<String> {
    let rest = message
        .split_once("Property \"")
        .or_else(|| message.split_once("property \""))?
        .1;
    rest.split('"').next().map(str::to_owned)
}

fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.first().map(text_of),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// The category of one property problem (the table of error categories, HubSpot's column).
fn category_of(problem: &Problem) -> Category {
    let code = problem.code.to_ascii_uppercase();
    let text = problem.message.to_lowercase();
    let long = [
        "too long",
        "maximum length",
        "max length",
        "65536",
        "65,536",
        "characters or less",
        "exceeds the maximum",
    ];
    match code.as_str() {
        "PROPERTY_DOESNT_EXIST"
        | "PROPERTY_DOES_NOT_EXIST"
        | "READ_ONLY_VALUE"
        | "READ_ONLY_PROPERTY" => Category::MissingRemoteField,
        // An association with a record that is not there.
        "INVALID_OBJECT_IDS" => Category::Connection,
        "INVALID_OPTION" | "INVALID_OWNER_ID" | "INVALID_USER_ID" => Category::DataValueValidation,
        _ if code.contains("TOO_LONG")
            || code.contains("MAX_LENGTH")
            || code.contains("EXCEEDS_LENGTH") =>
        {
            Category::DataTooLong
        }
        _ if long.iter().any(|words| text.contains(words)) => Category::DataTooLong,
        _ if code.starts_with("MISSING_") || code.contains("REQUIRED") => {
            Category::RequiredFieldMissing
        }
        _ if code.contains("UNIQUE")
            || code.contains("DUPLICATE")
            || code.contains("ALREADY_EXISTS") =>
        {
            Category::DuplicateRecord
        }
        _ if code.contains("VALIDATION_RULE")
            || code.contains("RULE_VIOLATION")
            || code.contains("FAILED_RULE") =>
        {
            Category::ValidationRule
        }
        _ if code.starts_with("INVALID_")
            || code.starts_with("NOT_A_")
            || code.contains("FORMAT")
            || code.contains("PARSE") =>
        {
            Category::DataFormatValidation
        }
        // A property is refused for a reason HubSpot's own checks have no code for: an admin's rule.
        _ if problem.property.is_some() && !code.is_empty() => Category::ValidationRule,
        _ => Category::Unexpected,
    }
}

fn failure_of(problem: &Problem) -> Failure {
    let mut failure = Failure::new(category_of(problem), readable(&problem.message))
        .with_code(problem.code.clone());
    failure.field.clone_from(&problem.property);
    failure.value.clone_from(&problem.value);
    failure
}

/// HubSpot lists every allowed option with label, value and flags: a person reads the first line.
fn readable(message: &str) -> String {
    let short = message.split_once(": [").map_or(message, |(head, _)| head);
    if short.len() < message.len() && short.ends_with("allowed options") {
        return short.to_owned();
    }
    message.trim().chars().take(500).collect()
}

/// The failure of one row, from its entry in a batch's `errors` or from the body of a request for it alone.
pub(super) fn row_failure(status: u16, body: &Value) -> Failure {
    if let Some(problem) = problems(body)
        .iter()
        .find(|problem| category_of(problem) != Category::Unexpected)
    {
        return failure_of(problem);
    }
    let message = body["message"]
        .as_str()
        .map_or_else(|| format!("HubSpot answered HTTP {status}"), readable);
    let code = code_of(body);
    let category = match code.as_str() {
        "INVALID_AUTHENTICATION"
        | "EXPIRED_AUTHENTICATION"
        | "BAD_REFRESH_TOKEN"
        | "EXPIRED_AUTH_CODE" => Category::Authentication,
        "MISSING_SCOPES" | "USER_DOES_NOT_HAVE_PERMISSIONS" | "BANNED" => Category::Connection,
        "CONFLICT" | "OBJECT_ALREADY_EXISTS" | "DUPLICATE_UNIQUE_PROPERTY_VALUE" => {
            Category::DuplicateRecord
        }
        "RATE_LIMITS" | "RATE_LIMIT" => Category::RateLimited,
        _ => match status {
            401 => Category::Authentication,
            403 => Category::Connection,
            409 => Category::DuplicateRecord,
            429 => Category::RateLimited,
            _ => by_message(&message),
        },
    };
    Failure::new(category, message).with_code(code)
}

fn by_message(message: &str) -> Category {
    let lower = message.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match () {
        () if any(&["permission", "scope", "edit associations"]) => Category::Connection,
        () if any(&[
            "already exists",
            "already has that value",
            "already have that value",
            "unique value",
        ]) =>
        {
            Category::DuplicateRecord
        }
        () if any(&["too long", "maximum length"]) => Category::DataTooLong,
        () if any(&["must be provided", "is required", "required propert"]) => {
            Category::RequiredFieldMissing
        }
        () if any(&["authentication credentials", "oauth token", "access token"]) => {
            Category::Authentication
        }
        () => Category::Unexpected,
    }
}

fn code_of(body: &Value) -> String {
    let plain = |value: &Value| {
        value
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    plain(&body["category"])
        .filter(|category| category != "VALIDATION_ERROR")
        .or_else(|| plain(&body["errorType"]))
        .or_else(|| plain(&body["errors"][0]["code"]))
        .or_else(|| plain(&body["category"]))
        .unwrap_or_default()
}

/// `Contact already exists. Existing ID: 3401`.
pub(super) fn existing_id(body: &Value) -> Option<String> {
    let texts = std::iter::once(&body["message"]).chain(
        body["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| &entry["message"]),
    );
    texts.filter_map(Value::as_str).find_map(|text| {
        let rest = text.split_once("Existing ID:")?.1.trim_start();
        let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!id.is_empty()).then_some(id)
    })
}

/// Whether a row was refused because its record is not there (any more).
pub(super) fn is_not_found(body: &Value) -> bool {
    body["category"].as_str() == Some("OBJECT_NOT_FOUND")
        || body["message"].as_str().is_some_and(|text| {
            let lower = text.to_lowercase();
            lower == "resource not found"
                || lower.starts_with("object not found")
                || lower.contains("may be deleted or not exist")
        })
}

/// Whether a row was refused because a record it should be associated with is not there.
pub(super) fn is_bad_association(body: &Value) -> bool {
    let says = |value: &Value, words: &str| {
        value
            .as_str()
            .is_some_and(|text| text.to_lowercase().contains(words))
    };
    says(&body["category"], "invalid_object_ids")
        || says(&body["subCategory"], "association")
        || says(&body["message"], "associations are invalid")
        || says(&body["message"], "invalid association")
}

/// What a refused request means as a whole.
pub(super) fn call_error(status: u16, body: &Value, call: CallTrace) -> CallError {
    let failure = row_failure(status, body);
    let kind = match (status, failure.category) {
        (401, _) | (_, Category::Authentication) => CallErrorKind::SignIn(Failure {
            category: Category::Authentication,
            ..failure
        }),
        (403, _) => CallErrorKind::NotAllowed(Failure {
            category: Category::Connection,
            message: scopes(body, &failure.message),
            ..failure
        }),
        _ => CallErrorKind::Refused {
            guilty: guilty(body),
            failure,
        },
    };
    CallError {
        kind,
        call: Some(Box::new(call)),
    }
}

/// The scopes a 403 names, put where a person looks for them.
fn scopes(body: &Value, message: &str) -> String {
    let named: Vec<String> = body["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .chain(std::iter::once(body))
        .flat_map(|entry| {
            ["requiredGranularScopes", "requiredScopes", "missingScopes"]
                .map(|key| &entry["context"][key])
        })
        .filter_map(Value::as_array)
        .flatten()
        .map(text_of)
        .collect();
    if named.is_empty() {
        message.to_owned()
    } else {
        format!("the token lacks a scope: {}", named.join(", "))
    }
}

/// What the answer blames: rows by their trace, values, or a property that is wrong for all.
fn guilty(body: &Value) -> Vec<Guilty> {
    let mut guilty = Vec::new();
    for key in ["objectWriteTraceId", "traceId"] {
        if let Some(traces) = body["context"][key].as_array() {
            guilty.extend(traces.iter().map(|trace| Guilty::Trace(text_of(trace))));
        }
    }
    for problem in problems(body) {
        let failure = failure_of(&problem);
        match (&problem.property, &problem.value) {
            (Some(field), _) if failure.category == Category::MissingRemoteField => {
                guilty.push(Guilty::Field {
                    field: field.clone(),
                    failure,
                });
            }
            (field, Some(value)) => {
                guilty.push(Guilty::Value {
                    field: field.clone(),
                    value: value.clone(),
                    failure,
                });
            }
            _ => {}
        }
    }
    guilty
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
