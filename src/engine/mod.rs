//! The sync: from leads in the file to records at a vendor, exactly once.
//!
//! **The run.** A push ([`push()`]) fixes its selection, claims it window by window, and takes each window through the
//! phases: prepare (mapping, local checks), company, person, association, campaign, activity. A window's leads share
//! requests; several windows are at work at once. Where the company stands in a field of the person, persons are looked up first: only those who
//! need a company have one found or made.
//!
//! **At least once, then looked up.** Every write request is in the file before it leaves. An answer is recorded in one
//! transaction with everything it brought. A create whose answer never came is in doubt: it is looked up by the strongest
//! key, once the vendor's index can know, before it is repeated. `kill -9` at any instruction therefore loses nothing and
//! doubles nothing.
//!
//! **Whose fault.** A verdict on a row is that lead's: Cleared or Failed. A request without a verdict is nobody's: its leads
//! stand as before, the run stops, and the next one goes on. A refused sign-in fails the leads of its own call; the rest
//! waits.
//!
//! The engine knows vendors only through [`crate::vendors::Vendor`], prints nothing ([`events`]) and asks nobody.

mod activities;
mod addresses;
mod apart;
mod association;
mod campaigns;
pub mod check;
mod closing;
mod companies;
mod cost;
mod decide;
mod ending;
pub mod events;
mod fault;
mod gate;
mod identity;
mod in_person;
mod jobs;
mod matching;
mod metadata;
mod mirror;
pub mod needs;
mod parents;
mod persons;
mod push;
mod records;
mod rehearsal;
mod send;
mod session;
pub mod set_up;
mod steps;
mod tally;
pub mod trial;
pub mod undo;
mod verdicts;
pub mod verify;
mod window;
mod work;
mod working;

pub use cost::DayUnits;
pub use gate::{Refusal, gate};
pub use push::{FailureLimit, Interrupt, PushContext, PushRequest, push};
pub use rehearsal::{READS_LIFE, Rehearsal, Unsent, rehearse};
pub use session::Settle;
