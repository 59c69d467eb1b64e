//! What a long piece of work tells while it runs. The engine speaks, the terminal decides how it looks.

use serde::Serialize;

/// One thing worth telling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum SyncEvent {
    /// The work begins.
    Started {
        /// How many things there are to do, as far as is known.
        total: u64,
        /// What is done to them, as a word before the numbers ("Pushing").
        what: String,
    },
    /// Where it stands; sent as often as the engine likes.
    Progress {
        /// Decided so far.
        done: u64,
        /// To do; may still grow.
        total: u64,
        /// Of the decided: there.
        cleared: u64,
        /// Of the decided: refused.
        failed: u64,
    },
    /// Nothing will happen for a while.
    Waiting {
        /// For how long.
        seconds: u64,
        /// Why, as a sentence without a full stop.
        reason: String,
    },
    /// Work that comes before the leads; said again and again while it lasts.
    Reading {
        /// What; how far, too, where it cannot be told in numbers.
        message: String,
        /// How far, and of how much.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<(u64, u64)>,
    },
    /// Something worth a line of its own.
    Note {
        /// The line.
        message: String,
    },
    /// The work is over, however it ended.
    Finished,
}

/// Takes what long work tells. Called from any thread; must not block for long.
pub trait Reporter: Send + Sync {
    /// Takes one event.
    fn report(&self, event: SyncEvent);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Reporter for Silent {
    fn report(&self, _event: SyncEvent) {}
}
