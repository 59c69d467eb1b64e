//! Errors as Marketo gives them (fact sheet, section 9): for a whole call in an envelope with HTTP 200, for one
//! row among its `reasons`. Codes are strings.

use serde_json::{Value, json};

/// An error of a whole call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ApiError {
    pub(super) status: u16,
    /// `None`: the HTTP status says it all.
    pub(super) code: Option<u16>,
    pub(super) message: String,
}

impl ApiError {
    pub(super) fn new(code: u16, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            status: 200,
            code: Some(code),
            message: message.into(),
        })
    }

    /// What the web server before the API says by itself.
    pub(super) fn http(status: u16, message: &str) -> Box<Self> {
        Box::new(Self {
            status,
            code: None,
            message: message.to_owned(),
        })
    }

    /// No longer in the tables, but still what a call without a token gets (knowledge base article 28813).
    pub(super) fn empty_token() -> Box<Self> {
        Self::new(600, "Empty access token")
    }

    pub(super) fn invalid_token() -> Box<Self> {
        Self::new(601, "Access token invalid")
    }

    pub(super) fn expired_token() -> Box<Self> {
        Self::new(602, "Access token expired")
    }

    pub(super) fn access_denied() -> Box<Self> {
        Self::new(603, "Access denied")
    }

    pub(super) fn method_not_supported(method: &str) -> Box<Self> {
        Self::new(605, format!("HTTP Method '{method}' not supported"))
    }

    pub(super) fn rate(limit: usize, seconds: u64) -> Box<Self> {
        let text = format!("Max rate limit '{limit}' exceeded with in '{seconds}' secs");
        Self::new(606, text)
    }

    pub(super) fn daily_quota() -> Box<Self> {
        Self::new(607, "Daily quota reached")
    }

    pub(super) fn concurrency(limit: usize) -> Box<Self> {
        Self::new(615, format!("Concurrent access limit '{limit}' reached"))
    }

    pub(super) fn invalid_json() -> Box<Self> {
        Self::new(609, "Invalid JSON")
    }

    pub(super) fn content_type() -> Box<Self> {
        Self::new(612, "Invalid Content Type")
    }

    pub(super) fn resource_not_found(status: u16) -> Box<Self> {
        let mut error = Self::new(610, "Requested resource not found");
        error.status = status;
        error
    }

    pub(super) fn missing(parameter: &str) -> Box<Self> {
        Self::new(
            1002,
            format!("Missing value for the required parameter '{parameter}'"),
        )
    }

    /// Only the code is documented for most of what it is used for.
    pub(super) fn invalid_data(message: impl Into<String>) -> Box<Self> {
        Self::new(1003, message)
    }

    pub(super) fn not_found(what: &str) -> Box<Self> {
        Self::new(1013, format!("{what} not found"))
    }

    pub(super) fn is_limit(&self) -> bool {
        matches!(self.code, Some(606 | 607 | 615))
    }

    /// Calls with these codes cost nothing: "An API call that returns this response code is not counted
    /// against your daily quota, or your rate limit".
    pub(super) fn is_free(code: u16) -> bool {
        matches!(code, 600..=602 | 604 | 605 | 608 | 611)
    }

    pub(super) fn envelope(&self, request_id: &str) -> Value {
        let code = self.code.unwrap_or(self.status).to_string();
        json!({
            "requestId": request_id,
            "success": false,
            "errors": [{"code": code, "message": self.message}],
        })
    }
}

/// Why one row was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    pub(super) code: u16,
    pub(super) message: String,
}

impl Reason {
    pub(super) fn new(code: u16, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    pub(super) fn wrong_type(value: &str, wanted: &str) -> Self {
        Self::new(
            1001,
            format!("Invalid value '{value}'. Required of type '{wanted}'"),
        )
    }

    pub(super) fn missing(name: &str) -> Self {
        let text = format!("Missing value for the required parameter '{name}'");
        Self::new(1002, text)
    }

    pub(super) fn invalid_value(field: &str) -> Self {
        Self::new(1003, format!("Invalid value for field '{field}'"))
    }

    pub(super) fn lead_not_found() -> Self {
        Self::new(1004, "Lead not found")
    }

    pub(super) fn field_not_found(name: &str) -> Self {
        Self::new(1006, format!("Field '{name}' not found"))
    }

    pub(super) fn to_json(&self) -> Value {
        json!({"code": self.code.to_string(), "message": self.message})
    }

    /// The row of an answer.
    pub(super) fn skipped(&self) -> Value {
        json!({"status": "skipped", "reasons": [self.to_json()]})
    }
}
