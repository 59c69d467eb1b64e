//! Validation rules a customer's admin set up on properties (sheet section 6).
//!
//! The rule types are documented, the error texts are not; they are written to be plausible. `REGEX` and
//! `FORMAT` rules are listed but not enforced, since no expression engine is at hand.

use serde_json::{Value, json};

use super::errors::Problem;
use super::values::{is_domain, is_email, parse_instant};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) rule_type: String,
    pub(super) arguments: Vec<String>,
}

impl Rule {
    pub(super) fn to_json(&self) -> Value {
        json!({
            "ruleType": self.rule_type,
            "ruleArguments": self.arguments,
            "shouldApplyNormalization": false,
        })
    }

    fn first(&self) -> &str {
        self.arguments.first().map_or("", String::as_str)
    }

    /// What the rule has against a value.
    pub(super) fn violation(&self, property: &str, value: &str) -> Option<Problem> {
        let first = self.first();
        let complaint = match self.rule_type.as_str() {
            "MAX_LENGTH" => {
                let limit = first.parse().unwrap_or(usize::MAX);
                (value.chars().count() > limit)
                    .then(|| format!("must have at most {limit} characters: the value is too long"))
            }
            "MIN_LENGTH" => {
                let limit = first.parse().unwrap_or(0);
                (value.chars().count() < limit)
                    .then(|| format!("must have at least {limit} characters"))
            }
            "MAX_NUMBER" => compare(value, first, |value, limit| value > limit)
                .then(|| format!("must be at most {first}")),
            "MIN_NUMBER" => compare(value, first, |value, limit| value < limit)
                .then(|| format!("must be at least {first}")),
            "DECIMAL" => {
                let places = value
                    .split_once('.')
                    .map_or(0, |(_, decimals)| decimals.len());
                (places > first.parse().unwrap_or(usize::MAX))
                    .then(|| format!("must have at most {first} decimal places"))
            }
            "ALPHANUMERIC" => (!value.chars().all(char::is_alphanumeric))
                .then(|| "must contain only letters and digits".to_owned()),
            "SPECIAL_CHARACTERS" => value
                .chars()
                .any(|character| !character.is_alphanumeric() && !character.is_whitespace())
                .then(|| "must not contain special characters".to_owned()),
            "WHITESPACE" => value
                .contains(char::is_whitespace)
                .then(|| "must not contain whitespace".to_owned()),
            "EMAIL" => {
                (!is_email(&value.to_lowercase())).then(|| "must be an email address".to_owned())
            }
            "EMAIL_ALLOWED_DOMAINS" => (!self.has_domain_of(value))
                .then(|| "has an email domain that is not allowed".to_owned()),
            "EMAIL_BLOCKED_DOMAINS" => self
                .has_domain_of(value)
                .then(|| "has an email domain that is blocked".to_owned()),
            "DOMAIN" => (!is_domain(&value.to_lowercase())).then(|| "must be a domain".to_owned()),
            "URL" => url::Url::parse(value)
                .is_err()
                .then(|| "must be a URL".to_owned()),
            "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE" => (!value.starts_with('+'))
                .then(|| "must be a phone number with a country code".to_owned()),
            "START_DATE" => is_before(value, first).then(|| format!("must not be before {first}")),
            "END_DATE" => is_before(first, value).then(|| format!("must not be after {first}")),
            _ => None,
        };
        complaint.map(|complaint| Problem {
            property: property.to_owned(),
            code: format!("VALIDATION_RULE_{}", self.rule_type),
            message: format!("{property} {complaint}"),
        })
    }

    fn has_domain_of(&self, address: &str) -> bool {
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        self.arguments
            .iter()
            .any(|argument| argument.eq_ignore_ascii_case(domain))
    }
}

fn compare(value: &str, limit: &str, test: impl Fn(f64, f64) -> bool) -> bool {
    match (value.parse(), limit.parse()) {
        (Ok(value), Ok(limit)) => test(value, limit),
        _ => false,
    }
}

fn is_before(earlier: &str, later: &str) -> bool {
    match (parse_day(earlier), parse_day(later)) {
        (Some(earlier), Some(later)) => earlier < later,
        _ => false,
    }
}

fn parse_day(text: &str) -> Option<i64> {
    let day = || {
        text.parse::<jiff::civil::Date>()
            .ok()?
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
    };
    let instant = parse_instant(text).or_else(|| Some(day()?.timestamp()))?;
    Some(instant.as_millisecond())
}
