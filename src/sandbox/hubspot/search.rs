//! Search: eventually consistent, 200 rows a page, 10,000 rows in all.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::filters::{Filter, compare_values};
use super::object_type::ObjectType;
use super::objects::page;
use super::portal::Portal;
use super::table::{ObjectTable, Record};
use super::{Outcome, body, render};
use crate::sandbox::wire::{Reply, Request};

const DEFAULT_LIMIT: u64 = 10;
const MOST_ON_A_PAGE: u64 = 200;
const MOST_IN_ALL: usize = 10_000;
/// The guide's numbers; the machine description speaks of six groups.
const MOST_GROUPS: usize = 5;
const MOST_FILTERS_IN_A_GROUP: usize = 6;
const MOST_FILTERS: usize = 18;

pub(super) fn search(portal: &mut Portal, kind: ObjectType, request: &Request) -> Outcome {
    if portal
        .search_body_limit
        .is_some_and(|limit| request.body.len() > limit)
    {
        return Err(ApiError::validation("The search request body is too long"));
    }
    let body = body(request)?;
    let now = portal.clock.elapsed();
    portal.table_mut(kind).index.catch_up(now);
    let table = portal.table(kind);
    let groups = parse_groups(table, &body)?;
    let (limit, after) = parse_page(&body)?;
    let limit = page(portal, limit);
    let mut found = matching(table, &groups, body["query"].as_str().unwrap_or_default());
    if after + limit > MOST_IN_ALL && found.len() > MOST_IN_ALL {
        return Err(ApiError::validation(
            "The search can only return up to 10,000 results",
        ));
    }
    sort(kind, &mut found, &body["sorts"])?;
    let wanted: Vec<String> = body["properties"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let rows = found.iter().skip(after).take(limit);
    let results: Vec<Value> = rows
        .map(|record| render::record(portal, kind, record, &wanted))
        .collect();
    let next = after + results.len();
    let mut answer = json!({"total": found.len(), "results": results});
    if next < found.len() {
        answer["paging"] = json!({"next": {"after": next.to_string()}});
    }
    Ok(Reply::json(200, answer))
}

fn parse_page(body: &Value) -> Result<(usize, usize), Box<ApiError>> {
    let limit = body["limit"].as_u64().unwrap_or(DEFAULT_LIMIT);
    if !(1..=MOST_ON_A_PAGE).contains(&limit) {
        return Err(ApiError::validation(format!(
            "limit must be between 1 and {MOST_ON_A_PAGE}"
        )));
    }
    let after = match &body["after"] {
        Value::String(text) if !text.is_empty() => text
            .parse()
            .map_err(|_| ApiError::bad_shape(&format!("`after`: {text} is not a number")))?,
        Value::Number(number) => number.as_u64().unwrap_or(0),
        _ => 0,
    };
    let after = usize::try_from(after).unwrap_or(usize::MAX);
    if after >= MOST_IN_ALL {
        return Err(ApiError::validation(
            "The search can only return up to 10,000 results",
        ));
    }
    Ok((usize::try_from(limit).unwrap_or(usize::MAX), after))
}

fn parse_groups(table: &ObjectTable, body: &Value) -> Result<Vec<Vec<Filter>>, Box<ApiError>> {
    let groups = body["filterGroups"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    if groups.len() > MOST_GROUPS {
        return Err(ApiError::validation(format!(
            "At most {MOST_GROUPS} filter groups are allowed, {} were sent",
            groups.len()
        )));
    }
    let groups: Vec<Vec<Filter>> = groups
        .iter()
        .map(|group| {
            let filters = group["filters"].as_array().into_iter().flatten();
            filters
                .map(|filter| Filter::parse(table, filter))
                .collect::<Result<Vec<_>, _>>()
        })
        .collect::<Result<_, _>>()?;
    let largest = groups.iter().map(Vec::len).max().unwrap_or(0);
    let all: usize = groups.iter().map(Vec::len).sum();
    if largest > MOST_FILTERS_IN_A_GROUP || all > MOST_FILTERS {
        return Err(ApiError::validation(format!(
            "At most {MOST_FILTERS_IN_A_GROUP} filters in a group and {MOST_FILTERS} in all are allowed"
        )));
    }
    Ok(groups)
}

fn matching<'a>(table: &'a ObjectTable, groups: &[Vec<Filter>], query: &str) -> Vec<&'a Record> {
    let mut ids = BTreeSet::new();
    if groups.is_empty() {
        ids.extend(table.index.documents().map(|record| record.id));
    }
    for group in groups {
        let matches = |record: &&Record| group.iter().all(|filter| filter.matches(table, record));
        match group.iter().find_map(|filter| filter.candidates(table)) {
            Some(candidates) => {
                let records = candidates
                    .into_iter()
                    .filter_map(|id| table.index.document(id));
                ids.extend(records.filter(matches).map(|record| record.id));
            }
            None => ids.extend(
                table
                    .index
                    .documents()
                    .filter(matches)
                    .map(|record| record.id),
            ),
        }
    }
    let query = query.to_lowercase();
    ids.into_iter()
        .filter_map(|id| table.index.document(id))
        .filter(|record| query.is_empty() || contains_query(record, &query))
        .collect()
}

/// The properties HubSpot looks into for free text.
fn contains_query(record: &Record, query: &str) -> bool {
    [
        "email",
        "firstname",
        "lastname",
        "phone",
        "company",
        "hs_additional_emails",
        "name",
        "domain",
        "website",
    ]
    .iter()
    .filter_map(|name| record.properties.get(*name))
    .any(|value| value.to_lowercase().contains(query))
}

/// `sorts` holds one entry: a property name (with `-` for descending) or an object. Ties are in id order.
fn sort(kind: ObjectType, records: &mut [&Record], sorts: &Value) -> Result<(), Box<ApiError>> {
    let sorts = sorts.as_array().map_or(&[][..], Vec::as_slice);
    let Some(sort) = sorts.first() else {
        return Ok(());
    };
    if sorts.len() > 1 {
        return Err(ApiError::validation("Only one sort is allowed"));
    }
    let (name, descending) = match sort {
        Value::String(name) => {
            let descending = name.strip_prefix('-');
            (descending.unwrap_or(name), descending.is_some())
        }
        _ => (
            sort["propertyName"].as_str().unwrap_or_default(),
            sort["direction"] == json!("DESCENDING"),
        ),
    };
    records.sort_by(|a, b| {
        let (a, b) = (a.value(kind, name), b.value(kind, name));
        let order = compare_values(
            a.as_deref().unwrap_or_default(),
            b.as_deref().unwrap_or_default(),
        );
        if descending { order.reverse() } else { order }
    });
    Ok(())
}
