//! Questions, rows and verdicts: what goes to a vendor and what comes back, in words of our own.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::{Job, KeyKind};
use crate::domain::category::Category;
use crate::domain::failure::Failure;

/// A record's id at the vendor.
pub type RemoteId = String;
/// Values by the vendor's field name, in the vendor's form.
pub type Values = BTreeMap<String, Value>;

/// A question for records.
#[derive(Debug, Clone)]
pub struct Find {
    /// Where.
    pub object: &'static str,
    /// By what.
    pub by: KeyKind,
    /// At most [`Lookup::keys`] keys, each once.
    pub keys: Vec<String>,
    /// The fields to read.
    pub fields: Vec<String>,
    /// Only records made at or after this time (looking for what a lost answer may have made).
    pub created_after: Option<Timestamp>,
}

/// The answer to one [`Find`]: every key asked for, in any order.
#[derive(Debug, Clone)]
pub struct FindAnswer {
    /// What was found by each key; no records: surely absent.
    pub found: Vec<Found>,
    /// The call that told.
    pub call: CallTrace,
}

/// What one key found, oldest record first.
#[derive(Debug, Clone)]
pub struct Found {
    /// The key as asked.
    pub key: String,
    /// The records.
    pub records: Vec<RemoteRecord>,
}

/// A record as the vendor holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteRecord {
    /// The kind.
    pub object: &'static str,
    /// The id.
    pub id: RemoteId,
    /// The fields asked for.
    pub values: Values,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// The record to use in its stead (converted, merged).
    pub instead: Option<(&'static str, RemoteId)>,
}

/// What shall happen to one record. All rows of one [`Vendor::write`] are of one kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A new record.
    Create {
        /// Its fields.
        values: Values,
    },
    /// Some fields of a record that is there.
    Update {
        /// The record.
        id: RemoteId,
        /// The fields that change.
        values: Values,
    },
}

impl Change {
    /// The fields sent.
    #[must_use]
    pub fn values(&self) -> &Values {
        match self {
            Self::Create { values } | Self::Update { values, .. } => values,
        }
    }

    /// Whether it makes a record.
    #[must_use]
    pub fn is_create(&self) -> bool {
        matches!(self, Self::Create { .. })
    }
}

/// One row of a write.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Names the row in the answer; unique within the request.
    pub trace: String,
    /// What shall happen.
    pub change: Change,
    /// Records a new one is joined to, where the vendor takes that inline.
    pub links: Vec<(&'static str, RemoteId)>,
    /// Somebody decided that a new record be made though the vendor's duplicate rules found others (`--create`), as far as
    /// the vendor lets itself be told.
    pub despite_duplicates: bool,
}

/// The answer to one write: a verdict for every row sent, in any order.
#[derive(Debug, Clone)]
pub struct WriteAnswer {
    /// The verdicts; none of them where a job was taken on.
    pub rows: Vec<RowAnswer>,
    /// The job, where the rows were handed in to be written later ([`super::Batching::bulk`]).
    pub job: Option<Job>,
    /// The call.
    pub call: CallTrace,
}

/// One row's part of an answer.
#[derive(Debug, Clone)]
pub struct RowAnswer {
    /// The row.
    pub trace: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The row as it was sent.
    pub sent: Value,
    /// What the answer said of it.
    pub received: Value,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Written; the id the vendor returned for this very row.
    Done {
        /// The record.
        id: RemoteId,
        /// The record as stored, where the answer holds it.
        stored: Option<Values>,
    },
    /// Written, but the vendor tells no id: the engine finds the record before anybody counts as there.
    Taken,
    /// A new record was meant, and one that nobody had found was changed instead, unseen: what it held before is not known.
    Overwrote {
        /// The record.
        id: RemoteId,
    },
    /// A record with this key is there already: match it.
    Exists {
        /// The record.
        id: RemoteId,
    },
    /// The record meant is gone: the stored id is stale.
    Gone,
    /// One of [`Row::links`] is gone.
    LinkGone,
    /// Refused.
    Refused(Failure),
    /// Locked just now: this row again, after a while.
    Later(Option<Duration>),
    /// The answer does not mention the row: never success.
    Silent,
}

/// What became of one pair.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkEnd {
    /// Joined.
    Done,
    /// One of the two is not there any more.
    Gone(Failure),
    /// Refused.
    Refused(Failure),
}

/// The outcome of joining pairs.
#[derive(Debug, Clone)]
pub struct LinkAnswer {
    /// For each pair, in the order asked: done, or why not.
    pub pairs: Vec<LinkEnd>,
    /// The call.
    pub call: CallTrace,
}

/// A call as the log may keep it: no headers, no secrets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallTrace {
    /// The method.
    pub method: String,
    /// The full address.
    pub url: String,
    /// The status; 0 where none came.
    pub status: u16,
    /// The raw answer, shortened to what a person would read (64 KiB at most); empty where the rows have their own parts.
    pub body: Value,
    /// The vendor's own id of the call.
    pub correlation: Option<String>,
}

/// A whole call failed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{kind}")]
pub struct CallError {
    /// How.
    pub kind: CallErrorKind,
    /// The call, where one was made.
    pub call: Option<Box<CallTrace>>,
}

impl CallError {
    /// A failed call of which nothing more is known.
    #[must_use]
    pub fn new(kind: CallErrorKind) -> Self {
        Self { kind, call: None }
    }

    /// Answered, but with nothing usable: whatever was asked for is done by now, or never will be.
    #[must_use]
    pub fn unusable(message: impl Into<String>, call: CallTrace) -> Self {
        Self {
            kind: CallErrorKind::OutcomeUnknown {
                message: message.into(),
                may_run: Duration::ZERO,
            },
            call: Some(Box::new(call)),
        }
    }

    /// The same, of a lost request that the vendor may be at for so much longer.
    #[must_use]
    pub fn may_run(mut self, longer: Duration) -> Self {
        if let CallErrorKind::OutcomeUnknown { may_run, .. } = &mut self.kind {
            *may_run = longer;
        }
        self
    }

    /// This vendor has no such thing.
    #[must_use]
    pub fn unsupported(what: &str) -> Self {
        Self::new(CallErrorKind::NotAllowed(Failure::new(
            Category::Unexpected,
            format!("there are no {what} at this vendor"),
        )))
    }
}

/// The ways a whole call fails.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CallErrorKind {
    /// The vendor refused the request. Guilty rows known: drop them and send the rest; none: halve.
    #[error("{}", failure.message)]
    Refused {
        /// Why.
        failure: Failure,
        /// What the answer names.
        guilty: Vec<Guilty>,
    },
    /// The sign-in was refused.
    #[error("{}", .0.message)]
    SignIn(Failure),
    /// Never sent: the sign-in was refused for another call before.
    #[error("{message}")]
    SignedOut {
        /// A sentence.
        message: String,
    },
    /// Signed in, but not allowed to.
    #[error("{}", .0.message)]
    NotAllowed(Failure),
    /// A limit is used up; surely not done.
    #[error("{message}")]
    Wait {
        /// Which limit.
        quota: &'static str,
        /// When it is worth trying again.
        until: Timestamp,
        /// Whether it is the day's budget.
        daily: bool,
        /// A sentence.
        message: String,
    },
    /// Not reachable or not well; surely not done.
    #[error("{message}")]
    Unavailable {
        /// The vendor's own word for when.
        retry_after: Option<Duration>,
        /// A sentence.
        message: String,
    },
    /// Sent, and no usable answer came: look up before repeating.
    #[error("{message}")]
    OutcomeUnknown {
        /// A sentence.
        message: String,
        /// How much longer the vendor may be at it: until then a look-up that finds nothing proves nothing.
        may_run: Duration,
    },
}

/// What a refusal of a whole request blames.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guilty {
    /// One row, by its trace.
    Trace(String),
    /// Every row that holds this value in this field (in any field: `None`), with the vendor's reason.
    Value {
        /// The field, where named.
        field: Option<String>,
        /// The value as sent.
        value: String,
        /// Why.
        failure: Failure,
    },
    /// Every row that sends this field.
    Field {
        /// The field.
        field: String,
        /// Why.
        failure: Failure,
    },
}
