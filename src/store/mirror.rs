//! Copies of a vendor's records, for vendors that cannot be asked for many keys at once.
//!
//! A copy holds the fields that are mapped and what matching needs, no more. Until a sweep came to its end it answers
//! nothing: a record that is absent from half a copy may well be there. A sweep that broke off goes on from the last change
//! it saw. Two processes may fill one copy: pages are written over each other, and neither can make it older.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::Value;

use super::connection::{micros, timestamp};
use super::{Store, StoreError};
use crate::domain::ids::AccountId;

/// One record of a copy.
#[derive(Debug, Clone, PartialEq)]
pub struct MirroredRecord {
    /// The vendor's id.
    pub id: String,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// Its fields, in the vendor's form.
    pub values: BTreeMap<String, Value>,
    /// What it is found by: kind and key.
    pub keys: Vec<(&'static str, String)>,
}

/// What a page of changes brings.
#[derive(Debug, Clone, Default)]
pub struct MirrorPage {
    /// Made or changed.
    pub records: Vec<MirroredRecord>,
    /// Gone.
    pub removed: Vec<String>,
    /// The newest change on the page.
    pub seen_to: Option<Timestamp>,
    /// Whether the sweep ends with it, and when it began.
    pub complete: Option<Timestamp>,
}

/// How far a copy is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MirrorState {
    /// The fields it holds.
    pub fields: Vec<String>,
    /// The last change seen.
    pub seen_to: Option<Timestamp>,
    /// When the last sweep that came to its end began.
    pub complete_at: Option<Timestamp>,
    /// Records held.
    pub records: u64,
}

impl MirrorState {
    /// Whether it holds all these fields.
    #[must_use]
    pub fn holds(&self, fields: &[String]) -> bool {
        fields.iter().all(|field| self.fields.contains(field))
    }
}

impl Store {
    /// How far the copy of an object is; `None`: there is none.
    ///
    /// # Errors
    /// As every statement.
    pub fn mirror_state(
        &self,
        account: AccountId,
        object: &str,
    ) -> Result<Option<MirrorState>, StoreError> {
        let mut state = read_state(&self.connection, account, object)?;
        if let Some(state) = &mut state {
            state.records = self.connection.query_row(
                "SELECT count(*) FROM mirror_records WHERE account_id = ?1 AND object = ?2",
                params![account.0, object],
                |row| row.get::<_, i64>(0).map(i64::unsigned_abs),
            )?;
        }
        Ok(state)
    }

    /// Begins or goes on with a copy that holds these fields; one that lacks any of them is begun anew. Returns since when
    /// changes are to be read; `None`: everything.
    ///
    /// # Errors
    /// As every statement.
    pub fn open_mirror(
        &mut self,
        account: AccountId,
        object: &str,
        fields: &[String],
    ) -> Result<Option<Timestamp>, StoreError> {
        let transaction = super::transaction::begin(&self.connection)?;
        let state = read_state(&transaction, account, object)?;
        if let Some(state) = state.filter(|state| state.holds(fields)) {
            return Ok(state.seen_to);
        }
        forget(&transaction, account, Some(object))?;
        transaction.execute(
            "INSERT INTO mirrors (account_id, object, fields) VALUES (?1, ?2, ?3)",
            params![account.0, object, serde_json::to_string(fields)?],
        )?;
        transaction.commit()?;
        Ok(None)
    }

    /// Takes a page of changes in.
    ///
    /// # Errors
    /// As every statement; then nothing of the page is written.
    pub fn save_mirror_page(
        &mut self,
        account: AccountId,
        object: &str,
        page: &MirrorPage,
    ) -> Result<(), StoreError> {
        let transaction = super::transaction::begin(&self.connection)?;
        for id in &page.removed {
            remove(&transaction, account, object, id)?;
        }
        for record in &page.records {
            save(&transaction, account, object, record)?;
        }
        transaction.execute(
            "UPDATE mirrors SET seen_to = max(ifnull(seen_to, ?3), ifnull(?3, seen_to)),
                    complete_at = max(ifnull(complete_at, ?4), ifnull(?4, complete_at))
             WHERE account_id = ?1 AND object = ?2",
            params![
                account.0,
                object,
                page.seen_to.map(micros),
                page.complete.map(micros)
            ],
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// The records that keys of one kind find, the oldest first; a key that finds none is left out. `None`: the copy is not
    /// complete, or lacks a field, and can tell nothing.
    ///
    /// # Errors
    /// As every statement.
    pub fn mirrored(
        &self,
        account: AccountId,
        object: &str,
        kind: &str,
        keys: &[String],
        fields: &[String],
    ) -> Result<Option<HashMap<String, Vec<MirroredRecord>>>, StoreError> {
        let transaction = super::transaction::snapshot(&self.connection)?;
        let usable = read_state(&transaction, account, object)?
            .is_some_and(|state| state.complete_at.is_some() && state.holds(fields));
        if !usable {
            return Ok(None);
        }
        let mut statement = transaction.prepare_cached(
            "SELECT r.remote_id, r.created_at, r.body FROM mirror_keys k
             JOIN mirror_records r ON r.account_id = k.account_id AND r.object = k.object AND r.remote_id = k.remote_id
             WHERE k.account_id = ?1 AND k.object = ?2 AND k.kind = ?3 AND k.key = ?4
             ORDER BY r.created_at IS NULL, r.created_at, length(r.remote_id), r.remote_id",
        )?;
        let mut found = HashMap::with_capacity(keys.len());
        for key in keys {
            let rows = statement.query_map(params![account.0, object, kind, key], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Option<i64>>(1)?,
                    row.get::<_, String>(2)?,
                ))
            })?;
            let mut records = Vec::new();
            for row in rows {
                let (id, created, body) = row?;
                records.push(MirroredRecord {
                    id,
                    created: created.map(timestamp),
                    values: serde_json::from_str(&body)?,
                    keys: Vec::new(),
                });
            }
            if !records.is_empty() {
                found.insert(key.clone(), records);
            }
        }
        Ok(Some(found))
    }

    /// Forgets records that turned out to be gone.
    ///
    /// # Errors
    /// As every statement.
    pub fn forget_mirrored(
        &mut self,
        account: AccountId,
        object: &str,
        ids: &[String],
    ) -> Result<(), StoreError> {
        let transaction = super::transaction::begin(&self.connection)?;
        for id in ids {
            remove(&transaction, account, object, id)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

fn read_state(
    connection: &Connection,
    account: AccountId,
    object: &str,
) -> Result<Option<MirrorState>, StoreError> {
    let row = connection
        .prepare_cached(
            "SELECT fields, seen_to, complete_at FROM mirrors WHERE account_id = ?1 AND object = ?2",
        )?
        .query_row(params![account.0, object], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, Option<i64>>(1)?,
                row.get::<_, Option<i64>>(2)?,
            ))
        })
        .optional()?;
    row.map(|(fields, seen_to, complete_at)| {
        Ok(MirrorState {
            fields: serde_json::from_str(&fields)?,
            seen_to: seen_to.map(timestamp),
            complete_at: complete_at.map(timestamp),
            records: 0,
        })
    })
    .transpose()
}

fn save(
    connection: &Connection,
    account: AccountId,
    object: &str,
    record: &MirroredRecord,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO mirror_records (account_id, object, remote_id, created_at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            account.0,
            object,
            record.id,
            record.created.map(micros),
            serde_json::to_string(&record.values)?
        ])?;
    remove_keys(connection, account, object, &record.id)?;
    let mut add = connection.prepare_cached(
        "INSERT OR IGNORE INTO mirror_keys (account_id, object, kind, key, remote_id) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (kind, key) in &record.keys {
        add.execute(params![account.0, object, kind, key, record.id])?;
    }
    Ok(())
}

fn remove(
    connection: &Connection,
    account: AccountId,
    object: &str,
    id: &str,
) -> Result<(), StoreError> {
    remove_keys(connection, account, object, id)?;
    connection
        .prepare_cached(
            "DELETE FROM mirror_records WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3",
        )?
        .execute(params![account.0, object, id])?;
    Ok(())
}

fn remove_keys(
    connection: &Connection,
    account: AccountId,
    object: &str,
    id: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM mirror_keys WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3",
        )?
        .execute(params![account.0, object, id])?;
    Ok(())
}

/// Forgets the copy of one object, or of all: the connection is gone.
pub(super) fn forget(
    connection: &Connection,
    account: AccountId,
    object: Option<&str>,
) -> Result<(), StoreError> {
    for table in ["mirror_keys", "mirror_records", "mirrors"] {
        connection.execute(
            &format!("DELETE FROM {table} WHERE account_id = ?1 AND (?2 IS NULL OR object = ?2)"),
            params![account.0, object],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ACCOUNT: AccountId = AccountId(1);

    fn store() -> Store {
        let store = Store::in_memory().unwrap();
        store
            .connection
            .execute_batch("PRAGMA foreign_keys = OFF")
            .unwrap();
        store
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn record(id: &str, email: &str, created: i64) -> MirroredRecord {
        MirroredRecord {
            id: id.to_owned(),
            created: Some(at(created)),
            values: BTreeMap::from([("email".to_owned(), Value::from(email))]),
            keys: vec![("email", email.to_owned()), ("id", id.to_owned())],
        }
    }

    fn page(records: Vec<MirroredRecord>, seen_to: i64, complete: Option<i64>) -> MirrorPage {
        MirrorPage {
            records,
            removed: Vec::new(),
            seen_to: Some(at(seen_to)),
            complete: complete.map(at),
        }
    }

    fn ids(store: &Store, email: &str) -> Option<Vec<String>> {
        let keys = [email.to_owned()];
        let fields = ["email".to_owned()];
        let mut found = store
            .mirrored(ACCOUNT, "person", "email", &keys, &fields)
            .unwrap()?;
        let records = found.remove(email).unwrap_or_default();
        Some(records.into_iter().map(|record| record.id).collect())
    }

    fn fields(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn half_a_copy_tells_nothing_and_goes_on_where_it_was() {
        let mut store = store();
        let fields = fields(&["email"]);
        assert_eq!(store.open_mirror(ACCOUNT, "person", &fields).unwrap(), None);
        let first = page(vec![record("9", "ann@acme.com", 5)], 10, None);
        store.save_mirror_page(ACCOUNT, "person", &first).unwrap();
        assert_eq!(ids(&store, "ann@acme.com"), None);
        // Another process goes on.
        let since = store.open_mirror(ACCOUNT, "person", &fields).unwrap();
        assert_eq!(since, Some(at(10)));
        let last = page(vec![record("10", "ann@acme.com", 4)], 20, Some(1));
        store.save_mirror_page(ACCOUNT, "person", &last).unwrap();
        // The oldest first; who is not there is surely absent.
        assert_eq!(
            ids(&store, "ann@acme.com"),
            Some(vec!["10".into(), "9".into()])
        );
        assert_eq!(ids(&store, "bob@acme.com"), Some(Vec::new()));
        // An older page never takes it back.
        let late = page(Vec::new(), 3, None);
        store.save_mirror_page(ACCOUNT, "person", &late).unwrap();
        let state = store.mirror_state(ACCOUNT, "person").unwrap().unwrap();
        assert_eq!(
            (state.seen_to, state.complete_at, state.records),
            (Some(at(20)), Some(at(1)), 2)
        );
    }

    #[test]
    fn a_changed_record_is_found_by_its_new_key_alone() {
        let mut store = store();
        let fields = fields(&["email"]);
        store.open_mirror(ACCOUNT, "person", &fields).unwrap();
        let first = page(vec![record("9", "ann@acme.com", 5)], 10, Some(1));
        store.save_mirror_page(ACCOUNT, "person", &first).unwrap();
        let moved = page(vec![record("9", "ann@new.com", 5)], 11, Some(2));
        store.save_mirror_page(ACCOUNT, "person", &moved).unwrap();
        assert_eq!(ids(&store, "ann@acme.com"), Some(Vec::new()));
        assert_eq!(ids(&store, "ann@new.com"), Some(vec!["9".into()]));
        store
            .forget_mirrored(ACCOUNT, "person", &["9".to_owned()])
            .unwrap();
        assert_eq!(ids(&store, "ann@new.com"), Some(Vec::new()));
    }

    #[test]
    fn a_field_more_begins_the_copy_anew() {
        let mut store = store();
        store
            .open_mirror(ACCOUNT, "person", &fields(&["email", "name"]))
            .unwrap();
        let first = page(vec![record("9", "ann@acme.com", 5)], 10, Some(1));
        store.save_mirror_page(ACCOUNT, "person", &first).unwrap();
        let fewer = store.open_mirror(ACCOUNT, "person", &fields(&["email"]));
        assert_eq!(fewer.unwrap(), Some(at(10)));
        let more = store.open_mirror(ACCOUNT, "person", &fields(&["email", "phone"]));
        assert_eq!(more.unwrap(), None);
        assert_eq!(ids(&store, "ann@acme.com"), None);
    }
}
