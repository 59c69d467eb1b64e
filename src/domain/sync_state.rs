//! Where a lead stands in one account, and why a waiting lead waits.
//!
//! Stored are four states and a few reasons; everything that hangs on the integration (mode, pause, sign-in) is derived
//! when it is shown, so that changing it touches one row and no lead. A lead in flight keeps its state: a claim lies
//! across it.

use serde::{Deserialize, Serialize};

use super::category::Category;
use super::integration::{Integration, Mode};

/// The stored state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not there yet.
    Waiting,
    /// Kept back on purpose.
    Held,
    /// Refused.
    Failed,
    /// There, with an id the vendor gave.
    Cleared,
}

impl State {
    /// The word in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::Cleared => "cleared",
        }
    }

    /// Reads the word; anything else is waiting, the only state that loses nothing.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "held" => Self::Held,
            "failed" => Self::Failed,
            "cleared" => Self::Cleared,
            _ => Self::Waiting,
        }
    }
}

/// The stored reasons of waiting and held leads.
pub mod hold {
    /// None.
    pub const NONE: &str = "";
    /// Held by a person.
    pub const HELD: &str = "held";
    /// The address must never leave.
    pub const SUPPRESSED: &str = "suppressed";
    /// Taken back by an undo.
    pub const UNDONE: &str = "undone";
    /// Was here before the account was connected.
    pub const BEFORE_CONNECT: &str = "before-connect";
    /// Frozen by Manual mode, and left so by a switch to Automatic that was to concern later leads only: its event must be
    /// named, or the mode switched once more.
    pub const FROZEN: &str = "frozen";
    /// A demanded field is empty.
    pub const NEEDS_DATA: &str = "needs-data";
    /// Not at the vendor yet, and left to the CRM's own sync to bring. Asked again by every push.
    pub const WAITING_FOR_CRM: &str = "waiting-for-crm";
}

/// Why a lead waits, as the board shows it. The order is that of precedence: the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PreSyncReason {
    /// Was here before the account was connected: its event must be named.
    BeforeConnect,
    /// The integration is not connected.
    Disconnected,
    /// The integration is paused.
    Disabled,
    /// No person object has a mapping row.
    Unmapped,
    /// The vendor refused the sign-in.
    NeedsSignIn,
    /// A demanded field is empty.
    NeedsData,
    /// The CRM's own sync has to bring the person first.
    WaitingForCrm,
    /// All its events are held.
    EventHeld,
    /// Manual mode.
    Frozen,
    /// Goes with the next sync.
    Queued,
}

impl PreSyncReason {
    /// The code in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BeforeConnect => "BEFORE_CONNECT",
            Self::Disconnected => "DISCONNECTED",
            Self::Disabled => "DISABLED",
            Self::Unmapped => "UNMAPPED",
            Self::NeedsSignIn => "NEEDS_SIGN_IN",
            Self::NeedsData => "NEEDS_DATA",
            Self::WaitingForCrm => "WAITING_FOR_CRM",
            Self::EventHeld => "EVENT_HELD",
            Self::Frozen => "FROZEN",
            Self::Queued => "QUEUED",
        }
    }

    /// One line for people.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::BeforeConnect => "were here before this account was connected",
            Self::Disconnected => "the integration is not connected",
            Self::Disabled => "the integration is disabled",
            Self::Unmapped => "nothing is mapped yet",
            Self::NeedsSignIn => "the vendor wants a new sign-in",
            Self::NeedsData => "a required field is empty",
            Self::WaitingForCrm => "the CRM has to bring them first",
            Self::EventHeld => "their event is held",
            Self::Frozen => "frozen by Manual mode",
            Self::Queued => "go with the next sync",
        }
    }

    /// The reason that holds for a waiting lead of this integration, given its stored reason and whether all its events are
    /// held.
    #[must_use]
    pub fn of(integration: &Integration, stored: &str, all_events_held: bool) -> Self {
        match () {
            () if stored == hold::BEFORE_CONNECT => Self::BeforeConnect,
            () if !integration.connected => Self::Disconnected,
            () if !integration.enabled => Self::Disabled,
            () if !integration.mapped => Self::Unmapped,
            () if integration.needs_sign_in => Self::NeedsSignIn,
            () if stored == hold::NEEDS_DATA => Self::NeedsData,
            () if stored == hold::WAITING_FOR_CRM => Self::WaitingForCrm,
            () if all_events_held => Self::EventHeld,
            () if integration.mode == Mode::Manual || stored == hold::FROZEN => Self::Frozen,
            () => Self::Queued,
        }
    }
}

/// A lead's place in one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// The category, where it failed.
    pub category: Option<Category>,
    /// Whether a failed lead's person is at the vendor all the same.
    pub landed: bool,
    /// Whether somebody took it out of Failed.
    pub ignored: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::IntegrationId;
    use crate::domain::integration::{IntegrationCategory, SecretPlace, Settings};

    fn integration() -> Integration {
        Integration {
            id: IntegrationId(1),
            name: "crm".into(),
            vendor: "crm".into(),
            category: IntegrationCategory::Crm,
            connected: true,
            enabled: true,
            mode: Mode::Automatic,
            needs_sign_in: false,
            account: None,
            settings: Settings::default(),
            secret_place: SecretPlace::None,
            revision: 1,
            mapped: true,
            mode_since: 0,
            sign_in: 1,
        }
    }

    #[test]
    fn the_first_reason_that_holds_is_shown() {
        let mut it = integration();
        assert_eq!(PreSyncReason::of(&it, "", false), PreSyncReason::Queued);
        assert_eq!(
            PreSyncReason::of(&it, hold::FROZEN, false),
            PreSyncReason::Frozen,
            "left frozen by `mode automatic --from-now`"
        );
        it.mode = Mode::Manual;
        assert_eq!(PreSyncReason::of(&it, "", false), PreSyncReason::Frozen);
        assert_eq!(PreSyncReason::of(&it, "", true), PreSyncReason::EventHeld);
        assert_eq!(
            PreSyncReason::of(&it, hold::WAITING_FOR_CRM, true),
            PreSyncReason::WaitingForCrm
        );
        it.needs_sign_in = true;
        assert_eq!(PreSyncReason::of(&it, "", true), PreSyncReason::NeedsSignIn);
        it.mapped = false;
        assert_eq!(PreSyncReason::of(&it, "", true), PreSyncReason::Unmapped);
        it.enabled = false;
        assert_eq!(PreSyncReason::of(&it, "", true), PreSyncReason::Disabled);
        it.connected = false;
        assert_eq!(
            PreSyncReason::of(&it, "", true),
            PreSyncReason::Disconnected
        );
        assert_eq!(
            PreSyncReason::of(&it, hold::BEFORE_CONNECT, true),
            PreSyncReason::BeforeConnect
        );
    }
}
