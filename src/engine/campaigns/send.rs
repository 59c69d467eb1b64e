//! Members on their way: written ahead, sent one request after the other, and taken apart when refused as a whole.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::decide::remember;
use super::persons::Person;
use super::{End, Scene, settle};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::run::{LoggedRequest, LoggedResponse, PhaseAction, PhaseEntry};
use crate::engine::fault::Fault;
use crate::engine::work::{Work, refused};
use crate::store::{
    AnsweredCall, ChangeKind, Commit, LostCreate, NewCall, RecordChange, StoreError,
};
use crate::vendors::{
    CallError, CallErrorKind, CallTrace, Guilty, MemberAnswer, MemberEnd, MemberRow, RemoteCampaign,
};

/// How often a locked row is sent again within an attempt before it fails.
const LOCKED_TRIES: u32 = 3;
/// What a locked row waits before the first repeat; longer before each further one.
const LOCKED_WAIT: Duration = Duration::from_secs(2);

/// A person with the row that is sent for it.
pub(super) struct Sendable {
    pub(super) person: Person,
    pub(super) row: MemberRow,
}

/// Sends rows that are all new or all known; returns whom an answer leaves open.
pub(super) async fn send(
    scene: &Scene<'_>,
    works: &mut [Work],
    remote: &RemoteCampaign,
    rows: Vec<Sendable>,
) -> Result<Vec<Person>, StoreError> {
    let session = scene.session;
    let mut open = Vec::new();
    let mut todo: Vec<(Vec<Sendable>, u32)> = cut(scene, rows)
        .into_iter()
        .rev()
        .map(|rows| (rows, 0))
        .collect();
    while let Some((rows, tries)) = todo.pop() {
        if session.stopped() {
            // Their leads are given back as they were.
            return Ok(open);
        }
        let sent = session.clock.now();
        let call = record(scene, &rows, sent).await?;
        let wire: Vec<MemberRow> = rows.iter().map(|row| row.row.clone()).collect();
        let mut commit = Commit::default();
        match session.vendor.join_campaign(remote, &wire).await {
            Ok(answer) => {
                commit.answered.push(answered(call, Some(&answer.call)));
                let locked = take_answer(scene, works, rows, answer, tries, &mut open, &mut commit);
                session.commit(commit).await?;
                if !locked.is_empty() {
                    session.clock.sleep(LOCKED_WAIT * (tries + 1)).await;
                    todo.push((locked, tries + 1));
                }
            }
            Err(error) => {
                commit.answered.push(answered(call, error.call.as_deref()));
                let again = take_error(scene, works, rows, &error, sent, &mut open, &mut commit);
                session.commit(commit).await?;
                todo.extend(again.into_iter().map(|rows| (rows, tries)));
            }
        }
    }
    Ok(open)
}

/// Cuts rows by the vendor's limits.
fn cut(scene: &Scene<'_>, mut rows: Vec<Sendable>) -> Vec<Vec<Sendable>> {
    let (one_status, one_object) = (scene.info.one_status, scene.info.one_object);
    if one_status {
        rows.sort_by(|left, right| left.row.status.cmp(&right.row.status));
    }
    if one_object {
        rows.sort_by_key(|row| row.row.object);
    }
    let mut chunks: Vec<Vec<Sendable>> = Vec::new();
    for row in rows {
        let fits = chunks.last().is_some_and(|chunk| {
            chunk.len() < scene.info.rows.max(1)
                && (!one_status || chunk[0].row.status == row.row.status)
                && (!one_object || chunk[0].row.object == row.row.object)
        });
        if !fits {
            chunks.push(Vec::new());
        }
        if let Some(chunk) = chunks.last_mut() {
            chunk.push(row);
        }
    }
    chunks
}

async fn record(
    scene: &Scene<'_>,
    rows: &[Sendable],
    now: Timestamp,
) -> Result<crate::domain::ids::CallId, StoreError> {
    let session = scene.session;
    let call = NewCall {
        run: session.frame.run,
        claim: session.claim,
        account: session.frame.account,
        phase: Phase::Campaign,
        operation: "join",
        object: scene.object(),
        // Joining again would be harmless, but whose status is found after a lost answer is known only by this.
        repeatable: false,
        subjects: rows
            .iter()
            .flat_map(|row| row.person.subjects.iter().cloned())
            .collect(),
    };
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

/// Gives every row its end; returns those that are only locked.
fn take_answer(
    scene: &Scene<'_>,
    works: &mut [Work],
    rows: Vec<Sendable>,
    answer: MemberAnswer,
    tries: u32,
    open: &mut Vec<Person>,
    commit: &mut Commit,
) -> Vec<Sendable> {
    let call = answer.call;
    let mut by_trace: HashMap<String, (MemberEnd, Value, Value)> = answer
        .rows
        .into_iter()
        .map(|(trace, end, sent, received)| (trace, (end, sent, received)))
        .collect();
    let mut locked = Vec::new();
    for row in rows {
        let (end, sent, received) = by_trace.remove(&row.row.trace).unwrap_or_else(|| {
            let sent = json!({ "person": row.row.person, "status": row.row.status });
            (MemberEnd::Silent, sent, Value::Null)
        });
        let entry = |ok: bool, id: Option<String>| PhaseEntry {
            name: Phase::Campaign,
            action: Some(action(&row.row)),
            remote_id: id,
            request: Some(LoggedRequest {
                method: call.method.clone(),
                url: call.url.clone(),
                body: sent.clone(),
            }),
            response: Some(LoggedResponse {
                status: call.status,
                body: received.clone(),
            }),
            ok,
            note: ok.then(|| said(scene, &row.row)),
            object: Some(scene.info.word.to_owned()),
        };
        let fail = |category, message: &str, code: &str| {
            let failure = Failure::new(category, message).with_code(code);
            End::Failed(entry(false, None), failure.on_object(scene.info.word))
        };
        let end = match end {
            MemberEnd::Done { id } => {
                let before = row.row.member.as_ref();
                let id = id.or_else(|| before.and_then(|member| member.id.clone()));
                let status = row.row.status.as_deref();
                remember(scene, works, &row.person, status, id.as_ref(), commit);
                commit.changes.push(change(scene, &row.row, id.as_ref()));
                End::Written(entry(true, id))
            }
            MemberEnd::Exists => {
                open.push(row.person);
                continue;
            }
            MemberEnd::Later if tries < LOCKED_TRIES => {
                locked.push(row);
                continue;
            }
            MemberEnd::Later => fail(
                Category::Unexpected,
                &format!("the {} stayed locked at the vendor", scene.title()),
                "LOCKED",
            ),
            // Matched anew by the next push: nobody's fault.
            MemberEnd::Gone => End::Interrupted(
                entry(false, None),
                Category::Unexpected,
                format!(
                    "the person's record {} vanished before it joined {}",
                    row.row.person,
                    scene.title()
                ),
            ),
            MemberEnd::Refused(failure) => {
                let failure = match &failure.object {
                    Some(_) => failure,
                    None => failure.on_object(scene.info.word),
                };
                End::Failed(entry(false, None), failure)
            }
            MemberEnd::Silent => fail(
                Category::Unexpected,
                "the vendor's answer does not mention this member, so it counts as not written",
                "SILENT",
            ),
        };
        settle(scene, works, &row.person, end, commit);
    }
    locked
}

/// A request failed as a whole; returns what is to be sent again.
fn take_error(
    scene: &Scene<'_>,
    works: &mut [Work],
    rows: Vec<Sendable>,
    error: &CallError,
    sent: Timestamp,
    open: &mut Vec<Person>,
    commit: &mut Commit,
) -> Vec<Vec<Sendable>> {
    let call = error.call.as_deref();
    let entry = |row: &Sendable| {
        let body = json!({
            "campaign": scene.campaign.remote_id, "person": row.row.person, "status": row.row.status
        });
        refused(
            Phase::Campaign,
            action(&row.row),
            scene.info.word,
            body,
            call,
        )
    };
    if let CallErrorKind::OutcomeUnknown { .. } = &error.kind {
        for row in rows {
            for subject in &row.person.subjects {
                // The vendor has nobody in a campaign twice, however late an earlier request is done.
                let lost = LostCreate::sent(sent);
                commit.doubts.push((scene.object(), subject.clone(), lost));
            }
            open.push(Person {
                lost: true,
                ..row.person
            });
        }
        return Vec::new();
    }
    if let CallErrorKind::Refused { failure, guilty } = &error.kind {
        let all = rows.len();
        let mut innocent = Vec::new();
        for row in rows {
            match blamed(&row.row, guilty, failure).or_else(|| (all == 1).then(|| failure.clone()))
            {
                Some(failure) => {
                    let end = End::Failed(entry(&row), failure);
                    settle(scene, works, &row.person, end, commit);
                }
                None => innocent.push(row),
            }
        }
        // Only an answer that names nobody is halved.
        if innocent.len() == all && all > 0 {
            let second = innocent.split_off(all / 2);
            return vec![second, innocent];
        }
        return if innocent.is_empty() {
            Vec::new()
        } else {
            vec![innocent]
        };
    }
    let fault = scene.session.fault(error);
    for row in rows {
        let end = match &fault {
            Fault::Refused(failure) => End::Failed(entry(&row), failure.clone()),
            Fault::Nobodys { category, message } => {
                End::Interrupted(entry(&row), *category, message.clone())
            }
        };
        settle(scene, works, &row.person, end, commit);
    }
    Vec::new()
}

/// What the answer blames one row for.
fn blamed(row: &MemberRow, guilty: &[Guilty], failure: &Failure) -> Option<Failure> {
    guilty.iter().find_map(|guilty| match guilty {
        Guilty::Trace(trace) => (*trace == row.trace).then(|| failure.clone()),
        Guilty::Value { value, failure, .. } => {
            let sent = [Some(&row.person), row.status.as_ref()];
            sent.contains(&Some(value))
                .then(|| failure.clone().with_value(value.clone()))
        }
        // Every row sends the same fields: none is to blame more than another.
        Guilty::Field { .. } => None,
    })
}

fn action(row: &MemberRow) -> PhaseAction {
    match row.member {
        Some(_) => PhaseAction::Update,
        None => PhaseAction::Create,
    }
}

/// What was done, in words.
fn said(scene: &Scene<'_>, row: &MemberRow) -> String {
    let title = scene.title();
    let held = row.member.as_ref().and_then(|held| held.status.as_deref());
    match (&row.status, held) {
        (Some(status), Some(held)) => format!("from {held:?} to {status:?} in {title}"),
        (Some(status), None) => format!("joined {title} as {status:?}"),
        (None, _) => format!("joined {title}"),
    }
}

/// The image of a membership, as an undo needs it.
fn change(scene: &Scene<'_>, row: &MemberRow, id: Option<&String>) -> RecordChange {
    let before = row.member.as_ref();
    RecordChange {
        object: scene.info.word.to_owned(),
        remote_id: format!("{}/{}", scene.campaign.remote_id, row.person),
        kind: ChangeKind::Joined,
        before: before.map(|member| json!({ "status": member.status })),
        after: json!({
            "campaign": scene.campaign.remote_id, "object": row.object, "person": row.person,
            "status": row.status, "member": id,
        }),
    }
}
