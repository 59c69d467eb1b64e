//! From the members of a request's record to values that can be stored, or the error of the first that
//! cannot.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::field::Field;
use super::ids;
use super::object::{Object, Values};
use super::org::Org;

type Checked<T> = Result<T, Box<ApiError>>;

/// The members that are not fields.
fn is_meta(name: &str) -> bool {
    name == "attributes" || name.eq_ignore_ascii_case("id")
}

/// What is wrong with a record before anything is looked up: such a record refuses its whole request.
pub(super) fn check_json(org: &Org, place: usize, body: &Values) -> Checked<()> {
    let object = org.at(place);
    for (name, value) in body.iter().filter(|(name, _)| !is_meta(name)) {
        match object.field(name) {
            Some(field) => check_type(field, value)?,
            None if value.is_object() && object.relationship(name).is_some() => {}
            None if org.settings.unknown_field_refuses_request => {
                return Err(ApiError::no_such_column(name, &object.name));
            }
            None => {}
        }
    }
    Ok(())
}

fn check_type(field: &Field, value: &Value) -> Checked<()> {
    let fits = match field.kind.as_str() {
        _ if value.is_null() => true,
        "boolean" => value.is_boolean(),
        "int" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "double" | "currency" | "percent" => value.is_number(),
        "date" => value
            .as_str()
            .is_some_and(|text| text.is_empty() || is_date(text)),
        "datetime" => value
            .as_str()
            .is_some_and(|text| text.is_empty() || moment(text).is_some()),
        "address" => true,
        _ => value.is_string(),
    };
    if fits {
        return Ok(());
    }
    let (token, shown) = match value {
        Value::String(text) => ("VALUE_STRING", text.clone()),
        Value::Bool(true) => ("VALUE_TRUE", "true".to_owned()),
        Value::Bool(false) => ("VALUE_FALSE", "false".to_owned()),
        Value::Number(number) if number.is_f64() => ("VALUE_NUMBER_FLOAT", number.to_string()),
        Value::Number(number) => ("VALUE_NUMBER_INT", number.to_string()),
        Value::Array(_) => ("START_ARRAY", "[".to_owned()),
        _ => ("START_OBJECT", "{".to_owned()),
    };
    Err(ApiError::json_parser(format!(
        "Cannot deserialize instance of {} from {token} value {shown} or request may be missing a required field at [line:1, column:1]",
        field.kind
    )))
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Epoch milliseconds of a date and time with a zone; Salesforce writes `+0000`, RFC 3339 `+00:00` or `Z`.
pub(super) fn moment(text: &str) -> Option<i64> {
    let text = match text
        .len()
        .checked_sub(5)
        .and_then(|place| text.split_at_checked(place))
    {
        Some((front, zone)) if zone.starts_with(['+', '-']) && !zone.contains(':') => {
            format!("{front}{}:{}", &zone[..3], &zone[3..])
        }
        _ => text.to_owned(),
    };
    text.parse::<jiff::Timestamp>()
        .ok()
        .map(jiff::Timestamp::as_millisecond)
}

/// Checks and settles the members of one record.
pub(super) fn prepare(org: &Org, place: usize, body: &Values, is_insert: bool) -> Checked<Values> {
    check_json(org, place, body)?;
    let object = org.at(place);
    let mut values = Values::new();
    let mut refused = Vec::new();
    for (name, value) in body.iter().filter(|(name, _)| !is_meta(name)) {
        let (field, value) = match object.field(name) {
            Some(field) => (field, settle(field, value)),
            None => match (object.relationship(name), value.as_object()) {
                (Some(field), Some(key)) => (field, json!(parent_by_key(org, object, field, key)?)),
                _ => return Err(ApiError::no_such_column(name, &object.name)),
            },
        };
        if !(if is_insert {
            field.createable
        } else {
            field.updateable
        }) {
            refused.push(field.name.as_str());
            continue;
        }
        values.insert(field.name.clone(), value);
    }
    if !refused.is_empty() {
        let text = format!(
            "Unable to create/update fields: {}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
            refused.join(", ")
        );
        return Err(ApiError::save(
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            text,
            &refused,
        ));
    }
    Ok(values)
}

/// Blanks around a text are cut off; an empty one is null.
fn settle(field: &Field, value: &Value) -> Value {
    match value.as_str().map(str::trim) {
        Some("") => Value::Null,
        Some(text) if field.kind == "reference" => {
            json!(ids::normalize(text).unwrap_or_else(|| text.to_owned()))
        }
        Some(text) if field.kind == "datetime" => {
            let shown = moment(text).map(|at| crate::sandbox::time::iso(at).replace('Z', "+0000"));
            json!(shown)
        }
        Some(text) => json!(text),
        None => value.clone(),
    }
}

/// `"Account":{"Mobly_Key__c":"acme.com"}` names the parent by an external id.
fn parent_by_key(org: &Org, object: &Object, field: &Field, key: &Values) -> Checked<String> {
    let mut members = key.iter().filter(|(name, _)| *name != "attributes");
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return Err(ApiError::json_parser(
            "A parent is named by exactly one external id",
        ));
    };
    for target in field
        .reference_to
        .iter()
        .filter_map(|target| org.object(target))
    {
        let Some(key_field) = target
            .field(name)
            .filter(|field| field.external_id || field.id_lookup)
        else {
            continue;
        };
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let found = target.with_value(&key_field.name, &text);
        return match found.as_slice() {
            [record] => Ok(record.id.clone()),
            [] => {
                let text = format!(
                    "Foreign key external ID: {text} not found for field {name} in entity {}",
                    target.name
                );
                Err(ApiError::save("INVALID_FIELD", text, &[]))
            }
            _ => Err(ApiError::save(
                "DUPLICATE_EXTERNAL_ID",
                format!("more than one record found for external id field: {name}"),
                &[],
            )),
        };
    }
    Err(ApiError::no_such_column(name, &object.name))
}

/// Checks a record as it would be stored; `changed` are the fields the request names.
pub(super) fn check(
    org: &Org,
    place: usize,
    values: &Values,
    changed: &HashSet<&str>,
    is_insert: bool,
) -> Checked<()> {
    let object = org.at(place);
    let is_null = |field: &Field| values.get(&field.name).is_none_or(Value::is_null);
    let missing: Vec<&str> = object
        .fields()
        .filter(|field| {
            let asked = is_insert || changed.contains(field.name.as_str());
            let needed = field.is_required()
                || (field.createable && !field.nillable && field.kind != "boolean");
            asked && needed && is_null(field)
        })
        .map(|field| field.name.as_str())
        .collect();
    if !missing.is_empty() {
        let text = format!("Required fields are missing: [{}]", missing.join(", "));
        return Err(ApiError::save("REQUIRED_FIELD_MISSING", text, &missing));
    }
    for field in object
        .fields()
        .filter(|field| changed.contains(field.name.as_str()))
    {
        match values.get(&field.name) {
            Some(Value::String(text)) => check_text(org, object, field, text, values)?,
            Some(Value::Number(number)) => check_number(field, number.as_f64().unwrap_or(0.0))?,
            Some(Value::Null) if field.kind == "boolean" => {
                let text = format!("{}: value not of required type: null", field.label);
                return Err(ApiError::save(
                    "INVALID_TYPE_ON_FIELD_IN_RECORD",
                    text,
                    &[&field.name],
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_number(field: &Field, number: f64) -> Checked<()> {
    let digits = field.precision.saturating_sub(field.scale);
    let limit = 10_f64.powi(i32::try_from(digits).unwrap_or(18));
    if number.abs() < limit {
        return Ok(());
    }
    let text = format!(
        "{}: value outside of valid range on numeric field: {number}",
        field.label
    );
    Err(ApiError::save(
        "NUMBER_OUTSIDE_VALID_RANGE",
        text,
        &[&field.name],
    ))
}

fn check_text(
    org: &Org,
    object: &Object,
    field: &Field,
    text: &str,
    values: &Values,
) -> Checked<()> {
    let label = &field.label;
    if field.is_picklist() && field.restricted {
        check_options(object, field, text, values)?;
    }
    if field.length > 0 && text.chars().count() > field.length && field.kind != "reference" {
        let message = format!(
            "{label}: data value too large: {text} (max length={})",
            field.length
        );
        return Err(ApiError::save("STRING_TOO_LONG", message, &[&field.name]));
    }
    match field.kind.as_str() {
        "email" if !is_email(text) => {
            let message = format!("{label}: invalid email address: {text}");
            Err(ApiError::save(
                "INVALID_EMAIL_ADDRESS",
                message,
                &[&field.name],
            ))
        }
        "reference" => check_reference(org, field, text),
        _ => Ok(()),
    }
}

fn check_options(object: &Object, field: &Field, text: &str, values: &Values) -> Checked<()> {
    let record_type = values.get("RecordTypeId").and_then(Value::as_str);
    let record_type = object.record_types.iter().find(|kind| match record_type {
        Some(id) => kind.id == id,
        None => kind.is_default,
    });
    let narrowed = record_type.and_then(|kind| kind.picklists.get(&field.name));
    let is_known = |value: &str| {
        let option = field
            .options
            .iter()
            .any(|option| option.active && option.value == value);
        option && narrowed.is_none_or(|values| values.iter().any(|known| known == value))
    };
    let chosen: Vec<&str> = match field.kind.as_str() {
        "multipicklist" => text
            .split(';')
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .collect(),
        _ => vec![text],
    };
    match chosen.into_iter().find(|value| !is_known(value)) {
        None => Ok(()),
        Some(value) => {
            let message = format!(
                "{}: bad value for restricted picklist field: {value}",
                field.label
            );
            Err(ApiError::save(
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                message,
                &[&field.name],
            ))
        }
    }
}

fn check_reference(org: &Org, field: &Field, id: &str) -> Checked<()> {
    let wrong = || {
        let text = format!("{}: id value of incorrect type: {id}", field.label);
        ApiError::save("MALFORMED_ID", text, &[&field.name])
    };
    let target = org
        .place_of_id(id)
        .map(|place| &org.at(place).name)
        .ok_or_else(wrong)?;
    if ids::normalize(id).is_none() || !field.reference_to.contains(target) {
        return Err(wrong());
    }
    match org.record(id) {
        None => Err(ApiError::cross_reference()),
        Some(record) if record.is_deleted() => Err(ApiError::save(
            "ENTITY_IS_DELETED",
            "entity is deleted",
            &[],
        )),
        Some(_) => Ok(()),
    }
}

/// Salesforce takes ASCII addresses with a dot in the domain.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let local_fits = local
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || "!#$%&'*/=?^_+-`{|}~.".contains(sign));
    let mut labels = domain.split('.');
    let labels_fit = labels.all(|label| {
        !label.is_empty()
            && label
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
    });
    !local.is_empty() && local_fits && labels_fit && domain.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_moments() {
        for good in ["a@b.co", "o'brien+x@acme-inc.example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "x",
            "a@b",
            "a b@c.de",
            "a@b@c.de",
            "@b.co",
            "a@.co",
            "jürgen@b.co",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
        assert_eq!(moment("1970-01-01T00:00:01.000+0000"), Some(1_000));
        assert_eq!(moment("1970-01-01T01:00:01+01:00"), Some(1_000));
        assert_eq!(moment("1970-01-01"), None);
    }
}
