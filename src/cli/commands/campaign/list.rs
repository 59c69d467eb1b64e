//! `campaign list`: which campaigns events feed. Asks nobody.

use std::fs::File;
use std::io::Write as _;

use clap::Args;
use serde::Serialize;

use super::entry::{CampaignEntry, FeedEntry};
use super::place::{connecting, feeds};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::set_up::Setup;
use crate::domain::formula::harmless;
use crate::exit::ExitStatus;
use crate::ui::format::count;
use crate::ui::table::{Cell, Table, Tone};

/// List the campaigns events feed
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync campaign list --event \"Expo 2026\"\n  mobly-sync campaign list --csv campaigns.csv"
)]
pub struct CampaignListArgs {
    /// Write the list as CSV to this file; - for standard output
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub csv: Option<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    campaigns: &'a [CampaignEntry],
}

/// Runs the command.
///
/// # Errors
/// If nothing was ever connected, the event is not known, or the file cannot be written.
pub fn run(context: &Context, args: &CampaignListArgs) -> Result<ExitStatus, CommandError> {
    let setup = Setup::open(context)?;
    let to_standard_output = args.csv.as_deref() == Some("-");
    if to_standard_output && context.ui.json() {
        return Err(CommandError::usage(
            "standard output cannot carry both the CSV and the JSON document",
        )
        .hint("name a file for the CSV"));
    }
    let event = context
        .shown_event()
        .map(|name| context.event(&setup.store, &name, Naming::Read))
        .transpose()?;
    let mut entries = Vec::new();
    // Those of the account that is connected: another one's ids mean nothing here.
    if let Some(account) = &setup.integration.account {
        for fed in setup.store.fed_campaigns(account.id)? {
            let fits = |id| fed.rules.iter().any(|rule| rule.event == id);
            if event.as_ref().is_none_or(|event| fits(event.id)) {
                entries.push(CampaignEntry::of(&setup, &fed, None)?);
            }
        }
    }
    let ui = &context.ui;
    if let Some(file) = &args.csv {
        let text = as_csv(&entries)?;
        if to_standard_output {
            ui.raw(&text);
            return Ok(ExitStatus::Done);
        }
        File::create(file)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| {
                CommandError::new(ErrorCode::File, format!("cannot write {file}"))
                    .caused_by(&error)
                    .hint("name another file, or - for standard output")
            })?;
        ui.status(format_args!("Written to {file}."));
    }
    if ui.json() {
        ui.document(&Document {
            campaigns: &entries,
        });
        return Ok(ExitStatus::Done);
    }
    if args.csv.is_some() {
        return Ok(ExitStatus::Done);
    }
    if entries.is_empty() {
        ui.status("No event feeds a campaign.");
        if feeds(&setup).is_ok() {
            ui.next(&setup.command(&connecting(&setup, "EVENT")));
        }
        return Ok(ExitStatus::Done);
    }
    table(context, &entries);
    Ok(ExitStatus::Done)
}

/// Events that feed a campaign on the same terms stand together.
fn groups(entry: &CampaignEntry) -> Vec<(&FeedEntry, Vec<&str>)> {
    let mut groups: Vec<(&FeedEntry, Vec<&str>)> = Vec::new();
    for feed in &entry.events {
        match groups
            .iter_mut()
            .find(|(known, _)| known.terms() == feed.terms())
        {
            Some((_, events)) => events.push(&feed.event),
            None => groups.push((feed, vec![&feed.event])),
        }
    }
    groups
}

fn table(context: &Context, entries: &[CampaignEntry]) {
    let ui = &context.ui;
    let columns = [
        "NAME",
        "ID",
        "ARCHIVED",
        "QUALIFIER",
        "THRESHOLD",
        "LEADS",
        "EVENTS",
        "STATUS",
    ];
    let mut table = Table::new(&columns).right(&[4, 5]);
    for entry in entries {
        for (feed, events) in groups(entry) {
            let leads = match ui.out_is_terminal() {
                true => count(entry.leads),
                false => entry.leads.to_string(),
            };
            table.row([
                Cell::toned(&entry.name, Tone::Strong),
                entry.id.clone().into(),
                Cell::toned(if entry.archived { "yes" } else { "no" }, tone(entry)),
                feed.qualifier.clone().unwrap_or_default().into(),
                feed.threshold.to_string().into(),
                leads.into(),
                events.join(", ").into(),
                feed.status.clone().unwrap_or_default().into(),
            ]);
        }
    }
    table.print(ui);
}

fn tone(entry: &CampaignEntry) -> Tone {
    if entry.archived {
        Tone::Care
    } else {
        Tone::Plain
    }
}

fn as_csv(entries: &[CampaignEntry]) -> Result<String, CommandError> {
    let failed = |error: csv::Error| CommandError::internal(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "Name",
            "Id",
            "Archived",
            "Qualifier",
            "Threshold",
            "Leads",
            "Events",
            "Status",
        ])
        .map_err(failed)?;
    for entry in entries {
        for (feed, events) in groups(entry) {
            writer
                .write_record([
                    harmless(&entry.name).as_ref(),
                    &harmless(&entry.id),
                    if entry.archived { "yes" } else { "no" },
                    &harmless(feed.qualifier.as_deref().unwrap_or_default()),
                    &feed.threshold.to_string(),
                    &entry.leads.to_string(),
                    &harmless(&events.join("; ")),
                    &harmless(feed.status.as_deref().unwrap_or_default()),
                ])
                .map_err(failed)?;
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| CommandError::internal(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| CommandError::internal(error.to_string()))
}
