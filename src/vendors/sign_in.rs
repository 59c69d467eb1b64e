//! Signing in, as data: the ways a vendor offers, and where and how its authorization server is asked.
//!
//! There is one flow for every vendor (`crate::sign_in`); what differs stands here. A vendor whose people and services sign
//! in elsewhere than its API lives (Pardot, at Salesforce) writes the addresses down itself.

use std::time::Duration;

use serde_json::Value;

use super::VendorOption;
use crate::domain::integration::Settings;
use crate::transport::TokenScheme;

/// How people and services sign in at a vendor.
pub struct SignIn {
    /// The ways, the easiest first.
    pub ways: &'static [SignInWay],
    /// The authorization server, where a way needs one.
    pub oauth: Option<&'static Oauth>,
}

impl SignIn {
    /// The first way of that kind.
    #[must_use]
    pub fn way(&self, grant: Grant) -> Option<&'static SignInWay> {
        self.ways.iter().find(|way| way.grant == grant)
    }
}

/// One way to sign in.
pub struct SignInWay {
    /// The kind.
    pub grant: Grant,
    /// A few words for a menu: "a service key".
    pub name: &'static str,
    /// What is needed, where in the vendor's settings to find it (menu path) and with which scopes; a paragraph a line.
    /// `{redirect}` stands for the redirect address to register.
    pub guide: &'static str,
    /// How the token that comes of it is sent.
    pub scheme: TokenScheme,
    /// The options of `connect` without which it cannot work, asked for on a terminal. A user's `--base-url` stands for them.
    pub needs: &'static [&'static str],
}

/// The kinds of ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grant {
    /// A token made in the vendor's settings; it does not expire by itself.
    Token,
    /// In the browser (RFC 6749 4.1, RFC 8252).
    AuthorizationCode,
    /// Client id and secret of an app that acts for itself (RFC 6749 4.4).
    ClientCredentials,
    /// A signed assertion (RFC 7523).
    JwtBearer,
}

impl Grant {
    /// The word on the command line and in the stored credential.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::AuthorizationCode => "authorization-code",
            Self::ClientCredentials => "client-credentials",
            Self::JwtBearer => "jwt",
        }
    }
}

/// The parameters of a redirect, decoded, in their order.
pub type RedirectParameters = [(String, String)];

/// A vendor's authorization server.
pub struct Oauth {
    /// Its addresses for a connection's options. The error is a sentence that names the option that is missing or wrong.
    pub endpoints: fn(&Settings) -> Result<Endpoints, String>,
    /// How the app names itself at the token endpoint.
    pub client: ClientAuthentication,
    /// Whether the vendor takes PKCE with S256 (RFC 7636).
    pub pkce: bool,
    /// Whether the app has a secret.
    pub secret: Secret,
    /// The scopes to ask for at the authorization address; none where they are set on the app.
    pub scopes: &'static [&'static str],
    /// What stands between scopes: a blank (RFC 6749), or a comma.
    pub scope_separator: &'static str,
    /// Further parameters of the authorization address.
    pub authorize: &'static [(&'static str, &'static str)],
    /// The host name of the redirect address that vendors take for this machine: `localhost` or `127.0.0.1`.
    pub redirect_host: &'static str,
    /// Takes what the redirect brought beside code and state into the options: nothing where a bare code was pasted. Told
    /// before the code is exchanged, and the [`Endpoints`] are asked for again after it. The error is a sentence: the code
    /// must then not be sent anywhere.
    pub redirected: fn(&RedirectParameters, &mut Settings) -> Result<(), String>,
    /// Takes what a token answer tells of the account (where its API lives) into the options. What a renewal tells is kept
    /// for the next session; the one under way goes on where it is. The error is a sentence: the token must then not be sent
    /// anywhere.
    pub granted: fn(&Value, &mut Settings) -> Result<(), String>,
    /// How long a token lives where the answer does not tell; `None`: until it is refused.
    pub life: Option<Duration>,
    /// What an answer of the token endpoint means that [brings no token](brings_token), from status and body. Asked whatever
    /// the status is: Zoho refuses with 200. A body that is no JSON is a string, an empty one null.
    pub refusal: fn(u16, &Value) -> Refusal,
}

/// The addresses of an authorization server, absolute; a user's `--base-url` replaces scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Where the browser goes; `None`: no browser sign-in.
    pub authorize: Option<String>,
    /// Where tokens are got.
    pub token: String,
    /// Where a refresh token is given up; `None`: nowhere.
    pub revoke: Option<String>,
    /// The audience of a signed assertion; `None`: no assertions.
    pub audience: Option<String>,
}

/// How the app names itself (RFC 6749 2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// `client_id` and `client_secret` in the form.
    Form,
    /// An `Authorization: Basic` header.
    Basic,
}

/// Whether the user's app has a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// Always.
    Required,
    /// As the app is set up: a public client has none, and must send none.
    Optional,
}

/// What a refusal of the token endpoint means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The sign-in is over, or was never good: a sentence in the vendor's words.
    SignIn(String),
    /// Not now; the same again after a while.
    Busy(Option<Duration>),
}

/// Whether a token answer brings a token that can be used: anything else is a refusal, whatever its status. A token with no
/// second left is none (Marketo hands out the old one until its last moment).
#[must_use]
pub fn brings_token(body: &Value) -> bool {
    body["access_token"]
        .as_str()
        .is_some_and(|token| !token.is_empty())
        && seconds_left(body) != Some(0)
}

/// The token's life by its answer, seconds; some servers write the number as a string.
#[must_use]
pub fn seconds_left(body: &Value) -> Option<u64> {
    let told = &body["expires_in"];
    told.as_u64()
        .or_else(|| told.as_f64().map(|seconds| seconds.max(0.0) as u64))
        .or_else(|| told.as_str()?.trim().parse().ok())
}

/// Takes back from the options what earlier answers told (where the API lives), and leaves what the user set. A new sign-in
/// starts so: the next account may live elsewhere, and its token must not go to the old one's host.
pub fn forget_told(settings: &mut Settings, options: &[VendorOption]) {
    settings
        .vendor
        .retain(|key, _| options.iter().any(|option| option.name == key));
}

/// What most servers mean: `{"error", "error_description"}` is the end of it, anything else a passing trouble.
#[must_use]
pub fn usual_refusal(status: u16, body: &Value) -> Refusal {
    if body["access_token"].is_string() && seconds_left(body) == Some(0) {
        return Refusal::Busy(Some(Duration::from_secs(1)));
    }
    let error = body["error"].as_str().unwrap_or_default();
    if matches!(
        error,
        "temporarily_unavailable" | "slow_down" | "server_error"
    ) || status == 429
        || status >= 500
    {
        return Refusal::Busy(None);
    }
    let told = body["error_description"]
        .as_str()
        .or_else(|| body["message"].as_str())
        .or_else(|| bare_sentence(body))
        .unwrap_or_default();
    let words: Vec<&str> = [error, told]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    Refusal::SignIn(if words.is_empty() {
        format!("the sign-in was refused (HTTP {status})")
    } else {
        words.join(": ")
    })
}

/// A body that is nothing but a sentence; a page of a proxy is not one.
fn bare_sentence(body: &Value) -> Option<&str> {
    let text = body.as_str()?.trim();
    (!text.is_empty() && text.len() <= 300 && !text.starts_with('<')).then_some(text)
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
