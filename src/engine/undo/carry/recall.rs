//! Activities that go.

use super::super::plan::Item;
use super::Carrying;
use super::take_away::{Departure, Way, goings};
use crate::domain::failure::Phase;
use crate::store::{ChangeKind, StoreError};

impl Carrying<'_> {
    /// Takes activities away, so many at once.
    pub(super) async fn recall(
        &mut self,
        items: &[Item],
        size: Option<usize>,
    ) -> Result<(), StoreError> {
        let (Some(info), Some(size)) = (self.session.vendor.info().activities, size) else {
            return Ok(());
        };
        let departure = Departure {
            kind: ChangeKind::Removed,
            size,
            way: Way::Remove {
                phase: Phase::Activity,
                object: info.object,
            },
        };
        let items: Vec<&Item> = items.iter().collect();
        let things = goings(&items, info.object);
        self.take_away(&departure, things, &items, |index, carried, undo| {
            carried.activities += 1;
            let marker = items[index].change.after["activity"].as_str();
            undo.recalled.extend(marker.map(str::to_owned));
        })
        .await
    }
}
