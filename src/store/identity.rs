//! The file's own identity, and what becomes of it when somebody copies the file.
//!
//! The identity names the entries of the secret store, so two files of one identity would use one sign-in: the vendor that
//! hands out a new refresh token to one of them takes the other's away (decisions.md 49). The file therefore remembers
//! where it lives. Where that is no longer where it is opened, it was moved, or it is a copy; which of the two, the old
//! place tells.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde_json::json;

use super::connection::{is_ours, micros, random_identity};
use super::{Store, StoreError};
use crate::domain::history::{Author, SetupChange};

/// Where the file lives, in `meta`.
const HOME: &str = "home";

/// What [`Store::adopt`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The identity before.
    pub former_id: String,
    /// The connections whose sign-in stays with the other file.
    pub without_sign_in: Vec<String>,
}

impl Store {
    /// Notes where the file lives, unless something still stands where it lived before: that may be the file this is a copy
    /// of, and [`Store::original`] looks closer. A file that takes no note works all the same.
    pub(super) fn settle(&self) {
        let Some(here) = absolute(self.path()) else {
            return;
        };
        let Ok(home) = self.home() else { return };
        if home.as_deref() == Some(here.as_str()) {
            return;
        }
        if home.is_none_or(|home| !Path::new(&home).exists()) {
            let _ = self.set_home(&here);
        }
    }

    /// The file this one is a copy of: another file, at the place this one lived before, with the same identity.
    ///
    /// # Errors
    /// As every statement. A file that cannot be read is no file of ours.
    pub fn original(&self) -> Result<Option<PathBuf>, StoreError> {
        let Some(home) = self.home()?.map(PathBuf::from) else {
            return Ok(None);
        };
        if same_file(&home, self.path()) {
            return Ok(None);
        }
        let same = identity_of(&home).is_some_and(|id| id == self.database_id());
        Ok(same.then_some(home))
    }

    /// Gives the file an identity and a home of its own, recorded as a change of set-up. Connections whose secret is kept
    /// under the former identity then need a sign-in; that secret is left to the other file.
    ///
    /// # Errors
    /// As every statement; nothing is changed then.
    pub fn adopt(&mut self, author: &Author, now: Timestamp) -> Result<Adopted, StoreError> {
        let former_id = self.database_id().to_owned();
        let new_id = random_identity()?;
        let here = absolute(self.path());
        let ((without_sign_in, new_id), _) = self.change_setup(None, author, now, |transaction| {
            transaction.execute(
                "UPDATE meta SET value = ?1 WHERE key = 'database_id'",
                [&new_id],
            )?;
            if let Some(here) = &here {
                transaction.execute(
                    "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
                    [HOME, here],
                )?;
            }
            let mut statement = transaction.prepare(
                "UPDATE integrations SET secret_store = 'none', health = 'needs_sign_in', updated_at = ?1
                 WHERE connected = 1 AND secret_store IN ('keyring', 'file') RETURNING name",
            )?;
            let names: Vec<String> = statement
                .query_map(params![micros(now)], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let change = SetupChange::new(
                "database",
                "identity",
                Some(json!({"id": former_id})),
                Some(json!({"id": new_id})),
            );
            Ok(((names, new_id), vec![change]))
        })?;
        self.set_database_id(new_id);
        Ok(Adopted {
            former_id,
            without_sign_in,
        })
    }

    fn home(&self) -> Result<Option<String>, StoreError> {
        Ok(meta(&self.connection, HOME)?)
    }

    fn set_home(&self, here: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
            [HOME, here],
        )?;
        Ok(())
    }
}

fn meta(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
            row.get(0)
        })
        .optional()
}

/// The identity of the file at a path, if it is one of ours; it is only read.
fn identity_of(path: &Path) -> Option<String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    if !is_ours(&connection).ok()? {
        return None;
    }
    meta(&connection, "database_id").ok()?
}

/// `None` for a store in memory.
fn absolute(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    Some(path.to_string_lossy().into_owned())
}

/// Whether two paths lead to one file: one may be a link, or a folder mounted twice.
fn same_file(left: &Path, right: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let place = |path: &Path| {
            let data = std::fs::metadata(path).ok()?;
            Some((data.dev(), data.ino()))
        };
        if let (Some(left), Some(right)) = (place(left), place(right)) {
            return left == right;
        }
    }
    absolute(left).is_some() && absolute(left) == absolute(right)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{fixtures, test_support};
    use super::*;

    fn now() -> Timestamp {
        "2026-11-17T09:30:00Z".parse().unwrap()
    }

    fn copied(folder: &Path) -> (Store, PathBuf) {
        let (first, copy) = (folder.join("first.db"), folder.join("copy.db"));
        let store = Store::open(&first).unwrap();
        drop(store);
        std::fs::copy(&first, &copy).unwrap();
        (Store::open(&copy).unwrap(), first)
    }

    #[test]
    fn a_copy_knows_its_original_until_it_is_adopted() {
        let folder = tempfile::tempdir().unwrap();
        let (mut copy, first) = copied(folder.path());
        let original = copy.original().unwrap().unwrap();
        assert_eq!(original, first.canonicalize().unwrap());
        // Opening it again does not make it forget.
        assert!(copy.reopen().unwrap().original().unwrap().is_some());
        let former = copy.database_id().to_owned();
        let adopted = copy.adopt(&Author::default(), now()).unwrap();
        assert_eq!(adopted.former_id, former);
        assert_ne!(copy.database_id(), former);
        assert_eq!(copy.original().unwrap(), None);
        let again = copy.reopen().unwrap();
        assert_eq!(again.database_id(), copy.database_id());
        assert_eq!(again.original().unwrap(), None);
        assert_eq!(Store::open(&first).unwrap().database_id(), former);
    }

    #[test]
    fn a_file_that_was_moved_is_no_copy() {
        let folder = tempfile::tempdir().unwrap();
        let (first, moved) = (folder.path().join("first.db"), folder.path().join("b.db"));
        drop(Store::open(&first).unwrap());
        std::fs::rename(&first, &moved).unwrap();
        let store = Store::open(&moved).unwrap();
        assert_eq!(store.original().unwrap(), None);
        // Another file at the old place later is another file.
        drop(Store::open(&first).unwrap());
        assert_eq!(store.reopen().unwrap().original().unwrap(), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_file_is_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let (first, link) = (folder.path().join("first.db"), folder.path().join("l.db"));
        drop(Store::open(&first).unwrap());
        std::fs::hard_link(&first, &link).unwrap();
        assert_eq!(Store::open(&link).unwrap().original().unwrap(), None);
    }

    #[test]
    fn what_is_kept_under_the_former_identity_needs_a_sign_in() {
        let mut store = Store::in_memory().unwrap();
        let id = fixtures::connect(&mut store, "crm", "1").integration.id;
        let adopted = store.adopt(&Author::default(), now()).unwrap();
        let integration = store.integration_by_id(id).unwrap().unwrap();
        assert_eq!(adopted.without_sign_in, ["crm"]);
        assert!(integration.needs_sign_in);
        let recorded = "SELECT count(*) FROM setup_changes WHERE kind = 'database'";
        assert_eq!(test_support::count(&store, recorded), 1);
    }
}
