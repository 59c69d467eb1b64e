//! Values in Salesforce's form: what is sent, what would be refused, when two are the same.
//!
//! JSON types matter: a text in a number field refuses the whole request, so numbers and booleans are sent as such. Lengths
//! count characters. Several options are joined with `;`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::api::{short_id, text_of, time_of};
use super::fields::{OPEN_LIST, WHOLE_DIGITS, WHOLE_NUMBER};
use crate::domain::category::Category;
use crate::domain::company::website_host;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::domain::remote::{RemoteField, RemoteKind, RemoteOption};
use crate::vendors::forms::{date, fit, option_of, refuse, trimmed_url, truth, ungrouped};

/// Puts a value into Salesforce's form, or tells what Salesforce would refuse.
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
        RemoteKind::Date => date(&text).ok_or_else(|| form("is not a date (YYYY-MM-DD)"))?,
        RemoteKind::Datetime => {
            datetime(&text).ok_or_else(|| form("is not a point in time (ISO 8601)"))?
        }
        RemoteKind::One => option(field, &text)?,
        RemoteKind::Many => many(field, parts)?,
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
    let plain = !bare.is_empty()
        && bare
            .trim_start_matches(['-', '+'])
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.');
    let value: f64 = bare
        .parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| wrong("is not a number"))?;
    if rule(field, WHOLE_NUMBER).is_some() && value.fract() != 0.0 {
        return Err(wrong("is not a whole number"));
    }
    let most = rule(field, WHOLE_DIGITS).and_then(|arguments| arguments.first()?.parse().ok());
    let digits = format!("{:.0}", value.trunc().abs()).len();
    if most.is_some_and(|most: usize| digits > most) {
        return Err(wrong("has more digits than the field holds"));
    }
    let whole = bare.trim_start_matches('+').parse::<i64>().ok();
    whole
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
    let time = time_of(text)
        .or_else(|| text.parse::<jiff::civil::DateTime>().ok().and_then(utc))
        .or_else(|| {
            let date = text.parse::<jiff::civil::Date>().ok()?;
            utc(date.at(0, 0, 0, 0))
        })?;
    // Seconds are kept, fractions are not.
    Some(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn option(field: &RemoteField, text: &str) -> Result<String, Failure> {
    let Some(options) = &field.options else {
        return Ok(text.to_owned());
    };
    match option_of(options, text) {
        Some(option) => Ok(option.value.clone()),
        None if rule(field, OPEN_LIST).is_some() => Ok(text.to_owned()),
        None => {
            let named: Vec<&str> = options
                .iter()
                .take(8)
                .map(|option| option.value.as_str())
                .collect();
            let more = if options.len() > 8 { ", …" } else { "" };
            let why = format!("is not one of its options ({}{more})", named.join(", "));
            Err(refuse(field, Category::DataValueValidation, text, &why))
        }
    }
}

fn many(field: &RemoteField, parts: &[String]) -> Result<String, Failure> {
    let mut values = Vec::new();
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
    Ok(values.join(";"))
}

/// A user by address or id, a queue by its name.
fn user(field: &RemoteField, text: &str) -> Result<String, Failure> {
    let Some(users) = &field.options else {
        return Ok(text.to_owned());
    };
    let wanted = email::key(text);
    let is_meant = |user: &&RemoteOption| {
        short_id(&user.value) == short_id(text)
            || wanted.is_some() && email::key(&user.label) == wanted
            || user.label.trim().eq_ignore_ascii_case(text.trim())
    };
    users
        .iter()
        .find(is_meant)
        .map(|user| user.value.clone())
        .ok_or_else(|| {
            let why = "is no active user or queue of this org";
            refuse(field, Category::DataValueValidation, text, why)
        })
}

/// Whether two values are one for Salesforce.
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
        // Stored in lower case, whatever was sent.
        RemoteKind::Email => email::key(left).is_some() && email::key(left) == email::key(right),
        // A new checkbox is false, not blank.
        RemoteKind::Boolean => truth(left).unwrap_or(false) == truth(right).unwrap_or(false),
        RemoteKind::Many => set(left) == set(right),
        RemoteKind::Date => date(left).is_some() && date(left) == date(right),
        RemoteKind::Datetime => datetime(left).is_some() && datetime(left) == datetime(right),
        RemoteKind::User | RemoteKind::Reference => {
            short_id(left) == short_id(right) && !left.is_empty()
        }
        RemoteKind::One if field.name == "RecordTypeId" => short_id(left) == short_id(right),
        RemoteKind::Url if field.name == "Website" => {
            website_host(left).is_some() && trimmed_url(left) == trimmed_url(right)
        }
        _ => left.replace("\r\n", "\n") == right.replace("\r\n", "\n"),
    }
}

fn set(text: &str) -> BTreeSet<&str> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Adds ours to theirs: options as a union, text on a line of its own. `None` where nothing would be added.
pub(super) fn join(field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
    let (held, added) = (text_of(theirs), text_of(ours));
    match field.kind {
        RemoteKind::Many => {
            let known = set(&held);
            let new: Vec<&str> = added
                .split(';')
                .map(str::trim)
                .filter(|part| !part.is_empty() && !known.contains(part))
                .collect();
            let all = held
                .split(';')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .chain(new.iter().copied());
            (!new.is_empty()).then(|| Value::String(all.collect::<Vec<_>>().join(";")))
        }
        RemoteKind::Text | RemoteKind::Longtext => {
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
