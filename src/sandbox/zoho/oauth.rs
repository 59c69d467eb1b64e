//! The OAuth endpoints of the accounts server (fact sheet, sections 1 and 2). Errors come with HTTP 200.

use serde_json::{Value, json};

use super::org::Org;
use crate::sandbox::wire::{Reply, Request};

/// `error` of a refusal.
type Granted = Result<Value, &'static str>;

/// `/oauth/…`.
pub(super) fn serve(org: &mut Org, request: &Request, parts: &[&str]) -> Option<Reply> {
    let form = Form::parse(request);
    let reply = match (request.method.as_str(), parts) {
        ("GET" | "POST", ["v2", "auth"]) => authorize(org, request, &form),
        ("POST", ["v2", "token"]) => {
            token(org, request, &form).map_or_else(refuse, |body| Reply::json(200, body))
        }
        ("POST", ["v2", "token", "revoke"]) => revoke(org, &form.get("token")),
        ("GET", ["serverinfo"]) => server_info(),
        _ => return None,
    };
    Some(reply)
}

fn refuse(error: &str) -> Reply {
    let mut body = json!({"error": error});
    if error == "access_denied" {
        let text =
            "You have made too many requests continuously. Please try again after some time.";
        body["error_description"] = json!(text);
    }
    Reply::json(200, body)
}

/// `http://HOST` as the client wrote it.
fn own_url(request: &Request) -> String {
    let host = request.headers.get("host");
    let host = host.and_then(|host| host.to_str().ok());
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
        let found = self.0.iter();
        let mut found = found.filter(|(key, value)| key == name && !value.is_empty());
        found.next().map(|(_, value)| value.clone())
    }
}

/// The consent page without a person: it redirects at once. What a broken link shows is made up.
fn authorize(org: &mut Org, request: &Request, form: &Form) -> Reply {
    let page = |error: &str| Reply::html(400, format!("<h1>Error Occurred</h1><p>{error}</p>"));
    let client_id = form.get("client_id");
    let known = org.access.client_id.as_ref();
    if client_id.is_empty() || known.is_some_and(|known| *known != client_id) {
        return page("invalid_client");
    }
    if form.get("response_type") != "code" {
        return page("invalid_response_type");
    }
    let redirect = form
        .given("redirect_uri")
        .and_then(|text| url::Url::parse(&text).ok());
    let Some(mut redirect) = redirect else {
        return page("invalid_redirect_uri");
    };
    let Some(scope) = form.given("scope") else {
        return page("invalid_oauthscope");
    };
    let mut answer: Vec<(&str, String)> = Vec::new();
    if org.access.denies_authorization {
        answer.push(("error", "access_denied".to_owned()));
    } else {
        let code = org.new_secret();
        let offline = form.get("access_type") == "offline";
        let asks_again = form.get("prompt") == "consent";
        let now = org.clock.elapsed();
        let client = (client_id, form.get("redirect_uri"));
        let how = (offline, asks_again);
        org.access.remember_code(&code, client, scope, how, now);
        let server = org.data_centre.accounts_server.clone();
        answer.push(("code", code));
        answer.push(("location", org.data_centre.location.clone()));
        answer.push((
            "accounts-server",
            server.unwrap_or_else(|| own_url(request)),
        ));
    }
    answer.extend(form.given("state").map(|state| ("state", state)));
    for (name, value) in &answer {
        redirect.query_pairs_mut().append_pair(name, value);
    }
    Reply::empty(302).header("location", redirect)
}

fn token(org: &mut Org, request: &Request, form: &Form) -> Granted {
    let now = org.clock.elapsed();
    let client_id = form.get("client_id");
    match form.get("grant_type").as_str() {
        "authorization_code" => {
            check_client(org, form)?;
            let agreed = org.access.use_code(&form.get("code"), now);
            let agreed = agreed.ok_or("invalid_code")?;
            if let Some((client, redirect_uri)) = &agreed.client {
                if *client != client_id {
                    return Err("invalid_code");
                }
                if *redirect_uri != form.get("redirect_uri") {
                    return Err("invalid_redirect_uri");
                }
            }
            let mut refresh_token = None;
            if agreed.gives_refresh_token {
                let made = org.new_secret();
                let location = &org.data_centre.location;
                let scope = &agreed.scope;
                let access = &mut org.access;
                if !access.keep_refresh_token(&made, &client_id, scope, location, now) {
                    return Err("access_denied");
                }
                refresh_token = Some(made);
            }
            let mut body = answer(org, request, &agreed.scope, refresh_token.as_deref())?;
            if let Some(token) = refresh_token {
                body["refresh_token"] = json!(token);
            }
            Ok(body)
        }
        "refresh_token" => {
            check_client(org, form)?;
            let given = form.get("refresh_token");
            let location = &org.data_centre.location;
            let scope = org.access.refresh_scope(&given, &client_id, location);
            answer(org, request, &scope.ok_or("invalid_code")?, Some(&given))
        }
        "client_credentials" => {
            check_client(org, form)?;
            let scope = form.given("scope").ok_or("invalid_scope")?;
            answer(org, request, &scope, None)
        }
        _ => Err("unsupported_grant_type"),
    }
}

fn check_client(org: &Org, form: &Form) -> Result<(), &'static str> {
    let fits = |known: &Option<String>, given: &Option<String>| match (known, given) {
        (_, None) => false,
        (Some(known), Some(given)) => known == given,
        (None, Some(_)) => true,
    };
    let id = fits(&org.access.client_id, &form.given("client_id"));
    let secret = fits(&org.access.client_secret, &form.given("client_secret"));
    if id && secret {
        Ok(())
    } else {
        Err("invalid_client")
    }
}

fn answer(org: &mut Org, request: &Request, scope: &str, made_with: Option<&str>) -> Granted {
    let access_token = org.new_secret();
    let now = org.clock.elapsed();
    let location = &org.data_centre.location;
    if !org
        .access
        .issue(&access_token, scope, location, made_with, now)
    {
        return Err("access_denied");
    }
    let api_domain = org.data_centre.api_domain.clone();
    Ok(json!({
        "access_token": access_token,
        "scope": scope,
        "api_domain": api_domain.unwrap_or_else(|| own_url(request)),
        "token_type": "Bearer",
        "expires_in": org.access.token_life.as_secs(),
    }))
}

/// From memory: the sheet names the path only.
fn revoke(org: &mut Org, token: &str) -> Reply {
    if !org.access.knows(token) {
        return refuse("invalid_token");
    }
    org.access.revoke(token);
    Reply::json(200, json!({"status": "success"}))
}

fn server_info() -> Reply {
    let locations = [
        ("us", "https://accounts.zoho.com"),
        ("eu", "https://accounts.zoho.eu"),
        ("in", "https://accounts.zoho.in"),
        ("au", "https://accounts.zoho.com.au"),
        ("jp", "https://accounts.zoho.jp"),
        ("cn", "https://accounts.zoho.com.cn"),
        ("ca", "https://accounts.zohocloud.ca"),
        ("sa", "https://accounts.zoho.sa"),
        ("uk", "https://accounts.zoho.uk"),
    ];
    let locations = locations.map(|(name, url)| (name.to_owned(), json!(url)));
    let locations: Value = Value::Object(locations.into_iter().collect());
    Reply::json(200, json!({"result": "success", "locations": locations})).whole()
}
