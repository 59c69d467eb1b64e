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

use super::selection::{Chosen, SelectionArgs, choose};
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
    let to_standard_output = args.file == "-";
    if to_standard_output && context.ui.json() {
        return Err(CommandError::usage(
            "standard output cannot carry both the CSV and the JSON document",
        )
        .hint("name a file for the CSV, or use lead list --json"));
    }
    let (_, store) = context.open()?;
    let chosen = choose(context, &store, &args.selection)?;
    let columns = columns(&store, &chosen)?;
    let leads = if to_standard_output {
        write(&store, &chosen, &columns, StandardOutput::new(&context.ui))
            .map_err(|error| error.about("standard output"))?
    } else {
        let path = Path::new(&args.file);
        let file = File::create(path).map_err(|error| cannot_write(&args.file, &error))?;
        write(&store, &chosen, &columns, BufWriter::new(file))
            .map_err(|error| error.about(&args.file))?
    };
    if !to_standard_output {
        context.ui.status(format_args!(
            "Exported {} to {}.",
            format::counted(leads, "lead"),
            args.file
        ));
        if leads > 0 {
            context
                .ui
                .next(&format!("mobly-sync lead import {}", quote(&args.file)));
        }
    }
    if context.ui.json() {
        context.ui.document(&Exported {
            file: &args.file,
            leads,
        });
    }
    Ok(ExitStatus::Done)
}

/// What stands beside a lead's id and revision.
struct Columns {
    fields: Vec<String>,
    qualifiers: Vec<(QualifierId, String)>,
}

/// The columns the chosen leads need: a look at all of them before the first line is written.
fn columns(store: &Store, chosen: &Chosen) -> Result<Columns, CommandError> {
    let mut keys: BTreeSet<String> = ALWAYS.iter().map(|key| (*key).to_owned()).collect();
    let mut answered: BTreeSet<QualifierId> = BTreeSet::new();
    store.each_lead::<CommandError>(&chosen.filter, &mut |listed| {
        for key in listed.lead.fields.keys() {
            if !keys.contains(key) {
                keys.insert(key.clone());
            }
        }
        answered.extend(listed.lead.answers.iter().map(|answer| answer.qualifier));
        Ok(ControlFlow::Continue(()))
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
    Ok(Columns { fields, qualifiers })
}

fn write(
    store: &Store,
    chosen: &Chosen,
    columns: &Columns,
    file: impl Write,
) -> Result<u64, ExportError> {
    let mut writer = csv::Writer::from_writer(file);
    let ours = ["mobly_sync_lead_id", "mobly_sync_revision"];
    let header = ours
        .into_iter()
        .chain(columns.fields.iter().map(String::as_str))
        .chain(columns.qualifiers.iter().map(|(_, name)| name.as_str()))
        .chain(["event", "capturedAt", "numberOfScans"]);
    for name in header {
        writer.write_field(harmless(name).as_ref())?;
    }
    writer.write_record(None::<&[u8]>)?;
    let mut leads = 0;
    store.each_lead::<ExportError>(&chosen.filter, &mut |listed| {
        leads += 1;
        let lead = listed.lead;
        writer.write_field(store.ids().encode(lead.id))?;
        writer.write_field(lead.revision.to_string())?;
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
        Ok(ControlFlow::Continue(()))
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
enum ExportError {
    Store(StoreError),
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
