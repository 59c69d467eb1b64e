//! Corrections by hand.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use super::capture_row::QualifierColumn;
use super::counters::Deltas;
use super::lead_list::LeadFilter;
use super::lead_row::LeadRow;
use super::transaction::begin;
use super::{Store, StoreError, answers, enroll};
use crate::domain::ids::LeadId;

/// What to change of a lead. Fields the program knows itself ([`crate::domain::lead::FieldInfo::computed`]) are no business
/// of an edit; the caller refuses them.
#[derive(Debug, Clone, Default)]
pub struct LeadEdit {
    /// Fields by key ([`crate::domain::lead::canonical_key`]); a blank value takes the field away.
    pub fields: BTreeMap<String, String>,
    /// The answers to a qualifier, in place of those the lead has; a blank cell takes all away.
    pub answers: Vec<(QualifierColumn, String)>,
}

/// What an edit did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditOutcome {
    /// Leads that are different now (or would be, at a dry run).
    pub changed: Vec<LeadId>,
    /// Leads that held it already.
    pub unchanged: u64,
    /// Leads that are not there.
    pub missing: u64,
}

impl Store {
    /// Changes leads, all or none. A lead that changes has a new revision and is due again ([`enroll::requeue`]).
    ///
    /// # Errors
    /// As every statement.
    pub fn edit_leads(
        &mut self,
        leads: &[LeadId],
        edit: &LeadEdit,
        dry_run: bool,
        now: Timestamp,
    ) -> Result<EditOutcome, StoreError> {
        let transaction = begin(&self.connection)?;
        edit_all(transaction, leads, edit, dry_run, now)
    }

    /// The same for those of the leads that a choice still selects at the moment of the change: what somebody was shown and
    /// agreed to, less what was changed by others since. The others count as missing.
    ///
    /// # Errors
    /// As every statement.
    pub fn edit_leads_still_chosen(
        &mut self,
        filter: &LeadFilter,
        leads: &[LeadId],
        edit: &LeadEdit,
        now: Timestamp,
    ) -> Result<EditOutcome, StoreError> {
        let transaction = begin(&self.connection)?;
        let chosen: HashSet<LeadId> = self.listed_leads(filter)?.into_iter().collect();
        let still: Vec<LeadId> = leads
            .iter()
            .copied()
            .filter(|lead| chosen.contains(lead))
            .collect();
        let mut outcome = edit_all(transaction, &still, edit, false, now)?;
        outcome.missing += (leads.len() - still.len()) as u64;
        Ok(outcome)
    }
}

fn edit_all(
    transaction: Transaction<'_>,
    leads: &[LeadId],
    edit: &LeadEdit,
    dry_run: bool,
    now: Timestamp,
) -> Result<EditOutcome, StoreError> {
    let mut deltas = Deltas::default();
    let mut outcome = EditOutcome::default();
    for lead in leads {
        match edit_one(&transaction, &mut deltas, *lead, edit, now)? {
            Some(true) => outcome.changed.push(*lead),
            Some(false) => outcome.unchanged += 1,
            None => outcome.missing += 1,
        }
    }
    if !dry_run {
        deltas.apply(&transaction)?;
        transaction.commit()?;
    }
    Ok(outcome)
}

fn edit_one(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    edit: &LeadEdit,
    now: Timestamp,
) -> Result<Option<bool>, StoreError> {
    let Some(mut row) = LeadRow::load(connection, lead)? else {
        return Ok(None);
    };
    let mut changed = false;
    for (key, value) in &edit.fields {
        let value = value.trim();
        let before = if value.is_empty() {
            row.fields.remove(key)
        } else {
            row.fields.insert(key.clone(), value.to_owned())
        };
        changed |= before.as_deref().unwrap_or_default() != value;
    }
    for (qualifier, cell) in &edit.answers {
        if !answers::are(connection, lead, qualifier, cell)? {
            answers::replace(connection, lead, qualifier, cell)?;
            changed = true;
        }
    }
    if changed {
        row.save(connection, now)?;
        enroll::requeue(connection, deltas, lead, now)?;
    }
    Ok(Some(changed))
}
