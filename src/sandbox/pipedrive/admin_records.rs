//! Control paths for records: seeding, reading, changing, deleting, merging.

use serde_json::{Value, json};

use super::account::Account;
use super::admin::done;
use super::firstversion;
use super::record::{Entity, Record, Values};
use super::write;
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(
    account: &mut Account,
    method: &str,
    parts: &[&str],
    body: &Value,
) -> Option<Reply> {
    match (method, parts) {
        ("POST", ["records", kind]) => seed(account, Entity::named(kind)?, body),
        ("GET", ["records", kind]) => {
            let kind = Entity::named(kind)?;
            let records = account.table(kind).all();
            let records: Vec<Value> = records.map(|record| show(kind, record)).collect();
            Some(Reply::json(200, json!({"records": records})))
        }
        ("GET", ["records", kind, id]) => {
            let kind = Entity::named(kind)?;
            match account.table(kind).any(id.parse().ok()?) {
                Some(record) => Some(Reply::json(200, show(kind, record))),
                None => Some(refusal(404, "no such record")),
            }
        }
        ("POST", ["records", kind, id]) => {
            let (kind, id) = (Entity::named(kind)?, id.parse().ok()?);
            let mut values = account.table(kind).any(id)?.values.clone();
            values.extend(body.as_object()?.clone());
            account.change(kind, id, values);
            done()
        }
        ("DELETE", ["records", kind, id]) => {
            account.delete(Entity::named(kind)?, id.parse().ok()?)?;
            done()
        }
        ("POST", ["purge"]) => {
            let kind = Entity::named(body["kind"].as_str()?)?;
            account.table_mut(kind).remove(body["id"].as_u64()?)?;
            done()
        }
        ("POST", ["merge"]) => {
            let kind = Entity::named(body["kind"].as_str()?)?;
            let winner = body["winner"].as_u64()?;
            for loser in body["losers"].as_array()? {
                firstversion::join(account, kind, loser.as_u64()?, winner)?;
            }
            done()
        }
        _ => None,
    }
}

fn show(kind: Entity, record: &Record) -> Value {
    let mut values = record.values.clone();
    if kind == Entity::Lead {
        values.insert("uuid".to_owned(), record.get("id").clone());
    }
    values.insert("id".to_owned(), json!(record.id));
    values.insert("is_deleted".to_owned(), json!(record.deleted));
    values.insert("add_time".to_owned(), json!(Account::time(record.added)));
    values.insert(
        "update_time".to_owned(),
        json!(Account::time(record.updated)),
    );
    Value::Object(values)
}

fn seed(account: &mut Account, kind: Entity, body: &Value) -> Option<Reply> {
    let mut ids = Vec::new();
    let now = account.now();
    for given in body["records"].as_array()? {
        let mut values: Values = write::initial(account, kind);
        values.extend(given.as_object()?.clone());
        let wanted = values.remove("id").and_then(|id| id.as_u64());
        let deleted = values.remove("is_deleted") == Some(json!(true));
        let id = wanted.unwrap_or_else(|| account.new_id(kind));
        if kind == Entity::Lead {
            let uuid = account.new_uuid(id);
            values.insert("id".to_owned(), json!(uuid));
        }
        let mut record = Record::new(id, values, now);
        record.deleted = deleted;
        account.table_mut(kind).put(record);
        ids.push(id);
    }
    Some(Reply::json(200, json!({"ids": ids})))
}
