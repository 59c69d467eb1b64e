//! Signing in like a person, staying signed in like a service: one flow for every vendor.
//!
//! A vendor says where its authorization server is and what its refusals mean ([`crate::vendors::Oauth`]); everything else
//! is here:
//!
//! * [`Attempt`]: one browser sign-in (RFC 6749 4.1 with PKCE, RFC 7636, on a loopback redirect, RFC 8252): the address to
//!   open, the `state` that must come back, the verifier that never leaves;
//! * [`loopback`]: the listener on this machine and what the browser shows at the end;
//! * [`Exchange`]: every request to a token endpoint, by whatever grant;
//! * [`RenewingToken`]: the token of a session. It is renewed by the clock, early; one renewal at a time in this process and,
//!   by an OS lock, on this machine: whoever comes second reads what the first one stored. A rotated refresh token is stored
//!   before the new access token is used, since the old one dies with it;
//! * [`Keeper`]: where the sign-in is kept, and that lock.
//!
//! No secret is ever logged, and `Debug` shows none.

mod authorization;
mod exchange;
pub mod jwt;
mod keeper;
pub mod loopback;
mod page;
mod renewing;

pub use authorization::Attempt;
pub use exchange::{ClientApp, Exchange, ExchangeError, Granted, USERNAME};
pub use keeper::{Home, Keeper, RenewalLock, Replaced};
pub use loopback::{
    Browser, Lingering, Loopback, LoopbackError, Outcome, PasteError, Redirected, parse_pasted,
};
pub use renewing::RenewingToken;
