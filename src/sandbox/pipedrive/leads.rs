//! Leads of the Leads Inbox (version 1). They have the custom fields of deals, at the top level. Texts of
//! refusals are made up, but for the one of a lead that is not there.

use serde_json::{Map, Value, json};

use super::Outcome;
use super::account::Account;
use super::custom;
use super::errors;
use super::firstversion::{body, page};
use super::record::{Entity, Record, Values};
use super::shape::{self, Shape};
use super::write;
use crate::sandbox::wire::{Reply, Request};

/// Members of a body with their types; those of `true` may be `null`.
const MEMBERS: [(&str, Shape, bool); 13] = [
    ("title", Shape::Text(255), false),
    ("owner_id", Shape::Integer, false),
    ("label_ids", Shape::Text(0), false),
    ("person_id", Shape::Integer, true),
    ("organization_id", Shape::Integer, true),
    ("value", Shape::Object, true),
    ("expected_close_date", Shape::Date, true),
    ("visible_to", Shape::Text(1), false),
    ("was_seen", Shape::Boolean, false),
    ("is_archived", Shape::Boolean, false),
    ("origin_id", Shape::Text(255), true),
    ("channel", Shape::Integer, true),
    ("channel_id", Shape::Text(255), true),
];

pub(super) fn serve(account: &mut Account, request: &Request, rest: &[&str]) -> Outcome {
    match (request.method.as_str(), rest) {
        ("GET", []) => many(account, request),
        ("POST", []) => create(account, request),
        ("GET", [id]) => one(account, find(account, id)?.id, 200, 0),
        ("PATCH", [id]) => change(account, request, id),
        ("DELETE", [id]) => {
            let number = find(account, id)?.id;
            account.delete(Entity::Lead, number);
            let body = json!({"success": true, "data": {"id": id}});
            Ok(Reply::json(200, body).wrote(1))
        }
        (_, [] | [_]) => Err(errors::unavailable(405)),
        _ => Err(errors::unavailable(404)),
    }
}

fn find<'a>(account: &'a Account, id: &str) -> Result<&'a Record, Box<Reply>> {
    account
        .lead(id)
        .ok_or_else(|| errors::not_found_first("lead"))
}

fn one(account: &Account, id: u64, status: u16, rows: usize) -> Outcome {
    let record = account.live(Entity::Lead, id);
    let record = record.ok_or_else(|| errors::not_found_first("lead"))?;
    let body = json!({"success": true, "data": show(account, record)});
    Ok(Reply::json(status, body).wrote(rows))
}

/// Leads that are not archived, oldest first.
fn many(account: &Account, request: &Request) -> Outcome {
    let since = request.parameter("updated_since");
    let since = since.and_then(|text| shape::seconds(&text));
    let links = ["owner_id", "person_id", "organization_id"];
    let links = links.map(|name| (name, request.parameter(name)));
    let leads = account.table(Entity::Lead).all_live();
    let leads = leads.filter(|lead| {
        let linked = links
            .iter()
            .all(|(name, id)| id.as_ref().is_none_or(|id| lead.is_linked(name, id)));
        let archived = lead.get("is_archived") == &json!(true);
        linked && !archived && since.is_none_or(|since| lead.updated >= since)
    });
    let rows = leads.map(|lead| show(account, lead)).collect();
    Ok(page(account, request, rows))
}

fn create(account: &mut Account, request: &Request) -> Outcome {
    let body = body(request);
    if body.get("title").is_none() {
        return Err(errors::bad_request("Title must be given."));
    }
    check(account, &body)?;
    let mut values = write::initial(account, Entity::Lead);
    apply(&mut values, body);
    linked(&values)?;
    let id = account.add(Entity::Lead, values);
    one(account, id, 201, 1)
}

fn change(account: &mut Account, request: &Request, id: &str) -> Outcome {
    let lead = find(account, id)?;
    let (id, mut values) = (lead.id, lead.values.clone());
    let body = body(request);
    // "origin_id" cannot be changed (OpenAPI, `updateLead`).
    if body.contains_key("origin_id") {
        return Err(errors::bad_request("\"origin_id\" is not allowed"));
    }
    check(account, &body)?;
    apply(&mut values, body);
    linked(&values)?;
    let changed = account.change(Entity::Lead, id, values);
    one(account, id, 200, usize::from(changed))
}

fn apply(values: &mut Values, body: Values) {
    for (name, value) in body {
        match value {
            Value::Null => drop(values.remove(&name)),
            value => drop(values.insert(name, value)),
        }
    }
}

fn linked(values: &Values) -> Result<(), Box<Reply>> {
    let linked = ["person_id", "organization_id"];
    if linked.iter().any(|name| values.contains_key(*name)) {
        return Ok(());
    }
    let text = "A lead must be linked to a person or an organization.";
    Err(errors::bad_request(text))
}

fn check(account: &Account, body: &Values) -> Result<(), Box<Reply>> {
    let mut own = Map::new();
    for (name, value) in body {
        let Some((_, shape, nullable)) = MEMBERS.iter().find(|(known, ..)| known == name) else {
            own.insert(name.clone(), value.clone());
            continue;
        };
        let wrong = match (name.as_str(), value) {
            (_, Value::Null) if *nullable => None,
            ("label_ids", value) => label_fault(account, value),
            ("value", Value::Object(money)) => {
                let good = money.get("amount").is_some_and(Value::is_number)
                    && money.get("currency").is_some_and(Value::is_string);
                (!good).then(|| "value: amount and currency are required".to_owned())
            }
            _ => shape::fault(name, value, *shape),
        };
        if let Some(text) = wrong {
            return Err(errors::bad_request(&text));
        }
    }
    if let Some(text) = custom::check(account, Entity::Lead, &own, "").first() {
        return Err(errors::bad_request(text));
    }
    let links = [
        ("person_id", Entity::Person),
        ("organization_id", Entity::Organization),
    ];
    for (name, entity) in links {
        let id = body.get(name).and_then(Value::as_u64);
        if id.is_some_and(|id| account.live(entity, id).is_none()) {
            return Err(errors::not_found_first(entity.singular()));
        }
    }
    let owner = body.get("owner_id").and_then(Value::as_u64);
    if owner.is_some_and(|id| !account.is_user(id)) {
        return Err(errors::not_found_first("user"));
    }
    write::refuse(account, Entity::Lead, body)
}

fn label_fault(account: &Account, value: &Value) -> Option<String> {
    let known = |id: &Value| account.lead_labels.iter().any(|label| label["id"] == *id);
    let ids = value.as_array();
    let good = ids.is_some_and(|ids| ids.iter().all(known));
    (!good).then(|| "label_ids: must be ids of lead labels".to_owned())
}

fn show(account: &Account, lead: &Record) -> Value {
    let mut shown = Map::new();
    shown.insert("id".to_owned(), lead.get("id").clone());
    shown.insert("creator_id".to_owned(), lead.get("creator_id").clone());
    for (name, ..) in MEMBERS {
        shown.insert(name.to_owned(), lead.get(name).clone());
    }
    let made = json!({
        "source_name": "API",
        "origin": "API",
        "next_activity_id": null,
        "add_time": account.lead_time(lead.added),
        "update_time": account.lead_time(lead.updated),
        "cc_email": format!("{}+lead{}@pipedrivemail.com", account.company.domain, lead.id),
    });
    if let Value::Object(made) = made {
        shown.extend(made);
    }
    for field in account
        .fields(Entity::Deal)
        .iter()
        .filter(|field| field.custom)
    {
        if let Some(value) = lead.values.get(&field.code) {
            shown.insert(field.code.clone(), value.clone());
        }
    }
    Value::Object(shown)
}
