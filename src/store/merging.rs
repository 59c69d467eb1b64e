//! One person out of several leads.
//!
//! What the kept one says wins, and its gaps are filled from the others; everything else adds up. The others' numbers stay
//! as tombstones that resolve to the kept one, with the keys people and sources know them by ([`resolve`], [`person`]), so
//! that neither an old export nor the next pull brings them back. Nothing is deleted or merged at a vendor: where both have
//! a record of their own, the kept one's stays linked and the other is named.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::connection::micros;
use super::counters::Deltas;
use super::lead_row::LeadRow;
use super::transaction::begin;
use super::{Store, StoreError, enroll, runs};
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::{AccountId, LeadId, RunId};

/// What is to become one.
#[derive(Debug, Clone)]
pub struct Merge<'a> {
    /// The lead that stays.
    pub keep: LeadId,
    /// Those that become part of it, each once.
    pub others: &'a [LeadId],
    /// Fields whose value is taken from one of the others, by key.
    pub take: &'a BTreeMap<String, LeadId>,
    /// Only tell.
    pub dry_run: bool,
}

/// A record at a vendor that stays there and belongs to no lead any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftRecord {
    /// The account it is in.
    pub account: AccountId,
    /// The vendor's object.
    pub object: String,
    /// The record.
    pub remote_id: String,
    /// The record the kept lead has there.
    pub kept: String,
    /// The lead it was of.
    pub lead: LeadId,
}

/// What a merge did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// Fields that were filled or taken: the value, and whose it was.
    pub fields: BTreeMap<String, (String, LeadId)>,
    /// Answers the kept one had not.
    pub answers: u64,
    /// Activities of the others.
    pub activities: u64,
    /// Events it joins.
    pub events: u64,
    /// Its scans now.
    pub scans: u32,
    /// Records that stay at a vendor beside the kept one's.
    pub left: Vec<LeftRecord>,
    /// The run of it; none at a dry run.
    pub run: Option<RunId>,
}

/// How a merge ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeEnd {
    /// It is done (or could be).
    Done(Merged),
    /// A run has one of them in its hands; nothing was changed.
    Claimed(LeadId, RunId),
}

impl Store {
    /// Makes one lead of several, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where a lead is gone; then nothing is changed.
    pub fn merge_leads(
        &mut self,
        merge: &Merge<'_>,
        author: &Author,
        now: Timestamp,
    ) -> Result<MergeEnd, StoreError> {
        let transaction = begin(&self.connection)?;
        for lead in std::iter::once(&merge.keep).chain(merge.others) {
            for account in accounts(&transaction)? {
                if let Some(run) = self.lead_claimed_by(account, *lead, now)? {
                    return Ok(MergeEnd::Claimed(*lead, run));
                }
            }
        }
        let mut deltas = Deltas::default();
        let mut merged = Merged::default();
        let mut kept = load(&transaction, merge.keep)?;
        let at_first = enroll::events_of(&transaction, merge.keep)?.len();
        uncount(&transaction, &mut deltas, merge.keep)?;
        let mut others = Vec::new();
        for other in merge.others {
            let row = load(&transaction, *other)?;
            uncount(&transaction, &mut deltas, *other)?;
            take_fields(&mut kept, &row, merge.take, &mut merged);
            kept.scans = kept.scans.saturating_add(row.scans);
            kept.captured_at = kept.captured_at.max(row.captured_at);
            others.push(row);
        }
        for other in &others {
            take_places(&transaction, merge.keep, other.id, &mut merged)?;
            take_belongings(&transaction, merge.keep, other.id, &mut merged)?;
        }
        for other in &others {
            bury(&transaction, merge.keep, other.id, now)?;
        }
        adopt_source(&transaction, &mut kept, &others)?;
        kept.save(&transaction, now)?;
        merged.scans = kept.scans;
        let events = enroll::events_of(&transaction, merge.keep)?;
        merged.events = events.len().saturating_sub(at_first) as u64;
        for (account, slot) in enroll::slots(&transaction, merge.keep)? {
            deltas.add(account, &events, &slot, 1);
        }
        enroll::requeue(&transaction, &mut deltas, merge.keep, now)?;
        if merge.dry_run {
            return Ok(MergeEnd::Done(merged));
        }
        let public = |lead: &LeadId| self.ids().encode(*lead);
        let change = SetupChange::new(
            "lead-merge",
            public(&merge.keep),
            None,
            Some(json!({
                "merged": merge.others.iter().map(public).collect::<Vec<_>>(),
                "fields": merged.fields.keys().collect::<Vec<_>>(),
                "left": merged.left.iter().map(|left| json!({ "object": left.object, "id": left.remote_id })).collect::<Vec<_>>(),
            })),
        );
        merged.run = Some(runs::record(&transaction, None, author, &[change], now)?);
        deltas.apply(&transaction)?;
        transaction.commit()?;
        Ok(MergeEnd::Done(merged))
    }
}

fn accounts(connection: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let accounts = connection
        .prepare_cached("SELECT id FROM accounts")?
        .query_map([], |row| row.get(0).map(AccountId))?
        .collect::<Result<_, _>>()?;
    Ok(accounts)
}

fn load(connection: &Connection, lead: LeadId) -> Result<LeadRow, StoreError> {
    LeadRow::load(connection, lead)?.ok_or_else(|| StoreError::Missing {
        what: format!("lead {lead}"),
    })
}

/// Takes a lead out of the board's numbers; its rows stay.
fn uncount(connection: &Connection, deltas: &mut Deltas, lead: LeadId) -> Result<(), StoreError> {
    let events = enroll::events_of(connection, lead)?;
    for (account, slot) in enroll::slots(connection, lead)? {
        deltas.add(account, &events, &slot, -1);
    }
    Ok(())
}

/// Gaps are filled by the first who has the field; a field somebody chose is replaced.
fn take_fields(
    kept: &mut LeadRow,
    other: &LeadRow,
    take: &BTreeMap<String, LeadId>,
    merged: &mut Merged,
) {
    for (key, value) in &other.fields {
        let wanted = match take.get(key) {
            Some(from) => *from == other.id,
            None => !kept.fields.contains_key(key),
        };
        if wanted && kept.fields.get(key) != Some(value) {
            kept.fields.insert(key.clone(), value.clone());
            merged.fields.insert(key.clone(), (value.clone(), other.id));
        }
    }
}

/// The places in the accounts: of two, the one with a record in the CRM; of two records, the kept one's.
fn take_places(
    connection: &Connection,
    keep: LeadId,
    other: LeadId,
    merged: &mut Merged,
) -> Result<(), StoreError> {
    for account in accounts(connection)? {
        let (ours, theirs) = (
            persons(connection, account, keep)?,
            persons(connection, account, other)?,
        );
        let both = (account.0, keep.0, other.0);
        let ours_is_there: bool = connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM sync_records WHERE account_id = ?1 AND lead_id = ?2)",
            )?
            .query_row((account.0, keep.0), |row| row.get(0))?;
        let held: Option<String> = connection
            .prepare_cached(
                "SELECT hold FROM sync_records WHERE account_id = ?1 AND lead_id IN (?2, ?3) AND state = 'held' AND hold IN ('held', 'undone')
                 ORDER BY lead_id = ?2 DESC LIMIT 1",
            )?
            .query_row(both, |row| row.get(0))
            .optional()?;
        if (ours.is_empty() && !theirs.is_empty()) || !ours_is_there {
            connection
                .prepare_cached(
                    "DELETE FROM sync_records WHERE account_id = ?1 AND lead_id = ?2 AND EXISTS
                   (SELECT 1 FROM sync_records WHERE account_id = ?1 AND lead_id = ?3)",
                )?
                .execute(both)?;
            connection
                .prepare_cached("UPDATE OR IGNORE sync_records SET lead_id = ?2 WHERE account_id = ?1 AND lead_id = ?3")?
                .execute(both)?;
            connection
                .prepare_cached("UPDATE OR IGNORE memberships SET lead_id = ?2 WHERE lead_id = ?3 AND campaign_id IN
                   (SELECT id FROM campaigns WHERE account_id = ?1)")?
                .execute(both)?;
        }
        if let Some(held) = held {
            // Somebody kept one of them back: the person stays back.
            connection
                .prepare_cached(
                    "UPDATE sync_records SET state = 'held', hold = ?3, category = '', message = NULL, failed_phase = NULL, cause = NULL, landed = 0,
                       ignored_at = NULL, ignored_reason = NULL WHERE account_id = ?1 AND lead_id = ?2",
                )?
                .execute(params![account.0, keep.0, held])?;
        }
        for (object, remote_id) in theirs {
            if let Some((_, kept)) = ours
                .iter()
                .find(|(of, id)| *of == object && *id != remote_id)
            {
                merged.left.push(LeftRecord {
                    account,
                    object,
                    remote_id,
                    kept: kept.clone(),
                    lead: other,
                });
            }
        }
        connection
            .prepare_cached("UPDATE OR IGNORE remote_links SET lead_id = ?2 WHERE account_id = ?1 AND lead_id = ?3")?
            .execute(both)?;
        for statement in [
            "DELETE FROM remote_links WHERE account_id = ?1 AND lead_id = ?2",
            "DELETE FROM sync_records WHERE account_id = ?1 AND lead_id = ?2",
        ] {
            connection
                .prepare_cached(statement)?
                .execute((account.0, other.0))?;
        }
        // A create whose answer was lost may have made the person: it is looked up as the kept one's.
        let (from, to) = (format!("l:{other}"), format!("l:{keep}"));
        connection.execute(
            "UPDATE OR IGNORE doubts SET subject = ?3 WHERE account_id = ?1 AND subject = ?2",
            params![account.0, from, to],
        )?;
        connection.execute(
            "DELETE FROM doubts WHERE account_id = ?1 AND subject = ?2",
            params![account.0, from],
        )?;
    }
    Ok(())
}

/// The records of the person, by object.
fn persons(
    connection: &Connection,
    account: AccountId,
    lead: LeadId,
) -> Result<Vec<(String, String)>, StoreError> {
    let records = connection
        .prepare_cached(
            "SELECT object, remote_id FROM remote_links WHERE account_id = ?1 AND lead_id = ?2 AND role = 'persona' ORDER BY object",
        )?
        .query_map((account.0, lead.0), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

/// Answers, activities, captures, events and the log.
fn take_belongings(
    connection: &Connection,
    keep: LeadId,
    other: LeadId,
    merged: &mut Merged,
) -> Result<(), StoreError> {
    let pair = (keep.0, other.0);
    let moved = |sql: &str| -> Result<u64, StoreError> {
        Ok(connection.prepare_cached(sql)?.execute(pair)? as u64)
    };
    // To a question with one answer the kept one's stands.
    merged.answers += moved(
        "UPDATE OR IGNORE answers SET lead_id = ?1 WHERE lead_id = ?2 AND (
           qualifier_id IN (SELECT id FROM qualifiers WHERE multiple = 1)
           OR NOT EXISTS (SELECT 1 FROM answers a WHERE a.lead_id = ?1 AND a.qualifier_id = answers.qualifier_id))",
    )?;
    moved("DELETE FROM answers WHERE lead_id = ?2 AND ?1 = ?1")?;
    merged.activities += moved("UPDATE activities SET lead_id = ?1 WHERE lead_id = ?2")?;
    moved("UPDATE captures SET lead_id = ?1 WHERE lead_id = ?2")?;
    moved("UPDATE attempts SET lead_id = ?1 WHERE lead_id = ?2")?;
    moved(
        "UPDATE event_leads SET joined_at = min(event_leads.joined_at, o.joined_at), registered = ifnull(event_leads.registered, o.registered),
           checked_in = ifnull(event_leads.checked_in, o.checked_in)
         FROM (SELECT event_id AS event, joined_at, registered, checked_in FROM event_leads WHERE lead_id = ?2) AS o
         WHERE event_leads.lead_id = ?1 AND event_leads.event_id = o.event",
    )?;
    moved("UPDATE OR IGNORE event_leads SET lead_id = ?1 WHERE lead_id = ?2")?;
    moved("DELETE FROM event_leads WHERE lead_id = ?2 AND ?1 = ?1")?;
    moved("DELETE FROM memberships WHERE lead_id = ?2 AND ?1 = ?1")?;
    // What other parts of the program keep of a lead goes with it; of a field only where its value did.
    for (table, by_field) in tables_of_leads(connection, KEPT_APART)? {
        if by_field {
            for field in merged.fields.iter().filter(|(_, (_, from))| *from == other) {
                connection.execute(
                    &format!("DELETE FROM \"{table}\" WHERE lead_id = ?1 AND field = ?2"),
                    params![keep.0, field.0],
                )?;
                connection.execute(
                    &format!("UPDATE OR IGNORE \"{table}\" SET lead_id = ?1 WHERE lead_id = ?2 AND field = ?3"),
                    params![keep.0, other.0, field.0],
                )?;
            }
        } else {
            connection.execute(
                &format!("UPDATE OR IGNORE \"{table}\" SET lead_id = ?1 WHERE lead_id = ?2"),
                pair,
            )?;
        }
        connection.execute(
            &format!("DELETE FROM \"{table}\" WHERE lead_id = ?1"),
            [other.0],
        )?;
    }
    Ok(())
}

/// Tables of leads that are dealt with by name.
const KEPT_APART: &[&str] = &[
    "answers",
    "activities",
    "captures",
    "attempts",
    "event_leads",
    "memberships",
    "sync_records",
    "remote_links",
    "lead_aliases",
];

/// Every table that says something of a lead, and whether it does so field by field.
pub(super) fn tables_of_leads(
    connection: &Connection,
    apart: &[&str],
) -> Result<Vec<(String, bool)>, StoreError> {
    let mut tables: Vec<(String, bool)> = connection
        .prepare(
            "SELECT t.name, EXISTS (SELECT 1 FROM pragma_table_info(t.name) f WHERE f.name = 'field') FROM sqlite_schema t
             WHERE t.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = 'lead_id') ORDER BY t.name",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    tables.retain(|(table, _)| !apart.contains(&table.as_str()));
    Ok(tables)
}

/// Leaves the number as a tombstone that resolves to the kept lead.
fn bury(
    connection: &Connection,
    keep: LeadId,
    other: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE lead_aliases SET kept_id = ?1 WHERE kept_id = ?2",
        (keep.0, other.0),
    )?;
    connection.execute(
        "INSERT INTO lead_aliases (lead_id, kept_id, source, external_id, email_key, person_key, at)
         SELECT id, ?1, source, external_id, email_key, person_key, ?3 FROM leads WHERE id = ?2",
        (keep.0, other.0, micros(now)),
    )?;
    connection.execute(
        "UPDATE leads SET external_id = NULL, email = NULL, email_key = NULL, person_key = NULL, first_name = NULL, last_name = NULL,
           company_name = NULL, company_domain = NULL, fields = '{}', scans = 0, revision = revision + 1, updated_at = ?2, erased_at = ?2
         WHERE id = ?1",
        (other.0, micros(now)),
    )?;
    Ok(())
}

/// A lead without a source's id takes that of the first who has one.
fn adopt_source(
    connection: &Connection,
    kept: &mut LeadRow,
    others: &[LeadRow],
) -> Result<(), StoreError> {
    if kept.external_id.is_some() {
        return Ok(());
    }
    let Some(from) = others.iter().find(|other| other.external_id.is_some()) else {
        return Ok(());
    };
    kept.external_id.clone_from(&from.external_id);
    connection.execute(
        "UPDATE leads SET source = (SELECT source FROM lead_aliases WHERE lead_id = ?2) WHERE id = ?1",
        (kept.id.0, from.id.0),
    )?;
    Ok(())
}

/// The lead a merged one became part of.
pub(super) fn resolve(connection: &Connection, lead: LeadId) -> Result<Option<LeadId>, StoreError> {
    one(
        connection,
        "SELECT kept_id FROM lead_aliases WHERE lead_id = ?1",
        lead.0,
    )
}

/// The lead that a merged one with this source's id became part of.
pub(super) fn of_source(connection: &Connection, id: &str) -> Result<Option<LeadId>, StoreError> {
    one(
        connection,
        "SELECT kept_id FROM lead_aliases WHERE external_id = ?1 AND source IN ('local', 'mobly') ORDER BY lead_id LIMIT 1",
        id,
    )
}

/// The lead that a merged one with this address (or, without one, this name and company) became part of.
pub(super) fn of_person(
    connection: &Connection,
    email_key: Option<&str>,
    person_key: Option<&str>,
) -> Result<Option<LeadId>, StoreError> {
    match (email_key, person_key) {
        (Some(email), _) => one(
            connection,
            "SELECT kept_id FROM lead_aliases WHERE email_key = ?1 ORDER BY lead_id LIMIT 1",
            email,
        ),
        (None, Some(person)) => one(
            connection,
            "SELECT kept_id FROM lead_aliases WHERE person_key = ?1 ORDER BY lead_id LIMIT 1",
            person,
        ),
        (None, None) => Ok(None),
    }
}

fn one(
    connection: &Connection,
    sql: &str,
    parameter: impl rusqlite::ToSql,
) -> Result<Option<LeadId>, StoreError> {
    Ok(connection
        .prepare_cached(sql)?
        .query_row([parameter], |row| row.get(0).map(LeadId))
        .optional()?)
}

#[cfg(test)]
#[path = "merging_tests.rs"]
mod tests;
