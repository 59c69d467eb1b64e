//! Whether somebody has worked with a record: an activity, a deal or a file changes no field of it, so that its own time
//! of change does not tell.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{RemoteRecord, Trace};

/// How long after our own writing a moment still counts as ours.
const SLACK: SignedDuration = SignedDuration::from_secs(60);

/// A field of a record that tells of work with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Empty or zero until others work with the record; what we write never counts in it.
    Others(&'static str),
    /// How many activities there are, or when the last one was; empty or zero while there is none. Our own count too, those
    /// of a company's persons perhaps as the company's.
    Activities(&'static str),
    /// When somebody last did anything with the record. Its making, our own changes and our own activities count too.
    Last(&'static str),
}

/// What we ourselves did with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OurWork {
    /// Activities of ours that are there; of a company also those of its persons.
    pub activities: u64,
    /// When we last wrote to it or an activity of it, beside its making.
    pub until: Option<Timestamp>,
}

impl Work {
    /// The field to be read for it.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Others(field) | Self::Activities(field) | Self::Last(field) => field,
        }
    }

    /// Whether a record tells of somebody else's work. What it does not tell, it does not tell.
    #[must_use]
    pub fn is_told_by(self, record: &RemoteRecord, ours: OurWork) -> bool {
        let value = record.values.get(self.field()).unwrap_or(&Value::Null);
        match self {
            Self::Others(_) => count(value).map_or(is_some(value), |count| count > 0),
            Self::Activities(_) => match count(value) {
                Some(count) => count > ours.activities,
                None => ours.activities == 0 && is_some(value),
            },
            Self::Last(field) => Trace::at(field)
                .when(record)
                .zip(ours.until.into_iter().chain(record.created).max())
                .is_some_and(|(last, ours)| last.duration_since(ours) > SLACK),
        }
    }
}

/// A count, as a number or as text.
fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_f64().map(|number| number.max(0.0) as u64),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn is_some(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(entries) => !entries.is_empty(),
        Value::Object(parts) => !parts.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn told(work: Work, value: Value, ours: OurWork) -> bool {
        let record = RemoteRecord {
            object: "contact",
            id: "7".into(),
            values: [("field".to_owned(), value)].into(),
            created: None,
            instead: None,
        };
        work.is_told_by(&record, ours)
    }

    fn ours(activities: u64) -> OurWork {
        OurWork {
            activities,
            until: Some("2026-11-20T10:00:00Z".parse().unwrap()),
        }
    }

    #[test]
    fn a_deal_is_somebody_elses_whatever_we_did() {
        let deals = |value| told(Work::Others("field"), value, ours(3));
        for none in [json!(0), json!("0"), json!(""), json!([]), Value::Null] {
            assert!(!deals(none.clone()), "{none}");
        }
        for some in [json!(1), json!("2"), json!("2026-11-20"), json!({"id": 1})] {
            assert!(deals(some.clone()), "{some}");
        }
    }

    #[test]
    fn our_own_activities_are_not_somebody_elses() {
        let activities = |value, count| told(Work::Activities("field"), value, ours(count));
        assert!(activities(json!("1"), 0) && activities(json!("2026-11-20"), 0));
        assert!(!activities(json!("1"), 1) && activities(json!(2), 1));
        assert!(!activities(json!("2026-11-20"), 1), "it may be ours");
        assert!(!activities(json!(0), 0) && !activities(Value::Null, 0));
    }

    #[test]
    fn the_last_work_is_ours_until_a_minute_after_our_own() {
        let last = |value| told(Work::Last("field"), json!(value), ours(0));
        assert!(!last("2026-11-20T10:00:59Z") && last("2026-11-20T10:01:01Z"));
        assert!(last("2026-11-20T13:00:00+01:00") && !last(""));
        let unknown = OurWork::default();
        assert!(!told(
            Work::Last("field"),
            json!("2026-11-21T10:00:00Z"),
            unknown
        ));
    }
}
