//! Saving and deleting one record, with everything an org checks.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::derived;
use super::errors::ApiError;
use super::ids;
use super::object::{Object, Record, Values};
use super::org::Org;
use super::rules;
use super::{addresses, values};
use crate::sandbox::wire::Request;

type Saved = Result<String, Box<ApiError>>;

/// `Sforce-Auto-Assign`: whether Lead assignment rules run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AutoAssign {
    Off,
    /// No header: the active rule runs.
    Absent,
    /// `TRUE` or the id of a rule.
    Rule,
}

/// How a request wants its records saved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) allow_duplicates: bool,
    /// Whether a rule's finds are told with all their fields.
    pub(super) duplicate_details: bool,
    pub(super) auto_assign: AutoAssign,
}

impl Manner {
    pub(super) fn of(request: &Request) -> Self {
        let header = |name: &str| {
            request
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let duplicates = header("sforce-duplicate-rule-header").unwrap_or_default();
        let asks = |name: &str| {
            duplicates.split([';', ',']).any(|part| {
                let part: String = part.chars().filter(|sign| !sign.is_whitespace()).collect();
                part.eq_ignore_ascii_case(&format!("{name}=true"))
            })
        };
        let auto_assign = match header("sforce-auto-assign") {
            None => AutoAssign::Absent,
            Some(value) if value.eq_ignore_ascii_case("false") => AutoAssign::Off,
            Some(_) => AutoAssign::Rule,
        };
        Self {
            allow_duplicates: asks("allowSave"),
            duplicate_details: asks("includeRecordDetails"),
            auto_assign,
        }
    }
}

pub(super) fn insert(org: &mut Org, manner: Manner, place: usize, body: &Values) -> Saved {
    let object = org.at(place);
    if !object.createable {
        let text = format!("entity type {} does not support create", object.name);
        return Err(ApiError::new(400, "INVALID_TYPE_FOR_OPERATION", text));
    }
    if body.keys().any(|name| name.eq_ignore_ascii_case("id")) {
        let text = "cannot specify Id in an insert call";
        return Err(ApiError::save(
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            text,
            &["Id"],
        ));
    }
    let given = values::prepare(org, place, body, true)?;
    let prefix = org.at(place).key_prefix;
    let mut all = org.initial_values(place);
    for (name, value) in &given {
        // Null means "not said" on create, so the default stays.
        if !value.is_null() {
            all.insert(name.clone(), value.clone());
        }
    }
    let record = Record {
        id: String::new(),
        values: all,
    };
    let record = settle(org, manner, place, &given, None, record)?;
    let id = org.new_id(prefix);
    let mut values = record.values;
    values.insert("Id".to_owned(), json!(id));
    org.store(
        place,
        Record {
            id: id.clone(),
            values,
        },
    );
    derived::after_insert(org, place, &id);
    note_activity(org, place, &id);
    Ok(id)
}

/// The live record behind an id a client gave for an object.
pub(super) fn locate(org: &Org, place: usize, id: &str) -> Saved {
    let object = org.at(place);
    let long = ids::normalize(id).filter(|long| long.starts_with(object.key_prefix));
    let Some(long) = long else {
        let text = format!("{} ID: id value of incorrect type: {id}", object.label);
        return Err(ApiError::save("MALFORMED_ID", text, &["Id"]));
    };
    match object.record(&long) {
        None => Err(ApiError::not_found()),
        Some(record) if record.is_deleted() => Err(ApiError::deleted()),
        Some(_) => Ok(long),
    }
}

/// `id` must come from [`locate`].
pub(super) fn update(
    org: &mut Org,
    manner: Manner,
    place: usize,
    id: &str,
    body: &Values,
) -> Saved {
    let before = org
        .at(place)
        .record(id)
        .cloned()
        .ok_or_else(ApiError::not_found)?;
    let name = org.at(place).name.clone();
    if !org.at(place).updateable {
        let text = "insufficient access rights on object id";
        return Err(ApiError::save("INSUFFICIENT_ACCESS_OR_READONLY", text, &[]));
    }
    if name == "Lead" && before.flag("IsConverted") {
        return Err(ApiError::save(
            "CANNOT_UPDATE_CONVERTED_LEAD",
            "cannot reference converted lead",
            &[],
        ));
    }
    let given = values::prepare(org, place, body, false)?;
    if name == "Contact" && before.flag("IsPersonAccount") {
        // The text is made up; that the account must be written instead is documented.
        let text = "Contact belongs to a person account: update the Account instead";
        let fields: Vec<&str> = given.keys().map(String::as_str).collect();
        return Err(ApiError::save(
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            text,
            &fields,
        ));
    }
    let mut after = before.clone();
    for (name, value) in &given {
        after.values.insert(name.clone(), value.clone());
    }
    let now = json!(org.timestamp());
    for name in ["LastModifiedDate", "SystemModstamp"] {
        after.values.insert(name.to_owned(), now.clone());
    }
    let after = settle(org, manner, place, &given, Some(&before), after)?;
    org.store(place, after);
    note_activity(org, place, id);
    Ok(id.to_owned())
}

fn note_activity(org: &mut Org, place: usize, id: &str) {
    let name = org.at(place).name.clone();
    let values = org.at(place).record(id).map(|record| record.values.clone());
    derived::note_activity(org, &name, &values.unwrap_or_default());
}

/// Into the recycle bin. Accounts and contacts with cases are not deleted.
pub(super) fn delete(org: &mut Org, place: usize, id: &str) -> Saved {
    let object = org.at(place);
    let mut record = object.record(id).cloned().ok_or_else(ApiError::not_found)?;
    if !object.deletable {
        let text = "insufficient access rights on object id";
        return Err(ApiError::save("INSUFFICIENT_ACCESS_OR_READONLY", text, &[]));
    }
    let name = object.name.clone();
    let field = match name.as_str() {
        "Account" => Some("AccountId"),
        "Contact" => Some("ContactId"),
        _ => None,
    };
    let cases = org.object("Case").into_iter().flat_map(Object::live);
    let mut cases = cases.filter(|case| field.is_some_and(|field| case.text(field) == Some(id)));
    let case = cases.next().map(|case| case.id.clone());
    drop(cases);
    if let Some(case) = case {
        let text = format!(
            "Your attempt to delete {id} could not be completed because it is associated with the following cases.: {case}"
        );
        return Err(ApiError::save("DELETE_FAILED", text, &[]));
    }
    record.values.insert("IsDeleted".to_owned(), json!(true));
    let values = record.values.clone();
    org.store(place, record);
    derived::note_activity(org, &name, &values);
    Ok(id.to_owned())
}

/// All checks between the request's values and the stored record.
fn settle(
    org: &mut Org,
    manner: Manner,
    place: usize,
    given: &Values,
    before: Option<&Record>,
    mut record: Record,
) -> Result<Record, Box<ApiError>> {
    let name = org.at(place).name.clone();
    let parents = parents(&name, before, &record.values);
    org.locks.check(&parents)?;
    addresses::settle(org, &name, given, &mut record.values)?;
    let changed: HashSet<&str> = given.keys().map(String::as_str).collect();
    if name == "CampaignMember" {
        member(org, before.is_none(), given, &mut record)?;
    }
    values::check(org, place, &record.values, &changed, before.is_none())?;
    related(org, &name, given)?;
    unique(org, place, &record, &changed)?;
    derived::refresh(org, place, &mut record.values);
    rules::validate(org, place, &record)?;
    rules::find_duplicates(org, &name, &record, before.is_some(), manner)?;
    if name == "Lead" {
        assign(org, manner.auto_assign, &mut record);
    }
    Ok(record)
}

/// What a write locks besides the record: its Account or Campaign.
pub(super) fn parents(object: &str, before: Option<&Record>, values: &Values) -> Vec<String> {
    let name = match object {
        "Contact" => "AccountId",
        "CampaignMember" => "CampaignId",
        "Account" => return before.map(|record| record.id.clone()).into_iter().collect(),
        _ => return Vec::new(),
    };
    let old = before.and_then(|record| record.text(name));
    let new = values.get(name).and_then(Value::as_str);
    let mut parents: Vec<String> = old
        .into_iter()
        .chain(new)
        .filter_map(ids::normalize)
        .collect();
    parents.dedup();
    parents
}

/// The rules of campaign members (fact sheet, section 9).
fn member(
    org: &Org,
    is_insert: bool,
    given: &Values,
    record: &mut Record,
) -> Result<(), Box<ApiError>> {
    let text = |name: &str| record.text(name).map(str::to_owned);
    let campaign = text("CampaignId").unwrap_or_default();
    if is_insert {
        let (person, kind) = match (text("LeadId"), text("ContactId")) {
            (Some(lead), None) => (lead, "LeadId"),
            (None, Some(contact)) => (contact, "ContactId"),
            // Made up: the sheet only says "exactly one of".
            _ => {
                let text = "A campaign member must have exactly one of lead and contact";
                return Err(ApiError::save(
                    "FIELD_INTEGRITY_EXCEPTION",
                    text,
                    &["LeadId", "ContactId"],
                ));
            }
        };
        if org
            .record(&person)
            .is_some_and(|person| person.flag("IsConverted"))
        {
            return Err(ApiError::save(
                "CANNOT_UPDATE_CONVERTED_LEAD",
                "cannot reference converted lead",
                &[kind],
            ));
        }
        let members = org
            .object("CampaignMember")
            .map(|object| object.with_value("CampaignId", &campaign));
        if members
            .into_iter()
            .flatten()
            .any(|member| member.text(kind) == Some(&person))
        {
            return Err(ApiError::save(
                "DUPLICATE_VALUE",
                "Already a campaign member.",
                &[],
            ));
        }
    }
    if is_insert || given.contains_key("Status") {
        let asked = given.get("Status").and_then(Value::as_str);
        let status = derived::member_status(org, &campaign, asked);
        // A status too long for the field is refused like any other text.
        if asked.is_none_or(|asked| asked.chars().count() <= 40) {
            record.values.insert("Status".to_owned(), json!(status));
        }
    }
    Ok(())
}

/// Rules about the records a new value points to.
fn related(org: &Org, object: &str, given: &Values) -> Result<(), Box<ApiError>> {
    let target = |name: &str| {
        given
            .get(name)
            .and_then(Value::as_str)
            .and_then(|id| org.record(id))
    };
    if object == "Contact"
        && target("AccountId").is_some_and(|account| account.flag("IsPersonAccount"))
    {
        // Made up: the sheet only says that it cannot be done.
        let text = "A person account cannot have contacts";
        return Err(ApiError::save(
            "FIELD_INTEGRITY_EXCEPTION",
            text,
            &["AccountId"],
        ));
    }
    if object == "Task"
        && target("WhatId").is_some()
        && given
            .get("WhoId")
            .and_then(Value::as_str)
            .is_some_and(|who| who.starts_with("00Q"))
    {
        let text = "Related To ID must be blank if Name ID is a lead";
        return Err(ApiError::save(
            "FIELD_INTEGRITY_EXCEPTION",
            text,
            &["WhatId"],
        ));
    }
    Ok(())
}

fn unique(
    org: &Org,
    place: usize,
    record: &Record,
    changed: &HashSet<&str>,
) -> Result<(), Box<ApiError>> {
    let object = org.at(place);
    for field in object
        .fields()
        .filter(|field| field.unique && changed.contains(field.name.as_str()))
    {
        let value = record
            .values
            .get(&field.name)
            .filter(|value| !value.is_null());
        let Some(value) = value else {
            continue;
        };
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let holder = object
            .with_value(&field.name, &text)
            .into_iter()
            .find(|other| other.id != record.id);
        if let Some(holder) = holder {
            let text = format!(
                "duplicate value found: {} duplicates value on record with id: {}",
                field.name,
                &holder.id[..15]
            );
            return Err(ApiError::save("DUPLICATE_VALUE", text, &[]));
        }
    }
    Ok(())
}

fn assign(org: &mut Org, auto_assign: AutoAssign, record: &mut Record) {
    let count = match auto_assign {
        AutoAssign::Off => &mut org.auto_assign.off,
        AutoAssign::Absent => &mut org.auto_assign.absent,
        AutoAssign::Rule => &mut org.auto_assign.rule,
    };
    *count += 1;
    if auto_assign != AutoAssign::Off && org.assignment_rule.active {
        let queue = org.assignment_rule.queue.clone();
        record.values.insert("OwnerId".to_owned(), json!(queue));
    }
}
