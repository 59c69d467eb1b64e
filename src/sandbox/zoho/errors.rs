//! Errors in Zoho's one shape (fact sheet, section 8), for a whole call and for one row of many.

use serde_json::{Map, Value, json};

use crate::sandbox::wire::Reply;

#[derive(Clone, Debug)]
pub(super) struct ApiError {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) details: Value,
    /// Refused for the sake of a limit.
    pub(super) limited: bool,
}

impl ApiError {
    pub(super) fn new(
        status: u16,
        code: &str,
        message: impl Into<String>,
        details: Value,
    ) -> Box<Self> {
        Box::new(Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            details,
            limited: false,
        })
    }

    fn plain(status: u16, code: &str, message: &str) -> Box<Self> {
        Self::new(status, code, message, Value::Object(Map::new()))
    }

    pub(super) fn invalid_token() -> Box<Self> {
        Self::plain(401, "INVALID_TOKEN", "invalid oauth token")
    }

    pub(super) fn authentication_failure() -> Box<Self> {
        Self::plain(401, "AUTHENTICATION_FAILURE", "Authentication failed")
    }

    pub(super) fn scope_mismatch() -> Box<Self> {
        let text = "invalid oauth scope to access this URL";
        Self::plain(401, "OAUTH_SCOPE_MISMATCH", text)
    }

    pub(super) fn no_permission(permission: &str) -> Box<Self> {
        let details = json!({"permissions": [permission]});
        Self::new(403, "NO_PERMISSION", "Permission denied", details)
    }

    pub(super) fn invalid_module(path_index: usize) -> Box<Self> {
        let details = json!({"resource_path_index": path_index});
        let text = "the module name given seems to be invalid";
        Self::new(400, "INVALID_MODULE", text, details)
    }

    pub(super) fn invalid_url() -> Box<Self> {
        let text = "Please check if the URL trying to access is a correct one";
        Self::plain(404, "INVALID_URL_PATTERN", text)
    }

    /// From memory: the sheet names no answer for a wrong method.
    pub(super) fn invalid_method() -> Box<Self> {
        let text = "The http request method type is not a valid one";
        Self::plain(400, "INVALID_REQUEST_METHOD", text)
    }

    pub(super) fn parameter_missing(name: &str) -> Box<Self> {
        let details = json!({"param_name": name});
        let text = "One of the expected parameter is missing";
        Self::new(400, "REQUIRED_PARAM_MISSING", text, details)
    }

    /// Only the code is documented.
    pub(super) fn limit_exceeded(message: &str, details: Value) -> Box<Self> {
        Self::new(400, "LIMIT_EXCEEDED", message, details)
    }

    pub(super) fn internal(status: u16) -> Box<Self> {
        Self::plain(status, "INTERNAL_ERROR", "Internal server error occurred.")
    }

    pub(super) fn too_many_requests(message: &str) -> Box<Self> {
        let mut error = Self::plain(429, "TOO_MANY_REQUESTS", message);
        error.limited = true;
        error
    }

    pub(super) fn mandatory(name: &str, path: &str) -> Box<Self> {
        let details = json!({"api_name": name, "json_path": path});
        let text = "required field not found";
        Self::new(400, "MANDATORY_NOT_FOUND", text, details)
    }

    /// A value that is not what it should be; `facts` say what was expected.
    pub(super) fn invalid_data(name: &str, path: &str, facts: Value) -> Box<Self> {
        let mut details = json!({"api_name": name, "json_path": path});
        if let (Some(details), Value::Object(facts)) = (details.as_object_mut(), facts) {
            details.extend(facts);
        }
        Self::new(400, "INVALID_DATA", "invalid data", details)
    }

    pub(super) fn wrong_type(name: &str, path: &str, expected: &str) -> Box<Self> {
        Self::invalid_data(name, path, json!({"expected_data_type": expected}))
    }

    pub(super) fn unsupported_value(name: &str, path: &str, supported: &[String]) -> Box<Self> {
        Self::invalid_data(name, path, json!({"supported_values": supported}))
    }

    /// An id in a row that belongs to no record. The text is from memory.
    pub(super) fn invalid_id(name: &str, path: &str) -> Box<Self> {
        let mut error = Self::invalid_data(name, path, json!({}));
        error.message = "the id given seems to be invalid".to_owned();
        error
    }

    /// An id in the path that belongs to no record.
    pub(super) fn invalid_path_id(path_index: usize) -> Box<Self> {
        let details = json!({"resource_path_index": path_index});
        let text = "the related id given seems to be invalid";
        Self::new(400, "INVALID_DATA", text, details)
    }

    /// All that is wrong with one row.
    pub(super) fn join(mut errors: Vec<Self>) -> Option<Box<Self>> {
        if errors.len() < 2 {
            return errors.pop().map(Box::new);
        }
        let status = errors[0].status;
        let items: Vec<Value> = errors.iter().map(Self::to_item).collect();
        Some(Self::new(
            status,
            "MULTIPLE_OR_MULTI_ERRORS",
            "Multiple errors in the request",
            json!({"errors": items}),
        ))
    }

    /// The entry of one row.
    pub(super) fn to_item(&self) -> Value {
        json!({
            "code": self.code,
            "details": self.details,
            "message": self.message,
            "status": "error",
        })
    }

    /// The answer when the whole call fails.
    pub(super) fn to_reply(&self, old_wording: bool) -> Reply {
        let body = if self.status == 429 && old_wording {
            json!({
                "code": 429,
                "error": "TOO_MANY_REQUESTS",
                "error_info": "Many requests fired than the allowed limit for the past 24 hours.",
                "details": [],
            })
        } else {
            self.to_item()
        };
        let mut reply = Reply::json(self.status, body);
        reply.limited = self.limited;
        reply
    }
}
