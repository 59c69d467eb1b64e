//! The leads themselves: in a walk through all of them, or, of one event, one by one where that is fewer requests.

use std::collections::{BTreeMap, HashSet};

use super::{Pull, PullError, Stage, convert};
use crate::domain::ids::EventId;
use crate::sources::{Listing, SourceItem, SourceLead};
use crate::store::{PulledItems, PulledPage};

impl Pull<'_> {
    /// Whether everything was seen.
    pub(super) async fn leads(
        &mut self,
        events: &BTreeMap<String, EventId>,
    ) -> Result<bool, PullError> {
        let members = match (self.options.event, events.values().next()) {
            (Some(_), Some(event)) => Some(self.store.source_members(*event)?),
            _ => None,
        };
        let name = self.name(&Listing::Leads);
        let complete = match members {
            Some(members) if self.reads_singly(&members).await? => {
                self.single_leads(&name, &members).await?
            }
            members => {
                let members: Option<HashSet<String>> =
                    members.map(|members| members.into_iter().collect());
                self.all_leads(members.as_ref()).await?
            }
        };
        self.store.forget_walk(self.options.integration, &name)?;
        Ok(complete)
    }

    /// Whether so many single reads are fewer than the pages of all leads. Costs a request where it is not plain.
    async fn reads_singly(&mut self, members: &[String]) -> Result<bool, PullError> {
        if members.len() <= 1 {
            return Ok(true);
        }
        let first = self.page(&Listing::Leads, 0).await?;
        let pages = self.pages(first.total.unwrap_or(u64::MAX));
        Ok(members.len() as u64 <= pages)
    }

    async fn all_leads(&mut self, members: Option<&HashSet<String>>) -> Result<bool, PullError> {
        let since = self.options.since;
        let info = self.source.info();
        let mut untold = false;
        let wanted = |lead: &SourceLead| {
            members.is_none_or(|members| members.contains(&lead.id))
                && since.is_none_or(|since| lead.captured_at.is_none_or(|at| at >= since))
        };
        let complete = self
            .walk(&Listing::Leads, Stage::Leads, &mut |items| {
                let leads = items.into_iter().filter_map(|item| match item {
                    SourceItem::Lead(lead) if wanted(&lead) => {
                        untold |= lead.activities.is_none();
                        Some(convert::lead(info, *lead))
                    }
                    _ => None,
                });
                PulledItems::Leads(leads.collect())
            })
            .await?;
        self.untold |= untold;
        Ok(complete)
    }

    /// One request a lead; those read before an interruption are not read again.
    async fn single_leads(&mut self, name: &str, members: &[String]) -> Result<bool, PullError> {
        let (integration, info) = (self.options.integration, self.source.info());
        let (_, mut seen) = self.resume(name)?;
        self.report.resumed |= !seen.is_empty();
        for id in members {
            if !seen.insert(id.clone()) {
                continue;
            }
            self.report.requests += 1;
            let found = self.source.lead(id).await?;
            let since = self.options.since;
            let wanted = found.filter(|lead| {
                since.is_none_or(|since| lead.captured_at.is_none_or(|at| at >= since))
            });
            self.untold |= wanted
                .as_ref()
                .is_some_and(|lead| lead.activities.is_none());
            let done = self.store.take_page(
                &PulledPage {
                    integration,
                    run: self.options.run,
                    listing: name,
                    items: PulledItems::Leads(
                        wanted
                            .map(|lead| convert::lead(info, lead))
                            .into_iter()
                            .collect(),
                    ),
                    ids: vec![id.clone()],
                    state: Some(SINGLE.to_owned()),
                },
                self.clock.now(),
            )?;
            self.count(&done);
            self.tell_single(seen.len(), members.len());
        }
        Ok(true)
    }

    fn tell_single(&mut self, done: usize, total: usize) {
        #[allow(clippy::cast_precision_loss)] // an estimate
        let seconds = (total.saturating_sub(done)) as f64 * self.source.info().pace;
        (self.progress)(super::PullProgress {
            stage: Stage::Leads,
            part: None,
            done: done as u64,
            total: total as u64,
            seconds_left: seconds,
        });
    }
}

/// The state of a walk that reads single leads: what it has read is all there is to know.
const SINGLE: &str = r#"{"part":"through","page":0,"number":1,"total":null,"reached":0,"full":0,"moved":false,"backs":0}"#;
