//! A captured person, and the catalogue of fields a lead can have.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{EventId, LeadId, QualifierId};

/// What kind of value a field of ours holds; shown as a badge beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum FieldType {
    Text,
    Email,
    Phone,
    Url,
    Number,
    Date,
    Datetime,
    Boolean,
}

impl FieldType {
    /// The badge.
    #[must_use]
    pub fn badge(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
            Self::Url => "URL",
            Self::Number => "NUMBER",
            Self::Date => "DATE",
            Self::Datetime => "DATETIME",
            Self::Boolean => "BOOLEAN",
        }
    }
}

/// The part of a lead a field belongs to; also the role of a vendor's object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The person.
    Persona,
    /// The person's company.
    Company,
}

impl Role {
    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Persona => "persona",
            Self::Company => "company",
        }
    }
}

/// One field of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct FieldInfo {
    /// The name on the command line and in the file.
    pub key: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// The kind of value.
    pub kind: FieldType,
    /// Person or company.
    pub role: Role,
    /// Whether the program knows it itself (event, scans, …): it is mapped, but not edited.
    pub computed: bool,
}

const fn field(key: &'static str, label: &'static str, kind: FieldType, role: Role) -> FieldInfo {
    FieldInfo {
        key,
        label,
        kind,
        role,
        computed: false,
    }
}

const fn known(key: &'static str, label: &'static str, kind: FieldType) -> FieldInfo {
    FieldInfo {
        key,
        label,
        kind,
        role: Role::Persona,
        computed: true,
    }
}

/// Every standard field of a lead (product.md 5.3 and 4.4). Others are custom fields, named as the file named them.
pub const FIELDS: &[FieldInfo] = &[
    field("firstName", "First Name", FieldType::Text, Role::Persona),
    field("lastName", "Last Name", FieldType::Text, Role::Persona),
    field("email", "Email", FieldType::Email, Role::Persona),
    field("phone", "Phone Number", FieldType::Phone, Role::Persona),
    field("phoneType", "Phone Type", FieldType::Text, Role::Persona),
    field(
        "mobilePhone",
        "Mobile Phone",
        FieldType::Phone,
        Role::Persona,
    ),
    field("jobTitle", "Job Title", FieldType::Text, Role::Persona),
    field("description", "Description", FieldType::Text, Role::Persona),
    field("notes", "Notes", FieldType::Text, Role::Persona),
    field("address", "Address", FieldType::Text, Role::Persona),
    field("linkedin", "LinkedIn", FieldType::Url, Role::Persona),
    field("facebook", "Facebook", FieldType::Url, Role::Persona),
    field("twitter", "Twitter", FieldType::Url, Role::Persona),
    field("leadOwner", "Lead Owner", FieldType::Email, Role::Persona),
    field("leadScore", "Lead Score", FieldType::Number, Role::Persona),
    field(
        "lastScannedBy",
        "Last Scanned By",
        FieldType::Email,
        Role::Persona,
    ),
    known("eventName", "Event Name", FieldType::Text),
    known("capturedAt", "Captured At", FieldType::Datetime),
    known("numberOfScans", "Number of Scans", FieldType::Number),
    field(
        "companyName",
        "Company Name",
        FieldType::Text,
        Role::Company,
    ),
    field("companyWebsite", "Website", FieldType::Url, Role::Company),
    field(
        "companyIndustry",
        "Industry",
        FieldType::Text,
        Role::Company,
    ),
    field("companySize", "Size", FieldType::Number, Role::Company),
    field(
        "companyStreetAddress",
        "Street Address",
        FieldType::Text,
        Role::Company,
    ),
    field("companyCity", "City", FieldType::Text, Role::Company),
    field("companyState", "State", FieldType::Text, Role::Company),
    field("companyZip", "Zip", FieldType::Text, Role::Company),
    field("companyCountry", "Country", FieldType::Text, Role::Company),
    field(
        "companyLinkedin",
        "Company LinkedIn",
        FieldType::Url,
        Role::Company,
    ),
    FieldInfo {
        key: "companyDomain",
        label: "Company Domain",
        kind: FieldType::Url,
        role: Role::Company,
        computed: true,
    },
];

/// The catalogue's entry for a key, whatever its case.
#[must_use]
pub fn field_info(key: &str) -> Option<&'static FieldInfo> {
    FIELDS
        .iter()
        .find(|field| field.key.eq_ignore_ascii_case(key))
}

/// The catalogue's entry for a key or a label ("Job Title"), whatever the case.
#[must_use]
pub fn field_named(text: &str) -> Option<&'static FieldInfo> {
    let text = text.trim();
    field_info(text).or_else(|| {
        FIELDS
            .iter()
            .find(|field| field.label.eq_ignore_ascii_case(text))
    })
}

/// The key as the catalogue spells it, or the text itself for a custom field.
#[must_use]
pub fn canonical_key(key: &str) -> String {
    field_info(key).map_or_else(|| key.trim().to_owned(), |field| field.key.to_owned())
}

/// Whether a lead may be pushed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Its source is still filling it in.
    Enriching,
    /// A field the user demands is empty.
    NeedsData,
    /// May go.
    Ready,
}

impl Readiness {
    /// The word in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Enriching => "enriching",
            Self::NeedsData => "needs_data",
            Self::Ready => "ready",
        }
    }

    /// Reads the word of the file; anything else is ready.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "enriching" => Self::Enriching,
            "needs_data" => Self::NeedsData,
            _ => Self::Ready,
        }
    }
}

/// An event as a lead's mapping needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventName {
    /// Its number.
    pub id: EventId,
    /// Its full name.
    pub name: String,
}

/// One answer to a qualifier. `defined` is false for an answer that is none of the qualifier's values: it is kept and
/// shown, and cannot be mapped by value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The qualifier.
    pub qualifier: QualifierId,
    /// Lower-case form of the answer, for mapping.
    pub value_key: String,
    /// As the rep wrote it.
    pub raw: String,
    /// Whether it is one of the qualifier's values.
    pub defined: bool,
    /// The event it was given at.
    pub event: Option<EventId>,
}

/// A captured person with everything a push may send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The row.
    pub id: LeadId,
    /// Field values by key, standard and custom; never an empty value.
    pub fields: BTreeMap<String, String>,
    /// The form of the address people are matched by.
    pub email_key: Option<String>,
    /// How often the person was scanned, over all events.
    pub scans: u32,
    /// Whether it may go.
    pub readiness: Readiness,
    /// Rises with every change that could be sent.
    pub revision: i64,
    /// When the person was met.
    pub captured_at: Timestamp,
    /// Events, oldest first.
    pub events: Vec<EventName>,
    /// Answers to qualifiers.
    pub answers: Vec<Answer>,
}

impl Lead {
    /// A field's value for the mapping, those the program knows itself included. `event` names the event a push is for;
    /// else the latest counts.
    #[must_use]
    pub fn value(&self, key: &str, event: Option<EventId>) -> Option<String> {
        match key {
            "eventName" => event
                .and_then(|wanted| self.events.iter().find(|known| known.id == wanted))
                .or(self.events.last())
                .map(|known| known.name.clone()),
            "capturedAt" => Some(self.captured_at.to_string()),
            "numberOfScans" => Some(self.scans.to_string()),
            "companyDomain" => self.company_domain().map(|(domain, _)| domain),
            // A rep's mobile number is the only number many leads have; vendors ask for `phone` first.
            "phone" => self
                .field("phone")
                .or_else(|| self.field("mobilePhone"))
                .map(str::to_owned),
            _ => self.field(key).map(str::to_owned),
        }
    }

    /// A stored field.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&str> {
        self.fields.get(key).map(String::as_str)
    }

    /// The domain the company is matched by, and whether its website told it (else: the address).
    #[must_use]
    pub fn company_domain(&self) -> Option<(String, bool)> {
        super::company::domain(self.field("companyWebsite"), self.field("email"))
    }

    /// What to call the lead on a screen.
    #[must_use]
    pub fn display_name(&self) -> String {
        display_name(
            self.field("firstName"),
            self.field("lastName"),
            self.field("email"),
            self.field("companyName"),
        )
    }
}

/// First and last name, else the address, else the company.
#[must_use]
pub fn display_name(
    first: Option<&str>,
    last: Option<&str>,
    email: Option<&str>,
    company: Option<&str>,
) -> String {
    let name = [first, last]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    [Some(name.as_str()), email, company]
        .into_iter()
        .flatten()
        .find(|text| !text.trim().is_empty())
        .unwrap_or("(no name)")
        .to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn lead() -> Lead {
        Lead {
            id: LeadId(1),
            fields: BTreeMap::from([
                ("mobilePhone".into(), "+49 1".into()),
                ("email".into(), "a@acme.com".into()),
            ]),
            email_key: Some("a@acme.com".into()),
            scans: 2,
            readiness: Readiness::Ready,
            revision: 1,
            captured_at: "2026-11-17T09:00:00Z".parse().unwrap(),
            events: vec![
                EventName {
                    id: EventId(1),
                    name: "Expo".into(),
                },
                EventName {
                    id: EventId(2),
                    name: "Summit".into(),
                },
            ],
            answers: Vec::new(),
        }
    }

    #[test]
    fn the_event_named_by_a_push_beats_the_latest() {
        assert_eq!(lead().value("eventName", Some(EventId(1))).unwrap(), "Expo");
        assert_eq!(lead().value("eventName", None).unwrap(), "Summit");
    }

    #[test]
    fn a_mobile_number_stands_in_for_the_phone() {
        assert_eq!(lead().value("phone", None).unwrap(), "+49 1");
    }

    #[test]
    fn field_names_are_found_in_any_case() {
        assert_eq!(canonical_key("FIRSTNAME"), "firstName");
        assert_eq!(canonical_key("Shoe size"), "Shoe size");
    }
}
