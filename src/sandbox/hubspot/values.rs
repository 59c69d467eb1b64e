//! Checking and normalising one value as HubSpot does on write.

use jiff::Timestamp;
use jiff::civil::Date;

use super::errors::Problem;
use super::portal::Owner;
use super::property::Property;

/// Documented: "text at most 65,536 characters".
const LONGEST_TEXT: usize = 65_536;

/// Gives the value as it is stored, or what HubSpot has against it. Empty values never get here.
pub(super) fn check(property: &Property, owners: &[Owner], value: &str) -> Result<String, Problem> {
    if property.referenced_object_type.as_deref() == Some("OWNER") {
        return check_owner(property, owners, value);
    }
    match property.value_type.as_str() {
        "enumeration" | "bool" => check_options(property, value),
        "number" => check_number(property, value),
        "date" => check_date(property, value),
        "datetime" => check_datetime(property, value),
        _ => check_text(property, value),
    }
}

fn problem(property: &Property, code: &str, message: String) -> Problem {
    Problem {
        property: property.name.to_string(),
        code: code.to_owned(),
        message,
    }
}

fn check_text(property: &Property, value: &str) -> Result<String, Problem> {
    let length = value.chars().count();
    if length > LONGEST_TEXT {
        // The limit is documented, the code and text are not: these are the sandbox's own.
        let message = format!(
            "{} is too long: {length} characters, the maximum is {LONGEST_TEXT}",
            property.name
        );
        return Err(problem(property, "PROPERTY_VALUE_TOO_LONG", message));
    }
    match &*property.name {
        "email" => check_email(property, value),
        "domain" => Ok(value.trim().to_lowercase()),
        _ => Ok(value.to_owned()),
    }
}

fn check_email(property: &Property, value: &str) -> Result<String, Problem> {
    let address = value.trim().to_lowercase();
    if is_email(&address) {
        return Ok(address);
    }
    Err(problem(
        property,
        "INVALID_EMAIL",
        format!("Email address {value} is invalid"),
    ))
}

/// HubSpot knows the endings there are: `name@x.con` is refused. Reserved ones pass, so that tests and
/// demos need no real addresses.
pub(super) fn is_email(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    let local_is_fine = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|character| {
            character.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(character)
        });
    local_is_fine && is_domain(domain)
}

pub(super) fn is_domain(domain: &str) -> bool {
    let label_is_fine = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|character| character.is_alphanumeric() || character == '-')
    };
    let Some((_, ending)) = domain.rsplit_once('.') else {
        return false;
    };
    let known = psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known());
    domain.split('.').all(label_is_fine) && (known || matches!(ending, "test" | "example"))
}

fn check_options(property: &Property, value: &str) -> Result<String, Problem> {
    if property.external_options {
        return Ok(value.to_owned());
    }
    let parts: Vec<&str> = if property.is_multiple() {
        value.split(';').collect()
    } else {
        vec![value]
    };
    // Exactly the internal value: labels, other cases and blanks around it are refused.
    let allowed = |part: &&str| {
        part.is_empty() || property.options.iter().any(|option| option.value == **part)
    };
    match parts.iter().find(|part| !allowed(part)) {
        None => Ok(value.to_owned()),
        Some(wrong) => Err(invalid_option(
            property,
            wrong,
            property.options.iter().map(|option| {
                (
                    option.label.as_str(),
                    option.value.as_str(),
                    option.display_order,
                    option.hidden,
                )
            }),
        )),
    }
}

fn check_owner(property: &Property, owners: &[Owner], value: &str) -> Result<String, Problem> {
    if owners
        .iter()
        .any(|owner| !owner.archived && owner.id.to_string() == value)
    {
        return Ok(value.to_owned());
    }
    let ids: Vec<(String, String)> = owners
        .iter()
        .map(|owner| (owner.email.clone(), owner.id.to_string()))
        .collect();
    let options = (0..)
        .zip(&ids)
        .map(|(order, (label, id))| (label.as_str(), id.as_str(), order, false));
    Err(invalid_option(property, value, options))
}

fn invalid_option<'a>(
    property: &Property,
    value: &str,
    options: impl Iterator<Item = (&'a str, &'a str, i64, bool)>,
) -> Problem {
    let listed: Vec<String> = options
        .map(|(label, value, order, hidden)| {
            format!(
                "label: \"{label}\"\nvalue: \"{value}\"\ndisplay_order: {order}\nhidden: {hidden}\n\
                 read_only: false\n"
            )
        })
        .collect();
    let message = format!(
        "{value} was not one of the allowed options: [{}]",
        listed.join(", ")
    );
    problem(property, "INVALID_OPTION", message)
}

fn check_number(property: &Property, value: &str) -> Result<String, Problem> {
    // Rust reads "inf" and "nan" as numbers, HubSpot does not.
    let digits_only = value
        .chars()
        .all(|character| character.is_ascii_digit() || "+-.eE".contains(character));
    if digits_only && value.parse::<f64>().is_ok() {
        return Ok(value.to_owned());
    }
    Err(problem(
        property,
        "INVALID_INTEGER",
        format!("{value} was not a valid number."),
    ))
}

fn check_date(property: &Property, value: &str) -> Result<String, Problem> {
    if let Ok(date) = value.parse::<Date>()
        && value.len() == 10
    {
        return Ok(date.to_string());
    }
    let midnight =
        parse_instant(value).filter(|instant| instant.as_millisecond() % 86_400_000 == 0);
    match midnight {
        Some(instant) => Ok(instant.strftime("%Y-%m-%d").to_string()),
        None => {
            let message = format!("{value} is not a date: it must be midnight UTC");
            Err(problem(property, "INVALID_DATE", message))
        }
    }
}

fn check_datetime(property: &Property, value: &str) -> Result<String, Problem> {
    let date = || {
        Some(
            value
                .parse::<Date>()
                .ok()?
                .to_zoned(jiff::tz::TimeZone::UTC)
                .ok()?
                .timestamp(),
        )
    };
    match parse_instant(value).or_else(date) {
        Some(instant) => Ok(crate::sandbox::time::iso(instant.as_millisecond())),
        None => Err(problem(
            property,
            "INVALID_LONG",
            format!("{value} was not a valid long."),
        )),
    }
}

/// ISO 8601 with a zone, or epoch milliseconds.
pub(super) fn parse_instant(value: &str) -> Option<Timestamp> {
    match value.parse::<i64>() {
        Ok(milliseconds) => Timestamp::from_millisecond(milliseconds).ok(),
        Err(_) => value.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn code(property: &Property, value: &str) -> String {
        check(property, &[], value).unwrap_err().code
    }

    #[test]
    fn addresses_need_a_real_ending() {
        for good in ["a@b.com", "ana+fair@mail.acme.co.uk", "x@acme.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "broken@@x",
            "name@x.con",
            "a@b",
            "a b@c.com",
            "@x.com",
            "a@-x.com",
            ".a@x.com",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn options_are_matched_exactly() {
        let kind = Property::standard("type", "Type", "enumeration", "select")
            .with_options([("Prospect", "PROSPECT")]);
        assert_eq!(check(&kind, &[], "PROSPECT").unwrap(), "PROSPECT");
        for wrong in ["Prospect", "PROSPECT ", "PROSPECT1"] {
            assert_eq!(code(&kind, wrong), "INVALID_OPTION");
        }
        let several = Property::standard("x", "X", "enumeration", "checkbox")
            .with_options([("A", "a"), ("B", "b")]);
        assert!(check(&several, &[], "a;b").is_ok());
        assert_eq!(code(&several, "a;c"), "INVALID_OPTION");
    }

    #[test]
    fn numbers_and_dates_have_their_own_codes() {
        let number = Property::standard("n", "N", "number", "number");
        let date = Property::standard("d", "D", "date", "date");
        let datetime = Property::standard("t", "T", "datetime", "date");
        assert_eq!(code(&number, "1,000"), "INVALID_INTEGER");
        assert_eq!(code(&number, "inf"), "INVALID_INTEGER");
        assert_eq!(check(&number, &[], "-1.5").unwrap(), "-1.5");
        assert_eq!(code(&date, "2026-11-22T10:00:00Z"), "INVALID_DATE");
        assert_eq!(check(&date, &[], "1763769600000").unwrap(), "2025-11-22");
        assert_eq!(code(&datetime, "yesterday"), "INVALID_LONG");
        assert_eq!(
            check(&datetime, &[], "1763805600000").unwrap(),
            "2025-11-22T10:00:00.000Z"
        );
    }
}
