//! Activities of a person, in words of our own.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Batching, RemoteId};
use crate::domain::activity::ActivityKind;

/// What a vendor keeps activities as, and how they are written: with [`super::Vendor::write`], under [`Self::object`].
pub struct ActivityInfo {
    /// The vendor's object, and its word: "note", "task".
    pub object: &'static str,
    /// How new ones are written.
    pub create: Batching,
    /// Most activities in one [`super::Vendor::find_activities`].
    pub reads: usize,
    /// Most characters of a text that surely fit, whatever they are; longer ones are cut.
    pub text: usize,
    /// How long a new one may stay unseen by [`super::Vendor::find_activities`].
    pub lag: Duration,
}

/// An activity to be made at a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityDraft {
    /// The person's object.
    pub object: &'static str,
    /// The person's record.
    pub person: RemoteId,
    /// What kind of thing happened.
    pub kind: ActivityKind,
    /// What there is to say, at most [`ActivityInfo::text`] characters.
    pub text: String,
    /// When it happened.
    pub at: Timestamp,
    /// The day of it, where the user is.
    pub day: Date,
    /// The last line of its text there: finds it again.
    pub marker: String,
}

/// An activity that may be there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityQuery {
    /// The person's object.
    pub object: &'static str,
    /// The person's record.
    pub person: RemoteId,
    /// The last line of its text there.
    pub marker: String,
}
