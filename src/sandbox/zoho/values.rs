//! Whether a value fits its field (fact sheet, sections 7 and 8), and in which form it is kept.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::errors::ApiError;
use super::field::Field;
use super::org::Org;

type Checked = Result<Value, Box<ApiError>>;

/// `path` is the JSON path of the value, such as `$.data[0].Email`. An empty text clears, like null.
pub(super) fn check(org: &Org, field: &Field, given: &Value, path: &str) -> Checked {
    if given.is_null() || given == "" {
        return Ok(Value::Null);
    }
    let wrong = |expected: &str| Err(ApiError::wrong_type(&field.name, path, expected));
    let kind = field.data_type.as_str();
    match kind {
        "integer" if !given.is_i64() => wrong("integer"),
        "double" | "currency" | "percent" if !given.is_number() => wrong("double"),
        "boolean" if !given.is_boolean() => wrong("boolean"),
        "integer" | "double" | "currency" | "percent" | "boolean" => Ok(given.clone()),
        "multiselectpicklist" => multi(org, field, given, path),
        "picklist" => {
            let Some(text) = given.as_str() else {
                return wrong("picklist");
            };
            option(org, field, text, path)
        }
        "lookup" if field.lookup.as_deref() == Some("se_module") => parent(org, field, given, path),
        "lookup" => lookup(org, field, given, path),
        "ownerlookup" => owner(org, field, given, path),
        _ => {
            let Some(text) = given.as_str() else {
                return wrong(kind);
            };
            let fits = match kind {
                "email" => is_email(text),
                "date" => text.len() == 10 && text.parse::<Date>().is_ok(),
                "datetime" => is_datetime(text),
                _ => true,
            };
            if !fits {
                return wrong(kind);
            }
            if field.is_text() && text.chars().count() > field.length {
                let facts = json!({"maximum_length": field.length});
                return Err(ApiError::invalid_data(&field.name, path, facts));
            }
            Ok(given.clone())
        }
    }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let dotted = domain.split('.').count() > 1 && domain.split('.').all(|part| !part.is_empty());
    let plain = text
        .chars()
        .all(|sign| !sign.is_whitespace() && !sign.is_control());
    !local.is_empty() && dotted && plain && !domain.contains('@')
}

/// `2026-09-01T09:00:00+02:00` and nothing else: fractions and `Z` are in no example.
fn is_datetime(text: &str) -> bool {
    text.len() == 25 && text.as_bytes()[10] == b'T' && text.parse::<Timestamp>().is_ok()
}

fn option(org: &Org, field: &Field, text: &str, path: &str) -> Checked {
    if org.settings.picklists_enforced && !field.allows(text) {
        return Err(ApiError::unsupported_value(
            &field.name,
            path,
            &field.allowed(),
        ));
    }
    Ok(json!(text))
}

fn multi(org: &Org, field: &Field, given: &Value, path: &str) -> Checked {
    let Some(values) = given.as_array() else {
        return Err(ApiError::wrong_type(&field.name, path, "jsonarray"));
    };
    for (position, value) in values.iter().enumerate() {
        let path = format!("{path}[{position}]");
        let Some(text) = value.as_str() else {
            return Err(ApiError::wrong_type(&field.name, &path, "text"));
        };
        option(org, field, text, &path)?;
    }
    Ok(given.clone())
}

/// The `id` of an object.
fn id_of<'a>(field: &Field, given: &'a Value, path: &str) -> Result<&'a str, Box<ApiError>> {
    if !given.is_object() {
        return Err(ApiError::wrong_type(&field.name, path, "jsonobject"));
    }
    let id = given["id"].as_str();
    id.ok_or_else(|| ApiError::mandatory("id", &format!("{path}.id")))
}

fn lookup(org: &Org, field: &Field, given: &Value, path: &str) -> Checked {
    let id = id_of(field, given, path)?;
    let module = field.lookup.as_deref().and_then(|name| org.module(name));
    if module.is_none_or(|module| module.live_record(id).is_none()) {
        return Err(ApiError::invalid_id(&field.name, &format!("{path}.id")));
    }
    Ok(json!({"id": id}))
}

fn owner(org: &Org, field: &Field, given: &Value, path: &str) -> Checked {
    let id = id_of(field, given, path)?;
    if org.user(id).is_none_or(|user| user["status"] != "active") {
        return Err(ApiError::invalid_id(&field.name, &format!("{path}.id")));
    }
    Ok(json!({"id": id}))
}

/// What a note hangs on: `{"module":{"api_name":"Leads"},"id":"…"}`.
fn parent(org: &Org, field: &Field, given: &Value, path: &str) -> Checked {
    let id = id_of(field, given, path)?;
    let name_path = format!("{path}.module.api_name");
    let Some(name) = given["module"]["api_name"].as_str() else {
        return Err(ApiError::mandatory("api_name", &name_path));
    };
    let module = org.module(name).filter(|module| !module.hidden);
    let Some(module) = module.filter(|module| module.name != "Notes") else {
        return Err(ApiError::invalid_data("api_name", &name_path, json!({})));
    };
    if module.live_record(id).is_none() {
        return Err(ApiError::invalid_id(&field.name, &format!("{path}.id")));
    }
    Ok(json!({"module": {"api_name": module.name, "id": module.id}, "id": id}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_moments() {
        for good in ["a@b.co", "ana+fair@sub.example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["a", "a@b", "@b.co", "a b@c.de", "a@b@c.de", "a@b..de"] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(is_datetime("2026-09-01T09:00:00+02:00"));
        for bad in [
            "2026-09-01T09:00:00Z",
            "2026-09-01 09:00:00+02:00",
            "2026-09-01",
        ] {
            assert!(!is_datetime(bad), "{bad}");
        }
    }
}
