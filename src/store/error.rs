//! What can go wrong with the file.

use std::path::PathBuf;

/// A failure of the store, with enough to tell a person what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file (or its folder) cannot be opened or written.
    #[error("cannot open the database {}: {reason}", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// Some other program's SQLite file, or no SQLite file at all.
    #[error("{} is not a mobly-sync database", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Written by a newer version.
    #[error("{} was written by a newer mobly-sync (schema {found}, this build knows {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Damaged.
    #[error("the database {} is damaged: {reason}", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// SQLite's words.
        reason: String,
    },
    /// Another process kept it locked.
    #[error("the database is locked by another process")]
    Locked,
    /// No room.
    #[error("the disk is full: {0}")]
    DiskFull(String),
    /// May not be written.
    #[error("the database is read-only")]
    ReadOnly,
    /// Anything else SQLite says.
    #[error("database error: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// Content that should be there is not, or is not what it should be.
    #[error("the database holds something unexpected: {0}")]
    Unexpected(String),
    /// Another integration holds the only place of its category.
    #[error("{by} is connected and holds the place of its category")]
    CategoryTaken {
        /// Its name.
        by: String,
    },
    /// Something of that name is there already.
    #[error("there is already {what}")]
    Taken {
        /// What, with its name.
        what: String,
    },
    /// Something that was named by its number is not there (any more).
    #[error("there is no {what}")]
    Missing {
        /// What.
        what: String,
    },
    /// The lock files beside the database cannot be used.
    #[error("cannot use {}: {reason}", path.display())]
    Claims {
        /// The folder or file.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DiskFull) => Self::DiskFull(error.to_string()),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt {
                path: PathBuf::new(),
                reason: error.to_string(),
            },
            // A write that the disk refuses (quota, file size limit) surfaces as an I/O error.
            Some(ErrorCode::SystemIoFailure) => Self::DiskFull(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unexpected(error.to_string())
    }
}
