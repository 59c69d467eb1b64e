//! Why a request brought no usable answer. What matters most is whether it may have been done.

use std::time::Duration;

use jiff::Timestamp;

/// No usable answer, after everything the transport may try. Messages hold no secret, no body and no
/// query value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// Surely not done: the vendor was never reached (refused, no such host, no TLS).
    #[error("{detail}")]
    NotSent {
        /// What went wrong, for a person.
        detail: String,
    },
    /// Surely not done: the vendor answered that it can't now, for as long as we kept trying.
    #[error("{detail}")]
    Unavailable {
        /// What went wrong, for a person.
        detail: String,
        /// The last HTTP status, where there was an answer.
        status: Option<u16>,
        /// How long the vendor asks to wait.
        retry_after: Option<Duration>,
    },
    /// Sent, and no usable answer came: it may or may not have been done. Look up before repeating.
    #[error("{detail}")]
    OutcomeUnknown {
        /// What went wrong, for a person.
        detail: String,
        /// The last HTTP status, where there was one.
        status: Option<u16>,
        /// How long the request was out when it was lost: one that was out long may be at work still.
        took: Duration,
    },
    /// Surely not done: a quota is used up for longer than is worth waiting.
    #[error("the limit `{quota}` is used up until {until}")]
    Wait {
        /// The quota's name as the vendor declared it.
        quota: &'static str,
        /// When it is worth trying again.
        until: Timestamp,
    },
    /// Surely not done: there is no token, or it could not be renewed.
    #[error("{detail}")]
    SignIn {
        /// What went wrong, for a person.
        detail: String,
    },
    /// Never sent: the sign-in was refused for another request of this session before, or is not there any more.
    #[error("{detail}")]
    SignedOut {
        /// What the refusal said, or what became of the sign-in.
        detail: String,
    },
    /// Surely not done: the request could not even be put together.
    #[error("{detail}")]
    Invalid {
        /// What went wrong, for a person.
        detail: String,
    },
}

impl TransportError {
    /// True if the request certainly had no effect, so that it may be sent again whatever it is.
    #[must_use]
    pub fn surely_not_done(&self) -> bool {
        !matches!(self, Self::OutcomeUnknown { .. })
    }
}

/// How one try without a complete answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// Before the request left.
    NotSent,
    /// After it left, or nobody knows.
    Unknown,
    /// The request can't be put together.
    Invalid,
}

/// Sorts an error of the HTTP client. Only a failed connection is surely not done: whatever happens
/// once the connection stands may happen after the vendor has read the request.
pub(super) fn sort(error: &reqwest::Error) -> Lost {
    if error.is_builder() {
        Lost::Invalid
    } else if error.is_connect() {
        Lost::NotSent
    } else {
        Lost::Unknown
    }
}

/// An error of the HTTP client in a sentence, without the address (its query may hold personal data).
pub(super) fn describe(error: &reqwest::Error, host: &str) -> String {
    let cause = root_cause(error);
    if error.is_builder() {
        format!("the request to {host} could not be put together: {cause}")
    } else if error.is_connect() && error.is_timeout() {
        format!("could not connect to {host}: no answer in time")
    } else if error.is_dns() {
        format!("could not find {host}: {cause}")
    } else if error.is_connect() {
        format!("could not connect to {host}: {cause}")
    } else if error.is_timeout() {
        format!("{host} did not answer in time")
    } else if error.is_body() || error.is_decode() {
        format!("the answer of {host} broke off: {cause}")
    } else {
        format!("the connection to {host} was lost before it answered: {cause}")
    }
}

fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    // The outermost text of reqwest names the address, so it is shown only if nothing lies beneath.
    if cause.is::<reqwest::Error>() {
        return "no reason was given".to_owned();
    }
    let text = cause.to_string();
    match text.split_once(" (os error") {
        Some((text, _)) => text.to_lowercase(),
        None => text,
    }
}
