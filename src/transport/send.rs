//! One request on its way: leave from the pacer, token, exchange, judgement, and again if need be.
//!
//! What is tried again, and what never, stands in `retry.rs`.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::client::PATIENCE;
use super::error::{Lost, describe, sort};
use super::retry::Tries;
use super::trace::Counters;
use super::{
    AnswerRules, ApiRequest, ApiResponse, BaseUrl, Body, Judgement, Observer, Pacer, Permit,
    RequestCounts, RequestKind, RetryPolicy, TokenError, TokenScheme, TokenSource, TransportError,
    TransportEvent, build_client,
};

/// An answer larger than this is no answer of a CRM to a batch of 100.
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

/// Sends requests to one account of one vendor. Cheap to clone; clones share connections, pacing and
/// counts.
#[derive(Clone)]
pub struct Transport {
    client: reqwest::Client,
    base: BaseUrl,
    rules: Arc<dyn AnswerRules>,
    tokens: Arc<dyn TokenSource>,
    pacer: Pacer,
    policy: RetryPolicy,
    counters: Arc<Counters>,
    observer: Option<Observer>,
    /// Set with the vendor's words once the sign-in is refused for good: what is queued then is not sent any more.
    signed_out: Arc<OnceLock<String>>,
}

impl Transport {
    /// A transport to `base`, with its own connections.
    ///
    /// # Errors
    /// [`TransportError::Invalid`] if TLS can't be set up.
    pub fn new(
        base: BaseUrl,
        rules: Arc<dyn AnswerRules>,
        tokens: Arc<dyn TokenSource>,
        pacer: Pacer,
    ) -> Result<Self, TransportError> {
        Ok(Self {
            client: build_client(&base)?,
            base,
            rules,
            tokens,
            pacer,
            policy: RetryPolicy::default(),
            counters: Arc::default(),
            observer: None,
            signed_out: Arc::default(),
        })
    }

    /// The same with other bounds for trying again.
    #[must_use]
    pub fn with_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The same with other tokens; connections, pacing and counts stay shared.
    #[must_use]
    pub fn with_tokens(mut self, tokens: Arc<dyn TokenSource>) -> Self {
        self.tokens = tokens;
        self.signed_out = Arc::default();
        self
    }

    /// The same with other rules for its answers; connections, pacing and counts stay shared.
    #[must_use]
    pub fn with_rules(mut self, rules: Arc<dyn AnswerRules>) -> Self {
        self.rules = rules;
        self
    }

    /// The same, telling `observer` of waits, repeats and answers.
    #[must_use]
    pub fn with_observer(mut self, observer: Observer) -> Self {
        self.pacer.observe(Arc::clone(&observer));
        self.observer = Some(observer);
        self
    }

    /// Where it sends to.
    #[must_use]
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// What paces it.
    #[must_use]
    pub fn pacer(&self) -> &Pacer {
        &self.pacer
    }

    /// How often and how long it tries.
    #[must_use]
    pub fn policy(&self) -> &RetryPolicy {
        &self.policy
    }

    /// The requests sent so far by this transport and its clones, repeats included.
    #[must_use]
    pub fn counts(&self) -> RequestCounts {
        self.counters.read()
    }

    pub(super) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    pub(super) fn count(&self, kind: RequestKind) {
        self.counters.add(kind);
    }

    /// Sends `request` and returns the vendor's answer, whatever its status, as soon as the vendor's
    /// rules accept it.
    ///
    /// # Errors
    /// [`TransportError`]; [`TransportError::surely_not_done`] tells whether it may be sent again.
    pub async fn send(&self, request: &ApiRequest) -> Result<ApiResponse, TransportError> {
        let mut tries = Tries::new(self, request);
        let mut renewed: Option<SecretString> = None;
        loop {
            let permit = self
                .pacer
                .acquire(&request.costs)
                .await
                .map_err(|refusal| {
                    tries.give_up(TransportError::Wait {
                        quota: refusal.quota,
                        until: refusal.until,
                    })
                })?;
            if let Some(detail) = self.signed_out.get() {
                permit.give_back();
                let detail = detail.clone();
                return Err(tries.give_up(TransportError::SignedOut { detail }));
            }
            let token = match self.token(request, renewed.as_ref()).await {
                Ok(token) => token,
                Err(error) => {
                    permit.give_back();
                    self.sign_out(&error);
                    return Err(tries.give_up(error));
                }
            };
            tries.begin();
            match self.exchange(request, token.as_ref(), permit).await {
                Err((Lost::Invalid, detail)) => {
                    return Err(tries.give_up(TransportError::Invalid { detail }));
                }
                Err((Lost::NotSent, detail)) => tries.not_sent(detail).await?,
                Err((Lost::Unknown, detail)) => tries.lost(detail, None, None).await?,
                Ok(response) => match self.rules.judge(request, &response) {
                    Judgement::Accept | Judgement::Transient { .. } if unusable(&response) => {
                        let detail = format!(
                            "{} answered with a web page instead of data (a proxy or a sign-in page in between?)",
                            self.base.host()
                        );
                        tries
                            .lost(detail, Some(response.status.as_u16()), None)
                            .await?;
                    }
                    Judgement::Accept => return Ok(response),
                    Judgement::SignInRefused => match (token, renewed.is_some()) {
                        (Some(rejected), false) => match self.tokens.refreshed(&rejected).await {
                            Ok(Some(token)) => renewed = Some(token),
                            Ok(None) => return Ok(self.refused(response)),
                            Err(error) => {
                                let error = error.into();
                                self.sign_out(&error);
                                return Err(tries.give_up(error));
                            }
                        },
                        _ => return Ok(self.refused(response)),
                    },
                    Judgement::Wait { quota, after, stop } => {
                        tries.limited(quota, after, stop, &response).await?;
                    }
                    Judgement::RetryAfter(after) => tries.refused(after, &response).await?,
                    Judgement::Transient { after } => {
                        let detail = format!(
                            "{} answered with an error of its own (HTTP {})",
                            self.base.host(),
                            response.status.as_u16()
                        );
                        tries
                            .lost(detail, Some(response.status.as_u16()), after)
                            .await?;
                    }
                },
            }
        }
    }

    fn refused(&self, response: ApiResponse) -> ApiResponse {
        let host = self.base.host();
        let _ = self.signed_out.set(format!(
            "{host} refused the sign-in (HTTP {})",
            response.status.as_u16()
        ));
        response
    }

    fn sign_out(&self, error: &TransportError) {
        if let TransportError::SignIn { detail } | TransportError::SignedOut { detail } = error {
            let _ = self.signed_out.set(detail.clone());
        }
    }

    async fn token(
        &self,
        request: &ApiRequest,
        renewed: Option<&SecretString>,
    ) -> Result<Option<SecretString>, TransportError> {
        if request.kind == RequestKind::Token {
            return Ok(None);
        }
        match renewed {
            Some(token) => Ok(Some(token.clone())),
            None => Ok(self.tokens.token().await?),
        }
    }

    /// Sends once and reads the answer to its end. The permit is held until then.
    async fn exchange(
        &self,
        request: &ApiRequest,
        token: Option<&SecretString>,
        permit: Permit,
    ) -> Result<ApiResponse, (Lost, String)> {
        let built = match self.build(request, token) {
            Ok(built) => built,
            Err(detail) => {
                permit.give_back();
                return Err((Lost::Invalid, detail));
            }
        };
        let started = self.pacer.clock().monotonic();
        let result = self.read(built, request.timeout.unwrap_or(PATIENCE)).await;
        let took = self.pacer.clock().monotonic().saturating_sub(started);
        let status = result.as_ref().ok().map(|answer| answer.status.as_u16());
        tracing::debug!(
            target: "mobly_sync::http",
            method = %request.method,
            path = request.shown(),
            status,
            milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            "request"
        );
        match result {
            Err((lost @ (Lost::NotSent | Lost::Invalid), detail)) => {
                permit.give_back();
                Err((lost, detail))
            }
            other => {
                self.counters.add(request.kind);
                self.tell(&TransportEvent::Sent {
                    kind: request.kind,
                    status,
                    took,
                });
                let mut response = other?;
                for announcement in self.rules.announcements(request, &response) {
                    self.pacer.announce(&announcement);
                }
                response.correlation = self.rules.correlation(&response);
                drop(permit);
                Ok(response)
            }
        }
    }

    fn build(
        &self,
        request: &ApiRequest,
        token: Option<&SecretString>,
    ) -> Result<reqwest::Request, String> {
        let mut url = self
            .base
            .resolve(request.host.as_deref(), &request.path)
            .map_err(|error| error.to_string())?;
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        let mut builder = self.client.request(request.method.clone(), url);
        for (name, value) in &request.headers {
            builder = builder.header(name.as_ref(), value);
        }
        for (name, value) in &request.secret_headers {
            builder = builder.header(name.as_str(), sensitive(value.expose_secret())?);
        }
        if let Some(token) = token {
            let (name, value) = token_header(self.tokens.scheme(), token)?;
            builder = builder.header(name, value);
        } else if let Some(authorization) = &request.authorization {
            let value = sensitive(authorization.expose_secret())?;
            builder = builder.header(AUTHORIZATION, value);
        }
        builder = match &request.body {
            Body::None => builder,
            Body::Json(bytes) => builder
                .header(CONTENT_TYPE, "application/json")
                .body(bytes.clone()),
            Body::Form(fields) => builder.form(fields),
            Body::Multipart { boundary, bytes } => builder
                .header(
                    CONTENT_TYPE,
                    format!("multipart/form-data; boundary={boundary}"),
                )
                .body(bytes.clone()),
        };
        builder
            .build()
            .map_err(|error| describe(&error, self.base.host()))
    }

    /// Waits, and tells when that takes longer than usual.
    async fn patiently<T>(
        &self,
        patience: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, Elapsed> {
        let mut work = std::pin::pin!(work);
        let more = patience.saturating_sub(PATIENCE);
        if !more.is_zero() {
            if let Ok(done) = timeout(PATIENCE, &mut work).await {
                return Ok(done);
            }
            self.tell(&TransportEvent::Silent { more });
            return timeout(more, work).await;
        }
        timeout(patience, work).await
    }

    /// The answer, unless the vendor is silent for longer than `patience`: no head, or no more of the body.
    async fn read(
        &self,
        request: reqwest::Request,
        patience: Duration,
    ) -> Result<ApiResponse, (Lost, String)> {
        let host = request.url().host_str().unwrap_or_default().to_owned();
        let lost = |error: &reqwest::Error, kind| (kind, describe(error, &host));
        // Connecting has a shorter end of its own, so whoever is silent that long has read the request, or may have.
        let silent = |_| {
            let seconds = patience.as_secs();
            let detail = format!("{host} did not answer in time ({seconds} s)");
            (Lost::Unknown, detail)
        };
        let mut answer = self
            .patiently(patience, self.client.execute(request))
            .await
            .map_err(silent)?
            .map_err(|error| lost(&error, sort(&error)))?;
        let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
        let mut body = Vec::new();
        // A body that breaks off is unknown whatever the error: the vendor was at work.
        while let Some(part) = self
            .patiently(patience, answer.chunk())
            .await
            .map_err(silent)?
            .map_err(|error| lost(&error, Lost::Unknown))?
        {
            if body.len() + part.len() > LARGEST_ANSWER {
                return Err((
                    Lost::Unknown,
                    format!("the answer of {host} is larger than 64 MiB"),
                ));
            }
            body.extend_from_slice(&part);
        }
        Ok(ApiResponse::new(status, headers, body))
    }

    pub(super) fn tell(&self, event: &TransportEvent) {
        if let Some(observer) = &self.observer {
            observer(event);
        }
    }
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Transport")
            .field("base", &self.base.address())
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

impl From<TokenError> for TransportError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::SignIn(detail) => Self::SignIn { detail },
            TokenError::Gone(detail) => Self::SignedOut { detail },
            TokenError::Unavailable(detail) => Self::Unavailable {
                detail,
                status: None,
                retry_after: None,
            },
        }
    }
}

/// A success that says nothing: nobody knows what became of the request.
fn unusable(response: &ApiResponse) -> bool {
    response.is_success() && response.looks_like_html()
}

fn token_header(
    scheme: TokenScheme,
    token: &SecretString,
) -> Result<(HeaderName, HeaderValue), String> {
    let token = token.expose_secret();
    let (name, text) = match scheme {
        TokenScheme::Bearer => (AUTHORIZATION, format!("Bearer {token}")),
        TokenScheme::Word(word) => (AUTHORIZATION, format!("{word} {token}")),
        TokenScheme::Header(name) => (HeaderName::from_static(name), token.to_owned()),
    };
    let text = zeroize::Zeroizing::new(text);
    Ok((name, sensitive(&text)?))
}

fn sensitive(text: &str) -> Result<HeaderValue, String> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| "the token holds characters that no token holds; was it pasted in full?")?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
#[path = "send_tests.rs"]
mod tests;
