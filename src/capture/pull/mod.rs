//! Leads in: from a source that is asked page by page.
//!
//! Events and qualifiers come first, then who belongs to which event, then the leads, then their activities: a lead is
//! complete when it is taken in. Every page is taken in with the cursor behind it, so that the future of [`pull`] may be
//! dropped (or the program killed) at any moment; the next pull goes on where it stopped, unless that was long ago or
//! something moved. What the source deleted stays here.

mod convert;
mod leads;
mod reading;
mod report;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::clock::SharedClock;
use crate::domain::ids::{EventId, IntegrationId, RunId};
use crate::sources::{Listing, Source, SourceItem};
use crate::store::{PulledItems, Store, StoreError};
use crate::vendors::CallError;

use reading::Take;
pub use report::{PullProgress, PullReport, Stage};

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
    /// The event that is read, of how many.
    part: Option<(u64, u64)>,
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
        part: None,
    };
    pull.report.complete = false;
    pull.store.forget_old_walks(clock.now())?;
    let events = pull.setup().await?;
    let events = pull.chosen(events)?;
    let mut complete = pull.report.is_whole;
    let began = clock.now();
    complete &= pull.all_members(&events).await?;
    complete &= pull.leads(&events).await?;
    pull.forget_members(&events)?;
    if pull.store.captured_nowhere_since(began)? {
        // Met while we read: where, was asked before they were there.
        let current = pull.store.current_events(&events, began)?;
        complete &= pull.all_members(&current).await?;
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
        part: None,
    };
    pull.setup().await?;
    Ok(())
}

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

    /// Who belongs to which of these events.
    async fn all_members(&mut self, events: &BTreeMap<String, EventId>) -> Result<bool, PullError> {
        let mut complete = true;
        for (number, (external, event)) in (1..).zip(events) {
            self.part = Some((number, events.len() as u64));
            complete &= self.members(external, *event).await?;
        }
        self.part = None;
        Ok(complete)
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
}
