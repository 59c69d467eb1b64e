//! What tests and rehearsals may change behind the API's back, below `/_admin`.
//!
//! All bodies are JSON; absent members leave things as they are. `{kind}` is `persons`, `organizations`,
//! `deals`, `activities`, `leads` or `notes`; where fields are concerned, one of the first three. Without
//! another answer it is 204; a control path that is not understood gets 400 `{"error"}`.
//!
//! | request | effect |
//! | --- | --- |
//! | `POST tokens/accept`, `tokens/revoke`, `tokens/expire` `{"token"}` | what the next call with it gets; refresh tokens too |
//! | `POST scopes {"scope":"base,contacts:full,…"}` | what OAuth tokens may do; API tokens may do everything |
//! | `POST authorization {"deny":true}` | the user refuses on the consent page |
//! | `POST app {"client_id":text,"client_secret":text,"token_seconds":n}` | the app's settings; `null` clears |
//! | `POST company {"name":text,"domain":text,"api_domain":url,"closed":flag}` | who the account is; `api_domain` of token answers is the sandbox's own address unless given (`null` clears); `closed`: everything gets 402 |
//! | `POST users {"name":text,"email":text,"active":flag}` | a further user, answers `{"id"}` |
//! | `POST plan {"plan":"lite\|growth\|premium\|ultimate","seats":n}` | budget and bursts |
//! | `POST limits {"budget":n,"used":n,"patience":n,"block_seconds":n,"headers":flag,"open_deals":n}` | tokens a day and those spent of them; refusals in a row after which API tokens are shut out, and for how long; whether the budget's headers are sent; how many deals may be open (`null` clears) |
//! | `POST settings {"contact_sync":flag,"deleted_status":404\|410\|200,"sloppy_exact_match":flag}` | contact sync at the start off; what reading a deleted record gets (at the start 404; 200 shows it with `is_deleted`); whether exact searches also find a neighbour that contains the term (at the start yes) |
//! | `POST refusals {"kind","when":{…},"status":n,"error":text,"code":text}` | writes of the kind whose body has these members get this error; `DELETE refusals` forgets all |
//! | `POST fields/{kind} {"name","type","options":[label]}` | a custom field, answers `{"field_code","id","options":[{"id","label"}]}` |
//! | `GET fields/{kind}` | all fields with the numbers filters name them by: `{"fields":[…]}` |
//! | `POST fields/{kind}/{code} {"name":text,"type":text}` | renames a field or makes it another type |
//! | `DELETE fields/{kind}/{code}` | deletes it; values stay unseen |
//! | `POST options/{kind}/{code} {"label":text,"id":n}` | a further option, answers `{"id"}`; with `id`, that option is renamed. Built-in fields too, such as `label_ids` |
//! | `DELETE options/{kind}/{code}/{id}` | deletes an option |
//! | `POST records/{kind} {"records":[{…}]}` | seeds records unchecked, `id` and `is_deleted` included, seen by searches at once, answers `{"ids":[…]}` |
//! | `GET records/{kind}` | all records with all values, deleted ones too: `{"records":[…]}` |
//! | `GET records/{kind}/{id}`, `POST records/{kind}/{id} {…}` | one record; sets values unchecked as somebody in the web app would |
//! | `DELETE records/{kind}/{id}` | marks it as deleted |
//! | `POST purge {"kind","id"}` | as if it never was |
//! | `POST merge {"kind","winner":id,"losers":[id]}` | what hung on the losers hangs on the winner |
//! | `GET requests/last` | method, path, query, headers (no credentials) and body of the last API request |
//!
//! Ids of leads are the numbers at the end of their UUIDs in `records`, which also shows the UUID as `uuid`.
//!
//! Own keys of `/_stats`: `persons`, `organizations`, `deals`, `activities`, `leads`, `notes` (not deleted),
//! `filters`, `deleted`, `persons_without_organization`, `duplicate_emails` (of persons, trimmed and in lower
//! case, each beyond the first), `duplicate_organization_names`, `duplicate_domains` (of organisations'
//! websites), `duplicate_lead_origins` (same `origin_id`), `duplicate_notes` (same links and content),
//! `tokens_spent` (of the budget, since the start), `tokens_since_reset` (since midnight UTC, when the budget
//! begins anew), `tokens_left` (`null`: no budget), `tokens_issued` (access tokens).

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use super::account::{Account, Refusal};
use super::admin_records;
use super::field::{Choice, Field};
use super::record::Entity;
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

pub(super) fn serve(
    account: &mut Account,
    method: &Method,
    parts: &[String],
    body: &Value,
) -> Reply {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let reply = match (method.as_str(), parts.as_slice()) {
        ("POST", ["tokens", action]) => tokens(account, action, body),
        ("POST", ["scopes"]) => scopes(account, body),
        ("POST", ["authorization"]) => {
            account.access.denies_authorization = body["deny"].as_bool().unwrap_or(true);
            done()
        }
        ("POST", ["app"]) => app(account, body),
        ("POST", ["company"]) => company(account, body),
        ("POST", ["users"]) => user(account, body),
        ("POST", ["plan"]) => {
            let set = account
                .limits
                .set_plan(body["plan"].as_str(), body["seats"].as_u64());
            set.then(|| Reply::empty(204))
        }
        ("POST", ["limits"]) => limits(account, body),
        ("POST", ["settings"]) => settings(account, body),
        ("POST", ["refusals"]) => add_refusal(account, body),
        ("DELETE", ["refusals"]) => {
            account.refusals.clear();
            done()
        }
        ("GET", ["requests", "last"]) => Some(Reply::json(200, account.last_request.clone())),
        (method, ["fields" | "options", kind, rest @ ..]) => {
            field_owner(kind).and_then(|kind| fields(account, method, parts[0], kind, rest, body))
        }
        (method, _) => admin_records::serve(account, method, &parts, body),
    };
    reply.unwrap_or_else(|| refusal(400, "unknown control path, or its body lacks something"))
}

pub(super) fn done() -> Option<Reply> {
    Some(Reply::empty(204))
}

fn field_owner(kind: &str) -> Option<Entity> {
    let kind = Entity::named(kind)?;
    let owners = [Entity::Person, Entity::Organization, Entity::Deal];
    owners.contains(&kind).then_some(kind)
}

fn tokens(account: &mut Account, action: &str, body: &Value) -> Option<Reply> {
    let token = body["token"].as_str()?;
    let now = account.clock.elapsed();
    match action {
        "accept" => account.access.accept(token),
        "revoke" => account.access.revoke(token),
        "expire" => account.access.expire(token, now),
        _ => return None,
    }
    done()
}

fn scopes(account: &mut Account, body: &Value) -> Option<Reply> {
    body["scope"]
        .as_str()?
        .clone_into(&mut account.access.scope);
    done()
}

fn app(account: &mut Account, body: &Value) -> Option<Reply> {
    let text = |name: &str| {
        body.get(name)
            .map(|value| value.as_str().map(str::to_owned))
    };
    if let Some(client_id) = text("client_id") {
        account.access.client_id = client_id;
    }
    if let Some(secret) = text("client_secret") {
        account.access.client_secret = secret;
    }
    if let Some(seconds) = body["token_seconds"].as_u64() {
        account.access.token_life = Duration::from_secs(seconds);
    }
    done()
}

fn company(account: &mut Account, body: &Value) -> Option<Reply> {
    if let Some(name) = body["name"].as_str() {
        name.clone_into(&mut account.company.name);
    }
    if let Some(domain) = body["domain"].as_str() {
        domain.clone_into(&mut account.company.domain);
    }
    if let Some(url) = body.get("api_domain") {
        account.company.api_domain = url.as_str().map(str::to_owned);
    }
    let closed = body["closed"].as_bool();
    account.settings.closed = closed.unwrap_or(account.settings.closed);
    done()
}

fn user(account: &mut Account, body: &Value) -> Option<Reply> {
    let (name, email) = (body["name"].as_str()?, body["email"].as_str()?);
    let active = body["active"].as_bool().unwrap_or(true);
    let id = account.add_user(name, email, active);
    Some(Reply::json(200, json!({"id": id})))
}

fn limits(account: &mut Account, body: &Value) -> Option<Reply> {
    let now = account.clock.now_milliseconds();
    let limits = &mut account.limits;
    if let Some(budget) = body["budget"].as_u64() {
        limits.set_budget(budget);
    }
    if let Some(used) = body["used"].as_u64() {
        limits.set_used(used, now);
    }
    if let Some(patience) = body["patience"].as_u64() {
        limits.patience = u32::try_from(patience).unwrap_or(u32::MAX);
    }
    if let Some(seconds) = body["block_seconds"].as_u64() {
        limits.block = Duration::from_secs(seconds);
    }
    limits.announces = body["headers"].as_bool().unwrap_or(limits.announces);
    if let Some(most) = body.get("open_deals") {
        let most = most.as_u64().and_then(|most| usize::try_from(most).ok());
        account.settings.open_deals = most;
    }
    done()
}

fn settings(account: &mut Account, body: &Value) -> Option<Reply> {
    let settings = &mut account.settings;
    let flags = [
        ("contact_sync", &mut settings.contact_sync),
        ("sloppy_exact_match", &mut settings.sloppy_exact_match),
    ];
    for (member, slot) in flags {
        *slot = body[member].as_bool().unwrap_or(*slot);
    }
    if let Some(status) = body["deleted_status"].as_u64() {
        let status = u16::try_from(status).ok();
        settings.deleted_status = status.filter(|status| [200, 404, 410].contains(status))?;
    }
    done()
}

fn add_refusal(account: &mut Account, body: &Value) -> Option<Reply> {
    account.refusals.push(Refusal {
        entity: Entity::named(body["kind"].as_str()?)?,
        when: body["when"].as_object().cloned().unwrap_or_default(),
        status: u16::try_from(body["status"].as_u64().unwrap_or(400)).ok()?,
        error: body["error"].as_str()?.to_owned(),
        code: body["code"].as_str().unwrap_or("ERR_REFUSED").to_owned(),
    });
    done()
}

fn fields(
    account: &mut Account,
    method: &str,
    what: &str,
    kind: Entity,
    rest: &[&str],
    body: &Value,
) -> Option<Reply> {
    match (method, what, rest) {
        ("GET", "fields", []) => {
            let shown: Vec<Value> = account.fields(kind).iter().map(show).collect();
            Some(Reply::json(200, json!({"fields": shown})))
        }
        ("POST", "fields", []) => {
            let (name, kind_of_value) = (body["name"].as_str()?, body["type"].as_str()?);
            let labels = body["options"].as_array().into_iter().flatten();
            let labels: Vec<String> = labels
                .filter_map(|label| label.as_str().map(str::to_owned))
                .collect();
            let code = account.add_field(kind, name, kind_of_value, &labels);
            let field = account.field(kind, &code)?;
            Some(Reply::json(200, show(field)))
        }
        ("POST", "fields", [code]) => {
            let field = account.field_mut(kind, code)?;
            if let Some(name) = body["name"].as_str() {
                name.clone_into(&mut field.name);
            }
            if let Some(other) = body["type"].as_str() {
                other.clone_into(&mut field.kind);
                let chooses = matches!(other, "enum" | "set");
                field.choices = chooses.then(|| field.choices.take().unwrap_or_default());
            }
            done()
        }
        ("DELETE", "fields", [code]) => {
            account.field(kind, code)?;
            account.fields_mut(kind).retain(|field| field.code != *code);
            done()
        }
        ("POST", "options", [code]) => {
            let label = body["label"].as_str()?.to_owned();
            let id = body["id"].as_u64();
            let made = account.new_number();
            let choices = account.field_mut(kind, code)?.choices.as_mut()?;
            match id {
                Some(id) => choices.iter_mut().find(|choice| choice.id == id)?.label = label,
                None => choices.push(Choice { id: made, label }),
            }
            Some(Reply::json(200, json!({"id": id.unwrap_or(made)})))
        }
        ("DELETE", "options", [code, id]) => {
            let id: u64 = id.parse().ok()?;
            let choices = account.field_mut(kind, code)?.choices.as_mut()?;
            choices.retain(|choice| choice.id != id);
            done()
        }
        _ => None,
    }
}

fn show(field: &Field) -> Value {
    json!({
        "id": field.id,
        "field_code": field.code,
        "field_name": field.name,
        "field_type": field.kind,
        "options": field.choices_json(),
        "is_custom_field": field.custom,
    })
}
