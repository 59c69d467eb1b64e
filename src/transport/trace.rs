//! Counting and observing requests, without anything secret or personal.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::RequestKind;

/// How many requests were sent, repeats included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct RequestCounts {
    /// Requests that read or write records.
    pub object: u64,
    /// Requests about the account and its fields.
    pub metadata: u64,
    /// Requests for tokens.
    pub token: u64,
}

impl RequestCounts {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.object + self.metadata + self.token
    }
}

/// Something worth showing while requests go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransportEvent {
    /// A request waits for room under a quota.
    Waiting {
        /// The quota's name as the vendor declared it.
        quota: &'static str,
        /// For how long, as far as is known.
        wait: Duration,
        /// True if the vendor told us to wait, false if we pace ourselves.
        told: bool,
    },
    /// A request will be tried again.
    Retrying {
        /// Which try failed, from 1.
        attempt: u32,
        /// The pause before the next one.
        wait: Duration,
        /// Why, for a person.
        reason: String,
    },
    /// A request that may take long has had no answer for the usual time.
    Silent {
        /// How much longer it is waited for.
        more: Duration,
    },
    /// A request was answered, or lost.
    Sent {
        /// What it counts as.
        kind: RequestKind,
        /// The HTTP status; None if no answer came.
        status: Option<u16>,
        /// From sending to the end of the answer.
        took: Duration,
    },
}

/// Called for every event, from any task. Must be quick and must not block.
pub type Observer = Arc<dyn Fn(&TransportEvent) + Send + Sync>;

/// Counts by kind; shared by all tasks of a run.
#[derive(Debug, Default)]
pub(super) struct Counters {
    object: AtomicU64,
    metadata: AtomicU64,
    token: AtomicU64,
}

impl Counters {
    pub(super) fn add(&self, kind: RequestKind) {
        let counter = match kind {
            RequestKind::Object => &self.object,
            RequestKind::Metadata => &self.metadata,
            RequestKind::Token => &self.token,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn read(&self) -> RequestCounts {
        RequestCounts {
            object: self.object.load(Ordering::Relaxed),
            metadata: self.metadata.load(Ordering::Relaxed),
            token: self.token.load(Ordering::Relaxed),
        }
    }
}
