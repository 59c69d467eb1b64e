//! Jobs that vendors have taken on: they outlive the process that handed them in.
//!
//! A job is on disk before anybody asks how far it is, and stays until its end is known. One of a process that died is asked
//! for by the next run over the account, before that run looks anybody up.

use jiff::Timestamp;
use rusqlite::params;

use super::connection::{micros, timestamp};
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, CallId, ClaimId};

/// A job whose end is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenJob {
    /// The request that handed it in.
    pub call: CallId,
    /// The vendor's object.
    pub object: String,
    /// The vendor's id of it.
    pub job: String,
    /// When it was taken on.
    pub at: Timestamp,
}

impl Store {
    /// Keeps a job. On disk when this returns.
    ///
    /// # Errors
    /// As every statement.
    pub fn keep_job(
        &mut self,
        account: AccountId,
        call: CallId,
        object: &str,
        job: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO jobs (call_id, account_id, object, job, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![call.0, account.0, object, job, micros(now)],
        )?;
        Ok(())
    }

    /// Forgets a job: its end is known.
    ///
    /// # Errors
    /// As every statement.
    pub fn end_job(&mut self, call: CallId) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM jobs WHERE call_id = ?1", [call.0])?;
        Ok(())
    }

    /// Forgets a job that another process handed in: its end is known, and what it made is looked for as ours.
    ///
    /// # Errors
    /// As every statement.
    pub fn end_left_job(&mut self, call: CallId) -> Result<(), StoreError> {
        let transaction = super::transaction::begin(&self.connection)?;
        super::calls::job_becomes_doubts(&transaction, call)?;
        transaction.execute("DELETE FROM jobs WHERE call_id = ?1", [call.0])?;
        transaction.commit()?;
        Ok(())
    }

    /// The account's jobs that no living process is waiting for, in the order they were handed in.
    ///
    /// # Errors
    /// As every statement.
    pub fn left_jobs(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<OpenJob>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT j.call_id, j.object, j.job, j.at, c.claim_id FROM jobs j JOIN calls c ON c.id = j.call_id
             WHERE j.account_id = ?1 ORDER BY j.call_id",
        )?;
        let rows = statement.query_map([account.0], |row| {
            let job = OpenJob {
                call: CallId(row.get(0)?),
                object: row.get(1)?,
                job: row.get(2)?,
                at: timestamp(row.get(3)?),
            };
            Ok((job, row.get::<_, Option<i64>>(4)?))
        })?;
        let mut left = Vec::new();
        for row in rows {
            let (job, claim) = row?;
            let waited_for = match claim {
                Some(claim) => self.claim_is_alive(ClaimId(claim), now)?,
                None => false,
            };
            if !waited_for {
                left.push(job);
            }
        }
        Ok(left)
    }
}
