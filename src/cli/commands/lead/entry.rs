//! A lead as the commands of this noun show it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::selection::issue_name;
use crate::cli::command_error::CommandError;
use crate::cli::waiting;
use crate::domain::board::{BoardState, LeadLine};
use crate::domain::category::Category;
use crate::domain::ids::LeadId;
use crate::domain::integration::Integration;
use crate::domain::lead::Lead;
use crate::domain::sync_state::PreSyncReason;
use crate::store::lead_list::Issue;
use crate::store::{Selection, Store, StoreError};
use crate::ui::format;
use crate::ui::table::Tone;

/// A lead of a list in JSON. Without a connection it has no state.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LeadEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) company: Option<String>,
    pub(super) events: Vec<String>,
    pub(super) state: Option<BoardState>,
    pub(super) category: Option<Category>,
    /// Why a waiting or held lead is not there.
    pub(super) reason: Option<String>,
    pub(super) issues: Vec<&'static str>,
    pub(super) scans: u32,
    pub(super) captured_at: String,
    pub(super) revision: i64,
    pub(super) fields: BTreeMap<String, String>,
}

impl LeadEntry {
    /// A lead with its place in the account of an integration.
    pub(super) fn of(
        store: &Store,
        integration: Option<&Integration>,
        lead: Lead,
        issues: &[Issue],
    ) -> Result<Self, StoreError> {
        let line = match integration {
            Some(integration) => line_of(store, integration, lead.id)?,
            None => None,
        };
        Ok(Self::with(store, line, lead, issues))
    }

    /// The same with its line of the board.
    pub(super) fn with(
        store: &Store,
        line: Option<LeadLine>,
        lead: Lead,
        issues: &[Issue],
    ) -> Self {
        let field = |key: &str| lead.field(key).map(str::to_owned);
        Self {
            id: store.ids().encode(lead.id),
            name: lead.display_name(),
            email: field("email"),
            company: field("companyName"),
            events: lead.events.iter().map(|event| event.name.clone()).collect(),
            state: line.as_ref().map(|line| line.state),
            category: line.as_ref().and_then(|line| line.category),
            reason: line.and_then(|line| line.reason),
            issues: issues.iter().map(|issue| issue_name(*issue)).collect(),
            scans: lead.scans,
            captured_at: format::stamp(lead.captured_at),
            revision: lead.revision,
            fields: lead.fields,
        }
    }

    /// Why the lead stands where it stands, in one word.
    pub(super) fn why(&self) -> String {
        match (self.state, &self.category, &self.reason) {
            (Some(BoardState::Failed | BoardState::Ignored), Some(category), _) => {
                category.code().to_owned()
            }
            (_, _, Some(reason)) => reason.clone(),
            _ => String::new(),
        }
    }
}

/// A lead's line of the board of one integration; none where it has no place there.
pub(super) fn line_of(
    store: &Store,
    integration: &Integration,
    lead: LeadId,
) -> Result<Option<LeadLine>, StoreError> {
    let selection = Selection {
        lead: Some(lead),
        ..Selection::default()
    };
    let mut found = None;
    store.lead_lines(integration, &selection, Some(1), &mut |line| {
        found = Some(line);
        Ok(())
    })?;
    Ok(found)
}

/// One lead by its row.
pub(super) fn load(store: &Store, lead: LeadId) -> Result<Lead, CommandError> {
    store
        .load_leads(&[lead])?
        .pop()
        .ok_or_else(|| CommandError::not_found("the lead was removed meanwhile"))
}

/// How a state looks.
pub(super) fn tone(state: Option<BoardState>) -> Tone {
    match state {
        Some(BoardState::Cleared) => Tone::Good,
        Some(BoardState::Failed) => Tone::Bad,
        Some(BoardState::Held) => Tone::Care,
        _ => Tone::Plain,
    }
}

/// What to type next about a lead, by where it stands.
pub(super) fn next_of(line: &LeadLine, integration: &Integration, several: bool) -> Option<String> {
    let id = &line.id;
    let of = if several {
        format!(" -i {}", integration.name)
    } else {
        String::new()
    };
    match line.state {
        BoardState::Enriching => None,
        BoardState::PreSync => match reason_of(line)? {
            PreSyncReason::Frozen | PreSyncReason::Queued => {
                Some(format!("mobly-sync reconcile --lead {id} --retry{of}"))
            }
            reason => waiting::mover(reason, integration, several, line.event.as_deref()),
        },
        BoardState::Held if line.reason.as_deref() == Some("SUPPRESSED") => None,
        BoardState::Held => Some(format!("mobly-sync lead release {id}")),
        BoardState::Failed => Some(format!("mobly-sync log {id}{of}")),
        BoardState::Cleared => Some(format!("mobly-sync open {id}{of}")),
        BoardState::Ignored => Some(format!("mobly-sync reconcile --lead {id} --unignore{of}")),
    }
}

fn reason_of(line: &LeadLine) -> Option<PreSyncReason> {
    let code = line.reason.clone()?;
    serde_json::from_value(serde_json::Value::String(code)).ok()
}
