//! Pure: what becomes of one record, given what it holds now.

use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::Left;
use super::look::link_field;
use super::plan::{Item, PutBack, Removal, UndoPlan};
use crate::domain::ids::RunId;
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::domain::write::is_blank;
use crate::store::StoredChange;
use crate::vendors::{Authorship, ObjectInfo, RemoteRecord, Values, Vendor};

/// A record that changes this long after it was made was changed by more than its making: vendors compute fields of their
/// own for a while.
const SETTLING: SignedDuration = SignedDuration::from_secs(60);

/// A record as it is now, and what we know of it.
pub(super) struct Seen<'a> {
    pub(super) schema: Option<&'a ObjectSchema>,
    pub(super) record: Option<&'a RemoteRecord>,
    /// A later run of ours that wrote to it.
    pub(super) later: Option<RunId>,
    /// A lead that this run did not bring is linked to it.
    pub(super) stranger: bool,
}

impl Seen<'_> {
    /// Who changed it, as far as is told.
    fn changed_by(&self, authorship: Authorship) -> Option<String> {
        if let Some(run) = self.later {
            return Some(format!("run {run}"));
        }
        let record = self.record?;
        // Who made it and changed it last is perhaps ourselves.
        let last = authorship.changed.who(record);
        last.filter(|_| authorship.has_two_hands(record) != Some(false))
    }
}

/// Something that stays.
pub(super) fn left(
    change: &StoredChange,
    field: Option<&str>,
    why: impl Into<String>,
    by: Option<String>,
) -> Left {
    Left {
        object: change.object.clone(),
        id: change.remote_id.clone(),
        field: field.map(str::to_owned),
        why: why.into(),
        by,
    }
}

/// Whether a field is among those named: `phone` or `contact.phone`.
pub(super) fn is_named(fields: &[String], object: &str, name: &str) -> bool {
    fields.is_empty()
        || fields.iter().any(|named| {
            named.eq_ignore_ascii_case(name)
                || named.split_once('.').is_some_and(|(of, field)| {
                    of.eq_ignore_ascii_case(object) && field.eq_ignore_ascii_case(name)
                })
        })
}

/// Fields of a record that was there before.
pub(super) fn put_back(
    vendor: &dyn Vendor,
    info: &'static ObjectInfo,
    item: &Item,
    seen: &Seen<'_>,
    fields: &[String],
    plan: &mut UndoPlan,
) {
    let change = &item.change;
    let Some(Value::Object(before)) = &change.before else {
        plan.impossible.push(left(
            change,
            None,
            "what it held before was not known when it was written over",
            None,
        ));
        return;
    };
    restore(vendor, info, item, seen, fields, before, plan);
}

/// Single fields of a record the run made: they held nothing before.
pub(super) fn blank(
    vendor: &dyn Vendor,
    info: &'static ObjectInfo,
    item: &Item,
    seen: &Seen<'_>,
    fields: &[String],
    plan: &mut UndoPlan,
) {
    restore(vendor, info, item, seen, fields, &Map::new(), plan);
}

fn restore(
    vendor: &dyn Vendor,
    info: &'static ObjectInfo,
    item: &Item,
    seen: &Seen<'_>,
    fields: &[String],
    before: &Map<String, Value>,
    plan: &mut UndoPlan,
) {
    let change = &item.change;
    let Some(record) = seen.record else {
        plan.left
            .push(left(change, None, "it is not there any more", None));
        return;
    };
    if let Some((object, id)) = &record.instead {
        plan.left
            .push(left(change, None, format!("it became {object} {id}"), None));
        return;
    }
    let authorship = vendor.authorship(info.key);
    let none = Value::Null;
    let (mut values, mut now, mut then) = (Values::new(), Map::new(), Map::new());
    let mut whole = true;
    let mut wrote = false;
    for (name, after) in change.after.as_object().into_iter().flatten() {
        if !is_named(fields, info.key, name) {
            whole = false;
            continue;
        }
        wrote = true;
        let back = before.get(name).unwrap_or(&none);
        let held = record.values.get(name).unwrap_or(&none);
        let Some(field) = seen.schema.and_then(|schema| schema.field(name)) else {
            // What the vendor tells no field of is a part of another (a name's, an address').
            if held != back {
                plan.left.push(left(
                    change,
                    Some(name),
                    "the field is not there any more",
                    None,
                ));
                whole = false;
            }
            continue;
        };
        if alike(vendor, field, held, back) {
            continue;
        }
        if !alike(vendor, field, held, after) {
            let why = format!("holds {} now, not what was written", shown(held));
            plan.left
                .push(left(change, Some(name), why, seen.changed_by(authorship)));
            whole = false;
            continue;
        }
        if !field.writable {
            let why = match link_field(&vendor.plan().link) == Some(name.as_str()) {
                true => "the vendor takes no person out of its company",
                false => "the field is read-only now",
            };
            plan.impossible.push(left(change, Some(name), why, None));
            whole = false;
            continue;
        }
        let sent = match back {
            Value::Array(_) => back.clone(),
            back if is_blank(back) => vendor.blank(field),
            back => back.clone(),
        };
        values.insert(name.clone(), sent);
        now.insert(name.clone(), held.clone());
        then.insert(name.clone(), back.clone());
    }
    if !wrote {
        return;
    }
    let wanted: Vec<String> = values.keys().cloned().collect();
    let notes = vendor.settle_back(info.key, record, &mut values);
    if !notes.is_empty() {
        for name in wanted.iter().filter(|name| !values.contains_key(*name)) {
            plan.impossible
                .push(left(change, Some(name), notes.join("; "), None));
            now.remove(name);
            then.remove(name);
            whole = false;
        }
    }
    if values.is_empty() {
        if whole {
            plan.settled.push(item.clone());
        }
        return;
    }
    plan.put_back.push(PutBack {
        item: item.clone(),
        info,
        values,
        now,
        then,
        whole,
    });
}

/// A record the run made.
pub(super) fn remove(
    vendor: &dyn Vendor,
    info: &'static ObjectInfo,
    item: &Item,
    seen: &Seen<'_>,
    plan: &mut UndoPlan,
) {
    let change = &item.change;
    let removal = || Removal {
        item: item.clone(),
        info,
        under: Vec::new(),
    };
    if vendor.undoing().object(info.key).is_none() {
        let why = format!("the vendor documents no way to remove {}", info.key);
        plan.impossible.push(left(change, None, why, None));
        return;
    }
    let Some(record) = seen.record else {
        plan.settled.push(item.clone());
        return;
    };
    let authorship = vendor.authorship(info.key);
    let stays =
        |field: Option<&str>, why: String| left(change, field, why, seen.changed_by(authorship));
    if let Some((object, id)) = &record.instead {
        plan.left
            .push(stays(None, format!("it became {object} {id}")));
        return;
    }
    let mut changed = Vec::new();
    for (name, after) in change.after.as_object().into_iter().flatten() {
        let Some(field) = seen.schema.and_then(|schema| schema.field(name)) else {
            continue;
        };
        let held = record.values.get(name).unwrap_or(&Value::Null);
        if !alike(vendor, field, held, after) {
            changed.push(stays(
                Some(name),
                format!(
                    "made by the run and changed since: holds {} now",
                    shown(held)
                ),
            ));
        }
    }
    if !changed.is_empty() {
        plan.left.extend(changed);
        return;
    }
    let why = match () {
        () if seen.later.is_some() => Some("a later run wrote to it"),
        () if seen.stranger => Some("leads that came by other runs are linked to it"),
        () if is_touched(authorship, record) => Some("somebody changed it since it was made"),
        () => None,
    };
    match why {
        Some(why) => plan.left.push(stays(None, why.to_owned())),
        None => plan.removals.push(removal()),
    }
}

/// Whether somebody has changed a record that only its making should have changed.
fn is_touched(authorship: Authorship, record: &RemoteRecord) -> bool {
    let made = authorship.made_at(record);
    let changed = authorship.changed.when(record);
    let is_later = made
        .zip(changed)
        .is_some_and(|(made, changed)| changed.duration_since(made) > SETTLING);
    is_later || authorship.has_two_hands(record) == Some(true)
}

fn alike(vendor: &dyn Vendor, field: &RemoteField, left: &Value, right: &Value) -> bool {
    is_blank(left) && is_blank(right) || vendor.same(field, left, right)
}

/// A value as people read it.
fn shown(value: &Value) -> String {
    if is_blank(value) {
        return "nothing".to_owned();
    }
    let text = match value {
        Value::String(text) => format!("{text:?}"),
        other => other.to_string(),
    };
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
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
        assert!(!is_touched(told, &at("2026-11-20T10:00:05Z", "1")));
        assert!(is_touched(told, &at("2026-11-20T10:00:05Z", "2")));
        assert!(is_touched(told, &at("2026-11-20T10:02:00Z", "1")));
        assert!(!is_touched(told, &record(json!({}))), "nobody tells");
    }

    #[test]
    fn fields_are_named_with_or_without_their_object() {
        let named = |field: &str| is_named(&[field.to_owned()], "contact", "jobtitle");
        assert!(named("jobtitle") && named("JobTitle") && named("contact.jobtitle"));
        assert!(!named("company.jobtitle") && !named("phone"));
        assert!(is_named(&[], "contact", "jobtitle"));
    }
}
