//! What tests and rehearsals may change behind the API's back, below `/_admin`.
//!
//! All bodies are JSON. `{collection}` is the name in the URL of the API: `lists`, `campaigns`,
//! `prospect-accounts`, `users`, `tags`, `list-memberships`, `external-activities`, `custom-fields`,
//! `prospects`. Without another answer it is 204; a control path that is not understood gets 400
//! `{"error"}`.
//!
//! | request | effect |
//! | --- | --- |
//! | `POST tokens/accept`, `tokens/revoke`, `tokens/expire` `{"token"}` | what the next call with it gets; refresh tokens too (revoking one ends its access tokens) |
//! | `POST tokens/scope {"token","scope"}` | what a token may do; without `pardot_api` it gets 184 |
//! | `POST authorization {"deny":true}` | the user refuses on the OAuth page |
//! | `POST app {"rotate_refresh_tokens":bool, "require_secret":bool, "client_id":text, "client_secret":text, "session_seconds":n, "scope":text}` | the app's settings; absent members stay, `null` clears |
//! | `POST refresh_conflicts {"count":n}` | the next n refreshes are told that another one is under way (`invalid_grant`, yet the token is good) |
//! | `POST instance {"url":text or null}` | another `instance_url` in token answers |
//! | `GET unit` | `{"id","active","ampsea","crm_connector","connected_campaigns","time_zone"}` |
//! | `POST unit {"id":text,"active":bool,"ampsea":bool,"crm_connector":bool,"connected_campaigns":bool,"time_zone":"America/New_York"}` | the business unit; absent members stay. The time zone is that of all dates, and of the day of the limit |
//! | `POST account {"company":text, …}` | facts of `objects/account` |
//! | `POST abilities {"deny":["imports"],"allow":[…]}` | abilities of the user, without which there is 46: `imports`, `account`, `prospects.create`, `prospects.delete`, `lists.create`, `lists.edit`, `{collection}.view` (without it writes are answered with 204) |
//! | `POST limits {"daily":n,"used":n,"concurrency":n or null,"minute":n or null,"status":n}` | calls a day, calls today so far, calls in flight, calls a minute, the status of refusals |
//! | `POST settings {"lag_seconds":n,"import_seconds":n,"xml_errors":"none"\|"headers"\|"all","text_length":n,"create_status":n,"null_overwrite":bool,"error_column":text,"largest_file":bytes}` | how long queries run behind, how long an import takes, and where the documentation leaves the behaviour open: which errors are XML, the longest common text, the status of an upsert that creates, what blank cells do where columns say nothing, the name of the column with the reason |
//! | `POST refusals {"email","code":n,"message":text,"status":n,"times":n}` | writes of this prospect get this error (85, 62, 121, …), for ever or so many times; without `message` the documented one; `DELETE refusals` forgets all |
//! | `POST custom-fields {"name","fieldId","type",…}` | puts a field, answers its `id`; further members: `apiFieldId` (otherwise `fieldId` with `__c`), `isUseValues`, `isRecordMultipleResponses`, `isRequired`. Types: `Text`, `Textarea`, `Number`, `Date`, `Checkbox`, `Dropdown`, `Radio Button`, `Multi-Select`. A field of that `fieldId` is changed |
//! | `DELETE custom-fields/{fieldId}` | the field and all its values go away |
//! | `POST extensions {"name","types":["BoothScan"]}` | a marketing app extension with its activity types |
//! | `POST seed/{collection} {"rows":[{…}]}` | seeds rows unchecked, read-only fields included, seen by queries at once; answers `{"ids":[…]}` |
//! | `POST prospects {"prospects":[{…}]}` | the same for prospects |
//! | `POST prospects {"generate":n,"values":{…},"from":n}` | n prospects `p{number}@example.com`, numbered from `from` (0) |
//! | `GET rows/{collection}`, `GET rows/{collection}/{id}` | all rows with all values, deleted ones included: `{"rows":[…]}`; one row |
//! | `GET prospects`, `GET prospects/{id}` | the same for prospects: `{"prospects":[…]}`; tags are in `tags` |
//! | `GET prospects/by-email/{email}` | those with exactly this address |
//! | `POST rows/{collection}/{id} {…}`, `POST prospects/{id} {…}` | sets values unchecked |
//! | `DELETE rows/{collection}/{id}`, `DELETE prospects/{id}` | into the recycle bin |
//! | `POST undelete {"id"}` | a prospect out of the recycle bin |
//! | `POST purge {"collection","id"}` | as if it never was |
//! | `POST merge {"winner":id,"losers":[id]}` | the losers go to the recycle bin, their memberships and what the winner lacks go to the winner |
//! | `GET memberships` | `{"memberships":[{"id","listId","prospectId","optedOut",…}]}` |
//! | `GET imports` | `{"imports":[{"id","status","created","updated","batches","columns","failed":[{"row","reason"}]}]}` |
//! | `GET requests/last` | method, path, query, headers (no credentials) and, below `/api`, the body of the last request |
//!
//! Own keys of `/_stats`: `prospects`, `deleted` (in the recycle bin), `duplicate_emails` (each beyond the
//! first, without case, of prospects that are not deleted), `custom_fields`, `lists`, `list_memberships`,
//! `campaigns`, `external_activities`, `imports` (created by the API), `import_polls`, `import_errors_read`,
//! `open_imports` (waiting or worked on), `upserts` (requests), `queries` (requests), `api_calls` (admitted
//! since the start), `calls_today` (what counts against the daily limit), `tokens_issued` (access tokens).

use std::time::Duration;

use axum::http::Method;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::errors::{self, XmlErrors};
use super::unit::{Refusal, Unit};
use super::{admin_records, imports};
use crate::sandbox::salesforce_login;
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(unit: &mut Unit, method: &Method, parts: &[String], body: &Value) -> Reply {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let reply = match (method.as_str(), parts.as_slice()) {
        ("POST", ["tokens", "scope"]) => scope(unit, body),
        ("POST", ["app"]) => {
            if let Some(scope) = body["scope"].as_str() {
                scope.clone_into(&mut unit.app_scope);
            }
            salesforce_login::admin(unit, method, &parts, body)
        }
        ("POST", ["tokens", _] | ["authorization"]) => {
            salesforce_login::admin(unit, method, &parts, body)
        }
        ("POST", ["refresh_conflicts"]) => {
            unit.refresh_conflicts = body["count"].as_u64().unwrap_or(1);
            done()
        }
        ("POST", ["instance"]) => {
            unit.instance_url = body["url"].as_str().map(str::to_owned);
            done()
        }
        ("GET", ["unit"]) => Some(Reply::json(200, show_unit(unit))),
        ("POST", ["unit"]) => set_unit(unit, body),
        ("POST", ["account"]) => body.as_object().and_then(|given| {
            unit.facts.extend(given.clone());
            done()
        }),
        ("POST", ["abilities"]) => abilities(unit, body),
        ("POST", ["limits"]) => limits(unit, body),
        ("POST", ["settings"]) => settings(unit, body),
        ("POST", ["refusals"]) => add_refusal(unit, body),
        ("DELETE", ["refusals"]) => {
            unit.refusals.clear();
            done()
        }
        ("POST", ["extensions"]) => extension(unit, body),
        ("GET", ["imports"]) => Some(Reply::json(200, imports::report(unit))),
        ("GET", ["requests", "last"]) => Some(Reply::json(200, unit.last_request.clone())),
        (method, _) => admin_records::serve(unit, method, &parts, body),
    };
    reply.unwrap_or_else(|| refusal(400, "unknown control path, or its body lacks something"))
}

pub(super) fn done() -> Option<Reply> {
    Some(Reply::empty(204))
}

fn scope(unit: &mut Unit, body: &Value) -> Option<Reply> {
    let (token, scope) = (body["token"].as_str()?, body["scope"].as_str()?);
    unit.access.set_scope(token, scope);
    done()
}

fn show_unit(unit: &Unit) -> Value {
    json!({
        "id": unit.id,
        "active": unit.active,
        "ampsea": unit.settings.ampsea,
        "crm_connector": unit.settings.crm_connector,
        "connected_campaigns": unit.settings.connected_campaigns,
        "time_zone": unit.time_zone.iana_name().unwrap_or("UTC"),
    })
}

fn set_unit(unit: &mut Unit, body: &Value) -> Option<Reply> {
    if let Some(name) = body["time_zone"].as_str() {
        unit.time_zone = TimeZone::get(name).ok()?;
    }
    if let Some(id) = body["id"].as_str() {
        id.clone_into(&mut unit.id);
    }
    let flags = [
        ("active", &mut unit.active),
        ("ampsea", &mut unit.settings.ampsea),
        ("crm_connector", &mut unit.settings.crm_connector),
        (
            "connected_campaigns",
            &mut unit.settings.connected_campaigns,
        ),
    ];
    for (member, slot) in flags {
        *slot = body[member].as_bool().unwrap_or(*slot);
    }
    done()
}

fn abilities(unit: &mut Unit, body: &Value) -> Option<Reply> {
    let named = |member: &str| {
        let names = body[member].as_array().into_iter().flatten();
        let names = names.filter_map(Value::as_str).map(str::to_owned);
        names.collect::<Vec<_>>()
    };
    unit.denied.extend(named("deny"));
    for ability in named("allow") {
        unit.denied.remove(&ability);
    }
    done()
}

fn size(given: &Value) -> Option<usize> {
    given.as_u64().and_then(|given| usize::try_from(given).ok())
}

fn limits(unit: &mut Unit, body: &Value) -> Option<Reply> {
    let today = unit.today();
    if let Some(daily) = body["daily"].as_u64() {
        (unit.limits.daily, unit.limits.enforced) = (daily, true);
    }
    if let Some(used) = body["used"].as_u64() {
        unit.limits.set_used(used, today);
    }
    if let Some(count) = body.get("concurrency") {
        unit.limits.concurrency = size(count);
    }
    if let Some(count) = body.get("minute") {
        unit.limits.set_minute(size(count));
    }
    if let Some(status) = body["status"].as_u64() {
        unit.limits.status = u16::try_from(status).ok()?;
    }
    done()
}

fn settings(unit: &mut Unit, body: &Value) -> Option<Reply> {
    let settings = &mut unit.settings;
    let times = [
        ("lag_seconds", &mut settings.lag),
        ("import_seconds", &mut settings.import_time),
    ];
    for (member, slot) in times {
        if let Some(seconds) = body[member].as_u64() {
            *slot = Duration::from_secs(seconds);
        }
    }
    if let Some(name) = body["xml_errors"].as_str() {
        settings.xml_errors = XmlErrors::named(name)?;
    }
    settings.text_length = size(&body["text_length"]).unwrap_or(settings.text_length);
    settings.largest_file = size(&body["largest_file"]).unwrap_or(settings.largest_file);
    if let Some(status) = body["create_status"].as_u64() {
        settings.create_status = u16::try_from(status).ok()?;
    }
    let overwrites = body["null_overwrite"].as_bool();
    settings.null_overwrite = overwrites.unwrap_or(settings.null_overwrite);
    if let Some(name) = body["error_column"].as_str() {
        name.clone_into(&mut settings.error_column);
    }
    done()
}

fn add_refusal(unit: &mut Unit, body: &Value) -> Option<Reply> {
    let code = u32::try_from(body["code"].as_u64()?).ok()?;
    let message = body["message"].as_str();
    unit.refusals.push(Refusal {
        email: body["email"].as_str()?.to_owned(),
        status: u16::try_from(body["status"].as_u64().unwrap_or(400)).ok()?,
        code,
        message: message.unwrap_or_else(|| errors::text(code)).to_owned(),
        times: body["times"].as_u64(),
    });
    done()
}

fn extension(unit: &mut Unit, body: &Value) -> Option<Reply> {
    let name = body["name"].as_str()?.to_owned();
    let types = body["types"].as_array()?.iter().filter_map(Value::as_str);
    let types = types.map(str::to_owned).collect();
    unit.extensions.insert(name, types);
    done()
}
