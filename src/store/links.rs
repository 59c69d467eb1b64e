//! The records of leads at the other side.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::connection::micros;
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, LeadId};
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
}

pub(super) fn forget_link(
    connection: &Connection,
    account: AccountId,
    lead: LeadId,
    object: &str,
    remote_id: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM remote_links WHERE account_id = ?1 AND lead_id = ?2 AND object = ?3 AND remote_id = ?4",
        )?
        .execute(params![account.0, lead.0, object, remote_id])?;
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
