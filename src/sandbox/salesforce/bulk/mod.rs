//! Bulk API 2.0 ingest jobs (fact sheet, section 8): upload a table, close it, wait, read what became of each
//! row, in no particular order.

mod work;

use std::time::Duration;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::org::Org;
use super::{Outcome, body};
use crate::sandbox::time::iso;
use crate::sandbox::wire::{Reply, Request};

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
        work::work(org, &mut job);
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
        ("GET", [kind]) => work::results(org, place, kind),
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
