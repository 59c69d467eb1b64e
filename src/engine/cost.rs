//! What a push will cost of the day's limits, told before it begins where it may not suffice.

use super::events::SyncEvent;
use super::push::PushContext;

/// Units of one of the day's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayUnits {
    /// The limit's name.
    pub quota: &'static str,
    /// Units.
    pub units: u64,
}

/// Tells where a push may need more of a day's limit than is left. It goes ahead: it stops by itself before the limit is
/// used up, and what it did stays done.
pub(super) fn tell(context: &PushContext, due: u64) {
    let left = (context.left_today)();
    for (quota, units) in context.vendor.estimate(due) {
        let Some(left) = left.iter().find(|left| left.quota == quota) else {
            continue;
        };
        if units > left.units {
            context.reporter.report(SyncEvent::Note {
                message: format!(
                    "This push may cost {} {}, {} are left today: it stops before they are used up, and the next one goes on.",
                    units, quota, left.units
                ),
            });
        }
    }
}
