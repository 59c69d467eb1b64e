//! What happened when: runs and changes of set-up, as `history` shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::RunId;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunOutcome {
    /// Everything was taken up.
    Done,
    /// It stopped before everything due was pushed.
    Stopped,
    /// Somebody interrupted it.
    Interrupted,
    /// Its process is gone and never said how it ended.
    Crashed,
}

impl RunOutcome {
    /// The word in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Interrupted => "interrupted",
            Self::Crashed => "crashed",
        }
    }

    /// Reads the word of the file.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Done, Self::Stopped, Self::Interrupted, Self::Crashed]
            .into_iter()
            .find(|outcome| outcome.name() == name)
    }
}

/// Who changes something, and by which command (without any secret): what a run of `history` tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// The command as typed.
    pub command: String,
    /// The person, where known.
    pub person: Option<String>,
}

/// One run of `history`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct RunEntry {
    pub run: RunId,
    pub command: String,
    pub by: Option<String>,
    pub started: String,
    pub finished: Option<String>,
    pub integration: Option<String>,
    pub account: Option<String>,
    pub event: Option<String>,
    pub counts: Value,
    pub undone_by: Option<RunId>,
    /// `auto`, `manual`, … as in the log; `setup` for a change of set-up.
    pub trigger: String,
    /// Absent while it runs.
    pub outcome: Option<RunOutcome>,
    /// Why it stopped early.
    pub stopped: Option<String>,
    pub requests: u64,
}

/// One thing of the set-up a run changed. Absent before: it is new; absent after: it is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetupChange {
    /// What kind of thing: `mapping`, `qualifier`, `qualifier-mapping`, `integration` …
    pub kind: String,
    /// Which one.
    pub key: String,
    /// As it was.
    pub before: Option<Value>,
    /// As it became.
    pub after: Option<Value>,
}

impl SetupChange {
    /// A change of one thing.
    #[must_use]
    pub fn new(
        kind: &str,
        key: impl Into<String>,
        before: Option<Value>,
        after: Option<Value>,
    ) -> Self {
        Self {
            kind: kind.to_owned(),
            key: key.into(),
            before,
            after,
        }
    }
}

/// What a run did to one field of the vendor's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WrittenField {
    /// Set on records it created.
    pub created: u64,
    /// Was empty.
    pub filled: u64,
    /// Held a value.
    pub overwritten: u64,
}

/// Everything `history show` tells about a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunDetails {
    /// The run.
    #[serde(flatten)]
    pub entry: RunEntry,
    /// Records by what was done (`created`, `updated`, `linked`, `joined`).
    pub records: BTreeMap<String, u64>,
    /// By `object.field`.
    pub fields: BTreeMap<String, WrittenField>,
    /// A few values of each field, by the same name.
    pub examples: BTreeMap<String, Vec<FieldExample>>,
    /// Records of a trial of the mapping that stand at the vendor still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stayed: Vec<StayedRecord>,
    /// The address of the person of a trial that did not come to its end: one may stand there whose id nobody was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_for: Option<String>,
    /// Leads it attempted.
    pub leads: u64,
    /// Leads it failed, by category.
    pub failures: BTreeMap<String, u64>,
    /// The run it took back, where it is an undo.
    pub undoes: Option<RunId>,
    /// The command that takes it back, while one can.
    pub undo: Option<String>,
    /// Until when: what fields held before is kept that long.
    pub undo_until: Option<String>,
    /// What it changed of the set-up.
    pub changes: Vec<SetupChange>,
}

/// A record that a trial left behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayedRecord {
    /// The vendor's object.
    pub object: String,
    /// Its id.
    pub id: String,
}

/// One value a run wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldExample {
    /// The record.
    pub id: String,
    /// What the field held; absent on a record the run made.
    pub before: Option<Value>,
    /// What was written.
    pub after: Value,
}

/// One step of `mapping history`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MappingChange {
    /// The run.
    pub run: RunId,
    /// When.
    pub at: String,
    /// Who.
    pub by: Option<String>,
    /// The command.
    pub command: String,
    /// What changed.
    pub changes: Vec<SetupChange>,
}
