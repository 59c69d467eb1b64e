//! From a file to leads.

use std::collections::HashMap;
use std::io::{Read, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::dates::{self, Reading};
use super::decode::{DecodeError, TextSource};
use super::headers::{Columns, Meaning, NoSuchHeader, Target, is_usual};
use super::records::{Record, RecordReader};
use super::report::{ColumnReport, ImportReport, Reject, Warning, quoted};
use super::rows::{self, Cells};
use super::{delimiter, rejects::RejectFile};
use crate::domain::event::name_key;
use crate::domain::ids::{EventId, LeadIds, RunId};
use crate::store::imports::{ImportRecord, Importer};
use crate::store::{
    CaptureRow, Change, Channel, Corrected, CorrectionRow, Lookup, Met, QualifierColumn, Store,
    StoreError,
};

/// Rows committed together.
const PORTION: u64 = 10_000;
/// Rows between two words on progress.
const PROGRESS: u64 = 1_000;

/// The formats of a file; without one the delimiter is told by the file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Separated by comma, semicolon, tab or pipe.
    Csv,
    /// Separated by tabs.
    Tsv,
}

/// How to import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The run it is in history; the import's own row has its number.
    pub run: RunId,
    /// The file's name, for history.
    pub name: String,
    /// The event of every row: its full name or id.
    pub event: Option<String>,
    /// Whether events that are not known are added.
    pub create_event: bool,
    /// Whether `event` beats the file's own column of events.
    pub event_override: bool,
    /// Headers with the field each is to be read as.
    pub columns: Vec<(String, String)>,
    /// The file's format.
    pub format: Option<FileFormat>,
    /// Whether to count only, and keep nothing.
    pub dry_run: bool,
}

impl ImportOptions {
    /// A plain import of a file.
    #[must_use]
    pub fn new(run: RunId, name: &str) -> Self {
        Self {
            run,
            name: name.to_owned(),
            event: None,
            create_event: false,
            event_override: false,
            columns: Vec::new(),
            format: None,
            dry_run: false,
        }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportProgress {
    /// Rows read.
    pub read: u64,
    /// Bytes of text read (those of a UTF-16 file count as UTF-8).
    pub bytes: u64,
}

/// Why a whole import fails. Rows committed before stay; importing again finds them seen.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No text, or unreadable.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Reading stopped half-way.
    #[error("cannot read the file: {0}")]
    Read(#[source] std::io::Error),
    /// The file of rejected rows cannot be written.
    #[error("cannot write the rejected rows: {0}")]
    Rejects(#[source] std::io::Error),
    /// No header means anything to us.
    #[error("no column is recognised among: {}", .0.join(", "))]
    NoColumns(Vec<String>),
    /// `--column` names a header that is not there.
    #[error("the file has no column \"{name}\"; it has: {}", headers.join(", "))]
    NoSuchColumn {
        /// The name given.
        name: String,
        /// The file's headers.
        headers: Vec<String>,
    },
    /// The event given is not known.
    #[error("no event is named \"{0}\"")]
    UnknownEvent(String),
    /// The event given could be several.
    #[error("\"{name}\" names several events: {}", ids.join(", "))]
    AmbiguousEvent {
        /// The name given.
        name: String,
        /// Their ids.
        ids: Vec<String>,
    },
    /// The file's own column of events names another one than the one given. Nothing was kept.
    #[error("line {line} is of event \"{named}\", not \"{given}\"")]
    EventDisagrees {
        /// The line.
        line: u64,
        /// The row's event.
        named: String,
        /// The event given.
        given: String,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImportError {
    /// Whether the command line is at fault, and not the file or the machine.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::NoSuchColumn { .. } | Self::AmbiguousEvent { .. } | Self::EventDisagrees { .. }
        )
    }
}

/// Takes in a file. Rejected rows go to `rejects` too, as they were, with line and reason. A dry run does the same in a
/// transaction that is taken back.
///
/// # Errors
/// [`ImportError`]; a bad row is none.
pub fn import<R: Read>(
    store: &mut Store,
    source: R,
    options: &ImportOptions,
    rejects: Option<&mut dyn Write>,
    progress: &mut dyn FnMut(ImportProgress),
    now: Timestamp,
) -> Result<ImportReport, ImportError> {
    let mut digest = Sha256::new();
    let digested = Digested {
        source,
        digest: &mut digest,
    };
    let mut reader = RecordReader::new(TextSource::open(digested)?).map_err(ImportError::Read)?;
    let qualifiers = store.qualifier_columns()?;
    let (headers, delimiter) = read_header(&mut reader, options, &qualifiers)?;
    let columns = Columns::recognise(&headers, &options.columns, &qualifiers).map_err(
        |NoSuchHeader(name)| ImportError::NoSuchColumn {
            name,
            headers: headers.clone(),
        },
    )?;
    if !columns.any_known() {
        return Err(ImportError::NoColumns(headers));
    }
    let header_digest = Sha256::digest(headers.join("\u{1f}"));
    let ids = store.ids().clone();
    let importer = store.begin_import(options.run, &options.name, now)?;
    let mut job = Job {
        ids,
        report: report(options, &columns, &qualifiers),
        rejects: rejects.map(|file| RejectFile::new(file, &headers)),
        given: None,
        events: HashMap::new(),
        day_first: delimiter == b';',
        told_of_dates: false,
        strip: columns.with(&Target::LeadId).next().is_some(),
        importer,
        options,
        columns: &columns,
        qualifiers: &qualifiers,
        now,
    };
    job.choose_event()?;
    job.rows(&mut reader, progress)?;
    drop(reader);
    job.finish(&digest.finalize(), &header_digest)
}

fn report(
    options: &ImportOptions,
    columns: &Columns,
    qualifiers: &[QualifierColumn],
) -> ImportReport {
    let columns = columns.all.iter().map(|column| ColumnReport {
        header: column.header.clone(),
        field: column.field(qualifiers),
    });
    ImportReport {
        run: options.run,
        dry_run: options.dry_run,
        read: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        rejects: Vec::new(),
        warnings: Vec::new(),
        columns: columns.collect(),
    }
}

/// Tells the delimiter and reads the header: the first row that is not blank.
fn read_header<R: Read>(
    reader: &mut RecordReader<R>,
    options: &ImportOptions,
    qualifiers: &[QualifierColumn],
) -> Result<(Vec<String>, u8), ImportError> {
    if let Some((_, length)) =
        delimiter::hint(reader.ahead()).filter(|_| options.format != Some(FileFormat::Tsv))
    {
        let delimiter = delimiter::detect(reader.ahead(), &|_| false);
        reader.set_delimiter(delimiter);
        reader.pass_over(length);
        return header(reader, delimiter);
    }
    let known = |name: &str| {
        let key = crate::domain::qualifier::value_key(name);
        is_usual(name)
            || qualifiers.iter().any(|qualifier| qualifier.name_key == key)
            || options
                .columns
                .iter()
                .any(|(header, _)| crate::domain::qualifier::value_key(header) == key)
    };
    let delimiter = match options.format {
        Some(FileFormat::Tsv) => b'\t',
        Some(FileFormat::Csv) | None => delimiter::detect(reader.ahead(), &known),
    };
    reader.set_delimiter(delimiter);
    header(reader, delimiter)
}

fn header<R: Read>(
    reader: &mut RecordReader<R>,
    delimiter: u8,
) -> Result<(Vec<String>, u8), ImportError> {
    let mut record = Record::default();
    if !reader.read(&mut record).map_err(ImportError::Read)? {
        return Err(DecodeError::Empty.into());
    }
    let mut headers: Vec<String> = record
        .fields()
        .map(|header| header.trim().to_owned())
        .collect();
    // A delimiter at the end of every line makes no column.
    while headers.len() > 1 && headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    Ok((headers, delimiter))
}

/// An event as rows need it.
#[derive(Debug, Clone)]
struct EventChoice {
    id: EventId,
    zone: TimeZone,
}

/// What became of a row.
type RowResult = Result<Change, String>;

struct Job<'a> {
    importer: Importer<'a>,
    ids: LeadIds,
    options: &'a ImportOptions,
    columns: &'a Columns,
    qualifiers: &'a [QualifierColumn],
    report: ImportReport,
    rejects: Option<RejectFile<'a>>,
    /// The event given on the command line, with its name as it was given.
    given: Option<(EventChoice, String)>,
    /// Events by name as the file writes them; an error is the reason to reject.
    events: HashMap<String, Result<EventChoice, String>>,
    day_first: bool,
    told_of_dates: bool,
    strip: bool,
    now: Timestamp,
}

impl Job<'_> {
    fn choose_event(&mut self) -> Result<(), ImportError> {
        let Some(name) = self.options.event.clone() else {
            return Ok(());
        };
        let choice = match self.importer.event(&name)? {
            Lookup::Exact(event) | Lookup::Prefix(event) => choice(event.id, event.tz.as_deref()),
            Lookup::Unknown if self.options.create_event => {
                choice(self.importer.add_event(&name)?, None)
            }
            Lookup::Unknown => return Err(ImportError::UnknownEvent(name)),
            Lookup::Ambiguous(several) => {
                return Err(ImportError::AmbiguousEvent {
                    name,
                    ids: several.into_iter().map(|candidate| candidate.id).collect(),
                });
            }
        };
        self.given = Some((choice, name));
        Ok(())
    }

    fn rows<R: Read>(
        &mut self,
        reader: &mut RecordReader<R>,
        progress: &mut dyn FnMut(ImportProgress),
    ) -> Result<(), ImportError> {
        // A file whose column of events disagrees with the one given must leave nothing behind: one transaction.
        let in_portions = !self.options.dry_run && !self.checks_events();
        let mut record = Record::default();
        while reader.read(&mut record).map_err(ImportError::Read)? {
            let result = self.row(&record)?;
            self.count(&record, result)?;
            if self.report.read.is_multiple_of(PROGRESS) {
                progress(ImportProgress {
                    read: self.report.read,
                    bytes: reader.consumed(),
                });
            }
            if in_portions && self.report.read.is_multiple_of(PORTION) {
                self.importer.commit_portion()?;
            }
        }
        progress(ImportProgress {
            read: self.report.read,
            bytes: reader.consumed(),
        });
        Ok(())
    }

    fn checks_events(&self) -> bool {
        self.given.is_some()
            && !self.options.event_override
            && self
                .columns
                .with(&Target::Known(Meaning::Event))
                .next()
                .is_some()
    }

    fn count(&mut self, record: &Record, result: RowResult) -> Result<(), ImportError> {
        self.report.read += 1;
        match result {
            Ok(Change::Created) => self.report.created += 1,
            Ok(Change::Updated) => self.report.updated += 1,
            Ok(Change::Unchanged) => self.report.unchanged += 1,
            Err(reason) => {
                self.report.rejected += 1;
                if let Some(file) = &mut self.rejects {
                    file.write(record, &reason).map_err(ImportError::Rejects)?;
                }
                self.report.rejects.push(Reject {
                    line: record.line,
                    reason,
                });
            }
        }
        Ok(())
    }

    fn row(&mut self, record: &Record) -> Result<RowResult, ImportError> {
        if let Some(reason) = rows::misshapen(record, self.columns) {
            return Ok(Err(reason));
        }
        let cells = rows::read(record, self.columns, self.qualifiers, self.strip);
        if let Some(lead) = cells.lead {
            return self.correct(record.line, lead, &cells);
        }
        if !cells.known {
            return Ok(Err("no recognised value in the row".to_owned()));
        }
        let event = match self.event_of(record.line, cells.event)? {
            Ok(event) => event,
            Err(reason) => return Ok(Err(reason)),
        };
        self.doubts(record.line, &cells);
        let zone = event
            .as_ref()
            .map_or(TimeZone::UTC, |event| event.zone.clone());
        let met = cells
            .when
            .as_deref()
            .and_then(|said| self.met(record.line, said, zone));
        let scans = cells.scans.and_then(|said| self.scans(record.line, said));
        let captured = self.importer.capture(&CaptureRow {
            channel: Channel::File,
            event: event.map(|event| event.id),
            external_id: cells.external_id,
            fields: cells.fields,
            answers: cells.answers,
            scans,
            met,
        })?;
        Ok(Ok(captured.change))
    }

    /// The row of an export of ours. Its event, times and scans are ours too, and no news.
    fn correct(
        &mut self,
        line: u64,
        lead: &str,
        cells: &Cells<'_>,
    ) -> Result<RowResult, ImportError> {
        let Some(id) = self.ids.decode(lead) else {
            return Ok(Err(format!("{} is no lead's id", quoted(lead))));
        };
        let revision = match cells.revision.map(str::parse) {
            None => None,
            Some(Ok(revision)) => Some(revision),
            Some(Err(_)) => return Ok(Err("mobly_sync_revision is no number".to_owned())),
        };
        let corrected = self.importer.correct(&CorrectionRow {
            lead: id,
            revision,
            fields: cells.fields.clone(),
            answers: cells.answers.clone(),
        })?;
        Ok(match corrected {
            Corrected::Done(captured) => {
                self.doubts(line, cells);
                Ok(captured.change)
            }
            Corrected::UnknownLead => Err(format!("there is no lead {lead}")),
            Corrected::ChangedSince { revision } => Err(format!(
                "lead {lead} was changed since the export (it is at revision {revision} now): export it again"
            )),
        })
    }

    /// The row's event; an inner error is the reason to reject it.
    fn event_of(
        &mut self,
        line: u64,
        named: Option<&str>,
    ) -> Result<Result<Option<EventChoice>, String>, ImportError> {
        let Some(named) = named.filter(|_| self.given.is_none() || !self.options.event_override)
        else {
            return Ok(Ok(self.given.as_ref().map(|(choice, _)| choice.clone())));
        };
        if let Some((given, name)) = &self.given {
            if name_key(name) == name_key(named) {
                return Ok(Ok(Some(given.clone())));
            }
            let agrees =
                matches!(self.importer.event(named)?, Lookup::Exact(event) if event.id == given.id);
            if !agrees {
                return Err(ImportError::EventDisagrees {
                    line,
                    named: named.to_owned(),
                    given: name.clone(),
                });
            }
            return Ok(Ok(Some(given.clone())));
        }
        if let Some(known) = self.events.get(named) {
            return Ok(known.clone().map(Some));
        }
        let found = match self.importer.event(named)? {
            Lookup::Exact(event) | Lookup::Prefix(event) => {
                Ok(choice(event.id, event.tz.as_deref()))
            }
            Lookup::Unknown if self.options.create_event => {
                Ok(choice(self.importer.add_event(named)?, None))
            }
            Lookup::Unknown => Err(format!("event {} is not known", quoted(named))),
            Lookup::Ambiguous(several) => Err(format!(
                "event {} is ambiguous: {} events have this name",
                quoted(named),
                several.len()
            )),
        };
        self.events.insert(named.to_owned(), found.clone());
        Ok(found.map(Some))
    }

    fn met<'t>(&mut self, line: u64, said: &'t str, zone: TimeZone) -> Option<Met<'t>> {
        let reading = Reading {
            day_first: self.day_first,
            zone,
        };
        let Some(moment) = dates::parse(said, &reading) else {
            self.warn(
                line,
                "capturedAt",
                format!("{} is no date we can read", quoted(said)),
            );
            return None;
        };
        // Once a file: they are all written by one tool.
        if moment.ambiguous && !self.told_of_dates {
            self.told_of_dates = true;
            let order = if self.day_first {
                "day first"
            } else {
                "month first"
            };
            self.warn(
                line,
                "capturedAt",
                format!(
                    "{} is read {order}, and so are all dates like it",
                    quoted(said)
                ),
            );
        }
        Some(Met {
            at: moment.at,
            said,
        })
    }

    fn scans(&mut self, line: u64, said: &str) -> Option<u32> {
        let whole = said.strip_suffix(".0").unwrap_or(said);
        let scans = whole.parse().ok();
        if scans.is_none() {
            self.warn(
                line,
                "numberOfScans",
                format!("{} is no number of scans", quoted(said)),
            );
        }
        scans
    }

    fn doubts(&mut self, line: u64, cells: &Cells<'_>) {
        let warnings = &mut self.report.warnings;
        rows::doubts(cells, |field, reason| {
            warnings.push(Warning {
                line,
                field,
                reason,
            });
        });
    }

    fn warn(&mut self, line: u64, field: &'static str, reason: String) {
        self.report.warnings.push(Warning {
            line,
            field,
            reason,
        });
    }

    fn finish(mut self, digest: &[u8], header_digest: &[u8]) -> Result<ImportReport, ImportError> {
        if let Some(file) = &mut self.rejects {
            file.flush().map_err(ImportError::Rejects)?;
        }
        if !self.options.dry_run {
            let report = &self.report;
            let counts = serde_json::json!({
                "read": report.read, "created": report.created, "updated": report.updated,
                "unchanged": report.unchanged, "rejected": report.rejected,
            });
            let record = ImportRecord {
                digest,
                header_digest,
                counts: &counts.to_string(),
            };
            self.importer.finish(&record, self.now)?;
        }
        Ok(self.report)
    }
}

fn choice(id: EventId, zone: Option<&str>) -> EventChoice {
    EventChoice {
        id,
        zone: zone
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or(TimeZone::UTC),
    }
}

/// A reader that remembers the digest of what went through it.
struct Digested<'d, R> {
    source: R,
    digest: &'d mut Sha256,
}

impl<R: Read> Read for Digested<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.source.read(buffer)?;
        self.digest.update(&buffer[..length]);
        Ok(length)
    }
}
