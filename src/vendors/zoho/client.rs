//! One connection to an organization: requests, queries, and what is known of its modules.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::api::{self, Field, FieldsAnswer, Layout, LayoutsAnswer};
use super::{errors, is_refusal, limits};
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::integration::Settings;
use crate::transport::{ApiRequest, ApiResponse, RequestKind, Transport};
use crate::vendors::{CallError, CallErrorKind, CallTrace, Member, RemoteId, VendorSetup};

/// Most values of an `in` by the announcement of API v7.
pub(super) const LIST: usize = 100;
/// Most values of a question, in two lists: criteria may be joined by "or", and 200 records are a page.
const MANY_KEYS: usize = 2 * LIST;
/// Most values of a question by the older pages.
pub(super) const FEW_KEYS: usize = 50;
/// Records on a page: more of them cost more credits.
const PAGE: usize = 200;
/// Pages before a question is given up: COQL ends at 100,000 records.
const PAGES: usize = 500;

/// A connection to one organization.
pub(super) struct Zoho {
    pub(super) settings: Settings,
    transport: Transport,
    known: Mutex<Known>,
    /// Held while a module is described, so that it is asked for once.
    describing: tokio::sync::Mutex<()>,
}

/// What was learnt in this process.
#[derive(Default)]
struct Known {
    modules: BTreeMap<String, Arc<Vec<Field>>>,
    /// How many keys a question may have, by what was refused so far.
    keys: Option<usize>,
    /// Columns that COQL does not know although they are fields.
    not_queried: BTreeSet<String>,
    /// The members of campaigns, by campaign and object, as they were read, with what was written since.
    members: HashMap<(String, &'static str), HashMap<RemoteId, Member>>,
}

impl Zoho {
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

    /// The host requests go to.
    pub(super) fn address(&self) -> String {
        self.transport.base().address()
    }

    /// How many literals a query may hold, by what the organization said so far.
    pub(super) fn keys(&self) -> usize {
        self.known().keys.unwrap_or(MANY_KEYS)
    }

    /// A question of so many was refused: half as many from now on, and never fewer than all pages allow.
    pub(super) fn take_fewer_keys(&self, refused: usize) {
        let mut known = self.known();
        let fewer = match refused {
            ..=LIST => FEW_KEYS,
            _ => LIST,
        };
        known.keys = Some(known.keys.unwrap_or(MANY_KEYS).min(fewer));
    }

    pub(super) fn leave_out(&self, column: &str) {
        self.known().not_queried.insert(column.to_owned());
    }

    /// What is made of a campaign's members of one object; `None`: they were not read yet, or are not known any more.
    pub(super) fn with_members<T>(
        &self,
        campaign: &str,
        object: &'static str,
        take: impl FnOnce(&mut HashMap<RemoteId, Member>) -> T,
    ) -> Option<T> {
        let mut known = self.known();
        known
            .members
            .get_mut(&(campaign.to_owned(), object))
            .map(take)
    }

    pub(super) fn keep_members(
        &self,
        campaign: &str,
        object: &'static str,
        members: HashMap<RemoteId, Member>,
    ) {
        let mut known = self.known();
        known.members.insert((campaign.to_owned(), object), members);
    }

    /// Drops what is known of a campaign's members: something was written that nobody knows the end of.
    pub(super) fn forget_members(&self, campaign: &str, object: &'static str) {
        self.known().members.remove(&(campaign.to_owned(), object));
    }

    pub(super) fn is_left_out(&self, column: &str) -> bool {
        self.known().not_queried.contains(column)
    }

    /// What is known of a module without asking.
    pub(super) fn described_before(&self, module: &str) -> Option<Arc<Vec<Field>>> {
        self.known().modules.get(module).cloned()
    }

    /// Drops what is known of a module: an answer contradicted it.
    pub(super) fn forget(&self, module: &str) {
        self.known().modules.remove(module);
    }

    /// A module's fields as the user may see them; asked once a process.
    pub(super) async fn described(&self, module: &str) -> Result<Arc<Vec<Field>>, CallError> {
        let _one_at_a_time = self.describing.lock().await;
        if let Some(known) = self.described_before(module) {
            return Ok(known);
        }
        let answer: FieldsAnswer = self
            .read(&metadata("settings/fields").query("module", module))
            .await?;
        let mut fields = answer.fields;
        let layouts = metadata("settings/layouts").query("module", module);
        match self.read::<LayoutsAnswer>(&layouts).await {
            Ok(answer) => mark_asked_for(&mut fields, &answer.layouts),
            // Layouts only tell more about what is mandatory; Zoho tells it too, later.
            Err(error) if is_refusal(&error) => {}
            Err(error) => return Err(error),
        }
        let described = Arc::new(fields);
        let mut known = self.known();
        known
            .modules
            .insert(module.to_owned(), Arc::clone(&described));
        Ok(described)
    }

    /// Sends a request that reads, and takes its body apart. Nothing found is an empty body.
    pub(super) async fn read<T: DeserializeOwned + Default>(
        &self,
        request: &ApiRequest,
    ) -> Result<T, CallError> {
        match self.send(request).await? {
            (Value::Null, _) => Ok(T::default()),
            (value, call) => {
                serde_json::from_value(value).map_err(|error| shape(&error.to_string(), call))
            }
        }
    }

    /// Sends a request. Any 2xx is an answer, and so is a refusal that has a verdict for each row (Zoho answers 400 where all
    /// rows are refused, 207 where some are).
    pub(super) async fn send(&self, request: &ApiRequest) -> Result<(Value, CallTrace), CallError> {
        let mut call = CallTrace {
            method: request.method.to_string(),
            url: format!("{}{}", self.address().trim_end_matches('/'), request.path),
            ..CallTrace::default()
        };
        let response = match self.transport.send(request).await {
            Ok(response) => response,
            Err(error) => return Err(CallError::unanswered(&super::INFO, 429, error, call)),
        };
        call.status = response.status.as_u16();
        call.correlation.clone_from(&response.correlation);
        let value = response.value();
        let has_rows = value.as_ref().is_some_and(|value| value["data"].is_array());
        match value {
            Some(value) if response.is_success() || has_rows && call.status == 400 => {
                Ok((value, call))
            }
            None if response.is_success() && response.body.is_empty() => Ok((Value::Null, call)),
            None if response.is_success() => Err(shape("it is no JSON", call)),
            value => {
                let body = value.unwrap_or_else(|| text(&response));
                call.body = body.clone();
                Err(errors::call_error(
                    call.status,
                    &request.path,
                    &body,
                    call.clone(),
                ))
            }
        }
    }

    /// All records a question finds. Answers are in the order of ids (COQL overview), so pages neither repeat nor skip.
    pub(super) async fn query(
        &self,
        columns: &[String],
        module: &str,
        condition: &str,
    ) -> Result<(Vec<Value>, CallTrace), CallError> {
        let mut records = Vec::new();
        for page in 0..PAGES {
            let offset = match page * PAGE {
                0 => String::new(),
                offset => format!(" offset {offset}"),
            };
            let question = format!(
                "select {} from {module} where {condition} limit {PAGE}{offset}",
                columns.join(", ")
            );
            let request = encoded(
                ApiRequest::read(Method::POST, api::path("coql")),
                &json!({"select_query": question}),
            )?;
            let (value, call) = self.send(&counted(request, true, 1)).await?;
            records.extend(rows(&value, &call)?.iter().cloned());
            if value["info"]["more_records"] != Value::Bool(true) {
                return Ok((records, call));
            }
        }
        Err(CallError::new(CallErrorKind::NotAllowed(Failure::new(
            Category::Unexpected,
            "a question matched more than 100,000 records",
        ))))
    }

    /// All pages of a list, under the name its answers have for it.
    pub(super) async fn list(
        &self,
        request: &ApiRequest,
        name: &str,
    ) -> Result<(Vec<Value>, CallTrace), CallError> {
        let mut records = Vec::new();
        let mut request = request.clone().query("per_page", PAGE.to_string());
        for page in 2..=PAGES {
            let (value, call) = self.send(&request).await?;
            let found = value[name].as_array();
            if found.is_none() && !value.is_null() {
                return Err(shape(&format!("there is no {name:?}"), call));
            }
            records.extend(found.into_iter().flatten().cloned());
            if value["info"]["more_records"] != Value::Bool(true) {
                return Ok((records, call));
            }
            request
                .query
                .retain(|(name, _)| name != "page" && name != "page_token");
            // From 2,000 records on only the token leads further (Zoho docs, "Get Records").
            request = match value["info"]["next_page_token"].as_str() {
                Some(token) => request.query("page_token", token),
                None => request.query("page", page.to_string()),
            };
        }
        Err(CallError::new(CallErrorKind::NotAllowed(Failure::new(
            Category::Unexpected,
            "a list has more than 100,000 records",
        ))))
    }
}

/// A request about the account or its fields.
pub(super) fn metadata(rest: &str) -> ApiRequest {
    let request = ApiRequest::read(Method::GET, api::path(rest)).kind(RequestKind::Metadata);
    counted(request, false, 1)
}

/// A request that reads records.
pub(super) fn reading(rest: &str) -> ApiRequest {
    counted(ApiRequest::read(Method::GET, api::path(rest)), false, 1)
}

/// What a request costs. `heavy`: queries, and writes of more than ten records.
pub(super) fn counted(request: ApiRequest, heavy: bool, credits: u32) -> ApiRequest {
    let request = if heavy {
        request.quota(limits::HEAVY, 1)
    } else {
        request
    };
    request
        .quota(limits::CONCURRENT, 1)
        .quota(limits::DAY, credits)
}

/// The rows of an answer; none where nothing was found.
pub(super) fn rows<'a>(value: &'a Value, call: &CallTrace) -> Result<&'a [Value], CallError> {
    match &value["data"] {
        Value::Array(rows) => Ok(rows),
        _ if value.is_null() => Ok(&[]),
        _ => Err(shape("there is no \"data\"", call.clone())),
    }
}

/// Only what every layout in use asks for is surely needed: which one a new record gets is decided by Zoho.
fn mark_asked_for(fields: &mut [Field], layouts: &[Layout]) {
    let in_use: Vec<&Layout> = layouts
        .iter()
        .filter(|layout| {
            // A word in newer versions, a number in older ones.
            !matches!(layout.status.as_str(), Some("inactive" | "draft"))
                && layout.status.as_i64() != Some(-1)
        })
        .collect();
    for field in fields {
        field.asked_for = !in_use.is_empty()
            && in_use.iter().all(|layout| {
                layout
                    .sections
                    .iter()
                    .flat_map(|section| &section.fields)
                    .any(|placed| placed.api_name == field.api_name && placed.required)
            });
    }
}

/// An answer of another shape than documented: nobody's verdict.
pub(super) fn shape(error: &str, call: CallTrace) -> CallError {
    CallError::unusable(
        format!("Zoho's answer has an unexpected shape: {error}"),
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
