//! Writing: up to 100 records a request, each with its own end, in the order sent.
//!
//! New leads that all have an e-mail address are upserted by it, so that a repeated request makes nobody twice; anything
//! else new is inserted, once. `"trigger": []` runs no workflow, approval or blueprint for what we write.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::api::{self, Field, field, text_of};
use super::client::{Zoho, counted, encoded, rows};
use super::{ACCOUNT_NAME, CONTACT, LEAD, NOTE, errors, limits, module};
use crate::domain::category::Category;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, Change, Guilty, LinkAnswer, LinkEnd, RemoteId, Row, RowAnswer,
    Verdict, WriteAnswer,
};

/// Rows up to which a write is no heavy one.
const LIGHT: usize = 10;

/// How a request writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Insert,
    Upsert,
    Update,
}

impl Zoho {
    pub(super) async fn write_rows(
        &self,
        object: &'static str,
        asked: &[Row],
    ) -> Result<WriteAnswer, CallError> {
        let way = way(object, asked);
        let fields = self.described_before(module(object));
        let fields: &[Field] = fields.as_deref().map_or(&[], Vec::as_slice);
        let sent: Vec<Value> = asked.iter().map(|row| wire(object, fields, row)).collect();
        let request = self.write_request(object, way, &sent)?;
        let answer = self.send(&request).await;
        let (value, mut call) = answer.map_err(|error| self.blamed(object, asked, error))?;
        let results = rows(&value, &call)?.to_vec();
        call.body = Value::Null;
        // Rows are told apart by their place alone.
        let matched = results.len() == asked.len();
        let answers = asked
            .iter()
            .zip(sent)
            .enumerate()
            .map(|(index, (row, sent))| {
                let result = results.get(index).filter(|_| matched);
                RowAnswer {
                    trace: row.trace.clone(),
                    verdict: result.map_or(Verdict::Silent, |result| {
                        self.verdict(object, way, row, result)
                    }),
                    sent,
                    received: result.cloned().unwrap_or_default(),
                }
            })
            .collect();
        Ok(WriteAnswer {
            job: None,
            rows: answers,
            call,
        })
    }

    fn write_request(
        &self,
        object: &'static str,
        way: Way,
        records: &[Value],
    ) -> Result<ApiRequest, CallError> {
        let path = api::path(module(object));
        let (request, body) = match way {
            // Nothing is automated for notes.
            Way::Insert if object == NOTE => (
                ApiRequest::once(Method::POST, path),
                json!({ "data": records }),
            ),
            Way::Insert => (
                ApiRequest::once(Method::POST, path),
                json!({"data": records, "trigger": []}),
            ),
            Way::Update => (
                ApiRequest::repeatable(Method::PUT, path),
                json!({"data": records, "trigger": []}),
            ),
            Way::Upsert => (
                ApiRequest::repeatable(Method::POST, format!("{path}/upsert")),
                json!({"data": records, "duplicate_check_fields": ["Email"], "trigger": []}),
            ),
        };
        let heavy = records.len() > LIGHT;
        let credits = limits::write_credits(records.len());
        Ok(counted(encoded(request, &body)?, heavy, credits))
    }

    /// A refusal of the whole request may still name the row it is for.
    fn blamed(&self, object: &'static str, asked: &[Row], mut error: CallError) -> CallError {
        let body = error.call.as_ref().map(|call| &call.body);
        let problem = body.and_then(errors::first);
        if let (CallErrorKind::Refused { failure, guilty }, Some(problem)) =
            (&mut error.kind, problem)
        {
            self.learn(object, failure.category);
            if let Some(row) = problem.row().and_then(|row| asked.get(row)) {
                guilty.push(Guilty::Trace(row.trace.clone()));
            }
        }
        error
    }

    /// Sets the account of contacts, by the same request as any update.
    pub(super) async fn join_accounts(
        &self,
        pairs: &[(RemoteId, RemoteId)],
    ) -> Result<LinkAnswer, CallError> {
        let rows: Vec<Row> = pairs
            .iter()
            .enumerate()
            .map(|(index, (contact, account))| Row {
                trace: index.to_string(),
                change: Change::Update {
                    id: contact.clone(),
                    values: [(ACCOUNT_NAME.to_owned(), json!(account))].into(),
                },
                links: Vec::new(),
                despite_duplicates: false,
                is_no_news: false,
            })
            .collect();
        let answer = self.write_rows(CONTACT, &rows).await?;
        let unexpected = |message: &str| Failure::new(Category::Unexpected, message);
        let pairs = answer
            .rows
            .into_iter()
            .map(|row| match row.verdict {
                Verdict::Done { .. } => LinkEnd::Done,
                Verdict::Gone | Verdict::LinkGone => {
                    let message = "the contact or its account is gone";
                    LinkEnd::Gone(Failure::new(Category::Connection, message))
                }
                Verdict::Refused(failure) => LinkEnd::Refused(failure),
                Verdict::Later(_) => {
                    LinkEnd::Refused(unexpected("the contact was being changed by somebody else"))
                }
                Verdict::Exists { .. }
                | Verdict::Overwrote { .. }
                | Verdict::Taken
                | Verdict::Silent => LinkEnd::Refused(
                    unexpected(
                        "Zoho's answer does not mention this contact, so it counts as not joined",
                    )
                    .with_code("SILENT"),
                ),
            })
            .collect();
        Ok(LinkAnswer {
            pairs,
            call: answer.call,
        })
    }
}

/// Repeating is harmless only where every row can be recognised by its address.
fn way(object: &'static str, rows: &[Row]) -> Way {
    let has_address = |row: &Row| {
        row.change
            .values()
            .get("Email")
            .is_some_and(|value| email::key(&text_of(value)).is_some())
    };
    match rows.first().is_some_and(|row| row.change.is_create()) {
        false => Way::Update,
        // Whoever wants a record of its own must not overwrite the one an upsert would find.
        true if rows.iter().any(|row| row.despite_duplicates) => Way::Insert,
        true if object == LEAD && rows.iter().all(has_address) => Way::Upsert,
        true => Way::Insert,
    }
}

/// A row as it is sent: records within it by their ids.
fn wire(object: &'static str, fields: &[Field], row: &Row) -> Value {
    let is_lookup = |name: &str| match field(fields, name) {
        Some(field) => field.is_lookup(),
        None => name == "Owner" || object == CONTACT && name == ACCOUNT_NAME,
    };
    let mut record: Map<String, Value> = row
        .change
        .values()
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::String(id) if is_lookup(name) => json!({"id": id}),
                other => other.clone(),
            };
            (name.clone(), value)
        })
        .collect();
    if object == CONTACT && !record.contains_key(ACCOUNT_NAME) {
        let account = row
            .links
            .iter()
            .find(|(object, _)| *object == super::ACCOUNT);
        record.extend(account.map(|(_, id)| (ACCOUNT_NAME.to_owned(), json!({"id": id}))));
    }
    if let Change::Update { id, .. } = &row.change {
        record.insert("id".to_owned(), json!(id));
    }
    record.into()
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
