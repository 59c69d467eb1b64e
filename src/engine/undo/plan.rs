//! What an undo would do, step by step, and what it comes to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::decide;
use super::{Left, UndoSummary};
use crate::domain::ids::LeadId;
use crate::store::{StoredChange, UndoneRun};
use crate::vendors::{Member, ObjectInfo, RemoteCampaign, Undoing, Values};

/// A change of the run with the leads it was made for.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) change: StoredChange,
    pub(super) leads: BTreeSet<LeadId>,
    /// A request of an undo was about it before: what it did may be done.
    pub(super) sent: bool,
}

/// Fields to be put back.
#[derive(Clone)]
pub(super) struct PutBack {
    pub(super) item: Item,
    pub(super) info: &'static ObjectInfo,
    /// What is sent.
    pub(super) values: Values,
    /// What the fields hold now, and what they will.
    pub(super) now: Map<String, Value>,
    pub(super) then: Map<String, Value>,
    /// Whether nothing of the change stays.
    pub(super) whole: bool,
}

/// A record to be removed.
#[derive(Clone)]
pub(super) struct Removal {
    pub(super) item: Item,
    pub(super) info: &'static ObjectInfo,
    /// The persons who belong to it, where it is a company.
    pub(super) under: Vec<String>,
}

/// A record to be made again.
#[derive(Clone)]
pub(super) struct Remake {
    pub(super) item: Item,
    pub(super) info: &'static ObjectInfo,
}

/// A membership: to end, to have an earlier status, or to be made again.
#[derive(Debug, Clone)]
pub(super) struct MemberStep {
    pub(super) item: Item,
    pub(super) campaign: RemoteCampaign,
    pub(super) object: &'static str,
    pub(super) person: String,
    pub(super) member: Option<Member>,
    /// The status to have; `None`: no membership at all.
    pub(super) to: Option<Option<String>>,
}

/// What an undo would do.
#[derive(Default)]
pub struct UndoPlan {
    pub(super) put_back: Vec<PutBack>,
    pub(super) removals: Vec<Removal>,
    pub(super) remakes: Vec<Remake>,
    pub(super) members: Vec<MemberStep>,
    pub(super) recalls: Vec<Item>,
    pub(super) unlinks: Vec<Item>,
    pub(super) links: Vec<Item>,
    /// As they were already: only to be marked.
    pub(super) settled: Vec<Item>,
    pub(super) left: Vec<Left>,
    pub(super) impossible: Vec<Left>,
}

impl UndoPlan {
    /// Whether nothing would change, here or there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps() == 0 && self.settled.is_empty()
    }

    pub(super) fn steps(&self) -> u64 {
        let steps = self.put_back.len()
            + self.removals.len()
            + self.remakes.len()
            + self.members.len()
            + self.recalls.len()
            + self.unlinks.len()
            + self.links.len();
        steps as u64
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        (self.put_back.iter().map(|step| &step.item))
            .chain(self.removals.iter().map(|step| &step.item))
            .chain(self.remakes.iter().map(|step| &step.item))
            .chain(self.members.iter().map(|step| &step.item))
            .chain(&self.recalls)
            .chain(&self.unlinks)
            .chain(&self.links)
            .chain(&self.settled)
    }

    pub(super) fn leads(&self) -> BTreeSet<LeadId> {
        self.items()
            .flat_map(|item| item.leads.iter().copied())
            .collect()
    }

    /// Leads another run has in hand stay out of it.
    pub(super) fn leave_to_others(&mut self, held: &BTreeSet<LeadId>) {
        if held.is_empty() {
            return;
        }
        let mut left = Vec::new();
        let mut free = |item: &Item| {
            let is_free = item.leads.is_disjoint(held);
            if !is_free {
                left.push(decide::left(
                    &item.change,
                    None,
                    "another run is at work on its lead",
                    None,
                ));
            }
            is_free
        };
        self.put_back.retain(|step| free(&step.item));
        self.removals.retain(|step| free(&step.item));
        self.remakes.retain(|step| free(&step.item));
        self.members.retain(|step| free(&step.item));
        for items in [
            &mut self.recalls,
            &mut self.unlinks,
            &mut self.links,
            &mut self.settled,
        ] {
            items.retain(&mut free);
        }
        self.left.extend(left);
    }

    /// What it would come to.
    #[must_use]
    pub fn summary(&self, of: &UndoneRun) -> UndoSummary {
        let mut by_field: BTreeMap<String, u64> = BTreeMap::new();
        for step in &self.put_back {
            for field in step.then.keys() {
                *by_field
                    .entry(format!("{}.{field}", step.item.change.object))
                    .or_default() += 1;
            }
        }
        UndoSummary {
            run: None,
            undone: Some(of.run),
            restored: by_field.values().sum(),
            removed: self.removals.len() as u64,
            remade: self.remakes.len() as u64,
            memberships: self.members.len() as u64,
            activities: self.recalls.len() as u64,
            links: (self.unlinks.len() + self.links.len()) as u64,
            leads: self.leads().len() as u64,
            left: self.left.clone(),
            impossible: self.impossible.clone(),
            by_field,
            ..UndoSummary::default()
        }
    }

    /// How many requests it would take at least, by the vendor's batches.
    #[must_use]
    pub fn calls(&self, undoing: &Undoing) -> u64 {
        let batches = |count: usize, rows: usize| count.div_ceil(rows.max(1));
        let mut calls = 0;
        let mut updates: HashMap<&str, (usize, usize)> = HashMap::new();
        for step in &self.put_back {
            let rows = step.info.update.map_or(1, |batching| batching.rows);
            updates.entry(step.info.key).or_insert((0, rows)).0 += 1;
        }
        for step in &self.remakes {
            let rows = step.info.create.map_or(1, |batching| batching.rows);
            updates.entry(step.info.key).or_insert((0, rows)).0 += 1;
        }
        calls += updates
            .values()
            .map(|(count, rows)| batches(*count, *rows))
            .sum::<usize>();
        let mut removals: HashMap<&str, usize> = HashMap::new();
        for step in &self.removals {
            *removals.entry(step.info.key).or_default() += 1;
        }
        for (object, count) in removals {
            let rows = undoing.object(object).map_or(1, |known| known.rows);
            calls += batches(count, rows);
        }
        let members = undoing.members.unwrap_or(100);
        calls += batches(self.members.len(), members);
        calls += batches(self.recalls.len(), undoing.activities.unwrap_or(1));
        calls += batches(
            self.unlinks.len() + self.links.len(),
            undoing.links.unwrap_or(1),
        );
        calls as u64
    }
}
