//! One connection to an instance: requests, questions, and what is known of its objects.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use super::api::{self, Field};
use super::{COMPANY, errors, limits};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::Settings;
use crate::transport::{ApiRequest, ApiResponse, RequestKind, Transport, TransportError};
use crate::vendors::{CallError, CallErrorKind, CallTrace, VendorSetup};

/// Rows of a request, values of a question, records on a page.
pub(super) const ROWS: usize = 300;
/// Pages before a question is given up.
const PAGES: usize = 200;

/// A connection to one instance.
pub(super) struct Marketo {
    pub(super) settings: Settings,
    transport: Transport,
    known: Mutex<Known>,
    /// Held while an object is described, so that it is asked for once.
    describing: tokio::sync::Mutex<()>,
}

/// What was learnt in this process.
#[derive(Default)]
struct Known {
    objects: BTreeMap<&'static str, Arc<Vec<Field>>>,
    /// A CRM that is synchronised natively has the companies.
    crm_has_companies: bool,
    /// Rows whose lead belongs to a company, which has its company fields.
    in_company: BTreeSet<String>,
    /// Members who were in their status already, or past it.
    past: BTreeSet<String>,
}

impl Marketo {
    pub(super) fn new(setup: VendorSetup) -> Self {
        Self {
            settings: setup.settings,
            transport: setup.transport,
            known: Mutex::default(),
            describing: tokio::sync::Mutex::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn host(&self) -> String {
        self.transport.base().host().to_owned()
    }

    pub(super) fn now(&self) -> jiff::Timestamp {
        self.transport.pacer().clock().now()
    }

    pub(super) fn crm_has_companies(&self) -> bool {
        self.known().crm_has_companies
    }

    pub(super) fn leave_companies_to_the_crm(&self) {
        self.known().crm_has_companies = true;
    }

    /// Whether a row goes without the fields of its company.
    pub(super) fn is_in_company(&self, trace: &str) -> bool {
        self.known().in_company.contains(trace)
    }

    pub(super) fn learn_in_company(&self, trace: &str) {
        self.known().in_company.insert(trace.to_owned());
    }

    /// Whether a member was told to be in its status, or past it, before.
    pub(super) fn is_past(&self, trace: &str) -> bool {
        !self.known().past.insert(trace.to_owned())
    }

    /// What is known of an object without asking.
    pub(super) fn described_before(&self, object: &str) -> Option<Arc<Vec<Field>>> {
        self.known().objects.get(object).cloned()
    }

    /// Drops what is known of an object: an answer contradicted it.
    pub(super) fn forget(&self, object: &str) {
        self.known().objects.remove(object);
    }

    /// An object's fields; asked once a process.
    pub(super) async fn described(
        &self,
        object: &'static str,
    ) -> Result<Arc<Vec<Field>>, CallError> {
        let _one_at_a_time = self.describing.lock().await;
        if let Some(known) = self.described_before(object) {
            return Ok(known);
        }
        let fields: Vec<Field> = if object == COMPANY {
            let (value, call) = self
                .send(&metadata(api::path("companies/describe.json")))
                .await?;
            let fields = list(&value["result"][0], "fields", &call)?;
            // Told before the first write is refused with 1018.
            if fields.iter().any(is_of_crm) {
                self.leave_companies_to_the_crm();
            }
            fields.iter().filter_map(Field::of_company).collect()
        } else {
            let (value, call) = self
                .send(&metadata(api::path("leads/describe.json")))
                .await?;
            let fields = list(&value, "result", &call)?;
            fields.iter().filter_map(Field::of_lead).collect()
        };
        let described = Arc::new(fields);
        self.known().objects.insert(object, Arc::clone(&described));
        Ok(described)
    }

    /// Sends a request. Only an answer that says `"success": true` is one.
    pub(super) async fn send(&self, request: &ApiRequest) -> Result<(Value, CallTrace), CallError> {
        let mut call = CallTrace {
            method: request.method.to_string(),
            url: format!(
                "{}{}",
                self.transport.base().address().trim_end_matches('/'),
                request.path
            ),
            ..CallTrace::default()
        };
        let response = match self.transport.send(request).await {
            Ok(response) => response,
            Err(error) => {
                let longer = under_way(&error);
                let error = CallError::unanswered(&super::INFO, 200, error, call);
                return Err(error.may_run(longer));
            }
        };
        call.status = response.status.as_u16();
        call.correlation.clone_from(&response.correlation);
        match response.value() {
            Some(value) if response.is_success() && value["success"] == Value::Bool(true) => {
                Ok((value, call))
            }
            Some(value) if response.is_success() && value["success"] != Value::Bool(false) => {
                call.body = value;
                Err(shape("it does not say whether it succeeded", call))
            }
            None if response.is_success() => Err(shape("it is no JSON", call)),
            value => {
                let body = value.unwrap_or_else(|| text(&response));
                call.body = body.clone();
                Err(errors::call_error(call.status, &body, call))
            }
        }
    }

    /// All records a filter finds, page by page.
    pub(super) async fn filter(
        &self,
        path: &str,
        filter: &str,
        values: &[String],
        fields: &[String],
    ) -> Result<(Vec<Value>, CallTrace), CallError> {
        let mut records = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..PAGES {
            let mut form = vec![
                ("filterType".to_owned(), filter.to_owned()),
                ("filterValues".to_owned(), values.join(",")),
                ("fields".to_owned(), fields.join(",")),
                ("batchSize".to_owned(), ROWS.to_string()),
            ];
            form.extend(token.map(|token| ("nextPageToken".to_owned(), token)));
            // A form, since an address of more than 8 KB is refused.
            let request = ApiRequest::read(Method::POST, api::path(path))
                .query("_method", "GET")
                .form(form);
            let (value, call) = self.send(&counted(request)).await?;
            // Where nothing is found, there may be no list at all.
            let found = value["result"].as_array();
            records.extend(found.into_iter().flatten().cloned());
            token = value["nextPageToken"]
                .as_str()
                .filter(|token| !token.is_empty())
                .map(str::to_owned);
            let more = value["moreResult"] == Value::Bool(true)
                || value["moreResult"].is_null() && found.is_some_and(|found| found.len() >= ROWS);
            if token.is_none() || !more {
                return Ok((records, call));
            }
        }
        Err(CallError::new(CallErrorKind::NotAllowed(Failure::new(
            Category::Unexpected,
            "a question matched more than 60,000 records",
        ))))
    }
}

/// Whether a field of companies is their name, and a CRM's to write.
fn is_of_crm(field: &Value) -> bool {
    field["name"] == "company" && field["crmManaged"] == Value::Bool(true)
}

/// A request about the instance or its fields.
pub(super) fn metadata(path: String) -> ApiRequest {
    counted(ApiRequest::read(Method::GET, path).kind(RequestKind::Metadata))
}

/// What every request costs.
pub(super) fn counted(request: ApiRequest) -> ApiRequest {
    request
        .quota(limits::CONCURRENT, 1)
        .quota(limits::RATE, 1)
        .quota(limits::DAY, 1)
}

/// A list an answer must hold.
pub(super) fn list<'a>(
    value: &'a Value,
    name: &str,
    call: &CallTrace,
) -> Result<&'a [Value], CallError> {
    value[name]
        .as_array()
        .map(Vec::as_slice)
        .ok_or_else(|| shape(&format!("there is no {name:?}"), call.clone()))
}

/// How long a request without an answer may still be under way: two of one address at the same time make two leads. Marketo
/// itself gives up after 90 seconds (its docs, "REST API", time-outs).
fn under_way(error: &TransportError) -> Duration {
    const QUICK: Duration = Duration::from_secs(30);
    match error {
        TransportError::OutcomeUnknown { took, .. } if *took > QUICK => Duration::from_secs(100),
        _ => Duration::from_secs(10),
    }
}

/// An answer of another shape than documented: nobody's verdict.
pub(super) fn shape(error: &str, call: CallTrace) -> CallError {
    CallError::unusable(
        format!("Marketo's answer has an unexpected shape: {error}"),
        call,
    )
}

/// Encodes a body; it is ours, so it always can be.
pub(super) fn encoded(request: ApiRequest, body: &Value) -> Result<ApiRequest, CallError> {
    request.json(body).map_err(|error| {
        CallError::new(CallErrorKind::Unavailable {
            retry_after: None,
            message: format!("the request cannot be encoded: {error}"),
        })
    })
}

/// A body that is no JSON, shortened for the log.
fn text(response: &ApiResponse) -> Value {
    const SHOWN: usize = 500;
    Value::String(response.text().chars().take(SHOWN).collect())
}
