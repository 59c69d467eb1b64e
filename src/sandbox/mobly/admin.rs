//! What tests and rehearsals may change behind the API's back, below `/_admin`.
//!
//! All bodies are JSON; absent members leave things as they are. Records have the members the API shows, and
//! are taken unchecked; what is required and absent is filled in. Without another answer it is 204; a control
//! path that is not understood gets 400 `{"error"}`.
//!
//! | request | effect |
//! | --- | --- |
//! | `POST seed {"leads":n,"events":n,"seed":n}` | replaces all records by made-up ones (default 100, 3 and the sandbox's seed); the same seed gives the same. Answers the counts of records |
//! | `POST keys/accept`, `keys/revoke` `{"key"}` | what the next call with it gets |
//! | `POST limits {"key":text,"max_tokens":n,"refill_rate":x,"tokens":n,"off":true}` | the bucket of a key, or of all without one: its size, tokens a second, and, with a key, what is left in it now; `off` lifts the limit |
//! | `POST settings {"order":"newest"\|"oldest","page_size":n}` | which rows lists show first (at the start the newest); most rows on a page (null: 50) |
//! | `POST shift {"every":n,"action":"add"\|"delete"\|"both","times":n}` | before every n-th answer to a list of leads (`/leads`, `/events/{id}/leads`) a new lead comes, or the one shown second goes, so that pages shift; at most `times` |
//! | `DELETE shift` | no longer. `GET shift` tells `{"struck":n,"added":[id],"deleted":[id]}` |
//! | `POST leads {"leads":[{…,"events":[{"eventId","registered","checkedIn"}]}]}` | answers `{"ids"}` |
//! | `GET leads` | `{"leads":[{"id","email","isEnriched","remoteIds","patches"}]}`, oldest first |
//! | `GET leads/{id}`, `POST leads/{id} {…}`, `DELETE leads/{id}` | one lead with `patches` (updates by the API that took effect); sets members; deletes it |
//! | `POST enrich {"leads":[id],"set":{…}}` | they are enriched (without `leads`: all that are not), with these members (without `set`: a job title, an industry and a profile where there are none). Answers `{"enriched":n}` |
//! | `POST events {"events":[{…}]}` | answers `{"ids"}`, numbers |
//! | `POST events/{id}/leads {"leads":[{"leadId","registered","checkedIn"}]}` | as `PUT` of the API |
//! | `POST events/{id}/users {"users":[{…}]}` | replaces them |
//! | `POST tag_groups {"tag_groups":[{…}]}` | groups of qualifiers; an id there is one already is replaced. Answers `{"ids"}` |
//! | `POST activations {"activations":[{"eventId",…}]}` | answers `{"ids"}` |
//! | `POST activities {"activities":[{"associatedLead",…}]}` | answers `{"ids"}` |
//! | `GET requests` | `{"requests":[{"at_ms","kind","method","status"}],"by_kind":{kind:{status:n}}}`: the last 50,000, by sandbox time since the start |
//! | `POST requests/reset` | forgets them, and the own counts of `/_stats` |
//!
//! Own keys of `/_stats`: `leads`, `not_enriched`, `without_email`, `shared_emails` (addresses of more than one
//! lead), `with_remote_id`, `tagged`, `events`, `event_leads`, `in_several_events`, `activities`,
//! `activations`, `tag_groups`; `patches` (that took effect), `refused` (429), `by_endpoint`,
//! `unknown_parameters` and `unknown_members` (not in the description; with `…_names` by name),
//! `last_refusal` (why the last 400 was one: Mobly's own errors do not tell).

use axum::http::Method;
use serde_json::{Value, json};

use super::admin_records;
use super::journal::Journal;
use super::limits::Allowance;
use super::organization::Organization;
use super::shift::Shift;
use super::{seed, stats};
use crate::sandbox::server::refusal;
use crate::sandbox::wire::Reply;

/// More than any organization has; a slip of the keyboard must not fill the memory.
const MOST_LEADS: u64 = 1_000_000;
const MOST_EVENTS: u64 = 10_000;

pub(super) fn serve(
    organization: &mut Organization,
    method: &Method,
    parts: &[String],
    body: &Value,
) -> Reply {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let reply = match (method.as_str(), parts.as_slice()) {
        ("POST", ["seed"]) => plant(organization, body),
        ("POST", ["keys", action]) => keys(organization, action, body),
        ("POST", ["limits"]) => limits(organization, body),
        ("POST", ["settings"]) => settings(organization, body),
        ("POST", ["shift"]) => Shift::of(body).and_then(|shift| {
            organization.shift = Some(shift);
            done()
        }),
        ("DELETE", ["shift"]) => {
            organization.shift = None;
            done()
        }
        ("GET", ["shift"]) => {
            let shift = organization.shift.as_ref();
            shift.map(|shift| Reply::json(200, shift.to_json()))
        }
        ("GET", ["requests"]) => Some(Reply::json(200, organization.journal.to_json())),
        ("POST", ["requests", "reset"]) => {
            organization.journal = Journal::default();
            done()
        }
        (method, parts) => admin_records::serve(organization, method, parts, body),
    };
    reply.unwrap_or_else(|| refusal(400, "unknown control path, or its body lacks something"))
}

pub(super) fn done() -> Option<Reply> {
    Some(Reply::empty(204))
}

fn plant(organization: &mut Organization, body: &Value) -> Option<Reply> {
    let count = |name: &str, usual: u64, most: u64| match &body[name] {
        Value::Null => Some(usual),
        given => given.as_u64().filter(|given| *given <= most),
    };
    let leads = usize::try_from(count("leads", 100, MOST_LEADS)?).ok()?;
    let events = usize::try_from(count("events", 3, MOST_EVENTS)?).ok()?;
    let from = body["seed"].as_u64().unwrap_or(organization.seed);
    seed::plant(organization, leads, events, from);
    Some(Reply::json(200, stats::counts(organization)))
}

fn keys(organization: &mut Organization, action: &str, body: &Value) -> Option<Reply> {
    let key = body["key"].as_str()?;
    match action {
        "accept" => organization.accept(key),
        "revoke" => organization.revoke(key),
        _ => return None,
    }
    done()
}

fn limits(organization: &mut Organization, body: &Value) -> Option<Reply> {
    let key = body["key"].as_str();
    let now = organization.clock.elapsed();
    let number = |name: &str| body[name].as_f64().filter(|number| *number >= 0.0);
    if body["off"] == true {
        organization.limits.allow(key, None, now);
    }
    let (maximum, refill) = (number("max_tokens"), number("refill_rate"));
    if maximum.is_some() || refill.is_some() {
        let known = organization.limits.allowance(key);
        let allowance = Allowance {
            maximum: maximum.or(known.map(|known| known.maximum))?,
            refill: refill.or(known.map(|known| known.refill))?,
        };
        organization.limits.allow(key, Some(allowance), now);
    }
    if let Some(tokens) = number("tokens") {
        organization.limits.leave(key?, tokens, now);
    }
    done()
}

fn settings(organization: &mut Organization, body: &Value) -> Option<Reply> {
    match &body["order"] {
        Value::Null => {}
        order if order == "newest" => organization.newest_first = true,
        order if order == "oldest" => organization.newest_first = false,
        _ => return None,
    }
    match body.get("page_size") {
        None => {}
        Some(Value::Null) => organization.page_size = None,
        Some(size) => organization.page_size = Some(usize::try_from(size.as_u64()?).ok()?),
    }
    done()
}

/// The answer that names what was made.
pub(super) fn ids(ids: &[Value]) -> Option<Reply> {
    Some(Reply::json(200, json!({"ids": ids})))
}
