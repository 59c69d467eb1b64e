//! The OAuth server (fact sheet, section 2): `/oauth/authorize`, `/oauth/token`, and `/oauth/revoke` from
//! memory. Refusals have status 400; the form of their body is from memory, the messages are documented.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::account::Account;
use crate::sandbox::wire::{Reply, Request};

/// The answer, or the message of a refusal.
type Granted = Result<Value, &'static str>;

const INVALID_CLIENT: &str = "Invalid client: client is invalid";

/// `/oauth/…`.
pub(super) fn serve(account: &mut Account, request: &Request) -> Option<Reply> {
    let granted = match (request.method.as_str(), request.path.trim_end_matches('/')) {
        ("GET", "/oauth/authorize") => return Some(authorize(account, request)),
        ("POST", "/oauth/token") => token(account, request),
        ("POST", "/oauth/revoke") => revoke(account, request),
        _ => return None,
    };
    Some(granted.map_or_else(refuse, |body| Reply::json(200, body)))
}

fn refuse(message: &str) -> Reply {
    let name = message.split(':').next().unwrap_or_default();
    let error = match name {
        "Invalid grant" => "invalid_grant",
        "Invalid client" => "invalid_client",
        "Unsupported grant type" => "unsupported_grant_type",
        _ => "invalid_request",
    };
    let body = json!({"success": false, "message": message, "error": error});
    Reply::json(400, body)
}

/// `http://HOST` as the client wrote it.
fn own_url(request: &Request) -> String {
    let host = request.headers.get("host");
    let host = host.and_then(|host| host.to_str().ok());
    format!("http://{}", host.unwrap_or("127.0.0.1"))
}

fn given(request: &Request, name: &str) -> Option<String> {
    let found = url::form_urlencoded::parse(&request.body).find(|(key, _)| key == name);
    let found = found.map(|(_, value)| value.into_owned());
    found.filter(|value| !value.is_empty())
}

/// The consent page without a person: it redirects at once. What a broken link shows is made up.
fn authorize(account: &mut Account, request: &Request) -> Reply {
    let page = |text: &str| Reply::html(400, format!("<h1>Something went wrong</h1><p>{text}</p>"));
    let client_id = request.parameter("client_id").unwrap_or_default();
    let known = account.access.client_id.as_ref();
    if client_id.is_empty() || known.is_some_and(|known| *known != client_id) {
        return page("client_id is invalid");
    }
    let redirect_uri = request.parameter("redirect_uri").unwrap_or_default();
    let Ok(mut redirect) = url::Url::parse(&redirect_uri) else {
        return page("redirect_uri is invalid");
    };
    if account.access.denies_authorization {
        redirect
            .query_pairs_mut()
            .append_pair("error", "user_denied");
    } else {
        let code = account.new_code();
        let now = account.clock.elapsed();
        account
            .access
            .remember_code(&code, client_id, redirect_uri, now);
        redirect.query_pairs_mut().append_pair("code", &code);
    }
    if let Some(state) = request.parameter("state") {
        redirect.query_pairs_mut().append_pair("state", &state);
    }
    Reply::empty(302).header("location", redirect)
}

/// The client id of `Authorization: Basic`, if id and secret are right.
fn client(account: &Account, request: &Request) -> Result<String, &'static str> {
    let header = request.headers.get("authorization");
    let header = header.and_then(|header| header.to_str().ok());
    let (scheme, encoded) = header
        .and_then(|header| header.split_once(' '))
        .ok_or(INVALID_CLIENT)?;
    let pair = BASE64_STANDARD.decode(encoded.trim()).ok();
    let pair = pair.and_then(|pair| String::from_utf8(pair).ok());
    let (id, secret) = pair
        .as_deref()
        .and_then(|pair| pair.split_once(':'))
        .filter(|(id, secret)| !id.is_empty() && !secret.is_empty())
        .ok_or(INVALID_CLIENT)?;
    let fits = |known: &Option<String>, given: &str| known.as_deref().is_none_or(|k| k == given);
    let right = scheme.eq_ignore_ascii_case("basic")
        && fits(&account.access.client_id, id)
        && fits(&account.access.client_secret, secret);
    right.then(|| id.to_owned()).ok_or(INVALID_CLIENT)
}

fn token(account: &mut Account, request: &Request) -> Granted {
    let grant = given(request, "grant_type").ok_or("Missing parameter: grant_type")?;
    let client_id = client(account, request)?;
    let now = account.clock.elapsed();
    let refresh_token = match grant.as_str() {
        "authorization_code" => {
            let code = given(request, "code").ok_or("Missing parameter: code")?;
            let redirect_uri = given(request, "redirect_uri").unwrap_or_default();
            account
                .access
                .use_code(&code, &client_id, &redirect_uri, now)?;
            let made = account.new_refresh_token();
            account.access.keep_refresh_token(&made, &client_id, now);
            made
        }
        "refresh_token" => {
            let given =
                given(request, "refresh_token").ok_or("Missing parameter: refresh_token")?;
            if !account.access.use_refresh_token(&given, &client_id, now) {
                return Err("Invalid grant: refresh_token is invalid");
            }
            given
        }
        _ => return Err("Unsupported grant type: grant_type is invalid"),
    };
    let access_token = account.new_access_token();
    account.access.issue(&access_token, now);
    let api_domain = account.company.api_domain.clone();
    Ok(json!({
        "access_token": access_token,
        "token_type": "bearer",
        "refresh_token": refresh_token,
        "scope": account.access.scope,
        "expires_in": account.access.token_life.as_secs(),
        "api_domain": api_domain.unwrap_or_else(|| own_url(request)),
    }))
}

fn revoke(account: &mut Account, request: &Request) -> Granted {
    client(account, request)?;
    let token = given(request, "token").ok_or("Missing parameter: token")?;
    account.access.revoke(&token);
    Ok(json!({"success": true}))
}
