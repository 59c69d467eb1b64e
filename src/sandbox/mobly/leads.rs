//! Writing leads. What is wrong with one member leaves all of them as they were.

use serde_json::{Map, Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::lists::single;
use super::organization::Organization;
use super::values::{self, INTEGRATION_TYPES, LEAD_TEXTS};
use crate::sandbox::wire::Request;

/// Members of an update beside the texts that are shown. A picture is taken and shown nowhere.
const OTHER_MEMBERS: &[&str] = &["phoneNumbers", "profilePicture", "remoteId"];

const NEW_MEMBERS: &[&str] = &[
    "createdByEmail",
    "firstName",
    "lastName",
    "companyName",
    "email",
    "phoneNumbers",
];

pub(super) fn create(organization: &mut Organization, request: &Request) -> Outcome {
    let body = values::body(request)?;
    organization.note_unknown(&body, &[NEW_MEMBERS]);
    let creator = values::email("createdByEmail", values::text(&body, "createdByEmail")?)?;
    let email = match body.get("email") {
        Some(_) => Some(values::email("email", values::text(&body, "email")?)?),
        None => None,
    };
    let members = json!({
        "firstName": values::text(&body, "firstName")?,
        "lastName": values::text(&body, "lastName")?,
        "email": email,
        "company": {"name": values::text(&body, "companyName")?},
        "phoneNumbers": {"leadProvided": values::phone_numbers(body.get("phoneNumbers"))?},
    });
    let id = organization.add_lead(members.as_object().unwrap_or(&Map::new()));
    let activity = json!({"eventType": "MOBLY_API", "createdBy": creator});
    organization.add_activity(&id, activity.as_object().unwrap_or(&Map::new()));
    answer(organization, &id)
}

fn answer(organization: &Organization, id: &str) -> Outcome {
    let lead = organization.leads.get(id);
    lead.map(|lead| single(&lead.body).wrote(1))
        .ok_or_else(ApiError::lead_not_found)
}

pub(super) fn update(organization: &mut Organization, request: &Request, id: &str) -> Outcome {
    if !organization.leads.contains(id) {
        return Err(ApiError::lead_not_found());
    }
    let body = values::body(request)?;
    organization.note_unknown(&body, &[LEAD_TEXTS, OTHER_MEMBERS]);
    let changes = texts(&body)?;
    let numbers = match body.get("phoneNumbers") {
        None => None,
        given => Some(values::phone_numbers(given)?),
    };
    let remote = body.get("remoteId").map(remote_id).transpose()?;
    let lead = organization.leads.get_mut(id);
    let lead = lead.ok_or_else(ApiError::lead_not_found)?;
    for (name, value) in changes {
        lead.body[name] = value;
    }
    if let Some(numbers) = numbers {
        lead.body["phoneNumbers"]["leadProvided"] = numbers;
    }
    if let Some((kind, value)) = remote {
        set_remote_id(&mut lead.body, &kind, value);
    }
    lead.patches += 1;
    organization.journal.patches += 1;
    answer(organization, id)
}

fn texts(body: &Map<String, Value>) -> Result<Vec<(&'static str, Value)>, ApiError> {
    if let Some(picture) = body.get("profilePicture") {
        values::text_or_null("profilePicture", picture)?;
    }
    let mut changes = Vec::new();
    for name in LEAD_TEXTS {
        let Some(value) = body.get(*name) else {
            continue;
        };
        if let ("email", Some(given)) = (*name, value.as_str()) {
            values::email(name, given)?;
        }
        changes.push((*name, values::text_or_null(name, value)?));
    }
    Ok(changes)
}

/// Which destination's id, and what it becomes; `None` clears it. Both members are required.
fn remote_id(given: &Value) -> Result<(String, Option<String>), ApiError> {
    let Some(given) = given.as_object() else {
        return Err(ApiError::bad_request("remoteId must be an object"));
    };
    let kind = values::one_of(given, "integrationType", INTEGRATION_TYPES)?;
    let id = match given.get("id") {
        Some(Value::Null) => None,
        _ => Some(values::text(given, "id")?.to_owned()),
    };
    Ok((kind.to_owned(), id))
}

fn set_remote_id(lead: &mut Value, kind: &str, id: Option<String>) {
    let Some(known) = lead["remoteIds"].as_array_mut() else {
        return;
    };
    known.retain(|entry| entry["integrationType"] != kind);
    if let Some(id) = id {
        known.push(json!({"id": id, "integrationType": kind}));
    }
}

pub(super) fn delete(organization: &mut Organization, id: &str) -> Outcome {
    match organization.remove_lead(id) {
        true => Ok(single(&json!({})).wrote(1)),
        false => Err(ApiError::lead_not_found()),
    }
}
