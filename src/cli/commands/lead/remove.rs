//! `lead remove LEAD…`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::entry;
use super::selection::{SelectionArgs, named_or_chosen};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::waiting;
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::domain::lead::Role;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format;

/// Remove leads here; their records at the vendor stay
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead remove 7XK2M9QD ann@example.com\n  mobly-sync lead remove --where \"email ~ @test.example\"\n  mobly-sync lead remove --erase ann@example.com"
)]
pub struct LeadRemoveArgs {
    /// The leads, by id, prefix of four or more, or e-mail
    #[arg(value_name = "LEAD", required_unless_present_any = ["matching", "issue", "state", "search"])]
    pub leads: Vec<String>,

    /// Which leads, where none is named.
    #[command(flatten)]
    pub selection: SelectionArgs,

    /// Erase the person from the file and its log, and suppress the address; the counts stay
    #[arg(long)]
    pub erase: bool,
}

#[derive(Serialize)]
struct Removed {
    removed: Vec<String>,
    /// Their records, which stay at the vendor.
    records_left: u64,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadRemoveArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let leads = named_or_chosen(context, &store, &args.leads, &args.selection)?;
    if leads.is_empty() {
        context.ui.status("No lead fits; nothing changed.");
        if context.ui.json() {
            context.ui.document(&Removed {
                removed: Vec::new(),
                records_left: 0,
            });
        }
        return Ok(ExitStatus::Done);
    }
    let now = context.now(&app, &store)?;
    refuse_claimed(&store, &leads, now)?;
    let records_left = records(&store, &leads)?;
    let what = match leads.as_slice() {
        [lead] => format!(
            "{} ({})",
            format::clean(&entry::load(&store, *lead)?.display_name()),
            store.ids().encode(*lead)
        ),
        several => format::counted(several.len() as u64, "lead"),
    };
    if args.erase {
        return erase(context, &mut store, &leads, &what, now);
    }
    let question = format!("Remove {what} here, with answers and log? This cannot be undone.");
    if args.leads.is_empty() {
        // Nobody saw which leads an expression chooses: a script says that it means them.
        let event = context.globals.event.as_ref();
        let event = event.map(|name| format!(" --event {}", quote(name)));
        let command = format!(
            "mobly-sync lead remove{}{}",
            args.selection.typed(),
            event.unwrap_or_default()
        );
        context.confirm(&question, &command)?;
    } else if !context.may_go_on(&question, false)? {
        context.ui.status("Nothing was changed.");
        return Ok(ExitStatus::Done);
    }
    let removed: Vec<String> = leads.iter().map(|lead| store.ids().encode(*lead)).collect();
    store.remove_leads(&leads)?;
    context.ui.status(format_args!("Removed {what}."));
    if records_left > 0 {
        context.ui.note(format_args!(
            "{} at the vendor stay{}; capturing the person again finds them",
            format::counted(records_left, "record"),
            if records_left == 1 { "s" } else { "" }
        ));
    }
    if context.ui.json() {
        context.ui.document(&Removed {
            removed,
            records_left,
        });
    }
    Ok(ExitStatus::Done)
}

#[derive(Serialize)]
struct Erased {
    erased: Vec<String>,
    /// Their records, which stay at the vendor.
    records: Vec<Record>,
    /// Whether the file's own bytes are clean; else another process was at it.
    clean: bool,
}

#[derive(Serialize)]
struct Record {
    integration: String,
    object: String,
    id: String,
}

fn erase(
    context: &Context,
    store: &mut Store,
    leads: &[LeadId],
    what: &str,
    now: Timestamp,
) -> Result<ExitStatus, CommandError> {
    let ids: Vec<String> = leads.iter().map(|lead| store.ids().encode(*lead)).collect();
    let command = format!("mobly-sync lead remove --erase {}", ids.join(" "));
    context.confirm(
        &format!("Erase {what} from this file and its log, for good, and never take the address in again?"),
        &command,
    )?;
    let mut records = Vec::new();
    for integration in waiting::destinations(store)? {
        let Some(account) = &integration.account else {
            continue;
        };
        for lead in leads {
            for link in store.remote_links(account.id, *lead)? {
                if link.role == Role::Persona {
                    records.push(Record {
                        integration: integration.name.clone(),
                        object: link.object,
                        id: link.remote_id,
                    });
                }
            }
        }
    }
    let author = context.author(format!("lead remove --erase {}", ids.join(" ")));
    let done = store.erase_leads(leads, &author, now)?;
    let ui = &context.ui;
    ui.status(format_args!(
        "Erased {}; the counts stay, and the address is suppressed.",
        format::counted(done.leads.len() as u64, "lead")
    ));
    for record in &records {
        ui.note(format_args!(
            "{} {} at {} stays: erase it there",
            record.object, record.id, record.integration
        ));
    }
    if !done.clean {
        ui.warning(
            "another process is at the file, so that its freed bytes could not be overwritten yet",
        );
        ui.next("mobly-sync db check");
    }
    if ui.json() {
        ui.document(&Erased {
            erased: ids,
            records,
            clean: done.clean,
        });
    }
    Ok(ExitStatus::Done)
}

/// A lead on its way to a vendor is not removed under the hands of the run that pushes it.
fn refuse_claimed(store: &Store, leads: &[LeadId], now: Timestamp) -> Result<(), CommandError> {
    for integration in waiting::destinations(store)? {
        let Some(account) = &integration.account else {
            continue;
        };
        for lead in leads {
            if let Some(run) = store.lead_claimed_by(account.id, *lead, now)? {
                return Err(CommandError::new(
                    ErrorCode::Claimed,
                    format!(
                        "lead {} is being pushed by run {run}; nothing was changed",
                        store.ids().encode(*lead)
                    ),
                )
                .hint("try again when that run has ended"));
            }
        }
    }
    Ok(())
}

fn records(store: &Store, leads: &[LeadId]) -> Result<u64, CommandError> {
    let mut records = 0;
    for integration in waiting::destinations(store)? {
        let Some(account) = &integration.account else {
            continue;
        };
        for lead in leads {
            records += store.remote_links(account.id, *lead)?.len() as u64;
        }
    }
    Ok(records)
}
