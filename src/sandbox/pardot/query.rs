//! `GET` on a collection: filters, order, pages, and the fields that are shown.
//!
//! Filters are those of the object reference: equality on a few fields of each object, and ranges on ids and
//! moments (`idGreaterThan`, `updatedAtAfterOrEqualTo`, …). A parameter nobody knows is refused; what
//! Salesforce does with one is not documented.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Outcome;
use super::collections;
use super::errors::ApiError;
use super::unit::{PROSPECTS, Unit, Values};
use crate::sandbox::salesforce_login::own_url;
use crate::sandbox::wire::{Reply, Request};

const DEFAULT_LIMIT: usize = 200;
const LARGEST_LIMIT: usize = 1_000;
const MOST_FILTER_FIELDS: usize = 3;
const TOKEN_LIFE: Duration = Duration::from_secs(4 * 3_600);
/// Rows in one sequence of page tokens.
const LONGEST_SEQUENCE: usize = 100_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Relation {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
        }
    }
}

/// What a filter compares with.
#[derive(Clone)]
enum Operand {
    Number(u64),
    Moment(Timestamp),
    Text(String),
}

#[derive(Clone)]
struct Filter {
    field: &'static str,
    relation: Relation,
    operand: Operand,
}

impl Filter {
    fn fits(&self, values: &Values) -> bool {
        let Some(value) = values.get(self.field) else {
            return false;
        };
        let order = match &self.operand {
            Operand::Number(number) => value.as_u64().map(|value| value.cmp(number)),
            Operand::Moment(moment) => value
                .as_str()
                .and_then(|text| text.parse::<Timestamp>().ok())
                .map(|value| value.cmp(moment)),
            Operand::Text(text) => value.as_str().map(|value| value.cmp(text)),
        };
        order.is_some_and(|order| self.relation.holds(order))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deleted {
    No,
    Only,
    All,
}

#[derive(Clone)]
struct Query {
    collection: &'static str,
    fields: Vec<String>,
    filters: Vec<Filter>,
    /// Field, and whether it descends.
    order: Vec<(String, bool)>,
    limit: usize,
    offset: usize,
    deleted: Deleted,
}

/// Page tokens that were given out.
#[derive(Default)]
pub(super) struct Cursors(HashMap<String, (Query, Duration)>);

/// What a name of a parameter filters by, such as `idGreaterThan`.
fn filter_name(allowed: &'static [&'static str], name: &str) -> Option<(&'static str, Relation)> {
    let suffixes = [
        ("", Relation::Equal),
        ("GreaterThanOrEqualTo", Relation::GreaterOrEqual),
        ("GreaterThan", Relation::Greater),
        ("LessThanOrEqualTo", Relation::LessOrEqual),
        ("LessThan", Relation::Less),
        ("AfterOrEqualTo", Relation::GreaterOrEqual),
        ("After", Relation::Greater),
        ("BeforeOrEqualTo", Relation::LessOrEqual),
        ("Before", Relation::Less),
    ];
    suffixes.into_iter().find_map(|(suffix, relation)| {
        let field = name.strip_suffix(suffix)?;
        let field = allowed.iter().find(|known| **known == field)?;
        let fits = match suffix {
            "" => true,
            _ if suffix.starts_with(['G', 'L']) => is_number(field),
            _ => is_moment(field),
        };
        fits.then_some((*field, relation))
    })
}

fn is_number(field: &str) -> bool {
    field == "id" || field.ends_with("Id") && !field.starts_with("salesforce")
}

fn is_moment(field: &str) -> bool {
    field.ends_with("At")
}

fn operand(field: &str, name: &str, text: &str) -> Result<Operand, Box<ApiError>> {
    if is_number(field) {
        let number = text.parse().map_err(|_| ApiError::about(16, name))?;
        return Ok(Operand::Number(number));
    }
    if is_moment(field) {
        let moment = text.parse().map_err(|_| ApiError::about(7, name))?;
        return Ok(Operand::Moment(moment));
    }
    Ok(Operand::Text(text.to_owned()))
}

/// The fields of a request, which must be named and known.
pub(super) fn fields(
    unit: &Unit,
    collection: &str,
    given: &[String],
) -> Result<Vec<String>, Box<ApiError>> {
    for field in given {
        if !collections::has_field(unit, collection, field) {
            return Err(ApiError::unknown_field("fields", field));
        }
    }
    Ok(given.to_vec())
}

/// Those of a `GET`, which does not do without.
pub(super) fn required_fields(
    unit: &Unit,
    request: &Request,
    collection: &str,
) -> Result<Vec<String>, Box<ApiError>> {
    let given = request.parameters("fields");
    if given.is_empty() {
        return Err(ApiError::about(13, "fields"));
    }
    fields(unit, collection, &given)
}

/// A row with just these fields.
pub(super) fn show(values: &Values, fields: &[String]) -> Value {
    let shown = fields
        .iter()
        .map(|name| (name.clone(), values.get(name).cloned().unwrap_or_default()));
    Value::Object(shown.collect())
}

fn parse(unit: &Unit, request: &Request, collection: &'static str) -> Result<Query, Box<ApiError>> {
    let mut query = Query {
        collection,
        fields: required_fields(unit, request, collection)?,
        filters: Vec::new(),
        order: Vec::new(),
        limit: DEFAULT_LIMIT,
        offset: 0,
        deleted: Deleted::No,
    };
    for (name, value) in url::form_urlencoded::parse(request.query.as_bytes()) {
        match name.as_ref() {
            "fields" => {}
            "limit" => {
                let limit = value.parse().ok();
                let limit = limit.filter(|limit| (1..=LARGEST_LIMIT).contains(limit));
                query.limit = limit.ok_or_else(|| ApiError::about(52, "limit"))?;
            }
            "offset" => {
                let offset = value.parse().ok().filter(|offset| *offset <= 2_000);
                query.offset = offset.ok_or_else(|| ApiError::about(52, "offset"))?;
            }
            "orderBy" => query.order = order(unit, collection, &value)?,
            "deleted" => {
                query.deleted = match value.as_ref() {
                    "true" => Deleted::Only,
                    "false" => Deleted::No,
                    "all" => Deleted::All,
                    _ => return Err(ApiError::parameter("deleted")),
                }
            }
            name => {
                let (field, relation) = filter_name(collections::filters(collection), name)
                    .ok_or_else(|| ApiError::parameter(name))?;
                query.filters.push(Filter {
                    field,
                    relation,
                    operand: operand(field, name, &value)?,
                });
            }
        }
    }
    let mut filtered: Vec<_> = query.filters.iter().map(|filter| filter.field).collect();
    filtered.sort_unstable();
    filtered.dedup();
    if filtered.len() > MOST_FILTER_FIELDS {
        return Err(ApiError::known(209));
    }
    Ok(query)
}

fn order(unit: &Unit, collection: &str, text: &str) -> Result<Vec<(String, bool)>, Box<ApiError>> {
    let mut order = Vec::new();
    for part in text.split(',') {
        let mut words = part.split_whitespace();
        let field = words.next().unwrap_or_default();
        let descends = match words.next().map(str::to_lowercase).as_deref() {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(ApiError::parameter("orderBy")),
        };
        if !collections::has_field(unit, collection, field) {
            return Err(ApiError::unknown_field("orderBy", field));
        }
        order.push((field.to_owned(), descends));
    }
    Ok(order)
}

/// The next page of a query that began before; only `fields` may come along.
fn next(unit: &Unit, request: &Request, token: &str) -> Result<Query, Box<ApiError>> {
    let names = url::form_urlencoded::parse(request.query.as_bytes());
    for (name, _) in names {
        if !matches!(name.as_ref(), "fields" | "nextPageToken") {
            return Err(ApiError::parameter(&name));
        }
    }
    let (query, issued_at) = unit
        .cursors
        .0
        .get(token)
        .ok_or_else(|| ApiError::known(211))?;
    if unit.clock.elapsed() >= *issued_at + TOKEN_LIFE {
        return Err(ApiError::known(210));
    }
    let mut query = query.clone();
    let given = request.parameters("fields");
    if !given.is_empty() {
        query.fields = fields(unit, query.collection, &given)?;
    }
    Ok(query)
}

/// `GET /objects/{collection}`.
pub(super) fn serve(unit: &mut Unit, request: &Request, collection: &'static str) -> Outcome {
    unit.counts.queries += 1;
    let mut query = match request.parameter("nextPageToken") {
        Some(token) => {
            let query = next(unit, request, &token)?;
            if query.collection != collection {
                return Err(ApiError::known(211));
            }
            query
        }
        None => parse(unit, request, collection)?,
    };
    let (now, lag) = (unit.clock.elapsed(), unit.settings.lag);
    unit.table(collection).settle(now, lag);
    let most = unit.options.page_size.unwrap_or(LARGEST_LIMIT).max(1);
    let limit = query.limit.min(most);
    let rows = select(unit, &query);
    let page = rows.iter().skip(query.offset).take(limit);
    let values: Vec<Value> = page.map(|values| show(values, &query.fields)).collect();
    let more = rows.len() > query.offset + limit;
    query.offset += limit;
    let mut token = None;
    let full = more && query.offset >= LONGEST_SEQUENCE;
    if more && !full {
        token = Some(issue(unit, query.clone()));
    }
    let url = token.as_ref().map(|token| {
        let own = own_url(request);
        format!("{own}/api/v5/objects/{collection}?nextPageToken={token}")
    });
    let body = json!({"nextPageToken": token, "nextPageUrl": url, "values": values});
    let reply = Reply::json(200, body);
    let reply = if query.order.is_empty() {
        reply
    } else {
        reply.ordered()
    };
    Ok(if full {
        let text = "203;Record count for nextPageToken sequence has been exceeded. No page token returned.";
        reply.header("pardot-warning", text)
    } else {
        reply
    })
}

fn issue(unit: &mut Unit, query: Query) -> String {
    use crate::sandbox::salesforce_login::LoginOrg as _;
    let now = unit.clock.elapsed();
    let token = unit.random_text(40);
    unit.cursors
        .0
        .retain(|_, (_, issued_at)| now < *issued_at + TOKEN_LIFE);
    unit.cursors.0.insert(token.clone(), (query, now));
    token
}

fn select<'a>(unit: &'a Unit, query: &Query) -> Vec<&'a Values> {
    let Some(table) = unit.look(query.collection) else {
        return Vec::new();
    };
    let (now, lag) = (unit.clock.elapsed(), unit.settings.lag);
    let fits = |values: &&Values| {
        let deleted = values.get("isDeleted") == Some(&Value::Bool(true));
        let wanted = match query.deleted {
            Deleted::No => !deleted,
            Deleted::Only => deleted,
            Deleted::All => true,
        };
        wanted && query.filters.iter().all(|filter| filter.fits(values))
    };
    let email = query
        .filters
        .iter()
        .find_map(|filter| match &filter.operand {
            Operand::Text(text) if filter.field == "email" => Some(text),
            _ => None,
        });
    let mut rows: Vec<&Values> = match email {
        Some(email) if query.collection == PROSPECTS => {
            let near = table.seen_of(unit.with_email(email), now, lag);
            near.into_iter().filter(fits).collect()
        }
        _ => table.seen(now, lag).filter(fits).collect(),
    };
    if !query.order.is_empty() {
        rows.sort_by(|one, other| compare(one, other, &query.order));
    }
    rows
}

fn compare(one: &Values, other: &Values, order: &[(String, bool)]) -> Ordering {
    for (field, descends) in order {
        let (one, other) = (&one.get(field), &other.get(field));
        let numbers = one
            .and_then(Value::as_f64)
            .zip(other.and_then(Value::as_f64));
        let ordering = match numbers {
            Some((one, other)) => one.total_cmp(&other),
            None => {
                let text = |value: &Option<&Value>| {
                    let value = value.and_then(Value::as_str);
                    value.unwrap_or_default().to_owned()
                };
                text(one).cmp(&text(other))
            }
        };
        if ordering.is_ne() {
            return if *descends {
                ordering.reverse()
            } else {
                ordering
            };
        }
    }
    Ordering::Equal
}
