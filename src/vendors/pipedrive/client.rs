//! One connection to a company: requests, pages, and what is known of its fields.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use super::api::{Field, text_of, v1, v2};
use super::limits::{charged, cost};
use super::{errors, fields_path};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::remote::RemoteOption;
use crate::transport::{ApiRequest, ApiResponse, RequestKind, Transport};
use crate::vendors::{CallError, CallErrorKind, CallTrace, VendorSetup};

/// The most a page holds.
pub(super) const PAGE: u32 = 500;
/// Pages before a list is given up: a million records.
const PAGES: usize = 2_000;

/// A connection to one company.
pub(super) struct Pipedrive {
    pub(super) transport: Transport,
    /// Fields that take options, as far as they were described: a refusal names the field alone.
    choices: Mutex<BTreeSet<String>>,
}

impl Pipedrive {
    pub(super) fn new(setup: VendorSetup) -> Self {
        Self {
            transport: setup.transport,
            choices: Mutex::default(),
        }
    }

    pub(super) fn learn_choices(&self, names: impl Iterator<Item = String>) {
        let mut choices = self.choices.lock().unwrap_or_else(PoisonError::into_inner);
        choices.extend(names);
    }

    pub(super) fn takes_options(&self, name: &str) -> bool {
        let choices = self.choices.lock().unwrap_or_else(PoisonError::into_inner);
        choices.contains(name)
    }

    /// Sends a request. Any 2xx with JSON that does not call itself a failure is an answer.
    pub(super) async fn send(&self, request: &ApiRequest) -> Result<(Value, CallTrace), CallError> {
        let address = self.transport.base().address();
        let mut call = CallTrace {
            method: request.method.to_string(),
            url: format!("{}{}", address.trim_end_matches('/'), request.path),
            ..CallTrace::default()
        };
        let response = match self.transport.send(request).await {
            Ok(response) => response,
            Err(error) => {
                let error = CallError::unanswered(&super::INFO, 429, error, call);
                return Err(error.may_run(UNDER_WAY));
            }
        };
        call.status = response.status.as_u16();
        call.correlation.clone_from(&response.correlation);
        match response.value() {
            Some(value) if response.is_success() && value["success"] != Value::Bool(false) => {
                Ok((value, call))
            }
            None if response.is_success() => Err(shape("it is no JSON", call)),
            value => {
                let body = value.unwrap_or_else(|| text(&response));
                call.body = body.clone();
                Err(errors::call_error(call.status, &body, call))
            }
        }
    }

    /// One page of a list, and the cursor of the next.
    pub(super) async fn page(
        &self,
        request: &ApiRequest,
    ) -> Result<(Vec<Value>, Option<String>, CallTrace), CallError> {
        let (mut value, call) = self.send(request).await?;
        let next = text_of(&value["additional_data"]["next_cursor"]);
        let data = match value["data"].take() {
            Value::Array(records) => records,
            // Searches wrap their hits.
            Value::Object(mut found) => match found.remove("items") {
                Some(Value::Array(items)) => items,
                _ => return Err(shape("there is no list in \"data\"", call)),
            },
            Value::Null => Vec::new(),
            _ => return Err(shape("there is no list in \"data\"", call)),
        };
        Ok((data, Some(next).filter(|next| !next.is_empty()), call))
    }

    /// All pages of a list.
    pub(super) async fn list(
        &self,
        request: &ApiRequest,
    ) -> Result<(Vec<Value>, CallTrace), CallError> {
        let mut records = Vec::new();
        let mut request = request.clone();
        for _ in 0..PAGES {
            let (found, next, call) = self.page(&request).await?;
            records.extend(found);
            let Some(next) = next else {
                return Ok((records, call));
            };
            request.query.retain(|(name, _)| name != "cursor");
            request = request.query("cursor", next);
        }
        Err(CallError::new(CallErrorKind::NotAllowed(Failure::new(
            Category::Unexpected,
            "a list has more than 2,000 pages",
        ))))
    }

    /// The fields of an object as Pipedrive lists them. One odd entry does not hide the others.
    pub(super) async fn fields(&self, object: &str) -> Result<Vec<Field>, CallError> {
        let request =
            metadata(v2(fields_path(object)), cost::LIST).query("limit", PAGE.to_string());
        let (fields, _) = self.list(&request).await?;
        Ok(fields
            .into_iter()
            .filter_map(|field| serde_json::from_value::<Field>(field).ok())
            .filter(|field| !field.field_code.is_empty())
            .collect())
    }

    /// Active users; v1 gives them all at once.
    pub(super) async fn users(&self) -> Result<Vec<RemoteOption>, CallError> {
        let (users, _, _) = self.page(&metadata(v1("users"), cost::USERS)).await?;
        Ok(users
            .iter()
            .filter(|user| user["active_flag"] != Value::Bool(false))
            .map(|user| RemoteOption {
                value: text_of(&user["id"]),
                label: text_of(&user["email"]),
            })
            .filter(|user| !user.value.is_empty())
            .collect())
    }
}

/// A request about the account or its fields.
pub(super) fn metadata(path: String, tokens: u32) -> ApiRequest {
    let request = ApiRequest::read(Method::GET, path).kind(RequestKind::Metadata);
    charged(request, tokens)
}

/// How long a request without an answer may still be under way: nothing there is unique, so that one that was repeated too
/// soon would be there twice.
const UNDER_WAY: Duration = Duration::from_secs(10);

/// An answer of another shape than documented: nobody's verdict.
pub(super) fn shape(error: &str, call: CallTrace) -> CallError {
    CallError::unusable(
        format!("Pipedrive's answer has an unexpected shape: {error}"),
        call,
    )
}

/// A body that is no JSON, shortened for the log.
fn text(response: &ApiResponse) -> Value {
    const SHOWN: usize = 500;
    Value::String(response.text().chars().take(SHOWN).collect())
}
