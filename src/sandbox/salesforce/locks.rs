//! Rows that are locked: by an admin for a test, or by another request under way (fact sheet: "writes lock
//! parents").

use std::collections::{HashMap, HashSet};

use super::errors::ApiError;

struct Planned {
    /// An id of 18 characters, or `*`.
    parent: String,
    writes: u64,
    hit: bool,
}

#[derive(Default)]
pub(super) struct Locks {
    planned: Vec<Planned>,
    /// What requests under way hold, by their number.
    held: HashMap<u64, HashSet<String>>,
    /// What they found locked when they came.
    denied: HashMap<u64, HashSet<String>>,
    /// The request being served.
    current: u64,
}

impl Locks {
    /// The next `writes` requests that touch `parent` find it locked.
    pub(super) fn plan(&mut self, parent: String, writes: u64) {
        self.planned.retain(|plan| plan.parent != parent);
        self.planned.push(Planned {
            parent,
            writes,
            hit: false,
        });
    }

    /// A request came that will write below these parents.
    pub(super) fn arrive(&mut self, number: u64, parents: &HashSet<String>) {
        let taken: HashSet<&String> = self.held.values().flatten().collect();
        let (denied, held): (HashSet<String>, HashSet<String>) = parents
            .iter()
            .cloned()
            .partition(|parent| taken.contains(parent));
        self.held.insert(number, held);
        self.denied.insert(number, denied);
    }

    pub(super) fn leave(&mut self, number: u64) {
        self.held.remove(&number);
        self.denied.remove(&number);
    }

    pub(super) fn serve(&mut self, number: u64) {
        self.current = number;
    }

    /// Whether one record may be written.
    pub(super) fn check(&mut self, parents: &[String]) -> Result<(), Box<ApiError>> {
        for parent in parents {
            let plan = self
                .planned
                .iter_mut()
                .find(|plan| plan.writes > 0 && (plan.parent == "*" || plan.parent == *parent));
            if let Some(plan) = plan {
                plan.hit = true;
                return Err(ApiError::locked(parent));
            }
            if self
                .denied
                .get(&self.current)
                .is_some_and(|denied| denied.contains(parent))
            {
                return Err(ApiError::locked(parent));
            }
        }
        Ok(())
    }

    /// The request (or subrequest) is over: planned locks it ran into count one down.
    pub(super) fn settle(&mut self) {
        for plan in self.planned.iter_mut().filter(|plan| plan.hit) {
            plan.writes -= 1;
            plan.hit = false;
        }
        self.planned.retain(|plan| plan.writes > 0);
    }
}
