//! Static lists: by id and name, and their members.

use serde_json::{Value, json};

use super::answers::{self, Page};
use super::errors::{ApiError, Reason};
use super::instance::{Instance, StaticList};
use super::leads::Lead;
use super::parameters::Parameters;
use super::programs;
use super::query;
use crate::sandbox::wire::{Reply, Request};

/// `GET lists.json`, by id and name.
pub(super) fn many(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let given = Parameters::of(request);
    let (ids, names) = (given.list("id"), given.list("name"));
    let page = Page::of(instance, &given)?;
    let lists = instance.lists.values();
    let hits: Vec<&StaticList> = lists
        .filter(|list| ids.is_empty() || ids.contains(&list.id.to_string()))
        .filter(|list| names.is_empty() || names.contains(&list.name))
        .collect();
    Ok(page.answer(instance, &hits, |_, list| list.to_json()))
}

pub(super) fn one(instance: &Instance, id: u64) -> Result<Reply, Box<ApiError>> {
    let list = instance.list(id)?;
    Ok(answers::found(instance, &[list.to_json()]))
}

/// `GET /rest/asset/v1/staticList/byName.json`.
pub(super) fn by_name(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let name = programs::asset_parameter(request, "name")?;
    let lists = instance.lists.values().filter(|list| list.name == name);
    let rows: Vec<Value> = lists.map(StaticList::to_json).collect();
    Ok(answers::assets(instance, &rows))
}

pub(super) fn members(
    instance: &Instance,
    request: &Request,
    id: u64,
) -> Result<Reply, Box<ApiError>> {
    let list = instance.list(id)?;
    let given = Parameters::of(request);
    let names = query::wanted_fields(instance, &given)?;
    let page = Page::of(instance, &given)?;
    let leads = list.leads.iter();
    let leads: Vec<&Lead> = leads.filter_map(|lead| instance.leads.get(*lead)).collect();
    Ok(page.answer(instance, &leads, |_, lead| {
        query::project(instance, lead, &names)
    }))
}

/// Works one call off row by row; `change` says what became of a lead.
fn each(
    instance: &mut Instance,
    request: &Request,
    list: u64,
    change: impl Fn(&mut StaticList, u64) -> Result<&'static str, Reason>,
) -> Result<(Vec<Value>, usize), Box<ApiError>> {
    instance.list(list)?;
    let mut rows = Vec::new();
    let mut written = 0;
    for id in query::given_ids(request, "id")? {
        let lead = query::lead_of(instance, &id);
        let Some(list) = instance.lists.get_mut(&list) else {
            continue;
        };
        let changed = lead.and_then(|lead| Ok((lead, change(list, lead)?)));
        rows.push(match changed {
            Ok((lead, status)) => {
                written += 1;
                json!({"id": lead, "status": status})
            }
            Err(reason) => query::skipped_with_id(&id, &reason),
        });
    }
    Ok((rows, written))
}

pub(super) fn add(
    instance: &mut Instance,
    request: &Request,
    list: u64,
) -> Result<Reply, Box<ApiError>> {
    let (rows, written) = each(instance, request, list, |list, lead| {
        list.leads.insert(lead);
        Ok("added")
    })?;
    Ok(answers::written(instance, &rows, written))
}

pub(super) fn remove(
    instance: &mut Instance,
    request: &Request,
    list: u64,
) -> Result<Reply, Box<ApiError>> {
    let (rows, written) = each(instance, request, list, |list, lead| {
        if list.leads.remove(&lead) {
            Ok("removed")
        } else {
            Err(Reason::new(1015, "Lead not in list"))
        }
    })?;
    Ok(answers::written(instance, &rows, written))
}

pub(super) fn is_member(
    instance: &mut Instance,
    request: &Request,
    list: u64,
) -> Result<Reply, Box<ApiError>> {
    let (rows, _) = each(instance, request, list, |list, lead| {
        Ok(if list.leads.contains(&lead) {
            "memberof"
        } else {
            "notmemberof"
        })
    })?;
    Ok(answers::found(instance, &rows))
}
