//! Association calls: single, batch, labels.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::errors::{ApiError, OBJECT_NOT_FOUND};
use super::links::{LinkType, Links, Node, parse_types};
use super::object_type::ObjectType;
use super::portal::Portal;
use super::render::BatchAnswer;
use super::route::Version;
use super::write::id_text;
use super::{Outcome, body};
use crate::sandbox::wire::{Reply, Request};

const MOST_WRITES: usize = 2_000;
const MOST_READS: usize = 1_000;

/// `/crm/associations/{version}/{from}/{to}/…`
pub(super) fn serve(
    portal: &mut Portal,
    request: &Request,
    version: Version,
    parts: &[&str],
) -> Outcome {
    let [from, to, rest @ ..] = parts else {
        return Err(ApiError::no_such_resource());
    };
    let (from, to) = (object_type(from)?, object_type(to)?);
    match (request.method.as_str(), rest) {
        ("GET", ["labels"]) => Ok(labels(portal, from, to)),
        ("POST", ["batch", "associate", "default"]) => {
            associate_default(portal, version, from, to, &body(request)?)
        }
        ("POST", ["batch", "create"]) => create(portal, version, from, to, &body(request)?),
        ("POST", ["batch", "read"]) => read(portal, version, from, to, &body(request)?),
        ("POST", ["batch", "archive"]) => archive(portal, version, from, to, &body(request)?),
        _ => Err(ApiError::no_such_resource()),
    }
}

/// `/crm/objects/{version}/{from}/{id}/associations/…`
pub(super) fn serve_single(
    portal: &mut Portal,
    request: &Request,
    version: Version,
    from: Node,
    rest: &[&str],
) -> Outcome {
    match (request.method.as_str(), rest) {
        ("GET", [to]) => {
            let to = object_type(to)?;
            let results = linked(portal, version, from, to);
            Ok(Reply::json(200, json!({"results": results})))
        }
        ("PUT", ["default", to, id]) => {
            let (to, to_id) = target(portal, to, id)?;
            let default = default_type(from.0, to)?;
            portal.link(from, (to, to_id), std::slice::from_ref(&default));
            Ok(Reply::json(
                200,
                json!({"status": "COMPLETE", "results": [pair(from, (to, to_id), &default)]}),
            )
            .wrote(1))
        }
        ("PUT", [to, id]) => {
            let (to, to_id) = target(portal, to, id)?;
            let (_, types) = parse_types(portal, from.0, &body(request)?)?;
            portal.drop_labels(from, (to, to_id));
            portal.link(from, (to, to_id), &types);
            Ok(Reply::json(201, labelled(portal, from, (to, to_id))).wrote(1))
        }
        ("DELETE", [to, id]) => {
            let (to, to_id) = target(portal, to, id)?;
            portal.unlink(from, (to, to_id));
            Ok(Reply::empty(204).wrote(1))
        }
        _ => Err(ApiError::no_such_resource()),
    }
}

fn object_type(name: &str) -> Result<ObjectType, Box<ApiError>> {
    ObjectType::parse(name)
        .ok_or_else(|| ApiError::validation(format!("Unable to infer object type from: {name}")))
}

fn target(portal: &Portal, kind: &str, id: &str) -> Result<Node, Box<ApiError>> {
    let kind = object_type(kind)?;
    let id = portal
        .exists(kind, id)
        .ok_or_else(|| ApiError::invalid_associations(kind, &[id.to_owned()]))?;
    Ok((kind, id))
}

fn default_type(from: ObjectType, to: ObjectType) -> Result<LinkType, Box<ApiError>> {
    Links::default_type(from, to).ok_or_else(|| {
        let (from, to) = (from.singular(), to.singular());
        ApiError::validation(format!(
            "There is no default association from {from} to {to}"
        ))
    })
}

fn labels(portal: &Portal, from: ObjectType, to: ObjectType) -> Reply {
    let types = portal.links.types(from, to);
    let results: Vec<Value> = types
        .iter()
        .map(|link_type| {
            json!({
                "category": link_type.category(),
                "typeId": link_type.id,
                "label": portal.links.label_text(link_type),
            })
        })
        .collect();
    Reply::json(200, json!({"results": results}))
}

fn pair(from: Node, to: Node, link_type: &LinkType) -> Value {
    json!({
        "from": {"id": from.1.to_string()},
        "to": {"id": to.1.to_string()},
        "associationSpec": {
            "associationCategory": link_type.category(),
            "associationTypeId": link_type.id,
        },
    })
}

fn labelled(portal: &Portal, from: Node, to: Node) -> Value {
    let types = portal
        .links
        .of(from, to.0)
        .find(|(id, _)| *id == to.1)
        .map(|(_, types)| types);
    let labels: Vec<String> = types
        .into_iter()
        .flatten()
        .filter_map(|given| portal.links.label_text(given))
        .collect();
    json!({
        "fromObjectTypeId": from.0.type_id(),
        "fromObjectId": from.1.to_string(),
        "toObjectTypeId": to.0.type_id(),
        "toObjectId": to.1.to_string(),
        "labels": labels,
    })
}

fn inputs(body: &Value, most: usize) -> Result<&[Value], Box<ApiError>> {
    let inputs = body["inputs"].as_array().map_or(&[][..], Vec::as_slice);
    if inputs.len() > most {
        return Err(ApiError::validation(format!(
            "The maximum number of inputs is {most}, {} were sent",
            inputs.len()
        )));
    }
    Ok(inputs)
}

fn nodes(
    portal: &Portal,
    from: ObjectType,
    to: ObjectType,
    input: &Value,
) -> Result<(Node, Node), Box<ApiError>> {
    let find = |kind: ObjectType, member: &str| {
        let id = id_text(&input[member]["id"]);
        match portal.exists(kind, &id) {
            Some(id) => Ok((kind, id)),
            None => Err(ApiError::invalid_associations(kind, &[id])),
        }
    };
    Ok((find(from, "from")?, find(to, "to")?))
}

/// One invalid id refuses the whole call; repeating a link is harmless.
fn associate_default(
    portal: &mut Portal,
    version: Version,
    from: ObjectType,
    to: ObjectType,
    body: &Value,
) -> Outcome {
    let default = default_type(from, to)?;
    let inputs = inputs(body, MOST_WRITES)?;
    let pairs: Vec<(Node, Node)> = inputs
        .iter()
        .map(|input| nodes(portal, from, to, input))
        .collect::<Result<_, _>>()?;
    let mut answer = BatchAnswer::new(portal, 200, version);
    for (from, to) in pairs {
        portal.link(from, to, std::slice::from_ref(&default));
        answer.wrote(pair(from, to, &default));
    }
    Ok(answer.finish(portal))
}

/// Inputs fail one by one, but a pair sent twice refuses the whole call.
fn create(
    portal: &mut Portal,
    version: Version,
    from: ObjectType,
    to: ObjectType,
    body: &Value,
) -> Outcome {
    let inputs = inputs(body, MOST_WRITES)?;
    let mut seen = HashSet::new();
    for input in inputs {
        let key = (id_text(&input["from"]["id"]), id_text(&input["to"]["id"]));
        if !seen.insert(key.clone()) {
            return Err(ApiError::duplicate_ids(&[format!("{}-{}", key.0, key.1)]));
        }
        parse_types(portal, from, &input["types"])?;
    }
    let success = if version == Version::Dated202609 {
        200
    } else {
        201
    };
    let mut answer = BatchAnswer::new(portal, success, version);
    for input in inputs {
        let (_, types) = parse_types(portal, from, &input["types"])?;
        match nodes(portal, from, to, input) {
            Ok((from, to)) => {
                portal.drop_labels(from, to);
                portal.link(from, to, &types);
                answer.wrote(labelled(portal, from, to));
            }
            Err(error) => answer.failed(&error, None),
        }
    }
    Ok(answer.finish(portal))
}

fn linked(portal: &Portal, version: Version, from: Node, to: ObjectType) -> Vec<Value> {
    portal
        .links
        .of(from, to)
        .map(|(id, types)| {
            let types: Vec<Value> = types
                .iter()
                .map(|link_type| {
                    json!({
                        "category": link_type.category(),
                        "typeId": link_type.id,
                        "label": portal.links.label_text(link_type),
                    })
                })
                .collect();
            // The numbered API answers a number here, the dated ones a string.
            let id = if version == Version::Numbered {
                json!(id)
            } else {
                json!(id.to_string())
            };
            json!({"toObjectId": id, "associationTypes": types})
        })
        .collect()
}

fn read(
    portal: &Portal,
    version: Version,
    from: ObjectType,
    to: ObjectType,
    body: &Value,
) -> Outcome {
    let mut answer = BatchAnswer::new(portal, 200, version);
    for input in inputs(body, MOST_READS)? {
        let id = id_text(&input["id"]);
        let links = portal
            .exists(from, &id)
            .map(|found| linked(portal, version, (from, found), to))
            .filter(|links| !links.is_empty());
        match links {
            Some(links) => answer.read(json!({"from": {"id": id}, "to": links})),
            None => answer.failed(&no_associations(from, to, &id), None),
        }
    }
    Ok(answer.finish(portal))
}

fn no_associations(from: ObjectType, to: ObjectType, id: &str) -> Box<ApiError> {
    let message = format!(
        "No {} is associated with {} {id}.",
        to.singular(),
        from.singular()
    );
    ApiError::new(404, OBJECT_NOT_FOUND, message)
        .sub_category("crm.associations.NO_ASSOCIATIONS_FOUND")
        .context("fromObjectId", json!([id]))
        .context("fromObjectType", json!([from.singular()]))
        .context("toObjectType", json!([to.singular()]))
}

/// 204 where all went well, else 207 with what did not. Taking apart what is not joined is harmless.
fn archive(
    portal: &mut Portal,
    version: Version,
    from: ObjectType,
    to: ObjectType,
    body: &Value,
) -> Outcome {
    let mut rows = 0;
    let mut answer = BatchAnswer::new(portal, 200, version);
    let mut failed = false;
    for input in inputs(body, MOST_WRITES)? {
        // The guide shows a list in `to`, clients also send one object.
        let targets = input["to"]
            .as_array()
            .map_or(std::slice::from_ref(&input["to"]), Vec::as_slice);
        for target in targets {
            let pair = json!({"from": input["from"], "to": target});
            match nodes(portal, from, to, &pair) {
                Ok((from, to)) => {
                    portal.unlink(from, to);
                    rows += 1;
                }
                Err(error) => {
                    answer.failed(&error, None);
                    failed = true;
                }
            }
        }
    }
    Ok(match failed {
        true => answer.finish(portal).wrote(rows),
        false => Reply::empty(204).wrote(rows),
    })
}
