//! Filters (version 1) and what they let through. At most 16 conditions, in one group glued with `and` and one
//! glued with `or` (OpenAPI, `addFilter`).

use serde_json::{Value, json};

use super::Outcome;
use super::account::Account;
use super::errors;
use super::field::Field;
use super::record::{Entity, Record, Values};
use crate::sandbox::wire::{Reply, Request};

const MOST_CONDITIONS: usize = 16;
const TYPES: [&str; 7] = [
    "deals", "leads", "org", "people", "products", "activity", "projects",
];
const OPERATORS: [&str; 11] = [
    "IS NOT NULL",
    "IS NULL",
    "<=",
    ">=",
    "<",
    ">",
    "!=",
    "=",
    "LIKE '$%'",
    "LIKE '%$%'",
    "NOT LIKE '$%'",
];

pub(super) fn serve(account: &mut Account, request: &Request, rest: &[&str]) -> Outcome {
    let method = request.method.as_str();
    let data = match (method, rest) {
        ("GET", []) => {
            let wanted = request.parameter("type");
            let filters = account.filters.values();
            let filters =
                filters.filter(|filter| wanted.as_ref().is_none_or(|kind| filter["type"] == *kind));
            let listed = filters.map(|filter| {
                let mut filter = filter.clone();
                if let Some(filter) = filter.as_object_mut() {
                    filter.remove("conditions");
                }
                filter
            });
            listed.collect()
        }
        ("POST", []) => return save(account, request, None),
        ("DELETE", []) => {
            let ids = request.parameters("ids");
            let ids: Vec<u64> = ids.iter().filter_map(|id| id.parse().ok()).collect();
            account.filters.retain(|id, _| !ids.contains(id));
            json!({"id": ids})
        }
        (_, [id]) => {
            let id = id
                .parse()
                .ok()
                .filter(|id| account.filters.contains_key(id));
            let id = id.ok_or_else(|| errors::not_found_first("filter"))?;
            match method {
                "GET" => with_codes(account, request, account.filters[&id].clone()),
                "PUT" => return save(account, request, Some(id)),
                "DELETE" => {
                    account.filters.remove(&id);
                    json!({"id": id})
                }
                _ => return Err(errors::unavailable(405)),
            }
        }
        _ => return Err(errors::unavailable(404)),
    };
    Ok(Reply::json(200, json!({"success": true, "data": data})).whole())
}

/// Makes a filter or gives one other conditions. Texts of refusals are made up.
fn save(account: &mut Account, request: &Request, id: Option<u64>) -> Outcome {
    let body: Values = serde_json::from_slice(&request.body).unwrap_or_default();
    let old = id.and_then(|id| account.filters.get(&id).cloned());
    let name = body
        .get("name")
        .or_else(|| old.as_ref().map(|old| &old["name"]));
    let name = name
        .cloned()
        .ok_or_else(|| errors::bad_request("Name must be given."))?;
    let kind = body.get("type").and_then(Value::as_str);
    let kind = old.as_ref().map_or(kind, |old| old["type"].as_str());
    let kind = kind.filter(|kind| TYPES.contains(kind)).map(str::to_owned);
    let kind = kind.ok_or_else(|| errors::bad_request("Type must be given."))?;
    let conditions = body.get("conditions").cloned().unwrap_or_default();
    let conditions = checked(account, conditions).map_err(|text| errors::bad_request(&text))?;
    let id = id.unwrap_or_else(|| account.new_number());
    let now = account.first_version_time(account.now());
    let added = old.map_or_else(|| json!(now), |old| old["add_time"].clone());
    let filter = json!({
        "id": id,
        "name": name,
        "filter_code": null,
        "is_editable": true,
        "active_flag": true,
        "type": kind,
        "temporary_flag": null,
        "user_id": account.user_id,
        "add_time": added,
        "update_time": now,
        "visible_to": "1",
        "last_used_time": null,
        "custom_view_id": null,
        "conditions": conditions,
    });
    account.filters.insert(id, filter.clone());
    let data = with_codes(account, request, filter);
    Ok(Reply::json(200, json!({"success": true, "data": data})))
}

fn checked(account: &Account, mut conditions: Value) -> Result<Value, String> {
    let text = "Conditions must be one group glued with and that holds one group glued with and \
                and one glued with or.";
    let groups = conditions["conditions"].as_array();
    let glues: Vec<&Value> = groups
        .into_iter()
        .flatten()
        .map(|group| &group["glue"])
        .collect();
    let good = conditions["glue"] == "and"
        && glues.len() == 2
        && glues.contains(&&json!("and"))
        && glues.contains(&&json!("or"));
    if !good {
        return Err(text.to_owned());
    }
    let mut count = 0;
    let groups = conditions["conditions"].as_array_mut();
    for group in groups.into_iter().flatten() {
        let conditions = group["conditions"].as_array_mut();
        for condition in conditions.ok_or(text)? {
            check_condition(account, condition)?;
            condition["field_id"] = json!(field_number(condition).unwrap_or_default().to_string());
            condition["json_value_flag"] = json!(false);
            count += 1;
        }
    }
    if count > MOST_CONDITIONS {
        return Err(format!(
            "A maximum of {MOST_CONDITIONS} conditions is allowed per filter."
        ));
    }
    Ok(conditions)
}

/// Numbers come as such or as text.
fn field_number(condition: &Value) -> Option<u64> {
    let field = &condition["field_id"];
    field.as_u64().or_else(|| field.as_str()?.parse().ok())
}

fn field_of<'a>(account: &'a Account, condition: &Value) -> Option<(Entity, &'a Field)> {
    let entity = Entity::named(condition["object"].as_str()?)?;
    let number = field_number(condition)?;
    let mut fields = account.fields(entity).iter();
    Some((entity, fields.find(|field| field.id == number)?))
}

fn check_condition(account: &Account, condition: &Value) -> Result<(), String> {
    let operator = condition["operator"].as_str().unwrap_or_default();
    if !OPERATORS.contains(&operator) {
        return Err(format!("Unknown operator: {}.", condition["operator"]));
    }
    match field_of(account, condition) {
        Some(_) => Ok(()),
        None => Err(format!("Unknown field: {}.", condition["field_id"])),
    }
}

fn with_codes(account: &Account, request: &Request, mut filter: Value) -> Value {
    if request.parameter("include_field_code").as_deref() != Some("true") {
        return filter;
    }
    let groups = filter["conditions"]["conditions"].as_array_mut();
    for group in groups.into_iter().flatten() {
        for condition in group["conditions"].as_array_mut().into_iter().flatten() {
            let code = field_of(account, condition).map(|(_, field)| field.code.clone());
            condition["field_code"] = json!(code);
        }
    }
    filter
}

/// Whether a filter lets a record through. It reads records themselves, not the search index.
pub(super) fn fits(account: &Account, filter: &Value, entity: Entity, record: &Record) -> bool {
    let kind = match entity {
        Entity::Person => "people",
        Entity::Organization => "org",
        Entity::Activity => "activity",
        other => other.plural(),
    };
    let groups = filter["conditions"]["conditions"].as_array();
    filter["type"] == kind
        && groups.into_iter().flatten().all(|group| {
            let conditions = group["conditions"].as_array();
            let mut conditions = conditions.into_iter().flatten().peekable();
            let mut holds = |condition: &Value| holds(account, condition, entity, record);
            match group["glue"] == "or" {
                _ if conditions.peek().is_none() => true,
                true => conditions.any(&mut holds),
                false => conditions.all(&mut holds),
            }
        })
}

fn holds(account: &Account, condition: &Value, entity: Entity, record: &Record) -> bool {
    // The field may have been deleted since.
    let Some((object, field)) = field_of(account, condition) else {
        return false;
    };
    let other = match object {
        _ if object == entity => Some(record),
        Entity::Organization => record
            .number("org_id")
            .and_then(|id| account.live(object, id)),
        Entity::Person => record
            .number("person_id")
            .and_then(|id| account.live(object, id)),
        _ => None,
    };
    let values = other
        .map(|other| values_of(other, field))
        .unwrap_or_default();
    let wanted = match &condition["value"] {
        Value::String(text) => text.trim().to_lowercase(),
        value => value.to_string(),
    };
    let any = |test: &dyn Fn(&str) -> bool| values.iter().any(|value| test(value));
    let ordering = |value: &str| match (value.parse::<f64>(), wanted.parse::<f64>()) {
        (Ok(own), Ok(wanted)) => own.total_cmp(&wanted),
        _ => value.cmp(wanted.as_str()),
    };
    match condition["operator"].as_str().unwrap_or_default() {
        "IS NULL" => values.is_empty(),
        "IS NOT NULL" => !values.is_empty(),
        "=" => any(&|value| value == wanted),
        "!=" => !any(&|value| value == wanted),
        "<" => any(&|value| ordering(value).is_lt()),
        "<=" => any(&|value| ordering(value).is_le()),
        ">" => any(&|value| ordering(value).is_gt()),
        ">=" => any(&|value| ordering(value).is_ge()),
        "LIKE '$%'" => any(&|value| value.starts_with(&wanted)),
        "LIKE '%$%'" => any(&|value| value.contains(&wanted)),
        _ => !any(&|value| value.starts_with(&wanted)),
    }
}

/// In lower case, without blanks around.
fn values_of(record: &Record, field: &Field) -> Vec<String> {
    let texts: Vec<String> = match field.code.as_str() {
        "email" => record.channels("emails").map(str::to_owned).collect(),
        "phone" => record.channels("phones").map(str::to_owned).collect(),
        "id" => vec![record.id.to_string()],
        "add_time" => vec![Account::time(record.added)],
        "update_time" => vec![Account::time(record.updated)],
        code => {
            let custom = record.get("custom_fields").get(code);
            let value = record.values.get(code).or(custom);
            flat(value.unwrap_or(&Value::Null))
        }
    };
    let texts = texts.iter().map(|text| text.trim().to_lowercase());
    texts.filter(|text| !text.is_empty()).collect()
}

fn flat(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        Value::Object(parts) => flat(parts.get("value").unwrap_or(&Value::Null)),
        other => vec![other.to_string()],
    }
}
