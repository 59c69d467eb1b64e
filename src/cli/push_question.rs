//! The question before a push of more than one lead, where somebody is there to answer it.

use super::command_error::CommandError;
use super::context::Context;
use super::parts::{count_of, declined, title};
use super::pushing::Wanted;
use super::services::account_title;
use crate::domain::board::BoardState;
use crate::domain::integration::Integration;
use crate::domain::sync_state::PreSyncReason;
use crate::store::{Store, Waiting};
use crate::ui::format::{clean, counted};

/// Shows what would be pushed where, and asks. Elsewhere (a script, `--json`, `--yes`) the push goes on.
///
/// # Errors
/// If the answer is no.
pub fn ask(
    context: &Context,
    store: &Store,
    integration: &Integration,
    wanted: &Wanted,
    again: bool,
) -> Result<(), CommandError> {
    let ui = &context.ui;
    if !ui.can_prompt() || ui.json() || ui.options().yes {
        return Ok(());
    }
    let event = wanted.event.as_ref().map(|event| event.id);
    let counts = store.pre_sync_counts(integration, event)?;
    let summary = store.board_summary(integration, event)?;
    let reasons: &[PreSyncReason] = match wanted.selection.waiting {
        Waiting::None => &[],
        Waiting::Queued => &[PreSyncReason::Queued],
        Waiting::Named => &[
            PreSyncReason::Queued,
            PreSyncReason::Frozen,
            PreSyncReason::BeforeConnect,
        ],
    };
    let waiting: u64 = reasons
        .iter()
        .map(|reason| count_of(&counts, *reason))
        .sum();
    let cleared = if again || wanted.selection.cleared {
        summary.of(BoardState::Cleared)
    } else {
        0
    };
    if waiting + cleared <= 1 {
        return Ok(());
    }
    let environment = integration
        .account
        .as_ref()
        .map(|account| account.environment.name().to_uppercase())
        .unwrap_or_default();
    let symbols = ui.theme().symbols();
    let what = wanted
        .event
        .as_ref()
        .map_or_else(|| "All that is due".to_owned(), |event| clean(&event.name));
    ui.status(ui.theme().strong(&format!(
        "{what} {} {} {} {} {} {environment}",
        symbols.arrow,
        title(integration),
        symbols.dot,
        clean(&account_title(integration)),
        symbols.dot
    )));
    ui.status("");
    ui.status(format!("  {} wait to be pushed", counted(waiting, "lead")));
    if cleared > 0 {
        ui.status(format!(
            "  {} cleared before are compared, and what differs is written",
            counted(cleared, "lead")
        ));
    }
    let stay = summary.of(BoardState::Held) + summary.of(BoardState::Ignored);
    if stay > 0 {
        ui.status(format!("  {} stay: held or ignored", counted(stay, "lead")));
    }
    ui.status("");
    if context.may_go_on(&format!("Push to {environment}?"), false)? {
        Ok(())
    } else {
        Err(declined())
    }
}
