//! What an undo would do, step by step, and what it comes to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::decide;
use super::remade::Remade;
use super::{Left, UndoSummary};
use crate::domain::ids::{LeadId, RunId};
use crate::store::{ChangeKind, StoredChange, UndoneRun};
use crate::vendors::{Member, ObjectInfo, RemoteCampaign, Undoing, Values};

/// A change of the run with the leads it was made for.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) change: StoredChange,
    pub(super) leads: BTreeSet<LeadId>,
    /// A request of an earlier undo of the run was about it: what it did may be done.
    pub(super) sent: bool,
    /// Fields that earlier undos of the run are known to have put back.
    pub(super) put_back: BTreeSet<String>,
    /// Fields that later runs wrote, each with the last of them.
    pub(super) later: HashMap<String, RunId>,
    /// Leads that this run did not bring hang on it.
    pub(super) stranger: bool,
    /// When something of ours last changed it without writing to it: the run joined it to another record, or an earlier undo
    /// that found it untouched began to remove it.
    pub(super) moved: Option<Timestamp>,
    /// When runs of ours last wrote to it; only of records the run made.
    pub(super) written: Option<Timestamp>,
}

impl Item {
    pub(super) fn key(&self) -> (String, String) {
        (self.change.object.clone(), self.change.remote_id.clone())
    }

    /// The later run that wrote a field, as people read it.
    pub(super) fn later_by(&self, field: &str) -> Option<String> {
        self.later.get(field).map(|run| format!("run {run}"))
    }
}

/// What is as it was before already.
#[derive(Clone)]
pub(super) struct Settled {
    pub(super) item: Item,
    /// Fields a lost request put back: what they held, and hold.
    pub(super) now: Map<String, Value>,
    pub(super) then: Map<String, Value>,
    /// Whether nothing of the change stays.
    pub(super) whole: bool,
}

impl From<Item> for Settled {
    fn from(item: Item) -> Self {
        Self {
            item,
            now: Map::new(),
            then: Map::new(),
            whole: true,
        }
    }
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
    /// It is so already, by a request whose answer was lost.
    pub(super) found: Option<Member>,
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
    pub(super) settled: Vec<Settled>,
    /// Records that were made again before.
    pub(super) remade: Remade,
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
            .chain(self.settled.iter().map(|step| &step.item))
    }

    /// The records that would go.
    pub(super) fn going(&self) -> Vec<(String, String)> {
        self.removals.iter().map(|step| step.item.key()).collect()
    }

    /// Each record with what later runs are known to have written to it.
    pub(super) fn known_later(&self) -> HashMap<(String, String), HashMap<String, RunId>> {
        self.items()
            .map(|item| (item.key(), item.later.clone()))
            .collect()
    }

    pub(super) fn leads(&self) -> BTreeSet<LeadId> {
        self.items()
            .flat_map(|item| item.leads.iter().copied())
            .collect()
    }

    /// Leads another run has in hand stay out of it.
    pub(super) fn leave_to_others(&mut self, held: &BTreeSet<LeadId>) {
        if !held.is_empty() {
            let why = "another run is at work on its lead";
            self.leave_where(why, |item| !item.leads.is_disjoint(held));
        }
    }

    /// What another run wrote to since it was looked at stays out of it.
    pub(super) fn leave_overtaken(&mut self, records: &HashSet<(String, String)>) {
        if !records.is_empty() {
            let why = "another run has just written to it; the same undo again looks at it anew";
            self.leave_where(why, |item| records.contains(&item.key()));
        }
    }

    fn leave_where(&mut self, why: &str, stays: impl Fn(&Item) -> bool) {
        let mut left = Vec::new();
        let mut goes_on = |item: &Item| {
            let stays = stays(item);
            if stays {
                left.push(decide::left(&item.change, None, why, None));
            }
            !stays
        };
        self.put_back.retain(|step| goes_on(&step.item));
        self.removals.retain(|step| goes_on(&step.item));
        self.remakes.retain(|step| goes_on(&step.item));
        self.members.retain(|step| goes_on(&step.item));
        self.settled.retain(|step| goes_on(&step.item));
        for items in [&mut self.recalls, &mut self.unlinks, &mut self.links] {
            items.retain(&mut goes_on);
        }
        self.left.extend(left);
    }

    /// What it would come to.
    #[must_use]
    pub fn summary(&self, of: &UndoneRun) -> UndoSummary {
        let mut by_field: BTreeMap<String, u64> = BTreeMap::new();
        let put_back = self.put_back.iter().map(|step| (&step.item, &step.then));
        let found = self.settled.iter().map(|step| (&step.item, &step.then));
        for (item, then) in put_back.chain(found) {
            for field in then.keys() {
                let field = format!("{}.{field}", item.change.object);
                *by_field.entry(field).or_default() += 1;
            }
        }
        // What a lost request did is told with what this undo does: it is kept as its doing.
        let found = |kind: ChangeKind| {
            let settled = self.settled.iter().filter(|step| step.whole);
            settled
                .filter(|step| step.item.sent && step.item.change.kind == kind)
                .count()
        };
        UndoSummary {
            run: None,
            undone: Some(of.run),
            restored: by_field.values().sum(),
            removed: (self.removals.len() + found(ChangeKind::Created)) as u64,
            remade: self.remakes.len() as u64,
            memberships: (self.members.len() + found(ChangeKind::Joined)) as u64,
            activities: self.recalls.len() as u64,
            links: (self.unlinks.len() + self.links.len()) as u64,
            leads: self.leads().len() as u64,
            left: self.left.clone(),
            impossible: self.impossible.clone(),
            holds: of.holds,
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
        let members = self.members.iter();
        let members = members.filter(|step| step.found.is_none()).count();
        calls += batches(members, undoing.members.unwrap_or(100));
        calls += batches(self.recalls.len(), undoing.activities.unwrap_or(1));
        calls += batches(
            self.unlinks.len() + self.links.len(),
            undoing.links.unwrap_or(1),
        );
        calls as u64
    }
}
