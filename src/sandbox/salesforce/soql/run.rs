//! Runs a statement and hands its rows out in pages.

use std::cmp::Ordering;
use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use super::super::errors::ApiError;
use super::super::object::Record;
use super::super::org::Org;
use super::bind::Scope;
use super::filter::{Comparison, Condition, Literal, Path, holds, value};
use super::parser::{self, OrderBy};
use crate::sandbox::wire::{Reply, Request};

const LONGEST_STATEMENT: usize = 100_000;
const PAGE: usize = 2_000;
const SMALLEST_PAGE: usize = 200;
/// From memory: a user may have ten open cursors.
const OPEN_CURSORS: usize = 10;

/// Rows that were not handed out yet.
struct Cursor {
    locator: String,
    rows: Vec<Value>,
    page: usize,
}

#[derive(Default)]
pub(in super::super) struct Cursors(VecDeque<Cursor>);

/// Reads and binds what may stand after `WHERE`, for an admin's rule.
pub(in super::super) fn condition(
    org: &Org,
    place: usize,
    text: &str,
) -> Result<Condition, Box<ApiError>> {
    let mut condition = parser::condition(text)?;
    Scope {
        org,
        place,
        statement: text,
    }
    .condition(&mut condition)?;
    Ok(condition)
}

/// `GET /query?q=…`; `with_deleted` for `queryAll`.
pub(in super::super) fn query(
    org: &mut Org,
    request: &Request,
    version: &str,
    with_deleted: bool,
) -> Result<Reply, Box<ApiError>> {
    let text = request.parameter("q").unwrap_or_default();
    if text.trim().is_empty() {
        return Err(ApiError::malformed_query(
            "A query string has to be specified",
        ));
    }
    if text.chars().count() > LONGEST_STATEMENT {
        let text = "SOQL statements cannot be longer than 100000 characters.";
        return Err(ApiError::malformed_query(text));
    }
    let mut statement = parser::statement(&text)?;
    let place = org
        .visible(&statement.object)
        .map_err(|_| ApiError::invalid_type(&statement.object))?;
    let scope = Scope {
        org,
        place,
        statement: &text,
    };
    let mut selected = std::collections::HashSet::new();
    for path in &mut statement.fields {
        scope.path(path)?;
        scope.once(path, &mut selected)?;
    }
    for order in &mut statement.order {
        scope.path(&mut order.path)?;
    }
    if let Some(condition) = &mut statement.condition {
        scope.condition(condition)?;
    }
    let mut found = find(org, place, statement.condition.as_ref(), with_deleted);
    found.sort_by(|left, right| compare(org, &statement.order, left, right));
    let limit = statement.limit.unwrap_or(usize::MAX);
    let rows = found.into_iter().skip(statement.offset).take(limit);
    if statement.fields.is_empty() {
        let body = json!({"totalSize": rows.count(), "done": true, "records": []});
        return Ok(Reply::json(200, body).whole());
    }
    let rows: Vec<Value> = rows
        .map(|record| show(org, place, version, &statement.fields, record))
        .collect();
    let page = page_size(org, request);
    let locator = org.new_id("01g");
    Ok(answer(
        org,
        version,
        Cursor {
            locator,
            rows,
            page,
        },
        0,
    ))
}

/// `GET /query/{locator}-{offset}`.
pub(in super::super) fn next_page(
    org: &mut Org,
    version: &str,
    locator: &str,
) -> Result<Reply, Box<ApiError>> {
    let parts = locator
        .split_once('-')
        .and_then(|(locator, offset)| Some((locator, offset.parse().ok()?)));
    let known = parts.and_then(|(locator, offset)| {
        let place = org
            .cursors
            .0
            .iter()
            .position(|cursor| cursor.locator == locator)?;
        Some((org.cursors.0.remove(place)?, offset))
    });
    let Some((cursor, offset)) = known else {
        return Err(ApiError::new(
            400,
            "INVALID_QUERY_LOCATOR",
            "invalid query locator",
        ));
    };
    Ok(answer(org, version, cursor, offset))
}

fn page_size(org: &Org, request: &Request) -> usize {
    let options = request
        .headers
        .get("sforce-query-options")
        .and_then(|value| value.to_str().ok());
    let asked = options.and_then(|text| text.trim().strip_prefix("batchSize="));
    let asked = asked.and_then(|number| number.parse().ok());
    let size = asked.map_or(PAGE, |size: usize| size.clamp(SMALLEST_PAGE, PAGE));
    org.options
        .page_size
        .map_or(size, |smaller| smaller.min(size))
}

fn answer(org: &mut Org, version: &str, cursor: Cursor, offset: usize) -> Reply {
    let end = (offset + cursor.page).min(cursor.rows.len());
    let mut body = json!({
        "totalSize": cursor.rows.len(),
        "done": end == cursor.rows.len(),
        "records": cursor.rows.get(offset..end).unwrap_or_default(),
    });
    if end < cursor.rows.len() {
        let next = format!("/services/data/{version}/query/{}-{end}", cursor.locator);
        body["nextRecordsUrl"] = json!(next);
        org.cursors.0.push_back(cursor);
        if org.cursors.0.len() > OPEN_CURSORS {
            org.cursors.0.pop_front();
        }
    }
    Reply::json(200, body).whole()
}

fn find<'a>(
    org: &'a Org,
    place: usize,
    condition: Option<&Condition>,
    with_deleted: bool,
) -> Vec<&'a Record> {
    let object = org.at(place);
    let meets = |record: &&Record| condition.is_none_or(|condition| holds(org, condition, record));
    let narrowed = condition
        .filter(|_| !with_deleted)
        .and_then(|condition| candidates(org, place, condition));
    match narrowed {
        Some(ids) => ids
            .iter()
            .filter_map(|id| object.record(id))
            .filter(meets)
            .collect(),
        None if with_deleted => object.records().filter(meets).collect(),
        None => object.live().filter(meets).collect(),
    }
}

/// Ids of all live records that can meet the condition, where an index knows.
fn candidates(org: &Org, place: usize, condition: &Condition) -> Option<BTreeSet<String>> {
    let (path, texts): (&Path, Vec<&str>) = match condition {
        Condition::And(parts) => return parts.iter().find_map(|part| candidates(org, place, part)),
        Condition::In {
            path,
            negated: false,
            values,
            ..
        } => {
            let texts = values.iter().map(|value| match value {
                Literal::Text { plain, .. } => Some(plain.as_str()),
                _ => None,
            });
            (path, texts.collect::<Option<_>>()?)
        }
        Condition::Compare {
            path,
            comparison: Comparison::Equal,
            value: Literal::Text { plain, .. },
        } => (path, vec![plain.as_str()]),
        _ => return None,
    };
    let object = org.at(place);
    if !path.steps.is_empty() {
        return None;
    }
    if path.field == "Id" {
        let live = texts
            .into_iter()
            .filter(|id| object.record(id).is_some_and(|record| !record.is_deleted()));
        return Some(live.map(str::to_owned).collect());
    }
    object.is_indexed(&path.field).then(|| {
        let found = texts
            .into_iter()
            .flat_map(|text| object.with_value(&path.field, text));
        found.map(|record| record.id.clone()).collect()
    })
}

fn compare(org: &Org, order: &[OrderBy], left: &Record, right: &Record) -> Ordering {
    for by in order {
        let (left, right) = (value(org, left, &by.path), value(org, right, &by.path));
        let ordering = match (left, right) {
            (None, None) => Ordering::Equal,
            // Nulls come first unless asked otherwise, in both directions.
            (None, Some(_)) if by.nulls_last => Ordering::Greater,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) if by.nulls_last => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(left), Some(right)) => {
                let ordering = match (left, right) {
                    (Value::Number(left), Value::Number(right)) => left
                        .as_f64()
                        .partial_cmp(&right.as_f64())
                        .unwrap_or(Ordering::Equal),
                    (Value::String(left), Value::String(right)) => {
                        left.to_lowercase().cmp(&right.to_lowercase())
                    }
                    (left, right) => left.as_bool().cmp(&right.as_bool()),
                };
                if by.descending {
                    ordering.reverse()
                } else {
                    ordering
                }
            }
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}

fn attributes(org: &Org, place: usize, version: &str, id: &str) -> Value {
    let name = &org.at(place).name;
    json!({"type": name, "url": format!("/services/data/{version}/sobjects/{name}/{id}")})
}

/// One row: attributes, the fields asked for, parents as objects of their own.
fn show(org: &Org, place: usize, version: &str, fields: &[Path], record: &Record) -> Value {
    let mut row = Map::new();
    row.insert(
        "attributes".to_owned(),
        attributes(org, place, version, &record.id),
    );
    for path in fields {
        put(org, &mut row, &path.steps, path, version, record);
    }
    Value::Object(row)
}

fn put(
    org: &Org,
    row: &mut Map<String, Value>,
    steps: &[(String, String)],
    path: &Path,
    version: &str,
    record: &Record,
) {
    let Some(((reference, shown), rest)) = steps.split_first() else {
        let value = record.values.get(&path.field).cloned().unwrap_or_default();
        row.insert(path.field.clone(), value);
        return;
    };
    let parent = record.text(reference).and_then(|id| org.record(id));
    let Some((parent, place)) =
        parent.and_then(|parent| Some((parent, org.place_of_id(&parent.id)?)))
    else {
        row.insert(shown.clone(), Value::Null);
        return;
    };
    let nested = row
        .entry(shown.clone())
        .or_insert_with(|| json!({"attributes": attributes(org, place, version, &parent.id)}));
    if let Value::Object(nested) = nested {
        put(org, nested, rest, path, version, parent);
    }
}
