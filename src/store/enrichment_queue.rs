//! The leads that wait for the waterfall before they may go anywhere.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::Connection;

use super::connection::{micros, timestamp};
use super::lead_row::LeadRow;
use super::transaction::begin;
use super::{Store, StoreError};
use crate::domain::ids::LeadId;

/// A lead that waits for the waterfall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingLead {
    /// The lead.
    pub lead: LeadId,
    /// Since when.
    pub since: Timestamp,
    /// How often a provider it needed was not available.
    pub tries: u32,
}

/// Lets a lead wait for the waterfall before it may go anywhere. Part of the caller's transaction.
pub(super) fn wait(
    connection: &Connection,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO enrichment_queue (lead_id, since) VALUES (?1, ?2)
             ON CONFLICT (lead_id) DO UPDATE SET since = excluded.since, tries = 0, not_before = 0",
        )?
        .execute((lead.0, micros(now)))?;
    connection
        .prepare_cached(
            "UPDATE leads SET readiness = 'enriching' WHERE id = ?1 AND readiness = 'ready'",
        )?
        .execute([lead.0])?;
    Ok(())
}

impl Store {
    /// Lets leads wait for the waterfall, which the next push or `sync` runs.
    ///
    /// # Errors
    /// As every statement.
    pub fn wait_for_enrichment(
        &mut self,
        leads: &[LeadId],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = begin(&self.connection)?;
        for lead in leads {
            if LeadRow::load(&transaction, *lead)?.is_some() {
                wait(&transaction, *lead, now)?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// The same for every lead that lacked something: failed for want of data, or waiting for a field the user demands. What
    /// a provider just added may know. Returns how many.
    ///
    /// # Errors
    /// As every statement.
    pub fn wait_where_data_lacks(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        let lacking: Vec<LeadId> = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT r.lead_id FROM accounts a CROSS JOIN sync_records r ON r.account_id = a.id
                 WHERE (r.state = 'failed' AND r.category = 'NOT_ENOUGH_DATA' AND r.ignored_at IS NULL)
                    OR (r.state = 'waiting' AND r.hold = 'needs-data')",
            )?
            .query_map([], |row| row.get(0).map(LeadId))?
            .collect::<Result<_, _>>()?;
        self.wait_for_enrichment(&lacking, now)?;
        Ok(lacking.len() as u64)
    }

    /// Leads whose turn it is, the longest waiting first.
    ///
    /// # Errors
    /// As every statement.
    pub fn leads_to_enrich(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<WaitingLead>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let leads = self
            .connection
            .prepare_cached(
                "SELECT lead_id, since, tries FROM enrichment_queue WHERE not_before <= ?1 ORDER BY lead_id LIMIT ?2",
            )?
            .query_map((micros(now), limit), |row| {
                Ok(WaitingLead {
                    lead: LeadId(row.get(0)?),
                    since: timestamp(row.get(1)?),
                    tries: row.get(2)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(leads)
    }

    /// Every lead that waits for the waterfall; none of those a source is still filling in.
    ///
    /// # Errors
    /// As every statement.
    pub fn enrichment_queue(&self) -> Result<HashSet<LeadId>, StoreError> {
        let leads = self
            .connection
            .prepare_cached("SELECT lead_id FROM enrichment_queue")?
            .query_map([], |row| row.get(0).map(LeadId))?
            .collect::<Result<_, _>>()?;
        Ok(leads)
    }

    /// How many leads wait for the waterfall, and when the next of them is due.
    ///
    /// # Errors
    /// As every statement.
    pub fn waiting_for_enrichment(&self) -> Result<(u64, Option<Timestamp>), StoreError> {
        let (count, next): (i64, Option<i64>) = self
            .connection
            .prepare_cached("SELECT count(*), min(not_before) FROM enrichment_queue")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((count.unsigned_abs(), next.map(timestamp)))
    }

    /// The waterfall ended for these leads, whatever it found: they may go. A lead its source is still filling in stays.
    ///
    /// # Errors
    /// As every statement.
    pub fn end_enrichment(&mut self, leads: &[LeadId]) -> Result<(), StoreError> {
        let transaction = begin(&self.connection)?;
        for lead in leads {
            let waited = transaction
                .prepare_cached("DELETE FROM enrichment_queue WHERE lead_id = ?1")?
                .execute([lead.0])?;
            if waited == 1 {
                transaction
                    .prepare_cached(
                        "UPDATE leads SET readiness = 'ready' WHERE id = ?1 AND readiness = 'enriching'",
                    )?
                    .execute([lead.0])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Leads that wait are looked at again later: a provider they need is not available.
    ///
    /// # Errors
    /// As every statement.
    pub fn postpone_enrichment(
        &mut self,
        leads: &[LeadId],
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = begin(&self.connection)?;
        for lead in leads {
            transaction
                .prepare_cached(
                    "UPDATE enrichment_queue SET tries = tries + 1, not_before = ?2 WHERE lead_id = ?1",
                )?
                .execute((lead.0, micros(until)))?;
        }
        transaction.commit()?;
        Ok(())
    }
}
