//! What sources tell, in our words. Texts are trimmed; an empty one is `None` (or absent).

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::activity::ActivityKind;

/// An event people are met at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceEvent {
    /// The source's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// First day (`YYYY-MM-DD`).
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Time zone, an IANA name.
    pub zone: Option<String>,
    /// City.
    pub city: Option<String>,
    /// The qualifiers asked there beside those asked everywhere, by the source's ids.
    pub qualifiers: Vec<String>,
}

/// How far a qualifier is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Publication {
    /// Asked.
    #[default]
    Published,
    /// Not asked any more.
    Archived,
    /// Not asked yet.
    Draft,
}

/// A question with its possible answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceQualifier {
    /// The source's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// How far it is published.
    pub publication: Publication,
    /// Whether several answers may be given.
    pub multiple: bool,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether it is asked at every event.
    pub all_events: bool,
    /// Its place among the others.
    pub order: i64,
    /// The answers, in order.
    pub options: Vec<SourceOption>,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceOption {
    /// The source's id.
    pub id: String,
    /// As people read it.
    pub value: String,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceAnswer {
    /// The option's id.
    pub option: String,
    /// As people read it.
    pub value: String,
}

/// The id of a lead in another system, as the source keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceRemoteId {
    /// The source's word for the other system.
    pub system: String,
    /// The id there.
    pub id: String,
}

/// A lead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceLead {
    /// The source's id.
    pub id: String,
    /// When it was captured.
    pub captured_at: Option<Timestamp>,
    /// Whether the source is still filling it in.
    pub enriching: bool,
    /// Its fields, by our keys; never empty values.
    pub fields: BTreeMap<&'static str, String>,
    /// How often it was scanned.
    pub scans: Option<u32>,
    /// Answers to qualifiers; `None`: nothing was told of them.
    pub answers: Option<Vec<SourceAnswer>>,
    /// The activities it has, by the source's ids; `None`: nothing was told of them.
    pub activities: Option<Vec<String>>,
    /// The activations (parts of an event) it takes part in, by the source's ids.
    pub activations: Vec<SourceAttendance>,
    /// Its ids in other systems.
    pub remote_ids: Vec<SourceRemoteId>,
}

/// Taking part in a part of an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceAttendance {
    /// The activation.
    pub activation: String,
    /// Announced.
    pub registered: bool,
    /// Came.
    pub checked_in: bool,
}

/// That a lead belongs to an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceMembership {
    /// The lead.
    pub lead: String,
    /// Announced.
    pub registered: bool,
    /// Came.
    pub checked_in: bool,
}

/// Something that happened with a lead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceActivity {
    /// The source's id.
    pub id: String,
    /// Whose it is.
    pub lead: String,
    /// When.
    pub at: Option<Timestamp>,
    /// What kind of thing, in our words.
    pub kind: ActivityKind,
    /// What there is to say; empty where the kind says it all.
    pub text: String,
    /// Who took it down.
    pub author: Option<String>,
    /// The event it belongs to.
    pub event: Option<String>,
}

/// A part of an event (a booth, a dinner, a talk).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceActivation {
    /// The source's id.
    pub id: String,
    /// Its event.
    pub event: String,
    /// The name.
    pub name: String,
}

/// One item of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceItem {
    /// Of [`super::Listing::Events`].
    Event(SourceEvent),
    /// Of [`super::Listing::QualifierGroups`].
    Qualifier(SourceQualifier),
    /// Of [`super::Listing::Leads`].
    Lead(Box<SourceLead>),
    /// Of [`super::Listing::EventLeads`].
    Membership(SourceMembership),
    /// Of [`super::Listing::Activities`] and [`super::Listing::LeadActivities`].
    Activity(SourceActivity),
    /// Of [`super::Listing::Activations`].
    Activation(SourceActivation),
}

impl SourceItem {
    /// What it is known by within its listing.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Event(event) => &event.id,
            Self::Qualifier(qualifier) => &qualifier.id,
            Self::Lead(lead) => &lead.id,
            Self::Membership(membership) => &membership.lead,
            Self::Activity(activity) => &activity.id,
            Self::Activation(activation) => &activation.id,
        }
    }
}
