//! Zoho's refusals: from bodies to categories, and what they blame.
//!
//! One parser for all shapes (Zoho docs, "Status codes and errors"): a whole call and a single row are refused alike, with
//! `{code, details, message, status}`; several errors of one row stand in `details.errors`; an older wording of 429 has the
//! code in `error`. Codes and `details` decide; words are read only where nothing else tells.

use serde_json::Value;

use super::api::{is_id, text_of};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::vendors::{CallError, CallErrorKind, CallTrace, RemoteId};

/// One refusal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) details: Value,
}

impl Problem {
    fn of(entry: &Value) -> Option<Self> {
        let text = |key: &str| entry[key].as_str().map(str::to_owned);
        let code = text("code").or_else(|| text("error"))?;
        Some(Self {
            code,
            message: text("message")
                .or_else(|| text("error_info"))
                .unwrap_or_default(),
            details: entry["details"].clone(),
        })
    }

    /// The field it is about; of something within a field (the id of the record it names), that field.
    pub(super) fn field(&self) -> Option<&str> {
        let named = self
            .outer_field()
            .or(self.details["api_name"].as_str())
            .or(self.details["column_name"].as_str());
        named.filter(|name| !name.is_empty())
    }

    /// `$.data[0].Account_Name.id`: the field around what is named.
    fn outer_field(&self) -> Option<&str> {
        if let Some(name) = self.details["parent_api_name"].as_str() {
            return Some(name);
        }
        let (_, within) = self.path_in_row()?;
        let (outer, _) = within.split_once(['.', '['])?;
        Some(outer)
    }

    /// The row's place, and the path within it.
    fn path_in_row(&self) -> Option<(usize, &str)> {
        let path = self.details["json_path"].as_str()?;
        let (index, rest) = path.strip_prefix("$.data[")?.split_once(']')?;
        Some((index.parse().ok()?, rest.strip_prefix('.').unwrap_or(rest)))
    }

    /// The place of the row it is about: `$.data[2].Last_Name`.
    pub(super) fn row(&self) -> Option<usize> {
        self.path_in_row().map(|(row, _)| row)
    }

    /// Whether an id is refused, and nothing tells whose.
    pub(super) fn is_of_some_id(&self) -> bool {
        self.is_of_id() && self.code == "INVALID_DATA" && self.path_in_row().is_none()
    }

    /// Whether the record that was meant is not there.
    pub(super) fn is_of_id(&self) -> bool {
        self.code == "INVALID_DATA" && self.field().is_some_and(|name| name == "id")
            || self.code == "RECORD_NOT_FOUND"
    }
}

/// Every refusal a body (or a row) tells; successes are none.
pub(super) fn problems(body: &Value) -> Vec<Problem> {
    let nested = &body["details"]["errors"];
    if let Value::Array(entries) = nested {
        let inner: Vec<Problem> = entries.iter().filter_map(Problem::of).collect();
        if !inner.is_empty() {
            return inner;
        }
    }
    Problem::of(body)
        .filter(|problem| problem.code != "SUCCESS")
        .into_iter()
        .collect()
}

/// The refusal that counts: the first.
pub(super) fn first(body: &Value) -> Option<Problem> {
    problems(body).into_iter().next()
}

/// The table of error categories, Zoho's column; `INVALID_DATA` is told apart by its details.
const TABLE: &[(&str, Category)] = &[
    ("INVALID_TOKEN", Category::Authentication),
    ("AUTHENTICATION_FAILURE", Category::Authentication),
    ("NO_PERMISSION", Category::Connection),
    ("OAUTH_SCOPE_MISMATCH", Category::Connection),
    ("INVALID_MODULE", Category::Connection),
    ("MAPPING_MISMATCH", Category::DataValueValidation),
    ("DEPENDENT_FIELD_MISSING", Category::DataValueValidation),
    ("DEPENDENT_MISMATCH", Category::DataValueValidation),
    ("EXPECTED_FIELD_MISSING", Category::DataValueValidation),
    ("RECORD_LOCKED", Category::AutomationError),
    ("RECORD_IN_BLUEPRINT", Category::AutomationError),
    ("NOT_APPROVED", Category::AutomationError),
    ("MANDATORY_NOT_FOUND", Category::RequiredFieldMissing),
    ("DUPLICATE_DATA", Category::DuplicateRecord),
    ("ID_ALREADY_CONVERTED", Category::DuplicateRecord),
    ("CONVERTED_RECORD", Category::DuplicateRecord),
    ("AMBIGUITY_DURING_PROCESSING", Category::AmbiguousMatch),
    ("TOO_MANY_REQUESTS", Category::RateLimited),
];

/// The category of a refusal.
pub(super) fn category_of(problem: &Problem) -> Category {
    let told = |name: &str| !problem.details[name].is_null();
    match problem.code.as_str() {
        "INVALID_DATA" if told("maximum_length") => Category::DataTooLong,
        "INVALID_DATA" if told("supported_values") => Category::DataValueValidation,
        "INVALID_DATA" if told("validation_rule") || told("layout_rule") => {
            Category::ValidationRule
        }
        "INVALID_DATA" if told("expected_data_type") || problem.field().is_some() => {
            Category::DataFormatValidation
        }
        // The only names a query holds are those of fields.
        "INVALID_QUERY" if told("column_name") => Category::MissingRemoteField,
        code => TABLE
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(Category::Unexpected, |(_, category)| *category),
    }
}

/// What a person reads, and what the board groups by.
pub(super) fn failure_of(problem: &Problem) -> Failure {
    let mut failure =
        Failure::new(category_of(problem), sentence(problem)).with_code(problem.code.clone());
    failure.field = problem.field().map(str::to_owned);
    failure.candidates = candidates(&problem.details);
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

/// Zoho's messages name neither field nor cause; its details do.
fn sentence(problem: &Problem) -> String {
    let details = &problem.details;
    let field = problem.field().unwrap_or("a field");
    let message = problem.message.trim();
    if let Some(longest) = details["maximum_length"].as_u64() {
        return format!("{field} is longer than {longest} characters");
    }
    if let Some(options) = details["supported_values"].as_array() {
        let named: Vec<String> = options.iter().take(8).map(text_of).collect();
        let more = if options.len() > 8 { ", …" } else { "" };
        return format!("{field} takes only {}{more}", named.join(", "));
    }
    match (
        problem.code.as_str(),
        details["expected_data_type"].as_str(),
    ) {
        ("INVALID_DATA", Some(kind)) => {
            let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
                "an"
            } else {
                "a"
            };
            format!("{field} takes {article} {kind}, and the value is none")
        }
        ("INVALID_DATA", None) if problem.field().is_some() => {
            format!("{field}: {}", or_code(message, problem))
        }
        ("MANDATORY_NOT_FOUND", _) => {
            let rule = match named(&details["layout_rule"]) {
                Some(rule) => format!(" (layout rule {rule:?})"),
                None => String::new(),
            };
            format!("Zoho demands {field}, and nothing was sent for it{rule}")
        }
        ("DUPLICATE_DATA", _) => format!("another record holds this {field} already"),
        ("ID_ALREADY_CONVERTED" | "CONVERTED_RECORD", _) => {
            "the lead is converted in Zoho and takes no changes any more; its contact does"
                .to_owned()
        }
        ("AMBIGUITY_DURING_PROCESSING", _) => {
            "several records fit, and Zoho does not choose".to_owned()
        }
        ("NO_PERMISSION", _) => {
            let lacking: Vec<String> = details["permissions"]
                .as_array()
                .into_iter()
                .flatten()
                .map(text_of)
                .collect();
            let which = if lacking.is_empty() {
                String::new()
            } else {
                format!(": {}", lacking.join(", "))
            };
            format!("the user who is signed in lacks a permission in Zoho{which}")
        }
        ("INVALID_TOKEN" | "AUTHENTICATION_FAILURE", _) => format!(
            "{} (expired, taken back, or the account lives in another data centre: see --data-center)",
            or_code(message, problem)
        ),
        ("INVALID_QUERY" | "SYNTAX_ERROR", _) => {
            let reason = details["reason"].as_str().unwrap_or_default();
            shortened(&format!("{} {field} {reason}", or_code(message, problem)))
        }
        _ => shortened(&or_code(message, problem)),
    }
}

fn or_code(message: &str, problem: &Problem) -> String {
    if message.is_empty() {
        format!("Zoho answered {}", problem.code)
    } else {
        message.to_owned()
    }
}

fn named(rule: &Value) -> Option<String> {
    let text = rule["name"]
        .as_str()
        .map_or_else(|| text_of(rule), str::to_owned);
    (!text.is_empty()).then_some(text)
}

fn shortened(message: &str) -> String {
    message.trim().chars().take(500).collect()
}

/// The records a refusal names: one that holds a unique value, several that fit.
fn candidates(details: &Value) -> Vec<RemoteId> {
    let single = [&details["duplicate_record"], details];
    let several = details["ambiguity_due_to"].as_array();
    let mut ids: Vec<RemoteId> = single
        .into_iter()
        .chain(several.into_iter().flatten())
        .map(text_of)
        .filter(|id| is_id(id))
        .collect();
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    ids
}

/// The scope a refused address needs: the answer does not name it.
fn scope_of(path: &str) -> &'static str {
    let rest = path.strip_prefix("/crm/v8/").unwrap_or(path);
    match rest.split(['/', '?']).next().unwrap_or_default() {
        "coql" => "ZohoCRM.coql.READ",
        "settings" => "ZohoCRM.settings.ALL",
        "users" => "ZohoCRM.users.READ",
        "org" => "ZohoCRM.org.READ",
        _ => "ZohoCRM.modules.ALL",
    }
}

/// What a refused request means as a whole.
pub(super) fn call_error(status: u16, path: &str, body: &Value, call: CallTrace) -> CallError {
    let problem = first(body).unwrap_or_else(|| Problem {
        code: format!("HTTP_{status}"),
        message: match body {
            Value::String(text) if !text.trim().is_empty() => shortened(text),
            _ => format!("Zoho answered HTTP {status}"),
        },
        details: Value::Null,
    });
    let mut failure = failure_of(&problem);
    if problem.code == "OAUTH_SCOPE_MISMATCH" {
        failure.message = format!(
            "the sign-in lacks the scope {}: sign in again to grant it",
            scope_of(path)
        );
    }
    let kind = match failure.category {
        Category::Connection => CallErrorKind::NotAllowed(failure),
        _ if status == 401 => CallErrorKind::SignIn(Failure {
            category: Category::Authentication,
            ..failure
        }),
        Category::Authentication => CallErrorKind::SignIn(failure),
        _ if status == 403 => CallErrorKind::NotAllowed(Failure {
            category: Category::Connection,
            ..failure
        }),
        _ if status == 429 || status >= 500 => CallErrorKind::Unavailable {
            retry_after: None,
            message: format!("Zoho is busy: {}", failure.message),
        },
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

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
