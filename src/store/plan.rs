//! Reading a plan out of the place it was rehearsed in ([`super::rehearsal`]).

use std::collections::HashSet;
use std::ops::ControlFlow;

use rusqlite::OptionalExtension as _;
use serde_json::Value;

use super::{Store, StoreError};
use crate::domain::category::Category;
use crate::domain::ids::{AccountId, LeadId};
use crate::domain::plan::{
    ASSOCIATION, PlannedAction, PlannedField, PlannedLead, PlannedRecord, is_invented, shown,
};
use crate::domain::sync_state::hold;

/// Every lead of the place, as the rehearsal left it.
const LEADS: &str = "SELECT r.lead_id, a.id, a.status, a.result, a.category, a.message, r.state, r.hold, c.run_id, r.landed,
    r.failed_phase, d.remote_id,
    EXISTS (SELECT 1 FROM file.remote_links l WHERE l.account_id = ?1 AND l.lead_id = r.lead_id AND l.role = 'persona')
  FROM sync_records r LEFT JOIN attempts a ON a.id = (SELECT max(t.id) FROM attempts t WHERE t.lead_id = r.lead_id)
    LEFT JOIN claims c ON c.id = r.claim_id LEFT JOIN decided_persons d ON d.lead_id = r.lead_id
  WHERE r.account_id = ?1 ORDER BY r.lead_id";

/// A lead's row.
pub(super) struct Row {
    lead: LeadId,
    attempt: Option<i64>,
    pub(super) action: PlannedAction,
    category: Option<Category>,
    message: Option<String>,
    pub(super) landed: bool,
    /// The step that failed.
    pub(super) phase: Option<String>,
    /// Whether the person's record is there, or was found.
    pub(super) known: bool,
}

impl Store {
    /// The leads of a plan with these ends, oldest first, until `take` has enough. `stopped`: why the rehearsal ended before
    /// its end.
    ///
    /// # Errors
    /// As every statement.
    pub fn planned_leads(
        &self,
        account: AccountId,
        stopped: Option<&str>,
        wanted: &[PlannedAction],
        take: &mut dyn FnMut(PlannedLead) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut companies = HashSet::new();
        self.each_planned(account, stopped, &mut |row| {
            if !wanted.contains(&row.action) {
                return Ok(ControlFlow::Continue(()));
            }
            let lead = self.planned_lead(row, &mut companies)?;
            Ok(take(lead))
        })
    }

    /// Every lead of the place, as far as something would be done about it.
    pub(super) fn each_planned(
        &self,
        account: AccountId,
        stopped: Option<&str>,
        take: &mut dyn FnMut(Row) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare(LEADS)?;
        let mut rows = statement.query([account.0])?;
        while let Some(row) = rows.next()? {
            if let Some(row) = read(row, stopped)?
                && take(row)?.is_break()
            {
                break;
            }
        }
        Ok(())
    }

    fn planned_lead(
        &self,
        row: Row,
        companies: &mut HashSet<(String, String)>,
    ) -> Result<PlannedLead, StoreError> {
        let (name, email) = self
            .connection
            .prepare_cached("SELECT trim(ifnull(first_name, '') || ' ' || ifnull(last_name, '')), email FROM leads WHERE id = ?1")?
            .query_row([row.lead.0], |found| {
                Ok((found.get::<_, String>(0)?, found.get::<_, Option<String>>(1)?))
            })
            .optional()?
            .unwrap_or_default();
        let (matched_by, mut records) = self.person_of(row.lead)?;
        if let Some(attempt) = row.attempt {
            self.add_steps(attempt, &mut records, companies)?;
        }
        Ok(PlannedLead {
            id: self.ids().encode(row.lead),
            name,
            email,
            action: row.action,
            matched_by,
            records,
            category: row.category,
            message: row.message,
        })
    }

    /// The person's record as it was decided.
    fn person_of(&self, lead: LeadId) -> Result<(Option<String>, Vec<PlannedRecord>), StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT object, remote_id, matched_by, fields FROM decided_persons WHERE lead_id = ?1")?
            .query_row([lead.0], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Option<String>>(1)?,
                    row.get::<_, Option<String>>(2)?,
                    row.get::<_, String>(3)?,
                ))
            })
            .optional()?;
        let Some((object, id, matched_by, fields)) = found else {
            return Ok((None, Vec::new()));
        };
        let record = PlannedRecord {
            object,
            id: there(id),
            fields: fields_of(&fields)?,
        };
        Ok((matched_by, vec![record]))
    }

    /// What the other steps of an attempt touch: the company once, with its first lead; what joins the two; campaigns and
    /// activities.
    fn add_steps(
        &self,
        attempt: i64,
        records: &mut Vec<PlannedRecord>,
        companies: &mut HashSet<(String, String)>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, action, object, remote_id, ok, note, request FROM attempt_phases WHERE attempt_id = ?1 ORDER BY seq",
        )?;
        let mut rows = statement.query([attempt])?;
        while let Some(row) = rows.next()? {
            let (name, action): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            let (object, id): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            let (ok, note): (bool, Option<String>) = (row.get(4)?, row.get(5)?);
            let object = object.unwrap_or_default();
            match name.as_str() {
                "company" => {
                    let Some(id) = id else { continue };
                    let fields = match companies.insert((object.clone(), id.clone())) {
                        true => self.company_fields(&object, &id)?,
                        false => Vec::new(),
                    };
                    records.push(PlannedRecord {
                        object,
                        id: there(Some(id)),
                        fields,
                    });
                }
                "association" => {
                    if let Some(person) = records.first_mut() {
                        person
                            .fields
                            .extend(link(action.as_deref(), object, id, note));
                    }
                }
                "campaign" | "activity" => {
                    let request: Option<String> = row.get(6)?;
                    records.push(step(
                        &name,
                        action.as_deref(),
                        object,
                        id,
                        ok,
                        note,
                        request.as_deref(),
                    ));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn company_fields(&self, object: &str, id: &str) -> Result<Vec<PlannedField>, StoreError> {
        let fields: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT fields FROM decided_companies WHERE object = ?1 AND remote_id = ?2",
            )?
            .query_row([object, id], |row| row.get(0))
            .optional()?;
        fields.as_deref().map_or_else(|| Ok(Vec::new()), fields_of)
    }
}

/// Reads a row; `None`: nothing would be done about it, and nobody counts it.
fn read(row: &rusqlite::Row<'_>, stopped: Option<&str>) -> Result<Option<Row>, StoreError> {
    let status: Option<String> = row.get(2)?;
    let result: Option<String> = row.get(3)?;
    let category: Option<String> = row.get(4)?;
    let (state, held): (String, String) = (row.get(6)?, row.get(7)?);
    let other_run: Option<i64> = row.get(8)?;
    let mut message: Option<String> = row.get(5)?;
    let action = match (status.as_deref(), result.as_deref()) {
        (Some("cleared"), Some("created")) => PlannedAction::Create,
        (Some("cleared"), Some("updated")) => PlannedAction::Update,
        (Some("cleared"), _) => PlannedAction::Unchanged,
        (Some("failed"), _) => PlannedAction::Fail,
        (Some(_), _) => PlannedAction::Skip,
        (None, _) => {
            message = match (other_run, stopped) {
                (Some(run), _) => Some(format!("in the hands of run {run}")),
                _ if held == hold::WAITING_FOR_CRM => {
                    Some("not there yet: waits until the CRM's own sync has brought it".to_owned())
                }
                (None, Some(why)) if state != "cleared" => Some(format!("not reached: {why}")),
                _ => return Ok(None),
            };
            PlannedAction::Skip
        }
    };
    Ok(Some(Row {
        lead: LeadId(row.get(0)?),
        attempt: row.get(1)?,
        action,
        category: category.and_then(|code| code.parse().ok()),
        message,
        landed: row.get(9)?,
        phase: row.get(10)?,
        known: there(row.get(11)?).is_some() || row.get(12)?,
    }))
}

fn there(id: Option<String>) -> Option<String> {
    id.filter(|id| !is_invented(id))
}

fn fields_of(text: &str) -> Result<Vec<PlannedField>, StoreError> {
    let mut fields: Vec<PlannedField> = serde_json::from_str(text)?;
    for field in &mut fields {
        field.new = shown(std::mem::take(&mut field.new));
        field.old = shown(std::mem::take(&mut field.old));
    }
    Ok(fields)
}

/// What becomes of the person's company; a link that goes with the person's own row is told among its fields.
fn link(
    action: Option<&str>,
    object: String,
    id: Option<String>,
    note: Option<String>,
) -> Option<PlannedField> {
    let write = action == Some("link");
    if note.as_deref() == Some(crate::domain::plan::SENT_WITH_RECORD) {
        return None;
    }
    Some(PlannedField {
        field: ASSOCIATION.to_owned(),
        remote: object,
        old: Value::Null,
        new: id.map_or(Value::Null, |id| shown(id.into())),
        write,
        why_not: note.filter(|_| !write),
    })
}

/// A membership or an activity.
fn step(
    name: &str,
    action: Option<&str>,
    object: String,
    id: Option<String>,
    ok: bool,
    note: Option<String>,
    request: Option<&str>,
) -> PlannedRecord {
    let request: Value = request
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let body = &request["body"];
    let write = ok && matches!(action, Some("create" | "update"));
    let new = match (name, write) {
        ("campaign", true) => body["status"].clone(),
        ("activity", true) => note.clone().map_or(Value::Null, Value::from),
        _ => Value::Null,
    };
    PlannedRecord {
        fields: vec![PlannedField {
            field: name.to_owned(),
            remote: object.clone(),
            old: body["was"].clone(),
            new,
            write,
            why_not: note.filter(|_| !write),
        }],
        object,
        id: there(id),
    }
}
