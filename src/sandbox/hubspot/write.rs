//! Checking and applying the writes of one record.
//!
//! Checking never changes anything, so that a batch can be refused as a whole.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::errors::{ApiError, Problem};
use super::links::{LinkType, parse_types};
use super::object_type::ObjectType;
use super::portal::Portal;
use super::property::Property;
use super::route::Version;
use super::table::{Properties, Record};
use super::values;

/// Checked values; an empty one clears the property.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    values: Vec<(Arc<str>, String)>,
    /// Values that are stored otherwise than they were sent; only 2026-09 tells.
    warnings: Vec<Value>,
}

impl Changes {
    pub(super) fn names(&self) -> Vec<String> {
        self.values
            .iter()
            .map(|(name, _)| name.to_string())
            .collect()
    }

    pub(super) fn warnings(&self) -> &[Value] {
        &self.warnings
    }

    fn given(&self, name: &str) -> Option<&str> {
        let value = self.values.iter().find(|(given, _)| &**given == name)?;
        Some(value.1.as_str()).filter(|value| !value.is_empty())
    }
}

/// A record to link to, and as what.
type PlannedLink = (ObjectType, u64, Vec<LinkType>);

/// A checked record to create, with its links.
pub(super) struct Creation {
    pub(super) changes: Changes,
    links: Vec<PlannedLink>,
}

/// The `properties` member of an input.
pub(super) fn property_map(input: &Value) -> Result<&Map<String, Value>, Box<ApiError>> {
    input["properties"]
        .as_object()
        .ok_or_else(|| ApiError::bad_shape("`properties`: an object"))
}

pub(super) fn check_changes(
    portal: &Portal,
    kind: ObjectType,
    properties: &Map<String, Value>,
) -> Result<Changes, Box<ApiError>> {
    let table = portal.table(kind);
    let mut changes = Changes::default();
    let mut problems = Vec::new();
    for (name, value) in properties {
        let Some(property) = table.definition(name) else {
            problems.push(unknown_property(name));
            continue;
        };
        if property.read_only_value {
            problems.push(read_only(property));
            continue;
        }
        let value = scalar(name, value)?;
        match check_value(portal, kind, property, &value) {
            Ok(stored) => {
                if stored != value && matches!(property.value_type.as_str(), "date" | "datetime") {
                    changes.warnings.push(normalized(name, &value, &stored));
                }
                changes.values.push((Arc::clone(&property.name), stored));
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        return Ok(changes);
    }
    Err(ApiError::properties(&problems, portal.options.portal_id))
}

fn check_value(
    portal: &Portal,
    kind: ObjectType,
    property: &Property,
    value: &str,
) -> Result<String, Problem> {
    if value.is_empty() {
        return Ok(String::new());
    }
    let stored = values::check(property, &portal.owners, value)?;
    let rules = portal.table(kind).rules.get(&*property.name);
    let violation = rules
        .into_iter()
        .flatten()
        .find_map(|rule| rule.violation(&property.name, &stored));
    violation.map_or(Ok(stored), Err)
}

/// Values are strings; other scalars are taken as their text, `null` clears.
fn scalar(name: &str, value: &Value) -> Result<String, Box<ApiError>> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Null => Ok(String::new()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        _ => Err(ApiError::bad_shape(&format!(
            "value of type `java.lang.String` for {name}"
        ))),
    }
}

fn unknown_property(name: &str) -> Problem {
    Problem {
        property: name.to_owned(),
        code: "PROPERTY_DOESNT_EXIST".to_owned(),
        message: format!("Property \"{name}\" does not exist"),
    }
}

fn read_only(property: &Property) -> Problem {
    let what = if property.calculated {
        "calculated"
    } else {
        "read only"
    };
    Problem {
        property: property.name.to_string(),
        code: "READ_ONLY_VALUE".to_owned(),
        message: format!(
            "\"{}\" is a {what} property; its value cannot be set.",
            property.name
        ),
    }
}

fn normalized(name: &str, raw: &str, stored: &str) -> Value {
    json!({
        "category": "PROPERTY_VALUE_NORMALIZED",
        "message": format!("The value of {name} was normalized"),
        "context": {"propertyName": [name], "rawValue": [raw], "normalizedValue": [stored]},
    })
}

/// Unique values may be held by this record only.
fn check_unique(
    portal: &Portal,
    kind: ObjectType,
    own_id: Option<u64>,
    changes: &Changes,
) -> Result<(), Box<ApiError>> {
    let table = portal.table(kind);
    for (name, value) in changes
        .values
        .iter()
        .filter(|(name, _)| table.is_unique(name))
    {
        let Some(holder) = table
            .holder(name, value)
            .filter(|holder| Some(*holder) != own_id)
        else {
            continue;
        };
        if kind == ObjectType::Contact && &**name == "email" {
            return Err(ApiError::contact_exists(holder));
        }
        let subject = own_id.map_or("a new record".to_owned(), |id| id.to_string());
        let problem = Problem {
            property: name.to_string(),
            code: "CONFLICTING_UNIQUE_VALUE".to_owned(),
            message: format!(
                "Cannot set {name}={value} on {subject}. {holder} already has that value."
            ),
        };
        return Err(ApiError::properties(&[problem], portal.options.portal_id));
    }
    Ok(())
}

pub(super) fn check_creation(
    portal: &Portal,
    kind: ObjectType,
    input: &Value,
    version: Version,
) -> Result<Creation, Box<ApiError>> {
    let changes = check_changes(portal, kind, property_map(input)?)?;
    check_minimum(portal, kind, &changes, version)?;
    check_unique(portal, kind, None, &changes)?;
    let links = check_links(portal, kind, &input["associations"])?;
    Ok(Creation { changes, links })
}

fn check_minimum(
    portal: &Portal,
    kind: ObjectType,
    changes: &Changes,
    version: Version,
) -> Result<(), Box<ApiError>> {
    if !kind
        .minimum()
        .iter()
        .any(|name| changes.given(name).is_some())
    {
        return Err(ApiError::validation(format!(
            "Unable to create {}: at least one of the following properties must be provided: {}",
            kind.singular(),
            kind.minimum().join(", ")
        )));
    }
    if version != Version::Dated202609 {
        return Ok(());
    }
    let required = &portal.table(kind).required_on_create;
    let missing = required.iter().filter(|name| changes.given(name).is_none());
    let mut error = None;
    for name in missing {
        error = Some(
            error
                .unwrap_or_else(|| ApiError::validation("The property values provided are invalid"))
                .detail(json!({
                    "code": "MISSING_REQUIRED_PROPERTY",
                    "message": format!("A value for {name} must be provided"),
                    "context": {"propertyName": [name]},
                })),
        );
    }
    error.map_or(Ok(()), Err)
}

fn check_links(
    portal: &Portal,
    kind: ObjectType,
    associations: &Value,
) -> Result<Vec<PlannedLink>, Box<ApiError>> {
    let mut links = Vec::new();
    for association in associations.as_array().into_iter().flatten() {
        let id = id_text(&association["to"]["id"]);
        let (target, types) = parse_types(portal, kind, &association["types"])?;
        match portal.exists(target, &id) {
            Some(target_id) => links.push((target, target_id, types)),
            None => return Err(ApiError::invalid_associations(target, &[id])),
        }
    }
    Ok(links)
}

/// Ids are strings; numbers are understood too.
pub(super) fn id_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), |text| text.trim().to_owned())
}

pub(super) fn apply_creation(portal: &mut Portal, kind: ObjectType, creation: Creation) -> u64 {
    let now = portal.now();
    let id = portal.new_id();
    let record = Record {
        id,
        created: now,
        updated: now,
        archived: None,
        properties: Arc::new(Properties::new()),
    };
    let record = changed(portal, kind, record, creation.changes.values);
    portal.store(kind, record);
    for (target, target_id, types) in creation.links {
        portal.link((kind, id), (target, target_id), &types);
    }
    id
}

pub(super) fn check_update(
    portal: &Portal,
    kind: ObjectType,
    id: u64,
    input: &Value,
) -> Result<Changes, Box<ApiError>> {
    let changes = check_changes(portal, kind, property_map(input)?)?;
    check_unique(portal, kind, Some(id), &changes)?;
    Ok(changes)
}

pub(super) fn apply_update(portal: &mut Portal, kind: ObjectType, id: u64, changes: Changes) {
    let Some(mut record) = portal.table(kind).live(id).cloned() else {
        return;
    };
    record.updated = portal.now();
    let record = changed(portal, kind, record, changes.values);
    portal.store(kind, record);
}

fn changed(
    portal: &Portal,
    kind: ObjectType,
    mut record: Record,
    changes: Vec<(Arc<str>, String)>,
) -> Record {
    let table = portal.table(kind);
    let properties = Arc::make_mut(&mut record.properties);
    for (name, value) in changes {
        if &*name == "lifecyclestage" && moves_back(table.definition(&name), properties, &value) {
            continue;
        }
        if &*name == "email"
            && let (Some(domain), Some(definition)) = (
                value.split_once('@').map(|(_, domain)| domain),
                table.definition("hs_email_domain"),
            )
        {
            properties.insert(Arc::clone(&definition.name), domain.to_owned());
        }
        if value.is_empty() {
            properties.remove(&name);
        } else {
            properties.insert(name, value);
        }
    }
    record
}

/// "`lifecyclestage` only moves forward; to go back, clear it first": the value is ignored silently.
fn moves_back(definition: Option<&Property>, properties: &Properties, value: &str) -> bool {
    let positions: HashMap<&str, i64> = definition
        .into_iter()
        .flat_map(|property| &property.options)
        .map(|option| (option.value.as_str(), option.display_order))
        .collect();
    let current = properties
        .get("lifecyclestage")
        .and_then(|stage| positions.get(stage.as_str()));
    match (current, positions.get(value)) {
        (Some(current), Some(next)) => next < current,
        _ => false,
    }
}
