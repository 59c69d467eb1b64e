//! Reading leads, deleting and merging them.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::answers::{self, Page};
use super::errors::{ApiError, Reason};
use super::instance::Instance;
use super::leads::{Lead, Values, plain};
use super::parameters::{self, BATCH, Parameters};
use super::sync;
use crate::sandbox::wire::{Reply, Request};

const DEFAULT_FIELDS: [&str; 6] = [
    "id",
    "updatedAt",
    "lastName",
    "email",
    "createdAt",
    "firstName",
];
/// "If the number of leads matching the lead filter is greater than 1,000 an error is returned".
const MOST_HITS: usize = 1_000;

/// The fields an answer shows.
pub(super) fn wanted_fields(
    instance: &Instance,
    given: &Parameters,
) -> Result<Vec<String>, Box<ApiError>> {
    let mut names = given.list("fields");
    if names.is_empty() {
        return Ok(DEFAULT_FIELDS.map(str::to_owned).to_vec());
    }
    for name in &names {
        if instance.field(name).is_none() {
            return Err(ApiError::new(1006, format!("Field '{name}' not found")));
        }
    }
    // The id comes unasked.
    if !names.iter().any(|name| name == "id") {
        names.insert(0, "id".to_owned());
    }
    Ok(names)
}

/// "if a particular field is requested, but not returned, the value is implied to be null".
pub(super) fn project(instance: &Instance, lead: &Lead, names: &[String]) -> Value {
    let company = instance.company_of(lead);
    let mut row = Values::new();
    for name in names {
        let value = lead.value(name, company);
        if !value.is_null() {
            row.insert(name.clone(), value);
        }
    }
    Value::Object(row)
}

/// A lead in a partition the API user has no access to is not there for it.
fn is_visible(instance: &Instance, lead: &Lead) -> bool {
    let mut denied = instance.partitions.iter().filter(|place| place.denied);
    !denied.any(|place| place.id == lead.partition)
}

pub(super) fn one(instance: &Instance, request: &Request, id: u64) -> Result<Reply, Box<ApiError>> {
    let names = wanted_fields(instance, &Parameters::of(request))?;
    let lead = instance.leads.get(id);
    let lead = lead.filter(|lead| is_visible(instance, lead));
    let rows: Vec<Value> = lead
        .map(|lead| project(instance, lead, &names))
        .into_iter()
        .collect();
    Ok(answers::found(instance, &rows))
}

/// `filterValues`, at most 300.
pub(super) fn filter_values(given: &Parameters) -> Result<Vec<String>, Box<ApiError>> {
    given.required("filterValues")?;
    let wanted = given.list("filterValues");
    if wanted.len() > BATCH {
        let text = format!(
            "Number of filterValues {} exceeds the limit {BATCH}",
            wanted.len()
        );
        return Err(ApiError::invalid_data(text));
    }
    Ok(wanted)
}

/// `GET leads.json`.
pub(super) fn many(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let given = Parameters::of(request);
    let field = given.required("filterType")?;
    match instance.field(&field) {
        None => return Err(ApiError::new(1006, format!("Field '{field}' not found"))),
        Some(found) if !sync::may_look_up(found) => {
            return Err(ApiError::new(
                1011,
                format!("Field '{field}' not supported"),
            ));
        }
        Some(_) => {}
    }
    let wanted = filter_values(&given)?;
    let names = wanted_fields(instance, &given)?;
    let page = Page::of(instance, &given)?;
    let hits = hits(instance, &field, &wanted);
    if hits.len() > MOST_HITS {
        let text = "Too many results match the filter";
        return Err(ApiError::invalid_data(text));
    }
    Ok(page.answer(instance, &hits, |_, lead| project(instance, lead, &names)))
}

fn hits<'a>(instance: &'a Instance, field: &str, wanted: &[String]) -> Vec<&'a Lead> {
    let mut hits: Vec<&Lead> = if matches!(field, "id" | "email") {
        let ids = wanted
            .iter()
            .flat_map(|value| instance.leads.find(field, value));
        ids.filter_map(|id| instance.leads.get(id)).collect()
    } else {
        let wanted: HashSet<String> = wanted.iter().map(|value| value.to_lowercase()).collect();
        let leads = instance.leads.iter();
        leads
            .filter(|lead| {
                let company = instance.company_of(lead);
                wanted.contains(&plain(&lead.value(field, company)))
            })
            .collect()
    };
    hits.retain(|lead| is_visible(instance, lead));
    hits.sort_by_key(|lead| lead.id);
    hits.dedup_by_key(|lead| lead.id);
    hits
}

/// Lead ids of a call: `id` in the query, repeated or separated by commas, or rows of `input`.
pub(super) fn given_ids(request: &Request, member: &str) -> Result<Vec<Value>, Box<ApiError>> {
    let listed = Parameters::of(request).list("id");
    if !listed.is_empty() {
        if listed.len() > BATCH {
            let text = format!(
                "Number of records {} exceeds the limit {BATCH}",
                listed.len()
            );
            return Err(ApiError::invalid_data(text));
        }
        let ids = listed.iter().map(|text| {
            let id: Option<u64> = text.parse().ok();
            id.map_or_else(|| json!(text), |id| json!(id))
        });
        return Ok(ids.collect());
    }
    let body = parameters::body(request)?;
    let rows = parameters::input(&body)?;
    let ids = rows.iter().map(|row| row.get(member).cloned());
    Ok(ids.map(Option::unwrap_or_default).collect())
}

/// The lead a row means.
pub(super) fn lead_of(instance: &Instance, id: &Value) -> Result<u64, Reason> {
    let text = id.as_str().and_then(|text| text.parse().ok());
    let number = id.as_u64().or(text);
    if id.is_null() {
        return Err(Reason::missing("id"));
    }
    let Some(number) = number else {
        return Err(Reason::wrong_type(&plain(id), "integer"));
    };
    let lead = instance.leads.get(number);
    lead.map(|lead| lead.id).ok_or_else(Reason::lead_not_found)
}

/// An answer's row with the id as it was given.
pub(super) fn skipped_with_id(id: &Value, reason: &Reason) -> Value {
    let mut row = reason.skipped();
    row["id"] = id.clone();
    row
}

pub(super) fn delete(instance: &mut Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let mut rows = Vec::new();
    let mut written = 0;
    for id in given_ids(request, "id")? {
        rows.push(match lead_of(instance, &id) {
            Ok(lead) => {
                instance.delete_lead(lead);
                written += 1;
                json!({"id": lead, "status": "deleted"})
            }
            Err(reason) => skipped_with_id(&id, &reason),
        });
    }
    Ok(answers::written(instance, &rows, written))
}

/// `POST leads/{id}/merge.json?leadIds=…`.
pub(super) fn merge(
    instance: &mut Instance,
    request: &Request,
    winner: u64,
) -> Result<Reply, Box<ApiError>> {
    let given = Parameters::of(request);
    let mut losers = given.list("leadIds");
    losers.extend(given.list("leadId"));
    if losers.is_empty() {
        return Err(ApiError::missing("leadIds"));
    }
    for loser in losers {
        let merged = loser
            .parse()
            .ok()
            .and_then(|loser| instance.merge(winner, loser));
        merged.ok_or_else(|| ApiError::new(1004, "Lead not found"))?;
    }
    let body = json!({"requestId": instance.request_id, "success": true});
    Ok(Reply::json(200, body).wrote(1))
}
