//! `event list`.

use clap::Args;
use serde::Serialize;

use super::entry::{EventEntry, dates};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;
use crate::ui::format;
use crate::ui::table::{Cell, Table, Tone};

/// List events
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync event list --json")]
pub struct EventListArgs {}

#[derive(Serialize)]
struct Events {
    events: Vec<EventEntry>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, _args: &EventListArgs) -> Result<ExitStatus, CommandError> {
    let (_, store) = context.open()?;
    let events = store.events()?.into_iter();
    let events: Vec<EventEntry> = events
        .map(|event| EventEntry::of(&store, event))
        .collect::<Result<_, _>>()?;
    let ui = &context.ui;
    if ui.json() {
        ui.document(&Events { events });
        return Ok(ExitStatus::Done);
    }
    if events.is_empty() {
        ui.status("There are no events yet.");
        ui.next("mobly-sync event add NAME");
        return Ok(ExitStatus::Done);
    }
    let mut table = Table::new(&["ID", "EVENT", "DAYS", "CITY", "LEADS", ""]).right(&[0, 4]);
    for event in &events {
        let leads = if ui.out_is_terminal() {
            format::count(event.leads)
        } else {
            event.leads.to_string()
        };
        table.row([
            Cell::from(event.id.to_string()),
            Cell::toned(&event.name, Tone::Strong),
            dates(event).into(),
            event.city.clone().unwrap_or_default().into(),
            leads.into(),
            Cell::toned(if event.held { "held" } else { "" }, Tone::Care),
        ]);
    }
    table.print(ui);
    Ok(ExitStatus::Done)
}
