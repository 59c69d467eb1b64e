//! Taking away: written ahead, sent, tried again where something is locked, halved where a request is refused, and kept.

use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::super::plan::Item;
use super::carried::{Carried, Kept};
use super::{Carrying, write_ahead};
use crate::domain::failure::Phase;
use crate::domain::ids::CallId;
use crate::domain::run::{LoggedRequest, LoggedResponse, PhaseAction, PhaseEntry};
use crate::engine::fault::Fault;
use crate::engine::send::answered;
use crate::engine::session::Session;
use crate::store::{AnsweredCall, ChangeKind, StoreError, Subject, UndoCommit};
use crate::vendors::{CallError, CallErrorKind, CallTrace, LeaveRow, RemoveAnswer, RemoveEnd};

/// How often what is locked is tried again.
const LOCKED_TRIES: u32 = 3;
const LOCKED_WAIT: Duration = Duration::from_secs(2);
/// Requests of one record under way at the same time.
const AT_ONCE: usize = 4;

/// Things of one kind that go.
pub(super) struct Departure {
    pub(super) way: Way,
    /// What an undo of the undo reads of it.
    pub(super) kind: ChangeKind,
    /// Most of them in one request.
    pub(super) size: usize,
}

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

/// The items as things to be taken away.
pub(super) fn goings(items: &[&Item], object: &'static str) -> Vec<Going> {
    let things = items.iter().enumerate().map(|(index, item)| Going {
        index,
        id: item.change.remote_id.clone(),
        other: item.change.after["company"].as_str().map(str::to_owned),
        object,
    });
    things.collect()
}

impl Carrying<'_> {
    /// Takes things away and keeps every answer as it comes home; `also` tells what else it means that one of them is gone.
    pub(super) async fn take_away(
        &mut self,
        departure: &Departure,
        things: Vec<Going>,
        items: &[&Item],
        mut also: impl FnMut(usize, &mut Carried, &mut UndoCommit),
    ) -> Result<(), StoreError> {
        let (session, way) = (self.session, &departure.way);
        let size = departure.size.max(1);
        // Vendors lock what stands above the records: several large requests would meet.
        let at_once = match way {
            Way::Remove { .. } if size == 1 => AT_ONCE,
            _ => 1,
        };
        let batches: Vec<Vec<Going>> = things.chunks(size).map(<[Going]>::to_vec).collect();
        let mut batches = futures_util::stream::iter(batches)
            .map(|batch| send(session, way, batch))
            .buffer_unordered(at_once);
        while let Some(batch) = batches.next().await {
            self.take(departure, batch?, items, &mut also).await?;
        }
        Ok(())
    }

    async fn take(
        &mut self,
        departure: &Departure,
        batch: Batch,
        items: &[&Item],
        also: &mut impl FnMut(usize, &mut Carried, &mut UndoCommit),
    ) -> Result<(), StoreError> {
        let mut kept = Kept::of(batch.answered);
        let count = batch.gone.len();
        let mut ids = Vec::new();
        for gone in batch.gone {
            let index = gone.going.index;
            let change = &items[index].change;
            if !matches!(gone.end, Some(RemoveEnd::Done | RemoveEnd::Gone)) {
                self.stays(change, why(gone.end));
                continue;
            }
            ids.push(change.remote_id.clone());
            kept.done(&mut self.carried, items[index], &gone.entry);
            also(index, &mut self.carried, &mut kept.undo);
            let (object, id) = (&change.object, &change.remote_id);
            let was = Some(change.after.clone());
            kept.changed(departure.kind, object, id, was, json!({}));
        }
        self.keep(kept, count).await?;
        match &departure.way {
            Way::Remove { object, .. } => self.session.removed(object, ids).await,
            _ => Ok(()),
        }
    }
}

/// Why something was not taken away.
fn why(end: Option<RemoveEnd>) -> String {
    match end {
        Some(RemoveEnd::Refused(failure)) => failure.message,
        Some(RemoveEnd::Later) => "it stayed locked at the vendor".to_owned(),
        Some(_) => "the vendor's answer does not mention it, so it counts as not done".to_owned(),
        None => "the run ended before its turn".to_owned(),
    }
}

/// What became of one thing; none where the run ended before its turn.
struct Gone {
    going: Going,
    end: Option<RemoveEnd>,
    /// The step of the log.
    entry: PhaseEntry,
}

/// One request's things.
#[derive(Default)]
struct Batch {
    gone: Vec<Gone>,
    answered: Vec<AnsweredCall>,
}

async fn send(session: &Session, way: &Way, batch: Vec<Going>) -> Result<Batch, StoreError> {
    let mut done = Batch::default();
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
    let end = match session.fault(error) {
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

async fn record(session: &Session, way: &Way, things: &[Going]) -> Result<CallId, StoreError> {
    let subjects = things.iter().map(|going| match way {
        Way::Leave { campaign, .. } => Subject::removal(&format!("{campaign}/{}", going.id)),
        _ => Subject::removal(&going.id),
    });
    let (phase, object) = (way.phase(), way.object());
    write_ahead(session, phase, "remove", object, subjects.collect()).await
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
