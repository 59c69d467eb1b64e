//! Deciding and writing companies: changes of records found, records for those not found.

use std::sync::Arc;

use super::{Case, CompanyEnd, Ends, case_hash};
use crate::domain::category::Category;
use crate::domain::company;
use crate::domain::failure::{Failure, Phase};
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::decide::{FieldPlan, plan_create, plan_update};
use crate::engine::send::{RowEnd, Sendable, Target, each, parent_of, send};
use crate::engine::session::Session;
use crate::engine::verdicts::{adopted, change_of, no_verdict};
use crate::engine::work::{found_right, refused, written};
use crate::store::{Commit, Decided, KnownCompany, LostCreate, StoreError, Subject};
use crate::vendors::{CallTrace, Change, KeyKind, Row, Verdict};

/// Decides and writes: changes of records found, records for those not found.
pub(super) async fn write_cases(
    session: &Session,
    cases: Vec<Case>,
    ends: &mut Ends,
) -> Result<(), StoreError> {
    let Some(object) = session.plan.create_company else {
        ends.extend(
            cases
                .into_iter()
                .map(|case| (case.demand.key, Arc::new(CompanyEnd::Absent))),
        );
        return Ok(());
    };
    let schema = session.schema(object).await;
    let account = session.frame.account;
    let ids: Vec<String> = cases
        .iter()
        .filter_map(|case| Some(case.record.as_ref()?.0.id.clone()))
        .collect();
    let last = session
        .store
        .call(move |store| store.last_written(account, object, &ids))
        .await?;
    let mut commit = Commit::default();
    let mut rows: (Vec<Sendable>, Vec<Sendable>) = Default::default();
    let mut plans: Vec<(Case, FieldPlan)> = Vec::new();
    for case in cases {
        let plan = match &case.record {
            Some((record, _)) => {
                let last = last.get(&record.id);
                let ours = case.known.as_ref().is_some_and(|known| known.created_by_us)
                    || last.is_some_and(|last| last.created_by_us);
                // A company of several leads holds what one of them said last: another that says nothing new, a note added
                // to it for instance, does not put its own words in their place.
                let last = last.filter(|_| case.demand.is_news);
                plan_update(
                    &*session.vendor,
                    &schema,
                    &case.demand.mapped,
                    record,
                    last,
                    ours,
                    session.rehearses(),
                )
            }
            // A domain alone, told only by an address, makes no company.
            None if case.demand.name.is_none() && !case.demand.domain_told => {
                ends.insert(case.demand.key, Arc::new(CompanyEnd::Absent));
                continue;
            }
            None => {
                let (domain, name) = (case.demand.domain.as_deref(), case.demand.name.as_deref());
                let key = session.vendor.company_key(domain, name);
                let under = key.as_ref().map(|(field, id)| (*field, id.as_str()));
                plan_create(
                    &*session.vendor,
                    object,
                    &schema,
                    &case.demand.mapped,
                    under,
                    session.rehearses(),
                )
            }
        };
        if let Some(failure) = plan.failures.first() {
            let failure = failure.clone().on_object(object);
            let note = Some(failure.message.clone());
            let entry = PhaseEntry::local(Phase::Prepare, false, note);
            ends.insert(
                case.demand.key,
                Arc::new(CompanyEnd::Failed {
                    failure,
                    phase: Phase::Prepare,
                    entry,
                }),
            );
            continue;
        }
        if let Some((record, _)) = case.record.as_ref().filter(|_| case.doubtful) {
            commit.changes.push(adopted(
                &*session.vendor,
                &schema,
                &case.demand.mapped,
                record,
            ));
        }
        match &case.record {
            Some((record, call)) if plan.values.is_empty() => {
                let entry = found_right(Phase::Company, object, record, call, "already right");
                tell(session, &mut commit, &record.id, &plan);
                keep(&mut commit, object, &case, &record.id, case.doubtful);
                let id = record.id.clone();
                ends.insert(
                    case.demand.key.clone(),
                    Arc::new(CompanyEnd::Ready {
                        id,
                        entry,
                        wrote: false,
                    }),
                );
            }
            record => {
                let index = plans.len();
                let values = plan.values.clone();
                let change = match record {
                    Some((record, _)) => Change::Update {
                        id: record.id.clone(),
                        values,
                    },
                    None => Change::Create { values },
                };
                let subject = Subject::company(&case.demand.key);
                let trace = format!("c{}-{index}", session.frame.run);
                let into = if change.is_create() {
                    &mut rows.0
                } else {
                    &mut rows.1
                };
                let row = Row {
                    trace,
                    change,
                    links: Vec::new(),
                    despite_duplicates: false,
                    is_no_news: false,
                };
                let info = session.object(object);
                let batching = match row.change.is_create() {
                    true => info.and_then(|info| info.create),
                    false => info.and_then(|info| info.update),
                };
                let held = case.record.as_ref().map(|(record, _)| record);
                into.push(Sendable {
                    index,
                    parent: parent_of(batching, &row, held),
                    row,
                    subject,
                });
                plans.push((case, plan));
            }
        }
    }
    session.commit(commit).await?;
    let info = session.object(object);
    for (rows, batching) in [
        (rows.0, info.and_then(|info| info.create)),
        (rows.1, info.and_then(|info| info.update)),
    ] {
        let Some(batching) = batching else { continue };
        let target = Target {
            phase: Phase::Company,
            object,
            batching,
        };
        each(send(session, target, rows), async |batch| {
            let mut commit = Commit {
                answered: batch.answered,
                ..Commit::default()
            };
            for (row, end, call) in batch.rows {
                if let Some((case, plan)) = plans.get(row.index) {
                    let end = take_end(
                        session,
                        object,
                        case,
                        plan,
                        &row,
                        end,
                        call.as_deref(),
                        &mut commit,
                    );
                    ends.insert(case.demand.key.clone(), Arc::new(end));
                }
            }
            session.commit(commit).await
        })
        .await?;
    }
    Ok(())
}

/// Somebody deleted it between our look and our write.
fn gone(object: &str) -> Failure {
    let message = "the company's record is gone at the vendor; a retry looks for it anew";
    Failure::new(Category::Connection, message)
        .with_code("COMPANY_GONE")
        .on_object(object)
}

fn keep(commit: &mut Commit, object: &str, case: &Case, id: &str, created: bool) {
    let company = KnownCompany {
        remote_id: id.to_owned(),
        payload_hash: Some(case_hash(object, &case.demand)),
        created_by_us: created,
    };
    commit
        .companies
        .push((case.demand.key.clone(), company.clone()));
    // Leads that know only the name mean this company too.
    if let Some(name) = case.demand.name.as_deref().and_then(company::name_key) {
        let alias = format!("n:{name}");
        if alias != case.demand.key {
            commit.companies.push((
                alias,
                KnownCompany {
                    payload_hash: None,
                    ..company
                },
            ));
        }
    }
    commit
        .settled
        .push((object.to_owned(), Subject::company(&case.demand.key)));
}

/// What was decided for a company, where somebody asks.
fn tell(session: &Session, commit: &mut Commit, id: &str, plan: &FieldPlan) {
    if session.rehearses() {
        commit.decided.push(Decided {
            lead: None,
            object: session.plan.create_company.unwrap_or_default().to_owned(),
            remote_id: Some(id.to_owned()),
            matched_by: None,
            other_name: false,
            fields: plan.fields.clone(),
        });
    }
}

/// Why a row was refused, by itself or with its request.
fn refusal(end: &RowEnd) -> Option<&Failure> {
    match end {
        RowEnd::Refused(failure) => Some(failure),
        RowEnd::Answered(answer) => match &answer.verdict {
            Verdict::Refused(failure) => Some(failure),
            _ => None,
        },
        _ => None,
    }
}

#[allow(clippy::too_many_arguments)] // one row's whole story, told once
fn take_end(
    session: &Session,
    object: &'static str,
    case: &Case,
    plan: &FieldPlan,
    row: &Sendable,
    end: RowEnd,
    call: Option<&CallTrace>,
    commit: &mut Commit,
) -> CompanyEnd {
    let create = row.row.change.is_create();
    let action = if create {
        PhaseAction::Create
    } else {
        PhaseAction::Update
    };
    let sent = || serde_json::to_value(row.row.change.values()).unwrap_or_default();
    if let Some(failure) = refusal(&end).filter(|failure| session.vendor.leaves_companies(failure))
    {
        let note = format!("left out: {}", failure.message);
        return CompanyEnd::LeftOut {
            entry: PhaseEntry {
                action: Some(PhaseAction::Skip),
                object: Some(object.to_owned()),
                ..PhaseEntry::local(Phase::Company, true, Some(note))
            },
        };
    }
    match end {
        RowEnd::Answered(answer) => match answer.verdict.clone() {
            Verdict::Done { id, stored } => {
                for (field, effect) in &plan.effects {
                    session.count(|tally| tally.effect(&format!("{object} {field}"), *effect));
                }
                commit
                    .changes
                    .push(change_of(object, &id, plan, create, stored.as_ref()));
                keep(commit, object, case, &id, create);
                tell(session, commit, &id, plan);
                let entry = written(
                    Phase::Company,
                    action,
                    object,
                    Some(id.clone()),
                    &answer,
                    call,
                    true,
                );
                CompanyEnd::Ready {
                    id,
                    entry,
                    wrote: true,
                }
            }
            Verdict::Exists { id } => {
                keep(commit, object, case, &id, false);
                let entry = written(
                    Phase::Company,
                    PhaseAction::Match,
                    object,
                    Some(id.clone()),
                    &answer,
                    call,
                    true,
                );
                CompanyEnd::Ready {
                    id,
                    entry,
                    wrote: false,
                }
            }
            verdict => {
                let failure = match (&verdict, &row.row.change) {
                    (Verdict::Gone, Change::Update { id, .. }) => {
                        session.companies.forget(id);
                        commit.forgotten_companies.push(id.clone());
                        gone(object)
                    }
                    _ => no_verdict(&verdict, object),
                };
                let entry = written(Phase::Company, action, object, None, &answer, call, false);
                if create && verdict == Verdict::Silent {
                    commit.doubts.push((
                        object.to_owned(),
                        row.subject.clone(),
                        LostCreate::sent(session.clock.now()),
                    ));
                }
                CompanyEnd::Failed {
                    failure,
                    phase: Phase::Company,
                    entry,
                }
            }
        },
        RowEnd::Refused(failure) => CompanyEnd::Failed {
            failure: failure.on_object(object),
            phase: Phase::Company,
            entry: refused(Phase::Company, action, object, sent(), call),
        },
        RowEnd::Lost(lost) => {
            commit
                .doubts
                .push((object.to_owned(), row.subject.clone(), lost));
            let lag = session
                .lag(object, KeyKind::Domain)
                .max(session.lag(object, KeyKind::Name));
            CompanyEnd::NotBefore(lost.visible(lag))
        }
        RowEnd::Nobodys { category, message } => CompanyEnd::Nobodys { category, message },
        RowEnd::NotTried => CompanyEnd::NotTried,
    }
}
