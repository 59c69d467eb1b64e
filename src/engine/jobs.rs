//! Rows handed in as a job: the vendor takes them on, writes them later, and may tell no ids.
//!
//! The job's id is in the file before anybody asks how far it is. Its end gives the rows that were refused; the others are
//! found in our copy of the records before their leads count as there. A job that takes longer than its patience is left to
//! itself: its leads wait, and the next run asks for its end before it looks anybody up. Handing the same rows in twice
//! would be harmless (such a write is repeatable), but never happens while the first job is under way.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::events::SyncEvent;
use super::send::Target;
use super::session::Session;
use super::working::sleep_unless_stopped;
use crate::domain::email;
use crate::domain::ids::CallId;
use crate::domain::run::StopReason;
use crate::store::{OpenJob, StoreError};
use crate::vendors::{
    Bulk, CallError, CallErrorKind, Change, Find, JobState, KeyKind, Row, RowAnswer, Verdict,
    WriteAnswer,
};

/// Between two looks for records that a job has written: the vendor's reads follow its writes by up to a minute.
const READ_BACK: Duration = Duration::from_secs(10);

/// A job older than this is asked for no more, so that one that hangs does not keep everybody out for ever.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// How long a job of a vendor that names none is asked for.
const PATIENCE: Duration = Duration::from_secs(120);

/// Brings the answer to one write to its end: at once, or when its job is done and every record is known.
pub(super) async fn see_through(
    session: &Session,
    target: Target,
    call: CallId,
    rows: &[Row],
    mut answer: WriteAnswer,
) -> Result<Result<WriteAnswer, CallError>, StoreError> {
    let patience = target.batching.bulk.map_or(PATIENCE, |bulk| bulk.patience);
    if let Some(job) = answer.job.take() {
        let (account, object, id) = (session.frame.account, target.object, job.id.clone());
        let now = session.clock.now();
        session
            .store
            .call(move |store| store.keep_job(account, call, object, &id, now))
            .await?;
        let until = deadline(session, patience);
        sleep_unless_stopped(session, job.ask_after).await;
        let ended = await_end(session, object, &job.id, rows, until).await;
        answer.rows = match ended {
            Ok(Some(told)) => told,
            Ok(None) => {
                end(session, call).await?;
                return Ok(Err(CallError::new(CallErrorKind::OutcomeUnknown {
                    message: format!("the vendor no longer knows job {}", job.id),
                    may_run: Duration::ZERO,
                })));
            }
            Err(error) => return Ok(Err(error)),
        };
        end(session, call).await?;
        session.fall_behind(object);
    }
    if answer.rows.iter().any(is_taken) {
        let until = deadline(session, patience);
        match read_back(session, target.object, rows, answer.rows, until).await {
            Ok(rows) => answer.rows = rows,
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(answer))
}

/// Jobs of processes that died, or whose patience was over: their ends are waited for before anybody is looked up.
pub(super) async fn finish_left_jobs(session: &Session) -> Result<(), StoreError> {
    let (account, now) = (session.frame.account, session.clock.now());
    let jobs = session
        .store
        .call(move |store| store.left_jobs(account, now))
        .await?;
    let mut written = None;
    for job in jobs {
        if session.stopped() {
            return Ok(());
        }
        written = finish(session, job).await?.or(written);
    }
    // Reads follow writes: whoever is looked up too soon is handed in again.
    if let Some(object) = written
        && let Ok(lag) = Duration::try_from(session.lag(object, KeyKind::Email))
        && !lag.is_zero()
        && !session.stopped()
    {
        tell(
            session,
            lag,
            "what an earlier run handed in becomes visible first",
        );
        sleep_unless_stopped(session, lag).await;
    }
    Ok(())
}

/// Waits for the end of a job; the object that it may have written just now.
async fn finish(session: &Session, job: OpenJob) -> Result<Option<&'static str>, StoreError> {
    let objects = session.vendor.info().objects;
    let Some(info) = objects.iter().find(|info| info.key == job.object) else {
        end(session, job.call).await?;
        return Ok(None);
    };
    if session.clock.now().duration_since(job.at) > LIFE {
        // Nobody will learn its end any more; what it made is found by what it made.
        let call = job.call;
        session
            .store
            .call(move |store| store.end_left_job(call))
            .await?;
        return Ok(Some(info.key));
    }
    let bulk = [info.create, info.update].into_iter().flatten();
    let patience = bulk
        .filter_map(|batching| batching.bulk)
        .map(|Bulk { patience, .. }| patience)
        .max()
        .unwrap_or(PATIENCE);
    match await_end(
        session,
        info.key,
        &job.job,
        &[],
        deadline(session, patience),
    )
    .await
    {
        Ok(ended) => {
            let call = job.call;
            session
                .store
                .call(move |store| store.end_left_job(call))
                .await?;
            session.fall_behind(info.key);
            return Ok(ended.map(|_| info.key));
        }
        Err(error) => {
            session.fault(&error);
            if !session.stopped() {
                session.stop(StopReason::Outage, None, error.to_string());
            }
        }
    }
    Ok(None)
}

async fn end(session: &Session, call: CallId) -> Result<(), StoreError> {
    session.store.call(move |store| store.end_job(call)).await
}

fn deadline(session: &Session, patience: Duration) -> Timestamp {
    let patience = SignedDuration::try_from(patience).unwrap_or(SignedDuration::ZERO);
    let now = session.clock.now();
    now.checked_add(patience).unwrap_or(Timestamp::MAX)
}

/// Asks for a job's end; `None`: the vendor does not know it any more.
async fn await_end(
    session: &Session,
    object: &'static str,
    job: &str,
    rows: &[Row],
    until: Timestamp,
) -> Result<Option<Vec<RowAnswer>>, CallError> {
    loop {
        let after = match session.vendor.poll(object, job, rows).await? {
            JobState::Done(told) => return Ok(Some(told)),
            JobState::Unknown => return Ok(None),
            JobState::Running(after) => after,
        };
        if session.stopped() || session.clock.now() >= until {
            let title = session.vendor.info().title;
            return Err(CallError::new(CallErrorKind::Unavailable {
                retry_after: Some(after),
                message: format!(
                    "{title} is still at work on job {job}; the next sync asks for its end"
                ),
            }));
        }
        tell(session, after, &format!("job {job} is under way"));
        sleep_unless_stopped(session, after).await;
    }
}

/// Finds the records of rows that were taken without an id.
async fn read_back(
    session: &Session,
    object: &'static str,
    rows: &[Row],
    mut told: Vec<RowAnswer>,
    until: Timestamp,
) -> Result<Vec<RowAnswer>, CallError> {
    let by_trace: HashMap<&str, &Row> = rows.iter().map(|row| (row.trace.as_str(), row)).collect();
    for answer in told.iter_mut().filter(|answer| is_taken(answer)) {
        if let Some(Change::Update { id, .. }) =
            by_trace.get(answer.trace.as_str()).map(|row| &row.change)
        {
            answer.verdict = Verdict::Done {
                id: id.clone(),
                stored: None,
            };
        }
    }
    loop {
        let open: HashMap<String, Vec<usize>> = told.iter().enumerate().fold(
            HashMap::new(),
            |mut open: HashMap<String, Vec<usize>>, (index, answer)| {
                let row = by_trace.get(answer.trace.as_str());
                if let Some(key) = row
                    .filter(|_| is_taken(answer))
                    .and_then(|row| address(session, row))
                {
                    open.entry(key).or_default().push(index);
                }
                open
            },
        );
        if open.is_empty() {
            break;
        }
        let find = Find {
            object,
            by: KeyKind::Email,
            keys: open.keys().cloned().collect(),
            fields: session.fields_of(object),
            created_after: None,
        };
        session.fall_behind(object);
        for found in session.find(&find).await?.found {
            let Some(record) = found.records.into_iter().next() else {
                continue;
            };
            for index in open.get(&found.key).into_iter().flatten() {
                told[*index].verdict = Verdict::Done {
                    id: record.id.clone(),
                    stored: Some(record.values.clone()),
                };
            }
        }
        if !told.iter().any(is_taken) {
            break;
        }
        if session.stopped() {
            // Whoever was taken waits: the next run looks first.
            return Err(CallError::new(CallErrorKind::Unavailable {
                retry_after: None,
                message: "the run ended before the records written were visible".to_owned(),
            }));
        }
        if session.clock.now() >= until {
            break;
        }
        tell(
            session,
            READ_BACK,
            "the records written are not visible yet",
        );
        sleep_unless_stopped(session, READ_BACK).await;
    }
    // Who was not found stays taken, and nobody counts as there by that: a retry looks again.
    Ok(told)
}

fn is_taken(answer: &RowAnswer) -> bool {
    answer.verdict == Verdict::Taken
}

/// The address of a new person in key form.
fn address(session: &Session, row: &Row) -> Option<String> {
    let value = row.change.values().get(session.plan.identity.email)?;
    email::key(value.as_str()?)
}

fn tell(session: &Session, wait: Duration, what: &str) {
    session.reporter.report(SyncEvent::Waiting {
        seconds: wait.as_secs().max(1),
        reason: format!("{}: {what}", session.vendor.info().title),
    });
}
