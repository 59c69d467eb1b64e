//! Writing: sObject Collections of up to 200 rows, each with its own end.
//!
//! The answer is 200 whatever became of the rows, in the order sent; one that is shorter or longer than the request leaves
//! the rows without a partner silent. A duplicate rule names the records it found only to a request for one row, so rows
//! refused by one come back `Later` and are then sent as single creates inside one Composite: still one request.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::api::{self, CompositeAnswer};
use super::client::{Salesforce, parsed, writing};
use super::{CONTACT, LEAD, sobject};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Change, LinkAnswer, LinkEnd, RemoteId, Row, RowAnswer,
    Verdict, WriteAnswer,
};

/// Most subrequests in a Composite.
pub(super) const SINGLES: usize = 25;
/// The field of a contact that names its account.
pub(super) const ACCOUNT_ID: &str = "AccountId";

/// How a request writes.
#[derive(Debug, Clone, Copy)]
struct Manner {
    create: bool,
    despite_duplicates: bool,
    is_no_news: bool,
}

impl Salesforce {
    pub(super) async fn write_rows(
        &self,
        object: &'static str,
        rows: &[Row],
    ) -> Result<WriteAnswer, CallError> {
        let create = rows.first().is_some_and(|row| row.change.is_create());
        let sent: Vec<Value> = rows.iter().map(|row| wire(object, row)).collect();
        let singly = create
            && rows.len() <= SINGLES
            && rows
                .iter()
                .zip(&sent)
                .all(|(row, sent)| self.is_one_by_one(&row.trace) && !is_bent(sent));
        let manner = Manner {
            create,
            despite_duplicates: rows.iter().any(|row| row.despite_duplicates),
            is_no_news: rows.iter().any(|row| row.is_no_news),
        };
        let request = if singly {
            self.single_creates(object, &sent, manner)?
        } else {
            self.collection(object, &sent, manner)?
        };
        let (value, mut call) = self.send(&request).await.inspect_err(|error| {
            if let CallErrorKind::Refused { failure, .. } = &error.kind {
                self.learn(object, failure.category);
            }
        })?;
        let results = if singly {
            single_results(value, &call)?
        } else {
            collection_results(value, &call)?
        };
        call.body = Value::Null;
        self.refused_as_one(rows, &results, &call)?;
        let matched = results.len() == rows.len();
        let answers = rows
            .iter()
            .zip(sent)
            .enumerate()
            .map(|(index, (row, sent))| {
                let result = results.get(index).filter(|_| matched);
                RowAnswer {
                    trace: row.trace.clone(),
                    verdict: result
                        .map_or(Verdict::Silent, |result| self.verdict(object, row, result)),
                    sent,
                    received: result.cloned().unwrap_or_default(),
                }
            })
            .collect();
        if singly {
            rows.iter()
                .for_each(|row| self.forget_one_by_one(&row.trace));
        }
        Ok(WriteAnswer {
            job: None,
            rows: answers,
            call,
        })
    }

    fn collection(
        &self,
        object: &'static str,
        records: &[Value],
        manner: Manner,
    ) -> Result<ApiRequest, CallError> {
        let path = self.path("composite/sobjects");
        let request = if manner.create {
            ApiRequest::once(Method::POST, path)
        } else {
            ApiRequest::repeatable(Method::PATCH, path)
        };
        let body = json!({"allOrNone": false, "records": records});
        Ok(self.with_headers(writing(request, &body)?, object, manner))
    }

    fn single_creates(
        &self,
        object: &'static str,
        records: &[Value],
        manner: Manner,
    ) -> Result<ApiRequest, CallError> {
        let version = self.version();
        let url = api::path(&version, &format!("sobjects/{}", sobject(object)));
        let headers: Map<String, Value> = self
            .headers(object, manner)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Value::String(value)))
            .collect();
        let subrequests: Vec<Value> = records
            .iter()
            .enumerate()
            .map(|(index, record)| {
                let mut body = record.clone();
                if let Some(fields) = body.as_object_mut() {
                    fields.remove("attributes");
                }
                json!({"method": "POST", "referenceId": format!("r{index}"), "url": url,
                    "httpHeaders": headers, "body": body})
            })
            .collect();
        let body = json!({"allOrNone": false, "collateSubrequests": false, "compositeRequest": subrequests});
        let request = ApiRequest::once(Method::POST, api::path(&version, "composite"));
        Ok(self.with_headers(writing(request, &body)?, object, manner))
    }

    fn with_headers(&self, request: ApiRequest, object: &str, manner: Manner) -> ApiRequest {
        self.headers(object, manner)
            .into_iter()
            .fold(request, |request, (name, value)| {
                request.header(name, value)
            })
            .header("Sforce-Call-Options", "client=mobly-sync")
    }

    /// Without the first header the org's active assignment rules run, on updates too (REST API guide, "Assignment Rule
    /// Header"): an update never gives a colleague's lead away, and what is no news is given to nobody.
    fn headers(&self, object: &str, manner: Manner) -> Vec<(&'static str, String)> {
        let assigns = manner.create && object == LEAD && !manner.is_no_news;
        let assign = match self.option("assign") {
            "rules" | "" if assigns => "TRUE",
            "off" => "FALSE",
            id if assigns => id,
            _ => "FALSE",
        };
        let mut headers = vec![("Sforce-Auto-Assign", assign.to_owned())];
        let duplicates = match self.option("duplicates") {
            _ if manner.despite_duplicates => Some("allowSave=true"),
            "allow" => Some("allowSave=true"),
            // Whether it is the same person is decided here, by the fields of the record found.
            "use-match" if manner.create => Some("allowSave=false; includeRecordDetails=true"),
            _ => None,
        };
        headers
            .extend(duplicates.map(|wanted| ("Sforce-Duplicate-Rule-Header", wanted.to_owned())));
        headers
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
                    values: [(ACCOUNT_ID.to_owned(), json!(account))].into(),
                },
                links: Vec::new(),
                despite_duplicates: false,
                is_no_news: false,
            })
            .collect();
        let answer = self.write_rows(CONTACT, &rows).await?;
        let gone = || Failure::new(Category::Connection, "the contact or its account is gone");
        let pairs = answer
            .rows
            .into_iter()
            .map(|row| match row.verdict {
                Verdict::Done { .. } => LinkEnd::Done,
                Verdict::Gone | Verdict::LinkGone => LinkEnd::Gone(gone()),
                Verdict::Refused(failure) => LinkEnd::Refused(failure),
                Verdict::Later(_) => LinkEnd::Refused(Failure::new(
                    Category::Unexpected,
                    "the contact or its account stayed locked",
                )),
                Verdict::Exists { .. } | Verdict::Overwrote { .. } | Verdict::Taken | Verdict::Silent => LinkEnd::Refused(
                    Failure::new(
                        Category::Unexpected,
                        "Salesforce's answer does not mention this contact, so it counts as not joined",
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

/// A row as it is sent.
fn wire(object: &'static str, row: &Row) -> Value {
    let mut record: Map<String, Value> = row
        .change
        .values()
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if object == CONTACT && !record.contains_key(ACCOUNT_ID) {
        let account = row
            .links
            .iter()
            .find(|(object, _)| *object == super::ACCOUNT);
        record.extend(account.map(|(_, id)| (ACCOUNT_ID.to_owned(), json!(id))));
    }
    if let Change::Update { id, .. } = &row.change {
        record.insert("id".to_owned(), json!(id));
    }
    record.insert("attributes".to_owned(), json!({"type": sobject(object)}));
    record.into()
}

/// Whether a value would be read as a reference to another subrequest.
fn is_bent(record: &Value) -> bool {
    record.to_string().contains("@{")
}

/// The rows' results, in the order sent.
pub(super) fn collection_results(value: Value, call: &CallTrace) -> Result<Vec<Value>, CallError> {
    parsed(value, call.clone())
}

/// Single creates answer like single calls; told here as Collections would.
fn single_results(value: Value, call: &CallTrace) -> Result<Vec<Value>, CallError> {
    let answer: CompositeAnswer = parsed(value, call.clone())?;
    let of = |index: usize| {
        let reference = format!("r{index}");
        let sub = answer
            .composite_response
            .iter()
            .find(|sub| sub.reference_id == reference)?;
        Some(if (200..300).contains(&sub.http_status_code) {
            sub.body.clone()
        } else {
            json!({"success": false, "errors": sub.body})
        })
    };
    // A row without an answer is silent: an empty result says nothing.
    let count = answer
        .composite_response
        .iter()
        .filter_map(|sub| sub.reference_id.strip_prefix('r')?.parse::<usize>().ok())
        .max()
        .map_or(0, |last| last + 1);
    Ok((0..count)
        .map(|index| of(index).unwrap_or_default())
        .collect())
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
