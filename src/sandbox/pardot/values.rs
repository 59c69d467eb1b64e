//! Whether a value fits its field, and the form it is kept in.

use jiff::Timestamp;
use jiff::civil;
use serde_json::{Value, json};

use super::errors::ApiError;
use super::field::{Field, Kind};
use super::unit::{ACCOUNTS, CAMPAIGNS, USERS, Unit};

/// Longest text of a `Textarea`, of notes and comments; from memory.
const LONG_TEXT: usize = 65_535;
/// Documented.
const LONGEST_EMAIL: usize = 255;

/// One field of a prospect and its new value, checked; null clears.
pub(super) struct Change {
    pub(super) name: String,
    pub(super) field: Field,
    pub(super) value: Value,
}

/// Checks one value, from JSON or from a cell of a table.
pub(super) fn check(
    unit: &Unit,
    name: &str,
    field: Field,
    given: &Value,
) -> Result<Change, Box<ApiError>> {
    let value = match given {
        Value::Array(parts) if field.multiple => {
            let parts = parts.iter().map(|part| single(unit, name, field, part));
            Value::Array(parts.collect::<Result<_, _>>()?)
        }
        // Version 5 is strict about types, and null is no string.
        Value::Null if matches!(field.kind, Kind::Text | Kind::LongText) && !field.multiple => {
            return Err(ApiError::about(154, name));
        }
        Value::Null => Value::Null,
        Value::String(text) if text.is_empty() => Value::Null,
        one if field.multiple => json!([single(unit, name, field, one)?]),
        one => single(unit, name, field, one)?,
    };
    if field.kind == Kind::Email && value.is_null() {
        return Err(ApiError::known(4));
    }
    Ok(Change {
        name: name.to_owned(),
        field,
        value,
    })
}

fn single(unit: &Unit, name: &str, field: Field, given: &Value) -> Result<Value, Box<ApiError>> {
    let text = match given {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => given.to_string(),
        _ => return Err(ApiError::about(154, name)),
    };
    let id_in = |table: &str, code: u32| {
        let id = text.parse().map_err(|_| ApiError::known(code))?;
        let row = unit.live(table, id).ok_or_else(|| ApiError::known(code));
        row.map(|_| json!(id))
    };
    match field.kind {
        Kind::Email if is_email(&text) => Ok(json!(text)),
        Kind::Email => Err(ApiError::known(4)),
        Kind::Text if text.chars().count() > unit.settings.text_length => Err(ApiError::known(85)),
        Kind::LongText if text.chars().count() > LONG_TEXT => Err(ApiError::known(85)),
        Kind::Text | Kind::LongText => Ok(json!(text)),
        Kind::Integer => text
            .parse::<i64>()
            .map(|number| json!(number))
            .map_err(|_| ApiError::about(56, name)),
        Kind::Number => number(&text).ok_or_else(|| ApiError::about(56, name)),
        Kind::Boolean => match text.as_str() {
            "true" | "1" => Ok(json!(true)),
            "false" | "0" => Ok(json!(false)),
            _ => Err(ApiError::about(50, name)),
        },
        Kind::Date | Kind::Moment => date(&text).ok_or_else(|| ApiError::about(57, name)),
        Kind::Campaign => id_in(CAMPAIGNS, 38),
        Kind::ProspectAccount => id_in(ACCOUNTS, 61),
        Kind::User => id_in(USERS, 10),
    }
}

fn number(text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().ok().map(|number| json!(number));
    let real = || text.parse::<f64>().ok().filter(|number| number.is_finite());
    whole.or_else(|| real().map(|number| json!(number)))
}

/// A day, or a moment that is kept as its day. GNU's other forms are not understood here.
fn date(text: &str) -> Option<Value> {
    let day = text.parse::<civil::Date>().ok();
    let moment = || text.parse::<Timestamp>().is_ok();
    if day.is_none() && !moment() {
        return None;
    }
    let day = day.map(|day| day.to_string());
    Some(json!(
        day.or_else(|| text.get(..10).map(str::to_owned))
            .unwrap_or_default()
    ))
}

/// `/^[^ @]{1,64}@[^ @]{1,255}\.[^ @]{2,13}$/`, and not longer than 255 characters.
pub(super) fn is_email(text: &str) -> bool {
    let bad = |part: &str| part.contains([' ', '@']);
    let within = |part: &str, least, most| (least..=most).contains(&part.chars().count());
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let Some((host, top)) = domain.rsplit_once('.') else {
        return false;
    };
    text.chars().count() <= LONGEST_EMAIL
        && !bad(local)
        && !bad(domain)
        && within(local, 1, 64)
        && within(host, 1, 255)
        && within(top, 2, 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_the_documented_rule() {
        for good in ["a@b.co", "ada+x@mail.example.museum", "Ä@b.de"] {
            assert!(is_email(good), "{good}");
        }
        let long = format!("{}@b.co", "x".repeat(65));
        for bad in ["", "a@b", "a b@c.de", "a@b@c.de", "a@b.c", "@b.co", &long] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
