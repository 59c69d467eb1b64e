//! What the org says about its objects (fact sheet, section 3).

use serde_json::{Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::object::Object;
use super::org::Org;
use crate::sandbox::wire::Reply;

const MASTER: &str = "012000000000000AAA";

pub(super) fn global(org: &Org, version: &str) -> Reply {
    let objects = org.objects().filter(|object| !object.hidden);
    let objects: Vec<Value> = objects.map(|object| summary(object, version)).collect();
    Reply::json(
        200,
        json!({"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects}),
    )
    .whole()
}

pub(super) fn summary(object: &Object, version: &str) -> Value {
    let base = format!("/services/data/{version}/sobjects/{}", object.name);
    json!({
        "name": object.name,
        "label": object.label,
        "labelPlural": format!("{}s", object.label),
        "keyPrefix": object.key_prefix,
        "createable": object.createable,
        "updateable": object.updateable,
        "deletable": object.deletable,
        "queryable": true,
        "retrieveable": true,
        "searchable": true,
        "layoutable": true,
        "triggerable": object.createable,
        "undeletable": object.createable,
        "custom": object.name.ends_with("__c"),
        "customSetting": false,
        "deprecatedAndHidden": false,
        "feedEnabled": false,
        "mruEnabled": true,
        "replicateable": true,
        "activateable": false,
        "mergeable": matches!(object.name.as_str(), "Lead" | "Contact" | "Account"),
        "urls": {
            "sobject": base,
            "describe": format!("{base}/describe"),
            "rowTemplate": format!("{base}/{{ID}}"),
        },
    })
}

pub(super) fn object(org: &Org, version: &str, name: &str) -> Outcome {
    let place = org.visible(name).map_err(|_| ApiError::not_found())?;
    let object = org.at(place);
    let mut body = summary(object, version);
    body["fields"] = object.fields().map(super::field::Field::describe).collect();
    let has_default = object.record_types.iter().any(|kind| kind.is_default);
    let own = object.record_types.iter().map(|kind| {
        record_type(
            &kind.developer_name,
            &kind.name,
            &kind.id,
            kind.is_default,
            false,
        )
    });
    let master = record_type("Master", "Master", MASTER, !has_default, true);
    body["recordTypeInfos"] = own.chain([master]).collect();
    body["childRelationships"] = json!([]);
    Ok(Reply::json(200, body).whole())
}

fn record_type(
    developer_name: &str,
    name: &str,
    id: &str,
    is_default: bool,
    is_master: bool,
) -> Value {
    json!({
        "active": true,
        "available": true,
        "defaultRecordTypeMapping": is_default,
        "developerName": developer_name,
        "master": is_master,
        "name": name,
        "recordTypeId": id,
        "urls": {},
    })
}
