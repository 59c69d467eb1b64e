//! Values in Account Engagement's form: what is sent, what would be refused, when two are the same.
//!
//! Addresses are sent in lower case: two spellings make two prospects.

use serde_json::Value;

use super::api::texts_of;
use super::fields::{EMAIL_LENGTH, WHOLE_NUMBER, adds};
use crate::domain::category::Category;
use crate::domain::company::website_host;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::domain::remote::{RemoteField, RemoteKind};
use crate::vendors::forms::{date, fit, refuse, trimmed_url, truth, ungrouped};

/// Between several values in one text.
pub(super) const BETWEEN: &str = ";";

/// Puts a value into the vendor's form, or tells what it would refuse.
pub(super) fn encode(
    field: &RemoteField,
    parts: &[String],
    truncate: bool,
) -> Result<Value, Failure> {
    let text = parts
        .iter()
        .map(|part| part.trim())
        .collect::<Vec<_>>()
        .join("; ");
    let form = |why: &str| refuse(field, Category::DataFormatValidation, &text, why);
    let plain = match field.kind {
        RemoteKind::Number => return number(field, &text),
        RemoteKind::Boolean => {
            return truth(&text)
                .map(Value::Bool)
                .ok_or_else(|| form("is neither true nor false"));
        }
        RemoteKind::Many => return Ok(many(parts)),
        RemoteKind::Email => {
            let known = email::key(&text).ok_or_else(|| form("is not an e-mail address"))?;
            if known.chars().count() <= EMAIL_LENGTH && !is_taken(&known) {
                return Err(form("is not an e-mail address"));
            }
            known
        }
        RemoteKind::Date => date(&text).ok_or_else(|| form("is not a date (YYYY-MM-DD)"))?,
        RemoteKind::Reference | RemoteKind::Datetime | RemoteKind::User => {
            let why = "cannot be filled: the vendor keeps it";
            return Err(refuse(field, Category::MissingRemoteField, &text, why));
        }
        RemoteKind::One
        | RemoteKind::Text
        | RemoteKind::Longtext
        | RemoteKind::Phone
        | RemoteKind::Url => text,
    };
    fit(field, plain, truncate).map(Value::String)
}

/// The documented rule (error 4): `/^[^ @]{1,64}@[^ @]{1,255}\.[^ @]{2,13}$/`.
fn is_taken(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    let plain = |text: &str| !text.contains([' ', '@']);
    let count = |text: &str| text.chars().count();
    let ends_well = domain.match_indices('.').any(|(dot, _)| {
        (1..=255).contains(&count(&domain[..dot])) && (2..=13).contains(&count(&domain[dot + 1..]))
    });
    plain(local) && plain(domain) && (1..=64).contains(&count(local)) && ends_well
}

fn number(field: &RemoteField, text: &str) -> Result<Value, Failure> {
    let wrong = |why: &str| refuse(field, Category::DataFormatValidation, text, why);
    let bare = ungrouped(text);
    let bare = bare.trim_start_matches('+');
    let plain = bare
        .trim_start_matches('-')
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.');
    let value: f64 = bare
        .parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| wrong("is not a number"))?;
    let only_whole = field.rules.iter().any(|rule| rule.rule == WHOLE_NUMBER);
    if only_whole && value.fract() != 0.0 {
        return Err(wrong("is not a whole number"));
    }
    let sent = match only_whole {
        true => bare.split_once('.').map_or(bare, |(whole, _)| whole),
        false => bare,
    };
    sent.parse::<i64>()
        .ok()
        .map(Value::from)
        .or_else(|| serde_json::Number::from_f64(value).map(Value::Number))
        .ok_or_else(|| wrong("is not a number"))
}

fn many(parts: &[String]) -> Value {
    let mut values: Vec<&str> = Vec::new();
    for part in parts.iter().flat_map(|part| part.split(BETWEEN)) {
        let part = part.trim();
        if !part.is_empty() && !values.contains(&part) {
            values.push(part);
        }
    }
    values.into()
}

/// Several values, as a list or as one text.
fn list(value: &Value) -> Vec<String> {
    texts_of(value)
        .iter()
        .flat_map(|text| text.split(BETWEEN))
        .map(|text| text.trim().to_lowercase())
        .filter(|text| !text.is_empty())
        .collect()
}

/// Whether two values are one for the vendor. Of a field that only adds, the left is what is there: it is the same where it
/// holds the right.
pub(super) fn same(field: &RemoteField, left: &Value, right: &Value) -> bool {
    if adds(field) {
        let (held, ours) = (list(left), list(right));
        return ours.iter().all(|value| held.contains(value));
    }
    if field.kind == RemoteKind::Many {
        let (mut left, mut right) = (list(left), list(right));
        left.sort_unstable();
        right.sort_unstable();
        return left == right;
    }
    let whole = |value: &Value| texts_of(value).join(BETWEEN).trim().to_owned();
    let (left, right) = (whole(left), whole(right));
    if left == right {
        return true;
    }
    match field.kind {
        RemoteKind::Number => left
            .parse::<f64>()
            .ok()
            .zip(right.parse::<f64>().ok())
            .is_some_and(|(left, right)| left == right),
        RemoteKind::Email => email::key(&left).is_some() && email::key(&left) == email::key(&right),
        // Blank is not yet yes.
        RemoteKind::Boolean => truth(&left).unwrap_or(false) == truth(&right).unwrap_or(false),
        RemoteKind::Date => date(&left).is_some() && date(&left) == date(&right),
        RemoteKind::Url => {
            website_host(&left).is_some() && trimmed_url(&left) == trimmed_url(&right)
        }
        RemoteKind::One => left.eq_ignore_ascii_case(&right),
        _ => left.replace("\r\n", "\n") == right.replace("\r\n", "\n"),
    }
}

/// Adds ours to theirs: values as a union, text on a line of its own; what the vendor adds by itself goes alone. `None` where
/// nothing would be added.
pub(super) fn join(field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
    if adds(field) {
        return (!same(field, theirs, ours)).then(|| ours.clone());
    }
    match field.kind {
        RemoteKind::Many => {
            let held = list(theirs);
            let mut all = texts_of(theirs);
            let added: Vec<String> = texts_of(ours)
                .into_iter()
                .filter(|text| !held.contains(&text.trim().to_lowercase()))
                .collect();
            let parts = !added.is_empty();
            all.extend(added);
            parts.then(|| many(&all))
        }
        RemoteKind::Text | RemoteKind::Longtext => {
            let (held, added) = (texts_of(theirs).join(BETWEEN), texts_of(ours).join(BETWEEN));
            if held.replace("\r\n", "\n").contains(added.trim()) {
                return None;
            }
            let separator = if field.kind == RemoteKind::Longtext {
                "\n"
            } else {
                "; "
            };
            let joined = format!("{}{separator}{}", held.trim_end(), added.trim());
            Some(Value::String(joined))
        }
        _ => (!same(field, theirs, ours)).then(|| ours.clone()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]
    use serde_json::json;

    use super::super::fields::tests::known;
    use super::*;

    fn sent(name: &str, text: &str) -> Result<Value, Failure> {
        encode(known().field(name).unwrap(), &[text.to_owned()], false)
    }

    fn alike(name: &str, left: Value, right: Value) -> bool {
        same(known().field(name).unwrap(), &left, &right)
    }

    fn joined(name: &str, theirs: Value, ours: Value) -> Option<Value> {
        join(known().field(name).unwrap(), &theirs, &ours)
    }

    #[test]
    fn every_kind_has_its_form() {
        for (name, text, value) in [
            ("email", " Ada.L@EXAMPLE.com ", json!("ada.l@example.com")),
            ("firstName", " Ada ", json!("Ada")),
            ("score", "1,200", json!(1200)),
            ("campaignId", "4711.0", json!(4711)),
            ("Seats__c", "2.5", json!(2.5)),
            ("isDoNotEmail", "yes", json!(true)),
            ("Met__c", "2026-09-01T08:00:00Z", json!("2026-09-01")),
            ("Size__c", "Any value", json!("Any value")),
            ("Topics__c", "AI; CRM;AI", json!(["AI", "CRM"])),
            ("Fairs__c", "Expo", json!("Expo")),
        ] {
            assert_eq!(sent(name, text).unwrap(), value, "{name}");
        }
    }

    #[test]
    fn what_would_be_refused_is_refused_here() {
        for (name, text, category) in [
            ("email", "ada", Category::DataFormatValidation),
            ("email", "ada@example.c", Category::DataFormatValidation),
            ("email", "ada@.co", Category::DataFormatValidation),
            (
                "email",
                &format!("{}@example.com", "a".repeat(65)),
                Category::DataFormatValidation,
            ),
            (
                "email",
                &format!("ada@{}.com", "a".repeat(255)),
                Category::DataTooLong,
            ),
            (
                "email",
                "ada@example.travelersinsurance",
                Category::DataFormatValidation,
            ),
            ("score", "1.5", Category::DataFormatValidation),
            ("score", "many", Category::DataFormatValidation),
            ("isDoNotCall", "perhaps", Category::DataFormatValidation),
            ("Met__c", "soon", Category::DataFormatValidation),
            ("createdAt", "2026-09-01", Category::MissingRemoteField),
        ] {
            assert_eq!(
                sent(name, text).unwrap_err().category,
                category,
                "{name} {text}"
            );
        }
        for fine in [
            "a@b.co",
            "a@mail.example.co.uk",
            "x.y+z@example.photography",
        ] {
            assert!(sent("email", fine).is_ok(), "{fine}");
        }
    }

    #[test]
    fn an_address_is_never_cut() {
        let field = known().field("email").unwrap().clone();
        let long = format!("ada@{}.com", "a".repeat(255));
        assert!(encode(&field, &[long], true).is_err());
    }

    #[test]
    fn two_spellings_of_one_value_are_the_same() {
        assert!(alike("email", json!("Ada@B.co"), json!("ada@b.co")));
        assert!(alike("score", json!("12"), json!(12)));
        assert!(alike(
            "website",
            json!("https://www.acme.com/"),
            json!("acme.com")
        ));
        assert!(alike("isDoNotCall", Value::Null, json!(false)));
        assert!(alike("Topics__c", json!("b; a"), json!(["A", "B"])));
        assert!(!alike("firstName", json!("Ada"), json!("Eve")));
    }

    #[test]
    fn a_field_that_records_every_answer_is_the_same_where_it_holds_ours() {
        assert!(alike(
            "Fairs__c",
            json!(["Expo 2025", "Expo 2026"]),
            json!("Expo 2026")
        ));
        assert!(!alike("Fairs__c", json!(["Expo 2025"]), json!("Expo 2026")));
        // The vendor adds it by itself.
        let added = joined("Fairs__c", json!("Expo 2025"), json!("Expo 2026"));
        assert_eq!(added, Some(json!("Expo 2026")));
        assert_eq!(joined("Fairs__c", json!("Expo"), json!("Expo")), None);
    }

    #[test]
    fn joining_adds_what_is_missing() {
        let both = joined("Topics__c", json!("AI"), json!(["ai", "CRM"]));
        assert_eq!(both, Some(json!(["AI", "CRM"])));
        assert_eq!(joined("Topics__c", json!(["AI"]), json!(["AI"])), None);
        let text = joined("company", json!("Acme"), json!("Acme Ltd"));
        assert_eq!(text, Some(json!("Acme; Acme Ltd")));
        let long = joined("comments", json!("first\r\n"), json!("second"));
        assert_eq!(long, Some(json!("first\nsecond")));
        assert_eq!(
            joined("comments", json!("a second b"), json!("second")),
            None
        );
    }
}
