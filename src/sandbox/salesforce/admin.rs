//! What tests and rehearsals may change behind the API's back, below `/_admin`.
//!
//! All bodies are JSON. `{Object}` is an API name such as `Lead`; ids may have 15 or 18 characters. Without
//! another answer it is 204; a control path that is not understood gets 400 `{"error"}`.
//!
//! | request | effect |
//! | --- | --- |
//! | `POST tokens/accept`, `tokens/revoke`, `tokens/expire` `{"token"}` | what the next call with it gets; refresh tokens too (revoking one ends its access tokens) |
//! | `POST authorization {"deny":true}` | the user refuses on the OAuth page |
//! | `POST app {"rotate_refresh_tokens":bool, "require_secret":bool, "client_id":text, "client_secret":text, "session_seconds":n}` | the app's settings; absent members stay, `null` clears |
//! | `POST instance {"url":text or null}` | another `instance_url` in token answers |
//! | `POST organization {"Name","IsSandbox","OrganizationType","InstanceName"}` | the organization's facts |
//! | `POST limits {"daily":n, "used":n, "uri_bytes":n}` | calls a day, calls used so far, longest GET |
//! | `POST versions {"first":n, "last":n}` | the API versions the org serves (31 to 67) |
//! | `POST fields {"object","name","type",…}` | puts a field; further members: `label`, `length`, `options` (texts or `{"value","label","active","default"}`), `restricted`, `required`, `unique`, `externalId`, `createable`, `updateable`, `filterable`, `referenceTo`, `relationshipName`, `defaultValue`, and `formula` (the constant a read-only formula shows). A field of that name is changed: absent members stay |
//! | `POST fields/delete` `{"object","name"}` | the field is gone; records keep nothing of it that the API shows |
//! | `POST fields/hide`, `fields/show` `{"object","name"}` | field level security: the field is not there at all |
//! | `POST objects/hide`, `objects/show` `{"object"}` | the user may not see the object: `INVALID_TYPE`, no describe |
//! | `POST objects/access {"object","createable":bool,"updateable":bool,"deletable":bool}` | what the user may do with it |
//! | `POST record_types {"object","developerName","name","default":bool,"picklists":{"Field":["value"]}}` | adds a record type, answers its `id` |
//! | `POST validation_rules {"object","when":"Phone = null AND …","message","field":name or null}` | refuses records for which the SOQL condition holds; `DELETE validation_rules` forgets all |
//! | `POST triggers {"object","larger_than":n,"message":text}` | every chunk of more than n records fails as a whole; `larger_than: null` ends it |
//! | `POST duplicate_rules {"object","action":"alert"\|"block","match":"email"\|"name","against":["Contact"],"message":text,"on_update":bool}` | a duplicate rule; `against` is the object itself by default; `DELETE duplicate_rules` forgets all |
//! | `POST locks {"parent":id or "*","writes":n}` | the next n requests that write records below (or at) this parent find it locked |
//! | `POST assignment_rule {"active":bool,"queue":id}` | the org's Lead assignment rule (active at the start, queue "Inbound Leads") |
//! | `POST person_accounts {"enabled":bool}` | the org has person accounts |
//! | `POST address_picklists {"enabled":bool,"countries":{"US":{"label":"United States","states":{"CA":"California"}}}}` | State and Country picklists; without `countries` a small standard list |
//! | `POST settings {"unknown_field_refuses_request":bool,"duplicate_result_in_collections":bool,"bulk_seconds":n}` | where the documentation leaves the behaviour open; how long a bulk job works |
//! | `POST records/{Object} {"records":[{…}]}` | seeds records unchecked, read-only fields included (`IsConverted`, `CreatedDate`, `Id`, `IsDeleted`, …), answers `{"ids":[…]}` |
//! | `GET records/{Object}` | all records with all fields, deleted ones included: `{"records":[…]}` |
//! | `GET records/{Object}/{id}`, `POST records/{Object}/{id} {…}` | one record; sets fields unchecked |
//! | `DELETE records/{Object}/{id}` | into the recycle bin: `ENTITY_IS_DELETED` |
//! | `POST purge {"id"}` | as if it never was: `NOT_FOUND` |
//! | `POST merge {"winner":id,"losers":[id]}` | deletes the losers with `MasterRecordId` |
//! | `POST convert {"lead":id,"account":id or null,"contact":id or null}` | converts a Lead, makes what is null; answers `{"contactId","accountId"}` |
//! | `GET requests/last` | method, path, query and headers (no credentials) of the last API request |
//!
//! Own keys of `/_stats`: `leads` (unconverted), `converted_leads`, `contacts`, `accounts`, `campaigns`,
//! `campaign_members`, `tasks`, `duplicate_emails` (among unconverted leads and contacts together, each beyond
//! the first), `duplicate_account_names`, `duplicate_domains` (of accounts, by `Website` without scheme and
//! `www.`), `contacts_without_account`, `auto_assign` `{"false":n,"absent":n,"rule":n}` (Lead records written,
//! by the `Sforce-Auto-Assign` header), `api_calls` (in the last 24 hours), `open_jobs` (bulk jobs neither
//! finished nor aborted).

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use super::addresses::{self, AddressPicklists};
use super::admin_records;
use super::admin_schema;
use super::ids;
use super::org::Org;
use super::rules::{DuplicateRule, Trigger, ValidationRule};
use super::schema;
use super::soql;
use crate::sandbox::salesforce_login;
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(org: &mut Org, method: &Method, parts: &[String], body: &Value) -> Reply {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let done = Some(Reply::empty(204));
    let reply = match (method.as_str(), parts.as_slice()) {
        (_, ["tokens", _] | ["authorization" | "app"]) => {
            salesforce_login::admin(org, method, &parts, body)
        }
        ("POST", ["instance"]) => {
            org.instance_url = body["url"].as_str().map(str::to_owned);
            done
        }
        ("POST", ["limits"]) => {
            limits(org, body);
            done
        }
        ("POST", ["versions"]) => {
            for (version, member) in [
                (&mut org.versions.0, "first"),
                (&mut org.versions.1, "last"),
            ] {
                let given = body[member]
                    .as_u64()
                    .and_then(|given| u32::try_from(given).ok());
                *version = given.unwrap_or(*version);
            }
            done
        }
        ("POST", ["validation_rules"]) => validation_rule(org, body),
        ("DELETE", ["validation_rules"]) => {
            org.rules.validation.clear();
            done
        }
        ("POST", ["triggers"]) => trigger(org, body),
        ("POST", ["duplicate_rules"]) => duplicate_rule(org, body),
        ("DELETE", ["duplicate_rules"]) => {
            org.rules.duplicates.clear();
            done
        }
        ("POST", ["locks"]) => lock(org, body),
        ("POST", ["assignment_rule"]) => assignment_rule(org, body),
        ("POST", ["person_accounts"]) => {
            person_accounts(org, body["enabled"].as_bool().unwrap_or(true));
            done
        }
        ("POST", ["address_picklists"]) => {
            let lists = body.get("countries").filter(|lists| lists.is_object());
            let lists = lists.map_or_else(AddressPicklists::standard, AddressPicklists::parse);
            let enabled = body["enabled"].as_bool().unwrap_or(true);
            addresses::switch(org, enabled.then_some(lists));
            done
        }
        ("POST", ["settings"]) => {
            settings(org, body);
            done
        }
        ("GET", ["requests", "last"]) => Some(Reply::json(200, org.last_request.clone())),
        (method, ["fields" | "objects" | "record_types", ..]) => {
            admin_schema::serve(org, method, &parts, body)
        }
        (method, _) => admin_records::serve(org, method, &parts, body),
    };
    reply.unwrap_or_else(|| refusal(400, "unknown control path, or its body lacks something"))
}

fn limits(org: &mut Org, body: &Value) {
    if let Some(daily) = body["daily"].as_u64() {
        org.limits.daily = daily;
        org.limits.enforced = true;
    }
    if let Some(used) = body["used"].as_u64() {
        let now = org.now();
        org.limits.set_used(used, now);
    }
    if let Some(bytes) = body["uri_bytes"].as_u64() {
        org.limits.longest_get = usize::try_from(bytes).unwrap_or(usize::MAX);
    }
}

/// The object a body names, by its proper name.
fn object_name(org: &Org, body: &Value) -> Option<String> {
    org.object(body["object"].as_str()?)
        .map(|object| object.name.clone())
}

fn validation_rule(org: &mut Org, body: &Value) -> Option<Reply> {
    let object = object_name(org, body)?;
    let place = org.place(&object)?;
    let when = match soql::condition(org, place, body["when"].as_str()?) {
        Ok(when) => when,
        Err(error) => return Some(refusal(400, &error.message)),
    };
    let message = body["message"].as_str()?.to_owned();
    let field = body["field"].as_str().map(str::to_owned);
    org.rules.validation.push(ValidationRule {
        object,
        when,
        message,
        field,
    });
    Some(Reply::empty(204))
}

fn trigger(org: &mut Org, body: &Value) -> Option<Reply> {
    let object = object_name(org, body)?;
    org.rules
        .triggers
        .retain(|trigger| trigger.object != object);
    if let Some(larger_than) = body["larger_than"].as_u64() {
        let message = body["message"].as_str();
        let message =
            message.unwrap_or("System.NullPointerException: Attempt to de-reference a null object");
        org.rules.triggers.push(Trigger {
            object,
            larger_than: usize::try_from(larger_than).unwrap_or(usize::MAX),
            message: message.to_owned(),
        });
    }
    Some(Reply::empty(204))
}

fn duplicate_rule(org: &mut Org, body: &Value) -> Option<Reply> {
    let object = object_name(org, body)?;
    let against = body["against"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let mut against: Vec<String> = against.map(str::to_owned).collect();
    if against.is_empty() {
        against.push(object.clone());
    }
    let message = body["message"].as_str();
    let message = message.unwrap_or(
        "You're creating a duplicate record. We recommend you use an existing record instead.",
    );
    org.rules.duplicates.push(DuplicateRule {
        object,
        blocks: body["action"].as_str()? == "block",
        by_name: body["match"].as_str().unwrap_or("email") == "name",
        against,
        message: message.to_owned(),
        on_update: body["on_update"].as_bool().unwrap_or(false),
    });
    Some(Reply::empty(204))
}

fn lock(org: &mut Org, body: &Value) -> Option<Reply> {
    let parent = match body["parent"].as_str()? {
        "*" => "*".to_owned(),
        id => ids::normalize(id)?,
    };
    org.locks.plan(parent, body["writes"].as_u64().unwrap_or(1));
    Some(Reply::empty(204))
}

fn assignment_rule(org: &mut Org, body: &Value) -> Option<Reply> {
    if let Some(active) = body["active"].as_bool() {
        org.assignment_rule.active = active;
    }
    if let Some(queue) = body["queue"].as_str() {
        org.assignment_rule.queue = ids::normalize(queue)?;
    }
    Some(Reply::json(
        200,
        json!({"active": org.assignment_rule.active, "queue": org.assignment_rule.queue}),
    ))
}

fn person_accounts(org: &mut Org, enabled: bool) {
    org.person_accounts = enabled;
    for name in ["Account", "Contact"] {
        let Some(place) = org.place(name) else {
            continue;
        };
        for field in schema::person_account_fields(name) {
            if enabled {
                org.at_mut(place).put_field(field);
            } else {
                org.at_mut(place).remove_field(&field.name);
            }
        }
        // Records made before have the flag too, as `false`.
        let without: Vec<_> = org
            .at(place)
            .records()
            .filter(|record| !record.values.contains_key("IsPersonAccount"))
            .cloned()
            .collect();
        for mut record in without.into_iter().filter(|_| enabled) {
            record
                .values
                .insert("IsPersonAccount".to_owned(), json!(false));
            org.store(place, record);
        }
    }
}

fn settings(org: &mut Org, body: &Value) {
    if let Some(flag) = body["unknown_field_refuses_request"].as_bool() {
        org.settings.unknown_field_refuses_request = flag;
    }
    if let Some(flag) = body["duplicate_result_in_collections"].as_bool() {
        org.settings.duplicate_result_in_collections = flag;
    }
    if let Some(seconds) = body["bulk_seconds"].as_u64() {
        org.settings.bulk_time = Duration::from_secs(seconds);
    }
}
