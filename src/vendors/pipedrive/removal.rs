//! Taking back: `DELETE /api/v2/persons/{id}` and `…/organizations/{id}`, one record a request (OpenAPI description, "Delete a
//! person"); deleted records can be restored for 30 days.

use reqwest::Method;

use super::api::{is_id, text_of, v2};
use super::client::Pipedrive;
use super::limits::{charged, cost};
use super::{ORGANIZATION, PERSON, collection, errors};
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, RemoteId, Removable, RemoveAnswer, RemoveEnd, Undoing,
};

/// Most persons asked for of one organization.
const SHOWN: &str = "100";

const fn removable(object: &'static str) -> Removable {
    Removable { object, rows: 1 }
}

/// What Pipedrive takes back.
pub(super) static UNDOING: Undoing = Undoing {
    objects: &[removable(PERSON), removable(ORGANIZATION)],
    ..Undoing::NOTHING
};

impl Pipedrive {
    pub(super) async fn remove_records(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        let [id] = ids else {
            return Err(CallError::unsupported("requests of several records"));
        };
        if !is_id(id) {
            return Ok(RemoveAnswer::one(RemoveEnd::Gone, CallTrace::default()));
        }
        let path = v2(&format!("{}/{id}", collection(object)));
        let request = charged(ApiRequest::repeatable(Method::DELETE, path), cost::DELETE);
        match self.send(&request).await {
            Ok((_, call)) => Ok(RemoveAnswer::one(RemoveEnd::Done, call)),
            Err(CallError {
                kind: CallErrorKind::Refused { .. } | CallErrorKind::NotAllowed(_),
                call: Some(call),
            }) if !matches!(call.status, 402 | 403) => {
                let end = match call.status {
                    404 | 410 => RemoveEnd::Gone,
                    status => RemoveEnd::Refused(errors::failure_of(status, &call.body, |name| {
                        self.takes_options(name)
                    })),
                };
                Ok(RemoveAnswer::one(end, *call))
            }
            Err(error) => Err(error),
        }
    }

    /// The persons of organizations, one request each.
    pub(super) async fn persons_of(
        &self,
        organizations: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut persons = Vec::with_capacity(organizations.len());
        for id in organizations {
            if !is_id(id) {
                persons.push(Vec::new());
                continue;
            }
            let request = ApiRequest::read(Method::GET, v2(collection(PERSON)))
                .query("org_id", id.as_str())
                .query("limit", SHOWN);
            let (found, _, _) = self.page(&charged(request, cost::LIST)).await?;
            persons.push(found.iter().map(|person| text_of(&person["id"])).collect());
        }
        Ok(persons)
    }
}
