//! Marketo's refusals: from bodies to categories, and what they blame (Adobe docs, "Error codes").
//!
//! Nearly every refusal is HTTP 200. A whole call is refused with `success: false` and `errors`, one row with
//! `"status": "skipped"` and `reasons`; both are lists of `{code, message}`, whose code is a string, or a number. Codes
//! decide; messages are read only for the field they name.

use serde::Deserialize;
use serde_json::Value;

use super::api::text_of;
use super::limits::Meaning;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::vendors::{CallError, CallErrorKind, CallTrace, Guilty};

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) code: String,
    pub(super) message: String,
}

impl Problem {
    fn of(entry: &Value) -> Option<Self> {
        let code = text_of(&entry["code"]);
        (!code.is_empty()).then(|| Self {
            code,
            message: text_of(&entry["message"]),
        })
    }

    pub(super) fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// The field it names: `Invalid value for field 'boothVisit'`, `Field 'x' not found`, `Lookup field 'y' not found`.
    pub(super) fn field(&self) -> Option<&str> {
        let lower = self.message.to_ascii_lowercase();
        let at = lower.find("field '")? + "field '".len();
        let rest = self.message.get(at..)?;
        let (name, _) = rest.split_once('\'')?;
        (!name.is_empty()).then_some(name)
    }

    /// The value it names: `Invalid value 'abc'. Required of type 'Integer'`.
    fn value(&self) -> Option<&str> {
        let rest = self.message.split_once("value '")?.1;
        let (value, _) = rest.split_once('\'')?;
        Some(value)
    }
}

/// The part of an answer that tells whether the call was refused; everything else is skipped unread.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    #[serde(default)]
    pub(super) success: Option<bool>,
    #[serde(default)]
    errors: Value,
}

impl Envelope {
    /// Why the call was refused; `None`: it was not.
    pub(super) fn problem(&self) -> Option<Problem> {
        if self.success != Some(false) {
            return None;
        }
        let told = self.errors.as_array().into_iter().flatten();
        Some(told.filter_map(Problem::of).next().unwrap_or(Problem {
            code: String::new(),
            message: String::new(),
        }))
    }
}

/// Why a whole call was refused.
pub(super) fn of_call(body: &Value) -> Option<Problem> {
    Envelope {
        success: body["success"].as_bool(),
        errors: body["errors"].clone(),
    }
    .problem()
}

/// Why a row was refused.
pub(super) fn of_row(result: &Value) -> Vec<Problem> {
    let reasons = result["reasons"].as_array();
    reasons
        .into_iter()
        .flatten()
        .filter_map(Problem::of)
        .collect()
}

/// The table of error categories, Marketo's column; 1003 is told apart by its field.
const TABLE: &[(&str, Category)] = &[
    ("601", Category::Authentication),
    ("602", Category::Authentication),
    ("603", Category::Connection),
    ("606", Category::RateLimited),
    ("607", Category::RateLimited),
    ("615", Category::RateLimited),
    ("701", Category::RequiredFieldMissing),
    ("709", Category::ValidationRule),
    ("1001", Category::DataFormatValidation),
    ("1002", Category::RequiredFieldMissing),
    ("1003", Category::DataValueValidation),
    ("1005", Category::DuplicateRecord),
    ("1006", Category::MissingRemoteField),
    ("1007", Category::AmbiguousMatch),
    ("1008", Category::Connection),
    ("1009", Category::Connection),
    ("1010", Category::Connection),
    ("1013", Category::Connection),
    ("1016", Category::RateLimited),
    ("1018", Category::Connection),
    ("1021", Category::Connection),
    ("1025", Category::DataValueValidation),
];

/// The category of a refusal.
pub(super) fn category_of(problem: &Problem) -> Category {
    TABLE
        .iter()
        .find(|(known, _)| problem.is(known))
        .map_or(Category::Unexpected, |(_, category)| *category)
}

/// What a person reads, and what the board groups by.
pub(super) fn failure_of(problem: &Problem) -> Failure {
    let mut failure = Failure::new(category_of(problem), sentence(problem));
    if !problem.code.is_empty() {
        failure = failure.with_code(problem.code.clone());
    }
    failure.field = problem.field().map(str::to_owned);
    failure.value = problem.value().map(str::to_owned);
    failure
}

/// The same for a row, with all that it was refused for.
pub(super) fn failure_of_row(problems: &[Problem]) -> Option<Failure> {
    let (first, rest) = problems.split_first()?;
    let mut failure = failure_of(first);
    for problem in rest {
        failure.message = format!("{}; {}", failure.message, sentence(problem));
    }
    Some(failure)
}

fn sentence(problem: &Problem) -> String {
    let told = problem.message.trim();
    let told: String = match told {
        "" if problem.code.is_empty() => "Marketo refused without a reason".to_owned(),
        "" => format!("Marketo answered {}", problem.code),
        told => told.chars().take(500).collect(),
    };
    let more = match problem.code.as_str() {
        "603" => "the API user's role lacks a permission, or the allow-list its address",
        "1007" => "Marketo does not choose among several leads of this address",
        "1008" | "1009" | "1010" => {
            "the lead is in another partition, or there is none of that name: see --partition"
        }
        "1018" => "companies come from the CRM that this instance is synchronised with",
        _ => return told,
    };
    format!("{told} ({more})")
}

/// What a refused request means as a whole.
pub(super) fn call_error(status: u16, body: &Value, call: CallTrace) -> CallError {
    let problem = of_call(body).unwrap_or_else(|| Problem {
        code: format!("HTTP_{status}"),
        message: match body {
            Value::String(text) if !text.trim().is_empty() => text.clone(),
            _ => format!("Marketo answered HTTP {status}"),
        },
    });
    let failure = failure_of(&problem);
    let refused = |guilty| CallErrorKind::Refused {
        failure: failure.clone(),
        guilty,
    };
    let kind = match (Meaning::of(&problem.code), problem.code.as_str()) {
        _ if status == 401 => CallErrorKind::SignIn(Failure {
            category: Category::Authentication,
            ..failure
        }),
        _ if status == 403 => CallErrorKind::NotAllowed(Failure {
            category: Category::Connection,
            ..failure
        }),
        // Too large: by half.
        _ if matches!(status, 413 | 414) => refused(Vec::new()),
        (Meaning::SignIn, _) => CallErrorKind::SignIn(Failure {
            category: Category::Authentication,
            ..failure
        }),
        (_, "1006") => {
            let field = problem.field().map(str::to_owned);
            refused(field.map_or_else(Vec::new, |field| {
                vec![Guilty::Field {
                    field,
                    failure: failure.clone(),
                }]
            }))
        }
        // One row may be the cause.
        (_, "709" | "1001" | "1002" | "1003" | "1007" | "1018" | "1021" | "1025" | "1036") => {
            refused(Vec::new())
        }
        (Meaning::Final, _) => CallErrorKind::NotAllowed(failure),
        _ => CallErrorKind::Unavailable {
            retry_after: None,
            message: format!("Marketo is not well: {}", failure.message),
        },
    };
    CallError {
        kind,
        call: Some(Box::new(call)),
    }
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
