//! Joining persons to companies: only where there is no company yet, and never twice.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::ending::arrive;
use super::fault::Fault;
use super::session::Session;
use super::work::{Place, Work, refused};
use crate::domain::failure::{Failure, Phase};
use crate::domain::lead::Role;
use crate::domain::run::{LoggedRequest, LoggedResponse, PhaseAction, PhaseEntry};
use crate::store::{
    AnsweredCall, ChangeKind, Commit, NewCall, RecordChange, RemoteLink, StoreError, Subject,
};
use crate::vendors::{CallError, LinkAnswer, LinkEnd, LinkKind};

/// Whether a person that is there still has to be joined to its company.
pub(super) fn is_due(session: &Session, work: &Work) -> bool {
    let LinkKind::Association { .. } = session.plan.link else {
        return false;
    };
    let Some(company) = work.company_id() else {
        return false;
    };
    // A person that this connection does not write is not joined by it either.
    let ours = work
        .record
        .as_ref()
        .is_none_or(|at| session.writes(at.object));
    let object = session.plan.create_company.unwrap_or_default();
    let joined_before = work
        .known(object)
        .is_some_and(|link| link.remote_id == company);
    ours && !work.linked && !joined_before
}

/// Joins everybody who is due.
pub(super) async fn join(session: &Session, works: &mut [Work]) -> Result<(), StoreError> {
    let LinkKind::Association { pairs, reads } = session.plan.link else {
        return Ok(());
    };
    let due: Vec<usize> = (0..works.len())
        .filter(|index| {
            !works[*index].closed
                && works[*index].record.is_some()
                && is_due(session, &works[*index])
        })
        .collect();
    let unjoined = leave_joined(session, works, due, reads).await?;
    for chunk in unjoined.chunks(pairs.max(1)) {
        join_chunk(session, works, chunk).await?;
    }
    Ok(())
}

/// Persons who belong to a company already keep it (product.md 5.2); the rest is returned.
async fn leave_joined(
    session: &Session,
    works: &mut [Work],
    due: Vec<usize>,
    reads: usize,
) -> Result<Vec<usize>, StoreError> {
    let mut unjoined = Vec::new();
    for chunk in due.chunks(reads.max(1)) {
        // A record this very attempt made has no company yet, unless the vendor makes companies by itself.
        let ids: Vec<String> = chunk
            .iter()
            .filter_map(|index| works[*index].record.as_ref().map(|at| at.id.clone()))
            .collect();
        if session.stopped() {
            return Ok(unjoined);
        }
        let mut commit = Commit::default();
        match session.vendor.linked(&ids).await {
            Ok(linked) => {
                for (index, companies) in chunk.iter().zip(linked) {
                    let work = &mut works[*index];
                    let wanted = work.company_id().map(str::to_owned);
                    if companies.is_empty() {
                        unjoined.push(*index);
                    } else if companies
                        .iter()
                        .any(|company| Some(company) == wanted.as_ref())
                    {
                        settle(session, work, &mut commit, "joined already");
                    } else {
                        work.log_company();
                        skip(
                            work,
                            &mut commit,
                            session,
                            "belongs to another company there, which stays",
                        );
                    }
                }
            }
            Err(error) => fail_all(session, works, chunk, &error, &mut commit),
        }
        session.commit(commit).await?;
    }
    Ok(unjoined)
}

fn skip(work: &mut Work, commit: &mut Commit, session: &Session, note: &str) {
    work.phases.push(PhaseEntry {
        action: Some(PhaseAction::Skip),
        ..PhaseEntry::local(Phase::Association, true, Some(note.to_owned()))
    });
    arrive(session, work, commit);
}

/// Remembers the link, so that the next push need not ask.
fn settle(session: &Session, work: &mut Work, commit: &mut Commit, note: &str) {
    remember(session, work, commit, false);
    work.log_company();
    skip(work, commit, session, note);
}

fn remember(session: &Session, work: &Work, commit: &mut Commit, ours: bool) {
    if let (Some(object), Some(company)) = (session.plan.create_company, work.company_id()) {
        let link = RemoteLink {
            object: object.to_owned(),
            role: Role::Company,
            remote_id: company.to_owned(),
            created_by_us: ours,
        };
        commit.links.push((work.lead(), link));
    }
}

async fn join_chunk(
    session: &Session,
    works: &mut [Work],
    chunk: &[usize],
) -> Result<(), StoreError> {
    if session.stopped() {
        return Ok(());
    }
    // Two leads of one person: the pair goes once.
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut objects: Vec<&'static str> = Vec::new();
    let mut positions: HashMap<usize, usize> = HashMap::new();
    for index in chunk {
        let (Some(Place { object, id }), Some(company)) =
            (works[*index].record.clone(), works[*index].company_id())
        else {
            continue;
        };
        let pair = (id, company.to_owned());
        let position = pairs
            .iter()
            .position(|known| *known == pair)
            .unwrap_or(pairs.len());
        if position == pairs.len() {
            pairs.push(pair);
            objects.push(object);
        }
        positions.insert(*index, position);
    }
    let call = NewCall {
        run: session.frame.run,
        claim: session.claim,
        account: session.frame.account,
        phase: Phase::Association,
        operation: "link",
        object: session.plan.create_person.to_owned(),
        repeatable: true,
        subjects: chunk
            .iter()
            .map(|index| Subject::lead(works[*index].lead()))
            .collect(),
    };
    let now = session.clock.now();
    let id = session
        .store
        .call(move |store| store.record_call(&call, now))
        .await?;
    let mut commit = Commit::default();
    match session.vendor.link(&pairs).await {
        Ok(LinkAnswer { pairs: ends, call }) => {
            commit.answered.push(AnsweredCall {
                id,
                status: call.status,
                correlation: call.correlation.clone(),
            });
            for (index, position) in positions {
                let (person, company) = &pairs[position];
                let request = LoggedRequest {
                    method: call.method.clone(),
                    url: call.url.clone(),
                    body: json!({ "from": person, "to": company }),
                };
                let work = &mut works[index];
                work.log_company();
                match ends.get(position) {
                    Some(LinkEnd::Done) => {
                        work.phases.push(entry(
                            session,
                            company,
                            Some(request),
                            call.status,
                            Value::Null,
                            true,
                        ));
                        work.changed = true;
                        remember(session, work, &mut commit, true);
                        commit
                            .changes
                            .push(linked(objects[position], person, company));
                        arrive(session, work, &mut commit);
                    }
                    Some(LinkEnd::Gone(failure) | LinkEnd::Refused(failure)) => {
                        if let LinkEnd::Gone(_) = &ends[position] {
                            // A retry looks for the company anew instead of failing for ever.
                            session.companies.forget(company);
                            commit.forgotten_companies.push(company.clone());
                        }
                        let body = json!({ "error": failure.message });
                        work.phases.push(entry(
                            session,
                            company,
                            Some(request),
                            call.status,
                            body,
                            false,
                        ));
                        work.fail(session, &mut commit, Phase::Association, failure.clone());
                    }
                    None => {
                        let message = "the vendor's answer does not mention this link, so it counts as not made";
                        let failure =
                            Failure::new(crate::domain::category::Category::Unexpected, message);
                        work.phases.push(entry(
                            session,
                            company,
                            Some(request),
                            call.status,
                            Value::Null,
                            false,
                        ));
                        work.fail(
                            session,
                            &mut commit,
                            Phase::Association,
                            failure.with_code("SILENT"),
                        );
                    }
                }
            }
        }
        Err(error) => {
            let call = error.call.as_deref();
            commit.answered.push(AnsweredCall {
                id,
                status: call.map_or(0, |call| call.status),
                correlation: call.and_then(|call| call.correlation.clone()),
            });
            fail_all(session, works, chunk, &error, &mut commit);
        }
    }
    session.commit(commit).await
}

fn fail_all(
    session: &Session,
    works: &mut [Work],
    chunk: &[usize],
    error: &CallError,
    commit: &mut Commit,
) {
    let fault = session.fault(error);
    for index in chunk {
        let work = &mut works[*index];
        work.log_company();
        let at = work.record.as_ref();
        let object = at.map_or(session.plan.create_person, |at| at.object);
        let sent = json!({ "from": at.map(|at| &at.id), "to": work.company_id() });
        let call = error.call.as_deref();
        work.phases.push(refused(
            Phase::Association,
            PhaseAction::Link,
            object,
            sent,
            call,
        ));
        match &fault {
            Fault::Refused(failure) => {
                work.fail(session, commit, Phase::Association, failure.clone());
            }
            Fault::Nobodys { category, message } => {
                work.interrupt(commit, *category, message.clone());
            }
        }
    }
}

fn entry(
    session: &Session,
    company: &str,
    request: Option<LoggedRequest>,
    status: u16,
    body: Value,
    ok: bool,
) -> PhaseEntry {
    PhaseEntry {
        name: Phase::Association,
        action: Some(PhaseAction::Link),
        remote_id: Some(company.to_owned()),
        request,
        response: Some(LoggedResponse { status, body }),
        ok,
        note: None,
        object: session.plan.create_company.map(str::to_owned),
    }
}

fn linked(object: &str, person: &str, company: &str) -> RecordChange {
    RecordChange {
        object: object.to_owned(),
        remote_id: person.to_owned(),
        kind: ChangeKind::Linked,
        before: None,
        after: json!({ "company": company }),
    }
}
