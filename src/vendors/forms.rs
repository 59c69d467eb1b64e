//! Values as people write them, in the few forms vendors agree on: numbers, days, yes and no, options, addresses. What only
//! one vendor does stands with that vendor.

use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::remote::{RemoteField, RemoteKind, RemoteOption};

/// What a field refuses, with the value as far as a person would read it.
pub(super) fn refuse(field: &RemoteField, category: Category, value: &str, why: &str) -> Failure {
    let mut shown: String = value.chars().take(80).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    let name = match field.is_code() {
        true => field.label.clone(),
        false => format!("{} ({})", field.label, field.name),
    };
    Failure::new(category, format!("{name}: {shown:?} {why}"))
        .on_field(field.name.clone())
        .with_value(value.chars().take(500).collect::<String>())
}

/// A text as long as the field takes it; cut only where that was asked for.
pub(super) fn fit(field: &RemoteField, text: String, truncate: bool) -> Result<String, Failure> {
    let Some(longest) = field.max_length else {
        return Ok(text);
    };
    let length = text.chars().count();
    match () {
        () if length <= longest => Ok(text),
        // Half an address reaches somebody else, or nobody.
        () if truncate && field.kind != RemoteKind::Email => {
            Ok(text.chars().take(longest).collect())
        }
        () => Err(refuse(
            field,
            Category::DataTooLong,
            &text,
            &format!("has {length} characters, {longest} are allowed"),
        )),
    }
}

/// `1,200` and `1,200,300.5` lose their separators; anything else stays as it is.
pub(super) fn ungrouped(text: &str) -> String {
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |group: &str| group.chars().all(|c| c.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let head = first.trim_start_matches('-');
    let rest: Vec<&str> = groups.collect();
    let grouped = !rest.is_empty()
        && (1..=3).contains(&head.len())
        && digits(head)
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    if !grouped {
        return text.to_owned();
    }
    let whole = format!("{first}{}", rest.concat());
    fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}"))
}

/// A day, of a day or a point in time.
pub(super) fn date(text: &str) -> Option<String> {
    let date = text
        .parse::<jiff::civil::Date>()
        .or_else(|_| {
            text.parse::<jiff::Timestamp>()
                .map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date())
        })
        .or_else(|_| {
            text.parse::<jiff::civil::DateTime>()
                .map(jiff::civil::DateTime::date)
        });
    date.ok().map(|date| date.to_string())
}

/// The ways people write yes and no.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "on" | "x" => Some(true),
        "false" | "no" | "n" | "0" | "off" => Some(false),
        _ => None,
    }
}

/// The option a text means: its value as it is, else its value or label in any case.
pub(super) fn option_of<'a>(options: &'a [RemoteOption], text: &str) -> Option<&'a RemoteOption> {
    let alike = |left: &str| left.trim().to_lowercase() == text.trim().to_lowercase();
    options
        .iter()
        .find(|option| option.value == text)
        .or_else(|| options.iter().find(|option| alike(&option.value)))
        .or_else(|| options.iter().find(|option| alike(&option.label)))
}

/// People write one address with and without scheme, `www.` and a last slash; what follows the host counts.
pub(super) fn trimmed_url(text: &str) -> String {
    let lower = text.to_lowercase();
    let rest = lower
        .split_once("://")
        .map_or(lower.as_str(), |(_, rest)| rest);
    rest.strip_prefix("www.")
        .unwrap_or(rest)
        .trim_end_matches('/')
        .to_owned()
}

/// The ways people write a website: with and without scheme, `www.` and a last slash.
pub(super) fn websites(domain: &str) -> Vec<String> {
    let mut spellings = Vec::with_capacity(12);
    for scheme in ["", "http://", "https://"] {
        for www in ["", "www."] {
            for end in ["", "/"] {
                spellings.push(format!("{scheme}{www}{domain}{end}"));
            }
        }
    }
    spellings
}
