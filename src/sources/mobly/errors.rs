//! Mobly's refusals in our words: `{"status", "error"}`, no code and no field (Mobly REST API v0, error envelope).

use serde_json::Value;

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::vendors::{CallError, CallErrorKind, CallTrace};

/// A refusal of a whole request.
pub(super) fn call_error(status: u16, body: &Value, call: CallTrace) -> CallError {
    let message = message(status, body);
    let failure = |category| Failure::new(category, message.clone()).with_code(status.to_string());
    let kind = match status {
        401 | 403 if !body.is_string() => CallErrorKind::SignIn(failure(Category::Authentication)),
        401 => CallErrorKind::SignIn(failure(Category::Authentication)),
        402 | 403 => CallErrorKind::NotAllowed(failure(Category::Connection)),
        500..=599 => CallErrorKind::Unavailable {
            retry_after: None,
            message,
        },
        400 | 404 | 409 | 422 => CallErrorKind::Refused {
            failure: failure(Category::Unexpected),
            guilty: Vec::new(),
        },
        _ => CallErrorKind::NotAllowed(failure(Category::Unexpected)),
    };
    CallError {
        kind,
        call: Some(Box::new(call)),
    }
}

fn message(status: u16, body: &Value) -> String {
    const SHOWN: usize = 300;
    let told = body["error"]
        .as_str()
        .or_else(|| body["error"]["message"].as_str())
        .or_else(|| body["message"].as_str())
        .unwrap_or_default()
        .trim();
    let told: String = told.chars().take(SHOWN).collect();
    match (status, told.as_str()) {
        (401, _) => "Mobly got no API key it knows (HTTP 401)".to_owned(),
        (403, _) => "Mobly does not accept the API key (HTTP 403)".to_owned(),
        (_, "") => format!("Mobly refused the request (HTTP {status})"),
        (_, told) => format!("Mobly refused the request: {told} (HTTP {status})"),
    }
}
