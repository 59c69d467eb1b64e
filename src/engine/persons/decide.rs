//! What is to be done with one person, now that it is known whether there is a record.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::answers::landed;
use super::{InFlight, Lesson};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::plan::PlannedField;
use crate::domain::remote::ObjectSchema;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::companies::CompanyEnd;
use crate::engine::decide::{plan_create, plan_update};
use crate::engine::identity;
use crate::engine::in_person;
use crate::engine::matching::PersonFound;
use crate::engine::session::{Session, Settle};
use crate::engine::verdicts::adopted;
use crate::engine::work::{Work, found_right, refused};
use crate::store::{Commit, Decided, LastWritten, Subject};
use crate::vendors::{CallTrace, Change, KeyKind, LinkKind, RemoteId, RemoteRecord, Row};

/// What is known of the records found, by object.
pub(super) struct Known {
    pub(super) schemas: HashMap<&'static str, Arc<ObjectSchema>>,
    pub(super) last: HashMap<(&'static str, String), LastWritten>,
}

impl Known {
    fn schema(&self, object: &str) -> Arc<ObjectSchema> {
        self.schemas.get(object).cloned().unwrap_or_default()
    }
}

/// How the record to update was found.
struct Hit {
    by: KeyKind,
    others: usize,
    lost_create: bool,
    instead_of: Option<(&'static str, RemoteId)>,
}

/// Decides one person; a row to send, or nothing where it is over (or waits).
pub(super) fn decide(
    session: &Session,
    known: &Known,
    work: &mut Work,
    found: PersonFound,
    lesson: &Lesson,
    commit: &mut Commit,
) -> Option<(Row, InFlight)> {
    let object = session.plan.create_person;
    match found {
        PersonFound::Record {
            record,
            by,
            others,
            lost_create,
            instead_of,
            call,
        } => {
            let hit = Hit {
                by,
                others,
                lost_create,
                instead_of,
            };
            update_row(session, known, work, &record, &hit, &call, lesson, commit)
        }
        PersonFound::Elsewhere {
            record,
            by,
            instead_of,
            call,
        } => {
            tell(
                session,
                work,
                record.object,
                Some((&record.id, by)),
                false,
                &[],
                commit,
            );
            let note = elsewhere(session, &record, instead_of.as_ref());
            work.phases.push(found_right(
                Phase::Person,
                record.object,
                &record,
                &call,
                &note,
            ));
            landed(session, work, record.object, &record.id, false, commit);
            None
        }
        PersonFound::None => {
            // A stored id that found nothing is gone: the person is not there on its account.
            work.stored_gone = true;
            if let Some(Settle::Adopt(id)) = &session.settle {
                let message = format!("the record {id:?} named for it is not there");
                let failure = Failure::new(Category::AmbiguousMatch, message).on_object(object);
                work.fail(session, commit, Phase::Person, failure);
                return None;
            }
            if session.leaves_new_persons() {
                work.leave_to_the_crm(session, commit);
                return None;
            }
            create_row(session, known, work, lesson, commit)
        }
        PersonFound::Ambiguous {
            candidates,
            message,
        } => {
            let failure = Failure::new(Category::AmbiguousMatch, message)
                .on_object(object)
                .with_candidates(candidates);
            work.fail(session, commit, Phase::Person, failure);
            None
        }
        PersonFound::NotBefore(until) => {
            session.park(work.lead(), until);
            work.closed = true;
            None
        }
        PersonFound::Refused {
            object,
            failure,
            call,
        } => {
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
            object,
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

/// What was decided for a person, where somebody asks; the last word counts.
fn tell(
    session: &Session,
    work: &Work,
    object: &str,
    found: Option<(&RemoteId, KeyKind)>,
    other_name: bool,
    fields: &[PlannedField],
    commit: &mut Commit,
) {
    if session.rehearses() {
        commit.decided.push(Decided {
            lead: Some(work.lead()),
            object: object.to_owned(),
            remote_id: found.map(|(id, _)| id.clone()),
            matched_by: found.map(|(_, by)| by.word()),
            other_name,
            fields: fields.to_vec(),
        });
    }
}

/// Why a person that is there is left as it is.
fn elsewhere(
    session: &Session,
    record: &RemoteRecord,
    instead_of: Option<&(&'static str, RemoteId)>,
) -> String {
    let ours: Vec<String> = session
        .persons
        .iter()
        .map(|object| format!("{}s", object.to_lowercase()))
        .collect();
    let since = instead_of.map_or_else(String::new, |(from, _)| {
        format!(" since the {} was converted", from.to_lowercase())
    });
    format!(
        "is {} {} there{since}; this strategy writes {} only",
        record.object,
        record.id,
        ours.join(" and ")
    )
}

/// Fails a lead whose answers are not mapped for the object its person is of.
fn unmapped(session: &Session, work: &mut Work, object: &str, commit: &mut Commit) -> bool {
    let Some(failure) = work.mapping_failure(object).cloned() else {
        return false;
    };
    refuse(session, work, failure, commit);
    true
}

fn refuse(session: &Session, work: &mut Work, failure: Failure, commit: &mut Commit) {
    work.phases.push(PhaseEntry::local(
        Phase::Prepare,
        false,
        Some(failure.message.clone()),
    ));
    work.fail(session, commit, Phase::Prepare, failure);
}

#[allow(clippy::too_many_arguments)] // the match as it was found
fn update_row(
    session: &Session,
    known: &Known,
    work: &mut Work,
    record: &RemoteRecord,
    hit: &Hit,
    call: &CallTrace,
    lesson: &Lesson,
    commit: &mut Commit,
) -> Option<(Row, InFlight)> {
    let object = record.object;
    let schema = known.schema(object);
    let found = Some((&record.id, hit.by));
    let mut other_name = false;
    if unmapped(session, work, object, commit) {
        tell(session, work, object, found, other_name, &[], commit);
        return None;
    }
    let mut notes = Vec::new();
    if let Some((from, id)) = &hit.instead_of {
        notes.push(format!("{from} {id} was converted to it"));
    }
    if hit.by == KeyKind::Email {
        let lead = &work.queued.lead;
        let field = |key: &str| lead.field(key).unwrap_or_default();
        let name = (field("firstName"), field("lastName"));
        if let Some(other) = identity::other_name(session, name, lead.field("email"), record) {
            other_name = true;
            if other.holds && session.settle.is_none() {
                let failure = Failure::new(Category::IdentityConflict, other.note())
                    .on_object(object)
                    .with_candidates(vec![record.id.clone()]);
                tell(session, work, object, found, other_name, &[], commit);
                work.fail(session, commit, Phase::Person, failure);
                return None;
            }
            notes.push(other.note());
        }
        if hit.others > 0 {
            notes.push(format!(
                "{} records share the address; the oldest was taken",
                hit.others + 1
            ));
        }
    }
    let last = known.last.get(&(object, record.id.clone()));
    let ours = hit.lost_create
        || work
            .known(object)
            .is_some_and(|link| link.created_by_us && link.remote_id == record.id);
    let mapped = work.mapped(object);
    let explains = session.rehearses();
    let mut plan = plan_update(
        &*session.vendor,
        &schema,
        mapped,
        record,
        last,
        ours,
        explains,
    );
    if let Some(failure) = plan.failures.first() {
        let failure = failure.clone().on_object(object);
        plan.nothing_goes();
        tell(
            session,
            work,
            object,
            found,
            other_name,
            &plan.fields,
            commit,
        );
        refuse(session, work, failure, commit);
        return None;
    }
    if hit.lost_create {
        commit.changes.push(adopted(
            &*session.vendor,
            &schema,
            work.mapped(object),
            record,
        ));
        work.created = true;
        notes.push("made by an earlier attempt whose answer was lost".to_owned());
        commit
            .settled
            .push((object.to_owned(), Subject::lead(work.lead())));
    }
    in_person::for_known(session, work, lesson, record, &mut plan);
    tell(
        session,
        work,
        object,
        found,
        other_name,
        &plan.fields,
        commit,
    );
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
        despite_duplicates: false,
        is_no_news: false,
    };
    let flight = InFlight {
        object,
        plan,
        linked: false,
    };
    Some((row, flight))
}

fn create_row(
    session: &Session,
    known: &Known,
    work: &mut Work,
    lesson: &Lesson,
    commit: &mut Commit,
) -> Option<(Row, InFlight)> {
    let object = session.plan.create_person;
    if unmapped(session, work, object, commit) {
        return None;
    }
    if matches!(work.company_end.as_deref(), Some(CompanyEnd::NotTried)) {
        // The run ended before the company's turn: the lead stands as before.
        return None;
    }
    let under = match in_person::for_new(session, work, lesson) {
        Ok(under) => under,
        Err(failure) => {
            refuse(session, work, failure, commit);
            return None;
        }
    };
    let mut plan = plan_create(
        &*session.vendor,
        object,
        &known.schema(object),
        work.mapped(object),
        session.rows(Some(&work.queued.lead)),
        under.as_ref().map(|(field, id)| (*field, id.as_str())),
        session.rehearses(),
    );
    if let Some(failure) = plan.failures.first() {
        let failure = failure.clone().on_object(object);
        plan.nothing_goes();
        tell(session, work, object, None, false, &plan.fields, commit);
        refuse(session, work, failure, commit);
        return None;
    }
    tell(session, work, object, None, false, &plan.fields, commit);
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
        despite_duplicates: session.settle == Some(Settle::Create),
        is_no_news: false,
    };
    let flight = InFlight {
        object,
        plan,
        linked,
    };
    Some((row, flight))
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
