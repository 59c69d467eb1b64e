//! What the account is: organization, users, modules, fields and layouts (fact sheet, section 7).

use serde_json::{Value, json};

use super::Outcome;
use super::errors::ApiError;
use super::field::Field;
use super::module::{Layout, Module};
use super::org::Org;
use crate::sandbox::wire::{Reply, Request};

fn page(name: &str, value: Value) -> Reply {
    let mut body = json!({});
    body[name] = value;
    Reply::json(200, body).whole()
}

/// From memory: the sheet names the call only.
pub(super) fn organization(org: &Org) -> Reply {
    page("org", json!([org.facts]))
}

/// `GET /users[?type=…]`, `GET /users/{id}`. From memory.
pub(super) fn users(org: &Org, request: &Request, id: Option<&str>) -> Outcome {
    let kind = request.parameter("type").unwrap_or_default();
    let fits = |user: &&Value| match (id, kind.as_str()) {
        (Some(id), _) => user["id"] == id,
        (None, "CurrentUser") => user["id"] == org.user_id.as_str(),
        (None, "ActiveUsers" | "ActiveConfirmedUsers") => user["status"] == "active",
        (None, "DeactiveUsers") => user["status"] != "active",
        _ => true,
    };
    let users: Vec<&Value> = org.users.iter().filter(fits).collect();
    if users.is_empty() {
        return Ok(Reply::empty(204));
    }
    let count = users.len();
    let info = json!({"per_page": 200, "count": count, "page": 1, "more_records": false});
    Ok(Reply::json(200, json!({"users": users, "info": info})).whole())
}

/// `/settings/…`.
pub(super) fn settings(org: &Org, request: &Request, parts: &[&str]) -> Outcome {
    if request.method != "GET" {
        return Err(ApiError::invalid_method());
    }
    match parts {
        ["modules"] => {
            let visible = org.modules().iter().filter(|module| !module.hidden);
            Ok(page("modules", visible.map(describe).collect()))
        }
        ["modules", name] => {
            let module = org.at(org.visible(name, 2)?);
            Ok(page("modules", json!([describe(module)])))
        }
        ["fields"] => {
            let module = named(org, request)?;
            let all = request.parameter("type").is_some_and(|kind| kind == "all");
            let fields = module.fields().filter(|field| all || !field.unused);
            Ok(page("fields", fields.map(Field::describe).collect()))
        }
        ["fields", id] => {
            let mut fields = named(org, request)?.fields();
            let field = fields.find(|field| field.id == *id);
            let field = field.ok_or_else(|| ApiError::invalid_path_id(2))?;
            Ok(page("fields", json!([field.describe()])))
        }
        ["layouts"] => {
            let module = named(org, request)?;
            let layouts = module.layouts.iter();
            let layouts = layouts.map(|layout| describe_layout(module, layout));
            Ok(page("layouts", layouts.collect()))
        }
        ["layouts", id] => {
            let module = named(org, request)?;
            let layout = module.layouts.iter().find(|layout| layout.id == *id);
            let layout = layout.ok_or_else(|| ApiError::invalid_path_id(2))?;
            Ok(page("layouts", json!([describe_layout(module, layout)])))
        }
        _ => Err(ApiError::invalid_url()),
    }
}

/// The module of `?module=`.
fn named<'a>(org: &'a Org, request: &Request) -> Result<&'a Module, Box<ApiError>> {
    let name = request.parameter("module").filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| ApiError::parameter_missing("module"))?;
    let place = org.visible(&name, 0).map_err(|mut error| {
        error.details = json!({"param_name": "module"});
        error
    })?;
    Ok(org.at(place))
}

fn describe(module: &Module) -> Value {
    json!({
        "id": module.id,
        "api_name": module.name,
        "module_name": module.name,
        "singular_label": module.singular,
        "plural_label": module.name,
        "generated_type": "default",
        "api_supported": true,
        "visible": true,
        "viewable": module.permissions.view,
        "creatable": module.permissions.create,
        "editable": module.permissions.edit,
        "deletable": module.permissions.delete,
    })
}

fn describe_layout(module: &Module, layout: &Layout) -> Value {
    let fields = module.fields().filter(|field| !field.unused);
    let fields: Vec<Value> = fields
        .map(|field| {
            let mut entry = field.describe();
            let required = field.mandatory || layout.required.contains(&field.name);
            entry["required"] = json!(required);
            entry
        })
        .collect();
    let label = format!("{} Information", module.singular);
    json!({
        "id": layout.id,
        "name": layout.name,
        "api_name": layout.name,
        "display_label": layout.name,
        "status": "active",
        "visible": true,
        "sections": [{
            "api_name": label.replace(' ', "_"),
            "display_label": label,
            "sequence_number": 1,
            "fields": fields,
        }],
        "profiles": [{"id": "724445000000000002", "name": "Administrator", "default": true}],
    })
}
