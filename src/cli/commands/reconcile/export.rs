//! `reconcile --export`: what is selected as CSV with the reasons, to be corrected and imported again.

use serde_json::json;

use super::choice::Choice;
use super::{Done, ReconcileArgs};
use crate::cli::command_error::CommandError;
use crate::cli::commands::lead::export::{Each, ExportError, Mark, write_file};
use crate::cli::context::Context;
use crate::domain::board::{BoardState, LeadLine};
use crate::domain::ids::LeadId;
use crate::domain::integration::Integration;
use crate::store::{Selection, Store, StoreError};

/// Leads loaded at a time.
const PAGE: usize = 1_000;

/// Writes the selected leads; without a selection of a state, category or cause, those that failed.
///
/// # Errors
/// If the file cannot be written.
pub(super) fn run(
    context: &Context,
    args: &ReconcileArgs,
    store: &Store,
    integration: &Integration,
    choice: &Choice,
    file: &str,
) -> Result<Done, CommandError> {
    let mut selection = Selection::from(&choice.shown);
    let names = choice.names_failures() || choice.shown.lead.is_some();
    if selection.states.is_empty() && !names {
        selection.states = vec![BoardState::Failed];
    }
    let mut lines: Vec<LeadLine> = Vec::new();
    store.lead_lines(integration, &selection, args.limit, &mut |line| {
        lines.push(line);
        Ok(())
    })?;
    let each: Each<'_> = &|visit| {
        for page in lines.chunks(PAGE) {
            let ids: Vec<LeadId> = page.iter().map(|line| line.lead).collect();
            let mut lines = page.iter();
            for lead in store.load_leads(&ids).map_err(from_store)? {
                // Both are in the same order; a lead that is gone is left out of the second.
                let line = lines.by_ref().find(|line| line.lead == lead.id);
                visit(lead, line.map(mark))?;
            }
        }
        Ok(())
    };
    let leads = write_file(context, store, file, true, each)?;
    Ok(Done {
        status: None,
        document: Some(("exported", json!({ "file": file, "leads": leads }))),
        told: true,
    })
}

fn from_store(error: StoreError) -> ExportError {
    error.into()
}

fn mark(line: &LeadLine) -> Mark {
    let category = line.category.map(|category| category.code().to_owned());
    let reason = line.message.clone().or_else(|| line.reason.clone());
    Mark {
        category: category.unwrap_or_default(),
        reason: reason.unwrap_or_default(),
    }
}
