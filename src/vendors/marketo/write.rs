//! Writing: up to 300 rows a request, each with its own end, in the order sent.
//!
//! A new lead is `createOrUpdate` by its address: where somebody else made it meanwhile it is not made twice, and the answer
//! tells which it was. A lead that is there is `updateOnly` by id. Results of leads hold no key: their place is all that
//! tells them apart.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::api::{self, field, is_id, number, text_of};
use super::client::{Marketo, counted, encoded, list};
use super::errors::{self, Problem};
use super::fields::kind_of;
use super::find::is_of_crm;
use super::plan::{drop_company_fields, id_of, joins};
use super::{COMPANY, COMPANY_ID, EMAIL};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::remote::RemoteKind;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, Change, Guilty, Row, RowAnswer, Verdict, WriteAnswer,
};

/// How long a write may take at Marketo ("Sync Leads" 90 s), and the answer on its way.
const PATIENCE: Duration = Duration::from_secs(100);

impl Marketo {
    pub(super) async fn write_rows(
        &self,
        object: &'static str,
        asked: &[Row],
    ) -> Result<WriteAnswer, CallError> {
        if object == COMPANY && self.crm_has_companies() {
            return Err(left_to_the_crm(asked));
        }
        let sent: Vec<Value> = asked.iter().map(|row| self.wire(object, row)).collect();
        let request = self.write_request(object, asked, &sent)?;
        let (value, mut call) = match self.send(&request.timeout(PATIENCE)).await {
            Ok(answer) => answer,
            Err(error) => return Err(self.blamed(object, asked, error)),
        };
        let results = in_order(list(&value, "result", &call)?);
        call.body = Value::Null;
        let matched = results.len() == asked.len();
        let rows = asked
            .iter()
            .zip(sent)
            .enumerate()
            .map(|(index, (row, sent))| {
                let result = results.get(index).filter(|_| matched);
                RowAnswer {
                    trace: row.trace.clone(),
                    verdict: result.map_or(Verdict::Silent, |result| {
                        self.verdict(object, row, &sent, result)
                    }),
                    received: result.cloned().unwrap_or_default(),
                    sent,
                }
            })
            .collect();
        Ok(WriteAnswer {
            rows,
            job: None,
            call,
        })
    }

    fn write_request(
        &self,
        object: &'static str,
        asked: &[Row],
        input: &[Value],
    ) -> Result<ApiRequest, CallError> {
        let create = asked.first().is_some_and(|row| row.change.is_create());
        if object == COMPANY {
            let action = if create {
                "createOrUpdate"
            } else {
                "updateOnly"
            };
            let body = json!({"action": action, "dedupeBy": "dedupeFields", "input": input});
            // The ids are ours: twice is the same as once.
            let request = ApiRequest::repeatable(Method::POST, api::path("companies.json"));
            return Ok(counted(encoded(request, &body)?));
        }
        let path = api::path("leads.json");
        if !create {
            let body = json!({"action": "updateOnly", "lookupField": "id", "input": input});
            let request = ApiRequest::repeatable(Method::POST, path);
            return Ok(counted(encoded(request, &body)?));
        }
        // Whoever wants a record of its own must not overwrite the one an upsert would find.
        let own = asked.iter().any(|row| row.despite_duplicates);
        let action = if own {
            "createDuplicate"
        } else {
            "createOrUpdate"
        };
        let mut body = json!({"action": action, "lookupField": EMAIL, "input": input});
        if let Some(partition) = self.partition().filter(|_| !own) {
            body["partitionName"] = partition.into();
        }
        // Repeating would make nobody twice, but would tell of somebody made that it was there: it is looked up instead.
        Ok(counted(encoded(
            ApiRequest::once(Method::POST, path),
            &body,
        )?))
    }

    /// A row as it is sent.
    fn wire(&self, object: &'static str, row: &Row) -> Value {
        let mut values = row.change.values().clone();
        if object != COMPANY && (joins(&values) || self.is_in_company(&row.trace)) {
            drop_company_fields(&mut values);
        }
        let id = match &row.change {
            Change::Update { id, .. } if object == COMPANY => {
                Some((COMPANY_ID, id.as_str().into()))
            }
            Change::Update { id, .. } => Some(("id", number(id))),
            Change::Create { .. } if object == COMPANY => {
                id_of(&values).map(|id| (COMPANY_ID, id.into()))
            }
            Change::Create { .. } => None,
        };
        let mut record: Map<String, Value> = values.into_iter().collect();
        record.extend(id.map(|(name, id)| (name.to_owned(), id)));
        record.into()
    }

    /// A refusal of the whole request.
    fn blamed(&self, object: &'static str, asked: &[Row], error: CallError) -> CallError {
        if object == COMPANY && is_of_crm(&error) {
            self.leave_companies_to_the_crm();
            return CallError {
                call: error.call,
                ..left_to_the_crm(asked)
            };
        }
        if let CallErrorKind::Refused { failure, .. } = &error.kind {
            self.learn(object, failure.category);
        }
        error
    }

    /// What an answer says of the fields: what is known of them is out of date.
    fn learn(&self, object: &'static str, category: Category) {
        if category == Category::MissingRemoteField {
            self.forget(object);
        }
    }

    fn verdict(&self, object: &'static str, row: &Row, sent: &Value, result: &Value) -> Verdict {
        let asked = match &row.change {
            Change::Update { id, .. } => Some(id.as_str()),
            Change::Create { .. } => None,
        };
        let id = if object == COMPANY {
            text_of(&sent[COMPANY_ID])
        } else {
            text_of(&result["id"])
        };
        let known = object == COMPANY && !id.is_empty() || is_id(&id);
        match (result["status"].as_str().unwrap_or_default(), asked) {
            ("created" | "updated", Some(asked)) if !known || id == asked => Verdict::Done {
                id: asked.to_owned(),
                stored: None,
            },
            // Another record than the one that was meant: the answer is of something else.
            ("created" | "updated", Some(_)) => Verdict::Silent,
            ("created", None) if known => Verdict::Done { id, stored: None },
            // It was there although nobody found it, and now holds what was meant for a new one.
            ("updated", None) if known && object != COMPANY => Verdict::Overwrote { id },
            ("updated", None) if known => Verdict::Exists { id },
            ("skipped", _) => self.skipped(object, row, result),
            _ => Verdict::Silent,
        }
    }

    /// A row that was not written, by its first reason.
    fn skipped(&self, object: &'static str, row: &Row, result: &Value) -> Verdict {
        let problems = errors::of_row(result);
        let Some(problem) = problems.first() else {
            let message = "Marketo skipped the row without a reason";
            return Verdict::Refused(Failure::new(Category::Unexpected, message));
        };
        let update = !row.change.is_create();
        let id = text_of(&result["id"]);
        match problem.code.as_str() {
            // "Company not found": the id is ours, and the company that had it is gone.
            "1013" if object != COMPANY && joins(row.change.values()) => Verdict::LinkGone,
            "1004" | "1013" if update => Verdict::Gone,
            "1005" if object != COMPANY && is_id(&id) => Verdict::Exists { id },
            "1018" if object == COMPANY => {
                self.leave_companies_to_the_crm();
                Verdict::Refused(errors::failure_of(problem))
            }
            // Its company has these fields: the row again, without them.
            "1021" if object != COMPANY && !self.is_in_company(&row.trace) => {
                self.learn_in_company(&row.trace);
                Verdict::Later(Some(Duration::ZERO))
            }
            "604" | "608" | "611" | "614" | "713" | "719" => Verdict::Later(None),
            _ => self.refused(object, row, problem, &problems),
        }
    }

    fn refused(
        &self,
        object: &'static str,
        row: &Row,
        problem: &Problem,
        problems: &[Problem],
    ) -> Verdict {
        let Some(mut failure) = errors::failure_of_row(problems) else {
            return Verdict::Silent;
        };
        self.learn(object, failure.category);
        let name = failure.field.clone();
        if problem.is("1003")
            && name
                .as_deref()
                .is_some_and(|name| self.is_typed(object, name))
        {
            failure.category = Category::DataFormatValidation;
        }
        if failure.value.is_none() {
            // The answer names the field, not the value.
            failure.value = name
                .and_then(|name| row.change.values().get(&name).map(text_of))
                .filter(|value| !value.is_empty())
                .map(|value| value.chars().take(500).collect());
        }
        Verdict::Refused(failure)
    }

    /// Whether a field takes only values of a certain form, so that a bad one is one of another form.
    fn is_typed(&self, object: &str, name: &str) -> bool {
        let described = self.described_before(object);
        described
            .as_deref()
            .and_then(|fields| field(fields, name))
            .is_some_and(|field| {
                !matches!(
                    kind_of(&field.data_type),
                    RemoteKind::Text | RemoteKind::Longtext
                )
            })
    }
}

/// Results in the order of the rows, where they tell their place.
fn in_order(results: &[Value]) -> Vec<Value> {
    let mut results = results.to_vec();
    if results.iter().all(|result| result["seq"].is_u64()) {
        results.sort_by_key(|result| result["seq"].as_u64());
        // One place told twice: then none of them is told.
        let told = results
            .windows(2)
            .all(|pair| pair[0]["seq"] != pair[1]["seq"]);
        if !told {
            results.clear();
        }
    }
    results
}

/// The refusal of every row of a company whose CRM is synchronised natively.
fn left_to_the_crm(asked: &[Row]) -> CallError {
    let problem = Problem {
        code: "1018".to_owned(),
        message: "CRM Enabled".to_owned(),
    };
    CallError::new(CallErrorKind::Refused {
        failure: errors::failure_of(&problem),
        guilty: asked
            .iter()
            .map(|row| Guilty::Trace(row.trace.clone()))
            .collect(),
    })
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
