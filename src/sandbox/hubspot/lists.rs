//! Static lists of contacts (sheet section 8.2).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::errors::{ApiError, OBJECT_NOT_FOUND};
use super::object_type::ObjectType;
use super::portal::Portal;
use super::write::id_text;
use super::{Outcome, body};
use crate::sandbox::wire::{Reply, Request};

pub(super) struct StaticList {
    id: u64,
    name: String,
    kind: ObjectType,
    processing_type: String,
    members: BTreeSet<u64>,
}

pub(super) fn serve(portal: &mut Portal, request: &Request, parts: &[&str]) -> Outcome {
    match (request.method.as_str(), parts) {
        ("POST", []) => create(portal, &body(request)?),
        ("POST", ["search"]) => search(portal, &body(request)?),
        ("GET", ["object-type-id", _, "name", name]) => {
            let list = portal
                .lists
                .iter()
                .find(|list| list.name.eq_ignore_ascii_case(name));
            list.map(answer).ok_or_else(no_such_list)
        }
        ("GET", [id]) => find(portal, id).map(answer),
        ("PUT", [id, "memberships", "add"]) => add(portal, id, &body(request)?),
        ("PUT", [id, "memberships", "remove"]) => remove(portal, id, &body(request)?),
        ("GET", [id, "memberships"]) => {
            let members = find(portal, id)?.members.iter();
            let results: Vec<Value> = members
                .map(|member| json!({"recordId": member.to_string()}))
                .collect();
            Ok(Reply::json(
                200,
                json!({"total": results.len(), "results": results}),
            ))
        }
        _ => Err(ApiError::no_such_resource()),
    }
}

fn no_such_list() -> Box<ApiError> {
    ApiError::new(404, OBJECT_NOT_FOUND, "The list does not exist")
}

fn position(portal: &Portal, id: &str) -> Result<usize, Box<ApiError>> {
    portal
        .lists
        .iter()
        .position(|list| list.id.to_string() == id)
        .ok_or_else(no_such_list)
}

fn find<'a>(portal: &'a Portal, id: &str) -> Result<&'a StaticList, Box<ApiError>> {
    Ok(&portal.lists[position(portal, id)?])
}

fn show(list: &StaticList) -> Value {
    json!({
        "listId": list.id.to_string(),
        "name": list.name,
        "objectTypeId": list.kind.type_id(),
        "processingType": list.processing_type,
        "processingStatus": "COMPLETE",
        "size": list.members.len(),
    })
}

fn answer(list: &StaticList) -> Reply {
    Reply::json(200, json!({"list": show(list)}))
}

fn create(portal: &mut Portal, input: &Value) -> Outcome {
    let kind = input["objectTypeId"].as_str().and_then(ObjectType::parse);
    let (Some(name), Some(kind)) = (input["name"].as_str(), kind) else {
        return Err(ApiError::bad_shape(
            "a list: name, objectTypeId and processingType are required",
        ));
    };
    if portal
        .lists
        .iter()
        .any(|list| list.name.eq_ignore_ascii_case(name))
    {
        return Err(ApiError::validation(format!(
            "List with name {name} already exists"
        )));
    }
    let list = StaticList {
        id: portal.lists.len() as u64 + 77,
        name: name.to_owned(),
        kind,
        processing_type: input["processingType"]
            .as_str()
            .unwrap_or("MANUAL")
            .to_owned(),
        members: BTreeSet::new(),
    };
    let reply = answer(&list);
    portal.lists.push(list);
    Ok(reply)
}

fn search(portal: &Portal, input: &Value) -> Outcome {
    let query = input["query"].as_str().unwrap_or_default().to_lowercase();
    let lists = portal
        .lists
        .iter()
        .filter(|list| list.name.to_lowercase().contains(&query));
    let lists: Vec<Value> = lists.map(show).collect();
    Ok(Reply::json(
        200,
        json!({"total": lists.len(), "offset": lists.len(), "hasMore": false, "lists": lists}),
    ))
}

/// Unknown ids and members already in are ignored.
fn add(portal: &mut Portal, id: &str, input: &Value) -> Outcome {
    let position = position(portal, id)?;
    let list = &portal.lists[position];
    if list.processing_type == "DYNAMIC" {
        return Err(ApiError::validation(
            "Members of a DYNAMIC list cannot be changed",
        ));
    }
    let kind = list.kind;
    let ids: Vec<String> = input
        .as_array()
        .into_iter()
        .flatten()
        .map(id_text)
        .collect();
    let (known, missing): (Vec<&String>, Vec<&String>) =
        ids.iter().partition(|id| portal.exists(kind, id).is_some());
    let members = &mut portal.lists[position].members;
    let added: Vec<String> = known
        .into_iter()
        .filter(|id| id.parse().is_ok_and(|id: u64| members.insert(id)))
        .cloned()
        .collect();
    // The odd key is real.
    let body =
        json!({"recordsIdsAdded": added, "recordIdsMissing": missing, "recordIdsRemoved": []});
    Ok(Reply::json(200, body).wrote(added.len()))
}

fn remove(portal: &mut Portal, id: &str, input: &Value) -> Outcome {
    let position = position(portal, id)?;
    let members = &mut portal.lists[position].members;
    let ids = input.as_array().into_iter().flatten().map(id_text);
    let removed: Vec<String> = ids
        .filter(|id| id.parse().is_ok_and(|id: u64| members.remove(&id)))
        .collect();
    let body = json!({"recordsIdsAdded": [], "recordIdsMissing": [], "recordIdsRemoved": removed});
    Ok(Reply::json(200, body).wrote(removed.len()))
}
