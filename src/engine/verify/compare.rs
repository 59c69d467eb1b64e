//! Pure: whether a record holds what we wrote, and if not, whose doing that is.
//!
//! A value that is not ours may have been changed since, or may never have been taken. The time of the record's last change
//! tells, where it is clearly another than that of our writing; else the value does: one that we neither found nor wrote
//! is somebody's, the one we found is still the old.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::Written;
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind};
use crate::domain::verification::{Difference, DifferenceKind};
use crate::domain::write::is_blank;
use crate::store::verifications::WrittenField;
use crate::vendors::{RemoteRecord, Vendor};

/// Two clocks, and times that some vendors tell to the second, are not compared more closely than this.
const CLOSE: SignedDuration = SignedDuration::from_secs(2);
/// Digits of an id that tell records apart.
const SHORT_ID: usize = 15;

/// What records of one object are compared with.
pub(super) struct Comparison<'a> {
    pub(super) vendor: &'a dyn Vendor,
    pub(super) schema: &'a ObjectSchema,
    pub(super) object: &'static str,
    /// Object and field of every rule.
    pub(super) mapped: &'a HashSet<(String, String)>,
    /// The same of rules that add to what is there.
    pub(super) appended: &'a HashSet<(String, String)>,
}

impl Comparison<'_> {
    /// What differs, by the field's name.
    pub(super) fn of(&self, written: &Written, record: &RemoteRecord) -> Vec<Difference> {
        let changed = self.vendor.authorship(self.object).changed;
        let (last, last_by) = (changed.when(record), changed.who(record));
        let record_written = written.values().map(|field| field.at).max();
        let mut differences: Vec<Difference> = written
            .iter()
            .filter_map(|(name, ours)| {
                let found = record.values.get(name).cloned().unwrap_or_default();
                let kind = self.kind(name, ours, &found, last)?;
                // The last change is somebody else's only where it came after all that we wrote.
                let theirs = kind == DifferenceKind::ChangedSince
                    && record_written
                        .zip(last)
                        .is_some_and(|(ours, last)| ours < last);
                Some(Difference {
                    remote: name.clone(),
                    expected: ours.value.clone(),
                    found,
                    kind,
                    by: last_by.clone().filter(|_| theirs),
                    at: last.filter(|_| theirs).map(|at| at.to_string()),
                })
            })
            .collect();
        differences.sort_by(|left, right| left.remote.cmp(&right.remote));
        differences
    }

    fn kind(
        &self,
        name: &str,
        ours: &WrittenField,
        found: &Value,
        last: Option<Timestamp>,
    ) -> Option<DifferenceKind> {
        let place = (self.object.to_owned(), name.to_owned());
        let Some(field) = self.schema.field(name) else {
            // What was mapped and is no field any more was taken away; anything else we sent is no field of people's.
            return self
                .mapped
                .contains(&place)
                .then_some(DifferenceKind::ChangedSince);
        };
        if self.same(field, &ours.value, found) {
            return None;
        }
        let is_list = field.kind == RemoteKind::Many || self.appended.contains(&place);
        if is_list && !is_blank(found) && self.vendor.join(field, found, &ours.value).is_none() {
            return None;
        }
        let as_before = match &ours.before {
            Some(before) => self.same(field, before, found),
            None => is_blank(found),
        };
        let later = last.map(|last| last.duration_since(ours.at));
        Some(judged(later, as_before))
    }

    fn same(&self, field: &RemoteField, left: &Value, right: &Value) -> bool {
        (is_blank(left) && is_blank(right))
            || self.vendor.same(field, left, right)
            || (matches!(field.kind, RemoteKind::Reference | RemoteKind::User)
                && id_of(left).is_some_and(|left| Some(left) == id_of(right)))
    }
}

/// Whose doing it is. `later`: how long after our writing the record last changed; `as_before`: the value is the one we found.
fn judged(later: Option<SignedDuration>, as_before: bool) -> DifferenceKind {
    match later {
        Some(later) if later > CLOSE => DifferenceKind::ChangedSince,
        Some(later) if later < -CLOSE => DifferenceKind::NotWritten,
        _ if as_before => DifferenceKind::NotWritten,
        _ => DifferenceKind::ChangedSince,
    }
}

/// A record that was asked for by one id and is another one.
pub(super) fn other_record(asked: &str, object: &str, record: &RemoteRecord) -> Option<String> {
    if let Some((_, other)) = &record.instead {
        return Some(other.clone());
    }
    (record.object != object || short(&record.id) != short(asked)).then(|| record.id.clone())
}

/// Some ids are written with 15 or with 18 digits, the last three of which only tell upper from lower case.
fn short(id: &str) -> &str {
    match id.len() {
        18 if id.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !id.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            &id[..SHORT_ID]
        }
        _ => id,
    }
}

/// The record a value names.
pub(in crate::engine) fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::Object(parts) => ["id", "value"]
            .iter()
            .find_map(|part| id_of(parts.get(*part)?)),
        Value::String(text) => Some(short(text).to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_time_of_the_last_change_tells_where_it_is_clearly_another() {
        let seconds = |seconds| Some(SignedDuration::from_secs(seconds));
        let (theirs, never) = (DifferenceKind::ChangedSince, DifferenceKind::NotWritten);
        assert_eq!(judged(seconds(60), true), theirs, "they put it back");
        assert_eq!(judged(seconds(-60), false), never, "nobody wrote at all");
        for close in [seconds(1), seconds(-1), None] {
            assert_eq!(judged(close, true), never);
            assert_eq!(judged(close, false), theirs);
        }
    }

    #[test]
    fn an_id_in_another_spelling_is_the_same_record() {
        let record = |id: &str| RemoteRecord {
            object: "contact",
            id: id.to_owned(),
            values: Default::default(),
            created: None,
            instead: None,
        };
        let other = |asked: &str, id: &str| other_record(asked, "contact", &record(id));
        assert_eq!(other("003000000000001", "003000000000001AAA"), None);
        assert_eq!(other("7", "9"), Some("9".to_owned()));
        assert_eq!(
            other("123456789012345678", "123456789012345999"),
            Some("123456789012345999".to_owned()),
            "long numbers are told apart to the last digit"
        );
        assert_eq!(
            id_of(&json!({"id": 7, "name": "Acme"})),
            Some("7".to_owned())
        );
    }
}
