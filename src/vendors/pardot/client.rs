//! One connection to a business unit: requests, and what is known of its fields.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::api::{self, CustomField, Page};
use super::{errors, fields, limits, sign_in};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::Settings;
use crate::domain::remote::ObjectSchema;
use crate::transport::{ApiRequest, ApiResponse, RequestKind, Transport};
use crate::vendors::{CallError, CallErrorKind, CallTrace, VendorSetup};

/// Pages of fields before the question is given up: 100,000 records, where a token's pages end anyway.
const PAGES: usize = 100;

/// A connection to one business unit.
pub(super) struct Pardot {
    pub(super) settings: Settings,
    transport: Transport,
    known: Mutex<Known>,
    /// Held while fields are described, so that they are asked for once.
    describing: tokio::sync::Mutex<()>,
}

/// What was learnt in this process.
#[derive(Default)]
struct Known {
    fields: Option<Arc<ObjectSchema>>,
    /// Prospects do not tell whether they are in the recycle bin.
    no_bin: bool,
    /// How often each import was asked for.
    polls: BTreeMap<String, u32>,
}

impl Pardot {
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

    /// Whether requests go to the host of sandboxes and developer orgs.
    pub(super) fn is_sandbox(&self) -> bool {
        sign_in::base_url(&self.settings)
            .is_ok_and(|address| address.contains("pi.demo.pardot.com"))
    }

    /// The business unit every request names.
    pub(super) fn business_unit(&self) -> Result<String, CallError> {
        sign_in::business_unit(&self.settings).map_err(|message| {
            let failure = Failure::new(Category::Connection, message).with_code("181");
            CallError::new(CallErrorKind::NotAllowed(failure))
        })
    }

    /// Whether prospects tell that they are in the recycle bin, as far as is known.
    pub(super) fn tells_bin(&self) -> bool {
        !self.known().no_bin
    }

    pub(super) fn ask_no_bin(&self) {
        self.known().no_bin = true;
    }

    pub(super) fn forget_fields(&self) {
        self.known().fields = None;
    }

    /// Counts a poll of an import; how many there were before.
    pub(super) fn polled(&self, job: &str) -> u32 {
        let mut known = self.known();
        let polls = known.polls.entry(job.to_owned()).or_default();
        *polls += 1;
        *polls - 1
    }

    /// A prospect's fields; asked once a process.
    pub(super) async fn described(&self) -> Result<Arc<ObjectSchema>, CallError> {
        let _one_at_a_time = self.describing.lock().await;
        if let Some(known) = self.known().fields.clone() {
            return Ok(known);
        }
        let schema = Arc::new(fields::schema(&self.custom_fields().await?));
        self.known().fields = Some(Arc::clone(&schema));
        Ok(schema)
    }

    async fn custom_fields(&self) -> Result<Vec<CustomField>, CallError> {
        let request = metadata("objects/custom-fields").query("fields", fields::DESCRIBED);
        let mut next = request.clone().query("limit", "1000");
        let mut found = Vec::new();
        for _ in 0..PAGES {
            let (value, call) = self.send(&next).await?;
            let page: Page = read(value, &call)?;
            for field in page.values {
                found.push(read(field, &call)?);
            }
            let Some(token) = page.next_page_token.filter(|token| !token.is_empty()) else {
                break;
            };
            next = request.clone().query("nextPageToken", token);
        }
        Ok(found)
    }

    /// The cheapest question everybody may ask who may push.
    pub(super) async fn first_prospect(&self) -> Result<ApiResponse, CallError> {
        let request = metadata("objects/prospects")
            .query("fields", "id")
            .query("limit", "1");
        Ok(self.exchange(&request).await?.0)
    }

    /// Sends a request and takes its body as JSON; nothing at all is null.
    pub(super) async fn send(&self, request: &ApiRequest) -> Result<(Value, CallTrace), CallError> {
        let (response, call) = self.exchange(request).await?;
        match response.value() {
            Some(value) => Ok((value, call)),
            None if response.body.is_empty() => Ok((Value::Null, call)),
            None => Err(shape("it is no JSON", call)),
        }
    }

    /// Sends a request. Any 2xx is an answer.
    pub(super) async fn exchange(
        &self,
        request: &ApiRequest,
    ) -> Result<(ApiResponse, CallTrace), CallError> {
        let request = request
            .clone()
            .header("pardot-business-unit-id", self.business_unit()?)
            .header("x-return-api-usage", "1")
            .quota(limits::CONCURRENT, 1)
            .quota(limits::MINUTE, 1)
            .quota(limits::DAY, 1);
        let address = self.transport.base().address();
        let mut call = CallTrace {
            method: request.method.to_string(),
            url: format!("{}{}", address.trim_end_matches('/'), request.path),
            ..CallTrace::default()
        };
        let response = match self.transport.send(&request).await {
            Ok(response) => response,
            Err(error) => return Err(CallError::unanswered(&super::INFO, 429, error, call)),
        };
        call.status = response.status.as_u16();
        call.correlation.clone_from(&response.correlation);
        if response.is_success() {
            return Ok((response, call));
        }
        call.body = errors::body_of(&response);
        Err(errors::call_error(call))
    }
}

/// A request about the account or its fields.
pub(super) fn metadata(rest: &str) -> ApiRequest {
    reading(rest).kind(RequestKind::Metadata)
}

/// A request that reads.
pub(super) fn reading(rest: &str) -> ApiRequest {
    ApiRequest::read(Method::GET, api::path(rest))
}

/// Takes an answer apart.
pub(super) fn read<T: DeserializeOwned>(value: Value, call: &CallTrace) -> Result<T, CallError> {
    serde_json::from_value(value).map_err(|error| shape(&error.to_string(), call.clone()))
}

/// An answer of another shape than documented: nobody's verdict.
pub(super) fn shape(error: &str, call: CallTrace) -> CallError {
    CallError::unusable(
        format!("Pardot's answer has an unexpected shape: {error}"),
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
