//! Runs and attempts: what happened, told the same way in the log, in history and in JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::category::Category;
use super::ids::RunId;

/// What started an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// sync, import, watch, enable.
    Auto,
    /// sync-event.
    Manual,
    /// reconcile --lead.
    RetryLead,
    /// reconcile --category.
    RetryCategory,
    /// Every other retry.
    RetryGlobal,
    /// mode automatic.
    ModeSwitch,
    /// An undo.
    Undo,
    /// mapping try.
    Test,
}

impl Trigger {
    /// The word in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Manual => "manual",
            Self::RetryLead => "retry-lead",
            Self::RetryCategory => "retry-category",
            Self::RetryGlobal => "retry-global",
            Self::ModeSwitch => "mode-switch",
            Self::Undo => "undo",
            Self::Test => "test",
        }
    }

    /// Whether it is a retry.
    #[must_use]
    pub fn is_retry(self) -> bool {
        matches!(
            self,
            Self::RetryLead | Self::RetryCategory | Self::RetryGlobal
        )
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum AttemptStatus {
    Cleared,
    Failed,
    Interrupted,
}

impl AttemptStatus {
    /// The word in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cleared => "cleared",
            Self::Failed => "failed",
            Self::Interrupted => "interrupted",
        }
    }
}

/// What a cleared attempt did to the person's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum AttemptResult {
    Created,
    Updated,
    Unchanged,
}

impl AttemptResult {
    /// The word in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
        }
    }
}

/// What a phase did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PhaseAction {
    Match,
    Create,
    Update,
    Link,
    Skip,
}

impl PhaseAction {
    /// The word in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Create => "create",
            Self::Update => "update",
            Self::Link => "link",
            Self::Skip => "skip",
        }
    }
}

/// Why a run stopped before everything due was pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum StopReason {
    Limit,
    Budget,
    RateLimit,
    Outage,
    Duration,
    Guard,
    Interrupted,
}

impl StopReason {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Budget => "budget",
            Self::RateLimit => "rate-limit",
            Self::Outage => "outage",
            Self::Duration => "duration",
            Self::Guard => "guard",
            Self::Interrupted => "interrupted",
        }
    }
}

/// The guard that stopped a push, with its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardStop {
    /// The option: `--max-creates`.
    pub option: String,
    /// What it allows; of `--expect`, what it says.
    pub allowed: u64,
    /// What there was.
    pub found: u64,
}

impl GuardStop {
    /// A guard by its option.
    #[must_use]
    pub fn new(option: &str, allowed: u64, found: u64) -> Self {
        Self {
            option: option.to_owned(),
            allowed,
            found,
        }
    }
}

/// Requests by what they were for; repeats included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RequestsByKind {
    pub object: u64,
    pub metadata: u64,
    pub token: u64,
}

impl RequestsByKind {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u64 {
        self.object + self.metadata + self.token
    }
}

/// What a push did; the JSON document of `sync` and `sync-event` and the value of `"sync"` elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct PushSummary {
    pub run: RunId,
    pub integration: String,
    pub account: String,
    pub event: Option<String>,
    pub event_id: Option<i64>,
    pub pushed: u64,
    pub cleared: u64,
    pub failed: u64,
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub skipped: u64,
    pub waiting: u64,
    pub stopped: Option<StopReason>,
    pub until: Option<String>,
    pub by_category: BTreeMap<String, u64>,
    pub failed_landed: u64,
    pub requests: u64,
    pub requests_by_kind: RequestsByKind,
    pub elapsed_ms: u64,
    /// The guard, where one stopped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard: Option<GuardStop>,
    /// How a retry fared; only retries have it.
    #[serde(skip)]
    pub retry: Option<RetryCounts>,
    /// Failed leads whose person is there all the same, made by this run or before it; for people's eyes
    /// (`failed_landed` counts only those this run made).
    #[serde(skip)]
    pub failed_there: u64,
    /// Why it stopped, in a sentence.
    #[serde(skip)]
    pub stop_message: Option<String>,
    /// Whether the vendor refused the sign-in.
    #[serde(skip)]
    pub sign_in_refused: bool,
    /// Things worth telling: leads claimed by another run, adopted records …
    #[serde(skip)]
    pub notes: Vec<String>,
    /// What updates did, by the vendor's field.
    #[serde(skip)]
    pub field_effects: BTreeMap<String, FieldEffect>,
}

/// What the updates of a run did to one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FieldEffect {
    /// Was empty, or ours.
    pub filled: u64,
    /// Held somebody's value.
    pub overwritten: u64,
    /// Theirs stayed.
    pub kept: u64,
}

/// What became of retried leads: `retried = cleared + moved + unchanged + waiting`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RetryCounts {
    /// The run.
    pub run: Option<RunId>,
    /// All of them.
    pub retried: u64,
    /// Now there.
    pub cleared: u64,
    /// Failed in a category they were not in before.
    pub moved: u64,
    /// Failed as before.
    pub unchanged: u64,
    /// Not decided.
    pub waiting: u64,
}

/// A request as the log keeps it: this lead's part of the body, never a header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoggedRequest {
    /// GET, POST …
    pub method: String,
    /// The full address.
    pub url: String,
    /// This lead's part.
    pub body: Value,
}

/// An answer as the log keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoggedResponse {
    /// HTTP status.
    pub status: u16,
    /// This lead's part.
    pub body: Value,
}

/// One step of an attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhaseEntry {
    /// The phase.
    pub name: super::failure::Phase,
    /// What it did; none for `prepare`.
    pub action: Option<PhaseAction>,
    /// The record it touched.
    pub remote_id: Option<String>,
    /// What was sent.
    pub request: Option<LoggedRequest>,
    /// What came back.
    pub response: Option<LoggedResponse>,
    /// Whether it went well.
    pub ok: bool,
    /// Something worth telling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The vendor's object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

impl PhaseEntry {
    /// A step that made no call.
    #[must_use]
    pub fn local(name: super::failure::Phase, ok: bool, note: Option<String>) -> Self {
        Self {
            name,
            action: None,
            remote_id: None,
            request: None,
            response: None,
            ok,
            note,
            object: None,
        }
    }
}

/// One attempt, as `log` shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct AttemptEntry {
    pub id: i64,
    pub run: RunId,
    pub event: Option<String>,
    pub started: String,
    pub finished: Option<String>,
    pub trigger: String,
    pub status: AttemptStatus,
    pub result: Option<AttemptResult>,
    pub category: Option<Category>,
    pub message: Option<String>,
    pub phases: Vec<PhaseEntry>,
}
