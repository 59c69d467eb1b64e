//! What is to be done with one person, now that it is known whether there is a record.

use std::collections::HashMap;

use serde_json::Value;

use super::answers::landed;
use super::{InFlight, Lesson};
use crate::domain::category::Category;
use crate::domain::email;
use crate::domain::failure::{Failure, Phase};
use crate::domain::person::names_conflict;
use crate::domain::remote::ObjectSchema;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::decide::{plan_create, plan_update};
use crate::engine::matching::PersonFound;
use crate::engine::session::{Session, Settle};
use crate::engine::verdicts::adopted;
use crate::engine::work::{Work, found_right, refused};
use crate::store::{Commit, LastWritten, Subject};
use crate::vendors::{CallTrace, Change, KeyKind, LinkKind, RemoteRecord, Row};

/// Decides one person; a row to send, or nothing where it is over (or waits).
pub(super) fn decide(
    session: &Session,
    schema: &ObjectSchema,
    work: &mut Work,
    found: PersonFound,
    lesson: &mut Lesson,
    last: &HashMap<String, LastWritten>,
    commit: &mut Commit,
) -> Option<(Row, InFlight)> {
    let object = session.plan.create_person;
    match found {
        PersonFound::Record {
            record,
            by,
            others,
            lost_create,
            call,
        } => update_row(
            session,
            schema,
            work,
            &record,
            (by, others, lost_create),
            &call,
            last,
            commit,
        ),
        PersonFound::None => {
            // A stored id that found nothing is gone: the person is not there on its account.
            work.stored_gone = true;
            if let Some(Settle::Adopt(id)) = &session.settle {
                let message = format!("the record {id:?} named for it is not there");
                let failure = Failure::new(Category::AmbiguousMatch, message).on_object(object);
                work.fail(session, commit, Phase::Person, failure);
                return None;
            }
            create_row(session, schema, work, lesson, commit)
        }
        PersonFound::Ambiguous {
            candidates,
            message,
        } => {
            let mut failure = Failure::new(Category::AmbiguousMatch, message).on_object(object);
            failure.candidates = candidates;
            work.fail(session, commit, Phase::Person, failure);
            None
        }
        PersonFound::NotBefore(until) => {
            session.park(work.lead(), until);
            work.closed = true;
            None
        }
        PersonFound::Refused { failure, call } => {
            work.phases.push(refused(
                Phase::Person,
                PhaseAction::Match,
                object,
                Value::Null,
                call.as_deref(),
            ));
            work.fail(session, commit, Phase::Person, failure);
            None
        }
        PersonFound::Nobodys {
            category,
            message,
            call,
        } => {
            if let Some(call) = call {
                work.phases.push(refused(
                    Phase::Person,
                    PhaseAction::Match,
                    object,
                    Value::Null,
                    Some(&call),
                ));
                work.interrupt(commit, category, message);
            }
            None
        }
    }
}

#[allow(clippy::too_many_arguments)] // the match as it was found
fn update_row(
    session: &Session,
    schema: &ObjectSchema,
    work: &mut Work,
    record: &RemoteRecord,
    (by, others, lost_create): (KeyKind, usize, bool),
    call: &CallTrace,
    last: &HashMap<String, LastWritten>,
    commit: &mut Commit,
) -> Option<(Row, InFlight)> {
    let object = record.object;
    let mut notes = Vec::new();
    if by == KeyKind::Email {
        if let Some((note, hold)) = identity(session, work, record) {
            if hold && session.settle.is_none() {
                let mut failure = Failure::new(Category::IdentityConflict, note).on_object(object);
                failure.candidates = vec![record.id.clone()];
                work.fail(session, commit, Phase::Person, failure);
                return None;
            }
            notes.push(note);
        }
        if others > 0 {
            notes.push(format!(
                "{} records share the address; the oldest was taken",
                others + 1
            ));
        }
    }
    let known = last.get(&record.id);
    let ours = lost_create
        || work
            .known(object)
            .is_some_and(|link| link.created_by_us && link.remote_id == record.id);
    let plan = plan_update(&*session.vendor, schema, &work.person, record, known, ours);
    if let Some(failure) = plan.failures.first() {
        let failure = failure.clone().on_object(object);
        work.phases.push(PhaseEntry::local(
            Phase::Prepare,
            false,
            Some(failure.message.clone()),
        ));
        work.fail(session, commit, Phase::Prepare, failure);
        return None;
    }
    if lost_create {
        work.created = true;
        commit
            .changes
            .push(adopted(&*session.vendor, schema, &work.person, record));
        notes.push("made by an earlier attempt whose answer was lost".to_owned());
        commit
            .settled
            .push((object.to_owned(), Subject::lead(work.lead())));
    }
    notes.extend(plan.notes.iter().cloned());
    if plan.values.is_empty() {
        for (field, effect) in &plan.effects {
            session.count(|tally| tally.effect(field, *effect));
        }
        let note = if notes.is_empty() {
            "already right".to_owned()
        } else {
            notes.join("; ")
        };
        work.phases
            .push(found_right(Phase::Person, object, record, call, &note));
        landed(session, work, object, &record.id, ours, commit);
        return None;
    }
    note(work, &notes);
    let change = Change::Update {
        id: record.id.clone(),
        values: plan.values.clone(),
    };
    let row = Row {
        trace: trace(session, work),
        change,
        links: Vec::new(),
    };
    Some((
        row,
        InFlight {
            plan,
            linked: false,
        },
    ))
}

/// Whether the record found by e-mail goes by another name; the note, and whether such leads are held.
fn identity(session: &Session, work: &Work, record: &RemoteRecord) -> Option<(String, bool)> {
    let keys = session.plan.identity;
    let theirs = |field: &str| {
        record
            .values
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let lead = &work.queued.lead;
    let ours = (
        lead.field("firstName").unwrap_or_default(),
        lead.field("lastName").unwrap_or_default(),
    );
    let other = (theirs(keys.first_name), theirs(keys.last_name));
    if !names_conflict(ours, other) {
        return None;
    }
    let note = format!(
        "matched {} {} by e-mail, ours is {} {}",
        other.0, other.1, ours.0, ours.1
    );
    let role = lead.field("email").is_some_and(email::is_role_address);
    Some((note, role || session.integration.settings.hold_identity))
}

fn create_row(
    session: &Session,
    schema: &ObjectSchema,
    work: &mut Work,
    lesson: &Lesson,
    commit: &mut Commit,
) -> Option<(Row, InFlight)> {
    let object = session.plan.create_person;
    let plan = plan_create(&*session.vendor, object, schema, &work.person);
    if let Some(failure) = plan.failures.first() {
        let failure = failure.clone().on_object(object);
        work.phases.push(PhaseEntry::local(
            Phase::Prepare,
            false,
            Some(failure.message.clone()),
        ));
        work.fail(session, commit, Phase::Prepare, failure);
        return None;
    }
    note(work, &plan.notes);
    let inline =
        matches!(session.plan.link, LinkKind::Association { .. }) && !lesson.without_company;
    let company = work.company_id().filter(|_| inline).map(str::to_owned);
    let links = match (session.plan.create_company, company) {
        (Some(company_object), Some(id)) => vec![(company_object, id)],
        _ => Vec::new(),
    };
    let linked = !links.is_empty();
    let row = Row {
        trace: trace(session, work),
        change: Change::Create {
            values: plan.values.clone(),
        },
        links,
    };
    Some((row, InFlight { plan, linked }))
}

fn trace(session: &Session, work: &Work) -> String {
    format!("l{}-{}", session.frame.run, work.lead())
}

fn note(work: &mut Work, notes: &[String]) {
    if !notes.is_empty() {
        work.phases.push(PhaseEntry::local(
            Phase::Prepare,
            true,
            Some(notes.join("; ")),
        ));
    }
}
