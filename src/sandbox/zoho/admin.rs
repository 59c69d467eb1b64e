//! What tests and rehearsals may change behind the API's back, below `/_admin`.
//!
//! All bodies are JSON; absent members leave things as they are. `{Module}` is an API name such as `Leads`.
//! Without another answer it is 204; a control path that is not understood gets 400 `{"error"}`.
//!
//! | request | effect |
//! | --- | --- |
//! | `POST tokens/accept`, `tokens/revoke`, `tokens/expire` `{"token"}` | what the next call with it gets; refresh tokens too (revoking one ends its access tokens) |
//! | `POST tokens/foreign` `{"token"}` | it belongs to another data centre: `INVALID_TOKEN` |
//! | `POST scopes {"scope":"ZohoCRM.modules.ALL,…","token":text}` | what a token may do; without `token`: every token that was not issued with scopes of its own |
//! | `POST codes {"scope":text,"seconds":n}` | a self-client grant code (default 180 s), answers `{"code"}` |
//! | `POST authorization {"deny":true}` | the user refuses on the consent page |
//! | `POST app {"client_id":text,"client_secret":text,"token_seconds":n}` | the app's settings; `null` clears |
//! | `POST data_centre {"location":"eu","accounts_server":url,"api_domain":url}` | where the account lives (at the start `us`); URLs are the sandbox's own unless given. Another location makes tokens issued before foreign |
//! | `POST organization {"company_name",…}` | members of the answer of `/org` |
//! | `POST users {"full_name","email","status":"active"\|"inactive"}` | adds a user, answers `{"id"}` |
//! | `POST limits {"credits":n,"used":n,"concurrency":n,"sub_concurrency":n,"old_wording":bool}` | credits in 24 h, credits used so far, calls in flight; calls are in flight only while there is latency |
//! | `POST coql {"values":50 or 100,"columns":n}` | most values of one `in` (100 at the start), most columns (50) |
//! | `POST settings {"picklists_enforced":bool, "mixed_status":200 or 207, "all_failed_status":400 or 202, "absent_status":204 or 404, "matches_converted":bool, "coql_shows_converted":bool}` | where the documentation leaves the behaviour open; in this order at the start: true, 207, 400, 204, true, false |
//! | `POST fields {"module","name",…}` | puts a field; further members: `label`, `type` (Zoho's `data_type`), `length`, `options` (texts or `{"actual","display","used"}`), `mandatory`, `read_only`, `api_create`, `api_update`, `unique`, `unused`, `lookup` (a module) |
//! | `POST fields/hide`, `fields/show` `{"module","name"}` | the profile may not see the field |
//! | `POST picklists {"module","name","options":[…]}` | replaces the options of a field |
//! | `POST layouts {"module","name","required":["Phone"]}` | puts a layout (`Standard` is the first one), answers its `id` |
//! | `POST modules/hide`, `modules/show` `{"module"}` | `INVALID_MODULE` |
//! | `POST permissions {"module","view":bool,"create":bool,"edit":bool,"delete":bool}` | `NO_PERMISSION` |
//! | `POST member_statuses {"values":["…"] or null}` | the only values of `Member_Status` taken; at the start any |
//! | `POST refusals {"module","when":{"Email":"x@y.z"},"code","message","details":{}}` | rows of the module with these values, or the record with this `id`, get this error (`RECORD_LOCKED`, `DEPENDENT_FIELD_MISSING`, …); `DELETE refusals` forgets all |
//! | `POST records/{Module} {"records":[{…}]}` | seeds records unchecked, read-only fields included, answers `{"ids":[…]}` |
//! | `GET records/{Module}` | all records with all fields, deleted ones with `"deleted":true`: `{"records":[…]}` |
//! | `GET records/{Module}/{id}`, `POST records/{Module}/{id} {…}` | one record; sets fields unchecked |
//! | `DELETE records/{Module}/{id}` | into the recycle bin |
//! | `POST purge {"module","id"}` | as if it never was |
//! | `POST convert {"lead":id,"account":id or null,"contact":id or null}` | converts a lead, makes what is null; members follow the contact; answers `{"contact","account"}` |
//! | `POST merge {"module","winner":id,"losers":[id]}` | deletes the losers; members and notes follow the winner |
//! | `GET members/{campaign id}` | `{"members":[{"module","id","Member_Status"}]}` |
//! | `GET requests/last` | method, path, query, headers (no credentials) and, below `/crm`, the body of the last API request |
//!
//! Own keys of `/_stats`: `leads` (unconverted), `converted_leads`, `contacts`, `accounts`, `campaigns`,
//! `campaign_members`, `notes`, `duplicate_notes` (same parent, title and content), `duplicate_emails` (among
//! unconverted leads and contacts together, each beyond the first), `duplicate_account_names`,
//! `duplicate_domains` (of accounts), `contacts_without_account`, `deleted` (records in the recycle bin),
//! `triggers` `{"absent":n,"none":n,"workflow":n,…}` (rows of leads, contacts, accounts and campaigns, by what
//! their request said), `api_calls` (admitted since the start), `credits` (spent in the last 24 hours),
//! `tokens_issued` (access tokens).

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use super::admin_records;
use super::admin_schema;
use super::org::{Org, Refusal};
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(org: &mut Org, method: &Method, parts: &[String], body: &Value) -> Reply {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let reply = match (method.as_str(), parts.as_slice()) {
        ("POST", ["tokens", action]) => tokens(org, action, body),
        ("POST", ["scopes"]) => scopes(org, body),
        ("POST", ["codes"]) => code(org, body),
        ("POST", ["authorization"]) => {
            org.access.denies_authorization = body["deny"].as_bool().unwrap_or(true);
            done()
        }
        ("POST", ["app"]) => app(org, body),
        ("POST", ["data_centre"]) => data_centre(org, body),
        ("POST", ["organization"]) => {
            if let (Some(facts), Some(given)) = (org.facts.as_object_mut(), body.as_object()) {
                facts.extend(given.clone());
            }
            done()
        }
        ("POST", ["users"]) => user(org, body),
        ("POST", ["limits"]) => limits(org, body),
        ("POST", ["coql"]) => {
            set_size(&mut org.settings.coql_values, &body["values"]);
            set_size(&mut org.settings.coql_columns, &body["columns"]);
            done()
        }
        ("POST", ["settings"]) => settings(org, body),
        ("POST", ["member_statuses"]) => {
            org.member_statuses = body["values"].as_array().map(|values| texts(values));
            done()
        }
        ("POST", ["refusals"]) => add_refusal(org, body),
        ("DELETE", ["refusals"]) => {
            org.refusals.clear();
            done()
        }
        ("GET", ["requests", "last"]) => Some(Reply::json(200, org.last_request.clone())),
        (
            "POST",
            [
                "fields" | "picklists" | "layouts" | "modules" | "permissions",
                ..,
            ],
        ) => admin_schema::serve(org, &parts, body),
        (method, _) => admin_records::serve(org, method, &parts, body),
    };
    reply.unwrap_or_else(|| refusal(400, "unknown control path, or its body lacks something"))
}

pub(super) fn done() -> Option<Reply> {
    Some(Reply::empty(204))
}

pub(super) fn texts(values: &[Value]) -> Vec<String> {
    let texts = values.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

fn set_size(slot: &mut usize, given: &Value) {
    if let Some(given) = given.as_u64() {
        *slot = usize::try_from(given).unwrap_or(usize::MAX);
    }
}

fn tokens(org: &mut Org, action: &str, body: &Value) -> Option<Reply> {
    let token = body["token"].as_str()?;
    let now = org.clock.elapsed();
    match action {
        "accept" => org.access.accept(token),
        "revoke" => org.access.revoke(token),
        "expire" => org.access.expire(token, now),
        "foreign" => org.access.set_location(token, "elsewhere"),
        _ => return None,
    }
    done()
}

fn scopes(org: &mut Org, body: &Value) -> Option<Reply> {
    let scope = body["scope"].as_str()?;
    match body["token"].as_str() {
        Some(token) => org.access.set_scope(token, scope),
        None => scope.clone_into(&mut org.access.default_scope),
    }
    done()
}

fn code(org: &mut Org, body: &Value) -> Option<Reply> {
    let scope = body["scope"].as_str()?.to_owned();
    let life = Duration::from_secs(body["seconds"].as_u64().unwrap_or(180));
    let code = org.new_secret();
    let now = org.clock.elapsed();
    org.access
        .remember_self_client_code(&code, scope, now + life);
    Some(Reply::json(200, json!({"code": code})))
}

fn app(org: &mut Org, body: &Value) -> Option<Reply> {
    let text = |name: &str| {
        body.get(name)
            .map(|value| value.as_str().map(str::to_owned))
    };
    if let Some(client_id) = text("client_id") {
        org.access.client_id = client_id;
    }
    if let Some(secret) = text("client_secret") {
        org.access.client_secret = secret;
    }
    if let Some(seconds) = body["token_seconds"].as_u64() {
        org.access.token_life = Duration::from_secs(seconds);
    }
    done()
}

fn data_centre(org: &mut Org, body: &Value) -> Option<Reply> {
    if let Some(location) = body["location"].as_str() {
        location.clone_into(&mut org.data_centre.location);
    }
    let urls = [
        ("accounts_server", &mut org.data_centre.accounts_server),
        ("api_domain", &mut org.data_centre.api_domain),
    ];
    for (member, slot) in urls {
        if let Some(url) = body.get(member) {
            *slot = url.as_str().map(str::to_owned);
        }
    }
    done()
}

fn user(org: &mut Org, body: &Value) -> Option<Reply> {
    let (name, email) = (body["full_name"].as_str()?, body["email"].as_str()?);
    let status = body["status"].as_str().unwrap_or("active");
    let id = org.add_user(name, email, status);
    Some(Reply::json(200, json!({"id": id})))
}

fn limits(org: &mut Org, body: &Value) -> Option<Reply> {
    if let Some(credits) = body["credits"].as_u64() {
        org.limits.credits = Some(credits);
    }
    if let Some(used) = body["used"].as_u64() {
        let now = org.clock.now_milliseconds();
        org.limits.set_used(used, now);
    }
    if let Some(count) = body["concurrency"].as_u64() {
        org.limits.concurrency = usize::try_from(count).ok();
    }
    if let Some(count) = body["sub_concurrency"].as_u64() {
        org.limits.sub_concurrency = usize::try_from(count).ok();
    }
    if let Some(old) = body["old_wording"].as_bool() {
        org.settings.old_limit_wording = old;
    }
    done()
}

fn settings(org: &mut Org, body: &Value) -> Option<Reply> {
    let flags = [
        ("picklists_enforced", &mut org.settings.picklists_enforced),
        ("matches_converted", &mut org.settings.matches_converted),
        (
            "coql_shows_converted",
            &mut org.settings.coql_shows_converted,
        ),
    ];
    for (member, slot) in flags {
        *slot = body[member].as_bool().unwrap_or(*slot);
    }
    let statuses = [
        ("mixed_status", &mut org.settings.mixed_status),
        ("all_failed_status", &mut org.settings.all_failed_status),
        ("absent_status", &mut org.settings.absent_status),
    ];
    for (member, slot) in statuses {
        let given = body[member]
            .as_u64()
            .and_then(|given| u16::try_from(given).ok());
        *slot = given.unwrap_or(*slot);
    }
    done()
}

fn add_refusal(org: &mut Org, body: &Value) -> Option<Reply> {
    let module = org.at(org.place(body["module"].as_str()?)?).name.clone();
    let code = body["code"].as_str()?.to_owned();
    let message = body["message"].as_str();
    org.refusals.push(Refusal {
        module,
        id: body["id"].as_str().map(str::to_owned),
        when: body["when"].as_object().cloned().unwrap_or_default(),
        message: message.unwrap_or("record cannot be processed").to_owned(),
        details: body.get("details").cloned().unwrap_or_else(|| json!({})),
        code,
    });
    done()
}
