//! Facts about the account, its API usage and its owners.

use serde_json::{Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::objects::page;
use super::portal::{Owner, Portal};
use crate::sandbox::time::iso;
use crate::sandbox::wire::{Reply, Request};

pub(super) fn serve(portal: &Portal, parts: &[&str]) -> Outcome {
    match parts {
        ["details"] => Ok(details(portal)),
        ["api-usage", "daily", "private-apps"] => Ok(usage(portal)),
        _ => Err(ApiError::no_such_resource()),
    }
}

fn details(portal: &Portal) -> Reply {
    Reply::json(
        200,
        json!({
            "portalId": portal.options.portal_id,
            "accountType": portal.options.account_type,
            "timeZone": "UTC",
            "companyCurrency": "USD",
            "additionalCurrencies": [],
            "utcOffset": "+00:00",
            "utcOffsetMilliseconds": 0,
            "uiDomain": "app.hubspot.com",
            "dataHostingLocation": "na1",
        }),
    )
}

fn usage(portal: &Portal) -> Reply {
    let now = portal.now();
    Reply::json(
        200,
        json!({"results": [{
            "name": "private-apps-api-calls-daily",
            "usageLimit": portal.limits.daily_limit,
            "currentUsage": portal.limits.used_today,
            "collectedAt": iso(now),
            "resetsAt": iso(portal.limits.resets_at(now)),
            "fetchStatus": "SUCCESS",
        }]}),
    )
}

/// `GET /crm/owners/{version}` with `email`, `limit`, `after`; and `GET …/{id}`.
pub(super) fn owners(portal: &Portal, request: &Request, parts: &[&str]) -> Outcome {
    if let [id] = parts {
        let owner = portal
            .owners
            .iter()
            .find(|owner| owner.id.to_string() == *id);
        return owner
            .map(|owner| Reply::json(200, show(owner)))
            .ok_or_else(ApiError::no_such_resource);
    }
    let archived = request
        .parameter("archived")
        .is_some_and(|flag| flag == "true");
    let email = request.parameter("email").map(|email| email.to_lowercase());
    let after: u64 = request
        .parameter("after")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let limit = request
        .parameter("limit")
        .and_then(|text| text.parse().ok())
        .unwrap_or(100);
    let mut found = portal.owners.iter().filter(|owner| {
        owner.archived == archived
            && owner.id > after
            && email.as_ref().is_none_or(|email| owner.email == *email)
    });
    let rows: Vec<&Owner> = found.by_ref().take(page(portal, limit)).collect();
    let results: Vec<Value> = rows.iter().map(|owner| show(owner)).collect();
    let mut body = json!({"results": results});
    if let (Some(last), Some(_)) = (rows.last(), found.next()) {
        body["paging"] = json!({"next": {"after": last.id.to_string()}});
    }
    Ok(Reply::json(200, body))
}

fn show(owner: &Owner) -> Value {
    json!({
        "id": owner.id.to_string(),
        "userId": owner.user_id,
        "email": owner.email,
        "firstName": owner.first_name,
        "lastName": owner.last_name,
        "type": "PERSON",
        "archived": owner.archived,
        "createdAt": "2026-01-02T03:04:05.678Z",
        "updatedAt": "2026-01-02T03:04:05.678Z",
        "teams": [],
    })
}
