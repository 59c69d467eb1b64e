//! Pipedrive's refusals in our words (Pipedrive docs, "HTTP status codes"; messages as clients' issues quote them).
//!
//! v2 answers `{"success": false, "error": …, "code": …}`. A refused body is `Validation failed:` with one part a field,
//! `; ` between them, and the field's code before the colon; of a field of the customer's own that is its hash.

use serde_json::Value;

use super::api::is_hash;
use super::names;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::vendors::{CallError, CallErrorKind, CallTrace, Guilty};

/// A refusal as Pipedrive words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) field: Option<String>,
    pub(super) message: String,
}

/// Every reason a body gives.
pub(super) fn problems(body: &Value) -> Vec<Problem> {
    let error = match body {
        Value::String(text) => text.as_str(),
        _ => ["error", "message"]
            .into_iter()
            .find_map(|name| body[name].as_str())
            .unwrap_or_default(),
    };
    let info = body["error_info"]
        .as_str()
        // The same in every answer.
        .filter(|info| !info.contains("developers.pipedrive.com"));
    let error = shortened(error);
    let Some((_, parts)) = error.split_once("alidation failed:") else {
        let message = match info {
            Some(info) if !info.trim().is_empty() && !error.contains(info) => {
                format!("{error} {}", shortened(info)).trim().to_owned()
            }
            _ => error.clone(),
        };
        let field = named_in_words(&message);
        return vec![Problem { field, message }];
    };
    parts
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (place, message) = part.split_once(':').unwrap_or(("", part));
            Problem {
                field: code_of(place).or_else(|| quoted_code(part)),
                message: message.trim().to_owned(),
            }
        })
        .collect()
}

/// `custom_fields.9dc8…`, `emails[0].value`, `body.name`: the field is what a mapping row would name.
fn code_of(place: &str) -> Option<String> {
    let is_name = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let mut parts = place
        .trim()
        .split(['.', '[', ']', '/'])
        .map(|part| part.trim_matches(['\'', '"']))
        .filter(|part| !part.is_empty() && !matches!(*part, "body" | "custom_fields"));
    parts.next().filter(|part| is_name(part)).map(str::to_owned)
}

/// A hash anywhere in a text, or a word in quotes that names a field.
fn quoted_code(text: &str) -> Option<String> {
    let words =
        || text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    let hash = words().find(|word| is_hash(word));
    let quoted = || {
        text.split(['\'', '"'])
            .nth(1)
            .filter(|word| code_of(word).as_deref() == Some(word))
    };
    hash.or_else(quoted).map(str::to_owned)
}

/// The older answers name no field: "Name must be given."
fn named_in_words(message: &str) -> Option<String> {
    if message.to_lowercase().starts_with("name must be given") {
        return Some(names::NAME.to_owned());
    }
    message
        .split(|character: char| !character.is_ascii_alphanumeric())
        .find(|word| is_hash(word))
        .map(str::to_owned)
}

/// The category of a refused field. `takes_options`: whether it is known to be a list.
fn category_of(problem: &Problem, takes_options: impl Fn(&str) -> bool) -> Category {
    let message = problem.message.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    let demanded = says(&[
        "must be given",
        "is required",
        "required parameter",
        "missing",
    ]);
    match &problem.field {
        _ if says(&[
            "is not allowed",
            "not allowed for this request",
            "read-only",
            "read only",
        ]) =>
        {
            Category::MissingRemoteField
        }
        Some(field) if demanded && field == names::NAME => Category::NotEnoughData,
        Some(_) if demanded => Category::RequiredFieldMissing,
        Some(_)
            if says(&[
                "too long",
                "at most",
                "max length",
                "maxlength",
                "characters",
            ]) =>
        {
            Category::DataTooLong
        }
        Some(_) if says(&["option"]) => Category::DataValueValidation,
        Some(field) if takes_options(field) => Category::DataValueValidation,
        Some(_) => Category::DataFormatValidation,
        None if says(&["option"]) => Category::DataValueValidation,
        None => Category::Unexpected,
    }
}

/// What a person reads, and what the board groups by; one failure for all that was refused.
pub(super) fn failure_of(
    status: u16,
    body: &Value,
    takes_options: impl Fn(&str) -> bool,
) -> Failure {
    let problems = problems(body);
    let sentence = |problem: &Problem| match &problem.field {
        Some(field) if !problem.message.contains(field.as_str()) => {
            format!("{field}: {}", problem.message)
        }
        _ => problem.message.clone(),
    };
    let told: Vec<String> = problems
        .iter()
        .map(sentence)
        .filter(|sentence| !sentence.is_empty())
        .collect();
    let message = if told.is_empty() {
        format!("Pipedrive answered HTTP {status}")
    } else {
        told.join("; ")
    };
    let code = body["code"]
        .as_str()
        .map_or_else(|| format!("HTTP_{status}"), str::to_owned);
    let first = problems.first();
    let category = match status {
        401 => Category::Authentication,
        402 | 403 => Category::Connection,
        _ => first.map_or(Category::Unexpected, |problem| {
            category_of(problem, takes_options)
        }),
    };
    let mut failure = Failure::new(category, message).with_code(code);
    failure.field = first.and_then(|problem| problem.field.clone());
    failure
}

/// What a refused request means as a whole.
pub(super) fn call_error(status: u16, body: &Value, call: CallTrace) -> CallError {
    let mut failure = failure_of(status, body, |_| false);
    let kind = match status {
        401 => CallErrorKind::SignIn(failure),
        402 => {
            failure.message = format!(
                "the company's Pipedrive account is closed or not paid for: {}",
                failure.message
            );
            CallErrorKind::NotAllowed(failure)
        }
        403 => {
            if failure.message.to_lowercase().contains("scope") {
                failure.message = format!(
                    "{} (the app lacks a scope: add it in the Developer Hub, then sign in again)",
                    failure.message
                );
            }
            CallErrorKind::NotAllowed(failure)
        }
        408 | 429 | 500.. => CallErrorKind::Unavailable {
            retry_after: None,
            message: format!("Pipedrive is busy: {}", failure.message),
        },
        _ => {
            let named = problems(body).into_iter().filter_map(|problem| {
                let field = problem.field.clone()?;
                let category = category_of(&problem, |_| false);
                let failure = Failure::new(category, problem.message).on_field(field.clone());
                Some(Guilty::Field { field, failure })
            });
            let guilty = named.collect();
            CallErrorKind::Refused { failure, guilty }
        }
    };
    CallError {
        kind,
        call: Some(Box::new(call)),
    }
}

fn shortened(message: &str) -> String {
    const SHOWN: usize = 600;
    message.trim().chars().take(SHOWN).collect()
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
