//! Runs a statement against the account.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::super::Outcome;
use super::super::errors::ApiError;
use super::super::module::{Module, Record};
use super::super::org::Org;
use super::super::rows;
use super::super::scopes;
use super::condition::{Comparison, Condition, compare};
use super::parser::{self, Statement};
use crate::sandbox::wire::{Reply, Request};

const MOST_CRITERIA: usize = 25;
const LARGEST_LIMIT: usize = 2_000;
const LARGEST_OFFSET: usize = 100_000;

/// `POST /coql`.
pub(in crate::sandbox::zoho) fn serve(org: &Org, request: &Request, granted: &str) -> Outcome {
    let body = rows::body(request)?;
    let text = body["select_query"].as_str();
    let text = text.ok_or_else(|| ApiError::mandatory("select_query", "$.select_query"))?;
    let statement = parser::statement(text)?;
    let module = org.module(&statement.module);
    let Some(module) = module.filter(|module| !module.hidden) else {
        let reason = "the module name given seems to be invalid";
        return Err(invalid_query(&statement.module, reason));
    };
    scopes::check_read(granted, &module.name)?;
    if !module.permissions.view {
        let permission = format!("Crm_Implied_View_{}", module.name);
        return Err(ApiError::no_permission(&permission));
    }
    check(org, module, &statement)?;
    Ok(answer(org, module, &statement))
}

/// The codes and the two members of the details are documented, the texts are not.
fn invalid_query(column: &str, reason: &str) -> Box<ApiError> {
    let details = json!({"column_name": column, "reason": reason});
    ApiError::new(400, "INVALID_QUERY", "invalid query formed", details)
}

fn exceeded(what: &str, limit: usize) -> Box<ApiError> {
    let text = format!("{what} exceeds the limit of {limit}");
    ApiError::limit_exceeded(&text, json!({"limit": limit}))
}

fn check(org: &Org, module: &Module, statement: &Statement) -> Result<(), Box<ApiError>> {
    let columns = &statement.columns;
    if columns.len() > org.settings.coql_columns {
        return Err(exceeded("the number of columns", org.settings.coql_columns));
    }
    let mut seen = HashSet::new();
    for column in columns {
        check_column(org, module, column)?;
        if !seen.insert(column) {
            let details = json!({"column_name": column});
            return Err(ApiError::new(
                400,
                "DUPLICATE_DATA",
                "duplicate data",
                details,
            ));
        }
    }
    let mut criteria = Vec::new();
    collect(&statement.condition, &mut criteria);
    if criteria.len() > MOST_CRITERIA {
        return Err(exceeded("the number of criteria", MOST_CRITERIA));
    }
    for criterion in criteria {
        check_column(org, module, &criterion.column)?;
        if criterion.is_list() && criterion.values.len() > org.settings.coql_values {
            return Err(exceeded(
                "the number of values in the in operator",
                org.settings.coql_values,
            ));
        }
    }
    for (column, _) in &statement.order {
        check_column(org, module, column)?;
    }
    if statement.limit > LARGEST_LIMIT {
        return Err(exceeded("the value of LIMIT", LARGEST_LIMIT));
    }
    if statement.offset > LARGEST_OFFSET {
        return Err(exceeded("the value of OFFSET", LARGEST_OFFSET));
    }
    Ok(())
}

fn collect<'a>(condition: &'a Condition, found: &mut Vec<&'a Comparison>) {
    match condition {
        Condition::Is(comparison) => found.push(comparison),
        Condition::And(one, other) | Condition::Or(one, other) => {
            collect(one, found);
            collect(other, found);
        }
    }
}

fn check_column(org: &Org, module: &Module, column: &str) -> Result<(), Box<ApiError>> {
    let (name, inner) = match column.split_once('.') {
        Some((name, inner)) => (name, Some(inner)),
        None => (column, None),
    };
    let field = module.field(name);
    let known = match (field, inner) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(field), Some(inner)) => match (field.data_type.as_str(), &field.lookup) {
            (_, Some(_)) if inner == "id" => true,
            (_, Some(target)) => org
                .module(target)
                .is_some_and(|target| target.field(inner).is_some()),
            ("ownerlookup", None) => {
                matches!(
                    inner,
                    "id" | "full_name" | "first_name" | "last_name" | "email"
                )
            }
            _ => false,
        },
    };
    if known {
        Ok(())
    } else {
        Err(invalid_query(column, "column given seems to be invalid"))
    }
}

fn value(org: &Org, module: &Module, record: &Record, column: &str) -> Value {
    let Some((name, inner)) = column.split_once('.') else {
        return record.values.get(column).cloned().unwrap_or_default();
    };
    let Some(id) = record.reference(name) else {
        return Value::Null;
    };
    if inner == "id" {
        return json!(id);
    }
    let target = module.field(name).and_then(|field| field.lookup.as_deref());
    match target {
        Some(target) => {
            let target = org.module(target).and_then(|module| module.record(id));
            let value = target.and_then(|target| target.values.get(inner));
            value.cloned().unwrap_or_default()
        }
        None => org
            .user(id)
            .map(|user| user[inner].clone())
            .unwrap_or_default(),
    }
}

fn fits(org: &Org, module: &Module, record: &Record, condition: &Condition) -> bool {
    let fits = |condition| fits(org, module, record, condition);
    match condition {
        Condition::And(one, other) => fits(one) && fits(other),
        Condition::Or(one, other) => fits(one) || fits(other),
        Condition::Is(comparison) => {
            let value = value(org, module, record, &comparison.column);
            // A lookup is compared by its id.
            let value = value.get("id").cloned().unwrap_or(value);
            comparison.fits(&value)
        }
    }
}

fn answer(org: &Org, module: &Module, statement: &Statement) -> Reply {
    let shows_converted = org.settings.coql_shows_converted;
    let mut found: Vec<&Record> = module
        .live()
        .filter(|record| shows_converted || !record.is_converted())
        .filter(|record| fits(org, module, record, &statement.condition))
        .collect();
    found.sort_by(|one, other| {
        let mut order = Ordering::Equal;
        for (column, falls) in &statement.order {
            let values = [one, other].map(|record| value(org, module, record, column));
            let by_column = compare(&values[0], &values[1]).unwrap_or(Ordering::Equal);
            order = order.then(if *falls {
                by_column.reverse()
            } else {
                by_column
            });
        }
        order
    });
    let most = org.options.page_size.unwrap_or(LARGEST_LIMIT);
    let limit = statement.limit.min(most);
    let rows: Vec<Value> = found
        .iter()
        .skip(statement.offset)
        .take(limit)
        .map(|record| {
            let mut row = Map::new();
            row.insert("id".to_owned(), json!(record.id));
            for column in &statement.columns {
                row.insert(column.clone(), value(org, module, record, column));
            }
            Value::Object(row)
        })
        .collect();
    if rows.is_empty() {
        return Reply::empty(204);
    }
    let more = found.len() > statement.offset + rows.len();
    let info = json!({"count": rows.len(), "more_records": more});
    Reply::json(200, json!({"data": rows, "info": info})).whole()
}
