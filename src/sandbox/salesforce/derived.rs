//! Values nobody writes: names, addresses, what a member shows of its person.

use serde_json::{Value, json};

use super::object::Values;
use super::org::Org;
use super::schema::address_prefixes;

fn text(values: &Values, name: &str) -> String {
    values
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Brings the derived values of a record up to date.
pub(super) fn refresh(org: &Org, place: usize, values: &mut Values) {
    let object = org.at(place);
    for field in object.fields().filter(|field| field.calculated) {
        values.insert(field.name.clone(), field.formula.clone());
    }
    for prefix in address_prefixes(&object.name) {
        let part = |name: &str| {
            values
                .get(&format!("{prefix}{name}"))
                .cloned()
                .unwrap_or_default()
        };
        let address = json!({
            "street": part("Street"), "city": part("City"), "state": part("State"),
            "postalCode": part("PostalCode"), "country": part("Country"),
            "latitude": null, "longitude": null, "geocodeAccuracy": null,
        });
        let is_empty = address
            .as_object()
            .is_none_or(|parts| parts.values().all(Value::is_null));
        let name = if prefix.is_empty() {
            "Address".to_owned()
        } else {
            format!("{prefix}Address")
        };
        values.insert(name, if is_empty { Value::Null } else { address });
    }
    match object.name.as_str() {
        "Lead" | "Contact" | "User" => name_person(values),
        "Account" if values.get("IsPersonAccount") == Some(&Value::Bool(true)) => {
            name_person(values);
        }
        "Task" => {
            let closed = text(values, "Status") == "Completed";
            values.insert("IsClosed".to_owned(), json!(closed));
            let who = org.record(&text(values, "WhoId"));
            let account = who.and_then(|who| who.values.get("AccountId").cloned());
            values.insert("AccountId".to_owned(), account.unwrap_or_default());
        }
        "CampaignMember" => refresh_member(org, values),
        _ => {}
    }
}

/// `LastActivityDate` is the day of the event, or of the closed task, that comes last (Object reference).
pub(super) fn note_activity(org: &mut Org, object: &str, activity: &Values) {
    const LINKS: [&str; 3] = ["WhoId", "WhatId", "AccountId"];
    if !matches!(object, "Task" | "Event") {
        return;
    }
    for link in LINKS {
        let id = text(activity, link);
        let found = ["Lead", "Contact", "Account"].iter().find_map(|name| {
            let place = org.visible(name).ok()?;
            Some((place, org.at(place).record(&id)?.clone()))
        });
        let Some((place, mut record)) = found else {
            continue;
        };
        let objects = ["Task", "Event"]
            .into_iter()
            .filter_map(|name| org.object(name));
        let days = objects.flat_map(|object| {
            object
                .live()
                .filter(|activity| object.name == "Event" || activity.flag("IsClosed"))
                .filter(|activity| LINKS.iter().any(|link| activity.text(link) == Some(&id)))
                .filter_map(|activity| activity.text("ActivityDate"))
        });
        let last = json!(days.max());
        record.values.insert("LastActivityDate".to_owned(), last);
        org.store(place, record);
    }
}

fn name_person(values: &mut Values) {
    let name = format!("{} {}", text(values, "FirstName"), text(values, "LastName"));
    values.insert("Name".to_owned(), json!(name.trim()));
}

fn refresh_member(org: &Org, values: &mut Values) {
    let is_lead = values.get("LeadId").is_some_and(Value::is_string);
    let person_id = text(values, if is_lead { "LeadId" } else { "ContactId" });
    let Some(person) = org.record(&person_id) else {
        return;
    };
    for name in ["Name", "FirstName", "LastName", "Email"] {
        values.insert(
            name.to_owned(),
            person.values.get(name).cloned().unwrap_or_default(),
        );
    }
    let company = if is_lead {
        person.text("Company").map(str::to_owned)
    } else {
        let account = person.text("AccountId").and_then(|id| org.record(id));
        account
            .and_then(|account| account.text("Name"))
            .map(str::to_owned)
    };
    values.insert("CompanyOrAccount".to_owned(), json!(company));
    values.insert(
        "Type".to_owned(),
        json!(if is_lead { "Lead" } else { "Contact" }),
    );
    let responded = status(org, &text(values, "CampaignId"), |label| {
        label == text(values, "Status")
    })
    .is_some_and(|(_, responded)| responded);
    values.insert("HasResponded".to_owned(), json!(responded));
    if responded && !values.contains_key("FirstRespondedDate") {
        let today: String = org.timestamp().chars().take(10).collect();
        values.insert("FirstRespondedDate".to_owned(), json!(today));
    }
}

/// The first status of a campaign whose label fits, with its "responded".
fn status(org: &Org, campaign: &str, fits: impl Fn(&str) -> bool) -> Option<(String, bool)> {
    let statuses = org
        .object("CampaignMemberStatus")?
        .with_value("CampaignId", campaign);
    let found = statuses
        .into_iter()
        .find(|status| status.text("Label").is_some_and(&fits))?;
    Some((found.text("Label")?.to_owned(), found.flag("HasResponded")))
}

/// The status a member gets: the one asked for, or silently the campaign's default for a label the campaign
/// does not have (fact sheet, section 16: open; this is the worse of the two).
pub(super) fn member_status(org: &Org, campaign: &str, asked: Option<&str>) -> Option<String> {
    let known =
        asked.and_then(|asked| status(org, campaign, |label| label.eq_ignore_ascii_case(asked)));
    if let Some((label, _)) = known {
        return Some(label);
    }
    let statuses = org
        .object("CampaignMemberStatus")?
        .with_value("CampaignId", campaign);
    let default = statuses
        .iter()
        .find(|status| status.flag("IsDefault"))
        .or(statuses.first())?;
    default.text("Label").map(str::to_owned)
}

/// Every new campaign has two statuses.
pub(super) fn after_insert(org: &mut Org, place: usize, id: &str) {
    if org.at(place).name != "Campaign" {
        return;
    }
    for (order, label, responded) in [(1, "Sent", false), (2, "Responded", true)] {
        let status = json!({
            "CampaignId": id, "Label": label, "SortOrder": order,
            "IsDefault": !responded, "HasResponded": responded,
        });
        org.seed("CampaignMemberStatus", status);
    }
}
