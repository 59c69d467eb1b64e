//! Leads that are to blame themselves: a few are corrected here, many in a file that comes back by `lead import`.

use super::desk::Desk;
use super::topics::Group;
use crate::cli::command_error::CommandError;
use crate::domain::board::LeadLine;
use crate::domain::hints::{Command, quote};
use crate::domain::mapping::Source;
use crate::store::Store;
use crate::ui::format::{clean, counted};

/// So many leads are corrected one by one; more than these are quicker in a file.
const BY_HAND: u64 = 5;

/// The leads of a group, with why each failed.
///
/// # Errors
/// As every statement.
pub(super) fn lines(
    desk: &Desk<'_>,
    store: &Store,
    group: &Group,
) -> Result<Vec<LeadLine>, CommandError> {
    let mut lines = Vec::new();
    let selection = desk.selection(group);
    store.lead_lines(desk.integration(), &selection, None, &mut |line| {
        lines.push(line);
        Ok(())
    })?;
    Ok(lines)
}

/// Has the field of each lead corrected. Whether one was.
///
/// # Errors
/// If the person left.
pub(super) async fn correct(
    desk: &mut Desk<'_>,
    store: &Store,
    group: &Group,
    source: &Source,
) -> Result<bool, CommandError> {
    let Source::Field(key) = source else {
        return Ok(false);
    };
    let lines = lines(desk, store, group)?;
    if lines.len() as u64 > BY_HAND {
        export(desk, group, lines.len() as u64).await?;
        return Ok(false);
    }
    let mut changed = false;
    for line in lines {
        let lead = store.load_leads(&[line.lead])?.pop();
        let now = lead
            .as_ref()
            .and_then(|lead| lead.field(key))
            .unwrap_or_default()
            .to_owned();
        if let Some(text) = typed(desk, &line, key, &now)? {
            let edit = Command::new("lead edit")
                .argument(&line.id)
                .option("--set", &format!("{key}={text}"))
                // The retry that follows pushes it, also in Automatic.
                .flag("--no-sync")
                .of(desk.scope());
            changed |= desk.carry_out(&edit).await?;
        }
    }
    Ok(changed)
}

/// What a field shall hold; `None`: it stays as it is.
fn typed(
    desk: &Desk<'_>,
    line: &LeadLine,
    key: &str,
    now: &str,
) -> Result<Option<String>, CommandError> {
    let question = format!("{} of {} {}", key, line.id, clean(&line.name));
    let default = Some(now).filter(|text| !text.is_empty());
    let prompter = desk.ui().prompter();
    let text = match default {
        Some(_) => prompter.input(&question, default)?,
        // Without a default an empty answer would be asked for again.
        None => prompter.input(&format!("{question} (empty: leave it)"), Some(""))?,
    };
    Ok(Some(text).filter(|text| !text.is_empty() && text != now))
}

/// Writes the leads of a group to a file, ready to correct.
///
/// # Errors
/// If the person left.
pub(super) async fn export(
    desk: &mut Desk<'_>,
    group: &Group,
    leads: u64,
) -> Result<(), CommandError> {
    let name = format!(
        "{}.csv",
        group.category.code().to_lowercase().replace('_', "-")
    );
    let question = format!(
        "Write {} to correct into which file?",
        counted(leads, "lead")
    );
    let file = desk.ui().prompter().input(&question, Some(&name))?;
    let line = group
        .reconcile(desk.scope())
        .option("--export", &file)
        .of(desk.scope());
    if desk.carry_out(&line).await? {
        desk.ui().status(format!(
            "  Correct them there, bring them back with mobly-sync lead import {}, then retry.",
            quote(&file)
        ));
    }
    Ok(())
}
