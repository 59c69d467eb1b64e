//! One connection to an org: requests, queries, and what is known of its objects.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::api::{self, CompositeAnswer, Describe, Page, SubAnswer};
use super::{API_VERSION, errors, limits, sobject};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::Settings;
use crate::transport::{ApiRequest, ApiResponse, RequestKind, Transport};
use crate::vendors::{CallError, CallErrorKind, CallTrace, VendorSetup};

/// Queries in one Composite (REST API guide, "Composite": five of the 25 subrequests).
const PACKED: usize = 5;
/// Pages of 2,000 records before a query is given up.
const PAGES: usize = 500;

/// A connection to one org.
pub(super) struct Salesforce {
    pub(super) settings: Settings,
    pub(super) transport: Transport,
    known: Mutex<Known>,
    /// Held while an object is described, so that it is asked for once.
    describing: tokio::sync::Mutex<()>,
}

/// What was learnt in this process.
#[derive(Default)]
struct Known {
    version: Option<String>,
    objects: BTreeMap<&'static str, Arc<Describe>>,
    /// Rows that a duplicate rule refused without naming the records: asked one by one next time.
    one_by_one: BTreeSet<String>,
}

impl Salesforce {
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

    /// The version the paths carry: the one agreed with the org when it was connected.
    pub(super) fn version(&self) -> String {
        let known = self.known().version.clone();
        known.unwrap_or_else(|| {
            self.settings
                .vendor
                .get(API_VERSION)
                .map_or(api::NEWEST, String::as_str)
                .to_owned()
        })
    }

    pub(super) fn agree_on(&self, version: &str) {
        self.known().version = Some(version.to_owned());
    }

    pub(super) fn path(&self, rest: &str) -> String {
        api::path(&self.version(), rest)
    }

    pub(super) fn metadata(path: String) -> ApiRequest {
        ApiRequest::read(Method::GET, path)
            .kind(RequestKind::Metadata)
            .quota(limits::CONCURRENT, 1)
            .quota(limits::DAY, 1)
    }

    pub(super) fn remember_one_by_one(&self, trace: &str) {
        self.known().one_by_one.insert(trace.to_owned());
    }

    pub(super) fn is_one_by_one(&self, trace: &str) -> bool {
        self.known().one_by_one.contains(trace)
    }

    pub(super) fn forget_one_by_one(&self, trace: &str) {
        self.known().one_by_one.remove(trace);
    }

    /// What is known of an object without asking.
    pub(super) fn described_before(&self, object: &'static str) -> Option<Arc<Describe>> {
        self.known().objects.get(object).cloned()
    }

    /// Drops what is known of an object: an answer contradicted it.
    pub(super) fn forget(&self, object: &'static str) {
        self.known().objects.remove(object);
    }

    /// An object as the user may see it; asked once a process.
    pub(super) async fn described(&self, object: &'static str) -> Result<Arc<Describe>, CallError> {
        let _one_at_a_time = self.describing.lock().await;
        if let Some(known) = self.described_before(object) {
            return Ok(known);
        }
        let rest = format!("sobjects/{}/describe", sobject(object));
        let read = self.read(&Self::metadata(self.path(&rest))).await;
        let described: Arc<Describe> = Arc::new(read.map_err(|error| hidden(object, error))?);
        self.known().objects.insert(object, Arc::clone(&described));
        Ok(described)
    }

    /// Sends a request that reads, and takes its body apart.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        request: &ApiRequest,
    ) -> Result<T, CallError> {
        let (value, call) = self.send(request).await?;
        parsed(value, call)
    }

    /// Sends a request; any 2xx with JSON is an answer, anything else an error.
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
                let longer = limits::may_run(&error);
                let error = CallError::unanswered(&super::INFO, 403, error, call);
                return Err(error.may_run(longer));
            }
        };
        call.status = response.status.as_u16();
        call.correlation.clone_from(&response.correlation);
        if response.is_success() {
            return match response.value() {
                Some(value) => Ok((value, call)),
                None if response.body.is_empty() => Ok((Value::Null, call)),
                None => Err(CallError::unusable(
                    "Salesforce answered with something that is no JSON",
                    call,
                )),
            };
        }
        let body = raw(&response);
        call.body = body.clone();
        Err(errors::call_error(call.status, &body, call))
    }

    /// All records of a short query, as metadata is counted.
    pub(super) async fn query(&self, soql: &str) -> Result<Vec<Value>, CallError> {
        let request = Self::metadata(api::query_path(&self.version(), "query", soql));
        let page: Page = self.read(&request).await?;
        self.rest(page, RequestKind::Metadata).await
    }

    /// Answers queries, five to a request: long lists of keys do not fit into an address, a Composite's body takes them. An
    /// error of one is an error of all.
    pub(super) async fn ask(
        &self,
        queries: &[String],
    ) -> Result<(Vec<Vec<Value>>, CallTrace), CallError> {
        self.ask_in("query", queries).await
    }

    /// The same of records in the recycle bin too (REST API guide, "QueryAll").
    pub(super) async fn ask_with_bin(
        &self,
        queries: &[String],
    ) -> Result<(Vec<Vec<Value>>, CallTrace), CallError> {
        self.ask_in("queryAll", queries).await
    }

    async fn ask_in(
        &self,
        resource: &str,
        queries: &[String],
    ) -> Result<(Vec<Vec<Value>>, CallTrace), CallError> {
        let mut answers = Vec::with_capacity(queries.len());
        let mut trace = CallTrace::default();
        let version = self.version();
        for packed in queries.chunks(PACKED) {
            let subrequests: Vec<Value> = packed
                .iter()
                .enumerate()
                .map(|(index, soql)| {
                    json!({"method": "GET", "referenceId": format!("q{index}"), "url": api::query_path(&version, resource, soql)})
                })
                .collect();
            let body = json!({"allOrNone": false, "collateSubrequests": false, "compositeRequest": subrequests});
            let request = encoded(
                ApiRequest::read(Method::POST, api::path(&version, "composite")),
                &body,
            )?
            .quota(limits::CONCURRENT, 1)
            .quota(limits::DAY, 1);
            let (value, call) = self.send(&request).await?;
            let mut answer: CompositeAnswer = parsed(value, call.clone())?;
            for index in 0..packed.len() {
                let page = sub_page(&mut answer, &format!("q{index}"), &call)?;
                answers.push(self.rest(page, RequestKind::Object).await?);
            }
            trace = call;
        }
        Ok((answers, trace))
    }

    /// The records of a page and of all that follow it.
    async fn rest(&self, page: Page, kind: RequestKind) -> Result<Vec<Value>, CallError> {
        let mut records = page.records;
        let mut next = page.next_records_url;
        for _ in 0..PAGES {
            let Some(path) = next else {
                return Ok(records);
            };
            let request = ApiRequest::read(Method::GET, path)
                .kind(kind)
                .quota(limits::CONCURRENT, 1)
                .quota(limits::DAY, 1);
            let page: Page = self.read(&request).await?;
            records.extend(page.records);
            next = page.next_records_url;
        }
        Err(CallError::new(CallErrorKind::NotAllowed(Failure::new(
            Category::Unexpected,
            "a query matched more than a million records",
        ))))
    }
}

/// An object that the user may not see is refused as if there were none.
fn hidden(object: &'static str, error: CallError) -> CallError {
    let absent = error.call.as_ref().is_some_and(|call| call.status == 404);
    if !absent {
        return error;
    }
    let message = format!(
        "the user who is signed in may not see {} in Salesforce: the profile or a permission set must grant it",
        sobject(object)
    );
    let failure = Failure::new(Category::Connection, message)
        .on_object(object)
        .with_code("NOT_FOUND");
    CallError {
        kind: CallErrorKind::NotAllowed(failure),
        ..error
    }
}

fn sub_page(
    answer: &mut CompositeAnswer,
    reference: &str,
    call: &CallTrace,
) -> Result<Page, CallError> {
    let found = answer
        .composite_response
        .iter()
        .position(|sub| sub.reference_id == reference);
    let Some(at) = found else {
        return Err(shape("a query is not answered", call.clone()));
    };
    let SubAnswer {
        body,
        http_status_code: status,
        ..
    } = answer.composite_response.swap_remove(at);
    if !(200..300).contains(&status) {
        let call = CallTrace {
            status,
            body: body.clone(),
            ..call.clone()
        };
        return Err(errors::call_error(status, &body, call));
    }
    if !body["records"].is_array() {
        return Err(shape("a query's answer has no records", call.clone()));
    }
    parsed(body, call.clone())
}

pub(super) fn parsed<T: DeserializeOwned>(value: Value, call: CallTrace) -> Result<T, CallError> {
    serde_json::from_value(value).map_err(|error| shape(&error.to_string(), call))
}

/// An answer of another shape than documented: nobody's verdict.
pub(super) fn shape(error: &str, call: CallTrace) -> CallError {
    CallError::unusable(
        format!("Salesforce's answer has an unexpected shape: {error}"),
        call,
    )
}

/// A write with its body, which may take as long as Salesforce lets a call run: what is answered late need not be looked up.
pub(super) fn writing(
    request: ApiRequest,
    body: &impl serde::Serialize,
) -> Result<ApiRequest, CallError> {
    Ok(encoded(request, body)?
        .quota(limits::WRITES, 1)
        .quota(limits::CONCURRENT, 1)
        .quota(limits::DAY, 1)
        .timeout(limits::PATIENCE))
}

/// Encodes a body; it is ours, so it always can be.
pub(super) fn encoded(
    request: ApiRequest,
    body: &impl serde::Serialize,
) -> Result<ApiRequest, CallError> {
    request.json(body).map_err(|error| {
        CallError::new(CallErrorKind::Unavailable {
            retry_after: None,
            message: format!("the request cannot be encoded: {error}"),
        })
    })
}

/// A body for the log: JSON as it is, anything else as shortened text.
fn raw(response: &ApiResponse) -> Value {
    const SHOWN: usize = 500;
    response
        .value()
        .unwrap_or_else(|| Value::String(response.text().chars().take(SHOWN).collect()))
}
