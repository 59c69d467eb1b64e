//! Searches of version 2. They go through an index that lags behind writes (fact sheet, section 4), and
//! `exact_match` has been seen to find what is not equal (client-nodejs #108).

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Outcome;
use super::account::Account;
use super::errors;
use super::read::{allow, cursor, encode, limit};
use super::record::{Entity, Values, channels};
use crate::sandbox::wire::{Reply, Request};

/// Notes by the record they hang on.
type Notes<'a> = HashMap<u64, Vec<&'a str>>;

struct Hit<'a> {
    entity: Entity,
    id: u64,
    score: f64,
    values: &'a Values,
    /// The values of custom fields and the notes that were hit.
    custom: Vec<String>,
    notes: Vec<String>,
}

fn searchable(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Person => &["name", "email", "phone", "notes", "custom_fields"],
        Entity::Organization => &["name", "address", "notes", "custom_fields"],
        _ => &["title", "notes", "custom_fields"],
    }
}

struct Query {
    /// In lower case.
    term: String,
    exact: bool,
    fields: Vec<String>,
}

impl Query {
    fn of(request: &Request, known: &[&str]) -> Result<Self, Box<Reply>> {
        let exact = request.parameter("exact_match").as_deref() == Some("true");
        let term = term(request, exact)?.to_lowercase();
        let fields = request.parameters("fields");
        if let Some(unknown) = fields.iter().find(|name| !known.contains(&name.as_str())) {
            let text = format!("'{unknown}' is not one of {}", known.join(", "));
            return Err(errors::invalid("fields", &text));
        }
        Ok(Self {
            term,
            exact,
            fields,
        })
    }

    fn covers(&self, field: &str) -> bool {
        self.fields.is_empty() || self.fields.iter().any(|name| name == field)
    }
}

/// The search term, if it is long enough.
fn term(request: &Request, exact: bool) -> Result<String, Box<Reply>> {
    let term = request.parameter("term");
    let term = term.ok_or_else(|| errors::invalid("term", "Required"))?;
    let least = if exact { 1 } else { 2 };
    if term.trim().chars().count() < least {
        let text = format!("Must be at least {least} characters long");
        return Err(errors::invalid("term", &text));
    }
    Ok(term.trim().to_owned())
}

/// `persons/search` and its like.
pub(super) fn records(account: &Account, request: &Request, entity: Entity) -> Outcome {
    let mut known = vec!["term", "fields", "exact_match", "limit", "cursor"];
    known.extend(match entity {
        Entity::Person => &["organization_id", "include_fields"][..],
        Entity::Organization => &[],
        _ => &["person_id", "organization_id", "status", "include_fields"],
    });
    allow(request, &known)?;
    let query = Query::of(request, searchable(entity))?;
    let mut hits = hits(account, &query, entity);
    let links = [("organization_id", "org_id"), ("person_id", "person_id")];
    for (parameter, name) in links {
        if let Some(id) = request.parameter(parameter) {
            hits.retain(|hit| {
                hit.values
                    .get(name)
                    .and_then(Value::as_u64)
                    .is_some_and(|own| id.parse() == Ok(own))
            });
        }
    }
    page(account, request, hits, 500)
}

/// `itemSearch`: several kinds at once.
pub(super) fn items(account: &Account, request: &Request) -> Outcome {
    allow(
        request,
        &[
            "term",
            "item_types",
            "fields",
            "search_for_related_items",
            "exact_match",
            "include_fields",
            "limit",
            "cursor",
        ],
    )?;
    let known = [
        "address",
        "code",
        "custom_fields",
        "email",
        "name",
        "notes",
        "phone",
        "title",
        "description",
    ];
    let query = Query::of(request, &known)?;
    let types = request.parameters("item_types");
    let mut found = Vec::new();
    for entity in [
        Entity::Person,
        Entity::Organization,
        Entity::Deal,
        Entity::Lead,
    ] {
        if types.is_empty() || types.iter().any(|name| name == entity.singular()) {
            found.extend(hits(account, &query, entity));
        }
    }
    page(account, request, found, 100)
}

/// `itemSearch/field`: one field, by case.
pub(super) fn by_field(account: &Account, request: &Request) -> Outcome {
    allow(
        request,
        &["term", "entity_type", "match", "field", "limit", "cursor"],
    )?;
    let how = request
        .parameter("match")
        .unwrap_or_else(|| "exact".to_owned());
    let fits: fn(&str, &str) -> bool = match how.as_str() {
        "exact" => |text, term| text == term,
        "beginning" => |text, term| text.starts_with(term),
        "middle" => |text, term| text.contains(term),
        _ => {
            return Err(errors::invalid(
                "match",
                "Must be exact, beginning or middle",
            ));
        }
    };
    let term = term(request, how == "exact")?;
    let entity = request.parameter("entity_type").unwrap_or_default();
    let entity = Entity::named(&entity)
        .filter(|entity| !matches!(entity, Entity::Activity | Entity::Note))
        .ok_or_else(|| errors::invalid("entity_type", "Required"))?;
    let code = request.parameter("field").unwrap_or_default();
    let field = account.field(entity.field_owner(), &code);
    let built_in = ["name", "title", "email", "phone", "address"];
    let good =
        field.is_some_and(|field| field.is_searchable() || built_in.contains(&field.code.as_str()));
    if !good {
        return Err(errors::invalid("field", "The field cannot be searched"));
    }
    let found = indexed(account, entity).filter(|(_, values)| {
        let texts = texts(values, &code);
        texts.iter().any(|text| fits(text, &term))
    });
    let found: Vec<Value> = found
        .map(|(id, values)| json!({"id": id, "name": title(values)}))
        .collect();
    let (start, limit) = (start(request)?, limit(account, request, 500)?);
    let next = next(start, limit, found.len());
    let page: Vec<Value> = found.into_iter().skip(start).take(limit).collect();
    let body = json!({
        "success": true,
        "data": page,
        "additional_data": {"next_cursor": next},
    });
    Ok(Reply::json(200, body).whole())
}

/// Records with the values the index shows of them.
fn indexed(account: &Account, entity: Entity) -> impl Iterator<Item = (u64, &Values)> {
    let (now, lag) = (account.clock.elapsed(), account.options.search_lag);
    let records = account.table(entity).all();
    records.filter_map(move |record| Some((record.id, record.indexed(now, lag)?)))
}

fn title(values: &Values) -> &Value {
    let name = values.get("name").or_else(|| values.get("title"));
    name.unwrap_or(&Value::Null)
}

/// The texts of one field: a built-in one, or a custom one by its code.
fn texts(values: &Values, code: &str) -> Vec<String> {
    match code {
        "email" => channels(values, "emails").map(str::to_owned).collect(),
        "phone" => channels(values, "phones").map(str::to_owned).collect(),
        _ => {
            // Leads hold their custom fields among the others.
            let custom = values.get("custom_fields").and_then(|all| all.get(code));
            let value = values.get(code).or(custom);
            value.and_then(text_of).into_iter().collect()
        }
    }
}

/// What is searched of a value: the text, the number, or the main part of an object.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(parts) => text_of(parts.get("value")?),
        _ => None,
    }
}

#[derive(PartialEq)]
enum Match {
    Equal,
    Contained,
    No,
}

impl Query {
    /// Without regard to case; phone numbers by their digits.
    fn compare(&self, text: &str, is_phone: bool) -> Match {
        let text = text.trim().to_lowercase();
        let digits = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        if text == self.term || is_phone && digits(&text) == digits(&self.term) {
            Match::Equal
        } else if text.contains(&self.term) {
            Match::Contained
        } else {
            Match::No
        }
    }
}

fn notes_of(account: &Account, entity: Entity) -> Notes<'_> {
    let link = match entity {
        Entity::Person => "person_id",
        Entity::Organization => "org_id",
        _ => "deal_id",
    };
    let mut notes = Notes::new();
    for note in account.table(Entity::Note).all_live() {
        if let (Some(id), Some(text)) = (note.number(link), note.text("content")) {
            notes.entry(id).or_default().push(text);
        }
    }
    notes
}

fn hits<'a>(account: &'a Account, query: &Query, entity: Entity) -> Vec<Hit<'a>> {
    let plain: Vec<&str> = searchable(entity)
        .iter()
        .copied()
        .filter(|name| query.covers(name) && !matches!(*name, "notes" | "custom_fields"))
        .collect();
    let codes = account.fields(entity.field_owner()).iter();
    let codes: Vec<&str> = codes
        .filter(|field| query.covers("custom_fields") && field.is_searchable())
        .map(|field| field.code.as_str())
        .collect();
    let notes = if query.covers("notes") {
        notes_of(account, entity)
    } else {
        Notes::new()
    };
    let mut found = Vec::new();
    let mut neighbours = usize::from(account.settings.sloppy_exact_match);
    for (id, values) in indexed(account, entity) {
        let mut hit = Hit {
            entity,
            id,
            score: 0.0,
            values,
            custom: Vec::new(),
            notes: Vec::new(),
        };
        let mut best = Match::No;
        let mut see = |outcome: Match| {
            let counts = outcome != Match::No;
            if outcome == Match::Equal || best == Match::No {
                best = outcome;
            }
            counts
        };
        for name in &plain {
            for text in texts(values, name) {
                see(query.compare(&text, *name == "phone"));
            }
        }
        for code in &codes {
            let own = texts(values, code).into_iter();
            hit.custom
                .extend(own.filter(|text| see(query.compare(text, false))));
        }
        let own = notes.get(&id).into_iter().flatten();
        let own = own.filter(|text| see(query.compare(text, false)));
        hit.notes.extend(own.map(|text| (*text).to_owned()));
        hit.score = match best {
            Match::No => continue,
            Match::Contained if query.exact && neighbours == 0 => continue,
            Match::Contained if query.exact => {
                neighbours -= 1;
                0.51
            }
            Match::Equal => 0.51,
            Match::Contained => 0.32,
        };
        found.push(hit);
    }
    found
}

fn start(request: &Request) -> Result<usize, Box<Reply>> {
    let start = cursor(request)?.map_or(0, |cursor| cursor["start"].as_u64().unwrap_or(0));
    Ok(usize::try_from(start).unwrap_or(usize::MAX))
}

fn next(start: usize, limit: usize, count: usize) -> Option<String> {
    let next = start.saturating_add(limit);
    (next < count).then(|| encode(&json!({"start": next})))
}

fn page(account: &Account, request: &Request, mut hits: Vec<Hit<'_>>, largest: usize) -> Outcome {
    hits.sort_by(|one, other| other.score.total_cmp(&one.score));
    let (start, limit) = (start(request)?, limit(account, request, largest)?);
    let next = next(start, limit, hits.len());
    let items = hits.iter().skip(start).take(limit);
    let items: Vec<Value> = items.map(|hit| show(account, hit)).collect();
    let body = json!({
        "success": true,
        "data": {"items": items},
        "additional_data": {"next_cursor": next},
    });
    Ok(Reply::json(200, body).whole())
}

fn show(account: &Account, hit: &Hit<'_>) -> Value {
    let values = hit.values;
    let organization = values
        .get("org_id")
        .or_else(|| values.get("organization_id"));
    let organization = organization
        .and_then(Value::as_u64)
        .and_then(|id| account.live(Entity::Organization, id))
        .map(|one| json!({"id": one.id, "name": one.get("name"), "address": one.get("address")["value"]}));
    let mut item = json!({
        "id": values.get("id").cloned().unwrap_or_else(|| json!(hit.id)),
        "type": hit.entity.singular(),
        "visible_to": values.get("visible_to"),
        "owner": {"id": values.get("owner_id")},
        "custom_fields": hit.custom,
        "notes": hit.notes,
    });
    let own = match hit.entity {
        Entity::Person => json!({
            "name": title(values),
            "phones": channels(values, "phones").collect::<Vec<_>>(),
            "emails": channels(values, "emails").collect::<Vec<_>>(),
            "organization": organization,
        }),
        Entity::Organization => json!({
            "name": title(values),
            "address": values.get("address").and_then(|address| address.get("value")),
        }),
        _ => {
            let person = values.get("person_id").and_then(Value::as_u64);
            let person = person.and_then(|id| account.live(Entity::Person, id));
            let person = person.map(|one| json!({"id": one.id, "name": one.get("name")}));
            json!({"title": title(values), "person": person, "organization": organization})
        }
    };
    if let (Some(item), Value::Object(own)) = (item.as_object_mut(), own) {
        item.extend(own);
    }
    json!({"result_score": hit.score, "item": item})
}
