//! Made-up leads, and what hangs on each: its company, its numbers, its answers, where it was and what it did.

use serde_json::{Map, Value, json};

use super::organization::EventLead;
use super::seed::{MINUTE, Place, Planter, members};
use super::values::{INTEGRATION_TYPES, PHONE_TYPES};
use super::words::{COMPANIES, Company, FIRST, GROUPS, LAST, NOTES, TITLES, USERS};
use crate::sandbox::time::iso;

const FURTHER_ACTIVITIES: &[&str] = &[
    "LINKEDIN",
    "EMAIL",
    "PHONE",
    "CALENDAR",
    "SMS",
    "EMAIL_CONTENT",
    "TWITTER",
];

impl Planter<'_> {
    /// Adds a lead and gives its members to the next one, which may be the same person again.
    pub(super) fn lead(
        &mut self,
        place: Place,
        previous: &Map<String, Value>,
    ) -> Map<String, Value> {
        let Place { index, created, .. } = place;
        let enriched = index % 10 != 3;
        let company = self.pick::<&Company>(&COMPANIES.iter().collect::<Vec<_>>());
        let (first, last) = (self.pick(FIRST), self.pick(LAST));
        let mut body = members(json!({
            "id": self.id(),
            "createdAt": iso(created),
            "isEnriched": enriched,
            "firstName": first,
            "lastName": last,
            "company": {"name": company.name},
            "phoneNumbers": self.phones(index, company, enriched),
            "tags": self.tags(place),
            "numberOfScans": 1 + self.random.u8(..3),
            "lastScannedBy": USERS[index % USERS.len()].0,
            "remoteIds": remote_ids(index),
        }));
        if index % 12 != 5 {
            let email = format!("{}.{}{index}@{}", ascii(first), ascii(last), company.domain);
            let shown = if index % 40 == 11 {
                email.to_uppercase()
            } else {
                email
            };
            body.insert("email".to_owned(), json!(shown));
        }
        let found = self.found(index, first, last, company);
        for (name, value) in found.into_iter().filter(|_| enriched) {
            body.insert(name, value);
        }
        if index % 25 == 8 && previous.get("email").is_some_and(Value::is_string) {
            for name in ["firstName", "lastName", "email", "company"] {
                body.insert(
                    name.to_owned(),
                    previous.get(name).cloned().unwrap_or_default(),
                );
            }
        }
        let id = self.organization.add_lead(&body);
        self.attend(&id, place);
        self.activities(&id, place);
        if index % 7 == 2 {
            self.leave_out_nulls(&id);
        }
        body
    }

    /// What enrichment adds.
    fn found(
        &mut self,
        index: usize,
        first: &str,
        last: &str,
        company: &Company,
    ) -> Map<String, Value> {
        let site = format!(
            "https://www.linkedin.com/in/{}-{}-{index}",
            ascii(first),
            ascii(last)
        );
        let mut found = members(json!({
            "jobTitle": self.pick(TITLES),
            "linkedin": site,
            "company": {
                "name": company.name,
                "industry": company.industry,
                "linkedin": format!("https://www.linkedin.com/company/{}", ascii(company.name)),
                "streetAddress": company.street,
                "city": company.city,
                "state": company.state,
                "zip": company.zip,
                "country": company.country,
            },
        }));
        if self.chance(20) {
            let address = format!("{}, {} {}", company.street, company.zip, company.city);
            found.insert("address".to_owned(), json!(address));
        }
        if self.chance(15) {
            found.insert(
                "twitter".to_owned(),
                json!(format!("@{}{index}", ascii(last))),
            );
        }
        if self.chance(25) {
            found.insert("description".to_owned(), json!(self.pick(NOTES)));
        }
        found
    }

    fn phones(&mut self, index: usize, company: &Company, enriched: bool) -> Value {
        let mut number = |kind: &str, preferred: bool| {
            let digits = self.random.u32(1_000..10_000);
            let text = match kind {
                "LANDLINE" => format!("{} {digits}", company.calling_code),
                "UNKNOWN" => format!("({digits}) call me"),
                _ => format!("{}{digits}", company.calling_code),
            };
            json!({"number": text, "type": kind, "preferred": preferred})
        };
        let kinds = [index % PHONE_TYPES.len(), (index / 2) % PHONE_TYPES.len()];
        let provided: Vec<Value> = kinds[..index % 3]
            .iter()
            .enumerate()
            .map(|(place, kind)| number(PHONE_TYPES[*kind], place + 1 == index % 3))
            .collect();
        let found = match enriched && index.is_multiple_of(4) {
            true => vec![number("DIRECT", provided.is_empty()), number("HQ", false)],
            false => Vec::new(),
        };
        json!({"leadProvided": provided, "moblyProvided": found})
    }

    /// Answers to the qualifiers asked at the event; drafts have none, archived ones only old answers.
    fn tags(&mut self, place: Place) -> Value {
        let mut tags = Vec::new();
        for (group, facts) in GROUPS.iter().enumerate() {
            let asked = match facts.status {
                "DRAFT" => false,
                "ARCHIVED" => place.index < 20,
                _ => Self::asks(group, place.event),
            };
            if !asked || !facts.required && self.chance(30) {
                continue;
            }
            let most = if facts.multiple { 2 } else { 1 };
            let count = self.random.usize(1..=most);
            let from = self.random.usize(..=facts.options.len() - count);
            let answers = self.groups[group].options[from..from + count].iter();
            tags.extend(answers.map(|(id, value)| json!({"tagOptionId": id, "value": value})));
        }
        Value::Array(tags)
    }

    /// Most leads are in one event, some in several, a few in none.
    fn attend(&mut self, lead: &str, place: Place) {
        let Some(event) = place.event.filter(|_| place.index % 30 != 17) else {
            return;
        };
        let count = self.organization.events.len();
        let mut events = vec![event];
        if place.index % 6 == 1 {
            events.extend([(event + 1) % count, (event + 3) % count]);
            events.dedup();
            events.truncate(count);
        }
        let home = events[0];
        let mut seen = Vec::new();
        for event in events {
            if seen.contains(&event) {
                continue;
            }
            seen.push(event);
            let flags = (
                self.chance(50),
                event == home && place.index % 9 != 4 || self.chance(40),
            );
            let key = self.organization.events.entries()[event].id.clone();
            if let Some(event) = self.organization.events.get_mut(&key) {
                event.leads.push(EventLead {
                    lead: lead.to_owned(),
                    registered: flags.0,
                    checked_in: flags.1,
                });
            }
        }
        self.activate(lead, home);
    }

    fn activate(&mut self, lead: &str, event: usize) {
        let number = self.organization.events.entries()[event].row.body["id"].clone();
        let here: Vec<String> = self
            .organization
            .activations
            .entries()
            .iter()
            .filter(|entry| entry.row["eventId"] == number)
            .map(|entry| entry.id.clone())
            .collect();
        let mut listed = Vec::new();
        for activation in here {
            if !self.chance(40) {
                continue;
            }
            let (checked_in, registered) = (self.chance(70), self.chance(30));
            listed.push(json!({
                "activationId": activation,
                "checkedIn": checked_in,
                "registered": registered,
            }));
            if let Some(row) = self.organization.activations.get_mut(&activation) {
                let scans = row["numberOfScans"].as_u64().unwrap_or(0);
                row["numberOfScans"] = json!(scans + 1);
            }
        }
        if let Some(lead) = self.organization.leads.get_mut(lead) {
            lead.body["activations"] = Value::Array(listed);
        }
    }

    fn activities(&mut self, lead: &str, place: Place) {
        let Place { index, event, .. } = place;
        let number =
            event.map(|event| self.organization.events.entries()[event].row.body["id"].clone());
        let mut rows = Vec::new();
        match index % 4 {
            0 => rows.push(json!({"eventType": "CSV_UPLOAD"})),
            1 => rows.push(json!({"eventType": "MOBLY_API", "createdBy": null})),
            _ => {}
        }
        if index.is_multiple_of(3) {
            let (note, user) = (self.pick(NOTES), self.pick(USERS).0);
            rows.push(json!({
                "eventType": "NOTE",
                "eventNotes": note,
                "createdBy": user,
                "associatedEvent": number,
            }));
        }
        if index % 5 == 2 {
            let kind = self.pick(FURTHER_ACTIVITIES);
            rows.push(json!({"eventType": kind, "eventNotes": null}));
        }
        if index % 15 == 6 {
            let campaign = self.campaign.clone();
            rows.push(json!({"eventType": "CAMPAIGN_ASSOCIATION", "associatedCampaign": campaign}));
        }
        for (order, row) in rows.into_iter().enumerate() {
            let mut row = members(row);
            row.insert("id".to_owned(), json!(self.id()));
            let at = iso(place.created + (order as i64 + 1) * MINUTE);
            row.insert("createdAt".to_owned(), json!(at));
            self.organization.add_activity(lead, &row);
        }
    }

    /// What may be null may be missing altogether.
    fn leave_out_nulls(&mut self, lead: &str) {
        let Some(lead) = self.organization.leads.get_mut(lead) else {
            return;
        };
        if let Some(company) = lead.body["company"].as_object_mut() {
            company.retain(|_, value| !value.is_null());
        }
        if let Some(body) = lead.body.as_object_mut() {
            body.retain(|_, value| !value.is_null());
        }
    }
}

fn ascii(text: &str) -> String {
    let text = text.to_lowercase();
    let folded = text.chars().filter_map(|sign| match sign {
        'á' | 'à' | 'ã' => Some('a'),
        'é' | 'è' | 'ë' => Some('e'),
        'í' | 'ı' => Some('i'),
        'ó' | 'ö' | 'ø' => Some('o'),
        'ú' | 'ü' => Some('u'),
        sign => sign.is_ascii_lowercase().then_some(sign),
    });
    folded.collect()
}

/// A few leads are already in a destination, very few in two.
fn remote_ids(index: usize) -> Value {
    let mut known = Vec::new();
    if index % 20 == 4 {
        let kind = INTEGRATION_TYPES[(index / 20) % INTEGRATION_TYPES.len()];
        known.push(json!({"id": format!("remote-{index}"), "integrationType": kind}));
    }
    if index % 60 == 4 {
        let kind = INTEGRATION_TYPES[(index / 20 + 1) % INTEGRATION_TYPES.len()];
        known.push(json!({"id": format!("{}", 900_000 + index), "integrationType": kind}));
    }
    Value::Array(known)
}
