//! Leads that come and go while somebody pages: rows move between pages, so one is shown twice or not at all.

use serde_json::{Map, Value, json};

use super::organization::Organization;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Add,
    Delete,
    /// Adds, then deletes, and so on.
    Both,
}

pub(super) struct Shift {
    /// Strikes before every so many-th answer to a list of leads.
    every: u64,
    action: Action,
    /// How often at most.
    times: Option<u64>,
    seen: u64,
    struck: u64,
    added: Vec<String>,
    deleted: Vec<String>,
}

impl Shift {
    /// From a control body; `None` where it makes no sense.
    pub(super) fn of(body: &Value) -> Option<Self> {
        let action = match body["action"].as_str() {
            None | Some("add") => Action::Add,
            Some("delete") => Action::Delete,
            Some("both") => Action::Both,
            Some(_) => return None,
        };
        Some(Self {
            every: body["every"].as_u64().filter(|every| *every > 0)?,
            action,
            times: body["times"].as_u64(),
            seen: 0,
            struck: 0,
            added: Vec::new(),
            deleted: Vec::new(),
        })
    }

    pub(super) fn to_json(&self) -> Value {
        json!({"struck": self.struck, "added": self.added, "deleted": self.deleted})
    }

    /// Whether this list request is one that finds its list changed, and how.
    fn due(&mut self) -> Option<Action> {
        self.seen += 1;
        let spent = self.times.is_some_and(|times| self.struck >= times);
        if spent || !self.seen.is_multiple_of(self.every) {
            return None;
        }
        self.struck += 1;
        Some(match self.action {
            Action::Both if self.struck % 2 == 1 => Action::Add,
            Action::Both => Action::Delete,
            action => action,
        })
    }
}

/// Changes the list of leads, or that of an event, if it is time to. A new lead joins the event that is listed.
pub(super) fn strike(organization: &mut Organization, event: Option<&str>) {
    match organization.shift.as_mut().and_then(Shift::due) {
        Some(Action::Add) => add(organization, event),
        Some(_) => delete(organization, event),
        None => {}
    }
}

fn add(organization: &mut Organization, event: Option<&str>) {
    let number = organization
        .shift
        .as_ref()
        .map_or(0, |shift| shift.added.len() + 1);
    let members = json!({
        "firstName": "Late",
        "lastName": format!("Comer {number}"),
        "email": format!("late.comer{number}@meanwhile.example.com"),
        "isEnriched": true,
        "numberOfScans": 1,
        "company": {"name": "Meanwhile Inc"},
    });
    let id = organization.add_lead(members.as_object().unwrap_or(&Map::new()));
    let first = organization.events.entries().first();
    let event = event
        .map(str::to_owned)
        .or_else(|| first.map(|entry| entry.id.clone()));
    if let Some(event) = event {
        organization.associate(&event, &id, Some(false), Some(true));
    }
    if let Some(shift) = &mut organization.shift {
        shift.added.push(id);
    }
}

/// Deletes the lead that is shown second, which whoever pages has seen.
fn delete(organization: &mut Organization, event: Option<&str>) {
    let shown: Vec<&str> = match event.and_then(|event| organization.events.get(event)) {
        Some(event) => event
            .leads
            .iter()
            .map(|known| known.lead.as_str())
            .collect(),
        None => {
            let entries = organization.leads.entries().iter();
            entries.map(|entry| entry.id.as_str()).collect()
        }
    };
    let place = match (shown.len(), organization.newest_first) {
        (0, _) => return,
        (1, _) => 0,
        (count, true) => count - 2,
        (_, false) => 1,
    };
    let id = shown[place].to_owned();
    organization.remove_lead(&id);
    if let Some(shift) = &mut organization.shift {
        shift.deleted.push(id);
    }
}
