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

mod answers;
mod capture_row;
mod captures;
#[cfg(test)]
mod captures_tests;
pub mod connection;
pub mod counters;
pub mod enroll;
mod error;
pub mod events;
pub mod imports;
mod lead_edit;
pub mod lead_list;
mod lead_row;
mod leads;
#[cfg(test)]
mod leads_tests;
pub mod lookup;
#[cfg(test)]
pub(crate) mod test_support;
mod transaction;

pub use capture_row::{CaptureRow, Channel, CorrectionRow, Met, QualifierColumn};
pub use captures::{Captured, Change, Corrected};
pub use connection::Store;
pub use error::StoreError;
pub use lead_edit::{EditOutcome, LeadEdit};
pub use lookup::{Candidate, Lookup};
