//! Carrying out: what was made last goes first, and each answer is kept with everything it means.

mod carried;
mod join;
mod leave;
mod link;
mod put_back;
mod recall;
mod remake;
mod remove;
mod settle;
mod take_away;
mod unlink;

use super::decide::left;
use super::look::link_field;
use super::plan::{PutBack, Remake, Removal, UndoPlan};
use crate::domain::failure::Phase;
use crate::domain::ids::CallId;
use crate::domain::lead::Role;
use crate::engine::fault::Fault;
use crate::engine::session::Session;
use crate::store::{NewCall, StoreError, StoredChange, Subject, UndoneRun};
use crate::vendors::CallError;
pub(super) use carried::Carried;
use carried::Kept;

/// Carries a plan out.
pub(super) async fn carry_out(
    session: &Session,
    of: &UndoneRun,
    plan: UndoPlan,
) -> Result<Carried, StoreError> {
    let mut carrying = Carrying {
        session,
        of,
        carried: Carried {
            remade: plan.remade.clone(),
            ..Carried::default()
        },
    };
    carrying.out(plan).await?;
    Ok(carrying.carried)
}

/// An undo on its way.
struct Carrying<'a> {
    session: &'a Session,
    of: &'a UndoneRun,
    carried: Carried,
}

impl Carrying<'_> {
    async fn out(&mut self, plan: UndoPlan) -> Result<(), StoreError> {
        let vendor = self.session.vendor.undoing();
        let (companies, persons): (Vec<Remake>, Vec<Remake>) = plan
            .remakes
            .into_iter()
            .partition(|step| step.info.role == Role::Company);
        self.settle(&plan.settled).await?;
        let joins = self.leave(plan.members).await?;
        self.recall(&plan.recalls, vendor.activities).await?;
        self.unlink(&plan.unlinks, vendor.links).await?;
        // A person may be put back under a company that is made again.
        self.remake(companies).await?;
        for role in [Role::Persona, Role::Company] {
            let removals = plan.removals.iter();
            let removals: Vec<&Removal> = removals.filter(|step| step.info.role == role).collect();
            self.remove(removals).await?;
            let steps: Vec<PutBack> = plan
                .put_back
                .iter()
                .filter(|step| step.info.role == role)
                .map(|step| self.under_the_new(step))
                .collect();
            self.put_back(steps).await?;
        }
        self.remake(persons).await?;
        self.link(&plan.links, vendor.links).await?;
        self.join(joins).await
    }

    /// A person goes back under a company that was made again by its new id.
    fn under_the_new(&self, step: &PutBack) -> PutBack {
        let mut step = step.clone();
        let order = &self.session.plan;
        if let (Some(field), Some(company)) = (link_field(&order.link), order.create_company) {
            let sent = step.values.get_mut(field);
            for value in sent.into_iter().chain(step.then.get_mut(field)) {
                *value = self.carried.remade.follow(company, value);
            }
        }
        step
    }

    /// Writes a request down before it leaves.
    async fn write_ahead(
        &self,
        phase: Phase,
        operation: &'static str,
        object: &str,
        subjects: Vec<Subject>,
    ) -> Result<CallId, StoreError> {
        write_ahead(self.session, phase, operation, object, subjects).await
    }

    /// Keeps what an answer brought, in one transaction.
    async fn keep(&self, kept: Kept, steps: usize) -> Result<(), StoreError> {
        let session = self.session;
        let (frame, of, now) = (session.frame, self.of.clone(), session.clock.now());
        session
            .store
            .call(move |store| store.commit_undo(&frame, &of, &kept.commit, &kept.undo, now))
            .await?;
        session.count(|tally| tally.cleared += steps as u64);
        session.show_progress();
        Ok(())
    }

    /// A change that stays as it is after all.
    fn stays(&mut self, change: &StoredChange, why: impl Into<String>) {
        self.carried.left.push(left(change, None, why, None));
    }

    /// Why what a request was about stays, where it failed as a whole; ends the run where that is nobody's fault.
    fn blame(&self, error: &CallError) -> String {
        match self.session.fault(error) {
            Fault::Refused(failure) => failure.message,
            Fault::Nobodys { message, .. } => message,
        }
    }
}

/// Writes a request down before it leaves. All of an undo but the making of records again may be repeated.
async fn write_ahead(
    session: &Session,
    phase: Phase,
    operation: &'static str,
    object: &str,
    subjects: Vec<Subject>,
) -> Result<CallId, StoreError> {
    let call = NewCall {
        run: session.frame.run,
        claim: session.claim,
        account: session.frame.account,
        phase,
        operation,
        object: object.to_owned(),
        repeatable: true,
        subjects,
    };
    let now = session.clock.now();
    session
        .store
        .call(move |store| store.record_call(&call, now))
        .await
}
