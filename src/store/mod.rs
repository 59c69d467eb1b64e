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
pub mod activities;
mod answers;
pub mod board;
pub mod calls;
pub mod campaigns;
mod capture_row;
mod captures;
#[cfg(test)]
mod captures_tests;
pub mod check;
pub mod claims;
pub mod companies;
pub mod connection;
pub mod counters;
pub mod enrichment;
pub mod enrichment_origins;
pub mod enrichment_providers;
pub mod enrichment_queue;
pub mod enrichment_spend;
pub mod enrichment_wants;
pub mod enrichments;
#[cfg(test)]
mod enrichments_tests;
pub mod enroll;
pub mod erasure;
mod error;
pub mod event_report;
pub mod events;
pub mod expression;
#[cfg(test)]
mod expression_tests;
#[cfg(test)]
pub(crate) mod fixtures;
mod functions;
mod handle;
pub mod health;
pub mod identity;
pub mod ignore;
pub mod imports;
mod integration_rows;
pub mod integrations;
pub mod jobs;
mod lead_edit;
mod lead_issues;
pub mod lead_lines;
pub mod lead_list;
mod lead_row;
pub mod lead_values;
mod leads;
#[cfg(test)]
mod leads_tests;
pub mod ledger;
pub mod links;
pub mod log;
pub mod lookup;
pub mod mapping_history;
mod mapping_rows;
pub mod mappings;
pub mod merging;
pub mod mirror;
mod outcomes;
pub mod plan;
mod plan_totals;
mod pull_answers;
mod pull_leads;
mod pull_options;
mod pull_setup;
mod pull_walks;
mod pull_words;
pub mod pulls;
pub mod qualifier_rules;
pub mod qualifiers;
pub mod queue;
pub mod record_changes;
pub mod rehearsal;
pub mod requirements;
pub mod runs;
mod screening;
pub mod selection;
pub mod sources;
pub mod suppressions;
#[cfg(test)]
pub(crate) mod test_support;
pub mod to_check;
mod transaction;
mod trials;
pub mod undo;
mod undo_ledger;
pub mod verifications;
pub mod write_backs;

pub use calls::{AnsweredCall, LostCreate, NewCall, Subject};
pub use campaigns::Membership;
pub use capture_row::{CaptureRow, Channel, CorrectionRow, Met, QualifierColumn};
pub use captures::{Captured, Change, Corrected};
pub use claims::Claim;
pub use companies::{CompanyTurn, KnownCompany};
pub use connection::Store;
pub use error::StoreError;
pub use handle::StoreHandle;
pub use jobs::OpenJob;
pub use lead_edit::{EditOutcome, LeadEdit};
pub use ledger::{AttemptEnd, Commit, LeadOutcome, RunFrame};
pub use links::RemoteLink;
pub use lookup::{Candidate, Lookup};
pub use mappings::MappingEdit;
pub use mirror::{MirrorPage, MirrorState, MirroredRecord, OpenMirror};
pub use pull_leads::PulledLead;
pub use pull_setup::{PulledEvent, PulledOption, PulledQualifier, SetupPulled};
pub use pull_walks::PullCursor;
pub use pulls::{PageDone, PulledActivity, PulledItems, PulledMember, PulledPage};
pub use queue::{Claimed, PushSelection, QueuedLead, Waiting};
pub use record_changes::{ChangeKind, LastWritten, RecordChange};
pub use rehearsal::{Decided, KeptRead};
pub use runs::{NewRun, RunEnd};
pub use selection::Selection;
pub use undo::{COMPANY_LINK, StoredChange, UndoneRun};
pub use undo_ledger::UndoCommit;
