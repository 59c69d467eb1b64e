//! Taking back: `DELETE composite/sobjects?ids=…` removes up to 200 records of any kind, members of campaigns and tasks too,
//! each with its own end (REST API guide, "Delete Multiple Records"). They go to the recycle bin.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::Value;

use super::api::{quoted, short_id, text_of};
use super::client::Salesforce;
use super::errors;
use super::limits;
use super::verdict::is_lock;
use super::write::collection_results;
use super::{ACCOUNT, CONTACT, LEAD};
use crate::transport::ApiRequest;
use crate::vendors::{CallError, LeaveRow, RemoteId, Removable, RemoveAnswer, RemoveEnd, Undoing};

/// Most records in one request.
const ROWS: usize = 200;
/// Most keys in one query.
const KEYS: usize = 500;

const fn removable(object: &'static str) -> Removable {
    Removable { object, rows: ROWS }
}

/// What Salesforce takes back.
pub(super) static UNDOING: Undoing = Undoing {
    objects: &[removable(LEAD), removable(CONTACT), removable(ACCOUNT)],
    activities: Some(ROWS),
    members: Ok(ROWS),
    statuses_go_back: true,
    links: None,
};

impl Salesforce {
    pub(super) async fn remove_records(
        &self,
        _object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        let request = ApiRequest::repeatable(Method::DELETE, self.path("composite/sobjects"))
            .query("ids", ids.join(","))
            .query("allOrNone", "false")
            .header("Sforce-Call-Options", "client=mobly-sync")
            .quota(limits::WRITES, 1)
            .quota(limits::CONCURRENT, 1)
            .quota(limits::DAY, 1)
            .timeout(limits::PATIENCE);
        let (value, call) = self.send(&request).await?;
        let results = collection_results(value, &call)?;
        Ok(RemoveAnswer::in_order(ids.len(), &results, end, call))
    }

    /// A membership is a record of its own; whose id is not known is looked up.
    pub(super) async fn remove_members(
        &self,
        campaign: &str,
        rows: &[LeaveRow],
    ) -> Result<RemoveAnswer, CallError> {
        let mut known: HashMap<String, String> = HashMap::new();
        let unknown: Vec<String> = rows
            .iter()
            .filter(|row| row.member.is_none())
            .map(|row| quoted(&row.person))
            .collect();
        if !unknown.is_empty() {
            let list = unknown.join(",");
            let soql = format!(
                "SELECT Id, LeadId, ContactId FROM CampaignMember WHERE CampaignId = {} AND (LeadId IN ({list}) OR ContactId IN ({list}))",
                quoted(campaign)
            );
            let (answers, _) = self.ask(&[soql]).await?;
            for record in answers.iter().flatten() {
                for field in ["LeadId", "ContactId"] {
                    let person = text_of(&record[field]);
                    if !person.is_empty() {
                        known.insert(short_id(&person).to_owned(), text_of(&record["Id"]));
                    }
                }
            }
        }
        let members: Vec<Option<String>> = rows
            .iter()
            .map(|row| {
                let found = || known.get(short_id(&row.person)).cloned();
                row.member.clone().or_else(found)
            })
            .collect();
        let ids: Vec<RemoteId> = members.iter().flatten().cloned().collect();
        if ids.is_empty() {
            let ends = vec![(RemoveEnd::Gone, Value::Null); rows.len()];
            return Ok(RemoveAnswer {
                ends,
                call: Default::default(),
            });
        }
        let answer = self.remove_records(LEAD, &ids).await?;
        let mut told = answer.ends.into_iter();
        let ends = members
            .iter()
            .map(|member| match member {
                Some(_) => told.next().unwrap_or((RemoveEnd::Silent, Value::Null)),
                None => (RemoveEnd::Gone, Value::Null),
            })
            .collect();
        Ok(RemoveAnswer {
            ends,
            call: answer.call,
        })
    }

    /// The contacts of accounts.
    pub(super) async fn contacts_of(
        &self,
        accounts: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let queries: Vec<String> = accounts
            .chunks(KEYS)
            .map(|ids| {
                let list: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
                format!(
                    "SELECT Id, AccountId FROM Contact WHERE AccountId IN ({})",
                    list.join(",")
                )
            })
            .collect();
        let (answers, _) = self.ask(&queries).await?;
        let mut contacts: HashMap<String, Vec<RemoteId>> = HashMap::new();
        for record in answers.iter().flatten() {
            let account = text_of(&record["AccountId"]);
            let of = contacts.entry(short_id(&account).to_owned()).or_default();
            of.push(text_of(&record["Id"]));
        }
        Ok(accounts
            .iter()
            .map(|id| contacts.remove(short_id(id)).unwrap_or_default())
            .collect())
    }
}

fn end(result: &Value) -> RemoveEnd {
    if result["success"] == Value::Bool(true) {
        return RemoveEnd::Done;
    }
    let Some(problem) = errors::first(result) else {
        return RemoveEnd::Silent;
    };
    match problem.code.as_str() {
        "ENTITY_IS_DELETED" | "NOT_FOUND" | "INVALID_CROSS_REFERENCE_KEY" | "MALFORMED_ID" => {
            RemoveEnd::Gone
        }
        code if errors::is_passing(code) || is_lock(&problem) => RemoveEnd::Later,
        _ => RemoveEnd::Refused(errors::failure_of(&problem)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_gone_already_is_as_good_as_removed() {
        let refused = |code: &str| json!({"success": false, "errors": [{"statusCode": code, "message": "x", "fields": []}]});
        assert_eq!(end(&json!({"success": true, "id": "003"})), RemoveEnd::Done);
        assert_eq!(end(&refused("ENTITY_IS_DELETED")), RemoveEnd::Gone);
        assert_eq!(end(&refused("UNABLE_TO_LOCK_ROW")), RemoveEnd::Later);
        assert!(matches!(
            end(&refused("DELETE_FAILED")),
            RemoveEnd::Refused(_)
        ));
        assert_eq!(end(&Value::Null), RemoveEnd::Silent);
    }
}
