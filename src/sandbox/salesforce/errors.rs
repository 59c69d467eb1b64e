//! Errors in Salesforce's two shapes (fact sheet, section 12): `errorCode` when a request fails, `statusCode`
//! for one record of many.

use serde_json::{Value, json};

use crate::sandbox::wire::Reply;

/// Stands in place of a code for pages of the edge servers, which answer HTML.
pub(super) const EDGE: &str = "";

#[derive(Clone, Debug)]
pub(super) struct ApiError {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
    /// `None`: the member is absent.
    pub(super) fields: Option<Vec<String>>,
    pub(super) duplicate_result: Option<Value>,
    /// The whole request fails, not one record of it.
    pub(super) refuses_request: bool,
    /// Refused for the sake of a limit.
    pub(super) limited: bool,
}

impl ApiError {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            status,
            code,
            message: message.into(),
            fields: None,
            duplicate_result: None,
            refuses_request: false,
            limited: false,
        })
    }

    /// What a save refuses a record for: 400 and a list of fields, which may be empty.
    pub(super) fn save(
        code: &'static str,
        message: impl Into<String>,
        fields: &[&str],
    ) -> Box<Self> {
        let mut error = Self::new(400, code, message);
        error.fields = Some(fields.iter().map(|field| (*field).to_owned()).collect());
        error
    }

    pub(super) fn session() -> Box<Self> {
        Self::new(401, "INVALID_SESSION_ID", "Session expired or invalid")
    }

    pub(super) fn auth_header() -> Box<Self> {
        Self::new(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE")
    }

    pub(super) fn not_found() -> Box<Self> {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    pub(super) fn method_not_allowed(method: &str, allowed: &str) -> Box<Self> {
        let text = format!("HTTP Method '{method}' not allowed. Allowed are {allowed}");
        Self::new(405, "METHOD_NOT_ALLOWED", text)
    }

    pub(super) fn deleted() -> Box<Self> {
        Self::new(404, "ENTITY_IS_DELETED", "entity is deleted")
    }

    pub(super) fn invalid_type(name: &str) -> Box<Self> {
        let text = format!("sObject type '{name}' is not supported.");
        Self::new(400, "INVALID_TYPE", text)
    }

    pub(super) fn no_such_column(field: &str, object: &str) -> Box<Self> {
        let text = format!("No such column '{field}' on sobject of type {object}");
        let mut error = Self::new(400, "INVALID_FIELD", text);
        error.fields = None;
        error
    }

    pub(super) fn cross_reference() -> Box<Self> {
        Self::save(
            "INVALID_CROSS_REFERENCE_KEY",
            "invalid cross reference id",
            &[],
        )
    }

    pub(super) fn malformed_query(message: impl Into<String>) -> Box<Self> {
        Self::new(400, "MALFORMED_QUERY", message)
    }

    /// The body cannot be read as what it should be: nothing of the request takes effect.
    pub(super) fn json_parser(message: impl Into<String>) -> Box<Self> {
        let mut error = Self::new(400, "JSON_PARSER_ERROR", message);
        error.refuses_request = true;
        error
    }

    /// A request of the wrong form. Made up: the sheet names only the status.
    pub(super) fn bad_input(message: impl Into<String>) -> Box<Self> {
        let mut error = Self::new(400, "INVALID_INPUT", message);
        error.refuses_request = true;
        error
    }

    pub(super) fn request_limit(message: &str) -> Box<Self> {
        let mut error = Self::new(403, "REQUEST_LIMIT_EXCEEDED", message);
        error.limited = true;
        error
    }

    pub(super) fn locked(parent: &str) -> Box<Self> {
        let text =
            format!("unable to obtain exclusive access to this record or 1 records: {parent}");
        Self::save("UNABLE_TO_LOCK_ROW", text, &[])
    }

    /// The answer when a single call fails.
    pub(super) fn to_reply(&self) -> Reply {
        if self.code == EDGE {
            let (status, text) = (self.status, &self.message);
            return Reply::html(
                status,
                format!(
                    "<html><head><title>{status} {text}</title></head><body><h1>{text}</h1></body></html>\n"
                ),
            );
        }
        let mut body = json!({"message": self.message, "errorCode": self.code});
        if let Some(fields) = &self.fields {
            body["fields"] = json!(fields);
        }
        if let Some(result) = &self.duplicate_result {
            body["duplicateResult"] = result.clone();
        }
        let mut reply = Reply::json(self.status, json!([body]));
        reply.limited = self.limited;
        reply
    }

    /// The entry in `errors` of one record's result.
    pub(super) fn to_item(&self) -> Value {
        json!({
            "statusCode": self.code,
            "message": self.message,
            "fields": self.fields.clone().unwrap_or_default(),
        })
    }

    /// `CODE:text:fields--`, as the results of bulk jobs say it.
    pub(super) fn to_bulk(&self) -> String {
        let fields = self.fields.clone().unwrap_or_default().join(" ");
        format!("{}:{}:{fields}--", self.code, self.message)
    }
}
