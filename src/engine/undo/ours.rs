//! What a run itself did with records after it made them: its own doing is nobody else's.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::gather::{Key, owner};
use crate::domain::ids::{LeadId, RunId};
use crate::store::{ChangeKind, Store, StoreError, StoredChange};

/// What was done with one record.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OurPart {
    /// How long after its making the run wrote to it, or to what hangs on it. Between two moments of our clock: the vendor's
    /// is another one.
    pub(super) written_for: SignedDuration,
    /// Activities the run sent of its leads.
    pub(super) activities: u64,
}

/// What was done with all of them.
#[derive(Default)]
pub(super) struct Ours {
    /// What the fields of each hold by the doing of the run, and of the undos of it.
    images: HashMap<Key, Map<String, Value>>,
    /// When the run last did something to it, or to what hangs on it.
    last: HashMap<Key, Timestamp>,
    /// The same of the records of each lead: what is done to a person may show in the company.
    last_of_lead: HashMap<LeadId, Timestamp>,
    /// The activities the run sent of each lead.
    activities: HashMap<LeadId, Vec<String>>,
}

impl Ours {
    pub(super) fn read(store: &Store, run: RunId) -> Result<Self, StoreError> {
        let mut ours = Self::default();
        for one in store.undo_chain(run)? {
            for change in store.changes_of(one)? {
                ours.wrote(&change);
                if one == run {
                    let last = ours.last.entry(owner(&change)).or_insert(change.at);
                    *last = change.at.max(*last);
                }
            }
        }
        Ok(ours)
    }

    fn wrote(&mut self, change: &StoredChange) {
        let key = (change.object.clone(), change.remote_id.clone());
        if let (ChangeKind::Created | ChangeKind::Updated, Value::Object(after)) =
            (change.kind, &change.after)
        {
            self.images.entry(key).or_default().extend(after.clone());
        }
    }

    /// A record the run made for one lead and changed for another is one change: it was not there before, and it holds what
    /// was written last. Returns the records of which there were two.
    pub(super) fn make_whole(&self, changes: &mut Vec<StoredChange>) -> HashSet<Key> {
        let key = |change: &StoredChange| (change.object.clone(), change.remote_id.clone());
        let created = changes.iter_mut();
        let created = created.filter(|change| change.kind == ChangeKind::Created);
        let made: HashSet<Key> = created
            .map(|change| {
                if let Some(image) = self.images.get(&key(change)) {
                    change.after = image.clone().into();
                }
                key(change)
            })
            .collect();
        let mut two = HashSet::new();
        changes.retain(|change| {
            let is_part = change.kind == ChangeKind::Updated && made.contains(&key(change));
            if is_part {
                two.insert(key(change));
            }
            !is_part
        });
        two
    }

    /// Notes whose leads' a change of the run is.
    pub(super) fn is_of(&mut self, change: &StoredChange, leads: &BTreeSet<LeadId>) {
        let last = self.last.get(&owner(change)).copied().unwrap_or(change.at);
        let is_activity =
            change.kind == ChangeKind::Created && change.after["activity"].is_string();
        for lead in leads {
            let of_lead = self.last_of_lead.entry(*lead).or_insert(last);
            *of_lead = last.max(*of_lead);
            if is_activity {
                let activities = self.activities.entry(*lead).or_default();
                activities.push(change.remote_id.clone());
            }
        }
    }

    /// All activities the run sent.
    pub(super) fn activities(&self) -> Vec<String> {
        self.activities.values().flatten().cloned().collect()
    }

    /// What was done with the record of a change.
    pub(super) fn part(&self, change: &StoredChange, leads: &BTreeSet<LeadId>) -> OurPart {
        let of_leads = leads.iter().filter_map(|lead| self.last_of_lead.get(lead));
        let key = (change.object.clone(), change.remote_id.clone());
        let last = of_leads.chain(self.last.get(&key)).max();
        let span = last.map(|last| last.duration_since(change.at));
        let activities = leads.iter().filter_map(|lead| self.activities.get(lead));
        OurPart {
            written_for: span.unwrap_or_default().max(SignedDuration::ZERO),
            activities: activities.map(|sent| sent.len() as u64).sum(),
        }
    }
}
