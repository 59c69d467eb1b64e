//! The enumerations of the description, and the checks its formats ask for.

use serde_json::{Map, Value};

use super::errors::ApiError;
use crate::sandbox::wire::Request;

pub(super) const EVENT_TYPES: &[&str] = &[
    "CONFERENCE",
    "TRADE_SHOW",
    "EVENT",
    "SIDECAR",
    "DINNER_MEAL",
    "HAPPY_HOUR",
    "OTHER",
];

pub(super) const PHONE_TYPES: &[&str] =
    &["MOBILE", "LANDLINE", "DIRECT", "OFFICE", "HQ", "UNKNOWN"];

pub(super) const ACTIVITY_TYPES: &[&str] = &[
    "NOTE",
    "FACEBOOK",
    "LINKEDIN",
    "TWITTER",
    "CALENDAR",
    "PHONE",
    "EMAIL",
    "SMS",
    "CAMPAIGN_ASSOCIATION",
    "CSV_UPLOAD",
    "MOBLY_API",
    "EMAIL_CONTENT",
    "SMS_CONTENT",
    "OTHER_CONTENT",
];

/// The description names the enumeration and leaves it out; these are of Mobly's page of models.
pub(super) const INTEGRATION_TYPES: &[&str] = &[
    "HUB_SPOT",
    "SALES_FORCE",
    "PIPE_DRIVE",
    "ZOHO",
    "MARKETO",
    "PARDOT",
    "ELOQUA",
    "WEBHOOK",
];

/// The texts of a lead that may be null, as it is shown.
pub(super) const LEAD_TEXTS: &[&str] = &[
    "firstName",
    "lastName",
    "email",
    "description",
    "linkedin",
    "facebook",
    "twitter",
    "jobTitle",
    "address",
];

pub(super) const COMPANY_TEXTS: &[&str] = &[
    "name",
    "industry",
    "linkedin",
    "streetAddress",
    "city",
    "state",
    "zip",
    "country",
];

/// A uuid of version 4.
pub(super) fn uuid(random: &mut fastrand::Rng) -> String {
    let bits = random.u128(..) & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let text = format!("{bits:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..]
    )
}

pub(super) fn body(request: &Request) -> Result<Map<String, Value>, ApiError> {
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(body)) => Ok(body),
        Ok(_) => Err(ApiError::bad_request("the body is no object")),
        Err(error) => Err(ApiError::bad_request(format!("the body: {error}"))),
    }
}

fn wrong(name: &str, what: &str) -> ApiError {
    ApiError::bad_request(format!("{name} must be {what}"))
}

/// A text that may be null or absent.
pub(super) fn text_or_null(name: &str, value: &Value) -> Result<Value, ApiError> {
    match value {
        Value::Null | Value::String(_) => Ok(value.clone()),
        _ => Err(wrong(name, "a string or null")),
    }
}

pub(super) fn text<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a str, ApiError> {
    let text = body.get(name).and_then(Value::as_str);
    text.ok_or_else(|| wrong(name, "a string"))
}

pub(super) fn one_of<'a>(
    body: &'a Map<String, Value>,
    name: &str,
    known: &[&str],
) -> Result<&'a str, ApiError> {
    let given = text(body, name)?;
    match known.contains(&given) {
        true => Ok(given),
        false => Err(wrong(name, &format!("one of {}", known.join(", ")))),
    }
}

/// A truth value that may be left out.
pub(super) fn flag(body: &Map<String, Value>, name: &str) -> Result<Option<bool>, ApiError> {
    match body.get(name) {
        None => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(_) => Err(wrong(name, "true or false")),
    }
}

pub(super) fn date<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a str, ApiError> {
    let given = text(body, name)?;
    let fits = given.len() == 10 && given.parse::<jiff::civil::Date>().is_ok();
    fits.then_some(given)
        .ok_or_else(|| wrong(name, "a date such as 2026-11-22"))
}

pub(super) fn email<'a>(name: &str, given: &'a str) -> Result<&'a str, ApiError> {
    let fits = given
        .rsplit_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        && !given.contains(char::is_whitespace);
    fits.then_some(given)
        .ok_or_else(|| wrong(name, "an e-mail address"))
}

/// Telephone numbers as they are stored; null and absent are none.
pub(super) fn phone_numbers(given: Option<&Value>) -> Result<Value, ApiError> {
    let given = match given {
        None | Some(Value::Null) => return Ok(Value::Array(Vec::new())),
        Some(Value::Array(given)) => given,
        Some(_) => return Err(wrong("phoneNumbers", "a list")),
    };
    for number in given {
        let Some(number) = number.as_object() else {
            return Err(wrong("phoneNumbers", "a list of objects"));
        };
        text(number, "number")?;
        one_of(number, "type", PHONE_TYPES)?;
        flag(number, "preferred")?.ok_or_else(|| wrong("preferred", "true or false"))?;
    }
    Ok(Value::Array(given.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_version_four() {
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..100 {
            let id = uuid(&mut random);
            let lengths: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
            assert_eq!(&id[14..15], "4", "{id}");
            assert!("89ab".contains(&id[19..20]), "{id}");
        }
    }

    #[test]
    fn dates_and_addresses_are_checked() {
        let body =
            serde_json::json!({"a": "2026-02-28", "b": "2026-02-30", "c": "2026-02-28T00:00"});
        let body = body.as_object().cloned().unwrap_or_default();
        assert!(date(&body, "a").is_ok());
        assert!(
            date(&body, "b").is_err() && date(&body, "c").is_err() && date(&body, "d").is_err()
        );
        assert!(email("email", "ana@acme.com").is_ok());
        for bad in ["ana", "@acme.com", "ana@acme", "a b@acme.com"] {
            assert!(email("email", bad).is_err(), "{bad}");
        }
    }
}
