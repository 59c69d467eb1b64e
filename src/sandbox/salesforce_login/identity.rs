//! Who a token stands for.

use serde_json::{Value, json};

use super::LoginOrg;
use super::oauth::own_url;
use crate::sandbox::wire::{Reply, Request};

pub(super) fn user_info(org: &dyn LoginOrg, request: &Request) -> Reply {
    let now = org.clock().elapsed();
    if request
        .bearer_token()
        .is_none_or(|token| !org.access().is_valid(token, now))
    {
        return bad_token();
    }
    Reply::json(200, identity(org, request))
}

fn bad_token() -> Reply {
    Reply::html(403, "Bad_OAuth_Token").header("content-type", "text/plain;charset=UTF-8")
}

/// `GET /id/{org}/{user}`.
pub(in crate::sandbox) fn identity_page(
    org: &dyn LoginOrg,
    request: &Request,
    org_id: &str,
    user_id: &str,
) -> Reply {
    let now = org.clock().elapsed();
    let valid = request
        .bearer_token()
        .is_some_and(|token| org.access().is_valid(token, now));
    if !valid || org_id != org.org_id() || user_id != org.user_id() {
        return bad_token();
    }
    Reply::json(200, identity(org, request))
}

fn identity(org: &dyn LoginOrg, request: &Request) -> Value {
    let own = own_url(request);
    let url = format!("{own}/id/{}/{}", org.org_id(), org.user_id());
    let (name, email) = org.user_facts();
    json!({
        "id": url,
        "sub": url,
        "asserted_user": true,
        "user_id": org.user_id(),
        "organization_id": org.org_id(),
        "username": org.username(),
        "preferred_username": org.username(),
        "display_name": name,
        "name": name,
        "email": email,
        "email_verified": true,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "active": true,
        "urls": {
            "rest": format!("{own}/services/data/v{{version}}/"),
            "sobjects": format!("{own}/services/data/v{{version}}/sobjects/"),
            "query": format!("{own}/services/data/v{{version}}/query/"),
        },
    })
}
