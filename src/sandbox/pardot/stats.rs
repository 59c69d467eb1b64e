//! The unit's own counts in `/_stats`; the keys are listed in the `admin` module.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::unit::{ACTIVITIES, CAMPAIGNS, FIELDS, LISTS, MEMBERSHIPS, PROSPECTS, Unit};

pub(super) fn add(unit: &Unit, stats: &mut Map<String, Value>) {
    let count = |name: &str, deleted: bool| {
        let rows = unit.rows(name);
        rows.filter(|(_, row)| row.is_deleted() == deleted).count()
    };
    let mut addresses: HashMap<String, usize> = HashMap::new();
    let rows = unit.rows(PROSPECTS);
    for (_, row) in rows.filter(|(_, row)| !row.is_deleted()) {
        if let Some(email) = row.text("email") {
            *addresses.entry(email.to_lowercase()).or_default() += 1;
        }
    }
    let duplicates: usize = addresses.values().map(|count| count - 1).sum();
    let counts = json!({
        "prospects": count(PROSPECTS, false),
        "deleted": count(PROSPECTS, true),
        "duplicate_emails": duplicates,
        "custom_fields": count(FIELDS, false),
        "lists": count(LISTS, false),
        "list_memberships": count(MEMBERSHIPS, false),
        "campaigns": count(CAMPAIGNS, false),
        "external_activities": count(ACTIVITIES, false),
        "imports": unit.counts.imports,
        "import_polls": unit.counts.import_polls,
        "import_errors_read": unit.counts.import_errors_read,
        "open_imports": unit.imports.pending(),
        "upserts": unit.counts.upserts,
        "queries": unit.counts.queries,
        "api_calls": unit.limits.calls,
        "calls_today": unit.limits.used(unit.today()),
        "tokens_issued": unit.access.issued_count,
    });
    if let Value::Object(counts) = counts {
        stats.extend(counts);
    }
}
