//! Companies: each found or made once, however many leads name it.
//!
//! The desk knows every company of the run: the first window that needs one settles it, the others wait for the result.
//! Beyond the run, the store's row of a company is the claim that stops two processes making it twice. Companies have no
//! unique key at most vendors, so a create whose answer was lost is looked for only once the vendor's index can know.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::decide::{FieldPlan, payload_hash, plan_create, plan_update};
use super::matching::{PersonFound, find_all};
use super::send::{RowEnd, Sendable, Target, each, send};
use super::session::Session;
use super::session::parking::Lock;
use super::work::{found_right, refused, written};
use crate::domain::category::Category;
use crate::domain::company;
use crate::domain::failure::{Failure, Phase};
use crate::domain::mapping::Outgoing;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::domain::write::is_blank;
use crate::store::{
    ChangeKind, Commit, CompanyTurn, KnownCompany, RecordChange, StoreError, Subject,
};
use crate::vendors::{CallTrace, Change, KeyKind, RemoteRecord, Row, Values, Verdict};

/// How often another process's work on a company is looked at, and for how long.
const FOREIGN_POLL: std::time::Duration = std::time::Duration::from_millis(200);
const FOREIGN_PATIENCE: SignedDuration = SignedDuration::from_secs(90);

/// A company some leads of a window need.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    /// `d:acme.com` or `n:acme`.
    pub(super) key: String,
    /// The name as captured.
    pub(super) name: Option<String>,
    /// The domain.
    pub(super) domain: Option<String>,
    /// What it shall hold; of several leads, the newest capture's word for each field.
    pub(super) mapped: Vec<Outgoing>,
}

/// What became of a company.
#[derive(Debug)]
pub(super) enum CompanyEnd {
    /// There.
    Ready {
        id: String,
        entry: PhaseEntry,
        wrote: bool,
    },
    /// Not there, and not to be made: nothing but a domain is known.
    Absent,
    /// Refused.
    Failed {
        failure: Failure,
        phase: Phase,
        entry: PhaseEntry,
    },
    /// Whether it is there cannot be known before then.
    NotBefore(Timestamp),
    /// A request without a verdict.
    Nobodys { category: Category, message: String },
}

type Ends = HashMap<String, Arc<CompanyEnd>>;

/// Every company of the run.
#[derive(Default)]
pub(super) struct CompanyDesk {
    entries: Lock<HashMap<String, watch::Receiver<Option<Arc<CompanyEnd>>>>>,
}

impl CompanyDesk {
    /// Companies that could not be known before now are looked at anew.
    pub(super) fn forget_doubts(&self) {
        self.entries.lock().retain(|_, receiver| {
            !matches!(
                receiver.borrow().as_deref(),
                Some(CompanyEnd::NotBefore(_) | CompanyEnd::Nobodys { .. })
            )
        });
    }
}

/// Adds a lead's word on a company: later captures win field by field.
pub(super) fn merge_demand(demands: &mut BTreeMap<String, Demand>, demand: Demand) {
    let Some(known) = demands.get_mut(&demand.key) else {
        demands.insert(demand.key.clone(), demand);
        return;
    };
    known.name = demand.name.or(known.name.take());
    for value in demand.mapped {
        match known
            .mapped
            .iter_mut()
            .find(|held| held.remote == value.remote)
        {
            Some(held) => *held = value,
            None => known.mapped.push(value),
        }
    }
}

/// Brings every company demanded to an end.
pub(super) async fn resolve(session: &Session, demands: Vec<Demand>) -> Result<Ends, StoreError> {
    let mut ours = Vec::new();
    let mut senders = Vec::new();
    let mut others = Vec::new();
    {
        let mut desk = session.companies.entries.lock();
        for demand in demands {
            match desk.get(&demand.key) {
                Some(receiver) => others.push((demand.key, receiver.clone())),
                None => {
                    let (sender, receiver) = watch::channel(None);
                    desk.insert(demand.key.clone(), receiver.clone());
                    // A company known by its domain is the one later leads mean by its name.
                    if let Some(name) = demand.name.as_deref().and_then(company::name_key) {
                        desk.entry(format!("n:{name}")).or_insert(receiver);
                    }
                    senders.push((demand.key.clone(), sender));
                    ours.push(demand);
                }
            }
        }
    }
    let mut ends = settle(session, ours).await?;
    for (key, sender) in senders {
        sender.send_replace(ends.get(&key).map(for_later_leads));
    }
    for (key, mut receiver) in others {
        // A window that failed drops its sender; its companies are then nobody's fault.
        let end = match receiver.wait_for(Option::is_some).await {
            Ok(end) => end.clone(),
            Err(_) => None,
        };
        ends.insert(
            key,
            end.unwrap_or_else(|| nobodys("the company's own request failed")),
        );
    }
    Ok(ends)
}

/// What the desk keeps of a company for the rest of the run: of one that is there its id, not the request that told. A run
/// may meet a hundred thousand companies, and the log has the whole story with the lead that brought it.
fn for_later_leads(end: &Arc<CompanyEnd>) -> Arc<CompanyEnd> {
    match &**end {
        CompanyEnd::Ready { id, entry, .. } => Arc::new(CompanyEnd::Ready {
            id: id.clone(),
            entry: PhaseEntry {
                action: Some(PhaseAction::Match),
                remote_id: Some(id.clone()),
                object: entry.object.clone(),
                ..PhaseEntry::local(
                    Phase::Company,
                    true,
                    Some("settled with an earlier lead of this run".to_owned()),
                )
            },
            wrote: false,
        }),
        _ => Arc::clone(end),
    }
}

fn nobodys(message: &str) -> Arc<CompanyEnd> {
    Arc::new(CompanyEnd::Nobodys {
        category: Category::Unexpected,
        message: message.to_owned(),
    })
}

/// A demand on its way, with what is known of its record.
struct Case {
    demand: Demand,
    known: Option<KnownCompany>,
    record: Option<(RemoteRecord, Arc<CallTrace>)>,
}

async fn settle(session: &Session, demands: Vec<Demand>) -> Result<Ends, StoreError> {
    let mut ends = Ends::new();
    if demands.is_empty() {
        return Ok(ends);
    }
    let cases = take_turns(session, demands, &mut ends).await?;
    let cases = recognise_unchanged(session, cases, &mut ends);
    let cases = put_doubtful_aside(session, cases, &mut ends).await?;
    let cases = find_records(session, cases, &mut ends).await?;
    write_cases(session, cases, &mut ends).await?;
    Ok(ends)
}

/// Claims the companies in the store; those another process is at are waited for.
async fn take_turns(
    session: &Session,
    demands: Vec<Demand>,
    ends: &mut Ends,
) -> Result<Vec<Case>, StoreError> {
    let mut cases = Vec::new();
    let mut open = demands;
    let deadline = session
        .clock
        .now()
        .checked_add(FOREIGN_PATIENCE)
        .unwrap_or(Timestamp::MAX);
    while !open.is_empty() {
        let keys: Vec<String> = open.iter().map(|demand| demand.key.clone()).collect();
        let (account, claim, now) = (session.frame.account, session.claim, session.clock.now());
        let mut turns = session
            .store
            .call(move |store| store.claim_companies(account, claim, &keys, now))
            .await?;
        let mut foreign = Vec::new();
        for demand in open {
            match turns.remove(&demand.key) {
                Some(CompanyTurn::Known(known)) => cases.push(Case {
                    demand,
                    known: Some(known),
                    record: None,
                }),
                Some(CompanyTurn::Theirs(_)) => foreign.push(demand),
                Some(CompanyTurn::Ours) | None => cases.push(Case {
                    demand,
                    known: None,
                    record: None,
                }),
            }
        }
        if foreign.is_empty() || now >= deadline || session.stopped() {
            let ended = foreign
                .into_iter()
                .map(|demand| (demand.key, nobodys("another run is at work on the company")));
            ends.extend(ended);
            return Ok(cases);
        }
        open = foreign;
        session.clock.sleep(FOREIGN_POLL).await;
    }
    Ok(cases)
}

/// What was last sent for a known company is what would be sent now: nothing to ask.
fn recognise_unchanged(session: &Session, cases: Vec<Case>, ends: &mut Ends) -> Vec<Case> {
    let object = session.plan.create_company.unwrap_or_default();
    let (same, rest): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| {
        !session.again
            && case
                .known
                .as_ref()
                .is_some_and(|known| known.payload_hash == Some(case_hash(object, &case.demand)))
    });
    for case in same {
        if let Some(known) = case.known {
            let entry = PhaseEntry {
                action: Some(PhaseAction::Match),
                remote_id: Some(known.remote_id.clone()),
                object: Some(object.to_owned()),
                ..PhaseEntry::local(
                    Phase::Company,
                    true,
                    Some("known from an earlier lead".to_owned()),
                )
            };
            ends.insert(
                case.demand.key,
                Arc::new(CompanyEnd::Ready {
                    id: known.remote_id,
                    entry,
                    wrote: false,
                }),
            );
        }
    }
    rest
}

fn case_hash(object: &str, demand: &Demand) -> Vec<u8> {
    payload_hash(&[(object, &demand.mapped)])
}

/// A company whose create was lost is not looked for before the index can know it.
async fn put_doubtful_aside(
    session: &Session,
    cases: Vec<Case>,
    ends: &mut Ends,
) -> Result<Vec<Case>, StoreError> {
    let Some(object) = session.plan.create_company else {
        return Ok(cases);
    };
    let subjects: Vec<Subject> = cases
        .iter()
        .map(|case| Subject::company(&case.demand.key))
        .collect();
    let account = session.frame.account;
    let doubts = session
        .store
        .call(move |store| store.doubts(account, object, &subjects))
        .await?;
    if doubts.is_empty() {
        return Ok(cases);
    }
    let lag = session
        .lag(object, KeyKind::Domain)
        .max(session.lag(object, KeyKind::Name));
    let now = session.clock.now();
    let (aside, rest): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| {
        doubts
            .get(&Subject::company(&case.demand.key))
            .and_then(|sent| sent.checked_add(lag).ok())
            .is_some_and(|visible| now < visible)
    });
    for case in aside {
        let visible = doubts
            .get(&Subject::company(&case.demand.key))
            .and_then(|sent| sent.checked_add(lag).ok());
        ends.insert(
            case.demand.key,
            Arc::new(CompanyEnd::NotBefore(visible.unwrap_or(now))),
        );
    }
    Ok(rest)
}

/// Goes through the vendor's steps: by id, by domain, by name.
async fn find_records(
    session: &Session,
    cases: Vec<Case>,
    ends: &mut Ends,
) -> Result<Vec<Case>, StoreError> {
    let mut open: BTreeMap<String, Case> = cases
        .into_iter()
        .map(|case| (case.demand.key.clone(), case))
        .collect();
    let mut gone = Vec::new();
    for step in session.plan.company.clone() {
        let keys: BTreeMap<String, String> = open
            .values()
            .filter(|case| case.record.is_none())
            .filter_map(|case| Some((case.demand.key.clone(), lookup_key(case, step.by)?)))
            .collect();
        if keys.is_empty() {
            continue;
        }
        let mut wanted: Vec<String> = keys.values().cloned().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let answers = find_all(session, step.object, step.by, wanted, None).await;
        for (key, looked_up) in keys {
            match answers.get(&looked_up) {
                Some(Ok((records, call))) => {
                    let Some(case) = open.get_mut(&key) else {
                        continue;
                    };
                    let fitting = records
                        .iter()
                        .find(|record| fits(session, case, step.by, record))
                        .cloned();
                    if fitting.is_none()
                        && step.by == KeyKind::Id
                        && let Some(known) = case.known.take()
                    {
                        gone.push(known.remote_id);
                    }
                    case.record = fitting.map(|record| (record, Arc::clone(call)));
                }
                Some(Err(end)) => {
                    let end = refused_lookup(end, step.object);
                    open.remove(&key);
                    ends.insert(key, Arc::new(end));
                }
                None => {
                    open.remove(&key);
                    ends.insert(key, nobodys("the vendor's answer left the company out"));
                }
            }
        }
    }
    if !gone.is_empty() {
        let account = session.frame.account;
        session
            .store
            .call(move |store| store.forget_companies(account, &gone))
            .await?;
    }
    Ok(open.into_values().collect())
}

fn lookup_key(case: &Case, by: KeyKind) -> Option<String> {
    match by {
        KeyKind::Id => case.known.as_ref().map(|known| known.remote_id.clone()),
        KeyKind::Domain => case.demand.domain.clone(),
        KeyKind::Name => case.demand.name.clone(),
        KeyKind::ExternalId | KeyKind::Email => None,
    }
}

/// By name only a company of that very name counts, and where we know a domain, only one without (decisions.md 26).
fn fits(session: &Session, case: &Case, by: KeyKind, record: &RemoteRecord) -> bool {
    if by != KeyKind::Name {
        return true;
    }
    let text = |field: &str| {
        record
            .values
            .get(field)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
    };
    let keys = session.plan.company_keys;
    let same_name = company::name_key(text(keys.name))
        == case.demand.name.as_deref().and_then(company::name_key);
    same_name && (case.demand.domain.is_none() || text(keys.domain).trim().is_empty())
}

fn refused_lookup(end: &PersonFound, object: &str) -> CompanyEnd {
    match end {
        PersonFound::Refused { failure, call } => CompanyEnd::Failed {
            failure: failure.clone(),
            phase: Phase::Company,
            entry: refused(
                Phase::Company,
                PhaseAction::Match,
                object,
                serde_json::Value::Null,
                call.as_deref(),
            ),
        },
        PersonFound::Nobodys {
            category, message, ..
        } => CompanyEnd::Nobodys {
            category: *category,
            message: message.clone(),
        },
        _ => CompanyEnd::Nobodys {
            category: Category::Unexpected,
            message: "the company could not be looked up".to_owned(),
        },
    }
}

/// Decides and writes: changes of records found, records for those not found.
async fn write_cases(
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
                let ours = case.known.as_ref().is_some_and(|known| known.created_by_us);
                plan_update(
                    &*session.vendor,
                    &schema,
                    &case.demand.mapped,
                    record,
                    last.get(&record.id),
                    ours,
                )
            }
            // A domain alone, told only by an address, makes no company.
            None if case.demand.name.is_none()
                && !tells_domain(&case.demand, session.plan.company_keys.domain) =>
            {
                ends.insert(case.demand.key, Arc::new(CompanyEnd::Absent));
                continue;
            }
            None => plan_create(&*session.vendor, object, &schema, &case.demand.mapped),
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
        match &case.record {
            Some((record, call)) if plan.values.is_empty() => {
                let entry = found_right(Phase::Company, object, record, call, "already right");
                keep(&mut commit, object, &case, &record.id, false);
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
                into.push(Sendable {
                    index,
                    row: Row {
                        trace,
                        change,
                        links: Vec::new(),
                    },
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

/// Whether the lead's own data (not only its address) tells the company's domain.
fn tells_domain(demand: &Demand, domain_field: &str) -> bool {
    demand
        .mapped
        .iter()
        .any(|value| value.remote == domain_field && value.ours == "companyWebsite")
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
                let failure = no_verdict(&verdict, object);
                let entry = written(Phase::Company, action, object, None, &answer, call, false);
                if create && verdict == Verdict::Silent {
                    commit.doubts.push((
                        object.to_owned(),
                        row.subject.clone(),
                        session.clock.now(),
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
        RowEnd::Lost { sent } => {
            commit
                .doubts
                .push((object.to_owned(), row.subject.clone(), sent));
            let lag = session
                .lag(object, KeyKind::Domain)
                .max(session.lag(object, KeyKind::Name));
            CompanyEnd::NotBefore(sent.checked_add(lag).unwrap_or(sent))
        }
        RowEnd::Nobodys { category, message } => CompanyEnd::Nobodys { category, message },
        RowEnd::NotTried => CompanyEnd::Nobodys {
            category: Category::Unexpected,
            message: "the run ended before its turn".to_owned(),
        },
    }
}

/// The image of a write: what the touched fields held, and what they hold now in the vendor's own form.
pub(super) fn change_of(
    object: &str,
    id: &str,
    plan: &FieldPlan,
    create: bool,
    stored: Option<&Values>,
) -> RecordChange {
    let after: serde_json::Map<String, serde_json::Value> = plan
        .values
        .iter()
        .map(|(name, sent)| {
            let held = stored
                .and_then(|stored| stored.get(name))
                .filter(|value| !is_blank(value));
            (name.clone(), held.unwrap_or(sent).clone())
        })
        .collect();
    RecordChange {
        object: object.to_owned(),
        remote_id: id.to_owned(),
        kind: if create {
            ChangeKind::Created
        } else {
            ChangeKind::Updated
        },
        before: (!create).then(|| plan.before.clone().into()),
        after: after.into(),
    }
}

/// The failure of a row whose verdict is none.
pub(super) fn no_verdict(verdict: &Verdict, object: &str) -> Failure {
    match verdict {
        Verdict::Refused(failure) => failure.clone().on_object(object),
        Verdict::Later(_) => Failure::new(
            Category::Unexpected,
            "the record stayed locked at the vendor",
        )
        .on_object(object),
        Verdict::Gone => Failure::new(
            Category::Unexpected,
            "the record vanished while it was written",
        )
        .on_object(object),
        _ => Failure::new(
            Category::Unexpected,
            "the vendor's answer does not mention this record, so it counts as not written",
        )
        .with_code("SILENT")
        .on_object(object),
    }
}
