//! Made-up records: the same seed gives the same ones. Shares are by place, so that even small sets have all
//! kinds of leads; only what does not matter is drawn.

use serde_json::{Map, Value, json};

use super::organization::Organization;
use super::values::{EVENT_TYPES, uuid};
use super::words::{EVENTS, GROUPS, USERS};
use crate::sandbox::time::iso;

/// 2025-01-13T09:00:00Z.
const START: i64 = 1_736_758_800_000;
pub(super) const MINUTE: i64 = 60_000;
const DAY: i64 = 1_440 * MINUTE;
const DAYS_BETWEEN_EVENTS: i64 = 14;

const ACTIVATION_TYPES: &[&str] = &["BOOTH", "DEMO", "SPEAKING_SESSION", "HAPPY_HOUR"];
/// A group of qualifiers with the ids it was given.
pub(super) struct Planted {
    id: String,
    pub(super) options: Vec<(String, &'static str)>,
}

pub(super) struct Planter<'a> {
    pub(super) organization: &'a mut Organization,
    pub(super) random: fastrand::Rng,
    pub(super) groups: Vec<Planted>,
    pub(super) campaign: String,
}

/// A lead's place among the others.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) index: usize,
    pub(super) event: Option<usize>,
    pub(super) created: i64,
}

/// Replaces all records by so many leads captured at so many events.
pub(super) fn plant(organization: &mut Organization, leads: usize, events: usize, seed: u64) {
    organization.empty();
    let mut random = fastrand::Rng::with_seed(seed);
    let campaign = uuid(&mut random);
    let mut planter = Planter {
        organization,
        random,
        groups: Vec::new(),
        campaign,
    };
    planter.groups();
    for index in 0..events {
        planter.event(index);
    }
    let mut previous = Map::new();
    for index in 0..leads {
        let event = (events > 0).then(|| index * events / leads);
        let first = event.map_or(0, |event| (event * leads).div_ceil(events));
        let minutes = index.saturating_sub(first) as i64 * MINUTE % DAY;
        let created = event_start(event.unwrap_or(0)) + minutes;
        let place = Place {
            index,
            event,
            created,
        };
        previous = planter.lead(place, &previous);
    }
}

fn event_start(index: usize) -> i64 {
    START + index as i64 * DAYS_BETWEEN_EVENTS * DAY
}

fn day(milliseconds: i64) -> String {
    iso(milliseconds)[..10].to_owned()
}

pub(super) fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

impl Planter<'_> {
    pub(super) fn chance(&mut self, percent: u8) -> bool {
        self.random.u8(..100) < percent
    }

    pub(super) fn id(&mut self) -> String {
        uuid(&mut self.random)
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.random.usize(..from.len())]
    }

    fn groups(&mut self) {
        for (order, group) in GROUPS.iter().enumerate() {
            let id = self.id();
            let options: Vec<(String, &'static str)> = group
                .options
                .iter()
                .map(|value| (self.id(), *value))
                .collect();
            let shown: Vec<Value> = options
                .iter()
                .enumerate()
                .map(
                    |(order, (id, value))| json!({"id": id, "displayOrder": order, "value": value}),
                )
                .collect();
            let mut body = json!({
                "id": id,
                "name": group.name,
                "status": group.status,
                "allowsMultipleSelection": group.multiple,
                "displayOrder": order,
                "required": group.required,
                "allEvents": group.all_events,
                "tagOptions": shown,
            });
            if let Some(usage) = group.usage {
                body["usageInstructions"] = json!(usage);
            }
            self.organization.tag_groups.insert(id.clone(), body);
            self.groups.push(Planted { id, options });
        }
    }

    /// Whether a group of qualifiers is asked at an event. Every other event has products, every third budgets.
    pub(super) fn asks(group: usize, event: Option<usize>) -> bool {
        match (GROUPS[group].all_events, group, event) {
            (true, ..) => true,
            (false, 2, Some(event)) => event % 2 == 0,
            (false, _, Some(event)) => event % 3 == 0,
            (false, _, None) => false,
        }
    }

    fn event(&mut self, index: usize) {
        let (name, city, country, zone) = EVENTS[index % EVENTS.len()];
        let start = event_start(index);
        let name = match index / EVENTS.len() {
            0 => name.to_owned(),
            round => format!("{name} {}", round + 1),
        };
        let limited = (0..GROUPS.len())
            .filter(|group| !GROUPS[*group].all_events && Self::asks(*group, Some(index)));
        let groups: Vec<&str> = limited
            .map(|group| self.groups[group].id.as_str())
            .collect();
        let mut body = json!({
            "name": name,
            "type": EVENT_TYPES[index % EVENT_TYPES.len()],
            "registrationEnabled": index % 2 == 1,
            "createdAt": iso(start - 30 * DAY),
            "tagGroups": groups,
        });
        if index % 11 != 10 {
            body["startDate"] = json!(day(start));
            body["endDate"] = json!(day(start + (index % 3) as i64 * DAY));
        }
        if index % 5 != 4 {
            body["location"] = json!({
                "city": city,
                "country": country,
                "timeZone": zone,
                "streetAddress": null,
                "latitude": null,
            });
        }
        let number = self.organization.add_event(&members(body));
        for activation in 0..index % 4 {
            self.activation(index, activation, number);
        }
        let users = USERS
            .iter()
            .enumerate()
            .filter(|(user, _)| !(user + index).is_multiple_of(3));
        let users = users.map(|(user, (email, first, last))| {
            json!({"id": user + 1, "email": email, "firstName": first, "lastName": last})
        });
        if let Some(event) = self.organization.events.get_mut(&number.to_string()) {
            event.users = users.collect();
        }
    }

    fn activation(&mut self, event: usize, index: usize, number: u64) {
        let id = self.id();
        let date = day(event_start(event));
        let mut body = json!({
            "id": id,
            "eventId": number,
            "name": format!("Activation {}", index + 1),
            "createdAt": iso(event_start(event) - 7 * DAY),
            "type": ACTIVATION_TYPES[index % ACTIVATION_TYPES.len()],
            "startDate": date,
            "endDate": date,
            "startTime": format!("{:02}:00:00", 9 + index * 2),
            "endTime": format!("{:02}:00:00", 10 + index * 2),
            "users": USERS.iter().filter_map(|user| user.0).take(index).collect::<Vec<_>>(),
            "numberOfScans": 0,
        });
        if index == 0 {
            body["createdBy"] = json!(USERS[0].0);
            body["location"] = Value::Null;
        }
        self.organization.activations.insert(id, body);
    }
}
