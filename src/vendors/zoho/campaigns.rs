//! Campaigns and their members (Zoho docs, "Related Records"): leads and contacts stand in two related lists of a campaign,
//! each with its `Member_Status`. A membership has no id of its own, and setting one again changes its status.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::api::{Field, field, is_id, path, text_of};
use super::client::{Zoho, counted, encoded, reading, rows};
use super::errors::{self, Problem};
use super::module;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CampaignInfo, Member, MemberAnswer, MemberEnd, MemberRow,
    MemberStatus, RemoteCampaign, RemoteId,
};

/// Most persons of one request.
const ROWS: usize = 100;
const CAMPAIGNS_MODULE: &str = "Campaigns";
const STATUS: &str = "Member_Status";

/// Campaigns as data.
pub(super) static CAMPAIGNS: CampaignInfo = CampaignInfo {
    word: "campaign",
    id_guide: "open the campaign in Zoho CRM: the id is the long number at the end of its address",
    // The list is read whole, and kept.
    reads: 1_000,
    rows: ROWS,
    one_status: false,
    one_object: true,
};

impl Zoho {
    pub(super) async fn read_campaign(
        &self,
        id: &str,
    ) -> Result<Option<RemoteCampaign>, CallError> {
        let id = id.trim();
        if !is_id(id) {
            return Ok(None);
        }
        let request =
            reading(&format!("{CAMPAIGNS_MODULE}/{id}")).query("fields", "Campaign_Name,Status");
        let (value, call) = match self.send(&request).await {
            Ok(answer) => answer,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let Some(found) = rows(&value, &call)?.first().cloned() else {
            return Ok(None);
        };
        let mut statuses = Vec::new();
        // The list of statuses belongs to the related list; which module's metadata tells it differs.
        for of in [CAMPAIGNS_MODULE, "Leads", "Contacts"] {
            let fields = self.described(of).await?;
            if let Some(field) = field(&fields, STATUS) {
                statuses = statuses_of(field);
                break;
            }
        }
        Ok(Some(RemoteCampaign {
            id: id.to_owned(),
            name: text_of(&found["Campaign_Name"]),
            // A trade show is over, and its campaign complete, before its leads are in: Zoho takes members all the same.
            closed: None,
            statuses,
        }))
    }

    pub(super) async fn read_members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        let mut objects: Vec<&'static str> = persons.iter().map(|(object, _)| *object).collect();
        objects.sort_unstable();
        objects.dedup();
        for object in objects {
            let is_known = self.with_members(&campaign.id, object, |_| ()).is_some();
            if !is_known {
                let members = self.list_members(campaign, object).await?;
                self.keep_members(&campaign.id, object, members);
            }
        }
        Ok(persons
            .iter()
            .map(|(object, id)| {
                let member =
                    self.with_members(&campaign.id, object, |known| known.get(id).cloned());
                member.flatten()
            })
            .collect())
    }

    /// All members of one object, page by page: no choice of them is documented ("Get Related Records").
    async fn list_members(
        &self,
        campaign: &RemoteCampaign,
        object: &'static str,
    ) -> Result<HashMap<RemoteId, Member>, CallError> {
        let request = reading(&related(campaign, object)).query("fields", format!("id,{STATUS}"));
        let (records, _) = self.list(&request, "data").await?;
        let members = records.iter().map(|record| {
            let status = text_of(&record[STATUS]);
            let member = Member {
                id: None,
                status: Some(status).filter(|status| !status.is_empty()),
            };
            (text_of(&record["id"]), member)
        });
        Ok(members.collect())
    }

    /// One request to the related list of the rows' object.
    pub(super) async fn write_members(
        &self,
        campaign: &RemoteCampaign,
        asked: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        let object = asked.first().map_or(super::LEAD, |row| row.object);
        let (now, later): (Vec<&MemberRow>, Vec<&MemberRow>) =
            asked.iter().partition(|row| row.object == object);
        let sent: Vec<Value> = now.iter().map(|row| wire(row)).collect();
        let request = ApiRequest::repeatable(Method::PUT, path(&related(campaign, object)));
        let request = counted(encoded(request, &json!({"data": sent}))?, false, 1);
        // Until the answer is here, nobody knows who is a member.
        let known = self.with_members(&campaign.id, object, std::mem::take);
        self.forget_members(&campaign.id, object);
        let (value, call) = self.send(&request).await?;
        let results = rows(&value, &call)?.to_vec();
        let matched = results.len() == now.len();
        if let Some(known) = known.filter(|_| matched) {
            self.remember(&campaign.id, object, known, &now, &results);
        }
        let answered = now
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
            });
        // Leads and contacts have a list each, and a request has one.
        let rest = later
            .iter()
            .map(|row| (row.trace.clone(), MemberEnd::Later, wire(row), Value::Null));
        Ok(MemberAnswer {
            rows: answered.chain(rest).collect(),
            call,
        })
    }
}

impl Zoho {
    /// Keeps the members as they are after an answer; where a row's end is open, they are read again.
    fn remember(
        &self,
        campaign: &str,
        object: &'static str,
        mut known: HashMap<RemoteId, Member>,
        asked: &[&MemberRow],
        results: &[Value],
    ) {
        for (row, result) in asked.iter().zip(results) {
            match end(result) {
                MemberEnd::Done { .. } => {
                    let before = known.remove(&row.person).and_then(|member| member.status);
                    let member = Member {
                        id: None,
                        status: row.status.clone().or(before),
                    };
                    known.insert(row.person.clone(), member);
                }
                MemberEnd::Gone => {
                    known.remove(&row.person);
                }
                MemberEnd::Refused(_) => {}
                _ => return,
            }
        }
        self.keep_members(campaign, object, known);
    }
}

/// The list of a campaign's members of one object.
fn related(campaign: &RemoteCampaign, object: &str) -> String {
    format!("{CAMPAIGNS_MODULE}/{}/{}", campaign.id, module(object))
}

/// Whether there is no record of that id, rather than no right to see it.
fn is_absent(error: &CallError) -> bool {
    let Some(call) = &error.call else {
        return false;
    };
    let of_id = errors::first(&call.body).is_some_and(|problem| {
        problem.is_of_id() || problem.code == "INVALID_DATA" && call.status == 400
    });
    let no_verdict = matches!(error.kind, CallErrorKind::Refused { .. });
    no_verdict && (call.status == 404 || of_id)
}

/// Statuses in the order the organization lists them.
fn statuses_of(field: &Field) -> Vec<MemberStatus> {
    let used = field
        .pick_list_values
        .iter()
        .filter(|value| value.usage.as_deref() != Some("unused"))
        .filter_map(|value| value.actual_value.clone().or(value.display_value.clone()))
        .filter(|label| label != "-None-");
    (0_u32..)
        .zip(used)
        .map(|(rank, label)| MemberStatus {
            label,
            usual: false,
            rank,
        })
        .collect()
}

fn wire(row: &MemberRow) -> Value {
    let mut record = Map::new();
    record.insert("id".to_owned(), json!(row.person));
    if let Some(status) = &row.status {
        record.insert(STATUS.to_owned(), json!(status));
    }
    record.into()
}

fn end(result: &Value) -> MemberEnd {
    if result["code"] == "SUCCESS" || result["status"] == "success" {
        return MemberEnd::Done { id: None };
    }
    let problems = errors::problems(result);
    let Some(problem) = problems.first() else {
        return MemberEnd::Silent;
    };
    match problem.code.as_str() {
        "ALREADY_MODIFIED" => MemberEnd::Later,
        // "the related id given seems to be invalid"
        "INVALID_DATA" if is_of_person(problem) => MemberEnd::Gone,
        "ID_ALREADY_CONVERTED" | "CONVERTED_RECORD" => MemberEnd::Gone,
        "CANNOT_BE_UPDATED" => MemberEnd::Refused(
            Failure::new(
                Category::Connection,
                format!(
                    "Zoho does not let this membership change: {}",
                    problem.message
                ),
            )
            .with_code(problem.code.clone()),
        ),
        _ => MemberEnd::Refused(
            errors::failure_of_row(&problems).unwrap_or_else(|| errors::failure_of(problem)),
        ),
    }
}

fn is_of_person(problem: &Problem) -> bool {
    problem.is_of_id() || problem.field().is_none() && problem.message.contains("related id")
}

#[cfg(test)]
#[path = "campaigns_tests.rs"]
mod tests;
