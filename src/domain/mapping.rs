//! From a lead to what a vendor's object shall hold: mapping rows, templates, translated values, answers to qualifiers.
//!
//! Pure: nothing here knows what the vendor already holds or whether it would accept a value.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::category::Category;
use super::failure::Failure;
use super::ids::{EventId, QualifierId};
use super::lead::{Lead, field_info};
use super::remote::{ObjectSchema, RemoteField, RemoteKind};

/// What happens to a field of a record that is already there. On a new record all behave alike, and an empty value of
/// ours is never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteBehaviour {
    /// Ours replaces theirs.
    Overwrite,
    /// Ours goes in only where theirs is empty (or was ours).
    IfBlank,
    /// Only on records we created.
    CreateOnly,
    /// Ours is added to theirs unless it is already in it.
    Append,
}

impl WriteBehaviour {
    /// Every behaviour.
    pub const ALL: [Self; 4] = [
        Self::Overwrite,
        Self::IfBlank,
        Self::CreateOnly,
        Self::Append,
    ];

    /// The word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Overwrite => "overwrite",
            Self::IfBlank => "if-blank",
            Self::CreateOnly => "create-only",
            Self::Append => "append",
        }
    }
}

impl fmt::Display for WriteBehaviour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl FromStr for WriteBehaviour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|behaviour| behaviour.name() == text)
            .ok_or_else(|| format!("{text:?} is none of overwrite, if-blank, create-only, append"))
    }
}

/// Where a row's value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", content = "value", rename_all = "lowercase")]
pub enum Source {
    /// A field of the lead, standard or custom.
    Field(String),
    /// The same text for every lead.
    Constant(String),
    /// Text with `{field}` in it.
    Template(String),
}

impl Source {
    /// `field`, `constant` or `template`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Field(_) => "field",
            Self::Constant(_) => "constant",
            Self::Template(_) => "template",
        }
    }

    /// The field's key, the constant, or the template.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Field(text) | Self::Constant(text) | Self::Template(text) => text,
        }
    }
}

/// What to do with a value the vendor's rules refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnInvalid {
    /// The lead fails.
    #[default]
    Fail,
    /// The lead goes without this field, and a note says so.
    Drop,
}

/// The finer points of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RuleOptions {
    /// Translations: ours → theirs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Sent where the lead has nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Shorten what is too long.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncate: bool,
    /// Refused values: fail or drop.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_invalid: OnInvalid,
    /// The user to take where the named one is none of the account's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_owner: Option<String>,
}

fn is_default(value: &OnInvalid) -> bool {
    *value == OnInvalid::Fail
}

/// One row of the mapping: what fills one field of one of the vendor's objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The vendor's object.
    pub object: String,
    /// The vendor's field.
    pub remote: String,
    /// Only for leads pushed for this event.
    pub event: Option<EventId>,
    /// What fills it.
    #[serde(flatten)]
    pub source: Source,
    /// What happens to a record already there.
    pub write: WriteBehaviour,
    /// The finer points.
    #[serde(default)]
    pub options: RuleOptions,
    /// The vendor's field as it was when the row was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described: Option<RemoteField>,
}

/// A qualifier's target at the vendor, with its value mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualifierRule {
    /// The qualifier.
    pub qualifier: QualifierId,
    /// Its name.
    pub name: String,
    /// The vendor's object.
    pub object: String,
    /// The vendor's field.
    pub remote: String,
    /// What happens to a record already there.
    pub write: WriteBehaviour,
    /// Whether a lead may have several answers.
    pub multiple: bool,
    /// The events it is asked at; `None`: all.
    pub events: Option<BTreeSet<EventId>>,
    /// Answer (lower case) → the vendor's option.
    pub values: BTreeMap<String, String>,
    /// The vendor's field as it was when the qualifier was mapped to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described: Option<RemoteField>,
}

/// One value on its way to one field, not yet in the vendor's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The vendor's field.
    pub remote: String,
    /// Our field, qualifier or `constant`, for messages.
    pub ours: String,
    /// The value; several where a qualifier has several answers.
    pub parts: Vec<String>,
    /// What happens to a record already there.
    pub write: WriteBehaviour,
    /// Shorten what is too long.
    pub truncate: bool,
    /// Refused values: fail or drop.
    pub on_invalid: OnInvalid,
    /// The user to take where the named one is none of the account's.
    pub fallback_owner: Option<String>,
}

/// What a lead shall send to one object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapped {
    /// Values, by the vendor's field.
    pub values: Vec<Outgoing>,
    /// Answers that cannot be mapped.
    pub failures: Vec<Failure>,
    /// Things worth a line in the log.
    pub notes: Vec<String>,
}

/// Applies the rows of one object to a lead. `event` names the event of the push; a row with an event beats one without.
#[must_use]
pub fn apply(
    lead: &Lead,
    object: &str,
    rules: &[Rule],
    qualifiers: &[QualifierRule],
    schema: &ObjectSchema,
    event: Option<EventId>,
) -> Mapped {
    let mut mapped = Mapped::default();
    let event = event.or_else(|| lead.events.last().map(|known| known.id));
    for rule in rules.iter().filter(|rule| rule.object == object) {
        let beaten = rule.event.is_none()
            && rules.iter().any(|other| {
                // The event first: most files have no row of one, and this is asked for every row of every lead.
                other.event.is_some()
                    && other.event == event
                    && other.object == object
                    && other.remote == rule.remote
            });
        if beaten || (rule.event.is_some() && rule.event != event) {
            continue;
        }
        if let Some(value) = rule_value(lead, rule, event) {
            mapped.values.push(Outgoing {
                remote: rule.remote.clone(),
                ours: match &rule.source {
                    Source::Field(key) => key.clone(),
                    other => other.kind().to_owned(),
                },
                parts: vec![value],
                write: rule.write,
                truncate: rule.options.truncate,
                on_invalid: rule.options.on_invalid,
                fallback_owner: rule.options.fallback_owner.clone(),
            });
        }
    }
    for qualifier in qualifiers.iter().filter(|rule| rule.object == object) {
        apply_qualifier(lead, qualifier, schema, &mut mapped);
    }
    mapped
}

fn rule_value(lead: &Lead, rule: &Rule, event: Option<EventId>) -> Option<String> {
    let given = match &rule.source {
        Source::Field(key) => lead.value(key, event),
        Source::Constant(text) => Some(text.clone()),
        Source::Template(template) => fill_template(template, |key| lead.value(key, event)),
    };
    given
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .map(|text| translate(&rule.options.values, &text).unwrap_or(text))
        .or_else(|| rule.options.default.clone())
        .filter(|text| !text.is_empty())
}

/// Looks a value up in the row's translations: as written, else in any case.
#[must_use]
pub fn translate(values: &BTreeMap<String, String>, text: &str) -> Option<String> {
    values
        .get(text)
        .or_else(|| {
            values
                .iter()
                .find(|(ours, _)| ours.trim().to_lowercase() == text.to_lowercase())
                .map(|(_, v)| v)
        })
        .cloned()
}

fn apply_qualifier(lead: &Lead, rule: &QualifierRule, schema: &ObjectSchema, mapped: &mut Mapped) {
    let answers: Vec<_> = lead
        .answers
        .iter()
        .filter(|answer| answer.qualifier == rule.qualifier)
        .collect();
    let in_scope = rule
        .events
        .as_ref()
        .is_none_or(|events| lead.events.iter().any(|event| events.contains(&event.id)));
    if answers.is_empty() {
        return;
    }
    if !in_scope {
        mapped.notes.push(format!(
            "the answer to {:?} is left out: the qualifier is not asked at this lead's events",
            rule.name
        ));
        return;
    }
    let field = schema.field(&rule.remote);
    let closed = field.is_none_or(|field| {
        matches!(
            field.kind,
            RemoteKind::One | RemoteKind::Many | RemoteKind::Boolean
        )
    });
    let mut parts = Vec::new();
    for answer in &answers {
        match rule.values.get(&answer.value_key) {
            Some(option) => parts.push(option.clone()),
            // A field that takes any text takes the answer as the rep gave it, if it is one the qualifier has.
            None if answer.defined && !closed => parts.push(answer.raw.clone()),
            None => {
                mapped.failures.push(
                    Failure::new(
                        Category::NoTagMapping,
                        format!(
                            "{:?}, an answer to {:?}, is not mapped to an option of {}",
                            answer.raw, rule.name, rule.remote
                        ),
                    )
                    .on_field(rule.name.clone())
                    .with_value(answer.raw.clone()),
                );
            }
        }
    }
    if parts.is_empty() {
        return;
    }
    parts.dedup();
    let single = field.is_some_and(|field| {
        !matches!(
            field.kind,
            RemoteKind::Many | RemoteKind::Text | RemoteKind::Longtext
        )
    });
    if single && parts.len() > 1 {
        mapped.failures.push(
            Failure::new(
                Category::DataValueValidation,
                format!(
                    "{:?} has {} answers, and {} takes one",
                    rule.name,
                    parts.len(),
                    rule.remote
                ),
            )
            .on_field(rule.remote.clone())
            .with_value(parts.join("; ")),
        );
        return;
    }
    mapped.values.push(Outgoing {
        remote: rule.remote.clone(),
        ours: rule.name.clone(),
        parts,
        write: rule.write,
        truncate: false,
        on_invalid: OnInvalid::Fail,
        fallback_owner: None,
    });
}

/// The fields a template names, in order; `Err` with the offending text where braces do not match.
pub fn template_fields(template: &str) -> Result<Vec<String>, String> {
    let mut fields = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let after = &rest[open + 1..];
        let Some(close) = after.find('}') else {
            return Err(format!("{{{after} has no closing brace"));
        };
        let name = after[..close].trim();
        if name.is_empty() || name.contains('{') {
            return Err(format!("{{{name}}} names no field"));
        }
        fields.push(name.to_owned());
        rest = &after[close + 1..];
    }
    Ok(fields)
}

/// Fills a template; `None` where it names fields and all of them are empty.
fn fill_template(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let fields = template_fields(template).ok()?;
    let values: Vec<String> = fields
        .iter()
        .map(|name| value(&super::lead::canonical_key(name)).unwrap_or_default())
        .collect();
    if !fields.is_empty() && values.iter().all(String::is_empty) {
        return None;
    }
    let mut filled = String::new();
    let mut rest = template;
    for value in values {
        let (before, after) = rest.split_once('{')?;
        let (_, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&value);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// The write behaviour a row gets when nobody says otherwise (product.md 5.2): nothing a person typed into the CRM is
/// overwritten unless asked.
#[must_use]
pub fn default_write(source: &Source, target: Option<&RemoteField>) -> WriteBehaviour {
    let Source::Field(key) = source else {
        return WriteBehaviour::CreateOnly;
    };
    if target.is_some_and(|field| field.kind == RemoteKind::User) {
        return WriteBehaviour::CreateOnly;
    }
    match field_info(key).map(|field| field.key) {
        Some("eventName" | "capturedAt" | "numberOfScans" | "lastScannedBy" | "leadScore") => {
            WriteBehaviour::Overwrite
        }
        Some("companyName" | "companyWebsite" | "companyDomain" | "leadOwner") => {
            WriteBehaviour::CreateOnly
        }
        Some("notes" | "description") => WriteBehaviour::Append,
        _ => WriteBehaviour::IfBlank,
    }
}

/// The write behaviour of a qualifier's target: our own field is overwritten, one of the vendor's only filled.
#[must_use]
pub fn default_qualifier_write(multiple: bool, target: Option<&RemoteField>) -> WriteBehaviour {
    match (multiple, target) {
        (true, _) => WriteBehaviour::Append,
        (false, Some(field)) if field.custom => WriteBehaviour::Overwrite,
        (false, _) => WriteBehaviour::IfBlank,
    }
}

#[cfg(test)]
#[path = "mapping_tests.rs"]
mod tests;
