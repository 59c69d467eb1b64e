//! Values in Pipedrive's form: what is sent, what would be refused, when two are the same.
//!
//! JSON types are strict in v2. Lists take the ids of their options. Addresses and numbers of people are lists of their
//! own, replaced as a whole by every update, so ours go among theirs and nothing of theirs is ever dropped.

use serde_json::{Value, json};

use super::api::{number_or_text, text_of};
use super::fields::Form;
use crate::domain::category::Category;
use crate::domain::company::website_host;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::domain::remote::{RemoteField, RemoteKind};
use crate::vendors::forms::{date, fit, option_of, refuse, trimmed_url, truth, ungrouped};
use crate::vendors::{RemoteRecord, Values};

/// Puts a value into Pipedrive's form, or tells what Pipedrive would refuse, or take although it is wrong.
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
    let wrong = |why: &str| refuse(field, Category::DataFormatValidation, &text, why);
    match (Form::of(field), field.kind) {
        (Some(Form::Contacts), _) => contacts(field, parts, truncate),
        (Some(Form::Address), _) => Ok(json!({"value": text})),
        (Some(Form::Money), _) => {
            money(&text).ok_or_else(|| wrong("is no amount with a currency (write 1200 EUR)"))
        }
        (form, RemoteKind::Number) => {
            let number = number(&text).ok_or_else(|| wrong("is not a number"))?;
            if form == Some(Form::Whole) && !number.is_i64() {
                return Err(wrong("is not a whole number"));
            }
            Ok(number)
        }
        (_, RemoteKind::Boolean) => truth(&text)
            .map(Value::Bool)
            .ok_or_else(|| wrong("is neither true nor false")),
        (_, RemoteKind::Date) => date(&text)
            .map(Value::String)
            .ok_or_else(|| wrong("is not a date (YYYY-MM-DD)")),
        (_, RemoteKind::One) => option(field, &text).map(|option| number_or_text(&option)),
        (_, RemoteKind::Many) => many(field, parts),
        (_, RemoteKind::User) => user(field, &text),
        (_, RemoteKind::Reference) => {
            let why = "cannot be filled: it links to another record, or Pipedrive fills it";
            Err(refuse(field, Category::MissingRemoteField, &text, why))
        }
        _ => fit(field, text, truncate).map(Value::String),
    }
}

/// Pipedrive itself checks no address's form, so it is checked here.
fn contacts(field: &RemoteField, parts: &[String], truncate: bool) -> Result<Value, Failure> {
    let mut entries: Vec<Value> = Vec::new();
    let texts = parts
        .iter()
        .flat_map(|part| part.split(';'))
        .map(str::trim)
        .filter(|part| !part.is_empty());
    for text in texts {
        if field.kind == RemoteKind::Email && !email::is_valid(text) {
            let why = "is not an e-mail address";
            return Err(refuse(field, Category::DataFormatValidation, text, why));
        }
        let value = fit(field, text.to_owned(), truncate)?;
        let label = if field.name == "im" { "other" } else { "work" };
        let key = contact_key(field.kind, &value);
        if !entries
            .iter()
            .any(|known| contact_key(field.kind, &text_of(known)) == key)
        {
            entries.push(json!({"value": value, "primary": entries.is_empty(), "label": label}));
        }
    }
    Ok(entries.into())
}

/// What two spellings of an address, or of a number, share.
fn contact_key(kind: RemoteKind, text: &str) -> String {
    let plain = || text.trim().to_lowercase();
    match kind {
        RemoteKind::Email => email::key(text).unwrap_or_else(plain),
        RemoteKind::Phone => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let digits = digits.strip_prefix("00").unwrap_or(&digits);
            if digits.is_empty() {
                plain()
            } else {
                digits.to_owned()
            }
        }
        _ => plain(),
    }
}

/// Entries, the primary one first.
fn entries(value: &Value) -> Vec<Value> {
    let mut entries: Vec<Value> = match value {
        Value::Array(entries) => entries.clone(),
        Value::Null => Vec::new(),
        single => vec![single.clone()],
    };
    entries.retain(|entry| !text_of(entry).trim().is_empty());
    entries.sort_by_key(|entry| entry["primary"] != Value::Bool(true));
    entries
}

fn contact_keys(kind: RemoteKind, value: &Value) -> Vec<String> {
    entries(value)
        .iter()
        .map(|entry| contact_key(kind, &text_of(entry)))
        .collect()
}

/// Puts `others` behind `first`: every entry once, the first one primary. What Pipedrive knows of an entry stays with it.
pub(super) fn together(kind: RemoteKind, first: &Value, others: &Value) -> Value {
    let mut all: Vec<Value> = Vec::new();
    let known = entries(others);
    for entry in entries(first).iter().chain(&known) {
        let key = contact_key(kind, &text_of(entry));
        if all
            .iter()
            .any(|taken| contact_key(kind, &text_of(taken)) == key)
        {
            continue;
        }
        let theirs = known
            .iter()
            .find(|theirs| contact_key(kind, &text_of(theirs)) == key);
        let mut entry = match theirs.unwrap_or(entry) {
            Value::Object(entry) => Value::Object(entry.clone()),
            plain => json!({"value": text_of(plain)}),
        };
        entry["primary"] = Value::Bool(all.is_empty());
        all.push(entry);
    }
    all.into()
}

/// Before lists of a record that is there are replaced: theirs stay, behind ours. Nothing is sent where nothing changes.
pub(super) fn keep_theirs(before: &RemoteRecord, values: &mut Values) {
    for (name, kind) in [
        ("emails", RemoteKind::Email),
        ("phones", RemoteKind::Phone),
        ("im", RemoteKind::Text),
    ] {
        let (Some(ours), Some(theirs)) = (values.get(name), before.values.get(name)) else {
            continue;
        };
        let all = together(kind, ours, theirs);
        if contact_keys(kind, &all) == contact_keys(kind, theirs) {
            values.remove(name);
        } else {
            values.insert(name.to_owned(), all);
        }
    }
}

fn money(text: &str) -> Option<Value> {
    let is_currency =
        |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (left, right) = text.trim().split_once(char::is_whitespace)?;
    let (left, right) = (left.trim(), right.trim());
    let (currency, amount) = match is_currency(left) {
        true => (left, right),
        false => (right, left),
    };
    let value = number(amount).filter(|_| is_currency(currency))?;
    Some(json!({"value": value, "currency": currency.to_uppercase()}))
}

fn number(text: &str) -> Option<Value> {
    let bare = ungrouped(text.trim());
    let bare = bare.trim_start_matches('+');
    let is_plain = !bare.is_empty()
        && bare
            .trim_start_matches('-')
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.');
    let value: f64 = bare.parse().ok().filter(|_| is_plain)?;
    if let Ok(whole) = bare.parse::<i64>() {
        return Some(whole.into());
    }
    serde_json::Number::from_f64(value).map(Value::Number)
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
        .map(|option| option.label.as_str())
        .collect();
    let more = if options.len() > 8 { ", …" } else { "" };
    let why = format!("is not one of its options ({}{more})", named.join(", "));
    Err(refuse(field, Category::DataValueValidation, text, &why))
}

fn many(field: &RemoteField, parts: &[String]) -> Result<Value, Failure> {
    let mut values: Vec<Value> = Vec::new();
    let texts = parts
        .iter()
        .flat_map(|part| part.split(';'))
        .map(str::trim)
        .filter(|part| !part.is_empty());
    for text in texts {
        let value = number_or_text(&option(field, text)?);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(values.into())
}

/// A user by address or id.
fn user(field: &RemoteField, text: &str) -> Result<Value, Failure> {
    let Some(users) = &field.options else {
        return Ok(number_or_text(text.trim()));
    };
    let wanted = email::key(text);
    users
        .iter()
        .find(|user| {
            user.value == text.trim() || wanted.is_some() && email::key(&user.label) == wanted
        })
        .map(|user| number_or_text(&user.value))
        .ok_or_else(|| {
            let why = "is no active user of this company";
            refuse(field, Category::DataValueValidation, text, why)
        })
}

/// Whether theirs is ours for Pipedrive; of addresses and numbers, whether theirs begins with our first and holds the rest.
pub(super) fn same(field: &RemoteField, theirs: &Value, ours: &Value) -> bool {
    match Form::of(field) {
        Some(Form::Contacts) => {
            let (theirs, ours) = (
                contact_keys(field.kind, theirs),
                contact_keys(field.kind, ours),
            );
            return theirs.first() == ours.first() && ours.iter().all(|key| theirs.contains(key));
        }
        Some(Form::Money) => {
            let currency = |value: &Value| text_of(&value["currency"]).to_uppercase();
            let amount = |value: &Value| text_of(value).parse::<f64>().ok();
            return currency(theirs) == currency(ours) && amount(theirs) == amount(ours);
        }
        _ => {}
    }
    if field.kind == RemoteKind::Many {
        let (mut theirs, mut ours) = (list(field, theirs), list(field, ours));
        theirs.sort_unstable();
        ours.sort_unstable();
        return theirs == ours;
    }
    let (left, right) = (text_of(theirs), text_of(ours));
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
        RemoteKind::Boolean => truth(left).is_some() && truth(left) == truth(right),
        RemoteKind::One => meant(field, left) == meant(field, right),
        RemoteKind::Date => date(left).is_some() && date(left) == date(right),
        RemoteKind::Phone => contact_key(field.kind, left) == contact_key(field.kind, right),
        RemoteKind::Url => website_host(left).is_some() && trimmed_url(left) == trimmed_url(right),
        _ => left.replace("\r\n", "\n") == right.replace("\r\n", "\n"),
    }
}

/// The id of the option a text is the id or the label of.
fn meant(field: &RemoteField, text: &str) -> String {
    field
        .options
        .as_deref()
        .and_then(|options| option_of(options, text))
        .map_or_else(|| text.to_owned(), |option| option.value.clone())
}

/// The ids of several options.
fn list(field: &RemoteField, value: &Value) -> Vec<String> {
    let texts: Vec<String> = match value {
        Value::Array(values) => values.iter().map(text_of).collect(),
        other => text_of(other)
            .split([';', ','])
            .map(str::to_owned)
            .collect(),
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

/// Adds ours to theirs: addresses, numbers and options as a union, text on a line of its own. `None` where nothing would be
/// added.
pub(super) fn join(field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
    if Form::of(field) == Some(Form::Contacts) {
        let held = contact_keys(field.kind, theirs);
        let adds = contact_keys(field.kind, ours)
            .iter()
            .any(|key| !held.contains(key));
        return adds.then(|| together(field.kind, theirs, ours));
    }
    match field.kind {
        RemoteKind::Many => {
            let mut all = list(field, theirs);
            let held = all.len();
            for value in list(field, ours) {
                if !all.contains(&value) {
                    all.push(value);
                }
            }
            let sent: Vec<Value> = all.iter().map(|value| number_or_text(value)).collect();
            (sent.len() > held).then(|| sent.into())
        }
        RemoteKind::Text | RemoteKind::Longtext if Form::of(field).is_none() => {
            let (held, added) = (text_of(theirs), text_of(ours));
            if held.replace("\r\n", "\n").contains(added.trim()) {
                return None;
            }
            let separator = match field.kind {
                RemoteKind::Longtext => "\n",
                _ => "; ",
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
