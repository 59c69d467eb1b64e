//! Control paths for fields, channels, programs and records: seeding, reading, deleting, merging.

use serde_json::{Value, json};

use super::activities::{ActivityType, Attribute};
use super::admin::done;
use super::field::Field;
use super::instance::{Instance, StaticList};
use super::leads::Values;
use super::programs::{Channel, Folder, Member, Program, Status};
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

const ARCHIVE: u64 = 29;

pub(super) fn serve(
    instance: &mut Instance,
    method: &str,
    parts: &[&str],
    body: &Value,
) -> Option<Reply> {
    match (method, parts) {
        ("POST", ["fields"]) => put_field(instance, body),
        ("POST", ["fields", "delete"]) => delete_field(instance, body),
        ("POST", ["channels"]) => put_channel(instance, body),
        ("POST", ["folders"]) => put_folder(instance, body),
        ("POST", ["programs", id]) => {
            let program = instance.programs.all.get_mut(&id.parse().ok()?)?;
            let archived = body["archived"].as_bool()?;
            program.folder = if archived { ARCHIVE } else { 28 };
            done()
        }
        ("POST", ["records", kind]) => seed(instance, kind, body),
        ("GET", ["records", kind]) => {
            let records: Vec<Value> = match *kind {
                "leads" => {
                    let leads = instance.leads.iter();
                    leads.map(|lead| show_lead(instance, lead.id)).collect()
                }
                "companies" => {
                    let companies = instance.companies.iter();
                    companies.map(|company| json!(company.show())).collect()
                }
                _ => return None,
            };
            Some(Reply::json(200, json!({"records": records})))
        }
        (method, ["records", kind, id]) => record(instance, method, kind, id.parse().ok()?, body),
        ("POST", ["merge"]) => {
            let winner = body["winner"].as_u64()?;
            for loser in body["losers"].as_array()? {
                instance.merge(winner, loser.as_u64()?)?;
            }
            done()
        }
        (method, ["members", program, rest @ ..]) => {
            members(instance, method, program.parse().ok()?, rest, body)
        }
        ("GET", ["lists", id]) => {
            let list = instance.lists.get(&id.parse().ok()?)?;
            Some(Reply::json(200, json!({"leads": list.leads})))
        }
        ("POST", ["activity_types"]) => put_activity_type(instance, body),
        ("GET", ["activities"]) => {
            let all = instance.activities.all.iter();
            let all: Vec<Value> = all.map(super::activities::Activity::to_json).collect();
            Some(Reply::json(200, json!({"activities": all})))
        }
        _ => None,
    }
}

fn fields_of<'a>(instance: &'a mut Instance, body: &Value) -> Option<&'a mut Vec<Field>> {
    match body["object"].as_str().unwrap_or("leads") {
        "leads" => Some(&mut instance.fields),
        "companies" => Some(&mut instance.company_fields),
        "members" => Some(&mut instance.member_fields),
        _ => None,
    }
}

fn put_field(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let name = body["name"].as_str()?;
    let kind = body["type"].as_str();
    let fields = fields_of(instance, body)?;
    let place = fields.iter().position(|field| field.name == name);
    let next_id = fields.iter().map(|field| field.id).max().unwrap_or(0) + 1;
    let place = place.unwrap_or_else(|| {
        let mut field = Field::new(name, name, kind.unwrap_or("string"));
        field.id = next_id;
        field.custom = true;
        fields.push(field);
        fields.len() - 1
    });
    let field = &mut fields[place];
    if let Some(kind) = kind {
        field.length = Field::new(name, name, kind).length;
        kind.clone_into(&mut field.kind);
    }
    if let Some(label) = body["label"].as_str() {
        label.clone_into(&mut field.display_name);
    }
    if let Some(length) = body.get("length") {
        let length = length.as_u64();
        field.length = length.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
    }
    let flags = [
        ("read_only", &mut field.read_only),
        ("hidden", &mut field.hidden),
        ("searchable", &mut field.searchable),
    ];
    for (member, slot) in flags {
        *slot = body[member].as_bool().unwrap_or(*slot);
    }
    done()
}

fn delete_field(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let name = body["name"].as_str()?;
    let fields = fields_of(instance, body)?;
    let place = fields.iter().position(|field| field.name == name)?;
    fields.remove(place);
    match body["object"].as_str().unwrap_or("leads") {
        "leads" => {
            let ids: Vec<u64> = instance.leads.iter().map(|lead| lead.id).collect();
            for id in ids {
                let mut lead = instance.leads.get(id)?.clone();
                lead.values.remove(name);
                instance.leads.put(lead);
            }
        }
        "companies" => {
            let ids: Vec<u64> = instance.companies.iter().map(|one| one.id).collect();
            for id in ids {
                let mut company = instance.companies.get(id)?.clone();
                company.values.remove(name);
                instance.companies.put(company);
            }
        }
        _ => {
            for member in instance.programs.members.values_mut() {
                member.values.remove(name);
            }
        }
    }
    done()
}

fn put_channel(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let given = body["statuses"].as_array()?;
    let mut statuses = Vec::new();
    for (step, status) in (0..).step_by(10).zip(given) {
        let is_last = statuses.len() + 1 == given.len();
        let name = status.as_str().or(status["name"].as_str())?;
        statuses.push(Status {
            name: name.to_owned(),
            step: status["step"].as_i64().unwrap_or(step),
            hidden: status["hidden"].as_bool().unwrap_or(false),
            success: status["success"]
                .as_bool()
                .unwrap_or(is_last && status.is_string()),
        });
    }
    let name = body["name"].as_str()?;
    let channels = &mut instance.programs.channels;
    let id = channels.iter().map(|channel| channel.id).max().unwrap_or(0) + 1;
    let old = channels.iter().position(|channel| channel.name == name);
    let channel = Channel {
        id: old.map_or(id, |place| channels[place].id),
        name: name.to_owned(),
        program_type: body["type"].as_str().unwrap_or("event").to_owned(),
        statuses,
    };
    match old {
        Some(place) => channels[place] = channel,
        None => channels.push(channel),
    }
    done()
}

fn put_folder(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let name = body["name"].as_str()?;
    let folders = &mut instance.programs.folders;
    let old = folders.values().find(|folder| folder.name == name);
    let next = folders.keys().max().map_or(1, |id| id + 1);
    let (id, archive) = old.map_or((next, false), |folder| (folder.id, folder.archive));
    let folder = Folder {
        id,
        name: name.to_owned(),
        archive: body["archive"].as_bool().unwrap_or(archive),
    };
    folders.insert(id, folder);
    Some(Reply::json(200, json!({"id": id})))
}

fn seed(instance: &mut Instance, kind: &str, body: &Value) -> Option<Reply> {
    let mut ids = Vec::new();
    for record in body["records"].as_array()? {
        let record = record.as_object()?.clone();
        ids.push(match kind {
            "leads" => seed_lead(instance, record)?,
            "companies" => {
                let now = instance.now();
                instance.companies.add(record, now)
            }
            "programs" => seed_program(instance, &record)?,
            "lists" => seed_list(instance, &record)?,
            _ => return None,
        });
    }
    Some(Reply::json(200, json!({"ids": ids})))
}

/// The company a seeded lead belongs to, taken out of its values.
fn company(instance: &Instance, values: &mut Values) -> Option<u64> {
    let id = values.remove("companyId").and_then(|id| id.as_u64());
    let key = values.remove("externalCompanyId");
    let key = key.as_ref().and_then(Value::as_str);
    id.or_else(|| Some(instance.companies.by_key(key?)?.id))
}

fn seed_lead(instance: &mut Instance, mut values: Values) -> Option<u64> {
    let partition = values.remove("partition");
    let partition = match partition.as_ref().and_then(Value::as_str) {
        Some(name) => instance.partition(name)?.id,
        None => 1,
    };
    let company = company(instance, &mut values);
    let now = instance.now();
    Some(instance.leads.add(values, company, partition, now))
}

fn seed_program(instance: &mut Instance, given: &Values) -> Option<u64> {
    let now = instance.now();
    let all = &mut instance.programs.all;
    let next = all.keys().max().map_or(1_001, |id| id + 1);
    let id = given.get("id").and_then(Value::as_u64).unwrap_or(next);
    let program = all.entry(id).or_insert_with(|| Program {
        id,
        name: format!("Program {id}"),
        kind: "Event".to_owned(),
        channel: "Tradeshow".to_owned(),
        folder: 28,
        status: String::new(),
        created_at: now,
    });
    let texts = [
        ("name", &mut program.name),
        ("type", &mut program.kind),
        ("channel", &mut program.channel),
        ("status", &mut program.status),
    ];
    for (member, slot) in texts {
        if let Some(text) = given.get(member).and_then(Value::as_str) {
            text.clone_into(slot);
        }
    }
    let folder = given.get("folder").and_then(Value::as_u64);
    program.folder = folder.unwrap_or(program.folder);
    Some(id)
}

fn seed_list(instance: &mut Instance, given: &Values) -> Option<u64> {
    let next = instance.lists.keys().max().map_or(1_001, |id| id + 1);
    let id = given.get("id").and_then(Value::as_u64).unwrap_or(next);
    let list = StaticList {
        id,
        name: given.get("name")?.as_str()?.to_owned(),
        leads: std::collections::BTreeSet::new(),
        created_at: instance.now(),
    };
    instance.lists.insert(id, list);
    Some(id)
}

fn show_lead(instance: &Instance, id: u64) -> Value {
    let lead = instance.leads.get(id);
    let shown = lead.map(|lead| {
        let mut shown = instance.show(lead);
        shown.insert("companyId".to_owned(), json!(lead.company));
        shown
    });
    json!(shown)
}

fn record(
    instance: &mut Instance,
    method: &str,
    kind: &str,
    id: u64,
    body: &Value,
) -> Option<Reply> {
    match (method, kind) {
        ("GET", "leads") => Some(match instance.leads.get(id) {
            Some(_) => Reply::json(200, show_lead(instance, id)),
            None => refusal(404, "no such record"),
        }),
        ("GET", "companies") => Some(match instance.companies.get(id) {
            Some(company) => Reply::json(200, json!(company.show())),
            None => refusal(404, "no such record"),
        }),
        ("POST", "leads") => {
            let mut lead = instance.leads.get(id)?.clone();
            let mut values = body.as_object()?.clone();
            lead.company = company(instance, &mut values).or(lead.company);
            lead.values.extend(values);
            lead.updated_at = instance.now();
            instance.leads.put(lead);
            done()
        }
        ("POST", "companies") => {
            let mut company = instance.companies.get(id)?.clone();
            company.values.extend(body.as_object()?.clone());
            company.updated_at = instance.now();
            instance.companies.put(company);
            done()
        }
        ("DELETE", "leads") => instance.delete_lead(id).and_then(|_| done()),
        ("DELETE", "companies") => instance.companies.remove(id).and_then(|_| done()),
        _ => None,
    }
}

fn members(
    instance: &mut Instance,
    method: &str,
    program: u64,
    rest: &[&str],
    body: &Value,
) -> Option<Reply> {
    let now = instance.now();
    match (method, rest) {
        ("POST", []) => {
            for given in body["members"].as_array()? {
                let lead = instance.leads.get(given["leadId"].as_u64()?)?.id;
                let status = given["status"].as_str()?;
                let known = instance.programs.all.get(&program)?;
                let known = instance.programs.status(known, status);
                let member = Member {
                    status: status.to_owned(),
                    values: Values::new(),
                    reached_success: known.is_some_and(|status| status.success),
                    created_at: now,
                    updated_at: now,
                };
                instance.programs.members.insert((program, lead), member);
            }
            done()
        }
        ("GET", []) => {
            let all = &instance.programs.members;
            let all = all.range((program, 0)..=(program, u64::MAX));
            let members = all.map(|((_, lead), member)| {
                let mut shown = member.values.clone();
                shown.insert("leadId".to_owned(), json!(lead));
                shown.insert("statusName".to_owned(), json!(member.status));
                shown.insert("reachedSuccess".to_owned(), json!(member.reached_success));
                shown
            });
            let members: Vec<Values> = members.collect();
            Some(Reply::json(200, json!({"members": members})))
        }
        ("DELETE", [lead]) => {
            let key = (program, lead.parse().ok()?);
            instance.programs.members.remove(&key).and_then(|_| done())
        }
        _ => None,
    }
}

fn attribute(given: &Value) -> Option<Attribute> {
    let name = given["apiName"].as_str()?;
    let label = given["name"].as_str().unwrap_or(name);
    let kind = given["dataType"].as_str().unwrap_or("string");
    Some(Attribute::new(name, label, kind))
}

fn put_activity_type(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let name = body["apiName"].as_str()?;
    let given = body["attributes"].as_array().into_iter().flatten();
    let attributes: Option<Vec<Attribute>> = given.map(attribute).collect();
    let now = instance.now();
    let types = &mut instance.activities.types;
    let old = types.iter().find(|one| one.api_name == name);
    let id = old.map_or(100_001 + types.len() as u64, |one| one.id);
    types.retain(|one| one.api_name != name);
    types.push(ActivityType {
        id,
        api_name: name.to_owned(),
        name: body["name"].as_str().unwrap_or(name).to_owned(),
        primary: attribute(&body["primary"])?,
        attributes: attributes?,
        created_at: now,
    });
    Some(Reply::json(200, json!({"id": id})))
}
