//! Control paths for modules, fields, picklists and layouts.

use serde_json::{Value, json};

use super::admin::{done, texts};
use super::field::{Field, PickValue};
use super::module::Layout;
use super::org::Org;
use crate::sandbox::wire::Reply;

pub(super) fn serve(org: &mut Org, parts: &[&str], body: &Value) -> Option<Reply> {
    let place = org.place(body["module"].as_str()?)?;
    match parts {
        ["fields"] => put_field(org, place, body),
        ["fields", action] => {
            let name = body["name"].as_str()?;
            let mut field = org.at(place).any_field(name)?.clone();
            field.hidden = match *action {
                "hide" => true,
                "show" => false,
                _ => return None,
            };
            org.at_mut(place).put_field(field);
            done()
        }
        ["picklists"] => {
            let mut field = org.at(place).any_field(body["name"].as_str()?)?.clone();
            field.options = options(&body["options"])?;
            org.name_parts(&mut field);
            org.at_mut(place).put_field(field);
            done()
        }
        ["layouts"] => put_layout(org, place, body),
        ["modules", "hide"] => {
            org.at_mut(place).hidden = true;
            done()
        }
        ["modules", "show"] => {
            org.at_mut(place).hidden = false;
            done()
        }
        ["permissions"] => {
            let permissions = &mut org.at_mut(place).permissions;
            let flags = [
                ("view", &mut permissions.view),
                ("create", &mut permissions.create),
                ("edit", &mut permissions.edit),
                ("delete", &mut permissions.delete),
            ];
            for (member, slot) in flags {
                *slot = body[member].as_bool().unwrap_or(*slot);
            }
            done()
        }
        _ => None,
    }
}

fn default_length(kind: &str) -> usize {
    match kind {
        "text" => 255,
        "textarea" => 2_000,
        "email" => 100,
        "phone" => 30,
        "website" => 450,
        "integer" => 9,
        _ => 120,
    }
}

fn put_field(org: &mut Org, place: usize, body: &Value) -> Option<Reply> {
    let name = body["name"].as_str()?;
    let kind = body["type"].as_str();
    let mut field = org.at(place).any_field(name).cloned().unwrap_or_else(|| {
        let kind = kind.unwrap_or("text");
        let mut field = Field::new(name, &name.replace('_', " "), kind, default_length(kind));
        field.custom = true;
        field
    });
    if let Some(kind) = kind {
        kind.clone_into(&mut field.data_type);
    }
    if let Some(label) = body["label"].as_str() {
        label.clone_into(&mut field.label);
    }
    if let Some(length) = body["length"].as_u64() {
        field.length = usize::try_from(length).unwrap_or(usize::MAX);
    }
    if body.get("options").is_some() {
        field.options = options(&body["options"])?;
    }
    if let Some(lookup) = body["lookup"].as_str() {
        field.lookup = Some(lookup.to_owned());
    }
    let flags = [
        ("mandatory", &mut field.mandatory),
        ("read_only", &mut field.read_only),
        ("api_create", &mut field.api_create),
        ("api_update", &mut field.api_update),
        ("unique", &mut field.unique),
        ("unused", &mut field.unused),
    ];
    for (member, slot) in flags {
        *slot = body[member].as_bool().unwrap_or(*slot);
    }
    if field.read_only {
        field.make_read_only();
    }
    org.name_parts(&mut field);
    org.at_mut(place).put_field(field);
    done()
}

fn options(given: &Value) -> Option<Vec<PickValue>> {
    given.as_array()?.iter().map(option).collect()
}

fn option(given: &Value) -> Option<PickValue> {
    if let Some(text) = given.as_str() {
        return Some(PickValue::new(text));
    }
    let mut option = PickValue::new(given["actual"].as_str()?);
    if let Some(display) = given["display"].as_str() {
        display.clone_into(&mut option.display);
    }
    option.used = given["used"].as_bool().unwrap_or(true);
    Some(option)
}

fn put_layout(org: &mut Org, place: usize, body: &Value) -> Option<Reply> {
    let name = body["name"].as_str()?;
    let required = texts(body["required"].as_array()?).into_iter().collect();
    let new_id = org.new_id();
    let layouts = &mut org.at_mut(place).layouts;
    let id = match layouts.iter_mut().find(|layout| layout.name == name) {
        Some(layout) => {
            layout.required = required;
            layout.id.clone()
        }
        None => {
            layouts.push(Layout {
                id: new_id.clone(),
                name: name.to_owned(),
                required,
            });
            new_id
        }
    };
    Some(Reply::json(200, json!({"id": id})))
}
