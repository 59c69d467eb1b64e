//! The org's own counts in `/_stats`; the keys are listed in the `admin` module.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::object::Record;
use super::org::Org;

pub(super) fn add(org: &Org, stats: &mut Map<String, Value>) {
    let live = |name: &str| -> Vec<&Record> {
        org.object(name)
            .into_iter()
            .flat_map(super::object::Object::live)
            .collect()
    };
    let (converted, leads): (Vec<&Record>, Vec<&Record>) = live("Lead")
        .into_iter()
        .partition(|lead| lead.flag("IsConverted"));
    let (contacts, accounts) = (live("Contact"), live("Account"));
    let emails = leads
        .iter()
        .chain(&contacts)
        .filter_map(|record| record.text("Email"));
    let names = accounts.iter().filter_map(|account| account.text("Name"));
    let domains = accounts
        .iter()
        .filter_map(|account| account.text("Website"))
        .map(domain);
    let orphans = contacts
        .iter()
        .filter(|contact| contact.text("AccountId").is_none())
        .count();
    let counts = json!({
        "leads": leads.len(),
        "converted_leads": converted.len(),
        "contacts": contacts.len(),
        "accounts": accounts.len(),
        "campaigns": live("Campaign").len(),
        "campaign_members": live("CampaignMember").len(),
        "tasks": live("Task").len(),
        "duplicate_emails": surplus(emails.map(str::to_lowercase)),
        "duplicate_account_names": surplus(names.map(|name| name.trim().to_lowercase())),
        "duplicate_domains": surplus(domains),
        "contacts_without_account": orphans,
        "auto_assign": {
            "false": org.auto_assign.off,
            "absent": org.auto_assign.absent,
            "rule": org.auto_assign.rule,
        },
        "api_calls": org.limits.used(org.now()),
        "open_jobs": org.jobs.open(),
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
