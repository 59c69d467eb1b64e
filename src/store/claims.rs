//! Who works on what: claims instead of a run lock.
//!
//! A claim is alive while its process holds the operating system's lock on `<db>.claims/<id>`: the kernel frees it at
//! `kill -9` and no clock is involved. A claim of another host (a shared disk) lives by its heartbeat. What a dead process
//! held is freed by the next run, and creates whose answer it never recorded become doubts to be looked up.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::connection::{micros, timestamp};
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, ClaimId, RunId};

/// A claim of another host without a sign of life for this long is dead.
const HEARTBEAT_LIMIT: SignedDuration = SignedDuration::from_secs(60);

/// This process's hold. Dropping it frees the lock; [`Store::close_claim`] also tidies the file.
#[derive(Debug)]
pub struct Claim {
    /// Its number.
    pub id: ClaimId,
    lock: Option<(File, PathBuf)>,
}

impl Store {
    pub(super) fn claims_folder(&self) -> PathBuf {
        let mut name = self.path().as_os_str().to_owned();
        name.push(".claims");
        PathBuf::from(name)
    }

    /// Opens a claim for a run and takes its lock before anybody can see it.
    ///
    /// # Errors
    /// [`StoreError::Claims`] where the lock file cannot be made.
    pub fn open_claim(&mut self, run: RunId, now: Timestamp) -> Result<Claim, StoreError> {
        let folder = self.claims_folder();
        let on_disk = self.path() != Path::new(":memory:") && !self.rehearses;
        let transaction = self.connection.transaction()?;
        transaction.execute(
            // A claim bears its run's number: that is never given twice, so a dead claim is never taken for a living one.
            "INSERT INTO claims (id, run_id, host, pid, boot_id, heartbeat_at) VALUES (?1, ?1, ?2, ?3, '', ?4)",
            params![run.0, host_name(), std::process::id(), micros(now)],
        )?;
        let id = ClaimId(transaction.last_insert_rowid());
        let lock = if on_disk {
            Some(lock_file(&folder, id)?)
        } else {
            None
        };
        transaction.commit()?;
        Ok(Claim { id, lock })
    }

    /// Frees everything a claim holds and forgets it.
    ///
    /// # Errors
    /// As every statement; the next run frees what is left.
    #[allow(clippy::needless_pass_by_value)] // the claim ends here, and its lock with it
    pub fn close_claim(&mut self, claim: Claim) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        // A run that broke off has creates whose answers it never recorded.
        super::calls::open_calls_become_doubts(&transaction, claim.id)?;
        forget(&transaction, claim.id)?;
        transaction.commit()?;
        if let Some((_, path)) = &claim.lock {
            // Left behind it is only litter: without its row nobody looks at it.
            let _ = std::fs::remove_file(path);
        }
        Ok(())
    }

    /// Shows other hosts that the claim's process lives.
    ///
    /// # Errors
    /// As every statement.
    pub fn heartbeat(&mut self, claim: ClaimId, now: Timestamp) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE claims SET heartbeat_at = ?2 WHERE id = ?1",
            params![claim.0, micros(now)],
        )?;
        Ok(())
    }

    /// Whether the claim's process still lives.
    ///
    /// # Errors
    /// As every statement.
    pub fn claim_is_alive(&self, claim: ClaimId, now: Timestamp) -> Result<bool, StoreError> {
        let row = self.connection.query_row(
            "SELECT host, heartbeat_at FROM claims WHERE id = ?1",
            [claim.0],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)),
        );
        let (host, heartbeat) = match row {
            Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(false),
            other => other?,
        };
        if host != host_name() {
            return Ok(now.duration_since(timestamp(heartbeat)) < HEARTBEAT_LIMIT);
        }
        if self.path() == Path::new(":memory:") {
            return Ok(true);
        }
        let path = self.claims_folder().join(claim.0.to_string());
        Ok(match File::open(&path) {
            Ok(file) => matches!(file.try_lock(), Err(TryLockError::WouldBlock)),
            Err(_) => false,
        })
    }

    /// The run behind a claim.
    ///
    /// # Errors
    /// As every statement.
    pub fn claim_run(&self, claim: ClaimId) -> Result<Option<RunId>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT run_id FROM claims WHERE id = ?1")?;
        let mut rows = statement.query_map([claim.0], |row| row.get(0).map(RunId))?;
        Ok(rows.next().transpose()?)
    }

    /// Frees what dead processes held. Creates without a recorded answer become doubts; their runs are marked crashed.
    /// Returns how many claims were taken over.
    ///
    /// # Errors
    /// As every statement.
    pub fn take_over_dead_claims(&mut self, now: Timestamp) -> Result<usize, StoreError> {
        let claims: Vec<(i64, i64)> = {
            let mut statement = self.connection.prepare("SELECT id, run_id FROM claims")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<Result<_, _>>()?
        };
        let mut taken = 0;
        for (claim, run) in claims {
            if self.claim_is_alive(ClaimId(claim), now)? {
                continue;
            }
            let transaction = self.connection.transaction()?;
            super::calls::open_calls_become_doubts(&transaction, ClaimId(claim))?;
            forget(&transaction, ClaimId(claim))?;
            transaction.execute(
                "UPDATE runs SET finished_at = ?2, outcome = 'crashed' WHERE id = ?1 AND finished_at IS NULL",
                params![run, micros(now)],
            )?;
            transaction.commit()?;
            let _ = std::fs::remove_file(self.claims_folder().join(claim.to_string()));
            taken += 1;
        }
        Ok(taken)
    }

    /// Claims that nobody has closed: those of runs at work, and of processes that died.
    ///
    /// # Errors
    /// As every statement.
    pub fn unfinished_claims(&self) -> Result<Vec<(ClaimId, RunId)>, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT id, run_id FROM claims ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((ClaimId(row.get(0)?), RunId(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a lead is in some living process's hands, and whose run it is.
    ///
    /// # Errors
    /// As every statement.
    pub fn lead_claimed_by(
        &self,
        account: AccountId,
        lead: crate::domain::ids::LeadId,
        now: Timestamp,
    ) -> Result<Option<RunId>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT claim_id FROM sync_records WHERE account_id = ?1 AND lead_id = ?2 AND claim_id IS NOT NULL")?;
        let claim = statement
            .query_map([account.0, lead.0], |row| row.get(0).map(ClaimId))?
            .next()
            .transpose()?;
        match claim {
            Some(claim) if self.claim_is_alive(claim, now)? => self.claim_run(claim),
            _ => Ok(None),
        }
    }
}

/// Deleting the row frees leads and companies by their foreign keys (`ON DELETE SET NULL`).
fn forget(connection: &Connection, claim: ClaimId) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE sync_records SET claim_id = NULL WHERE claim_id = ?1",
        [claim.0],
    )?;
    connection.execute(
        "DELETE FROM remote_companies WHERE claim_id = ?1 AND remote_id IS NULL",
        [claim.0],
    )?;
    connection.execute("DELETE FROM claims WHERE id = ?1", [claim.0])?;
    Ok(())
}

fn lock_file(folder: &Path, id: ClaimId) -> Result<(File, PathBuf), StoreError> {
    let path = folder.join(id.0.to_string());
    let failed = |reason: String| StoreError::Claims {
        path: path.clone(),
        reason,
    };
    if !folder.exists() {
        std::fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
    }
    let file = File::create(&path).map_err(|error| failed(error.to_string()))?;
    file.try_lock().map_err(|error| failed(error.to_string()))?;
    Ok((file, path))
}

fn host_name() -> String {
    ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .iter()
        .find_map(|path| std::fs::read_to_string(path).ok())
        .map_or_else(|| "this host".to_owned(), |name| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn run(store: &Store) -> RunId {
        store
            .connection
            .execute(
                "INSERT INTO runs (command, trigger, started_at) VALUES ('sync', 'auto', 0)",
                [],
            )
            .unwrap();
        RunId(store.connection.last_insert_rowid())
    }

    #[test]
    fn a_claim_lives_as_long_as_its_holder() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("mobly.db")).unwrap();
        let mut other = store.reopen().unwrap();
        let now = Timestamp::UNIX_EPOCH;
        let run = run(&store);
        let claim = store.open_claim(run, now).unwrap();
        let id = claim.id;
        assert!(other.claim_is_alive(id, now).unwrap());
        assert_eq!(other.take_over_dead_claims(now).unwrap(), 0);
        // A killed process: the lock goes, the row stays.
        drop(claim);
        assert!(!other.claim_is_alive(id, now).unwrap());
        assert_eq!(other.take_over_dead_claims(now).unwrap(), 1);
        let outcome: String = other
            .connection
            .query_row("SELECT outcome FROM runs WHERE id = ?1", [run.0], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(outcome, "crashed");
    }
}
