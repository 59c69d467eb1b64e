//! `lead import FILE`: leads from a file.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::import_event::{Chosen, event_of};
use super::import_source::{Source, create_rejects, failed, open};
use super::{import_screen, import_watch};
use crate::app::App;
use crate::capture::{self, FileFormat, ImportOptions, ImportProgress, ImportReport};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::pushing;
use crate::cli::values::{self, Assignment};
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::history::RunOutcome;
use crate::domain::ids::{EventId, RunId};
use crate::engine::events::SyncEvent;
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::store::{Lookup, NewRun, RunEnd, Store};
use crate::ui::interrupt::on_interrupt;
use crate::ui::progress;

const INTERRUPTED: &str = "interrupted; rows taken in so far stay, importing again goes on";

/// Import leads from a file; importing it twice changes nothing
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead import scans.csv --event \"Expo 2026\" --create-event\n  mobly-sync lead import scans.csv --column \"Badge e-mail=email\" --dry-run\n  mobly-sync lead import expo.xlsx --sheet Leads\n  mobly-sync lead import --watch exports --event \"Expo 2026\"\n  curl -s https://example.com/leads.csv | mobly-sync lead import - --event \"Expo 2026\""
)]
pub struct LeadImportArgs {
    /// The file; - for standard input; with --watch a folder
    #[arg(value_hint = clap::ValueHint::FilePath)]
    pub file: String,

    /// Add events that are not known yet
    #[arg(long)]
    pub create_event: bool,

    /// Add an event although its name is nearly that of another
    #[arg(long)]
    pub allow_similar: bool,

    /// Put every row into --event, whatever the file says
    #[arg(long)]
    pub event_override: bool,

    /// The format (default: by content)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FormatValue>,

    /// The sheet of a workbook, where several hold something
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,

    /// What a column means, where its header does not tell; - leaves it out (can be repeated). Remembered for files with
    /// the same columns
    #[arg(long, value_name = "HEADER=FIELD", value_parser = values::assignment)]
    pub column: Vec<Assignment>,

    /// Tell what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Stay, and import whatever appears in the folder, once each
    #[arg(long, conflicts_with_all = ["dry_run", "rejects", "format", "sheet"])]
    pub watch: bool,

    /// Push nothing afterwards, even in automatic mode
    #[arg(long)]
    pub no_sync: bool,

    /// Write rejected rows with their reasons there, ready to correct and import
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub rejects: Option<PathBuf>,
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FormatValue {
    /// Comma, semicolon, tab or pipe
    Csv,
    /// Tab
    Tsv,
    /// An array of objects
    Json,
    /// An object on each line
    Ndjson,
    /// An Excel workbook
    Xlsx,
    /// Address-book cards
    Vcard,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    report: &'a ImportReport,
    sync: Value,
}

/// Runs the command.
///
/// # Errors
/// If nothing could be imported; rejected rows are no error but an exit status.
pub async fn run(context: &Context, args: &LeadImportArgs) -> Result<ExitStatus, CommandError> {
    if args.event_override && context.globals.event.is_none() {
        return Err(CommandError::usage(
            "--event-override needs the event: name it with --event",
        ));
    }
    if args.watch {
        return import_watch::run(context, args).await;
    }
    let mut source = open(context, args)?;
    let (app, mut store) = context.open()?;
    let event = event_of(context, &store, args)?;
    let mut rejects = args
        .rejects
        .as_deref()
        .map(|path| create_rejects(path, &args.file))
        .transpose()?;
    let known: Vec<EventId> = store.events()?.iter().map(|event| event.id).collect();
    let report = import(
        context,
        &app,
        &mut store,
        args,
        &event,
        &mut source,
        rejects.as_mut(),
    )?;
    drop(rejects);
    let rejected = if report.rejected > 0 {
        ExitStatus::SomeFailed
    } else {
        ExitStatus::Done
    };
    let into = event.name();
    let event = event.named(&store)?;
    if !context.ui.json() {
        let added: Vec<Event> = store
            .events()?
            .into_iter()
            .filter(|event| !known.contains(&event.id))
            .collect();
        import_screen::print(context, args, &report, into.as_deref(), &added);
    }
    let (sync, pushed) = if args.dry_run || args.no_sync {
        if !args.dry_run {
            pushing::enrich(context, &app).await?;
        }
        (Value::Null, ExitStatus::Done)
    } else {
        pushing::push_by_itself(context, &app, &command(args, event.as_ref())).await?
    };
    if context.ui.json() {
        context.ui.document(&Document {
            report: &report,
            sync,
        });
    } else {
        import_screen::next(
            context,
            &store,
            args,
            &report,
            into.as_deref(),
            event.as_ref(),
            &sync,
        )?;
    }
    Ok(rejected.combine(pushed))
}

/// Takes in one file, as a run.
pub(super) fn import(
    context: &Context,
    app: &App,
    store: &mut Store,
    args: &LeadImportArgs,
    event: &Chosen,
    source: &mut Source,
    rejects: Option<&mut File>,
) -> Result<ImportReport, CommandError> {
    let clock = context.clock(app, store)?;
    let known = match event {
        Chosen::Known { event, .. } => Some(event),
        Chosen::Files | Chosen::New(_) => None,
    };
    let run = store.begin_run(
        &NewRun {
            command: command(args, known),
            trigger: "import".to_owned(),
            event: known.map(|event| event.id),
            person: env_vars::user(),
            ..NewRun::default()
        },
        clock.now(),
    )?;
    let (size, interrupted) = (source.size, Arc::clone(&source.interrupted));
    let options = ImportOptions {
        interrupted: Arc::clone(&interrupted),
        ..options(args, event, run, store)?
    };
    let raised = Arc::clone(&interrupted);
    // A pipe may never say anything again: then Ctrl-C ends the program, and what is not committed is taken back.
    let guard = size
        .is_some()
        .then(|| on_interrupt(move |_| raised.store(true, Ordering::SeqCst)));
    let reporter = progress::reporter(&context.ui);
    reporter.report(SyncEvent::Started {
        total: 0,
        what: "Importing".to_owned(),
    });
    let imported = capture::import(
        store,
        source,
        &options,
        rejects.map(|file| file as &mut dyn io::Write),
        &mut |progress| {
            reporter.report(SyncEvent::Progress {
                done: progress.read,
                total: expected(progress, size),
                cleared: 0,
                failed: 0,
            });
        },
        clock.now(),
    );
    reporter.report(SyncEvent::Finished);
    drop(guard);
    match imported {
        Ok(report) => {
            store.finish_run(run, &end_of(&report), clock.now())?;
            Ok(report)
        }
        Err(error) => {
            store.abandon_import(run, clock.now())?;
            if interrupted.load(Ordering::SeqCst) {
                if !context.ui.json() {
                    context.ui.status(INTERRUPTED);
                }
                return Err(CommandError::new(ErrorCode::Interrupted, INTERRUPTED));
            }
            Err(failed(error, args))
        }
    }
}

fn options(
    args: &LeadImportArgs,
    event: &Chosen,
    run: RunId,
    store: &Store,
) -> Result<ImportOptions, CommandError> {
    let (name, fills) = match event {
        Chosen::Files => (None, false),
        Chosen::New(name) => (Some(name.clone()), false),
        // Two events may share a name; then the number tells them apart.
        Chosen::Known { event, fills } => match store.find_event(&event.name)? {
            Lookup::Exact(found) if found.id == event.id => (Some(event.name.clone()), *fills),
            _ => (Some(event.id.to_string()), *fills),
        },
    };
    Ok(ImportOptions {
        event: name,
        create_event: args.create_event,
        event_override: args.event_override,
        event_fills: fills,
        columns: args
            .column
            .iter()
            .map(|one| (one.name.clone(), one.value.clone()))
            .collect(),
        format: args.format.map(|format| match format {
            FormatValue::Csv => FileFormat::Csv,
            FormatValue::Tsv => FileFormat::Tsv,
            FormatValue::Json => FileFormat::Json,
            FormatValue::Ndjson => FileFormat::Ndjson,
            FormatValue::Xlsx => FileFormat::Xlsx,
            FormatValue::Vcard => FileFormat::Vcard,
        }),
        sheet: args.sheet.clone(),
        allow_similar: args.allow_similar,
        dry_run: args.dry_run,
        ..ImportOptions::new(run, source_name(args))
    })
}

/// Rows to be expected in all, by what the rows so far took of the file.
fn expected(progress: ImportProgress, size: Option<u64>) -> u64 {
    match size {
        Some(size) if progress.bytes > 0 && progress.bytes < size => {
            let rows = u128::from(progress.read) * u128::from(size) / u128::from(progress.bytes);
            u64::try_from(rows).unwrap_or(progress.read)
        }
        _ => progress.read,
    }
}

/// What the source is called: a path tells too much about a machine.
pub(super) fn source_name(args: &LeadImportArgs) -> &str {
    if args.file == "-" {
        return "standard input";
    }
    Path::new(&args.file)
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or(&args.file)
}

/// The command as history shows it.
pub(super) fn command(args: &LeadImportArgs, event: Option<&Event>) -> String {
    let file = if args.file == "-" {
        "-"
    } else {
        source_name(args)
    };
    let mut text = format!("lead import {}", quote(file));
    if let Some(event) = event {
        text.push_str(&format!(" --event {}", quote(&event.name)));
    }
    for (given, word) in [
        (args.create_event, " --create-event"),
        (args.allow_similar, " --allow-similar"),
        (args.event_override, " --event-override"),
        (args.dry_run, " --dry-run"),
        (args.no_sync, " --no-sync"),
        (args.watch, " --watch"),
    ] {
        if given {
            text.push_str(word);
        }
    }
    text
}

fn end_of(report: &ImportReport) -> RunEnd {
    RunEnd {
        outcome: RunOutcome::Done,
        stop_reason: None,
        requests: 0,
        counts: serde_json::json!({
            "read": report.read, "created": report.created, "updated": report.updated,
            "unchanged": report.unchanged, "rejected": report.rejected,
        }),
    }
}
