//! Calls about one record (fact sheet, section 5).

use serde_json::{Map, Value, json};

use super::errors::ApiError;
use super::object::{Record, Values};
use super::org::Org;
use super::write::{self, Manner};
use super::{Outcome, body};
use crate::sandbox::wire::{Reply, Request};

/// `/sobjects/{object}` and below, without `describe`.
pub(super) fn serve(
    org: &mut Org,
    request: &Request,
    version: &str,
    place: usize,
    rest: &[&str],
) -> Outcome {
    let reply = match (request.method.as_str(), rest) {
        ("POST", []) => create(org, request, place),
        ("GET", []) => Ok(basic(org, version, place)),
        ("GET", [id]) => {
            find(org, place, id).and_then(|id| read(org, request, version, place, &id))
        }
        ("PATCH", [id]) => find(org, place, id).and_then(|id| update(org, request, place, &id)),
        ("DELETE", [id]) => find(org, place, id).and_then(|id| {
            write::delete(org, place, &id)?;
            Ok(Reply::empty(204).wrote(1))
        }),
        (method, [field, value]) => {
            by_external_id(org, request, version, place, method, (field, value))
        }
        (method, []) => Err(ApiError::method_not_allowed(method, "HEAD,GET,POST")),
        (method, [_]) => Err(ApiError::method_not_allowed(
            method,
            "HEAD,GET,PATCH,DELETE",
        )),
        _ => Err(ApiError::not_found()),
    };
    org.locks.settle();
    reply
}

/// In an address an id that cannot be one is a resource that is not there.
fn find(org: &Org, place: usize, id: &str) -> Result<String, Box<ApiError>> {
    write::locate(org, place, id).map_err(|error| match error.code {
        "MALFORMED_ID" => {
            let text =
                format!("Provided external ID field does not exist or is not accessible: {id}");
            ApiError::new(404, "NOT_FOUND", text)
        }
        _ => error,
    })
}

fn members(request: &Request) -> Result<Values, Box<ApiError>> {
    match body(request)? {
        Value::Object(members) => Ok(members),
        _ => Err(ApiError::json_parser(
            "Can not deserialize: unexpected array",
        )),
    }
}

fn saved(status: u16, id: &str, created: Option<bool>) -> Reply {
    let mut body = json!({"id": id, "success": true, "errors": []});
    if let Some(created) = created {
        body["created"] = json!(created);
    }
    Reply::json(status, body).wrote(1)
}

fn create(org: &mut Org, request: &Request, place: usize) -> Outcome {
    let id = insert(org, request, place, &members(request)?)?;
    Ok(saved(201, &id, None))
}

fn insert(
    org: &mut Org,
    request: &Request,
    place: usize,
    values: &Values,
) -> Result<String, Box<ApiError>> {
    if let Some(failure) = org.rules.trigger_failure(&org.at(place).name, 1, "Insert") {
        return Err(failure);
    }
    write::insert(org, Manner::of(request), place, values)
}

fn update(org: &mut Org, request: &Request, place: usize, id: &str) -> Outcome {
    let values = members(request)?;
    if values.keys().any(|name| name.eq_ignore_ascii_case("id")) {
        let text = "The Id field should not be specified in the sobject data.";
        return Err(ApiError::save("INVALID_FIELD", text, &["Id"]));
    }
    if let Some(failure) = org.rules.trigger_failure(&org.at(place).name, 1, "Update") {
        return Err(failure);
    }
    write::update(org, Manner::of(request), place, id, &values)?;
    Ok(Reply::empty(204).wrote(1))
}

fn read(org: &Org, request: &Request, version: &str, place: usize, id: &str) -> Outcome {
    let record = org.at(place).record(id).ok_or_else(ApiError::not_found)?;
    let fields = request.parameters("fields");
    Ok(Reply::json(
        200,
        show(org, version, place, record, &fields)?,
    ))
}

/// A record with the fields asked for, or all.
pub(super) fn show(
    org: &Org,
    version: &str,
    place: usize,
    record: &Record,
    fields: &[String],
) -> Result<Value, Box<ApiError>> {
    let object = org.at(place);
    let url = format!(
        "/services/data/{version}/sobjects/{}/{}",
        object.name, record.id
    );
    let mut row = Map::new();
    row.insert(
        "attributes".to_owned(),
        json!({"type": object.name, "url": url}),
    );
    let names: Vec<String> = if fields.is_empty() {
        object.fields().map(|field| field.name.clone()).collect()
    } else {
        let known = fields.iter().map(|name| {
            let field = object
                .field(name)
                .ok_or_else(|| ApiError::no_such_column(name, &object.name));
            field.map(|field| field.name.clone())
        });
        known.collect::<Result<_, _>>()?
    };
    for name in names {
        let value = record.values.get(&name).cloned().unwrap_or_default();
        row.insert(name, value);
    }
    Ok(Value::Object(row))
}

fn basic(org: &Org, version: &str, place: usize) -> Reply {
    let object = org.at(place);
    let recent = object.live().take(5).map(|record| {
        let url = format!(
            "/services/data/{version}/sobjects/{}/{}",
            object.name, record.id
        );
        json!({"attributes": {"type": object.name, "url": url}, "Id": record.id})
    });
    let facts = super::describe::summary(object, version);
    Reply::json(
        200,
        json!({"objectDescribe": facts, "recentItems": recent.collect::<Vec<_>>()}),
    )
}

/// Records by a field that is marked as external id; 300 for several.
fn by_external_id(
    org: &mut Org,
    request: &Request,
    version: &str,
    place: usize,
    method: &str,
    (field, value): (&str, &str),
) -> Outcome {
    let object = org.at(place);
    let Some(key) = object
        .field(field)
        .filter(|field| field.external_id)
        .map(|field| field.name.clone())
    else {
        let text =
            format!("Provided external ID field does not exist or is not accessible: {field}");
        return Err(ApiError::new(404, "NOT_FOUND", text));
    };
    let found: Vec<String> = object
        .with_value(&key, value)
        .iter()
        .map(|record| record.id.clone())
        .collect();
    if found.len() > 1 {
        let urls = found
            .iter()
            .map(|id| format!("/services/data/{version}/sobjects/{}/{id}", object.name));
        return Ok(Reply::json(300, json!(urls.collect::<Vec<_>>())));
    }
    match (method, found.first()) {
        ("GET", Some(id)) => read(org, request, version, place, id),
        ("DELETE", Some(id)) => {
            write::delete(org, place, id)?;
            Ok(Reply::empty(204).wrote(1))
        }
        ("PATCH", found) => {
            let mut values = members(request)?;
            if values.contains_key(&key) {
                let text = format!("The {key} field should not be specified in the sobject data.");
                return Err(ApiError::save("INVALID_FIELD", text, &[&key]));
            }
            if let Some(id) = found {
                write::update(org, Manner::of(request), place, id, &values)?;
                return Ok(saved(200, id, Some(false)));
            }
            if request
                .parameter("updateOnly")
                .is_some_and(|only| only == "true")
            {
                return Err(ApiError::not_found());
            }
            values.insert(key, json!(value));
            let id = insert(org, request, place, &values)?;
            Ok(saved(201, &id, Some(true)))
        }
        ("GET" | "DELETE", None) => Err(ApiError::not_found()),
        (method, _) => Err(ApiError::method_not_allowed(
            method,
            "HEAD,GET,PATCH,DELETE",
        )),
    }
}
