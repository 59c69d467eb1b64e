//! `report EVENT`: the proof for people without a terminal.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use crate::cli::board_page::{cannot_write, in_place, link_of};
use crate::cli::command_error::CommandError;
use crate::cli::commands::reconcile::view::account_with_environment;
use crate::cli::context::Context;
use crate::cli::parts;
use crate::cli::services::Naming;
use crate::domain::board::{Board, BoardFilter, BoardState, LeadLine};
use crate::domain::event::Event;
use crate::domain::formula::harmless;
use crate::domain::ids::AccountId;
use crate::domain::integration::Integration;
use crate::domain::report::{Counted, Exception, Report, Standing, Verified};
use crate::exit::ExitStatus;
use crate::store::{Selection, Store, StoreError};
use crate::ui::format::clean;
use crate::ui::report as shown;

/// Prove where everybody of an event is: rows in = records in the CRM + named exceptions
#[derive(Debug, Args)]
#[command(
    after_help = "Without a file the report is shown; piped, it is Markdown.\n\nExamples:\n  mobly-sync report \"Expo 2026\"\n  mobly-sync report \"Expo 2026\" --html expo.html\n  mobly-sync report \"Expo 2026\" --csv expo.csv --no-pii\n  mobly-sync report \"Expo 2026\" -i all > expo.md"
)]
pub struct ReportArgs {
    /// The event, by name or id
    #[arg(value_name = "EVENT")]
    pub name: Option<String>,

    /// Write it as Markdown
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub md: Option<PathBuf>,

    /// Write it as one page that stands alone and prints well
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub html: Option<PathBuf>,

    /// Write one line per lead
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub csv: Option<PathBuf>,

    /// No names, addresses, values, messages or file names: leads are named by their ids
    #[arg(long)]
    pub no_pii: bool,
}

/// Runs the command.
///
/// # Errors
/// If there is no such event, or a file cannot be written.
pub async fn run(context: &Context, args: &ReportArgs) -> Result<ExitStatus, CommandError> {
    let name = context.required_event(args.name.as_deref())?;
    let (app, store) = context.open()?;
    let event = context.event(&store, &name, Naming::Read)?;
    let integrations = context.integrations(&store)?;
    let now = context.now(&app, &store)?;
    let report = build(&store, event, &integrations, args.no_pii, now)?;
    if let Some(path) = &args.md {
        write_text(path, &shown::markdown(&report))?;
    }
    if let Some(path) = &args.html {
        write_text(path, &shown::page(&report))?;
    }
    if let Some(path) = &args.csv {
        write_csv(path, &store, &report.event, &integrations, args.no_pii)?;
    }
    let files: Vec<&PathBuf> = [&args.md, &args.html, &args.csv]
        .into_iter()
        .flatten()
        .collect();
    for path in &files {
        context
            .ui
            .status(format!("Wrote {}.", clean(&path.display().to_string())));
    }
    if context.ui.json() {
        context.ui.document(&report);
    } else if files.is_empty() && context.ui.out_is_terminal() {
        shown::print(&context.ui, &report);
    } else if files.is_empty() {
        context.ui.raw(&shown::markdown(&report));
    }
    Ok(ExitStatus::Done)
}

fn build(
    store: &Store,
    event: Event,
    integrations: &[Integration],
    no_personal_data: bool,
    now: Timestamp,
) -> Result<Report, CommandError> {
    let mut intake = store.event_intake(event.id)?;
    if no_personal_data {
        for source in &mut intake.sources {
            source.name = None;
        }
    }
    let mut standings = Vec::new();
    for integration in integrations {
        standings.push(standing(
            store,
            &event,
            integration,
            intake.people,
            no_personal_data,
        )?);
    }
    Ok(Report {
        event,
        as_of: now.to_string(),
        intake,
        integrations: standings,
    })
}

fn standing(
    store: &Store,
    event: &Event,
    integration: &Integration,
    people: u64,
    no_personal_data: bool,
) -> Result<Standing, CommandError> {
    let filter = BoardFilter {
        event: Some(event.id),
        ..BoardFilter::default()
    };
    let board = store.board(integration, &filter)?;
    let summary = board.summary;
    let mut standing = Standing {
        integration: integration.name.clone(),
        vendor: parts::title(integration),
        account: account_with_environment(integration),
        people,
        failed_landed: summary.failed_landed,
        enriching: summary.enriching,
        not_taken_up: people.saturating_sub(summary.total),
        ..Standing::default()
    };
    groups(&mut standing, &board);
    if let Some(account) = &integration.account {
        of_account(store, event, account.id, no_personal_data, &mut standing)?;
    }
    let states = BoardState::ALL
        .into_iter()
        .filter(|state| *state != BoardState::Cleared)
        .collect();
    let selection = Selection {
        event: Some(event.id),
        states,
        ..Selection::default()
    };
    let exceptions = &mut standing.exceptions;
    store.lead_lines(integration, &selection, None, &mut |line| {
        exceptions.push(exception(store, integration, line, no_personal_data)?);
        Ok(())
    })?;
    Ok(standing)
}

fn of_account(
    store: &Store,
    event: &Event,
    account: AccountId,
    no_personal_data: bool,
    standing: &mut Standing,
) -> Result<(), StoreError> {
    standing.cleared = store.cleared_of_event(account, event.id)?;
    standing.campaigns = store.campaigns_of_event(account, event.id)?;
    standing.verified = store
        .last_verification(account, Some(event.id))?
        .map(|kept| Verified {
            run: kept.run,
            at: kept.at.to_string(),
            counts: kept.counts,
        });
    let ignored = store.ignored_reasons(account, Some(event.id))?;
    standing.ignored = ignored
        .into_iter()
        .map(|group| Counted {
            code: "IGNORED".to_owned(),
            // What somebody gave as a reason may name people.
            description: match no_personal_data || group.reason.is_empty() {
                true => "taken out of Failed".to_owned(),
                false => format!("\"{}\"", group.reason),
            },
            count: group.count,
        })
        .collect();
    Ok(())
}

fn groups(standing: &mut Standing, board: &Board) {
    standing.failed = board
        .failed
        .iter()
        .map(|group| Counted {
            code: group.category.code().to_owned(),
            description: group.description.clone(),
            count: group.count,
        })
        .collect();
    standing.pre_sync = board
        .pre_sync
        .iter()
        .map(|group| Counted {
            code: group.reason.code().to_owned(),
            description: group.reason.description().to_owned(),
            count: group.count,
        })
        .collect();
    standing.held = board
        .held
        .iter()
        .map(|group| Counted {
            code: group.reason.clone(),
            description: held(&group.reason).to_owned(),
            count: group.count,
        })
        .collect();
}

fn held(reason: &str) -> &'static str {
    match reason {
        "SUPPRESSED" => "must never leave",
        "UNDONE" => "taken back by an undo",
        _ => "held by hand",
    }
}

fn exception(
    store: &Store,
    integration: &Integration,
    line: LeadLine,
    no_personal_data: bool,
) -> Result<Exception, StoreError> {
    let link = match line.record {
        Some(_) => link_of(store, integration, &line)?,
        None => None,
    };
    let told = |text: Option<String>| text.filter(|_| !no_personal_data);
    let code = match line.category {
        Some(category) => category.code().to_owned(),
        None => line.reason.clone().unwrap_or_default(),
    };
    Ok(Exception {
        id: line.id,
        name: told(Some(line.name)),
        email: told(line.email),
        state: line.state.name().to_owned(),
        code,
        message: told(line.message),
        landed: line.landed,
        record: line.record,
        link,
    })
}

fn write_text(path: &Path, text: &str) -> Result<(), CommandError> {
    in_place(path, |mut out| {
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(|error| cannot_write(path, &error))
    })
}

/// One line a lead and connection, whatever its state.
fn write_csv(
    path: &Path,
    store: &Store,
    event: &Event,
    integrations: &[Integration],
    no_personal_data: bool,
) -> Result<(), CommandError> {
    in_place(path, |out| {
        fill_csv(out, store, event, integrations, no_personal_data).map_err(|error| match error {
            CsvError::Write(error) => cannot_write(path, &error),
            CsvError::Store(error) => error.into(),
        })
    })
}

enum CsvError {
    Write(io::Error),
    Store(StoreError),
}

impl From<csv::Error> for CsvError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}

impl From<io::Error> for CsvError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<StoreError> for CsvError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn fill_csv(
    out: BufWriter<std::fs::File>,
    store: &Store,
    event: &Event,
    integrations: &[Integration],
    no_personal_data: bool,
) -> Result<(), CsvError> {
    let mut writer = csv::Writer::from_writer(out);
    let person: &[&str] = match no_personal_data {
        true => &[],
        false => &["name", "email"],
    };
    let head = ["mobly_sync_lead_id"]
        .into_iter()
        .chain(person.iter().copied())
        .chain([
            "integration",
            "state",
            "in_crm",
            "reason",
            "message",
            "record",
            "link",
        ]);
    writer.write_record(head)?;
    let selection = Selection {
        event: Some(event.id),
        ..Selection::default()
    };
    for integration in integrations {
        let mut broken = None;
        let listed = store.lead_lines(integration, &selection, None, &mut |line| {
            let is_there = line.state == BoardState::Cleared || line.landed;
            let exception = exception(store, integration, line, no_personal_data)?;
            let mut cells: Vec<String> = vec![exception.id];
            if !no_personal_data {
                cells.extend([exception.name, exception.email].map(Option::unwrap_or_default));
            }
            cells.extend([
                integration.name.clone(),
                exception.state,
                if is_there { "yes" } else { "no" }.to_owned(),
                exception.code,
                exception.message.unwrap_or_default(),
                exception.record.unwrap_or_default(),
                exception.link.unwrap_or_default(),
            ]);
            let safe = cells.iter().map(|cell| harmless(cell).into_owned());
            writer.write_record(safe).map_err(|error| {
                let told = StoreError::Unexpected(error.to_string());
                broken = Some(error);
                told
            })
        });
        if let Some(error) = broken {
            return Err(error.into());
        }
        listed?;
    }
    writer.flush()?;
    Ok(())
}
