//! Pure: what becomes of one record, given what it holds now.

mod put_back;
mod remove;

use serde_json::Value;

use super::Left;
use super::look::link_field;
use super::plan::UndoPlan;
use crate::domain::remote::{ObjectSchema, RemoteField};
use crate::domain::write::is_blank;
use crate::store::StoredChange;
use crate::vendors::{Authorship, RemoteRecord, Vendor};
pub(super) use put_back::{blank, put_back};
pub(super) use remove::remove;

/// A record as it is now.
pub(super) struct Seen<'a> {
    pub(super) schema: Option<&'a ObjectSchema>,
    pub(super) record: Option<&'a RemoteRecord>,
}

/// Something that stays.
pub(super) fn left(
    change: &StoredChange,
    field: Option<&str>,
    why: impl Into<String>,
    by: Option<String>,
) -> Left {
    Left {
        object: change.object.clone(),
        id: change.remote_id.clone(),
        field: field.map(str::to_owned),
        why: why.into(),
        by,
    }
}

/// Whether a field is among those named: `phone` or `contact.phone`.
pub(super) fn is_named(fields: &[String], object: &str, name: &str) -> bool {
    fields.is_empty()
        || fields.iter().any(|named| {
            named.eq_ignore_ascii_case(name)
                || named.split_once('.').is_some_and(|(of, field)| {
                    of.eq_ignore_ascii_case(object) && field.eq_ignore_ascii_case(name)
                })
        })
}

/// A value as it reads now: the company it names may have been made again.
fn current(vendor: &dyn Vendor, plan: &UndoPlan, name: &str, value: &Value) -> Value {
    let order = vendor.plan();
    match (link_field(&order.link), order.create_company) {
        (Some(field), Some(company)) if field == name => plan.remade.follow(company, value),
        _ => value.clone(),
    }
}

/// Who changed a record last, as far as is told; who made it too is perhaps ourselves.
fn changed_by(authorship: Authorship, record: &RemoteRecord) -> Option<String> {
    let last = authorship.changed.who(record);
    last.filter(|_| authorship.has_two_hands(record) != Some(false))
}

fn alike(vendor: &dyn Vendor, field: &RemoteField, left: &Value, right: &Value) -> bool {
    is_blank(left) && is_blank(right) || vendor.same(field, left, right)
}

/// A value as people read it.
fn shown(value: &Value) -> String {
    if is_blank(value) {
        return "nothing".to_owned();
    }
    let text = match value {
        Value::String(text) => format!("{text:?}"),
        other => other.to_string(),
    };
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_with_or_without_their_object() {
        let named = |field: &str| is_named(&[field.to_owned()], "contact", "jobtitle");
        assert!(named("jobtitle") && named("JobTitle") && named("contact.jobtitle"));
        assert!(!named("company.jobtitle") && !named("phone"));
        assert!(is_named(&[], "contact", "jobtitle"));
    }
}
