//! Control paths for fields, objects and record types.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::field::{Field, PicklistValue};
use super::object::RecordType;
use super::org::Org;
use crate::sandbox::wire::Reply;

pub(super) fn serve(org: &mut Org, method: &str, parts: &[&str], body: &Value) -> Option<Reply> {
    let place = org.place(body["object"].as_str()?)?;
    match (method, parts) {
        ("POST", ["fields"]) => put_field(org, place, body)?,
        ("POST", ["fields", "delete"]) => {
            let name = org
                .at(place)
                .any_field(body["name"].as_str()?)?
                .name
                .clone();
            org.at_mut(place).remove_field(&name);
        }
        ("POST", ["fields", action @ ("hide" | "show")]) => {
            let mut field = org.at(place).any_field(body["name"].as_str()?)?.clone();
            field.hidden = *action == "hide";
            org.at_mut(place).put_field(field);
        }
        ("POST", ["objects", action @ ("hide" | "show")]) => {
            org.at_mut(place).hidden = *action == "hide";
        }
        ("POST", ["objects", "access"]) => {
            let object = org.at_mut(place);
            object.createable = body["createable"].as_bool().unwrap_or(object.createable);
            object.updateable = body["updateable"].as_bool().unwrap_or(object.updateable);
            object.deletable = body["deletable"].as_bool().unwrap_or(object.deletable);
        }
        ("POST", ["record_types"]) => return record_type(org, place, body),
        _ => return None,
    }
    Some(Reply::empty(204))
}

fn put_field(org: &mut Org, place: usize, body: &Value) -> Option<()> {
    let name = body["name"].as_str()?;
    let text = |member: &str| body[member].as_str();
    let flag = |member: &str| body[member].as_bool();
    let mut field = match org.at(place).any_field(name) {
        Some(field) => field.clone(),
        None => {
            let kind = text("type")?;
            let length = match kind {
                "boolean" | "date" | "datetime" => 0,
                "int" => 9,
                "email" => 80,
                "phone" => 40,
                "reference" => 18,
                "multipicklist" => 4_099,
                "textarea" => 32_768,
                _ => 255,
            };
            let label = name.trim_end_matches("__c").replace('_', " ");
            Field::new(name, &label, kind, length)
        }
    };
    if let Some(kind) = text("type") {
        field.kind = kind.to_owned();
    }
    if let Some(label) = text("label") {
        field.label = label.to_owned();
    }
    if let Some(length) = body["length"].as_u64() {
        field.length = usize::try_from(length).unwrap_or(usize::MAX);
    }
    if let Some(options) = body["options"].as_array() {
        field.options = options.iter().filter_map(option).collect();
    }
    let flags = [
        ("restricted", &mut field.restricted),
        ("unique", &mut field.unique),
        ("externalId", &mut field.external_id),
        ("createable", &mut field.createable),
        ("updateable", &mut field.updateable),
        ("filterable", &mut field.filterable),
    ];
    for (member, slot) in flags {
        *slot = flag(member).unwrap_or(*slot);
    }
    if let Some(required) = flag("required") {
        field.nillable = !required;
    }
    if let Some(targets) = body["referenceTo"].as_array() {
        field.reference_to = targets
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        field.relationship = Some(name.replace("__c", "__r"));
    }
    if let Some(relationship) = text("relationshipName") {
        field.relationship = Some(relationship.to_owned());
    }
    if let Some(default) = body.get("defaultValue") {
        field.default_value = default.clone();
        field.defaulted_on_create = !default.is_null();
    }
    if let Some(formula) = body.get("formula") {
        field.formula = formula.clone();
        field.calculated = true;
        (field.createable, field.updateable) = (false, false);
    }
    org.at_mut(place).put_field(field);
    Some(())
}

fn option(given: &Value) -> Option<PicklistValue> {
    if let Some(text) = given.as_str() {
        return Some(PicklistValue::new(text));
    }
    let mut option = PicklistValue::new(given["value"].as_str()?);
    if let Some(label) = given["label"].as_str() {
        option.label = label.to_owned();
    }
    option.active = given["active"].as_bool().unwrap_or(true);
    option.default = given["default"].as_bool().unwrap_or(false);
    Some(option)
}

fn record_type(org: &mut Org, place: usize, body: &Value) -> Option<Reply> {
    let developer_name = body["developerName"].as_str()?.to_owned();
    let name = body["name"].as_str().unwrap_or(&developer_name).to_owned();
    let object = org.at(place).name.clone();
    let facts = json!({
        "Name": name, "DeveloperName": developer_name, "SobjectType": object, "IsActive": true,
    });
    let id = org.seed("RecordType", facts)?;
    let picklists = body["picklists"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(field, values)| {
            let values = values
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            (field.clone(), values.map(str::to_owned).collect())
        });
    let picklists: HashMap<String, Vec<String>> = picklists.collect();
    let is_default = body["default"].as_bool().unwrap_or(false);
    let target = org.at_mut(place);
    for other in target.record_types.iter_mut().filter(|_| is_default) {
        other.is_default = false;
    }
    target.record_types.push(RecordType {
        id: id.clone(),
        developer_name,
        name,
        is_default,
        picklists,
    });
    // An object has this field only when it has record types.
    let mut field = Field::new("RecordTypeId", "Record Type ID", "reference", 18);
    field.reference_to = vec!["RecordType".to_owned()];
    field.relationship = Some("RecordType".to_owned());
    field.defaulted_on_create = true;
    let default = target.record_types.iter().find(|kind| kind.is_default);
    field.default_value = json!(default.map(|kind| &kind.id));
    target.put_field(field);
    Some(Reply::json(200, json!({"id": id})))
}
