//! What the org's admin set up on top of the standard: validation rules, triggers, duplicate rules.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::object::{Record, Values};
use super::org::Org;
use super::soql::{Condition, holds};
use super::write::Manner;

/// Names at least this alike (Jaro-Winkler, 0 to 1) are the same to a fuzzy rule.
const ALIKE: f64 = 0.92;

pub(super) struct ValidationRule {
    pub(super) object: String,
    pub(super) when: Condition,
    pub(super) message: String,
    pub(super) field: Option<String>,
}

pub(super) struct Trigger {
    pub(super) object: String,
    pub(super) larger_than: usize,
    pub(super) message: String,
}

#[derive(Clone)]
pub(super) struct DuplicateRule {
    pub(super) object: String,
    pub(super) blocks: bool,
    /// Fuzzy by name instead of exactly by e-mail.
    pub(super) by_name: bool,
    /// The objects whose records it compares with.
    pub(super) against: Vec<String>,
    pub(super) message: String,
    pub(super) on_update: bool,
}

#[derive(Default)]
pub(super) struct Rules {
    pub(super) validation: Vec<ValidationRule>,
    pub(super) triggers: Vec<Trigger>,
    pub(super) duplicates: Vec<DuplicateRule>,
}

impl Rules {
    /// Why a chunk of so many records fails as a whole.
    pub(super) fn trigger_failure(
        &self,
        object: &str,
        records: usize,
        verb: &str,
    ) -> Option<Box<ApiError>> {
        let mut triggers = self.triggers.iter();
        let trigger =
            triggers.find(|trigger| trigger.object == object && records > trigger.larger_than)?;
        let text = format!(
            "{object}_Trigger: execution of Before{verb}\n\ncaused by: {}",
            trigger.message
        );
        Some(ApiError::save(
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            text,
            &[],
        ))
    }
}

/// Checks a record that is about to be saved.
pub(super) fn validate(org: &Org, place: usize, record: &Record) -> Result<(), Box<ApiError>> {
    let name = &org.at(place).name;
    for rule in org
        .rules
        .validation
        .iter()
        .filter(|rule| rule.object == *name)
    {
        if holds(org, &rule.when, record) {
            let fields: Vec<&str> = rule.field.iter().map(String::as_str).collect();
            return Err(ApiError::save(
                "FIELD_CUSTOM_VALIDATION_EXCEPTION",
                rule.message.clone(),
                &fields,
            ));
        }
    }
    Ok(())
}

/// Looks for duplicates of a record that is about to be saved (fact sheet, section 10).
pub(super) fn find_duplicates(
    org: &Org,
    object: &str,
    record: &Record,
    is_update: bool,
    manner: Manner,
) -> Result<(), Box<ApiError>> {
    let rules = org
        .rules
        .duplicates
        .iter()
        .filter(|rule| rule.object == object);
    for rule in rules.filter(|rule| !is_update || rule.on_update) {
        let results: Vec<Value> = rule
            .against
            .iter()
            .filter_map(|other| matches(org, rule, other, record, manner.duplicate_details))
            .collect();
        if results.is_empty() || (!rule.blocks && manner.allow_duplicates) {
            continue;
        }
        let mut error = ApiError::new(400, "DUPLICATES_DETECTED", rule.message.clone());
        error.duplicate_result = Some(json!({
            "allowSave": !rule.blocks,
            "duplicateRule": format!("Standard_{object}_Duplicate_Rule"),
            "duplicateRuleEntityType": object,
            "errorMessage": rule.message,
            "matchResults": results,
        }));
        return Err(error);
    }
    Ok(())
}

fn matches(
    org: &Org,
    rule: &DuplicateRule,
    other: &str,
    record: &Record,
    details: bool,
) -> Option<Value> {
    let object = org.object(other)?;
    let candidates: Vec<(&Record, f64)> = if rule.by_name {
        let name = comparable(&record.values);
        let scored = object.live().map(|found| {
            (
                found,
                strsim::jaro_winkler(&name, &comparable(&found.values)),
            )
        });
        scored
            .filter(|(_, score)| !name.is_empty() && *score >= ALIKE)
            .collect()
    } else {
        let email = record.text("Email")?;
        object
            .with_value("Email", email)
            .into_iter()
            .map(|found| (found, 1.0))
            .collect()
    };
    let others = candidates
        .into_iter()
        .filter(|(found, _)| found.id != record.id && !found.flag("IsConverted"));
    let records: Vec<Value> = others
        .map(|(found, score)| {
            let url = format!("/services/data/v66.0/sobjects/{other}/{}", found.id);
            // "true: return all fields in the duplicate record" (REST API guide, "Duplicate Rule Header").
            let mut told = if details {
                json!(found.values)
            } else {
                json!({})
            };
            told["attributes"] = json!({"type": other, "url": url});
            told["Id"] = json!(found.id);
            json!({
                "additionalInformation": [],
                "fieldDiffs": [],
                "matchConfidence": (score * 1_000.0).round() / 10.0,
                "record": told,
            })
        })
        .collect();
    (!records.is_empty()).then(|| {
        json!({
            "entityType": other,
            "errors": [],
            "matchEngine": if rule.by_name { "FuzzyMatchEngine" } else { "ExactMatchEngine" },
            "rule": format!("Standard_{other}_Match_Rule_v1_1"),
            "size": records.len(),
            "success": true,
            "matchRecords": records,
        })
    })
}

fn comparable(values: &Values) -> String {
    let name = values
        .get("Name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    name.to_lowercase()
        .chars()
        .filter(|sign| sign.is_alphanumeric() || *sign == ' ')
        .collect()
}
