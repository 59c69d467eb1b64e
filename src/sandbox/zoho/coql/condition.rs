//! What stands after `where`, and whether a value fits it. Texts are compared without regard to case.

use std::cmp::Ordering;
use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::Value;

#[derive(Debug)]
pub(super) enum Condition {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Is(Comparison),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Between,
    Like,
    NotLike,
    In,
    NotIn,
    IsNull,
    IsNotNull,
}

#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) column: String,
    pub(super) operator: Operator,
    pub(super) values: Vec<Value>,
    /// The values of `in`, for many rows.
    keys: HashSet<String>,
}

impl Comparison {
    pub(super) fn new(column: String, operator: Operator, values: Vec<Value>) -> Self {
        let keys = values.iter().map(key).collect();
        Self {
            column,
            operator,
            values,
            keys,
        }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.operator, Operator::In | Operator::NotIn)
    }

    /// Null fits only where null is asked for, and where something is asked not to be.
    pub(super) fn fits(&self, value: &Value) -> bool {
        let order = |place: usize| {
            self.values
                .get(place)
                .and_then(|other| compare(value, other))
        };
        match self.operator {
            Operator::IsNull => value.is_null(),
            Operator::IsNotNull => !value.is_null(),
            Operator::Equal | Operator::In => any(value, |value| self.keys.contains(&key(value))),
            Operator::NotEqual | Operator::NotIn => {
                !any(value, |value| self.keys.contains(&key(value)))
            }
            Operator::Greater => order(0) == Some(Ordering::Greater),
            Operator::GreaterOrEqual => order(0).is_some_and(Ordering::is_ge),
            Operator::Less => order(0) == Some(Ordering::Less),
            Operator::LessOrEqual => order(0).is_some_and(Ordering::is_le),
            Operator::Between => {
                order(0).is_some_and(Ordering::is_ge) && order(1).is_some_and(Ordering::is_le)
            }
            Operator::Like => self.is_like(value),
            Operator::NotLike => !self.is_like(value),
        }
    }

    /// `%` stands for any text at either end.
    fn is_like(&self, value: &Value) -> bool {
        let (Some(text), Some(Value::String(pattern))) = (value.as_str(), self.values.first())
        else {
            return false;
        };
        let (text, pattern) = (text.to_lowercase(), pattern.to_lowercase());
        let (starts, ends) = (pattern.starts_with('%'), pattern.ends_with('%'));
        let core = pattern.trim_matches('%');
        match (starts, ends) {
            (true, true) => text.contains(core),
            (true, false) => text.ends_with(core),
            (false, true) => text.starts_with(core),
            (false, false) => text == core,
        }
    }
}

/// A multi-select fits when one of its options does.
fn any(value: &Value, fits: impl Fn(&Value) -> bool) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => values.iter().any(fits),
        value => fits(value),
    }
}

fn key(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_lowercase(),
        Value::Number(number) => number
            .as_f64()
            .map_or_else(|| number.to_string(), |number| number.to_string()),
        other => other.to_string(),
    }
}

/// Moments by time, numbers by size, texts by alphabet; other pairs have no order.
pub(super) fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        (Value::String(one), Value::String(other)) => {
            let moments = (one.parse::<Timestamp>(), other.parse::<Timestamp>());
            if let (Ok(one), Ok(other)) = moments {
                return Some(one.cmp(&other));
            }
            Some(one.to_lowercase().cmp(&other.to_lowercase()))
        }
        _ => None,
    }
}
