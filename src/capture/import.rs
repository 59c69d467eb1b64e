//! From a file to leads.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{Cursor, Read, Write};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::decode::{DecodeError, TextSource};
use super::delimiter;
use super::formats::{self, FileFormat};
use super::headers::{Columns, NoSuchHeader, is_usual};
use super::import_error::ImportError;
use super::import_job::Job;
use super::json::JsonRows;
use super::records::{Record, RecordReader};
use super::rejects::RejectFile;
use super::report::{ColumnReport, ImportReport};
use super::source::Rows;
use super::vcard::CardRows;
use super::workbook::Workbook;
use crate::domain::formula::as_it_was;
use crate::domain::ids::RunId;
use crate::domain::qualifier::value_key;
use crate::store::{QualifierColumn, Store};

/// Bytes the format is told by.
const LOOK_AHEAD: u64 = 64 * 1024;
/// The largest file of a format that has to be held.
const LARGEST_HELD: u64 = 512 * 1024 * 1024;

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
    /// The file's format; without one it is told by the file.
    pub format: Option<FileFormat>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Whether an event may be added although its name is nearly that of another.
    pub allow_similar: bool,
    /// Whether to count only, and keep nothing.
    pub dry_run: bool,
    /// Once raised, the import fails at its next look.
    pub interrupted: Arc<AtomicBool>,
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
            sheet: None,
            allow_similar: false,
            dry_run: false,
            interrupted: Arc::default(),
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

/// What a file is known by: the digest of its bytes, as an import remembers it.
///
/// # Errors
/// The system's.
pub fn digest_of(source: impl Read) -> std::io::Result<Vec<u8>> {
    let digest = Rc::new(RefCell::new(Sha256::new()));
    let mut source = Digested {
        source,
        digest: Rc::clone(&digest),
    };
    std::io::copy(&mut source, &mut std::io::sink())?;
    let digest = digest.borrow().clone().finalize();
    Ok(digest.to_vec())
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
    let digest = Rc::new(RefCell::new(Sha256::new()));
    let mut source = Digested {
        source,
        digest: Rc::clone(&digest),
    };
    let mut head = Vec::new();
    source
        .by_ref()
        .take(LOOK_AHEAD)
        .read_to_end(&mut head)
        .map_err(ImportError::Read)?;
    let format = options
        .format
        .unwrap_or_else(|| formats::recognise(&head, &options.name));
    let source = Cursor::new(head).chain(source);
    let qualifiers = store.qualifier_columns()?;
    let intake = Intake {
        store,
        qualifiers: &qualifiers,
        options,
        rejects: match rejects {
            Some(file) => Some(file),
            None => None,
        },
        progress,
        now,
        digest,
    };
    match format {
        FileFormat::Csv | FileFormat::Tsv => {
            let text = TextSource::open(source)?;
            let mut reader = RecordReader::new(text).map_err(ImportError::Read)?;
            let (headers, delimiter) = read_header(&mut reader, options, &qualifiers)?;
            // Where a semicolon separates, the comma is a decimal mark, and the day comes first.
            intake.take(&headers, delimiter == b';', &mut reader)
        }
        FileFormat::Json | FileFormat::Ndjson => {
            let text = text(&whole(TextSource::open(source)?)?);
            let mut rows = if format == FileFormat::Json {
                JsonRows::document(text)?
            } else {
                JsonRows::lines(text)?
            };
            let headers = rows.headers().to_vec();
            intake.take(&headers, false, &mut rows)
        }
        FileFormat::Vcard => {
            let mut rows = CardRows::new(&text(&whole(TextSource::open(source)?)?))?;
            let headers = rows.headers().to_vec();
            intake.take(&headers, false, &mut rows)
        }
        FileFormat::Xlsx => {
            let bytes = whole(source)?;
            let mut book = Workbook::open(&bytes)?;
            let sheet = book.choose(options.sheet.as_deref())?;
            let mut rows = book.sheet(&sheet)?;
            let headers = rows.header(&|name| is_known(name, options, &qualifiers))?;
            intake.take(&headers, false, &mut rows)
        }
    }
}

/// A file whose format cannot be read from front to back.
fn whole(source: impl Read) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    source
        .take(LARGEST_HELD + 1)
        .read_to_end(&mut bytes)
        .map_err(ImportError::Read)?;
    if bytes.len() as u64 > LARGEST_HELD {
        return Err(ImportError::Unreadable(
            "it is larger than 512 MiB, which only CSV and TSV may be: save it as CSV".to_owned(),
        ));
    }
    Ok(bytes)
}

fn text(bytes: &[u8]) -> String {
    super::decode::text(bytes).into_owned()
}

/// What an import needs beside the file's rows.
struct Intake<'a> {
    store: &'a mut Store,
    qualifiers: &'a [QualifierColumn],
    options: &'a ImportOptions,
    rejects: Option<&'a mut dyn Write>,
    progress: &'a mut dyn FnMut(ImportProgress),
    now: Timestamp,
    digest: Rc<RefCell<Sha256>>,
}

impl Intake<'_> {
    /// Takes in every row, in whatever format they were.
    fn take(
        self,
        headers: &[String],
        day_first: bool,
        rows: &mut dyn Rows,
    ) -> Result<ImportReport, ImportError> {
        // A table we wrote ourselves: an export, or rows that were rejected.
        let ours = headers
            .iter()
            .any(|header| matches!(header.as_str(), "mobly_sync_lead_id" | "mobly_sync_line"));
        let plain: Vec<String> = headers
            .iter()
            .map(|header| as_it_was(header).to_owned())
            .collect();
        let headers: &[String] = if ours { &plain } else { headers };
        let header_digest = header_digest(headers);
        let remembered = self.store.remembered_columns(&header_digest)?;
        let given = choices(&self.options.columns, &remembered);
        let columns = Columns::recognise(headers, &given, self.qualifiers).map_err(
            |NoSuchHeader(name)| ImportError::NoSuchColumn {
                name,
                headers: headers.to_vec(),
            },
        )?;
        if !columns.any_known() {
            return Err(ImportError::NoColumns(headers.to_vec()));
        }
        let ids = self.store.ids().clone();
        let importer = self
            .store
            .begin_import(self.options.run, &self.options.name, self.now)?;
        let columns_report = columns.all.iter().map(|column| ColumnReport {
            header: column.header.clone(),
            field: column.field(self.qualifiers),
            differing: column.is_second.then(|| column.spare.clone()),
            remembered: !has_choice(&self.options.columns, &column.header)
                && has_choice(&remembered, &column.header),
        });
        let mut job = Job {
            ids,
            report: ImportReport::new(
                self.options.run,
                self.options.dry_run,
                columns_report.collect(),
            ),
            rejects: self.rejects.map(|file| RejectFile::new(file, headers)),
            given: None,
            events: HashMap::new(),
            day_first,
            told_of_dates: false,
            strip: ours,
            importer,
            options: self.options,
            columns: &columns,
            qualifiers: self.qualifiers,
            now: self.now,
        };
        job.choose_event()?;
        job.rows(rows, self.progress)?;
        let digest = self.digest.borrow().clone().finalize();
        job.finish(&digest, &header_digest)
    }
}

/// Told apart by the headers whatever their order: an export with the same columns is one of the same kind.
fn header_digest(headers: &[String]) -> Vec<u8> {
    let mut names: Vec<String> = headers.iter().map(|header| value_key(header)).collect();
    names.sort();
    Sha256::digest(names.join("\u{1f}")).to_vec()
}

fn has_choice(choices: &[(String, String)], header: &str) -> bool {
    let key = value_key(header);
    choices.iter().any(|(known, _)| value_key(known) == key)
}

/// What columns mean: as given now, else as given for such a file before.
fn choices(given: &[(String, String)], remembered: &[(String, String)]) -> Vec<(String, String)> {
    let before = remembered
        .iter()
        .filter(|(header, _)| !has_choice(given, header));
    given.iter().chain(before).cloned().collect()
}

fn is_known(name: &str, options: &ImportOptions, qualifiers: &[QualifierColumn]) -> bool {
    let key = value_key(name);
    is_usual(name)
        || qualifiers.iter().any(|qualifier| qualifier.name_key == key)
        || has_choice(&options.columns, name)
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
    let known = |name: &str| is_known(name, options, qualifiers);
    let delimiter = match options.format {
        Some(FileFormat::Tsv) => b'\t',
        _ => delimiter::detect(reader.ahead(), &known),
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
struct Digested<R> {
    source: R,
    digest: Rc<RefCell<Sha256>>,
}

impl<R: Read> Read for Digested<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.source.read(buffer)?;
        self.digest.borrow_mut().update(&buffer[..length]);
        Ok(length)
    }
}
