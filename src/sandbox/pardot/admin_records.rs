//! Control paths for rows: seeding, reading, changing, deleting, merging.

use serde_json::{Value, json};

use super::admin::done;
use super::unit::{FIELDS, MEMBERSHIPS, PROSPECTS, Unit, Values};
use super::{collections, write};
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(unit: &mut Unit, method: &str, parts: &[&str], body: &Value) -> Option<Reply> {
    match (method, parts) {
        ("POST", ["custom-fields"]) => put_field(unit, body),
        ("DELETE", ["custom-fields", name]) => drop_field(unit, name),
        ("POST", ["seed", collection]) => {
            let collection = collections::named(collection)?;
            seed(unit, collection, body["rows"].as_array()?)
        }
        ("POST", ["prospects"]) => match body["generate"].as_u64() {
            Some(count) => Some(generate(unit, count, body)),
            None => seed(unit, PROSPECTS, body["prospects"].as_array()?),
        },
        ("GET", ["prospects"]) => Some(all(unit, PROSPECTS, "prospects")),
        ("GET", ["memberships"]) => Some(all(unit, MEMBERSHIPS, "memberships")),
        ("GET", ["rows", collection]) => Some(all(unit, collections::named(collection)?, "rows")),
        ("GET", ["prospects", "by-email", email]) => {
            let table = unit.look(PROSPECTS)?;
            let rows = unit.with_email(email).iter();
            let rows = rows.filter_map(|id| Some(table.get(*id)?.values.clone()));
            let rows: Vec<Values> = rows.collect();
            Some(Reply::json(200, json!({"prospects": rows})))
        }
        ("GET", ["prospects", id]) => one(unit, PROSPECTS, id),
        ("GET", ["rows", collection, id]) => one(unit, collections::named(collection)?, id),
        ("POST", ["prospects", id]) => set(unit, PROSPECTS, id, body),
        ("POST", ["rows", collection, id]) => set(unit, collections::named(collection)?, id, body),
        ("DELETE", ["prospects", id]) => set(unit, PROSPECTS, id, &json!({"isDeleted": true})),
        ("DELETE", ["rows", collection, id]) => {
            let collection = collections::named(collection)?;
            set(unit, collection, id, &json!({"isDeleted": true}))
        }
        ("POST", ["undelete"]) => {
            write::set_deleted(unit, body["id"].as_u64()?, false).ok()?;
            done()
        }
        ("POST", ["purge"]) => {
            let collection = collections::named(body["collection"].as_str()?)?;
            unit.purge(collection, body["id"].as_u64()?)?;
            done()
        }
        ("POST", ["merge"]) => merge(unit, body),
        _ => None,
    }
}

fn seed(unit: &mut Unit, collection: &'static str, rows: &[Value]) -> Option<Reply> {
    let mut ids = Vec::new();
    for row in rows {
        ids.push(unit.seed(collection, row.as_object()?.clone()));
    }
    Some(Reply::json(200, json!({"ids": ids})))
}

fn generate(unit: &mut Unit, count: u64, body: &Value) -> Reply {
    let first = body["from"].as_u64().unwrap_or(0);
    let values = body["values"].as_object().cloned().unwrap_or_default();
    let ids = (first..first + count).map(|number| {
        let mut row = values.clone();
        row.insert("email".to_owned(), json!(format!("p{number}@example.com")));
        unit.seed(PROSPECTS, row)
    });
    let ids: Vec<u64> = ids.collect();
    Reply::json(200, json!({"ids": ids}))
}

fn all(unit: &Unit, collection: &str, member: &str) -> Reply {
    let rows = unit.rows(collection);
    let rows: Vec<Value> = rows
        .map(|(_, row)| Value::Object(row.values.clone()))
        .collect();
    Reply::json(200, json!({member: rows}))
}

fn one(unit: &Unit, collection: &str, id: &str) -> Option<Reply> {
    let row = unit
        .look(collection)
        .and_then(|table| table.get(id.parse().ok()?));
    Some(match row {
        Some(row) => Reply::json(200, Value::Object(row.values.clone())),
        None => refusal(404, "no such row"),
    })
}

/// As if somebody had done it in the product: queries notice after a while.
fn set(unit: &mut Unit, collection: &'static str, id: &str, body: &Value) -> Option<Reply> {
    let id = id.parse().ok()?;
    let mut values = unit.look(collection)?.get(id)?.values.clone();
    values.insert("updatedAt".to_owned(), json!(unit.timestamp()));
    values.extend(body.as_object()?.clone());
    let now = unit.clock.elapsed();
    unit.put(collection, id, values, Some(now));
    done()
}

fn put_field(unit: &mut Unit, body: &Value) -> Option<Reply> {
    let given = body.as_object()?;
    let field_id = given.get("fieldId")?.as_str()?;
    let known = unit.look(FIELDS).and_then(|table| {
        let mut rows = table.iter();
        let found = rows.find(|(_, row)| row.text("fieldId") == Some(field_id));
        found.map(|(id, row)| (id, row.values.clone()))
    });
    let mut values = Values::new();
    for (name, value) in [
        ("name", json!(field_id)),
        ("apiFieldId", json!(format!("{field_id}__c"))),
        ("type", json!("Text")),
        ("salesforceId", Value::Null),
        ("isUseValues", json!(false)),
        ("isRecordMultipleResponses", json!(false)),
        ("isRequired", json!(false)),
        ("isAnalyticsSynced", json!(false)),
    ] {
        values.insert(name.to_owned(), value);
    }
    if let Some((id, known)) = known {
        values.extend(known);
        values.insert("id".to_owned(), json!(id));
    }
    values.extend(given.clone());
    let id = unit.seed(FIELDS, values);
    Some(Reply::json(200, json!({"id": id})))
}

fn drop_field(unit: &mut Unit, field_id: &str) -> Option<Reply> {
    let (id, name) = unit.look(FIELDS)?.iter().find_map(|(id, row)| {
        let named = row.text("fieldId") == Some(field_id);
        named.then(|| (id, row.text("apiFieldId").unwrap_or_default().to_owned()))
    })?;
    unit.purge(FIELDS, id)?;
    let having = unit.rows(PROSPECTS);
    let having: Vec<(u64, Values)> = having
        .filter(|(_, row)| row.values.contains_key(&name))
        .map(|(id, row)| (id, row.values.clone()))
        .collect();
    for (id, mut values) in having {
        values.remove(&name);
        unit.put(PROSPECTS, id, values, None);
    }
    done()
}

fn merge(unit: &mut Unit, body: &Value) -> Option<Reply> {
    let winner = body["winner"].as_u64()?;
    let mut values = unit.live(PROSPECTS, winner)?.clone();
    let losers: Option<Vec<u64>> = body["losers"]
        .as_array()?
        .iter()
        .map(Value::as_u64)
        .collect();
    let losers = losers?;
    let now = unit.clock.elapsed();
    for loser in &losers {
        let lost = unit.live(PROSPECTS, *loser)?.clone();
        for (name, value) in lost {
            if values.get(&name).is_none_or(Value::is_null) {
                values.insert(name, value);
            }
        }
        write::set_deleted(unit, *loser, true).ok()?;
    }
    unit.put(PROSPECTS, winner, values, Some(now));
    let moved: Vec<(u64, Values)> = unit
        .rows(MEMBERSHIPS)
        .filter(|(_, row)| {
            let prospect = row.values.get("prospectId").and_then(Value::as_u64);
            prospect.is_some_and(|prospect| losers.contains(&prospect))
        })
        .map(|(id, row)| (id, row.values.clone()))
        .collect();
    for (id, mut values) in moved {
        let list = values.get("listId").and_then(Value::as_u64)?;
        if unit.membership(list, winner).is_some() {
            unit.purge(MEMBERSHIPS, id)?;
            continue;
        }
        values.insert("prospectId".to_owned(), json!(winner));
        unit.put(MEMBERSHIPS, id, values, Some(now));
    }
    done()
}
