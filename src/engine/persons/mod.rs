//! Persons: matched, decided, written; whoever an answer leaves open goes round again.
//!
//! A round looks everybody up, decides, and sends. Left open for the next are: a record that turned out to exist (update
//! it), one that is gone (next key), one whose company is gone (without it), and a create whose answer was lost (look
//! before repeating).

mod answers;
mod decide;

use std::collections::HashMap;

use jiff::Timestamp;

use super::decide::FieldPlan;
use super::matching::{PersonFound, PersonQuery, find_persons};
use super::send::{BatchDone, Sendable, Target, each, send};
use super::session::{Session, Settle};
use super::work::Work;
use crate::domain::category::Category;
use crate::domain::failure::Phase;
use crate::domain::run::StopReason;
use crate::store::{Commit, LastWritten, StoreError, Subject};
use crate::vendors::RemoteId;
use answers::take_end;
use decide::decide;

/// Rounds before what is still open is given up for this run: each lost answer takes one.
const ROUNDS: usize = 8;

/// What earlier rounds taught about one lead.
#[derive(Debug, Clone, Default)]
struct Lesson {
    exists: Option<RemoteId>,
    gone: Vec<RemoteId>,
    lost: Option<Timestamp>,
    /// Lost in this very run: a person's word on earlier doubts does not cover it.
    lost_now: bool,
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
        let lesson = lessons.get(index).cloned().unwrap_or_default();
        if session.settle == Some(Settle::Create) && !lesson.lost_now {
            found.push((*index, PersonFound::None));
            continue;
        }
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
            lead: Some(lead.id),
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
