//! Writing: one prospect a request, several as an import ([`super::import`]).
//!
//! A new prospect is upserted by its address, so that a repeated request makes nobody twice. A record that is there is changed
//! by its id, whatever its address.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::api::{self, CREATED_AT, UPDATED_AT, is_id, text_of, texts_of, time};
use super::client::{Pardot, encoded};
use super::errors::{self, Problem};
use super::{EMAIL, import};
use crate::domain::category::Category;
use crate::domain::email;
use crate::domain::write::is_blank;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Change, Row, RowAnswer, Values, Verdict, WriteAnswer,
};

/// A prospect that has changed later than so many seconds after it was made was there before the request.
const MOMENT: i64 = 10;

impl Pardot {
    pub(super) async fn write_rows(
        &self,
        object: &'static str,
        rows: &[Row],
    ) -> Result<WriteAnswer, CallError> {
        let (filed, apart) = import::split(rows);
        match rows {
            [row] => self.write_one(object, row).await,
            _ if !filed.is_empty() => self.hand_in(&filed).await,
            [] => Err(CallError::unsupported("empty requests")),
            // None of them may go into a file, and a request takes one.
            [first, ..] => {
                let mut answer = self.write_one(object, first).await?;
                answer
                    .rows
                    .extend(apart.iter().skip(1).map(|row| later(row)));
                Ok(answer)
            }
        }
    }

    async fn write_one(&self, object: &'static str, row: &Row) -> Result<WriteAnswer, CallError> {
        let sent = json!(row.change.values());
        let (verdict, received, call) = match one_request(row)? {
            Some(request) => match self.send(&request).await {
                Ok((value, call)) => (done(row, &value, call.status), value, call),
                Err(error) => self.refused(object, row, error)?,
            },
            // No prospect has such an id.
            None => (Verdict::Gone, Value::Null, CallTrace::default()),
        };
        Ok(WriteAnswer {
            rows: vec![RowAnswer {
                trace: row.trace.clone(),
                verdict,
                sent,
                received,
            }],
            job: None,
            call,
        })
    }

    /// A request of one row that is refused is that row's refusal.
    fn refused(
        &self,
        object: &'static str,
        row: &Row,
        error: CallError,
    ) -> Result<(Verdict, Value, CallTrace), CallError> {
        let told = errors::told(&error);
        match (&error.kind, told) {
            (CallErrorKind::Refused { .. }, Some(problem)) => {
                let verdict = self.verdict_of(object, row, &problem);
                let mut call = error.call.map(|call| *call).unwrap_or_default();
                let received = std::mem::take(&mut call.body);
                Ok((verdict, received, call))
            }
            _ => Err(error),
        }
    }

    /// What a refusal means for a row.
    pub(super) fn verdict_of(&self, object: &'static str, row: &Row, problem: &Problem) -> Verdict {
        let create = row.change.is_create();
        match problem.code {
            _ if !create && problem.is_gone() => return Verdict::Gone,
            62 => return Verdict::Later(None),
            // Somebody made it at this moment: the same request finds it now.
            9 if create && !row.despite_duplicates => {
                return Verdict::Later(Some(Duration::from_secs(5)));
            }
            _ => {}
        }
        let mut failure = errors::failure_of(problem).on_object(object);
        if failure.category == Category::MissingRemoteField {
            self.forget_fields();
        }
        // The answer names the field, not the value.
        failure.value = failure
            .field
            .as_ref()
            .and_then(|name| row.change.values().get(name))
            .map(|value| texts_of(value).join("; "))
            .filter(|value| !value.is_empty())
            .map(|value| value.chars().take(500).collect());
        Verdict::Refused(failure)
    }
}

/// To be sent again, alone.
pub(super) fn later(row: &Row) -> RowAnswer {
    RowAnswer {
        trace: row.trace.clone(),
        verdict: Verdict::Later(None),
        sent: Value::Null,
        received: Value::Null,
    }
}

/// The address a new prospect is matched by.
pub(super) fn match_address(values: &Values) -> String {
    let address = values.get(EMAIL).map(text_of).unwrap_or_default();
    email::key(&address).unwrap_or(address)
}

/// The request of a row; none where no prospect can be meant.
fn one_request(row: &Row) -> Result<Option<ApiRequest>, CallError> {
    let (request, body) = match &row.change {
        Change::Update { id, .. } if !is_id(id) => return Ok(None),
        Change::Update { id, values } => (
            ApiRequest::repeatable(Method::PATCH, api::path(&format!("objects/prospects/{id}")))
                .query("fields", "id"),
            json!(values),
        ),
        // An upsert would change the record that somebody decided against.
        Change::Create { values } if row.despite_duplicates => (
            ApiRequest::once(Method::POST, api::path("objects/prospects")).query("fields", "id"),
            json!(values),
        ),
        Change::Create { values } => (
            ApiRequest::repeatable(
                Method::POST,
                api::path("objects/prospects/do/upsertLatestByEmail"),
            ),
            json!({
                "matchEmail": match_address(values),
                "prospect": values,
                "fields": ["id", EMAIL, CREATED_AT, UPDATED_AT],
                // Whoever is captured anew comes out of the recycle bin.
                "secondaryDeletedSearch": true,
            }),
        ),
    };
    encoded(request, &body).map(Some)
}

/// What a success means. Not every user may read what was written; then there is no body.
fn done(row: &Row, value: &Value, status: u16) -> Verdict {
    let id = text_of(&value["id"]);
    match &row.change {
        Change::Update { id, .. } => Verdict::Done {
            id: id.clone(),
            stored: None,
        },
        Change::Create { .. } if !is_id(&id) => Verdict::Taken,
        Change::Create { .. } if status != 201 && was_there(value) => Verdict::Overwrote { id },
        Change::Create { .. } => Verdict::Done { id, stored: None },
    }
}

/// Whether an upserted prospect had been made before.
fn was_there(value: &Value) -> bool {
    time(&value[CREATED_AT])
        .zip(time(&value[UPDATED_AT]))
        .is_some_and(|(created, updated)| updated.as_second() - created.as_second() > MOMENT)
}

/// Whether a row empties a field: a blank cell of a file leaves what is there.
pub(super) fn empties(row: &Row) -> bool {
    row.change.values().values().any(is_blank)
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
