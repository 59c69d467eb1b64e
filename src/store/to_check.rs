//! Which leads a check looks at: those that wait and those that failed.

use std::collections::BTreeSet;

use rusqlite::params;

use super::{Store, StoreError};
use crate::domain::ids::{AccountId, EventId, LeadId};

impl Store {
    /// The leads a push would take now or later, of one event or of all: waiting for whatever reason but a requirement of our
    /// own, or failed and not ignored. In the order pushes take them.
    ///
    /// # Errors
    /// As every statement.
    pub fn leads_to_check(
        &self,
        account: AccountId,
        event: Option<EventId>,
    ) -> Result<Vec<LeadId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.lead_id FROM sync_records r CROSS JOIN leads l ON l.id = r.lead_id
             WHERE r.account_id = ?1 AND r.state IN ('waiting', 'failed') AND r.hold <> 'needs-data' AND r.ignored_at IS NULL
               AND l.readiness = 'ready' AND l.erased_at IS NULL
               AND (?2 IS NULL OR r.lead_id IN (SELECT lead_id FROM event_leads WHERE event_id = ?2))
             ORDER BY r.lead_id",
        )?;
        let rows = statement.query_map(params![account.0, event.map(|event| event.0)], |row| {
            row.get(0).map(LeadId)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The events of those leads, beside the one they are taken by: each may feed campaigns.
    ///
    /// # Errors
    /// As every statement.
    pub fn events_to_check(
        &self,
        account: AccountId,
        event: Option<EventId>,
    ) -> Result<BTreeSet<EventId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT e.event_id FROM event_leads e CROSS JOIN sync_records r ON r.account_id = ?1 AND r.lead_id = e.lead_id
             WHERE r.state IN ('waiting', 'failed') AND r.ignored_at IS NULL
               AND (?2 IS NULL OR e.lead_id IN (SELECT lead_id FROM event_leads WHERE event_id = ?2))",
        )?;
        let rows = statement.query_map(params![account.0, event.map(|event| event.0)], |row| {
            row.get(0).map(EventId)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
