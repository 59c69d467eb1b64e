//! Batches of up to 100 records.
//!
//! When every input has an `objectWriteTraceId` of its own, inputs fail one by one (207, or inside the success
//! answer in version 2026-09). Otherwise one bad input fails the whole batch and nothing is written.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Value, json};

use super::errors::ApiError;
use super::object_type::ObjectType;
use super::portal::Portal;
use super::render::BatchAnswer;
use super::route::Version;
use super::write::{
    Changes, Creation, apply_creation, apply_update, check_creation, check_update, id_text,
    property_map,
};
use super::{Outcome, body, objects, render};
use crate::sandbox::wire::{Reply, Request};

const MOST_INPUTS: usize = 100;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Create,
    Update,
    Upsert,
}

#[derive(Clone, Copy)]
struct Call {
    kind: ObjectType,
    version: Version,
    mode: Mode,
}

pub(super) fn serve(
    portal: &mut Portal,
    version: Version,
    kind: ObjectType,
    action: &str,
    request: &Request,
) -> Outcome {
    let body = body(request)?;
    let inputs = match body["inputs"].as_array() {
        Some(inputs) if !inputs.is_empty() => inputs,
        // Seen in the field: no inputs is a success with nothing in it.
        _ => return Ok(BatchAnswer::new(portal, 200, version).finish(portal)),
    };
    if inputs.len() > MOST_INPUTS {
        return Err(ApiError::validation(format!(
            "The maximum number of inputs is {MOST_INPUTS}, {} were sent",
            inputs.len()
        )));
    }
    match action {
        "read" => read(portal, kind, version, &body, inputs),
        "create" => create(
            portal,
            Call {
                kind,
                version,
                mode: Mode::Create,
            },
            inputs,
        ),
        "update" => update(
            portal,
            Call {
                kind,
                version,
                mode: Mode::Update,
            },
            inputs,
        ),
        "upsert" => update(
            portal,
            Call {
                kind,
                version,
                mode: Mode::Upsert,
            },
            inputs,
        ),
        "archive" => archive(portal, kind, inputs),
        _ => Err(ApiError::no_such_resource()),
    }
}

fn trace_id(input: &Value) -> Option<&str> {
    input["objectWriteTraceId"]
        .as_str()
        .filter(|trace| !trace.is_empty())
}

fn all_traced(inputs: &[Value]) -> bool {
    let mut seen = HashSet::new();
    inputs
        .iter()
        .all(|input| trace_id(input).is_some_and(|trace| seen.insert(trace)))
}

/// The values that occur more than once; unique properties are compared without case and blanks.
fn duplicates(ids: impl Iterator<Item = String>) -> Result<(), Box<ApiError>> {
    let mut seen = HashSet::new();
    let repeated: BTreeSet<String> = ids.filter(|id| !seen.insert(id.clone())).collect();
    if repeated.is_empty() {
        return Ok(());
    }
    Err(ApiError::duplicate_ids(&Vec::from_iter(repeated)))
}

fn input_id(input: &Value) -> String {
    id_text(&input["id"]).to_lowercase()
}

fn read(
    portal: &Portal,
    kind: ObjectType,
    version: Version,
    body: &Value,
    inputs: &[Value],
) -> Outcome {
    duplicates(inputs.iter().map(input_id))?;
    let wanted: Vec<String> = body["properties"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let mut answer = BatchAnswer::new(portal, 200, version);
    let mut missing = Vec::new();
    let mut shown = HashSet::new();
    for input in inputs {
        let id = id_text(&input["id"]);
        let found = objects::resolve(portal, kind, &id, body["idProperty"].as_str())?;
        match found.and_then(|id| portal.table(kind).live(id)) {
            // Two addresses of one contact give it once.
            Some(found) if !shown.insert(found.id) => {}
            Some(found) => answer.read(render::record(portal, kind, found, &wanted)),
            None => missing.push(id),
        }
    }
    if !missing.is_empty() {
        answer.failed(&ApiError::missing_records(kind, &missing), None);
    }
    Ok(answer.finish(portal))
}

fn create(portal: &mut Portal, call: Call, inputs: &[Value]) -> Outcome {
    let mut answer = BatchAnswer::new(portal, 201, call.version);
    if all_traced(inputs) {
        for input in inputs {
            match check_creation(portal, call.kind, input, call.version) {
                Ok(creation) => perform(portal, call, Write::Create(creation), input, &mut answer),
                Err(error) => answer.failed(&error, trace_id(input)),
            }
        }
        return Ok(answer.finish(portal));
    }
    let checked: Vec<Creation> = inputs
        .iter()
        .map(|input| check_creation(portal, call.kind, input, call.version))
        .collect::<Result<_, _>>()?;
    duplicates(
        inputs
            .iter()
            .flat_map(|input| unique_values(portal, call.kind, input)),
    )?;
    for (input, creation) in inputs.iter().zip(checked) {
        perform(portal, call, Write::Create(creation), input, &mut answer);
    }
    Ok(answer.finish(portal))
}

fn unique_values(portal: &Portal, kind: ObjectType, input: &Value) -> Vec<String> {
    let properties = input["properties"].as_object().into_iter().flatten();
    properties
        .filter(|(name, value)| portal.table(kind).is_unique(name) && !value.is_null())
        .map(|(_, value)| id_text(value).to_lowercase())
        .filter(|value| !value.is_empty())
        .collect()
}

enum Write {
    Create(Creation),
    Update(u64, Changes),
}

/// Applies a checked write and reports it.
fn perform(portal: &mut Portal, call: Call, write: Write, input: &Value, answer: &mut BatchAnswer) {
    let changes = match &write {
        Write::Create(creation) => &creation.changes,
        Write::Update(_, changes) => changes,
    };
    let (names, warnings) = (changes.names(), changes.warnings().to_vec());
    let is_new = matches!(write, Write::Create(_));
    let id = match write {
        Write::Create(creation) => apply_creation(portal, call.kind, creation),
        Write::Update(id, changes) => {
            apply_update(portal, call.kind, id, changes);
            id
        }
    };
    let mut result = objects::written(portal, call.kind, id, &names, &warnings, call.version);
    if let Some(trace) = trace_id(input) {
        result["objectWriteTraceId"] = json!(trace);
    }
    if call.mode == Mode::Upsert {
        result["new"] = json!(is_new);
    }
    answer.wrote(result);
}

fn update(portal: &mut Portal, call: Call, inputs: &[Value]) -> Outcome {
    let id_property = common_id_property(call, inputs)?;
    if let Some(name) = id_property.filter(|name| !portal.table(call.kind).is_unique(name)) {
        return Err(ApiError::not_unique(call.kind, name));
    }
    duplicates(inputs.iter().map(input_id))?;
    let mut answer = BatchAnswer::new(portal, 200, call.version);
    if all_traced(inputs) {
        for input in inputs {
            match check(portal, call, input, id_property) {
                Ok(Some(write)) => perform(portal, call, write, input, &mut answer),
                Ok(None) => {
                    let error = ApiError::missing_records(call.kind, &[id_text(&input["id"])]);
                    answer.failed(&error, trace_id(input));
                }
                Err(error) => answer.failed(&error, trace_id(input)),
            }
        }
        return Ok(answer.finish(portal));
    }
    let mut checked = Vec::new();
    let mut missing = Vec::new();
    for input in inputs {
        match check(portal, call, input, id_property)? {
            Some(write) => checked.push((input, write)),
            None => missing.push(id_text(&input["id"])),
        }
    }
    for (input, write) in checked {
        perform(portal, call, write, input, &mut answer);
    }
    if !missing.is_empty() {
        answer.failed(&ApiError::missing_records(call.kind, &missing), None);
    }
    Ok(answer.finish(portal))
}

/// All inputs must use the same one. Updates by `email` are refused, as seen in the field.
fn common_id_property(call: Call, inputs: &[Value]) -> Result<Option<&str>, Box<ApiError>> {
    let names: BTreeSet<Option<&str>> = inputs
        .iter()
        .map(|input| input["idProperty"].as_str())
        .collect();
    let name = names.first().copied().flatten();
    if names.len() > 1 {
        return Err(ApiError::validation(
            "All inputs must have the same idProperty",
        ));
    }
    match name {
        Some("email") if call.mode == Mode::Update => Err(ApiError::not_unique(call.kind, "email")),
        name => Ok(name),
    }
}

/// `None`: there is no such record and this call does not create one.
fn check(
    portal: &Portal,
    call: Call,
    input: &Value,
    id_property: Option<&str>,
) -> Result<Option<Write>, Box<ApiError>> {
    let id = id_text(&input["id"]);
    if let Some(found) = objects::resolve(portal, call.kind, &id, id_property)? {
        return Ok(Some(Write::Update(
            found,
            check_update(portal, call.kind, found, input)?,
        )));
    }
    let Some(name) = id_property.filter(|_| call.mode == Mode::Upsert) else {
        return Ok(None);
    };
    let mut properties = property_map(input)?.clone();
    properties.entry(name).or_insert_with(|| json!(id));
    let complete = json!({"properties": properties});
    Ok(Some(Write::Create(check_creation(
        portal,
        call.kind,
        &complete,
        call.version,
    )?)))
}

fn archive(portal: &mut Portal, kind: ObjectType, inputs: &[Value]) -> Outcome {
    let ids: Vec<u64> = inputs
        .iter()
        .filter_map(|input| portal.exists(kind, &id_text(&input["id"])))
        .collect();
    for id in &ids {
        objects::archive_record(portal, kind, *id);
    }
    Ok(Reply::empty(204).wrote(ids.len()))
}
