//! The disposable lead of a trial: nobody's, with every field filled that the mapping reads.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::super::set_up::field_type;
use super::Trial;
use crate::domain::ids::LeadId;
use crate::domain::lead::{Answer, EventName, FieldType, Lead, Readiness, canonical_key};
use crate::domain::mapping::{Source, template_fields};
use crate::domain::remote::{RemoteField, RemoteKind};

/// A lead nobody is: every field the mapping reads is filled, closed lists and users by what leads hold (`held`), names
/// and addresses by ones that are nobody's; `mark` tells this trial's from all others.
#[must_use]
pub fn disposable(
    trial: &Trial<'_>,
    held: &dyn Fn(&str) -> Option<String>,
    event: Option<EventName>,
    mark: &str,
    now: Timestamp,
) -> Lead {
    let mut fields = BTreeMap::new();
    for rule in trial.rules {
        let target = trial
            .schema(&rule.object)
            .and_then(|object| object.schema.field(&rule.remote));
        let keys = match &rule.source {
            Source::Field(key) => vec![key.clone()],
            Source::Template(text) => template_fields(text)
                .unwrap_or_default()
                .iter()
                .map(|name| canonical_key(name))
                .collect(),
            Source::Constant(_) => Vec::new(),
        };
        for key in keys {
            if let Some(value) = made_up(&key, target, held, mark) {
                fields.entry(key).or_insert(value);
            }
        }
    }
    let answers = trial.qualifiers.iter().filter_map(|rule| {
        let (answer, _) = rule.values.iter().next()?;
        Some(Answer {
            qualifier: rule.qualifier,
            value_key: answer.clone(),
            raw: answer.clone(),
            defined: true,
            event: event.as_ref().map(|event| event.id),
        })
    });
    Lead {
        id: LeadId(0),
        email_key: fields.get("email").cloned(),
        fields,
        scans: 1,
        readiness: Readiness::Ready,
        revision: 1,
        captured_at: now,
        answers: answers.collect(),
        events: event.into_iter().collect(),
    }
}

fn made_up(
    key: &str,
    target: Option<&RemoteField>,
    held: &dyn Fn(&str) -> Option<String>,
    mark: &str,
) -> Option<String> {
    let own = match key {
        "firstName" => Some("Mobly Sync".to_owned()),
        "lastName" => Some(format!("Test {mark}")),
        "email" => Some(format!("mobly-sync-test-{mark}@example.com")),
        "companyName" => Some(format!("Mobly Sync Test {mark}")),
        "companyWebsite" => Some(format!("https://mobly-sync-test-{mark}.example.com")),
        "phone" | "mobilePhone" => Some("+12025550123".to_owned()),
        _ => None,
    };
    if own.is_some() {
        return own;
    }
    let closed = target.is_some_and(|field| {
        matches!(
            field.kind,
            RemoteKind::One | RemoteKind::Many | RemoteKind::User
        )
    });
    if closed {
        // What leads hold shows whether the translations fit; where none holds anything, an option does.
        let options = target.and_then(|field| field.options.as_deref());
        return held(key).or_else(|| {
            let option = options?.first()?;
            let user = target.is_some_and(|field| field.kind == RemoteKind::User);
            Some(if user { &option.label } else { &option.value }.clone())
        });
    }
    Some(match field_type(key) {
        FieldType::Email => format!("mobly-sync-test-{mark}@example.com"),
        FieldType::Phone => "+12025550123".to_owned(),
        FieldType::Url => "https://example.com/mobly-sync-test".to_owned(),
        FieldType::Number => "42".to_owned(),
        FieldType::Date => "2026-01-31".to_owned(),
        FieldType::Datetime => "2026-01-31T09:30:00Z".to_owned(),
        FieldType::Boolean => "true".to_owned(),
        FieldType::Text => held(key)
            .filter(|_| key.starts_with("company"))
            .unwrap_or_else(|| format!("Test {mark}")),
    })
}
