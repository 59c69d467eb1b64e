//! Activities: custom ones, which clients add, and those of Push Lead.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::answers;
use super::errors::{ApiError, Reason};
use super::field::seconds;
use super::instance::Instance;
use super::leads::{Values, plain};
use super::parameters::{self, BATCH, Parameters};
use super::query;
use crate::sandbox::wire::{Reply, Request};

/// "Push Lead to Marketo".
const PUSH: u64 = 145;

#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) api_name: String,
    pub(super) name: String,
    pub(super) kind: String,
}

#[derive(Clone, Debug)]
pub(super) struct ActivityType {
    pub(super) id: u64,
    pub(super) api_name: String,
    pub(super) name: String,
    pub(super) primary: Attribute,
    pub(super) attributes: Vec<Attribute>,
    pub(super) created_at: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Activity {
    id: u64,
    pub(super) lead: u64,
    type_id: u64,
    date: String,
    primary_value: String,
    attributes: Value,
}

pub(super) struct Activities {
    pub(super) types: Vec<ActivityType>,
    pub(super) all: Vec<Activity>,
}

impl Attribute {
    pub(super) fn new(api_name: &str, name: &str, kind: &str) -> Self {
        Self {
            api_name: api_name.to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
        }
    }

    fn to_json(&self) -> Value {
        json!({"apiName": self.api_name, "name": self.name, "description": "", "dataType": self.kind})
    }
}

impl ActivityType {
    fn summary(&self) -> Value {
        let date = seconds(self.created_at);
        json!({
            "id": self.id,
            "apiName": self.api_name,
            "name": self.name,
            "description": "",
            "triggerName": format!("{} happens", self.name),
            "filterName": format!("{} happened", self.name),
            "createdAt": date,
            "updatedAt": date,
            "status": "approved",
        })
    }

    fn describe(&self) -> Value {
        let mut all = self.summary();
        let attributes = self.attributes.iter().map(Attribute::to_json);
        all["primaryAttribute"] = self.primary.to_json();
        all["attributes"] = attributes.collect();
        all
    }
}

impl Activity {
    pub(super) fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "marketoGUID": self.id.to_string(),
            "leadId": self.lead,
            "activityDate": self.date,
            "activityTypeId": self.type_id,
            "primaryAttributeValue": self.primary_value,
            "attributes": self.attributes,
        })
    }
}

impl Activities {
    /// One type of activity: a note from a trade show.
    pub(super) fn standard(now: i64) -> Self {
        let note = ActivityType {
            id: 100_001,
            api_name: "tradeShowNote".to_owned(),
            name: "Trade Show Note".to_owned(),
            primary: Attribute::new("event", "Event", "string"),
            attributes: vec![Attribute::new("notes", "Notes", "text")],
            created_at: now,
        };
        Self {
            types: vec![note],
            all: Vec::new(),
        }
    }

    fn add(&mut self, lead: u64, type_id: u64, date: String, primary: &str, more: Value) -> u64 {
        let id = 5_000 + self.all.len() as u64;
        self.all.push(Activity {
            id,
            lead,
            type_id,
            date,
            primary_value: primary.to_owned(),
            attributes: more,
        });
        id
    }

    pub(super) fn push(&mut self, lead: u64, program: &str, facts: &Value, now: i64) {
        self.add(lead, PUSH, seconds(now), program, facts.clone());
    }

    pub(super) fn hand_over(&mut self, from: u64, to: u64) {
        let all = self.all.iter_mut();
        for activity in all.filter(|activity| activity.lead == from) {
            activity.lead = to;
        }
    }

    /// How many custom ones are there beyond the first of their kind.
    pub(super) fn duplicates(&self) -> usize {
        let mut seen = std::collections::HashSet::new();
        let custom = self.all.iter().filter(|activity| activity.type_id != PUSH);
        let key = |one: &Activity| {
            let (lead, kind) = (one.lead, one.type_id);
            format!("{lead}\n{kind}\n{}\n{}", one.primary_value, one.attributes)
        };
        custom
            .filter(|activity| !seen.insert(key(activity)))
            .count()
    }
}

pub(super) fn types(instance: &Instance) -> Reply {
    let types = instance.activities.types.iter();
    let rows: Vec<Value> = types.map(ActivityType::summary).collect();
    answers::found(instance, &rows)
}

pub(super) fn describe(instance: &Instance, name: &str) -> Result<Reply, Box<ApiError>> {
    let mut types = instance.activities.types.iter();
    let found = types.find(|one| one.api_name == name);
    let found = found.ok_or_else(|| ApiError::not_found("Activity type"))?;
    Ok(answers::found(instance, &[found.describe()]))
}

/// `POST activities/external.json`. Nothing keeps the same activity from being added twice.
pub(super) fn add(instance: &mut Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let body = parameters::body(request)?;
    let mut rows = Vec::new();
    let mut written = 0;
    for row in parameters::input(&body)? {
        rows.push(match add_row(instance, row) {
            Ok(id) => {
                written += 1;
                json!({"id": id, "marketoGUID": id.to_string(), "status": "added"})
            }
            // These rows have `errors`, not `reasons`.
            Err(reason) => json!({"status": "skipped", "errors": [reason.to_json()]}),
        });
    }
    Ok(answers::written(instance, &rows, written))
}

fn add_row(instance: &mut Instance, row: &Values) -> Result<u64, Reason> {
    for name in [
        "leadId",
        "activityDate",
        "activityTypeId",
        "primaryAttributeValue",
    ] {
        if row.get(name).is_none_or(|value| plain(value).is_empty()) {
            return Err(Reason::missing(name));
        }
    }
    let lead = query::lead_of(instance, &row["leadId"])?;
    let id = row["activityTypeId"].as_u64();
    let mut types = instance.activities.types.iter();
    let kind = types.find(|one| Some(one.id) == id);
    let kind = kind.ok_or_else(|| Reason::new(1013, "Activity type not found"))?;
    let date = row["activityDate"].as_str().unwrap_or_default();
    let date: Timestamp = date
        .parse()
        .map_err(|_| Reason::wrong_type(date, "datetime"))?;
    let none = Vec::new();
    let given = row.get("attributes").and_then(Value::as_array);
    let mut attributes = Vec::new();
    for one in given.unwrap_or(&none) {
        let name = one["apiName"].as_str().or(one["name"].as_str());
        let name = name.unwrap_or_default();
        let mut known = kind.attributes.iter();
        let known = known.find(|known| known.api_name == name || known.name == name);
        let known = known.ok_or_else(|| Reason::field_not_found(name))?;
        attributes.push(json!({"name": known.name, "value": one["value"]}));
    }
    // "The array of attributes passed to the record exceeded the max length of 65536 bytes"
    if json!(attributes).to_string().len() > 65_536 {
        return Err(Reason::new(1049, "Failed to Create Activity"));
    }
    let (kind, primary) = (kind.id, row["primaryAttributeValue"].clone());
    let primary = primary
        .as_str()
        .map_or_else(|| primary.to_string(), str::to_owned);
    let date = seconds(date.as_millisecond());
    let activities = &mut instance.activities;
    Ok(activities.add(lead, kind, date, &primary, json!(attributes)))
}

/// `GET activities/pagingtoken.json`: the sandbox's tokens know no date.
pub(super) fn paging_token(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    Parameters::of(request).required("sinceDatetime")?;
    let body = json!({
        "requestId": instance.request_id,
        "success": true,
        "nextPageToken": "0",
    });
    Ok(Reply::json(200, body))
}

/// `GET activities.json`, by types and up to 30 leads.
pub(super) fn many(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let given = Parameters::of(request);
    let start: usize = given
        .required("nextPageToken")?
        .parse()
        .map_err(|_| ApiError::invalid_data("Invalid nextPageToken"))?;
    given.required("activityTypeIds")?;
    let (types, leads) = (given.list("activityTypeIds"), given.list("leadIds"));
    if types.len() > 10 || leads.len() > 30 {
        return Err(ApiError::invalid_data(
            "Too many activityTypeIds or leadIds",
        ));
    }
    let all = instance.activities.all.iter().filter(|one| {
        types.contains(&one.type_id.to_string())
            && (leads.is_empty() || leads.contains(&one.lead.to_string()))
    });
    let all: Vec<&Activity> = all.collect();
    let end = all.len().min(start.saturating_add(BATCH));
    let rows: Vec<Value> = all
        .get(start..end)
        .unwrap_or_default()
        .iter()
        .map(|one| one.to_json())
        .collect();
    let body = json!({
        "requestId": instance.request_id,
        "result": rows,
        "success": true,
        "nextPageToken": end.to_string(),
        "moreResult": end < all.len(),
    });
    Ok(Reply::json(200, body).whole())
}
