//! Providers that are asked over HTTP, described by data: one engine asks them all.
//!
//! * [`config`]: what a provider is: how it is asked, where each field stands in its answers, what its statuses mean, what it
//!   may cost. The presets are such data ([`crate::enrich::presets`]), and so is what a user writes.
//! * [`template`]: addresses, headers and bodies with `{field}` in them. The key stands in a header, never in an address.
//! * [`reading`]: values out of an answer, and whether it is about the person asked for.
//! * [`rules`]: what a status means for sending.
//! * [`desk`]: cache and budget, as far as the engine knows of them.
//! * [`asking`]: a question as a request, one or several at once.
//! * [`provider`]: all of it together, with `sending` (leave to ask, the request, what it cost) and `answers` (what is in one).
//!
//! What an answer says is believed only as far as it has the right form and is about the person asked for.

mod answers;
pub mod asking;
pub mod config;
mod config_check;
pub mod desk;
mod limits;
pub mod provider;
pub mod reading;
pub mod rules;
mod sending;
pub mod template;

pub use config::{Config, ConfigError};
pub use desk::{Desk, Reservation};
pub use provider::{HttpProvider, OpenError, Opening, Trial};
