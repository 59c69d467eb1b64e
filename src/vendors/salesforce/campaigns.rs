//! Campaigns and their members (Object reference, "Campaign", "CampaignMember", "CampaignMemberStatus").
//!
//! A member is exactly one lead or one contact; campaign and person are set when it is made and never changed. Writing
//! members locks the campaign's row, so the engine writes them one request after another.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::CONTACT;
use super::api::{is_id, quoted, short_id, text_of};
use super::client::{Salesforce, writing};
use super::errors::{self, Problem};
use super::verdict::is_lock;
use super::write::collection_results;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CampaignInfo, Member, MemberAnswer, MemberEnd, MemberRow,
    MemberStatus, RemoteCampaign, RemoteId,
};

/// Most persons in one query.
const KEYS: usize = 500;

/// Campaigns as data.
pub(super) static CAMPAIGNS: CampaignInfo = CampaignInfo {
    word: "campaign",
    id_guide: "open the campaign in Salesforce: the id is the part of its address that starts with 701",
    reads: 2_000,
    rows: 200,
    one_status: false,
    one_object: false,
};

impl Salesforce {
    pub(super) async fn read_campaign(
        &self,
        id: &str,
    ) -> Result<Option<RemoteCampaign>, CallError> {
        let id = id.trim();
        if !is_id(id) || !id.starts_with("701") {
            return Ok(None);
        }
        let id = quoted(id);
        let queries = [
            format!("SELECT Id, Name, IsActive, Status FROM Campaign WHERE Id = {id}"),
            format!(
                "SELECT Label, HasResponded, IsDefault, SortOrder FROM CampaignMemberStatus WHERE CampaignId = {id}"
            ),
        ];
        let (answers, _) = self.ask(&queries).await?;
        let Some(found) = answers[0].first() else {
            return Ok(None);
        };
        let closed = (found["IsActive"] == Value::Bool(false)).then(|| {
            let status = text_of(&found["Status"]);
            if status.is_empty() {
                "it is not active in Salesforce".to_owned()
            } else {
                format!("it is not active in Salesforce (status {status:?})")
            }
        });
        Ok(Some(RemoteCampaign {
            id: text_of(&found["Id"]),
            name: text_of(&found["Name"]),
            closed,
            statuses: statuses(&answers[1]),
        }))
    }

    pub(super) async fn read_members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        let mut queries = Vec::new();
        for contacts in [false, true] {
            let ids: Vec<&RemoteId> = persons
                .iter()
                .filter(|(object, _)| (*object == CONTACT) == contacts)
                .map(|(_, id)| id)
                .collect();
            let field = person_field(if contacts { CONTACT } else { super::LEAD });
            for ids in ids.chunks(KEYS) {
                let list: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
                queries.push(format!(
                    "SELECT Id, LeadId, ContactId, Status FROM CampaignMember WHERE CampaignId = {} AND {field} IN ({})",
                    quoted(&campaign.id),
                    list.join(",")
                ));
            }
        }
        let (answers, _) = self.ask(&queries).await?;
        let mut members: HashMap<String, Member> = HashMap::new();
        for record in answers.iter().flatten() {
            let member = Member {
                id: Some(text_of(&record["Id"])).filter(|id| !id.is_empty()),
                status: record["Status"].as_str().map(str::to_owned),
            };
            // A converted lead's member names both.
            for field in ["LeadId", "ContactId"] {
                let id = text_of(&record[field]);
                if !id.is_empty() {
                    members.insert(short_id(&id).to_owned(), member.clone());
                }
            }
        }
        Ok(persons
            .iter()
            .map(|(_, id)| members.get(short_id(id)).cloned())
            .collect())
    }

    /// One Collections request: rows are all new or all known.
    pub(super) async fn write_members(
        &self,
        campaign: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        let create = rows.first().is_some_and(|row| row.member.is_none());
        let sent: Vec<Value> = rows.iter().map(|row| wire(campaign, row)).collect();
        let path = self.path("composite/sobjects");
        let request = if create {
            ApiRequest::once(Method::POST, path)
        } else {
            ApiRequest::repeatable(Method::PATCH, path)
        };
        let request = writing(request, &json!({"allOrNone": false, "records": sent}))?
            .header("Sforce-Auto-Assign", "FALSE")
            .header("Sforce-Call-Options", "client=mobly-sync");
        let (value, call) = self.send(&request).await?;
        let results = collection_results(value, &call)?;
        let failing: Vec<Problem> = results.iter().filter_map(errors::first).collect();
        let trigger = |problem: &Problem| {
            problem.code == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" && !is_lock(problem)
        };
        if rows.len() > 1 && failing.len() == rows.len() && failing.iter().all(trigger) {
            return Err(CallError {
                kind: CallErrorKind::Refused {
                    failure: errors::failure_of(&failing[0]),
                    guilty: Vec::new(),
                },
                call: Some(Box::new(call)),
            });
        }
        let matched = results.len() == rows.len();
        let rows = rows
            .iter()
            .zip(sent)
            .enumerate()
            .map(|(index, (row, sent))| {
                let result = results.get(index).filter(|_| matched);
                let end = result.map_or(MemberEnd::Silent, end);
                (
                    row.trace.clone(),
                    end,
                    sent,
                    result.cloned().unwrap_or_default(),
                )
            })
            .collect();
        Ok(MemberAnswer { rows, call })
    }
}

fn person_field(object: &str) -> &'static str {
    if object == CONTACT {
        "ContactId"
    } else {
        "LeadId"
    }
}

/// Statuses in their order of progress: who has not responded before who has, then as the campaign lists them.
fn statuses(records: &[Value]) -> Vec<MemberStatus> {
    let mut sorted: Vec<(bool, i64, &Value)> = records
        .iter()
        .map(|record| {
            (
                record["HasResponded"] == Value::Bool(true),
                record["SortOrder"].as_i64().unwrap_or(i64::MAX),
                record,
            )
        })
        .collect();
    sorted.sort_by_key(|(responded, order, _)| (*responded, *order));
    (0_u32..)
        .zip(sorted)
        .map(|(rank, (_, _, record))| MemberStatus {
            label: text_of(&record["Label"]),
            usual: record["IsDefault"] == Value::Bool(true),
            rank,
        })
        .collect()
}

/// A member as it is sent; campaign and person only with a new one.
fn wire(campaign: &RemoteCampaign, row: &MemberRow) -> Value {
    let mut record = Map::new();
    record.insert("attributes".to_owned(), json!({"type": "CampaignMember"}));
    match row.member.as_ref().and_then(|member| member.id.as_ref()) {
        Some(id) => {
            record.insert("id".to_owned(), json!(id));
        }
        None => {
            record.insert("CampaignId".to_owned(), json!(campaign.id));
            record.insert(person_field(row.object).to_owned(), json!(row.person));
        }
    }
    if let Some(status) = &row.status {
        record.insert("Status".to_owned(), json!(status));
    }
    record.into()
}

fn end(result: &Value) -> MemberEnd {
    if result["success"] == Value::Bool(true) {
        return MemberEnd::Done {
            id: Some(text_of(&result["id"])).filter(|id| !id.is_empty()),
        };
    }
    let Some(problem) = errors::first(result) else {
        return MemberEnd::Silent;
    };
    let of_campaign = problem.fields.iter().any(|field| field == "CampaignId");
    match problem.code.as_str() {
        "DUPLICATE_VALUE" => MemberEnd::Exists,
        code if errors::is_passing(code) || is_lock(&problem) => MemberEnd::Later,
        "ENTITY_IS_DELETED" | "NOT_FOUND" | "INVALID_CROSS_REFERENCE_KEY" if of_campaign => {
            let message = "the campaign is gone at Salesforce";
            MemberEnd::Refused(
                Failure::new(Category::Connection, message)
                    .on_field("CampaignId")
                    .with_code(problem.code),
            )
        }
        "ENTITY_IS_DELETED"
        | "NOT_FOUND"
        | "INVALID_CROSS_REFERENCE_KEY"
        | "CANNOT_UPDATE_CONVERTED_LEAD" => MemberEnd::Gone,
        _ => MemberEnd::Refused(errors::failure_of(&problem)),
    }
}

#[cfg(test)]
#[path = "campaigns_tests.rs"]
mod tests;
