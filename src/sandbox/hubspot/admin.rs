//! What tests and rehearsals may change behind the API's back, below `/_admin`.

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::links::{Label, Links};
use super::object_type::ObjectType;
use super::participations;
use super::portal::{Owner, Portal};
use super::properties::parse_new;
use super::property::PropertyOption;
use super::rules::Rule;
use super::table::{Properties, Record};
use super::write::id_text;
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

const FIRST_LABEL_ID: u64 = 5_001;

pub(super) fn serve(portal: &mut Portal, method: &Method, parts: &[String], body: &Value) -> Reply {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let result = match (method.as_str(), parts.as_slice()) {
        ("POST", ["tokens", action]) => tokens(portal, action, body),
        ("POST", ["scopes"]) => {
            portal.access.missing_scopes = texts(&body["missing"]);
            Some(Reply::empty(204))
        }
        ("POST", ["authorization"]) => {
            portal.access.denies_authorization = body["deny"].as_bool().unwrap_or(true);
            Some(Reply::empty(204))
        }
        ("POST", ["limits"]) => {
            limits(portal, body);
            Some(Reply::empty(204))
        }
        ("POST", ["owners"]) => add_owner(portal, body),
        ("POST", ["labels"]) => add_label(portal, body),
        ("GET", ["associations"]) => Some(dump_links(portal)),
        (_, ["marketing-events", rest @ ..]) => participations::admin(portal, method, rest, body),
        (_, [what, kind, rest @ ..]) => match ObjectType::parse(kind) {
            Some(kind) => typed(portal, method, what, kind, rest, body),
            None => None,
        },
        _ => None,
    };
    result.unwrap_or_else(|| refusal(400, "unknown control path, or its body lacks something"))
}

fn typed(
    portal: &mut Portal,
    method: &Method,
    what: &str,
    kind: ObjectType,
    rest: &[&str],
    body: &Value,
) -> Option<Reply> {
    match (method.as_str(), what, rest) {
        ("GET", "objects", []) => Some(dump(portal, kind)),
        ("POST", "objects", []) => seed(portal, kind, body),
        ("POST", "properties", []) => put_property(portal, kind, body),
        ("DELETE", "properties", [name]) => {
            portal.table_mut(kind).definitions.remove(*name)?;
            portal.table_mut(kind).refresh_unique();
            Some(Reply::empty(204))
        }
        ("POST", "properties", [name, "options"]) => add_option(portal, kind, name, body),
        ("POST", "rules", []) => {
            let rule = Rule {
                rule_type: body["ruleType"].as_str()?.to_owned(),
                arguments: texts(&body["ruleArguments"]),
            };
            let name = body["propertyName"].as_str()?.to_owned();
            portal
                .table_mut(kind)
                .rules
                .entry(name)
                .or_default()
                .push(rule);
            Some(Reply::empty(204))
        }
        ("DELETE", "rules", []) => {
            portal.table_mut(kind).rules.clear();
            Some(Reply::empty(204))
        }
        ("POST", "required", []) => {
            portal.table_mut(kind).required_on_create = texts(&body["properties"]);
            Some(Reply::empty(204))
        }
        _ => None,
    }
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(id_text)
        .collect()
}

/// Without a token: all that the OAuth flow issued.
fn tokens(portal: &mut Portal, action: &str, body: &Value) -> Option<Reply> {
    let now = portal.clock.elapsed();
    match (action, body["token"].as_str()) {
        ("accept", Some(token)) => portal.access.accept(token),
        ("revoke", Some(token)) => portal.access.revoke(token),
        ("revoke", None) => portal.access.revoke_issued(),
        ("expire", Some(token)) => portal.access.expire(token, now),
        ("expire", None) => portal.access.expire_issued(now),
        _ => return None,
    }
    Some(Reply::empty(204))
}

fn limits(portal: &mut Portal, body: &Value) {
    if let Some(limit) = body["daily"].as_u64() {
        portal.limits.daily_limit = limit;
    }
    if let Some(used) = body["used_today"].as_u64() {
        portal.limits.used_today = used;
    }
    if let Some(limit) = body.get("search_body") {
        portal.search_body_limit = limit.as_u64().and_then(|limit| usize::try_from(limit).ok());
    }
}

fn add_owner(portal: &mut Portal, body: &Value) -> Option<Reply> {
    let email = body["email"].as_str()?.to_lowercase();
    let id = portal
        .owners
        .iter()
        .map(|owner| owner.id)
        .max()
        .unwrap_or(40)
        + 1;
    portal.owners.push(Owner {
        id,
        user_id: id + 9_000,
        email,
        first_name: body["firstName"].as_str().unwrap_or_default().to_owned(),
        last_name: body["lastName"].as_str().unwrap_or_default().to_owned(),
        archived: body["archived"].as_bool().unwrap_or(false),
    });
    Some(Reply::json(200, json!({"id": id.to_string()})))
}

fn add_label(portal: &mut Portal, body: &Value) -> Option<Reply> {
    let kind = |member: &str| body[member].as_str().and_then(ObjectType::parse);
    let (from, to) = (kind("from")?, kind("to")?);
    Links::default_type(from, to)?;
    let id = FIRST_LABEL_ID + 2 * portal.links.labels.len() as u64;
    let text = body["label"].as_str()?.to_owned();
    portal.links.labels.push(Label {
        from,
        to,
        id,
        opposite: id + 1,
        text,
    });
    Some(Reply::json(200, json!({"typeId": id})))
}

/// Takes a property as the API shows it, read-only flags included; replaces one of that name.
fn put_property(portal: &mut Portal, kind: ObjectType, body: &Value) -> Option<Reply> {
    let mut complete = body.clone();
    if complete.get("groupName").is_none() {
        complete["groupName"] = json!("custom");
    }
    let mut property = parse_new(&complete).ok()?;
    let flags = &body["modificationMetadata"];
    property.read_only_value = flags["readOnlyValue"].as_bool().unwrap_or(false);
    property.read_only_options = flags["readOnlyOptions"].as_bool().unwrap_or(false);
    property.calculated = body["calculated"].as_bool().unwrap_or(false);
    property.read_only_value |= property.calculated;
    let table = portal.table_mut(kind);
    table
        .definitions
        .insert(Arc::clone(&property.name), property);
    table.refresh_unique();
    Some(Reply::empty(204))
}

fn add_option(portal: &mut Portal, kind: ObjectType, name: &str, body: &Value) -> Option<Reply> {
    let property = portal.table_mut(kind).definitions.get_mut(name)?;
    let value = body["value"].as_str()?.to_owned();
    let last = property
        .options
        .iter()
        .map(|option| option.display_order)
        .max()
        .unwrap_or(-1);
    property.options.push(PropertyOption {
        label: body["label"].as_str().unwrap_or(&value).to_owned(),
        value,
        hidden: body["hidden"].as_bool().unwrap_or(false),
        display_order: last + 1,
        description: String::new(),
    });
    Some(Reply::empty(204))
}

/// Records as they are, unchecked and found by searches at once. Unknown properties are refused.
fn seed(portal: &mut Portal, kind: ObjectType, body: &Value) -> Option<Reply> {
    let now = portal.now();
    let mut ids = Vec::new();
    for input in body["inputs"].as_array()? {
        let mut properties = Properties::new();
        for (name, value) in input["properties"].as_object()? {
            let definition = portal.table(kind).definition(name)?;
            properties.insert(Arc::clone(&definition.name), id_text(value));
        }
        let id = portal.new_id();
        let record = Record {
            id,
            created: now,
            updated: now,
            archived: None,
            properties: Arc::new(properties),
        };
        portal.table_mut(kind).store(record, None);
        ids.push(id.to_string());
    }
    Some(Reply::json(200, json!({"ids": ids})))
}

/// All records that are not archived, with every property that has a value.
fn dump(portal: &Portal, kind: ObjectType) -> Reply {
    let live = portal
        .table(kind)
        .records
        .values()
        .filter(|record| record.archived.is_none());
    let results: Vec<Value> = live
        .map(|record| {
            let properties = record.properties.iter();
            let properties: Map<String, Value> = properties
                .map(|(name, value)| (name.to_string(), json!(value)))
                .collect();
            json!({"id": record.id.to_string(), "properties": properties})
        })
        .collect();
    Reply::json(200, json!({"results": results}))
}

fn dump_links(portal: &Portal) -> Reply {
    let results: Vec<Value> = portal
        .links
        .pairs()
        .map(|(from, to, types)| {
            json!({
                "from": {"type": from.0.plural(), "id": from.1.to_string()},
                "to": {"type": to.0.plural(), "id": to.1.to_string()},
                "types": types.iter().map(|given| given.id).collect::<Vec<_>>(),
            })
        })
        .collect();
    Reply::json(200, json!({"results": results}))
}
