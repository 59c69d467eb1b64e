//! `lead export`: leads as CSV, ready to correct and import again.
//!
//! The first two columns name the lead and its revision, so that the file comes back as corrections. A value a spreadsheet
//! would take for a formula is written with a `'` before it, which the import takes away (decisions.md 24).

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::selection::{SelectionArgs, choose};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::domain::formula::harmless;
use crate::domain::hints::quote;
use crate::domain::ids::QualifierId;
use crate::domain::lead::{FIELDS, Lead};
use crate::exit::ExitStatus;
use crate::store::{Store, StoreError};
use crate::ui::{Ui, format};

/// Fields every export has, filled or not: what people correct.
const ALWAYS: &[&str] = &[
    "firstName",
    "lastName",
    "email",
    "phone",
    "jobTitle",
    "companyName",
];

/// Write leads as CSV, ready to correct and import again
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead export failed.csv --state failed\n  mobly-sync lead export untitled.csv --where \"jobTitle is empty\"\n  mobly-sync lead import failed.csv"
)]
pub struct LeadExportArgs {
    /// The file; - for standard output
    #[arg(default_value = "-", value_hint = clap::ValueHint::FilePath)]
    pub file: String,

    /// Which leads.
    #[command(flatten)]
    pub selection: SelectionArgs,
}

#[derive(Serialize)]
struct Exported<'a> {
    file: &'a str,
    leads: u64,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadExportArgs) -> Result<ExitStatus, CommandError> {
    writable_beside_json(&context.ui, &args.file)?;
    let (_, store) = context.open()?;
    let chosen = choose(context, &store, &args.selection)?;
    let each: Each<'_> = &|visit| {
        store.each_lead::<ExportError>(&chosen.filter, &mut |listed| {
            visit(listed.lead, None)?;
            Ok(ControlFlow::Continue(()))
        })
    };
    let leads = write_file(context, &store, &args.file, false, each)?;
    if context.ui.json() {
        context.ui.document(&Exported {
            file: &args.file,
            leads,
        });
    }
    Ok(ExitStatus::Done)
}

/// Refuses to put the CSV and the JSON document on the same standard output.
///
/// # Errors
/// A usage error.
pub(in crate::cli::commands) fn writable_beside_json(
    ui: &Ui,
    file: &str,
) -> Result<(), CommandError> {
    if file == "-" && ui.json() {
        return Err(CommandError::usage(
            "standard output cannot carry both the CSV and the JSON document",
        )
        .hint("name a file for the CSV, or use lead list --json"));
    }
    Ok(())
}

/// Why a lead stands on the board: its category and the reason in words.
pub(in crate::cli::commands) struct Mark {
    /// The category's code; empty for leads that did not fail.
    pub(in crate::cli::commands) category: String,
    /// Why it is not there.
    pub(in crate::cli::commands) reason: String,
}

/// Takes one lead, with why it stands where it does.
pub(in crate::cli::commands) type Visit<'a> =
    &'a mut dyn FnMut(Lead, Option<Mark>) -> Result<(), ExportError>;

/// Shows the leads of an export, each time in the same order.
pub(in crate::cli::commands) type Each<'a> = &'a dyn Fn(Visit<'_>) -> Result<(), ExportError>;

/// Writes leads as CSV to a file (`-`: standard output) and tells how to bring them back; `marked`: with category and
/// reason after their revision. How many there were.
///
/// # Errors
/// If the file cannot be written, or a statement fails.
pub(in crate::cli::commands) fn write_file(
    context: &Context,
    store: &Store,
    file: &str,
    marked: bool,
    each: Each<'_>,
) -> Result<u64, CommandError> {
    let about = |error: ExportError| match file {
        "-" => error.about("standard output"),
        file => error.about(file),
    };
    let columns = columns(store, marked, each).map_err(about)?;
    if file == "-" {
        return write(store, &columns, each, StandardOutput::new(&context.ui)).map_err(about);
    }
    let opened = File::create(Path::new(file)).map_err(|error| cannot_write(file, &error))?;
    let leads = write(store, &columns, each, BufWriter::new(opened)).map_err(about)?;
    context.ui.status(format_args!(
        "Exported {} to {}.",
        format::counted(leads, "lead"),
        format::clean(file)
    ));
    if leads > 0 {
        context
            .ui
            .next(&format!("mobly-sync lead import {}", quote(file)));
    }
    Ok(leads)
}

/// What stands beside a lead's id and revision.
struct Columns {
    marked: bool,
    fields: Vec<String>,
    qualifiers: Vec<(QualifierId, String)>,
}

/// The columns the chosen leads need: a look at all of them before the first line is written.
fn columns(store: &Store, marked: bool, each: Each<'_>) -> Result<Columns, ExportError> {
    let mut keys: BTreeSet<String> = ALWAYS.iter().map(|key| (*key).to_owned()).collect();
    let mut answered: BTreeSet<QualifierId> = BTreeSet::new();
    each(&mut |lead, _| {
        for key in lead.fields.keys() {
            if !keys.contains(key) {
                keys.insert(key.clone());
            }
        }
        answered.extend(lead.answers.iter().map(|answer| answer.qualifier));
        Ok(())
    })?;
    let mut fields: Vec<String> = FIELDS
        .iter()
        .filter_map(|info| keys.take(info.key))
        .collect();
    fields.extend(keys);
    let qualifiers = store
        .qualifiers(true)?
        .into_iter()
        .filter(|qualifier| !qualifier.archived || answered.contains(&qualifier.id))
        .map(|qualifier| (qualifier.id, qualifier.name))
        .collect();
    Ok(Columns {
        marked,
        fields,
        qualifiers,
    })
}

fn write(
    store: &Store,
    columns: &Columns,
    each: Each<'_>,
    file: impl Write,
) -> Result<u64, ExportError> {
    let mut writer = csv::Writer::from_writer(file);
    let ours = ["mobly_sync_lead_id", "mobly_sync_revision"];
    let marks: &[&str] = match columns.marked {
        true => &["mobly_sync_category", "mobly_sync_reason"],
        false => &[],
    };
    let header = ours
        .into_iter()
        .chain(marks.iter().copied())
        .chain(columns.fields.iter().map(String::as_str))
        .chain(columns.qualifiers.iter().map(|(_, name)| name.as_str()))
        .chain(["event", "capturedAt", "numberOfScans"]);
    for name in header {
        writer.write_field(harmless(name).as_ref())?;
    }
    writer.write_record(None::<&[u8]>)?;
    let mut leads = 0;
    each(&mut |lead, mark| {
        leads += 1;
        writer.write_field(store.ids().encode(lead.id))?;
        writer.write_field(lead.revision.to_string())?;
        if columns.marked {
            let mark = mark.as_ref();
            for text in [
                mark.map_or("", |mark| mark.category.as_str()),
                mark.map_or("", |mark| mark.reason.as_str()),
            ] {
                writer.write_field(harmless(text).as_ref())?;
            }
        }
        for key in &columns.fields {
            writer.write_field(harmless(lead.field(key).unwrap_or_default()).as_ref())?;
        }
        for (qualifier, _) in &columns.qualifiers {
            writer.write_field(harmless(&answers(&lead, *qualifier)).as_ref())?;
        }
        let event = lead.events.last().map_or("", |event| event.name.as_str());
        writer.write_field(harmless(event).as_ref())?;
        writer.write_field(format::stamp(lead.captured_at))?;
        writer.write_field(lead.scans.to_string())?;
        writer.write_record(None::<&[u8]>)?;
        Ok(())
    })?;
    writer.flush()?;
    Ok(leads)
}

fn answers(lead: &Lead, qualifier: QualifierId) -> String {
    lead.answers
        .iter()
        .filter(|answer| answer.qualifier == qualifier)
        .map(|answer| answer.raw.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

/// Why an export failed.
pub(in crate::cli::commands) enum ExportError {
    /// The file of leads.
    Store(StoreError),
    /// What is written to.
    Write(io::Error),
}

impl ExportError {
    fn about(self, file: &str) -> CommandError {
        match self {
            Self::Store(error) => error.into(),
            Self::Write(error) => cannot_write(file, &error),
        }
    }
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}

fn cannot_write(file: &str, error: &io::Error) -> CommandError {
    let code = if error.kind() == io::ErrorKind::StorageFull {
        ErrorCode::DiskFull
    } else {
        ErrorCode::File
    };
    CommandError::new(code, format!("cannot write {file}"))
        .caused_by(error)
        .hint("name another file, or - for standard output")
}

/// Standard output as the terminal gives it: a reader that goes away is no error.
struct StandardOutput<'a> {
    ui: &'a Ui,
    /// The beginning of a character whose end comes with the next portion.
    cut: Vec<u8>,
}

impl<'a> StandardOutput<'a> {
    fn new(ui: &'a Ui) -> Self {
        Self {
            ui,
            cut: Vec::new(),
        }
    }
}

impl Write for StandardOutput<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.cut.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.cut) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = self.cut.split_off(whole);
        self.ui.raw(&String::from_utf8_lossy(&self.cut));
        self.cut = rest;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.ui.flush();
        Ok(())
    }
}
