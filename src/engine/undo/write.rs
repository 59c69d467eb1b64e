//! Removals on their way: written ahead, sent, tried again where something is locked, halved where a request is refused.

use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use crate::domain::failure::{Failure, Phase};
use crate::domain::run::{LoggedRequest, LoggedResponse, PhaseAction, PhaseEntry};
use crate::engine::fault::Fault;
use crate::engine::session::Session;
use crate::store::{AnsweredCall, NewCall, StoreError, Subject};
use crate::vendors::{CallError, CallErrorKind, CallTrace, LeaveRow, RemoveAnswer, RemoveEnd};

/// How often what is locked is tried again.
const LOCKED_TRIES: u32 = 3;
const LOCKED_WAIT: Duration = Duration::from_secs(2);
/// Requests of one record under way at the same time.
const AT_ONCE: usize = 4;

/// What is taken away, and how.
#[derive(Debug, Clone)]
pub(super) enum Way {
    /// Records of an object, or activities.
    Remove { phase: Phase, object: &'static str },
    /// Members of a campaign, by the vendor's id of it.
    Leave { campaign: String, object: String },
    /// Persons and companies apart.
    Unlink { object: String },
}

impl Way {
    fn phase(&self) -> Phase {
        match self {
            Self::Remove { phase, .. } => *phase,
            Self::Leave { .. } => Phase::Campaign,
            Self::Unlink { .. } => Phase::Association,
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Remove { object, .. } => object,
            Self::Leave { object, .. } | Self::Unlink { object } => object,
        }
    }
}

/// One thing to be taken away.
#[derive(Debug, Clone)]
pub(super) struct Going {
    /// The caller's own index.
    pub(super) index: usize,
    /// The record, or the person.
    pub(super) id: String,
    /// The company of a pair, or the membership.
    pub(super) other: Option<String>,
    /// The person's object, of a membership.
    pub(super) object: &'static str,
}

/// What became of one thing; none where the run ended before its turn.
pub(super) struct Gone {
    pub(super) going: Going,
    pub(super) end: Option<RemoveEnd>,
    /// The step of the log.
    pub(super) entry: PhaseEntry,
}

/// One request's things.
pub(super) struct Batch {
    pub(super) gone: Vec<Gone>,
    pub(super) answered: Vec<AnsweredCall>,
}

/// Takes things away, and hands every answer to `take` as it comes home.
pub(super) async fn take_away<F>(
    session: &Session,
    way: &Way,
    things: Vec<Going>,
    size: usize,
    mut take: F,
) -> Result<(), StoreError>
where
    F: AsyncFnMut(Batch) -> Result<(), StoreError>,
{
    let size = size.max(1);
    // Vendors lock what stands above the records: several large requests would meet.
    let at_once = if size == 1 && matches!(way, Way::Remove { .. }) {
        AT_ONCE
    } else {
        1
    };
    let batches: Vec<Vec<Going>> = things.chunks(size).map(<[Going]>::to_vec).collect();
    let mut batches = futures_util::stream::iter(batches)
        .map(|batch| send(session, way, batch))
        .buffer_unordered(at_once);
    while let Some(batch) = batches.next().await {
        take(batch?).await?;
    }
    Ok(())
}

async fn send(session: &Session, way: &Way, batch: Vec<Going>) -> Result<Batch, StoreError> {
    let mut done = Batch {
        gone: Vec::new(),
        answered: Vec::new(),
    };
    let mut todo = vec![(batch, 0)];
    while let Some((things, tries)) = todo.pop() {
        if session.stopped() {
            done.gone.extend(things.into_iter().map(|going| Gone {
                entry: entry(way, &going, None, &Value::Null, false),
                going,
                end: None,
            }));
            continue;
        }
        let call = record(session, way, &things).await?;
        match ask(session, way, &things).await {
            Ok(answer) => {
                done.answered.push(answered(call, Some(&answer.call)));
                let mut locked = Vec::new();
                let told = answer.ends.into_iter();
                let told = told.chain(std::iter::repeat((RemoveEnd::Silent, Value::Null)));
                for (going, (end, received)) in things.into_iter().zip(told) {
                    if end == RemoveEnd::Later && tries < LOCKED_TRIES {
                        locked.push(going);
                        continue;
                    }
                    let ok = matches!(end, RemoveEnd::Done | RemoveEnd::Gone);
                    done.gone.push(Gone {
                        entry: entry(way, &going, Some(&answer.call), &received, ok),
                        going,
                        end: Some(end),
                    });
                }
                if !locked.is_empty() {
                    session.clock.sleep(LOCKED_WAIT * (tries + 1)).await;
                    todo.push((locked, tries + 1));
                }
            }
            Err(error) => {
                done.answered.push(answered(call, error.call.as_deref()));
                refused(session, way, things, tries, &error, &mut todo, &mut done);
            }
        }
    }
    Ok(done)
}

async fn ask(session: &Session, way: &Way, things: &[Going]) -> Result<RemoveAnswer, CallError> {
    let ids = || -> Vec<String> { things.iter().map(|going| going.id.clone()).collect() };
    match way {
        Way::Remove { object, .. } => session.vendor.remove(object, &ids()).await,
        Way::Leave { campaign, .. } => {
            let rows: Vec<LeaveRow> = things
                .iter()
                .map(|going| LeaveRow {
                    object: going.object,
                    person: going.id.clone(),
                    member: going.other.clone(),
                })
                .collect();
            session.vendor.leave_campaign(campaign, &rows).await
        }
        Way::Unlink { .. } => {
            let pairs: Vec<(String, String)> = things
                .iter()
                .filter_map(|going| Some((going.id.clone(), going.other.clone()?)))
                .collect();
            session.vendor.unlink(&pairs).await
        }
    }
}

/// A request failed as a whole. Halves find who is to blame; what is nobody's fault ends the run.
fn refused(
    session: &Session,
    way: &Way,
    mut things: Vec<Going>,
    tries: u32,
    error: &CallError,
    todo: &mut Vec<(Vec<Going>, u32)>,
    done: &mut Batch,
) {
    if matches!(error.kind, CallErrorKind::Refused { .. }) && things.len() > 1 {
        let second = things.split_off(things.len() / 2);
        todo.push((second, tries));
        todo.push((things, tries));
        return;
    }
    let end: Option<Failure> = match session.fault(error) {
        Fault::Refused(failure) => Some(failure),
        Fault::Nobodys { .. } => None,
    };
    let call = error.call.as_deref();
    let body = call.map(|call| call.body.clone()).unwrap_or_default();
    done.gone.extend(things.into_iter().map(|going| Gone {
        entry: entry(way, &going, call, &body, false),
        going,
        end: end.clone().map(RemoveEnd::Refused),
    }));
}

async fn record(
    session: &Session,
    way: &Way,
    things: &[Going],
) -> Result<crate::domain::ids::CallId, StoreError> {
    let call = NewCall {
        run: session.frame.run,
        claim: session.claim,
        account: session.frame.account,
        phase: way.phase(),
        operation: "remove",
        object: way.object().to_owned(),
        repeatable: true,
        subjects: things
            .iter()
            .map(|going| match (way, &going.other) {
                (Way::Leave { campaign, .. }, _) => {
                    Subject::removal(&format!("{campaign}/{}", going.id))
                }
                _ => Subject::removal(&going.id),
            })
            .collect(),
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

fn entry(
    way: &Way,
    going: &Going,
    call: Option<&CallTrace>,
    received: &Value,
    ok: bool,
) -> PhaseEntry {
    let body = match &going.other {
        Some(other) => json!({ "id": going.id, "of": other }),
        None => json!({ "id": going.id }),
    };
    let note = match way {
        Way::Remove { .. } => "removed",
        Way::Leave { .. } => "taken out again",
        Way::Unlink { .. } => "taken apart again",
    };
    PhaseEntry {
        name: way.phase(),
        action: Some(PhaseAction::Update),
        remote_id: Some(going.id.clone()),
        request: call.map(|call| LoggedRequest {
            method: call.method.clone(),
            url: call.url.clone(),
            body,
        }),
        response: call.map(|call| LoggedResponse {
            status: call.status,
            body: received.clone(),
        }),
        ok,
        note: ok.then(|| note.to_owned()),
        object: Some(way.object().to_owned()),
    }
}
