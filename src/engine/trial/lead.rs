//! The disposable lead of a trial: nobody's, with every field filled that the mapping reads.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::super::set_up::field_type;
use super::Trial;
use crate::domain::email;
use crate::domain::ids::LeadId;
use crate::domain::lead::{Answer, EventName, FieldType, Lead, Readiness, canonical_key};
use crate::domain::mapping::{Source, template_fields};
use crate::domain::remote::{RemoteField, RemoteKind};
use crate::domain::trial::{address_of, domain_of};

/// A number that is given to nobody (North American Numbering Plan, 555-01XX).
const NUMBER: &str = "+12025550123";

/// What every captured person has.
const BASICS: [&str; 5] = [
    "firstName",
    "lastName",
    "email",
    "companyName",
    "companyWebsite",
];

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
    // A captured person has these whatever is mapped; companies are known by them.
    let mut fields: BTreeMap<String, String> = BASICS
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), made_up(key, None, held, mark)?)))
        .collect();
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
        email_key: fields.get("email").and_then(|address| email::key(address)),
        fields,
        scans: 1,
        readiness: Readiness::Ready,
        revision: 1,
        captured_at: now,
        answers: answers.collect(),
        events: event.into_iter().collect(),
    }
}

/// One place: a vendor that knows its states and countries takes them only together.
fn place(key: &str) -> Option<&'static str> {
    match key {
        "address" | "companyStreetAddress" => Some("1 Market Street"),
        "companyCity" => Some("San Francisco"),
        "companyState" => Some("California"),
        "companyZip" => Some("94105"),
        "companyCountry" => Some("United States"),
        _ => None,
    }
}

fn made_up(
    key: &str,
    target: Option<&RemoteField>,
    held: &dyn Fn(&str) -> Option<String>,
    mark: &str,
) -> Option<String> {
    let own = match key {
        // One word each: some vendors keep a name as a whole, and divide it anew.
        "firstName" => Some("Mobly-Sync".to_owned()),
        "lastName" => Some(format!("Test-{mark}")),
        "email" => Some(address_of(mark)),
        "companyName" => Some(format!("Mobly Sync Test {mark}")),
        "companyWebsite" => Some(format!("https://{}", domain_of(mark))),
        "phone" | "mobilePhone" => Some(NUMBER.to_owned()),
        // Computed from others.
        "companyDomain" | "eventName" | "capturedAt" | "numberOfScans" => return None,
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
    let kind = match (field_type(key), target.map(|field| field.kind)) {
        // A text may go where only certain texts are taken: what stands for it is one.
        (FieldType::Text, Some(kind)) => form_of(kind),
        (ours, _) => ours,
    };
    Some(match kind {
        FieldType::Email => address_of(mark),
        FieldType::Phone => NUMBER.to_owned(),
        FieldType::Url => "https://example.com/mobly-sync-test".to_owned(),
        FieldType::Number => "42".to_owned(),
        FieldType::Date => "2026-01-31".to_owned(),
        FieldType::Datetime => "2026-01-31T09:30:00Z".to_owned(),
        FieldType::Boolean => "true".to_owned(),
        FieldType::Text => place(key)
            .map(str::to_owned)
            .or_else(|| held(key).filter(|_| key.starts_with("company")))
            .unwrap_or_else(|| format!("Test {mark}")),
    })
}

/// The kind of ours that a field there takes.
fn form_of(kind: RemoteKind) -> FieldType {
    match kind {
        RemoteKind::Email => FieldType::Email,
        RemoteKind::Phone => FieldType::Phone,
        RemoteKind::Url => FieldType::Url,
        RemoteKind::Number => FieldType::Number,
        RemoteKind::Date => FieldType::Date,
        RemoteKind::Datetime => FieldType::Datetime,
        RemoteKind::Boolean => FieldType::Boolean,
        _ => FieldType::Text,
    }
}
