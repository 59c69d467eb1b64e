//! The objects of version 5: their fields, what queries may filter by, and the calls on those that are not
//! prospects.

use serde_json::{Value, json};

use super::errors::ApiError;
use super::unit::{
    ACCOUNTS, ACTIVITIES, CAMPAIGNS, FIELDS, LISTS, MEMBERSHIPS, PROSPECTS, TAGS, USERS, Unit,
    Values,
};
use super::{Outcome, body, members, prospects, query};
use crate::sandbox::wire::{Reply, Request};

/// Fields all objects have.
const COMMON: [&str; 6] = [
    "id",
    "createdAt",
    "updatedAt",
    "createdById",
    "updatedById",
    "isDeleted",
];

/// The collection of that name in a URL.
pub(super) fn named(name: &str) -> Option<&'static str> {
    [
        PROSPECTS,
        FIELDS,
        LISTS,
        MEMBERSHIPS,
        CAMPAIGNS,
        ACCOUNTS,
        USERS,
        TAGS,
        ACTIVITIES,
    ]
    .into_iter()
    .find(|known| *known == name)
}

fn own_fields(collection: &str) -> &'static [&'static str] {
    match collection {
        FIELDS => &[
            "name",
            "fieldId",
            "apiFieldId",
            "type",
            "salesforceId",
            "isUseValues",
            "isRecordMultipleResponses",
            "isRequired",
            "isAnalyticsSynced",
        ],
        LISTS => &[
            "name",
            "title",
            "description",
            "isPublic",
            "isDynamic",
            "folderId",
            "campaignId",
            "isCrmVisible",
        ],
        MEMBERSHIPS => &["listId", "prospectId", "optedOut"],
        CAMPAIGNS => &["name", "cost", "salesforceId", "parentCampaignId"],
        ACCOUNTS => &[
            "name",
            "salesforceId",
            "website",
            "phone",
            "industry",
            "assignedToId",
        ],
        USERS => &[
            "email",
            "firstName",
            "lastName",
            "username",
            "jobTitle",
            "roleName",
            "salesforceId",
        ],
        TAGS => &["name", "objectCount"],
        ACTIVITIES => &[
            "extension",
            "extensionSalesforceId",
            "type",
            "typeSalesforceId",
            "value",
            "prospectId",
            "email",
            "activityDate",
        ],
        _ => &[],
    }
}

pub(super) fn has_field(unit: &Unit, collection: &str, name: &str) -> bool {
    match collection {
        PROSPECTS => unit.field(name).is_some(),
        "account" => unit.facts.contains_key(name),
        _ => COMMON.contains(&name) || own_fields(collection).contains(&name),
    }
}

/// What queries may filter by. Beyond ids and moments from memory.
pub(super) fn filters(collection: &str) -> &'static [&'static str] {
    match collection {
        PROSPECTS => &[
            "id",
            "email",
            "createdAt",
            "updatedAt",
            "lastActivityAt",
            "salesforceId",
            "userId",
        ],
        MEMBERSHIPS => &["id", "listId", "prospectId", "createdAt", "updatedAt"],
        CAMPAIGNS => &["id", "name", "salesforceId", "createdAt", "updatedAt"],
        LISTS | ACCOUNTS | TAGS => &["id", "name", "createdAt", "updatedAt"],
        USERS => &["id", "email", "createdAt", "updatedAt"],
        _ => &["id", "createdAt", "updatedAt"],
    }
}

/// `/api/v5/objects/…`.
pub(super) fn serve(unit: &mut Unit, request: &Request, parts: &[&str]) -> Outcome {
    if let ["account"] = parts {
        if request.method != "GET" {
            return Err(ApiError::method());
        }
        unit.allow("account")?;
        let fields = query::required_fields(unit, request, "account")?;
        return Ok(Reply::json(200, query::show(&unit.facts, &fields)));
    }
    let Some((collection, rest)) = parts.split_first() else {
        return Err(ApiError::no_endpoint());
    };
    let collection = named(collection).ok_or_else(ApiError::no_endpoint)?;
    match (request.method.as_str(), collection, rest) {
        ("GET", _, []) => {
            unit.allow(&format!("{collection}.view"))?;
            query::serve(unit, request, collection)
        }
        ("GET", _, [id]) => {
            unit.allow(&format!("{collection}.view"))?;
            read(unit, request, collection, id)
        }
        (_, PROSPECTS, rest) => prospects::serve(unit, request, rest),
        (_, MEMBERSHIPS, rest) => members::serve(unit, request, rest),
        ("POST", LISTS, []) => {
            unit.allow("lists.create")?;
            create(unit, request, LISTS)
        }
        ("POST", CAMPAIGNS, []) if unit.settings.connected_campaigns => Err(ApiError::known(128)),
        ("POST", CAMPAIGNS, []) => create(unit, request, CAMPAIGNS),
        ("POST" | "PATCH" | "DELETE", ACCOUNTS, _) if unit.settings.crm_connector => {
            Err(ApiError::known(37))
        }
        ("POST", ACCOUNTS, []) => create(unit, request, ACCOUNTS),
        ("POST", ACTIVITIES, []) => activity(unit, request),
        _ => Err(ApiError::method()),
    }
}

/// `GET /objects/{collection}/{id}` goes to the source: it knows what was just written.
fn read(unit: &mut Unit, request: &Request, collection: &'static str, id: &str) -> Outcome {
    let fields = query::required_fields(unit, request, collection)?;
    let id: u64 = id.parse().map_err(|_| ApiError::known(16))?;
    let row = unit.look(collection).and_then(|table| table.get(id));
    let row = row.ok_or_else(ApiError::not_found)?;
    let shows_deleted = matches!(
        request.parameter("deleted").as_deref(),
        Some("true" | "all")
    );
    if row.is_deleted() && !shows_deleted {
        return Err(if collection == PROSPECTS {
            ApiError::archived()
        } else {
            ApiError::not_found()
        });
    }
    Ok(Reply::json(200, query::show(&row.values, &fields)))
}

/// The answer to a row that was made: its fields, and where it is.
pub(super) fn made(unit: &Unit, request: &Request, collection: &'static str, id: u64) -> Outcome {
    if unit.denied.contains(&format!("{collection}.view")) {
        return Ok(Reply::empty(204).wrote(1));
    }
    let mut fields = query::fields(unit, collection, &request.parameters("fields"))?;
    if fields.is_empty() {
        fields.push("id".to_owned());
    }
    let values = unit.live(collection, id).cloned().unwrap_or_default();
    let reply = Reply::json(201, query::show(&values, &fields)).wrote(1);
    Ok(reply.header("location", format!("/api/v5/objects/{collection}/{id}")))
}

fn create(unit: &mut Unit, request: &Request, collection: &'static str) -> Outcome {
    query::fields(unit, collection, &request.parameters("fields"))?;
    let given = body(request)?;
    for name in given.keys() {
        if !own_fields(collection).contains(&name.as_str()) {
            return Err(ApiError::about(154, name));
        }
    }
    if given
        .get("name")
        .and_then(Value::as_str)
        .is_none_or(str::is_empty)
    {
        return Err(ApiError::about(153, "name"));
    }
    let (id, now) = (unit.new_id(), unit.clock.elapsed());
    let mut values = unit.initial(id, now);
    values.extend(given);
    unit.put(collection, id, values, Some(now));
    made(unit, request, collection, id)
}

/// Needs a marketing app extension and an activity type that somebody configured.
fn activity(unit: &mut Unit, request: &Request) -> Outcome {
    let given = body(request)?;
    let text = |name: &str| {
        let text = given.get(name).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let missing = |name: &str| ApiError::about(153, name);
    let extension = text("extension").ok_or_else(|| missing("extension"))?;
    let kind = text("type").ok_or_else(|| missing("type"))?;
    let kinds = unit.extensions.get(&extension);
    let kinds = kinds.ok_or_else(|| ApiError::about(154, "extension"))?;
    if !kinds.contains(&kind) {
        return Err(ApiError::about(154, "type"));
    }
    let date = text("activityDate").unwrap_or_else(|| unit.timestamp());
    if date.parse::<jiff::Timestamp>().is_err() {
        return Err(ApiError::about(57, "activityDate"));
    }
    let by_id = given.get("prospectId").and_then(Value::as_u64);
    let prospect = match (by_id, text("email")) {
        (Some(id), _) => unit.live(PROSPECTS, id).map(|_| id).ok_or(3),
        (None, Some(email)) => super::write::latest(unit, &email, false).ok_or(4),
        (None, None) => return Err(missing("email")),
    };
    let prospect = prospect.map_err(ApiError::known)?;
    let (id, now) = (unit.new_id(), unit.clock.elapsed());
    let mut values = unit.initial(id, now);
    values.extend(given);
    values.insert("prospectId".to_owned(), json!(prospect));
    values.insert("activityDate".to_owned(), json!(date));
    unit.put(ACTIVITIES, id, values, Some(now));
    let mut person = unit.live(PROSPECTS, prospect).cloned().unwrap_or_default();
    person.insert("lastActivityAt".to_owned(), json!(unit.timestamp()));
    unit.put(PROSPECTS, prospect, person, Some(now));
    made(unit, request, ACTIVITIES, id)
}

/// The tag of that name, made where there is none.
pub(super) fn tag(unit: &mut Unit, name: &str) -> u64 {
    let found = unit.look(TAGS).and_then(|table| {
        let mut rows = table.iter();
        rows.find(|(_, row)| row.text("name") == Some(name))
            .map(|(id, _)| id)
    });
    found.unwrap_or_else(|| {
        let name = ("name".to_owned(), json!(name));
        unit.seed(TAGS, Values::from_iter([name]))
    })
}
