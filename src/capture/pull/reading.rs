//! Reading lists page by page: in memory where they are short, else taken in with a cursor behind each page.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::SignedDuration;

use super::walk::{Next, Walk};
use super::{Pull, PullError, PullProgress, Stage};
use crate::sources::{Listing, Page, SourceItem};
use crate::store::{PageDone, PulledItems, PulledPage, StoreError};

/// A walk that stood still for longer begins again: too much will have moved.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// One that came to its end in a pull that did not holds for so long.
const OVER_FRESH: SignedDuration = SignedDuration::from_mins(10);

/// What becomes of the pages of a walk: the items to take in. Called with what no page of the walk held before.
pub(super) type Take<'t> = &'t mut dyn FnMut(Vec<SourceItem>) -> PulledItems;

impl Pull<'_> {
    /// Walks a listing, taking each page in with the cursor behind it. Whether everything was seen. The cursor stays: the
    /// caller forgets it when it is needed no more.
    pub(super) async fn walk(
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
    pub(super) fn resume(&mut self, name: &str) -> Result<(Walk, HashSet<String>), PullError> {
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
    pub(super) async fn list(
        &mut self,
        listing: &Listing,
    ) -> Result<(Vec<SourceItem>, bool), PullError> {
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

    pub(super) async fn page(&mut self, listing: &Listing, number: u32) -> Result<Page, PullError> {
        self.report.requests += 1;
        Ok(self.source.page(listing, number).await?)
    }

    /// What a walk is kept by: one that leaves leads out is another than one that does not.
    pub(super) fn name(&self, listing: &Listing) -> String {
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
    pub(super) fn pages(&self, items: u64) -> u64 {
        items.div_ceil(u64::from(self.source.info().page.max(1)))
    }

    pub(super) fn count(&mut self, done: &PageDone) {
        let report = &mut *self.report;
        report.created += done.created;
        report.updated += done.updated;
        report.unchanged += done.unchanged;
        report.read += done.created + done.updated + done.unchanged;
        report.enriching += done.enriching;
        report.removed += done.removed;
        report.erased += done.erased;
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
            part: self.part,
            done,
            total,
            seconds_left: seconds,
        });
    }
}
