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
        let things = goings(&items, self.session.plan.create_person);
        self.take_away(&departure, things, &items, |index, carried, _| {
            carried.links += 1;
            carried.gone.insert(items[index].change.remote_id.clone());
        })
        .await
    }
}
