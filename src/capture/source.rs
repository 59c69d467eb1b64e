//! Where rows come from, whatever the file's format.

use std::io::Read;

use super::import_error::ImportError;
use super::record::Record;
use super::records::RecordReader;

/// A file's rows, one after the other.
pub(super) trait Rows {
    /// Reads the next row that is not blank; false at the end.
    fn next(&mut self, record: &mut Record) -> Result<bool, ImportError>;

    /// Bytes of the file read so far; 0 where nobody can tell.
    fn consumed(&self) -> u64;
}

impl<R: Read> Rows for RecordReader<R> {
    fn next(&mut self, record: &mut Record) -> Result<bool, ImportError> {
        self.read(record).map_err(ImportError::Read)
    }

    fn consumed(&self) -> u64 {
        Self::consumed(self)
    }
}
