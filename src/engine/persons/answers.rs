//! What an answer makes of a person: there, refused, or round again.

use std::sync::Arc;

use super::{InFlight, Lesson};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::lead::Role;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::association;
use crate::engine::companies::{CompanyEnd, Said};
use crate::engine::ending::arrive;
use crate::engine::in_person::{self, is_about_company, look_anew};
use crate::engine::matching::Doubt;
use crate::engine::send::{RowEnd, Sendable};
use crate::engine::session::{Session, Settle};
use crate::engine::verdicts::{change_of, no_verdict, of_lead};
use crate::engine::work::{Place, Work, refused, written};
use crate::store::{ChangeKind, Commit, LostCreate, RecordChange, RemoteLink, Subject};
use crate::vendors::{CallTrace, Change, LinkKind, RowAnswer, Verdict};

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
    let object = flight.object;
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
                work.campaigns.sent(&flight.plan.values);
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
            Verdict::Overwrote { id } => {
                overwritten(session, work, flight, &id, &answer, call, commit);
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
                    lesson.gone.push((object, id.clone()));
                    lesson.exists = None;
                }
                return true;
            }
            Verdict::LinkGone => return company_gone(session, work, lesson, commit),
            Verdict::Refused(failure) if is_about_company(session, work, object, &failure) => {
                if look_anew(session, work, lesson, commit) {
                    return true;
                }
                work.phases.push(written(
                    Phase::Person,
                    action,
                    object,
                    None,
                    &answer,
                    call,
                    false,
                ));
                work.fail(
                    session,
                    commit,
                    Phase::Association,
                    failure.on_object(object),
                );
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
                if create && matches!(verdict, Verdict::Silent | Verdict::Taken) {
                    commit.doubts.push((
                        object.to_owned(),
                        row.subject.clone(),
                        LostCreate::sent(session.clock.now()),
                    ));
                }
                let failure = of_lead(
                    no_verdict(&verdict, object),
                    object,
                    session.rows(Some(&work.queued.lead)),
                    work.mapped(object),
                );
                work.fail(session, commit, Phase::Person, failure);
            }
        },
        RowEnd::Refused(failure) => {
            let about_company = is_about_company(session, work, object, &failure);
            if about_company && look_anew(session, work, lesson, commit) {
                return true;
            }
            work.phases
                .push(refused(Phase::Person, action, object, sent(), call));
            let failure = of_lead(
                failure.on_object(object),
                object,
                session.rows(Some(&work.queued.lead)),
                work.mapped(object),
            );
            work.fail(session, commit, Phase::Person, failure);
        }
        RowEnd::Lost(lost) => {
            commit
                .doubts
                .push((object.to_owned(), row.subject.clone(), lost));
            lesson.lost = Some(match lesson.lost {
                Some(before) => before.and_again(lost),
                None => Doubt { object, lost },
            });
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

/// The person was made between our look and our write, or came out of the recycle bin, and the vendor wrote ours over it. Nobody knows what it held, so
/// there is no image of before, and no undo.
fn overwritten(
    session: &Session,
    work: &mut Work,
    flight: &InFlight,
    id: &str,
    answer: &RowAnswer,
    call: Option<&CallTrace>,
    commit: &mut Commit,
) {
    let object = flight.object;
    let place = Some(id.to_owned());
    let update = PhaseAction::Update;
    work.phases.push(PhaseEntry {
        note: Some(
            "the record was there unseen (made after we had looked, or out of the vendor's recycle bin), and the vendor wrote our \
             values over it; what it held before is not known, so it cannot be undone"
                .to_owned(),
        ),
        ..written(Phase::Person, update, object, place, answer, call, true)
    });
    work.changed = true;
    commit.changes.push(RecordChange {
        kind: ChangeKind::Updated,
        before: None,
        ..change_of(object, id, &flight.plan, true, None)
    });
    landed(session, work, object, id, false, commit);
}

/// The company we meant to join is gone. One that stands in the person is looked for anew; after that, and where it is
/// joined by itself, the person goes alone if it may. True: the lead goes round again.
fn company_gone(
    session: &Session,
    work: &mut Work,
    lesson: &mut Lesson,
    commit: &mut Commit,
) -> bool {
    if look_anew(session, work, lesson, commit) {
        return true;
    }
    lesson.without_company = true;
    company_is_gone(session, work, commit);
    let in_person = matches!(session.plan.link, LinkKind::InPerson { .. });
    let end = work.company_end.clone();
    match end.as_deref() {
        Some(CompanyEnd::Failed { failure, phase, .. })
            if in_person && !session.plan.person_stands_alone =>
        {
            work.fail(session, commit, *phase, failure.clone());
            false
        }
        _ => true,
    }
}

/// The person goes without the company, and the lead is Failed so that a retry finds the company
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
        said: Said::default(),
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
        role: Role::Company,
        remote_id: company,
        created_by_us: true,
    };
    commit.links.push((work.lead(), link));
}

/// The person is there. Unless a company is still to be joined, the attempt is over.
pub(super) fn landed(
    session: &Session,
    work: &mut Work,
    object: &'static str,
    id: &str,
    ours: bool,
    commit: &mut Commit,
) {
    let id = id.to_owned();
    work.record = Some(Place {
        object,
        id: id.clone(),
    });
    let link = RemoteLink {
        object: object.to_owned(),
        role: Role::Persona,
        remote_id: id,
        created_by_us: ours,
    };
    commit.links.push((work.lead(), link));
    // Whatever object a lost create was meant for: the person is known now.
    for object in &session.persons {
        commit
            .settled
            .push(((*object).to_owned(), Subject::lead(work.lead())));
    }
    in_person::tell(session, work, commit);
    if !association::is_due(session, work) {
        arrive(session, work, commit);
    }
}
