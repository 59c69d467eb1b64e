//! One connection to an organization: pages, one lead, an id written back.

use async_trait::async_trait;
use reqwest::Method;
use serde_json::{Value, json};

use super::{INFO, errors, limits, wire};
use crate::sources::{
    Listing, Page, Source, SourceInfo, SourceItem, SourceLead, SourceProof, SourceSetup, WriteBack,
};
use crate::transport::{ApiRequest, RequestKind, Transport};
use crate::vendors::{CallError, CallErrorKind, CallTrace};

/// The most a page holds.
pub(super) const PAGE: u32 = 50;

/// Where everything is.
const ROOT: &str = "/api/v0";

/// A connection to one organization.
struct Mobly {
    transport: Transport,
}

pub(super) fn open(setup: SourceSetup) -> Box<dyn Source> {
    Box::new(Mobly {
        transport: setup.transport,
    })
}

/// What a listing is called: its path, and the key of its items in the answer.
fn place(listing: &Listing) -> (String, &'static str) {
    let own = |path: &str| format!("{ROOT}/{path}");
    match listing {
        Listing::Events => (own("events"), "events"),
        Listing::QualifierGroups => (own("tagGroups"), "tagGroups"),
        Listing::Activations => (own("activations"), "activations"),
        Listing::Leads => (own("leads"), "leads"),
        Listing::EventLeads(event) => (
            own(&format!("events/{}/leads", segment(event))),
            "eventLeads",
        ),
        Listing::Activities | Listing::LeadActivities(_) => {
            (own("leadActivityEvents"), "leadActivityEvents")
        }
    }
}

fn understood(listing: &Listing, value: &Value) -> Option<SourceItem> {
    match listing {
        Listing::Events => wire::event(value).map(SourceItem::Event),
        Listing::QualifierGroups => wire::qualifier(value).map(SourceItem::Qualifier),
        Listing::Activations => wire::activation(value).map(SourceItem::Activation),
        Listing::Leads => wire::lead(value).map(|lead| SourceItem::Lead(Box::new(lead))),
        Listing::EventLeads(_) => wire::membership(value).map(SourceItem::Membership),
        Listing::Activities | Listing::LeadActivities(_) => {
            wire::activity(value).map(SourceItem::Activity)
        }
    }
}

/// An id as a part of a path.
fn segment(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

fn lead_path(id: &str) -> String {
    format!("{ROOT}/leads/{}", segment(id))
}

impl Mobly {
    /// Sends a request. Any 2xx with JSON is an answer, unless it calls itself a failure.
    async fn send(&self, request: ApiRequest) -> Result<(Value, CallTrace), CallError> {
        let request = request.quota(limits::BUCKET, 1);
        let address = self.transport.base().address();
        let mut call = CallTrace {
            method: request.method.to_string(),
            url: format!("{}{}", address.trim_end_matches('/'), request.path),
            ..CallTrace::default()
        };
        let response = self.transport.send(&request).await.map_err(|error| {
            CallError::without_answer(INFO.title, INFO.quotas, 429, error, call.clone())
        })?;
        call.status = response.status.as_u16();
        call.correlation.clone_from(&response.correlation);
        let value = response.value();
        // The status stands in the body too; a proxy may have lost the one of the answer.
        let told = value
            .as_ref()
            .and_then(|value| wire::number(&value["status"]))
            .and_then(|status| u16::try_from(status).ok())
            .filter(|status| *status >= 400);
        match (value, told) {
            (Some(value), None) if response.is_success() => Ok((value, call)),
            (None, _) if response.is_success() && response.body.is_empty() => {
                Ok((Value::Null, call))
            }
            (None, _) if response.is_success() => Err(unusable("it is no JSON", call)),
            (value, told) => {
                let status = told.unwrap_or(call.status);
                let body = value.unwrap_or_else(|| Value::String(short(&response.text())));
                call.body = body.clone();
                Err(errors::call_error(status, &body, call))
            }
        }
    }

    async fn listed(&self, request: ApiRequest, key: &str) -> Result<Listed, CallError> {
        let (mut value, call) = self.send(request).await?;
        let results = &mut value["results"];
        let total = wire::number(&results["total"]);
        match results[key].take() {
            Value::Array(entries) => Ok(Listed { entries, total }),
            // A list without entries may have no key at all, where it says so itself.
            Value::Null if total == Some(0) => Ok(Listed {
                entries: Vec::new(),
                total,
            }),
            _ => Err(unusable(&format!("there is no list of {key}"), call)),
        }
    }
}

struct Listed {
    entries: Vec<Value>,
    total: Option<u64>,
}

#[async_trait]
impl Source for Mobly {
    fn info(&self) -> &'static SourceInfo {
        &INFO
    }

    fn transport(&self) -> &Transport {
        &self.transport
    }

    async fn prove(&self) -> Result<SourceProof, CallError> {
        let (path, key) = place(&Listing::Events);
        let request = ApiRequest::read(Method::GET, path)
            .kind(RequestKind::Metadata)
            .query("limit", "1")
            .query("offset", "0");
        let listed = self.listed(request, key).await?;
        Ok(SourceProof {
            account: None,
            name: None,
            events: listed.total,
        })
    }

    async fn page(&self, listing: &Listing, page: u32) -> Result<Page, CallError> {
        let (path, key) = place(listing);
        let mut request = ApiRequest::read(Method::GET, path)
            .query("limit", PAGE.to_string())
            .query("offset", page.to_string());
        if let Listing::LeadActivities(lead) = listing {
            request = request.query("leadId", lead);
        }
        let listed = self.listed(request, key).await?;
        let entries = listed.entries.len();
        let items: Vec<SourceItem> = listed
            .entries
            .iter()
            .filter_map(|entry| understood(listing, entry))
            .collect();
        Ok(Page {
            odd: (entries - items.len()) as u64,
            items,
            total: listed.total,
        })
    }

    async fn lead(&self, id: &str) -> Result<Option<SourceLead>, CallError> {
        let request = ApiRequest::read(Method::GET, lead_path(id));
        let (value, call) = match self.send(request).await {
            Err(error) if is_gone(&error) => return Ok(None),
            other => other?,
        };
        // The description has the lead as the results themselves; other answers of one resource name it.
        let results = &value["results"];
        let lead = if results["lead"].is_object() {
            &results["lead"]
        } else {
            results
        };
        match wire::lead(lead) {
            Some(lead) => Ok(Some(lead)),
            None => Err(unusable("there is no lead", call)),
        }
    }

    async fn set_remote_id(
        &self,
        lead: &str,
        system: &str,
        remote_id: Option<&str>,
    ) -> Result<WriteBack, CallError> {
        let body = json!({"remoteId": {"id": remote_id, "integrationType": system}});
        let request = ApiRequest::repeatable(Method::PATCH, lead_path(lead))
            .json_bytes(body.to_string().into_bytes());
        match self.send(request).await {
            Ok((_, call)) => Ok(WriteBack::Done(call)),
            Err(error) if is_gone(&error) => {
                Ok(WriteBack::LeadGone(*error.call.unwrap_or_default()))
            }
            Err(error) => Err(error),
        }
    }
}

/// Mobly's own word that the lead is not there; a page of some server in between is not one.
fn is_gone(error: &CallError) -> bool {
    matches!(error.kind, CallErrorKind::Refused { .. })
        && error
            .call
            .as_ref()
            .is_some_and(|call| call.status == 404 && call.body.is_object())
}

/// An answer of another shape than documented: nobody's verdict.
fn unusable(why: &str, call: CallTrace) -> CallError {
    CallError::unusable(
        format!("Mobly's answer has an unexpected shape: {why}"),
        call,
    )
}

fn short(text: &str) -> String {
    const SHOWN: usize = 500;
    text.chars().take(SHOWN).collect()
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
