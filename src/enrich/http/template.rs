//! Texts with `{field}` in them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::domain::lead::canonical_key;

/// What is known, by field.
pub type Known = BTreeMap<String, String>;

/// The fields a text names, in order.
#[must_use]
pub fn placeholders(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        found.push(name.to_owned());
        rest = behind;
    }
    found
}

/// Every text in a body.
#[must_use]
pub fn texts(body: &Value) -> Vec<&str> {
    match body {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The text with its fields filled in; `None` if one of them is not known.
#[must_use]
pub fn fill(text: &str, known: &Known) -> Option<String> {
    fill_with(text, known, str::to_owned)
}

/// The same for a path: values are percent-encoded, so that none of them can add a segment or a query.
#[must_use]
pub fn fill_path(text: &str, known: &Known) -> Option<String> {
    fill_with(text, known, encode)
}

fn fill_with(text: &str, known: &Known, shape: impl Fn(&str) -> String) -> Option<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        filled.push_str(before);
        let value = known
            .get(name)
            .or_else(|| known.get(&canonical_key(name)))?;
        filled.push_str(&shape(value));
        rest = behind;
    }
    filled.push_str(rest);
    Some(filled)
}

/// A body with its fields filled in. Members and elements with a field that is not known are left out.
#[must_use]
pub fn fill_body(body: &Value, known: &Known) -> Option<Value> {
    match body {
        Value::String(text) => fill(text, known).map(Value::String),
        Value::Array(list) => Some(Value::Array(
            list.iter()
                .filter_map(|one| fill_body(one, known))
                .collect(),
        )),
        Value::Object(members) => {
            let filled: Map<String, Value> = members
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), fill_body(value, known)?)))
                .collect();
            // An object of which nothing is left says nothing.
            (members.is_empty() || !filled.is_empty()).then_some(Value::Object(filled))
        }
        other => Some(other.clone()),
    }
}

/// Everything but letters, digits and `-._~` percent-encoded (RFC 3986, section 2.3). A segment of dots alone would climb.
fn encode(value: &str) -> String {
    let dots = value.chars().all(|sign| sign == '.');
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'.' if dots => encoded.push_str("%2E"),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn known() -> Known {
        [("email", "a+b/c?d@x.co"), ("firstName", "Ann")]
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
            .into()
    }

    #[test]
    fn a_value_cannot_leave_its_segment() {
        assert_eq!(
            fill_path("/v1/{email}/find", &known()).unwrap(),
            "/v1/a%2Bb%2Fc%3Fd%40x.co/find"
        );
        let climbing = [("firstName".to_owned(), "..".to_owned())].into();
        assert_eq!(
            fill_path("/v1/{firstName}", &climbing).unwrap(),
            "/v1/%2E%2E"
        );
        assert_eq!(fill_path("/v1/{lastName}", &known()), None);
    }

    #[test]
    fn a_body_leaves_out_what_is_not_known() {
        let body = json!({ "email": "{EMAIL}", "names": { "last": "{lastName}" }, "list": ["{firstName}", "{lastName}"], "n": 6 });
        assert_eq!(
            fill_body(&body, &known()).unwrap(),
            json!({ "email": "a+b/c?d@x.co", "list": ["Ann"], "n": 6 })
        );
    }
}
