//! Persons: matched, decided, written; whoever an answer leaves open goes round again.
//!
//! A round looks everybody up, decides, and sends. Left open for the next are: a record that turned out to exist (update
//! it), one that is gone (next key), one whose company is gone (without it), and a create whose answer was lost (look
//! before repeating).

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::companies::{CompanyEnd, change_of, no_verdict};
use super::decide::{FieldPlan, plan_create, plan_update};
use super::matching::{PersonFound, PersonQuery, find_persons};
use super::send::{BatchDone, RowEnd, Sendable, Target, each, send};
use super::session::{Session, Settle};
use super::work::{Work, found_right, refused, written};
use crate::domain::category::Category;
use crate::domain::email;
use crate::domain::failure::{Failure, Phase};
use crate::domain::person::names_conflict;
use crate::domain::remote::ObjectSchema;
use crate::domain::run::{PhaseAction, PhaseEntry, StopReason};
use crate::store::{Commit, LastWritten, RemoteLink, StoreError, Subject};
use crate::vendors::{CallTrace, Change, KeyKind, LinkKind, RemoteId, RemoteRecord, Row, Verdict};

/// Rounds before what is still open is given up for this run: each lost answer takes one.
const ROUNDS: usize = 8;

/// What earlier rounds taught about one lead.
#[derive(Debug, Clone, Default)]
struct Lesson {
    exists: Option<RemoteId>,
    gone: Vec<RemoteId>,
    lost: Option<Timestamp>,
    without_company: bool,
}

/// A row waiting for its answer.
struct InFlight {
    plan: FieldPlan,
    linked: bool,
}

/// Brings every open person of the window to its record, or to a refusal.
pub(super) async fn bring(session: &Session, works: &mut [Work]) -> Result<(), StoreError> {
    let mut lessons: HashMap<usize, Lesson> = HashMap::new();
    let mut open: Vec<usize> = (0..works.len())
        .filter(|index| !works[*index].closed)
        .collect();
    learn_doubts(session, works, &open, &mut lessons).await?;
    for _ in 0..ROUNDS {
        if open.is_empty() || session.stopped() {
            break;
        }
        open = round(session, works, &open, &mut lessons).await?;
    }
    let mut commit = Commit::default();
    if !session.stopped() && !open.is_empty() {
        // Request after request without an answer is an outage, and no lead's fault.
        let message = "the vendor's answers keep being lost".to_owned();
        session.stop(StopReason::Outage, None, message.clone());
        for index in open {
            works[index].interrupt(&mut commit, Category::Unexpected, message.clone());
        }
    }
    session.commit(commit).await
}

async fn learn_doubts(
    session: &Session,
    works: &[Work],
    open: &[usize],
    lessons: &mut HashMap<usize, Lesson>,
) -> Result<(), StoreError> {
    let (account, object) = (session.frame.account, session.plan.create_person);
    let subjects: Vec<Subject> = open
        .iter()
        .map(|index| Subject::lead(works[*index].lead()))
        .collect();
    let doubts = session
        .store
        .call(move |store| store.doubts(account, object, &subjects))
        .await?;
    for index in open {
        if let Some(sent) = doubts.get(&Subject::lead(works[*index].lead())) {
            lessons.entry(*index).or_default().lost = Some(*sent);
        }
    }
    Ok(())
}

/// One round; returns who is still open.
async fn round(
    session: &Session,
    works: &mut [Work],
    open: &[usize],
    lessons: &mut HashMap<usize, Lesson>,
) -> Result<Vec<usize>, StoreError> {
    let found = look_up(session, works, open, lessons).await;
    let object = session.plan.create_person;
    let schema = session.schema(object).await;
    let last = read_last_written(session, &found).await?;
    let mut commit = Commit::default();
    let (mut creates, mut updates) = (Vec::new(), Vec::new());
    let mut in_flight: HashMap<usize, InFlight> = HashMap::new();
    for (index, found) in found {
        let lesson = lessons.entry(index).or_default();
        let decided = decide(
            session,
            &schema,
            &mut works[index],
            found,
            lesson,
            &last,
            &mut commit,
        );
        if let Some((row, flight)) = decided {
            let subject = Subject::lead(works[index].lead());
            let into = if row.change.is_create() {
                &mut creates
            } else {
                &mut updates
            };
            into.push(Sendable {
                index,
                row,
                subject,
            });
            in_flight.insert(index, flight);
        }
    }
    session.commit(commit).await?;
    let info = session.object(object);
    let mut still_open = Vec::new();
    let streams = [
        (creates, info.and_then(|info| info.create)),
        (updates, info.and_then(|info| info.update)),
    ];
    for (rows, batching) in streams {
        let Some(batching) = batching else { continue };
        let target = Target {
            phase: Phase::Person,
            object,
            batching,
        };
        each(send(session, target, rows), async |batch: BatchDone| {
            let mut commit = Commit {
                answered: batch.answered,
                ..Commit::default()
            };
            for (row, end, call) in batch.rows {
                let lesson = lessons.entry(row.index).or_default();
                let Some(flight) = in_flight.get(&row.index) else {
                    continue;
                };
                let work = &mut works[row.index];
                if take_end(
                    session,
                    work,
                    flight,
                    &row,
                    end,
                    call.as_deref(),
                    lesson,
                    &mut commit,
                ) {
                    still_open.push(row.index);
                }
            }
            session.commit(commit).await
        })
        .await?;
    }
    Ok(still_open)
}

async fn look_up(
    session: &Session,
    works: &[Work],
    open: &[usize],
    lessons: &HashMap<usize, Lesson>,
) -> Vec<(usize, PersonFound)> {
    let object = session.plan.create_person;
    let mut found = Vec::new();
    let mut queries = Vec::new();
    for index in open {
        let work = &works[*index];
        if session.settle == Some(Settle::Create) {
            found.push((*index, PersonFound::None));
            continue;
        }
        let lesson = lessons.get(index).cloned().unwrap_or_default();
        if let Some(Settle::Adopt(id)) = &session.settle {
            // This record or none: who names one does not mean another that is found by the address.
            queries.push(PersonQuery {
                index: *index,
                stored_id: Some(id.clone()),
                gone: lesson.gone,
                ..PersonQuery::default()
            });
            continue;
        }
        let stored = lesson
            .exists
            .or_else(|| work.known(object).map(|link| link.remote_id.clone()));
        let lead = &work.queued.lead;
        let name = [lead.field("firstName"), lead.field("lastName")].map(Option::unwrap_or_default);
        queries.push(PersonQuery {
            index: *index,
            hint: if stored.is_none() {
                lead.field("remoteId").map(str::to_owned)
            } else {
                None
            },
            stored_id: stored,
            external: session.external_id(lead.id),
            email: lead.email_key.clone(),
            name: (name != ["", ""]).then(|| name.join("|")),
            doubt: lesson.lost,
            gone: lesson.gone,
        });
    }
    found.extend(find_persons(session, queries).await);
    found
}

async fn read_last_written(
    session: &Session,
    found: &[(usize, PersonFound)],
) -> Result<HashMap<String, LastWritten>, StoreError> {
    let ids: Vec<String> = found
        .iter()
        .filter_map(|(_, found)| match found {
            PersonFound::Record { record, .. } => Some(record.id.clone()),
            _ => None,
        })
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (account, object) = (session.frame.account, session.plan.create_person);
    session
        .store
        .call(move |store| store.last_written(account, object, &ids))
        .await
}

/// Decides one person; a row to send, or nothing where it is over (or waits).
fn decide(
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

/// Takes a row's answer; true: the lead goes round again.
#[allow(clippy::too_many_arguments)] // one row's whole story, told once
fn take_end(
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
                company_is_gone(session, work);
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
fn company_is_gone(session: &Session, work: &mut Work) {
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
fn landed(
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
    if !super::association::is_due(session, work) {
        work.finish(session, commit);
    }
}
