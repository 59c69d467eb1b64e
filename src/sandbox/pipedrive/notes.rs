//! Notes (version 1). Unknown members of a body are ignored; texts of refusals are made up.

use serde_json::{Value, json};

use super::Outcome;
use super::account::Account;
use super::errors;
use super::firstversion::{body, page};
use super::record::{Entity, Record, Values};
use super::shape;
use super::write;
use crate::sandbox::wire::{Reply, Request};

const LINKS: [(&str, Entity); 3] = [
    ("person_id", Entity::Person),
    ("org_id", Entity::Organization),
    ("deal_id", Entity::Deal),
];

const PINS: [&str; 5] = [
    "pinned_to_lead_flag",
    "pinned_to_deal_flag",
    "pinned_to_organization_flag",
    "pinned_to_person_flag",
    "pinned_to_project_flag",
];

pub(super) fn serve(account: &mut Account, request: &Request, rest: &[&str]) -> Outcome {
    match (request.method.as_str(), rest) {
        ("GET", []) => many(account, request),
        ("POST", []) => create(account, request),
        ("GET", [id]) => one(account, find(account, id)?.id, 0),
        ("PUT", [id]) => change(account, request, id),
        ("DELETE", [id]) => {
            let id = find(account, id)?.id;
            account.delete(Entity::Note, id);
            Ok(Reply::json(200, json!({"success": true, "data": true})).wrote(1))
        }
        (_, [] | [_]) => Err(errors::unavailable(405)),
        _ => Err(errors::unavailable(404)),
    }
}

fn find<'a>(account: &'a Account, id: &str) -> Result<&'a Record, Box<Reply>> {
    let note = id
        .parse()
        .ok()
        .and_then(|id| account.live(Entity::Note, id));
    note.ok_or_else(|| errors::not_found_first("note"))
}

fn one(account: &Account, id: u64, rows: usize) -> Outcome {
    let note = account.live(Entity::Note, id);
    let note = note.ok_or_else(|| errors::not_found_first("note"))?;
    let body = json!({"success": true, "data": show(account, note)});
    Ok(Reply::json(200, body).wrote(rows))
}

fn many(account: &Account, request: &Request) -> Outcome {
    let since = request.parameter("updated_since");
    let since = since.and_then(|text| shape::seconds(&text));
    let links = ["user_id", "person_id", "org_id", "deal_id"];
    let links = links.map(|name| (name, request.parameter(name)));
    let lead = request.parameter("lead_id");
    let notes = account.table(Entity::Note).all_live().filter(|note| {
        let linked = links
            .iter()
            .all(|(name, id)| id.as_ref().is_none_or(|id| note.is_linked(name, id)));
        let of_lead = lead.is_none() || note.text("lead_id") == lead.as_deref();
        linked && of_lead && since.is_none_or(|since| note.updated >= since)
    });
    let rows = notes.map(|note| show(account, note)).collect();
    Ok(page(account, request, rows))
}

fn create(account: &mut Account, request: &Request) -> Outcome {
    let body = body(request);
    if body.get("content").is_none() {
        return Err(errors::bad_request("Content must be given."));
    }
    check(account, &body)?;
    let mut values = write::initial(account, Entity::Note);
    apply(&mut values, &body);
    linked(&values)?;
    let id = account.add(Entity::Note, values);
    let added = body
        .get("add_time")
        .and_then(Value::as_str)
        .and_then(first_version_seconds);
    if let (Some(seconds), Some(note)) = (added, account.table_mut(Entity::Note).any_mut(id)) {
        note.added = seconds;
    }
    one(account, id, 1)
}

/// `YYYY-MM-DD HH:MM:SS` in UTC.
fn first_version_seconds(text: &str) -> Option<i64> {
    shape::seconds(&format!("{}Z", text.replacen(' ', "T", 1)))
}

fn change(account: &mut Account, request: &Request, id: &str) -> Outcome {
    let note = find(account, id)?;
    let (id, mut values) = (note.id, note.values.clone());
    let body = body(request);
    check(account, &body)?;
    apply(&mut values, &body);
    linked(&values)?;
    let changed = account.change(Entity::Note, id, values);
    one(account, id, usize::from(changed))
}

fn apply(values: &mut Values, body: &Values) {
    let names = ["content", "lead_id", "user_id"].into_iter();
    let names = names.chain(LINKS.map(|(name, _)| name)).chain(PINS);
    for name in names {
        if let Some(value) = body.get(name) {
            values.insert(name.to_owned(), value.clone());
        }
    }
}

fn linked(values: &Values) -> Result<(), Box<Reply>> {
    let lead = values.get("lead_id").is_some_and(Value::is_string);
    let number = |name| values.get(name).is_some_and(Value::is_u64);
    if lead || LINKS.iter().any(|(name, _)| number(*name)) {
        return Ok(());
    }
    let text = "One of person_id, org_id, deal_id or lead_id must be given.";
    Err(errors::bad_request(text))
}

fn check(account: &Account, body: &Values) -> Result<(), Box<Reply>> {
    let content = body.get("content");
    if content.is_some_and(|content| content.as_str().is_none_or(str::is_empty)) {
        return Err(errors::bad_request("Content must be given."));
    }
    for (name, entity) in LINKS {
        let Some(value) = body.get(name).filter(|value| !value.is_null()) else {
            continue;
        };
        let known = value.as_u64().and_then(|id| account.live(entity, id));
        if known.is_none() {
            return Err(errors::not_found_first(entity.singular()));
        }
    }
    let lead = body.get("lead_id").and_then(Value::as_str);
    if lead.is_some_and(|id| account.lead(id).is_none()) {
        return Err(errors::not_found_first("lead"));
    }
    let added = body.get("add_time").filter(|value| !value.is_null());
    let good = |value: &Value| value.as_str().and_then(first_version_seconds).is_some();
    if added.is_some_and(|value| !good(value)) {
        return Err(errors::bad_request(
            "Add time must be in the format YYYY-MM-DD HH:MM:SS.",
        ));
    }
    write::refuse(account, Entity::Note, body)
}

fn show(account: &Account, note: &Record) -> Value {
    let linked = |name: &str, entity| {
        let id = note.number(name);
        id.and_then(|id| account.live(entity, id))
    };
    let named = |record: &Record| json!({"name": record.get("name")});
    let mut users = account.users.iter();
    let user = users.find(|user| user["id"] == *note.get("user_id"));
    let mut shown = json!({
        "id": note.id,
        "active_flag": true,
        "add_time": account.first_version_time(note.added),
        "update_time": account.first_version_time(note.updated),
        "content": note.get("content"),
        "deal": linked("deal_id", Entity::Deal).map(|deal| json!({"title": deal.get("title")})),
        "organization": linked("org_id", Entity::Organization).map(named),
        "person": linked("person_id", Entity::Person).map(named),
        "last_update_user_id": null,
        "user": user.map(|user| json!({
            "email": user["email"], "icon_url": null, "is_you": user["is_you"], "name": user["name"],
        })),
    });
    for name in [
        "lead_id",
        "deal_id",
        "org_id",
        "person_id",
        "project_id",
        "user_id",
    ] {
        shown[name] = note.get(name).clone();
    }
    for name in PINS {
        let value = note.get(name);
        shown[name] = json!(*value == json!(true) || *value == json!(1));
    }
    shown
}
