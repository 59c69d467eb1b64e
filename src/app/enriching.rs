//! Running enrichment on this file: by hand over leads somebody chose, by itself over those that wait for it.

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
