//! Running enrichment on this file: by hand over leads somebody chose, by itself over those that wait for it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::App;
use crate::clock::SharedClock;
use crate::enrich::{Provider, Report, Request, Waterfall};
use crate::store::{Store, StoreError, StoreHandle};

/// How the caller follows a run: whether it wants it to end, and leads done of how many.
pub struct Follow<'a> {
    /// Asked between batches.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Told after every slice of leads.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl App {
    /// Runs the waterfall over leads.
    ///
    /// # Errors
    /// Only where the file fails; a provider's failure is in the report.
    pub async fn enrich(
        &self,
        store: Store,
        providers: &[Box<dyn Provider>],
        request: &Request,
        clock: SharedClock,
        follow: Follow<'_>,
    ) -> Result<Report, StoreError> {
        let waterfall = waterfall(store, providers, clock, &follow)?;
        waterfall.run(request).await
    }

    /// Runs the waterfall over the leads that wait for it. `None` where none does: that costs one look.
    ///
    /// # Errors
    /// Only where the file fails; a provider's failure is in the report.
    pub async fn enrich_pending(
        &self,
        store: Store,
        clock: SharedClock,
        follow: Follow<'_>,
    ) -> Result<Option<Report>, StoreError> {
        let now = clock.now();
        let (waiting, next) = store.waiting_for_enrichment()?;
        if waiting == 0 || next.is_some_and(|next| next > now) {
            return Ok(None);
        }
        let settings = store.enrichment_settings()?;
        let providers = self.providers(&store)?;
        let waterfall = waterfall(store, &providers, clock, &follow)?;
        waterfall.run_pending(&settings).await.map(Some)
    }
}

/// Paid questions from which on somebody at a terminal is asked first.
pub const MANY_QUESTIONS: u64 = 100;

/// What a provider would be asked at most, and what its budgets leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// Its name.
    pub provider: String,
    /// Leads it would be asked about if none before it knew anything.
    pub leads: u64,
    /// What its budgets allow now; none where there is no budget.
    pub left: Option<u64>,
}

impl Cost {
    /// The questions that may have to be paid for.
    #[must_use]
    pub fn questions(&self) -> u64 {
        self.left.map_or(self.leads, |left| left.min(self.leads))
    }
}

/// What a run that was rehearsed may cost, by provider; those that would be asked nothing are left out.
///
/// # Errors
/// Where the file cannot be read.
pub fn costs(store: &Store, rehearsed: &Report, now: Timestamp) -> Result<Vec<Cost>, StoreError> {
    let day = now.to_zoned(TimeZone::UTC).date().to_string();
    let mut costs = Vec::new();
    for provider in store.enrichment_providers()? {
        let asked = rehearsed
            .providers
            .iter()
            .find(|(name, _)| *name == provider.name)
            .map_or(0, |(_, report)| report.asked);
        if asked == 0 {
            continue;
        }
        let paid = store.enrichment_spend(&provider.name, &day)?.paid;
        let of_day = provider
            .budget_day
            .map(|budget| budget.saturating_sub(paid));
        costs.push(Cost {
            left: of_day.into_iter().chain(provider.budget_run).min(),
            provider: provider.name,
            leads: asked,
        });
    }
    Ok(costs)
}

fn waterfall<'a>(
    store: Store,
    providers: &'a [Box<dyn Provider>],
    clock: SharedClock,
    follow: &Follow<'a>,
) -> Result<Waterfall<'a>, StoreError> {
    Ok(Waterfall {
        store: StoreHandle::spawn(store)?,
        providers,
        clock,
        stop: follow.stop,
        progress: follow.progress,
    })
}
