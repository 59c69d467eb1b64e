//! Account Engagement's refusals: from bodies to categories.
//!
//! One parser for all shapes (Account Engagement docs, "Error codes & messages"): v5 answers `{code, message}`, the older
//! versions `{"@attributes": {err_code}, err}`, and what is refused for its headers may come as XML even at v5. Codes decide;
//! words are read only where there is none, as in the file of an import's errors.

use serde_json::{Value, json};

use super::api::{is_name, text_of};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiResponse;
use crate::vendors::{CallError, CallErrorKind, CallTrace};

/// Characters of a body that is no JSON, for the log.
const SHOWN: usize = 500;

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) code: u32,
    pub(super) message: String,
}

impl Problem {
    /// A refusal told in words, with its code before them or not at all.
    pub(super) fn of_words(words: &str) -> Self {
        let words = words.trim();
        let digits = words.chars().take_while(char::is_ascii_digit).count();
        let (number, rest) = words.split_at(digits);
        let told = number.parse().ok().filter(|_| rest.starts_with(':'));
        let message = match told {
            Some(_) => rest.trim_start_matches([':', ' ']),
            None => words,
        };
        Self {
            code: told.unwrap_or_else(|| code_of(message)),
            message: message.to_owned(),
        }
    }

    /// The field it names, behind the last colon: "Invalid property in request: UniqueId__c".
    pub(super) fn field(&self) -> Option<&str> {
        let (_, named) = self.message.rsplit_once(':')?;
        let named = named.trim().trim_end_matches('.');
        is_name(named).then_some(named)
    }

    /// Whether the prospect that was meant is not there, or is in the recycle bin.
    pub(super) fn is_gone(&self) -> bool {
        matches!(self.code, 3 | 92 | 109 | 132 | 192 | 219)
    }
}

/// A body as the log may keep it: JSON, else the beginning of its text.
pub(super) fn body_of(response: &ApiResponse) -> Value {
    response
        .value()
        .unwrap_or_else(|| Value::String(response.text().chars().take(SHOWN).collect()))
}

/// The refusal a body tells.
pub(super) fn problem(body: &Value) -> Option<Problem> {
    if let Value::String(text) = body {
        return of_xml(text);
    }
    let code = |value: &Value| text_of(value).trim().parse().ok();
    let (code, message) = match code(&body["code"]) {
        Some(code) => (code, &body["message"]),
        None => (code(&body["@attributes"]["err_code"])?, &body["err"]),
    };
    Some(Problem {
        code,
        message: text_of(message),
    })
}

/// `<rsp stat="fail"><err code="184">…</err></rsp>`, whatever stands around it.
fn of_xml(text: &str) -> Option<Problem> {
    let (_, from) = text.split_once("<err")?;
    let (attributes, rest) = from.split_once('>')?;
    let (_, number) = attributes.split_once("code=")?;
    let digits: String = number
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let message = rest
        .split_once("</err")
        .map_or(rest, |(message, _)| message);
    let message = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(message.to_owned(), |text, (coded, plain)| {
        text.replace(coded, plain)
    });
    Some(Problem {
        code: digits.parse().ok()?,
        message: message.trim().to_owned(),
    })
}

/// The documented words of what a row is refused for, where no code tells it.
fn code_of(message: &str) -> u32 {
    const WORDS: &[(&str, u32)] = &[
        ("access_token", 184),
        ("required parameters are missing", 13),
        ("missing required", 153),
        ("invalid prospect email", 4),
        ("invalid email", 4),
        ("invalid boolean", 50),
        ("invalid number", 56),
        ("invalid date", 57),
        ("already exists", 9),
        ("already in use", 54),
        ("invalid campaign", 38),
        ("invalid list", 55),
        ("invalid user", 10),
        ("invalid property", 154),
        ("prospect is archived", 132),
        ("recycle bin", 132),
        ("invalid prospect id", 3),
        ("conflicting update", 62),
    ];
    let message = message.to_lowercase();
    WORDS
        .iter()
        .find(|(words, _)| message.contains(words))
        .map_or(0, |(_, code)| *code)
}

/// The table of error categories, this vendor's column.
pub(super) fn category_of(code: u32) -> Category {
    match code {
        1 | 15 | 49 | 184 => Category::Authentication,
        10 | 37 | 38 | 46 | 55 | 59 | 88 | 89 | 125 | 128 | 181 | 199 | 201 => Category::Connection,
        51 | 154 | 180 | 226 | 227 => Category::MissingRemoteField,
        52 => Category::DataValueValidation,
        4 | 50 | 56 | 57 | 65 | 130 => Category::DataFormatValidation,
        13 | 36 | 153 => Category::RequiredFieldMissing,
        14 => Category::NotEnoughData,
        9 | 54 => Category::DuplicateRecord,
        66 | 122 | 202 => Category::RateLimited,
        _ => Category::Unexpected,
    }
}

/// What a person reads, and what the board groups by.
pub(super) fn failure_of(problem: &Problem) -> Failure {
    let message = match (problem.code, problem.message.trim()) {
        (46, _) => "the user who is signed in lacks a permission: in Account Engagement, Prospects (view, create) and Prospects > Import".to_owned(),
        (181, _) => "the request named no business unit: mobly-sync connect pardot --business-unit ID".to_owned(),
        (201, _) => "this business unit is not found there: mobly-sync connect pardot --business-unit ID (Salesforce: Setup > Business Unit \
                     Setup), with --sandbox for sandboxes and developer orgs, without it for production".to_owned(),
        (49, _) => "the user who is signed in may not use Account Engagement's API: mobly-sync connect pardot".to_owned(),
        (184, words) => format!(
            "{words} (expired, taken back, or the app lacks the scope pardot_api): mobly-sync connect pardot"
        ),
        (132 | 219, _) => "the prospect is in the recycle bin and could not be taken out of it".to_owned(),
        (9, _) => "a prospect with this e-mail address is there already".to_owned(),
        (125, _) => "a prospect takes userId or salesforceOwnerId, not both".to_owned(),
        (_, "") => format!("Pardot answered with error {}", problem.code),
        (_, words) => words.chars().take(SHOWN).collect(),
    };
    let mut failure = Failure::new(category_of(problem.code), message);
    failure.field = problem.field().map(str::to_owned);
    if problem.code != 0 {
        failure.code = Some(problem.code.to_string());
    }
    failure
}

/// What a refused request means as a whole, by its status and body.
pub(super) fn call_error(call: CallTrace) -> CallError {
    let status = call.status;
    let told = problem(&call.body);
    let failure = match &told {
        Some(problem) => failure_of(problem),
        None => Failure::new(
            Category::Unexpected,
            match &call.body {
                Value::String(text) if !text.trim().is_empty() => text.trim().to_owned(),
                _ => format!("Pardot answered HTTP {status}"),
            },
        )
        .with_code(format!("HTTP_{status}")),
    };
    let as_category = |category| Failure {
        category,
        ..failure.clone()
    };
    let kind = match (told.as_ref().map(|problem| problem.code), status) {
        (Some(46 | 88 | 89 | 181 | 199 | 201), _) => CallErrorKind::NotAllowed(failure),
        (Some(1 | 15 | 49 | 184), _) => CallErrorKind::SignIn(failure),
        (_, 401) => CallErrorKind::SignIn(as_category(Category::Authentication)),
        (Some(66 | 85 | 116 | 120 | 121 | 122 | 183 | 202 | 214), _) | (_, 429 | 500..) => {
            CallErrorKind::Unavailable {
                retry_after: None,
                message: format!("Pardot is busy: {}", failure.message),
            }
        }
        (None, 403) => CallErrorKind::NotAllowed(as_category(Category::Connection)),
        _ => CallErrorKind::Refused {
            failure,
            guilty: Vec::new(),
        },
    };
    CallError {
        kind,
        call: Some(Box::new(call)),
    }
}

/// The refusal behind a failed call, where the vendor told one; a page that is not there counts as a prospect that is not.
pub(super) fn told(error: &CallError) -> Option<Problem> {
    let call = error.call.as_ref()?;
    problem(&call.body).or_else(|| {
        (call.status == 404).then(|| Problem {
            code: 109,
            message: "not found".to_owned(),
        })
    })
}

/// A refusal as a row's part of an answer.
pub(super) fn received(problem: &Problem) -> Value {
    json!({"code": problem.code, "message": problem.message})
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
