//! The reconciliation board: where every lead of an account stands, and why the failed ones failed.
//!
//! The sum always closes: `total = enriching + pre_sync + held + failed + cleared + ignored`. The keys are those of the
//! command-line contract.

use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::category::{Category, Fix};
use super::expression::Expression;
use super::ids::{EventId, LeadId, RunId};
use super::sync_state::PreSyncReason;

/// The columns of the board, as `--state` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoardState {
    /// Its source is still filling it in.
    Enriching,
    /// Not there yet.
    PreSync,
    /// Refused.
    Failed,
    /// There.
    Cleared,
    /// Kept back on purpose.
    Held,
    /// Failed, and taken out of Failed by a person.
    Ignored,
}

impl BoardState {
    /// Every state, in the order of the sum.
    pub const ALL: [Self; 6] = [
        Self::Enriching,
        Self::PreSync,
        Self::Held,
        Self::Failed,
        Self::Cleared,
        Self::Ignored,
    ];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Enriching => "enriching",
            Self::PreSync => "pre-sync",
            Self::Failed => "failed",
            Self::Cleared => "cleared",
            Self::Held => "held",
            Self::Ignored => "ignored",
        }
    }
}

/// How the board lists leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// Grouped by event.
    #[default]
    Event,
    /// A flat list.
    Lead,
}

impl View {
    /// The word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Lead => "lead",
        }
    }
}

/// How Failed is grouped below its categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    /// Not at all.
    Category,
    /// By cause: phase, field and, where it tells causes apart, value.
    #[default]
    Cause,
    /// By the refused value, whatever the field.
    Value,
    /// By the field, whatever the value.
    Field,
    /// By the step that failed.
    Phase,
}

impl GroupBy {
    /// Every grouping.
    pub const ALL: [Self; 5] = [
        Self::Category,
        Self::Cause,
        Self::Value,
        Self::Field,
        Self::Phase,
    ];

    /// The word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Cause => "cause",
            Self::Value => "value",
            Self::Field => "field",
            Self::Phase => "phase",
        }
    }
}

macro_rules! from_word {
    ($type:ty, $all:expr, $words:literal) => {
        impl FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $all.into_iter()
                    .find(|known: &Self| known.name().eq_ignore_ascii_case(text))
                    .ok_or_else(|| format!("{text:?} is none of {}", $words))
            }
        }
    };
}

from_word!(
    BoardState,
    Self::ALL,
    "enriching, pre-sync, failed, cleared, held, ignored"
);
from_word!(View, [Self::Event, Self::Lead], "event, lead");
from_word!(GroupBy, Self::ALL, "category, cause, value, field, phase");

/// What the board is asked for. Event and `since` bound everything shown; the rest bounds only the listed leads
/// (decisions.md 15).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardFilter {
    /// Only this event.
    pub event: Option<EventId>,
    /// Only leads attempted since; those never attempted count by their capture.
    pub since: Option<Timestamp>,
    /// List leads of this state.
    pub state: Option<BoardState>,
    /// List leads failed in this category.
    pub category: Option<Category>,
    /// List leads failed for one of these causes ([`Cause::key`], hex); empty: any.
    pub causes: Vec<String>,
    /// List leads whose name or e-mail holds this.
    pub search: Option<String>,
    /// List this lead.
    pub lead: Option<LeadId>,
    /// List leads an expression holds for.
    pub matching: Option<Expression>,
    /// List at most so many.
    pub limit: Option<u64>,
    /// Grouped by event or flat.
    pub view: View,
    /// Grouping below the categories.
    pub by: GroupBy,
}

impl BoardFilter {
    /// Whether `leads` is filled: in the lead view, or when something selects leads.
    #[must_use]
    pub fn lists_leads(&self) -> bool {
        self.view == View::Lead
            || self.state.is_some()
            || self.category.is_some()
            || self.search.is_some()
            || self.lead.is_some()
            || self.matching.is_some()
            || !self.causes.is_empty()
    }
}

/// The document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct Board {
    pub integration: String,
    pub account: Option<String>,
    pub view: View,
    pub filter: FilterEcho,
    pub summary: Summary,
    pub pre_sync: Vec<PreSyncGroup>,
    pub held: Vec<HeldGroup>,
    pub failed: Vec<FailedGroup>,
    pub events: Vec<EventLine>,
    pub leads: Vec<LeadLine>,
}

/// The filter as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct FilterEcho {
    pub event: Option<String>,
    pub state: Option<BoardState>,
    pub category: Option<Category>,
    pub search: Option<String>,
    pub view: View,
    pub since: Option<String>,
    pub lead: Option<String>,
    /// `--where` as it was written.
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub matching: Option<String>,
    pub limit: Option<u64>,
    pub by: GroupBy,
}

/// The numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct Summary {
    pub total: u64,
    pub enriching: u64,
    pub pre_sync: u64,
    pub held: u64,
    pub failed: u64,
    pub failed_landed: u64,
    pub cleared: u64,
    pub ignored: u64,
    /// Of cleared and failed.
    pub cleared_percent: f64,
}

impl Summary {
    /// One column.
    #[must_use]
    pub fn of(&self, state: BoardState) -> u64 {
        match state {
            BoardState::Enriching => self.enriching,
            BoardState::PreSync => self.pre_sync,
            BoardState::Held => self.held,
            BoardState::Failed => self.failed,
            BoardState::Cleared => self.cleared,
            BoardState::Ignored => self.ignored,
        }
    }
}

/// A share in percent with one decimal; never 100 while something is missing, never 0 while something is there.
#[must_use]
#[allow(clippy::cast_precision_loss)] // counts of leads are far below 2^52
pub fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 || part == 0 {
        return 0.0;
    }
    if part >= whole {
        return 100.0;
    }
    let share = (part as f64 / whole as f64 * 1000.0).round() / 10.0;
    share.clamp(0.1, 99.9)
}

/// Waiting leads of one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct PreSyncGroup {
    pub reason: PreSyncReason,
    pub count: u64,
    pub fix: Option<Fix>,
    pub hint: Option<String>,
    /// What they lack, where they wait for data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeededField>,
}

/// A demanded field and how many waiting leads lack it; a lead may lack several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct NeededField {
    /// Alternatives are told apart by `|`.
    pub field: String,
    pub count: u64,
}

/// Held leads of one reason: `HELD`, `SUPPRESSED`, `UNDONE`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct HeldGroup {
    pub reason: String,
    pub count: u64,
}

/// Failed leads of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct FailedGroup {
    pub category: Category,
    pub description: String,
    pub count: u64,
    pub fix: Option<Fix>,
    pub hint: Option<String>,
    pub causes: Vec<Cause>,
}

/// Failed leads of one cause (or of one value, field, phase).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct Cause {
    /// A position ("1a"): holds until the next board of the scope.
    pub id: String,
    /// Stays the same from board to board.
    pub key: String,
    pub phase: Option<String>,
    pub object: Option<String>,
    pub field: Option<String>,
    pub value: Option<String>,
    pub vendor_message: String,
    pub count: u64,
    /// Whether all of its people are at the vendor all the same.
    pub landed: bool,
    /// How many of them are.
    pub landed_count: u64,
    /// The vendor's option that is probably meant.
    pub guess: Option<String>,
    /// A command that settles it.
    pub fix: Option<String>,
    /// The keys of the causes this line stands for (one, unless grouped otherwise).
    #[serde(skip)]
    pub members: Vec<String>,
}

/// One event's numbers; `event` is absent for the leads of none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct EventLine {
    pub event: Option<String>,
    pub event_id: Option<EventId>,
    pub enriching: u64,
    pub pre_sync: u64,
    pub held: u64,
    pub failed: u64,
    pub cleared: u64,
    pub ignored: u64,
}

/// One lead of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct LeadLine {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    /// The event the board is bound to, else the lead's latest.
    pub event: Option<String>,
    pub events: Vec<String>,
    pub state: BoardState,
    pub category: Option<Category>,
    pub landed: bool,
    pub ignored: bool,
    /// The person's record at the vendor.
    pub record: Option<String>,
    pub run: Option<RunId>,
    pub message: Option<String>,
    /// Why a waiting or held lead is not there yet.
    pub reason: Option<String>,
    /// The lead's row, for whoever goes on with it.
    #[serde(skip, default = "no_lead")]
    pub lead: LeadId,
}

fn no_lead() -> LeadId {
    LeadId(0)
}

/// What a cause id of the last board stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedCause {
    /// The position: `1` a category, `1a` a cause of it.
    pub id: String,
    /// The category.
    pub category: Category,
    /// Keys of the causes; empty: the whole category.
    #[serde(default)]
    pub keys: Vec<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_percentage_never_claims_what_is_not_so() {
        assert!((percent(1660, 1800) - 92.2).abs() < 1e-9);
        assert!((percent(99_999, 100_000) - 99.9).abs() < 1e-9);
        assert!((percent(1, 100_000) - 0.1).abs() < 1e-9);
        assert!((percent(5, 5) - 100.0).abs() < 1e-9);
        assert!(percent(0, 0).abs() < 1e-9);
    }

    #[test]
    fn state_words_are_those_of_the_command_line_in_json_too() {
        for state in BoardState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
            assert_eq!(state.name().parse::<BoardState>().unwrap(), state);
        }
        assert!("frozen".parse::<BoardState>().is_err());
    }

    #[test]
    fn leads_are_listed_when_something_selects_them() {
        let mut filter = BoardFilter::default();
        assert!(!filter.lists_leads());
        filter.limit = Some(3);
        assert!(!filter.lists_leads(), "a limit alone selects nothing");
        filter.search = Some("ana".into());
        assert!(filter.lists_leads());
    }
}
