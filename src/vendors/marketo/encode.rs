//! Values in Marketo's form: what is sent, what would be refused, when two are the same.
//!
//! JSON types matter: numbers and booleans are sent as such. A text area is measured in bytes, anything else in characters;
//! how a value that is too long is refused is not documented, so it is refused here.

use serde_json::Value;

use super::api::text_of;
use super::fields::{ASCII, BYTES, WHOLE_NUMBER};
use crate::domain::category::Category;
use crate::domain::company::website_host;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::domain::remote::{RemoteField, RemoteKind};
use crate::vendors::forms::{date, fit, refuse, trimmed_url, truth, ungrouped};

/// Puts a value into Marketo's form, or tells what Marketo would refuse.
pub(super) fn encode(
    field: &RemoteField,
    parts: &[String],
    truncate: bool,
) -> Result<Value, Failure> {
    let text = parts
        .iter()
        .map(|part| part.trim())
        .collect::<Vec<_>>()
        .join("; ");
    let form = |why: &str| refuse(field, Category::DataFormatValidation, &text, why);
    let plain = match field.kind {
        RemoteKind::Number => return number(field, &text),
        RemoteKind::Boolean => {
            return truth(&text)
                .map(Value::Bool)
                .ok_or_else(|| form("is neither true nor false"));
        }
        RemoteKind::Email if !email::is_valid(&text) => {
            return Err(form("is not an e-mail address"));
        }
        RemoteKind::Email if rule(field, ASCII).is_some() && !text.is_ascii() => {
            return Err(form(
                "has signs beyond ASCII, which Marketo takes in no address",
            ));
        }
        RemoteKind::Date => date(&text).ok_or_else(|| form("is not a date (YYYY-MM-DD)"))?,
        RemoteKind::Datetime => {
            datetime(&text).ok_or_else(|| form("is not a point in time (ISO 8601)"))?
        }
        RemoteKind::Reference => {
            let why = "cannot be filled: it is made of other fields, or links to another record";
            return Err(refuse(field, Category::MissingRemoteField, &text, why));
        }
        _ => text,
    };
    fit(field, plain, truncate)
        .and_then(|text| fit_bytes(field, text, truncate))
        .map(Value::String)
}

fn rule<'a>(field: &'a RemoteField, name: &str) -> Option<&'a [String]> {
    field
        .rules
        .iter()
        .find(|rule| rule.rule == name)
        .map(|rule| rule.arguments.as_slice())
}

/// A text of as many bytes as the field takes, cut between characters where that was asked for.
fn fit_bytes(field: &RemoteField, mut text: String, truncate: bool) -> Result<String, Failure> {
    let most = rule(field, BYTES).and_then(|arguments| arguments.first()?.parse::<usize>().ok());
    let Some(most) = most.filter(|most| text.len() > *most) else {
        return Ok(text);
    };
    if truncate {
        text.truncate(text.floor_char_boundary(most));
        return Ok(text);
    }
    let why = format!("has {} bytes, {most} are allowed", text.len());
    Err(refuse(field, Category::DataTooLong, &text, &why))
}

fn number(field: &RemoteField, text: &str) -> Result<Value, Failure> {
    let wrong = |why: &str| refuse(field, Category::DataFormatValidation, text, why);
    let bare = ungrouped(text);
    let bare = bare.trim_start_matches('+');
    let plain = !bare.is_empty()
        && bare
            .trim_start_matches('-')
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.');
    let value: f64 = bare
        .parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| wrong("is not a number"))?;
    let only_whole = rule(field, WHOLE_NUMBER).is_some();
    if only_whole && value.fract() != 0.0 {
        return Err(wrong("is not a whole number"));
    }
    let whole_part = bare.split_once('.').map_or(bare, |(whole, _)| whole);
    if only_whole {
        // Marketo's integers have 32 bits.
        return whole_part
            .parse::<i32>()
            .map(Value::from)
            .map_err(|_| wrong("is larger than the field holds"));
    }
    bare.parse::<i64>()
        .ok()
        .map(Value::from)
        .or_else(|| serde_json::Number::from_f64(value).map(Value::Number))
        .ok_or_else(|| wrong("is not a number"))
}

fn datetime(text: &str) -> Option<String> {
    let utc = |local: jiff::civil::DateTime| {
        local
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    let time = text
        .parse::<jiff::Timestamp>()
        .ok()
        .or_else(|| text.parse::<jiff::civil::DateTime>().ok().and_then(utc))
        .or_else(|| {
            let date = text.parse::<jiff::civil::Date>().ok()?;
            utc(date.at(0, 0, 0, 0))
        })?;
    Some(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Whether two values are one for Marketo.
pub(super) fn same(field: &RemoteField, left: &Value, right: &Value) -> bool {
    let (left, right) = (text_of(left), text_of(right));
    let (left, right) = (left.trim(), right.trim());
    if left == right {
        return true;
    }
    match field.kind {
        RemoteKind::Number => left
            .parse::<f64>()
            .ok()
            .zip(right.parse::<f64>().ok())
            .is_some_and(|(left, right)| left == right),
        RemoteKind::Email => email::key(left).is_some() && email::key(left) == email::key(right),
        // A new box is not ticked, rather than blank.
        RemoteKind::Boolean => truth(left).unwrap_or(false) == truth(right).unwrap_or(false),
        RemoteKind::Date => date(left).is_some() && date(left) == date(right),
        RemoteKind::Datetime => datetime(left).is_some() && datetime(left) == datetime(right),
        RemoteKind::Url => website_host(left).is_some() && trimmed_url(left) == trimmed_url(right),
        _ => left.replace("\r\n", "\n") == right.replace("\r\n", "\n"),
    }
}

/// Adds ours to theirs, on a line of its own in a text area. `None` where nothing would be added.
pub(super) fn join(field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
    let separator = match field.kind {
        RemoteKind::Longtext => "\n",
        RemoteKind::Text => "; ",
        _ => return (!same(field, theirs, ours)).then(|| ours.clone()),
    };
    let (held, added) = (text_of(theirs), text_of(ours));
    if held.replace("\r\n", "\n").contains(added.trim()) {
        return None;
    }
    Some(Value::String(format!(
        "{}{separator}{}",
        held.trim_end(),
        added.trim()
    )))
}

#[cfg(test)]
#[path = "encode_tests.rs"]
mod tests;
