//! What becomes of leads that were here before the account (decisions.md 13).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{BacklogValue, ConnectArgs};
use crate::app::Proof;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::ids::AccountId;
use crate::domain::integration::{Environment, Integration};
use crate::store::Store;
use crate::store::accounts::{Backlog, UnseenLeads};
use crate::ui::format::{clean, count, counted};
use crate::vendors::VendorInfo;

/// Events that are listed before the question.
const LISTED: usize = 8;

/// Decides before anything is stored, so that a question left unanswered changes nothing.
pub(super) fn decide(
    context: &Context,
    args: &ConnectArgs,
    store: &Store,
    info: &VendorInfo,
    before: Option<&Integration>,
    proof: &Proof,
    now: Timestamp,
) -> Result<Backlog, CommandError> {
    match args.backlog {
        Some(BacklogValue::Hold) => return Ok(Backlog::Hold),
        Some(BacklogValue::Push) => {
            let since = args
                .since
                .map(|since| since.resolve(now, &TimeZone::system()));
            return Ok(Backlog::Push { since });
        }
        None => {}
    }
    let known = known_account(store, before, proof)?;
    // No row has the number 0: an account never seen is measured against all others.
    let first = store.first_account_in_category(info.category, known.unwrap_or(AccountId(0)))?;
    if proof.details.environment == Environment::Rehearsal || !first {
        return Ok(Backlog::Hold);
    }
    let unseen = store.unseen_leads(known)?;
    if unseen.total == 0 || take_them(context, info, proof, &unseen)? {
        Ok(Backlog::Push { since: None })
    } else {
        Ok(Backlog::Hold)
    }
}

fn known_account(
    store: &Store,
    before: Option<&Integration>,
    proof: &Proof,
) -> Result<Option<AccountId>, CommandError> {
    let Some(before) = before else {
        return Ok(None);
    };
    let accounts = store.accounts(before.id)?;
    Ok(accounts
        .into_iter()
        .find(|account| {
            account.vendor_account == proof.details.vendor_account
                && account.origin == proof.details.origin
        })
        .map(|account| account.id))
}

fn take_them(
    context: &Context,
    info: &VendorInfo,
    proof: &Proof,
    unseen: &UnseenLeads,
) -> Result<bool, CommandError> {
    if context.ui.can_prompt() && !context.ui.json() && !context.ui.options().yes {
        let ui = &context.ui;
        ui.status(format!(
            "{} were here before {} {}:",
            counted(unseen.total, "lead"),
            info.account_word,
            proof.details.vendor_account
        ));
        for (event, number) in unseen.by_event.iter().take(LISTED) {
            let event = event.as_deref().unwrap_or("(no event)");
            ui.status(format!("  {:>9}  {}", count(*number), clean(event)));
        }
        let more = unseen.by_event.len().saturating_sub(LISTED);
        if more > 0 {
            ui.status(format!(
                "             and {} more",
                counted(more as u64, "event")
            ));
        }
        ui.status("No: they wait until their event is named (sync-event).");
    }
    context.may_go_on(
        &format!("Shall the next sync push them to {}?", info.title),
        true,
    )
}
