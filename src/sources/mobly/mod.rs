//! Mobly, the service behind the scanning app (Mobly REST API v0).
#![doc = include_str!("README.md")]

mod client;
mod errors;
mod info;
mod limits;
mod wire;

pub(super) use info::INFO;
