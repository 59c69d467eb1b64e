//! The numbers of an event's report that no board has: what was taken in, and how records came to be.

use rusqlite::params;

use super::connection::timestamp;
use super::{Store, StoreError};
use crate::domain::campaign::Campaign;
use crate::domain::ids::{AccountId, EventId};
use crate::domain::report::{CampaignCount, Cleared, Intake, IntakeSource};

impl Store {
    /// What was taken in for an event.
    ///
    /// # Errors
    /// As every statement.
    pub fn event_intake(&self, event: EventId) -> Result<Intake, StoreError> {
        let number = |sql: &str| -> Result<u64, StoreError> {
            let count: i64 = self
                .connection
                .prepare_cached(sql)?
                .query_row([event.0], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        let rows = number("SELECT count(*) FROM captures WHERE event_id = ?1")?;
        let here = number(
            "SELECT count(*) FROM event_leads e JOIN captures c ON c.lead_id = e.lead_id AND c.event_id = e.event_id
             WHERE e.event_id = ?1",
        )?;
        let with_row = number(
            "SELECT count(*) FROM event_leads e WHERE e.event_id = ?1
               AND EXISTS (SELECT 1 FROM captures c WHERE c.lead_id = e.lead_id AND c.event_id = e.event_id)",
        )?;
        let people = number("SELECT count(*) FROM event_leads WHERE event_id = ?1")?;
        Ok(Intake {
            rows,
            moved_out: rows - here.min(rows),
            repeats: here - with_row.min(here),
            without_row: people - with_row.min(people),
            people,
            sources: self.intake_sources(event)?,
        })
    }

    fn intake_sources(&self, event: EventId) -> Result<Vec<IntakeSource>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.channel, i.name, ifnull(i.started_at, max(c.captured_at)), count(*) FROM captures c
             LEFT JOIN imports i ON i.id = c.import_id WHERE c.event_id = ?1
             GROUP BY c.channel, i.id ORDER BY 3, 1",
        )?;
        let rows = statement.query_map([event.0], |row| {
            Ok(IntakeSource {
                channel: row.get(0)?,
                name: row.get(1)?,
                at: row
                    .get::<_, Option<i64>>(2)?
                    .map(|at| timestamp(at).to_string()),
                rows: row.get::<_, i64>(3)?.unsigned_abs(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The Cleared leads of an event, by how their record came to be: a record of ours was made by us, whichever push it was.
    ///
    /// # Errors
    /// As every statement.
    pub fn cleared_of_event(
        &self,
        account: AccountId,
        event: EventId,
    ) -> Result<Cleared, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*), ifnull(sum(created), 0), ifnull(sum(NOT created AND updated), 0), count(DISTINCT record) FROM (
               SELECT EXISTS (SELECT 1 FROM remote_links k WHERE k.account_id = r.account_id AND k.lead_id = r.lead_id
                   AND k.role = 'persona' AND k.created_by_us = 1) AS created,
                 EXISTS (SELECT 1 FROM attempts t WHERE t.account_id = r.account_id AND t.lead_id = r.lead_id
                   AND t.result = 'updated') AS updated,
                 (SELECT k.object || ' ' || k.remote_id FROM remote_links k WHERE k.account_id = r.account_id
                   AND k.lead_id = r.lead_id AND k.role = 'persona' ORDER BY k.linked_at DESC LIMIT 1) AS record
               FROM event_leads e JOIN sync_records r ON r.account_id = ?1 AND r.lead_id = e.lead_id
               WHERE e.event_id = ?2 AND r.state = 'cleared')",
        )?;
        Ok(statement.query_row(params![account.0, event.0], |row| {
            let number = |index| row.get::<_, i64>(index).map(i64::unsigned_abs);
            let (total, created, updated) = (number(0)?, number(1)?, number(2)?);
            Ok(Cleared {
                total,
                created,
                updated,
                unchanged: total - created - updated,
                records: number(3)?,
            })
        })?)
    }

    /// The campaigns an event feeds, with its people in them.
    ///
    /// # Errors
    /// As every statement.
    pub fn campaigns_of_event(
        &self,
        account: AccountId,
        event: EventId,
    ) -> Result<Vec<CampaignCount>, StoreError> {
        let mut statuses = self.connection.prepare_cached(
            "SELECT ifnull(m.status, ''), count(*) FROM memberships m
             WHERE m.campaign_id = ?1 AND EXISTS (SELECT 1 FROM event_leads e WHERE e.event_id = ?2 AND e.lead_id = m.lead_id)
             GROUP BY 1 ORDER BY 2 DESC, 1",
        )?;
        let mut campaigns = Vec::new();
        for fed in self.fed_campaigns(account)? {
            if !fed.rules.iter().any(|rule| rule.event == event) {
                continue;
            }
            let campaign: Campaign = fed.campaign;
            let by_status: Vec<(String, u64)> = statuses
                .query_map([campaign.id.0, event.0], |row| {
                    Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
                })?
                .collect::<Result<_, _>>()?;
            let is_mark = campaign.is_mark();
            campaigns.push(CampaignCount {
                id: campaign.shown_id(),
                name: campaign.name,
                members: (!is_mark).then(|| by_status.iter().map(|(_, count)| count).sum()),
                statuses: by_status
                    .into_iter()
                    .filter(|(status, _)| !status.is_empty())
                    .collect(),
            });
        }
        Ok(campaigns)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::ids::LeadId;
    use crate::store::fixtures;

    fn capture(store: &Store, lead: LeadId, event: EventId, hash: u8) {
        store
            .connection
            .execute(
                "INSERT INTO captures (lead_id, event_id, channel, content, row_hash, captured_at) VALUES (?1, ?2, 'file', '{}', ?3, 5)",
                params![lead.0, event.0, [hash]],
            )
            .unwrap();
    }

    #[test]
    fn rows_become_people_and_the_sum_closes() {
        let store = Store::in_memory().unwrap();
        let (expo, dinner) = (
            fixtures::event(&store, "Expo"),
            fixtures::event(&store, "Dinner"),
        );
        let ann = fixtures::lead(&store, "Ann", "Lee", &[expo]);
        let bo = fixtures::lead(&store, "Bo", "Li", &[expo]);
        let moved = fixtures::lead(&store, "Cy", "Ray", &[dinner]);
        capture(&store, ann, expo, 1);
        capture(&store, ann, expo, 2);
        capture(&store, ann, dinner, 3);
        capture(&store, moved, expo, 4);
        let intake = store.event_intake(expo).unwrap();
        assert_eq!(
            (
                intake.rows,
                intake.moved_out,
                intake.repeats,
                intake.without_row
            ),
            (3, 1, 1, 1),
            "{bo:?} has no row"
        );
        assert_eq!(intake.people, 2);
        assert_eq!(
            intake.rows - intake.moved_out - intake.repeats + intake.without_row,
            intake.people
        );
        assert_eq!(intake.sources.len(), 1);
        assert_eq!(
            (intake.sources[0].rows, &*intake.sources[0].channel),
            (3, "file")
        );
    }

    #[test]
    fn two_leads_of_one_record_are_told() {
        let mut store = Store::in_memory().unwrap();
        let integration = fixtures::crm(&mut store);
        let account = fixtures::account(&integration);
        let expo = fixtures::event(&store, "Expo");
        let leads = ["Ann", "Bo", "Cy"].map(|name| fixtures::lead(&store, name, "Lee", &[expo]));
        fixtures::seed(&mut store, account);
        for (lead, record) in leads.iter().zip(["1", "1", "2"]) {
            fixtures::clear(&mut store, account, *lead, record);
        }
        let cleared = store.cleared_of_event(account, expo).unwrap();
        assert_eq!(
            (
                cleared.total,
                cleared.created,
                cleared.updated,
                cleared.unchanged,
                cleared.records
            ),
            (3, 3, 0, 0, 2)
        );
        assert_eq!(store.campaigns_of_event(account, expo).unwrap(), Vec::new());
    }
}
