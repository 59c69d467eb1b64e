//! Which record a row means: the duplicate check of upserts, and unique fields.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::field::Field;
use super::module::{Module, Record, Values};
use super::org::Org;

/// The fields an upsert looks for duplicates with, in their order.
pub(super) fn fields(org: &Org, place: usize, body: &Value) -> Result<Vec<String>, Box<ApiError>> {
    let allowed = org.at(place).duplicate_check_fields();
    let Some(given) = body.get("duplicate_check_fields") else {
        return Ok(allowed);
    };
    let name = "duplicate_check_fields";
    let Some(given) = given.as_array() else {
        return Err(ApiError::wrong_type(
            name,
            "$.duplicate_check_fields",
            "jsonarray",
        ));
    };
    let mut names = Vec::new();
    for (position, field) in given.iter().enumerate() {
        let field = field.as_str().unwrap_or_default().to_owned();
        if !allowed.contains(&field) {
            let path = format!("$.duplicate_check_fields[{position}]");
            return Err(ApiError::unsupported_value(name, &path, &allowed));
        }
        names.push(field);
    }
    Ok(names)
}

/// The record a row means and the field that told; the first field that finds something decides.
pub(super) fn find(
    org: &Org,
    place: usize,
    row: &Values,
    fields: &[String],
    path: &str,
) -> Result<Option<(Record, String)>, Box<ApiError>> {
    let module = org.at(place);
    for field in fields {
        let Some(value) = row
            .get(field)
            .filter(|value| value.is_string() || value.is_number())
        else {
            continue;
        };
        let found = module.with_value(field, value);
        let (converted, open): (Vec<&Record>, Vec<&Record>) =
            found.into_iter().partition(|record| record.is_converted());
        match open.as_slice() {
            [] => {}
            [record] => return Ok(Some(((*record).clone(), field.clone()))),
            several => return Err(ambiguous(field, path, several)),
        }
        if let Some(record) = converted.first().filter(|_| org.settings.matches_converted) {
            return Ok(Some(((*record).clone(), field.clone())));
        }
    }
    Ok(None)
}

/// Only the code and the member `ambiguity_due_to` are documented.
fn ambiguous(field: &str, path: &str, records: &[&Record]) -> Box<ApiError> {
    let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
    let cause = json!({"api_name": field, "json_path": format!("{path}.{field}"), "ids": ids});
    ApiError::new(
        400,
        "AMBIGUITY_DURING_PROCESSING",
        "ambiguity while processing the request",
        json!({"ambiguity_due_to": [cause]}),
    )
}

/// Another record that has the value of a unique field already.
pub(super) fn duplicate(
    module: &Module,
    field: &Field,
    value: &Value,
    own_id: Option<&str>,
    path: &str,
) -> Option<Box<ApiError>> {
    if value.is_null() {
        return None;
    }
    let others = module.with_value(&field.name, value);
    let mut others = others
        .into_iter()
        .filter(|other| Some(other.id.as_str()) != own_id);
    let other = others.next()?;
    Some(ApiError::new(
        400,
        "DUPLICATE_DATA",
        "duplicate data",
        json!({
            "api_name": field.name,
            "json_path": path,
            "id": other.id,
            "duplicate_record": {
                "id": other.id,
                "module": {"api_name": module.name, "id": module.id},
                "Owner": other.values.get("Owner"),
            },
            "more_records": others.next().is_some(),
        }),
    ))
}
