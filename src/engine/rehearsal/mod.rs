//! A push that is played through and sends nothing: its plan is what a push does, because it is the same run.
//!
//! The engine runs unchanged on a place of its own ([`crate::store::rehearsal`]) and speaks to a vendor that answers reads
//! truly and writes itself ([`Played`]): every row is done, every record made gets an id of its own, and look-ups find what
//! was invented as they would find what was written. What no rehearsal can know is what only the vendor's own answer tells:
//! a rule that its metadata hides, a lock, a lost connection.
//!
//! What was read is kept with the place. A push that follows asks none of it again while it is fresh ([`READS_LIFE`]), so
//! that matching everything first costs time and no calls.

mod played;
mod reads;
mod stage;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::SignedDuration;

use super::events::{Reporter, SyncEvent};
use super::push::{PushContext, PushRequest, run};
use crate::domain::ids::RunId;
use crate::domain::plan::PlanTotals;
use crate::domain::run::PushSummary;
use crate::store::{StoreError, StoreHandle};
use crate::vendors::Vendor;
use played::Played;
pub(super) use stage::Stage;

/// How long what was read for a plan may be acted on (decisions.md 8).
pub const READS_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// What a rehearsal would have sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unsent {
    /// Requests.
    pub calls: u64,
    /// Units of the limits that count by the day.
    pub units: BTreeMap<&'static str, u64>,
}

/// A push as it would be.
pub struct Rehearsal {
    stage: Arc<Stage>,
    /// What the push would say at its end; its requests are those that were really sent, to read.
    pub summary: PushSummary,
    /// What leads and companies come to.
    pub totals: PlanTotals,
}

impl Rehearsal {
    /// What the push would send beside what was read.
    #[must_use]
    pub fn unsent(&self) -> Unsent {
        self.stage.unsent()
    }

    /// Where the plan stands, lead by lead.
    #[must_use]
    pub fn place(&self) -> &StoreHandle {
        self.stage.place()
    }

    /// A vendor that writes, and answers what was read for the plan from there while it is fresh; each answer once.
    #[must_use]
    pub fn remembering(&self, vendor: Arc<dyn Vendor>) -> Arc<dyn Vendor> {
        Arc::new(Played::acting(vendor, Arc::clone(&self.stage)))
    }
}

/// Plays a push through; `number` is the run's. The file is not changed, but for copies of the vendor's records
/// ([`crate::vendors::Mirror`]), which are brought up to date as by any run.
///
/// # Errors
/// Only where the file fails; what the vendor does is in the summary.
pub async fn rehearse(
    context: &PushContext,
    request: &PushRequest,
    number: RunId,
) -> Result<Rehearsal, StoreError> {
    let Some(account) = context.integration.account.clone() else {
        return Err(StoreError::Unexpected(
            "a rehearsal without an account".to_owned(),
        ));
    };
    let selection = request.selection.clone();
    let place = context
        .store
        .call(move |store| store.rehearse(number, account.id, &selection))
        .await?;
    let place = StoreHandle::spawn(place)?;
    let stage = Arc::new(Stage::new(context, place.clone()));
    let mut integration = context.integration.clone();
    // What a run learns of the sign-in is not a rehearsal's to note.
    integration.needs_sign_in = false;
    let inner = PushContext {
        store: place.clone(),
        vendor: Arc::new(Played::rehearsing(
            Arc::clone(&context.vendor),
            Arc::clone(&stage),
        )),
        integration,
        own_sign_in: false,
        reporter: Arc::new(Matching(Arc::clone(&context.reporter))),
        left_today: Arc::new(Vec::new),
        ..context.clone()
    };
    let file = context.store.clone();
    let summary = run(&inner, request, file, Some(Arc::clone(&stage))).await?;
    let stopped = stopped(&summary);
    let plan = context.vendor.plan();
    let totals = place
        .call(move |store| {
            store.plan_totals(
                account.id,
                plan.create_person,
                plan.create_company,
                stopped.as_deref(),
            )
        })
        .await?;
    Ok(Rehearsal {
        stage,
        summary,
        totals,
    })
}

impl Rehearsal {
    /// Why the rehearsal ended before it had come to every lead; `--limit` is no such reason.
    #[must_use]
    pub fn stopped(&self) -> Option<String> {
        stopped(&self.summary)
    }
}

fn stopped(summary: &PushSummary) -> Option<String> {
    use crate::domain::run::StopReason;
    let ended = summary
        .stopped
        .is_some_and(|reason| reason != StopReason::Limit);
    (ended || summary.sign_in_refused).then(|| summary.stop_message.clone().unwrap_or_default())
}

/// Shows a rehearsal as what it is.
struct Matching(Arc<dyn Reporter>);

impl Reporter for Matching {
    fn report(&self, event: SyncEvent) {
        self.0.report(match event {
            SyncEvent::Started { total, what } => SyncEvent::Started {
                total,
                what: what.replacen("to ", "compared with ", 1),
            },
            event => event,
        });
    }
}
