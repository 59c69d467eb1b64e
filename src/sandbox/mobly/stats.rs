//! The organization's own counts in `/_stats`; the keys are listed in the `admin` module.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::organization::Organization;

pub(super) fn add(organization: &Organization, stats: &mut Map<String, Value>) {
    if let Value::Object(counts) = counts(organization) {
        stats.extend(counts);
    }
    let journal = &organization.journal;
    let own = json!({
        "patches": journal.patches,
        "refused": journal.answered(429),
        "by_endpoint": journal.by_kind(),
        "unknown_parameters": journal.unknown_parameters.values().sum::<u64>(),
        "unknown_parameter_names": journal.unknown_parameters,
        "unknown_members": journal.unknown_members.values().sum::<u64>(),
        "unknown_member_names": journal.unknown_members,
        "last_refusal": journal.last_refusal,
    });
    if let Value::Object(own) = own {
        stats.extend(own);
    }
}

/// How many records of which kind there are.
pub(super) fn counts(organization: &Organization) -> Value {
    let leads: Vec<&Value> = organization
        .leads
        .entries()
        .iter()
        .map(|entry| &entry.row.body)
        .collect();
    let with = |is: &dyn Fn(&Value) -> bool| leads.iter().filter(|lead| is(lead)).count();
    let filled = |list: &Value| list.as_array().is_some_and(|list| !list.is_empty());
    let mut addresses: HashMap<String, u64> = HashMap::new();
    for email in leads.iter().filter_map(|lead| lead["email"].as_str()) {
        *addresses.entry(email.to_lowercase()).or_default() += 1;
    }
    let mut attended: HashMap<&str, u64> = HashMap::new();
    for event in organization.events.entries() {
        for known in &event.row.leads {
            *attended.entry(known.lead.as_str()).or_default() += 1;
        }
    }
    json!({
        "leads": leads.len(),
        "not_enriched": with(&|lead| lead["isEnriched"] == false),
        "without_email": with(&|lead| lead["email"].is_null()),
        "shared_emails": addresses.values().filter(|count| **count > 1).count(),
        "with_remote_id": with(&|lead| filled(&lead["remoteIds"])),
        "tagged": with(&|lead| filled(&lead["tags"])),
        "events": organization.events.len(),
        "event_leads": attended.values().sum::<u64>(),
        "in_several_events": attended.values().filter(|count| **count > 1).count(),
        "activities": organization.activities.len(),
        "activations": organization.activations.len(),
        "tag_groups": organization.tag_groups.len(),
    })
}
