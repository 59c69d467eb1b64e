//! Taking back: `DELETE /{module}?ids=…` removes up to 100 records (Zoho docs, "Delete Records"), `DELETE
//! /Campaigns/{id}/{list}?ids=…` takes members out ("Delink Related Records"); each id has its own end.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::Value;

use super::api::{is_id, path, text_of};
use super::client::{Zoho, counted, metadata, rows};
use super::{ACCOUNT, ACCOUNT_NAME, CONTACT, LEAD, errors, is_refusal, module};
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, LeaveRow, RemoteId, Removable, RemoveAnswer, RemoveEnd, Undoing,
};

/// Most records in one request.
const ROWS: usize = 100;
/// Most accounts in one question.
const KEYS: usize = 50;

const fn removable(object: &'static str) -> Removable {
    Removable { object, rows: ROWS }
}

/// What Zoho takes back.
pub(super) static UNDOING: Undoing = Undoing {
    objects: &[removable(LEAD), removable(CONTACT), removable(ACCOUNT)],
    activities: Some(ROWS),
    members: Ok(ROWS),
    statuses_go_back: true,
    links: None,
};

impl Zoho {
    pub(super) async fn remove_records(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        // No workflow runs for what we take back, as none ran for what we wrote.
        let request = ApiRequest::repeatable(Method::DELETE, path(module(object)))
            .query("ids", ids.join(","))
            .query("wf_trigger", "false");
        self.go(request, ids).await
    }

    /// Whether the module's own data say that this user removes none of its records (Zoho docs, "Modules Metadata",
    /// `deletable`).
    pub(super) async fn keeps_records(&self, object: &'static str) -> Result<bool, CallError> {
        let request = metadata(&format!("settings/modules/{}", module(object)));
        match self.send(&request).await {
            Ok((value, _)) => Ok(value["modules"][0]["deletable"] == Value::Bool(false)),
            // Then a removal tells it, later.
            Err(error) if is_refusal(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn remove_members(
        &self,
        campaign: &str,
        asked: &[LeaveRow],
    ) -> Result<RemoveAnswer, CallError> {
        let object = asked.first().map_or(LEAD, |row| row.object);
        let ids: Vec<RemoteId> = asked.iter().map(|row| row.person.clone()).collect();
        let list = path(&format!("Campaigns/{campaign}/{}", module(object)));
        let request = ApiRequest::repeatable(Method::DELETE, list).query("ids", ids.join(","));
        self.go(request, &ids).await
    }

    async fn go(&self, request: ApiRequest, ids: &[RemoteId]) -> Result<RemoveAnswer, CallError> {
        match self.send(&counted(request, false, 1)).await {
            Ok((value, call)) => {
                let results = rows(&value, &call)?.to_vec();
                Ok(RemoveAnswer::in_order(ids.len(), &results, end, call))
            }
            // One that is not there refuses a request for it alone.
            Err(CallError {
                kind: CallErrorKind::Refused { failure, .. },
                call: Some(call),
            }) if ids.len() == 1 => {
                let end = match failure.code.as_deref() {
                    Some("INVALID_DATA") => RemoveEnd::Gone,
                    _ => RemoveEnd::Refused(failure),
                };
                Ok(RemoveAnswer::one(end, *call))
            }
            Err(error) => Err(error),
        }
    }

    /// The contacts of accounts.
    pub(super) async fn contacts_of(
        &self,
        accounts: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut contacts: HashMap<String, Vec<RemoteId>> = HashMap::new();
        let ids: Vec<&RemoteId> = accounts.iter().filter(|id| is_id(id)).collect();
        let columns = ["id".to_owned(), ACCOUNT_NAME.to_owned()];
        for ids in ids.chunks(KEYS) {
            let list: Vec<String> = ids.iter().map(|id| format!("'{id}'")).collect();
            let condition = format!("{ACCOUNT_NAME} in ({})", list.join(","));
            let (records, _) = self.query(&columns, module(CONTACT), &condition).await?;
            for record in records {
                let of = contacts.entry(text_of(&record[ACCOUNT_NAME])).or_default();
                of.push(text_of(&record["id"]));
            }
        }
        Ok(accounts
            .iter()
            .map(|id| contacts.remove(id).unwrap_or_default())
            .collect())
    }
}

fn end(result: &Value) -> RemoveEnd {
    if result["code"] == "SUCCESS" || result["status"] == "success" {
        return RemoveEnd::Done;
    }
    let problems = errors::problems(result);
    match problems.first().map(|problem| problem.code.as_str()) {
        Some("INVALID_DATA") => RemoveEnd::Gone,
        Some("ALREADY_MODIFIED") => RemoveEnd::Later,
        _ => errors::failure_of_row(&problems).map_or(RemoveEnd::Silent, RemoveEnd::Refused),
    }
}
