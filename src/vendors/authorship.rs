//! Who made a record and who last changed it: the fields that tell, and how their values read.
//!
//! Vendors write times in many ways, and persons as ids or as records of their own. What cannot be read is not known: it
//! is never taken for "nobody".

use jiff::Timestamp;
use serde_json::Value;

use super::RemoteRecord;

/// The fields of a record that tell who made it and who last changed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Authorship {
    /// Its making.
    pub made: Trace,
    /// Its last change.
    pub changed: Trace,
}

/// The fields that tell when something was done to a record, and by whom; `None`: the vendor does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trace {
    /// The field that holds when.
    pub at: Option<&'static str>,
    /// The field that holds who.
    pub by: Option<&'static str>,
}

impl Trace {
    /// When alone.
    #[must_use]
    pub const fn at(field: &'static str) -> Self {
        Self {
            at: Some(field),
            by: None,
        }
    }

    /// When, and by whom.
    #[must_use]
    pub const fn at_by(at: &'static str, by: &'static str) -> Self {
        Self {
            at: Some(at),
            by: Some(by),
        }
    }

    /// The fields to be read for it.
    pub fn fields(self) -> impl Iterator<Item = &'static str> {
        [self.at, self.by].into_iter().flatten()
    }

    /// When, as far as the record tells.
    #[must_use]
    pub fn when(self, record: &RemoteRecord) -> Option<Timestamp> {
        moment(&text_of(record.values.get(self.at?)?)?)
    }

    /// Who, by name where the vendor tells one, else by id.
    #[must_use]
    pub fn who(self, record: &RemoteRecord) -> Option<String> {
        let value = record.values.get(self.by?)?;
        let name = value.get("name").and_then(Value::as_str);
        name.map_or_else(|| text_of(value), |name| Some(name.to_owned()))
    }

    fn id(self, record: &RemoteRecord) -> Option<String> {
        text_of(record.values.get(self.by?)?)
    }
}

impl Authorship {
    /// The fields to be read for it.
    pub fn fields(self) -> impl Iterator<Item = &'static str> {
        self.made.fields().chain(self.changed.fields())
    }

    /// When a record was made.
    #[must_use]
    pub fn made_at(self, record: &RemoteRecord) -> Option<Timestamp> {
        self.made.when(record).or(record.created)
    }

    /// Whether the last change was made by another hand than the record; `None`: the vendor does not tell.
    #[must_use]
    pub fn has_two_hands(self, record: &RemoteRecord) -> Option<bool> {
        let (maker, last) = (self.made.id(record)?, self.changed.id(record)?);
        Some(maker != last)
    }
}

/// What a value says, where it is not blank: a text, a number, or the id of a record.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(record) => ["id", "value"]
            .iter()
            .find_map(|part| text_of(record.get(*part)?)),
        _ => None,
    }
}

/// A moment as vendors write it: with an offset, with one without a colon, with two of them, as milliseconds, or of no zone
/// at all, which means UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    if let Ok(milliseconds) = text.parse::<i64>() {
        return Timestamp::from_millisecond(milliseconds).ok();
    }
    if let Ok(at) = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text) {
        return Some(at);
    }
    let bare = text.strip_suffix("Z+0000").unwrap_or(text);
    format!("{}Z", bare.replacen(' ', "T", 1)).parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    const TOLD: Authorship = Authorship {
        made: Trace::at_by("made", "author"),
        changed: Trace::at_by("changed", "last"),
    };

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
    fn times_are_read_however_a_vendor_writes_them() {
        let wanted: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        for text in [
            json!("2026-11-20T10:00:00.000Z"),
            json!("2026-11-20T11:00:00+01:00"),
            json!("2026-11-20T10:00:00.000+0000"),
            json!("2026-11-20T10:00:00Z+0000"),
            json!("1795168800000"),
            json!(1_795_168_800_000_i64),
            json!("2026-11-20 10:00:00"),
        ] {
            let record = record(json!({ "changed": text }));
            assert_eq!(TOLD.changed.when(&record), Some(wanted), "{text}");
        }
        let record = record(json!({"changed": "yesterday"}));
        assert_eq!(TOLD.changed.when(&record), None);
    }

    #[test]
    fn persons_are_ids_or_records_of_their_own() {
        let who = |last: Value| TOLD.changed.who(&record(json!({ "last": last })));
        assert_eq!(who(json!("005A")), Some("005A".to_owned()));
        assert_eq!(who(json!(42)), Some("42".to_owned()));
        assert_eq!(who(json!({"id": "1", "name": "Bo"})), Some("Bo".to_owned()));
        assert_eq!(who(json!({"id": 7})), Some("7".to_owned()));
        assert_eq!(who(json!("")), None);
        assert_eq!(who(Value::Null), None);
    }

    #[test]
    fn two_hands_are_two_ids() {
        let hands = |author: Value, last: Value| {
            TOLD.has_two_hands(&record(json!({"author": author, "last": last})))
        };
        assert_eq!(hands(json!(1), json!("1")), Some(false));
        let named = json!({"id": "1", "name": "Bo"});
        assert_eq!(hands(named, json!({"id": "2", "name": "Bo"})), Some(true));
        assert_eq!(hands(json!(1), Value::Null), None, "nobody tells");
    }
}
