//! Records that go: those the run made.

use std::collections::BTreeMap;

use super::super::plan::{Item, Removal};
use super::Carrying;
use super::take_away::{Departure, Way, goings};
use crate::domain::failure::Phase;
use crate::domain::lead::Role;
use crate::store::{ChangeKind, StoreError};

impl Carrying<'_> {
    /// Removes records, all of them persons or all of them companies.
    pub(super) async fn remove(&mut self, steps: Vec<&Removal>) -> Result<(), StoreError> {
        let mut objects: BTreeMap<&'static str, Vec<&Removal>> = BTreeMap::new();
        for step in steps {
            // A company whose persons stayed after all stays too.
            let company = &step.item.change.remote_id;
            let leaving = &self.carried.leaving;
            let mut under = step.under.iter();
            if under.all(|person| leaving.leaves(person, company)) {
                objects.entry(step.info.key).or_default().push(step);
            } else {
                self.stays(&step.item.change, "a person who belongs to it stays");
            }
        }
        for (object, steps) in objects {
            self.remove_of(object, &steps).await?;
        }
        Ok(())
    }

    async fn remove_of(
        &mut self,
        object: &'static str,
        steps: &[&Removal],
    ) -> Result<(), StoreError> {
        let Some(removable) = self.session.vendor.undoing().object(object) else {
            return Ok(());
        };
        let phase = match steps[0].info.role {
            Role::Company => Phase::Company,
            Role::Persona => Phase::Person,
        };
        let departure = Departure {
            kind: ChangeKind::Removed,
            size: removable.rows,
            way: Way::Remove { phase, object },
        };
        let items: Vec<&Item> = steps.iter().map(|step| &step.item).collect();
        let things = goings(&items, object);
        self.take_away(&departure, things, &items, |index, carried, undo| {
            let id = &items[index].change.remote_id;
            carried.removed += 1;
            carried.leaving.gone(id);
            undo.gone.push((object.to_owned(), id.clone()));
        })
        .await
    }
}
