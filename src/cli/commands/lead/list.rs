//! `lead list`.

use std::collections::HashMap;
use std::ops::ControlFlow;

use clap::Args;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::entry::{LeadEntry, tone};
use super::selection::{Chosen, SelectionArgs, choose};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::board::{BoardState, LeadLine};
use crate::domain::ids::LeadId;
use crate::exit::ExitStatus;
use crate::store::lead_list::ListedLead;
use crate::store::{Selection, Store, StoreError};
use crate::ui::format;
use crate::ui::table::{Cell, Table, Tone};

/// Leads a terminal is shown unless it asks for more.
const SCREEN: u64 = 100;
/// Leads whose place on the board is read at once.
const PAGE: usize = 500;

/// List leads
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead list --event \"Expo 2026\" --issue no-email\n  mobly-sync lead list --where \"jobTitle ~ engineer and email is not empty\"\n  mobly-sync lead list --state failed --json"
)]
pub struct LeadListArgs {
    /// Which leads.
    #[command(flatten)]
    pub selection: SelectionArgs,

    /// List so many (default: 100 on a terminal, elsewhere all)
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
}

#[derive(Serialize)]
struct Leads {
    leads: Vec<Box<RawValue>>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadListArgs) -> Result<ExitStatus, CommandError> {
    let (_, store) = context.open()?;
    let chosen = choose(context, &store, &args.selection)?;
    let ui = &context.ui;
    if ui.json() {
        // As text each: a list may be long.
        let mut leads = Vec::new();
        each(&store, &chosen, args.limit, &mut |entry| {
            leads.push(to_raw_value(&entry).map_err(StoreError::from)?);
            Ok(())
        })?;
        ui.document(&Leads { leads });
    } else if ui.out_is_terminal() {
        screen(context, &store, &chosen, args)?;
    } else {
        each(&store, &chosen, args.limit, &mut |entry| {
            let mut line = table(&chosen);
            line.row(row(&entry, &chosen));
            line.print(ui);
            Ok(())
        })?;
    }
    Ok(ExitStatus::Done)
}

fn screen(
    context: &Context,
    store: &Store,
    chosen: &Chosen,
    args: &LeadListArgs,
) -> Result<(), CommandError> {
    let limit = args.limit.unwrap_or(SCREEN);
    let mut table = table(chosen);
    let mut found: u64 = 0;
    // One more than is shown tells whether there is more.
    each(store, chosen, Some(limit.saturating_add(1)), &mut |entry| {
        found += 1;
        if found <= limit {
            table.row(row(&entry, chosen));
        }
        Ok(())
    })?;
    let ui = &context.ui;
    if found == 0 {
        ui.status("No lead fits.");
        return Ok(());
    }
    table.print(ui);
    if found > limit {
        ui.note(format_args!(
            "there are more than these {}; --limit shows more",
            format::count(limit)
        ));
    }
    Ok(())
}

/// Calls `take` for each chosen lead, at most `limit`.
fn each(
    store: &Store,
    chosen: &Chosen,
    limit: Option<u64>,
    take: &mut dyn FnMut(LeadEntry) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let mut left = limit.unwrap_or(u64::MAX);
    if left == 0 {
        return Ok(());
    }
    let mut page = Vec::new();
    store.each_lead::<CommandError>(&chosen.filter, &mut |listed| {
        page.push(listed);
        left -= 1;
        if page.len() >= PAGE {
            take_page(store, chosen, std::mem::take(&mut page), take)?;
        }
        Ok(if left == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    })?;
    take_page(store, chosen, page, take)
}

/// Where a page of leads stands is read at once: asked lead by lead it takes longer than the leads themselves.
fn take_page(
    store: &Store,
    chosen: &Chosen,
    page: Vec<ListedLead>,
    take: &mut dyn FnMut(LeadEntry) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let mut lines: HashMap<LeadId, LeadLine> = HashMap::with_capacity(page.len());
    if let Some(integration) = chosen.integration.as_ref().filter(|_| !page.is_empty()) {
        let selection = Selection {
            leads: page.iter().map(|listed| listed.lead.id).collect(),
            ..Selection::default()
        };
        store.lead_lines(integration, &selection, None, &mut |line| {
            lines.insert(line.lead, line);
            Ok(())
        })?;
    }
    for listed in page {
        let line = lines.remove(&listed.lead.id);
        take(LeadEntry::with(store, line, listed.lead, &listed.issues))?;
    }
    Ok(())
}

/// Issues have a column where they were asked for.
fn table(chosen: &Chosen) -> Table {
    if chosen.filter.issues.is_empty() {
        Table::new(&["ID", "NAME", "EMAIL", "EVENT", "STATE", "WHY"])
    } else {
        Table::new(&["ID", "NAME", "EMAIL", "EVENT", "STATE", "ISSUES", "WHY"])
    }
}

fn row(entry: &LeadEntry, chosen: &Chosen) -> Vec<Cell> {
    // The name of somebody without one is the address, which has a column of its own.
    let name = if Some(&entry.name) == entry.email.as_ref() {
        ""
    } else {
        &entry.name
    };
    let mut cells: Vec<Cell> = vec![
        entry.id.clone().into(),
        Cell::toned(name, Tone::Strong),
        entry.email.clone().unwrap_or_default().into(),
        entry.events.join("; ").into(),
        Cell::toned(entry.state.map_or("", BoardState::name), tone(entry.state)),
    ];
    if !chosen.filter.issues.is_empty() {
        cells.push(entry.issues.join(", ").into());
    }
    cells.push(Cell::toned(entry.why(), Tone::Faint));
    cells
}
