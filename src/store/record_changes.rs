//! What we wrote to records: the images before and after, and what of a record is ours therefore.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde_json::Value;

use super::connection::micros;
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, RunId};

/// What we last wrote to a record, field by field, over all runs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LastWritten {
    /// By the vendor's field.
    pub values: HashMap<String, Value>,
    /// Whether we made the record.
    pub created_by_us: bool,
}

/// What one write did to one record.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordChange {
    /// The vendor's object.
    pub object: String,
    /// The record.
    pub remote_id: String,
    /// Whether it was made, changed or joined.
    pub kind: ChangeKind,
    /// What the touched fields held before; of a record that was changed, `None` is "nobody knows": it cannot be undone.
    pub before: Option<Value>,
    /// What they hold now.
    pub after: Value,
}

/// The kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// A new record.
    Created,
    /// Some fields of a record.
    Updated,
    /// Two records joined.
    Linked,
    /// A person made a member of a campaign, or given another status there.
    Joined,
    /// A record taken away by an undo.
    Removed,
    /// Two records taken apart by an undo.
    Unlinked,
    /// A person taken out of a campaign by an undo.
    Left,
}

impl ChangeKind {
    /// The word in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Linked => "linked",
            Self::Joined => "joined",
            Self::Removed => "removed",
            Self::Unlinked => "unlinked",
            Self::Left => "left",
        }
    }

    /// Reads the word of the file.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Created,
            Self::Updated,
            Self::Linked,
            Self::Joined,
            Self::Removed,
            Self::Unlinked,
            Self::Left,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}

impl Store {
    /// What we last wrote to these records; the latest run's word counts. What an undo put back is not ours.
    ///
    /// # Errors
    /// As every statement.
    pub fn last_written(
        &self,
        account: AccountId,
        object: &str,
        remote_ids: &[String],
    ) -> Result<HashMap<String, LastWritten>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, after, undone_by IS NOT NULL OR EXISTS (SELECT 1 FROM undos WHERE undos.run_id = record_changes.run_id)
             FROM record_changes
             WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3 AND kind IN ('created', 'updated') ORDER BY run_id, kind",
        )?;
        let mut written = HashMap::new();
        for remote_id in remote_ids {
            let mut last = LastWritten::default();
            let mut rows = statement.query(params![account.0, object, remote_id])?;
            let mut any = false;
            while let Some(row) = rows.next()? {
                if row.get::<_, bool>(2)? {
                    continue;
                }
                any = true;
                last.created_by_us |= row.get_ref(0)?.as_str().is_ok_and(|kind| kind == "created");
                if let Value::Object(fields) =
                    serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or("{}"))?
                {
                    last.values.extend(fields);
                }
            }
            if any {
                written.insert(remote_id.clone(), last);
            }
        }
        Ok(written)
    }
}

/// Keeps the first before-image of a record in a run, and the latest after-image.
pub(super) fn save_change(
    connection: &Connection,
    run: RunId,
    account: AccountId,
    change: &RecordChange,
    now: Timestamp,
) -> Result<(), StoreError> {
    let key = params![run.0, change.object, change.remote_id, change.kind.name()];
    let earlier = connection
        .prepare_cached(
            "SELECT before, after FROM record_changes WHERE run_id = ?1 AND object = ?2 AND remote_id = ?3 AND kind = ?4",
        )?
        .query_map(key, |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, String>(1)?)))?
        .next()
        .transpose()?;
    let (before, after) = match earlier {
        None => (change.before.clone(), change.after.clone()),
        Some((before, after)) => {
            let first: Option<Value> = before.as_deref().map(serde_json::from_str).transpose()?;
            // Unknown, or not there at all: what we wrote since is no image of before.
            let before = first.and_then(|first| merged(change.before.clone(), Some(first)));
            (
                before,
                merged(
                    Some(serde_json::from_str(&after)?),
                    Some(change.after.clone()),
                )
                .unwrap_or_default(),
            )
        }
    };
    let before = before.as_ref().map(serde_json::to_string).transpose()?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO record_changes (run_id, account_id, object, remote_id, kind, before, after, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            run.0,
            account.0,
            change.object,
            change.remote_id,
            change.kind.name(),
            before,
            serde_json::to_string(&after)?,
            micros(now)
        ])?;
    Ok(())
}

/// Two images of fields as one; where both name a field, the second counts.
fn merged(first: Option<Value>, second: Option<Value>) -> Option<Value> {
    match (first, second) {
        (Some(Value::Object(mut first)), Some(Value::Object(second))) => {
            first.extend(second);
            Some(Value::Object(first))
        }
        (first, second) => second.or(first),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::store::fixtures::now;

    #[test]
    fn what_nobody_knows_of_before_is_not_replaced_by_what_we_wrote() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE record_changes (run_id, account_id, object, remote_id, kind, before, after, at,
                     PRIMARY KEY (run_id, object, remote_id, kind))",
            )
            .unwrap();
        let change = |before: Option<Value>, title: &str| RecordChange {
            object: "Leads".into(),
            remote_id: "7".into(),
            kind: ChangeKind::Updated,
            before,
            after: json!({ "Title": title }),
        };
        let save = |change: &RecordChange| {
            save_change(&connection, RunId(1), AccountId(1), change, now()).unwrap();
            connection
                .query_row("SELECT before, after FROM record_changes", [], |row| {
                    Ok((row.get::<_, Option<String>>(0)?, row.get::<_, String>(1)?))
                })
                .unwrap()
        };
        assert_eq!(save(&change(None, "CEO")).0, None);
        let (before, after) = save(&change(Some(json!({"Title": "CEO"})), "CTO"));
        assert_eq!((before, after.as_str()), (None, r#"{"Title":"CTO"}"#));
    }
}
