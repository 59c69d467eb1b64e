//! Reading records of version 2: one by its id, or page by page.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Outcome;
use super::account::Account;
use super::errors;
use super::filters;
use super::record::{Entity, Record};
use super::shape;
use super::show::{View, show};
use crate::sandbox::wire::{Reply, Request};

const PAGE: usize = 100;
const LARGEST_PAGE: usize = 500;
const MOST_IDS: usize = 100;

/// The record behind an id of a path, or the answer that it is not there.
pub(super) fn find<'a>(
    account: &'a Account,
    entity: Entity,
    id: &str,
) -> Result<&'a Record, Box<Reply>> {
    let Ok(id) = id.parse::<u64>() else {
        return Err(errors::invalid("id", "Expected integer, received string"));
    };
    let record = account.table(entity).any(id);
    match record {
        Some(record) if !record.deleted => Ok(record),
        Some(_) if account.settings.deleted_status == 410 => Err(errors::unavailable(410)),
        _ => Err(errors::not_found_second(entity.singular())),
    }
}

pub(super) fn one(account: &Account, request: &Request, entity: Entity, id: &str) -> Outcome {
    allow(
        request,
        &[
            "include_fields",
            "custom_fields",
            "include_option_labels",
            "include_labels",
        ],
    )?;
    let view = View::of(request)?;
    let shows_deleted = account.settings.deleted_status == 200;
    let deleted = id.parse().ok().filter(|_| shows_deleted);
    let deleted = deleted.and_then(|id| account.table(entity).any(id));
    let record = match deleted {
        Some(record) => record,
        None => find(account, entity, id)?,
    };
    let data = show(account, entity, record, &view);
    Ok(Reply::json(200, json!({"success": true, "data": data})))
}

/// Refuses query parameters the call does not know.
pub(super) fn allow(request: &Request, names: &[&str]) -> Result<(), Box<Reply>> {
    let given = url::form_urlencoded::parse(request.query.as_bytes());
    let unknown = given.map(|(name, _)| name.into_owned());
    let unknown: Vec<String> = unknown
        .filter(|name| !names.contains(&name.as_str()))
        .map(|name| errors::not_allowed(&name, &name))
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(errors::validation(&unknown))
    }
}

/// `limit`, below the sandbox's own limit where there is one.
pub(super) fn limit(
    account: &Account,
    request: &Request,
    largest: usize,
) -> Result<usize, Box<Reply>> {
    let given = match request.parameter("limit") {
        None => PAGE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|limit| (1..=largest).contains(limit))
            .ok_or_else(|| {
                let text = format!("Must be an integer from 1 to {largest}");
                errors::invalid("limit", &text)
            })?,
    };
    Ok(given.min(account.options.page_size.unwrap_or(largest)))
}

/// The form of the OpenAPI description's examples.
pub(super) fn encode(cursor: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(cursor.to_string())
}

pub(super) fn cursor(request: &Request) -> Result<Option<Value>, Box<Reply>> {
    let Some(text) = request.parameter("cursor") else {
        return Ok(None);
    };
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok();
    let cursor = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    cursor
        .map(Some)
        .ok_or_else(|| errors::invalid("cursor", "Invalid cursor"))
}

/// How a list is sorted: by what, and which way.
struct Order {
    field: String,
    descending: bool,
}

impl Order {
    fn of(request: &Request) -> Result<Self, Box<Reply>> {
        let one_of = |name: &str, known: &[&str]| {
            let given = request.parameter(name);
            let given = given.unwrap_or_else(|| known[0].to_owned());
            let good = known.contains(&given.as_str());
            let text = format!("Must be one of {}", known.join(", "));
            good.then_some(given)
                .ok_or_else(|| errors::invalid(name, &text))
        };
        Ok(Self {
            field: one_of("sort_by", &["id", "update_time", "add_time"])?,
            descending: one_of("sort_direction", &["asc", "desc"])? == "desc",
        })
    }

    fn key(&self, record: &Record) -> (i64, u64) {
        let value = match self.field.as_str() {
            "update_time" => record.updated,
            "add_time" => record.added,
            _ => 0,
        };
        (value, record.id)
    }

    /// Points at the first row of the next page, so that rows changed in between move on.
    fn cursor(&self, record: &Record) -> Value {
        let (value, id) = self.key(record);
        let direction = if self.descending { "desc" } else { "asc" };
        json!({"field": self.field, "fieldValue": value, "sortDirection": direction, "id": id})
    }

    fn is_before(&self, record: &Record, cursor: &Value) -> bool {
        let value = cursor["fieldValue"].as_i64().unwrap_or(0);
        let start = (value, cursor["id"].as_u64().unwrap_or(0));
        if self.descending {
            self.key(record) > start
        } else {
            self.key(record) < start
        }
    }
}

pub(super) fn many(account: &Account, request: &Request, entity: Entity) -> Outcome {
    let mut known = vec![
        "filter_id",
        "ids",
        "owner_id",
        "updated_since",
        "updated_until",
        "sort_by",
        "sort_direction",
        "include_fields",
        "limit",
        "cursor",
    ];
    known.extend(match entity {
        Entity::Person => &["org_id", "deal_id"][..],
        Entity::Deal => &["person_id", "org_id", "pipeline_id", "stage_id", "status"],
        Entity::Activity => &["deal_id", "lead_id", "person_id", "org_id", "done"],
        _ => &[],
    });
    if entity != Entity::Activity {
        known.extend(["custom_fields", "include_option_labels", "include_labels"]);
    }
    allow(request, &known)?;
    let (view, order) = (View::of(request)?, Order::of(request)?);
    let limit = limit(account, request, LARGEST_PAGE)?;
    let cursor = cursor(request)?;
    let mut rows = rows(account, request, entity)?;
    rows.sort_by_key(|record| order.key(record));
    if order.descending {
        rows.reverse();
    }
    let start = cursor.map_or(0, |cursor| {
        rows.partition_point(|record| order.is_before(record, &cursor))
    });
    let page = rows.iter().skip(start).take(limit);
    let data: Vec<Value> = page
        .map(|record| show(account, entity, record, &view))
        .collect();
    let next = rows.get(start + limit);
    let next = next.map(|record| encode(&order.cursor(record)));
    let body = json!({
        "success": true,
        "data": data,
        "additional_data": {"next_cursor": next},
    });
    Ok(Reply::json(200, body).whole())
}

fn number(request: &Request, name: &str) -> Result<Option<u64>, Box<Reply>> {
    let Some(text) = request.parameter(name) else {
        return Ok(None);
    };
    let number = text.parse().map(Some);
    number.map_err(|_| errors::invalid(name, "Expected integer, received string"))
}

fn moment(request: &Request, name: &str) -> Result<Option<i64>, Box<Reply>> {
    let Some(text) = request.parameter(name) else {
        return Ok(None);
    };
    let seconds = shape::seconds(&text).map(Some);
    seconds.ok_or_else(|| errors::invalid(name, "Must be an RFC 3339 date and time"))
}

fn rows<'a>(
    account: &'a Account,
    request: &Request,
    entity: Entity,
) -> Result<Vec<&'a Record>, Box<Reply>> {
    let table = account.table(entity);
    let (since, until) = (
        moment(request, "updated_since")?,
        moment(request, "updated_until")?,
    );
    let deleted =
        entity == Entity::Deal && request.parameter("status").as_deref() == Some("deleted");
    let records: Vec<&Record> = table
        .all()
        .filter(|record| record.deleted == deleted)
        .filter(|record| since.is_none_or(|since| record.updated >= since))
        .filter(|record| until.is_none_or(|until| record.updated < until))
        .collect();
    // "If filter_id is provided, this is ignored" stands at all the others.
    if let Some(id) = number(request, "filter_id")? {
        let filter = account.filters.get(&id);
        let filter = filter.ok_or_else(|| errors::invalid("filter_id", "Filter not found"))?;
        let records = records.into_iter();
        return Ok(records
            .filter(|record| filters::fits(account, filter, entity, record))
            .collect());
    }
    let ids = request.parameters("ids");
    if ids.len() > MOST_IDS {
        let text = format!("A maximum of {MOST_IDS} ids is allowed");
        return Err(errors::invalid("ids", &text));
    }
    let wanted: Result<Vec<u64>, _> = ids.iter().map(|id| id.parse()).collect();
    let wanted =
        wanted.map_err(|_| errors::invalid("ids", "Expected integers separated by commas"))?;
    let mut links = Vec::new();
    for name in [
        "owner_id",
        "org_id",
        "person_id",
        "deal_id",
        "pipeline_id",
        "stage_id",
    ] {
        if let Some(id) = number(request, name)? {
            links.push((name, json!(id)));
        }
    }
    let texts = ["status", "lead_id"].map(|name| (name, request.parameter(name)));
    let texts = texts.into_iter().filter(|_| !deleted);
    links.extend(texts.filter_map(|(name, text)| Some((name, json!(text?)))));
    if let Some(done) = request.parameter("done") {
        links.push(("done", json!(done == "true")));
    }
    let records = records.into_iter().filter(|record| {
        let listed = wanted.is_empty() || wanted.contains(&record.id);
        listed && links.iter().all(|(name, value)| record.get(name) == value)
    });
    Ok(records.collect())
}
