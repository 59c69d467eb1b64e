//! `lead import --watch FOLDER`: stays, and imports the files that appear there until somebody ends it.
//!
//! It looks at the folder every other second. A file is taken when two looks find it the same, so that one still being
//! written or downloaded is left alone; one that was imported before, under whatever name, is known by its bytes. A file
//! that cannot be imported is told once and looked at again when it changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use tokio::sync::watch;

use super::import::{LeadImportArgs, command, import};
use super::import_event::event_of;
use super::import_source::open;
use crate::app::App;
use crate::capture;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::pushing;
use crate::clock::SharedClock;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format::{clean, counted};

/// How often the folder is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// Files looked at, by the end of their name.
const ENDINGS: &[&str] = &[
    "csv", "tsv", "tab", "txt", "json", "ndjson", "jsonl", "xlsx", "xlsm", "xls", "vcf", "vcard",
];

/// A file as one look found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    size: u64,
    changed: Option<SystemTime>,
}

/// The files of a folder from look to look.
#[derive(Debug, Default)]
struct Folder {
    last: BTreeMap<PathBuf, Look>,
    done: BTreeSet<PathBuf>,
}

/// What became of a file.
#[derive(Debug, Serialize)]
struct Taken {
    file: String,
    /// The run that imported it, now or before.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<u64>,
    outcome: &'static str,
    read: u64,
    created: u64,
    updated: u64,
    unchanged: u64,
    rejected: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Watches until it is ended.
pub(super) async fn run(
    context: &Context,
    args: &LeadImportArgs,
) -> Result<ExitStatus, CommandError> {
    let path = Path::new(&args.file);
    if !path.is_dir() {
        return Err(CommandError::usage(format!(
            "--watch takes a folder, which {} is not",
            args.file
        ))
        .hint("without --watch the file is imported at once"));
    }
    let (app, mut store) = context.open()?;
    event_of(context, &store, args)?;
    let clock = context.clock(&app, &store)?;
    let (guard, raised) = pushing::interruptible(context);
    let ui = &context.ui;
    ui.status(format_args!(
        "Watching {}: files of leads that appear there are imported, once each.",
        args.file
    ));
    ui.status("Ctrl-C ends it.");
    let mut folder = Folder::default();
    let mut all = Vec::new();
    'watching: while !*raised.borrow() {
        let found = looks(path).map_err(|error| {
            CommandError::new(ErrorCode::File, format!("cannot read {}", args.file))
                .caused_by(&error)
        })?;
        let complete = folder.complete(found);
        for file in &complete {
            if *raised.borrow() {
                break 'watching;
            }
            let taken = one(context, &app, &mut store, args, file);
            tell(context, &taken);
            all.push(taken);
        }
        if !complete.is_empty() && !args.no_sync {
            let pushed = push(context, &app, &store, args).await;
            if *raised.borrow() || pushed == Some(ExitStatus::Interrupted) {
                break;
            }
        }
        pause(&clock, raised.clone()).await;
    }
    drop(guard);
    end(context, &all);
    Ok(ExitStatus::Interrupted)
}

impl Folder {
    /// The files that are as the look before found them, each once until it changes.
    fn complete(&mut self, found: BTreeMap<PathBuf, Look>) -> Vec<PathBuf> {
        let mut complete = Vec::new();
        for (path, look) in &found {
            if self.last.get(path) != Some(look) {
                self.done.remove(path);
            } else if look.size > 0 && self.done.insert(path.clone()) {
                complete.push(path.clone());
            }
        }
        self.done.retain(|path| found.contains_key(path));
        self.last = found;
        complete
    }
}

/// The files there now that may hold leads. Browsers and copying tools give unfinished files another ending.
fn looks(folder: &Path) -> std::io::Result<BTreeMap<PathBuf, Look>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // One that went away in between is no fault.
        let Ok(details) = std::fs::metadata(&path) else {
            continue;
        };
        if details.is_file() && may_hold_leads(&path) {
            let look = Look {
                size: details.len(),
                changed: details.modified().ok(),
            };
            found.insert(path, look);
        }
    }
    Ok(found)
}

fn may_hold_leads(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default();
    // `~$leads.xlsx` is Excel's mark that somebody has the workbook open.
    !name.starts_with(['.', '~']) && ENDINGS.contains(&ending.as_str())
}

/// Imports one file, unless it was imported before.
fn one(
    context: &Context,
    app: &App,
    store: &mut Store,
    args: &LeadImportArgs,
    file: &Path,
) -> Taken {
    let mut taken = Taken {
        file: file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        run: None,
        outcome: "imported",
        read: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        error: None,
    };
    if let Err(error) = import_one(context, app, store, args, file, &mut taken) {
        taken.outcome = "failed";
        taken.error = Some(error.message().to_owned());
    }
    taken
}

fn import_one(
    context: &Context,
    app: &App,
    store: &mut Store,
    args: &LeadImportArgs,
    file: &Path,
    taken: &mut Taken,
) -> Result<(), CommandError> {
    let args = LeadImportArgs {
        file: file.to_string_lossy().into_owned(),
        ..args.clone()
    };
    let unreadable = |error: std::io::Error| {
        CommandError::new(ErrorCode::File, format!("cannot read {}", args.file)).caused_by(&error)
    };
    let digest = File::open(file)
        .and_then(capture::digest_of)
        .map_err(unreadable)?;
    if let Some(run) = store.import_of(&digest)? {
        taken.run = u64::try_from(run.0).ok();
        taken.outcome = "known";
        return Ok(());
    }
    let mut source = open(context, &args)?;
    // Without a size the import leaves Ctrl-C to the watch, which ends when the file is taken in.
    source.size = None;
    let event = event_of(context, store, &args)?;
    let report = import(context, app, store, &args, &event, &mut source, None)?;
    *taken = Taken {
        file: std::mem::take(&mut taken.file),
        run: u64::try_from(report.run.0).ok(),
        outcome: "imported",
        read: report.read,
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        rejected: report.rejected,
        error: None,
    };
    Ok(())
}

/// Pushes in Automatic what the files brought; how that ended, where it could begin.
async fn push(
    context: &Context,
    app: &App,
    store: &Store,
    args: &LeadImportArgs,
) -> Option<ExitStatus> {
    let pushed = match event_of(context, store, args).and_then(|event| event.named(store)) {
        Ok(event) => pushing::push_by_itself(context, app, &command(args, event.as_ref())).await,
        Err(error) => Err(error),
    };
    match pushed {
        Ok((_, status)) => Some(status),
        Err(error) => {
            error.warn(&context.ui);
            None
        }
    }
}

/// A line a file.
fn tell(context: &Context, taken: &Taken) {
    let ui = &context.ui;
    if ui.json() {
        return;
    }
    let file = clean(&taken.file);
    let run = taken.run.unwrap_or_default();
    match (taken.outcome, &taken.error) {
        ("known", _) => ui.data(format_args!("{file}: known, imported by run {run}")),
        (_, Some(error)) => ui.data(format_args!("{file}: {}", clean(error))),
        _ => ui.data(format_args!(
            "{file}: run {run} read={} created={} updated={} unchanged={} rejected={}",
            taken.read, taken.created, taken.updated, taken.unchanged, taken.rejected
        )),
    }
    ui.flush();
}

/// Ending is how a watch ends.
fn end(context: &Context, all: &[Taken]) {
    let ui = &context.ui;
    if ui.json() {
        ui.document(&serde_json::json!({ "files": all }));
        return;
    }
    let imported = all
        .iter()
        .filter(|taken| taken.outcome == "imported")
        .count();
    ui.status(format_args!(
        "Imported {} meanwhile.",
        counted(imported as u64, "file")
    ));
}

async fn pause(clock: &SharedClock, mut raised: watch::Receiver<bool>) {
    tokio::select! {
        () = clock.sleep(LOOK) => {}
        _ = raised.wait_for(|raised| *raised) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, u64)]) -> BTreeMap<PathBuf, Look> {
        files
            .iter()
            .map(|(name, size)| {
                let look = Look {
                    size: *size,
                    changed: None,
                };
                (PathBuf::from(name), look)
            })
            .collect()
    }

    #[test]
    fn a_file_is_complete_when_two_looks_agree_and_once() {
        let mut folder = Folder::default();
        let mut look = |files: &[(&str, u64)]| folder.complete(found(files));
        assert!(look(&[("a.csv", 5), ("empty.csv", 0)]).is_empty());
        assert!(
            look(&[("a.csv", 9), ("empty.csv", 0)]).is_empty(),
            "it grew"
        );
        assert_eq!(look(&[("a.csv", 9)]), [PathBuf::from("a.csv")]);
        assert!(look(&[("a.csv", 9)]).is_empty());
        assert!(look(&[("a.csv", 12)]).is_empty());
        assert_eq!(look(&[("a.csv", 12)]), [PathBuf::from("a.csv")]);
    }

    #[test]
    fn unfinished_and_hidden_files_are_left_alone() {
        for name in ["leads.csv", "Leads.XLSX", "x.vcf"] {
            assert!(may_hold_leads(Path::new(name)), "{name}");
        }
        for name in [
            "leads.csv.part",
            "leads.csv.crdownload",
            "leads.tmp",
            ".leads.csv",
            "~$leads.xlsx",
            "photo.png",
        ] {
            assert!(!may_hold_leads(Path::new(name)), "{name}");
        }
    }
}
