//! Whether a provider's answer is to be believed, field by field.
//!
//! A provider can be wrong in every way: tell of somebody else, put a company's name where a number belongs, answer what
//! nobody asked. What does not pass is left out and noted; it never touches the lead.

use std::collections::BTreeMap;

use super::provider::{Found, Question};
use crate::domain::lead::{FieldType, field_info};
use crate::domain::{company, email, person, phone, rules};

/// Longer than any value of a contact; such a text is a page or an error.
const LONGEST: usize = 1_000;

/// What is left of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Values the lead may be given.
    pub fields: BTreeMap<String, String>,
    /// What was left out, for people; holds no value of the answer.
    pub notes: Vec<String>,
    /// Whether the answer is about somebody else, so that nothing of it counts.
    pub another_person: bool,
}

/// Holds an answer against its question.
#[must_use]
pub fn check(question: &Question, found: &Found) -> Checked {
    if let Some(why) = another_person(question, found) {
        return Checked {
            notes: vec![why.to_owned()],
            another_person: true,
            ..Checked::default()
        };
    }
    let mut checked = Checked::default();
    for (field, value) in &found.fields {
        // What it tells beyond the question is its own business.
        if !question.missing.contains(field) {
            continue;
        }
        match read(field, value, question) {
            Ok(Some(value)) => {
                checked.fields.insert(field.clone(), value);
            }
            Ok(None) => {}
            Err(what) => checked.notes.push(format!("{field} is not {what}")),
        }
    }
    checked
}

/// Why an answer tells of another person than the question asked about.
fn another_person(question: &Question, found: &Found) -> Option<&'static str> {
    let both = |key: &str| {
        Some((
            question.fields.get(key)?.trim(),
            found.fields.get(key)?.trim(),
        ))
    };
    if let Some((ours, theirs)) = both("email")
        && let Some(theirs) = email::key(theirs)
        && email::key(ours).is_some_and(|ours| ours != theirs)
    {
        return Some("the answer is about another e-mail address");
    }
    let name = |fields: &BTreeMap<String, String>| {
        let get = |key: &str| fields.get(key).cloned().unwrap_or_default();
        (get("firstName"), get("lastName"))
    };
    let (ours, theirs) = (name(&question.fields), name(&found.fields));
    person::names_conflict((&ours.0, &ours.1), (&theirs.0, &theirs.1))
        .then_some("the answer is about somebody of another name")
}

/// A value in its field's form; `None` for one that says nothing.
fn read(field: &str, value: &str, question: &Question) -> Result<Option<String>, &'static str> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if says_nothing(&value) {
        return Ok(None);
    }
    if value.len() > LONGEST || value.chars().any(char::is_control) {
        return Err("a plain value");
    }
    let kind = field_info(field).map_or(FieldType::Text, |info| info.kind);
    let read = match kind {
        FieldType::Text => Some(value)
            .filter(|value| !looks_like_markup(value))
            .ok_or("plain text"),
        FieldType::Email => email::is_valid(&value)
            .then_some(value)
            .ok_or("an e-mail address"),
        FieldType::Phone => phone::parse(&value, country(question))
            .map(|phone| phone.written())
            .ok_or("a valid phone number"),
        FieldType::Url => url(field, &value).ok_or("an address of the web"),
        FieldType::Number => number(&value).ok_or("a number"),
        FieldType::Date => value
            .parse::<jiff::civil::Date>()
            .map(|date| date.to_string())
            .map_err(|_| "a date"),
        FieldType::Datetime => value
            .parse::<jiff::Timestamp>()
            .map(|time| time.to_string())
            .map_err(|_| "a time"),
        FieldType::Boolean => match value.to_lowercase().as_str() {
            "true" | "yes" | "1" => Ok("true".to_owned()),
            "false" | "no" | "0" => Ok("false".to_owned()),
            _ => Err("yes or no"),
        },
    }?;
    Ok(Some(read))
}

fn country(question: &Question) -> Option<&'static str> {
    rules::country_code(question.fields.get("companyCountry")?)
}

fn url(field: &str, value: &str) -> Option<String> {
    let host = company::website_host(value).filter(|_| !value.contains([' ', '@']))?;
    let home = match field {
        "linkedin" | "companyLinkedin" => &["linkedin.com"][..],
        "facebook" => &["facebook.com", "fb.com"],
        "twitter" => &["twitter.com", "x.com"],
        // A free-mail provider is nobody's company.
        "companyWebsite" if company::is_free_mail(&host) => return None,
        _ => return Some(with_scheme(value)),
    };
    home.iter()
        .any(|home| host == *home || host.ends_with(&format!(".{home}")))
        .then(|| with_scheme(value))
}

fn with_scheme(value: &str) -> String {
    if value.contains("://") {
        value.to_owned()
    } else {
        format!("https://{value}")
    }
}

/// "250", "1,200" and "1200.0"; not "51-200", which is no number and would be guessed at.
fn number(value: &str) -> Option<String> {
    let plain = value.replace([',', '_', ' '], "");
    let number: f64 = plain.parse().ok()?;
    (number.is_finite() && number >= 0.0).then(|| number.to_string())
}

fn says_nothing(value: &str) -> bool {
    matches!(
        value.to_lowercase().as_str(),
        "" | "-"
            | "--"
            | "n/a"
            | "na"
            | "none"
            | "null"
            | "nil"
            | "undefined"
            | "unknown"
            | "not available"
            | "{}"
            | "[]"
    )
}

fn looks_like_markup(value: &str) -> bool {
    value.starts_with(['<', '{', '[']) || value.contains("</")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::ids::LeadId;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn asked(known: &[(&str, &str)], missing: &[&str], answer: &[(&str, &str)]) -> Checked {
        let question = Question {
            lead: LeadId(1),
            fields: map(known),
            missing: missing.iter().map(|field| (*field).to_owned()).collect(),
        };
        let found = Found {
            fields: map(answer),
            confidence: None,
        };
        check(&question, &found)
    }

    #[test]
    fn only_what_was_asked_is_taken() {
        let checked = asked(
            &[("email", "ana@acme.com"), ("firstName", "Ana")],
            &["jobTitle"],
            &[
                ("jobTitle", " Head  of IT "),
                ("firstName", "Anna"),
                ("phone", "+12024561111"),
            ],
        );
        assert_eq!(checked.fields, map(&[("jobTitle", "Head of IT")]));
        assert!(checked.notes.is_empty());
    }

    #[test]
    fn an_answer_about_somebody_else_counts_for_nothing() {
        let by_email = asked(
            &[("email", "ana@acme.com")],
            &["jobTitle"],
            &[("email", "bo@acme.com"), ("jobTitle", "CEO")],
        );
        assert!(by_email.another_person && by_email.fields.is_empty());
        assert!(!by_email.notes[0].contains("bo@"), "no data of a stranger");
        let by_name = asked(
            &[("firstName", "Ana"), ("lastName", "Li")],
            &["email"],
            &[
                ("firstName", "Bo"),
                ("lastName", "Stone"),
                ("email", "bo@acme.com"),
            ],
        );
        assert!(by_name.another_person);
        let same = asked(
            &[("email", "Ana@ACME.com")],
            &["jobTitle"],
            &[("email", "ana@acme.com"), ("jobTitle", "CEO")],
        );
        assert_eq!(same.fields["jobTitle"], "CEO");
    }

    #[test]
    fn values_of_another_kind_than_their_field_are_left_out() {
        for (field, value, expected) in [
            ("email", "ana@acme.com", Some("ana@acme.com")),
            ("email", "ask reception", None),
            ("phone", "+1 202 456 1111", Some("+12024561111")),
            ("phone", "call me", None),
            ("phone", "12", None),
            (
                "linkedin",
                "linkedin.com/in/ana",
                Some("https://linkedin.com/in/ana"),
            ),
            ("linkedin", "https://evil.com/in/ana", None),
            ("linkedin", "https://notlinkedin.com/in/ana", None),
            ("companyWebsite", "acme.com", Some("https://acme.com")),
            ("companyWebsite", "gmail.com", None),
            ("companyWebsite", "Acme Inc.", None),
            ("companySize", "1,200", Some("1200")),
            ("companySize", "51-200", None),
            ("companySize", "NaN", None),
            ("jobTitle", "<html><body>502</body></html>", None),
            ("jobTitle", "{\"error\":1}", None),
            ("jobTitle", "n/a", None),
            ("jobTitle", "  ", None),
            ("Shoe size", "42", Some("42")),
        ] {
            let checked = asked(&[], &[field], &[(field, value)]);
            assert_eq!(
                checked.fields.get(field).map(String::as_str),
                expected,
                "{field} {value}"
            );
        }
        let long = "x".repeat(LONGEST + 1);
        assert!(
            asked(&[], &["jobTitle"], &[("jobTitle", &long)])
                .fields
                .is_empty()
        );
    }
}
