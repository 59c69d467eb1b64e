//! A question as a request, and the answers to several taken apart.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::config::{Batch, Method, Way};
use super::template::{Known, fill, fill_body, fill_path};

/// A request, filled in, without the key.
#[derive(Clone, PartialEq)]
pub struct Asked {
    method: Method,
    /// Percent-encoded.
    pub path: String,
    /// What is shown of the path.
    pub shown: String,
    /// Not encoded.
    pub query: Vec<(String, String)>,
    /// As JSON.
    pub body: Option<Value>,
}

impl Asked {
    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> reqwest::Method {
        match self.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        }
    }
}

/// Tells a question from every other, for the cache: the way it is asked, and whom it is about by what the way needs. What
/// is known besides only helps the provider, so that a lead of which more is known by now is no other question.
#[must_use]
pub fn identity(base: &str, way: &Way, known: &Known) -> String {
    let about: Vec<(&str, String)> = if way.needs.is_empty() {
        known
            .iter()
            .map(|(field, value)| (field.as_str(), folded(value)))
            .collect()
    } else {
        let needed = way.needs.iter();
        needed
            .filter_map(|field| Some((field.as_str(), folded(known.get(field)?))))
            .collect()
    };
    let described = serde_json::to_string(way).unwrap_or_default();
    format!("{base}\n{described}\n{about:?}")
}

fn folded(value: &str) -> String {
    value.trim().to_lowercase()
}

/// One question by a way; `None` if something it cannot do without is not known.
#[must_use]
pub fn single(way: &Way, known: &Known) -> Option<Asked> {
    Some(Asked {
        method: way.method,
        path: fill_path(&way.path, known)?,
        shown: way.path.clone(),
        query: way
            .query
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), fill(value, known)?)))
            .collect(),
        body: way.body.as_ref().and_then(|body| fill_body(body, known)),
    })
}

/// Several questions by a way.
#[must_use]
pub fn batch(way: &Way, several: &[&Known]) -> Option<Asked> {
    let batch = way.batch.as_ref()?;
    let items = several.iter().enumerate().map(|(index, known)| {
        let mut known = (*known).clone();
        known.insert("key".to_owned(), index.to_string());
        fill_body(&batch.item, &known)
    });
    let items: Vec<Value> = items.collect::<Option<_>>()?;
    let mut body: Map<String, Value> = batch.body.as_object().cloned().unwrap_or_default();
    body.insert(batch.requests.clone(), Value::Array(items));
    Some(Asked {
        method: Method::Post,
        path: batch.path.clone(),
        shown: batch.path.clone(),
        query: Vec::new(),
        body: Some(Value::Object(body)),
    })
}

/// The answers in the order of the questions; where the answer repeats keys by those, else by their places, which then must
/// be as many. `None`: nobody can tell which answer belongs to which question.
#[must_use]
pub fn parts<'v>(
    batch: &Batch,
    answer: &'v Value,
    questions: usize,
) -> Option<Vec<Option<&'v Value>>> {
    let answers = batch.answers.first(answer)?.as_array()?;
    let key_of = |part: &Value| -> Option<usize> {
        match batch.key.as_ref()?.first(part)? {
            Value::String(text) => text.parse().ok(),
            Value::Number(number) => usize::try_from(number.as_u64()?).ok(),
            _ => None,
        }
    };
    if batch.key.is_some() {
        let mut parts = vec![None; questions];
        for part in answers {
            if let Some(place) = key_of(part).and_then(|key| parts.get_mut(key)) {
                *place = Some(part);
            }
        }
        return Some(parts);
    }
    (answers.len() == questions).then(|| answers.iter().map(Some).collect())
}

/// The header's value with the key in it.
#[must_use]
pub fn with_key(template: &str, key: &SecretString) -> SecretString {
    let text = Zeroizing::new(template.replace("{secret}", key.expose_secret()));
    SecretString::from(text.as_str())
}
