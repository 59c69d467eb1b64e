//! `personFields`, `organizationFields` and `dealFields` of version 2: the list, one field, custom fields and
//! their options made, renamed and deleted.

use serde_json::{Value, json};

use super::Outcome;
use super::account::Account;
use super::errors::{self, not_allowed, problem};
use super::field::{Choice, Field, KINDS};
use super::read::{allow, cursor, encode, limit};
use super::record::{Entity, Values};
use super::write::body;
use crate::sandbox::wire::{Reply, Request};

const EXTRAS: [&str; 3] = ["ui_visibility", "important_fields", "required_fields"];

pub(super) fn entity(name: &str) -> Option<Entity> {
    match name {
        "personFields" => Some(Entity::Person),
        "organizationFields" => Some(Entity::Organization),
        "dealFields" => Some(Entity::Deal),
        _ => None,
    }
}

pub(super) fn serve(
    account: &mut Account,
    request: &Request,
    entity: Entity,
    rest: &[&str],
) -> Outcome {
    match (request.method.as_str(), rest) {
        ("GET", []) => many(account, request, entity),
        ("POST", []) => create(account, request, entity),
        ("GET", [code]) => {
            let extras = extras(request)?;
            let field = account.field(entity, code);
            let field = field.ok_or_else(|| errors::not_found_second("field"))?;
            Ok(good(&field.to_json(&extras)))
        }
        ("PATCH", [code]) => change(account, request, entity, code),
        ("DELETE", [code]) => {
            let shown = custom(account, entity, code)?.to_json(&[]);
            account
                .fields_mut(entity)
                .retain(|field| field.code != *code);
            Ok(good(&shown))
        }
        (method @ ("POST" | "PATCH" | "DELETE"), [code, "options"]) => {
            options(account, request, entity, code, method)
        }
        (_, [] | [_] | [_, "options"]) => Err(errors::unavailable(405)),
        _ => Err(errors::unavailable(404)),
    }
}

fn good(data: &Value) -> Reply {
    Reply::json(200, json!({"success": true, "data": data}))
}

fn extras(request: &Request) -> Result<Vec<String>, Box<Reply>> {
    let extras = request.parameters("include_fields");
    match extras.iter().find(|name| !EXTRAS.contains(&name.as_str())) {
        None => Ok(extras),
        Some(unknown) => {
            let text = format!("'{unknown}' is not supported");
            Err(errors::invalid("include_fields", &text))
        }
    }
}

fn many(account: &Account, request: &Request, entity: Entity) -> Outcome {
    allow(request, &["include_fields", "limit", "cursor"])?;
    let (extras, limit) = (extras(request)?, limit(account, request, 500)?);
    let start = cursor(request)?.map_or(0, |cursor| cursor["id"].as_u64().unwrap_or(0));
    let fields = account.fields(entity).iter();
    let fields: Vec<&Field> = fields
        .filter(|field| !field.contact_sync || account.settings.contact_sync)
        .filter(|field| field.id >= start)
        .collect();
    let shown = fields
        .iter()
        .take(limit)
        .map(|field| field.to_json(&extras));
    let next = fields.get(limit);
    let next = next.map(|field| encode(&json!({"field": "id", "id": field.id})));
    let body = json!({
        "success": true,
        "data": shown.collect::<Vec<_>>(),
        "additional_data": {"next_cursor": next},
    });
    Ok(Reply::json(200, body).whole())
}

fn custom<'a>(account: &'a Account, entity: Entity, code: &str) -> Result<&'a Field, Box<Reply>> {
    let field = account.field(entity, code);
    let field = field.ok_or_else(|| errors::not_found_second("field"))?;
    if field.custom {
        return Ok(field);
    }
    // The docs speak of custom fields only; the text is made up.
    Err(errors::invalid(code, "Only custom fields can be changed"))
}

/// What is wrong with a field's members; those about the web pages are taken as they are.
fn unknown_members(body: &Values, known: &[&str]) -> Vec<String> {
    let unknown = body.keys().filter(|name| {
        let name = name.as_str();
        !known.contains(&name) && !EXTRAS.contains(&name) && name != "description"
    });
    unknown.map(|name| not_allowed(name, name)).collect()
}

fn name_fault(name: Option<&Value>, path: &str) -> Option<String> {
    let name = match name {
        None => return Some(problem(path, "Required")),
        Some(name) => name.as_str(),
    };
    let good = name.is_some_and(|name| !name.is_empty() && name.chars().count() <= 255);
    (!good).then(|| problem(path, "Must be a text of 1 to 255 characters"))
}

fn create(account: &mut Account, request: &Request, entity: Entity) -> Outcome {
    let body = body(request)?;
    let mut problems = unknown_members(&body, &["field_name", "field_type", "options"]);
    problems.extend(name_fault(body.get("field_name"), "field_name"));
    let kind = body
        .get("field_type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !KINDS.contains(&kind) {
        problems.push(problem("field_type", "Must be a type of field"));
    }
    let labels = labels(body.get("options"));
    let chooses = matches!(kind, "enum" | "set");
    let labels = match labels {
        Some(labels) if chooses && !labels.is_empty() => labels,
        None if !chooses => Vec::new(),
        _ => {
            problems.push(problem(
                "options",
                "Required for enum and set, and only for them",
            ));
            Vec::new()
        }
    };
    if !problems.is_empty() {
        return Err(errors::validation(&problems));
    }
    let name = body["field_name"].as_str().unwrap_or_default();
    let code = account.add_field(entity, name, kind, &labels);
    let field = account.field(entity, &code);
    Ok(good(&json!(
        field.map(|field| field.to_json(&EXTRAS.map(str::to_owned)))
    )))
}

fn labels(options: Option<&Value>) -> Option<Vec<String>> {
    let items = options?.as_array()?.iter();
    let labels = items.map(|item| item["label"].as_str().map(str::to_owned));
    let labels: Option<Vec<String>> = labels.collect();
    labels.filter(|labels| {
        labels
            .iter()
            .all(|label| (1..=255).contains(&label.chars().count()))
    })
}

fn change(account: &mut Account, request: &Request, entity: Entity, code: &str) -> Outcome {
    custom(account, entity, code)?;
    let body = body(request)?;
    let mut problems = unknown_members(&body, &["field_name"]);
    if body.contains_key("field_name") {
        problems.extend(name_fault(body.get("field_name"), "field_name"));
    }
    if !problems.is_empty() {
        return Err(errors::validation(&problems));
    }
    let name = body.get("field_name").and_then(Value::as_str);
    let field = account.field_mut(entity, code);
    let field = field.ok_or_else(|| errors::not_found_second("field"))?;
    if let Some(name) = name {
        name.clone_into(&mut field.name);
    }
    Ok(good(&field.to_json(&EXTRAS.map(str::to_owned))))
}

/// All or none; only those concerned are shown.
fn options(
    account: &mut Account,
    request: &Request,
    entity: Entity,
    code: &str,
    method: &str,
) -> Outcome {
    if custom(account, entity, code)?.choices.is_none() {
        return Err(errors::invalid(code, "The field has no options"));
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let items = body.as_array().filter(|items| !items.is_empty());
    let items = items.ok_or_else(|| errors::invalid("body", "Expected array"))?;
    let labels = labels(Some(&body));
    if method != "DELETE" && labels.is_none() {
        return Err(errors::invalid(
            "label",
            "Must be a text of 1 to 255 characters",
        ));
    }
    let ids: Vec<u64> = match method {
        "POST" => items.iter().map(|_| account.new_number()).collect(),
        _ => items
            .iter()
            .filter_map(|item| item["id"].as_u64())
            .collect(),
    };
    let field = account.field_mut(entity, code);
    let choices = field.and_then(|field| field.choices.as_mut());
    let choices = choices.ok_or_else(|| errors::not_found_second("field"))?;
    let known = |id: &u64| choices.iter().any(|choice| choice.id == *id);
    if method != "POST" && (ids.len() < items.len() || !ids.iter().all(known)) {
        return Err(errors::invalid("id", "The option does not exist"));
    }
    let mut labels = labels.unwrap_or_default().into_iter();
    let mut concerned = Vec::new();
    for id in ids {
        let place = choices.iter().position(|choice| choice.id == id);
        let choice = match place {
            Some(place) if method == "DELETE" => choices.remove(place),
            Some(place) => {
                choices[place].label = labels.next().unwrap_or_default();
                choices[place].clone()
            }
            None => {
                let label = labels.next().unwrap_or_default();
                choices.push(Choice { id, label });
                choices[choices.len() - 1].clone()
            }
        };
        concerned.push(json!({"id": choice.id, "label": choice.label}));
    }
    let body = json!({"success": true, "data": concerned, "additional_data": null});
    Ok(Reply::json(200, body).whole())
}
