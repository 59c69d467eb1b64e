//! Records as version 2 shows them.

use serde_json::{Map, Value, json};

use super::account::Account;
use super::errors;
use super::field::CONTACT_SYNC;
use super::record::{Entity, Record};
use crate::sandbox::wire::{Reply, Request};

/// Custom fields that may be asked for by name.
const MOST_CUSTOM_FIELDS: usize = 15;

/// What is shown only when asked for. Those that are not counted here are 0, or `null` for ids and times.
const EXTRAS: &[&str] = &[
    "next_activity_id",
    "last_activity_id",
    "open_deals_count",
    "related_open_deals_count",
    "closed_deals_count",
    "related_closed_deals_count",
    "participant_open_deals_count",
    "participant_closed_deals_count",
    "email_messages_count",
    "people_count",
    "activities_count",
    "done_activities_count",
    "undone_activities_count",
    "files_count",
    "notes_count",
    "followers_count",
    "won_deals_count",
    "related_won_deals_count",
    "lost_deals_count",
    "related_lost_deals_count",
    "last_incoming_mail_time",
    "last_outgoing_mail_time",
    "smart_bcc_email",
    "first_won_time",
    "products_count",
    "participants_count",
    "source_lead_id",
    "attendees",
];

const ORGANIZATION: &[&str] = &[
    "owner_id",
    "address",
    "visible_to",
    "label_ids",
    "website",
    "linkedin",
    "industry",
    "annual_revenue",
    "employee_count",
];

const DEAL: &[&str] = &[
    "title",
    "creator_user_id",
    "owner_id",
    "value",
    "person_id",
    "org_id",
    "stage_id",
    "pipeline_id",
    "currency",
    "archive_time",
    "stage_change_time",
    "status",
    "is_archived",
    "probability",
    "lost_reason",
    "visible_to",
    "close_time",
    "won_time",
    "lost_time",
    "expected_close_date",
    "label_ids",
    "origin",
    "origin_id",
    "channel",
    "channel_id",
];

const ACTIVITY: &[&str] = &[
    "subject",
    "type",
    "owner_id",
    "creator_user_id",
    "deal_id",
    "lead_id",
    "person_id",
    "org_id",
    "project_id",
    "due_date",
    "due_time",
    "duration",
    "busy",
    "done",
    "marked_as_done_time",
    "location",
    "participants",
    "conference_meeting_client",
    "conference_meeting_url",
    "conference_meeting_id",
    "public_description",
    "priority",
    "note",
];

/// What a request wants to see.
#[derive(Default)]
pub(super) struct View {
    extras: Vec<String>,
    custom_fields: Option<Vec<String>>,
    option_labels: bool,
    labels: bool,
}

impl View {
    pub(super) fn of(request: &Request) -> Result<Self, Box<Reply>> {
        let extras = request.parameters("include_fields");
        if let Some(unknown) = extras.iter().find(|name| !EXTRAS.contains(&name.as_str())) {
            let text = format!("'{unknown}' is not supported");
            return Err(errors::invalid("include_fields", &text));
        }
        let given = request.parameter("custom_fields");
        let custom_fields = given.map(|_| request.parameters("custom_fields"));
        let count = custom_fields.as_ref().map_or(0, Vec::len);
        if count > MOST_CUSTOM_FIELDS {
            let text = format!("A maximum of {MOST_CUSTOM_FIELDS} keys is allowed");
            return Err(errors::invalid("custom_fields", &text));
        }
        let wanted = |name| request.parameter(name).as_deref() == Some("true");
        Ok(Self {
            extras,
            custom_fields,
            option_labels: wanted("include_option_labels"),
            labels: wanted("include_labels"),
        })
    }
}

/// First name and rest. The docs do not say how a name is split.
pub(super) fn split_name(name: &str) -> (Option<&str>, Option<&str>) {
    match name.trim().split_once(char::is_whitespace) {
        Some((first, last)) => (Some(first), Some(last.trim())),
        None => ((!name.trim().is_empty()).then(|| name.trim()), None),
    }
}

pub(super) fn show(account: &Account, entity: Entity, record: &Record, view: &View) -> Value {
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| {
        shown.insert(name.to_owned(), value);
    };
    put("id", json!(record.id));
    match entity {
        Entity::Person => {
            let name = record.text("name").unwrap_or_default();
            let (first, last) = split_name(name);
            put("name", json!(name));
            put("first_name", json!(first));
            put("last_name", json!(last));
            for name in ["owner_id", "emails", "phones", "visible_to", "label_ids"] {
                put(name, record.get(name).clone());
            }
            put("org_id", live_organization(account, record));
            put("picture_id", Value::Null);
            if account.settings.contact_sync {
                for (_, name, _) in CONTACT_SYNC {
                    put(name, record.get(name).clone());
                }
            }
        }
        Entity::Organization => {
            put("name", record.get("name").clone());
            for name in ORGANIZATION {
                put(name, record.get(name).clone());
            }
        }
        _ => {
            let names = if entity == Entity::Deal {
                DEAL
            } else {
                ACTIVITY
            };
            for name in names {
                put(name, record.get(name).clone());
            }
        }
    }
    put("add_time", json!(Account::time(record.added)));
    put("update_time", json!(Account::time(record.updated)));
    put("is_deleted", json!(record.deleted));
    if entity != Entity::Activity {
        put(
            "custom_fields",
            custom_fields(account, entity, record, view),
        );
    }
    for name in &view.extras {
        put(name, extra(account, entity, record, name));
    }
    if view.labels {
        put("labels", labels(account, entity, record));
    }
    Value::Object(shown)
}

/// A link to an organisation that was deleted is shown as none.
fn live_organization(account: &Account, record: &Record) -> Value {
    let id = record.number("org_id");
    let id = id.filter(|id| account.live(Entity::Organization, *id).is_some());
    json!(id)
}

/// All custom fields of the account; those without a value are `null`.
fn custom_fields(account: &Account, entity: Entity, record: &Record, view: &View) -> Value {
    let fields = account.fields(entity).iter().filter(|field| field.custom);
    let wanted = fields.filter(|field| {
        let wanted = view.custom_fields.as_ref();
        wanted.is_none_or(|wanted| wanted.contains(&field.code))
    });
    let shown = wanted.map(|field| {
        let value = record.get("custom_fields").get(&field.code);
        let value = value.unwrap_or(&Value::Null);
        let named = |id: &Value| {
            let choice = id.as_u64().and_then(|id| field.choice(id));
            json!({"id": id, "label": choice.map(|choice| &choice.label)})
        };
        let value = match (view.option_labels, value) {
            (true, Value::Array(ids)) => ids.iter().map(named).collect(),
            (true, Value::Number(_)) if field.kind == "enum" => named(value),
            _ => value.clone(),
        };
        (field.code.clone(), value)
    });
    Value::Object(shown.collect())
}

fn labels(account: &Account, entity: Entity, record: &Record) -> Value {
    let field = account.field(entity, "label_ids");
    let ids = record.get("label_ids").as_array().into_iter().flatten();
    let choices = ids.filter_map(|id| field?.choice(id.as_u64()?));
    choices
        .map(|choice| json!({"id": choice.id, "label": choice.label}))
        .collect()
}

fn extra(account: &Account, entity: Entity, record: &Record, name: &str) -> Value {
    let link = match entity {
        Entity::Person => "person_id",
        Entity::Organization => "org_id",
        _ => "deal_id",
    };
    let count = |of: Entity| {
        let linked = account.table(of).all_live();
        json!(
            linked
                .filter(|other| other.number(link) == Some(record.id))
                .count()
        )
    };
    match name {
        "notes_count" => count(Entity::Note),
        "activities_count" => count(Entity::Activity),
        "people_count" => count(Entity::Person),
        "open_deals_count" => count(Entity::Deal),
        "attendees" => record.get("attendees").clone(),
        name if name.ends_with("_count") => json!(0),
        _ => Value::Null,
    }
}
