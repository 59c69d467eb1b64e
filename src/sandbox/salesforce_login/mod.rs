//! Salesforce's sign-in, which all products that live in a Salesforce org share: the OAuth endpoints below
//! `/services/oauth2`, the identity page, and the tokens they give out.
//!
//! Written from Salesforce's OAuth docs and from what clients report. A session does not live longer by
//! being used, and a JWT's signature is not verified.

mod access;
mod identity;
mod jwt;
mod oauth;

use std::time::Duration;

use axum::http::Method;
use serde_json::Value;

pub(super) use access::Access;
pub(super) use identity::identity_page;
pub(super) use oauth::{own_url, serve};

use super::time::SandboxClock;
use super::wire::Reply;

/// The org people sign in to.
pub(super) trait LoginOrg {
    fn access(&self) -> &Access;
    fn access_mut(&mut self) -> &mut Access;
    fn clock(&self) -> &SandboxClock;
    fn random_text(&mut self, length: usize) -> String;
    /// `00D…`.
    fn org_id(&self) -> &str;
    /// `005…`, the user whom all calls are made as.
    fn user_id(&self) -> &str;
    /// Another `instance_url` than the sandbox's own address.
    fn instance_url(&self) -> Option<&str>;
    fn username(&self) -> String;
    /// Name and e-mail of the user whom all calls are made as.
    fn user_facts(&self) -> (String, String);
    /// Whether the user of that name is active; `None`: there is none.
    fn user_named(&self, username: &str) -> Option<bool>;
    /// What the app may do without a person; with one, `refresh_token` comes on top.
    fn app_scope(&self) -> &str;
}

/// The control paths of sign-in, the same for every product: `tokens/…`, `authorization`, `app`.
pub(super) fn admin(
    org: &mut dyn LoginOrg,
    method: &Method,
    parts: &[&str],
    body: &Value,
) -> Option<Reply> {
    if *method != Method::POST {
        return None;
    }
    match parts {
        ["tokens", action] => {
            let token = body["token"].as_str()?;
            let now = org.clock().elapsed();
            match *action {
                "accept" => org.access_mut().accept(token),
                "revoke" => org.access_mut().revoke(token),
                "expire" => org.access_mut().expire(token, now),
                _ => return None,
            }
        }
        ["authorization"] => {
            org.access_mut().denies_authorization = body["deny"].as_bool().unwrap_or(true);
        }
        ["app"] => set_app(org.access_mut(), body),
        _ => return None,
    }
    Some(Reply::empty(204))
}

fn set_app(access: &mut Access, body: &Value) {
    let text = |name: &str| {
        body.get(name)
            .map(|value| value.as_str().map(str::to_owned))
    };
    if let Some(client_id) = text("client_id") {
        access.client_id = client_id;
    }
    if let Some(secret) = text("client_secret") {
        access.client_secret = secret;
    }
    if let Some(rotates) = body["rotate_refresh_tokens"].as_bool() {
        access.rotates = rotates;
    }
    if let Some(needs) = body["require_secret"].as_bool() {
        access.requires_secret = needs;
    }
    if let Some(seconds) = body["session_seconds"].as_u64() {
        access.session = Duration::from_secs(seconds);
    }
}
