//! Control paths for records: seeding, reading, deleting, merging, converting.

use serde_json::{Value, json};

use super::derived;
use super::ids;
use super::object::Record;
use super::org::Org;
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(org: &mut Org, method: &str, parts: &[&str], body: &Value) -> Option<Reply> {
    match (method, parts) {
        ("POST", ["organization"]) => {
            let id = org.org_id.clone();
            set(org, &id, body)
        }
        ("POST", ["records", object]) => seed(org, object, body),
        ("GET", ["records", object]) => {
            let records = org.object(object)?.records().map(|record| &record.values);
            Some(Reply::json(
                200,
                json!({"records": records.collect::<Vec<_>>()}),
            ))
        }
        ("GET", ["records", _, id]) => match org.record(id) {
            Some(record) => Some(Reply::json(200, json!(record.values))),
            None => Some(refusal(404, "no such record")),
        },
        ("POST", ["records", _, id]) => set(org, id, body),
        ("DELETE", ["records", _, id]) => set(org, id, &json!({"IsDeleted": true})),
        ("POST", ["purge"]) => {
            let id = ids::normalize(body["id"].as_str()?)?;
            let place = org.place_of_id(&id)?;
            org.at_mut(place).remove(&id)?;
            Some(Reply::empty(204))
        }
        ("POST", ["merge"]) => {
            let winner = org.record(body["winner"].as_str()?)?.id.clone();
            for loser in body["losers"].as_array()? {
                let facts = json!({"IsDeleted": true, "MasterRecordId": winner});
                set(org, loser.as_str()?, &facts)?;
            }
            Some(Reply::empty(204))
        }
        ("POST", ["convert"]) => convert(org, body),
        _ => None,
    }
}

fn seed(org: &mut Org, object: &str, body: &Value) -> Option<Reply> {
    let mut ids = Vec::new();
    for record in body["records"].as_array()? {
        ids.push(org.seed(object, record.clone())?);
    }
    Some(Reply::json(200, json!({"ids": ids})))
}

/// Sets values of a record without any check.
fn set(org: &mut Org, id: &str, body: &Value) -> Option<Reply> {
    let mut record: Record = org.record(id)?.clone();
    let place = org.place_of_id(&record.id)?;
    for (name, value) in body.as_object()? {
        record.values.insert(name.clone(), value.clone());
    }
    derived::refresh(org, place, &mut record.values);
    org.store(place, record);
    Some(Reply::empty(204))
}

/// Makes a Contact and an Account of a Lead, or joins those given; members of campaigns follow the person.
fn convert(org: &mut Org, body: &Value) -> Option<Reply> {
    let lead = org.record(body["lead"].as_str()?)?.clone();
    let value = |name: &str| lead.values.get(name).cloned().unwrap_or_default();
    let account = match body["account"].as_str() {
        Some(id) => org.record(id)?.id.clone(),
        None => org.seed(
            "Account",
            json!({"Name": value("Company"), "Website": value("Website")}),
        )?,
    };
    let contact = match body["contact"].as_str() {
        Some(id) => org.record(id)?.id.clone(),
        None => {
            let facts = json!({
                "LastName": value("LastName"), "FirstName": value("FirstName"), "Email": value("Email"),
                "Phone": value("Phone"), "Title": value("Title"), "AccountId": account,
            });
            org.seed("Contact", facts)?
        }
    };
    let today: String = org.timestamp().chars().take(10).collect();
    let facts = json!({
        "IsConverted": true, "ConvertedDate": today, "ConvertedContactId": contact,
        "ConvertedAccountId": account, "Status": "Closed - Converted",
    });
    set(org, &lead.id, &facts)?;
    let members = org.object("CampaignMember")?.live();
    let members = members.filter(|member| member.text("LeadId") == Some(&lead.id));
    let members: Vec<String> = members.map(|member| member.id.clone()).collect();
    for member in members {
        set(org, &member, &json!({"ContactId": contact}))?;
    }
    Some(Reply::json(
        200,
        json!({"contactId": contact, "accountId": account}),
    ))
}
