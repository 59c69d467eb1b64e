//! Records the run made that others have worked with since, where no field of theirs tells: they stay.

use std::collections::{BTreeMap, HashSet};

use super::UndoError;
use super::decide::{WORKED_ON, left};
use super::plan::{Removal, UndoPlan};
use crate::domain::lead::Role;
use crate::engine::push::PushContext;

/// Asks the vendor, and keeps what is worked with out of the plan. Persons are asked for first: the company of one who stays
/// stays too.
pub(super) async fn stay(
    context: &PushContext,
    ours: &[String],
    role: Role,
    plan: &mut UndoPlan,
) -> Result<(), UndoError> {
    let mut objects: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for step in plan.removals.iter().filter(|step| step.info.role == role) {
        let ids = objects.entry(step.info.key).or_default();
        ids.push(step.item.change.remote_id.clone());
    }
    let mut worked: HashSet<(&'static str, String)> = HashSet::new();
    for (object, ids) in objects {
        let told = context.vendor.worked_on(object, &ids, ours).await?;
        let ids = ids.into_iter().zip(told);
        worked.extend(ids.filter(|(_, is)| *is).map(|(id, _)| (object, id)));
    }
    let mut stays = Vec::new();
    plan.removals.retain(|step: &Removal| {
        let change = &step.item.change;
        let is_worked = worked.contains(&(step.info.key, change.remote_id.clone()));
        if is_worked {
            stays.push(left(change, None, WORKED_ON, None));
        }
        !is_worked
    });
    plan.left.extend(stays);
    Ok(())
}
