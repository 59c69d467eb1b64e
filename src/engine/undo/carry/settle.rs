//! What was as before already: nothing is sent for it.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::plan::{Item, Settled};
use super::Carrying;
use super::carried::Kept;
use crate::domain::failure::Phase;
use crate::domain::lead::Role;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::store::{ChangeKind, StoreError, StoredChange};

/// Items of one transaction.
const AT_ONCE: usize = 500;

impl Carrying<'_> {
    /// A request of ours whose answer was lost may have done it: then it is ours to remember.
    pub(super) async fn settle(&mut self, steps: &[Settled]) -> Result<(), StoreError> {
        for chunk in steps.chunks(AT_ONCE) {
            let mut kept = Kept::default();
            let mut gone: HashMap<&'static str, Vec<String>> = HashMap::new();
            for step in chunk {
                let change = &step.item.change;
                let (object, id) = (change.object.as_str(), &change.remote_id);
                if step.item.sent {
                    self.remember(step, &mut kept);
                }
                match (change.kind, self.session.object(object)) {
                    (ChangeKind::Created, Some(info)) if step.whole => {
                        self.carried.leaving.gone(id);
                        kept.undo.gone.push((object.to_owned(), id.clone()));
                        gone.entry(info.key).or_default().push(id.clone());
                    }
                    (ChangeKind::Joined, _) => kept.undo.left.extend(ended(change)),
                    _ => {}
                }
                self.as_before(step, &mut kept);
            }
            self.keep(kept, 0).await?;
            for (object, ids) in gone {
                self.session.removed(object, ids).await?;
            }
        }
        Ok(())
    }

    fn as_before(&mut self, step: &Settled, kept: &mut Kept) {
        let item = &step.item;
        let note = "as it was before already".to_owned();
        let entry = PhaseEntry {
            object: Some(item.change.object.clone()),
            remote_id: Some(item.change.remote_id.clone()),
            action: Some(PhaseAction::Skip),
            ..PhaseEntry::local(self.phase_of(item), true, Some(note))
        };
        if step.whole {
            kept.mark(item);
        }
        kept.concerns(&mut self.carried, item, &entry);
    }

    fn remember(&mut self, step: &Settled, kept: &mut Kept) {
        let change = &step.item.change;
        let (object, id) = (change.object.as_str(), change.remote_id.as_str());
        let after = Some(change.after.clone());
        for field in step.then.keys() {
            self.carried.put_back(object, field);
        }
        if !step.then.is_empty() {
            let (now, then) = (step.now.clone(), step.then.clone());
            let (now, then) = (Value::Object(now), Value::Object(then));
            kept.changed(ChangeKind::Updated, object, id, Some(now), then);
        }
        match change.kind {
            ChangeKind::Created if step.whole => {
                self.carried.removed += 1;
                kept.changed(ChangeKind::Removed, object, id, after, json!({}));
            }
            ChangeKind::Joined => {
                self.carried.memberships += 1;
                kept.changed(ChangeKind::Left, object, id, after, json!({}));
            }
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

/// The campaign and the person of a membership that began and is no more.
fn ended(change: &StoredChange) -> Option<(String, String)> {
    let text = |name: &str| change.after[name].as_str().map(str::to_owned);
    let began = change.before.is_none();
    text("campaign").zip(text("person")).filter(|_| began)
}
