//! Persons and companies that are joined again.

use serde_json::json;

use super::super::plan::Item;
use super::Carrying;
use super::carried::Kept;
use crate::domain::failure::Phase;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::send::answered;
use crate::store::{ChangeKind, StoreError, Subject};
use crate::vendors::{LinkAnswer, LinkEnd};

impl Carrying<'_> {
    /// Joins persons and companies, so many pairs at once. Joining what is joined is harmless.
    pub(super) async fn link(
        &mut self,
        items: &[Item],
        size: Option<usize>,
    ) -> Result<(), StoreError> {
        let Some(size) = size else {
            return Ok(());
        };
        for chunk in items.chunks(size.max(1)) {
            if self.session.stopped() {
                return Ok(());
            }
            self.link_chunk(chunk).await?;
        }
        Ok(())
    }

    async fn link_chunk(&mut self, items: &[Item]) -> Result<(), StoreError> {
        let pairs: Vec<(String, String)> = items.iter().map(|item| self.pair(item)).collect();
        let subjects = pairs.iter();
        let subjects = subjects.map(|(person, _)| Subject::putting_back(person));
        let person = self.session.plan.create_person;
        let id = self
            .write_ahead(Phase::Association, "link", person, subjects.collect())
            .await?;
        let mut kept = Kept::default();
        match self.session.vendor.link(&pairs).await {
            Ok(LinkAnswer { pairs: ends, call }) => {
                kept.commit.answered.push(answered(id, Some(&call)));
                for ((item, pair), end) in items.iter().zip(&pairs).zip(ends) {
                    match end {
                        LinkEnd::Done => self.joined_again(item, pair, &mut kept),
                        LinkEnd::Gone(failure) | LinkEnd::Refused(failure) => {
                            self.stays(&item.change, failure.message);
                        }
                    }
                }
            }
            Err(error) => {
                let call = error.call.as_deref();
                kept.commit.answered.push(answered(id, call));
                let why = self.blame(&error);
                for item in items {
                    self.stays(&item.change, why.clone());
                }
            }
        }
        self.keep(kept, items.len()).await
    }

    /// The person and the company, by the ids they go by now.
    fn pair(&self, item: &Item) -> (String, String) {
        let before = item.change.before.as_ref();
        let company = before.and_then(|before| before["company"].as_str());
        let remade = &self.carried.remade;
        let order = &self.session.plan;
        let of_company = order.create_company.unwrap_or_default();
        (
            remade.current(&item.change.object, &item.change.remote_id),
            remade.current(of_company, company.unwrap_or_default()),
        )
    }

    fn joined_again(&mut self, item: &Item, pair: &(String, String), kept: &mut Kept) {
        let (person, company) = pair;
        let object = &item.change.object;
        self.carried.links += 1;
        let note = Some("joined again".to_owned());
        let entry = PhaseEntry {
            action: Some(PhaseAction::Link),
            remote_id: Some(company.clone()),
            object: Some(object.clone()),
            ..PhaseEntry::local(Phase::Association, true, note)
        };
        kept.done(&mut self.carried, item, &entry);
        let after = json!({ "company": company });
        kept.changed(ChangeKind::Linked, object, person, None, after);
    }
}
