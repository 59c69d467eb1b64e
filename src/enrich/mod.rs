//! The enrichment waterfall: what a lead lacks is filled by the built-in rules first, then by the user's providers in their
//! order, each asked only for what is still missing.
//!
//! * Asked for is what somebody uses: what a connection maps or demands, or what the user named for the provider
//!   ([`crate::store::enrichment_wants`]). A lead that lacks only what nobody uses is asked about nowhere.
//! * A captured value is never overwritten by a provider; the rules that tidy one say so.
//! * A provider that is down, slow, lying or over budget costs nobody a lead: answers are checked field by field,
//!   and leads wait for a provider only for a while.
//! * What a batch found is written in one transaction with where it came from; after a crash only what was not written is
//!   asked again.
//!
//! Knows no provider by name and no terminal.

mod asked;
pub mod check;
mod course;
pub mod http;
mod pending;
pub mod presets;
pub mod provider;
mod report;
mod waterfall;
#[cfg(test)]
mod waterfall_tests;

pub use report::{ProviderReport, Report};
pub use waterfall::{Request, Waterfall};

pub use provider::{Answer, Found, Provider, ProviderError, Question};
