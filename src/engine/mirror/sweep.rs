//! Reading what changed, page by page, into the copy.

use std::collections::HashSet;

use jiff::SignedDuration;

use super::{mirrored, no_file, unavailable};
use crate::engine::events::SyncEvent;
use crate::engine::session::Session;
use crate::store::{MirrorPage, OpenMirror};
use crate::vendors::{CallError, CallErrorKind, ChangesQuery, Mirror};

/// A first copy is told of once it has more pages than this.
const WORTH_TELLING: usize = 2;

/// How often a sweep is begun anew because another process did.
const SWEEPS: usize = 3;

impl Session {
    /// Reads all changes; anew where another process has begun the copy anew meanwhile, and without the fields that nobody
    /// maps any more where the vendor refuses them.
    pub(super) async fn sweep(
        &self,
        mirror: Mirror,
        object: &'static str,
        fields: &[String],
    ) -> Result<(), CallError> {
        let account = self.frame.account;
        for _ in 0..SWEEPS {
            let wanted = fields.to_vec();
            let opened = self
                .file
                .call(move |store| store.open_mirror(account, object, &wanted))
                .await
                .map_err(|error| no_file(&error))?;
            let holds_more = opened.fields.len() > fields.len();
            match self.read_changes(mirror, object, opened).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) if holds_more && matches!(error.kind, CallErrorKind::Refused { .. }) => {
                    self.file
                        .call(move |store| store.forget_mirror(account, object))
                        .await
                        .map_err(|error| no_file(&error))?;
                }
                Err(error) => return Err(error),
            }
        }
        Err(unavailable(
            "other processes keep beginning the copy of the records anew",
        ))
    }

    /// Reads page after page; false: the copy is another one by now.
    async fn read_changes(
        &self,
        mirror: Mirror,
        object: &'static str,
        opened: OpenMirror,
    ) -> Result<bool, CallError> {
        let (account, generation) = (self.frame.account, opened.generation);
        let began = self.clock.now();
        let overlap = SignedDuration::try_from(mirror.overlap).unwrap_or(SignedDuration::ZERO);
        let mut query = ChangesQuery {
            object,
            fields: opened.fields,
            since: opened
                .since
                .and_then(|seen_to| seen_to.checked_sub(overlap).ok()),
            page: None,
        };
        let (mut seen, mut records) = (HashSet::new(), 0);
        loop {
            let page = self.vendor.changes(&query).await?;
            records += page.records.len();
            if seen.len() >= WORTH_TELLING {
                self.tell_of_copy(object, records);
            }
            let seen_to = page.records.iter().map(|changed| changed.changed).max();
            let kept = MirrorPage {
                records: page.records.into_iter().map(mirrored).collect(),
                removed: page.removed,
                seen_to,
                complete: page.next.is_none().then_some(began),
            };
            let is_ours = self
                .file
                .call(move |store| store.save_mirror_page(account, object, generation, &kept))
                .await
                .map_err(|error| no_file(&error))?;
            let Some(next) = page.next.filter(|_| is_ours) else {
                return Ok(is_ours);
            };
            if !seen.insert(next.clone()) {
                return Err(unavailable("the vendor's pages do not end"));
            }
            query.page = Some(next);
            if self.stopped() {
                return Err(unavailable("the run ended before its turn"));
            }
        }
    }

    fn tell_of_copy(&self, object: &str, records: usize) {
        let title = self.vendor.info().title;
        self.reporter.report(SyncEvent::Reading {
            message: format!("Copying {title}'s {object} records: {records} so far"),
            at: None,
        });
    }
}
