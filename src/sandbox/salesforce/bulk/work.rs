//! The work of a job: from its table to records, and from what became of them to tables.

use serde_json::{Value, json};

use super::super::Outcome;
use super::super::errors::ApiError;
use super::super::object::Values;
use super::super::org::Org;
use super::super::write::{self, AutoAssign, Manner};
use super::{Job, State};
use crate::sandbox::wire::Reply;

/// Triggers see chunks of this size.
const CHUNK: usize = 200;

/// The table of a job: its header and rows.
fn table(job: &Job) -> Result<(Vec<String>, Vec<Vec<String>>), String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(job.delimiter)
        .from_reader(job.data.as_slice());
    let texts = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let wrong = |error: csv::Error| format!("InvalidBatch : Failed to parse CSV: {error}");
    let header = texts(reader.headers().map_err(wrong)?);
    let rows = reader
        .records()
        .map(|row| row.map(|row| texts(&row)).map_err(wrong));
    let rows: Vec<Vec<String>> = rows.collect::<Result<_, _>>()?;
    Ok((header, rows))
}

/// Writes every row of a closed job.
pub(super) fn work(org: &mut Org, job: &mut Job) {
    job.state = State::JobComplete;
    let (header, rows) = match table(job) {
        Ok(table) => table,
        Err(error) => {
            (job.state, job.error) = (State::Failed, Some(error));
            return;
        }
    };
    let object = org.at(job.place);
    let unknown = header.iter().find(|name| {
        let relationship = name
            .split_once('.')
            .and_then(|(parent, _)| object.relationship(parent));
        object.field(name).is_none() && relationship.is_none()
    });
    if let Some(name) = unknown {
        job.state = State::Failed;
        job.error = Some(format!("InvalidBatch : Field name not found : {name}"));
        return;
    }
    job.header = header;
    let auto_assign = if job.assignment_rule {
        AutoAssign::Rule
    } else {
        AutoAssign::Off
    };
    let manner = Manner {
        allow_duplicates: false,
        duplicate_details: false,
        auto_assign,
    };
    let verb = if job.operation == "insert" {
        "Insert"
    } else {
        "Update"
    };
    for chunk in rows.chunks(CHUNK) {
        let failure = org
            .rules
            .trigger_failure(&org.at(job.place).name, chunk.len(), verb);
        for row in chunk {
            let result = match &failure {
                Some(failure) => Err(failure.clone()),
                None => write_row(org, job, manner, row),
            };
            match result {
                Ok((id, created)) => {
                    job.succeeded
                        .push([vec![id, created.to_string()], row.clone()].concat());
                }
                Err(error) => {
                    job.failed
                        .push([vec![String::new(), error.to_bulk()], row.clone()].concat());
                }
            }
        }
    }
    org.locks.settle();
    org.shuffle(&mut job.succeeded);
    org.shuffle(&mut job.failed);
}

fn write_row(
    org: &mut Org,
    job: &Job,
    manner: Manner,
    row: &[String],
) -> Result<(String, bool), Box<ApiError>> {
    let mut values = Values::new();
    let mut id = None;
    for (name, cell) in job.header.iter().zip(row) {
        if name.eq_ignore_ascii_case("id") {
            id = Some(cell.as_str());
        } else if !cell.is_empty() {
            put(org, job.place, &mut values, name, cell)?;
        }
    }
    let missing =
        |name: &str| ApiError::save("MISSING_ARGUMENT", format!("{name} not specified"), &[]);
    let mut found = Vec::new();
    match (job.operation.as_str(), &job.key) {
        ("insert", _) => {}
        ("upsert", Some(key)) if key != "Id" => {
            let value = values.get(key).ok_or_else(|| missing(key))?;
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            found.extend(
                org.at(job.place)
                    .with_value(key, &text)
                    .iter()
                    .map(|record| record.id.clone()),
            );
        }
        ("upsert", _) if id.is_none_or(str::is_empty) => {}
        _ => found.push(write::locate(
            org,
            job.place,
            id.ok_or_else(|| missing("Id"))?,
        )?),
    }
    match found.as_slice() {
        [] => Ok((write::insert(org, manner, job.place, &values)?, true)),
        [id] if job.operation == "delete" => Ok((write::delete(org, job.place, id)?, false)),
        [id] => {
            if let Some(key) = &job.key {
                values.remove(key);
            }
            Ok((write::update(org, manner, job.place, id, &values)?, false))
        }
        _ => Err(ApiError::save(
            "DUPLICATE_EXTERNAL_ID",
            "more than one record found for external id field",
            &[],
        )),
    }
}

/// A cell as a value of its field's type; `#N/A` clears, `Account.Key__c` names a parent.
fn put(
    org: &Org,
    place: usize,
    values: &mut Values,
    name: &str,
    cell: &str,
) -> Result<(), Box<ApiError>> {
    let Some(field) = org.at(place).field(name) else {
        if let Some((parent, key)) = name.split_once('.') {
            values.insert(parent.to_owned(), json!({key: cell}));
        }
        return Ok(());
    };
    let value = match field.kind.as_str() {
        _ if cell == "#N/A" => Some(Value::Null),
        "boolean" => match cell.to_lowercase().as_str() {
            "true" | "1" => Some(json!(true)),
            "false" | "0" => Some(json!(false)),
            _ => None,
        },
        "int" => cell.parse::<i64>().ok().map(|number| json!(number)),
        "double" | "currency" | "percent" => cell.parse::<f64>().ok().map(|number| json!(number)),
        _ => Some(json!(cell)),
    };
    let value = value.ok_or_else(|| {
        let text = format!("{}: value not of required type: {cell}", field.label);
        ApiError::save("INVALID_TYPE_ON_FIELD_IN_RECORD", text, &[&field.name])
    })?;
    values.insert(field.name.clone(), value);
    Ok(())
}

/// `successfulResults`, `failedResults` or `unprocessedrecords` as CSV.
pub(super) fn results(org: &Org, place: usize, kind: &str) -> Outcome {
    let job = &org.jobs.0[place];
    let unprocessed = match job.state {
        State::Aborted | State::Failed => table(job).unwrap_or_default(),
        _ => (Vec::new(), Vec::new()),
    };
    let (added, rows, header): (&[&str], &[Vec<String>], &[String]) = match kind {
        "successfulResults" => (&["sf__Id", "sf__Created"], &job.succeeded, &job.header),
        "failedResults" => (&["sf__Id", "sf__Error"], &job.failed, &job.header),
        "unprocessedrecords" => (&[], &unprocessed.1, &unprocessed.0),
        _ => return Err(ApiError::not_found()),
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(job.delimiter)
        .from_writer(Vec::new());
    let header = added
        .iter()
        .copied()
        .chain(header.iter().map(String::as_str));
    // Writing to memory does not fail; an empty table has no header either.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row);
    }
    let text = String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned();
    let reply = Reply::html(200, text).header("content-type", "text/csv");
    Ok(reply.header("sforce-numberofrecords", rows.len().to_string()))
}
