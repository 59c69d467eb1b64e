//! Values of custom fields (fact sheet, section 8): below `custom_fields`, by the field's 40-digit code.

use serde_json::{Map, Value};

use super::account::Account;
use super::errors::{not_allowed, problem};
use super::field::Field;
use super::record::Entity;
use super::shape::{Shape, fault, object};

/// What is wrong with the values given; `prefix` is `custom_fields.` or nothing.
pub(super) fn check(
    account: &Account,
    entity: Entity,
    given: &Map<String, Value>,
    prefix: &str,
) -> Vec<String> {
    let mut problems = Vec::new();
    for (code, value) in given {
        let path = format!("{prefix}{code}");
        let field = account.field(entity.field_owner(), code);
        match field.filter(|field| field.custom) {
            None => problems.push(not_allowed(&path, code)),
            Some(_) if value.is_null() => {}
            Some(field) => problems.extend(value_fault(account, field, &path, value)),
        }
    }
    problems
}

fn value_fault(account: &Account, field: &Field, path: &str, value: &Value) -> Option<String> {
    let time = |name| {
        let parts = [("value", Shape::Clock), ("until", Shape::Clock)];
        object(path, value, &parts[..name], "value")
    };
    match field.kind.as_str() {
        "text" => fault(path, value, Shape::Text(65_000)),
        "double" => fault(path, value, Shape::Number),
        "int" => fault(path, value, Shape::Integer),
        "date" => fault(path, value, Shape::Date),
        "time" => time(1),
        "timerange" => time(2).or_else(|| until_missing(path, value)),
        "daterange" => {
            let parts = [("value", Shape::Date), ("until", Shape::Date)];
            object(path, value, &parts, "value").or_else(|| until_missing(path, value))
        }
        "monetary" => money_fault(path, value),
        "address" => fault(path, value, Shape::Address),
        "enum" => fault(path, value, Shape::Integer).or_else(|| choice_fault(field, path, value)),
        "set" => set_fault(field, path, value),
        "user" => reference_fault(path, value, |id| account.is_user(id)),
        "org" => reference_fault(path, value, |id| {
            account.live(Entity::Organization, id).is_some()
        }),
        "people" => reference_fault(path, value, |id| account.live(Entity::Person, id).is_some()),
        _ => fault(path, value, Shape::Text(255)),
    }
}

fn until_missing(path: &str, value: &Value) -> Option<String> {
    let missing = value.get("until").is_none();
    missing.then(|| problem(&format!("{path}.until"), "Required"))
}

/// Amount and currency are both needed.
pub(super) fn money_fault(path: &str, value: &Value) -> Option<String> {
    let parts = [("value", Shape::Number), ("currency", Shape::Text(3))];
    let wrong = object(path, value, &parts, "value");
    wrong.or_else(|| {
        let currency = value["currency"].as_str().unwrap_or_default();
        let good = currency.len() == 3 && currency.chars().all(|sign| sign.is_ascii_uppercase());
        (!good).then(|| problem(&format!("{path}.currency"), "Must be a currency code"))
    })
}

/// The text is made up; only the code of this error is known.
fn choice_fault(field: &Field, path: &str, value: &Value) -> Option<String> {
    let known = value.as_u64().and_then(|id| field.choice(id)).is_some();
    (!known).then(|| problem(path, &format!("Option '{value}' does not exist")))
}

fn set_fault(field: &Field, path: &str, value: &Value) -> Option<String> {
    let wrong = fault(path, value, Shape::Integers);
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    wrong
        .or_else(|| {
            let text = "Array must contain at least 1 item";
            items.is_empty().then(|| problem(path, text))
        })
        .or_else(|| {
            items
                .iter()
                .find_map(|item| choice_fault(field, path, item))
        })
}

fn reference_fault(path: &str, value: &Value, known: impl Fn(u64) -> bool) -> Option<String> {
    let wrong = fault(path, value, Shape::Integer);
    let missing = || !value.as_u64().is_some_and(&known);
    wrong.or_else(|| missing().then(|| problem(path, &format!("{value} does not exist"))))
}
