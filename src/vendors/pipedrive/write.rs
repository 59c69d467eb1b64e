//! Writing: one record a request. Making one is never repeated, since Pipedrive takes any number of persons with one
//! address; changing one by its id may be.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::api::{is_hash, is_id, number_or_text, text_of, v2};
use super::client::Pipedrive;
use super::limits::{charged, cost};
use super::names::{FIRST, LAST, NAME, joined};
use super::records::{PRIMARY_EMAIL, record};
use super::{ORGANIZATION, PERSON, collection, errors};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Change, LinkAnswer, LinkEnd, RemoteId, Row, RowAnswer,
    Values, Verdict, WriteAnswer,
};

/// The field of a person that names the organization.
pub(super) const ORG_ID: &str = "org_id";

impl Pipedrive {
    pub(super) async fn write_rows(
        &self,
        object: &'static str,
        asked: &[Row],
    ) -> Result<WriteAnswer, CallError> {
        let [row] = asked else {
            return Err(CallError::unsupported("requests of several records"));
        };
        let body = wire(object, row);
        let path = v2(collection(object));
        let request = match &row.change {
            Change::Create { .. } => ApiRequest::once(Method::POST, path),
            Change::Update { id, .. } if is_id(id) => {
                ApiRequest::repeatable(Method::PATCH, format!("{path}/{id}"))
            }
            // No record of Pipedrive's has such an id.
            Change::Update { .. } => {
                return Ok(answered(
                    row,
                    Verdict::Gone,
                    body,
                    Value::Null,
                    CallTrace::default(),
                ));
            }
        };
        let request = request.json(&body).map_err(|error| {
            CallError::new(CallErrorKind::Unavailable {
                retry_after: None,
                message: format!("the request cannot be encoded: {error}"),
            })
        })?;
        match self.send(&charged(request, cost::WRITE)).await {
            Ok((value, call)) => {
                let verdict = done(object, &row.change, &value);
                Ok(answered(row, verdict, body, value, call))
            }
            Err(error) => self.refused(object, row, body, error),
        }
    }

    /// A refusal of the record is its verdict; anything else is the call's.
    fn refused(
        &self,
        object: &'static str,
        row: &Row,
        sent: Value,
        error: CallError,
    ) -> Result<WriteAnswer, CallError> {
        let (CallErrorKind::Refused { .. } | CallErrorKind::NotAllowed(_), Some(call)) =
            (&error.kind, &error.call)
        else {
            return Err(error);
        };
        let mut call = (**call).clone();
        let mut failure =
            errors::failure_of(call.status, &call.body, |name| self.takes_options(name));
        let names_a_sent_field = failure
            .field
            .as_deref()
            .or_else(|| contact_sync_field(&call.body, row.change.values()))
            .filter(|field| row.change.values().contains_key(*field))
            .map(str::to_owned);
        let verdict = match call.status {
            404 | 410 | 400 | 422 if is_of_organization(object, row, &failure) => Verdict::LinkGone,
            404 | 410 if !row.change.is_create() => Verdict::Gone,
            // A permission or a plan: nobody's record is at fault, unless it is the field that is not allowed.
            402 => return Err(error),
            403 if names_a_sent_field.is_none() => return Err(error),
            _ => {
                if call.status == 403 {
                    // Not there in this company: mending it is the mapping's business, and nobody's permission.
                    failure.category = Category::MissingRemoteField;
                }
                failure.field = failure.field.or_else(|| names_a_sent_field.clone());
                failure.value = names_a_sent_field
                    .and_then(|name| row.change.values().get(&name))
                    .map(shown)
                    .filter(|value| !value.is_empty());
                Verdict::Refused(failure)
            }
        };
        let received = std::mem::take(&mut call.body);
        Ok(answered(row, verdict, sent, received, call))
    }

    /// Sets the organization of a person, by the same request as any update.
    pub(super) async fn join_organization(
        &self,
        pairs: &[(RemoteId, RemoteId)],
    ) -> Result<LinkAnswer, CallError> {
        let [(person, organization)] = pairs else {
            return Err(CallError::unsupported("requests of several links"));
        };
        let row = Row {
            trace: person.clone(),
            change: Change::Update {
                id: person.clone(),
                values: [(ORG_ID.to_owned(), json!(organization))].into(),
            },
            links: Vec::new(),
            despite_duplicates: false,
            is_no_news: false,
        };
        let answer = self.write_rows(PERSON, &[row]).await?;
        let verdict = answer.rows.into_iter().next().map(|row| row.verdict);
        let end = match verdict {
            Some(Verdict::Done { .. }) => LinkEnd::Done,
            Some(Verdict::Gone | Verdict::LinkGone) => LinkEnd::Gone(Failure::new(
                Category::Connection,
                "the person or the organization is gone",
            )),
            Some(Verdict::Refused(failure)) => LinkEnd::Refused(failure),
            _ => LinkEnd::Refused(
                Failure::new(
                    Category::Unexpected,
                    "Pipedrive's answer does not mention this person, so they count as not joined",
                )
                .with_code("SILENT"),
            ),
        };
        Ok(LinkAnswer {
            pairs: vec![end],
            call: answer.call,
        })
    }
}

fn answered(
    row: &Row,
    verdict: Verdict,
    sent: Value,
    received: Value,
    call: CallTrace,
) -> WriteAnswer {
    WriteAnswer {
        rows: vec![RowAnswer {
            trace: row.trace.clone(),
            verdict,
            sent,
            received,
        }],
        job: None,
        call,
    }
}

/// The record of an answer, if it is the one that was meant.
fn done(object: &'static str, change: &Change, value: &Value) -> Verdict {
    let Some(stored) = record(object, &value["data"], None) else {
        return Verdict::Silent;
    };
    let is_another = matches!(change, Change::Update { id, .. } if *id != stored.id);
    if is_another {
        return Verdict::Silent;
    }
    Verdict::Done {
        id: stored.id,
        stored: Some(stored.values),
    }
}

/// Whether what is not there is the organization a person was to be joined to.
fn is_of_organization(object: &str, row: &Row, failure: &Failure) -> bool {
    let joins = row.change.values().contains_key(ORG_ID)
        || row.links.iter().any(|(object, _)| *object == ORGANIZATION);
    let named = match &failure.field {
        Some(field) => field == ORG_ID,
        None => ["organization", "organisation", ORG_ID]
            .iter()
            .any(|word| failure.message.to_lowercase().contains(word)),
    };
    object == PERSON && joins && named
}

/// A field of the row that only companies with contact sync have (OpenAPI description, "Add a person"), where a refusal speaks
/// of it. How is not documented; a plan's limit and a permission are somebody else's.
fn contact_sync_field(body: &Value, values: &Values) -> Option<&'static str> {
    let text = body["error"].as_str().unwrap_or_default().to_lowercase();
    let sent: Vec<&str> = ["job_title", "notes", "im", "birthday", "postal_address"]
        .into_iter()
        .filter(|name| values.contains_key(*name))
        .collect();
    let says = |name: &str| {
        let words = text.replace('_', " ");
        let name = name.replace('_', " ");
        format!(" {words} ").contains(&format!(" {name} "))
    };
    let named = sent.iter().copied().find(|name| says(name));
    named.or_else(|| sent.first().copied().filter(|_| text.contains("sync")))
}

/// A row as it is sent: own fields apart, records by their numbers, the name as a whole.
fn wire(object: &'static str, row: &Row) -> Value {
    let mut body = Map::new();
    let mut own = Map::new();
    let values = row.change.values();
    for (name, value) in values {
        match name.as_str() {
            FIRST | LAST | PRIMARY_EMAIL if object == PERSON => {}
            name if is_hash(name) => {
                own.insert(name.to_owned(), cleared(value));
            }
            ORG_ID | "owner_id" => {
                body.insert(name.clone(), number_or_text(&text_of(value)));
            }
            _ => {
                body.insert(name.clone(), value.clone());
            }
        }
    }
    if object == PERSON && !body.contains_key(NAME) {
        let part = |name: &str| values.get(name).map(text_of).unwrap_or_default();
        let whole = joined(&part(FIRST), &part(LAST));
        // Half of a name must not become the whole of somebody who is there.
        let is_whole =
            row.change.is_create() || values.contains_key(FIRST) && values.contains_key(LAST);
        if is_whole && !whole.is_empty() {
            body.insert(NAME.to_owned(), whole.into());
        }
    }
    if object == PERSON && !body.contains_key("emails") {
        // The one address an identity is read from, written as it is read.
        let address = values.get(PRIMARY_EMAIL).map(text_of);
        let list = |address| json!([{"value": address, "primary": true, "label": "work"}]);
        body.extend(address.map(|address| ("emails".to_owned(), list(address))));
    }
    if object == PERSON && !body.contains_key(ORG_ID) {
        let organization = row.links.iter().find(|(object, _)| *object == ORGANIZATION);
        body.extend(organization.map(|(_, id)| (ORG_ID.to_owned(), number_or_text(id))));
    }
    if !own.is_empty() {
        body.insert("custom_fields".to_owned(), own.into());
    }
    body.into()
}

/// An empty list is refused; null clears.
fn cleared(value: &Value) -> Value {
    match value {
        Value::Array(values) if values.is_empty() => Value::Null,
        other => other.clone(),
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Array(values) => values.iter().map(text_of).collect::<Vec<_>>().join("; "),
        other => text_of(other),
    };
    text.chars().take(500).collect()
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
