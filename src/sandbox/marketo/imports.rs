//! Bulk imports of leads and program members (fact sheet, section 7): a file, a job, two files of what went
//! wrong.
//!
//! Two jobs run at a time, ten may be queued or running; a job takes the seconds of the setting
//! `import_seconds`, and its rows take effect when it is complete. Only comma-separated files are read.

use serde_json::{Value, json};

use super::answers;
use super::errors::{ApiError, Reason};
use super::instance::Instance;
use super::leads::Values;
use super::members;
use super::parameters::{self, Parameters};
use super::programs::Status;
use super::sync::{self, Sync};
use crate::sandbox::wire::{Reply, Request};

const RUNNING: usize = 2;
const QUEUED: usize = 10;
/// A file of 10 MB.
pub(super) const LARGEST_FILE: usize = 10 * 1024 * 1024;

struct Job {
    id: u64,
    text: String,
    /// Program and status for an import of members.
    members: Option<(u64, Status)>,
    lookup: String,
    partition: Option<u64>,
    list: Option<u64>,
    /// Sandbox time in epoch milliseconds.
    starts_at: i64,
    ends_at: i64,
    done: Option<Outcome>,
}

#[derive(Default)]
struct Outcome {
    processed: usize,
    failures: Vec<Vec<String>>,
    warnings: Vec<Vec<String>>,
    header: Vec<String>,
}

#[derive(Default)]
pub(super) struct Imports {
    jobs: Vec<Job>,
}

/// `POST /bulk/v1/leads.json`.
pub(super) fn leads(instance: &mut Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let given = Parameters::of(request);
    let lookup = given
        .text("lookupField")
        .unwrap_or_else(|| "email".to_owned());
    sync::check_lookup(instance, &lookup)?;
    let partition = match given.text("partitionName") {
        None => None,
        Some(name) => {
            let found = instance.partition(&name).filter(|found| !found.denied);
            let denied = || ApiError::new(1008, format!("Access denied to partition '{name}'"));
            Some(found.ok_or_else(denied)?.id)
        }
    };
    let list = match given.text("listId") {
        None => None,
        Some(id) => Some(instance.list(id.parse().unwrap_or_default())?.id),
    };
    let text = file(request, &given)?;
    queue(instance, text, None, (lookup, partition, list))
}

/// `POST /bulk/v1/program/{id}/members/import.json`.
pub(super) fn program_members(
    instance: &mut Instance,
    request: &Request,
    program: u64,
) -> Result<Reply, Box<ApiError>> {
    let given = Parameters::of(request);
    let name = given.required("programMemberStatus")?;
    let programs = &instance.programs;
    let status = programs.status(programs.get(program)?, &name).cloned();
    let status = status.ok_or_else(|| ApiError::new(1025, "Program status not found"))?;
    let text = file(request, &given)?;
    let target = Some((program, status));
    queue(instance, text, target, ("email".to_owned(), None, None))
}

fn queue(
    instance: &mut Instance,
    text: String,
    members: Option<(u64, Status)>,
    (lookup, partition, list): (String, Option<u64>, Option<u64>),
) -> Result<Reply, Box<ApiError>> {
    let now = instance.now();
    let jobs = &instance.imports.jobs;
    let mut ends: Vec<i64> = jobs.iter().map(|job| job.ends_at).collect();
    ends.retain(|end| *end > now);
    if ends.len() >= QUEUED {
        let text =
            format!("There are {QUEUED} imports currently being processed. Please try again later");
        return Err(ApiError::new(1016, text));
    }
    ends.sort_unstable();
    // The job before the one before this one has to be over.
    let free_at = ends
        .len()
        .checked_sub(RUNNING)
        .and_then(|place| ends.get(place));
    let starts_at = free_at.copied().unwrap_or(now);
    let seconds = i64::try_from(instance.settings.import_seconds).unwrap_or(0);
    let id = 1_040 + jobs.len() as u64;
    let job = Job {
        id,
        text,
        members,
        lookup,
        partition,
        list,
        starts_at,
        ends_at: starts_at + seconds * 1_000,
        done: None,
    };
    instance.imports.jobs.push(job);
    let row = json!({"batchId": id, "importId": id.to_string(), "status": "Queued"});
    Ok(answers::written(instance, &[row], 0))
}

/// The part called `file` of a multipart body.
fn file(request: &Request, given: &Parameters) -> Result<String, Box<ApiError>> {
    let format = given.required("format")?;
    if !format.eq_ignore_ascii_case("csv") {
        return Err(ApiError::invalid_data(format!("Invalid format '{format}'")));
    }
    let header = request.headers.get("content-type");
    let header = header
        .and_then(|header| header.to_str().ok())
        .unwrap_or_default();
    if !parameters::content_type(request).starts_with("multipart/form-data") {
        return Err(ApiError::content_type());
    }
    let malformed = || ApiError::new(613, "Invalid Multipart Request");
    let (_, boundary) = header.split_once("boundary=").ok_or_else(malformed)?;
    let boundary = boundary
        .split(';')
        .next()
        .unwrap_or_default()
        .trim_matches('"');
    let body = String::from_utf8_lossy(&request.body);
    let part = body.split(&format!("--{boundary}")).find_map(|part| {
        let (head, content) = part.split_once("\r\n\r\n")?;
        head.contains("name=\"file\"")
            .then(|| content.strip_suffix("\r\n").unwrap_or(content).to_owned())
    });
    part.ok_or_else(malformed)
}

/// Jobs whose time has come take effect.
pub(super) fn settle(instance: &mut Instance) {
    let now = instance.now();
    for place in 0..instance.imports.jobs.len() {
        let job = &instance.imports.jobs[place];
        if job.done.is_some() || job.ends_at > now {
            continue;
        }
        let outcome = work(instance, place);
        instance.imports.jobs[place].done = Some(outcome);
    }
}

fn work(instance: &mut Instance, place: usize) -> Outcome {
    let job = &instance.imports.jobs[place];
    let (members, list) = (job.members.clone(), job.list);
    let mut sync = Sync::of_import(&job.lookup, job.partition);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(job.text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map(|header| header.iter().map(str::to_owned).collect())
        .unwrap_or_default();
    let rows: Vec<Vec<String>> = reader
        .records()
        .filter_map(Result::ok)
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect();
    let mut outcome = Outcome {
        header: header.clone(),
        ..Outcome::default()
    };
    for cells in rows {
        match work_row(instance, &mut sync, &header, &cells, members.as_ref()) {
            Ok((lead, warning)) => {
                outcome.processed += 1;
                if let Some(list) = list.and_then(|list| instance.lists.get_mut(&list)) {
                    list.leads.insert(lead);
                }
                if let Some(warning) = warning {
                    outcome.warnings.push(with_cell(cells, warning));
                }
            }
            Err(text) => outcome.failures.push(with_cell(cells, &text)),
        }
    }
    outcome
}

fn with_cell(mut cells: Vec<String>, more: &str) -> Vec<String> {
    cells.push(more.to_owned());
    cells
}

fn work_row(
    instance: &mut Instance,
    sync: &mut Sync,
    header: &[String],
    cells: &[String],
    members: Option<&(u64, Status)>,
) -> Result<(u64, Option<&'static str>), String> {
    let mut values = Values::new();
    let mut own = Values::new();
    let mut warning = None;
    for (name, cell) in header
        .iter()
        .zip(cells)
        .filter(|(_, cell)| !cell.is_empty())
    {
        let member_field = instance
            .member_fields
            .iter()
            .find(|field| field.name == *name);
        if let Some(field) = member_field.filter(|field| members.is_some() && !field.read_only) {
            let value = field
                .take(&json!(cell), false)
                .map_err(|reason| reason.message)?;
            own.insert(name.clone(), value);
            continue;
        }
        let field = instance.field(name);
        let field = field.ok_or_else(|| Reason::field_not_found(name).message)?;
        if field.kind == "email" && !super::field::is_address(cell) {
            warning = Some("Invalid email address");
        } else if field.take(&json!(cell), false).is_err() {
            return Err(format!("Invalid data type in field {}", field.display_name));
        }
        values.insert(name.clone(), json!(cell));
    }
    // An address that is none is kept all the same, with a warning; Sync Leads would refuse it.
    let odd = warning.and_then(|_| values.get("email").cloned());
    if let Some(odd) = &odd {
        values.insert(
            "email".to_owned(),
            json!(format!("{}@invalid.example", hash(odd))),
        );
    }
    let (lead, _) = sync
        .row(instance, &values)
        .map_err(|reason| reason.message)?;
    if let (Some(odd), Some(mut kept)) = (odd, instance.leads.get(lead).cloned()) {
        kept.values.insert("email".to_owned(), odd);
        instance.leads.put(kept);
    }
    if let Some((program, status)) = members {
        // Who is in or past the status stays there, and is still an imported row.
        let _ = members::advance(instance, *program, lead, status);
        if let Some(member) = instance.programs.members.get_mut(&(*program, lead)) {
            member.values.extend(own);
        }
    }
    Ok((lead, warning))
}

/// Stands in for an address while the row is checked.
fn hash(value: &Value) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    value.to_string().hash(&mut hasher);
    hasher.finish()
}

fn job(instance: &Instance, id: u64) -> Result<&Job, Box<ApiError>> {
    let job = instance.imports.jobs.iter().find(|job| job.id == id);
    job.ok_or_else(|| ApiError::not_found("Import"))
}

pub(super) fn status(instance: &Instance, id: u64) -> Result<Reply, Box<ApiError>> {
    let job = job(instance, id)?;
    let now = instance.now();
    let status = match &job.done {
        Some(_) => "Complete",
        None if now >= job.starts_at && job.starts_at + 1_000 <= now => "Importing",
        None => "Queued",
    };
    let mut row = json!({"batchId": id, "importId": id.to_string(), "status": status});
    if let Some(outcome) = &job.done {
        let (processed, failed) = (outcome.processed, outcome.failures.len());
        row["numOfLeadsProcessed"] = json!(processed);
        row["numOfRowsFailed"] = json!(failed);
        row["numOfRowsWithWarning"] = json!(outcome.warnings.len());
        let members = job
            .members
            .as_ref()
            .map(|_| format!(" ({processed} members)"));
        let members = members.unwrap_or_default();
        row["message"] = json!(if failed == 0 {
            format!("Import succeeded, {processed} records imported{members}")
        } else {
            let text = "Import completed with errors";
            format!("{text}, {processed} records imported{members}, {failed} failed")
        });
    }
    Ok(answers::found(instance, &[row]))
}

/// The file of failed rows (`warnings` false) or of rows with a warning.
pub(super) fn rows(instance: &Instance, id: u64, warnings: bool) -> Result<Reply, Box<ApiError>> {
    let none = Outcome::default();
    let outcome = job(instance, id)?.done.as_ref().unwrap_or(&none);
    let (rows, title) = if warnings {
        (&outcome.warnings, "Import Warning Reason")
    } else {
        (&outcome.failures, "Import Failure Reason")
    };
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let header = with_cell(outcome.header.clone(), title);
    for row in std::iter::once(&header).chain(rows) {
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Reply::html(200, text).header("content-type", "text/csv"))
}
