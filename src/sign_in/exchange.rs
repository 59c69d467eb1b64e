//! Requests to a token endpoint, by every grant.
//!
//! Vendors differ in how the app names itself, in which status a refusal has, and in what a refusal means; the vendor's
//! [`Oauth`] says all three. An answer without an access token is a refusal whatever its status (Zoho answers 200).

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::authorization::split;
use super::jwt;
use crate::clock::{self, SharedClock};
use crate::domain::integration::Settings;
use crate::secrets::{CredentialKind, StoredCredential};
use crate::transport::{
    AnswerRules, ApiRequest, ApiResponse, Judgement, NoAuthorization, RequestKind, Transport,
    TransportError,
};
use crate::vendors::{
    ClientAuthentication, Oauth, Refusal, brings_token, seconds_left, usual_refusal,
};

/// How often a server that is busy is asked for a renewal.
const BUSY_TRIES: u32 = 5;
/// What a busy server is given first; doubles each time.
const BUSY_PAUSE: Duration = Duration::from_secs(1);
/// A longer wait is told instead of waited.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How long a signed assertion holds: the least of what vendors allow.
const ASSERTION_LIFE: Duration = Duration::from_mins(3);
/// Where a stored sign-in keeps whom it signs in for (RFC 7523 `sub`).
pub const USERNAME: &str = "username";

/// The user's own app. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct ClientApp {
    /// Its id.
    pub id: String,
    /// Its secret, where it has one.
    pub secret: Option<SecretString>,
}

/// What a token endpoint granted. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Granted {
    /// The token to send.
    pub access_token: SecretString,
    /// What the next one is got with, where one was given.
    pub refresh_token: Option<SecretString>,
    /// When the access token ends; `None`: nobody knows.
    pub expires_at: Option<Timestamp>,
    /// The scopes it has, where told.
    pub scopes: Option<Vec<String>>,
    /// The options, with what the answer told of the account.
    pub settings: Settings,
}

/// Nothing was granted. Messages hold no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// Somebody has to sign in (again): the vendor's words.
    #[error("{0}")]
    SignIn(String),
    /// Not now; nothing is wrong with the sign-in.
    #[error("{0}")]
    Unavailable(String),
    /// An option is missing or wrong.
    #[error("{0}")]
    Option(String),
}

/// Asks one vendor's token endpoint. Cheap to clone.
#[derive(Clone)]
pub struct Exchange {
    transport: Transport,
    oauth: &'static Oauth,
    settings: Settings,
    clock: SharedClock,
}

/// Answers of a token endpoint are read here, not by the transport.
struct TokenRules;

impl AnswerRules for TokenRules {
    fn judge(&self, _: &ApiRequest, response: &ApiResponse) -> Judgement {
        match response.status.as_u16() {
            408 | 500..=599 => Judgement::Transient { after: None },
            _ => Judgement::Accept,
        }
    }
}

impl Exchange {
    /// Asks through a session's transport: its connections, its counts.
    #[must_use]
    pub fn new(
        transport: &Transport,
        oauth: &'static Oauth,
        settings: Settings,
        clock: SharedClock,
    ) -> Self {
        let transport = transport
            .clone()
            .with_tokens(Arc::new(NoAuthorization))
            .with_rules(Arc::new(TokenRules));
        Self {
            transport,
            oauth,
            settings,
            clock,
        }
    }

    /// The authorization server.
    #[must_use]
    pub fn oauth(&self) -> &'static Oauth {
        self.oauth
    }

    /// The connection's options it asks with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Redeems the code of a browser sign-in. Never repeated, not even where the server is busy: a code is good once, and
    /// used twice it may end what the first use brought (RFC 6749 4.1.2).
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub async fn redeem(
        &self,
        app: &ClientApp,
        code: &SecretString,
        redirect_uri: &str,
        verifier: Option<&SecretString>,
    ) -> Result<Granted, ExchangeError> {
        let mut form = vec![
            field("grant_type", "authorization_code"),
            field("code", code.expose_secret()),
            field("redirect_uri", redirect_uri),
        ];
        if let Some(verifier) = verifier {
            form.push(field("code_verifier", verifier.expose_secret()));
        }
        let request = |path| ApiRequest::once(reqwest::Method::POST, path);
        self.ask(request, Some(app), form, "the code", 1).await
    }

    /// Gets a token for a sign-in: a first one for an app that acts for itself, the next one otherwise.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub async fn renew(&self, credential: &StoredCredential) -> Result<Granted, ExchangeError> {
        let app = credential.client_id.clone().map(|id| ClientApp {
            id,
            secret: credential.client_secret.clone(),
        });
        let missing = |what: &str| {
            ExchangeError::SignIn(format!("the stored sign-in holds no {what}; sign in again"))
        };
        // Asked twice is what a lost answer leaves: without the new token the old one is all there is.
        let request = |path| ApiRequest::repeatable(reqwest::Method::POST, path);
        match credential.kind {
            CredentialKind::Token => Err(missing("way to renew it")),
            CredentialKind::Oauth => {
                let token = credential
                    .refresh_token
                    .as_ref()
                    .ok_or_else(|| missing("refresh token"))?;
                let form = vec![
                    field("grant_type", "refresh_token"),
                    field("refresh_token", token.expose_secret()),
                ];
                self.ask(request, app.as_ref(), form, "the refresh token", BUSY_TRIES)
                    .await
            }
            CredentialKind::ClientCredentials => {
                let form = vec![field("grant_type", "client_credentials")];
                let app = app.ok_or_else(|| missing("client id"))?;
                self.ask(
                    request,
                    Some(&app),
                    form,
                    "client id and secret",
                    BUSY_TRIES,
                )
                .await
            }
            CredentialKind::Jwt => {
                let assertion = self.assertion(credential)?;
                let form = vec![
                    field("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                    field("assertion", assertion.expose_secret()),
                ];
                // The assertion names the app by itself (RFC 7523 2.1).
                self.ask(request, None, form, "the signed assertion", BUSY_TRIES)
                    .await
            }
        }
    }

    /// Gives a refresh token back (RFC 7009). Whether the server took it.
    pub async fn revoke(&self, credential: &StoredCredential) -> bool {
        let endpoints = (self.oauth.endpoints)(&self.settings).ok();
        let address = endpoints.and_then(|endpoints| endpoints.revoke);
        let Some((host, path)) = address.as_deref().and_then(split) else {
            return false;
        };
        let Some(token) = &credential.refresh_token else {
            return false;
        };
        let app = credential.client_id.clone().map(|id| ClientApp {
            id,
            secret: credential.client_secret.clone(),
        });
        let request = ApiRequest::repeatable(reqwest::Method::POST, path)
            .at_host(host)
            .kind(RequestKind::Token);
        let form = vec![
            field("token", token.expose_secret()),
            field("token_type_hint", "refresh_token"),
        ];
        let request = self.named(request, app.as_ref(), form);
        let answer = self.transport.send(&request).await;
        answer.is_ok_and(|response| response.is_success())
    }

    fn assertion(&self, credential: &StoredCredential) -> Result<SecretString, ExchangeError> {
        let missing = |what: &str| {
            ExchangeError::SignIn(format!("the stored sign-in holds no {what}; sign in again"))
        };
        let endpoints = (self.oauth.endpoints)(&self.settings).map_err(ExchangeError::Option)?;
        let audience = endpoints.audience.ok_or_else(|| {
            ExchangeError::Option("this account takes no signed assertion".to_owned())
        })?;
        let key = credential
            .private_key
            .as_ref()
            .ok_or_else(|| missing("private key"))?;
        let issuer = credential
            .client_id
            .as_deref()
            .ok_or_else(|| missing("client id"))?;
        let subject = credential
            .extra
            .get(USERNAME)
            .ok_or_else(|| missing("user name"))?;
        jwt::assertion(
            key,
            issuer,
            subject,
            &audience,
            self.clock.now(),
            ASSERTION_LIFE,
        )
        .map_err(|error| ExchangeError::SignIn(error.to_string()))
    }

    /// Asks until the server is not busy any more, or a person should know.
    async fn ask(
        &self,
        request: impl Fn(String) -> ApiRequest,
        app: Option<&ClientApp>,
        form: Vec<(String, String)>,
        what: &str,
        tries: u32,
    ) -> Result<Granted, ExchangeError> {
        let endpoints = (self.oauth.endpoints)(&self.settings).map_err(ExchangeError::Option)?;
        let (host, path) = split(&endpoints.token)
            .ok_or_else(|| ExchangeError::Option(format!("{} is no address", endpoints.token)))?;
        let request = self.named(
            request(path.to_owned())
                .at_host(host)
                .header("accept", "application/json")
                .kind(RequestKind::Token),
            app,
            form,
        );
        let mut pause = BUSY_PAUSE;
        let mut status = 0;
        for attempt in 1..=tries {
            let response = self.transport.send(&request).await.map_err(unreachable)?;
            status = response.status.as_u16();
            let wait = match self.read(&response, what) {
                Ok(granted) => return granted,
                Err(Refusal::SignIn(words)) => return Err(ExchangeError::SignIn(words)),
                // Vendors use the word for a renewal under way in another process too; a code has only the one meaning.
                Err(Refusal::Busy(_)) if tries == 1 && is_bad_grant(&response) => {
                    return Err(self.bad_code(&response, what));
                }
                Err(Refusal::Busy(wait)) => wait.unwrap_or(pause),
            };
            if wait > LONGEST_WAIT {
                let until = clock::later(self.clock.now(), wait);
                return Err(ExchangeError::Unavailable(format!(
                    "{} gives no token before {}",
                    self.transport.base().host(),
                    until.strftime("%H:%M UTC")
                )));
            }
            if attempt < tries {
                self.clock.sleep(wait).await;
                pause *= 2;
            }
        }
        let often = match tries {
            1 => String::new(),
            tries => format!(" after {tries} tries"),
        };
        Err(ExchangeError::Unavailable(format!(
            "{} gives no token just now (HTTP {status}{often})",
            self.transport.base().host()
        )))
    }

    fn bad_code(&self, response: &ApiResponse, what: &str) -> ExchangeError {
        let words = match usual_refusal(response.status.as_u16(), &body_of(response)) {
            Refusal::SignIn(words) => words,
            Refusal::Busy(_) => "the sign-in took too long".to_owned(),
        };
        let host = self.transport.base().host();
        ExchangeError::SignIn(format!("{host} does not accept {what}: {words}"))
    }

    /// The request with the app's name on it (RFC 6749 2.3.1).
    fn named(
        &self,
        request: ApiRequest,
        app: Option<&ClientApp>,
        mut form: Vec<(String, String)>,
    ) -> ApiRequest {
        let Some(app) = app else {
            return request.form(form);
        };
        match (self.oauth.client, &app.secret) {
            (ClientAuthentication::Basic, Some(secret)) => {
                let pair = format!("{}:{}", app.id, secret.expose_secret());
                request
                    .authorization(format!("Basic {}", STANDARD.encode(pair)).into())
                    .form(form)
            }
            (_, secret) => {
                form.push(field("client_id", &app.id));
                if let Some(secret) = secret {
                    form.push(field("client_secret", secret.expose_secret()));
                }
                request.form(form)
            }
        }
    }

    /// What an answer brings, where it is no refusal; the inner error: it brings a token that must not be used.
    fn read(
        &self,
        response: &ApiResponse,
        what: &str,
    ) -> Result<Result<Granted, ExchangeError>, Refusal> {
        let status = response.status.as_u16();
        let answer = body_of(response);
        let access_token = answer["access_token"]
            .as_str()
            .filter(|_| response.is_success() && brings_token(&answer));
        let Some(access_token) = access_token else {
            return Err(match (self.oauth.refusal)(status, &answer) {
                Refusal::SignIn(words) => Refusal::SignIn(format!(
                    "{} does not accept {what}: {words}",
                    self.transport.base().host()
                )),
                busy @ Refusal::Busy(_) => busy,
            });
        };
        let life = seconds_left(&answer)
            .map(Duration::from_secs)
            .or(self.oauth.life);
        let mut settings = self.settings.clone();
        if let Err(words) = (self.oauth.granted)(&answer, &mut settings) {
            return Ok(Err(ExchangeError::Option(words)));
        }
        Ok(Ok(Granted {
            access_token: access_token.into(),
            refresh_token: answer["refresh_token"]
                .as_str()
                .filter(|token| !token.is_empty())
                .map(SecretString::from),
            expires_at: life.and_then(|life| {
                let life = SignedDuration::try_from(life).ok()?;
                self.clock.now().checked_add(life).ok()
            }),
            scopes: scopes(&answer),
            settings,
        }))
    }
}

impl Granted {
    /// The sign-in as it is stored: what was there before, with what is new. A server that sends no new refresh token means
    /// the old one to be kept.
    #[must_use]
    pub fn kept_in(&self, before: &StoredCredential) -> StoredCredential {
        StoredCredential {
            access_token: self.access_token.clone(),
            refresh_token: self
                .refresh_token
                .clone()
                .or_else(|| before.refresh_token.clone()),
            expires_at: self.expires_at,
            scopes: self.scopes.clone().or_else(|| before.scopes.clone()),
            ..before.clone()
        }
    }
}

/// As the vendors' [`Oauth::refusal`] takes it: a body that is no JSON is text, none at all is null.
fn body_of(response: &ApiResponse) -> Value {
    response.json().unwrap_or_else(|_| {
        let text = String::from_utf8_lossy(&response.body);
        match text.trim() {
            "" => Value::Null,
            text => Value::String(text.to_owned()),
        }
    })
}

fn is_bad_grant(response: &ApiResponse) -> bool {
    body_of(response)["error"] == "invalid_grant"
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// `scope` is text (RFC 6749 5.1, blanks; Pipedrive and Zoho, commas), at HubSpot `scopes` a list.
fn scopes(answer: &Value) -> Option<Vec<String>> {
    if let Some(list) = answer["scopes"].as_array() {
        return Some(
            list.iter()
                .filter_map(|scope| scope.as_str().map(str::to_owned))
                .collect(),
        );
    }
    let text = answer["scope"].as_str()?;
    Some(
        text.split([' ', ','])
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}

fn unreachable(error: TransportError) -> ExchangeError {
    match error {
        TransportError::SignIn { detail } => ExchangeError::SignIn(detail),
        other => ExchangeError::Unavailable(format!("no token could be got: {other}")),
    }
}
