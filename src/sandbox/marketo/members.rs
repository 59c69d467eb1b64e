//! Members of programs (fact sheet, section 6). A member only ever moves to a later step.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::answers::{self, Page};
use super::errors::{ApiError, Reason};
use super::field::seconds;
use super::instance::Instance;
use super::leads::{Values, plain};
use super::parameters::{self, Parameters};
use super::programs::{Member, Status};
use super::query;
use crate::sandbox::wire::{Reply, Request};

const SEARCHABLE: [&str; 3] = ["leadId", "reachedSuccess", "statusName"];
const DEFAULT_FIELDS: [&str; 5] = [
    "acquiredBy",
    "leadId",
    "membershipDate",
    "programId",
    "reachedSuccess",
];

/// The status a call is about. Whether and how archived programs refuse members is not documented; the
/// setting `archived_refuses` has the last word.
fn status(instance: &Instance, program: u64, name: &str) -> Result<Status, Box<ApiError>> {
    let programs = &instance.programs;
    let program = programs.get(program)?;
    if instance.settings.archived_refuses && programs.is_archived(program) {
        return Err(ApiError::not_found("Program"));
    }
    let status = programs.status(program, name);
    let unknown = || ApiError::new(1025, "Program status not found");
    status.cloned().ok_or_else(unknown)
}

/// Puts a lead into a status, unless it is there or further: whether it was `created` or `updated`.
pub(super) fn advance(
    instance: &mut Instance,
    program: u64,
    lead: u64,
    status: &Status,
) -> Result<&'static str, Reason> {
    let now = instance.now();
    let programs = &instance.programs;
    let current = programs.members.get(&(program, lead));
    let step = current.and_then(|member| {
        let program = programs.all.get(&program)?;
        Some(programs.status(program, &member.status)?.step)
    });
    // Who is no member is "Not in Program", which is step 0. A status the channel no longer has has no step.
    let reached = match (current, step) {
        (None, _) => 0,
        (Some(_), step) => step.unwrap_or(-1),
    };
    if reached >= status.step {
        let text = "Lead skipped because it is already in or past this status";
        return Err(Reason::new(1037, text));
    }
    let old = current.cloned();
    let answer = if old.is_some() { "updated" } else { "created" };
    let mut member = old.unwrap_or_else(|| Member {
        status: String::new(),
        values: Values::new(),
        reached_success: false,
        created_at: now,
        updated_at: now,
    });
    member.status.clone_from(&status.name);
    member.reached_success |= status.success;
    member.updated_at = now;
    instance.programs.members.insert((program, lead), member);
    Ok(answer)
}

/// `POST programs/{id}/members/status.json`.
pub(super) fn set_status(
    instance: &mut Instance,
    request: &Request,
    program: u64,
) -> Result<Reply, Box<ApiError>> {
    let body = parameters::body(request)?;
    let name = body.get("statusName").and_then(Value::as_str);
    let name = name.ok_or_else(|| ApiError::missing("statusName"))?;
    let status = status(instance, program, name)?;
    let mut rows = Vec::new();
    let mut written = 0;
    for (place, row) in parameters::input(&body)?.into_iter().enumerate() {
        let answer = member_row(instance, row, |instance, lead| {
            advance(instance, program, lead, &status)
        });
        written += usize::from(answer["status"] != "skipped");
        rows.push(at(place, answer));
    }
    Ok(answers::written(instance, &rows, written))
}

/// The old twin, `POST leads/programs/{id}/status.json`.
pub(super) fn change_status(
    instance: &mut Instance,
    request: &Request,
    program: u64,
) -> Result<Reply, Box<ApiError>> {
    let body = parameters::body(request)?;
    let name = body.get("status").and_then(Value::as_str);
    let name = name.ok_or_else(|| ApiError::missing("status"))?;
    let status = status(instance, program, name)?;
    let mut rows = Vec::new();
    let mut written = 0;
    for row in parameters::input(&body)? {
        let id = row.get("id").cloned().unwrap_or_default();
        let changed = query::lead_of(instance, &id)
            .and_then(|lead| advance(instance, program, lead, &status).map(|_| lead));
        rows.push(match changed {
            Ok(lead) => {
                written += 1;
                json!({"id": lead, "status": "changed"})
            }
            Err(reason) => query::skipped_with_id(&id, &reason),
        });
    }
    Ok(answers::written(instance, &rows, written))
}

fn at(place: usize, mut answer: Value) -> Value {
    answer["seq"] = json!(place);
    answer
}

fn member_row(
    instance: &mut Instance,
    row: &Values,
    change: impl FnOnce(&mut Instance, u64) -> Result<&'static str, Reason>,
) -> Value {
    if let Some(reason) = instance.refusal("members", row) {
        return reason.skipped();
    }
    let id = row.get("leadId").cloned().unwrap_or_default();
    let lead = query::lead_of(instance, &id);
    let changed = lead.and_then(|lead| Ok((lead, change(instance, lead)?)));
    match changed {
        Ok((lead, status)) => json!({"status": status, "leadId": lead}),
        Err(reason) => reason.skipped(),
    }
}

/// `POST programs/{id}/members.json`: fields of those who are members.
pub(super) fn set_fields(
    instance: &mut Instance,
    request: &Request,
    program: u64,
) -> Result<Reply, Box<ApiError>> {
    instance.programs.get(program)?;
    let body = parameters::body(request)?;
    let mut rows = Vec::new();
    let mut written = 0;
    for (place, row) in parameters::input(&body)?.into_iter().enumerate() {
        let answer = member_row(instance, row, |instance, lead| {
            update(instance, program, lead, row)
        });
        written += usize::from(answer["status"] != "skipped");
        rows.push(at(place, answer));
    }
    Ok(answers::written(instance, &rows, written))
}

fn update(
    instance: &mut Instance,
    program: u64,
    lead: u64,
    row: &Values,
) -> Result<&'static str, Reason> {
    let mut values = Values::new();
    for (name, given) in row.iter().filter(|(name, _)| *name != "leadId") {
        let fields = &instance.member_fields;
        let field = fields.iter().find(|field| field.name == *name);
        let field = field.ok_or_else(|| Reason::field_not_found(name))?;
        if field.read_only {
            let text = format!("Invalid data: field '{name}' is read only");
            return Err(Reason::new(1003, text));
        }
        values.insert(
            name.clone(),
            field.take(given, instance.settings.cuts_long_text)?,
        );
    }
    let now = instance.now();
    let member = instance.programs.members.get_mut(&(program, lead));
    let member = member.ok_or_else(|| Reason::new(1013, "Membership not found"))?;
    member.values.extend(values);
    member.values.retain(|_, value| !value.is_null());
    member.updated_at = now;
    Ok("updated")
}

/// `POST programs/{id}/members/delete.json`.
pub(super) fn delete(
    instance: &mut Instance,
    request: &Request,
    program: u64,
) -> Result<Reply, Box<ApiError>> {
    instance.programs.get(program)?;
    let body = parameters::body(request)?;
    let mut rows = Vec::new();
    let mut written = 0;
    for (place, row) in parameters::input(&body)?.into_iter().enumerate() {
        let answer = member_row(instance, row, |instance, lead| {
            let gone = instance.programs.members.remove(&(program, lead));
            gone.map(|_| "deleted")
                .ok_or_else(|| Reason::new(1037, "Lead not in program"))
        });
        written += usize::from(answer["status"] != "skipped");
        rows.push(at(place, answer));
    }
    Ok(answers::written(instance, &rows, written))
}

fn value(instance: &Instance, (program, lead): (u64, u64), member: &Member, name: &str) -> Value {
    match name {
        "leadId" => json!(lead),
        "programId" => json!(program),
        "program" => json!(instance.programs.all.get(&program).map(|one| &one.name)),
        "statusName" => json!(member.status),
        "reachedSuccess" => json!(member.reached_success),
        "reachedSuccessDate" if member.reached_success => json!(seconds(member.updated_at)),
        "acquiredBy" | "isExhausted" => json!(false),
        "membershipDate" | "createdAt" => json!(seconds(member.created_at)),
        "updatedAt" => json!(seconds(member.updated_at)),
        name => member.values.get(name).cloned().unwrap_or_default(),
    }
}

/// `GET programs/{id}/members.json`.
pub(super) fn many(
    instance: &Instance,
    request: &Request,
    program: u64,
) -> Result<Reply, Box<ApiError>> {
    instance.programs.get(program)?;
    let given = Parameters::of(request);
    let field = given.required("filterType")?;
    let fields = &instance.member_fields;
    let is_custom = |name: &str| fields.iter().any(|one| one.name == name && one.custom);
    if !SEARCHABLE.contains(&field.as_str()) && !is_custom(&field) {
        return Err(ApiError::invalid_data(format!(
            "Invalid filterType '{field}'"
        )));
    }
    let wanted: HashSet<String> = query::filter_values(&given)?
        .iter()
        .map(|value| value.to_lowercase())
        .collect();
    let mut names = given.list("fields");
    let known = |name: &String| fields.iter().any(|one| one.name == *name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(ApiError::new(1006, format!("Field '{unknown}' not found")));
    }
    if names.is_empty() {
        names = DEFAULT_FIELDS.map(str::to_owned).to_vec();
    }
    let page = Page::of(instance, &given)?;
    let members = instance
        .programs
        .members
        .range((program, 0)..=(program, u64::MAX));
    let hits: Vec<_> = members
        .filter(|(key, member)| wanted.contains(&plain(&value(instance, **key, member, &field))))
        .collect();
    Ok(page.answer(instance, &hits, |place, (key, member)| {
        let mut row = json!({"seq": place, "leadId": key.1});
        for name in &names {
            let value = value(instance, **key, member, name);
            if !value.is_null() {
                row[name.as_str()] = value;
            }
        }
        row
    }))
}

/// `GET programs/members/describe.json`.
pub(super) fn describe(instance: &Instance) -> Reply {
    let fields = instance.member_fields.iter();
    let custom = fields.clone().filter(|field| field.custom);
    let mut searchable: Vec<Value> = SEARCHABLE.iter().map(|name| json!([name])).collect();
    searchable.extend(custom.map(|field| json!([field.name])));
    let row = json!({
        "name": "API Program Membership",
        "description": "Map for API program membership fields",
        "createdAt": seconds(0),
        "updatedAt": seconds(0),
        "dedupeFields": ["leadId", "programId"],
        "searchableFields": searchable,
        "fields": fields.map(|field| field.describe_by_name(false)).collect::<Vec<_>>(),
    });
    answers::found(instance, &[row])
}
