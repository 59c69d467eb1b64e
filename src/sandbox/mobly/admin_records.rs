//! The control paths that look at records and change them; listed in `admin`.

use serde_json::{Map, Value, json};

use super::admin::{done, ids};
use super::organization::{Lead, Organization, merge};
use crate::sandbox::wire::Reply;

pub(super) fn serve(
    organization: &mut Organization,
    method: &str,
    parts: &[&str],
    body: &Value,
) -> Option<Reply> {
    match (method, parts) {
        ("GET", ["leads"]) => Some(all(organization)),
        ("POST", ["leads"]) => add_leads(organization, body),
        ("GET", ["leads", id]) => {
            let lead = organization.leads.get(id)?;
            let mut shown = lead.body.clone();
            shown["patches"] = json!(lead.patches);
            Some(Reply::json(200, shown))
        }
        ("POST", ["leads", id]) => {
            let lead = organization.leads.get_mut(id)?;
            merge(&mut lead.body, body.as_object()?);
            done()
        }
        ("DELETE", ["leads", id]) => organization.remove_lead(id).then(done)?,
        ("POST", ["enrich"]) => enrich(organization, body),
        ("POST", ["events"]) => {
            let rows = objects(body, "events")?;
            let made = rows.map(|row| json!(organization.add_event(row)));
            ids(&made.collect::<Vec<_>>())
        }
        ("POST", ["events", event, "leads"]) => {
            for row in objects(body, "leads")? {
                associate(organization, event, row.get("leadId")?.as_str()?, row)?;
            }
            done()
        }
        ("POST", ["events", event, "users"]) => {
            organization.events.get_mut(event)?.users = body["users"].as_array()?.clone();
            done()
        }
        ("POST", ["tag_groups"]) => add_tag_groups(organization, body),
        ("POST", ["activations"]) => add_activations(organization, body),
        ("POST", ["activities"]) => {
            let mut made = Vec::new();
            for row in objects(body, "activities")? {
                let lead = row.get("associatedLead")?.as_str()?;
                made.push(json!(organization.add_activity(lead, row)?));
            }
            ids(&made)
        }
        _ => None,
    }
}

fn objects<'a>(
    body: &'a Value,
    name: &str,
) -> Option<impl Iterator<Item = &'a Map<String, Value>>> {
    Some(body[name].as_array()?.iter().filter_map(Value::as_object))
}

fn all(organization: &Organization) -> Reply {
    let leads = organization.leads.entries().iter().map(|entry| {
        let Lead { body, patches } = &entry.row;
        json!({
            "id": entry.id,
            "email": body["email"],
            "isEnriched": body["isEnriched"],
            "remoteIds": body["remoteIds"],
            "patches": patches,
        })
    });
    Reply::json(200, json!({"leads": leads.collect::<Vec<_>>()}))
}

fn associate(
    organization: &mut Organization,
    event: &str,
    lead: &str,
    row: &Map<String, Value>,
) -> Option<Value> {
    let flag = |name: &str| row.get(name).and_then(Value::as_bool);
    let lead = organization.leads.contains(lead).then_some(lead)?;
    organization.associate(event, lead, flag("registered"), flag("checkedIn"))
}

fn add_leads(organization: &mut Organization, body: &Value) -> Option<Reply> {
    let mut made = Vec::new();
    for row in objects(body, "leads")? {
        let id = organization.add_lead(row);
        let events = row.get("events").and_then(Value::as_array);
        for event in events.into_iter().flatten().filter_map(Value::as_object) {
            let number = event.get("eventId")?.as_u64()?.to_string();
            associate(organization, &number, &id, event)?;
        }
        made.push(json!(id));
    }
    ids(&made)
}

fn enrich(organization: &mut Organization, body: &Value) -> Option<Reply> {
    let chosen: Vec<String> = match &body["leads"] {
        Value::Null => {
            let entries = organization.leads.entries().iter();
            let waiting = entries.filter(|entry| entry.row.body["isEnriched"] == false);
            waiting.map(|entry| entry.id.clone()).collect()
        }
        given => {
            let given = given.as_array()?.iter().filter_map(Value::as_str);
            given.map(str::to_owned).collect()
        }
    };
    for id in &chosen {
        let lead = organization.leads.get_mut(id)?;
        match body["set"].as_object() {
            Some(members) => merge(&mut lead.body, members),
            None => find(&mut lead.body),
        }
        lead.body["isEnriched"] = json!(true);
    }
    Some(Reply::json(200, json!({"enriched": chosen.len()})))
}

/// What partners find of somebody they know.
fn find(lead: &mut Value) {
    let id = lead["id"].as_str().unwrap_or_default();
    let profile = format!("https://www.linkedin.com/in/{}", id.get(..8).unwrap_or(id));
    let places = [
        ("/jobTitle", json!("Director")),
        ("/linkedin", json!(profile)),
        ("/company/industry", json!("Machinery")),
    ];
    for (path, value) in places {
        let (parent, name) = path.rsplit_once('/').unwrap_or_default();
        if let Some(parent) = lead
            .pointer_mut(parent)
            .filter(|parent| parent[name].is_null())
        {
            parent[name] = value;
        }
    }
}

fn add_tag_groups(organization: &mut Organization, body: &Value) -> Option<Reply> {
    let mut made = Vec::new();
    for row in objects(body, "tag_groups")? {
        let mut group = json!({
            "id": organization.new_id(),
            "name": "",
            "status": "PUBLISHED",
            "allowsMultipleSelection": false,
            "displayOrder": organization.tag_groups.len(),
            "required": false,
            "allEvents": true,
            "tagOptions": [],
        });
        merge(&mut group, row);
        made.push(group["id"].clone());
        let id = group["id"].as_str()?.to_owned();
        organization.tag_groups.insert(id, group);
    }
    ids(&made)
}

fn add_activations(organization: &mut Organization, body: &Value) -> Option<Reply> {
    let mut made = Vec::new();
    for row in objects(body, "activations")? {
        let mut activation = json!({
            "id": organization.new_id(),
            "name": "Activation",
            "createdAt": organization.now(),
            "type": "BOOTH",
            "startDate": "2026-11-22",
            "endDate": "2026-11-22",
            "startTime": "09:00:00",
            "endTime": "12:00:00",
            "users": [],
            "numberOfScans": 0,
        });
        row.get("eventId")?.as_u64()?;
        merge(&mut activation, row);
        made.push(activation["id"].clone());
        let id = activation["id"].as_str()?.to_owned();
        organization.activations.insert(id, activation);
    }
    ids(&made)
}
