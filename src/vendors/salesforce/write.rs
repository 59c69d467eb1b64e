//! Writing: sObject Collections of up to 200 rows, each with its own end.
//!
//! The answer is 200 whatever became of the rows, in the order sent; one that is shorter or longer than the request leaves
//! the rows without a partner silent. A duplicate rule names the records it found only to a request for one row, so rows
//! refused by one come back `Later` and are then sent as single creates inside one Composite: still one request.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::api::{self, CompositeAnswer, text_of};
use super::client::{Salesforce, encoded, parsed};
use super::errors::{self, Problem};
use super::{CONTACT, LEAD, limits, object_of, sobject};
use crate::domain::category::Category;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Change, LinkAnswer, LinkEnd, RemoteId, Row, RowAnswer,
    Verdict, WriteAnswer,
};

/// Most subrequests in a Composite.
pub(super) const SINGLES: usize = 25;
/// The field of a contact that names its account.
const ACCOUNT_ID: &str = "AccountId";

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
        let request = if singly {
            self.single_creates(object, &sent)?
        } else {
            self.collection(object, create, &sent)?
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
        let rows = rows
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
        Ok(WriteAnswer { rows, call })
    }

    fn collection(
        &self,
        object: &'static str,
        create: bool,
        records: &[Value],
    ) -> Result<ApiRequest, CallError> {
        let path = self.path("composite/sobjects");
        let request = if create {
            ApiRequest::once(Method::POST, path)
        } else {
            ApiRequest::repeatable(Method::PATCH, path)
        };
        let body = json!({"allOrNone": false, "records": records});
        Ok(self.with_headers(
            encoded(request, &body)?
                .quota(limits::WRITES, 1)
                .quota(limits::CONCURRENT, 1)
                .quota(limits::DAY, 1),
            object,
            create,
        ))
    }

    fn single_creates(
        &self,
        object: &'static str,
        records: &[Value],
    ) -> Result<ApiRequest, CallError> {
        let version = self.version();
        let url = api::path(&version, &format!("sobjects/{}", sobject(object)));
        let headers: Map<String, Value> = self
            .headers(object, true)
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
        Ok(self.with_headers(
            encoded(request, &body)?
                .quota(limits::WRITES, 1)
                .quota(limits::CONCURRENT, 1)
                .quota(limits::DAY, 1),
            object,
            true,
        ))
    }

    fn with_headers(&self, request: ApiRequest, object: &str, create: bool) -> ApiRequest {
        self.headers(object, create)
            .into_iter()
            .fold(request, |request, (name, value)| {
                request.header(name, value)
            })
            .header("Sforce-Call-Options", "client=mobly-sync")
    }

    /// Without the first header the org's active assignment rules run, on updates too (REST API guide, "Assignment Rule
    /// Header"): an update never gives a colleague's lead away.
    fn headers(&self, object: &str, create: bool) -> Vec<(&'static str, String)> {
        let assign = match self.option("assign") {
            "rules" | "" if create && object == LEAD => "TRUE",
            "off" => "FALSE",
            id if create && object == LEAD => id,
            _ => "FALSE",
        };
        let mut headers = vec![("Sforce-Auto-Assign", assign.to_owned())];
        if self.option("duplicates") == "allow" {
            headers.push(("Sforce-Duplicate-Rule-Header", "allowSave=true".to_owned()));
        }
        headers
    }

    /// What an answer says of the object's description: it is out of date.
    fn learn(&self, object: &'static str, category: Category) {
        if matches!(
            category,
            Category::MissingRemoteField | Category::DataValueValidation
        ) {
            self.forget(object);
        }
    }

    /// One failing trigger fails all rows of its request, and so may one limit of the org's own code: then nothing was
    /// written, and smaller requests find the rows that are to blame. Likewise rows that a duplicate rule refuses again.
    fn refused_as_one(
        &self,
        rows: &[Row],
        results: &[Value],
        call: &CallTrace,
    ) -> Result<(), CallError> {
        if rows.len() < 2 || results.len() != rows.len() {
            return Ok(());
        }
        let Some(problems) = results
            .iter()
            .map(|result| errors::first(result).filter(|_| result["success"] != Value::Bool(true)))
            .collect::<Option<Vec<Problem>>>()
        else {
            return Ok(());
        };
        let trigger = |problem: &Problem| {
            problem.code == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" && !is_lock(problem)
        };
        let again = rows.len() > SINGLES
            && problems.iter().all(is_unnamed_duplicate)
            && rows.iter().all(|row| self.is_one_by_one(&row.trace));
        if !again && !problems.iter().all(trigger) {
            return Ok(());
        }
        Err(CallError {
            kind: CallErrorKind::Refused {
                failure: errors::failure_of(&problems[0]),
                guilty: Vec::new(),
            },
            call: Some(Box::new(call.clone())),
        })
    }

    fn verdict(&self, object: &'static str, row: &Row, result: &Value) -> Verdict {
        let id = text_of(&result["id"]);
        if result["success"] == Value::Bool(true) {
            return if id.is_empty() {
                Verdict::Silent
            } else {
                Verdict::Done { id, stored: None }
            };
        }
        let Some(problem) = errors::first(result) else {
            return Verdict::Silent;
        };
        let verdict = self.refusal(object, row, &problem);
        if let Verdict::Refused(failure) = &verdict {
            self.learn(object, failure.category);
        }
        verdict
    }

    fn refusal(&self, object: &'static str, row: &Row, problem: &Problem) -> Verdict {
        let refused = || Verdict::Refused(errors::failure_of(problem));
        let create = row.change.is_create();
        let names_account = problem.fields.iter().any(|field| field == ACCOUNT_ID);
        match problem.code.as_str() {
            _ if is_lock(problem) => Verdict::Later(None),
            code if errors::is_passing(code) => Verdict::Later(None),
            "CANNOT_UPDATE_CONVERTED_LEAD" if !create => Verdict::Gone,
            "ENTITY_IS_DELETED" | "NOT_FOUND" | "INVALID_CROSS_REFERENCE_KEY" | "MALFORMED_ID" => {
                let own = problem.fields.is_empty() || problem.fields.iter().any(|f| f == "Id");
                match () {
                    () if names_account || create && own && joins_account(object, row) => {
                        Verdict::LinkGone
                    }
                    () if !create && own => Verdict::Gone,
                    () => refused(),
                }
            }
            "DUPLICATE_VALUE" => self.taken_value(row, problem),
            "DUPLICATES_DETECTED" if create => self.duplicate(object, row, problem),
            _ => refused(),
        }
    }

    /// A unique field holds the value on another record: of our own external id that record is ours.
    fn taken_value(&self, row: &Row, problem: &Problem) -> Verdict {
        let mut failure = errors::failure_of(problem);
        let holder = errors::holder_of_value(problem);
        let ours = self.settings.external_id.as_deref().is_some_and(|field| {
            failure
                .field
                .as_deref()
                .is_some_and(|named| named.eq_ignore_ascii_case(field))
        });
        match holder {
            Some(id) if ours && row.change.is_create() => Verdict::Exists { id },
            holder => {
                failure.candidates = holder.into_iter().collect();
                Verdict::Refused(failure)
            }
        }
    }

    /// A duplicate rule refuses a new record.
    fn duplicate(&self, object: &'static str, row: &Row, problem: &Problem) -> Verdict {
        let Some(result) = &problem.duplicates else {
            // Asked for singly, the answer names the records; told nothing then either, it is a refusal.
            if self.is_one_by_one(&row.trace) {
                return Verdict::Refused(errors::failure_of(problem));
            }
            self.remember_one_by_one(&row.trace);
            return Verdict::Later(Some(std::time::Duration::ZERO));
        };
        let found = errors::candidates(result);
        if self.option("duplicates") == "use-match"
            && let [only] = &found[..]
            && object_of(&only.sobject) == Some(object)
        {
            let ours = row
                .change
                .values()
                .get("Email")
                .map(text_of)
                .unwrap_or_default();
            let same_address =
                email::key(&ours).is_some() && email::key(&ours) == email::key(&only.email);
            // A likeness is no identity: only an exact rule, or the same address, is taken without asking.
            if !only.fuzzy || same_address {
                return Verdict::Exists {
                    id: only.id.clone(),
                };
            }
        }
        Verdict::Refused(errors::failure_of(problem))
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
                Verdict::Exists { .. } | Verdict::Silent => LinkEnd::Refused(
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

fn joins_account(object: &'static str, row: &Row) -> bool {
    object == CONTACT
        && (row.change.values().contains_key(ACCOUNT_ID)
            || row
                .links
                .iter()
                .any(|(object, _)| *object == super::ACCOUNT))
}

/// Whether a value would be read as a reference to another subrequest.
fn is_bent(record: &Value) -> bool {
    record.to_string().contains("@{")
}

/// Locks pass; inside a trigger they look like the trigger's own failure.
fn is_lock(problem: &Problem) -> bool {
    problem.code == "UNABLE_TO_LOCK_ROW"
        || problem.code == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
            && problem.message.contains("UNABLE_TO_LOCK_ROW")
}

fn is_unnamed_duplicate(problem: &Problem) -> bool {
    problem.code == "DUPLICATES_DETECTED" && problem.duplicates.is_none()
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
