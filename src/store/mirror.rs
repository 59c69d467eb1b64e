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
    /// When it last changed: an older word on it never replaces a newer one.
    pub changed: Timestamp,
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

/// A copy that is about to be read further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenMirror {
    /// Names this beginning of it.
    pub generation: i64,
    /// The fields to read: all it holds, those nobody maps any more among them, so that every record holds the same.
    pub fields: Vec<String>,
    /// Since when changes are to be read; `None`: everything.
    pub since: Option<Timestamp>,
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

    /// Begins or goes on with a copy that holds these fields; one that lacks any of them is begun anew.
    ///
    /// # Errors
    /// As every statement.
    pub fn open_mirror(
        &mut self,
        account: AccountId,
        object: &str,
        fields: &[String],
    ) -> Result<OpenMirror, StoreError> {
        let transaction = super::transaction::begin(&self.connection)?;
        if let Some(state) = read_state(&transaction, account, object)?
            && state.holds(fields)
        {
            return Ok(OpenMirror {
                generation: generation(&transaction, account, object)?,
                fields: state.fields,
                since: state.seen_to,
            });
        }
        forget(&transaction, account, Some(object))?;
        transaction.execute(
            "INSERT INTO mirrors (account_id, object, fields, generation) VALUES (?1, ?2, ?3, random())",
            params![account.0, object, serde_json::to_string(fields)?],
        )?;
        let opened = OpenMirror {
            generation: generation(&transaction, account, object)?,
            fields: fields.to_vec(),
            since: None,
        };
        transaction.commit()?;
        Ok(opened)
    }

    /// Takes a page of changes in. False: the copy was begun anew or forgotten meanwhile, and the page is of no use.
    ///
    /// # Errors
    /// As every statement; then nothing of the page is written.
    pub fn save_mirror_page(
        &mut self,
        account: AccountId,
        object: &str,
        generation: i64,
        page: &MirrorPage,
    ) -> Result<bool, StoreError> {
        let transaction = super::transaction::begin(&self.connection)?;
        let known = transaction.execute(
            "UPDATE mirrors SET seen_to = max(ifnull(seen_to, ?3), ifnull(?3, seen_to)),
                    complete_at = max(ifnull(complete_at, ?4), ifnull(?4, complete_at))
             WHERE account_id = ?1 AND object = ?2 AND generation = ?5",
            params![
                account.0,
                object,
                page.seen_to.map(micros),
                page.complete.map(micros),
                generation
            ],
        )?;
        if known == 0 {
            return Ok(false);
        }
        for id in &page.removed {
            remove(&transaction, account, object, id)?;
        }
        for record in &page.records {
            save(&transaction, account, object, record)?;
        }
        transaction.commit()?;
        Ok(true)
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
            "SELECT r.remote_id, r.created_at, r.body, r.changed_at FROM mirror_keys k
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
                    row.get::<_, i64>(3)?,
                ))
            })?;
            let mut records = Vec::new();
            for row in rows {
                let (id, created, body, changed) = row?;
                records.push(MirroredRecord {
                    id,
                    created: created.map(timestamp),
                    changed: timestamp(changed),
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

    /// Forgets the copy of an object.
    ///
    /// # Errors
    /// As every statement.
    pub fn forget_mirror(&mut self, account: AccountId, object: &str) -> Result<(), StoreError> {
        let transaction = super::transaction::begin(&self.connection)?;
        forget(&transaction, account, Some(object))?;
        transaction.commit()?;
        Ok(())
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

fn generation(
    connection: &Connection,
    account: AccountId,
    object: &str,
) -> Result<i64, StoreError> {
    Ok(connection.query_row(
        "SELECT generation FROM mirrors WHERE account_id = ?1 AND object = ?2",
        params![account.0, object],
        |row| row.get(0),
    )?)
}

fn save(
    connection: &Connection,
    account: AccountId,
    object: &str,
    record: &MirroredRecord,
) -> Result<(), StoreError> {
    let newer = connection
        .prepare_cached(
            "INSERT INTO mirror_records (account_id, object, remote_id, created_at, changed_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET created_at = excluded.created_at, changed_at = excluded.changed_at, body = excluded.body
             WHERE excluded.changed_at >= changed_at",
        )?
        .execute(params![
            account.0,
            object,
            record.id,
            record.created.map(micros),
            micros(record.changed),
            serde_json::to_string(&record.values)?
        ])?;
    if newer == 0 {
        return Ok(());
    }
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
#[path = "mirror_tests.rs"]
mod tests;
