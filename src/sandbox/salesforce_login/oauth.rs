//! The OAuth endpoints.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::access::Code;
use super::identity::user_info;
use super::{LoginOrg, jwt};
use crate::sandbox::wire::{Reply, Request};

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// `error` and `error_description` of a refusal, with its status.
struct Refusal(u16, &'static str, &'static str);

impl Refusal {
    fn grant(description: &'static str) -> Self {
        Self(400, "invalid_grant", description)
    }

    fn to_reply(&self) -> Reply {
        Reply::json(
            self.0,
            json!({"error": self.1, "error_description": self.2}),
        )
    }
}

/// `/services/oauth2/{action}`.
pub(in crate::sandbox) fn serve(
    org: &mut dyn LoginOrg,
    request: &Request,
    action: &str,
) -> Option<Reply> {
    let form = Form::parse(request);
    let reply = match (request.method.as_str(), action) {
        ("GET" | "POST", "authorize") => authorize(org, &form),
        ("POST", "token") => match token(org, request, &form) {
            Ok(body) => Reply::json(200, body),
            Err(refusal) => refusal.to_reply(),
        },
        ("GET" | "POST", "revoke") => revoke(org, &form.get("token")),
        ("POST", "introspect") => introspect(org, &form),
        ("GET" | "POST", "userinfo") => user_info(org, request),
        _ => return None,
    };
    Some(reply)
}

/// `http://HOST` as the client wrote it.
pub(in crate::sandbox) fn own_url(request: &Request) -> String {
    let host = request
        .headers
        .get("host")
        .and_then(|host| host.to_str().ok());
    format!("http://{}", host.unwrap_or("127.0.0.1"))
}

/// Fields of query and body.
struct Form(Vec<(String, String)>);

impl Form {
    fn parse(request: &Request) -> Self {
        let query = url::form_urlencoded::parse(request.query.as_bytes());
        let body = url::form_urlencoded::parse(&request.body);
        Self(query.into_owned().chain(body.into_owned()).collect())
    }

    fn get(&self, name: &str) -> String {
        self.given(name).unwrap_or_default()
    }

    fn given(&self, name: &str) -> Option<String> {
        let found = self
            .0
            .iter()
            .find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.clone())
    }
}

/// The page without a person: it redirects at once.
fn authorize(org: &mut dyn LoginOrg, form: &Form) -> Reply {
    let page = |code: &str, text: &str| {
        Reply::html(
            400,
            format!("<h1>OAuth Error</h1><p>error={code}&amp;error_description={text}</p>"),
        )
    };
    let redirect = form
        .given("redirect_uri")
        .and_then(|text| url::Url::parse(&text).ok());
    let Some(mut redirect) = redirect else {
        return page(
            "redirect_uri_mismatch",
            "redirect_uri%20must%20match%20configuration",
        );
    };
    let client_id = form.get("client_id");
    let known = org
        .access()
        .client_id
        .as_ref()
        .is_none_or(|known| *known == client_id);
    if client_id.is_empty() || !known {
        return page("invalid_client_id", "client%20identifier%20invalid");
    }
    let method = form.given("code_challenge_method");
    let answer: Vec<(&str, String)> = if org.access().denies_authorization {
        refuse("access_denied", "end-user denied authorization")
    } else if form.get("response_type") != "code" {
        refuse("unsupported_response_type", "response type not supported")
    } else if method.is_some_and(|method| method != "S256") {
        refuse("invalid_request", "invalid code challenge method")
    } else {
        let code = format!("aPrx{}==", org.random_text(40));
        let scope = form.given("scope").unwrap_or_else(|| full_scope(org));
        let now = org.clock().elapsed();
        org.access_mut().remember_code(
            &code,
            client_id,
            form.get("redirect_uri"),
            scope,
            form.given("code_challenge"),
            now,
        );
        vec![("code", code)]
    };
    for (name, value) in &answer {
        redirect.query_pairs_mut().append_pair(name, value);
    }
    if let Some(state) = form.given("state") {
        redirect.query_pairs_mut().append_pair("state", &state);
    }
    Reply::empty(302).header("location", redirect)
}

fn refuse(error: &str, description: &str) -> Vec<(&'static str, String)> {
    vec![
        ("error", error.to_owned()),
        ("error_description", description.to_owned()),
    ]
}

fn token(org: &mut dyn LoginOrg, request: &Request, form: &Form) -> Result<Value, Refusal> {
    match form.get("grant_type").as_str() {
        "authorization_code" => {
            check_client(org, form, org.access().requires_secret)?;
            let now = org.clock().elapsed();
            let agreed = org.access_mut().use_code(&form.get("code"), now);
            let agreed = agreed.map_err(|known| {
                Refusal::grant(if known {
                    "expired authorization code"
                } else {
                    "invalid authorization code"
                })
            })?;
            check_code(form, &agreed)?;
            let refresh_token = agreed
                .scope
                .contains("refresh_token")
                .then(|| new_refresh_token(org));
            Ok(answer(
                org,
                request,
                refresh_token.as_deref(),
                refresh_token.as_deref(),
                &agreed.scope,
            ))
        }
        "refresh_token" => {
            check_client(org, form, org.access().requires_secret)?;
            let given = form.get("refresh_token");
            if !org.access().accepts_refresh_token(&given) {
                return Err(Refusal::grant("expired access/refresh token"));
            }
            let scope = org.access().scope_of(&given).map(str::to_owned);
            let scope = scope.unwrap_or_else(|| full_scope(org));
            if !org.access().rotates {
                return Ok(answer(org, request, Some(&given), None, &scope));
            }
            org.access_mut().retire_refresh_token(&given);
            let next = new_refresh_token(org);
            Ok(answer(org, request, Some(&next), Some(&next), &scope))
        }
        "client_credentials" => {
            check_client(org, form, true)?;
            Ok(app_answer(org, request))
        }
        JWT_BEARER => {
            let now = org.clock().now_milliseconds() / 1_000;
            let claims = jwt::read(&form.get("assertion"), &own_url(request), now)
                .map_err(Refusal::grant)?;
            if org
                .access()
                .client_id
                .as_ref()
                .is_some_and(|known| *known != claims.client_id)
            {
                return Err(Refusal(
                    400,
                    "invalid_client_id",
                    "client identifier invalid",
                ));
            }
            match org.user_named(&claims.username) {
                Some(active) if active => Ok(app_answer(org, request)),
                Some(_) => Err(Refusal(400, "inactive_user", "user is inactive")),
                None => Err(Refusal::grant("user hasn't approved this consumer")),
            }
        }
        _ => Err(Refusal(
            400,
            "unsupported_grant_type",
            "grant type not supported",
        )),
    }
}

fn check_client(org: &dyn LoginOrg, form: &Form, needs_secret: bool) -> Result<(), Refusal> {
    let client_id = form.get("client_id");
    if client_id.is_empty()
        || org
            .access()
            .client_id
            .as_ref()
            .is_some_and(|known| *known != client_id)
    {
        return Err(Refusal(
            400,
            "invalid_client_id",
            "client identifier invalid",
        ));
    }
    let given = form.given("client_secret");
    let wrong = match (&org.access().client_secret, &given) {
        (Some(known), Some(given)) => known != given,
        (_, None) => needs_secret,
        (None, Some(_)) => false,
    };
    if wrong {
        return Err(Refusal(401, "invalid_client", "invalid client credentials"));
    }
    Ok(())
}

fn check_code(form: &Form, agreed: &Code) -> Result<(), Refusal> {
    if form.get("client_id") != agreed.client_id {
        return Err(Refusal::grant("invalid authorization code"));
    }
    if form.get("redirect_uri") != agreed.redirect_uri {
        return Err(Refusal(
            400,
            "redirect_uri_mismatch",
            "redirect_uri must match configuration",
        ));
    }
    let Some(challenge) = &agreed.challenge else {
        return Ok(());
    };
    let verifier = form
        .given("code_verifier")
        .ok_or(Refusal::grant("code verifier is required"))?;
    if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) != *challenge {
        return Err(Refusal(400, "invalid_request", "invalid code verifier"));
    }
    Ok(())
}

fn full_scope(org: &dyn LoginOrg) -> String {
    format!("refresh_token {}", org.app_scope())
}

/// Without a person there is no refresh token.
fn app_answer(org: &mut dyn LoginOrg, request: &Request) -> Value {
    let scope = org.app_scope().to_owned();
    answer(org, request, None, None, &scope)
}

fn new_refresh_token(org: &mut dyn LoginOrg) -> String {
    format!("5Aep861{}", org.random_text(60))
}

/// Without `expires_in`: the session policy decides, and nobody is told.
fn answer(
    org: &mut dyn LoginOrg,
    request: &Request,
    made_with: Option<&str>,
    shown: Option<&str>,
    scope: &str,
) -> Value {
    let secret = org.random_text(80);
    let access_token = format!("{}!AQ{secret}", &org.org_id()[..15]);
    let now = org.clock().elapsed();
    org.access_mut().issue(&access_token, made_with, scope, now);
    let own = own_url(request);
    let mut body = json!({
        "access_token": access_token,
        "signature": org.random_text(43),
        "scope": scope,
        "instance_url": org.instance_url().unwrap_or(&own).to_owned(),
        "id": format!("{own}/id/{}/{}", org.org_id(), org.user_id()),
        "token_type": "Bearer",
        "issued_at": org.clock().now_milliseconds().to_string(),
    });
    if let Some(token) = shown {
        body["refresh_token"] = json!(token);
    }
    body
}

fn revoke(org: &mut dyn LoginOrg, token: &str) -> Reply {
    if !org.access().knows(token) {
        return Refusal(400, "invalid_token", "token not found").to_reply();
    }
    org.access_mut().revoke(token);
    Reply::empty(200)
}

fn introspect(org: &dyn LoginOrg, form: &Form) -> Reply {
    let token = form.get("token");
    let now = org.clock().elapsed();
    let is_access = org.access().is_valid(&token, now);
    if token.is_empty() || !(is_access || org.access().accepts_refresh_token(&token)) {
        return Reply::json(200, json!({"active": false}));
    }
    let seconds = org.clock().now_milliseconds() / 1_000;
    Reply::json(
        200,
        json!({
            "active": true,
            "scope": full_scope(org),
            "client_id": form.get("client_id"),
            "username": org.username(),
            "sub": format!("https://login.salesforce.com/id/{}/{}", org.org_id(), org.user_id()),
            "token_type": "access_token",
            "iat": seconds,
            "nbf": seconds,
        }),
    )
}
