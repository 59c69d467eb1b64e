//! What was read, as the place of the rehearsal keeps it.

use serde_json::{Value, json};

use crate::vendors::{CallTrace, Member, RemoteRecord, VendorInfo};

/// The name of a question for records.
pub(super) fn question(find: &crate::vendors::Find) -> String {
    format!("{} by {}", find.object, find.by.word())
}

/// The question for companies of persons.
pub(super) const LINKED: &str = "linked";

/// The question for members of a campaign.
pub(super) fn members(campaign: &str) -> String {
    format!("members of {campaign}")
}

pub(super) fn records_to_json(records: &[RemoteRecord]) -> Value {
    records
        .iter()
        .map(|record| {
            json!({
                "object": record.object, "id": record.id, "values": record.values, "created": record.created,
                "instead": record.instead,
            })
        })
        .collect()
}

/// `None`: it is in no form we know, and is asked for again.
pub(super) fn records_from_json(info: &VendorInfo, value: Value) -> Option<Vec<RemoteRecord>> {
    let Value::Array(records) = value else {
        return None;
    };
    let object = |name: &Value| {
        let mut objects = info.objects.iter().map(|object| object.key);
        objects.find(|key| name.as_str() == Some(*key))
    };
    records
        .into_iter()
        .map(|mut record| {
            let instead = match record["instead"].take() {
                Value::Null => None,
                pair => Some((object(&pair[0])?, pair[1].as_str()?.to_owned())),
            };
            Some(RemoteRecord {
                object: object(&record["object"])?,
                id: record["id"].as_str()?.to_owned(),
                values: serde_json::from_value(record["values"].take()).ok()?,
                created: serde_json::from_value(record["created"].take()).ok()?,
                instead,
            })
        })
        .collect()
}

/// The call without its body: each record was told its own part.
pub(super) fn call_to_json(call: &CallTrace) -> Value {
    json!({ "method": call.method, "url": call.url, "status": call.status, "correlation": call.correlation })
}

pub(super) fn call_from_json(value: &Value) -> CallTrace {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    CallTrace {
        method: text("method").unwrap_or_default(),
        url: text("url").unwrap_or_default(),
        status: value["status"]
            .as_u64()
            .and_then(|status| status.try_into().ok())
            .unwrap_or(0),
        body: Value::Null,
        correlation: text("correlation"),
    }
}

pub(super) fn member_to_json(member: Option<&Member>) -> Value {
    member.map_or(
        Value::Null,
        |member| json!({ "id": member.id, "status": member.status }),
    )
}

pub(super) fn member_from_json(value: &Value) -> Option<Member> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    value.is_object().then(|| Member {
        id: text("id"),
        status: text("status"),
    })
}
