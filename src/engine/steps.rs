//! A phase in which one lead may take several steps (its campaigns, its activities): what they said, and the phase's end.

use super::session::Session;
use super::work::Work;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::store::Commit;

/// The end of one step.
pub(super) enum StepEnd {
    /// As it should be, or left as it is.
    Fine(PhaseEntry),
    /// Something was written.
    Written(PhaseEntry),
    Failed(PhaseEntry, Failure),
    Interrupted(PhaseEntry, Category, String),
}

impl From<PhaseEntry> for StepEnd {
    fn from(entry: PhaseEntry) -> Self {
        Self::Fine(entry)
    }
}

/// The steps of one lead in one phase.
#[derive(Default)]
pub(super) struct Steps {
    left: usize,
    entries: Vec<PhaseEntry>,
    failure: Option<Failure>,
    interruption: Option<(Category, String)>,
}

impl Steps {
    /// So many steps to take, beside those that need nothing done.
    pub(super) fn new(left: usize, entries: Vec<PhaseEntry>) -> Self {
        Self {
            left,
            entries,
            ..Self::default()
        }
    }

    /// Takes a step's end; whether something was written, and whether it was the last step.
    pub(super) fn take(&mut self, end: &StepEnd) -> (bool, bool) {
        let mut wrote = false;
        let (StepEnd::Fine(entry)
        | StepEnd::Written(entry)
        | StepEnd::Failed(entry, _)
        | StepEnd::Interrupted(entry, ..)) = end;
        self.entries.push(entry.clone());
        match end {
            StepEnd::Fine(_) => {}
            StepEnd::Written(_) => wrote = true,
            StepEnd::Failed(_, failure) => {
                self.failure.get_or_insert_with(|| failure.clone());
            }
            StepEnd::Interrupted(_, category, message) => {
                self.interruption
                    .get_or_insert_with(|| (*category, message.clone()));
            }
        }
        self.left = self.left.saturating_sub(1);
        (wrote, self.left == 0)
    }

    /// Logs the phase, the step that decided first, and ends the attempt where one of them asks for it; true: the lead goes
    /// on.
    pub(super) fn close(
        self,
        session: &Session,
        work: &mut Work,
        phase: Phase,
        commit: &mut Commit,
    ) -> bool {
        let mut entries = self.entries;
        entries.sort_by_key(|entry| (entry.ok, entry.action == Some(PhaseAction::Skip)));
        work.phases.extend(entries);
        match (self.interruption, self.failure) {
            // What nobody is to blame for is tried again, and the refusal will come again with it.
            (Some((category, message)), _) => work.interrupt(commit, category, message),
            (None, Some(failure)) => work.fail(session, commit, phase, failure),
            (None, None) => return true,
        }
        false
    }
}
