//! Calls that change prospects. Reading them is like reading anything else.
//!
//! Without AMPSEA an address belongs to one prospect, also while that one is in the recycle bin: a create
//! or upsert finds it archived (132) unless `secondaryDeletedSearch` takes it out. With AMPSEA the same
//! upsert makes another prospect. How the two settings play together is not documented in full.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::unit::{PROSPECTS, Unit, Values};
use super::{Outcome, body, collections, query, write};
use crate::sandbox::wire::{Reply, Request};

pub(super) fn serve(unit: &mut Unit, request: &Request, rest: &[&str]) -> Outcome {
    match (request.method.as_str(), rest) {
        ("POST", []) => {
            unit.allow("prospects.create")?;
            create(unit, request)
        }
        ("PATCH", [id]) => {
            unit.allow("prospects.create")?;
            update(unit, request, number(id)?)
        }
        ("DELETE", [id]) => {
            unit.allow("prospects.delete")?;
            let id = number(id)?;
            unit.live(PROSPECTS, id).ok_or_else(ApiError::not_found)?;
            write::set_deleted(unit, id, true)?;
            Ok(Reply::empty(204).wrote(1))
        }
        ("POST", ["do", "upsertLatestByEmail"]) => {
            unit.allow("prospects.create")?;
            unit.counts.upserts += 1;
            upsert(unit, request)
        }
        ("POST", ["do", "undelete"]) => {
            unit.allow("prospects.delete")?;
            undelete(unit, request)
        }
        ("POST", [id, "do", "addTag"]) => tag(unit, request, number(id)?, true),
        ("POST", [id, "do", "removeTag"]) => tag(unit, request, number(id)?, false),
        (_, [_, "do", _] | ["do", _]) => Err(ApiError::new(
            400,
            205,
            "Action name is either missing or incorrect",
        )),
        _ => Err(ApiError::method()),
    }
}

fn number(text: &str) -> Result<u64, Box<ApiError>> {
    text.parse().map_err(|_| ApiError::known(16))
}

fn create(unit: &mut Unit, request: &Request) -> Outcome {
    query::fields(unit, PROSPECTS, &request.parameters("fields"))?;
    let changes = write::checked(unit, &body(request)?)?;
    let now = unit.clock.elapsed();
    let id = write::insert(unit, &changes, now)?;
    collections::made(unit, request, PROSPECTS, id)
}

fn update(unit: &mut Unit, request: &Request, id: u64) -> Outcome {
    let fields = query::fields(unit, PROSPECTS, &request.parameters("fields"))?;
    let changes = write::checked(unit, &body(request)?)?;
    let now = unit.clock.elapsed();
    write::update(unit, id, &changes, now)?;
    Ok(answer(unit, 200, id, &fields))
}

/// The fields that were asked for; nothing where there are none, or where the user may not read.
fn answer(unit: &Unit, status: u16, id: u64, fields: &[String]) -> Reply {
    let values = unit.live(PROSPECTS, id);
    match values {
        Some(values) if !fields.is_empty() && !unit.denied.contains("prospects.view") => {
            Reply::json(status, query::show(values, fields)).wrote(1)
        }
        _ => Reply::empty(204).wrote(1),
    }
}

/// The arguments of an action: all of them known.
fn arguments(request: &Request, known: &[&str]) -> Result<Values, Box<ApiError>> {
    let given = body(request)?;
    let unknown = given.keys().find(|name| !known.contains(&name.as_str()));
    match unknown {
        Some(name) => Err(ApiError::about(208, name)),
        None => Ok(given),
    }
}

/// What an upsert returns where its `fields` are absent is not documented.
fn returned(unit: &Unit, given: &Values) -> Result<Vec<String>, Box<ApiError>> {
    let fields = match given.get("fields") {
        None | Some(Value::Null) => vec!["id".to_owned(), "email".to_owned()],
        Some(Value::Array(fields)) => {
            let texts = fields.iter().map(|field| field.as_str().map(str::to_owned));
            let texts: Option<Vec<_>> = texts.collect();
            texts.ok_or_else(|| ApiError::about(206, "fields"))?
        }
        // A text with commas, as in queries, is wrong here.
        Some(_) => return Err(ApiError::about(206, "fields")),
    };
    query::fields(unit, PROSPECTS, &fields)
}

fn upsert(unit: &mut Unit, request: &Request) -> Outcome {
    let known = ["matchEmail", "prospect", "fields", "secondaryDeletedSearch"];
    let given = arguments(request, &known)?;
    let fields = returned(unit, &given)?;
    let deleted_too = match given.get("secondaryDeletedSearch") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(search)) => *search,
        Some(_) => return Err(ApiError::about(206, "secondaryDeletedSearch")),
    };
    let prospect = given
        .get("prospect")
        .ok_or_else(|| ApiError::about(207, "prospect"))?;
    let prospect = prospect
        .as_object()
        .ok_or_else(|| ApiError::about(206, "prospect"))?;
    let own = prospect.get("email").and_then(Value::as_str);
    let email = match given.get("matchEmail") {
        None | Some(Value::Null) => own,
        Some(Value::String(email)) => Some(email.as_str()),
        Some(_) => return Err(ApiError::about(206, "matchEmail")),
    };
    let email = email
        .filter(|email| !email.is_empty())
        .ok_or_else(|| ApiError::known(14))?;
    if !super::values::is_email(email) {
        return Err(ApiError::known(4));
    }
    let changes = write::checked(unit, prospect)?;
    let now = unit.clock.elapsed();
    let mut found = write::latest(unit, email, false);
    if found.is_none() {
        let archived = write::latest(unit, email, true);
        if deleted_too && let Some(id) = archived {
            unit.refusal(Some(email))?;
            write::set_deleted(unit, id, false)?;
            found = archived;
        } else if archived.is_some() && !unit.settings.ampsea {
            return Err(ApiError::known(132));
        }
    }
    if let Some(id) = found {
        write::update(unit, id, &changes, now)?;
        return Ok(answer(unit, 200, id, &fields));
    }
    let id = if own.is_some() {
        write::insert(unit, &changes, now)?
    } else {
        let mut prospect = prospect.clone();
        prospect.insert("email".to_owned(), json!(email));
        let changes = write::checked(unit, &prospect)?;
        write::insert(unit, &changes, now)?
    };
    Ok(answer(unit, unit.settings.create_status, id, &fields))
}

/// By id, or by address: then the one with the latest activity.
fn undelete(unit: &mut Unit, request: &Request) -> Outcome {
    let given = arguments(request, &["id", "email"])?;
    let id = match (given.get("id"), given.get("email").and_then(Value::as_str)) {
        (Some(id), _) => {
            let text = id.as_str().and_then(|text| text.parse().ok());
            id.as_u64().or(text).ok_or_else(|| ApiError::known(16))?
        }
        (None, Some(email)) => write::latest(unit, email, true).ok_or_else(ApiError::not_found)?,
        (None, None) => return Err(ApiError::about(207, "id")),
    };
    let row = unit.look(PROSPECTS).and_then(|table| table.get(id));
    if row.ok_or_else(ApiError::not_found)?.is_deleted() {
        write::set_deleted(unit, id, false)?;
    }
    Ok(Reply::empty(204).wrote(1))
}

fn tag(unit: &mut Unit, request: &Request, id: u64, adds: bool) -> Outcome {
    let given = arguments(request, &["tagId", "tagName"])?;
    let name = given.get("tagName").and_then(Value::as_str);
    let name = name.ok_or_else(|| ApiError::about(207, "tagName"))?;
    let values = unit.live(PROSPECTS, id).ok_or_else(ApiError::not_found)?;
    let mut values = values.clone();
    let tag = collections::tag(unit, name);
    // Not a field of the API: the control paths show it.
    let tags = values.entry("tags").or_insert_with(|| json!([]));
    if let Some(tags) = tags.as_array_mut() {
        tags.retain(|known| known != name);
        if adds {
            tags.push(json!(name));
        }
    }
    let now = unit.clock.elapsed();
    unit.put(PROSPECTS, id, values, Some(now));
    Ok(Reply::json(200, json!({"id": tag, "name": name})).wrote(1))
}
