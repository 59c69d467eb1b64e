//! Campaigns of an account, the events that feed them, and whom we made members.
//!
//! A campaign's row outlives its last event: what we wrote there is remembered, should an event feed it again. No change of
//! the set-up pushes anything or makes anything due.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::connection::{micros, timestamp};
use super::integration_rows::bump_revision;
use super::{Store, StoreError};
use crate::domain::campaign::{Campaign, CampaignRule, StatusOfAnswer};
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::{
    AccountId, CampaignId, EventId, IntegrationId, LeadId, QualifierId, RunId,
};

/// The kind of change in history.
const KIND: &str = "campaign";

/// A campaign with what feeds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FedCampaign {
    /// The campaign.
    pub campaign: Campaign,
    /// What its events feed, by event.
    pub rules: Vec<CampaignRule>,
    /// Leads we made members, or gave their status.
    pub leads: u64,
}

/// What an event shall feed to a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCampaignRule {
    /// [`Campaign::OBJECT`], or a mark's word.
    pub kind: String,
    /// The vendor's id, in its full form.
    pub remote_id: String,
    /// The campaign's name.
    pub name: String,
    /// Why it takes no new members.
    pub closed: Option<String>,
    /// The event.
    pub event: EventId,
    /// The status of members nothing else is said about.
    pub status: Option<String>,
    /// The qualifier whose answers decide.
    pub qualifier: Option<QualifierId>,
    /// Its answers that mean another status.
    pub by_answer: Vec<StatusOfAnswer>,
    /// Scans a lead needs.
    pub threshold: u32,
}

/// A member of a campaign by our doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The campaign.
    pub campaign: CampaignId,
    /// The person's object.
    pub object: String,
    /// The person's record.
    pub person: String,
    /// The status we wrote.
    pub status: Option<String>,
    /// The membership's own id, where there is one.
    pub remote_id: Option<String>,
}

impl Store {
    /// What the events feed to the campaigns of an account.
    ///
    /// # Errors
    /// As every statement.
    pub fn campaign_rules(&self, account: AccountId) -> Result<Vec<CampaignRule>, StoreError> {
        read_rules(&self.connection, account)
    }

    /// The campaigns of an account that an event feeds, by name.
    ///
    /// # Errors
    /// As every statement.
    pub fn fed_campaigns(&self, account: AccountId) -> Result<Vec<FedCampaign>, StoreError> {
        let mut rules: BTreeMap<CampaignId, Vec<CampaignRule>> = BTreeMap::new();
        for rule in read_rules(&self.connection, account)? {
            rules.entry(rule.campaign).or_default().push(rule);
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT c.id, c.kind, c.remote_id, c.name, c.closed, (SELECT count(*) FROM memberships m WHERE m.campaign_id = c.id)
             FROM campaigns c WHERE c.account_id = ?1 ORDER BY c.name COLLATE NOCASE, c.id",
        )?;
        let mut rows = statement.query([account.0])?;
        let mut campaigns = Vec::new();
        while let Some(row) = rows.next()? {
            let id = CampaignId(row.get(0)?);
            let Some(rules) = rules.remove(&id) else {
                continue;
            };
            campaigns.push(FedCampaign {
                campaign: campaign(row)?,
                rules,
                leads: row.get::<_, i64>(5)?.unsigned_abs(),
            });
        }
        Ok(campaigns)
    }

    /// Every campaign of an account an event feeds or fed.
    ///
    /// # Errors
    /// As every statement.
    pub fn campaigns(&self, account: AccountId) -> Result<Vec<Campaign>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, kind, remote_id, name, closed FROM campaigns WHERE account_id = ?1 ORDER BY id",
        )?;
        let rows = statement.query_map([account.0], campaign)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lets an event feed a campaign of the connection's account, or changes what it feeds. `None`: it stood so already.
    ///
    /// # Errors
    /// As every statement.
    pub fn save_campaign_rule(
        &mut self,
        integration: IntegrationId,
        account: AccountId,
        new: &NewCampaignRule,
        author: &Author,
        now: Timestamp,
    ) -> Result<Option<RunId>, StoreError> {
        self.change_setup(Some(integration), author, now, |transaction| {
            let campaign: i64 = transaction.query_row(
                "INSERT INTO campaigns (account_id, kind, remote_id, name, closed) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET name = excluded.name, closed = excluded.closed RETURNING id",
                params![account.0, new.kind, new.remote_id, new.name, new.closed],
                |row| row.get(0),
            )?;
            let key = (CampaignId(campaign), new.event);
            let before = describe(transaction, account, key)?;
            transaction.execute(
                "INSERT INTO campaign_events (campaign_id, event_id, default_status, qualifier_id, scan_threshold) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET default_status = excluded.default_status, qualifier_id = excluded.qualifier_id,
                   scan_threshold = excluded.scan_threshold",
                params![campaign, new.event.0, new.status, new.qualifier.map(|id| id.0), new.threshold],
            )?;
            transaction.execute(
                "DELETE FROM campaign_statuses WHERE campaign_id = ?1 AND event_id = ?2",
                params![campaign, new.event.0],
            )?;
            for one in &new.by_answer {
                transaction.execute(
                    "INSERT INTO campaign_statuses (campaign_id, event_id, value_key, answer, status) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO UPDATE SET answer = excluded.answer, status = excluded.status",
                    params![
                        campaign,
                        new.event.0,
                        crate::domain::qualifier::value_key(&one.answer),
                        one.answer,
                        one.status
                    ],
                )?;
            }
            changed(transaction, integration, account, key, before)
        })
        .map(|((), run)| run)
    }

    /// An event feeds a campaign no longer. Members stay members. `None`: it did not.
    ///
    /// # Errors
    /// As every statement.
    pub fn remove_campaign_rule(
        &mut self,
        integration: IntegrationId,
        account: AccountId,
        campaign: CampaignId,
        event: EventId,
        author: &Author,
        now: Timestamp,
    ) -> Result<Option<RunId>, StoreError> {
        self.change_setup(Some(integration), author, now, |transaction| {
            let key = (campaign, event);
            let before = describe(transaction, account, key)?;
            transaction.execute(
                "DELETE FROM campaign_events WHERE campaign_id = ?1 AND event_id = ?2",
                params![campaign.0, event.0],
            )?;
            changed(transaction, integration, account, key, before)
        })
        .map(|((), run)| run)
    }

    /// Keeps what a campaign is called now, and whether it takes members.
    ///
    /// # Errors
    /// As every statement.
    pub fn see_campaign(
        &mut self,
        campaign: CampaignId,
        name: &str,
        closed: Option<&str>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE campaigns SET name = ?2, closed = ?3 WHERE id = ?1 AND (name IS NOT ?2 OR closed IS NOT ?3)")?
            .execute(params![campaign.0, name, closed])?;
        Ok(())
    }

    /// What we made of these persons (object and record) in a campaign; the latest word where several leads are one person.
    ///
    /// # Errors
    /// As every statement.
    pub fn memberships(
        &self,
        campaign: CampaignId,
        persons: &[(String, String)],
    ) -> Result<BTreeMap<(String, String), Membership>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT status, remote_id FROM memberships WHERE campaign_id = ?1 AND person_id = ?2 AND object = ?3
             ORDER BY at DESC, lead_id DESC LIMIT 1",
        )?;
        let mut known = BTreeMap::new();
        for person in persons {
            let found = statement
                .query_row(params![campaign.0, person.1, person.0], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            if let Some((status, remote_id)) = found {
                let membership = Membership {
                    campaign,
                    object: person.0.clone(),
                    person: person.1.clone(),
                    status,
                    remote_id,
                };
                known.insert(person.clone(), membership);
            }
        }
        Ok(known)
    }

    /// When each of these leads was first met at an event that feeds a campaign; left out where none does any more.
    ///
    /// # Errors
    /// As every statement.
    pub fn met_for(
        &self,
        campaign: CampaignId,
        leads: &[LeadId],
    ) -> Result<BTreeMap<LeadId, Timestamp>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT min(m.joined_at) FROM event_leads m JOIN campaign_events c ON c.event_id = m.event_id
             WHERE c.campaign_id = ?1 AND m.lead_id = ?2",
        )?;
        let mut met = BTreeMap::new();
        for lead in leads {
            let first: Option<i64> =
                statement.query_row(params![campaign.0, lead.0], |row| row.get(0))?;
            if let Some(first) = first {
                met.insert(*lead, timestamp(first));
            }
        }
        Ok(met)
    }

    /// Cleared leads of an event with so many scans: those a new campaign concerns.
    ///
    /// # Errors
    /// As every statement.
    pub fn cleared_with_scans(
        &self,
        account: AccountId,
        event: EventId,
        scans: u32,
    ) -> Result<u64, StoreError> {
        let count: i64 = self.connection.query_row(
            "SELECT count(*) FROM event_leads e JOIN sync_records r ON r.lead_id = e.lead_id AND r.account_id = ?1
             JOIN leads l ON l.id = e.lead_id WHERE e.event_id = ?2 AND r.state = 'cleared' AND l.scans >= ?3",
            params![account.0, event.0, scans],
            |row| row.get(0),
        )?;
        Ok(count.unsigned_abs())
    }
}

/// A row that begins with the campaign's columns.
fn campaign(row: &Row<'_>) -> rusqlite::Result<Campaign> {
    Ok(Campaign {
        id: CampaignId(row.get(0)?),
        kind: row.get(1)?,
        remote_id: row.get(2)?,
        name: row.get(3)?,
        closed: row.get(4)?,
    })
}

fn read_rules(
    connection: &Connection,
    account: AccountId,
) -> Result<Vec<CampaignRule>, StoreError> {
    let mut answers: BTreeMap<(i64, i64), Vec<StatusOfAnswer>> = BTreeMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT s.campaign_id, s.event_id, s.answer, s.status FROM campaign_statuses s JOIN campaigns c ON c.id = s.campaign_id
         WHERE c.account_id = ?1 ORDER BY s.campaign_id, s.event_id, s.value_key",
    )?;
    let mut rows = statement.query([account.0])?;
    while let Some(row) = rows.next()? {
        let one = StatusOfAnswer {
            answer: row.get(2)?,
            status: row.get(3)?,
        };
        answers
            .entry((row.get(0)?, row.get(1)?))
            .or_default()
            .push(one);
    }
    let mut statement = connection.prepare_cached(
        "SELECT f.campaign_id, f.event_id, f.default_status, f.qualifier_id, f.scan_threshold
         FROM campaign_events f JOIN campaigns c ON c.id = f.campaign_id WHERE c.account_id = ?1 ORDER BY f.campaign_id, f.event_id",
    )?;
    let rows = statement.query_map([account.0], |row| {
        let (campaign, event) = (row.get(0)?, row.get(1)?);
        Ok(CampaignRule {
            campaign: CampaignId(campaign),
            event: EventId(event),
            status: row.get(2)?,
            qualifier: row.get::<_, Option<i64>>(3)?.map(QualifierId),
            by_answer: answers.remove(&(campaign, event)).unwrap_or_default(),
            threshold: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What an event feeds to a campaign, with names, as history keeps it.
fn describe(
    connection: &Connection,
    account: AccountId,
    (campaign, event): (CampaignId, EventId),
) -> Result<Option<(String, Value)>, StoreError> {
    let rules = read_rules(connection, account)?;
    let found = rules
        .into_iter()
        .find(|rule| rule.campaign == campaign && rule.event == event);
    let Some(rule) = found else {
        return Ok(None);
    };
    let fed = connection.query_row(
        "SELECT id, kind, remote_id, name, closed FROM campaigns WHERE id = ?1",
        [campaign.0],
        self::campaign,
    )?;
    let event: String =
        connection.query_row("SELECT name FROM events WHERE id = ?1", [event.0], |row| {
            row.get(0)
        })?;
    let qualifier: Option<String> = rule
        .qualifier
        .map(|id| {
            connection.query_row("SELECT name FROM qualifiers WHERE id = ?1", [id.0], |row| {
                row.get(0)
            })
        })
        .transpose()?;
    let statuses: BTreeMap<&str, &str> = rule
        .by_answer
        .iter()
        .map(|one| (one.answer.as_str(), one.status.as_str()))
        .collect();
    let value = json!({
        "event": event, "kind": fed.kind, "id": fed.remote_id, "status": rule.status, "qualifier": qualifier, "statuses": statuses,
        "threshold": rule.threshold,
    });
    Ok(Some((
        format!("{event} → {} ({})", fed.name, fed.shown_id()),
        value,
    )))
}

/// The change of one pair, if it is one.
fn changed(
    connection: &Connection,
    integration: IntegrationId,
    account: AccountId,
    key: (CampaignId, EventId),
    before: Option<(String, Value)>,
) -> Result<((), Vec<SetupChange>), StoreError> {
    let after = describe(connection, account, key)?;
    let Some((name, _)) = after.clone().or_else(|| before.clone()) else {
        return Ok(((), Vec::new()));
    };
    let (before, after) = (
        before.map(|(_, value)| value),
        after.map(|(_, value)| value),
    );
    if before != after {
        bump_revision(connection, integration)?;
    }
    Ok(((), vec![SetupChange::new(KIND, name, before, after)]))
}

pub(super) fn save_membership(
    connection: &Connection,
    lead: LeadId,
    membership: &Membership,
    now: Timestamp,
) -> Result<(), StoreError> {
    // The lead may have been removed while its answer was on the way; then nobody is left to remember it for.
    connection
        .prepare_cached(
            "INSERT INTO memberships (campaign_id, lead_id, object, person_id, status, remote_id, at)
             SELECT ?1, id, ?3, ?4, ?5, ?6, ?7 FROM leads WHERE id = ?2
             ON CONFLICT DO UPDATE SET object = excluded.object, person_id = excluded.person_id, status = excluded.status,
               remote_id = coalesce(excluded.remote_id, remote_id), at = excluded.at",
        )?
        .execute(params![
            membership.campaign.0,
            lead.0,
            membership.object,
            membership.person,
            membership.status,
            membership.remote_id,
            micros(now)
        ])?;
    Ok(())
}

#[cfg(test)]
#[path = "campaigns_tests.rs"]
mod tests;
