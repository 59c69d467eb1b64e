//! Taking back: `DELETE /api/v5/objects/prospects/{id}` puts one prospect into the recycle bin (Account Engagement docs,
//! "Prospect", delete).

use reqwest::Method;

use super::api::{self, is_id};
use super::client::Pardot;
use super::{PROSPECT, errors};
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, RemoteId, Removable, RemoveAnswer, RemoveEnd, Undoing,
    Work,
};

/// When a prospect was active last.
pub(super) const LAST_ACTIVITY: &str = "lastActivityAt";

/// What Account Engagement takes back.
pub(super) static UNDOING: Undoing = Undoing {
    objects: &[Removable {
        object: PROSPECT,
        rows: 1,
        // "lastActivityAt": nobody has been active while it is null; what the API writes does not move it.
        work: &[Work::Others(LAST_ACTIVITY)],
    }],
    ..Undoing::NOTHING
};

impl Pardot {
    pub(super) async fn remove_records(
        &self,
        _object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        let [id] = ids else {
            return Err(CallError::unsupported("requests of several records"));
        };
        if !is_id(id) {
            return Ok(RemoveAnswer::one(RemoveEnd::Gone, CallTrace::default()));
        }
        let path = api::path(&format!("objects/prospects/{id}"));
        let request = ApiRequest::repeatable(Method::DELETE, path);
        match self.send(&request).await {
            Ok((_, call)) => Ok(RemoveAnswer::one(RemoveEnd::Done, call)),
            Err(error) => {
                let told = errors::told(&error);
                match (&error.kind, told, error.call.as_deref()) {
                    (CallErrorKind::Refused { .. }, Some(problem), Some(call)) => {
                        let end = match problem.is_gone() {
                            true => RemoveEnd::Gone,
                            false => RemoveEnd::Refused(errors::failure_of(&problem)),
                        };
                        Ok(RemoveAnswer::one(end, call.clone()))
                    }
                    _ => Err(error),
                }
            }
        }
    }
}
