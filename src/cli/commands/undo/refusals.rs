//! What cannot be undone, and the command that helps.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::parts::title;
use crate::cli::services::call_failed;
use crate::domain::ids::RunId;
use crate::domain::integration::Integration;
use crate::engine::undo::UndoError;
use crate::store::runs::KEPT;
use crate::store::{Store, UndoneRun};

/// The run, if it can be taken back at all.
pub(super) fn undoable(
    store: &Store,
    run: RunId,
    now: Timestamp,
) -> Result<UndoneRun, CommandError> {
    let of = store.run_to_undo(run)?.ok_or_else(|| {
        CommandError::not_found(format!("there is no run {run}")).fix("mobly-sync history")
    })?;
    let unsupported = |message: String| CommandError::new(ErrorCode::Unsupported, message);
    if of.outcome.is_none() && store.run_is_alive(run, now)? {
        return Err(
            CommandError::new(ErrorCode::Claimed, format!("run {run} is still at work"))
                .hint("wait for its end, or interrupt it: what it wrote so far can then be undone")
                .fix(format!("mobly-sync history show {run}")),
        );
    }
    let changes = store.changes_of(run)?;
    if changes.is_empty() && of.is_setup {
        return Err(unsupported(format!(
            "run {run} changed the set-up, not what is at the vendor"
        ))
        .hint("a change of the mapping is put back by a command of its own")
        .fix(format!("mobly-sync mapping revert {run}")));
    }
    if changes.is_empty() {
        return Err(unsupported(format!(
            "run {run} wrote nothing at a vendor, so there is nothing to undo"
        ))
        .fix("mobly-sync history"));
    }
    let undone: BTreeSet<RunId> = changes
        .iter()
        .filter_map(|change| change.undone_by)
        .collect();
    if changes.iter().all(|change| change.undone_by.is_some())
        && let Some(last) = undone.last()
    {
        // More than one where an undo ended early and was gone on with.
        let runs: Vec<String> = undone.iter().map(RunId::to_string).collect();
        let (word, hint) = match runs.len() {
            1 => ("run", "undoing the undo does it again"),
            _ => ("runs", "undoing them, the last one first, does it again"),
        };
        return Err(unsupported(format!(
            "run {run} was undone by {word} {}",
            runs.join(", ")
        ))
        .hint(hint)
        .fix(format!("mobly-sync undo {last}")));
    }
    if now.duration_since(of.started) > KEPT {
        return Err(unsupported(format!(
            "run {run} is more than 90 days old, and what fields held before is kept that long"
        ))
        .fix(format!("mobly-sync history show {run}")));
    }
    Ok(of)
}

/// The connection the run wrote through, if it is still that of the same account.
pub(super) fn integration(
    context: &Context,
    store: &Store,
    of: &UndoneRun,
) -> Result<Integration, CommandError> {
    let run = of.run;
    let found = of
        .integration
        .map(|id| store.integration_by_id(id))
        .transpose()?
        .flatten();
    let Some(integration) = found else {
        return Err(CommandError::new(
            ErrorCode::NotConnected,
            format!("the connection run {run} wrote through is not there any more"),
        )
        .fix("mobly-sync status"));
    };
    if let Some(named) = context.named_integration(None)?
        && !named.eq_ignore_ascii_case(&integration.name)
    {
        return Err(CommandError::usage(format!(
            "run {run} wrote to {}, not to {named}",
            integration.name
        )));
    }
    if integration.connected && integration.account.as_ref().map(|account| account.id) != of.account
    {
        return Err(CommandError::new(
            ErrorCode::WrongAccount,
            format!(
                "run {run} wrote to another account than {} is connected to now",
                title(&integration)
            ),
        )
        .hint("connect the account it wrote to, and undo it then")
        .fix(format!("mobly-sync connect {}", integration.vendor)));
    }
    Ok(integration)
}

/// Why an undo did not take place.
pub(super) fn undo_failed(integration: &Integration, error: UndoError) -> CommandError {
    match error {
        UndoError::Store(error) => error.into(),
        UndoError::Call(error) => call_failed(&integration.name, &error),
        UndoError::NoField { ref known, run, .. } => {
            let mut listed: Vec<&str> = known.iter().map(String::as_str).take(12).collect();
            if known.len() > listed.len() {
                listed.push("…");
            }
            CommandError::usage(error.to_string())
                .hint(format!("it wrote {}", listed.join(", ")))
                .fix(format!("mobly-sync history show {run}"))
        }
    }
}
