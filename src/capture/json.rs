//! JSON to rows: an array of objects, an object that holds one, or an object on each line.
//!
//! Names become columns in the order they are first met; an object within is named with its own name before
//! (`company.name`), a list becomes one value separated by `; `, and a list of questions with their answers becomes a
//! column each. The text is held; the elements are parsed one after the other, twice.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::decode::DecodeError;
use super::import_error::ImportError;
use super::record::{Record, Trouble};
use super::source::Rows;

/// Objects that only wrap the values: their name says nothing about them.
const WRAPPERS: &[&str] = &["properties", "fields", "attributes", "profile", "values"];
/// How deep objects are followed; below, the JSON itself is the value.
const DEEPEST: usize = 4;
/// The most columns a file may have.
const MOST_COLUMNS: usize = 2_000;
/// The names a question and its answer go by.
const QUESTION: &[&str] = &["question", "label", "name", "key", "title"];
const ANSWER: &[&str] = &["answer", "value", "values", "text"];

/// The elements of a JSON text.
pub(super) struct JsonRows {
    text: String,
    /// Where each element stands, and its number or line.
    elements: Vec<(usize, usize, u64)>,
    next: usize,
    by_line: bool,
    headers: Vec<String>,
    places: HashMap<String, usize>,
}

impl JsonRows {
    /// Reads one JSON text.
    ///
    /// # Errors
    /// Where it is cut off or no JSON, or holds no list or several.
    pub(super) fn document(text: String) -> Result<Self, ImportError> {
        let elements = {
            let list: Vec<&RawValue> = list(&text)?;
            numbered(&text, &list)
        };
        if elements.is_empty() {
            return Err(DecodeError::Empty.into());
        }
        Self::new(text, elements, false)
    }

    /// Reads an object from each line; a line that is none is a row that cannot be read.
    ///
    /// # Errors
    /// Where there are too many names.
    pub(super) fn lines(text: String) -> Result<Self, ImportError> {
        let mut elements = Vec::new();
        let mut start = 0;
        for (index, line) in text.split('\n').enumerate() {
            if !line.trim().is_empty() {
                elements.push((start, start + line.len(), index as u64 + 1));
            }
            start += line.len() + 1;
        }
        Self::new(text, elements, true)
    }

    fn new(
        text: String,
        elements: Vec<(usize, usize, u64)>,
        by_line: bool,
    ) -> Result<Self, ImportError> {
        let mut rows = Self {
            text,
            elements,
            next: 0,
            by_line,
            headers: Vec::new(),
            places: HashMap::new(),
        };
        for index in 0..rows.elements.len() {
            let (start, end, _) = rows.elements[index];
            let Ok(values) = flat(&rows.text[start..end]) else {
                continue;
            };
            for (name, _) in values {
                if !rows.places.contains_key(&name) {
                    rows.places.insert(name.clone(), rows.headers.len());
                    rows.headers.push(name);
                }
            }
            if rows.headers.len() > MOST_COLUMNS {
                return Err(ImportError::Unreadable(format!(
                    "its elements have more than {MOST_COLUMNS} names"
                )));
            }
        }
        Ok(rows)
    }

    /// The names of the columns.
    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }
}

impl Rows for JsonRows {
    fn next(&mut self, record: &mut Record) -> Result<bool, ImportError> {
        let Some((start, end, line)) = self.elements.get(self.next).copied() else {
            return Ok(false);
        };
        self.next += 1;
        let element = &self.text[start..end];
        match flat(element) {
            Ok(values) => {
                let mut row = vec![Cow::Borrowed(""); self.headers.len()];
                for (name, value) in values {
                    if let Some(place) = self.places.get(&name)
                        && row[*place].is_empty()
                    {
                        row[*place] = Cow::Owned(value);
                    }
                }
                record.set(line, row.iter().map(AsRef::as_ref));
            }
            Err(trouble) if self.by_line => record.set_trouble(line, element.trim(), trouble),
            Err(_) => record.set_trouble(line, element.trim(), Trouble::NotAnObject),
        }
        Ok(true)
    }

    fn consumed(&self) -> u64 {
        self.next
            .checked_sub(1)
            .and_then(|index| self.elements.get(index))
            .map_or(0, |(_, end, _)| *end as u64)
    }
}

/// An object's names and values in the order they stand, the values unparsed.
struct Members<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Members<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<'t>(std::marker::PhantomData<&'t ()>);
        impl<'de: 't, 't> Visitor<'de> for InOrder<'t> {
            type Value = Members<'t>;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'t>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    members.push((Cow::Owned(name), value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder(std::marker::PhantomData))
    }
}

/// The list of leads in a text.
fn list(text: &str) -> Result<Vec<&RawValue>, ImportError> {
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|error| broken(&error));
    }
    let Members(members) = serde_json::from_str(text).map_err(|error| broken(&error))?;
    let lists: Vec<(&str, Vec<&RawValue>)> = members
        .iter()
        .filter(|(_, value)| value.get().starts_with('['))
        .filter_map(|(name, value)| {
            let elements: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            let objects = elements
                .iter()
                .any(|element| element.get().starts_with('{'));
            // The answers of one lead are no leads.
            let form = serde_json::from_str::<Vec<Value>>(value.get())
                .is_ok_and(|list| answers(&list).is_some());
            ((objects || elements.is_empty()) && !form).then_some((name.as_ref(), elements))
        })
        .collect();
    let full: Vec<&(&str, Vec<&RawValue>)> = lists
        .iter()
        .filter(|(_, elements)| !elements.is_empty())
        .collect();
    match full.as_slice() {
        [(_, elements)] => Ok(elements.clone()),
        [] if !lists.is_empty() => Ok(Vec::new()),
        // A lead by itself.
        [] => serde_json::from_str::<&RawValue>(text)
            .map(|element| vec![element])
            .map_err(|error| broken(&error)),
        several => {
            let names: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
            Err(ImportError::Unreadable(format!(
                "it holds several lists ({}); give the one of the leads as a JSON array",
                names.join(", ")
            )))
        }
    }
}

fn broken(error: &serde_json::Error) -> ImportError {
    if error.is_eof() {
        return ImportError::CutOff("the JSON ends in the middle".to_owned());
    }
    ImportError::Unreadable(format!("it is not valid JSON: {error}"))
}

fn numbered(text: &str, list: &[&RawValue]) -> Vec<(usize, usize, u64)> {
    let base = text.as_ptr() as usize;
    list.iter()
        .zip(1..)
        .map(|(element, number)| {
            let start = element.get().as_ptr() as usize - base;
            (start, start + element.get().len(), number)
        })
        .collect()
}

/// An element's names and values.
fn flat(element: &str) -> Result<Vec<(String, String)>, Trouble> {
    let element = element.trim();
    let members = serde_json::from_str::<Members<'_>>(element);
    let Ok(Members(members)) = members else {
        return Err(match serde_json::from_str::<&RawValue>(element) {
            Ok(_) => Trouble::NotAnObject,
            Err(_) => Trouble::NotJson,
        });
    };
    let mut values = Vec::with_capacity(members.len());
    for (name, value) in members {
        let value = serde_json::from_str(value.get()).map_err(|_| Trouble::NotJson)?;
        put(&mut values, name.into_owned(), &value, 1);
    }
    Ok(values)
}

fn put(values: &mut Vec<(String, String)>, name: String, value: &Value, depth: usize) {
    match value {
        Value::Object(members) if depth < DEEPEST => {
            for (inner, value) in members {
                let wraps = WRAPPERS.contains(&name.to_ascii_lowercase().as_str());
                let full = if wraps {
                    inner.clone()
                } else {
                    format!("{name}.{inner}")
                };
                put(values, full, value, depth + 1);
            }
        }
        Value::Array(elements) => match answers(elements) {
            Some(answers) => values.extend(answers),
            None => values.push((name, joined(elements))),
        },
        other => values.push((name, plain(other))),
    }
}

/// A list of questions with their answers, as forms give them.
fn answers(elements: &[Value]) -> Option<Vec<(String, String)>> {
    if elements.is_empty() {
        return None;
    }
    elements
        .iter()
        .map(|element| {
            let members = element.as_object()?;
            let of = |names: &[&str]| names.iter().find_map(|name| members.get(*name));
            let question = of(QUESTION)?.as_str()?.trim();
            let answer = match of(ANSWER) {
                Some(Value::Array(several)) => joined(several),
                Some(one) => plain(one),
                None => String::new(),
            };
            (!question.is_empty()).then(|| (question.to_owned(), answer))
        })
        .collect()
}

fn joined(elements: &[Value]) -> String {
    let values: Vec<String> = elements.iter().map(plain).collect();
    values.join("; ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(mut rows: JsonRows) -> Vec<(u64, Vec<String>)> {
        let mut record = Record::default();
        let mut all = Vec::new();
        while rows.next(&mut record).unwrap() {
            all.push((record.line, record.fields().map(str::to_owned).collect()));
        }
        all
    }

    #[test]
    fn names_become_columns_in_their_order() {
        let rows = JsonRows::document(
            r#"{"paging":{"next":2},"leads":[{"z":1,"company":{"name":"X"},"tags":["a","b"]},
                {"z":null,"properties":{"email":"a@b.c"},"answers":[{"question":"Size?","answer":"9"}],"ok":true}, 7]}"#.into(),
        )
        .unwrap();
        assert_eq!(
            rows.headers(),
            ["z", "company.name", "tags", "email", "Size?", "ok"]
        );
        let read = read(rows);
        assert_eq!(read[0].1, ["1", "X", "a; b", "", "", ""]);
        assert_eq!(
            read[1],
            (
                2,
                ["", "", "", "a@b.c", "9", "true"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
        assert_eq!(read[2].1, ["7"]);
    }

    #[test]
    fn a_cut_off_text_is_told_from_a_wrong_one() {
        let error = |text: &str| JsonRows::document(text.to_owned()).err().unwrap();
        assert!(matches!(error(r#"[{"a":1},{"a""#), ImportError::CutOff(_)));
        assert!(matches!(
            error(r#"{"leads":[{"a":1}"#),
            ImportError::CutOff(_)
        ));
        assert!(matches!(error("[{a}]"), ImportError::Unreadable(_)));
        let two = error(r#"{"leads":[{"a":1}],"people":[{"a":1}]}"#).to_string();
        assert!(two.contains("leads, people"), "{two}");
    }

    #[test]
    fn lines_are_read_one_by_one() {
        let rows = JsonRows::lines("{\"a\":1}\r\n\n{\"a\":\"2\"}\n[1]\n{\"a\":".into()).unwrap();
        let mut rows = rows;
        let mut record = Record::default();
        let mut seen = Vec::new();
        while rows.next(&mut record).unwrap() {
            seen.push((record.line, record.get(0).to_owned(), record.trouble));
        }
        assert_eq!(
            seen,
            [
                (1, "1".to_owned(), None),
                (3, "2".to_owned(), None),
                (4, "[1]".to_owned(), Some(Trouble::NotAnObject)),
                (5, "{\"a\":".to_owned(), Some(Trouble::NotJson)),
            ]
        );
    }
}
