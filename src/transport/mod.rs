//! HTTP for vendors: sending, pacing, retrying, counting. Knows no vendor.
//!
//! A vendor describes its limits as data ([`QuotaSpec`]), reads its own answers ([`AnswerRules`]) and
//! hands over requests ([`ApiRequest`]); [`Transport::send`] does the rest.
//!
//! Invariants:
//! * A request that creates something ([`Effect::Once`]) is never sent again unless it surely had no
//!   effect. Everything that may have been done and was not answered is
//!   [`TransportError::OutcomeUnknown`], and the engine looks it up before anything is repeated.
//! * Waiting is bounded: what takes longer than [`RetryPolicy::longest_wait`] is an error that says
//!   until when ([`TransportError::Wait`]).
//! * No header, body, token or query value reaches a log, an error or `Debug`.
//!
//! Dropping a future of [`Transport::send`] cancels it; the request may have reached the vendor.

mod base_url;
mod client;
mod error;
mod pacer;
mod quota;
mod reach;
mod request;
mod response;
mod retry;
mod rules;
mod send;
mod trace;
mod window;

pub use base_url::{BaseUrl, BaseUrlError};
pub use client::{build_client, install_tls_provider};
pub use error::TransportError;
pub use pacer::{Pacer, Permit, QuotaUsage, Refusal};
pub use quota::{Announcement, QuotaSpec, Window};
pub use reach::Reached;
pub use request::{ApiRequest, Body, Effect, Part, RequestKind};
pub use response::{ApiResponse, NotJson};
pub use retry::RetryPolicy;
pub use rules::{
    AnswerRules, Judgement, NoAuthorization, StaticToken, TokenError, TokenScheme, TokenSource,
};
pub use send::Transport;
pub use trace::{Observer, RequestCounts, TransportEvent};
