//! One phase's rows on their way: cut into requests, written ahead, sent, and taken apart again when refused as a whole.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;

use super::session::{Fault, Session};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::store::{AnsweredCall, NewCall, StoreError, Subject};
use crate::vendors::{
    Batching, CallError, CallErrorKind, CallTrace, Guilty, Row, RowAnswer, Verdict, WriteAnswer,
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
    Lost { sent: Timestamp },
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

/// Cuts rows by the vendor's limits.
pub(super) fn cut(rows: Vec<Sendable>, batching: &Batching) -> Vec<Vec<Sendable>> {
    // The frame of a row around its values, generously.
    const FRAME: usize = 256;
    let mut batches: Vec<Vec<Sendable>> = Vec::new();
    let mut bytes = 0;
    for row in rows {
        let size = FRAME + serde_json::to_vec(row.row.change.values()).map_or(0, |text| text.len());
        let full = batches
            .last()
            .is_none_or(|batch| batch.len() >= batching.rows || bytes + size > batching.bytes);
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
        if session.stopped() {
            done.rows
                .extend(rows.into_iter().map(|row| (row, RowEnd::NotTried, None)));
            continue;
        }
        let sent = session.clock.now();
        let call = record(session, target, &rows).await?;
        let wire: Vec<Row> = rows.iter().map(|row| row.row.clone()).collect();
        match session.vendor.write(target.object, &wire).await {
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

fn answered(id: crate::domain::ids::CallId, call: Option<&CallTrace>) -> AnsweredCall {
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
    if let CallErrorKind::OutcomeUnknown { .. } = &error.kind
        && rows.first().is_some_and(|row| row.row.change.is_create())
    {
        let lost = |row| (row, RowEnd::Lost { sent }, call.clone());
        done.rows.extend(rows.into_iter().map(lost));
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

/// A refused batch, taken apart.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) failed: Vec<(Sendable, Failure)>,
    pub(super) again: Vec<Vec<Sendable>>,
}

/// Takes a refused batch apart by what the answer names; only an answer that names nothing is halved (decisions.md 17).
pub(super) fn take_apart(rows: Vec<Sendable>, failure: &Failure, guilty: &[Guilty]) -> Split {
    let mut split = Split::default();
    if rows.len() <= 1 {
        let of = |row: &Sendable| blamed(row, guilty).unwrap_or_else(|| failure.clone());
        split.failed.extend(rows.into_iter().map(|row| {
            let failure = of(&row);
            (row, failure)
        }));
        return split;
    }
    let mut innocent = Vec::new();
    for row in rows {
        match blamed_or(&row, guilty, failure) {
            Some(failure) => split.failed.push((row, failure)),
            None => innocent.push(row),
        }
    }
    if split.failed.is_empty() {
        let second = innocent.split_off(innocent.len() / 2);
        split.again = vec![second, innocent];
    } else if !innocent.is_empty() {
        split.again = vec![innocent];
    }
    split
}

fn blamed(row: &Sendable, guilty: &[Guilty]) -> Option<Failure> {
    guilty.iter().find_map(|guilty| match guilty {
        Guilty::Trace(_) => None,
        Guilty::Field { field, failure } => row
            .row
            .change
            .values()
            .contains_key(field)
            .then(|| failure.clone()),
        Guilty::Value {
            field,
            value,
            failure,
        } => holds(row, field.as_deref(), value).then(|| failure.clone().with_value(value.clone())),
    })
}

fn blamed_or(row: &Sendable, guilty: &[Guilty], failure: &Failure) -> Option<Failure> {
    let named = guilty
        .iter()
        .any(|guilty| matches!(guilty, Guilty::Trace(trace) if *trace == row.row.trace));
    blamed(row, guilty).or_else(|| named.then(|| failure.clone()))
}

fn holds(row: &Sendable, field: Option<&str>, value: &str) -> bool {
    let equals = |held: &serde_json::Value| {
        held.as_str().map_or_else(
            || *held == value,
            |held| held.trim().eq_ignore_ascii_case(value.trim()),
        )
    };
    row.row
        .change
        .values()
        .iter()
        .any(|(name, held)| field.is_none_or(|field| field == name) && equals(held))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vendors::Change;

    fn row(index: usize, email: &str) -> Sendable {
        Sendable {
            index,
            row: Row {
                trace: format!("t{index}"),
                change: Change::Create {
                    values: [("email".to_owned(), json!(email))].into(),
                },
                links: Vec::new(),
            },
            subject: Subject::company("n:test"),
        }
    }

    fn rows(n: usize) -> Vec<Sendable> {
        (0..n)
            .map(|index| row(index, &format!("p{index}@acme.com")))
            .collect()
    }

    fn failure() -> Failure {
        Failure::new(Category::DataFormatValidation, "no")
    }

    #[test]
    fn rows_are_cut_by_count_and_by_size() {
        let batching = Batching {
            rows: 100,
            bytes: 1_000_000,
            repeatable: false,
            parent: None,
        };
        assert_eq!(
            cut(rows(250), &batching)
                .iter()
                .map(Vec::len)
                .collect::<Vec<_>>(),
            [100, 100, 50]
        );
        let small = Batching {
            rows: 100,
            bytes: 900,
            repeatable: false,
            parent: None,
        };
        assert!(cut(rows(10), &small).iter().all(|batch| batch.len() <= 3));
    }

    #[test]
    fn the_row_whose_value_is_named_is_lost_and_the_rest_goes_again() {
        let guilty = [Guilty::Value {
            field: Some("email".into()),
            value: "P7@acme.com".into(),
            failure: failure(),
        }];
        let split = take_apart(rows(100), &failure(), &guilty);
        assert_eq!(split.failed.len(), 1);
        assert_eq!(split.failed[0].0.index, 7);
        assert_eq!(split.again.iter().map(Vec::len).collect::<Vec<_>>(), [99]);
    }

    #[test]
    fn a_field_wrong_for_all_fails_the_batch_at_once() {
        let guilty = [Guilty::Field {
            field: "email".into(),
            failure: failure(),
        }];
        let split = take_apart(rows(100), &failure(), &guilty);
        assert_eq!(split.failed.len(), 100);
        assert!(split.again.is_empty());
    }

    #[test]
    fn only_an_answer_that_names_nothing_is_halved() {
        let split = take_apart(rows(100), &failure(), &[]);
        assert!(split.failed.is_empty());
        assert_eq!(
            split.again.iter().map(Vec::len).collect::<Vec<_>>(),
            [50, 50]
        );
        assert_eq!(take_apart(rows(1), &failure(), &[]).failed.len(), 1);
    }

    /// decisions.md 17: at most 2·k·(⌈log2(n/k)⌉+1) calls where the vendor names nothing.
    #[test]
    fn halving_stays_within_its_bound() {
        for bad in [vec![3], vec![0, 50, 99], vec![10, 11, 12]] {
            let (mut calls, mut todo, mut failed) = (0_usize, vec![rows(100)], 0_usize);
            while let Some(batch) = todo.pop() {
                calls += 1;
                if batch.iter().any(|row| bad.contains(&row.index)) {
                    let split = take_apart(batch, &failure(), &[]);
                    failed += split.failed.len();
                    todo.extend(split.again);
                }
            }
            let k = bad.len();
            let log = (1..).find(|power| k << power >= 100).unwrap_or(7);
            assert_eq!(failed, k);
            assert!(
                calls - 1 <= 2 * k * (log + 1),
                "{calls} calls for {k} bad rows"
            );
        }
    }
}
