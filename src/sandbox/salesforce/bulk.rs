//! Bulk API 2.0 ingest jobs (fact sheet, section 8): upload a table, close it, wait, read what became of each
//! row, in no particular order.

use std::time::Duration;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::object::Values;
use super::org::Org;
use super::write::{self, AutoAssign, Manner};
use super::{Outcome, body};
use crate::sandbox::time::iso;
use crate::sandbox::wire::{Reply, Request};

/// Triggers see chunks of this size.
const CHUNK: usize = 200;
const OPERATIONS: [&str; 4] = ["insert", "update", "upsert", "delete"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    UploadComplete,
    JobComplete,
    Failed,
    Aborted,
}

struct Job {
    id: String,
    place: usize,
    operation: String,
    key: Option<String>,
    assignment_rule: bool,
    delimiter: u8,
    delimiter_name: String,
    line_ending: String,
    created: i64,
    state: State,
    error: Option<String>,
    /// Sandbox time at which the work began.
    closed_at: Duration,
    data: Vec<u8>,
    /// Result rows: the added columns, then the row as it was uploaded.
    succeeded: Vec<Vec<String>>,
    failed: Vec<Vec<String>>,
    header: Vec<String>,
}

#[derive(Default)]
pub(super) struct Jobs(Vec<Job>);

impl Jobs {
    /// Jobs that are neither finished nor aborted.
    pub(super) fn open(&self) -> usize {
        self.0
            .iter()
            .filter(|job| matches!(job.state, State::Open | State::UploadComplete))
            .count()
    }
}

/// Does the work of every job whose time has come.
pub(super) fn catch_up(org: &mut Org) {
    let now = org.clock.elapsed();
    let time = org.settings.bulk_time;
    let due = |job: &Job| job.state == State::UploadComplete && now >= job.closed_at + time;
    while let Some(place) = org.jobs.0.iter().position(due) {
        let mut job = org.jobs.0.remove(place);
        work(org, &mut job);
        org.jobs.0.insert(place, job);
    }
}

/// `/jobs/ingest` and below.
pub(super) fn serve(org: &mut Org, request: &Request, version: &str, rest: &[&str]) -> Outcome {
    let method = request.method.as_str();
    let Some((id, rest)) = rest.split_first() else {
        return match method {
            "POST" => create(org, request, version),
            "GET" => {
                let jobs: Vec<Value> = org
                    .jobs
                    .0
                    .iter()
                    .map(|job| show(org, job, version))
                    .collect();
                Ok(Reply::json(
                    200,
                    json!({"done": true, "records": jobs, "nextRecordsUrl": null}),
                ))
            }
            _ => Err(ApiError::method_not_allowed(method, "GET,POST")),
        };
    };
    let id = super::ids::normalize(id);
    let place = org
        .jobs
        .0
        .iter()
        .position(|job| Some(&job.id) == id.as_ref())
        .ok_or_else(ApiError::not_found)?;
    match (method, rest) {
        ("GET", []) => Ok(Reply::json(200, show(org, &org.jobs.0[place], version))),
        ("PATCH", []) => set_state(org, request, version, place),
        ("DELETE", []) => {
            if matches!(org.jobs.0[place].state, State::Open | State::UploadComplete) {
                return Err(invalid_state("Only finished jobs can be deleted"));
            }
            org.jobs.0.remove(place);
            Ok(Reply::empty(204))
        }
        ("PUT", ["batches"]) => {
            let job = &mut org.jobs.0[place];
            if job.state != State::Open || !job.data.is_empty() {
                return Err(invalid_state(
                    "Found multiple contents for job, or the job is not open",
                ));
            }
            job.data.clone_from(&request.body);
            Ok(Reply::empty(201))
        }
        ("GET", [kind]) => results(org, place, kind),
        _ => Err(ApiError::not_found()),
    }
}

fn invalid_state(text: &str) -> Box<ApiError> {
    ApiError::new(400, "INVALIDJOBSTATE", text)
}

fn create(org: &mut Org, request: &Request, version: &str) -> Outcome {
    let body = body(request)?;
    let place = org.visible(body["object"].as_str().unwrap_or_default())?;
    let operation = body["operation"].as_str().unwrap_or_default().to_owned();
    if !OPERATIONS.contains(&operation.as_str()) {
        return Err(ApiError::new(
            400,
            "INVALIDJOB",
            format!("InvalidJob : {operation} is no operation"),
        ));
    }
    let object = org.at(place);
    let named = body["externalIdFieldName"].as_str();
    let key = named
        .and_then(|name| object.field(name))
        .filter(|field| field.external_id || field.kind == "id");
    let key = key.map(|field| field.name.clone());
    if operation == "upsert" && key.is_none() {
        let text = format!(
            "InvalidJob : Field name provided, {} does not match an External ID for {}",
            named.unwrap_or_default(),
            object.name
        );
        return Err(ApiError::new(400, "INVALIDJOB", text));
    }
    let delimiter_name = body["columnDelimiter"]
        .as_str()
        .unwrap_or("COMMA")
        .to_owned();
    let delimiter = match delimiter_name.as_str() {
        "SEMICOLON" => b';',
        "TAB" => b'\t',
        "PIPE" => b'|',
        "CARET" => b'^',
        "BACKQUOTE" => b'`',
        _ => b',',
    };
    let job = Job {
        id: org.new_id("750"),
        place,
        operation,
        key,
        assignment_rule: body["assignmentRuleId"].is_string(),
        delimiter,
        delimiter_name,
        line_ending: body["lineEnding"].as_str().unwrap_or("LF").to_owned(),
        created: org.now(),
        state: State::Open,
        error: None,
        closed_at: Duration::ZERO,
        data: Vec::new(),
        succeeded: Vec::new(),
        failed: Vec::new(),
        header: Vec::new(),
    };
    let shown = show(org, &job, version);
    org.jobs.0.push(job);
    Ok(Reply::json(200, shown))
}

fn show(org: &Org, job: &Job, version: &str) -> Value {
    let waited = org.clock.elapsed().saturating_sub(job.closed_at);
    let state = match job.state {
        State::Open => "Open",
        State::UploadComplete if waited * 2 >= org.settings.bulk_time => "InProgress",
        State::UploadComplete => "UploadComplete",
        State::JobComplete => "JobComplete",
        State::Failed => "Failed",
        State::Aborted => "Aborted",
    };
    let created = iso(job.created).replace('Z', "+0000");
    let mut body = json!({
        "id": job.id,
        "object": org.at(job.place).name,
        "operation": job.operation,
        "createdById": org.user_id,
        "createdDate": created,
        "systemModstamp": created,
        "state": state,
        "concurrencyMode": "Parallel",
        "contentType": "CSV",
        "apiVersion": version.trim_start_matches('v').parse::<f64>().unwrap_or(0.0),
        "jobType": "V2Ingest",
        "lineEnding": job.line_ending,
        "columnDelimiter": job.delimiter_name,
        "numberRecordsProcessed": job.succeeded.len() + job.failed.len(),
        "numberRecordsFailed": job.failed.len(),
        "retries": 0,
        "totalProcessingTime": 0,
    });
    if let Some(key) = &job.key {
        body["externalIdFieldName"] = json!(key);
    }
    if let Some(error) = &job.error {
        body["errorMessage"] = json!(error);
    }
    if job.state == State::Open {
        body["contentUrl"] = json!(format!(
            "services/data/{version}/jobs/ingest/{}/batches",
            job.id
        ));
    }
    body
}

fn set_state(org: &mut Org, request: &Request, version: &str, place: usize) -> Outcome {
    let body = body(request)?;
    let now = org.clock.elapsed();
    let job = &mut org.jobs.0[place];
    match (body["state"].as_str(), job.state) {
        (Some("UploadComplete"), State::Open) => {
            job.state = State::UploadComplete;
            job.closed_at = now;
        }
        (Some("Aborted"), State::Open | State::UploadComplete) => job.state = State::Aborted,
        _ => {
            return Err(invalid_state(
                "InvalidJobState : the job cannot go to this state",
            ));
        }
    }
    Ok(Reply::json(200, show(org, &org.jobs.0[place], version)))
}

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

fn work(org: &mut Org, job: &mut Job) {
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

fn results(org: &Org, place: usize, kind: &str) -> Outcome {
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
