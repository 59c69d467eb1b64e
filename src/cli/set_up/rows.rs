//! A row of the mapping, as a document and in words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Setup;
use crate::domain::mapping::{OnInvalid, Rule, Source};
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::engine::set_up::{field_type, is_match_key, warning};

/// A row as `mapping list` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// `field`, `constant` or `template`.
    pub source: &'static str,
    /// Our field, the constant, or the template.
    pub value: String,
    /// The kind of our values.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The vendor's field.
    pub remote: String,
    /// What people call the vendor's field, where its name is a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_label: Option<String>,
    /// The kind of the vendor's.
    pub remote_type: Option<&'static str>,
    /// What happens to a record already there.
    pub write: &'static str,
    /// The event it is for.
    pub event: Option<String>,
    /// Translations.
    pub values: BTreeMap<String, String>,
    /// Whether records are found by it.
    pub key: bool,
    /// What is odd about it.
    pub warning: Option<String>,
    #[serde(skip)]
    options: Vec<String>,
    /// A constant as people know it, where options are sent by their numbers.
    #[serde(skip)]
    constant: Option<String>,
}

impl Setup {
    /// A row with what is known of its target.
    #[must_use]
    pub fn row(&self, rule: &Rule, schema: Option<&ObjectSchema>) -> Row {
        let object = self
            .vendor
            .objects
            .iter()
            .find(|object| object.key == rule.object);
        let field = schema
            .and_then(|schema| schema.field(&rule.remote))
            .or(rule.described.as_ref());
        let kind = match &rule.source {
            Source::Field(key) => field_type(key).badge(),
            Source::Constant(_) | Source::Template(_) => "TEXT",
        };
        Row {
            source: rule.source.kind(),
            value: rule.source.text().to_owned(),
            kind,
            remote: rule.remote.clone(),
            remote_label: field
                .filter(|field| field.is_code())
                .map(|field| field.shown().to_owned()),
            remote_type: field.map(|field| field.kind.name()),
            write: rule.write.name(),
            event: rule.event.map(|id| self.event_name(id)),
            values: rule.options.values.clone(),
            key: object.is_some_and(|object| is_match_key(object, rule)),
            warning: object.and_then(|object| warning(object, rule, schema)),
            options: option_words(rule),
            constant: constant_in_words(rule, field),
        }
    }

    /// An event's name.
    #[must_use]
    pub fn event_name(&self, id: crate::domain::ids::EventId) -> String {
        self.events
            .iter()
            .find(|event| event.id == id)
            .map_or_else(|| id.to_string(), |event| event.name.clone())
    }
}

impl Row {
    /// What fills the field, in words.
    #[must_use]
    pub fn filled_from(&self) -> String {
        match self.source {
            "field" => self.value.clone(),
            kind => format!("{kind} {:?}", self.constant.as_ref().unwrap_or(&self.value)),
        }
    }

    /// The vendor's field as people know it.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.remote_label.as_deref().unwrap_or(&self.remote)
    }

    /// The finer points, in words.
    #[must_use]
    pub fn finer_points(&self) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(event) = &self.event {
            words.push(format!("only {event}"));
        }
        match self.values.len() {
            0 => {}
            1 => words.push("1 value translated".to_owned()),
            several => words.push(format!("{several} values translated")),
        }
        words.extend(self.options.iter().cloned());
        words
    }

    /// The whole row in words, its target left out.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut words = vec![self.filled_from(), self.write.to_owned()];
        words.extend(self.finer_points());
        words.join(", ")
    }
}

/// The labels of options that are sent as numbers.
fn constant_in_words(rule: &Rule, field: Option<&RemoteField>) -> Option<String> {
    let Source::Constant(value) = &rule.source else {
        return None;
    };
    let options = field?.options.as_deref()?;
    let label = |value: &str| {
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        let option = options
            .iter()
            .find(|option| is_number && option.value == value)?;
        Some(option.label.clone()).filter(|label| !label.is_empty())
    };
    let labels: Option<Vec<String>> = value.split(';').map(|part| label(part.trim())).collect();
    Some(labels?.join("; "))
}

fn option_words(rule: &Rule) -> Vec<String> {
    let options = &rule.options;
    let mut words = Vec::new();
    if let Some(default) = &options.default {
        words.push(format!("default {default:?}"));
    }
    if options.truncate {
        words.push("truncated".to_owned());
    }
    if options.on_invalid == OnInvalid::Drop {
        words.push("dropped if refused".to_owned());
    }
    if let Some(owner) = &options.fallback_owner {
        words.push(format!("else {owner}"));
    }
    words
}
