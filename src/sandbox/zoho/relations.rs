//! Related lists: who is in a campaign, the notes of a record, and tags (fact sheet, section 6).

use serde_json::{Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::module::Record;
use super::org::{Member, Org};
use super::read;
use super::rows::{self, Rows};
use super::write::{self, Action};
use crate::sandbox::wire::{Reply, Request};

const MOST_LINKS: usize = 100;
const MOST_TAGGED: usize = 500;

/// Whether members of the one stand below the other.
fn is_membership(module: &str, relation: &str) -> bool {
    match module {
        "Campaigns" => matches!(relation, "Leads" | "Contacts"),
        "Leads" | "Contacts" => relation == "Campaigns",
        _ => false,
    }
}

/// `/{module}/{id}/{relation}`.
pub(super) fn serve(
    org: &mut Org,
    request: &Request,
    place: usize,
    id: &str,
    relation: &str,
) -> Outcome {
    let module = org.at(place).name.clone();
    let is_notes = relation == "Notes" && module != "Notes";
    if !is_notes && !is_membership(&module, relation) {
        return Err(ApiError::invalid_module(2));
    }
    let related = org.visible(relation, 2)?;
    if org.at(place).live_record(id).is_none() {
        return Err(ApiError::invalid_path_id(1));
    }
    match request.method.as_str() {
        "GET" if is_notes => notes(org, request, related, id),
        "GET" => members(org, request, &module, related, id),
        "POST" if is_notes => add_notes(org, request, related, &module, id),
        "PUT" if !is_notes => link(org, request, &module, related, id),
        "DELETE" if !is_notes => unlink(org, request, &module, id),
        _ => Err(ApiError::invalid_method()),
    }
}

fn notes(org: &Org, request: &Request, place: usize, parent: &str) -> Outcome {
    let notes = org.at(place).live().rev();
    let notes = notes.filter(|note| note.reference("Parent_Id") == Some(parent));
    let found: Vec<(&Record, Option<Value>)> = notes.map(|note| (note, None)).collect();
    read::related(org, request, place, &found)
}

/// The parent is known from the path.
fn add_notes(
    org: &mut Org,
    request: &Request,
    place: usize,
    module: &str,
    parent: &str,
) -> Outcome {
    let mut body = rows::body(request)?;
    let reference = json!({"module": {"api_name": module}, "id": parent});
    for row in body["data"].as_array_mut().into_iter().flatten() {
        if let Some(row) = row.as_object_mut() {
            row.insert("Parent_Id".to_owned(), reference.clone());
        }
    }
    let whole = Request {
        method: request.method.clone(),
        path: request.path.clone(),
        query: request.query.clone(),
        headers: request.headers.clone(),
        body: body.to_string().into_bytes(),
        number: request.number,
    };
    write::serve(org, &whole, place, Action::Insert)
}

fn members(org: &Org, request: &Request, module: &str, related: usize, id: &str) -> Outcome {
    let wanted = &org.at(related).name;
    let found: Vec<(&Record, Option<Value>)> = org
        .members
        .iter()
        .filter_map(|((campaign, person), member)| {
            let other = if module == "Campaigns" {
                (campaign == id && member.module == *wanted).then_some(person)?
            } else {
                (person == id).then_some(campaign)?
            };
            let record = org.at(related).live_record(other)?;
            Some((record, Some(json!(member.status))))
        })
        .collect();
    read::related(org, request, related, &found)
}

fn pair(module: &str, id: &str, other: &str) -> (String, String) {
    if module == "Campaigns" {
        (id.to_owned(), other.to_owned())
    } else {
        (other.to_owned(), id.to_owned())
    }
}

fn permit(org: &Org) -> Result<(), Box<ApiError>> {
    let campaigns = org.module("Campaigns");
    if campaigns.is_some_and(|campaigns| campaigns.permissions.edit) {
        return Ok(());
    }
    Err(ApiError::no_permission("Crm_Implied_Edit_Campaigns"))
}

fn link(org: &mut Org, request: &Request, module: &str, related: usize, id: &str) -> Outcome {
    let body = rows::body(request)?;
    let data = rows::data(&body, MOST_LINKS)?;
    permit(org)?;
    let mut answers = Rows::default();
    for (position, row) in data.iter().enumerate() {
        match link_one(org, module, related, id, position, row) {
            Ok(item) => answers.succeeded(item),
            Err(error) => answers.failed(&error),
        }
    }
    Ok(answers.into_reply(org, 200))
}

fn link_one(
    org: &mut Org,
    module: &str,
    related: usize,
    id: &str,
    position: usize,
    row: &Value,
) -> Result<Value, Box<ApiError>> {
    let path = format!("$.data[{position}]");
    let id_path = format!("{path}.id");
    let Some(other) = row["id"].as_str() else {
        return Err(ApiError::mandatory("id", &id_path));
    };
    let target = org.at(related);
    let Some(record) = target.live_record(other) else {
        let mut error = ApiError::invalid_id("id", &id_path);
        error.message = "the related id given seems to be invalid".to_owned();
        error.details["id"] = json!(other);
        return Err(error);
    };
    let own = org.module(module).and_then(|module| module.live_record(id));
    if record.is_converted() || own.is_some_and(Record::is_converted) {
        let text = "the relation cannot be updated";
        let details = json!({"id": other, "json_path": id_path});
        return Err(ApiError::new(400, "CANNOT_BE_UPDATED", text, details));
    }
    if let Some(refusal) = org.refusal("Campaign_Members", Some(other), &record.values) {
        return Err(refusal);
    }
    let status = row["Member_Status"].as_str();
    if let (Some(known), Some(status)) = (&org.member_statuses, status)
        && !known.iter().any(|known| known == status)
    {
        let path = format!("{path}.Member_Status");
        return Err(ApiError::unsupported_value("Member_Status", &path, known));
    }
    let person_module = if module == "Campaigns" {
        &target.name
    } else {
        module
    };
    let person_module = person_module.to_owned();
    let key = pair(module, id, other);
    let before = org
        .members
        .get(&key)
        .and_then(|member| member.status.clone());
    let is_new = !org.members.contains_key(&key);
    let member = Member {
        module: person_module,
        status: status.map(str::to_owned).or(before),
    };
    org.members.insert(key, member);
    Ok(json!({
        "code": "SUCCESS",
        "details": {"id": other},
        "message": if is_new { "relation added" } else { "relation updated" },
        "status": "success",
    }))
}

fn unlink(org: &mut Org, request: &Request, module: &str, id: &str) -> Outcome {
    permit(org)?;
    let ids = request.parameters("ids");
    if ids.is_empty() {
        return Err(ApiError::parameter_missing("ids"));
    }
    let mut answers = Rows::default();
    for other in ids {
        match org.members.remove(&pair(module, id, &other)) {
            Some(_) => answers.succeeded(json!({
                "code": "SUCCESS", "details": {"id": other}, "message": "relation removed",
                "status": "success",
            })),
            None => answers.failed(&ApiError::invalid_path_id(3)),
        }
    }
    Ok(answers.into_reply(org, 200))
}

/// `POST /{module}/actions/add_tags`; the form of the answer is from memory.
pub(super) fn add_tags(org: &mut Org, request: &Request, place: usize) -> Outcome {
    let body = rows::body(request)?;
    let ids = rows::list(&body, "ids", MOST_TAGGED)?;
    let tags = rows::list(&body, "tags", MOST_TAGGED)?;
    let names: Vec<&str> = tags.iter().filter_map(|tag| tag["name"].as_str()).collect();
    if names.len() < tags.len() {
        return Err(ApiError::mandatory("name", "$.tags[0].name"));
    }
    let mut answers = Rows::default();
    for (position, id) in ids.iter().enumerate() {
        let record = id.as_str().and_then(|id| org.at(place).live_record(id));
        let Some(mut record) = record.cloned() else {
            answers.failed(&ApiError::invalid_id("id", &format!("$.ids[{position}]")));
            continue;
        };
        let kept = record.values.get("Tag").and_then(Value::as_array);
        let mut all = kept.cloned().unwrap_or_default();
        for name in &names {
            if !all.iter().any(|tag| tag["name"] == *name) {
                all.push(json!({"name": name, "id": org.new_id()}));
            }
        }
        let shown: Vec<Value> = all.iter().map(|tag| tag["name"].clone()).collect();
        record.values.insert("Tag".to_owned(), Value::Array(all));
        answers.succeeded(json!({
            "code": "SUCCESS", "details": {"id": record.id, "tags": shown},
            "message": "tags updated successfully", "status": "success",
        }));
        org.store(place, record);
    }
    let reply: Reply = answers.into_reply(org, 200);
    Ok(reply)
}
