//! Error bodies, exactly as the fact sheet's section 11 shows them.

use serde_json::{Map, Value, json};

use super::object_type::ObjectType;
use crate::sandbox::wire::Reply;

pub(super) const VALIDATION_ERROR: &str = "VALIDATION_ERROR";
pub(super) const OBJECT_NOT_FOUND: &str = "OBJECT_NOT_FOUND";
pub(super) const CONFLICT: &str = "CONFLICT";

#[derive(Clone, Debug)]
pub(super) struct ApiError {
    pub(super) status: u16,
    pub(super) category: &'static str,
    sub_category: Option<&'static str>,
    message: String,
    errors: Vec<Value>,
    context: Map<String, Value>,
}

/// A value HubSpot refuses.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) property: String,
    pub(super) code: String,
    pub(super) message: String,
}

impl ApiError {
    pub(super) fn new(
        status: u16,
        category: &'static str,
        message: impl Into<String>,
    ) -> Box<Self> {
        Box::new(Self {
            status,
            category,
            sub_category: None,
            message: message.into(),
            errors: Vec::new(),
            context: Map::new(),
        })
    }

    pub(super) fn validation(message: impl Into<String>) -> Box<Self> {
        Self::new(400, VALIDATION_ERROR, message)
    }

    pub(super) fn sub_category(mut self: Box<Self>, name: &'static str) -> Box<Self> {
        self.sub_category = Some(name);
        self
    }

    pub(super) fn context(mut self: Box<Self>, name: &str, values: Value) -> Box<Self> {
        self.context.insert(name.to_owned(), values);
        self
    }

    pub(super) fn detail(mut self: Box<Self>, detail: Value) -> Box<Self> {
        self.errors.push(detail);
        self
    }

    /// `Property values were not valid: […]` with JSON inside the text, as HubSpot does it.
    pub(super) fn properties(problems: &[Problem], portal_id: u64) -> Box<Self> {
        let embedded: Vec<Value> = problems
            .iter()
            .map(|problem| {
                json!({
                    "isValid": false,
                    "message": problem.message,
                    "error": problem.code,
                    "name": problem.property,
                    "localizedErrorMessage": problem.message,
                    "portalId": portal_id,
                })
            })
            .collect();
        let message = format!("Property values were not valid: {}", Value::from(embedded));
        let mut error = Self::validation(message);
        error.errors = problems
            .iter()
            .map(|problem| {
                json!({
                    "message": problem.message,
                    "code": problem.code,
                    "context": {"propertyName": [problem.property]},
                })
            })
            .collect();
        error
    }

    pub(super) fn contact_exists(existing: u64) -> Box<Self> {
        Self::new(
            409,
            CONFLICT,
            format!("Contact already exists. Existing ID: {existing}"),
        )
    }

    pub(super) fn missing_records(kind: ObjectType, ids: &[String]) -> Box<Self> {
        let message = format!(
            "Could not get some {} objects, they may be deleted or not exist. Check that ids are valid.",
            kind.upper()
        );
        Self::new(404, OBJECT_NOT_FOUND, message).context("ids", json!(ids))
    }

    pub(super) fn no_such_record() -> Box<Self> {
        Self::new(
            404,
            OBJECT_NOT_FOUND,
            "Object not found.  objectId are usually numeric.",
        )
    }

    pub(super) fn no_such_resource() -> Box<Self> {
        Self::new(404, "", "resource not found")
    }

    pub(super) fn duplicate_ids(ids: &[String]) -> Box<Self> {
        let message = format!(
            "Duplicate IDs found in batch input: [{}]. IDs must be unique",
            ids.join(", ")
        );
        Self::validation(message).context("ids", json!(ids))
    }

    pub(super) fn not_unique(kind: ObjectType, property: &str) -> Box<Self> {
        Self::validation(format!(
            "Unable to perform update/upsert by non-unique {} property {property}",
            kind.type_id()
        ))
    }

    pub(super) fn invalid_associations(kind: ObjectType, ids: &[String]) -> Box<Self> {
        let details = ids.iter().map(|id| {
            json!({
                "message": format!("{}={id} is not valid", kind.upper()),
                "code": "INVALID_OBJECT_IDS",
                "context": {"objectId": [id]},
            })
        });
        let mut error = Self::validation("One or more associations are invalid")
            .sub_category("crm.associations.INVALID_OBJECT_IDS");
        error.errors = details.collect();
        error
    }

    pub(super) fn bad_json(error: &serde_json::Error) -> Box<Self> {
        Self::validation(format!(
            "Invalid input JSON on line {}, column {}: Cannot deserialize the request body",
            error.line(),
            error.column()
        ))
    }

    /// A body that is JSON, but of another shape.
    pub(super) fn bad_shape(what: &str) -> Box<Self> {
        Self::validation(format!(
            "Invalid input JSON on line 1, column 1: Cannot deserialize {what}"
        ))
    }

    pub(super) fn no_credentials() -> Box<Self> {
        Self::new(
            401,
            "INVALID_AUTHENTICATION",
            "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can \
             find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        )
    }

    pub(super) fn expired_token(seconds_ago: u64, expired_at: &str) -> Box<Self> {
        let message =
            format!("The OAuth token used to make this call expired {seconds_ago} second(s) ago.");
        Self::new(401, "EXPIRED_AUTHENTICATION", message)
            .context("expire time", json!([expired_at]))
    }

    pub(super) fn missing_scope(scope: &str) -> Box<Self> {
        Self::new(
            403,
            "MISSING_SCOPES",
            "This app hasn't been granted all required scopes to make this call. Read more about required \
             scopes here: https://developers.hubspot.com/scopes.",
        )
        .detail(json!({
            "message": "One or more of the following scopes are required.",
            "context": {"requiredGranularScopes": [scope]},
        }))
    }

    fn members(&self) -> Map<String, Value> {
        let mut body = Map::new();
        body.insert("status".to_owned(), json!("error"));
        body.insert("message".to_owned(), json!(self.message));
        if !self.category.is_empty() {
            body.insert("category".to_owned(), json!(self.category));
        }
        if let Some(sub_category) = self.sub_category {
            body.insert("subCategory".to_owned(), json!(sub_category));
        }
        if self.category == "MISSING_SCOPES" {
            let links = json!({"scopes": "https://developers.hubspot.com/scopes"});
            body.insert("links".to_owned(), links);
        }
        body
    }

    /// The answer when the whole request fails.
    pub(super) fn to_reply(&self, correlation_id: &str) -> Reply {
        let mut body = self.members();
        body.insert("correlationId".to_owned(), json!(correlation_id));
        if !self.errors.is_empty() {
            body.insert("errors".to_owned(), json!(self.errors));
        }
        if !self.context.is_empty() {
            body.insert("context".to_owned(), json!(self.context));
        }
        Reply::json(self.status, Value::Object(body))
    }

    /// The entry in `errors` of a batch answer; HubSpot's entries carry no `errors` of their own.
    pub(super) fn to_item(&self, trace_id: Option<&str>) -> Value {
        let mut context = self.context.clone();
        if let Some(trace_id) = trace_id {
            context.insert("objectWriteTraceId".to_owned(), json!([trace_id]));
        }
        let mut body = self.members();
        body.insert("context".to_owned(), Value::Object(context));
        Value::Object(body)
    }
}

/// The answer to a request over a limit; the policy is HubSpot's name for it.
pub(super) fn rate_limit(policy: &str, correlation_id: &str, request_id: &str) -> Reply {
    let mut body = json!({
        "status": "error",
        "message": format!("You have reached your {} limit.", policy.to_lowercase()),
        "errorType": "RATE_LIMIT",
        "correlationId": correlation_id,
        "policyName": policy,
    });
    if policy == "SECONDLY" {
        body["groupName"] = json!("publicapi:crm:search");
    } else {
        body["requestId"] = json!(request_id);
    }
    Reply {
        limited: true,
        ..Reply::json(429, body)
    }
}
