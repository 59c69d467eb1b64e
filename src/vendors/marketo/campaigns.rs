//! Programs and their members (Adobe docs, "Programs", "Channels", "Program members"): a program's statuses are those of its
//! channel, in the order of their steps. Marketo never moves a member back, and says so with 1037.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::LEAD;
use super::api::{asset, is_id, number, path, text_of};
use super::client::{Marketo, ROWS, counted, encoded, list, metadata};
use super::errors;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, CampaignInfo, Guilty, Member, MemberAnswer, MemberEnd,
    MemberRow, MemberStatus, RemoteCampaign, RemoteId,
};

/// The status of somebody who is no member.
const OUTSIDE: &str = "Not in Program";

/// Programs as data.
pub(super) static CAMPAIGNS: CampaignInfo = CampaignInfo {
    word: "program",
    id_guide: "open the program in Marketo: the id is the number at the end of its address (#PG1001A1: 1001); the whole \
               address does too",
    reads: ROWS,
    rows: ROWS,
    one_status: true,
    one_object: true,
};

impl Marketo {
    pub(super) async fn read_campaign(
        &self,
        id: &str,
    ) -> Result<Option<RemoteCampaign>, CallError> {
        let Some(id) = program_id(id) else {
            return Ok(None);
        };
        let program = metadata(asset(&format!("program/{id}.json")));
        let Some(program) = self.asset_of(&program).await? else {
            return Ok(None);
        };
        let channel = text_of(&program["channel"]);
        let statuses = if channel.is_empty() {
            Vec::new()
        } else {
            let request = metadata(asset("channel/byName.json")).query("name", channel);
            let channel = self.asset_of(&request).await?;
            channel.map_or_else(Vec::new, |channel| statuses_of(&channel))
        };
        Ok(Some(RemoteCampaign {
            closed: self.closed(&program).await?,
            id,
            name: text_of(&program["name"]),
            statuses,
        }))
    }

    /// The one asset a request names; `None`: there is none.
    async fn asset_of(&self, request: &ApiRequest) -> Result<Option<Value>, CallError> {
        match self.send(request).await {
            Ok((value, _)) => Ok(value["result"][0].as_object().cloned().map(Value::from)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Why a program takes no members: it is archived, by itself or with its folder.
    async fn closed(&self, program: &Value) -> Result<Option<String>, CallError> {
        let archived = |of: &Value| {
            ["isArchive", "isArchived"]
                .iter()
                .any(|name| of[*name] == Value::Bool(true))
                || of["status"]
                    .as_str()
                    .is_some_and(|status| status.eq_ignore_ascii_case("archived"))
        };
        if archived(program) {
            return Ok(Some("it is archived".to_owned()));
        }
        let folder = text_of(&program["folder"]["value"]);
        if !is_id(&folder) || program["folder"]["type"].as_str() == Some("Program") {
            return Ok(None);
        }
        let request = metadata(asset(&format!("folder/{folder}.json"))).query("type", "Folder");
        match self.asset_of(&request).await {
            Ok(folder) => Ok(folder
                .filter(archived)
                .map(|folder| format!("it is in the archive {:?}", text_of(&folder["name"])))),
            // Who may not see folders finds out when a member is refused.
            Err(error) if matches!(error.kind, CallErrorKind::NotAllowed(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn read_members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        let ids: Vec<String> = persons
            .iter()
            .filter(|(object, id)| *object == LEAD && is_id(id))
            .map(|(_, id)| id.clone())
            .collect();
        let mut members: HashMap<String, Member> = HashMap::new();
        let from = format!("programs/{}/members.json", campaign.id);
        let fields = ["leadId".to_owned(), "statusName".to_owned()];
        for ids in ids.chunks(ROWS) {
            let (records, _) = self.filter(&from, "leadId", ids, &fields).await?;
            for record in &records {
                let status = ["statusName", "progressionStatus"]
                    .iter()
                    .map(|name| text_of(&record[*name]))
                    .find(|status| !status.is_empty());
                if status.as_deref() != Some(OUTSIDE) {
                    let member = Member { id: None, status };
                    members.insert(text_of(&record["leadId"]), member);
                }
            }
        }
        Ok(persons
            .iter()
            .map(|(_, id)| members.get(id).cloned())
            .collect())
    }

    /// One request for one status.
    pub(super) async fn write_members(
        &self,
        campaign: &RemoteCampaign,
        asked: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        let wire = |row: &MemberRow| json!({"leadId": number(&row.person)});
        let status = asked.first().and_then(|row| row.status.clone());
        let Some(status) = status else {
            return Ok(MemberAnswer {
                rows: asked
                    .iter()
                    .map(|row| (row.trace.clone(), no_status(), wire(row), Value::Null))
                    .collect(),
                call: CallTrace::default(),
            });
        };
        let (now, later): (Vec<&MemberRow>, Vec<&MemberRow>) = asked
            .iter()
            .partition(|row| row.status.as_ref() == Some(&status));
        let input: Vec<Value> = now.iter().map(|row| wire(row)).collect();
        let to = path(&format!("programs/{}/members/status.json", campaign.id));
        let body = json!({"statusName": status, "input": input});
        let request = counted(encoded(ApiRequest::repeatable(Method::POST, to), &body)?);
        let (value, call) = self
            .send(&request)
            .await
            .map_err(|error| of_status(error, &status))?;
        let mut results: HashMap<usize, &Value> = HashMap::new();
        let told = list(&value, "result", &call)?;
        for (index, result) in told.iter().enumerate() {
            let seq = result["seq"].as_u64();
            let at = seq
                .and_then(|seq| usize::try_from(seq).ok())
                .unwrap_or(index);
            results.insert(at, result);
        }
        let matched = told.len() == now.len() && results.len() == now.len();
        let answered = now
            .iter()
            .zip(input)
            .enumerate()
            .map(|(index, (row, sent))| {
                let result = results.get(&index).copied().filter(|_| matched);
                let end = match result.map_or(MemberEnd::Silent, |result| end(row, result)) {
                    // Read, and not found to be one: then the refusal is all there is to know.
                    MemberEnd::Exists if row.member.is_some() || self.is_past(&row.trace) => {
                        MemberEnd::Done { id: None }
                    }
                    end => end,
                };
                (
                    row.trace.clone(),
                    end,
                    sent,
                    result.cloned().unwrap_or_default(),
                )
            });
        let rest = later
            .iter()
            .map(|row| (row.trace.clone(), MemberEnd::Later, wire(row), Value::Null));
        Ok(MemberAnswer {
            rows: answered.chain(rest).collect(),
            call,
        })
    }
}

/// The number a person typed, or the one in an address: `https://app-ab12.marketo.com/#PG1001A1`, `ME1001A1`.
fn program_id(text: &str) -> Option<String> {
    let text = text.trim();
    let last = text.rsplit(['#', '/']).next().unwrap_or(text);
    let rest = last.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = last.len() - rest.len();
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    let plain = letters == 0 && tail.is_empty();
    let address = (1..=3).contains(&letters) && tail.starts_with(|c: char| c.is_ascii_alphabetic());
    let id = digits.trim_start_matches('0');
    ((plain || address) && is_id(id)).then(|| id.to_owned())
}

/// Whether there is no asset of that id, rather than no right to see it.
fn is_absent(error: &CallError) -> bool {
    let Some(call) = &error.call else {
        return false;
    };
    call.status == 404
        || errors::of_call(&call.body)
            .is_some_and(|problem| problem.is("702") || problem.is("610") || problem.is("1013"))
}

/// The statuses people may choose, the first step first.
fn statuses_of(channel: &Value) -> Vec<MemberStatus> {
    let told = channel["progressionStatuses"].as_array();
    let mut statuses: Vec<MemberStatus> = told
        .into_iter()
        .flatten()
        .filter(|status| status["hidden"] != Value::Bool(true))
        .map(|status| MemberStatus {
            label: text_of(&status["name"]),
            usual: false,
            rank: status["step"]
                .as_u64()
                .and_then(|step| u32::try_from(step).ok())
                .unwrap_or(0),
        })
        .filter(|status| !status.label.is_empty() && status.label != OUTSIDE)
        .collect();
    statuses.sort_by_key(|status| status.rank);
    statuses
}

/// An unknown status is every row's fault alike.
fn of_status(mut error: CallError, status: &str) -> CallError {
    if let CallErrorKind::Refused { failure, guilty } = &mut error.kind
        && failure.code.as_deref() == Some("1025")
    {
        *failure = failure.clone().on_field("status").with_value(status);
        guilty.push(Guilty::Value {
            field: None,
            value: status.to_owned(),
            failure: failure.clone(),
        });
    }
    error
}

fn no_status() -> MemberEnd {
    let message = "a member of a program needs a status, and none is set for this event";
    MemberEnd::Refused(Failure::new(Category::DataValueValidation, message).on_field("status"))
}

fn end(row: &MemberRow, result: &Value) -> MemberEnd {
    match result["status"].as_str() {
        Some("created" | "updated") => {
            let told = text_of(&result["leadId"]);
            return if told.is_empty() || told == row.person {
                MemberEnd::Done { id: None }
            } else {
                MemberEnd::Silent
            };
        }
        Some("skipped") => {}
        _ => return MemberEnd::Silent,
    }
    let problems = errors::of_row(result);
    match problems.first().map(|problem| problem.code.as_str()) {
        // In this status, or past it: it never goes back.
        Some("1037") => MemberEnd::Exists,
        Some("1004") => MemberEnd::Gone,
        Some("604" | "608" | "611" | "614" | "713" | "719") => MemberEnd::Later,
        Some("1025") => {
            let failure = errors::failure_of_row(&problems).map(|failure| {
                failure
                    .on_field("status")
                    .with_value(row.status.clone().unwrap_or_default())
            });
            failure.map_or(MemberEnd::Silent, MemberEnd::Refused)
        }
        _ => errors::failure_of_row(&problems).map_or(MemberEnd::Silent, MemberEnd::Refused),
    }
}

#[cfg(test)]
#[path = "campaigns_tests.rs"]
mod tests;
