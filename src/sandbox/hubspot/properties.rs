//! Property definitions: list, read, create, change, archive; and the validation rules on them.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::errors::{ApiError, OBJECT_NOT_FOUND};
use super::object_type::ObjectType;
use super::portal::Portal;
use super::property::Property;
use super::{Outcome, body};
use crate::sandbox::wire::{Reply, Request};

const TYPES: [&str; 7] = [
    "bool",
    "date",
    "datetime",
    "enumeration",
    "number",
    "phone_number",
    "string",
];

const FIELD_TYPES: [&str; 12] = [
    "booleancheckbox",
    "calculation_equation",
    "checkbox",
    "date",
    "file",
    "html",
    "number",
    "phonenumber",
    "radio",
    "select",
    "text",
    "textarea",
];

pub(super) fn serve(portal: &mut Portal, request: &Request, parts: &[&str]) -> Outcome {
    let [kind, rest @ ..] = parts else {
        return Err(ApiError::no_such_resource());
    };
    let kind = ObjectType::parse(kind)
        .ok_or_else(|| ApiError::validation(format!("Unable to infer object type from: {kind}")))?;
    match (request.method.as_str(), rest) {
        ("GET", []) => Ok(list(portal, kind, request)),
        ("POST", []) => create(portal, kind, &body(request)?),
        ("POST", ["batch", "read"]) => batch_read(portal, kind, &body(request)?),
        ("POST", ["batch", "create"]) => batch_create(portal, kind, &body(request)?),
        ("GET", ["groups"]) => Ok(groups(portal, kind)),
        ("GET", [name]) => match portal.table(kind).definition(name) {
            Some(property) => Ok(Reply::json(200, property.to_json())),
            None => Err(unknown(name)),
        },
        ("PATCH", [name]) => change(portal, kind, name, &body(request)?),
        ("DELETE", [name]) => archive(portal, kind, name),
        _ => Err(ApiError::no_such_resource()),
    }
}

fn unknown(name: &str) -> Box<ApiError> {
    ApiError::new(
        404,
        OBJECT_NOT_FOUND,
        format!("Property {name} does not exist"),
    )
}

fn list(portal: &Portal, kind: ObjectType, request: &Request) -> Reply {
    let archived = request
        .parameter("archived")
        .is_some_and(|flag| flag == "true");
    let properties = portal.table(kind).definitions.values();
    let results: Vec<Value> = properties
        .filter(|property| property.archived == archived)
        .map(Property::to_json)
        .collect();
    Reply::json(200, json!({"results": results}))
}

fn groups(portal: &Portal, kind: ObjectType) -> Reply {
    let mut names: Vec<&str> = portal
        .table(kind)
        .definitions
        .values()
        .map(|property| property.group.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    let results: Vec<Value> = names
        .iter()
        .map(|name| json!({"name": name, "label": name, "displayOrder": -1, "archived": false}))
        .collect();
    Reply::json(200, json!({"results": results}))
}

/// Posting an archived name restores it; an existing one conflicts.
fn create(portal: &mut Portal, kind: ObjectType, input: &Value) -> Outcome {
    let property = parse_new(input)?;
    let name = property.name.to_string();
    let table = portal.table_mut(kind);
    if table.definition(&name).is_some() {
        return Err(ApiError::new(
            409,
            "OBJECT_ALREADY_EXISTS",
            format!("A property named '{name}' already exists."),
        )
        .sub_category("Properties.PROPERTY_WITH_NAME_EXISTS"));
    }
    let body = property.to_json();
    table
        .definitions
        .insert(Arc::clone(&property.name), property);
    table.refresh_unique();
    Ok(Reply::json(201, body))
}

/// Reads a property from a create body. Required: `name label type fieldType groupName`.
pub(super) fn parse_new(input: &Value) -> Result<Property, Box<ApiError>> {
    let text = |member: &str| {
        let text = input[member].as_str().filter(|text| !text.is_empty());
        text.ok_or_else(|| {
            ApiError::validation(format!("Some required fields were not set: [{member}]"))
        })
    };
    let (name, label) = (text("name")?, text("label")?);
    let (value_type, field_type) = (text("type")?, text("fieldType")?);
    text("groupName")?;
    let name_is_fine = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|character| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_'
        });
    if !name_is_fine {
        return Err(ApiError::validation(format!(
            "Property name '{name}' must be lower case letters, digits and underscores, starting with a letter"
        )));
    }
    if !TYPES.contains(&value_type) || !FIELD_TYPES.contains(&field_type) {
        return Err(ApiError::bad_shape(&format!(
            "type {value_type} with fieldType {field_type}"
        )));
    }
    let mut property = Property::custom(name, label, value_type, field_type);
    let members = input.as_object().cloned().unwrap_or_default();
    apply(&mut property, &members)?;
    Ok(property)
}

fn apply(property: &mut Property, members: &Map<String, Value>) -> Result<(), Box<ApiError>> {
    property.apply(members).map_err(|member| {
        ApiError::bad_shape(&format!(
            "`{member}`: each option needs label, value and hidden"
        ))
    })
}

/// `options` replaces the whole list.
fn change(portal: &mut Portal, kind: ObjectType, name: &str, input: &Value) -> Outcome {
    let members = input.as_object().cloned().unwrap_or_default();
    let table = portal.table_mut(kind);
    if table.definition(name).is_none() {
        return Err(unknown(name));
    }
    let Some(property) = table.definitions.get_mut(name) else {
        return Err(unknown(name));
    };
    if members.contains_key("options") && property.read_only_options {
        return Err(ApiError::validation(format!(
            "The options of property {name} cannot be changed"
        )));
    }
    if members.contains_key("options") && !property.is_enumeration() {
        return Err(ApiError::validation(format!(
            "Property {name} is not an enumeration"
        )));
    }
    apply(property, &members)?;
    Ok(Reply::json(200, property.to_json()))
}

fn archive(portal: &mut Portal, kind: ObjectType, name: &str) -> Outcome {
    let table = portal.table_mut(kind);
    match table.definitions.get_mut(name) {
        Some(property) if !property.archivable => Err(ApiError::validation(format!(
            "Property {name} is defined by HubSpot and cannot be archived"
        ))),
        Some(property) => {
            property.archived = true;
            Ok(Reply::empty(204))
        }
        None => Err(unknown(name)),
    }
}

fn batch_read(portal: &Portal, kind: ObjectType, input: &Value) -> Outcome {
    let names = input["inputs"].as_array().into_iter().flatten();
    let names = names.filter_map(|input| input["name"].as_str());
    let found = names.filter_map(|name| portal.table(kind).definition(name));
    let results: Vec<Value> = found.map(Property::to_json).collect();
    Ok(Reply::json(
        200,
        json!({"status": "COMPLETE", "results": results}),
    ))
}

fn batch_create(portal: &mut Portal, kind: ObjectType, input: &Value) -> Outcome {
    let mut results = Vec::new();
    let mut errors = Vec::new();
    for input in input["inputs"].as_array().into_iter().flatten() {
        match create(portal, kind, input) {
            Ok(reply) => {
                if let crate::sandbox::wire::Body::Json(body) = reply.body {
                    results.push(body);
                }
            }
            Err(error) => errors.push(error.to_item(None)),
        }
    }
    let mut body = json!({"status": "COMPLETE", "results": results});
    if errors.is_empty() {
        return Ok(Reply::json(201, body));
    }
    body["numErrors"] = json!(errors.len());
    body["errors"] = json!(errors);
    Ok(Reply::json(207, body))
}

/// `GET /crm/property-validations/{version}/{typeId}`
pub(super) fn validations(portal: &Portal, parts: &[&str]) -> Outcome {
    let kind = match parts {
        [kind] => ObjectType::parse(kind),
        _ => None,
    };
    let kind = kind.ok_or_else(ApiError::no_such_resource)?;
    let rules = portal.table(kind).rules.iter();
    let results: Vec<Value> = rules
        .map(|(name, rules)| {
            let rules: Vec<Value> = rules.iter().map(super::rules::Rule::to_json).collect();
            json!({"propertyName": name, "propertyValidationRules": rules})
        })
        .collect();
    Ok(Reply::json(200, json!({"results": results})))
}
