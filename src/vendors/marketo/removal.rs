//! Taking back: `leads/delete.json`, `companies/delete.json` and `programs/{id}/members/delete.json`, up to 300 rows each with
//! its own end (Marketo docs, "Leads", "Companies", "Program Members"). A lead that is removed is gone for good, with its
//! activities. A company with leads is refused by Marketo itself (1022), and a status never goes back.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::api::{number, path, text_of};
use super::client::{Marketo, ROWS, counted, encoded, list};
use super::find::finds_too_many;
use super::{COMPANY, COMPANY_ID, LEAD, errors};
use crate::transport::ApiRequest;
use crate::vendors::{
    CallError, CallErrorKind, LeaveRow, RemoteId, Removable, RemoveAnswer, RemoveEnd, Undoing,
};

const fn removable(object: &'static str) -> Removable {
    Removable {
        object,
        rows: ROWS,
        // No field of a lead or a company tells it.
        work: &[],
    }
}

/// What Marketo takes back.
pub(super) static UNDOING: Undoing = Undoing {
    objects: &[removable(LEAD), removable(COMPANY)],
    activities: None,
    members: Ok(ROWS),
    statuses_go_back: false,
    links: None,
};

impl Marketo {
    pub(super) async fn remove_records(
        &self,
        object: &'static str,
        ids: &[RemoteId],
    ) -> Result<RemoveAnswer, CallError> {
        let (to, body) = match object {
            COMPANY => {
                let input: Vec<Value> = ids.iter().map(|id| json!({COMPANY_ID: id})).collect();
                let body = json!({"deleteBy": "dedupeFields", "input": input});
                ("companies/delete.json", body)
            }
            _ => {
                let input: Vec<Value> = ids.iter().map(|id| json!({"id": number(id)})).collect();
                ("leads/delete.json", json!({"input": input}))
            }
        };
        self.go(path(to), &body, ids.len()).await
    }

    pub(super) async fn remove_members(
        &self,
        campaign: &str,
        rows: &[LeaveRow],
    ) -> Result<RemoveAnswer, CallError> {
        let input: Vec<Value> = rows
            .iter()
            .map(|row| json!({"leadId": number(&row.person)}))
            .collect();
        let to = path(&format!("programs/{campaign}/members/delete.json"));
        self.go(to, &json!({"input": input}), rows.len()).await
    }

    /// The leads of companies. Where they cannot be asked for, or are too many, Marketo itself refuses the company (1022).
    pub(super) async fn leads_of(
        &self,
        companies: &[RemoteId],
    ) -> Result<Vec<Vec<RemoteId>>, CallError> {
        let mut leads: HashMap<String, Vec<RemoteId>> = HashMap::new();
        let fields = ["id".to_owned(), COMPANY_ID.to_owned()];
        // A comma parts the values.
        let asked = companies.iter().filter(|id| !id.contains(','));
        let asked: Vec<RemoteId> = asked.cloned().collect();
        let mut todo: Vec<Vec<RemoteId>> = asked.chunks(ROWS).map(<[_]>::to_vec).collect();
        while let Some(mut ids) = todo.pop() {
            match self.filter("leads.json", COMPANY_ID, &ids, &fields).await {
                Ok((records, _)) => {
                    for record in &records {
                        let company = text_of(&record[COMPANY_ID]).to_lowercase();
                        leads
                            .entry(company)
                            .or_default()
                            .push(text_of(&record["id"]));
                    }
                }
                Err(error) if finds_too_many(&error) => {
                    if ids.len() > 1 {
                        let second = ids.split_off(ids.len() / 2);
                        todo.extend([second, ids]);
                    }
                }
                // An instance's own list says whether leads may be asked for by it ("Describe2"); else 1011 comes.
                Err(CallError {
                    kind: CallErrorKind::Refused { .. } | CallErrorKind::NotAllowed(_),
                    call: Some(_),
                }) => break,
                Err(error) => return Err(error),
            }
        }
        Ok(companies
            .iter()
            .map(|id| leads.remove(&id.to_lowercase()).unwrap_or_default())
            .collect())
    }

    async fn go(&self, to: String, body: &Value, count: usize) -> Result<RemoveAnswer, CallError> {
        let request = encoded(ApiRequest::repeatable(Method::POST, to), body)?;
        let (value, call) = self.send(&counted(request)).await?;
        let mut results = list(&value, "result", &call)?.to_vec();
        if results.iter().all(|result| result["seq"].is_u64()) {
            results.sort_by_key(|result| result["seq"].as_u64());
        }
        Ok(RemoveAnswer::in_order(count, &results, end, call))
    }
}

fn end(result: &Value) -> RemoveEnd {
    if text_of(&result["status"]) == "deleted" {
        return RemoveEnd::Done;
    }
    let problems = errors::of_row(result);
    match problems.first().map(|problem| problem.code.as_str()) {
        // Not found, or not in the program.
        Some("1004" | "1013" | "1037") => RemoveEnd::Gone,
        Some("604" | "608" | "611" | "614" | "713" | "719") => RemoveEnd::Later,
        _ => errors::failure_of_row(&problems).map_or(RemoveEnd::Silent, RemoveEnd::Refused),
    }
}
