//! Trials of a mapping: runs without leads, whose records are in the file from the moment they are made until they are gone.
//!
//! What a trial leaves behind, because it was killed or was refused the removal, is what its run made: `history show` names
//! it, `undo` removes it.

use jiff::Timestamp;
use rusqlite::params;

use super::record_changes::{self, ChangeKind, RecordChange};
use super::{Store, StoreError};
use crate::domain::history::StayedRecord;
use crate::domain::ids::{AccountId, RunId};
use crate::domain::run::Trigger;

impl Store {
    /// Keeps a record that a trial has just made.
    ///
    /// # Errors
    /// As every statement.
    pub fn keep_trial_record(
        &mut self,
        run: RunId,
        account: AccountId,
        change: &RecordChange,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        record_changes::save_change(&self.connection, run, account, change, now)
    }

    /// Drops a record of a trial: it is gone, as if it had never been.
    ///
    /// # Errors
    /// As every statement.
    pub fn drop_trial_record(
        &mut self,
        run: RunId,
        object: &str,
        remote_id: &str,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "DELETE FROM record_changes WHERE run_id = ?1 AND object = ?2 AND remote_id = ?3 AND kind = ?4",
            )?
            .execute(params![run.0, object, remote_id, ChangeKind::Created.name()])?;
        Ok(())
    }

    /// The records of a trial that stand at the vendor still; of any other run none.
    pub(super) fn stayed(&self, run: RunId) -> Result<Vec<StayedRecord>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.object, c.remote_id FROM record_changes c JOIN runs r ON r.id = c.run_id
             WHERE c.run_id = ?1 AND r.trigger = ?2 AND c.kind = ?3 AND c.undone_by IS NULL ORDER BY c.at, c.object",
        )?;
        let rows = statement.query_map(
            params![run.0, Trigger::Test.name(), ChangeKind::Created.name()],
            |row| {
                Ok(StayedRecord {
                    object: row.get(0)?,
                    id: row.get(1)?,
                })
            },
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::store::NewRun;
    use crate::store::fixtures::{account, crm, now};

    #[test]
    fn a_trial_names_what_stands_at_the_vendor_until_it_is_gone() {
        let mut store = Store::in_memory().unwrap();
        let integration = crm(&mut store);
        let account = account(&integration);
        let begin = |store: &mut Store, trigger: Trigger| {
            let new = NewRun {
                integration: Some(integration.id),
                account: Some(account),
                command: "mapping try".to_owned(),
                trigger: trigger.name().to_owned(),
                ..NewRun::default()
            };
            store.begin_run(&new, now()).unwrap()
        };
        let (run, push) = (
            begin(&mut store, Trigger::Test),
            begin(&mut store, Trigger::Auto),
        );
        let change = |object: &str, id: &str| RecordChange {
            object: object.to_owned(),
            remote_id: id.to_owned(),
            kind: ChangeKind::Created,
            before: None,
            after: json!({"name": "Test"}),
        };
        for (object, id) in [("company", "7"), ("contact", "8")] {
            let change = change(object, id);
            store
                .keep_trial_record(run, account, &change, now())
                .unwrap();
            store
                .keep_trial_record(push, account, &change, now())
                .unwrap();
        }
        store.drop_trial_record(run, "contact", "8").unwrap();
        let details = store.run(run, &|_| false).unwrap().unwrap();
        let ids: Vec<&str> = details.stayed.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["7"]);
        assert_eq!(details.undo, Some(format!("mobly-sync undo {run}")));
        assert!(
            store
                .run(push, &|_| false)
                .unwrap()
                .unwrap()
                .stayed
                .is_empty()
        );
    }
}
