//! What tests and rehearsals may change behind the API's back, below `/_admin`.
//!
//! All bodies are JSON; absent members leave things as they are. Without another answer it is 204; a control
//! path that is not understood gets 400 `{"error"}`.
//!
//! | request | effect |
//! | --- | --- |
//! | `POST app {"client_id":text,"client_secret":text,"token_seconds":n}` | the only client the identity service knows, the life of its tokens; `null` lets any text through again |
//! | `POST tokens/accept`, `tokens/revoke`, `tokens/expire` `{"token"}` | what the next call with it gets: the answer, code 601, code 602; without `token`, `expire` ends all that were issued |
//! | `POST tokens/strict {"on":bool}` | tokens nobody issued or accepted are code 601; at the start only where the sandbox was started with tokens |
//! | `POST permissions {"take":["Read-Write Lead"],"give":[…]}` | what the API user's role may do; code 603. One of the permissions a call names is enough |
//! | `POST limits {"rate":n,"seconds":n,"concurrency":n,"daily":n,"used":n}` | calls in so many seconds, calls in flight (only while there is latency), calls a day (CST), calls used today |
//! | `POST errors {"code":n,"message":text,"times":n,"path":text,"applies":bool}` | the next so many calls (1) whose path contains the text get this error; with `applies` the work is done all the same. `"status":502` instead of `code` is an HTTP error. `DELETE errors` forgets all |
//! | `POST refusals {"object":"leads"\|"companies"\|"members","when":{"email":"x@y.z"},"code":n,"message"}` | rows with these values are skipped for this reason; `DELETE refusals` forgets all |
//! | `POST settings {"not_found_status":404 or 200,"archived_refuses":bool,"cuts_long_text":bool,"import_seconds":n}` | where the documentation leaves the behaviour open; in this order at the start: 404, true (code 1013), false (row code 1003), 10 |
//! | `POST native_crm {"on":bool}` | a CRM is synced natively: companies are read-only, code 1018 |
//! | `POST fields {"name","label","type","length":n or null,"read_only","hidden","searchable":bool,"object":"leads"\|"companies"\|"members"}` | puts a field; a new one is a custom `string` field of `leads` |
//! | `POST fields/delete {"name","object"}` | the field is gone, with its values |
//! | `POST partitions {"name","description","denied":bool}` | puts a lead partition, answers `{"id"}`; `denied`: code 1008 |
//! | `POST channels {"name","type":"event","statuses":["…" or {"name","step":n,"success":bool,"hidden":bool}]}` | puts a channel; texts get the steps 0, 10, 20, …, and the last of them is a success |
//! | `POST folders {"name","archive":bool}` | puts a folder of programs, answers `{"id"}`; at the start `Trade shows` (28) and `Archive` (29) |
//! | `POST records/programs {"records":[{"name","channel","type","folder":id,"status","id":n}]}` | seeds or changes programs, answers `{"ids":[…]}`; at the start 1001 `Expo 2026` and, archived, 1002 `Expo 2024` |
//! | `POST programs/{id} {"archived":bool}` | moves it into the folder `Archive` or out of it |
//! | `POST records/leads`, `records/companies` `{"records":[{…}]}` | seeds records unchecked, answers `{"ids":[…]}`. Leads take `externalCompanyId` or `companyId` for their company, and `partition` by name |
//! | `POST records/lists {"records":[{"name","id":n}]}` | seeds static lists; at the start 1001 `Trade show leads` |
//! | `GET records/leads`, `records/companies` | all with all their values: `{"records":[…]}` |
//! | `GET records/leads/{id}`, `POST records/leads/{id} {…}`, `DELETE records/leads/{id}`; the same of companies | one record; sets values unchecked, `null` clears; takes it away |
//! | `POST merge {"winner":id,"losers":[id]}` | deletes the losers; memberships, lists and activities follow the winner |
//! | `POST members/{program} {"members":[{"leadId","status"}]}`, `GET members/{program}` | sets members, in any order of statuses; `{"members":[{"leadId","statusName","reachedSuccess",…}]}` |
//! | `DELETE members/{program}/{lead}` | no member any more |
//! | `GET lists/{id}` | `{"leads":[id]}` |
//! | `POST activity_types {"apiName","name","primary":{"apiName","name"},"attributes":[{"apiName","name","dataType"}]}` | puts a type of custom activity, answers `{"id"}`; at the start 100001 `tradeShowNote` with the attribute `notes` |
//! | `GET activities` | `{"activities":[…]}` |
//! | `GET requests/last` | method, path, query, headers (no credentials) and body of the last API request that had a token |
//!
//! Own keys of `/_stats`: `leads`, `companies`, `programs`, `program_members`, `member_statuses` `{name: n}`,
//! `list_members`, `activities`, `duplicate_activities` (custom ones, same lead, type, values),
//! `duplicate_emails`, `duplicate_company_names`, `duplicate_domains` (each beyond the first),
//! `leads_without_company`, `deleted` (leads), `api_calls` (charged since the start), `calls_today`,
//! `errors_today` `{code: n}`, `endpoints` (charged calls by method and path with `{}` for ids),
//! `identity_calls`, `tokens_issued`.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use super::admin_records;
use super::errors::{ApiError, Reason};
use super::instance::{Instance, Partition, PlannedError, Refusal};
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(
    instance: &mut Instance,
    method: &Method,
    parts: &[String],
    body: &Value,
) -> Reply {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let reply = match (method.as_str(), parts.as_slice()) {
        ("POST", ["app"]) => app(instance, body),
        ("POST", ["tokens", action]) => tokens(instance, action, body),
        ("POST", ["permissions"]) => permissions(instance, body),
        ("POST", ["limits"]) => limits(instance, body),
        ("POST", ["errors"]) => plan(instance, body),
        ("DELETE", ["errors"]) => {
            instance.planned.clear();
            done()
        }
        ("POST", ["refusals"]) => add_refusal(instance, body),
        ("DELETE", ["refusals"]) => {
            instance.refusals.clear();
            done()
        }
        ("POST", ["settings"]) => settings(instance, body),
        ("POST", ["native_crm"]) => {
            instance.native_crm = body["on"].as_bool().unwrap_or(true);
            done()
        }
        ("POST", ["partitions"]) => partition(instance, body),
        ("GET", ["requests", "last"]) => Some(Reply::json(200, instance.last_request.clone())),
        (method, _) => admin_records::serve(instance, method, &parts, body),
    };
    reply.unwrap_or_else(|| refusal(400, "unknown control path, or its body lacks something"))
}

pub(super) fn done() -> Option<Reply> {
    Some(Reply::empty(204))
}

fn app(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let text = |name: &str| {
        body.get(name)
            .map(|value| value.as_str().map(str::to_owned))
    };
    if let Some(client_id) = text("client_id") {
        instance.access.client_id = client_id;
    }
    if let Some(secret) = text("client_secret") {
        instance.access.client_secret = secret;
    }
    if let Some(seconds) = body["token_seconds"].as_u64() {
        instance.access.token_life = Duration::from_secs(seconds);
    }
    done()
}

fn tokens(instance: &mut Instance, action: &str, body: &Value) -> Option<Reply> {
    let now = instance.clock.elapsed();
    let access = &mut instance.access;
    match (action, body["token"].as_str()) {
        ("accept", Some(token)) => access.accept(token),
        ("revoke", Some(token)) => access.revoke(token),
        ("expire", Some(token)) => access.expire(token, now),
        ("expire", None) => access.expire_all(now),
        ("strict", _) => access.strict = body["on"].as_bool().unwrap_or(true),
        _ => return None,
    }
    done()
}

fn permissions(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let listed = |name: &str| {
        let names = body[name].as_array().into_iter().flatten();
        names.filter_map(Value::as_str)
    };
    for name in listed("take") {
        instance.access.take(name);
    }
    for name in listed("give") {
        instance.access.give(name);
    }
    done()
}

fn limits(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let count = |name: &str| {
        let count = body[name].as_u64();
        count.map(|count| usize::try_from(count).unwrap_or(usize::MAX))
    };
    if let Some(rate) = count("rate") {
        let seconds = body["seconds"].as_u64().unwrap_or(20);
        instance.limits.set_rate(rate, Duration::from_secs(seconds));
    }
    if let Some(concurrency) = count("concurrency") {
        instance.limits.concurrency = Some(concurrency);
    }
    if let Some(daily) = body["daily"].as_u64() {
        instance.limits.daily = Some(daily);
    }
    if let Some(used) = body["used"].as_u64() {
        let now = instance.now();
        instance.limits.set_used(used, now);
    }
    done()
}

fn small(value: &Value) -> Option<u16> {
    value.as_u64().and_then(|number| u16::try_from(number).ok())
}

fn plan(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let message = body["message"].as_str();
    let error = match (small(&body["code"]), small(&body["status"])) {
        (Some(code), _) => ApiError::new(code, message.unwrap_or("System error")),
        (None, Some(status)) => ApiError::http(status, message.unwrap_or("Error")),
        (None, None) => return None,
    };
    instance.planned.push(PlannedError {
        error: *error,
        times: body["times"].as_u64().unwrap_or(1),
        path: body["path"].as_str().unwrap_or_default().to_owned(),
        applies: body["applies"].as_bool().unwrap_or(false),
    });
    done()
}

fn add_refusal(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let object = body["object"].as_str().unwrap_or("leads");
    if !["leads", "companies", "members"].contains(&object) {
        return None;
    }
    let message = body["message"].as_str().unwrap_or("Invalid data");
    instance.refusals.push(Refusal {
        object: object.to_owned(),
        when: body["when"].as_object().cloned().unwrap_or_default(),
        reason: Reason::new(small(&body["code"])?, message),
    });
    done()
}

fn settings(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let settings = &mut instance.settings;
    settings.not_found_status =
        small(&body["not_found_status"]).unwrap_or(settings.not_found_status);
    let flags = [
        ("archived_refuses", &mut settings.archived_refuses),
        ("cuts_long_text", &mut settings.cuts_long_text),
    ];
    for (member, slot) in flags {
        *slot = body[member].as_bool().unwrap_or(*slot);
    }
    let seconds = body["import_seconds"].as_u64();
    settings.import_seconds = seconds.unwrap_or(settings.import_seconds);
    done()
}

fn partition(instance: &mut Instance, body: &Value) -> Option<Reply> {
    let name = body["name"].as_str()?;
    let next = instance.partitions.len() as u64 + 1;
    let partitions = &mut instance.partitions;
    let place = partitions.iter().position(|one| one.name == name);
    let place = place.unwrap_or_else(|| {
        partitions.push(Partition {
            id: next,
            name: name.to_owned(),
            description: String::new(),
            denied: false,
        });
        partitions.len() - 1
    });
    let partition = &mut partitions[place];
    if let Some(description) = body["description"].as_str() {
        description.clone_into(&mut partition.description);
    }
    partition.denied = body["denied"].as_bool().unwrap_or(partition.denied);
    Some(Reply::json(200, json!({"id": partition.id})))
}
