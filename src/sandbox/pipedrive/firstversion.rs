//! What is left of version 1: users, labels and sources of leads, types of activities, merging. The rest of it
//! is served no more since 2026-08-01 (fact sheet, section 1).

use serde_json::{Map, Value, json};

use super::Outcome;
use super::account::Account;
use super::errors;
use super::record::{Entity, Record, Values};
use super::show::split_name;
use super::{filters, leads, notes};
use crate::sandbox::wire::{Reply, Request};

/// `key_string` and name of the types every account has.
pub(super) const ACTIVITY_TYPES: [(&str, &str); 6] = [
    ("call", "Call"),
    ("meeting", "Meeting"),
    ("task", "Task"),
    ("deadline", "Deadline"),
    ("email", "Email"),
    ("lunch", "Lunch"),
];

const SOURCES: [&str; 10] = [
    "Manually created",
    "Deal",
    "Web forms",
    "Prospector",
    "Leadbooster",
    "Live chat",
    "Import",
    "Website visitors",
    "Workflow automation",
    "API",
];

const COLORS: [&str; 10] = [
    "blue",
    "brown",
    "dark-gray",
    "gray",
    "green",
    "orange",
    "pink",
    "purple",
    "red",
    "yellow",
];

pub(super) fn serve(account: &mut Account, request: &Request, parts: &[&str]) -> Outcome {
    match (request.method.as_str(), parts) {
        ("GET", ["users", "me"]) => Ok(good(&me(account))),
        ("GET", ["users"]) => Ok(good(&json!(account.users))),
        ("GET", ["activityTypes"]) => Ok(good(&activity_types(account))),
        ("GET", ["leadLabels"]) => Ok(good(&json!(account.lead_labels))),
        ("POST", ["leadLabels"]) => add_label(account, request),
        ("GET", ["leadSources"]) => {
            let sources = SOURCES.iter().map(|name| json!({"name": name}));
            Ok(good(&sources.collect::<Value>()))
        }
        ("GET", ["leadFields"]) => {
            let fields = account.fields(Entity::Deal).iter().enumerate();
            Ok(good(
                &fields
                    .map(|(place, field)| field.to_first_version(place))
                    .collect(),
            ))
        }
        (_, ["filters", rest @ ..]) => filters::serve(account, request, rest),
        (_, ["leads", rest @ ..]) => leads::serve(account, request, rest),
        (_, ["notes", rest @ ..]) => notes::serve(account, request, rest),
        ("PUT", ["persons", id, "merge"]) => merge(account, request, Entity::Person, id),
        ("PUT", ["organizations", id, "merge"]) => {
            merge(account, request, Entity::Organization, id)
        }
        (
            _,
            ["users" | "activityTypes" | "leadLabels" | "leadSources" | "leadFields"]
            | ["persons" | "organizations", _, "merge"],
        ) => Err(errors::unavailable(405)),
        (
            _,
            [
                "persons" | "organizations" | "deals" | "activities" | "personFields"
                | "organizationFields" | "dealFields" | "activityFields" | "itemSearch"
                | "pipelines" | "stages" | "products",
                ..,
            ],
        ) => Err(errors::unavailable(410)),
        _ => Err(errors::unavailable(404)),
    }
}

/// Lists are an answer as a whole: who misses a row has been lied to.
fn good(data: &Value) -> Reply {
    Reply::json(200, json!({"success": true, "data": data})).whole()
}

fn me(account: &Account) -> Value {
    let mut users = account.users.iter();
    let user = users.find(|user| user["id"] == account.user_id);
    let mut me = user.cloned().unwrap_or_default();
    let company = &account.company;
    me["company_id"] = json!(company.id);
    me["company_name"] = json!(company.name);
    me["company_domain"] = json!(company.domain);
    me["company_country"] = json!("EE");
    me["company_industry"] = json!("Events");
    me["language"] = json!({"language_code": "en", "country_code": "GB"});
    me
}

fn activity_types(account: &Account) -> Value {
    let now = account.first_version_time(account.now());
    let types = ACTIVITY_TYPES.iter().enumerate();
    types
        .map(|(place, (key, name))| {
            json!({
                "id": place + 1,
                "order_nr": place + 1,
                "name": name,
                "key_string": key,
                "icon_key": key,
                "active_flag": true,
                "color": null,
                "is_custom_flag": false,
                "add_time": now,
                "update_time": now,
            })
        })
        .collect()
}

fn add_label(account: &mut Account, request: &Request) -> Outcome {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let name = body["name"].as_str().filter(|name| !name.trim().is_empty());
    let name = name.ok_or_else(|| errors::bad_request("Name must be given."))?;
    let color = body["color"]
        .as_str()
        .filter(|color| COLORS.contains(color));
    let color = color.ok_or_else(|| errors::bad_request("Color must be given."))?;
    let label = account.add_lead_label(name, color);
    Ok(good(&label))
}

/// The record named in the body survives; the one in the path is gone.
fn merge(account: &mut Account, request: &Request, entity: Entity, id: &str) -> Outcome {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let loser: u64 = id.parse().unwrap_or_default();
    let winner = body["merge_with_id"].as_u64().unwrap_or_default();
    if loser == winner || join(account, entity, loser, winner).is_none() {
        return Err(errors::not_found_first(entity.singular()));
    }
    let record = account.live(entity, winner);
    let record = record.ok_or_else(|| errors::not_found_first(entity.singular()))?;
    let data = match entity {
        Entity::Person => first_version_person(account, record, loser),
        _ => json!({"id": winner}),
    };
    Ok(good(&data).wrote(2))
}

/// Empty values of the winner are filled, addresses and labels added, everything that hung on the loser hangs
/// on the winner.
pub(super) fn join(account: &mut Account, entity: Entity, loser: u64, winner: u64) -> Option<()> {
    let lost = account.live(entity, loser)?.values.clone();
    let mut values = account.live(entity, winner)?.values.clone();
    for (name, value) in lost {
        let slot = values.entry(name).or_insert(Value::Null);
        match (slot, value) {
            (slot @ Value::Null, value) => *slot = value,
            (Value::Array(own), Value::Array(more)) => add_missing(own, more),
            (Value::Object(own), Value::Object(more)) => {
                for (name, value) in more {
                    own.entry(name).or_insert(value);
                }
            }
            _ => {}
        }
    }
    account.change(entity, winner, values);
    account.delete(entity, loser)?;
    let names: &[&str] = match entity {
        Entity::Person => &["person_id"],
        _ => &["org_id", "organization_id"],
    };
    for other in Entity::ALL {
        for record in account.table_mut(other).all_mut() {
            for name in names {
                if record.number(name) == Some(loser) {
                    record.values.insert((*name).to_owned(), json!(winner));
                }
            }
        }
    }
    Some(())
}

/// Addresses are the same if their values are, whatever label they carry.
fn add_missing(own: &mut Vec<Value>, more: Vec<Value>) {
    for mut item in more {
        let same = |other: &Value| match item.get("value") {
            Some(value) => other.get("value") == Some(value),
            None => *other == item,
        };
        if own.iter().any(same) {
            continue;
        }
        if let Some(item) = item.as_object_mut().filter(|_| !own.is_empty()) {
            item.insert("primary".to_owned(), json!(false));
        }
        own.push(item);
    }
}

/// Version 1's form of a person, of which only the merge still makes use.
fn first_version_person(account: &Account, person: &Record, merged: u64) -> Value {
    let name = person.text("name").unwrap_or_default();
    let (first, last) = split_name(name);
    json!({
        "id": person.id,
        "company_id": account.company.id,
        "owner_id": person.get("owner_id"),
        "org_id": person.get("org_id"),
        "name": name,
        "first_name": first,
        "last_name": last,
        "active_flag": true,
        "phone": person.get("phones"),
        "email": person.get("emails"),
        "update_time": account.first_version_time(person.updated),
        "add_time": account.first_version_time(person.added),
        "visible_to": person.get("visible_to").to_string(),
        "label_ids": person.get("label_ids"),
        "merge_what_id": merged,
    })
}

/// The body as an object; version 1 takes anything else for an empty one.
pub(super) fn body(request: &Request) -> Values {
    serde_json::from_slice(&request.body).unwrap_or_default()
}

/// `start` and `limit` of version 1's lists.
pub(super) fn page(account: &Account, request: &Request, rows: Vec<Value>) -> Reply {
    let number = |name: &str, otherwise: usize| {
        let given = request.parameter(name);
        given
            .and_then(|text| text.parse().ok())
            .unwrap_or(otherwise)
    };
    let most = account.options.page_size.unwrap_or(500);
    let (start, limit) = (
        number("start", 0),
        number("limit", 100).clamp(1, 500).min(most),
    );
    let more = rows.len() > start + limit;
    let mut pagination = json!({"start": start, "limit": limit, "more_items_in_collection": more});
    if more {
        pagination["next_start"] = json!(start + limit);
    }
    let data: Vec<Value> = rows.into_iter().skip(start).take(limit).collect();
    let additional = Map::from_iter([("pagination".to_owned(), pagination)]);
    Reply::json(
        200,
        json!({"success": true, "data": data, "additional_data": additional}),
    )
    .whole()
}
