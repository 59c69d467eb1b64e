//! Records that were removed and made again: what names the old one means the new one.

use std::collections::HashMap;

use serde_json::{Value, json};

/// The new id of each record, by its object and the old one.
#[derive(Debug, Clone, Default)]
pub(super) struct Remade(HashMap<(String, String), String>);

impl Remade {
    /// As the file tells: object, old id, new id.
    pub(super) fn known(records: Vec<(String, String, String)>) -> Self {
        let records = records.into_iter();
        Self(
            records
                .map(|(object, old, new)| ((object, old), new))
                .collect(),
        )
    }

    pub(super) fn insert(&mut self, object: &str, old: &str, new: &str) {
        if old != new {
            let key = (object.to_owned(), old.to_owned());
            self.0.insert(key, new.to_owned());
        }
    }

    /// The id a record goes by now: one may have been made again more than once.
    pub(super) fn current(&self, object: &str, id: &str) -> String {
        let mut current = id.to_owned();
        // No chain is longer than there are records.
        for _ in 0..self.0.len() {
            match self.0.get(&(object.to_owned(), current.clone())) {
                Some(new) => current.clone_from(new),
                None => break,
            }
        }
        current
    }

    /// The record a field names, by its id of now; a number stays a number.
    pub(super) fn follow(&self, object: &str, value: &Value) -> Value {
        let old = match value {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            other => return other.clone(),
        };
        let new = self.current(object, &old);
        match (value, new.parse::<i64>()) {
            _ if new == old => value.clone(),
            (Value::Number(_), Ok(number)) => number.into(),
            _ => json!(new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_again_twice_goes_by_its_last_id() {
        let mut remade = Remade::default();
        remade.insert("company", "1", "5");
        remade.insert("company", "5", "9");
        remade.insert("contact", "1", "7");
        remade.insert("contact", "8", "8");
        assert_eq!(remade.current("company", "1"), "9");
        assert_eq!(remade.current("contact", "1"), "7", "ids are of an object");
        assert_eq!(remade.current("contact", "8"), "8");
        assert_eq!(remade.follow("company", &json!(1)), json!(9));
        assert_eq!(remade.follow("company", &json!("5")), json!("9"));
        assert_eq!(remade.follow("company", &Value::Null), Value::Null);
    }

    #[test]
    fn ids_that_lead_back_to_themselves_end() {
        let mut remade = Remade::default();
        remade.insert("contact", "1", "2");
        remade.insert("contact", "2", "1");
        assert!(["1", "2"].contains(&remade.current("contact", "1").as_str()));
    }
}
