//! Who is on which list.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::unit::{LISTS, MEMBERSHIPS, PROSPECTS, Unit, Values};
use super::{Outcome, body, collections, query};
use crate::sandbox::wire::{Reply, Request};

pub(super) fn serve(unit: &mut Unit, request: &Request, rest: &[&str]) -> Outcome {
    unit.allow("lists.edit")?;
    let number = |text: &str| text.parse::<u64>().map_err(|_| ApiError::known(16));
    match (request.method.as_str(), rest) {
        ("POST", []) => create(unit, request),
        ("PATCH", [id]) => opt(unit, request, number(id)?),
        ("DELETE", [id]) => {
            let id = number(id)?;
            unit.live(MEMBERSHIPS, id).ok_or_else(ApiError::not_found)?;
            unit.purge(MEMBERSHIPS, id)
                .ok_or_else(ApiError::not_found)?;
            Ok(Reply::empty(204).wrote(1))
        }
        _ => Err(ApiError::method()),
    }
}

/// A list that people can be put on: one that is there, and does not choose its members itself.
pub(super) fn static_list(unit: &Unit, id: u64) -> Result<u64, Box<ApiError>> {
    let list = unit.live(LISTS, id).ok_or_else(|| ApiError::known(55))?;
    if list.get("isDynamic") == Some(&Value::Bool(true)) {
        return Err(ApiError::known(55));
    }
    Ok(id)
}

/// Puts a prospect on a list, at a time; the answer is the membership.
pub(super) fn join(
    unit: &mut Unit,
    list: u64,
    prospect: u64,
    opted_out: bool,
    at: std::time::Duration,
) -> u64 {
    let id = unit.new_id();
    let mut values = unit.initial(id, at);
    for (name, value) in [
        ("listId", json!(list)),
        ("prospectId", json!(prospect)),
        ("optedOut", json!(opted_out)),
    ] {
        values.insert(name.to_owned(), value);
    }
    unit.put(MEMBERSHIPS, id, values, Some(at));
    id
}

fn known(given: &Values, names: &[&str]) -> Result<(), Box<ApiError>> {
    let unknown = given.keys().find(|name| !names.contains(&name.as_str()));
    unknown.map_or(Ok(()), |name| Err(ApiError::about(154, name)))
}

fn flag(given: &Values) -> Result<bool, Box<ApiError>> {
    match given.get("optedOut") {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(ApiError::about(50, "optedOut")),
    }
}

fn create(unit: &mut Unit, request: &Request) -> Outcome {
    query::fields(unit, MEMBERSHIPS, &request.parameters("fields"))?;
    let given = body(request)?;
    known(&given, &["listId", "prospectId", "optedOut"])?;
    let id = |name: &str, code: u32| {
        let value = given.get(name).ok_or_else(|| ApiError::about(153, name))?;
        let text = value.as_str().and_then(|text| text.parse().ok());
        value.as_u64().or(text).ok_or_else(|| ApiError::known(code))
    };
    let list = static_list(unit, id("listId", 55)?)?;
    let prospect = id("prospectId", 3)?;
    let row = unit.look(PROSPECTS).and_then(|table| table.get(prospect));
    if row.ok_or_else(|| ApiError::known(3))?.is_deleted() {
        return Err(ApiError::known(132));
    }
    if unit.membership(list, prospect).is_some() {
        return Err(ApiError::known(58));
    }
    let now = unit.clock.elapsed();
    let id = join(unit, list, prospect, flag(&given)?, now);
    collections::made(unit, request, MEMBERSHIPS, id)
}

/// Only whether the prospect opted out can be changed.
fn opt(unit: &mut Unit, request: &Request, id: u64) -> Outcome {
    let fields = query::fields(unit, MEMBERSHIPS, &request.parameters("fields"))?;
    let given = body(request)?;
    known(&given, &["optedOut"])?;
    let values = unit.live(MEMBERSHIPS, id).ok_or_else(ApiError::not_found)?;
    let mut values = values.clone();
    values.insert("optedOut".to_owned(), json!(flag(&given)?));
    values.insert("updatedAt".to_owned(), json!(unit.timestamp()));
    let now = unit.clock.elapsed();
    unit.put(MEMBERSHIPS, id, values.clone(), Some(now));
    if fields.is_empty() {
        return Ok(Reply::empty(204).wrote(1));
    }
    Ok(Reply::json(200, query::show(&values, &fields)).wrote(1))
}
