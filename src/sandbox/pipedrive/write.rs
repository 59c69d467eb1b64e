//! Making, changing and deleting records of version 2. Every POST makes a record: there is no uniqueness, no
//! upsert and no idempotency key.

use serde_json::{Map, Value, json};

use super::Outcome;
use super::account::Account;
use super::custom;
use super::errors::{self, problem};
use super::field::ADDRESS_PARTS;
use super::firstversion::ACTIVITY_TYPES;
use super::read;
use super::record::{Entity, Values};
use super::shape;
use super::show::{View, show};
use crate::sandbox::wire::{Reply, Request};

/// The body as an object. The answer to anything else is made up.
pub(super) fn body(request: &Request) -> Result<Values, Box<Reply>> {
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(errors::invalid("body", "Expected object")),
    }
}

pub(super) fn create(account: &mut Account, request: &Request, entity: Entity) -> Outcome {
    let body = body(request)?;
    check(account, entity, &body, false)?;
    let open = account.settings.open_deals;
    let deals = account.table(Entity::Deal).all_live().count();
    if entity == Entity::Deal && open.is_some_and(|most| deals >= most) {
        let text = "Couldn't add the deal. Open deals limit reached.";
        return Err(errors::forbidden(text, "feature_capping_deals_limit"));
    }
    let values = merged(account, entity, initial(account, entity), &body);
    let id = account.add(entity, values);
    let added = body.get("add_time").and_then(Value::as_str);
    if let Some(seconds) = added.and_then(shape::seconds)
        && let Some(record) = account.table_mut(entity).any_mut(id)
    {
        record.added = seconds;
    }
    answer(account, entity, id, 1)
}

pub(super) fn change(
    account: &mut Account,
    request: &Request,
    entity: Entity,
    id: &str,
) -> Outcome {
    let record = read::find(account, entity, id)?;
    let (id, values) = (record.id, record.values.clone());
    let body = body(request)?;
    check(account, entity, &body, true)?;
    let values = merged(account, entity, values, &body);
    let changed = account.change(entity, id, values);
    answer(account, entity, id, usize::from(changed))
}

pub(super) fn delete(account: &mut Account, entity: Entity, id: &str) -> Outcome {
    let id = read::find(account, entity, id)?.id;
    account.delete(entity, id);
    let body = json!({"success": true, "data": {"id": id}});
    Ok(Reply::json(200, body).wrote(1))
}

fn answer(account: &Account, entity: Entity, id: u64, rows: usize) -> Outcome {
    let record = account.table(entity).any(id);
    let record = record.ok_or_else(|| errors::not_found_second(entity.singular()))?;
    let data = show(account, entity, record, &View::default());
    let body = json!({"success": true, "data": data});
    Ok(Reply::json(200, body).wrote(rows))
}

/// Members of contact sync come first: they are forbidden, not unknown.
fn check(
    account: &Account,
    entity: Entity,
    body: &Values,
    changes: bool,
) -> Result<(), Box<Reply>> {
    let synced = body.keys().find(|name| shape::is_contact_sync(name));
    if entity == Entity::Person
        && !account.settings.contact_sync
        && let Some(name) = synced
    {
        let text = format!("Contact sync is not enabled: {name} cannot be used");
        return Err(errors::forbidden(&text, "ERR_FORBIDDEN"));
    }
    let mut problems = shape::check(entity, body, changes);
    problems.extend(meaning(account, entity, body, changes));
    if !problems.is_empty() {
        return Err(errors::validation(&problems));
    }
    refuse(account, entity, body)
}

/// The refusals a test asked for.
pub(super) fn refuse(account: &Account, entity: Entity, body: &Values) -> Result<(), Box<Reply>> {
    match account.refusal(entity, body) {
        None => Ok(()),
        Some(refusal) if refusal.status == 403 => {
            Err(errors::forbidden(&refusal.error, &refusal.code))
        }
        Some(refusal) => Err(errors::coded(refusal.status, &refusal.error, &refusal.code)),
    }
}

/// What is wrong with values of the right type. Values of another type were found out already.
fn meaning(account: &Account, entity: Entity, body: &Values, changes: bool) -> Vec<String> {
    let mut problems = Vec::new();
    let required = match entity {
        Entity::Deal => Some("title"),
        Entity::Activity => None,
        _ => Some("name"),
    };
    if let Some(name) = required {
        match body.get(name) {
            None if !changes => problems.push(problem(name, "Required")),
            Some(Value::String(text)) if text.trim().is_empty() => {
                problems.push(problem(name, "Must not be empty"));
            }
            _ => {}
        }
    }
    for (name, value) in body {
        let number = value.as_u64();
        let good = match name.as_str() {
            "owner_id" => number.is_none_or(|id| account.is_user(id)),
            "org_id" => number.is_none_or(|id| account.live(Entity::Organization, id).is_some()),
            "person_id" => number.is_none_or(|id| account.live(Entity::Person, id).is_some()),
            "deal_id" => number.is_none_or(|id| account.live(Entity::Deal, id).is_some()),
            "lead_id" => value.as_str().is_none_or(|id| account.lead(id).is_some()),
            "visible_to" => number.is_none_or(|group| matches!(group, 1 | 3 | 5 | 7)),
            "industry" => number.is_none_or(|id| is_choice(account, entity, name, id)),
            "status" => value
                .as_str()
                .is_none_or(|status| matches!(status, "open" | "won" | "lost" | "deleted")),
            "type" => value.as_str().is_none_or(is_activity_type),
            _ => true,
        };
        if !good {
            problems.push(problem(name, &format!("{value} does not exist")));
        }
    }
    let items = |name: &str| {
        body.get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    for id in items("label_ids").filter_map(Value::as_u64) {
        if !is_choice(account, entity, "label_ids", id) {
            problems.push(problem(
                "label_ids",
                &format!("Option '{id}' does not exist"),
            ));
        }
    }
    for id in items("participants").filter_map(|one| one["person_id"].as_u64()) {
        if account.live(Entity::Person, id).is_none() {
            problems.push(problem(
                "participants",
                &format!("Person {id} does not exist"),
            ));
        }
    }
    if let Some(Value::Object(given)) = body.get("custom_fields") {
        problems.extend(custom::check(account, entity, given, "custom_fields."));
    }
    problems
}

fn is_choice(account: &Account, entity: Entity, code: &str, id: u64) -> bool {
    let field = account.field(entity, code);
    field.is_some_and(|field| field.choice(id).is_some())
}

fn is_activity_type(name: &str) -> bool {
    ACTIVITY_TYPES.iter().any(|(key, _)| *key == name)
}

/// What a record has before the request's values are put in.
pub(super) fn initial(account: &Account, entity: Entity) -> Values {
    let user = account.user_id;
    let values = match entity {
        Entity::Person => json!({
            "owner_id": user, "emails": [], "phones": [], "visible_to": 3, "label_ids": [],
            "custom_fields": {},
        }),
        Entity::Organization => json!({
            "owner_id": user, "visible_to": 3, "label_ids": [], "custom_fields": {},
        }),
        Entity::Deal => json!({
            "owner_id": user, "creator_user_id": user, "visible_to": 3, "label_ids": [],
            "custom_fields": {}, "pipeline_id": 1, "stage_id": 1, "status": "open", "value": 0,
            "currency": "EUR", "is_archived": false, "origin": "API",
        }),
        Entity::Activity => json!({
            "owner_id": user, "creator_user_id": user, "type": "call", "subject": "Call",
            "done": false, "busy": false, "participants": [],
        }),
        Entity::Lead => json!({
            "owner_id": user, "creator_id": user, "label_ids": [], "visible_to": "3",
            "is_archived": false, "was_seen": false,
        }),
        Entity::Note => json!({"user_id": user}),
    };
    match values {
        Value::Object(values) => values,
        _ => Values::new(),
    }
}

/// The values after a write. Lists and addresses are replaced as a whole, custom fields one by one.
fn merged(account: &Account, entity: Entity, mut values: Values, body: &Values) -> Values {
    for (name, value) in body {
        let value = match name.as_str() {
            "add_time" | "is_deleted" => continue,
            "custom_fields" => custom_values(values.get(name), value),
            "emails" | "phones" | "im" => channels(value),
            "address" | "postal_address" | "location" => address(value),
            _ => value.clone(),
        };
        values.insert(name.clone(), value);
    }
    if entity == Entity::Activity {
        let people = body.get("participants").and_then(Value::as_array);
        if let Some(people) = people {
            let main = people.iter().find(|one| one["primary"] == true);
            let main = main.or_else(|| people.first());
            let id = main.map(|one| one["person_id"].clone());
            values.insert("person_id".to_owned(), json!(id));
        }
        if body.get("done") == Some(&json!(true)) {
            let now = json!(Account::time(account.now()));
            values.insert("marked_as_done_time".to_owned(), now);
        }
    }
    values
}

fn custom_values(old: Option<&Value>, given: &Value) -> Value {
    let mut values = old.and_then(Value::as_object).cloned().unwrap_or_default();
    for (code, value) in given.as_object().into_iter().flatten() {
        match value {
            Value::Null => drop(values.remove(code)),
            value => drop(values.insert(code.clone(), value.clone())),
        }
    }
    Value::Object(values)
}

/// One is the first. What is left out is filled in; how, is from memory.
fn channels(given: &Value) -> Value {
    let items = given.as_array().map(Vec::as_slice).unwrap_or_default();
    let main = items.iter().position(|item| item["primary"] == true);
    let main = main.unwrap_or(0);
    let filled = items.iter().enumerate().map(|(position, item)| {
        let label = item.get("label").cloned().unwrap_or_else(|| json!("work"));
        json!({"value": item["value"], "primary": position == main, "label": label})
    });
    filled.collect()
}

fn address(given: &Value) -> Value {
    let mut whole = Map::new();
    for part in ["value"].iter().chain(&ADDRESS_PARTS) {
        let value = given.get(part).cloned().unwrap_or_default();
        whole.insert((*part).to_owned(), value);
    }
    Value::Object(whole)
}
