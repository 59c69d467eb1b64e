//! Persons: matched, decided, written; whoever an answer leaves open goes round again.
//!
//! A round looks everybody up, decides, and sends. Left open for the next are: a record that turned out to exist (update
//! it), one that is gone (next key), one whose company is gone (without it), and a create whose answer was lost (look
//! before repeating).

mod answers;
mod decide;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::decide::FieldPlan;
use super::in_person;
use super::matching::{Doubt, PersonFound, PersonQuery, Search, find_persons};
use super::records::RecordPlace;
use super::send::{BatchDone, Sendable, Target, each, parent_of, send};
use super::session::{Session, Settle};
use super::work::Work;
use crate::domain::category::Category;
use crate::domain::failure::Phase;
use crate::domain::run::StopReason;
use crate::store::{Commit, StoreError, Subject};
use crate::vendors::{Batching, RemoteId};
use answers::take_end;
use decide::{Known, decide};

/// Rounds before what is still open is given up for this run: each lost answer takes one.
const ROUNDS: usize = 8;

/// What earlier rounds taught about one lead.
#[derive(Debug, Clone, Default)]
pub(super) struct Lesson {
    exists: Option<RemoteId>,
    gone: Vec<(&'static str, RemoteId)>,
    lost: Option<Doubt>,
    /// Lost in this very run: a person's word on earlier doubts does not cover it.
    lost_now: bool,
    /// The company is gone, and the person goes without it.
    pub(super) without_company: bool,
    /// The company was gone and looked for anew; once is enough.
    pub(super) sought_anew: bool,
}

/// What earlier rounds taught, by the lead's place in the window.
pub(super) type Lessons = HashMap<usize, Lesson>;

/// A row waiting for its answer.
struct InFlight {
    object: &'static str,
    plan: FieldPlan,
    linked: bool,
}

/// Brings every open person of the window to its record, or to a refusal.
pub(super) async fn bring(session: &Session, works: &mut [Work]) -> Result<(), StoreError> {
    let mut lessons = Lessons::new();
    let mut open: Vec<usize> = (0..works.len())
        .filter(|index| !works[*index].closed)
        .collect();
    learn_doubts(session, works, &open, &mut lessons).await?;
    let mut rounds = 0;
    while rounds < ROUNDS && !open.is_empty() && !session.stopped() {
        let freed = session.records.freed();
        tokio::pin!(freed);
        freed.as_mut().enable();
        let left = round(session, works, &open, &mut lessons).await?;
        if left.again.is_empty() && left.is_blocked {
            freed.await;
        }
        // Who only waits for another lead of the same record has not been tried yet.
        rounds += usize::from(!left.again.is_empty());
        open = left.again;
        open.extend(left.later);
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
    lessons: &mut Lessons,
) -> Result<(), StoreError> {
    let (account, objects) = (session.frame.account, session.persons.clone());
    let subjects: Vec<Subject> = open
        .iter()
        .map(|index| Subject::lead(works[*index].lead()))
        .collect();
    let doubts = session
        .store
        .call(move |store| {
            objects
                .into_iter()
                .map(|object| Ok((object, store.doubts(account, object, &subjects)?)))
                .collect::<Result<Vec<_>, StoreError>>()
        })
        .await?;
    for index in open {
        let subject = Subject::lead(works[*index].lead());
        let mut all = doubts.iter();
        let doubt = all.find_map(|(object, doubts)| {
            let lost = *doubts.get(&subject)?;
            Some(Doubt { object, lost })
        });
        if doubt.is_some() {
            lessons.entry(*index).or_default().lost = doubt;
        }
    }
    Ok(())
}

/// Who is still open after a round.
#[derive(Default)]
struct Left {
    /// Their answers left them open.
    again: Vec<usize>,
    /// Their record is being changed for another lead of the round: one record is never in one request twice, and what is
    /// blank is seen after the first.
    later: Vec<usize>,
    /// Nothing was sent, and some wait for a record that another window is at.
    is_blocked: bool,
}

/// One round; returns who is still open.
async fn round(
    session: &Session,
    works: &mut [Work],
    open: &[usize],
    lessons: &mut Lessons,
) -> Result<Left, StoreError> {
    let read_at = session.records.changes();
    let Search { found, stale } = look_up(session, works, open, lessons).await;
    in_person::provide_companies(session, works, &found, lessons).await?;
    let known = read_known(session, &found).await?;
    let mut commit = Commit::default();
    for (index, object, id) in stale {
        // Whatever becomes of the lead: this is not its record any more.
        let work = &mut works[index];
        work.queued
            .links
            .retain(|link| link.object != object || link.remote_id != id);
        commit.unlinked.push((work.lead(), object.to_owned(), id));
    }
    let mut streams: BTreeMap<(bool, usize), Vec<Sendable>> = BTreeMap::new();
    let mut in_flight: HashMap<usize, InFlight> = HashMap::new();
    let mut taken: HashSet<RecordPlace> = HashSet::new();
    let mut left = Left::default();
    for (index, found) in found {
        let work = &mut works[index];
        if work.closed {
            continue;
        }
        let held = match &found {
            PersonFound::Record { record, .. } => Some(record.clone()),
            _ => None,
        };
        let place = held.as_ref().map(|held| (held.object, held.id.clone()));
        if let Some(place) = &place {
            let is_taken = session.records.is_taken(place);
            if is_taken || session.records.changed_since(place, read_at) {
                left.is_blocked |= is_taken && !taken.contains(place);
                left.later.push(index);
                continue;
            }
        }
        let lesson = lessons.entry(index).or_default();
        let decided = decide(session, &known, work, found, lesson, &mut commit);
        if let Some((row, flight)) = decided {
            if let Some(place) = place {
                session.records.take(place.clone());
                taken.insert(place);
            }
            let create = row.change.is_create();
            let batching = batching(session, flight.object, create);
            let place = session.persons.iter().position(|of| *of == flight.object);
            let stream = streams.entry((!create, place.unwrap_or_default()));
            stream.or_default().push(Sendable {
                index,
                parent: parent_of(batching, &row, held.as_deref()),
                row,
                subject: Subject::lead(work.lead()),
            });
            in_flight.insert(index, flight);
        }
    }
    session.commit(commit).await?;
    for ((update, place), rows) in streams {
        let object = session.persons[place];
        let Some(batching) = batching(session, object, !update) else {
            continue;
        };
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
                    left.again.push(row.index);
                }
            }
            session.commit(commit).await
        })
        .await?;
    }
    session.records.free(&taken);
    left.is_blocked &= in_flight.is_empty();
    Ok(left)
}

async fn look_up(session: &Session, works: &[Work], open: &[usize], lessons: &Lessons) -> Search {
    let mut found = Vec::new();
    let mut queries = Vec::new();
    for index in open {
        let work = &works[*index];
        let lesson = lessons.get(index).cloned().unwrap_or_default();
        if session.settle == Some(Settle::Create) && !lesson.lost_now {
            found.push((*index, PersonFound::None));
            continue;
        }
        if let Some(Settle::Adopt(id)) = &session.settle {
            // This record or none: who names one does not mean another that is found by the address.
            queries.push(PersonQuery {
                index: *index,
                named: Some(id.clone()),
                adopting: true,
                gone: lesson.gone,
                ..PersonQuery::default()
            });
            continue;
        }
        let lead = &work.queued.lead;
        let stored: Vec<(String, RemoteId)> = work
            .queued
            .links
            .iter()
            .filter(|link| session.writes(&link.object))
            .map(|link| (link.object.clone(), link.remote_id.clone()))
            .collect();
        let hint = work.queued.hint.clone();
        let hint = hint.or_else(|| lead.field("remoteId").map(str::to_owned));
        let name = [lead.field("firstName"), lead.field("lastName")].map(Option::unwrap_or_default);
        queries.push(PersonQuery {
            index: *index,
            hint: hint.filter(|_| stored.is_empty() && lesson.exists.is_none()),
            stored,
            named: lesson.exists,
            adopting: false,
            external: session.external_id(lead.id),
            email: lead.email_key.clone(),
            name: (name != ["", ""]).then(|| name.join("|")),
            doubt: lesson.lost,
            lead: Some(lead.id),
            gone: lesson.gone,
        });
    }
    let mut search = find_persons(session, queries).await;
    search.found.extend(found);
    search
}

/// The schemas of the plan's objects, and what we last wrote to the records found.
async fn read_known(
    session: &Session,
    found: &[(usize, PersonFound)],
) -> Result<Known, StoreError> {
    let mut schemas = HashMap::new();
    for object in &session.persons {
        schemas.insert(*object, session.schema(object).await);
    }
    let mut ids: HashMap<&'static str, Vec<String>> = HashMap::new();
    for (_, found) in found {
        if let PersonFound::Record { record, .. } = found {
            ids.entry(record.object)
                .or_default()
                .push(record.id.clone());
        }
    }
    if ids.is_empty() {
        let last = HashMap::new();
        return Ok(Known { schemas, last });
    }
    let account = session.frame.account;
    let last = session
        .store
        .call(move |store| {
            let mut last = HashMap::new();
            for (object, ids) in ids {
                let written = store.last_written(account, object, &ids)?;
                last.extend(
                    written
                        .into_iter()
                        .map(|(id, written)| ((object, id), written)),
                );
            }
            Ok(last)
        })
        .await?;
    Ok(Known { schemas, last })
}

fn batching(session: &Session, object: &str, create: bool) -> Option<Batching> {
    let info = session.object(object)?;
    if create { info.create } else { info.update }
}
