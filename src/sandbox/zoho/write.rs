//! Inserts, updates and upserts of up to 100 rows (fact sheet, section 5).

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::matching;
use super::module::{Record, Values};
use super::org::Org;
use super::rows::{self, Rows};
use super::values;
use crate::sandbox::wire::Request;

const MOST_ROWS: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Insert,
    Update,
    Upsert,
}

/// What all rows of a request share.
struct Plan {
    place: usize,
    action: Action,
    duplicate_check_fields: Vec<String>,
    unmodified_since: Option<Timestamp>,
}

pub(super) fn serve(org: &mut Org, request: &Request, place: usize, action: Action) -> Outcome {
    let body = rows::body(request)?;
    let rows = rows::data(&body, MOST_ROWS)?;
    permit(org, place, action)?;
    let plan = Plan {
        place,
        action,
        duplicate_check_fields: matching::fields(org, place, &body)?,
        unmodified_since: unmodified_since(request),
    };
    let triggers = triggers(&body)?;
    let mut answers = Rows::default();
    for (position, row) in rows.iter().enumerate() {
        match write(org, &plan, position, row) {
            Ok(answer) => answers.succeeded(answer),
            Err(error) => answers.failed(&error),
        }
    }
    count_triggers(org, place, &triggers, answers.written() as u64);
    let all_good = if action == Action::Insert { 201 } else { 200 };
    Ok(answers.into_reply(org, all_good))
}

fn permit(org: &Org, place: usize, action: Action) -> Result<(), Box<ApiError>> {
    let module = org.at(place);
    let permissions = module.permissions;
    for (needed, granted, name) in [
        (action != Action::Update, permissions.create, "Create"),
        (action != Action::Insert, permissions.edit, "Edit"),
    ] {
        if needed && !granted {
            let text = format!("Crm_Implied_{name}_{}", module.name);
            return Err(ApiError::no_permission(&text));
        }
    }
    Ok(())
}

fn unmodified_since(request: &Request) -> Option<Timestamp> {
    let header = request.headers.get("if-unmodified-since")?;
    header.to_str().ok()?.parse().ok()
}

/// `None`: the member is absent, so all automation runs.
fn triggers(body: &Value) -> Result<Option<Vec<String>>, Box<ApiError>> {
    let known = ["workflow", "approval", "blueprint"].map(str::to_owned);
    let Some(given) = body.get("trigger").filter(|given| !given.is_null()) else {
        return Ok(None);
    };
    let Some(given) = given.as_array() else {
        return Err(ApiError::wrong_type("trigger", "$.trigger", "jsonarray"));
    };
    let mut names = Vec::new();
    for (position, name) in given.iter().enumerate() {
        let name = name.as_str().unwrap_or_default().to_owned();
        if !known.contains(&name) {
            let path = format!("$.trigger[{position}]");
            return Err(ApiError::unsupported_value("trigger", &path, &known));
        }
        names.push(name);
    }
    Ok(Some(names))
}

/// Nothing is triggered by notes.
fn count_triggers(org: &mut Org, place: usize, triggers: &Option<Vec<String>>, rows: u64) {
    if org.at(place).name == "Notes" || rows == 0 {
        return;
    }
    let names: Vec<&str> = match triggers {
        None => vec!["absent"],
        Some(names) if names.is_empty() => vec!["none"],
        Some(names) => names.iter().map(String::as_str).collect(),
    };
    for name in names {
        *org.triggers.entry(name.to_owned()).or_default() += rows;
    }
}

fn write(org: &mut Org, plan: &Plan, position: usize, row: &Value) -> Result<Value, Box<ApiError>> {
    let path = format!("$.data[{position}]");
    let Some(given) = row.as_object() else {
        return Err(ApiError::wrong_type("data", &path, "jsonobject"));
    };
    let module = org.at(plan.place);
    let given_id = given.get("id").filter(|id| !id.is_null());
    let (before, found_by) = match given_id {
        Some(id) if plan.action != Action::Insert => {
            let id_path = format!("{path}.id");
            let record = id.as_str().and_then(|id| module.live_record(id));
            let record = record.ok_or_else(|| ApiError::invalid_id("id", &id_path))?;
            if record.is_converted() {
                return Err(converted("ID_ALREADY_CONVERTED", &record.id));
            }
            (Some(record.clone()), None)
        }
        None if plan.action == Action::Update => {
            return Err(ApiError::mandatory("id", &format!("{path}.id")));
        }
        None if plan.action == Action::Upsert => {
            let keys = &plan.duplicate_check_fields;
            match matching::find(org, plan.place, given, keys, &path)? {
                Some((record, _)) if record.is_converted() => {
                    return Err(converted("CONVERTED_RECORD", &record.id));
                }
                Some((record, key)) => (Some(record), Some(key)),
                None => (None, None),
            }
        }
        _ => (None, None),
    };
    let id = before.as_ref().map(|record| record.id.as_str());
    if let Some(refusal) = org.refusal(&module.name, id, given) {
        return Err(refusal);
    }
    if let Some(before) = &before {
        check_unmodified(plan, before)?;
    }
    let is_new = before.is_none();
    let record = build(org, plan.place, before, given, &path)?;
    let id = record.id.clone();
    org.store(plan.place, record);
    Ok(success(org, plan, &id, is_new, found_by.as_deref()))
}

fn converted(code: &str, id: &str) -> Box<ApiError> {
    let text = "can't update the converted record";
    ApiError::new(400, code, text, json!({"id": id}))
}

fn check_unmodified(plan: &Plan, before: &Record) -> Result<(), Box<ApiError>> {
    let changed = before.text("Modified_Time");
    let changed = changed.and_then(|text| text.parse::<Timestamp>().ok());
    match (plan.unmodified_since, changed) {
        (Some(since), Some(changed)) if changed > since => Err(ApiError::new(
            412,
            "ALREADY_MODIFIED",
            "The record has been already modified",
            json!({"id": before.id}),
        )),
        _ => Ok(()),
    }
}

/// The record as it will be, or all that is wrong with the row. Unknown and read-only names are ignored.
fn build(
    org: &mut Org,
    place: usize,
    before: Option<Record>,
    given: &Values,
    path: &str,
) -> Result<Record, Box<ApiError>> {
    let is_new = before.is_none();
    let mut values = match &before {
        Some(record) => record.values.clone(),
        None => org.initial_values(place),
    };
    let module = org.at(place);
    let layout = given.get("Layout").and_then(|layout| layout["id"].as_str());
    let layout = match layout {
        Some(id) => module.layouts.iter().find(|layout| layout.id == id),
        None => module.layouts.first(),
    };
    let layout =
        layout.ok_or_else(|| ApiError::invalid_id("Layout", &format!("{path}.Layout.id")))?;
    let mut errors = Vec::new();
    for field in module.fields() {
        let writable = if is_new {
            field.api_create
        } else {
            field.api_update
        };
        let path = format!("{path}.{}", field.name);
        let named = given.get(&field.name).filter(|_| writable);
        let needed = writable && (field.mandatory || layout.required.contains(&field.name));
        let checked = match named {
            None if is_new => Ok(Value::Null),
            None => continue,
            Some(value) => values::check(org, field, value, &path),
        };
        match checked {
            Ok(value) if value.is_null() && needed => {
                errors.push(*ApiError::mandatory(&field.name, &path));
            }
            Ok(_) if named.is_none() => {}
            Ok(value) => {
                let own_id = before.as_ref().map(|record| record.id.as_str());
                if field.unique
                    && let Some(error) = matching::duplicate(module, field, &value, own_id, &path)
                {
                    errors.push(*error);
                }
                let value = append(given, &values, &field.name, value);
                values.insert(field.name.clone(), value);
            }
            Err(error) => errors.push(*error),
        }
    }
    if let Some(error) = ApiError::join(errors) {
        return Err(error);
    }
    values.insert("Modified_Time".to_owned(), json!(org.timestamp()));
    if org.at(place).any_field("Last_Activity_Time").is_some() {
        values.insert("Last_Activity_Time".to_owned(), json!(org.timestamp()));
    }
    values.insert("Modified_By".to_owned(), json!({"id": org.user_id}));
    Ok(match before {
        Some(record) => Record { values, ..record },
        None => Record {
            id: org.new_id(),
            values,
            deleted: false,
            made_at: org.clock.elapsed(),
        },
    })
}

/// `$append_values` keeps what a multi-select had.
fn append(given: &Values, before: &Values, name: &str, value: Value) -> Value {
    let wanted = given.get("$append_values").map(|names| &names[name]);
    let (Some(Value::Bool(true)), Value::Array(added)) = (wanted, &value) else {
        return value;
    };
    let kept = before.get(name).and_then(Value::as_array);
    let mut all = kept.cloned().unwrap_or_default();
    for option in added {
        if !all.contains(option) {
            all.push(option.clone());
        }
    }
    Value::Array(all)
}

fn success(org: &Org, plan: &Plan, id: &str, is_new: bool, found_by: Option<&str>) -> Value {
    let values = org.at(plan.place).record(id).map(|record| &record.values);
    let text = |name: &str| values.and_then(|values| values.get(name)).cloned();
    let user = |name: &str| {
        let user = text(name).unwrap_or_default();
        org.user_reference(user["id"].as_str().unwrap_or_default())
    };
    let mut answer = json!({
        "code": "SUCCESS",
        "details": {
            "id": id,
            "Created_Time": text("Created_Time"),
            "Created_By": user("Created_By"),
            "Modified_Time": text("Modified_Time"),
            "Modified_By": user("Modified_By"),
            "$approval_state": "approved",
        },
        "message": if is_new { "record added" } else { "record updated" },
        "status": "success",
    });
    if plan.action == Action::Upsert {
        answer["action"] = json!(if is_new { "insert" } else { "update" });
        answer["duplicate_field"] = json!(found_by);
    }
    answer
}
