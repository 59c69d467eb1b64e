//! Records that go, while nobody has touched them.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::super::Left;
use super::super::plan::{Item, Removal, UndoPlan};
use super::{Seen, alike, changed_by, current, left, shown};
use crate::vendors::{Authorship, ObjectInfo, RemoteRecord, Vendor};

/// A record that changes this long after it was made was changed by more than its making: vendors compute fields of their
/// own for a while.
const SETTLING: SignedDuration = SignedDuration::from_secs(60);

/// A record the run made.
pub(in crate::engine::undo) fn remove(
    vendor: &dyn Vendor,
    info: &'static ObjectInfo,
    item: &Item,
    seen: &Seen<'_>,
    plan: &mut UndoPlan,
) {
    let change = &item.change;
    if vendor.undoing().object(info.key).is_none() {
        let why = format!("the vendor documents no way to remove {}", info.key);
        plan.impossible.push(left(change, None, why, None));
        return;
    }
    let Some(record) = seen.record else {
        plan.settled.push(item.clone().into());
        return;
    };
    let changed = changed_fields(vendor, item, seen, record, plan);
    if !changed.is_empty() {
        plan.left.extend(changed);
        return;
    }
    let authorship = vendor.authorship(info.key);
    let last = item.later.values().max();
    let why = match &record.instead {
        Some((object, id)) => Some(format!("it became {object} {id}")),
        None if last.is_some() => Some("a later run wrote to it".to_owned()),
        None if item.stranger => Some("leads that came by other runs are linked to it".to_owned()),
        None => is_touched(authorship, record, item.begun)
            .then(|| "somebody changed it since it was made".to_owned()),
    };
    match why {
        Some(why) => {
            let by = last.map(|run| format!("run {run}"));
            let by = by.or_else(|| changed_by(authorship, record));
            plan.left.push(left(change, None, why, by));
        }
        None => plan.removals.push(Removal {
            item: item.clone(),
            info,
            under: Vec::new(),
        }),
    }
}

/// The fields of a record the run made that do not hold what it wrote.
fn changed_fields(
    vendor: &dyn Vendor,
    item: &Item,
    seen: &Seen<'_>,
    record: &RemoteRecord,
    plan: &UndoPlan,
) -> Vec<Left> {
    let change = &item.change;
    let mut changed = Vec::new();
    if record.instead.is_some() {
        return changed;
    }
    for (name, after) in change.after.as_object().into_iter().flatten() {
        let Some(field) = seen.schema.and_then(|schema| schema.field(name)) else {
            continue;
        };
        let held = record.values.get(name).unwrap_or(&Value::Null);
        if alike(vendor, field, held, &current(vendor, plan, name, after)) {
            continue;
        }
        let why = format!(
            "made by the run and changed since: holds {} now",
            shown(held)
        );
        let by = item.later.get(name).map(|run| format!("run {run}"));
        let by = by.or_else(|| changed_by(vendor.authorship(record.object), record));
        changed.push(left(change, Some(name), why, by));
    }
    changed
}

/// Whether somebody has changed a record that only its making should have changed: its making, and what an earlier undo
/// did that began to remove it.
fn is_touched(authorship: Authorship, record: &RemoteRecord, begun: Option<Timestamp>) -> bool {
    let ours = authorship.made_at(record).max(begun);
    let changed = authorship.changed.when(record);
    let is_later = ours
        .zip(changed)
        .is_some_and(|(ours, changed)| changed.duration_since(ours) > SETTLING);
    is_later || authorship.has_two_hands(record) == Some(true)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::vendors::Trace;

    fn record(values: Value) -> RemoteRecord {
        RemoteRecord {
            object: "contact",
            id: "7".into(),
            values: serde_json::from_value(values).unwrap(),
            created: None,
            instead: None,
        }
    }

    #[test]
    fn a_record_is_touched_by_another_hand_or_long_after_it_was_made() {
        let told = Authorship {
            made: Trace::at_by("made", "author"),
            changed: Trace::at_by("changed", "last"),
        };
        let at = |changed: &str, last: &str| {
            record(
                json!({"made": "2026-11-20T10:00:00Z", "changed": changed, "author": "1", "last": last}),
            )
        };
        assert!(!is_touched(told, &at("2026-11-20T10:00:05Z", "1"), None));
        assert!(is_touched(told, &at("2026-11-20T10:00:05Z", "2"), None));
        assert!(is_touched(told, &at("2026-11-20T10:02:00Z", "1"), None));
        assert!(!is_touched(told, &record(json!({})), None), "nobody tells");
        // An undo that took it out of its company, and ended there.
        let begun = "2026-11-20T12:00:00Z".parse().ok();
        assert!(!is_touched(told, &at("2026-11-20T12:00:05Z", "1"), begun));
        assert!(is_touched(told, &at("2026-11-20T12:00:05Z", "2"), begun));
        assert!(is_touched(told, &at("2026-11-20T12:02:00Z", "1"), begun));
    }
}
