//! Conditions and whether a record meets them.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::Value;

use super::super::object::Record;
use super::super::org::Org;
use super::super::values::moment;
use super::tokens::{ANY_SIGN, ANY_TEXT};

/// A field, or a field of a parent; `steps` and `field` are known once it is bound to an object.
#[derive(Clone, Debug)]
pub(in super::super) struct Path {
    pub(super) text: String,
    /// Byte offset in the statement.
    pub(super) position: usize,
    /// The reference fields to follow, and the relationships as they are shown.
    pub(super) steps: Vec<(String, String)>,
    pub(super) field: String,
    pub(super) kind: String,
}

impl Path {
    pub(super) fn new(text: &str, position: usize) -> Self {
        Self {
            text: text.to_owned(),
            position,
            steps: Vec::new(),
            field: String::new(),
            kind: String::new(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
}

#[derive(Clone, Debug)]
pub(in super::super) enum Literal {
    Null,
    Bool(bool),
    Number(f64),
    Text {
        plain: String,
        pattern: String,
    },
    Date(String),
    /// Epoch milliseconds.
    Moment(i64),
}

#[derive(Clone, Debug)]
pub(in super::super) enum Condition {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Compare {
        path: Path,
        comparison: Comparison,
        value: Literal,
    },
    /// `keys` are the values in comparable form, made when the condition is bound.
    In {
        path: Path,
        negated: bool,
        values: Vec<Literal>,
        keys: HashSet<String>,
    },
}

/// The value at the end of a bound path.
pub(super) fn value<'a>(org: &'a Org, record: &'a Record, path: &Path) -> Option<&'a Value> {
    let mut record = record;
    for (reference, _) in &path.steps {
        record = org.record(record.text(reference)?)?;
    }
    record
        .values
        .get(&path.field)
        .filter(|value| !value.is_null())
}

/// A form in which equal values are equal: text without case, moments as numbers.
pub(super) fn literal_key(literal: &Literal) -> String {
    match literal {
        Literal::Null => "\u{0}".to_owned(),
        Literal::Bool(flag) => flag.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::Text { plain, .. } => plain.to_lowercase(),
        Literal::Date(date) => date.clone(),
        Literal::Moment(moment) => moment.to_string(),
    }
}

fn value_key(kind: &str, value: Option<&Value>) -> String {
    match value {
        None => "\u{0}".to_owned(),
        Some(Value::String(text)) if kind == "datetime" => {
            moment(text).map_or_else(String::new, |moment| moment.to_string())
        }
        Some(Value::String(text)) => text.to_lowercase(),
        Some(Value::Number(number)) => number.as_f64().unwrap_or(0.0).to_string(),
        Some(other) => other.to_string(),
    }
}

/// Whether a record meets a bound condition.
pub(in super::super) fn holds(org: &Org, condition: &Condition, record: &Record) -> bool {
    match condition {
        Condition::And(all) => all.iter().all(|part| holds(org, part, record)),
        Condition::Or(any) => any.iter().any(|part| holds(org, part, record)),
        Condition::Not(inner) => !holds(org, inner, record),
        Condition::In {
            path,
            negated,
            keys,
            ..
        } => keys.contains(&value_key(&path.kind, value(org, record, path))) != *negated,
        Condition::Compare {
            path,
            comparison,
            value: literal,
        } => compare(&path.kind, value(org, record, path), *comparison, literal),
    }
}

fn compare(kind: &str, value: Option<&Value>, comparison: Comparison, literal: &Literal) -> bool {
    let equal = || value_key(kind, value) == literal_key(literal);
    let order = || ordering(kind, value?, literal);
    match comparison {
        Comparison::Equal => equal(),
        Comparison::Unequal => !equal(),
        Comparison::Less => order() == Some(Ordering::Less),
        Comparison::Greater => order() == Some(Ordering::Greater),
        Comparison::LessOrEqual => order().is_some_and(Ordering::is_le),
        Comparison::GreaterOrEqual => order().is_some_and(Ordering::is_ge),
        Comparison::Like => match (value.and_then(Value::as_str), literal) {
            (Some(text), Literal::Text { pattern, .. }) => {
                let text: Vec<char> = text.to_lowercase().chars().collect();
                let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
                is_like(&text, &pattern)
            }
            _ => false,
        },
    }
}

fn ordering(kind: &str, value: &Value, literal: &Literal) -> Option<Ordering> {
    match (value, literal) {
        (Value::Number(number), Literal::Number(other)) => number.as_f64()?.partial_cmp(other),
        (Value::String(text), Literal::Moment(other)) => Some(moment(text)?.cmp(other)),
        (Value::String(text), Literal::Date(other)) if kind == "date" => Some(text.cmp(other)),
        (Value::String(text), Literal::Text { plain, .. }) => {
            Some(text.to_lowercase().cmp(&plain.to_lowercase()))
        }
        _ => None,
    }
}

fn is_like(text: &[char], pattern: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((&ANY_TEXT, rest)) => (0..=text.len()).any(|skipped| is_like(&text[skipped..], rest)),
        Some((&sign, rest)) => match text.split_first() {
            Some((first, others)) => (sign == ANY_SIGN || sign == *first) && is_like(others, rest),
            None => false,
        },
    }
}
