//! Opening the file: pragmas, permissions, identity, migrations.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::StoreError;
use crate::domain::ids::LeadIds;

/// "MOBY": marks a file as ours.
const APPLICATION_ID: i32 = 0x4d4f_4259;
/// How long a write waits for another process before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Never edit a released entry; add the next file.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_initial.sql")];

/// How safe a commit must be before the program goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// On disk: claims, calls and answers.
    Full,
    /// In the write-ahead log, on disk with the next checkpoint: imports, which can be repeated.
    Normal,
}

/// One connection to the file, with the key that shows lead ids.
pub struct Store {
    pub(super) connection: Connection,
    path: PathBuf,
    ids: LeadIds,
    database_id: String,
    /// Whether it is the place of a rehearsal ([`super::rehearsal`]), which holds nobody's locks.
    pub(super) rehearses: bool,
}

impl Store {
    /// Opens the file, making it (mode 0600) and its folder (0700) where there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// Every case a person can meet has its own [`StoreError`]: foreign, newer, damaged, unwritable, locked.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let cannot_open = |reason: String| StoreError::CannotOpen {
            path: path.to_owned(),
            reason,
        };
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            create_private_folder(folder).map_err(|error| cannot_open(error.to_string()))?;
        }
        if path.is_dir() {
            return Err(cannot_open("it is a folder".to_owned()));
        }
        create_private_file(path).map_err(|error| cannot_open(error.to_string()))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|error| cannot_open(error.to_string()))?;
        let store = Self::prepare(connection, path)?;
        store.settle();
        Ok(store)
    }

    /// A store in memory, for tests.
    ///
    /// # Errors
    /// Only where SQLite itself fails.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    fn prepare(mut connection: Connection, path: &Path) -> Result<Self, StoreError> {
        let named = |error: StoreError| match error {
            StoreError::Corrupt { reason, .. } if reason.contains("not a database") => {
                StoreError::Foreign {
                    path: path.to_owned(),
                }
            }
            StoreError::Corrupt { reason, .. } => StoreError::Corrupt {
                path: path.to_owned(),
                reason,
            },
            other => other,
        };
        connection.busy_timeout(BUSY_TIMEOUT)?;
        refuse_foreign(&connection, path).map_err(named)?;
        set_pragmas(&connection).map_err(|error| named(error.into()))?;
        super::functions::register(&connection)?;
        migrate(&mut connection, path).map_err(named)?;
        let database_id = identity(&connection, "database_id")?;
        let ids = LeadIds::new(&identity(&connection, "id_key")?);
        connection.set_prepared_statement_cache_capacity(128);
        // A transaction that reads before it writes would be refused at once, whatever the timeout, when another process
        // wrote in between: it takes its turn at the beginning instead.
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        Ok(Self {
            connection,
            path: path.to_owned(),
            ids,
            database_id,
            rehearses: false,
        })
    }

    /// A private, nameless database, with this file readable in it as `file`. SQLite keeps it in memory while it is small and
    /// in a file of its own (mode 0600, unlinked as soon as it is opened) when it grows: whatever becomes of the process,
    /// nothing of it is left.
    ///
    /// # Errors
    /// Where a store in memory is meant, or SQLite fails.
    pub(super) fn beside(&self) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let mut connection = Connection::open_with_flags("", flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        // What is lost with the process need not be safe on disk; foreign keys would look for leads that are not copied.
        connection.execute_batch(
            "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF;
             PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;",
        )?;
        super::functions::register(&connection)?;
        // Read-only, so that no transaction of the rehearsal ever takes the file's one write lock.
        connection.execute("ATTACH ?1 AS file", [read_only_uri(&self.path)])?;
        connection.set_prepared_statement_cache_capacity(128);
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        Ok(Self {
            connection,
            path: self.path.clone(),
            ids: self.ids.clone(),
            database_id: self.database_id.clone(),
            rehearses: true,
        })
    }

    /// Opens the file once more, for a reader or a writer of its own.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn reopen(&self) -> Result<Self, StoreError> {
        Self::open(&self.path)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Shows and reads public lead ids.
    #[must_use]
    pub fn ids(&self) -> &LeadIds {
        &self.ids
    }

    /// The file's own id; names its entries in the keychain.
    #[must_use]
    pub fn database_id(&self) -> &str {
        &self.database_id
    }

    pub(super) fn set_database_id(&mut self, id: String) {
        self.database_id = id;
    }

    /// Chooses how safe commits are from now on.
    ///
    /// # Errors
    /// Only where SQLite itself fails.
    pub fn set_durability(&self, durability: Durability) -> Result<(), StoreError> {
        let level = match durability {
            Durability::Full => "FULL",
            Durability::Normal => "NORMAL",
        };
        self.connection.pragma_update(None, "synchronous", level)?;
        Ok(())
    }

    /// Moves the write-ahead log into the file; harmless while others read.
    ///
    /// # Errors
    /// Only where SQLite itself fails.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            .optional()?;
        Ok(())
    }
}

/// Microseconds since 1970, as every time column holds them.
#[must_use]
pub fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// A time column back as a time; the range of the column is that of the type, so nothing is lost.
#[must_use]
pub fn timestamp(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn set_pragmas(connection: &Connection) -> rusqlite::Result<()> {
    // Network mounts refuse WAL; SQLite then stays at its rollback journal, slower and just as safe.
    connection
        .query_row("PRAGMA journal_mode=WAL", [], |_| Ok(()))
        .optional()?;
    connection.execute_batch(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;
         PRAGMA cache_size=-16000; PRAGMA journal_size_limit=67108864;",
    )
}

fn application_id(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "application_id", |row| row.get(0))
}

/// Whether a file bears our mark.
pub(super) fn is_ours(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(application_id(connection)? == APPLICATION_ID)
}

fn refuse_foreign(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let application_id = application_id(connection)?;
    if application_id == APPLICATION_ID {
        return Ok(());
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application_id != 0 || tables > 0 {
        return Err(StoreError::Foreign {
            path: path.to_owned(),
        });
    }
    Ok(())
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    if found == known {
        return Ok(());
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    let migrations = Migrations::new(MIGRATIONS.iter().map(|sql| M::up(sql)).collect());
    migrations
        .to_latest(connection)
        .map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => StoreError::Unexpected(other.to_string()),
        })
}

/// 96 random bits, as text.
pub(super) fn random_identity() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Unexpected(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A path as SQLite takes it in a URI, for reading only.
fn read_only_uri(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(absolute.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = format!("/{}", absolute.to_string_lossy().replace('\\', "/")).into_bytes();
    let mut uri = String::from("file:");
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str("?mode=ro");
    uri
}

/// Reads a value of `meta` that is made once, at random.
pub(super) fn identity(connection: &Connection, key: &str) -> Result<String, StoreError> {
    let read = || {
        connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
                row.get::<_, String>(0)
            })
            .optional()
    };
    if let Some(value) = read()? {
        return Ok(value);
    }
    let value = random_identity()?;
    // Two processes may meet an empty file at once: whoever is first decides.
    connection.execute(
        "INSERT OR IGNORE INTO meta (key, value) VALUES (?1, ?2)",
        [key, &value],
    )?;
    Ok(read()?.unwrap_or(value))
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if folder.exists() {
        return Ok(());
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

fn create_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_keeps_its_identity() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/mobly.db");
        let first = Store::open(&path).unwrap().database_id().to_owned();
        assert_eq!(Store::open(&path).unwrap().database_id(), first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600);
            assert_eq!(mode(path.parent().unwrap()), 0o700);
        }
    }

    #[test]
    fn other_programs_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("notes.txt");
        std::fs::write(
            &text,
            "these are notes, not a database, and long enough to be read as a header",
        )
        .unwrap();
        assert!(matches!(
            Store::open(&text),
            Err(StoreError::Foreign { .. })
        ));
        let foreign = folder.path().join("other.db");
        Connection::open(&foreign)
            .unwrap()
            .execute_batch("CREATE TABLE theirs (x)")
            .unwrap();
        assert!(matches!(
            Store::open(&foreign),
            Err(StoreError::Foreign { .. })
        ));
        assert_eq!(
            std::fs::read_to_string(&text).unwrap(),
            "these are notes, not a database, and long enough to be read as a header"
        );
    }

    #[test]
    fn a_newer_file_is_refused_by_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mobly.db");
        Store::open(&path)
            .unwrap()
            .connection
            .pragma_update(None, "user_version", 99)
            .unwrap();
        assert!(matches!(
            Store::open(&path),
            Err(StoreError::Newer { found: 99, .. })
        ));
    }
}
