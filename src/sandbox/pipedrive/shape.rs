//! What the bodies of version 2 may hold: unknown keys and wrong types are refused.
//!
//! Members and types are the OpenAPI description's. Of the texts only the one for unknown keys is documented.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde_json::{Map, Value};

use super::errors::{not_allowed, problem};
use super::field::{ADDRESS_PARTS, CONTACT_SYNC};
use super::record::Entity;

#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// At most so many characters.
    Text(usize),
    Integer,
    Number,
    Boolean,
    Date,
    /// `HH:MM` or `HH:MM:SS`.
    Clock,
    /// RFC 3339 without fractions of a second.
    Moment,
    Integers,
    /// E-mail addresses, phone numbers, messenger names.
    Channels,
    Address,
    Participants,
    /// Not looked into here.
    Objects,
    Object,
}

pub(super) struct Member {
    pub(super) name: &'static str,
    shape: Shape,
    nullable: bool,
}

const fn of(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        nullable: false,
    }
}

const fn or_null(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        nullable: true,
    }
}

const NAME: Shape = Shape::Text(255);

const PERSON: &[Member] = &[
    of("name", NAME),
    of("owner_id", Shape::Integer),
    of("org_id", Shape::Integer),
    of("add_time", Shape::Moment),
    of("emails", Shape::Channels),
    of("phones", Shape::Channels),
    of("visible_to", Shape::Integer),
    of("label_ids", Shape::Integers),
    of("postal_address", Shape::Address),
    of("notes", Shape::Text(10_000)),
    of("im", Shape::Channels),
    of("birthday", Shape::Date),
    of("job_title", NAME),
    of("custom_fields", Shape::Object),
];

const ORGANIZATION: &[Member] = &[
    of("name", NAME),
    of("owner_id", Shape::Integer),
    of("add_time", Shape::Moment),
    of("visible_to", Shape::Integer),
    of("label_ids", Shape::Integers),
    of("address", Shape::Address),
    or_null("website", NAME),
    or_null("linkedin", NAME),
    or_null("industry", Shape::Integer),
    or_null("annual_revenue", Shape::Integer),
    or_null("employee_count", Shape::Integer),
    of("custom_fields", Shape::Object),
];

const DEAL: &[Member] = &[
    of("title", NAME),
    of("owner_id", Shape::Integer),
    of("person_id", Shape::Integer),
    of("org_id", Shape::Integer),
    of("pipeline_id", Shape::Integer),
    of("stage_id", Shape::Integer),
    of("value", Shape::Number),
    of("currency", Shape::Text(3)),
    of("is_deleted", Shape::Boolean),
    of("is_archived", Shape::Boolean),
    of("archive_time", Shape::Text(30)),
    of("status", Shape::Text(10)),
    or_null("probability", Shape::Number),
    or_null("lost_reason", Shape::Text(150)),
    of("visible_to", Shape::Integer),
    or_null("close_time", Shape::Moment),
    of("won_time", Shape::Moment),
    of("lost_time", Shape::Moment),
    of("expected_close_date", Shape::Date),
    of("label_ids", Shape::Integers),
    of("custom_fields", Shape::Object),
];

/// Without `person_id`, which follows from the participants.
const ACTIVITY: &[Member] = &[
    of("subject", NAME),
    of("type", Shape::Text(50)),
    of("owner_id", Shape::Integer),
    of("deal_id", Shape::Integer),
    of("lead_id", Shape::Text(36)),
    of("org_id", Shape::Integer),
    of("project_id", Shape::Integer),
    of("due_date", Shape::Date),
    of("due_time", Shape::Clock),
    of("duration", Shape::Clock),
    of("busy", Shape::Boolean),
    of("done", Shape::Boolean),
    of("location", Shape::Address),
    of("participants", Shape::Participants),
    of("attendees", Shape::Objects),
    of("public_description", Shape::Text(65_000)),
    of("priority", Shape::Integer),
    of("note", Shape::Text(65_000)),
];

pub(super) fn members(entity: Entity) -> &'static [Member] {
    match entity {
        Entity::Person => PERSON,
        Entity::Organization => ORGANIZATION,
        Entity::Deal => DEAL,
        _ => ACTIVITY,
    }
}

pub(super) fn is_contact_sync(name: &str) -> bool {
    CONTACT_SYNC.iter().any(|(_, code, _)| *code == name)
}

/// What is wrong with the keys and types of a body. A record keeps the time it was made at.
pub(super) fn check(entity: Entity, body: &Map<String, Value>, changes: bool) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, value) in body {
        let member = members(entity).iter().find(|member| member.name == name);
        match member.filter(|member| !changes || member.name != "add_time") {
            None => problems.push(not_allowed(name, name)),
            Some(member) if value.is_null() && member.nullable => {}
            Some(member) => problems.extend(fault(name, value, member.shape)),
        }
    }
    problems
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn expected(path: &str, what: &str, value: &Value) -> Option<String> {
    let text = format!("Expected {what}, received {}", type_name(value));
    Some(problem(path, &text))
}

/// What is wrong with one value.
pub(super) fn fault(path: &str, value: &Value, shape: Shape) -> Option<String> {
    match shape {
        Shape::Text(most) => text_fault(path, value, most),
        Shape::Integer if !is_integer(value) => expected(path, "integer", value),
        Shape::Number if !value.is_number() => expected(path, "number", value),
        Shape::Boolean if !value.is_boolean() => expected(path, "boolean", value),
        Shape::Object if !value.is_object() => expected(path, "object", value),
        Shape::Integer | Shape::Number | Shape::Boolean | Shape::Object => None,
        Shape::Date => format_fault(path, value, "a date (YYYY-MM-DD)", is_date),
        Shape::Clock => format_fault(path, value, "a time (HH:MM:SS)", is_clock),
        Shape::Moment => format_fault(path, value, "an RFC 3339 date and time", is_moment),
        Shape::Integers => list(path, value, |path, item| fault(path, item, Shape::Integer)),
        Shape::Objects => list(path, value, |path, item| fault(path, item, Shape::Object)),
        Shape::Channels => list(path, value, |path, item| {
            let parts = [
                ("value", NAME),
                ("primary", Shape::Boolean),
                ("label", NAME),
            ];
            object(path, item, &parts, "value")
        }),
        Shape::Participants => list(path, value, |path, item| {
            let parts = [("person_id", Shape::Integer), ("primary", Shape::Boolean)];
            object(path, item, &parts, "person_id")
        }),
        Shape::Address => {
            let parts = ADDRESS_PARTS.iter().map(|part| (*part, NAME));
            let parts: Vec<_> = parts.chain([("value", NAME)]).collect();
            object(path, value, &parts, "value")
        }
    }
}

fn text_fault(path: &str, value: &Value, most: usize) -> Option<String> {
    let Some(text) = value.as_str() else {
        return expected(path, "string", value);
    };
    let long = text.chars().count() > most;
    long.then(|| problem(path, &format!("Must be at most {most} characters long")))
}

fn is_integer(value: &Value) -> bool {
    value.is_i64() || value.is_u64()
}

fn format_fault(path: &str, value: &Value, what: &str, fits: fn(&str) -> bool) -> Option<String> {
    let Some(text) = value.as_str() else {
        return expected(path, "string", value);
    };
    (!fits(text)).then(|| problem(path, &format!("Must be {what}")))
}

pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

pub(super) fn is_clock(text: &str) -> bool {
    matches!(text.len(), 5 | 8) && text.parse::<Time>().is_ok()
}

/// Milliseconds are refused (fact sheet, section 1).
pub(super) fn is_moment(text: &str) -> bool {
    seconds(text).is_some()
}

/// Seconds since 1970 of an RFC 3339 time without fractions.
pub(super) fn seconds(text: &str) -> Option<i64> {
    if text.contains('.') || !text.contains('T') {
        return None;
    }
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

fn list(
    path: &str,
    value: &Value,
    check: impl Fn(&str, &Value) -> Option<String>,
) -> Option<String> {
    let Some(items) = value.as_array() else {
        return expected(path, "array", value);
    };
    let mut items = items.iter().enumerate();
    items.find_map(|(position, item)| check(&format!("{path}.{position}"), item))
}

/// An object with no other parts than these, `needed` among them.
pub(super) fn object(
    path: &str,
    value: &Value,
    parts: &[(&str, Shape)],
    needed: &str,
) -> Option<String> {
    let Some(given) = value.as_object() else {
        return expected(path, "object", value);
    };
    if !given.contains_key(needed) {
        return Some(problem(&format!("{path}.{needed}"), "Required"));
    }
    given.iter().find_map(|(name, value)| {
        let path = format!("{path}.{name}");
        match parts.iter().find(|(part, _)| part == name) {
            None => Some(not_allowed(&path, name)),
            Some((_, shape)) => fault(&path, value, *shape),
        }
    })
}
