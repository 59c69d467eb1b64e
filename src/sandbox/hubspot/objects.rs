//! Single records: create, read, change, archive, list, merge.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::errors::ApiError;
use super::links::PRIMARY_COMPANY;
use super::object_type::ObjectType;
use super::portal::Portal;
use super::route::Version;
use super::table::{Properties, Record};
use super::write::{apply_creation, apply_update, check_creation, check_update, id_text};
use super::{Outcome, batch, body, render, search};
use crate::sandbox::wire::{Reply, Request};

pub(super) fn serve(
    portal: &mut Portal,
    request: &Request,
    version: Version,
    kind: ObjectType,
    rest: &[&str],
) -> Outcome {
    match (request.method.as_str(), rest) {
        ("POST", []) => create(portal, kind, &body(request)?, version),
        ("GET", []) => list(portal, kind, request),
        ("POST", ["search"]) => search::search(portal, kind, request),
        ("POST", ["merge"]) => merge(portal, kind, &body(request)?),
        ("POST", ["batch", action]) => batch::serve(portal, version, kind, action, request),
        ("GET", [id]) => read(portal, kind, id, request),
        ("PATCH", [id]) => update(portal, kind, id, request, version),
        ("DELETE", [id]) => archive(portal, kind, id),
        _ => Err(ApiError::no_such_resource()),
    }
}

/// Finds a record by its id or by a unique property.
pub(super) fn resolve(
    portal: &Portal,
    kind: ObjectType,
    id: &str,
    id_property: Option<&str>,
) -> Result<Option<u64>, Box<ApiError>> {
    match id_property {
        None => Ok(portal.exists(kind, id)),
        Some(name) if portal.table(kind).is_unique(name) => Ok(portal.table(kind).holder(name, id)),
        Some(name) => Err(ApiError::not_unique(kind, name)),
    }
}

/// The record as a write answers it: what was written and what HubSpot keeps.
pub(super) fn written(
    portal: &Portal,
    kind: ObjectType,
    id: u64,
    names: &[String],
    warnings: &[Value],
    version: Version,
) -> Value {
    let Some(found) = portal.table(kind).live(id) else {
        return Value::Null;
    };
    let mut result = render::record(portal, kind, found, names);
    if version == Version::Dated202609 && !warnings.is_empty() {
        result["warnings"] = json!(warnings);
    }
    result
}

fn create(portal: &mut Portal, kind: ObjectType, input: &Value, version: Version) -> Outcome {
    let creation = check_creation(portal, kind, input, version)?;
    let (names, warnings) = (
        creation.changes.names(),
        creation.changes.warnings().to_vec(),
    );
    let id = apply_creation(portal, kind, creation);
    Ok(Reply::json(201, written(portal, kind, id, &names, &warnings, version)).wrote(1))
}

fn update(
    portal: &mut Portal,
    kind: ObjectType,
    id: &str,
    request: &Request,
    version: Version,
) -> Outcome {
    let id_property = request.parameter("idProperty");
    let id =
        resolve(portal, kind, id, id_property.as_deref())?.ok_or_else(ApiError::no_such_record)?;
    let changes = check_update(portal, kind, id, &body(request)?)?;
    let (names, warnings) = (changes.names(), changes.warnings().to_vec());
    apply_update(portal, kind, id, changes);
    Ok(Reply::json(200, written(portal, kind, id, &names, &warnings, version)).wrote(1))
}

fn read(portal: &Portal, kind: ObjectType, id: &str, request: &Request) -> Outcome {
    let id_property = request.parameter("idProperty");
    let wants_archived = request
        .parameter("archived")
        .is_some_and(|flag| flag == "true");
    let table = portal.table(kind);
    let found = if wants_archived {
        id.parse()
            .ok()
            .and_then(|id: u64| table.records.get(&id))
            .filter(|record| record.archived.is_some())
    } else {
        resolve(portal, kind, id, id_property.as_deref())?.and_then(|id| table.live(id))
    };
    let found = found.ok_or_else(ApiError::no_such_record)?;
    let mut answer = render::record(portal, kind, found, &request.parameters("properties"));
    let mut associations = Map::new();
    for name in request.parameters("associations") {
        let Some(target) = ObjectType::parse(&name) else {
            continue;
        };
        let linked = associated(portal, kind, found.id, target);
        if !linked.is_empty() {
            associations.insert(target.plural().to_owned(), json!({"results": linked}));
        }
    }
    if !associations.is_empty() {
        answer["associations"] = Value::Object(associations);
    }
    Ok(Reply::json(200, answer))
}

/// One entry for each link type: the primary company of a contact appears twice.
fn associated(portal: &Portal, kind: ObjectType, id: u64, target: ObjectType) -> Vec<Value> {
    let name = format!("{}_to_{}", kind.singular(), target.singular());
    let links = portal.links.of((kind, id), target);
    links
        .flat_map(|(other, types)| types.iter().map(move |link_type| (other, link_type)))
        .map(|(other, link_type)| {
            let unlabeled = kind == ObjectType::Contact
                && target == ObjectType::Company
                && *link_type != PRIMARY_COMPANY;
            let suffix = if unlabeled { "_unlabeled" } else { "" };
            json!({"id": other.to_string(), "type": format!("{name}{suffix}")})
        })
        .collect()
}

fn list(portal: &Portal, kind: ObjectType, request: &Request) -> Outcome {
    let limit = request
        .parameter("limit")
        .and_then(|text| text.parse().ok())
        .unwrap_or(10);
    let limit = page(portal, usize::min(limit, 100));
    let after = request
        .parameter("after")
        .and_then(|text| text.parse::<u64>().ok())
        .unwrap_or(0);
    let wanted = request.parameters("properties");
    let table = portal.table(kind);
    let mut records = table
        .records
        .range(after..)
        .map(|(_, record)| record)
        .filter(|record| record.archived.is_none());
    let results: Vec<Value> = records
        .by_ref()
        .take(limit)
        .map(|found| render::record(portal, kind, found, &wanted))
        .collect();
    let mut answer = json!({"results": results});
    if let Some(next) = records.next() {
        answer["paging"] = json!({"next": {"after": next.id.to_string()}});
    }
    Ok(Reply::json(200, answer))
}

/// The rows of a page when `limit` are allowed.
pub(super) fn page(portal: &Portal, limit: usize) -> usize {
    usize::max(1, limit.min(portal.options.page_size.unwrap_or(usize::MAX)))
}

fn archive(portal: &mut Portal, kind: ObjectType, id: &str) -> Outcome {
    let id = portal
        .exists(kind, id)
        .ok_or_else(ApiError::no_such_record)?;
    archive_record(portal, kind, id);
    Ok(Reply::empty(204).wrote(1))
}

pub(super) fn archive_record(portal: &mut Portal, kind: ObjectType, id: u64) {
    portal.unlink_all((kind, id));
    let Some(mut record) = portal.table(kind).live(id).cloned() else {
        return;
    };
    record.archived = Some(portal.now());
    portal.store(kind, record);
}

/// The primary record's values win; addresses of the other contact become additional ones.
fn merge(portal: &mut Portal, kind: ObjectType, input: &Value) -> Outcome {
    let find = |member: &str| {
        portal
            .exists(kind, &id_text(&input[member]))
            .ok_or_else(ApiError::no_such_record)
    };
    let (primary, other) = (find("primaryObjectId")?, find("objectIdToMerge")?);
    if primary == other {
        return Err(ApiError::validation(
            "A record cannot be merged with itself",
        ));
    }
    let table = portal.table(kind);
    let (Some(kept), Some(merged)) = (table.live(primary).cloned(), table.live(other).cloned())
    else {
        return Err(ApiError::no_such_record());
    };
    let kept = Record {
        updated: portal.now(),
        properties: Arc::new(merged_properties(portal, kind, &kept, &merged)),
        ..kept
    };
    archive_record(portal, kind, other);
    portal.table_mut(kind).merged_into.insert(other, primary);
    portal.store(kind, kept);
    Ok(Reply::json(
        200,
        written(portal, kind, primary, &[], &[], Version::Dated),
    )
    .wrote(1))
}

fn merged_properties(
    portal: &Portal,
    kind: ObjectType,
    kept: &Record,
    merged: &Record,
) -> Properties {
    let mut properties = (*merged.properties).clone();
    properties.extend(
        kept.properties
            .iter()
            .map(|(name, value)| (Arc::clone(name), value.clone())),
    );
    let primary = kept.properties.get("email");
    let sources = [
        kept.properties.get("hs_additional_emails"),
        merged
            .properties
            .get("email")
            .filter(|address| Some(*address) != primary && primary.is_some()),
        merged.properties.get("hs_additional_emails"),
    ];
    let additional: Vec<&str> = sources.into_iter().flatten().map(String::as_str).collect();
    let name = portal.table(kind).definition("hs_additional_emails");
    if let Some(definition) = name.filter(|_| !additional.is_empty()) {
        properties.insert(Arc::clone(&definition.name), additional.join(";"));
    }
    properties
}
