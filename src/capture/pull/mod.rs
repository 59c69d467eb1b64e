//! Leads in: from a source that is asked page by page.
//!
//! Events and qualifiers come first, then who belongs to which event, then the leads, then their activities: a lead is
//! complete when it is taken in. Every page is taken in with the cursor behind it, so that the future of [`pull`] may be
//! dropped (or the program killed) at any moment; the next pull goes on where it stopped, unless that was long ago or
//! something moved. What the source deleted stays here.

mod convert;
mod leads;
mod report;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};

use crate::clock::SharedClock;
use crate::domain::ids::{EventId, IntegrationId, RunId};
use crate::sources::{Listing, Page, Source, SourceItem};
use crate::store::{PageDone, PulledItems, PulledPage, Store, StoreError};
use crate::vendors::CallError;

pub use report::{PullProgress, PullReport, Stage};
use walk::{Next, Walk};

/// A walk that stood still for longer begins again: too much will have moved.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// One that came to its end in a pull that did not holds for so long.
const OVER_FRESH: SignedDuration = SignedDuration::from_mins(10);

/// What to pull.
#[derive(Debug, Clone)]
pub struct PullOptions {
    /// The connection.
    pub integration: IntegrationId,
    /// The run it is in history.
    pub run: RunId,
    /// Only leads of this event of ours.
    pub event: Option<EventId>,
    /// Only leads captured since then; every page is read all the same, since sources cannot be asked so.
    pub since: Option<Timestamp>,
}

/// A pull ended early; what was taken in stays.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The source could not be asked.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The event is none of the source's.
    #[error("the event is none of the source's")]
    NotItsEvent,
}

/// One pull, from its first page to its last.
struct Pull<'a> {
    source: &'a dyn Source,
    store: &'a mut Store,
    options: &'a PullOptions,
    clock: &'a SharedClock,
    report: &'a mut PullReport,
    progress: &'a mut dyn FnMut(PullProgress),
    /// Whether a lead said nothing of its activities, so that all have to be read.
    untold: bool,
}

/// Pulls everything. `report` is kept up to date, so that it holds when the future is dropped.
///
/// # Errors
/// [`PullError`]; then the report tells what was taken in before.
pub async fn pull(
    source: &dyn Source,
    store: &mut Store,
    options: &PullOptions,
    clock: &SharedClock,
    report: &mut PullReport,
    progress: &mut dyn FnMut(PullProgress),
) -> Result<(), PullError> {
    let mut pull = Pull {
        source,
        store,
        options,
        clock,
        report,
        progress,
        untold: false,
    };
    pull.report.complete = false;
    pull.store.forget_old_walks(clock.now())?;
    let events = pull.setup().await?;
    let events = pull.chosen(events)?;
    let mut complete = pull.report.is_whole;
    for (external, event) in &events {
        complete &= pull.members(external, *event).await?;
    }
    let began = clock.now();
    complete &= pull.leads(&events).await?;
    pull.forget_members(&events)?;
    if pull.store.captured_nowhere_since(began)? {
        // Met while we read: where, was asked before they were there.
        for (external, event) in pull.store.current_events(&events, began)? {
            complete &= pull.members(&external, event).await?;
        }
        pull.forget_members(&events)?;
    }
    complete &= pull.activities().await?;
    pull.report.complete = complete;
    Ok(())
}

/// Pulls events and qualifiers alone: an event that was never pulled can be named then.
///
/// # Errors
/// [`PullError`].
pub async fn pull_setup(
    source: &dyn Source,
    store: &mut Store,
    integration: IntegrationId,
    clock: &SharedClock,
) -> Result<(), PullError> {
    let options = PullOptions {
        integration,
        run: RunId(0),
        event: None,
        since: None,
    };
    let mut pull = Pull {
        source,
        store,
        options: &options,
        clock,
        report: &mut PullReport::default(),
        progress: &mut |_| {},
        untold: false,
    };
    pull.setup().await?;
    Ok(())
}

/// What becomes of the pages of a walk: the items to take in. Called with what no page of the walk held before.
type Take<'t> = &'t mut dyn FnMut(Vec<SourceItem>) -> PulledItems;

impl Pull<'_> {
    /// Events and qualifiers: few, read anew each time, and taken in together.
    async fn setup(&mut self) -> Result<BTreeMap<String, EventId>, PullError> {
        let (qualifiers, all_qualifiers) = self.list(&Listing::QualifierGroups).await?;
        let (events, all_events) = self.list(&Listing::Events).await?;
        let qualifiers = qualifiers
            .into_iter()
            .filter_map(|item| match item {
                SourceItem::Qualifier(qualifier) => Some(qualifier),
                _ => None,
            })
            .collect();
        let qualifiers = convert::qualifiers(qualifiers);
        let events: Vec<_> = events
            .into_iter()
            .filter_map(|item| match item {
                SourceItem::Event(event) => Some(convert::event(event)),
                _ => None,
            })
            .collect();
        let done = self
            .store
            .take_setup(&events, &qualifiers, self.clock.now())?;
        self.report.events = events.len() as u64;
        self.report.qualifiers = qualifiers.iter().filter(|one| !one.draft).count() as u64;
        self.report.events_changed = done.events_changed;
        self.report.qualifiers_changed = done.qualifiers_changed;
        self.report.is_whole = all_qualifiers && all_events;
        Ok(done.events)
    }

    /// The source's events to ask for: the one named, else all.
    fn chosen(
        &self,
        mut events: BTreeMap<String, EventId>,
    ) -> Result<BTreeMap<String, EventId>, PullError> {
        if let Some(wanted) = self.options.event {
            events.retain(|_, event| *event == wanted);
            if events.is_empty() {
                return Err(PullError::NotItsEvent);
            }
        }
        Ok(events)
    }

    /// The next pull asks anew who belongs to which event.
    fn forget_members(&mut self, events: &BTreeMap<String, EventId>) -> Result<(), PullError> {
        for external in events.keys() {
            let listing = self.name(&Listing::EventLeads(external.clone()));
            self.store.forget_walk(self.options.integration, &listing)?;
        }
        Ok(())
    }

    /// Who belongs to an event.
    async fn members(&mut self, external: &str, event: EventId) -> Result<bool, PullError> {
        let listing = Listing::EventLeads(external.to_owned());
        let take: Take<'_> = &mut |items| {
            let members = items.into_iter().filter_map(|item| match item {
                SourceItem::Membership(membership) => Some(convert::member(membership)),
                _ => None,
            });
            PulledItems::Members(event, members.collect())
        };
        self.walk(&listing, Stage::Members, take).await
    }

    /// The activities of leads that are said to have some nobody asked for: lead by lead, or all, whichever is fewer requests.
    async fn activities(&mut self) -> Result<bool, PullError> {
        let open = self.store.leads_with_open_activities()?;
        if open.is_empty() && !self.untold {
            return Ok(true);
        }
        let pages = if self.untold || open.len() < 2 {
            0
        } else {
            let probe = self.page(&Listing::Activities, 0).await?;
            self.pages(probe.total.unwrap_or(0))
        };
        if self.untold || pages > 0 && open.len() as u64 > pages {
            let complete = self.activities_of(&Listing::Activities).await?;
            let listing = self.name(&Listing::Activities);
            self.store.forget_walk(self.options.integration, &listing)?;
            if complete {
                self.store.close_activities(&open)?;
            }
            return Ok(complete);
        }
        let mut complete = true;
        for lead in open {
            let listing = Listing::LeadActivities(lead.clone());
            complete &= self.activities_of(&listing).await?;
            let name = self.name(&listing);
            self.store.forget_walk(self.options.integration, &name)?;
            self.store.close_activities(&[lead])?;
        }
        Ok(complete)
    }

    async fn activities_of(&mut self, listing: &Listing) -> Result<bool, PullError> {
        let take: Take<'_> = &mut |items| {
            let activities = items.into_iter().filter_map(|item| match item {
                SourceItem::Activity(activity) => Some(convert::activity(activity)),
                _ => None,
            });
            PulledItems::Activities(activities.collect())
        };
        self.walk(listing, Stage::Activities, take).await
    }

    /// Walks a listing, taking each page in with the cursor behind it. Whether everything was seen. The cursor stays: the
    /// caller forgets it when it is needed no more.
    async fn walk(
        &mut self,
        listing: &Listing,
        stage: Stage,
        take: Take<'_>,
    ) -> Result<bool, PullError> {
        let integration = self.options.integration;
        let name = self.name(listing);
        let (mut walk, mut seen) = self.resume(&name)?;
        // Of a walk that goes on only the first page can tell that something moved meanwhile.
        let mut goes_on = !seen.is_empty();
        loop {
            let number = match walk.next() {
                Next::Done { complete } => return Ok(complete),
                Next::Page(number) => number,
            };
            let page = self.page(listing, number).await?;
            if std::mem::take(&mut goes_on) {
                if walk.has_moved(page.total) {
                    self.store.forget_walk(integration, &name)?;
                    (walk, seen) = (Walk::default(), HashSet::new());
                    continue;
                }
                self.report.resumed = true;
            }
            let ids: Vec<String> = page.items.iter().map(|item| item.id().to_owned()).collect();
            let entries = page.entries();
            let mut fresh = BTreeSet::new();
            let new: Vec<SourceItem> = page
                .items
                .into_iter()
                .filter(|item| !seen.contains(item.id()) && fresh.insert(item.id().to_owned()))
                .collect();
            self.report.odd += page.odd;
            walk.read(&ids, entries, page.total, &mut seen);
            let state = serde_json::to_string(&walk).map_err(StoreError::from)?;
            let done = self.store.take_page(
                &PulledPage {
                    integration,
                    run: self.options.run,
                    listing: &name,
                    items: take(new),
                    ids,
                    state: Some(state),
                },
                self.clock.now(),
            )?;
            self.count(&done);
            self.tell(stage, seen.len() as u64, walk.total());
        }
    }

    /// Where a walk stands: as it was left, unless that was long ago.
    fn resume(&mut self, name: &str) -> Result<(Walk, HashSet<String>), PullError> {
        let integration = self.options.integration;
        let Some(cursor) = self.store.pull_cursor(integration, name)? else {
            return Ok((Walk::default(), HashSet::new()));
        };
        let age = self.clock.now().duration_since(cursor.at);
        let walk: Option<Walk> = serde_json::from_str(&cursor.state).ok();
        let lasts = |walk: &Walk| match walk.is_over() {
            true => OVER_FRESH,
            false => FRESH,
        };
        // A clock that was set back makes it younger than nothing.
        match walk.filter(|walk| age.abs() < lasts(walk)) {
            Some(walk) => Ok((walk, self.store.pull_seen(integration, name)?)),
            None => {
                self.store.forget_walk(integration, name)?;
                Ok((Walk::default(), HashSet::new()))
            }
        }
    }

    /// A short listing, whole and in memory.
    async fn list(&mut self, listing: &Listing) -> Result<(Vec<SourceItem>, bool), PullError> {
        let mut walk = Walk::default();
        let mut seen = HashSet::new();
        let mut all = BTreeMap::new();
        loop {
            let number = match walk.next() {
                Next::Done { complete } => return Ok((all.into_values().collect(), complete)),
                Next::Page(number) => number,
            };
            let page = self.page(listing, number).await?;
            let ids: Vec<String> = page.items.iter().map(|item| item.id().to_owned()).collect();
            self.report.odd += page.odd;
            walk.read(&ids, page.entries(), page.total, &mut seen);
            all.extend(ids.into_iter().zip(page.items));
            self.tell(Stage::Setup, seen.len() as u64, walk.total());
        }
    }

    async fn page(&mut self, listing: &Listing, number: u32) -> Result<Page, PullError> {
        self.report.requests += 1;
        Ok(self.source.page(listing, number).await?)
    }

    /// What a walk is kept by: one that leaves leads out is another than one that does not.
    fn name(&self, listing: &Listing) -> String {
        let mut name = listing.key();
        if !matches!(listing, Listing::EventLeads(_)) {
            if let Some(event) = self.options.event {
                name.push_str(&format!(" event {event}"));
            }
            if let Some(since) = self.options.since {
                name.push_str(&format!(" since {since}"));
            }
        }
        name
    }

    /// Requests so many items take.
    fn pages(&self, items: u64) -> u64 {
        items.div_ceil(u64::from(self.source.info().page.max(1)))
    }

    fn count(&mut self, done: &PageDone) {
        let report = &mut *self.report;
        report.created += done.created;
        report.updated += done.updated;
        report.unchanged += done.unchanged;
        report.read += done.created + done.updated + done.unchanged;
        report.enriching += done.enriching;
        report.removed += done.removed;
        report.activities += done.activities;
        report.unknown_answers += done.unknown_answers;
    }

    fn tell(&mut self, stage: Stage, done: u64, total: Option<u64>) {
        let total = total.unwrap_or(done).max(done);
        let left = self.pages(total - done);
        let pace = self.source.info().pace;
        #[allow(clippy::cast_precision_loss)] // an estimate
        let seconds = left as f64 * pace;
        (self.progress)(PullProgress {
            stage,
            done,
            total,
            seconds_left: seconds,
        });
    }
}
