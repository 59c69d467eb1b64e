//! All that would be refused of one record, by the code that decides what is sent.

use crate::domain::failure::Failure;
use crate::domain::mapping::{Outgoing, WriteBehaviour};
use crate::domain::remote::ObjectSchema;
use crate::domain::rows::Rows;
use crate::engine::decide::{FieldPlan, check_required, encode, plan_create, refuse, target};
use crate::vendors::Vendor;

/// Everything that would be refused of a new record, and not only what comes first.
#[must_use]
pub(super) fn refusals_of_new(
    vendor: &dyn Vendor,
    object: &'static str,
    schema: &ObjectSchema,
    mapped: &[Outgoing],
    rows: Rows<'_>,
    under: Option<(&'static str, &str)>,
) -> Vec<Failure> {
    let mut plan = plan_create(vendor, object, schema, mapped, rows, under, false);
    if !plan.failures.is_empty() {
        check_required(object, schema, mapped, rows, &mut plan);
    }
    plan.failures
}

/// What may be refused of a change to a record that is there, whatever it holds: every value that could be sent is tried.
#[must_use]
pub(super) fn refusals_of_known(
    vendor: &dyn Vendor,
    object: &str,
    schema: &ObjectSchema,
    mapped: &[Outgoing],
    created_by_us: bool,
) -> Vec<Failure> {
    let mut plan = FieldPlan::default();
    for value in mapped {
        let tried = match target(schema, object, value) {
            Ok(_) if value.write == WriteBehaviour::CreateOnly && !created_by_us => continue,
            Ok(field) => encode(vendor, field, value),
            Err(failure) => Err(failure),
        };
        if let Err(failure) = tried {
            refuse(&mut plan, value, None, failure);
        }
    }
    plan.failures
}
