//! One filter of a search.

use std::cmp::Ordering;

use serde_json::Value;

use super::errors::ApiError;
use super::table::{ObjectTable, Record, search_values};
use super::values::parse_instant;

pub(super) struct Filter {
    property: String,
    is_text: bool,
    operator: Operator,
}

enum Operator {
    Equal(String),
    NotEqual(String),
    Less(String),
    LessOrEqual(String),
    Greater(String),
    GreaterOrEqual(String),
    Between(String, String),
    In(Vec<String>),
    NotIn(Vec<String>),
    HasProperty,
    NotHasProperty,
    ContainsToken(String),
    NotContainsToken(String),
}

impl Filter {
    pub(super) fn parse(table: &ObjectTable, body: &Value) -> Result<Self, Box<ApiError>> {
        let property = body["propertyName"].as_str().unwrap_or_default().to_owned();
        let Some(definition) = table.definition(&property) else {
            return Err(ApiError::validation(format!(
                "There was a problem with the request: property {property} does not exist"
            )));
        };
        let text = |name: &str| match &body[name] {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(flag) => Ok(flag.to_string()),
            _ => Err(ApiError::bad_shape(&format!(
                "filter on {property}: `{name}` is missing"
            ))),
        };
        let list = || {
            let values = body["values"]
                .as_array()
                .filter(|values| !values.is_empty());
            let values = values.ok_or_else(|| {
                ApiError::bad_shape(&format!("filter on {property}: `values` is missing"))
            })?;
            Ok::<_, Box<ApiError>>(values.iter().map(plain_text).collect::<Vec<_>>())
        };
        let operator = match body["operator"].as_str().unwrap_or_default() {
            "EQ" => Operator::Equal(text("value")?),
            "NEQ" => Operator::NotEqual(text("value")?),
            "LT" => Operator::Less(text("value")?),
            "LTE" => Operator::LessOrEqual(text("value")?),
            "GT" => Operator::Greater(text("value")?),
            "GTE" => Operator::GreaterOrEqual(text("value")?),
            "BETWEEN" => Operator::Between(text("value")?, text("highValue")?),
            "IN" => Operator::In(list()?),
            "NOT_IN" => Operator::NotIn(list()?),
            "HAS_PROPERTY" => Operator::HasProperty,
            "NOT_HAS_PROPERTY" => Operator::NotHasProperty,
            "CONTAINS_TOKEN" => Operator::ContainsToken(text("value")?),
            "NOT_CONTAINS_TOKEN" => Operator::NotContainsToken(text("value")?),
            other => return Err(ApiError::bad_shape(&format!("operator {other:?}"))),
        };
        let is_text = matches!(definition.value_type.as_str(), "string" | "phone_number");
        Ok(Self {
            property,
            is_text,
            operator,
        })
    }

    /// The only records that can match, when an index tells.
    pub(super) fn candidates(&self, table: &ObjectTable) -> Option<Vec<u64>> {
        let values = match &self.operator {
            Operator::Equal(value) => vec![value.to_lowercase()],
            Operator::In(values) => values.clone(),
            _ => return None,
        };
        let ids: Option<Vec<Vec<u64>>> = values
            .iter()
            .map(|value| table.index.ids_with(&self.property, value))
            .collect();
        Some(ids?.concat())
    }

    pub(super) fn matches(&self, table: &ObjectTable, record: &Record) -> bool {
        let stored = record.value(table.kind, &self.property);
        let Some(stored) = stored.as_deref().filter(|value| !value.is_empty()) else {
            // A missing value satisfies the negative operators.
            return matches!(
                self.operator,
                Operator::NotEqual(_)
                    | Operator::NotIn(_)
                    | Operator::NotHasProperty
                    | Operator::NotContainsToken(_)
            );
        };
        match &self.operator {
            Operator::Equal(value) => self.equals(stored, &value.to_lowercase()),
            Operator::NotEqual(value) => !self.equals(stored, &value.to_lowercase()),
            Operator::Less(value) => compare_values(stored, value).is_lt(),
            Operator::LessOrEqual(value) => compare_values(stored, value).is_le(),
            Operator::Greater(value) => compare_values(stored, value).is_gt(),
            Operator::GreaterOrEqual(value) => compare_values(stored, value).is_ge(),
            Operator::Between(low, high) => {
                compare_values(stored, low).is_ge() && compare_values(stored, high).is_le()
            }
            Operator::In(values) => values.iter().any(|value| self.in_list(stored, value)),
            Operator::NotIn(values) => !values.iter().any(|value| self.in_list(stored, value)),
            Operator::HasProperty => true,
            Operator::NotHasProperty => false,
            Operator::ContainsToken(value) => self.contains_token(stored, value),
            Operator::NotContainsToken(value) => !self.contains_token(stored, value),
        }
    }

    fn equals(&self, stored: &str, lower_case: &str) -> bool {
        search_values(&self.property, stored).any(|stored| stored == lower_case)
            || (!self.is_text && compare_values(stored, lower_case).is_eq())
    }

    /// `IN` values of text properties must be lower case: others find nothing.
    fn in_list(&self, stored: &str, value: &str) -> bool {
        if self.is_text {
            return search_values(&self.property, stored).any(|stored| stored == value);
        }
        self.equals(stored, &value.to_lowercase())
    }

    /// Whole words, with `*` as a wildcard at either end.
    fn contains_token(&self, stored: &str, value: &str) -> bool {
        let value = value.to_lowercase();
        let stem = value.trim_matches('*');
        let stored: Vec<String> = search_values(&self.property, stored).collect();
        let tokens = stored.iter().flat_map(|text| {
            text.split(|character: char| !character.is_alphanumeric())
                .chain([text.as_str()])
        });
        let mut tokens = tokens.filter(|token| !token.is_empty());
        match (value.starts_with('*'), value.ends_with('*')) {
            (false, false) => tokens.any(|token| token == stem),
            (true, false) => tokens.any(|token| token.ends_with(stem)),
            (false, true) => tokens.any(|token| token.starts_with(stem)),
            (true, true) => tokens.any(|token| token.contains(stem)),
        }
    }
}

fn plain_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// As numbers, else as dates, else as text without case.
pub(super) fn compare_values(a: &str, b: &str) -> Ordering {
    if let (Ok(a), Ok(b)) = (a.parse::<f64>(), b.parse::<f64>()) {
        return a.total_cmp(&b);
    }
    if let (Some(a), Some(b)) = (parse_instant(a), parse_instant(b)) {
        return a.cmp(&b);
    }
    a.to_lowercase().cmp(&b.to_lowercase())
}
