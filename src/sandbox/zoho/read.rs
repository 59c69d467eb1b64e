//! Reading records: by id, in lists, by search, and what was deleted.

use serde_json::{Map, Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::module::{Module, Record};
use super::org::Org;
use super::rows::Rows;
use crate::sandbox::wire::{Reply, Request};

const MOST_FIELDS: usize = 50;
const MOST_IDS: usize = 100;
const LARGEST_PAGE: usize = 200;

/// The names of `fields`; names the module does not have are ignored.
fn wanted_fields(request: &Request) -> Result<Option<Vec<String>>, Box<ApiError>> {
    let fields = request.parameters("fields");
    if fields.len() > MOST_FIELDS {
        return Err(ApiError::limit_exceeded(
            "the maximum number of fields in one request is 50",
            json!({"param_name": "fields", "limit": MOST_FIELDS}),
        ));
    }
    Ok((!fields.is_empty()).then_some(fields))
}

fn needed_fields(request: &Request) -> Result<Vec<String>, Box<ApiError>> {
    wanted_fields(request)?.ok_or_else(|| ApiError::parameter_missing("fields"))
}

fn permit(module: &Module) -> Result<(), Box<ApiError>> {
    if module.permissions.view {
        return Ok(());
    }
    let permission = format!("Crm_Implied_View_{}", module.name);
    Err(ApiError::no_permission(&permission))
}

/// A value as single records and lists show it: lookups with the name of what they point to.
fn shown(org: &Org, module: &Module, record: &Record, name: &str) -> Option<Value> {
    let field = module.field(name)?;
    let value = record.values.get(name).cloned().unwrap_or_default();
    let Some(id) = value["id"].as_str() else {
        return Some(value);
    };
    Some(match field.data_type.as_str() {
        "ownerlookup" => org.user_reference(id),
        "lookup" => {
            let target = value["module"]["api_name"]
                .as_str()
                .or(field.lookup.as_deref());
            let target = target.and_then(|name| org.module(name));
            let mut reference = value.clone();
            reference["name"] = json!(target.and_then(|target| display_name(target, id)));
            reference
        }
        _ => value,
    })
}

fn display_name(module: &Module, id: &str) -> Option<String> {
    let record = module.record(id)?;
    let names = ["Full_Name", "Account_Name", "Campaign_Name", "Note_Title"];
    names
        .into_iter()
        .find_map(|name| record.text(name))
        .map(str::to_owned)
}

fn render(org: &Org, module: &Module, record: &Record, fields: &[String]) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("id".to_owned(), json!(record.id));
    for name in fields {
        if let Some(value) = shown(org, module, record, name) {
            row.insert(name.clone(), value);
        }
    }
    row
}

/// `GET /{module}/{id}`. Converted leads are shown too, and say so.
pub(super) fn one(org: &Org, request: &Request, place: usize, id: &str) -> Outcome {
    let module = org.at(place);
    permit(module)?;
    let fields = wanted_fields(request)?;
    let Some(record) = module.live_record(id) else {
        if org.settings.absent_status == 404 {
            let mut error = ApiError::invalid_path_id(1);
            error.status = 404;
            return Err(error);
        }
        return Ok(Reply::empty(204));
    };
    let all = || module.fields().map(|field| field.name.clone()).collect();
    let mut row = render(org, module, record, &fields.unwrap_or_else(all));
    if module.name == "Leads" {
        row.insert("$converted".to_owned(), json!(record.is_converted()));
        let id = |name: &str| record.reference(name);
        let detail =
            json!({"contact": id("Converted_Contact"), "account": id("Converted_Account")});
        let detail = if record.is_converted() {
            detail
        } else {
            json!({})
        };
        row.insert("$converted_detail".to_owned(), detail);
    }
    Ok(Reply::json(200, json!({"data": [row]})).whole())
}

/// One page of records, newest first; 204 when there is none.
fn page(
    org: &Org,
    request: &Request,
    found: &[&Record],
    render: impl Fn(&Record) -> Value,
) -> Reply {
    let number = |name: &str| request.parameter(name).and_then(|text| text.parse().ok());
    let most = org
        .options
        .page_size
        .unwrap_or(LARGEST_PAGE)
        .min(LARGEST_PAGE);
    let per_page = number("per_page").unwrap_or(most).clamp(1, most);
    let page: usize = number("page").unwrap_or(1).max(1);
    let start = (page - 1).saturating_mul(per_page);
    let rows: Vec<Value> = found
        .iter()
        .skip(start)
        .take(per_page)
        .map(|record| render(record))
        .collect();
    if rows.is_empty() {
        return Reply::empty(204);
    }
    let info = json!({
        "per_page": per_page,
        "count": rows.len(),
        "page": page,
        "sort_by": "id",
        "sort_order": "desc",
        "more_records": found.len() > start + rows.len(),
    });
    Reply::json(200, json!({"data": rows, "info": info})).whole()
}

/// `GET /{module}?fields=…[&ids=…]`.
pub(super) fn many(org: &Org, request: &Request, place: usize) -> Outcome {
    let module = org.at(place);
    permit(module)?;
    let fields = needed_fields(request)?;
    let ids = request.parameters("ids");
    if ids.len() > MOST_IDS {
        return Err(ApiError::limit_exceeded(
            "the maximum number of ids in one request is 100",
            json!({"param_name": "ids", "limit": MOST_IDS}),
        ));
    }
    let converted = request.parameter("converted").unwrap_or_default();
    let fits = |record: &&Record| match converted.as_str() {
        "both" => true,
        "true" => record.is_converted(),
        _ => !record.is_converted(),
    };
    let found: Vec<&Record> = if ids.is_empty() {
        module.live().rev().filter(fits).collect()
    } else {
        let found = ids.iter().filter_map(|id| module.live_record(id));
        found.filter(fits).collect()
    };
    let row = |record: &Record| Value::Object(render(org, module, record, &fields));
    Ok(page(org, request, &found, row))
}

/// `GET /{module}/search`, by `email`, `phone` or `word`. New records take a while to be found.
pub(super) fn search(org: &Org, request: &Request, place: usize) -> Outcome {
    let module = org.at(place);
    permit(module)?;
    let names = ["email", "phone", "word"];
    let asked = names
        .into_iter()
        .find_map(|name| Some((name, request.parameter(name)?.to_lowercase())));
    let (kind, wanted) = asked.ok_or_else(|| ApiError::parameter_missing("criteria"))?;
    let all = || module.fields().map(|field| field.name.clone()).collect();
    let fields = wanted_fields(request)?.unwrap_or_else(all);
    let now = org.clock.elapsed();
    let found: Vec<&Record> = module
        .live()
        .rev()
        .filter(|record| !record.is_converted())
        .filter(|record| now.saturating_sub(record.made_at) >= org.options.search_lag)
        .filter(|record| {
            module.fields().any(|field| {
                let text = record.text(&field.name).map(str::to_lowercase);
                text.is_some_and(|text| match kind {
                    "word" => text.contains(&wanted),
                    kind => field.data_type == kind && text == wanted,
                })
            })
        })
        .collect();
    let row = |record: &Record| Value::Object(render(org, module, record, &fields));
    Ok(page(org, request, &found, row))
}

/// `GET /{module}/deleted`, from memory.
pub(super) fn deleted(org: &Org, request: &Request, place: usize) -> Outcome {
    let module = org.at(place);
    permit(module)?;
    let found: Vec<&Record> = module
        .records()
        .rev()
        .filter(|record| record.deleted)
        .collect();
    let row = |record: &Record| {
        json!({
            "id": record.id,
            "display_name": display_name(module, &record.id),
            "type": "recycle",
            "deleted_time": record.values.get("Modified_Time"),
            "deleted_by": org.user_reference(&org.user_id),
        })
    };
    Ok(page(org, request, &found, row))
}

/// `DELETE /{module}?ids=…` and `DELETE /{module}/{id}`, from memory.
pub(super) fn delete(org: &mut Org, place: usize, ids: &[String]) -> Outcome {
    let module = org.at(place);
    if !module.permissions.delete {
        let permission = format!("Crm_Implied_Delete_{}", module.name);
        return Err(ApiError::no_permission(&permission));
    }
    if ids.is_empty() {
        return Err(ApiError::parameter_missing("ids"));
    }
    let mut answers = Rows::default();
    for id in ids {
        let record = org.at(place).live_record(id).cloned();
        match record {
            Some(record) => {
                bury(org, place, record);
                answers.succeeded(json!({
                    "code": "SUCCESS", "details": {"id": id}, "message": "record deleted",
                    "status": "success",
                }));
            }
            None => answers.failed(&ApiError::invalid_path_id(1)),
        }
    }
    Ok(answers.into_reply(org, 200))
}

/// Into the recycle bin; its places in campaigns are gone.
pub(super) fn bury(org: &mut Org, place: usize, mut record: Record) {
    record.deleted = true;
    let now = json!(org.timestamp());
    record.values.insert("Modified_Time".to_owned(), now);
    let id = record.id.clone();
    org.members
        .retain(|(campaign, person), _| *campaign != id && *person != id);
    org.store(place, record);
}

/// Rows of a related list: records with some more members each.
pub(super) fn related(
    org: &Org,
    request: &Request,
    place: usize,
    found: &[(&Record, Option<Value>)],
) -> Outcome {
    let module = org.at(place);
    permit(module)?;
    let fields = needed_fields(request)?;
    let records: Vec<&Record> = found.iter().map(|(record, _)| *record).collect();
    let row = |record: &Record| {
        let mut row = render(org, module, record, &fields);
        let status = found.iter().find(|(other, _)| other.id == record.id);
        if let Some((_, Some(status))) = status {
            row.insert("Member_Status".to_owned(), status.clone());
        }
        Value::Object(row)
    };
    Ok(page(org, request, &records, row))
}
