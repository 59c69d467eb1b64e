//! The mapping as TOML: one table a row, in an order that does not depend on how it came about, so that two versions differ
//! only where the mapping does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rules::fitting;
use super::targets::{TargetProblem, refuse_unwritable};
use super::{ObjectFields, nearest};
use crate::domain::event::Event;
use crate::domain::lead::{FIELDS, Role, canonical_key};
use crate::domain::mapping::{
    OnInvalid, Rule, RuleOptions, Source, WriteBehaviour, default_write, template_fields,
};
use crate::vendors::VendorInfo;

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingFile {
    /// The vendor the names of fields are those of.
    pub vendor: String,
    #[serde(default, rename = "row", skip_serializing_if = "Vec::is_empty")]
    rows: Vec<FileRow>,
}

/// Tables come last in TOML, so `values` does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    object: String,
    remote: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    write: Option<WriteBehaviour>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    truncate: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_invalid: Option<OnInvalid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fallback_owner: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    values: BTreeMap<String, String>,
}

/// The file is no mapping.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FileError(String);

/// A row that cannot be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// Its number in the file, from 1.
    pub row: usize,
    /// What is wrong.
    pub message: String,
}

impl MappingFile {
    /// The rows as they are, in the order of the vendor's objects and our catalogue.
    #[must_use]
    pub fn of(vendor: &'static VendorInfo, rules: &[Rule], events: &[Event]) -> Self {
        let mut rules: Vec<&Rule> = rules.iter().collect();
        rules.sort_by_cached_key(|rule| order(vendor, rule));
        Self {
            vendor: vendor.name.to_owned(),
            rows: rules.into_iter().map(|rule| row_of(rule, events)).collect(),
        }
    }

    /// The file's text.
    ///
    /// # Errors
    /// Where TOML cannot hold it.
    pub fn text(&self) -> Result<String, FileError> {
        let body = toml::to_string(self).map_err(|error| FileError(error.to_string()))?;
        Ok(format!(
            "# What fills which field. To take it over: mobly-sync mapping import FILE\n{body}"
        ))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Where it is not TOML, or holds something a mapping has not; the message says where.
    pub fn read(text: &str) -> Result<Self, FileError> {
        toml::from_str(text).map_err(|error| FileError(error.to_string().trim_end().to_owned()))
    }

    /// The vendor's fields the rows name, for reading their users.
    #[must_use]
    pub fn remotes(&self) -> Vec<String> {
        self.rows.iter().map(|row| row.remote.clone()).collect()
    }

    /// The rows as rules, checked against the vendor's fields.
    ///
    /// # Errors
    /// Every row that cannot be taken over.
    pub fn rules(
        &self,
        objects: &[ObjectFields],
        events: &[Event],
    ) -> Result<Vec<(Rule, Role)>, Vec<RowProblem>> {
        let mut rules: Vec<(Rule, Role)> = Vec::new();
        let mut problems = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let checked = rule_of(row, objects, events).and_then(|(rule, role)| {
                let taken = rules.iter().any(|(other, _)| {
                    (&other.object, &other.remote, other.event)
                        == (&rule.object, &rule.remote, rule.event)
                });
                match taken {
                    true => Err(format!("{}.{} is there twice", rule.object, rule.remote)),
                    false => Ok((rule, role)),
                }
            });
            match checked {
                Ok(rule) => rules.push(rule),
                Err(message) => problems.push(RowProblem {
                    row: index + 1,
                    message,
                }),
            }
        }
        if problems.is_empty() {
            Ok(rules)
        } else {
            Err(problems)
        }
    }
}

/// Where a row stands in every list: by object, fields of ours as the catalogue has them, then the rest by target.
#[must_use]
pub fn order(vendor: &'static VendorInfo, rule: &Rule) -> (usize, usize, String, String, i64) {
    let object = vendor
        .objects
        .iter()
        .position(|object| object.key == rule.object)
        .unwrap_or(usize::MAX);
    let (place, name) = match &rule.source {
        Source::Field(key) => match FIELDS.iter().position(|field| field.key == key) {
            Some(place) => (place, String::new()),
            None => (FIELDS.len(), key.to_lowercase()),
        },
        Source::Constant(_) | Source::Template(_) => (FIELDS.len() + 1, String::new()),
    };
    let event = rule.event.map_or(0, |event| event.0);
    (object, place, name, rule.remote.clone(), event)
}

fn row_of(rule: &Rule, events: &[Event]) -> FileRow {
    let only = |kind: &str| (rule.source.kind() == kind).then(|| rule.source.text().to_owned());
    let event = rule.event.map(|id| {
        events
            .iter()
            .find(|event| event.id == id)
            .map_or_else(|| id.to_string(), |event| event.name.clone())
    });
    let options = rule.options.clone();
    FileRow {
        object: rule.object.clone(),
        remote: rule.remote.clone(),
        field: only("field"),
        constant: only("constant"),
        template: only("template"),
        event,
        write: Some(rule.write),
        default: options.default,
        truncate: options.truncate,
        on_invalid: Some(options.on_invalid).filter(|chosen| *chosen != OnInvalid::default()),
        fallback_owner: options.fallback_owner,
        values: options.values,
    }
}

fn rule_of(
    row: &FileRow,
    objects: &[ObjectFields],
    events: &[Event],
) -> Result<(Rule, Role), String> {
    let object = objects
        .iter()
        .find(|object| object.info.key == row.object)
        .ok_or_else(|| format!("there is no object {:?}", row.object))?;
    let Some(field) = object.schema.field(&row.remote) else {
        let fields = &object.schema.fields;
        let near = nearest(&row.remote, fields, |field| field.name.as_str());
        let near = near.map(|near| format!("; did you mean {}?", near.name));
        return Err(format!(
            "{} has no field {:?}{}",
            row.object,
            row.remote,
            near.unwrap_or_default()
        ));
    };
    refuse_unwritable(object.info, field).map_err(|problem: TargetProblem| problem.to_string())?;
    let source = match (&row.field, &row.constant, &row.template) {
        (Some(field), None, None) => Source::Field(canonical_key(field)),
        (None, Some(text), None) => Source::Constant(text.clone()),
        (None, None, Some(text)) => {
            template_fields(text)?;
            Source::Template(text.clone())
        }
        _ => {
            return Err(format!(
                "{}.{} needs exactly one of field, constant, template",
                row.object, row.remote
            ));
        }
    };
    let event = match &row.event {
        None => None,
        Some(name) => Some(
            events
                .iter()
                .find(|event| event.name == *name || event.id.to_string() == *name)
                .ok_or_else(|| format!("there is no event {name:?}"))?
                .id,
        ),
    };
    let fit = |text: &String| fitting(field, text).map_err(|problem| problem.to_string());
    let mut values = row.values.clone();
    for value in values.values_mut() {
        *value = fit(value)?;
    }
    let default = row.default.as_ref().map(fit).transpose()?;
    let rule = Rule {
        object: object.info.key.to_owned(),
        remote: field.name.clone(),
        event,
        write: row
            .write
            .unwrap_or_else(|| default_write(&source, Some(field))),
        source,
        options: RuleOptions {
            values,
            default,
            truncate: row.truncate,
            on_invalid: row.on_invalid.unwrap_or_default(),
            fallback_owner: row.fallback_owner.clone(),
        },
        described: Some(field.clone()),
    };
    Ok((rule, object.info.role))
}
