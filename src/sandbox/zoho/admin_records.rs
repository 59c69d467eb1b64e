//! Control paths for records: seeding, reading, deleting, merging, converting.

use serde_json::{Value, json};

use super::admin::done;
use super::module::{Record, Values};
use super::org::Org;
use super::read;
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(org: &mut Org, method: &str, parts: &[&str], body: &Value) -> Option<Reply> {
    match (method, parts) {
        ("POST", ["records", module]) => seed(org, module, body),
        ("GET", ["records", module]) => {
            let records: Vec<Value> = org.module(module)?.records().map(show).collect();
            Some(Reply::json(200, json!({"records": records})))
        }
        ("GET", ["records", module, id]) => match org.module(module)?.record(id) {
            Some(record) => Some(Reply::json(200, show(record))),
            None => Some(refusal(404, "no such record")),
        },
        ("POST", ["records", module, id]) => set(org, module, id, body),
        ("DELETE", ["records", module, id]) => {
            let place = org.place(module)?;
            let record = org.at(place).record(id)?.clone();
            read::bury(org, place, record);
            done()
        }
        ("POST", ["purge"]) => {
            let place = org.place(body["module"].as_str()?)?;
            let record = org.at(place).record(body["id"].as_str()?)?.clone();
            let id = record.id.clone();
            read::bury(org, place, record);
            org.at_mut(place).remove(&id)?;
            done()
        }
        ("POST", ["merge"]) => merge(org, body),
        ("POST", ["convert"]) => convert(org, body),
        ("GET", ["members", campaign]) => {
            let members = org.members.iter().filter(|((id, _), _)| id == campaign);
            let members: Vec<Value> = members
                .map(|((_, person), member)| {
                    json!({"module": member.module, "id": person, "Member_Status": member.status})
                })
                .collect();
            Some(Reply::json(200, json!({"members": members})))
        }
        _ => None,
    }
}

fn show(record: &Record) -> Value {
    let mut values = record.values.clone();
    if record.deleted {
        values.insert("deleted".to_owned(), json!(true));
    }
    Value::Object(values)
}

fn seed(org: &mut Org, module: &str, body: &Value) -> Option<Reply> {
    let mut ids = Vec::new();
    for record in body["records"].as_array()? {
        ids.push(org.seed(module, record.as_object()?.clone())?);
    }
    Some(Reply::json(200, json!({"ids": ids})))
}

/// Sets values of a record without any check.
fn set(org: &mut Org, module: &str, id: &str, body: &Value) -> Option<Reply> {
    let place = org.place(module)?;
    let mut record = org.at(place).record(id)?.clone();
    record.values.extend(body.as_object()?.clone());
    org.store(place, record);
    done()
}

/// What belonged to one person belongs to another.
fn hand_over(org: &mut Org, from: &str, to: &str, module: &str) -> Option<()> {
    let moved: Vec<_> = org
        .members
        .iter()
        .filter(|((_, person), _)| person == from)
        .map(|(key, member)| (key.clone(), member.clone()))
        .collect();
    for (key, mut member) in moved {
        org.members.remove(&key);
        module.clone_into(&mut member.module);
        org.members.entry((key.0, to.to_owned())).or_insert(member);
    }
    let place = org.place("Notes")?;
    let notes = org.at(place).live();
    let notes: Vec<Record> = notes
        .filter(|note| note.reference("Parent_Id") == Some(from))
        .cloned()
        .collect();
    for mut note in notes {
        let parent = json!({"module": {"api_name": module}, "id": to});
        note.values.insert("Parent_Id".to_owned(), parent);
        org.store(place, note);
    }
    Some(())
}

fn merge(org: &mut Org, body: &Value) -> Option<Reply> {
    let place = org.place(body["module"].as_str()?)?;
    let module = org.at(place).name.clone();
    let winner = org
        .at(place)
        .live_record(body["winner"].as_str()?)?
        .id
        .clone();
    for loser in body["losers"].as_array()? {
        let loser = org.at(place).live_record(loser.as_str()?)?.clone();
        hand_over(org, &loser.id, &winner, &module)?;
        read::bury(org, place, loser);
    }
    done()
}

/// Makes a contact and an account of a lead, or joins those given.
fn convert(org: &mut Org, body: &Value) -> Option<Reply> {
    let place = org.place("Leads")?;
    let lead = org.at(place).live_record(body["lead"].as_str()?)?.clone();
    let copy = |names: &[(&str, &str)]| -> Values {
        let values = names.iter().filter_map(|(from, to)| {
            let value = lead.values.get(*from)?.clone();
            Some(((*to).to_owned(), value))
        });
        values.collect()
    };
    let account = match body["account"].as_str() {
        Some(id) => org.module("Accounts")?.live_record(id)?.id.clone(),
        None => {
            let facts = copy(&[("Company", "Account_Name"), ("Website", "Website")]);
            org.seed("Accounts", facts)?
        }
    };
    let contact = match body["contact"].as_str() {
        Some(id) => org.module("Contacts")?.live_record(id)?.id.clone(),
        None => {
            let mut facts = copy(&[
                ("First_Name", "First_Name"),
                ("Last_Name", "Last_Name"),
                ("Email", "Email"),
                ("Phone", "Phone"),
                ("Designation", "Title"),
            ]);
            facts.insert("Account_Name".to_owned(), json!({"id": account}));
            org.seed("Contacts", facts)?
        }
    };
    hand_over(org, &lead.id, &contact, "Contacts")?;
    let facts = json!({
        "Converted__s": true,
        "Converted_Date_Time": org.timestamp(),
        "Converted_Contact": {"id": contact},
        "Converted_Account": {"id": account},
    });
    set(org, "Leads", &lead.id, &facts)?;
    Some(Reply::json(
        200,
        json!({"contact": contact, "account": account}),
    ))
}
