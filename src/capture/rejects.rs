//! The rows that were not taken in, as a file to correct and import again.

use std::io::Write;

use super::record::Record;
use crate::domain::formula::harmless;

/// A CSV with the file's own header, and each rejected row's line and reason behind its fields: columns of ours, which the
/// next import does not store, and by which it knows that a value may have a `'` before it.
pub(super) struct RejectFile<'f> {
    writer: csv::Writer<&'f mut dyn Write>,
    headers: &'f [String],
    begun: bool,
}

impl<'f> RejectFile<'f> {
    /// Nothing is written before the first row.
    pub(super) fn new(file: &'f mut dyn Write, headers: &'f [String]) -> Self {
        Self {
            writer: csv::WriterBuilder::new().flexible(true).from_writer(file),
            headers,
            begun: false,
        }
    }

    /// Adds a row; one with too few fields is filled up, so that the reason stands in its column.
    pub(super) fn write(&mut self, record: &Record, reason: &str) -> std::io::Result<()> {
        if !self.begun {
            self.begun = true;
            let ours = ["mobly_sync_line", "mobly_sync_reason"];
            for header in self.headers {
                self.writer.write_field(harmless(header).as_ref())?;
            }
            self.writer.write_record(ours)?;
        }
        let line = record.line.to_string();
        let missing = self.headers.len().saturating_sub(record.len());
        for field in record.fields().chain(std::iter::repeat_n("", missing)) {
            self.writer.write_field(harmless(field).as_ref())?;
        }
        self.writer.write_record([line.as_str(), reason])?;
        Ok(())
    }

    pub(super) fn flush(&mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}
