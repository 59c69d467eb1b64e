//! Creating, changing and finding prospects: the same rules for single calls and for imports.

use std::time::Duration;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::unit::{PROSPECTS, Unit, Values};
use super::values::{self, Change};

/// Checks a `prospect` of a request: every field must be known and writable.
pub(super) fn checked(unit: &Unit, given: &Values) -> Result<Vec<Change>, Box<ApiError>> {
    if given.contains_key("userId") && given.contains_key("salesforceOwnerId") {
        return Err(ApiError::known(125));
    }
    if given.contains_key("prospectAccountId") && unit.settings.crm_connector {
        return Err(ApiError::known(59));
    }
    let mut changes = Vec::new();
    for (name, value) in given {
        let field = unit.field(name).ok_or_else(|| ApiError::about(154, name))?;
        if !field.writable {
            return Err(ApiError::about(180, name));
        }
        changes.push(values::check(unit, name, field, value)?);
    }
    Ok(changes)
}

/// Of all prospects with exactly this address, the one with the latest activity. The address is compared
/// with its case: `Ada@x.com` and `ada@x.com` are two people.
pub(super) fn latest(unit: &Unit, email: &str, deleted: bool) -> Option<u64> {
    let table = unit.look(PROSPECTS)?;
    let rows = unit.with_email(email).iter().filter_map(|id| {
        let row = table.get(*id)?;
        (row.is_deleted() == deleted).then_some((*id, row))
    });
    let latest = rows.max_by_key(|(id, row)| {
        let text = |name| row.text(name).unwrap_or_default().to_owned();
        (text("lastActivityAt"), text("updatedAt"), *id)
    });
    latest.map(|(id, _)| id)
}

fn new_email(changes: &[Change]) -> Option<&str> {
    let change = changes.iter().find(|change| change.name == "email")?;
    change.value.as_str()
}

/// `at` is when it happened, in sandbox time.
pub(super) fn insert(
    unit: &mut Unit,
    changes: &[Change],
    at: Duration,
) -> Result<u64, Box<ApiError>> {
    let email = new_email(changes).ok_or_else(|| ApiError::about(153, "email"))?;
    unit.refusal(Some(email))?;
    if !unit.settings.ampsea {
        if latest(unit, email, false).is_some() {
            return Err(ApiError::known(9));
        }
        if latest(unit, email, true).is_some() {
            return Err(ApiError::known(132));
        }
    }
    let id = unit.new_id();
    let mut values = unit.initial(id, at);
    values.insert("score".to_owned(), json!(0));
    for name in ["isDoNotCall", "isDoNotEmail", "optedOut"] {
        values.insert(name.to_owned(), json!(false));
    }
    apply(&mut values, changes);
    unit.put(PROSPECTS, id, values, Some(at));
    Ok(id)
}

pub(super) fn update(
    unit: &mut Unit,
    id: u64,
    changes: &[Change],
    at: Duration,
) -> Result<(), Box<ApiError>> {
    let row = unit.look(PROSPECTS).and_then(|table| table.get(id));
    let row = row.ok_or_else(ApiError::not_found)?;
    if row.is_deleted() {
        return Err(ApiError::known(219));
    }
    let mut values = row.values.clone();
    let old = values
        .get("email")
        .and_then(Value::as_str)
        .map(str::to_owned);
    unit.refusal(old.as_deref())?;
    if let Some(email) = new_email(changes).filter(|email| Some(*email) != old.as_deref()) {
        let taken = unit.with_email(email).iter().any(|other| *other != id);
        if taken && !unit.settings.ampsea {
            return Err(ApiError::known(54));
        }
    }
    apply(&mut values, changes);
    touch(unit, &mut values, at);
    unit.put(PROSPECTS, id, values, Some(at));
    Ok(())
}

fn touch(unit: &Unit, values: &mut Values, at: Duration) {
    values.insert("updatedAt".to_owned(), json!(unit.timestamp_at(at)));
    values.insert("updatedById".to_owned(), json!(unit.user_id));
}

fn apply(values: &mut Values, changes: &[Change]) {
    for change in changes {
        let old = values.get(&change.name).and_then(Value::as_array);
        let value = match (&change.value, old) {
            // What was recorded stays, and cannot be cleared by nothing.
            (Value::Null, _) if change.field.appends => continue,
            (Value::Array(new), Some(old)) if change.field.appends => {
                let mut all = old.clone();
                all.extend(new.iter().filter(|value| !old.contains(value)).cloned());
                Value::Array(all)
            }
            (new, _) => new.clone(),
        };
        values.insert(change.name.clone(), value);
    }
}

/// Into the recycle bin, or out of it.
pub(super) fn set_deleted(unit: &mut Unit, id: u64, deleted: bool) -> Result<(), Box<ApiError>> {
    let at = unit.clock.elapsed();
    let row = unit.look(PROSPECTS).and_then(|table| table.get(id));
    let mut values = row.ok_or_else(ApiError::not_found)?.values.clone();
    if !deleted && !unit.settings.ampsea {
        let email = values.get("email").and_then(Value::as_str);
        if email.is_some_and(|email| latest(unit, email, false).is_some()) {
            return Err(ApiError::known(9));
        }
    }
    values.insert("isDeleted".to_owned(), json!(deleted));
    touch(unit, &mut values, at);
    unit.put(PROSPECTS, id, values, Some(at));
    Ok(())
}
