//! What a lead consists of, the partitions, and the counts of the day.

use serde_json::{Value, json};

use super::answers::{self, Page};
use super::errors::ApiError;
use super::field::Field;
use super::instance::Instance;
use super::limits::Day;
use super::parameters::Parameters;
use super::sync;
use crate::sandbox::wire::{Reply, Request};

/// `leads/describe.json`.
pub(super) fn describe(instance: &Instance) -> Reply {
    let rows: Vec<Value> = instance.fields.iter().map(Field::describe).collect();
    answers::found(instance, &rows)
}

/// `leads/describe2.json`.
pub(super) fn describe2(instance: &Instance) -> Reply {
    let fields = instance.fields.iter();
    let searchable = fields.clone().filter(|field| sync::may_look_up(field));
    let searchable: Vec<Value> = searchable.map(|field| json!([field.name])).collect();
    let row = json!({
        "name": "API Lead",
        "searchableFields": searchable,
        "fields": fields.map(|field| field.describe_by_name(instance.native_crm)).collect::<Vec<_>>(),
    });
    answers::found(instance, &[row])
}

/// `schema/fields.json` of leads or companies.
pub(super) fn schema(
    instance: &Instance,
    request: &Request,
    fields: &[Field],
) -> Result<Reply, Box<ApiError>> {
    let page = Page::of(instance, &Parameters::of(request))?;
    Ok(page.answer(instance, fields, |_, field| field.describe_schema()))
}

/// `leads/schema/fields/{name}.json`.
pub(super) fn schema_field(instance: &Instance, name: &str) -> Result<Reply, Box<ApiError>> {
    let field = instance.field(name);
    let field = field.ok_or_else(|| ApiError::new(1006, format!("Field '{name}' not found")))?;
    Ok(answers::found(instance, &[field.describe_schema()]))
}

pub(super) fn partitions(instance: &Instance) -> Reply {
    let visible = instance.partitions.iter().filter(|place| !place.denied);
    let rows: Vec<Value> = visible
        .map(|place| json!({"id": place.id, "name": place.name, "description": place.description}))
        .collect();
    answers::found(instance, &rows)
}

/// `stats/usage.json`, of today or of seven days.
pub(super) fn usage(instance: &Instance, days: i64) -> Reply {
    each_day(instance, days, |date, day| {
        json!({
            "date": date,
            "total": day.calls,
            "users": [{"userId": "api-user@sandbox.example", "count": day.calls}],
        })
    })
}

/// `stats/errors.json`, of today or of seven days.
pub(super) fn errors(instance: &Instance, days: i64) -> Reply {
    each_day(instance, days, |date, day| {
        let errors = day.errors.iter();
        let errors: Vec<Value> = errors
            .map(|(code, count)| json!({"errorCode": code.to_string(), "count": count}))
            .collect();
        json!({"date": date, "total": day.errors.values().sum::<u64>(), "errors": errors})
    })
}

fn each_day(instance: &Instance, days: i64, show: impl Fn(&str, &Day) -> Value) -> Reply {
    let days = instance.limits.last_days(days, instance.now());
    let rows: Vec<Value> = days.iter().map(|(date, day)| show(date, day)).collect();
    answers::found(instance, &rows)
}
