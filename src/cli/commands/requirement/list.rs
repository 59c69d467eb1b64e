//! `requirement list`.

use clap::Args;

use super::{Document, entries, integration};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;
use crate::ui::format;
use crate::ui::table::{Cell, Table, Tone};

/// List the demanded fields, with how many leads wait for each
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync requirement list --json")]
pub struct RequirementListArgs {}

pub(super) fn run(context: &Context, _: &RequirementListArgs) -> Result<ExitStatus, CommandError> {
    let (_, store) = context.open()?;
    let integration = integration(context, &store)?;
    let entries = entries(&store, &integration)?;
    let counts = store.pre_sync_counts(&integration, None)?;
    let waiting = counts
        .iter()
        .find(|(reason, _)| *reason == crate::domain::sync_state::PreSyncReason::NeedsData)
        .map_or(0, |(_, count)| *count);
    let ui = &context.ui;
    if ui.json() {
        ui.document(&Document {
            integration: integration.name,
            requirements: entries,
            changed: None,
            waiting,
        });
        return Ok(ExitStatus::Done);
    }
    if entries.is_empty() {
        ui.status(format_args!(
            "Nothing is demanded for {}.",
            integration.name
        ));
        ui.next("mobly-sync requirement add email");
        return Ok(ExitStatus::Done);
    }
    let mut table = Table::new(&["FIELD", "EVENT", "WAITING"]).right(&[2]);
    for entry in &entries {
        table.row([
            Cell::toned(&entry.field, Tone::Strong),
            entry.event.as_deref().unwrap_or("").into(),
            format::count(entry.waiting).as_str().into(),
        ]);
    }
    table.print(ui);
    if waiting > 0 {
        ui.next("mobly-sync lead list --state pre-sync");
    }
    Ok(ExitStatus::Done)
}
