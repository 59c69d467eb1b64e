//! How a change is told. No change pushes anything.

use serde::Serialize;

use super::entry::CampaignEntry;
use super::place::account;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::domain::event::Event;
use crate::domain::ids::RunId;
use crate::ui::format::counted;

/// What was changed.
pub(super) struct Change<'a> {
    pub(super) event: &'a Event,
    /// The campaign's id as people name it.
    pub(super) id: &'a str,
    pub(super) run: Option<RunId>,
    pub(super) notes: Vec<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    changed: bool,
    run: Option<RunId>,
    event: &'a str,
    campaign: Option<CampaignEntry>,
    cleared: u64,
    again: Option<&'a str>,
    due: u64,
    next: Option<&'a str>,
    notes: &'a [String],
}

/// Tells what an event feeds to a campaign now, whom it concerns and what to do next.
///
/// # Errors
/// As every statement.
pub(super) fn tell(
    context: &Context,
    setup: &Setup,
    change: &Change<'_>,
) -> Result<(), CommandError> {
    let account = account(setup)?;
    let event = change.event;
    let fed = setup.store.fed_campaigns(account)?;
    let fed = fed.iter().find(|fed| fed.campaign.shown_id() == change.id);
    let entry = fed
        .map(|fed| CampaignEntry::of(setup, fed, Some(event.id)))
        .transpose()?;
    let feed = entry.as_ref().and_then(|entry| entry.events.first());
    let cleared = match (change.run, feed) {
        (Some(_), Some(feed)) => {
            setup
                .store
                .cleared_with_scans(account, event.id, feed.threshold)?
        }
        _ => 0,
    };
    let again = (cleared > 0).then(|| setup.again(Some(event.id)));
    let due = setup.due()?;
    let next = (due > 0).then(|| setup.command("sync"));
    let ui = &context.ui;
    if ui.json() {
        ui.document(&Document {
            integration: &setup.integration.name,
            changed: change.run.is_some(),
            run: change.run,
            event: &event.name,
            campaign: entry.clone().filter(|entry| !entry.events.is_empty()),
            cleared,
            again: again.as_deref(),
            due,
            next: next.as_deref(),
            notes: &change.notes,
        });
        return Ok(());
    }
    if let (Some(entry), Some(feed)) = (&entry, feed) {
        let arrow = ui.theme().symbols().arrow;
        ui.status(format_args!(
            "{} {arrow} {} ({}): {}",
            event.name,
            entry.name,
            entry.id,
            feed.in_words(&entry.kind)
        ));
        if change.run.is_none() {
            ui.status("It stood so already.");
        }
    }
    for note in &change.notes {
        ui.note(note);
    }
    if let Some(again) = &again {
        let stay = match cleared {
            1 => "1 Cleared lead stays".to_owned(),
            several => format!("{} stay", counted(several, "Cleared lead")),
        };
        ui.status(format_args!(
            "{stay} as before the change; to bring {} up to date: {}",
            if cleared == 1 { "it" } else { "them" },
            ui.theme().good(again)
        ));
    }
    if let Some(next) = &next {
        let are = match due {
            1 => "1 lead is".to_owned(),
            several => format!("{} are", counted(several, "lead")),
        };
        ui.status(format_args!("{are} due; nothing was pushed."));
        ui.next(next);
    }
    Ok(())
}
