//! What we know of the other side: the records of leads, companies already found or made, what we wrote last.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde_json::Value;

use super::connection::micros;
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, ClaimId, LeadId, RunId};
use crate::domain::lead::Role;

/// A lead's record in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteLink {
    /// The vendor's object.
    pub object: String,
    /// Whether it is the person's record or the company's.
    pub role: Role,
    /// The record.
    pub remote_id: String,
    /// Whether we made it.
    pub created_by_us: bool,
}

/// What is known of a company in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCompany {
    /// The record.
    pub remote_id: String,
    /// Hash of what was last sent for it.
    pub payload_hash: Option<Vec<u8>>,
    /// Whether we made it.
    pub created_by_us: bool,
}

/// Whose turn a company is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanyTurn {
    /// Known already.
    Known(KnownCompany),
    /// Ours to find or make.
    Ours,
    /// A living process is at it.
    Theirs(ClaimId),
}

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
    /// What the touched fields held before.
    pub before: Option<Value>,
    /// What they hold now.
    pub after: Value,
}

/// The kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A new record.
    Created,
    /// Some fields of a record.
    Updated,
    /// Two records joined.
    Linked,
    /// A person made a member of a campaign, or given another status there.
    Joined,
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
        }
    }
}

/// A company's row by its key.
const READ_COMPANY: &str = "SELECT remote_id, payload_hash, created_by_us, claim_id FROM remote_companies WHERE account_id = ?1 AND company_key = ?2";

fn company_row(
    row: &rusqlite::Row<'_>,
) -> rusqlite::Result<(Option<KnownCompany>, Option<ClaimId>)> {
    let remote_id: Option<String> = row.get(0)?;
    let (payload_hash, created_by_us) = (row.get(1)?, row.get(2)?);
    let known = remote_id.map(|remote_id| KnownCompany {
        remote_id,
        payload_hash,
        created_by_us,
    });
    Ok((known, row.get::<_, Option<i64>>(3)?.map(ClaimId)))
}

impl Store {
    /// The records of one lead, one an object, the one linked last at the end.
    ///
    /// # Errors
    /// As every statement.
    pub fn remote_links(
        &self,
        account: AccountId,
        lead: LeadId,
    ) -> Result<Vec<RemoteLink>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT object, remote_id, created_by_us, role FROM remote_links WHERE account_id = ?1 AND lead_id = ?2 ORDER BY linked_at",
        )?;
        let rows = statement.query_map([account.0, lead.0], |row| {
            Ok(RemoteLink {
                object: row.get(0)?,
                remote_id: row.get(1)?,
                created_by_us: row.get(2)?,
                role: match row.get_ref(3)?.as_str() {
                    Ok("company") => Role::Company,
                    _ => Role::Persona,
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes companies in hand: those known are told, those free become ours until the claim closes.
    ///
    /// # Errors
    /// As every statement.
    pub fn claim_companies(
        &mut self,
        account: AccountId,
        claim: ClaimId,
        keys: &[String],
        now: Timestamp,
    ) -> Result<HashMap<String, CompanyTurn>, StoreError> {
        self.free_dead_owners(account, claim, keys, now)?;
        let mut turns = HashMap::with_capacity(keys.len());
        // Looked at and taken under one lock: two processes never both find a company free.
        let transaction = self.connection.transaction()?;
        {
            let mut read = transaction.prepare_cached(READ_COMPANY)?;
            let mut take = transaction.prepare_cached(
                "INSERT INTO remote_companies (account_id, company_key, claim_id, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET claim_id = excluded.claim_id WHERE remote_id IS NULL",
            )?;
            for key in keys {
                let turn = match read
                    .query_map(params![account.0, key], company_row)?
                    .next()
                    .transpose()?
                {
                    Some((Some(known), _)) => CompanyTurn::Known(known),
                    Some((None, Some(owner))) if owner != claim => CompanyTurn::Theirs(owner),
                    _ => {
                        take.execute(params![account.0, key, claim.0, micros(now)])?;
                        CompanyTurn::Ours
                    }
                };
                turns.insert(key.clone(), turn);
            }
        }
        transaction.commit()?;
        Ok(turns)
    }

    /// What dead processes held of these companies is freed, and what they may have created becomes a doubt.
    fn free_dead_owners(
        &mut self,
        account: AccountId,
        claim: ClaimId,
        keys: &[String],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut owners = std::collections::BTreeSet::new();
        {
            let mut read = self.connection.prepare_cached(READ_COMPANY)?;
            for key in keys {
                let row = read
                    .query_map(params![account.0, key], company_row)?
                    .next()
                    .transpose()?;
                owners.extend(
                    row.and_then(|(_, owner)| owner)
                        .filter(|owner| *owner != claim),
                );
            }
        }
        for owner in owners {
            if !self.claim_is_alive(owner, now)? {
                self.take_over_dead_claims(now)?;
                break;
            }
        }
        Ok(())
    }

    /// A company known by another key than the one asked for (its name beside its domain).
    ///
    /// # Errors
    /// As every statement.
    pub fn known_companies(
        &self,
        account: AccountId,
        keys: &[String],
    ) -> Result<HashMap<String, KnownCompany>, StoreError> {
        let mut read = self.connection.prepare_cached(READ_COMPANY)?;
        let mut known = HashMap::new();
        for key in keys {
            if let Some((Some(company), _)) = read
                .query_map(params![account.0, key], company_row)?
                .next()
                .transpose()?
            {
                known.insert(key.clone(), company);
            }
        }
        Ok(known)
    }

    /// Lets go of companies this claim took and brought to no record: others need not wait for the run's end.
    ///
    /// # Errors
    /// As every statement.
    pub fn release_companies(
        &mut self,
        account: AccountId,
        claim: ClaimId,
        keys: &[String],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for key in keys {
            transaction
                .prepare_cached(
                    "DELETE FROM remote_companies WHERE account_id = ?1 AND company_key = ?2 AND claim_id = ?3 AND remote_id IS NULL",
                )?
                .execute(params![account.0, key, claim.0])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The leads that records are known to belong to.
    ///
    /// # Errors
    /// As every statement.
    pub fn leads_of_records(
        &self,
        account: AccountId,
        object: &str,
        remote_ids: &[String],
    ) -> Result<HashMap<String, Vec<LeadId>>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT lead_id FROM remote_links WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3",
        )?;
        let mut leads = HashMap::new();
        for id in remote_ids {
            let found: Vec<LeadId> = read
                .query_map(params![account.0, object, id], |row| row.get(0).map(LeadId))?
                .collect::<Result<_, _>>()?;
            leads.insert(id.clone(), found);
        }
        Ok(leads)
    }

    /// Forgets companies whose record turned out to be gone; they are looked for anew.
    ///
    /// # Errors
    /// As every statement.
    pub fn forget_companies(
        &mut self,
        account: AccountId,
        remote_ids: &[String],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for remote_id in remote_ids {
            transaction.execute(
                "DELETE FROM remote_companies WHERE account_id = ?1 AND remote_id = ?2",
                params![account.0, remote_id],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// What we last wrote to these records; the latest run's word counts.
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
            "SELECT kind, after, undone_by IS NOT NULL FROM record_changes
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

pub(super) fn forget_company(
    connection: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM remote_companies WHERE account_id = ?1 AND remote_id = ?2")?
        .execute(params![account.0, remote_id])?;
    Ok(())
}

pub(super) fn save_link(
    connection: &Connection,
    account: AccountId,
    lead: LeadId,
    link: &RemoteLink,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO remote_links (account_id, lead_id, object, role, remote_id, created_by_us, linked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET remote_id = excluded.remote_id, linked_at = excluded.linked_at, role = excluded.role,
               created_by_us = max(excluded.created_by_us, created_by_us * (remote_id = excluded.remote_id))",
        )?
        .execute(params![account.0, lead.0, link.object, link.role.name(), link.remote_id, link.created_by_us, micros(now)])?;
    Ok(())
}

pub(super) fn save_company(
    connection: &Connection,
    account: AccountId,
    key: &str,
    company: &KnownCompany,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO remote_companies (account_id, company_key, remote_id, payload_hash, created_by_us, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET remote_id = excluded.remote_id, payload_hash = excluded.payload_hash, claim_id = NULL,
               created_by_us = max(created_by_us, excluded.created_by_us), at = excluded.at",
        )?
        .execute(params![account.0, key, company.remote_id, company.payload_hash, company.created_by_us, micros(now)])?;
    Ok(())
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
            (
                merged(change.before.clone(), first),
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
