//! The account's own counts in `/_stats`; the keys are listed in the `admin` module.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::account::Account;
use super::record::{Entity, Record};

pub(super) fn add(account: &Account, stats: &mut Map<String, Value>) {
    let live = |entity| -> Vec<&Record> { account.table(entity).all_live().collect() };
    let (persons, organizations) = (live(Entity::Person), live(Entity::Organization));
    let (notes, leads) = (live(Entity::Note), live(Entity::Lead));
    let emails = persons.iter().flat_map(|person| {
        let own = person
            .channels("emails")
            .map(|email| email.trim().to_lowercase());
        // A person who has an address twice is no duplicate.
        let own: std::collections::BTreeSet<String> =
            own.filter(|email| !email.is_empty()).collect();
        own
    });
    let names = organizations.iter().filter_map(|one| one.text("name"));
    let websites = organizations.iter().filter_map(|one| one.text("website"));
    let origins = leads.iter().filter_map(|lead| lead.text("origin_id"));
    let note_keys = notes.iter().map(|note| {
        let parents = ["person_id", "org_id", "deal_id", "lead_id"];
        let parents = parents.map(|name| note.get(name).to_string());
        format!("{}\n{}", parents.join("\n"), note.get("content"))
    });
    let deleted = Entity::ALL.iter().map(|entity| {
        let all = account.table(*entity).all();
        all.filter(|record| record.deleted).count()
    });
    let without = persons
        .iter()
        .filter(|person| person.number("org_id").is_none());
    let now = account.clock.now_milliseconds();
    let counts = json!({
        "persons": persons.len(),
        "organizations": organizations.len(),
        "deals": live(Entity::Deal).len(),
        "activities": live(Entity::Activity).len(),
        "leads": leads.len(),
        "notes": notes.len(),
        "filters": account.filters.len(),
        "deleted": deleted.sum::<usize>(),
        "persons_without_organization": without.count(),
        "duplicate_emails": surplus(emails),
        "duplicate_organization_names": surplus(names.map(|name| name.trim().to_lowercase())),
        "duplicate_domains": surplus(websites.map(domain).filter(|domain| !domain.is_empty())),
        "duplicate_lead_origins": surplus(origins.map(str::to_owned)),
        "duplicate_notes": surplus(note_keys),
        "tokens_spent": account.limits.spent,
        "tokens_since_reset": account.limits.spent_today(now),
        "tokens_left": account.limits.left(now),
        "tokens_issued": account.access.issued_count,
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
