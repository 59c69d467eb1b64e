//! One row of the mapping, changed as somebody asked; and what is odd about a row.

use super::options::option_value;
use super::{field_type, targets::refuse_unwritable};
use crate::domain::ids::EventId;
use crate::domain::integration::IntegrationCategory;
use crate::domain::lead::FieldType;
use crate::domain::mapping::{OnInvalid, Rule, RuleOptions, Source, WriteBehaviour, default_write};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind, type_warning};
use crate::vendors::{DefaultRow, KeyKind, ObjectInfo, VendorInfo};

/// What somebody wants of a row; what is not given stays as it is, where the row stays.
#[derive(Debug, Clone)]
pub struct RuleChange {
    /// What fills the field.
    pub source: Source,
    /// Only for this event.
    pub event: Option<EventId>,
    /// What happens to a record already there.
    pub write: Option<WriteBehaviour>,
    /// Translations to add, by ours; an empty one is taken away.
    pub values: Vec<(String, String)>,
    /// What is sent where the lead has nothing; empty: nothing.
    pub default: Option<String>,
    /// Shorten what is too long.
    pub truncate: Option<bool>,
    /// Refused values: fail or drop.
    pub on_invalid: Option<OnInvalid>,
    /// The user to take where the named one is none of the account's; empty: none.
    pub fallback_owner: Option<String>,
}

/// Why a row cannot be as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    /// A value the field's closed list does not hold.
    #[error("{remote} has no option {value:?}")]
    NoOption {
        /// The field.
        remote: String,
        /// The value.
        value: String,
        /// What it could be.
        near: Vec<String>,
    },
    /// A user is wanted where none can be.
    #[error("{remote} takes no user of the account, so there is none to fall back to")]
    NoUserField {
        /// The field.
        remote: String,
    },
}

impl RuleChange {
    /// The row as it becomes, beside those there are.
    ///
    /// # Errors
    /// Where a value given is none of the field's options.
    pub fn apply(
        &self,
        object: &str,
        field: &RemoteField,
        existing: &[Rule],
    ) -> Result<Rule, RuleProblem> {
        let mut rule = self.base(object, field, existing);
        if let Some(write) = self.write {
            rule.write = write;
        }
        if let Source::Constant(text) = &self.source {
            rule.source = Source::Constant(fitting(field, text)?);
        }
        for (ours, theirs) in &self.values {
            let spelt = |known: &String| known.trim().to_lowercase() == ours.trim().to_lowercase();
            rule.options.values.retain(|known, _| !spelt(known));
            if !theirs.is_empty() {
                let theirs = fitting(field, theirs)?;
                rule.options.values.insert(ours.clone(), theirs);
            }
        }
        if let Some(default) = &self.default {
            rule.options.default = match default.as_str() {
                "" => None,
                text => Some(fitting(field, text)?),
            };
        }
        if let Some(truncate) = self.truncate {
            rule.options.truncate = truncate;
        }
        if let Some(on_invalid) = self.on_invalid {
            rule.options.on_invalid = on_invalid;
        }
        if let Some(owner) = &self.fallback_owner {
            if field.kind != RemoteKind::User {
                return Err(RuleProblem::NoUserField {
                    remote: field.name.clone(),
                });
            }
            // What is resolved at the push is the address: it is kept as it was given.
            fitting(field, owner)?;
            rule.options.fallback_owner = Some(owner.clone()).filter(|owner| !owner.is_empty());
        }
        Ok(rule)
    }

    /// The row that stays, or a new one. A row named by our field stays at its target; constants and templates are named by
    /// the target.
    fn base(&self, object: &str, field: &RemoteField, existing: &[Rule]) -> Rule {
        let same_source = |rule: &Rule| match (&rule.source, &self.source) {
            (Source::Field(old), Source::Field(new)) => old == new,
            (old, new) => old.kind() == new.kind(),
        };
        let stays = existing.iter().find(|rule| {
            rule.object == object
                && rule.remote == field.name
                && rule.event == self.event
                && same_source(rule)
        });
        Rule {
            object: object.to_owned(),
            remote: field.name.clone(),
            event: self.event,
            source: self.source.clone(),
            write: stays.map_or_else(
                || default_write(&self.source, Some(field)),
                |rule| rule.write,
            ),
            options: stays.map_or_else(RuleOptions::default, |rule| rule.options.clone()),
            described: Some(field.clone()),
        }
    }
}

/// A value as the field takes it; several options in one are several options.
pub(super) fn fitting(field: &RemoteField, text: &str) -> Result<String, RuleProblem> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let parts: Vec<&str> = match field.kind {
        RemoteKind::Many => text.split(';').map(str::trim).collect(),
        _ => vec![text],
    };
    let mut sent = Vec::new();
    for part in parts {
        sent.push(
            option_value(field, part).map_err(|near| RuleProblem::NoOption {
                remote: field.name.clone(),
                value: part.to_owned(),
                near,
            })?,
        );
    }
    Ok(sent.join(";"))
}

/// Whether a row holds what records of its object are found by.
#[must_use]
pub fn is_match_key(object: &ObjectInfo, rule: &Rule) -> bool {
    let found_by = |kind| object.lookups.iter().any(|lookup| lookup.by == kind);
    match &rule.source {
        Source::Field(key) if key == "email" => found_by(KeyKind::Email),
        Source::Field(key) if key == "companyDomain" => found_by(KeyKind::Domain),
        _ => false,
    }
}

/// The field of persons that a change would leave without the address, where the vendor knows new people by that alone, as
/// marketing tools do: without it nobody could be made. Rows for one event alone do not count.
#[must_use]
pub fn loses_its_key(
    info: &VendorInfo,
    before: &[Rule],
    after: &[Rule],
) -> Option<(&'static str, &'static str)> {
    if info.category != IntegrationCategory::Marketing {
        return None;
    }
    let filled = |rules: &[Rule], row: &DefaultRow| {
        rules.iter().any(|rule| {
            rule.object == row.object
                && rule.remote.eq_ignore_ascii_case(row.remote)
                && rule.event.is_none()
        })
    };
    let mut keys = info.defaults.iter().filter(|row| row.field == "email");
    let lost = keys.find(|row| filled(before, row) && !filled(after, row));
    lost.map(|row| (row.object, row.remote))
}

/// What is odd about a row, by the fields as they are known now (`None`: never read).
#[must_use]
pub fn warning(object: &ObjectInfo, rule: &Rule, schema: Option<&ObjectSchema>) -> Option<String> {
    let field = match schema {
        Some(schema) => match schema.field(&rule.remote) {
            Some(field) => field,
            None => return Some(format!("{} has no such field any more", object.key)),
        },
        None => rule.described.as_ref()?,
    };
    if let Err(problem) = refuse_unwritable(object, field) {
        return Some(problem.to_string());
    }
    let ours = match &rule.source {
        Source::Field(key) => field_type(key),
        Source::Constant(_) | Source::Template(_) => FieldType::Text,
    };
    if field.kind != RemoteKind::User || !matches!(rule.source, Source::Field(_)) {
        if matches!(rule.source, Source::Constant(_)) {
            return None;
        }
        return type_warning(ours, field);
    }
    (ours != FieldType::Email).then(|| format!("{} takes the e-mail address of a user", field.name))
}
