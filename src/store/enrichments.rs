//! What enrichment writes: the fields it fills or tidies, and which leads went through which step.
//!
//! Everything one batch found is one transaction. Fields are looked at again inside it: what somebody typed or imported
//! meanwhile is never replaced.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::connection::{micros, timestamp};
use super::counters::Deltas;
use super::enrichment::EnrichmentSettings;
use super::lead_row::{LeadRow, json_ids};
use super::transaction::{begin, snapshot};
use super::{Store, StoreError, enroll};
use crate::domain::ids::LeadId;
use crate::domain::rules::{self, Change, Options};

/// The step of the rules, among those of the providers.
pub const RULES_STEP: &str = "rules";

/// Which rules run for which lead.
#[derive(Debug, Clone)]
pub enum RuleChoice {
    /// None.
    None,
    /// All of them, written as it is set for the lead's events.
    Every(EnrichmentSettings),
    /// What is switched on for its events.
    Switched(EnrichmentSettings),
}

impl RuleChoice {
    fn of(&self, connection: &Connection, lead: LeadId) -> Result<Option<Options>, StoreError> {
        let events = || enroll::events_of(connection, lead);
        let options = match self {
            Self::None => return Ok(None),
            Self::Every(settings) => settings.every_rule(&events()?),
            Self::Switched(settings) => settings.rule_options(&events()?),
        };
        Ok((options.fill || options.tidy).then_some(options))
    }
}

/// One field that is different now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The lead.
    pub lead: LeadId,
    /// The field.
    pub field: String,
    /// What stood there.
    pub before: Option<String>,
    /// What stands there now.
    pub after: String,
    /// Who did it: `rules:NAME` or `provider:NAME`.
    pub origin: String,
}

/// What a step came to for a lead it asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOutcome {
    /// Something usable was found.
    Found,
    /// The provider knows nothing.
    Unknown,
    /// What it said was not believed.
    Dropped,
}

impl StepOutcome {
    fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Unknown => "unknown",
            Self::Dropped => "dropped",
        }
    }
}

/// A provider's answer about one lead, checked.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The lead.
    pub lead: LeadId,
    /// What it may be given, by field.
    pub fields: BTreeMap<String, String>,
    /// What the answer came to.
    pub outcome: StepOutcome,
    /// What people should know of it.
    pub note: Option<String>,
    /// Whom the question was about, hashed, and what the provider did not know.
    pub known: Vec<u8>,
}

impl Store {
    /// Applies the rules to leads, all in one transaction; returns what is different (or would be, at a dry run).
    ///
    /// # Errors
    /// As every statement.
    pub fn apply_rules(
        &mut self,
        leads: &[LeadId],
        choice: &RuleChoice,
        dry_run: bool,
        now: Timestamp,
    ) -> Result<Vec<FieldChange>, StoreError> {
        let transaction = if dry_run {
            snapshot(&self.connection)?
        } else {
            begin(&self.connection)?
        };
        let mut deltas = Deltas::default();
        let mut changed = Vec::new();
        for lead in leads {
            let Some(mut row) = LeadRow::load(&transaction, *lead)? else {
                continue;
            };
            let Some(options) = choice.of(&transaction, *lead)? else {
                continue;
            };
            let changes = rules::apply(&row.fields, &options);
            if changes.is_empty() {
                if !dry_run {
                    note_nothing(&transaction, &row, now)?;
                }
                continue;
            }
            let changes: Vec<FieldChange> = changes
                .into_iter()
                .map(|change| ruled(*lead, change))
                .collect();
            if !dry_run {
                write(&transaction, &mut deltas, &mut row, &changes, now)?;
                let step = (RULES_STEP, StepOutcome::Found);
                note_step(&transaction, &row, step, None, None, now)?;
            }
            changed.extend(changes);
        }
        if !dry_run {
            deltas.apply(&transaction)?;
            transaction.commit()?;
        }
        Ok(changed)
    }

    /// Writes what a provider answered about leads, all in one transaction: only fields that are still empty, then what the
    /// rules make of them. Returns what is different.
    ///
    /// # Errors
    /// As every statement.
    pub fn apply_answers(
        &mut self,
        provider: &str,
        answers: &[Answered],
        choice: &RuleChoice,
        now: Timestamp,
    ) -> Result<Vec<FieldChange>, StoreError> {
        let transaction = begin(&self.connection)?;
        let step = format!("{}{provider}", super::enrichment::PROVIDER);
        let mut deltas = Deltas::default();
        let mut changed = Vec::new();
        for answer in answers {
            let Some(mut row) = LeadRow::load(&transaction, answer.lead)? else {
                continue;
            };
            let mut changes: Vec<FieldChange> = answer
                .fields
                .iter()
                .filter(|(field, value)| {
                    !value.trim().is_empty() && !row.fields.contains_key(*field)
                })
                .map(|(field, value)| FieldChange {
                    lead: answer.lead,
                    field: field.clone(),
                    before: None,
                    after: value.trim().to_owned(),
                    origin: step.clone(),
                })
                .collect();
            if !changes.is_empty() {
                if let Some(options) = choice.of(&transaction, answer.lead)? {
                    add_rules(&row.fields, &mut changes, &options);
                }
                write(&transaction, &mut deltas, &mut row, &changes, now)?;
            }
            let outcome = (step.as_str(), answer.outcome);
            let note = answer.note.as_deref();
            note_step(&transaction, &row, outcome, note, Some(&answer.known), now)?;
            changed.extend(changes);
        }
        deltas.apply(&transaction)?;
        transaction.commit()?;
        Ok(changed)
    }

    /// What is remembered of the last question to a provider about these leads ([`Answered::known`]); leads it was never asked about are not there.
    ///
    /// # Errors
    /// As every statement.
    pub fn asked_before(
        &self,
        provider: &str,
        leads: &[LeadId],
    ) -> Result<HashMap<LeadId, Vec<u8>>, StoreError> {
        let step = format!("{}{provider}", super::enrichment::PROVIDER);
        let rows = self
            .connection
            .prepare_cached(
                "SELECT e.lead_id, e.known FROM json_each(?1) j CROSS JOIN enrichments e ON e.lead_id = j.value AND e.step = ?2
                 WHERE e.known IS NOT NULL",
            )?
            .query_map((json_ids(leads)?, step), |row| {
                Ok((LeadId(row.get(0)?), row.get(1)?))
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

fn ruled(lead: LeadId, change: Change) -> FieldChange {
    FieldChange {
        lead,
        field: change.field,
        before: change.before,
        after: change.after,
        origin: format!("rules:{}", change.rule),
    }
}

/// What a found value makes possible (the website of a found address), and its own form. A value the provider gave stays the
/// provider's, whatever its form.
fn add_rules(fields: &BTreeMap<String, String>, changes: &mut Vec<FieldChange>, options: &Options) {
    let Some(lead) = changes.first().map(|change| change.lead) else {
        return;
    };
    let mut after = fields.clone();
    for change in changes.iter() {
        after.insert(change.field.clone(), change.after.clone());
    }
    // Found values are ours to write: their form is right from the start, whether captured ones are tidied or not.
    let own_form = Options {
        tidy: true,
        ..options.clone()
    };
    for change in rules::apply(&after, &own_form) {
        let fills = rules::rule(change.rule).is_some_and(|rule| rule.kind == rules::Kind::Fills);
        match changes.iter_mut().find(|known| known.field == change.field) {
            Some(known) => known.after = change.after,
            None if fills || options.tidy => changes.push(ruled(lead, change)),
            None => {}
        }
    }
}

/// Writes changes of one lead as a new revision, with their origins; the lead is due again where it was there, and where it
/// failed for want of data.
fn write(
    connection: &Connection,
    deltas: &mut Deltas,
    row: &mut LeadRow,
    changes: &[FieldChange],
    now: Timestamp,
) -> Result<(), StoreError> {
    for change in changes {
        row.fields
            .insert(change.field.clone(), change.after.clone());
        // What was captured is remembered through several tidyings of one field.
        connection
            .prepare_cached(
                "INSERT INTO field_origins (lead_id, field, origin, value, before, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (lead_id, field) DO UPDATE SET value = excluded.value, at = excluded.at,
                   origin = CASE WHEN value = excluded.before AND origin LIKE 'provider:%' THEN origin ELSE excluded.origin END,
                   before = CASE WHEN value = excluded.before THEN before ELSE excluded.before END",
            )?
            .execute((
                row.id.0,
                &change.field,
                &change.origin,
                &change.after,
                &change.before,
                micros(now),
            ))?;
    }
    row.save(connection, now)?;
    enroll::requeue(connection, deltas, row.id, now)?;
    enroll::retry_lacking(connection, deltas, row.id, now)
}

/// The rules had nothing to add; what they did before is not forgotten for it.
fn note_nothing(connection: &Connection, row: &LeadRow, now: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO enrichments (lead_id, step, at, revision, outcome) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            row.id.0,
            RULES_STEP,
            micros(now),
            row.revision,
            StepOutcome::Unknown.name(),
        ))?;
    Ok(())
}

fn note_step(
    connection: &Connection,
    row: &LeadRow,
    (step, outcome): (&str, StepOutcome),
    note: Option<&str>,
    known: Option<&[u8]>,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO enrichments (lead_id, step, at, revision, known, outcome, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            row.id.0,
            step,
            micros(now),
            row.revision,
            known,
            outcome.name(),
            note,
        ))?;
    Ok(())
}

impl Store {
    /// When a lead last went through the waterfall; none if never.
    ///
    /// # Errors
    /// As every statement.
    pub fn enriched_at(&self, lead: LeadId) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<Option<i64>> = self
            .connection
            .prepare_cached("SELECT max(at) FROM enrichments WHERE lead_id = ?1")?
            .query_row([lead.0], |row| row.get(0))
            .optional()?;
        Ok(at.flatten().map(timestamp))
    }
}
