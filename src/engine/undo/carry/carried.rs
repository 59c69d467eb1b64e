//! What was carried out, and what of it one answer brings into the file.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Value, json};

use super::super::plan::Item;
use super::super::{Left, UndoSummary};
use crate::domain::ids::LeadId;
use crate::domain::run::PhaseEntry;
use crate::store::{AnsweredCall, ChangeKind, Commit, RecordChange, UndoCommit};

/// What was carried out.
#[derive(Debug, Default)]
pub(in crate::engine::undo) struct Carried {
    pub(super) removed: u64,
    pub(super) remade: u64,
    pub(super) memberships: u64,
    pub(super) activities: u64,
    pub(super) links: u64,
    pub(super) leads: BTreeSet<LeadId>,
    pub(super) by_field: BTreeMap<String, u64>,
    pub(super) left: Vec<Left>,
    /// Persons who are gone, or belong to their company no more: a company may go once all of its do.
    pub(super) gone: HashSet<String>,
    /// Records made again, by their old ids.
    pub(super) remade_as: HashMap<String, String>,
}

impl Carried {
    /// Puts what was done in the place of what was meant.
    pub(in crate::engine::undo) fn tell(&self, summary: &mut UndoSummary) {
        summary.removed = self.removed;
        summary.remade = self.remade;
        summary.memberships = self.memberships;
        summary.activities = self.activities;
        summary.links = self.links;
        summary.leads = self.leads.len() as u64;
        summary.by_field.clone_from(&self.by_field);
        summary.restored = self.by_field.values().sum();
        summary.left.extend(self.left.iter().cloned());
        summary.left.sort();
    }

    /// The id a record goes by now.
    pub(super) fn current(&self, id: &str) -> String {
        self.remade_as
            .get(id)
            .cloned()
            .unwrap_or_else(|| id.to_owned())
    }

    /// The company a value names, by its new id where it was made again.
    pub(super) fn follow(&self, value: &mut Value) {
        let old = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let Some(new) = self.remade_as.get(&old) else {
            return;
        };
        *value = match (&*value, new.parse::<i64>()) {
            (Value::Number(_), Ok(number)) => number.into(),
            _ => json!(new),
        };
    }
}

/// One answer on its way into the file.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) commit: Commit,
    pub(super) undo: UndoCommit,
}

impl Kept {
    /// What these calls brought home.
    pub(super) fn of(answered: Vec<AnsweredCall>) -> Self {
        Self {
            commit: Commit {
                answered,
                ..Commit::default()
            },
            undo: UndoCommit::default(),
        }
    }

    /// What was done is as if it had never been, for everybody concerned.
    pub(super) fn done(&mut self, carried: &mut Carried, item: &Item, entry: &PhaseEntry) {
        self.mark(item);
        self.concerns(carried, item, entry);
    }

    pub(super) fn mark(&mut self, item: &Item) {
        let change = &item.change;
        self.undo
            .done
            .push((change.object.clone(), change.remote_id.clone(), change.kind));
    }

    pub(super) fn concerns(&mut self, carried: &mut Carried, item: &Item, entry: &PhaseEntry) {
        carried.leads.extend(item.leads.iter().copied());
        self.undo
            .leads
            .extend(item.leads.iter().map(|lead| (*lead, entry.clone())));
    }

    /// What the undo itself did to a record: an undo of the undo starts from here.
    pub(super) fn changed(
        &mut self,
        kind: ChangeKind,
        object: &str,
        id: &str,
        before: Option<Value>,
        after: Value,
    ) {
        self.commit.changes.push(RecordChange {
            object: object.to_owned(),
            remote_id: id.to_owned(),
            kind,
            before,
            after,
        });
    }
}
