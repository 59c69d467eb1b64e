//! What an answer makes of a person: there, refused, or round again.

use std::sync::Arc;

use super::{InFlight, Lesson};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::association;
use crate::engine::companies::CompanyEnd;
use crate::engine::send::{RowEnd, Sendable};
use crate::engine::session::{Session, Settle};
use crate::engine::verdicts::{change_of, no_verdict};
use crate::engine::work::{Work, refused, written};
use crate::store::{Commit, RemoteLink, Subject};
use crate::vendors::{CallTrace, Change, Verdict};

/// Takes a row's answer; true: the lead goes round again.
#[allow(clippy::too_many_arguments)] // one row's whole story, told once
pub(super) fn take_end(
    session: &Session,
    work: &mut Work,
    flight: &InFlight,
    row: &Sendable,
    end: RowEnd,
    call: Option<&CallTrace>,
    lesson: &mut Lesson,
    commit: &mut Commit,
) -> bool {
    let object = session.plan.create_person;
    let create = row.row.change.is_create();
    let action = if create {
        PhaseAction::Create
    } else {
        PhaseAction::Update
    };
    let sent = || serde_json::to_value(row.row.change.values()).unwrap_or_default();
    match end {
        RowEnd::Answered(answer) => match answer.verdict.clone() {
            Verdict::Done { id, stored } => {
                for (field, effect) in &flight.plan.effects {
                    session.count(|tally| tally.effect(field, *effect));
                }
                work.phases.push(written(
                    Phase::Person,
                    action,
                    object,
                    Some(id.clone()),
                    &answer,
                    call,
                    true,
                ));
                work.created |= create;
                work.changed |= !create;
                commit.changes.push(change_of(
                    object,
                    &id,
                    &flight.plan,
                    create,
                    stored.as_ref(),
                ));
                if flight.linked {
                    log_inline_link(session, work, commit);
                }
                let ours = work.created;
                landed(session, work, object, &id, ours, commit);
            }
            Verdict::Exists { id } if session.settle == Some(Settle::Create) => {
                // Somebody asked for a new record, and the vendor will not have a second of this key.
                let message =
                    format!("the vendor refuses a second record: {id} has the same unique value");
                let mut failure =
                    Failure::new(Category::DuplicateRecord, message).on_object(object);
                failure.candidates = vec![id];
                work.phases.push(written(
                    Phase::Person,
                    action,
                    object,
                    None,
                    &answer,
                    call,
                    false,
                ));
                work.fail(session, commit, Phase::Person, failure);
            }
            Verdict::Exists { id } => {
                lesson.exists = Some(id);
                return true;
            }
            Verdict::Gone => {
                if let Change::Update { id, .. } = &row.row.change {
                    lesson.gone.push(id.clone());
                    lesson.exists = None;
                }
                return true;
            }
            Verdict::LinkGone => {
                lesson.without_company = true;
                company_is_gone(session, work, commit);
                return true;
            }
            verdict => {
                work.phases.push(written(
                    Phase::Person,
                    action,
                    object,
                    None,
                    &answer,
                    call,
                    false,
                ));
                if create && verdict == Verdict::Silent {
                    commit.doubts.push((
                        object.to_owned(),
                        row.subject.clone(),
                        session.clock.now(),
                    ));
                }
                work.fail(session, commit, Phase::Person, no_verdict(&verdict, object));
            }
        },
        RowEnd::Refused(failure) => {
            work.phases
                .push(refused(Phase::Person, action, object, sent(), call));
            work.fail(session, commit, Phase::Person, failure.on_object(object));
        }
        RowEnd::Lost { sent } => {
            commit
                .doubts
                .push((object.to_owned(), row.subject.clone(), sent));
            lesson.lost = lesson.lost.or(Some(sent));
            lesson.lost_now = true;
            return true;
        }
        RowEnd::Nobodys { category, message } => {
            work.phases
                .push(refused(Phase::Person, action, object, sent(), call));
            work.interrupt(commit, category, message);
        }
        RowEnd::NotTried => {}
    }
    false
}

/// The company we meant to join is gone: the person goes alone, and the lead is Failed so that a retry finds the company
/// anew.
fn company_is_gone(session: &Session, work: &mut Work, commit: &mut Commit) {
    if let Some(id) = work.company_id() {
        session.companies.forget(id);
        commit.forgotten_companies.push(id.to_owned());
    }
    let message =
        "the company's record is gone at the vendor; a retry looks for it anew".to_owned();
    let object = session.plan.create_company.unwrap_or_default();
    let entry = PhaseEntry::local(Phase::Association, false, Some(message.clone()));
    let failure = Failure::new(Category::Connection, message)
        .with_code("COMPANY_GONE")
        .on_object(object);
    work.company_end = Some(Arc::new(CompanyEnd::Failed {
        failure,
        phase: Phase::Association,
        entry,
    }));
}

fn log_inline_link(session: &Session, work: &mut Work, commit: &mut Commit) {
    let Some(company) = work.company_id().map(str::to_owned) else {
        return;
    };
    let object = session.plan.create_company.unwrap_or_default();
    work.linked = true;
    work.log_company();
    work.phases.push(PhaseEntry {
        action: Some(PhaseAction::Link),
        remote_id: Some(company.clone()),
        object: Some(object.to_owned()),
        ..PhaseEntry::local(
            Phase::Association,
            true,
            Some("sent with the new record".to_owned()),
        )
    });
    let link = RemoteLink {
        object: object.to_owned(),
        remote_id: company,
        created_by_us: true,
    };
    commit.links.push((work.lead(), link));
}

/// The person is there. Unless a company is still to be joined, the attempt is over.
pub(super) fn landed(
    session: &Session,
    work: &mut Work,
    object: &str,
    id: &str,
    ours: bool,
    commit: &mut Commit,
) {
    work.record = Some(id.to_owned());
    let link = RemoteLink {
        object: object.to_owned(),
        remote_id: id.to_owned(),
        created_by_us: ours,
    };
    commit.links.push((work.lead(), link));
    commit
        .settled
        .push((object.to_owned(), Subject::lead(work.lead())));
    if !association::is_due(session, work) {
        work.finish(session, commit);
    }
}
