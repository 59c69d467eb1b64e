//! What was carried out, and what of it one answer brings into the file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::leaving::Leaving;
use super::super::plan::Item;
use super::super::remade::Remade;
use super::super::{Left, UndoSummary};
use crate::domain::ids::LeadId;
use crate::domain::run::PhaseEntry;
use crate::store::{AnsweredCall, ChangeKind, Commit, RecordChange, UndoCommit};

/// What was carried out.
#[derive(Debug, Default)]
pub(in crate::engine::undo) struct Carried {
    pub(super) removed: u64,
    pub(super) made_again: u64,
    pub(super) memberships: u64,
    pub(super) activities: u64,
    pub(super) links: u64,
    pub(super) leads: BTreeSet<LeadId>,
    pub(super) by_field: BTreeMap<String, u64>,
    pub(super) left: Vec<Left>,
    /// Who belongs to a company no more.
    pub(super) leaving: Leaving,
    /// Records made again, now or before.
    pub(super) remade: Remade,
}

impl Carried {
    /// One field more that holds what it held before.
    pub(super) fn put_back(&mut self, object: &str, field: &str) {
        let field = format!("{object}.{field}");
        *self.by_field.entry(field).or_default() += 1;
    }

    /// Puts what was done in the place of what was meant.
    pub(in crate::engine::undo) fn tell(&self, summary: &mut UndoSummary) {
        summary.removed = self.removed;
        summary.remade = self.made_again;
        summary.memberships = self.memberships;
        summary.activities = self.activities;
        summary.links = self.links;
        summary.leads = self.leads.len() as u64;
        summary.by_field.clone_from(&self.by_field);
        summary.restored = self.by_field.values().sum();
        summary.left.extend(self.left.iter().cloned());
        summary.left.sort();
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
