//! The OAuth flow and the calls that inspect tokens. No PKCE: a client secret is always needed.

use serde_json::{Value, json};

use super::access::TOKEN_LIFE;
use super::portal::Portal;
use super::route::{Route, Version};
use super::{Outcome, body};
use crate::sandbox::wire::{Reply, Request};

const USER_ID: u64 = 9041;
const APP_ID: u64 = 310_100;

/// The authorization page, without a user: it redirects at once.
pub(super) fn authorize(portal: &mut Portal, request: &Request) -> Reply {
    let redirect = request
        .parameter("redirect_uri")
        .and_then(|text| url::Url::parse(&text).ok());
    let Some(mut redirect) = redirect.filter(|_| request.parameter("client_id").is_some()) else {
        return Reply::html(
            400,
            "<h1>Authorization failed</h1><p>Check client_id and redirect_uri.</p>",
        );
    };
    let answer = if portal.access.denies_authorization {
        ("error", "access_denied".to_owned())
    } else {
        ("code", portal.new_uuid())
    };
    redirect.query_pairs_mut().append_pair(answer.0, &answer.1);
    if let Some(state) = request.parameter("state") {
        redirect.query_pairs_mut().append_pair("state", &state);
    }
    Reply::empty(302).header("location", redirect)
}

pub(super) fn serve(
    portal: &mut Portal,
    request: &Request,
    route: &Route,
    correlation_id: &str,
) -> Outcome {
    let form = Form::parse(request);
    match (request.method.as_str(), route.parts().as_slice()) {
        ("POST", ["oauth", "token"]) => Ok(token(portal, route.version, &form, correlation_id)),
        ("POST", ["oauth", "token", "introspect"]) => Ok(introspect(portal, &form.get("token"))),
        ("POST", ["oauth", "token", "revoke"]) => {
            portal.access.revoke(&form.get("token"));
            Ok(Reply::empty(204))
        }
        ("DELETE", ["oauth", "refresh-tokens", token]) => {
            portal.access.revoke(token);
            Ok(Reply::empty(204))
        }
        ("GET", ["oauth", "access-tokens", token]) => inspect(portal, token),
        ("POST", ["oauth", "private-apps", "get", "access-token-info"]) => {
            let body = body(request)?;
            private_app(portal, body["tokenKey"].as_str().unwrap_or_default())
        }
        _ => Err(super::errors::ApiError::no_such_resource()),
    }
}

/// The form fields of the body.
struct Form(Vec<(String, String)>);

impl Form {
    fn parse(request: &Request) -> Self {
        Self(
            url::form_urlencoded::parse(&request.body)
                .into_owned()
                .collect(),
        )
    }

    fn get(&self, name: &str) -> String {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// From memory: version 1 puts the code into `status`, later versions into `category`.
fn refused(version: Version, code: &str, message: &str, correlation_id: &str) -> Reply {
    let mut body = json!({"message": message, "correlationId": correlation_id});
    if version == Version::Numbered {
        body["status"] = json!(code);
    } else {
        body["status"] = json!("error");
        body["category"] = json!(code);
    }
    Reply::json(400, body)
}

fn token(portal: &mut Portal, version: Version, form: &Form, correlation_id: &str) -> Reply {
    let refused = |code, message| refused(version, code, message, correlation_id);
    if form.get("client_id").is_empty() {
        return refused("BAD_CLIENT_ID", "missing or unknown client id");
    }
    if form.get("client_secret").is_empty() {
        return refused("BAD_CLIENT_SECRET", "missing or invalid client secret");
    }
    let refresh_token = match form.get("grant_type").as_str() {
        "authorization_code" => {
            if form.get("redirect_uri").is_empty() {
                return refused("BAD_REDIRECT_URI", "missing or unknown redirect URI");
            }
            if !portal.access.use_code(&form.get("code")) {
                return refused(
                    "EXPIRED_AUTH_CODE",
                    "missing, unknown or already used auth code",
                );
            }
            format!("na1-{}", portal.new_uuid())
        }
        "refresh_token" => {
            let token = form.get("refresh_token");
            if !portal.access.accepts_refresh_token(&token) {
                return refused("BAD_REFRESH_TOKEN", "missing or invalid refresh token");
            }
            // HubSpot does not rotate refresh tokens.
            token
        }
        _ => return refused("BAD_GRANT_TYPE", "missing or unknown grant type"),
    };
    let access_token = format!("CP{}", portal.new_uuid().replace('-', ""));
    let now = portal.clock.elapsed();
    portal.access.issue(&access_token, &refresh_token, now);
    Reply::json(
        200,
        json!({
            "access_token": access_token,
            "refresh_token": refresh_token,
            "expires_in": TOKEN_LIFE.as_secs(),
            "token_type": "bearer",
            "token_use": "access_token",
            "hub_id": portal.options.portal_id,
            "user_id": USER_ID,
            "scopes": portal.access.scopes(),
        }),
    )
}

fn introspect(portal: &Portal, token: &str) -> Reply {
    let active = portal.access.check(Some(token), &portal.clock).is_ok();
    if !active {
        return Reply::json(200, json!({"active": false}));
    }
    Reply::json(
        200,
        facts(portal, json!({"active": true, "token_use": "access_token"})),
    )
}

fn facts(portal: &Portal, mut body: Value) -> Value {
    body["hub_id"] = json!(portal.options.portal_id);
    body["user_id"] = json!(USER_ID);
    body["app_id"] = json!(APP_ID);
    body["scopes"] = json!(portal.access.scopes());
    body["expires_in"] = json!(TOKEN_LIFE.as_secs());
    body
}

fn inspect(portal: &Portal, token: &str) -> Outcome {
    portal.access.check(Some(token), &portal.clock)?;
    let body = json!({
        "token": token,
        "user": "olivia.stone@sandbox.example",
        "hub_domain": "sandbox.example",
        "token_type": "access",
    });
    Ok(Reply::json(200, facts(portal, body)))
}

fn private_app(portal: &Portal, token: &str) -> Outcome {
    let token = Some(token).filter(|token| !token.is_empty());
    portal.access.check(token, &portal.clock)?;
    Ok(Reply::json(
        200,
        json!({
            "userId": USER_ID,
            "hubId": portal.options.portal_id,
            "appId": APP_ID,
            "scopes": portal.access.scopes(),
        }),
    ))
}
