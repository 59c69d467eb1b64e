//! The row of a lead: which field has a column of its own, and the keys people are matched by.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serializer;

use super::StoreError;
use super::connection::micros;
use crate::domain::ids::LeadId;
use crate::domain::lead::Readiness;
use crate::domain::{company, email, person};

/// What [`LeadRow::read`] reads, from a `leads l`.
pub(super) const COLUMNS: &str =
    "l.id, l.email, l.first_name, l.last_name, l.company_name, l.fields, l.email_key, l.scans,
    l.readiness, l.revision, l.captured_at, l.external_id";

/// A lead as its own row tells it.
#[derive(Debug, Clone)]
pub(super) struct LeadRow {
    pub(super) id: LeadId,
    pub(super) fields: BTreeMap<String, String>,
    pub(super) email_key: Option<String>,
    pub(super) scans: u32,
    pub(super) readiness: Readiness,
    pub(super) revision: i64,
    pub(super) captured_at: i64,
    pub(super) external_id: Option<String>,
}

impl LeadRow {
    pub(super) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let others: String = row.get(5)?;
        let mut fields: BTreeMap<String, String> = serde_json::from_str(&others)?;
        for (index, key) in [
            (1, "email"),
            (2, "firstName"),
            (3, "lastName"),
            (4, "companyName"),
        ] {
            if let Some(value) = row.get::<_, Option<String>>(index)? {
                fields.insert(key.to_owned(), value);
            }
        }
        Ok(Self {
            id: LeadId(row.get(0)?),
            fields,
            email_key: row.get(6)?,
            scans: row.get(7)?,
            readiness: Readiness::from_name(
                row.get_ref(8)?.as_str().map_err(rusqlite::Error::from)?,
            ),
            revision: row.get(9)?,
            captured_at: row.get(10)?,
            external_id: row.get(11)?,
        })
    }

    pub(super) fn load(connection: &Connection, lead: LeadId) -> Result<Option<Self>, StoreError> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM leads l WHERE l.id = ?1 AND l.erased_at IS NULL"
        ))?;
        let found = statement
            .query_row([lead.0], |row| Ok(Self::read(row)))
            .optional()?;
        found.transpose()
    }

    /// Writes the row as a new revision.
    pub(super) fn save(
        &mut self,
        connection: &Connection,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.revision += 1;
        let columns = Columns::of(
            self.fields
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str())),
        )?;
        connection
            .prepare_cached(
                "UPDATE leads SET email = ?2, email_key = ?3, person_key = ?4, first_name = ?5, last_name = ?6, company_name = ?7,
                   company_domain = ?8, fields = ?9, scans = ?10, captured_at = ?11, external_id = ?12, revision = ?13, updated_at = ?14
                 WHERE id = ?1",
            )?
            .execute(rusqlite::params![
                self.id.0,
                columns.email,
                columns.email_key,
                columns.person_key,
                columns.first_name,
                columns.last_name,
                columns.company_name,
                columns.company_domain,
                columns.others,
                self.scans,
                self.captured_at,
                self.external_id,
                self.revision,
                micros(now),
            ])?;
        self.email_key = columns.email_key;
        Ok(())
    }
}

/// A lead's fields sorted into the columns that hold them.
#[derive(Debug, Default)]
pub(super) struct Columns<'a> {
    pub(super) email: Option<&'a str>,
    pub(super) email_key: Option<String>,
    pub(super) person_key: Option<String>,
    pub(super) first_name: Option<&'a str>,
    pub(super) last_name: Option<&'a str>,
    pub(super) company_name: Option<&'a str>,
    pub(super) company_domain: Option<String>,
    /// Every other field, as JSON.
    pub(super) others: String,
}

impl<'a> Columns<'a> {
    /// Sorts fields given by key; their keys are distinct and their values not empty.
    pub(super) fn of(
        fields: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    ) -> Result<Self, StoreError> {
        let mut columns = Self::default();
        let mut website = None;
        for (key, value) in fields.clone() {
            match key {
                "email" => columns.email = Some(value),
                "firstName" => columns.first_name = Some(value),
                "lastName" => columns.last_name = Some(value),
                "companyName" => columns.company_name = Some(value),
                "companyWebsite" => website = Some(value),
                _ => {}
            }
        }
        columns.email_key = columns.email.and_then(email::key);
        if columns.email_key.is_none() {
            columns.person_key =
                person::person_key(columns.first_name, columns.last_name, columns.company_name);
        }
        columns.company_domain = company::domain(website, columns.email).map(|(domain, _)| domain);
        columns.others = json_object(fields.filter(|(key, _)| {
            !matches!(*key, "email" | "firstName" | "lastName" | "companyName")
        }))?;
        Ok(columns)
    }

    /// Inserts a new lead.
    pub(super) fn insert(
        &self,
        connection: &Connection,
        source: &str,
        external_id: Option<&str>,
        scans: u32,
        captured_at: i64,
        now: Timestamp,
    ) -> Result<LeadId, StoreError> {
        connection
            .prepare_cached(
                "INSERT INTO leads (source, external_id, email, email_key, person_key, first_name, last_name, company_name,
                   company_domain, fields, scans, captured_at, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13)",
            )?
            .execute(rusqlite::params![
                source,
                external_id,
                self.email,
                self.email_key,
                self.person_key,
                self.first_name,
                self.last_name,
                self.company_name,
                self.company_domain,
                self.others,
                scans,
                captured_at,
                micros(now),
            ])?;
        Ok(LeadId(connection.last_insert_rowid()))
    }
}

/// Pairs of text as one JSON object, in the order given.
pub(super) fn json_object<'a>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<String, StoreError> {
    let mut bytes = Vec::with_capacity(256);
    serde_json::Serializer::new(&mut bytes).collect_map(pairs)?;
    String::from_utf8(bytes).map_err(|error| StoreError::Unexpected(error.to_string()))
}

/// A list of lead numbers as SQLite's `json_each` takes it.
pub(super) fn json_ids(ids: &[LeadId]) -> Result<String, StoreError> {
    Ok(serde_json::to_string(ids)?)
}
