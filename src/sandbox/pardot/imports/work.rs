//! The work of an import: from rows to prospects and memberships.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::errors::ApiError;
use super::super::members;
use super::super::unit::{MEMBERSHIPS, PROSPECTS, Unit};
use super::super::values::{self, Change};
use super::super::write;
use super::Import;
use super::columns::{self, Column, Use};

/// Lists in one row, each way. Documented.
const MOST_LISTS: usize = 20;

enum Done {
    Created,
    Updated,
}

/// Writes all rows of an import, as of the moment it was due.
pub(super) fn work(unit: &mut Unit, import: &mut Import, at: Duration) {
    let batches = std::mem::take(&mut import.batches);
    for batch in &batches {
        let columns = match columns::columns(unit, &import.header, import.options.as_deref()) {
            Ok(columns) => columns,
            // A field went away since the batch was taken in.
            Err(error) => {
                for row in batch {
                    import.failed.push((row.clone(), error.message.clone()));
                }
                continue;
            }
        };
        for row in batch {
            match write_row(unit, import, &columns, row, at) {
                Ok(Done::Created) => import.created += 1,
                Ok(Done::Updated) => import.updated += 1,
                Err(error) => import.failed.push((row.clone(), error.message)),
            }
        }
    }
    unit.shuffle(&mut import.failed);
}

fn write_row(
    unit: &mut Unit,
    import: &Import,
    columns: &[Column],
    row: &[String],
    at: Duration,
) -> Result<Done, Box<ApiError>> {
    if columns
        .iter()
        .filter(|column| column.used_for.matches())
        .count()
        > 1
    {
        return Err(ApiError::new(
            400,
            180,
            "Only one match column is permitted",
        ));
    }
    let cells = || columns.iter().zip(row);
    let (join, leave) = (lists(unit, cells(), true)?, lists(unit, cells(), false)?);
    let found = find(unit, import, cells())?;
    let has_fields = columns
        .iter()
        .any(|column| matches!(column.used_for, Use::Field(_)));
    let (prospect, done) = match found {
        Found::One(id) => {
            let changes = changes(unit, cells(), Some(id))?;
            if has_fields {
                write::update(unit, id, &changes, at)?;
            }
            (id, Done::Updated)
        }
        Found::None { .. } if !has_fields => return Err(ApiError::known(92)),
        Found::None { email } => {
            let mut changes = changes(unit, cells(), None)?;
            let named = changes.iter().any(|change| change.name == "email");
            if let Some(email) = email.filter(|_| !named) {
                let field = unit.field("email").ok_or_else(|| ApiError::known(85))?;
                changes.push(values::check(unit, "email", field, &json!(email))?);
            }
            (write::insert(unit, &changes, at)?, Done::Created)
        }
    };
    for list in join {
        if unit.membership(list, prospect).is_none() {
            members::join(unit, list, prospect, false, at);
        }
    }
    for list in leave {
        if let Some(id) = unit.membership(list, prospect) {
            unit.purge(MEMBERSHIPS, id);
        }
    }
    Ok(done)
}

enum Found {
    One(u64),
    None { email: Option<String> },
}

/// Whom a row is about. A blank match cell makes a new prospect.
fn find<'a>(
    unit: &mut Unit,
    import: &Import,
    mut cells: impl Iterator<Item = (&'a Column, &'a String)>,
) -> Result<Found, Box<ApiError>> {
    let Some((column, cell)) = cells.find(|(column, _)| column.used_for.matches()) else {
        return Ok(Found::None { email: None });
    };
    if cell.is_empty() {
        return Ok(Found::None { email: None });
    }
    let (live, archived) = match column.used_for {
        Use::MatchEmail => {
            if !values::is_email(cell) {
                return Err(ApiError::known(4));
            }
            let archived = write::latest(unit, cell, true);
            (write::latest(unit, cell, false), archived)
        }
        Use::MatchId => {
            let id = cell.parse().map_err(|_| ApiError::known(3))?;
            let row = unit.look(PROSPECTS).and_then(|table| table.get(id));
            let deleted = row.ok_or_else(|| ApiError::known(3))?.is_deleted();
            if deleted {
                (None, Some(id))
            } else {
                (Some(id), None)
            }
        }
        _ => {
            let id = unit.look(PROSPECTS).and_then(|table| {
                let mut rows = table.iter();
                let found = rows.find(|(_, row)| row.text("salesforceId") == Some(cell));
                found.map(|(id, _)| id)
            });
            (Some(id.ok_or_else(|| ApiError::known(77))?), None)
        }
    };
    match (live, archived) {
        (Some(id), _) => Ok(Found::One(id)),
        (None, Some(id)) if import.restores => {
            write::set_deleted(unit, id, false)?;
            Ok(Found::One(id))
        }
        (None, Some(_)) if !unit.settings.ampsea => Err(ApiError::known(132)),
        _ => Ok(Found::None {
            email: Some(cell.clone()),
        }),
    }
}

/// What a row writes, by the modes of its columns.
fn changes<'a>(
    unit: &Unit,
    cells: impl Iterator<Item = (&'a Column, &'a String)>,
    existing: Option<u64>,
) -> Result<Vec<Change>, Box<ApiError>> {
    let old = existing.and_then(|id| unit.live(PROSPECTS, id));
    let mut changes = Vec::new();
    for (column, cell) in cells {
        let Use::Field(field) = column.used_for else {
            continue;
        };
        let is_blank = |value: &Value| value.is_null() || value.as_str() == Some("");
        let blank = old
            .and_then(|old| old.get(&column.name))
            .is_none_or(is_blank);
        // An address is never taken away by a blank cell.
        let keeps = cell.is_empty() && (!column.null_overwrite || column.name == "email");
        if keeps || !column.overwrite && !blank {
            continue;
        }
        if column.name == "prospectAccountId" && unit.settings.crm_connector {
            return Err(ApiError::known(59));
        }
        changes.push(values::check(unit, &column.name, field, &json!(cell))?);
    }
    let has = |name: &str| {
        let mut changes = changes.iter();
        changes.any(|change| change.name == name && !change.value.is_null())
    };
    if has("userId") && has("salesforceOwnerId") {
        return Err(ApiError::known(125));
    }
    Ok(changes)
}

/// The lists of a row. What separates several ids in a cell is not documented: commas and semicolons do.
fn lists<'a>(
    unit: &Unit,
    cells: impl Iterator<Item = (&'a Column, &'a String)>,
    joins: bool,
) -> Result<Vec<u64>, Box<ApiError>> {
    let mut lists = Vec::new();
    for (column, cell) in cells {
        let wanted = match column.used_for {
            Use::AddToList => joins,
            Use::RemoveFromList => !joins,
            _ => false,
        };
        let ids = cell.split([',', ';']).map(str::trim);
        for id in ids.filter(|id| wanted && !id.is_empty()) {
            let id = id.parse().map_err(|_| ApiError::known(55))?;
            lists.push(members::static_list(unit, id)?);
        }
    }
    if lists.len() > MOST_LISTS {
        return Err(ApiError::known(55));
    }
    Ok(lists)
}
