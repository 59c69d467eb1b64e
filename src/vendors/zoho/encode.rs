//! Values in Zoho's form: what is sent, what would be refused, when two are the same.
//!
//! JSON types matter: the field's metadata tells text from number from list. Picklists are closed. A record of its own (a
//! user, an account) is an id here; the request puts it into its `{"id": …}`.

use serde_json::Value;

use super::api::{moment, text_of};
use super::fields::{AS_TEXT, WHOLE_DIGITS, WHOLE_NUMBER};
use crate::domain::category::Category;
use crate::domain::company::website_host;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::domain::remote::{RemoteField, RemoteKind};
use crate::vendors::forms::{date, fit, option_of, refuse, trimmed_url, truth, ungrouped};

/// Puts a value into Zoho's form, or tells what Zoho would refuse.
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
        RemoteKind::Many => return many(field, parts),
        RemoteKind::Email if !email::is_valid(&text) => {
            return Err(form("is not an e-mail address"));
        }
        RemoteKind::Date => date(&text).ok_or_else(|| form("is not a date (YYYY-MM-DD)"))?,
        RemoteKind::Datetime => {
            datetime(&text).ok_or_else(|| form("is not a point in time (ISO 8601)"))?
        }
        RemoteKind::One => option(field, &text)?,
        RemoteKind::User => user(field, &text)?,
        RemoteKind::Reference => {
            let why = "cannot be filled: it links to another record, or is made of other fields";
            return Err(refuse(field, Category::MissingRemoteField, &text, why));
        }
        RemoteKind::Email
        | RemoteKind::Text
        | RemoteKind::Longtext
        | RemoteKind::Phone
        | RemoteKind::Url => text,
    };
    fit(field, plain, truncate).map(Value::String)
}

fn rule<'a>(field: &'a RemoteField, name: &str) -> Option<&'a [String]> {
    field
        .rules
        .iter()
        .find(|rule| rule.rule == name)
        .map(|rule| rule.arguments.as_slice())
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
    let digits = whole_part
        .trim_start_matches('-')
        .trim_start_matches('0')
        .len();
    let most = rule(field, WHOLE_DIGITS).and_then(|arguments| arguments.first()?.parse().ok());
    if most.is_some_and(|most: usize| digits > most) {
        return Err(wrong("has more digits than the field holds"));
    }
    let sent = if only_whole { whole_part } else { bare };
    if rule(field, AS_TEXT).is_some() {
        return Ok(Value::String(sent.to_owned()));
    }
    sent.parse::<i64>()
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
    Some(moment(time))
}

fn option(field: &RemoteField, text: &str) -> Result<String, Failure> {
    let Some(options) = &field.options else {
        return Ok(text.to_owned());
    };
    if let Some(option) = option_of(options, text) {
        return Ok(option.value.clone());
    }
    let named: Vec<&str> = options
        .iter()
        .take(8)
        .map(|option| option.value.as_str())
        .collect();
    let more = if options.len() > 8 { ", …" } else { "" };
    let why = format!("is not one of its options ({}{more})", named.join(", "));
    Err(refuse(field, Category::DataValueValidation, text, &why))
}

fn many(field: &RemoteField, parts: &[String]) -> Result<Value, Failure> {
    let mut values: Vec<String> = Vec::new();
    let texts = parts
        .iter()
        .flat_map(|part| part.split(';'))
        .map(str::trim)
        .filter(|part| !part.is_empty());
    for part in texts {
        let value = option(field, part)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(values.into())
}

/// A user by address or id.
fn user(field: &RemoteField, text: &str) -> Result<String, Failure> {
    let Some(users) = &field.options else {
        return Ok(text.to_owned());
    };
    let wanted = email::key(text);
    users
        .iter()
        .find(|user| {
            user.value == text.trim() || wanted.is_some() && email::key(&user.label) == wanted
        })
        .map(|user| user.value.clone())
        .ok_or_else(|| {
            let why = "is no active user of this organization";
            refuse(field, Category::DataValueValidation, text, why)
        })
}

/// Whether two values are one for Zoho.
pub(super) fn same(field: &RemoteField, left: &Value, right: &Value) -> bool {
    if field.kind == RemoteKind::Many {
        let (mut left, mut right) = (list(field, left), list(field, right));
        left.sort_unstable();
        right.sort_unstable();
        return left == right;
    }
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
        // A new checkbox is false, not blank.
        RemoteKind::Boolean => truth(left).unwrap_or(false) == truth(right).unwrap_or(false),
        RemoteKind::One => meant(field, left) == meant(field, right),
        RemoteKind::Date => date(left).is_some() && date(left) == date(right),
        RemoteKind::Datetime => datetime(left).is_some() && datetime(left) == datetime(right),
        RemoteKind::Url => website_host(left).is_some() && trimmed_url(left) == trimmed_url(right),
        _ => left.replace("\r\n", "\n") == right.replace("\r\n", "\n"),
    }
}

/// The value of the option a text is the value or the label of.
fn meant(field: &RemoteField, text: &str) -> String {
    field
        .options
        .as_deref()
        .and_then(|options| option_of(options, text))
        .map_or_else(|| text.to_owned(), |option| option.value.clone())
}

/// Several options, as a list or as one text.
fn list(field: &RemoteField, value: &Value) -> Vec<String> {
    let texts: Vec<String> = match value {
        Value::Array(values) => values.iter().map(text_of).collect(),
        other => text_of(other).split(';').map(str::to_owned).collect(),
    };
    let mut values = Vec::new();
    for text in texts.iter().map(|text| text.trim()) {
        let value = meant(field, text);
        if !text.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Adds ours to theirs: options as a union, text on a line of its own. `None` where nothing would be added.
pub(super) fn join(field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
    match field.kind {
        RemoteKind::Many => {
            let mut all = list(field, theirs);
            let held = all.len();
            let added = list(field, ours);
            all.extend(
                added
                    .into_iter()
                    .filter(|value| !all.contains(value))
                    .collect::<Vec<_>>(),
            );
            (all.len() > held).then(|| all.into())
        }
        RemoteKind::Text | RemoteKind::Longtext => {
            let (held, added) = (text_of(theirs), text_of(ours));
            if held.replace("\r\n", "\n").contains(added.trim()) {
                return None;
            }
            let separator = if field.kind == RemoteKind::Longtext {
                "\n"
            } else {
                "; "
            };
            let joined = format!("{}{separator}{}", held.trim_end(), added.trim());
            Some(Value::String(joined))
        }
        _ => (!same(field, theirs, ours)).then(|| ours.clone()),
    }
}

#[cfg(test)]
#[path = "encode_tests.rs"]
mod tests;
