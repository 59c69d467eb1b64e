//! What Mobly's answers look like, and what they say in our words.
//!
//! Everything but an item's id may be missing, null or of a neighbouring form (a number as a string, a flag as a number):
//! one odd value hides nothing else.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::domain::activity::ActivityKind;
use crate::sources::{
    Publication, SourceActivation, SourceActivity, SourceAnswer, SourceAttendance, SourceEvent,
    SourceLead, SourceMembership, SourceOption, SourceQualifier, SourceRemoteId,
};

/// A text, trimmed; numbers as they are written; `None` for anything else and for nothing.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number, also as a string.
pub(super) fn number(value: &Value) -> Option<u64> {
    value
        .as_u64()
        .or_else(|| {
            // In range: checked before it is cut.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            value
                .as_f64()
                .filter(|number| (0.0..1e15).contains(number))
                .map(|number| number as u64)
        })
        .or_else(|| value.as_str()?.trim().parse().ok())
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_f64().map(|number| number != 0.0),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Some(true),
            "false" | "0" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A moment; one without a zone is UTC.
pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    let text = text(value)?;
    text.parse().ok().or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}

/// A day, also as the beginning of a moment.
fn day(value: &Value) -> Option<String> {
    let text = text(value)?;
    let day: Date = text.get(..10)?.parse().ok()?;
    Some(day.to_string())
}

fn entries(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(super) fn event(value: &Value) -> Option<SourceEvent> {
    let id = text(&value["id"])?;
    let location = &value["location"];
    Some(SourceEvent {
        name: text(&value["name"])
            .or_else(|| text(&value["eventName"]))
            .unwrap_or_else(|| format!("Event {id}")),
        id,
        from: day(&value["startDate"]),
        to: day(&value["endDate"]),
        zone: text(&location["timeZone"]).filter(|zone| TimeZone::get(zone).is_ok()),
        city: text(&location["city"]),
        qualifiers: entries(&value["tagGroups"])
            .filter_map(|group| text(group).or_else(|| text(&group["id"])))
            .collect(),
    })
}

pub(super) fn qualifier(value: &Value) -> Option<SourceQualifier> {
    let mut options: Vec<(i64, SourceOption)> = entries(&value["tagOptions"])
        .filter_map(|option| {
            let place = option["displayOrder"].as_i64().unwrap_or(i64::MAX);
            let option = SourceOption {
                id: text(&option["id"])?,
                value: text(&option["value"])?,
            };
            Some((place, option))
        })
        .collect();
    options.sort_by_key(|(place, _)| *place);
    Some(SourceQualifier {
        id: text(&value["id"])?,
        name: text(&value["name"])?,
        publication: match text(&value["status"]).as_deref() {
            Some("ARCHIVED") => Publication::Archived,
            Some("DRAFT") => Publication::Draft,
            _ => Publication::Published,
        },
        multiple: flag(&value["allowsMultipleSelection"]).unwrap_or(false),
        required: flag(&value["required"]).unwrap_or(false),
        all_events: flag(&value["allEvents"]).unwrap_or(true),
        order: value["displayOrder"].as_i64().unwrap_or(i64::MAX),
        options: options.into_iter().map(|(_, option)| option).collect(),
    })
}

pub(super) fn lead(value: &Value) -> Option<SourceLead> {
    Some(SourceLead {
        id: text(&value["id"])?,
        captured_at: moment(&value["createdAt"]),
        // A lead that tells nothing of it is not kept waiting for ever.
        enriching: flag(&value["isEnriched"]) == Some(false),
        fields: fields(value),
        scans: number(&value["numberOfScans"]).and_then(|scans| u32::try_from(scans).ok()),
        answers: value["tags"].as_array().map(|tags| {
            tags.iter()
                .filter_map(|tag| {
                    Some(SourceAnswer {
                        option: text(&tag["tagOptionId"])?,
                        value: text(&tag["value"]).unwrap_or_default(),
                    })
                })
                .collect()
        }),
        activities: value["leadActivityEvents"]
            .as_array()
            .map(|ids| ids.iter().filter_map(text).collect()),
        activations: entries(&value["activations"])
            .filter_map(|activation| {
                Some(SourceAttendance {
                    activation: text(&activation["activationId"])?,
                    registered: flag(&activation["registered"]).unwrap_or(false),
                    checked_in: flag(&activation["checkedIn"]).unwrap_or(false),
                })
            })
            .collect(),
        remote_ids: entries(&value["remoteIds"])
            .filter_map(|remote| {
                Some(SourceRemoteId {
                    system: text(&remote["integrationType"])?,
                    id: text(&remote["id"])?,
                })
            })
            .collect(),
    })
}

/// Our key, and where Mobly has it: in the lead, or in its company.
const LEAD_FIELDS: &[(&str, &str)] = &[
    ("firstName", "firstName"),
    ("lastName", "lastName"),
    ("email", "email"),
    ("jobTitle", "jobTitle"),
    ("description", "description"),
    ("linkedin", "linkedin"),
    ("facebook", "facebook"),
    ("twitter", "twitter"),
    ("address", "address"),
    ("lastScannedBy", "lastScannedBy"),
];
const COMPANY_FIELDS: &[(&str, &str)] = &[
    ("companyName", "name"),
    ("companyIndustry", "industry"),
    ("companyLinkedin", "linkedin"),
    ("companyStreetAddress", "streetAddress"),
    ("companyCity", "city"),
    ("companyState", "state"),
    ("companyZip", "zip"),
    ("companyCountry", "country"),
    // Newer than the description: names as Mobly's own are made.
    ("companySize", "size"),
    ("companyWebsite", "website"),
];

fn fields(value: &Value) -> BTreeMap<&'static str, String> {
    let company = &value["company"];
    let mut fields: BTreeMap<&'static str, String> = LEAD_FIELDS
        .iter()
        .filter_map(|(ours, theirs)| Some((*ours, text(&value[*theirs])?)))
        .collect();
    fields.extend(
        COMPANY_FIELDS
            .iter()
            .filter_map(|(ours, theirs)| Some((*ours, text(&company[*theirs])?))),
    );
    if !fields.contains_key("email") {
        // One of the lists that came later: joined by semicolons, nobody promises how.
        let listed = ["professionalEmails", "personalEmails"]
            .iter()
            .find_map(|key| {
                let list = text(&value[*key])?;
                let first = list.split(';').map(str::trim).find(|part| !part.is_empty());
                first.map(str::to_owned)
            });
        fields.extend(listed.map(|email| ("email", email)));
    }
    phones(&value["phoneNumbers"], &mut fields);
    fields
}

/// The number to call: of those the lead gave, else of those Mobly found, the preferred one, else the first; and the first
/// mobile one beside it.
fn phones(value: &Value, fields: &mut BTreeMap<&'static str, String>) {
    let mut told: Vec<(bool, String, Option<String>)> = Vec::new();
    for group in ["leadProvided", "moblyProvided"] {
        for phone in entries(&value[group]) {
            if let Some(number) = text(&phone["number"]) {
                let preferred = flag(&phone["preferred"]).unwrap_or(false);
                let kind = text(&phone["type"]).filter(|kind| kind != "UNKNOWN");
                told.push((preferred, number, kind));
            }
        }
    }
    let is_mobile = |kind: &Option<String>| kind.as_deref() == Some("MOBILE");
    let first = told
        .iter()
        .find(|(preferred, ..)| *preferred)
        .or_else(|| told.first());
    if let Some((_, number, kind)) = first {
        fields.insert("phone", number.clone());
        if let Some(kind) = kind {
            fields.insert("phoneType", kind.clone());
        }
    }
    if let Some((_, number, _)) = told.iter().find(|(_, _, kind)| is_mobile(kind)) {
        fields.insert("mobilePhone", number.clone());
    }
}

pub(super) fn membership(value: &Value) -> Option<SourceMembership> {
    Some(SourceMembership {
        lead: text(&value["leadId"])?,
        registered: flag(&value["registered"]).unwrap_or(false),
        checked_in: flag(&value["checkedIn"]).unwrap_or(false),
    })
}

pub(super) fn activity(value: &Value) -> Option<SourceActivity> {
    let word = text(&value["eventType"]).unwrap_or_default();
    Some(SourceActivity {
        id: text(&value["id"])?,
        lead: text(&value["associatedLead"])?,
        at: moment(&value["createdAt"]),
        kind: kind(&word),
        text: text(&value["eventNotes"]).unwrap_or_else(|| title(&word).to_owned()),
        author: text(&value["createdBy"]),
        event: text(&value["associatedEvent"]),
    })
}

/// What happened, in our words.
fn kind(word: &str) -> ActivityKind {
    match word {
        "NOTE" => ActivityKind::Note,
        "PHONE" => ActivityKind::Call,
        "CALENDAR" => ActivityKind::Meeting,
        "EMAIL" | "EMAIL_CONTENT" => ActivityKind::Email,
        _ => ActivityKind::Other,
    }
}

/// What an activity without a text says: something with someone, or, for what only tells how the lead came to Mobly or where
/// it was filed there, nothing.
fn title(word: &str) -> &'static str {
    match word {
        "PHONE" => "Call",
        "CALENDAR" => "Meeting",
        "EMAIL" | "EMAIL_CONTENT" => "Email",
        "SMS" | "SMS_CONTENT" => "Text message",
        "LINKEDIN" => "LinkedIn",
        "FACEBOOK" => "Facebook",
        "TWITTER" => "Twitter",
        _ => "",
    }
}

pub(super) fn activation(value: &Value) -> Option<SourceActivation> {
    Some(SourceActivation {
        id: text(&value["id"])?,
        event: text(&value["eventId"])?,
        name: text(&value["name"]).unwrap_or_default(),
    })
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
