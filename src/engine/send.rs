//! One phase's rows on their way: cut into requests, written ahead, sent, and taken apart again when refused as a whole.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;

use super::apart::take_apart;
use super::fault::Fault;
use super::jobs;
use super::session::Session;
use crate::clock::later;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::run::Trigger;
use crate::domain::write::is_blank;
use crate::store::{AnsweredCall, LostCreate, NewCall, StoreError, Subject};
use crate::vendors::{
    Batching, CallError, CallErrorKind, CallTrace, RemoteRecord, Row, RowAnswer, Verdict,
    WriteAnswer,
};

/// How often a locked row is sent again within an attempt before it fails.
const LOCKED_TRIES: u32 = 3;
/// What a locked row waits where the vendor names no time.
const LOCKED_WAIT: Duration = Duration::from_secs(2);

/// A row with what it is about.
#[derive(Debug, Clone)]
pub(super) struct Sendable {
    /// The caller's own index.
    pub(super) index: usize,
    pub(super) row: Row,
    pub(super) subject: Subject,
    /// The record the vendor locks while this row is written ([`parent_of`]).
    pub(super) parent: Option<String>,
}

/// The record above a row: what the row puts it under, else what it is under already.
pub(super) fn parent_of(
    batching: Option<Batching>,
    row: &Row,
    held: Option<&RemoteRecord>,
) -> Option<String> {
    let field = batching?.parent?;
    let sent = row.change.values().get(field);
    let value = sent.or_else(|| held?.values.get(field))?;
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    // Some parents are addresses, whose case tells nothing apart.
    (!is_blank(value)).then(|| text.trim().to_lowercase())
}

/// What became of a row.
#[derive(Debug)]
pub(super) enum RowEnd {
    /// The vendor said something about it.
    Answered(RowAnswer),
    /// Its request was refused, and it is to blame.
    Refused(Failure),
    /// Its request failed, and nothing was done.
    Nobodys { category: Category, message: String },
    /// It may have been done: look before repeating.
    Lost(LostCreate),
    /// The run ended before its turn.
    NotTried,
}

/// The end of one request's rows (after it may have been taken apart).
#[derive(Debug, Default)]
pub(super) struct BatchDone {
    pub(super) rows: Vec<(Sendable, RowEnd, Option<Arc<CallTrace>>)>,
    pub(super) answered: Vec<AnsweredCall>,
}

/// Where rows go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) phase: Phase,
    pub(super) object: &'static str,
    pub(super) batching: Batching,
}

/// Sends rows of one kind; batches come back as they are answered, in any order.
pub(super) fn send<'a>(
    session: &'a Session,
    target: Target,
    rows: Vec<Sendable>,
) -> FuturesUnordered<impl Future<Output = Result<BatchDone, StoreError>> + 'a> {
    cut(rows, &target.batching)
        .into_iter()
        .map(move |batch| send_batch(session, target, batch))
        .collect()
}

/// Waits for every batch and hands each to `take` as it comes home.
pub(super) async fn each<F>(
    mut batches: FuturesUnordered<impl Future<Output = Result<BatchDone, StoreError>>>,
    mut take: F,
) -> Result<(), StoreError>
where
    F: AsyncFnMut(BatchDone) -> Result<(), StoreError>,
{
    while let Some(done) = batches.next().await {
        take(done?).await?;
    }
    Ok(())
}

/// Cuts rows by the vendor's limits; those under one parent stand together.
pub(super) fn cut(mut rows: Vec<Sendable>, batching: &Batching) -> Vec<Vec<Sendable>> {
    if batching.parent.is_some() {
        rows.sort_by(|left, right| left.parent.cmp(&right.parent));
    }
    // The frame of a row around its values, generously.
    const FRAME: usize = 256;
    let bulk = batching.bulk.filter(|bulk| rows.len() >= bulk.from);
    let (most, most_bytes) = bulk.map_or((batching.rows, batching.bytes), |bulk| {
        (bulk.rows, bulk.bytes)
    });
    let mut batches: Vec<Vec<Sendable>> = Vec::new();
    let mut bytes = 0;
    for row in rows {
        let size = FRAME + serde_json::to_vec(row.row.change.values()).map_or(0, |text| text.len());
        let full = batches
            .last()
            .is_none_or(|batch| batch.len() >= most || bytes + size > most_bytes);
        if full {
            batches.push(Vec::new());
            bytes = 0;
        }
        bytes += size;
        if let Some(batch) = batches.last_mut() {
            batch.push(row);
        }
    }
    batches
}

async fn send_batch(
    session: &Session,
    target: Target,
    batch: Vec<Sendable>,
) -> Result<BatchDone, StoreError> {
    let mut done = BatchDone::default();
    let mut todo = vec![(batch, 0)];
    while let Some((rows, tries)) = todo.pop() {
        let parents = rows.iter().filter_map(|row| row.parent.as_deref());
        let held = session.parents.hold(parents).await;
        if session.stopped() {
            done.rows
                .extend(rows.into_iter().map(|row| (row, RowEnd::NotTried, None)));
            continue;
        }
        let rows = leave_withdrawn(session, target, rows, &mut done).await?;
        if rows.is_empty() {
            continue;
        }
        let sent = session.clock.now();
        let call = record(session, target, &rows).await?;
        let wire: Vec<Row> = rows.iter().map(|row| row.row.clone()).collect();
        let written = match session.vendor.write(target.object, &wire).await {
            Ok(answer) => jobs::see_through(session, target, call, &wire, answer).await?,
            Err(error) => Err(error),
        };
        drop(held);
        let rows_told = written.as_ref().map_or(&[][..], |answer| &answer.rows);
        session.wrote(target.object, &wire, rows_told).await?;
        match written {
            Ok(answer) => {
                done.answered.push(answered(call, Some(&answer.call)));
                let later = sort_answers(rows, answer, tries, &mut done);
                if let Some((wait, locked)) = later {
                    session.clock.sleep(wait).await;
                    todo.push((locked, tries + 1));
                }
            }
            Err(error) => {
                done.answered.push(answered(call, error.call.as_deref()));
                let again = sort_error(session, rows, &error, sent, &mut done);
                todo.extend(again.into_iter().map(|rows| (rows, tries)));
            }
        }
    }
    Ok(done)
}

/// Takes out what must not leave after all: its lead was held, suppressed or removed since it was taken up.
async fn leave_withdrawn(
    session: &Session,
    target: Target,
    rows: Vec<Sendable>,
    done: &mut BatchDone,
) -> Result<Vec<Sendable>, StoreError> {
    if target.phase != Phase::Person {
        // What belongs to a person that is there already is not what keeps the person back.
        return Ok(rows);
    }
    let account = session.frame.account;
    let undo = session.frame.trigger == Trigger::Undo;
    let subjects: Vec<Subject> = rows.iter().map(|row| row.subject.clone()).collect();
    let withdrawn = session
        .store
        .call(move |store| store.withdrawn(account, &subjects, undo))
        .await?;
    let mut left = Vec::with_capacity(rows.len());
    for (row, is_out) in rows.into_iter().zip(withdrawn) {
        if is_out {
            session.count(|tally| tally.skipped += 1);
            done.rows.push((row, RowEnd::NotTried, None));
        } else {
            left.push(row);
        }
    }
    Ok(left)
}

async fn record(
    session: &Session,
    target: Target,
    rows: &[Sendable],
) -> Result<crate::domain::ids::CallId, StoreError> {
    let create = rows.first().is_some_and(|row| row.row.change.is_create());
    let call = NewCall {
        run: session.frame.run,
        claim: session.claim,
        account: session.frame.account,
        phase: target.phase,
        operation: if create { "create" } else { "update" },
        object: target.object.to_owned(),
        repeatable: target.batching.repeatable,
        subjects: rows.iter().map(|row| row.subject.clone()).collect(),
    };
    let now = session.clock.now();
    session
        .store
        .call(move |store| store.record_call(&call, now))
        .await
}

pub(super) fn answered(id: crate::domain::ids::CallId, call: Option<&CallTrace>) -> AnsweredCall {
    AnsweredCall {
        id,
        status: call.map_or(0, |call| call.status),
        correlation: call.and_then(|call| call.correlation.clone()),
    }
}

/// Gives every row its verdict; rows that are only locked come back to be sent again.
fn sort_answers(
    rows: Vec<Sendable>,
    answer: WriteAnswer,
    tries: u32,
    done: &mut BatchDone,
) -> Option<(Duration, Vec<Sendable>)> {
    let call = Arc::new(answer.call);
    let mut by_trace: HashMap<String, RowAnswer> = answer
        .rows
        .into_iter()
        .map(|row| (row.trace.clone(), row))
        .collect();
    let mut wait = Duration::ZERO;
    let mut locked = Vec::new();
    for row in rows {
        let answer = by_trace
            .remove(&row.row.trace)
            .unwrap_or_else(|| RowAnswer {
                trace: row.row.trace.clone(),
                verdict: Verdict::Silent,
                sent: serde_json::to_value(row.row.change.values()).unwrap_or_default(),
                received: serde_json::Value::Null,
            });
        match answer.verdict {
            Verdict::Later(after) if tries < LOCKED_TRIES => {
                wait = wait.max(after.unwrap_or(LOCKED_WAIT * (tries + 1)));
                locked.push(row);
            }
            _ => done
                .rows
                .push((row, RowEnd::Answered(answer), Some(Arc::clone(&call)))),
        }
    }
    (!locked.is_empty()).then_some((wait, locked))
}

/// A request failed as a whole; returns what is to be sent again.
fn sort_error(
    session: &Session,
    rows: Vec<Sendable>,
    error: &CallError,
    sent: Timestamp,
    done: &mut BatchDone,
) -> Vec<Vec<Sendable>> {
    let call = error.call.clone().map(|call| Arc::new(*call));
    if let CallErrorKind::Refused { failure, guilty } = &error.kind {
        let split = take_apart(rows, failure, guilty);
        done.rows.extend(
            split
                .failed
                .into_iter()
                .map(|(row, failure)| (row, RowEnd::Refused(failure), call.clone())),
        );
        return split.again;
    }
    if let CallErrorKind::OutcomeUnknown { may_run, .. } = &error.kind
        && rows.first().is_some_and(|row| row.row.change.is_create())
    {
        let lost = LostCreate {
            sent,
            open_until: later(session.clock.now(), *may_run),
        };
        let ends = rows
            .into_iter()
            .map(|row| (row, RowEnd::Lost(lost), call.clone()));
        done.rows.extend(ends);
        return Vec::new();
    }
    match session.fault(error) {
        Fault::Refused(failure) => {
            done.rows.extend(
                rows.into_iter()
                    .map(|row| (row, RowEnd::Refused(failure.clone()), call.clone())),
            );
        }
        Fault::Nobodys { category, message } => {
            let end = |row| {
                (
                    row,
                    RowEnd::Nobodys {
                        category,
                        message: message.clone(),
                    },
                    call.clone(),
                )
            };
            done.rows.extend(rows.into_iter().map(end));
        }
    }
    Vec::new()
}

#[cfg(test)]
#[path = "send_tests.rs"]
mod tests;
