//! Writing HubSpot's records: one batch, one request, a verdict for every row.
//!
//! Every input carries an `objectWriteTraceId`: only then does one bad row not refuse the other ninety-nine (HubSpot docs,
//! "Batch create", multi-status). Answers are told apart by that id, or by the record's id, never by position; a row that
//! neither list mentions is silent.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::api::{
    self, BatchAnswer, CONTACT_TO_COMPANY, CreateInput, InlineAssociation, Inputs, NOTE_TO_CONTACT,
    Pair, Reference, UpdateInput, text_of,
};
use super::find::{json as encoded, shape};
use super::{COMPANY, CONTACT, HubSpot, errors, limits, path_word};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Change, LinkAnswer, LinkEnd, RemoteId, Row, RowAnswer,
    Values, Verdict, WriteAnswer,
};

impl HubSpot {
    pub(super) async fn write_batch(
        &self,
        object: &'static str,
        rows: &[Row],
    ) -> Result<WriteAnswer, CallError> {
        let (request, sent) = self.batch_request(object, rows)?;
        let request = request.quota(limits::BURST, 1).quota(limits::DAY, 1);
        match self.send(&request).await {
            Ok((value, call)) => {
                let answer: BatchAnswer =
                    serde_json::from_value(value).map_err(|error| shape(&error, call.clone()))?;
                Ok(WriteAnswer {
                    job: None,
                    rows: verdicts(rows, sent, &answer, call.status),
                    call,
                })
            }
            // A batch of one is that row's own answer.
            Err(error) => match alone(rows, &sent, &error) {
                Some(answer) => Ok(answer),
                None => Err(error),
            },
        }
    }

    fn batch_request(
        &self,
        object: &'static str,
        rows: &[Row],
    ) -> Result<(ApiRequest, Vec<Value>), CallError> {
        let properties = |values: &Values| {
            values
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect()
        };
        let create = rows.first().is_some_and(|row| row.change.is_create());
        let mut sent = Vec::with_capacity(rows.len());
        if create {
            let inputs: Vec<CreateInput> = rows
                .iter()
                .map(|row| CreateInput {
                    trace: row.trace.clone(),
                    properties: properties(row.change.values()),
                    associations: row.links.iter().map(association).collect(),
                })
                .collect();
            sent.extend(
                inputs
                    .iter()
                    .map(|input| serde_json::to_value(input).unwrap_or_default()),
            );
            let path = api::objects(path_word(object), "batch/create");
            return Ok((
                encoded(
                    self,
                    ApiRequest::once(Method::POST, path),
                    &Inputs { inputs },
                )?,
                sent,
            ));
        }
        let inputs: Vec<UpdateInput> = rows
            .iter()
            .filter_map(|row| match &row.change {
                Change::Update { id, values } => Some(UpdateInput {
                    id: id.clone(),
                    trace: row.trace.clone(),
                    properties: properties(values),
                }),
                Change::Create { .. } => None,
            })
            .collect();
        sent.extend(
            inputs
                .iter()
                .map(|input| serde_json::to_value(input).unwrap_or_default()),
        );
        let path = api::objects(path_word(object), "batch/update");
        Ok((
            encoded(
                self,
                ApiRequest::repeatable(Method::POST, path),
                &Inputs { inputs },
            )?,
            sent,
        ))
    }

    /// `associate/default`: up to 2,000 pairs; repeating a link is harmless (HubSpot docs, "Associations v4").
    pub(super) async fn associate(
        &self,
        pairs: &[(RemoteId, RemoteId)],
    ) -> Result<LinkAnswer, CallError> {
        let inputs = pairs
            .iter()
            .map(|(from, to)| Pair {
                from: Reference { id: from.clone() },
                to: Reference { id: to.clone() },
            })
            .collect();
        let path = api::associations(path_word(COMPANY), "batch/associate/default");
        let request = encoded(
            self,
            ApiRequest::repeatable(Method::POST, path),
            &Inputs { inputs },
        )?
        .quota(limits::BURST, 1)
        .quota(limits::DAY, 1);
        match self.send(&request).await {
            Ok((value, call)) => {
                let answer: BatchAnswer =
                    serde_json::from_value(value).map_err(|error| shape(&error, call.clone()))?;
                Ok(LinkAnswer {
                    pairs: linked(pairs, &answer, call.status),
                    call,
                })
            }
            // One bad id refuses the whole call and is not always named: each half on its own finds it.
            Err(error)
                if pairs.len() > 1 && matches!(error.kind, CallErrorKind::Refused { .. }) =>
            {
                let (left, right) = pairs.split_at(pairs.len() / 2);
                let mut answer = Box::pin(self.associate(left)).await?;
                answer
                    .pairs
                    .extend(Box::pin(self.associate(right)).await?.pairs);
                Ok(answer)
            }
            Err(CallError {
                kind: CallErrorKind::Refused { failure, .. },
                call,
            }) => {
                let call = call.map(|call| *call).unwrap_or_default();
                Ok(LinkAnswer {
                    pairs: vec![link_refusal(failure, &call.body)],
                    call,
                })
            }
            Err(error) => Err(error),
        }
    }
}

/// A contact is joined to its company, a note to its contact.
fn association((object, id): &(&'static str, RemoteId)) -> InlineAssociation {
    let kind = match *object {
        CONTACT => NOTE_TO_CONTACT,
        _ => CONTACT_TO_COMPANY,
    };
    InlineAssociation {
        to: Reference { id: id.clone() },
        types: [kind],
    }
}

/// The answer to a refused batch of one: an existing contact, a vanished record, a vanished company.
fn alone(rows: &[Row], sent: &[Value], error: &CallError) -> Option<WriteAnswer> {
    let ([row], [sent], Some(call)) = (rows, sent, error.call.as_deref()) else {
        return None;
    };
    if !matches!(call.status, 400 | 404 | 409) {
        return None;
    }
    let verdict = special(row, &call.body)?;
    let answer = RowAnswer {
        trace: row.trace.clone(),
        verdict,
        sent: sent.clone(),
        received: call.body.clone(),
    };
    Some(WriteAnswer {
        job: None,
        rows: vec![answer],
        call: CallTrace {
            body: Value::Null,
            ..call.clone()
        },
    })
}

/// What the engine settles itself instead of failing the lead.
fn special(row: &Row, body: &Value) -> Option<Verdict> {
    if row.change.is_create()
        && let Some(id) = errors::existing_id(body)
    {
        return Some(Verdict::Exists { id });
    }
    if !row.links.is_empty() && errors::is_bad_association(body) {
        return Some(Verdict::LinkGone);
    }
    (!row.change.is_create() && errors::is_not_found(body)).then_some(Verdict::Gone)
}

fn verdicts(rows: &[Row], sent: Vec<Value>, answer: &BatchAnswer, status: u16) -> Vec<RowAnswer> {
    let mut by_row: HashMap<usize, (Verdict, Value)> = HashMap::new();
    for result in &answer.results {
        let Some(index) = row_of_result(rows, result) else {
            continue;
        };
        let id = text_of(&result["id"]);
        if id.is_empty() {
            continue;
        }
        let stored = result["properties"].as_object().map(|properties| {
            properties
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect()
        });
        by_row.insert(index, (Verdict::Done { id, stored }, trimmed(result)));
    }
    let mut unnamed = Vec::new();
    for error in &answer.errors {
        let named = rows_of_error(rows, error);
        if named.is_empty() {
            unnamed.push(error);
        }
        for index in named {
            let verdict = refusal(&rows[index], error, status);
            by_row
                .entry(index)
                .or_insert_with(|| (verdict, error.clone()));
        }
    }
    // As many errors without a name as rows without a word, one each: they belong together.
    let silent: Vec<usize> = (0..rows.len())
        .filter(|index| !by_row.contains_key(index))
        .collect();
    if let ([index], [error]) = (&silent[..], &unnamed[..]) {
        by_row.insert(
            *index,
            (refusal(&rows[*index], error, status), (*error).clone()),
        );
    }
    rows.iter()
        .zip(sent)
        .enumerate()
        .map(|(index, (row, sent))| {
            let (verdict, received) = by_row
                .remove(&index)
                .unwrap_or((Verdict::Silent, Value::Null));
            RowAnswer {
                trace: row.trace.clone(),
                verdict,
                sent,
                received,
            }
        })
        .collect()
}

fn refusal(row: &Row, error: &Value, status: u16) -> Verdict {
    special(row, error).unwrap_or_else(|| {
        let locked = error["category"]
            .as_str()
            .is_some_and(|category| category.contains("LOCK"));
        if locked {
            Verdict::Later(None)
        } else {
            Verdict::Refused(errors::row_failure(status, error))
        }
    })
}

/// A result's row: by its trace, else (an update) by its id, else (a create) by its address.
fn row_of_result(rows: &[Row], result: &Value) -> Option<usize> {
    let trace = text_of(&result["objectWriteTraceId"]);
    if !trace.is_empty() {
        return rows.iter().position(|row| row.trace == trace);
    }
    let id = text_of(&result["id"]);
    let email = text_of(&result["properties"]["email"]).to_lowercase();
    let mut fitting = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| match &row.change {
            Change::Update { id: ours, .. } => *ours == id,
            Change::Create { values } => {
                !email.is_empty()
                    && values
                        .get("email")
                        .map(text_of)
                        .unwrap_or_default()
                        .to_lowercase()
                        == email
            }
        });
    let (index, _) = fitting.next()?;
    fitting.next().is_none().then_some(index)
}

/// The rows an error names: by trace, by id, or by the value it quotes.
fn rows_of_error(rows: &[Row], error: &Value) -> Vec<usize> {
    let listed = |value: &Value| -> Vec<String> {
        match value {
            Value::Array(items) => items.iter().map(text_of).collect(),
            Value::Null => Vec::new(),
            other => vec![text_of(other)],
        }
    };
    let context = &error["context"];
    let positions = |wanted: &[String], own: &dyn Fn(&Row) -> String| -> Vec<usize> {
        (0..rows.len())
            .filter(|index| wanted.contains(&own(&rows[*index])))
            .collect()
    };
    let traces = [
        listed(&context["objectWriteTraceId"]),
        listed(&error["objectWriteTraceId"]),
    ]
    .concat();
    let by_trace = positions(&traces, &|row| row.trace.clone());
    if !by_trace.is_empty() {
        return by_trace;
    }
    let ids = [
        listed(&context["ids"]),
        listed(&context["id"]),
        listed(&error["id"]),
    ]
    .concat();
    let by_id = positions(&ids, &|row| match &row.change {
        Change::Update { id, .. } => id.clone(),
        Change::Create { values } => values.get("email").map(text_of).unwrap_or_default(),
    });
    if !by_id.is_empty() {
        return by_id;
    }
    let Some(problem) = errors::problems(error).into_iter().next() else {
        return Vec::new();
    };
    let (Some(property), Some(value)) = (problem.property, problem.value) else {
        return Vec::new();
    };
    (0..rows.len())
        .filter(|index| {
            rows[*index]
                .change
                .values()
                .get(&property)
                .map(text_of)
                .as_deref()
                == Some(value.as_str())
        })
        .collect()
}

/// A result for the log: what HubSpot computes by itself (dozens of `hs_` values) is not this lead's news.
fn trimmed(result: &Value) -> Value {
    let mut kept = Map::new();
    for key in ["id", "new", "createdAt", "updatedAt", "warnings"] {
        if !result[key].is_null() {
            kept.insert(key.to_owned(), result[key].clone());
        }
    }
    if let Some(properties) = result["properties"].as_object() {
        let own: Map<String, Value> = properties
            .iter()
            .filter(|(name, _)| !name.starts_with("hs_"))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        kept.insert("properties".to_owned(), own.into());
    }
    kept.into()
}

fn linked(pairs: &[(RemoteId, RemoteId)], answer: &BatchAnswer, status: u16) -> Vec<LinkEnd> {
    let id = |value: &Value, side: &str, flat: &str| {
        let nested = text_of(&value[side]["id"]);
        if nested.is_empty() {
            text_of(&value[flat])
        } else {
            nested
        }
    };
    let made: Vec<(String, String)> = answer
        .results
        .iter()
        .map(|result| {
            (
                id(result, "from", "fromObjectId"),
                id(result, "to", "toObjectId"),
            )
        })
        .collect();
    let failed = |pair: &(RemoteId, RemoteId)| {
        answer.errors.iter().find(|error| {
            let text = json!([error["context"], error["id"], error["message"]]).to_string();
            text.contains(&format!("\"{}\"", pair.0)) || text.contains(&pair.1)
        })
    };
    pairs
        .iter()
        .map(|pair| {
            // Some versions answer with the pair turned round.
            if made.contains(pair) || made.contains(&(pair.1.clone(), pair.0.clone())) {
                return LinkEnd::Done;
            }
            match failed(pair) {
                Some(error) => link_refusal(errors::row_failure(status, error), error),
                None => LinkEnd::Refused(
                    Failure::new(
                        Category::Unexpected,
                        "HubSpot's answer does not mention this link, so it counts as not made",
                    )
                    .with_code("SILENT"),
                ),
            }
        })
        .collect()
}

/// A refused pair: one of the two may be gone, which a retry mends, or HubSpot will not join them.
fn link_refusal(failure: Failure, body: &Value) -> LinkEnd {
    if errors::is_bad_association(body) || errors::is_not_found(body) {
        LinkEnd::Gone(failure)
    } else {
        LinkEnd::Refused(failure)
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
