//! Records and activities the user may not remove: they are told before anything is promised.

use std::collections::BTreeSet;

use super::UndoError;
use super::decide::left;
use super::plan::UndoPlan;
use crate::domain::lead::Role;
use crate::engine::push::PushContext;

/// Asks the vendor, and keeps what may not be removed out of the plan.
pub(super) async fn stay(
    context: &PushContext,
    role: Role,
    plan: &mut UndoPlan,
) -> Result<(), UndoError> {
    let objects = plan.removals.iter().filter(|step| step.info.role == role);
    let objects: BTreeSet<&'static str> = objects.map(|step| step.info.key).collect();
    for object in objects {
        if context.vendor.may_remove(object).await? {
            continue;
        }
        let mut stay = Vec::new();
        plan.removals.retain(|step| {
            if step.info.key == object {
                stay.push(left(&step.item.change, None, why(object), None));
            }
            step.info.key != object
        });
        plan.impossible.extend(stay);
    }
    Ok(())
}

/// The same of activities.
pub(super) async fn activities_stay(
    context: &PushContext,
    plan: &mut UndoPlan,
) -> Result<(), UndoError> {
    let Some(info) = context.vendor.info().activities else {
        return Ok(());
    };
    if plan.recalls.is_empty() || context.vendor.may_remove(info.object).await? {
        return Ok(());
    }
    let recalls = std::mem::take(&mut plan.recalls);
    let stay = recalls
        .iter()
        .map(|item| left(&item.change, None, why(info.object), None));
    plan.impossible.extend(stay);
    Ok(())
}

fn why(object: &str) -> String {
    format!("the connection's user may not delete records of {object}")
}
