//! The organization a key belongs to: its records as they are answered, and how it behaves.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::journal::Journal;
use super::limits::Limits;
use super::shift::Shift;
use super::table::Table;
use super::values::{COMPANY_TEXTS, LEAD_TEXTS, uuid};
use crate::sandbox::SandboxOptions;
use crate::sandbox::time::{SandboxClock, iso};

/// Events have numbers; all else has uuids.
const FIRST_EVENT: u64 = 1_001;

pub(super) struct Lead {
    /// As it is answered; nullable members may be absent.
    pub(super) body: Value,
    /// Updates that took effect.
    pub(super) patches: u64,
}

pub(super) struct EventLead {
    pub(super) lead: String,
    pub(super) registered: bool,
    pub(super) checked_in: bool,
}

impl EventLead {
    pub(super) fn to_json(&self) -> Value {
        json!({
            "leadId": self.lead,
            "registered": self.registered,
            "checkedIn": self.checked_in,
        })
    }
}

#[derive(Default)]
pub(super) struct Event {
    pub(super) body: Value,
    pub(super) leads: Vec<EventLead>,
    pub(super) users: Vec<Value>,
}

/// Which keys are known. Without a list every key is, until it is revoked.
struct Keys {
    accepted: Vec<String>,
    revoked: HashSet<String>,
}

pub(super) struct Organization {
    pub(super) clock: Arc<SandboxClock>,
    pub(super) limits: Limits,
    keys: Keys,
    /// The API promises no order, so clients have to bear either.
    pub(super) newest_first: bool,
    pub(super) page_size: Option<usize>,
    pub(super) shift: Option<Shift>,
    pub(super) leads: Table<Lead>,
    pub(super) events: Table<Event>,
    pub(super) activities: Table<Value>,
    pub(super) activations: Table<Value>,
    pub(super) tag_groups: Table<Value>,
    pub(super) journal: Journal,
    pub(super) random: fastrand::Rng,
    pub(super) seed: u64,
    next_event: u64,
}

impl Organization {
    pub(super) fn new(options: &SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        Self {
            clock,
            limits: Limits::new(options.rate),
            keys: Keys {
                accepted: options.tokens.clone(),
                revoked: HashSet::new(),
            },
            newest_first: true,
            page_size: options.page_size,
            shift: None,
            leads: Table::default(),
            events: Table::default(),
            activities: Table::default(),
            activations: Table::default(),
            tag_groups: Table::default(),
            journal: Journal::default(),
            random: fastrand::Rng::with_seed(options.seed ^ 0x006d_6f62_6c79),
            seed: options.seed,
            next_event: FIRST_EVENT,
        }
    }

    /// Forgets all records; keys, limits and behaviour stay.
    pub(super) fn empty(&mut self) {
        self.leads = Table::default();
        self.events = Table::default();
        self.activities = Table::default();
        self.activations = Table::default();
        self.tag_groups = Table::default();
        self.next_event = FIRST_EVENT;
    }

    pub(super) fn knows(&self, key: &str) -> bool {
        let accepted = &self.keys.accepted;
        !self.keys.revoked.contains(key)
            && (accepted.is_empty() || accepted.iter().any(|known| known == key))
    }

    pub(super) fn accept(&mut self, key: &str) {
        self.keys.revoked.remove(key);
        if !self.keys.accepted.is_empty() && !self.knows(key) {
            self.keys.accepted.push(key.to_owned());
        }
    }

    pub(super) fn revoke(&mut self, key: &str) {
        self.keys.revoked.insert(key.to_owned());
    }

    pub(super) fn now(&self) -> String {
        iso(self.clock.now_milliseconds())
    }

    pub(super) fn new_id(&mut self) -> String {
        uuid(&mut self.random)
    }

    /// Adds a lead of these members, unchecked, and gives its id. What is required is filled in.
    pub(super) fn add_lead(&mut self, members: &Map<String, Value>) -> String {
        let id = match members.get("id").and_then(Value::as_str) {
            Some(id) => id.to_owned(),
            None => self.new_id(),
        };
        let mut body = blank_lead(&id, &self.now());
        merge(&mut body, members);
        self.leads.insert(id.clone(), Lead { body, patches: 0 });
        id
    }

    /// Adds an event of these members, unchecked, and gives its number.
    pub(super) fn add_event(&mut self, members: &Map<String, Value>) -> u64 {
        let id = match members.get("id").and_then(Value::as_u64) {
            Some(id) => id,
            None => self.next_event,
        };
        self.next_event = self.next_event.max(id + 1);
        let mut body = json!({
            "id": id,
            "name": "",
            "type": "TRADE_SHOW",
            "registrationEnabled": false,
            "createdAt": self.now(),
            "startDate": null,
            "endDate": null,
            "location": null,
            "tagGroups": [],
        });
        merge(&mut body, members);
        let event = Event {
            body,
            ..Event::default()
        };
        self.events.insert(id.to_string(), event);
        id
    }

    /// Adds an activity to a lead there is, and to what the lead lists.
    pub(super) fn add_activity(
        &mut self,
        lead: &str,
        members: &Map<String, Value>,
    ) -> Option<String> {
        if !self.leads.contains(lead) {
            return None;
        }
        let id = match members.get("id").and_then(Value::as_str) {
            Some(id) => id.to_owned(),
            None => self.new_id(),
        };
        let mut body = json!({
            "id": id,
            "createdAt": self.now(),
            "eventType": "NOTE",
            "associatedLead": lead,
        });
        merge(&mut body, members);
        self.activities.insert(id.clone(), body);
        let listed = &mut self.leads.get_mut(lead)?.body["leadActivityEvents"];
        listed.as_array_mut()?.push(json!(id));
        Some(id)
    }

    /// Puts a lead into an event, or changes what is said of it there; `None` where there is no such event.
    pub(super) fn associate(
        &mut self,
        event: &str,
        lead: &str,
        registered: Option<bool>,
        checked_in: Option<bool>,
    ) -> Option<Value> {
        let leads = &mut self.events.get_mut(event)?.leads;
        let place = leads.iter().position(|known| known.lead == lead);
        let place = place.unwrap_or_else(|| {
            leads.push(EventLead {
                lead: lead.to_owned(),
                registered: false,
                checked_in: false,
            });
            leads.len() - 1
        });
        let known = &mut leads[place];
        known.registered = registered.unwrap_or(known.registered);
        known.checked_in = checked_in.unwrap_or(known.checked_in);
        Some(known.to_json())
    }

    /// Deletes a lead with its activities and its places in events; false where there is none.
    pub(super) fn remove_lead(&mut self, id: &str) -> bool {
        let Some(lead) = self.leads.remove(id) else {
            return false;
        };
        let activities = lead.body["leadActivityEvents"].as_array();
        for activity in activities.into_iter().flatten().filter_map(Value::as_str) {
            self.activities.remove(activity);
        }
        for event in self.events.rows_mut() {
            event.leads.retain(|known| known.lead != id);
        }
        true
    }

    /// Deletes an event with its activations; false where there is none.
    pub(super) fn remove_event(&mut self, id: &str) -> bool {
        let Some(event) = self.events.remove(id) else {
            return false;
        };
        let number = &event.body["id"];
        self.activations.retain(|row| row["eventId"] != *number);
        true
    }
}

/// A lead of which nothing is known yet.
fn blank_lead(id: &str, now: &str) -> Value {
    let mut body = json!({
        "id": id,
        "createdAt": now,
        "isEnriched": false,
        "phoneNumbers": {"leadProvided": [], "moblyProvided": []},
        "numberOfScans": 0,
        "lastScannedBy": null,
        "activations": [],
        "tags": [],
        "leadActivityEvents": [],
        "remoteIds": [],
    });
    for name in LEAD_TEXTS {
        body[*name] = Value::Null;
    }
    let company = COMPANY_TEXTS
        .iter()
        .map(|name| ((*name).to_owned(), Value::Null));
    body["company"] = Value::Object(company.collect());
    body
}

/// Sets members, and those of objects within one by one. Members for the sandbox alone are left out.
pub(super) fn merge(body: &mut Value, members: &Map<String, Value>) {
    for (name, value) in members.iter().filter(|(name, _)| *name != "events") {
        match (&mut body[name.as_str()], value) {
            (place @ Value::Object(_), Value::Object(inner)) => merge(place, inner),
            (place, value) => *place = value.clone(),
        }
    }
}
