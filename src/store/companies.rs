//! Companies of an account that were found or made already, and whose turn the others are.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::connection::micros;
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, ClaimId};

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
