//! The one SQLite file: the only place that knows SQL.
//!
//! **Locking.** WAL, one writer at a time, `busy_timeout` 5 s; a longer wait is reported with who holds the file. There is
//! no run lock: work is claimed row by row ([`claims`]), so a board is never blocked and two runs share a file.
//!
//! **Durability.** `synchronous=FULL` for claims, calls and answers (a crash at any instruction loses nothing); imports
//! run at `NORMAL` with one checkpoint at their end, since a lost import is simply repeated.
//!
//! **Compatibility.** `application_id` marks the file as ours, `user_version` counts migrations; a file of another program
//! or of a newer version is refused with the command that helps.
//!
//! **Counters.** Boards read `board_counts`, which every transaction that moves leads adjusts by its own deltas
//! ([`counters`]); nothing is counted by triggers.

pub mod accounts;
pub mod board;
pub mod calls;
pub mod check;
pub mod claims;
pub mod connection;
pub mod counters;
mod error;
#[cfg(test)]
pub(crate) mod fixtures;
mod handle;
mod integration_rows;
pub mod integrations;
pub mod lead_lines;
pub mod ledger;
pub mod links;
pub mod log;
pub mod mapping_history;
mod mapping_rows;
pub mod mappings;
pub mod qualifier_rules;
pub mod qualifiers;
pub mod queue;
pub mod runs;
pub mod selection;

pub use calls::{AnsweredCall, NewCall, Subject};
pub use claims::Claim;
pub use connection::Store;
pub use error::StoreError;
pub use handle::StoreHandle;
pub use ledger::{AttemptEnd, Commit, LeadOutcome, RunFrame};
pub use links::{ChangeKind, CompanyTurn, KnownCompany, LastWritten, RecordChange, RemoteLink};
pub use queue::{Claimed, PushSelection, QueuedLead, Waiting};
pub use runs::{NewRun, RunEnd};
pub use selection::Selection;
