//! HubSpot's properties: what they take, how values are written, when two are the same.
//!
//! On the wire every value is text (HubSpot docs, "Properties"): numbers without separators, booleans `true`/`false`, dates
//! as ISO, several options joined with `;`. Option values are compared exactly, and since April 2025 blanks around values
//! of other than text properties are refused, so values are trimmed.

use serde_json::Value;

use super::api::{Property, PropertyRules, text_of};
use crate::domain::category::Category;
use crate::domain::company::website_host;
use crate::domain::email;
use crate::domain::failure::Failure;
use crate::domain::remote::{RemoteField, RemoteKind, RemoteOption, RemoteRule};

/// The longest text a property holds (HubSpot docs, "Properties").
const LONGEST_TEXT: usize = 65_536;

/// A property as the mapping sees it. `owners` fill the options of a property that names a user.
pub(super) fn field(
    property: Property,
    rules: &[PropertyRules],
    owners: Option<&[RemoteOption]>,
) -> RemoteField {
    let kind = kind_of(&property);
    let rules: Vec<RemoteRule> = rules
        .iter()
        .filter(|rules| rules.property_name == property.name)
        .flat_map(|rules| &rules.property_validation_rules)
        .map(|rule| RemoteRule {
            rule: rule.rule_type.clone(),
            arguments: rule.rule_arguments.iter().map(text_of).collect(),
        })
        .collect();
    let rule_length = rules
        .iter()
        .filter(|rule| rule.rule == "MAX_LENGTH")
        .filter_map(|rule| rule.arguments.first()?.trim().parse().ok())
        .min();
    let own_length =
        matches!(kind, RemoteKind::Text | RemoteKind::Longtext).then_some(LONGEST_TEXT);
    let options = match kind {
        RemoteKind::User => owners.map(<[RemoteOption]>::to_vec),
        // The list lives elsewhere (pipelines and the like): empty here means unknown, not "nothing allowed".
        _ if property.external_options == Some(true) => None,
        RemoteKind::One | RemoteKind::Many => Some(
            property
                .options
                .unwrap_or_default()
                .into_iter()
                .map(|option| {
                    let value = text_of(&option.value);
                    RemoteOption {
                        label: option.label.unwrap_or_else(|| value.clone()),
                        value,
                    }
                })
                .collect(),
        ),
        _ => None,
    };
    let read_only = property.calculated == Some(true)
        || property.archived == Some(true)
        || property
            .modification_metadata
            .is_some_and(|metadata| metadata.read_only_value == Some(true));
    RemoteField {
        label: property.label.unwrap_or_else(|| property.name.clone()),
        kind,
        max_length: rule_length.or(own_length),
        options,
        required_on_create: false,
        writable: !read_only,
        unique: property.has_unique_value == Some(true),
        custom: property.hubspot_defined != Some(true) && !property.name.starts_with("hs_"),
        opt_out: property.name.starts_with("hs_email_optout"),
        rules,
        name: property.name,
    }
}

fn kind_of(property: &Property) -> RemoteKind {
    let field_type = property.field_type.as_deref().unwrap_or_default();
    if property.referenced_object_type.as_deref() == Some("OWNER") {
        return RemoteKind::User;
    }
    match property.kind.as_deref().unwrap_or("string") {
        "number" => RemoteKind::Number,
        "date" => RemoteKind::Date,
        "datetime" => RemoteKind::Datetime,
        "bool" => RemoteKind::Boolean,
        "phone_number" => RemoteKind::Phone,
        "enumeration" if field_type == "booleancheckbox" => RemoteKind::Boolean,
        "enumeration" if field_type == "checkbox" => RemoteKind::Many,
        "enumeration" => RemoteKind::One,
        _ => match (
            property.name.as_str(),
            property.text_display_hint.as_deref(),
            field_type,
        ) {
            ("email", ..) | (_, Some("email"), _) => RemoteKind::Email,
            (_, Some("phone_number"), _) | (_, _, "phonenumber") => RemoteKind::Phone,
            (_, Some("website_url" | "domain_name"), _) => RemoteKind::Url,
            (_, _, "textarea" | "html") => RemoteKind::Longtext,
            _ => RemoteKind::Text,
        },
    }
}

/// Puts a value into HubSpot's form, or tells what HubSpot would refuse.
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
    let encoded = match field.kind {
        RemoteKind::Email => email_form(field, &text)?,
        RemoteKind::Number => number_form(field, &text)?,
        RemoteKind::Date => date_form(field, &text)?,
        RemoteKind::Datetime => datetime_form(field, &text)?,
        RemoteKind::Boolean => boolean_form(field, &text)?,
        RemoteKind::One => option_form(field, &text)?,
        RemoteKind::Many => many_form(field, parts)?,
        RemoteKind::User => user_form(field, &text)?,
        RemoteKind::Reference => {
            return Err(refuse(
                field,
                Category::MissingRemoteField,
                &text,
                "cannot be filled",
            ));
        }
        RemoteKind::Text | RemoteKind::Longtext | RemoteKind::Phone | RemoteKind::Url => text,
    };
    let fitting = fit(field, encoded, truncate)?;
    check_rules(field, &fitting)?;
    Ok(Value::String(fitting))
}

fn refuse(field: &RemoteField, category: Category, value: &str, why: &str) -> Failure {
    let shown: String = value.chars().take(80).collect();
    let shown = if shown.len() < value.len() {
        format!("{shown}…")
    } else {
        shown
    };
    Failure::new(
        category,
        format!("{} ({}): {shown:?} {why}", field.label, field.name),
    )
    .on_field(field.name.clone())
    .with_value(value.chars().take(500).collect::<String>())
}

fn fit(field: &RemoteField, text: String, truncate: bool) -> Result<String, Failure> {
    let Some(longest) = field.max_length else {
        return Ok(text);
    };
    let length = text.chars().count();
    match () {
        () if length <= longest => Ok(text),
        () if truncate => Ok(text.chars().take(longest).collect()),
        () => Err(refuse(
            field,
            Category::DataTooLong,
            &text,
            &format!("has {length} characters, {longest} are allowed"),
        )),
    }
}

fn email_form(field: &RemoteField, text: &str) -> Result<String, Failure> {
    if email::is_valid(text) {
        return Ok(text.to_owned());
    }
    Err(refuse(
        field,
        Category::DataFormatValidation,
        text,
        "is not an e-mail address",
    ))
}

fn number_form(field: &RemoteField, text: &str) -> Result<String, Failure> {
    let bare = ungrouped(text);
    match bare.parse::<f64>() {
        Ok(number) if number.is_finite() && !bare.contains(['e', 'E']) => Ok(bare),
        _ => Err(refuse(
            field,
            Category::DataFormatValidation,
            text,
            "is not a number",
        )),
    }
}

/// `1,200` and `1,200,300.5` lose their separators, which HubSpot does not take; anything else stays as it is.
fn ungrouped(text: &str) -> String {
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.chars().all(|c| c.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let grouped = !rest.is_empty()
        && (1..=3).contains(&first.trim_start_matches('-').len())
        && digits(first.trim_start_matches('-'))
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    if !grouped {
        return text.to_owned();
    }
    let whole = format!("{first}{}", rest.concat());
    fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}"))
}

fn date_form(field: &RemoteField, text: &str) -> Result<String, Failure> {
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
    date.map(|date| date.to_string()).map_err(|_| {
        refuse(
            field,
            Category::DataFormatValidation,
            text,
            "is not a date (YYYY-MM-DD)",
        )
    })
}

fn datetime_form(field: &RemoteField, text: &str) -> Result<String, Failure> {
    let time = text.parse::<jiff::Timestamp>().or_else(|_| {
        let local = text.parse::<jiff::civil::DateTime>().or_else(|_| {
            text.parse::<jiff::civil::Date>()
                .map(|date| date.at(0, 0, 0, 0))
        })?;
        local
            .to_zoned(jiff::tz::TimeZone::UTC)
            .map(|zoned| zoned.timestamp())
    });
    // HubSpot keeps milliseconds.
    time.and_then(|time| jiff::Timestamp::from_millisecond(time.as_millisecond()))
        .map(|time| time.to_string())
        .map_err(|_| {
            refuse(
                field,
                Category::DataFormatValidation,
                text,
                "is not a point in time (ISO 8601)",
            )
        })
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "on" | "x" => Some(true),
        "false" | "no" | "n" | "0" | "off" => Some(false),
        _ => None,
    }
}

fn boolean_form(field: &RemoteField, text: &str) -> Result<String, Failure> {
    truth(text).map(|truth| truth.to_string()).ok_or_else(|| {
        refuse(
            field,
            Category::DataFormatValidation,
            text,
            "is neither true nor false",
        )
    })
}

/// The option a text means: its value as it is, else its value or label in any case.
fn option_of<'a>(options: &'a [RemoteOption], text: &str) -> Option<&'a RemoteOption> {
    let alike = |left: &str| left.trim().to_lowercase() == text.trim().to_lowercase();
    options
        .iter()
        .find(|option| option.value == text)
        .or_else(|| options.iter().find(|option| alike(&option.value)))
        .or_else(|| options.iter().find(|option| alike(&option.label)))
}

fn option_form(field: &RemoteField, text: &str) -> Result<String, Failure> {
    let Some(options) = &field.options else {
        return Ok(text.to_owned());
    };
    option_of(options, text)
        .map(|option| option.value.clone())
        .ok_or_else(|| {
            refuse(
                field,
                Category::DataValueValidation,
                text,
                "is not one of its options",
            )
        })
}

fn many_form(field: &RemoteField, parts: &[String]) -> Result<String, Failure> {
    let mut values = Vec::new();
    for part in parts
        .iter()
        .flat_map(|part| part.split(';'))
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let value = option_form(field, part)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(values.join(";"))
}

fn user_form(field: &RemoteField, text: &str) -> Result<String, Failure> {
    let Some(users) = &field.options else {
        return Ok(text.to_owned());
    };
    let wanted = email::key(text);
    users
        .iter()
        .find(|user| user.value == text || (wanted.is_some() && email::key(&user.label) == wanted))
        .map(|user| user.value.clone())
        .ok_or_else(|| {
            refuse(
                field,
                Category::DataValueValidation,
                text,
                "is no user of this HubSpot account",
            )
        })
}

/// The admin's rules whose outcome is certain; patterns are left to HubSpot.
fn check_rules(field: &RemoteField, text: &str) -> Result<(), Failure> {
    for rule in &field.rules {
        let argument = rule
            .arguments
            .first()
            .map(String::as_str)
            .unwrap_or_default();
        let number = || {
            Some((
                text.parse::<f64>().ok()?,
                argument.trim().parse::<f64>().ok()?,
            ))
        };
        let length = || Some((text.chars().count(), argument.trim().parse::<usize>().ok()?));
        let host = email::domain(text);
        let listed = || {
            host.as_ref().is_some_and(|host| {
                rule.arguments
                    .iter()
                    .any(|domain| domain.eq_ignore_ascii_case(host))
            })
        };
        let broken = match rule.rule.as_str() {
            "MIN_LENGTH" => length().is_some_and(|(length, least)| length < least),
            "MAX_NUMBER" => number().is_some_and(|(number, most)| number > most),
            "MIN_NUMBER" => number().is_some_and(|(number, least)| number < least),
            "EMAIL_BLOCKED_DOMAINS" => listed(),
            "EMAIL_ALLOWED_DOMAINS" => host.is_some() && !listed(),
            _ => false,
        };
        if broken {
            let why = format!(
                "breaks the rule {} {}",
                rule.rule,
                rule.arguments.join(", ")
            );
            return Err(refuse(
                field,
                Category::ValidationRule,
                text,
                why.trim_end(),
            ));
        }
    }
    Ok(())
}

/// Whether two values are one for HubSpot.
pub(super) fn same(field: &RemoteField, left: &Value, right: &Value) -> bool {
    let (left, right) = (text_of(left), text_of(right));
    let (left, right) = (left.trim(), right.trim());
    if left == right {
        return true;
    }
    match field.kind {
        RemoteKind::Number => left
            .parse::<f64>()
            .ok()
            .zip(right.parse::<f64>().ok())
            .is_some_and(|(l, r)| l == r),
        RemoteKind::Email => email::key(left).is_some() && email::key(left) == email::key(right),
        RemoteKind::Boolean => truth(left).is_some() && truth(left) == truth(right),
        RemoteKind::Many => set(left) == set(right),
        RemoteKind::Date | RemoteKind::Datetime => {
            moment(left).is_some() && moment(left) == moment(right)
        }
        // HubSpot stores a company's domain as a bare host, whatever was sent.
        _ if field.name == "domain" => {
            website_host(left).is_some() && website_host(left) == website_host(right)
        }
        _ => left.replace("\r\n", "\n") == right.replace("\r\n", "\n"),
    }
}

fn set(text: &str) -> std::collections::BTreeSet<&str> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// A date or time in milliseconds, from ISO or from the number HubSpot may answer with.
fn moment(text: &str) -> Option<i64> {
    let date = |date: jiff::civil::Date| {
        date.to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp().as_millisecond())
    };
    text.parse::<i64>()
        .ok()
        .filter(|number| number.abs() > 100_000_000)
        .or_else(|| {
            text.parse::<jiff::Timestamp>()
                .ok()
                .map(jiff::Timestamp::as_millisecond)
        })
        .or_else(|| text.parse::<jiff::civil::Date>().ok().and_then(date))
}

/// Adds ours to theirs: options as a union, text on a line of its own. `None` where nothing would be added.
pub(super) fn join(field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
    let (theirs, ours) = (text_of(theirs), text_of(ours));
    if field.kind == RemoteKind::Many {
        let held = set(&theirs);
        let added: Vec<&str> = ours
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty() && !held.contains(part))
            .collect();
        let all = theirs
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .chain(added.iter().copied());
        return (!added.is_empty()).then(|| Value::String(all.collect::<Vec<_>>().join(";")));
    }
    if theirs.replace("\r\n", "\n").contains(ours.trim()) {
        return None;
    }
    if !matches!(field.kind, RemoteKind::Text | RemoteKind::Longtext) {
        return Some(Value::String(ours));
    }
    let separator = if field.kind == RemoteKind::Longtext {
        "\n"
    } else {
        "; "
    };
    Some(Value::String(format!(
        "{}{separator}{}",
        theirs.trim_end(),
        ours.trim()
    )))
}

#[cfg(test)]
#[path = "fields_tests.rs"]
mod tests;
