//! The account's own counts in `/_stats`; the keys are listed in the `admin` module.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::module::{Module, Record};
use super::org::Org;

pub(super) fn add(org: &Org, stats: &mut Map<String, Value>) {
    let live = |name: &str| -> Vec<&Record> {
        org.module(name)
            .into_iter()
            .flat_map(Module::live)
            .collect()
    };
    let (converted, leads): (Vec<&Record>, Vec<&Record>) = live("Leads")
        .into_iter()
        .partition(|lead| lead.is_converted());
    let (contacts, accounts, notes) = (live("Contacts"), live("Accounts"), live("Notes"));
    let people = leads.iter().chain(&contacts);
    let emails = people.filter_map(|record| record.text("Email"));
    let names = accounts
        .iter()
        .filter_map(|account| account.text("Account_Name"));
    let websites = accounts
        .iter()
        .filter_map(|account| account.text("Website"));
    let orphans = contacts
        .iter()
        .filter(|contact| contact.reference("Account_Name").is_none());
    let note_keys = notes.iter().map(|note| {
        let text = |name| note.text(name).unwrap_or_default();
        let parent = note.reference("Parent_Id").unwrap_or_default();
        format!("{parent}\n{}\n{}", text("Note_Title"), text("Note_Content"))
    });
    let deleted = org.modules().iter().flat_map(Module::records);
    let counts = json!({
        "leads": leads.len(),
        "converted_leads": converted.len(),
        "contacts": contacts.len(),
        "accounts": accounts.len(),
        "campaigns": live("Campaigns").len(),
        "campaign_members": org.members.len(),
        "notes": notes.len(),
        "duplicate_notes": surplus(note_keys),
        "duplicate_emails": surplus(emails.map(str::to_lowercase)),
        "duplicate_account_names": surplus(names.map(|name| name.trim().to_lowercase())),
        "duplicate_domains": surplus(websites.map(domain)),
        "contacts_without_account": orphans.count(),
        "deleted": deleted.filter(|record| record.deleted).count(),
        "triggers": org.triggers,
        "api_calls": org.limits.calls,
        "credits": org.limits.used(org.clock.now_milliseconds()),
        "tokens_issued": org.access.issued_count,
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
