//! What a vendor's verdict on one row becomes here: an image of the change, or a failure.

use super::decide::FieldPlan;
use crate::domain::category::Category;
use crate::domain::failure::Failure;
use crate::domain::mapping::Outgoing;
use crate::domain::remote::ObjectSchema;
use crate::domain::rows::Rows;
use crate::domain::write::is_blank;
use crate::store::{ChangeKind, RecordChange};
use crate::vendors::{RemoteRecord, Values, Vendor, Verdict};

/// The image of a write: what the touched fields held, and what they hold now in the vendor's own form.
pub(super) fn change_of(
    object: &str,
    id: &str,
    plan: &FieldPlan,
    create: bool,
    stored: Option<&Values>,
) -> RecordChange {
    let after: serde_json::Map<String, serde_json::Value> = plan
        .values
        .iter()
        .map(|(name, sent)| {
            let held = stored
                .and_then(|stored| stored.get(name))
                .filter(|value| !is_blank(value));
            (name.clone(), held.unwrap_or(sent).clone())
        })
        .collect();
    RecordChange {
        object: object.to_owned(),
        remote_id: id.to_owned(),
        kind: if create {
            ChangeKind::Created
        } else {
            ChangeKind::Updated
        },
        before: (!create).then(|| plan.before.clone().into()),
        after: after.into(),
    }
}

/// The failure of a row whose verdict is none.
pub(super) fn no_verdict(verdict: &Verdict, object: &str) -> Failure {
    match verdict {
        Verdict::Refused(failure) => failure.clone().on_object(object),
        Verdict::Later(_) => Failure::new(
            Category::Unexpected,
            "the record stayed locked at the vendor",
        )
        .on_object(object),
        Verdict::Gone => Failure::new(
            Category::Unexpected,
            "the record vanished while it was written",
        )
        .on_object(object),
        Verdict::Taken => Failure::new(
            Category::Unexpected,
            "the vendor took this record on and did not show it in time; a retry looks for it before anything is repeated",
        )
        .with_code("NOT_SHOWN")
        .on_object(object),
        _ => Failure::new(
            Category::Unexpected,
            "the vendor's answer does not mention this record, so it counts as not written",
        )
        .with_code("SILENT")
        .on_object(object),
    }
}

/// What the vendor demands and a row of ours fills: then it is this lead that lacks it (categories.md).
pub(super) fn of_lead(
    failure: Failure,
    object: &str,
    rows: Rows<'_>,
    mapped: &[Outgoing],
) -> Failure {
    let demanded = failure
        .field
        .as_deref()
        .filter(|_| failure.category == Category::RequiredFieldMissing);
    let is_given = |field: &str| {
        let mut values = mapped.iter();
        values.any(|value| value.remote.eq_ignore_ascii_case(field))
    };
    let filler = demanded
        .filter(|field| !is_given(field))
        .and_then(|field| rows.filler(object, field));
    match filler {
        Some(ours) => Failure {
            category: Category::NotEnoughData,
            message: format!("{} (the lead has no {ours})", failure.message),
            ..failure
        },
        None => failure,
    }
}

/// The image of a record that a create of ours made though its answer was lost: what it holds of ours is ours, so that a
/// correction goes through (decisions.md 1).
pub(super) fn adopted(
    vendor: &dyn Vendor,
    schema: &ObjectSchema,
    mapped: &[Outgoing],
    record: &RemoteRecord,
) -> RecordChange {
    let after: serde_json::Map<String, serde_json::Value> = mapped
        .iter()
        .filter_map(|value| {
            let field = schema.field(&value.remote)?;
            let theirs = record.values.get(&field.name)?;
            let ours = vendor.encode(field, &value.parts, value.truncate).ok()?;
            vendor
                .same(field, theirs, &ours)
                .then(|| (field.name.clone(), theirs.clone()))
        })
        .collect();
    RecordChange {
        object: record.object.to_owned(),
        remote_id: record.id.clone(),
        kind: ChangeKind::Created,
        before: None,
        after: after.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mapping::{OnInvalid, Rule, RuleOptions, Source, WriteBehaviour};

    #[test]
    fn what_the_vendor_demands_is_the_leads_lack_only_where_a_row_fills_it_and_the_lead_is_empty() {
        let rules = [Rule {
            object: "contact".into(),
            remote: "region".into(),
            event: None,
            source: Source::Field("Region".into()),
            write: WriteBehaviour::IfBlank,
            options: RuleOptions::default(),
            described: None,
        }];
        let rows = Rows {
            rules: &rules,
            qualifiers: &[],
            event: None,
        };
        let given = [Outgoing {
            remote: "region".into(),
            ours: "Region".into(),
            parts: vec!["EMEA".into()],
            write: WriteBehaviour::IfBlank,
            truncate: false,
            on_invalid: OnInvalid::Fail,
            fallback_owner: None,
        }];
        let category = |field: Option<&str>, mapped: &[Outgoing]| {
            let mut failure = Failure::new(Category::RequiredFieldMissing, "missing");
            failure.field = field.map(str::to_owned);
            of_lead(failure, "contact", rows, mapped).category
        };
        assert_eq!(category(Some("region"), &[]), Category::NotEnoughData);
        assert_eq!(
            category(Some("region"), &given),
            Category::RequiredFieldMissing
        );
        assert_eq!(category(Some("other"), &[]), Category::RequiredFieldMissing);
        assert_eq!(category(None, &[]), Category::RequiredFieldMissing);
        let other = Failure::new(Category::DataTooLong, "long").on_field("region");
        let kept = of_lead(other.clone(), "contact", rows, &[]);
        assert_eq!(kept, other);
    }
}
