//! Salesforce's refusals: from bodies to categories, and what they blame.
//!
//! One parser for all shapes (REST API guide, "Status codes and error responses"): single calls answer with a list of
//! `{message, errorCode, fields}`, Collections with `errors: [{statusCode, message, fields}]`, Composite with the first shape
//! inside `body`, OAuth with `{error, error_description}`, the edge with pages or plain text. Messages are translated into
//! the user's language, so only codes decide; words are read only for a value worth showing.

use serde_json::Value;

use super::api::{is_id, text_of};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::vendors::{CallError, CallErrorKind, CallTrace, Guilty, RemoteId};

/// One refusal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) fields: Vec<String>,
    /// What a duplicate rule found, where the answer tells it.
    pub(super) duplicates: Option<Value>,
}

impl Problem {
    fn of(entry: &Value) -> Option<Self> {
        let text = |key: &str| entry[key].as_str().map(str::to_owned);
        let code = text("errorCode")
            .or_else(|| text("statusCode"))
            .or_else(|| text("error"))?;
        let duplicates = &entry["duplicateResult"];
        Some(Self {
            code,
            message: text("message")
                .or_else(|| text("error_description"))
                .unwrap_or_default(),
            fields: entry["fields"]
                .as_array()
                .into_iter()
                .flatten()
                .map(text_of)
                .filter(|field| !field.is_empty())
                .collect(),
            duplicates: duplicates.is_object().then(|| duplicates.clone()),
        })
    }
}

/// Every refusal a body (or a row's `errors`) tells.
pub(super) fn problems(body: &Value) -> Vec<Problem> {
    match body {
        Value::Array(entries) => entries.iter().filter_map(Problem::of).collect(),
        Value::Object(_) if body["errors"].is_array() => problems(&body["errors"]),
        other => Problem::of(other).into_iter().collect(),
    }
}

/// The refusal that counts: the first.
pub(super) fn first(body: &Value) -> Option<Problem> {
    problems(body).into_iter().next()
}

/// Refusals of a session that a new token does not mend.
pub(super) fn is_final(text: &str) -> bool {
    [
        "Connected app is not attached to Agent",
        "This session is not valid for use with the REST API",
        "INVALID_AUTH_HEADER",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// The table of error categories, Salesforce's column. What starts with the word before a `*` belongs to it too.
const TABLE: &[(&str, Category)] = &[
    ("INVALID_SESSION_ID", Category::Authentication),
    ("INVALID_AUTH_HEADER", Category::Authentication),
    ("INVALID_LOGIN", Category::Authentication),
    ("invalid_grant", Category::Authentication),
    ("invalid_client*", Category::Authentication),
    ("inactive_user", Category::Authentication),
    ("INSUFFICIENT_ACCESS*", Category::Connection),
    ("API_DISABLED_FOR_ORG", Category::Connection),
    ("API_CURRENTLY_DISABLED", Category::Connection),
    (
        "INVALID_TYPE_ON_FIELD_IN_RECORD",
        Category::DataFormatValidation,
    ),
    ("INVALID_TYPE*", Category::Connection),
    ("INVALID_FIELD*", Category::MissingRemoteField),
    (
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        Category::DataValueValidation,
    ),
    // A state or country that is not on the org's list, and an owner who may not own.
    ("FIELD_INTEGRITY_EXCEPTION", Category::DataValueValidation),
    ("INACTIVE_OWNER_OR_USER", Category::DataValueValidation),
    ("INVALID_CROSS_REFERENCE_KEY", Category::DataValueValidation),
    (
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        Category::ValidationRule,
    ),
    (
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        Category::AutomationError,
    ),
    ("CANNOT_EXECUTE_FLOW_TRIGGER", Category::AutomationError),
    ("APEX_ERROR", Category::AutomationError),
    ("INVALID_EMAIL_ADDRESS", Category::DataFormatValidation),
    ("JSON_PARSER_ERROR", Category::DataFormatValidation),
    ("MALFORMED_ID", Category::DataFormatValidation),
    ("NUMBER_OUTSIDE_VALID_RANGE", Category::DataFormatValidation),
    ("STRING_TOO_LONG", Category::DataTooLong),
    ("REQUIRED_FIELD_MISSING", Category::RequiredFieldMissing),
    ("DUPLICATES_DETECTED", Category::DuplicateRecord),
    ("DUPLICATE_VALUE", Category::DuplicateRecord),
    ("DUPLICATE_EXTERNAL_ID", Category::AmbiguousMatch),
    ("MULTIPLE_CHOICES", Category::AmbiguousMatch),
    ("REQUEST_LIMIT_EXCEEDED", Category::RateLimited),
];

/// The category of a code.
pub(super) fn category_of(code: &str) -> Category {
    TABLE
        .iter()
        .find(|(known, _)| match known.strip_suffix('*') {
            Some(start) => code.starts_with(start),
            None => *known == code,
        })
        .map_or(Category::Unexpected, |(_, category)| *category)
}

/// Codes that say "not now", whatever was asked.
pub(super) fn is_passing(code: &str) -> bool {
    matches!(
        code,
        "UNABLE_TO_LOCK_ROW" | "QUERY_TIMEOUT" | "SERVER_UNAVAILABLE" | "REQUEST_RUNNING_TOO_LONG"
    )
}

/// What a person reads, and what the board groups by.
pub(super) fn failure_of(problem: &Problem) -> Failure {
    let category = category_of(&problem.code);
    let field = problem
        .fields
        .first()
        .cloned()
        .or_else(|| named_field(problem));
    let mut failure =
        Failure::new(category, sentence(problem, category)).with_code(problem.code.clone());
    failure.value = refused_value(problem);
    failure.field = field;
    if let Some(found) = &problem.duplicates {
        failure.candidates = candidates(found)
            .into_iter()
            .map(|found| found.id)
            .collect();
    }
    failure
}

fn sentence(problem: &Problem, category: Category) -> String {
    let message = problem.message.trim();
    match (problem.code.as_str(), category) {
        // The query is quoted with a pointer into it; the last lines name the column.
        ("INVALID_FIELD", _) => {
            let start = message.find("No such column").unwrap_or_default();
            message[start..]
                .split_once(" If you are attempting")
                .map_or(&message[start..], |(head, _)| head)
                .to_owned()
        }
        ("DUPLICATES_DETECTED", _) => duplicate_sentence(problem),
        (_, Category::AutomationError) => shortened(&format!(
            "automation in the org failed: {}",
            message.replace("\n\n", " ").replace('\n', " ")
        )),
        ("API_DISABLED_FOR_ORG", _) => {
            format!("{message} The edition, or the user's profile, does not have the REST API")
        }
        _ if message.is_empty() => format!("Salesforce answered {}", problem.code),
        // "insufficient access rights on object id", "entity type Lead does not support create".
        ("INSUFFICIENT_ACCESS_OR_READONLY" | "INVALID_TYPE_FOR_OPERATION", _) => shortened(
            &format!("the user who is signed in lacks a permission: {message}"),
        ),
        // An admin's own words, and everybody else's, as they are.
        _ => shortened(message),
    }
}

fn duplicate_sentence(problem: &Problem) -> String {
    let message = problem.message.trim();
    match &problem.duplicates {
        Some(found) => {
            let rule = found["duplicateRule"]
                .as_str()
                .unwrap_or("a duplicate rule");
            let blocked = found["allowSave"].as_bool() == Some(false);
            let way_out = if blocked {
                "it forbids saving"
            } else {
                "connect with --duplicates allow to save all the same"
            };
            format!("{rule} found a duplicate ({message}); {way_out}")
        }
        None => format!(
            "a duplicate rule of the org found a duplicate ({message}); which record it is was not told: look it up in \
             Salesforce, then adopt it"
        ),
    }
}

fn shortened(message: &str) -> String {
    message.chars().take(500).collect()
}

/// `No such column 'foo__c' on entity 'Lead'`, `Unable to create/update fields: Name, X.`
fn named_field(problem: &Problem) -> Option<String> {
    let message = &problem.message;
    let after = |marker: &str| message.split_once(marker).map(|(_, rest)| rest);
    let name = match problem.code.as_str() {
        "INVALID_FIELD" => after("No such column '")?.split('\'').next()?,
        "INVALID_FIELD_FOR_INSERT_UPDATE" => after("fields: ")?.split([',', '.', ' ']).next()?,
        "REQUIRED_FIELD_MISSING" => after("[")?.split([',', ']']).next()?,
        "DUPLICATE_VALUE" => after("duplicate value found: ")?.split(' ').next()?,
        _ => return None,
    };
    let plausible = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
    plausible.then(|| name.to_owned())
}

/// The value a message quotes, where the language of the message lets us see it.
fn refused_value(problem: &Problem) -> Option<String> {
    let after = |marker: &str| problem.message.split_once(marker).map(|(_, rest)| rest);
    let value = match problem.code.as_str() {
        "STRING_TOO_LONG" => after("data value too large: ")?
            .rsplit_once(" (max length")
            .map(|(value, _)| value)?,
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" => {
            after("bad value for restricted picklist field: ")?
        }
        "INVALID_EMAIL_ADDRESS" => after("invalid email address: ")?,
        "JSON_PARSER_ERROR" => after("VALUE_STRING value ")?
            .split_once(" or request may")
            .map(|(value, _)| value)?,
        _ => return None,
    };
    Some(value.trim().chars().take(500).collect::<String>()).filter(|value| !value.is_empty())
}

/// A record a duplicate rule found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) id: RemoteId,
    pub(super) sobject: String,
    /// All its fields, where the request asked for them.
    pub(super) record: Value,
    pub(super) fuzzy: bool,
}

/// The records a duplicate rule found (REST API guide, "duplicateResult").
pub(super) fn candidates(result: &Value) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for rule in result["matchResults"].as_array().into_iter().flatten() {
        let engine = rule["matchEngine"].as_str().unwrap_or("FuzzyMatchEngine");
        for entry in rule["matchRecords"].as_array().into_iter().flatten() {
            let record = &entry["record"];
            let id = text_of(&record["Id"]);
            if !is_id(&id) || found.iter().any(|known| known.id == id) {
                continue;
            }
            let sobject = record["attributes"]["type"]
                .as_str()
                .or(rule["entityType"].as_str())
                .unwrap_or_default();
            found.push(Candidate {
                id,
                sobject: sobject.to_owned(),
                record: record.clone(),
                fuzzy: engine != "ExactMatchEngine",
            });
        }
    }
    found
}

/// `duplicate value found: Mobly_Id__c duplicates value on record with id: 003xx`.
pub(super) fn holder_of_value(problem: &Problem) -> Option<RemoteId> {
    let id: String = problem
        .message
        .rsplit(':')
        .next()?
        .trim()
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    (problem.code == "DUPLICATE_VALUE" && is_id(&id)).then_some(id)
}

/// The problem of a body that may hold none: then the body itself, shortened.
fn problem_or_text(status: u16, body: &Value) -> Problem {
    first(body).unwrap_or_else(|| {
        let code = match status {
            300 => "MULTIPLE_CHOICES".to_owned(),
            _ => format!("HTTP_{status}"),
        };
        let message = match (status, body) {
            (300, _) => "several records hold this external id, so nothing was written".to_owned(),
            (_, Value::String(text)) if !text.trim().is_empty() => shortened(text.trim()),
            _ => format!("Salesforce answered HTTP {status}"),
        };
        Problem {
            code,
            message,
            fields: Vec::new(),
            duplicates: None,
        }
    })
}

/// What a refused request means as a whole.
pub(super) fn call_error(status: u16, body: &Value, call: CallTrace) -> CallError {
    let problem = problem_or_text(status, body);
    let mut failure = failure_of(&problem);
    if status == 300 {
        failure.candidates = listed_ids(body);
    }
    let kind = match failure.category {
        Category::Authentication => CallErrorKind::SignIn(failure),
        _ if status == 401 => CallErrorKind::SignIn(Failure {
            category: Category::Authentication,
            ..failure
        }),
        _ if is_passing(&problem.code)
            || status >= 500
            || problem.code == "REQUEST_LIMIT_EXCEEDED" =>
        {
            CallErrorKind::Unavailable {
                retry_after: None,
                message: format!("Salesforce is busy: {} {}", problem.code, failure.message),
            }
        }
        Category::Connection => CallErrorKind::NotAllowed(failure),
        _ if status == 403 => CallErrorKind::NotAllowed(Failure {
            category: Category::Connection,
            ..failure
        }),
        _ => CallErrorKind::Refused {
            guilty: problems(body).iter().filter_map(guilty).collect(),
            failure,
        },
    };
    CallError {
        kind,
        call: Some(Box::new(call)),
    }
}

fn guilty(problem: &Problem) -> Option<Guilty> {
    let failure = failure_of(problem);
    match (&failure.field, &failure.value) {
        (Some(field), _) if failure.category == Category::MissingRemoteField => {
            Some(Guilty::Field {
                field: field.clone(),
                failure,
            })
        }
        (field, Some(value)) => Some(Guilty::Value {
            field: field.clone(),
            value: value.clone(),
            failure,
        }),
        _ => None,
    }
}

/// HTTP 300 lists the addresses of the records.
fn listed_ids(body: &Value) -> Vec<RemoteId> {
    body.as_array()
        .into_iter()
        .flatten()
        .filter_map(|address| address.as_str()?.rsplit('/').next().map(str::to_owned))
        .filter(|id| is_id(id))
        .collect()
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
