//! From a file to leads.

use std::collections::HashMap;
use std::io::{Read, Write};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::decode::{DecodeError, TextSource};
use super::delimiter;
use super::headers::{Columns, NoSuchHeader, Target, is_usual};
use super::import_job::Job;
use super::records::{Record, RecordReader};
use super::rejects::RejectFile;
use super::report::{ColumnReport, ImportReport};
use crate::domain::ids::RunId;
use crate::domain::qualifier::value_key;
use crate::store::{QualifierColumn, Store, StoreError};

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
    /// Whether `event` is only for rows whose own event the file does not tell.
    pub event_fills: bool,
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
            event_fills: false,
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
    let columns_report = columns.all.iter().map(|column| ColumnReport {
        header: column.header.clone(),
        field: column.field(&qualifiers),
    });
    let mut job = Job {
        ids,
        report: ImportReport::new(options.run, options.dry_run, columns_report.collect()),
        rejects: rejects.map(|file| RejectFile::new(file, &headers)),
        given: None,
        events: HashMap::new(),
        // Where a semicolon separates, the comma is a decimal mark, and the day comes first.
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
        let key = value_key(name);
        is_usual(name)
            || qualifiers.iter().any(|qualifier| qualifier.name_key == key)
            || options
                .columns
                .iter()
                .any(|(header, _)| value_key(header) == key)
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
