//! Many prospects as one import: a description, a file, and later an end ("Import API").
//!
//! What a field becomes was decided before, so every column overwrites; and since rows fill different fields, no blank cell
//! ever erases. An import tells no ids and keeps no order: whoever is not named among its errors was taken, and is looked
//! for before anybody counts as there.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::api::{self, Import, is_id, texts_of};
use super::client::{Pardot, read, reading, shape};
use super::encode::BETWEEN;
use super::import_errors::{self, Told};
use super::write::{empties, later, match_address};
use super::{PROSPECT, errors, limits};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::{ApiRequest, Part};
use crate::vendors::{
    CallError, CallErrorKind, Change, Guilty, Job, JobState, Row, RowAnswer, Verdict, WriteAnswer,
};

/// Most bytes of a file; 10 MB are refused (error 160).
pub(super) const LARGEST: usize = 9_000_000;
/// How long to wait between questions for an import; each is a call of the day.
const PAUSES: [u64; 4] = [5, 10, 20, 30];

/// What is asked of an import.
const ASKED: &str = "id,status,createdCount,updatedCount,errorCount,errorRef,isExpired";

/// The rows a file can carry, and those that must go by requests of their own.
pub(super) fn split(rows: &[Row]) -> (Vec<&Row>, Vec<&Row>) {
    rows.iter().partition(|row| !empties(row))
}

/// The file of an import.
pub(super) struct File {
    /// The column prospects are matched by, then the fields any row fills.
    pub(super) columns: Vec<String>,
    /// As many cells as columns each.
    pub(super) rows: Vec<Vec<String>>,
}

impl File {
    /// All rows are new, or all are there.
    pub(super) fn of(rows: &[&Row]) -> Self {
        let new = rows.first().is_some_and(|row| row.change.is_create());
        let fields: std::collections::BTreeSet<&String> = rows
            .iter()
            .flat_map(|row| row.change.values().keys())
            .collect();
        let key = if new { "matchEmail" } else { "matchId" };
        let cells = rows.iter().map(|row| {
            let key = match &row.change {
                Change::Update { id, .. } => id.clone(),
                // Without a value in it, a new prospect is made whoever else has the address.
                Change::Create { .. } if row.despite_duplicates => String::new(),
                Change::Create { values } => match_address(values),
            };
            let values = row.change.values();
            let cell = |name: &&String| values.get(*name).map(cell).unwrap_or_default();
            std::iter::once(key)
                .chain(fields.iter().map(cell))
                .collect()
        });
        Self {
            rows: cells.collect(),
            columns: std::iter::once(key.to_owned())
                .chain(fields.iter().map(|name| (*name).clone()))
                .collect(),
        }
    }

    fn text(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))
    }

    /// As many columns as the file has, or the whole import is refused.
    fn description(&self) -> Value {
        let columns: Vec<Value> = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, name)| match place {
                0 => json!({"field": name}),
                _ => json!({"field": name, "overwrite": true, "nullOverwrite": false}),
            })
            .collect();
        json!({
            "object": "Prospect",
            "operation": "Upsert",
            "status": "Ready",
            "restoreDeleted": true,
            "columns": columns,
        })
    }
}

fn cell(value: &Value) -> String {
    texts_of(value).join(BETWEEN)
}

impl Pardot {
    /// Hands rows in as one import.
    pub(super) async fn hand_in(&self, rows: &[&Row]) -> Result<WriteAnswer, CallError> {
        let file = File::of(rows);
        let text = file.text().map_err(|error| {
            CallError::new(CallErrorKind::Unavailable {
                retry_after: None,
                message: format!("the file cannot be written: {error}"),
            })
        })?;
        if text.len() > LARGEST {
            return Err(CallError::new(CallErrorKind::Refused {
                failure: Failure::new(Category::DataTooLong, "the file is too large for an import"),
                guilty: Vec::new(),
            }));
        }
        let path = api::path("imports");
        // What is matched by address or id may be handed in twice, what is made in any case may not.
        let request = if rows.iter().any(|row| row.despite_duplicates) {
            ApiRequest::once(Method::POST, path)
        } else {
            ApiRequest::repeatable(Method::POST, path)
        };
        let description = file.description().to_string();
        let parts = [
            Part {
                name: "input",
                file: None,
                kind: "application/json",
                bytes: description.as_bytes(),
            },
            Part {
                name: "file",
                file: Some("prospects.csv"),
                kind: limits::CSV,
                bytes: &text,
            },
        ];
        let request = request.multipart(&parts).timeout(Duration::from_secs(120));
        let answer = self.send(&request).await;
        let (value, call) = answer.map_err(|error| self.blamed(error))?;
        let id = api::text_of(&value["id"]);
        if !is_id(&id) {
            return Err(shape("the import has no id", call));
        }
        Ok(WriteAnswer {
            rows: Vec::new(),
            job: Some(Job {
                id,
                ask_after: Duration::from_secs(PAUSES[0]),
            }),
            call,
        })
    }

    /// A file is refused for its columns: every row that fills the one named is meant.
    fn blamed(&self, mut error: CallError) -> CallError {
        if let CallErrorKind::Refused { failure, guilty } = &mut error.kind
            && failure.category == Category::MissingRemoteField
        {
            self.forget_fields();
            guilty.extend(failure.field.clone().map(|field| Guilty::Field {
                field,
                failure: failure.clone(),
            }));
        }
        error
    }

    /// How far an import is.
    pub(super) async fn poll_import(&self, job: &str, rows: &[Row]) -> Result<JobState, CallError> {
        if !is_id(job) {
            return Ok(JobState::Unknown);
        }
        let request = reading(&format!("imports/{job}")).query("fields", ASKED);
        let import: Import = match self.send(&request).await {
            Ok((value, call)) => read(value, &call)?,
            Err(error) => {
                let gone = errors::told(&error).is_some_and(|problem| problem.is_gone());
                return if gone {
                    Ok(JobState::Unknown)
                } else {
                    Err(error)
                };
            }
        };
        let status = import.status.clone().unwrap_or_default();
        match status.to_lowercase().as_str() {
            "complete" => self.ended(job, &import, rows).await.map(JobState::Done),
            "failed" | "canceled" | "cancelled" => Ok(JobState::Done(given_up(rows, &status))),
            _ if import.is_expired => Ok(JobState::Unknown),
            _ => {
                let polls = usize::try_from(self.polled(job)).unwrap_or(usize::MAX);
                let pause = PAUSES[polls.saturating_add(1).min(PAUSES.len() - 1)];
                Ok(JobState::Running(Duration::from_secs(pause)))
            }
        }
    }

    async fn ended(
        &self,
        job: &str,
        import: &Import,
        rows: &[Row],
    ) -> Result<Vec<RowAnswer>, CallError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let (filed, apart) = split(rows);
        let file = File::of(&filed);
        let told = if import.error_count == 0 {
            Told::nothing(filed.len())
        } else {
            match self.errors_of(job, import).await? {
                Some(text) => import_errors::told(&text, &file, import.error_count),
                None => Told::unreadable(filed.len()),
            }
        };
        let answers = filed.iter().enumerate().map(|(place, row)| {
            let problem = told.problems[place].as_ref();
            let verdict = match problem {
                Some(problem) => self.verdict_of(PROSPECT, row, problem),
                // Some row was refused that cannot be told: whoever was there before may be it, whoever is new is looked
                // for anyway.
                None if told.nameless && !row.change.is_create() => Verdict::Silent,
                None => Verdict::Taken,
            };
            RowAnswer {
                trace: row.trace.clone(),
                verdict,
                sent: json!(row.change.values()),
                received: problem.map(errors::received).unwrap_or_default(),
            }
        });
        Ok(answers.chain(apart.into_iter().map(later)).collect())
    }

    /// The file of the rows that failed; none where it is not kept any more.
    async fn errors_of(&self, job: &str, import: &Import) -> Result<Option<String>, CallError> {
        // Only the path counts: a token goes nowhere an answer names.
        let named = import
            .error_ref
            .as_deref()
            .and_then(|address| Url::parse(address).ok())
            .map(|url| url.path().to_owned())
            .filter(|path| path.starts_with("/api/"));
        let path = named.unwrap_or_else(|| api::path(&format!("imports/{job}/errors")));
        let request = ApiRequest::read(Method::GET, path).header("accept", limits::CSV);
        match self.exchange(&request).await {
            Ok((response, _)) => Ok(Some(response.text().into_owned())),
            Err(error) if errors::told(&error).is_some_and(|problem| problem.is_gone()) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn given_up(rows: &[Row], status: &str) -> Vec<RowAnswer> {
    let failure = Failure::new(
        Category::Unexpected,
        format!("Pardot gave the import up ({status})"),
    );
    rows.iter()
        .map(|row| RowAnswer {
            trace: row.trace.clone(),
            verdict: Verdict::Refused(failure.clone()),
            sent: json!(row.change.values()),
            received: json!({"status": status}),
        })
        .collect()
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
