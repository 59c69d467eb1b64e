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
        None => touched(authorship, record, item),
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
        let by = item.later_by(name);
        let by = by.or_else(|| changed_by(vendor.authorship(record.object), record));
        changed.push(left(change, Some(name), why, by));
    }
    changed
}

/// Why a record cannot be said to be as the run made it. Its making is not the only change of ours: joining it to others is one
/// at some vendors, and so is what an undo did that ended early.
fn touched(authorship: Authorship, record: &RemoteRecord, item: &Item) -> Option<String> {
    let ours = authorship.made_at(record).max(item.moved);
    let changed = authorship.changed.when(record);
    let later = |by: Option<Timestamp>| {
        let both = by.zip(changed);
        both.is_some_and(|(by, changed)| changed.duration_since(by) > SETTLING)
    };
    if authorship.has_two_hands(record) == Some(true) {
        return Some("somebody changed it since it was made".to_owned());
    }
    if !later(ours) {
        return None;
    }
    let why = match item.written {
        Some(written) if written > ours.unwrap_or(written) && !later(Some(written)) => {
            "runs of ours changed it since it was made, so whether somebody else did too cannot be told"
        }
        _ => "somebody changed it since it was made",
    };
    Some(why.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::store::{ChangeKind, StoredChange};
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
        let touched = |changed: &str, last: &str, moved: Option<&str>, written: Option<&str>| {
            let record = record(
                json!({"made": "2026-11-20T10:00:00Z", "changed": changed, "author": "1", "last": last}),
            );
            let at = |text: Option<&str>| text.map(|text| text.parse().unwrap());
            let item = Item {
                moved: at(moved),
                written: at(written),
                ..made()
            };
            super::touched(told, &record, &item)
        };
        let (soon, late) = ("2026-11-20T10:00:05Z", "2026-11-20T12:00:00Z");
        assert_eq!(touched(soon, "1", None, Some(soon)), None);
        assert!(touched(soon, "2", None, None).unwrap().contains("somebody"));
        assert!(
            touched(late, "1", None, Some(soon))
                .unwrap()
                .contains("somebody")
        );
        // Joined to its company then, or taken out of it by an undo that ended there.
        assert_eq!(touched(late, "1", Some(late), None), None);
        assert!(touched(late, "2", Some(late), None).is_some());
        assert!(touched("2026-11-20T12:02:00Z", "1", Some(late), None).is_some());
        // A later run wrote to it, and was undone: who else did before that, nobody knows.
        let why = touched(late, "1", None, Some(late)).unwrap();
        assert!(why.contains("runs of ours"), "{why}");
        let nobody_tells = record(json!({}));
        assert_eq!(super::touched(told, &nobody_tells, &made()), None);
    }

    fn made() -> Item {
        Item {
            change: StoredChange {
                object: "contact".into(),
                remote_id: "7".into(),
                kind: ChangeKind::Created,
                before: None,
                after: json!({}),
                at: Timestamp::UNIX_EPOCH,
                undone_by: None,
            },
            leads: Default::default(),
            sent: false,
            put_back: Default::default(),
            later: Default::default(),
            stranger: false,
            moved: None,
            written: None,
        }
    }
}
