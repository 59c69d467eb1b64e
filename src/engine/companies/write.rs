//! Deciding and writing companies: changes of records found, records for those not found.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::{Case, CompanyEnd, Demand, Ends, Said, case_hash};
use crate::domain::category::Category;
use crate::domain::company;
use crate::domain::failure::{Failure, Phase};
use crate::domain::remote::ObjectSchema;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::decide::{FieldPlan, plan_create, plan_update};
use crate::engine::send::{RowEnd, Sendable, Target, each, parent_of, send};
use crate::engine::session::Session;
use crate::engine::verdicts::{adopted, change_of, no_verdict, of_lead};
use crate::engine::work::{found_right, refused, written};
use crate::store::{Commit, Decided, KnownCompany, LastWritten, LostCreate, StoreError, Subject};
use crate::vendors::{CallTrace, Change, KeyKind, Row, Verdict};

/// The code of a company that is gone.
pub(super) const GONE: &str = "COMPANY_GONE";

/// Decides and writes: changes of records found, records for those not found. Words that a vendor refuses are taken back, and
/// the company is written without them.
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
    let mut open = cases;
    // Each round has a word less of each company that is left.
    while !open.is_empty() {
        open = write_once(session, object, open, ends).await?;
    }
    Ok(())
}

/// What is to be written of a company; its words that would be refused give way. An error: nothing of it can be written.
fn decide(
    session: &Session,
    object: &'static str,
    schema: &ObjectSchema,
    case: &mut Case,
    last: Option<&LastWritten>,
) -> Result<FieldPlan, Failure> {
    let mut first = None;
    loop {
        let mut plan = plan_of(session, object, schema, case, last);
        let empty = case.record.is_none() && plan.values.is_empty() && first.is_some();
        if plan.failures.is_empty() && case.demand.leave_out(&plan.dropped) {
            continue;
        }
        if plan.failures.is_empty() && !empty {
            tell_flaws(&mut plan, &case.demand);
            return Ok(plan);
        }
        let failures: Vec<Failure> = plan
            .failures
            .into_iter()
            .map(|failure| failure.on_object(object))
            .collect();
        let gave_way = case.demand.give_way(&failures, Phase::Prepare);
        let first: &Failure = match (&mut first, failures.into_iter().next()) {
            (Some(first), _) => first,
            (none, Some(failure)) => none.insert(failure),
            (None, None) => return Ok(plan_of(session, object, schema, case, last)),
        };
        if !gave_way {
            return Err(first.clone());
        }
    }
}

fn plan_of(
    session: &Session,
    object: &'static str,
    schema: &ObjectSchema,
    case: &Case,
    last: Option<&LastWritten>,
) -> FieldPlan {
    let vendor = &*session.vendor;
    let demand = &case.demand;
    match &case.record {
        Some((record, _)) => {
            let ours = case.known.as_ref().is_some_and(|known| known.created_by_us)
                || last.is_some_and(|last| last.created_by_us);
            // A company of several leads holds what one of them said last: another that says nothing new, a note added
            // to it for instance, does not put its own words in their place.
            let last = last.filter(|_| demand.is_news);
            let explains = session.rehearses();
            plan_update(vendor, schema, &demand.mapped, record, last, ours, explains)
        }
        None => {
            let key = vendor.company_key(demand.domain.as_deref(), demand.name.as_deref());
            let under = key.as_ref().map(|(field, id)| (*field, id.as_str()));
            let explains = session.rehearses();
            let rows = session.rows(None);
            plan_create(
                vendor,
                object,
                schema,
                &demand.mapped,
                rows,
                under,
                explains,
            )
        }
    }
}

/// Where somebody asks, what is refused is told beside what is written.
fn tell_flaws(plan: &mut FieldPlan, demand: &Demand) {
    for flaw in demand.said.flaws() {
        let word = &flaw.word;
        let place = (word.ours.as_str(), word.remote.as_str());
        let text = Value::String(word.parts.join("; "));
        plan.tell(place, None, &text, Some(&flaw.failure.message));
    }
}

/// One round; what comes back is to be written without the words that were refused.
async fn write_once(
    session: &Session,
    object: &'static str,
    cases: Vec<Case>,
    ends: &mut Ends,
) -> Result<Vec<Case>, StoreError> {
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
    for mut case in cases {
        if case.record.is_none() && !case.demand.names_a_company() {
            ends.insert(case.demand.key, Arc::new(CompanyEnd::Absent));
            continue;
        }
        if case.record.is_none() && case.demand.said.is_written() {
            // Written earlier in this run, and nobody finds it any more: what is left to say makes no company.
            session.companies.forget_key(&case.demand.key);
            ends.insert(
                case.demand.key,
                Arc::new(failed(gone(object), Said::default())),
            );
            continue;
        }
        let record = case.record.as_ref();
        let last = record.and_then(|(record, _)| last.get(&record.id));
        let plan = match decide(session, object, &schema, &mut case, last) {
            Ok(plan) => plan,
            Err(failure) => {
                let said = case.demand.said;
                ends.insert(case.demand.key, Arc::new(failed(failure, said)));
                continue;
            }
        };
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
                let end = CompanyEnd::Ready {
                    id: record.id.clone(),
                    entry,
                    wrote: false,
                    said: case.demand.all_said(),
                };
                ends.insert(case.demand.key.clone(), Arc::new(end));
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
    let mut refusals: Vec<(usize, Failure)> = Vec::new();
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
                    let word = a_words(session, &end);
                    refusals.extend(word.map(|failure| (row.index, failure.clone())));
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
    Ok(without_the_refused(plans, refusals, object, ends))
}

/// Nothing of it can be sent.
fn failed(failure: Failure, said: Said) -> CompanyEnd {
    let note = Some(failure.message.clone());
    CompanyEnd::Failed {
        failure,
        phase: Phase::Prepare,
        entry: PhaseEntry::local(Phase::Prepare, false, note),
        said,
    }
}

/// A refusal that is about one word: the vendor named the field, and what it holds is at fault.
fn a_words<'a>(session: &Session, end: &'a RowEnd) -> Option<&'a Failure> {
    let refused = refusal(end).filter(|failure| !session.vendor.leaves_companies(failure));
    refused.filter(|failure| {
        matches!(
            failure.category,
            Category::DataFormatValidation
                | Category::DataTooLong
                | Category::DataValueValidation
                | Category::ValidationRule
                | Category::MissingRemoteField
        )
    })
}

/// The companies that can be written once more, without the words that were refused.
fn without_the_refused(
    plans: Vec<(Case, FieldPlan)>,
    refusals: Vec<(usize, Failure)>,
    object: &str,
    ends: &Ends,
) -> Vec<Case> {
    let mut refused: HashMap<usize, Failure> = refusals.into_iter().collect();
    let cases = plans.into_iter().enumerate();
    let again = cases.filter_map(|(index, (mut case, _))| {
        let failure = refused.remove(&index)?.on_object(object);
        let gave_way = case.demand.give_way(&[failure], Phase::Company);
        if let Some(CompanyEnd::Failed { entry, .. }) = ends.get(&case.demand.key).map(|end| &**end)
        {
            case.demand.told_by(entry);
        }
        // A record that is there is as right as it can be without the word.
        let has_more = case.record.is_some() || !case.demand.mapped.is_empty();
        (gave_way && has_more).then_some(case)
    });
    again.collect()
}

/// Somebody deleted it between our look and our write.
fn gone(object: &str) -> Failure {
    let message = "the company's record is gone at the vendor; a retry looks for it anew";
    Failure::new(Category::Connection, message)
        .with_code(GONE)
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
                    said: case.demand.all_said(),
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
                    said: case.demand.all_said(),
                }
            }
            verdict => {
                let failure = match (&verdict, &row.row.change) {
                    (Verdict::Gone, Change::Update { id, .. }) => {
                        session.companies.forget(id);
                        commit.forgotten_companies.push(id.clone());
                        gone(object)
                    }
                    _ => of_lead(
                        no_verdict(&verdict, object),
                        object,
                        session.rows(None),
                        &case.demand.mapped,
                    ),
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
                    said: case.demand.said.clone(),
                }
            }
        },
        RowEnd::Refused(failure) => CompanyEnd::Failed {
            failure: of_lead(
                failure.on_object(object),
                object,
                session.rows(None),
                &case.demand.mapped,
            ),
            phase: Phase::Company,
            entry: refused(Phase::Company, action, object, sent(), call),
            said: case.demand.said.clone(),
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
