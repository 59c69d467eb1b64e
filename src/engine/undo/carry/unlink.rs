//! Persons and companies that are taken apart.

use super::super::plan::Item;
use super::Carrying;
use super::take_away::{Departure, Way, goings};
use crate::store::{ChangeKind, StoreError};

impl Carrying<'_> {
    /// Takes persons and companies apart, so many pairs at once.
    pub(super) async fn unlink(
        &mut self,
        items: &[Item],
        size: Option<usize>,
    ) -> Result<(), StoreError> {
        let (Some(first), Some(size)) = (items.first(), size) else {
            return Ok(());
        };
        let departure = Departure {
            kind: ChangeKind::Unlinked,
            size,
            way: Way::Unlink {
                object: first.change.object.clone(),
            },
        };
        let items: Vec<&Item> = items.iter().collect();
        let order = &self.session.plan;
        let of_company = order.create_company.unwrap_or_default();
        let mut things = goings(&items, order.create_person);
        for thing in &mut things {
            let company = thing.other.iter_mut();
            company.for_each(|id| *id = self.carried.remade.current(of_company, id));
        }
        let pairs = things.clone();
        self.take_away(&departure, things, &items, |index, carried, _| {
            carried.links += 1;
            let company = pairs[index].other.as_deref();
            let company = company.unwrap_or_default();
            carried.leaving.apart(&pairs[index].id, company);
        })
        .await
    }
}
