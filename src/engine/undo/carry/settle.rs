//! What was as before already: nothing is sent for it.

use serde_json::json;

use super::super::plan::Item;
use super::Carrying;
use super::carried::Kept;
use crate::domain::failure::Phase;
use crate::domain::lead::Role;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::store::{ChangeKind, StoreError};

/// Items of one transaction.
const AT_ONCE: usize = 500;

impl Carrying<'_> {
    /// A request of ours whose answer was lost may have done it: then it is ours to remember.
    pub(super) async fn settle(&mut self, items: &[Item]) -> Result<(), StoreError> {
        for chunk in items.chunks(AT_ONCE) {
            let mut kept = Kept::default();
            for item in chunk {
                if item.sent {
                    self.remember(item, &mut kept);
                }
                let change = &item.change;
                if change.kind == ChangeKind::Created {
                    let gone = (change.object.clone(), change.remote_id.clone());
                    kept.undo.gone.push(gone);
                }
                let note = "as it was before already".to_owned();
                let entry = PhaseEntry {
                    object: Some(change.object.clone()),
                    remote_id: Some(change.remote_id.clone()),
                    action: Some(PhaseAction::Skip),
                    ..PhaseEntry::local(self.phase_of(item), true, Some(note))
                };
                kept.done(&mut self.carried, item, &entry);
            }
            self.keep(kept, 0).await?;
        }
        Ok(())
    }

    fn remember(&mut self, item: &Item, kept: &mut Kept) {
        let change = &item.change;
        let (object, id) = (change.object.as_str(), change.remote_id.as_str());
        let after = Some(change.after.clone());
        match change.kind {
            ChangeKind::Updated => {
                let before = change.before.clone().unwrap_or_default();
                kept.changed(ChangeKind::Updated, object, id, after, before);
            }
            ChangeKind::Created if self.session.object(object).is_some() => {
                self.carried.removed += 1;
                self.carried.gone.insert(id.to_owned());
                kept.changed(ChangeKind::Removed, object, id, after, json!({}));
            }
            ChangeKind::Joined => kept.changed(ChangeKind::Left, object, id, after, json!({})),
            _ => {}
        }
    }

    fn phase_of(&self, item: &Item) -> Phase {
        match (item.change.kind, self.session.object(&item.change.object)) {
            (ChangeKind::Joined | ChangeKind::Left, _) => Phase::Campaign,
            (ChangeKind::Linked | ChangeKind::Unlinked, _) => Phase::Association,
            (_, Some(info)) if info.role == Role::Company => Phase::Company,
            (_, Some(_)) => Phase::Person,
            (_, None) => Phase::Activity,
        }
    }
}
