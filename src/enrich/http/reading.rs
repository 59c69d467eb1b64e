//! Values out of an answer, and whether it is about the person asked for.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::config::PersonPaths;
use super::template::Known;
use crate::domain::lead::{FieldType, field_info};

/// Longer values are no value of a lead.
const LONGEST_VALUE: usize = 2_000;

/// Where something stands in an answer: JSON Pointers (RFC 6901) or dotted names, the first that leads to something counts;
/// `*` stands for every element of a list. Empty: the whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "OneOrSeveral", into = "Vec<String>")]
pub struct Path(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrSeveral {
    One(String),
    Several(Vec<String>),
}

impl From<OneOrSeveral> for Path {
    fn from(given: OneOrSeveral) -> Self {
        let several = match given {
            OneOrSeveral::One(one) => vec![one],
            OneOrSeveral::Several(several) => several,
        };
        Self(several.iter().map(|one| pointer(one)).collect())
    }
}

impl From<Path> for Vec<String> {
    fn from(path: Path) -> Self {
        path.0
    }
}

impl From<&str> for Path {
    fn from(text: &str) -> Self {
        Self(text.split('|').map(|one| pointer(one.trim())).collect())
    }
}

/// `a.b[0]` becomes `/a/b/0`.
fn pointer(text: &str) -> String {
    if text.is_empty() || text.starts_with('/') {
        return text.to_owned();
    }
    let slashes = text.replace("[]", ".*").replace('[', ".").replace(']', "");
    format!("/{}", slashes.replace('.', "/"))
}

impl Path {
    /// What stands there, in the order of the alternatives; `null` is nothing.
    #[must_use]
    pub fn all<'v>(&self, answer: &'v Value) -> Vec<&'v Value> {
        if self.0.is_empty() {
            return Vec::new();
        }
        self.0.iter().flat_map(|one| walk(answer, one)).collect()
    }

    /// The first that is there. An empty path is the answer itself.
    #[must_use]
    pub fn first<'v>(&self, answer: &'v Value) -> Option<&'v Value> {
        if self.0.is_empty() {
            return Some(answer).filter(|value| !value.is_null());
        }
        self.all(answer).into_iter().next()
    }

    /// The alternatives, for people.
    #[must_use]
    pub fn shown(&self) -> String {
        self.0.join(" | ")
    }
}

fn walk<'v>(answer: &'v Value, pointer: &str) -> Vec<&'v Value> {
    let mut found = vec![answer];
    for part in pointer.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        found = found
            .into_iter()
            .flat_map(|value| match value {
                Value::Array(list) if name == "*" => list.iter().collect(),
                Value::Array(list) => name
                    .parse()
                    .ok()
                    .and_then(|index: usize| list.get(index))
                    .into_iter()
                    .collect(),
                Value::Object(members) => members.get(&name).into_iter().collect(),
                _ => Vec::new(),
            })
            .collect();
    }
    found.retain(|value| !value.is_null());
    found
}

/// The value of a field, if it has the form the field asks for. A provider may say `true` where it has something it does
/// not sell us, or put a list where a word should be: that is no value.
#[must_use]
pub fn value_of(field: &str, path: &Path, answer: &Value) -> Option<String> {
    let kind = field_info(field).map_or(FieldType::Text, |info| info.kind);
    path.all(answer)
        .into_iter()
        .find_map(|value| shaped(kind, value))
}

fn shaped(kind: FieldType, value: &Value) -> Option<String> {
    let text = match (kind, value) {
        (FieldType::Boolean, Value::Bool(flag)) => flag.to_string(),
        (FieldType::Number, Value::Number(number)) => number.to_string(),
        (FieldType::Text | FieldType::Phone, Value::Number(number)) => number.to_string(),
        (_, Value::String(text)) => text.trim().to_owned(),
        _ => return None,
    };
    let fits = match kind {
        FieldType::Number => text.parse::<f64>().is_ok_and(f64::is_finite),
        FieldType::Email => crate::domain::email::domain(&text).is_some(),
        FieldType::Phone => text.chars().filter(char::is_ascii_digit).count() >= 5,
        FieldType::Url => text.contains('.') && !text.contains(char::is_whitespace),
        _ => true,
    };
    let plain = !text.is_empty()
        && text.len() <= LONGEST_VALUE
        && !text.chars().any(|sign| sign.is_control() && sign != '\n');
    (fits && plain).then_some(text)
}

/// Whether an answer is about the person asked for, as far as it says.
///
/// An address of the answer that is the one asked for settles it. Where it names others only, or none, the names must not
/// contradict; where it names another address and no name of ours is known, it is somebody else.
#[must_use]
pub fn is_about(paths: &PersonPaths, known: &Known, answer: &Value) -> bool {
    let texts = |path: &Path| -> Vec<String> {
        path.all(answer)
            .into_iter()
            .filter_map(|value| Some(value.as_str()?.trim().to_lowercase()))
            .filter(|text| !text.is_empty())
            .collect()
    };
    let own = |field: &str| known.get(field).map(|value| value.trim().to_lowercase());
    let addresses = texts(&paths.email);
    let own_address = own("email");
    if let Some(own_address) = &own_address
        && addresses.contains(own_address)
    {
        return true;
    }
    let other_address = own_address.is_some() && !addresses.is_empty();
    let agrees = |field, path: &Path| -> Option<bool> {
        let own = own(field)?;
        let said = texts(path);
        (!said.is_empty()).then(|| said.iter().any(|said| alike(&own, said)))
    };
    match (
        agrees("lastName", &paths.last_name),
        agrees("firstName", &paths.first_name),
    ) {
        // A first name has many forms (Bob, Robert), so alone it proves little.
        (Some(last), first) if other_address => last && first.unwrap_or(true),
        (Some(last), _) => last,
        (None, _) => !other_address,
    }
}

/// The same but for case, accents' neighbours and second names.
fn alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|sign| sign.is_alphanumeric())
            .collect::<String>()
    };
    let (one, other) = (letters(one), letters(other));
    !one.is_empty()
        && !other.is_empty()
        && (one.contains(&other)
            || other.contains(&one)
            || strsim::jaro_winkler(&one, &other) > 0.9)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_are_pointers_or_dotted_names_with_alternatives() {
        let answer = json!({ "a": { "b": [null, { "c": "x" }] }, "d": "y", "dotted.name": "z" });
        let first = |path: &str| Path::from(path).first(&answer).cloned();
        assert_eq!(first("/a/b/1/c"), Some(json!("x")));
        assert_eq!(first("a.b[1].c"), Some(json!("x")));
        assert_eq!(first("a.b[].c"), Some(json!("x")));
        assert_eq!(first("a.none | d"), Some(json!("y")));
        assert_eq!(first("/dotted.name"), Some(json!("z")));
        assert_eq!(first("a.b[0]"), None);
    }

    #[test]
    fn a_value_of_the_wrong_form_is_none() {
        let answer = json!({ "phone": true, "size": "51-200", "count": 812, "email": "nobody", "title": ["CEO"], "site": "acme.com" });
        let value = |field: &str, path: &str| value_of(field, &path.into(), &answer);
        assert_eq!(value("phone", "phone"), None);
        assert_eq!(value("companySize", "size"), None);
        assert_eq!(value("companySize", "size|count"), Some("812".into()));
        assert_eq!(value("email", "email"), None);
        assert_eq!(value("jobTitle", "title"), None);
        assert_eq!(value("companyWebsite", "site"), Some("acme.com".into()));
    }

    #[test]
    fn somebody_elses_record_is_told_from_the_persons_own() {
        let paths = PersonPaths {
            email: "emails[].address".into(),
            first_name: "first".into(),
            last_name: "last".into(),
        };
        let about = |known: &[(&str, &str)], answer: Value| {
            let known = known
                .iter()
                .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
                .collect();
            is_about(&paths, &known, &answer)
        };
        let ann = [
            ("email", "ann@acme.com"),
            ("firstName", "Ann"),
            ("lastName", "Lee"),
        ];
        let record = |email: &str, first: &str, last: &str| json!({ "emails": [{ "address": email }], "first": first, "last": last });
        assert!(about(&ann, record("Ann@Acme.com", "x", "y")));
        assert!(about(&ann, record("ann@home.example", "ann", "lee")));
        assert!(!about(&ann, record("zeb@other.example", "zeb", "quill")));
        assert!(
            !about(&ann, record("zeb@other.example", "zeb", "lee")),
            "a namesake"
        );
        assert!(!about(
            &ann[..1],
            record("zeb@other.example", "zeb", "quill")
        ));
        assert!(about(&ann, json!({})), "it does not say");
        assert!(!about(&ann[1..], json!({ "last": "quill" })));
        assert!(about(
            &[("lastName", "Lee-Smith")],
            json!({ "last": "lee" })
        ));
    }
}
