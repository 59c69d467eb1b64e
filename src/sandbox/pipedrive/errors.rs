//! Refusals in Pipedrive's forms (fact sheet, section 9). Version 1 and version 2 differ.

use serde_json::{Value, json};

use crate::sandbox::wire::Reply;

const INFORMATION: &str = "Please check developers.pipedrive.com";

/// Version 1's form.
pub(super) fn plain(status: u16, error: &str, information: &str) -> Box<Reply> {
    Box::new(Reply::json(
        status,
        json!({
            "success": false,
            "error": error,
            "error_info": information,
            "data": null,
            "additional_data": null,
        }),
    ))
}

pub(super) fn bad_request(error: &str) -> Box<Reply> {
    plain(400, error, INFORMATION)
}

/// Version 2's form.
pub(super) fn coded(status: u16, error: &str, code: &str) -> Box<Reply> {
    let body = json!({"success": false, "error": error, "code": code});
    Box::new(Reply::json(status, body))
}

/// All that is wrong with a request, each as `name: text`.
pub(super) fn validation(problems: &[String]) -> Box<Reply> {
    let text = format!("Validation failed: {}", problems.join("; "));
    coded(400, &text, "ERR_SCHEMA_VALIDATION_FAILED")
}

pub(super) fn invalid(name: &str, text: &str) -> Box<Reply> {
    validation(&[problem(name, text)])
}

pub(super) fn problem(name: &str, text: &str) -> String {
    format!("{name}: {text}")
}

/// The text of a key that does not belong there.
pub(super) fn not_allowed(path: &str, name: &str) -> String {
    problem(
        path,
        &format!("Parameter '{name}' is not allowed for this request"),
    )
}

pub(super) fn unauthorized() -> Box<Reply> {
    Box::new(Reply::json(
        401,
        json!({
            "success": false,
            "error": "unauthorized access",
            "errorCode": 401,
            "error_info": INFORMATION,
        }),
    ))
}

/// From memory: the sheet only says that scopes are needed.
pub(super) fn scope_mismatch() -> Box<Reply> {
    Box::new(Reply::json(
        403,
        json!({
            "success": false,
            "error": "Scope and URL mismatch",
            "errorCode": 403,
            "error_info": INFORMATION,
        }),
    ))
}

/// The form is documented for plan limits; the text of others is made up.
pub(super) fn forbidden(error: &str, code: &str) -> Box<Reply> {
    let mut reply = plain(403, error, INFORMATION);
    if let crate::sandbox::wire::Body::Json(body) = &mut reply.body {
        body["code"] = Value::from(code);
    }
    reply
}

/// Version 1: documented for leads.
pub(super) fn not_found_first(kind: &str) -> Box<Reply> {
    let text = format!("requested {kind} not found");
    plain(404, &text, "Object was not found.")
}

/// Version 2's text and code are made up: nobody documented them.
pub(super) fn not_found_second(kind: &str) -> Box<Reply> {
    coded(404, &format!("The {kind} was not found"), "ERR_NOT_FOUND")
}

/// No such path, or one that is served no more.
pub(super) fn unavailable(status: u16) -> Box<Reply> {
    plain(status, "Requested service is not available", INFORMATION)
}

/// Only the status is documented.
pub(super) fn account_closed() -> Box<Reply> {
    plain(402, "Company account is not open", INFORMATION)
}

pub(super) fn too_many_requests() -> Box<Reply> {
    let body = json!({"success": false, "error": "Rate limit exceeded", "errorCode": 429});
    let mut reply = Reply::json(429, body);
    reply.limited = true;
    Box::new(reply)
}

/// What stands before the API shows to those who did not listen to it.
pub(super) fn blocked() -> Box<Reply> {
    let mut reply = Reply::html(
        403,
        "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>Access denied | Cloudflare</title></head>\
         <body><h1>Error 1015</h1><h2>You are being rate limited</h2></body></html>\n",
    );
    reply.limited = true;
    Box::new(reply)
}

pub(super) fn internal(status: u16) -> Box<Reply> {
    if status == 500 {
        return coded(500, "Internal Server Error", "ERR_UNKNOWN");
    }
    unavailable(status)
}
