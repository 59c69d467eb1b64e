//! The Import API: a table of prospects is taken in, worked on after a while, and leaves counts and a table of
//! the rows that failed. No ids come back.
//!
//! An import is open for 24 hours and its results stay for seven days. The name of the column with the
//! reason, and the status `Ready` before `Waiting`, are made up.

mod columns;
mod input;
mod multipart;
mod work;

use std::time::Duration;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::unit::{Unit, Values};
use super::{Outcome, body, query};
use crate::sandbox::salesforce_login::own_url;
use crate::sandbox::wire::{Reply, Request};
use columns::ColumnOption;

const MOST_BATCHES: usize = 10;
const BATCHES_A_DAY: usize = 1_000;
const DAY: Duration = Duration::from_secs(86_400);
const RESULT_LIFE: Duration = Duration::from_secs(7 * 86_400);

const FIELDS: [&str; 14] = [
    "id",
    "object",
    "operation",
    "status",
    "isExpired",
    "batchesRef",
    "createdAt",
    "updatedAt",
    "createdById",
    "updatedById",
    "createdCount",
    "updatedCount",
    "errorCount",
    "errorRef",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// Since this sandbox time.
    Ready(Duration),
    Complete(Duration),
}

pub(super) struct Import {
    id: u64,
    state: State,
    made_at: Duration,
    /// Takes prospects out of the recycle bin.
    restores: bool,
    options: Option<Vec<ColumnOption>>,
    header: Vec<String>,
    batches: Vec<Vec<Vec<String>>>,
    batch_count: usize,
    created: u64,
    updated: u64,
    /// Rows as they came, and why they failed.
    failed: Vec<(Vec<String>, String)>,
}

#[derive(Default)]
pub(super) struct Imports {
    all: Vec<Import>,
    /// When batches came in, for the limit of a day.
    batch_times: Vec<Duration>,
}

impl Imports {
    /// Those that wait or are worked on.
    pub(super) fn pending(&self) -> usize {
        let pending = self.all.iter();
        pending
            .filter(|import| matches!(import.state, State::Ready(_)))
            .count()
    }
}

/// Does the work of every import whose time has come.
pub(super) fn catch_up(unit: &mut Unit) {
    let (now, time) = (unit.clock.elapsed(), unit.settings.import_time);
    let due = |import: &Import| match import.state {
        State::Ready(since) if now >= since + time => Some(since + time),
        _ => None,
    };
    while let Some((place, at)) = unit
        .imports
        .all
        .iter()
        .enumerate()
        .find_map(|(place, import)| Some((place, due(import)?)))
    {
        let mut import = unit.imports.all.remove(place);
        work::work(unit, &mut import, at);
        import.state = State::Complete(at);
        unit.imports.all.insert(place, import);
    }
}

/// `/api/v5/imports/…`.
pub(super) fn serve(unit: &mut Unit, request: &Request, parts: &[&str]) -> Outcome {
    unit.allow("imports")?;
    let method = request.method.as_str();
    let Some((id, rest)) = parts.split_first() else {
        return match method {
            "POST" => create(unit, request),
            "GET" => list(unit, request),
            _ => Err(ApiError::method()),
        };
    };
    let id: u64 = id.parse().map_err(|_| ApiError::known(16))?;
    let mut all = unit.imports.all.iter();
    let place = all.position(|import| import.id == id);
    let place = place.ok_or_else(ApiError::not_found)?;
    match (method, rest) {
        ("GET", []) => {
            unit.counts.import_polls += 1;
            let fields = fields(request, true)?;
            let shown = show(unit, request, place);
            Ok(Reply::json(200, query::show(&shown, &fields)))
        }
        ("PATCH", []) => set_ready(unit, request, place),
        ("POST", ["batches"]) => {
            let file = input::file_of(unit, request)?;
            add_batch(unit, place, &file.ok_or_else(|| ApiError::known(162))?)?;
            Ok(Reply::empty(204))
        }
        ("GET", ["errors"]) => errors(unit, place),
        (_, [] | ["batches" | "errors"]) => Err(ApiError::method()),
        _ => Err(ApiError::no_endpoint()),
    }
}

fn fields(request: &Request, required: bool) -> Result<Vec<String>, Box<ApiError>> {
    let given = request.parameters("fields");
    if given.is_empty() {
        if required {
            return Err(ApiError::about(13, "fields"));
        }
        return Ok(FIELDS.map(str::to_owned).to_vec());
    }
    match given.iter().find(|name| !FIELDS.contains(&name.as_str())) {
        Some(name) => Err(ApiError::unknown_field("fields", name)),
        None => Ok(given),
    }
}

fn create(unit: &mut Unit, request: &Request) -> Outcome {
    let fields = fields(request, false)?;
    let (input, file) = input::read(unit, request)?;
    let known = ["object", "operation", "status", "restoreDeleted", "columns"];
    if let Some(name) = input.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(ApiError::about(154, name));
    }
    let word = |name: &str, allowed: &[&str]| {
        let text = input.get(name).ok_or_else(|| ApiError::about(153, name))?;
        let text = text.as_str().filter(|text| {
            let mut allowed = allowed.iter();
            allowed.any(|word| word.eq_ignore_ascii_case(text))
        });
        text.ok_or_else(|| ApiError::about(166, name))
    };
    word("object", &["Prospect"])?;
    word("operation", &["Upsert"])?;
    let ready = input.contains_key("status")
        && word("status", &["Open", "Ready"])?.eq_ignore_ascii_case("ready");
    let restores = match input.get("restoreDeleted") {
        None => false,
        Some(Value::Bool(restores)) => *restores,
        Some(_) => return Err(ApiError::about(50, "restoreDeleted")),
    };
    if ready && file.is_none() {
        return Err(ApiError::known(156));
    }
    let import = Import {
        id: unit.new_id(),
        state: State::Open,
        made_at: unit.clock.elapsed(),
        restores,
        options: input.get("columns").map(columns::options).transpose()?,
        header: Vec::new(),
        batches: Vec::new(),
        batch_count: 0,
        created: 0,
        updated: 0,
        failed: Vec::new(),
    };
    let place = unit.imports.all.len();
    unit.imports.all.push(import);
    if let Some(file) = file
        && let Err(error) = add_batch(unit, place, &file)
    {
        // A file that is refused leaves no import behind.
        unit.imports.all.pop();
        return Err(error);
    }
    unit.counts.imports += 1;
    if ready {
        unit.imports.all[place].state = State::Ready(unit.clock.elapsed());
    }
    let shown = show(unit, request, place);
    let id = unit.imports.all[place].id;
    let reply = Reply::json(201, query::show(&shown, &fields));
    Ok(reply.header("location", format!("/api/v5/imports/{id}")))
}

fn add_batch(unit: &mut Unit, place: usize, data: &[u8]) -> Result<(), Box<ApiError>> {
    let now = unit.clock.elapsed();
    let import = &unit.imports.all[place];
    if import.state != State::Open || now >= import.made_at + DAY {
        return Err(ApiError::known(161));
    }
    if import.batch_count >= MOST_BATCHES {
        return Err(ApiError::known(160));
    }
    unit.imports.batch_times.retain(|then| now < *then + DAY);
    if unit.imports.batch_times.len() >= BATCHES_A_DAY {
        return Err(ApiError::known(164));
    }
    let (header, rows) = columns::table(data)?;
    let import = &unit.imports.all[place];
    columns::columns(unit, &header, import.options.as_deref())?;
    if import.batch_count > 0 && import.header != header {
        return Err(ApiError::known(227));
    }
    unit.imports.batch_times.push(now);
    let import = &mut unit.imports.all[place];
    (import.header, import.batch_count) = (header, import.batch_count + 1);
    import.batches.push(rows);
    Ok(())
}

fn set_ready(unit: &mut Unit, request: &Request, place: usize) -> Outcome {
    let fields = fields(request, false)?;
    let given = body(request)?;
    let status = given.get("status").and_then(Value::as_str);
    if status != Some("Ready") || given.len() > 1 {
        return Err(ApiError::about(154, "status"));
    }
    let now = unit.clock.elapsed();
    let import = &mut unit.imports.all[place];
    if import.state != State::Open || now >= import.made_at + DAY {
        return Err(ApiError::known(155));
    }
    if import.batch_count == 0 {
        return Err(ApiError::known(156));
    }
    import.state = State::Ready(now);
    let shown = show(unit, request, place);
    Ok(Reply::json(200, query::show(&shown, &fields)))
}

fn is_expired(import: &Import, now: Duration) -> bool {
    match import.state {
        State::Open => now >= import.made_at + DAY,
        State::Ready(_) => false,
        State::Complete(since) => now >= since + RESULT_LIFE,
    }
}

fn status(unit: &Unit, import: &Import) -> &'static str {
    let State::Ready(since) = import.state else {
        return if import.state == State::Open {
            "Open"
        } else {
            "Complete"
        };
    };
    let waited = unit.clock.elapsed().saturating_sub(since);
    let time = unit.settings.import_time;
    if waited * 10 < time {
        "Ready"
    } else if waited * 2 < time {
        "Waiting"
    } else {
        "Processing"
    }
}

fn show(unit: &Unit, request: &Request, place: usize) -> Values {
    let import = &unit.imports.all[place];
    let own = own_url(request);
    let url = |what: &str| format!("{own}/api/v5/imports/{}/{what}", import.id);
    let changed = match import.state {
        State::Open => import.made_at,
        State::Ready(at) | State::Complete(at) => at,
    };
    let complete = matches!(import.state, State::Complete(_));
    let count = |count: u64| if complete { json!(count) } else { Value::Null };
    let errors = complete && !import.failed.is_empty();
    let values = json!({
        "id": import.id,
        "object": "Prospect",
        "operation": "Upsert",
        "status": status(unit, import),
        "isExpired": is_expired(import, unit.clock.elapsed()),
        "batchesRef": (import.state == State::Open).then(|| url("batches")),
        "createdAt": unit.timestamp_at(import.made_at),
        "updatedAt": unit.timestamp_at(changed),
        "createdById": unit.user_id,
        "updatedById": unit.user_id,
        "createdCount": count(import.created),
        "updatedCount": count(import.updated),
        "errorCount": count(import.failed.len() as u64),
        "errorRef": errors.then(|| url("errors")),
    });
    values.as_object().cloned().unwrap_or_default()
}

fn list(unit: &mut Unit, request: &Request) -> Outcome {
    unit.counts.import_polls += 1;
    let fields = fields(request, true)?;
    let id = request.parameter("id");
    let wanted = request.parameter("status");
    let places = 0..unit.imports.all.len();
    let rows = places.map(|place| show(unit, request, place));
    let rows = rows.filter(|row| {
        let is = |name: &str, wanted: &Option<String>| {
            let value = row.get(name).map(|value| match value.as_str() {
                Some(text) => text.to_owned(),
                None => value.to_string(),
            });
            wanted.is_none() || *wanted == value
        };
        is("id", &id) && is("status", &wanted)
    });
    let values: Vec<Value> = rows.map(|row| query::show(&row, &fields)).collect();
    let body = json!({"nextPageToken": null, "nextPageUrl": null, "values": values});
    Ok(Reply::json(200, body).whole())
}

/// The rows that failed, as they came, with the reason behind them.
fn errors(unit: &mut Unit, place: usize) -> Outcome {
    unit.counts.import_errors_read += 1;
    let import = &unit.imports.all[place];
    if !matches!(import.state, State::Complete(_)) || is_expired(import, unit.clock.elapsed()) {
        return Err(ApiError::not_found());
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = import.header.iter().map(String::as_str);
    // Writing to memory does not fail.
    let _ = writer.write_record(header.chain([unit.settings.error_column.as_str()]));
    for (row, reason) in &import.failed {
        let _ = writer.write_record(row.iter().chain([reason]));
    }
    let text = String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned();
    Ok(Reply::html(200, text).header("content-type", "text/csv; charset=utf-8"))
}

/// All imports as the control paths show them.
pub(super) fn report(unit: &Unit) -> Value {
    let rows = unit.imports.all.iter().map(|import| {
        let failed = import.failed.iter();
        json!({
            "id": import.id,
            "status": status(unit, import),
            "created": import.created,
            "updated": import.updated,
            "batches": import.batch_count,
            "columns": import.header,
            "failed": failed.map(|(row, reason)| json!({"row": row, "reason": reason})).collect::<Vec<_>>(),
        })
    });
    json!({"imports": rows.collect::<Vec<_>>()})
}
