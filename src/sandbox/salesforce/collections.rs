//! sObject Collections: up to 200 records in a call, a result for each in the request's order (fact sheet,
//! section 6).

use std::collections::HashMap;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::ids;
use super::object::Values;
use super::org::Org;
use super::single::show;
use super::values;
use super::write::{self, Manner};
use super::{Outcome, body};
use crate::sandbox::wire::{Reply, Request};

const LARGEST: usize = 200;
const LARGEST_READ: usize = 2_000;
/// Create: "runs of the same type, at most 10 runs".
const MOST_RUNS: usize = 10;
const ROLLED_BACK: &str = "Record rolled back because not all records were valid and the request was using AllOrNone header";

/// What is done with one record: its id and, for upserts, whether it was made.
type RowResult = Result<(String, Option<bool>), Box<ApiError>>;

#[derive(Clone, PartialEq, Eq)]
enum Operation {
    Create,
    Update,
    /// By this external id field.
    Upsert(String),
}

impl Operation {
    fn verb(&self) -> &'static str {
        if *self == Self::Create {
            "Insert"
        } else {
            "Update"
        }
    }
}

struct Row {
    place: usize,
    values: Values,
}

/// `/composite/sobjects` and below.
pub(super) fn serve(org: &mut Org, request: &Request, version: &str, rest: &[&str]) -> Outcome {
    let reply = match (request.method.as_str(), rest) {
        ("POST", []) => save(org, request, &Operation::Create, None),
        ("PATCH", []) => save(org, request, &Operation::Update, None),
        ("DELETE", []) => delete(org, request),
        ("GET" | "POST", [object]) => {
            let place = org.visible(object)?;
            retrieve(org, request, version, place)
        }
        ("PATCH", [object, field]) => {
            let place = org.visible(object)?;
            let key = org.at(place).field(field).filter(|field| field.external_id);
            let Some(key) = key.map(|field| field.name.clone()) else {
                let text = format!(
                    "Field name provided, {field} does not match an External ID, Salesforce Id, or indexed field for {object}"
                );
                return Err(ApiError::new(400, "INVALID_FIELD", text));
            };
            save(org, request, &Operation::Upsert(key), Some(place))
        }
        _ => Err(ApiError::not_found()),
    };
    org.locks.settle();
    reply
}

fn rows(
    org: &Org,
    request: &Value,
    operation: &Operation,
    only: Option<usize>,
) -> Result<Vec<Row>, Box<ApiError>> {
    let Some(records) = request["records"]
        .as_array()
        .filter(|records| !records.is_empty())
    else {
        return Err(ApiError::bad_input("The request needs a list of records"));
    };
    if records.len() > LARGEST {
        let text = format!(
            "The number of records, {}, exceeds the limit of {LARGEST}",
            records.len()
        );
        return Err(ApiError::bad_input(text));
    }
    let mut rows: Vec<Row> = Vec::with_capacity(records.len());
    for record in records {
        let name = record["attributes"]["type"].as_str();
        let (Some(name), Value::Object(values)) = (name, record) else {
            return Err(ApiError::bad_input(
                "Every record needs attributes with a type",
            ));
        };
        let place = org.visible(name)?;
        if only.is_some_and(|only| only != place) {
            return Err(ApiError::bad_input(
                "All records of an upsert must have the type in the address",
            ));
        }
        values::check_json(org, place, values)?;
        rows.push(Row {
            place,
            values: values.clone(),
        });
    }
    let runs = rows
        .chunk_by(|left, right| left.place == right.place)
        .count();
    if runs > MOST_RUNS && *operation == Operation::Create {
        return Err(ApiError::bad_input(format!(
            "Records change their type {runs} times, the limit is {MOST_RUNS}"
        )));
    }
    Ok(rows)
}

fn save(org: &mut Org, request: &Request, operation: &Operation, only: Option<usize>) -> Outcome {
    let body = body(request)?;
    let rows = rows(org, &body, operation, only)?;
    let all_or_none = body["allOrNone"].as_bool().unwrap_or(false);
    let manner = Manner::of(request);
    let savepoint = all_or_none.then(|| org.begin());
    let twice = twice(&rows, operation);
    let mut results: Vec<RowResult> = Vec::with_capacity(rows.len());
    for run in rows.chunk_by(|left, right| left.place == right.place) {
        let failure =
            org.rules
                .trigger_failure(&org.at(run[0].place).name, run.len(), operation.verb());
        for row in run {
            results.push(match &failure {
                Some(failure) => Err(failure.clone()),
                None => save_row(org, manner, operation, row, &twice),
            });
        }
    }
    if let Some(savepoint) = savepoint {
        if results.iter().any(Result::is_err) {
            org.roll_back(&savepoint);
            for result in results.iter_mut().filter(|result| result.is_ok()) {
                *result = Err(ApiError::save(
                    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                    ROLLED_BACK,
                    &[],
                ));
            }
        } else {
            org.commit(&savepoint);
        }
    }
    Ok(answer(org, results))
}

/// External ids that stand on several records of an upsert.
fn twice(rows: &[Row], operation: &Operation) -> Vec<String> {
    let Operation::Upsert(key) = operation else {
        return Vec::new();
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for value in rows.iter().filter_map(|row| row.values.get(key)?.as_str()) {
        *seen.entry(value.to_lowercase()).or_default() += 1;
    }
    seen.into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(value, _)| value)
        .collect()
}

fn save_row(
    org: &mut Org,
    manner: Manner,
    operation: &Operation,
    row: &Row,
    twice: &[String],
) -> RowResult {
    match operation {
        Operation::Create => Ok((write::insert(org, manner, row.place, &row.values)?, None)),
        Operation::Update => {
            let id = row
                .values
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("id"));
            let id = id.and_then(|(_, id)| id.as_str()).ok_or_else(|| {
                ApiError::save(
                    "MISSING_ARGUMENT",
                    "Id not specified in an update call",
                    &["Id"],
                )
            })?;
            let id = write::locate(org, row.place, id).map_err(in_list)?;
            Ok((
                write::update(org, manner, row.place, &id, &row.values)?,
                None,
            ))
        }
        Operation::Upsert(key) => {
            let value = row
                .values
                .get(key)
                .filter(|value| !value.is_null())
                .ok_or_else(|| {
                    ApiError::save("MISSING_ARGUMENT", format!("{key} not specified"), &[])
                })?;
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            if twice.contains(&text.to_lowercase()) {
                let text = format!("Duplicate external id specified: {text}");
                return Err(ApiError::save("DUPLICATE_VALUE", text, &[key]));
            }
            let found: Vec<String> = org
                .at(row.place)
                .with_value(key, &text)
                .iter()
                .map(|record| record.id.clone())
                .collect();
            match found.as_slice() {
                [] => Ok((
                    write::insert(org, manner, row.place, &row.values)?,
                    Some(true),
                )),
                [id] => {
                    let mut values = row.values.clone();
                    values.remove(key);
                    Ok((
                        write::update(org, manner, row.place, id, &values)?,
                        Some(false),
                    ))
                }
                _ => {
                    let text = format!(
                        "{key}: more than one record found for external id field: [{}]",
                        found.join(", ")
                    );
                    Err(ApiError::save("DUPLICATE_EXTERNAL_ID", text, &[key]))
                }
            }
        }
    }
}

/// An id nobody has is a wrong reference in a list (from memory), a missing resource in an address.
fn in_list(error: Box<ApiError>) -> Box<ApiError> {
    match error.code {
        "NOT_FOUND" => ApiError::cross_reference(),
        _ => error,
    }
}

fn answer(org: &Org, results: Vec<RowResult>) -> Reply {
    let mut written = 0;
    let rows = results.into_iter().map(|result| match result {
        Ok((id, created)) => {
            written += 1;
            let mut row = json!({"id": id, "success": true, "errors": []});
            if let Some(created) = created {
                row["created"] = json!(created);
            }
            row
        }
        Err(error) => {
            let mut item = error.to_item();
            if let Some(result) = error
                .duplicate_result
                .as_ref()
                .filter(|_| org.settings.duplicate_result_in_collections)
            {
                item["duplicateResult"] = result.clone();
            }
            json!({"success": false, "errors": [item]})
        }
    });
    let rows: Vec<Value> = rows.collect();
    Reply::json(200, json!(rows)).wrote(written)
}

fn delete(org: &mut Org, request: &Request) -> Outcome {
    let given = request.parameters("ids");
    if given.is_empty() || given.len() > LARGEST {
        return Err(ApiError::bad_input(format!(
            "ids must name 1 to {LARGEST} records"
        )));
    }
    let all_or_none = request
        .parameter("allOrNone")
        .is_some_and(|flag| flag == "true");
    let savepoint = all_or_none.then(|| org.begin());
    let mut results: Vec<RowResult> = Vec::new();
    for id in &given {
        let result = match org.place_of_id(id) {
            Some(place) => write::locate(org, place, id)
                .map_err(in_list)
                .and_then(|id| write::delete(org, place, &id)),
            None => Err(ApiError::save("MALFORMED_ID", format!("bad id {id}"), &[])),
        };
        results.push(result.map(|id| (id, None)));
    }
    if let Some(savepoint) = savepoint {
        if results.iter().any(Result::is_err) {
            org.roll_back(&savepoint);
            for result in results.iter_mut().filter(|result| result.is_ok()) {
                *result = Err(ApiError::save(
                    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                    ROLLED_BACK,
                    &[],
                ));
            }
        } else {
            org.commit(&savepoint);
        }
    }
    Ok(answer(org, results))
}

/// Records by id, in the order asked for; `null` for those that are not there.
fn retrieve(org: &Org, request: &Request, version: &str, place: usize) -> Outcome {
    let (given, fields) = if request.method == axum::http::Method::GET {
        (request.parameters("ids"), request.parameters("fields"))
    } else {
        let body = body(request)?;
        let texts = |name: &str| -> Vec<String> {
            body[name]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect()
        };
        (texts("ids"), texts("fields"))
    };
    if given.is_empty() || fields.is_empty() || given.len() > LARGEST_READ {
        return Err(ApiError::bad_input(format!(
            "ids must name 1 to {LARGEST_READ} records, and fields at least one"
        )));
    }
    let object = org.at(place);
    let mut rows = Vec::new();
    for id in &given {
        let id = ids::normalize(id).filter(|id| id.starts_with(object.key_prefix));
        let Some(id) = id else {
            return Err(ApiError::new(400, "MALFORMED_ID", "malformed id"));
        };
        let record = object.record(&id).filter(|record| !record.is_deleted());
        rows.push(
            record
                .map(|record| show(org, version, place, record, &fields))
                .transpose()?,
        );
    }
    Ok(Reply::json(200, json!(rows)).whole())
}
