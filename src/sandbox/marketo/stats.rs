//! The instance's own counts in `/_stats`; the keys are listed in the `admin` module.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::instance::Instance;

pub(super) fn add(instance: &Instance, stats: &mut Map<String, Value>) {
    let leads = || instance.leads.iter();
    let companies = || instance.companies.iter();
    let names = companies().filter_map(|one| one.values.get("company").and_then(Value::as_str));
    let domains = companies().filter_map(|one| one.values.get("website").and_then(Value::as_str));
    let mut statuses: BTreeMap<&str, u64> = BTreeMap::new();
    for member in instance.programs.members.values() {
        *statuses.entry(&member.status).or_default() += 1;
    }
    let now = instance.now();
    let errors = instance.limits.last_days(1, now);
    let errors = errors.first().map(|(_, day)| {
        let errors = day.errors.iter();
        let errors = errors.map(|(code, count)| (code.to_string(), json!(count)));
        errors.collect::<Map<_, _>>()
    });
    let counts = json!({
        "leads": instance.leads.len(),
        "companies": companies().count(),
        "programs": instance.programs.all.len(),
        "program_members": instance.programs.members.len(),
        "member_statuses": statuses,
        "list_members": instance.lists.values().map(|list| list.leads.len()).sum::<usize>(),
        "activities": instance.activities.all.len(),
        "duplicate_activities": instance.activities.duplicates(),
        "duplicate_emails": instance.leads.duplicate_emails(),
        "duplicate_company_names": surplus(names.map(|name| name.trim().to_lowercase())),
        "duplicate_domains": surplus(domains.map(domain)),
        "leads_without_company": leads().filter(|lead| lead.company.is_none()).count(),
        "deleted": instance.deleted,
        "api_calls": instance.limits.calls,
        "calls_today": instance.limits.used(now),
        "errors_today": errors.unwrap_or_default(),
        "endpoints": instance.endpoints,
        "identity_calls": instance.identity_calls,
        "tokens_issued": instance.access.issued_count,
    });
    if let Value::Object(counts) = counts {
        stats.extend(counts);
    }
}

/// How many values are there beyond the first of their kind.
fn surplus(values: impl Iterator<Item = String>) -> usize {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.values().map(|count| count - 1).sum()
}

/// `https://www.Acme.com/x` and `acme.com` are the same.
fn domain(website: &str) -> String {
    let text = website.trim().to_lowercase();
    let host = text
        .split_once("://")
        .map_or(text.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}
