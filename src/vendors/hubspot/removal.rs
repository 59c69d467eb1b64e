//! Taking back: records go to the bin, where they can be restored for 90 days (HubSpot docs, "Using object APIs", archive),
//! and associations are removed ("Associations v4", batch archive). Marketing events take attendance and document no way to
//! take it back.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::api::{self, Associated, BatchAnswer, Inputs, Reference, text_of};
use super::find::{json as encoded, shape};
use super::{COMPANY, CONTACT, HubSpot, errors, limits, path_word};
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, RemoteId, Removable, RemoveAnswer, RemoveEnd, Undoing,
};

/// Most records in one batch.
const ROWS: usize = 100;
/// Stands for the persons of a company that a further page would tell.
const FURTHER: &str = "further contacts";

/// What HubSpot takes back.
pub(super) static UNDOING: Undoing = Undoing {
    objects: &[
        Removable {
            object: CONTACT,
            rows: ROWS,
        },
        Removable {
            object: COMPANY,
            rows: ROWS,
        },
    ],
    activities: Some(ROWS),
    members: Err("HubSpot documents no way to take attendance of a marketing event back"),
    statuses_go_back: false,
    links: Some(1_000),
};

impl HubSpot {
    /// `batch/archive`: what is not there is passed over.
    pub(super) async fn archive(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        let inputs = ids.iter().cloned().map(|id| Reference { id }).collect();
        let path = api::objects(path_word(object), "batch/archive");
        let request = encoded(
            self,
            ApiRequest::repeatable(Method::POST, path),
            &Inputs { inputs },
        )?;
        self.go(request, ids.len()).await
    }

    /// `batch/archive` of associations.
    pub(super) async fn dissociate(
        &self,
        pairs: &[(RemoteId, RemoteId)],
    ) -> Result<RemoveAnswer, CallError> {
        let inputs: Vec<Value> = pairs
            .iter()
            .map(|(from, to)| json!({"from": {"id": from}, "to": [{"id": to}]}))
            .collect();
        let path = api::associations(path_word(COMPANY), "batch/archive");
        let request = encoded(
            self,
            ApiRequest::repeatable(Method::POST, path),
            &Inputs { inputs },
        )?;
        self.go(request, pairs.len()).await
    }

    async fn go(&self, request: ApiRequest, count: usize) -> Result<RemoveAnswer, CallError> {
        let request = request.quota(limits::BURST, 1).quota(limits::DAY, 1);
        match self.send(&request).await {
            Ok((_, call)) => Ok(RemoveAnswer::all_done(count, call)),
            Err(CallError {
                kind: CallErrorKind::Refused { failure, .. },
                call: Some(call),
            }) if count == 1 => {
                let end = match errors::is_not_found(&call.body) {
                    true => RemoveEnd::Gone,
                    false => RemoveEnd::Refused(failure),
                };
                Ok(RemoveAnswer::one(end, *call))
            }
            Err(error) => Err(error),
        }
    }

    /// The contacts of companies: the first page of each.
    pub(super) async fn contacts_of(
        &self,
        companies: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut contacts: HashMap<String, Vec<RemoteId>> = HashMap::new();
        for companies in companies.chunks(ROWS) {
            let inputs = companies
                .iter()
                .map(|id| Associated {
                    id: id.clone(),
                    after: None,
                })
                .collect();
            let request = encoded(
                self,
                ApiRequest::read(Method::POST, api::contacts_of_companies()),
                &Inputs { inputs },
            )?
            .quota(limits::BURST, 1)
            .quota(limits::DAY, 1);
            let (value, call) = self.send(&request).await?;
            let answer: BatchAnswer =
                serde_json::from_value(value).map_err(|error| shape(&error, call))?;
            for result in &answer.results {
                let of = contacts.entry(text_of(&result["from"]["id"])).or_default();
                for to in result["to"].as_array().into_iter().flatten() {
                    let id = text_of(&to["toObjectId"]);
                    of.push(if id.is_empty() {
                        text_of(&to["id"])
                    } else {
                        id
                    });
                }
                if !text_of(&result["paging"]["next"]["after"]).is_empty() {
                    of.push(FURTHER.to_owned());
                }
            }
        }
        Ok(companies
            .iter()
            .map(|id| contacts.remove(id).unwrap_or_default())
            .collect())
    }
}
