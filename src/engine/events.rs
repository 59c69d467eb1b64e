//! What the engine tells while it works. It knows no terminal: whoever runs it listens.

/// Something worth showing.
#[derive(Debug, Clone, PartialEq)]
pub enum SyncEvent {
    /// Work begins.
    Started {
        /// How many leads.
        total: u64,
        /// What is being done, in words.
        what: String,
    },
    /// Some of it is done.
    Progress {
        /// Decided.
        done: u64,
        /// Of how many.
        total: u64,
        /// There now.
        cleared: u64,
        /// Refused.
        failed: u64,
    },
    /// Nothing happens for a while, and this is why.
    Waiting {
        /// How long, at most.
        seconds: f64,
        /// The reason.
        reason: String,
    },
    /// A line for people.
    Note(String),
    /// Work is over.
    Finished,
}

/// Listens.
pub trait Reporter: Send + Sync {
    /// Takes an event; must not block.
    fn report(&self, event: SyncEvent);
}

/// Listens to nothing.
#[derive(Debug, Default)]
pub struct Silent;

impl Reporter for Silent {
    fn report(&self, _event: SyncEvent) {}
}
