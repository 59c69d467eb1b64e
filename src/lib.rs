//! mobly-sync: every lead captured at a trade show into the CRM, exactly once, and the truth about those that did not make
//! it.
//!
//! ```text
//!             main -> cli -> { ui, app, sandbox }
//!                      |        |
//!                      v        v
//!              capture, enrich  app ----> sign_in -> secrets
//!                      |        |           |
//!                      v        v           v
//!                    store <- engine -> vendors -> transport
//!                      |        |      sources ----^
//!                      \________|_________|__________/
//!                                v
//!                      domain   (clock, env_vars, paths beside it)
//! ```
//!
//! * [`domain`] is pure: words and rules, no input or output.
//! * [`store`] is the one SQLite file and the only place that knows SQL; [`secrets`] are kept elsewhere.
//! * [`sign_in`] is the one way people and services sign in, and stay signed in; what differs is the vendors' data.
//! * [`transport`] sends, paces and counts requests and knows no vendor; [`vendors`] translate, one folder each, and know
//!   neither store nor engine. [`sources`] do the same for services that give leads.
//! * [`engine`] brings leads to a vendor exactly once and knows no vendor by name; it speaks events, it does not print.
//! * [`capture`] reads files and pages of sources into the store; [`enrich`] fills what they lack.
//! * [`app`] puts these together; [`cli`] reads arguments; [`ui`] is the only place that writes to a terminal.
//! * [`sandbox`] is the other side, written from the vendors' documentation alone: it shares no type with the clients.
//!
//! `tests/it/layering.rs` holds the code to this picture.

pub mod app;
pub mod capture;
pub mod cli;
pub mod clock;
pub mod domain;
pub mod engine;
pub mod enrich;
pub mod env_vars;
pub mod exit;
pub mod paths;
pub mod sandbox;
pub mod secrets;
pub mod sign_in;
pub mod sources;
pub mod store;
pub mod transport;
pub mod ui;
pub mod vendors;
