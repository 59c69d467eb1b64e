//! What a vendor contributes to sending: how to read its answers, and where tokens come from.

use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;

use super::{Announcement, ApiRequest, ApiResponse};

/// What a vendor makes of an answer, as far as sending goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// An answer, good or bad: hand it on.
    Accept,
    /// A rate limit (429): surely not done. Nothing that costs `quota` goes out for `after`.
    Wait {
        /// The quota that is used up.
        quota: &'static str,
        /// How long, by the vendor's word or its documentation.
        after: Duration,
        /// Do not wait, whatever `after` is: the day's limit.
        stop: bool,
    },
    /// Surely not done, by the vendor's documentation: try again, after this long if given (locked
    /// records, a refusal before any work).
    RetryAfter(Option<Duration>),
    /// Something broke on the vendor's side (5xx, 408): it may have been done. Where it may be
    /// repeated, not before `after`.
    Transient {
        /// How long the vendor asks to wait, if it does.
        after: Option<Duration>,
    },
    /// The token was refused (401): surely not done. Renewed once and tried once more.
    SignInRefused,
}

/// How a vendor's answers are read.
pub trait AnswerRules: Send + Sync {
    /// What to do with an answer.
    fn judge(&self, request: &ApiRequest, response: &ApiResponse) -> Judgement;

    /// What the answer's headers say about limits.
    fn announcements(&self, request: &ApiRequest, response: &ApiResponse) -> Vec<Announcement> {
        let _ = (request, response);
        Vec::new()
    }

    /// The vendor's id of the request, which its support asks for.
    fn correlation(&self, response: &ApiResponse) -> Option<String> {
        let _ = response;
        None
    }
}

/// How a token is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenScheme {
    /// `Authorization: Bearer TOKEN`
    Bearer,
    /// `Authorization: WORD TOKEN`
    Word(&'static str),
    /// `HEADER: TOKEN`
    Header(&'static str),
}

/// There is no token to send. The message tells a person what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The user has to sign in (again).
    #[error("{0}")]
    SignIn(String),
    /// The token could not be renewed just now; nothing is wrong with the sign-in.
    #[error("{0}")]
    Unavailable(String),
    /// The sign-in this session was opened with is not there any more: removed, or replaced by one for another account.
    /// Nothing more may be sent, and nobody's record is at fault.
    #[error("{0}")]
    Gone(String),
}

/// Where the token of a request comes from.
#[async_trait]
pub trait TokenSource: Send + Sync {
    /// The current token, renewed beforehand if it is about to expire.
    async fn token(&self) -> Result<Option<SecretString>, TokenError>;

    /// Another token after `rejected` was refused; None if there is no other. Many requests may ask at
    /// the same time: an implementation renews once and hands the same token to all.
    async fn refreshed(&self, rejected: &SecretString) -> Result<Option<SecretString>, TokenError> {
        let _ = rejected;
        Ok(None)
    }

    /// How the token is sent.
    fn scheme(&self) -> TokenScheme {
        TokenScheme::Bearer
    }
}

/// A token that never changes.
#[derive(Debug)]
pub struct StaticToken {
    token: SecretString,
    scheme: TokenScheme,
}

impl StaticToken {
    /// A bearer token.
    #[must_use]
    pub fn bearer(token: SecretString) -> Self {
        Self {
            token,
            scheme: TokenScheme::Bearer,
        }
    }

    /// A token sent in another way.
    #[must_use]
    pub fn with_scheme(token: SecretString, scheme: TokenScheme) -> Self {
        Self { token, scheme }
    }
}

#[async_trait]
impl TokenSource for StaticToken {
    async fn token(&self) -> Result<Option<SecretString>, TokenError> {
        Ok(Some(self.token.clone()))
    }

    fn scheme(&self) -> TokenScheme {
        self.scheme
    }
}

/// No token at all, for the requests that get the first one.
#[derive(Debug, Clone, Copy)]
pub struct NoAuthorization;

#[async_trait]
impl TokenSource for NoAuthorization {
    async fn token(&self) -> Result<Option<SecretString>, TokenError> {
        Ok(None)
    }
}
