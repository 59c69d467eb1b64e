//! HTTP that keeps a vendor's limits, and what is known of today's from before.

use std::sync::Arc;

use super::{Pace, Session};
use crate::app::pace_is_on;
use crate::clock::SharedClock;
use crate::domain::budget::Budget;
use crate::domain::integration::Settings;
use crate::transport::{
    AnswerRules, BaseUrl, NoAuthorization, Pacer, QuotaSpec, Transport, TransportError, Window,
};
use crate::vendors::{self, OptionKind, VendorInfo};

/// The share of limits other tools draw on too that a run takes, in percent (decisions.md 18).
const DEFAULT_SHARE: u32 = 50;

/// Paced and counted HTTP without a sign-in.
pub(in crate::app) fn paced(
    base: BaseUrl,
    quotas: &[QuotaSpec],
    rules: Arc<dyn AnswerRules>,
    clock: SharedClock,
    pace: Pace,
) -> Result<Transport, TransportError> {
    let pacer = pacer(&base, quotas, clock, pace);
    through(base, rules, pacer, pace)
}

/// What keeps the limits of what is at an address.
pub(in crate::app) fn pacer(
    base: &BaseUrl,
    quotas: &[QuotaSpec],
    clock: SharedClock,
    pace: Pace,
) -> Pacer {
    let quotas: Vec<QuotaSpec> = quotas
        .iter()
        .map(|quota| QuotaSpec {
            in_flight: lower(quota.in_flight, pace.concurrency),
            ..*quota
        })
        .collect();
    let share = pace.share.unwrap_or(DEFAULT_SHARE);
    Pacer::new(&quotas, clock, share, pace_is_on(base))
}

/// Counted HTTP that keeps the limits of a pacer.
pub(in crate::app) fn through(
    base: BaseUrl,
    rules: Arc<dyn AnswerRules>,
    pacer: Pacer,
    pace: Pace,
) -> Result<Transport, TransportError> {
    let transport = Transport::new(base, rules, Arc::new(NoAuthorization), pacer)?;
    Ok(match pace.policy {
        Some(policy) => transport.with_policy(policy),
        None => transport,
    })
}

/// What is known of today's limits from before: what our own runs spent where the vendor does not tell, else what it told.
pub(super) fn count_earlier_runs(
    info: &VendorInfo,
    session: &Session,
    budgets: &[Budget],
    now: jiff::Timestamp,
) {
    for quota in info.quotas {
        let of_today = budgets.iter().find(|budget| {
            budget.quota == quota.name && budget.resets_at.is_some_and(|ends| ends > now)
        });
        let Some(budget) = of_today else { continue };
        let used = u32::try_from(budget.used).unwrap_or(u32::MAX);
        let pacer = session.transport.pacer();
        if budget.counted {
            pacer.prime(quota.name, used);
        } else {
            pacer.know(quota.name, used);
        }
    }
}

/// A limit's window; where it counts by the day, with as many units as the connection's options say.
pub(super) fn day_of(info: &VendorInfo, settings: &Settings, quota: &QuotaSpec) -> Window {
    let Window::Daily { amount, zone } = quota.window else {
        return quota.window;
    };
    let own = info.options.iter().find_map(|option| match option.kind {
        OptionKind::Amount { quota: of, .. } if of == quota.name => {
            vendors::amount(settings.vendor.get(option.name)?)
        }
        _ => None,
    });
    Window::Daily {
        amount: own.unwrap_or(amount),
        zone,
    }
}

fn lower(vendors: Option<u32>, users: Option<u32>) -> Option<u32> {
    match (vendors, users) {
        (Some(vendors), Some(users)) => Some(vendors.min(users)),
        (vendors, users) => vendors.or(users),
    }
}
