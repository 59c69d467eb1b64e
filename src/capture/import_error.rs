//! Why a whole import fails.

use super::decode::DecodeError;
use crate::store::StoreError;

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
    /// Something else than it should be; the reason is a sentence.
    #[error("{0}")]
    Unreadable(String),
    /// It ends before its end. Nothing was kept.
    #[error("{0}; it was probably not downloaded or copied completely")]
    CutOff(String),
    /// A workbook holds several sheets, and none is named.
    #[error("the workbook has several sheets: {}", .0.join(", "))]
    SeveralSheets(Vec<String>),
    /// The sheet named is not there.
    #[error("the workbook has no sheet \"{name}\"; it has: {}", sheets.join(", "))]
    NoSuchSheet {
        /// The name given.
        name: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// An event was to be added whose name is nearly that of another. Nothing was kept.
    #[error("no event is named \"{name}\", but one is named \"{near}\"")]
    SimilarEvent {
        /// The name given.
        name: String,
        /// The event there is.
        near: String,
    },
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
            Self::NoSuchColumn { .. }
                | Self::AmbiguousEvent { .. }
                | Self::EventDisagrees { .. }
                | Self::SeveralSheets(_)
                | Self::NoSuchSheet { .. }
                | Self::SimilarEvent { .. }
        )
    }
}
