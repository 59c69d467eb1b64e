//! Which company is meant: known here, in another process's hands, in doubt, or found at the vendor.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Case, CompanyEnd, Demand, Ends, Said, case_hash, nobodys};
use crate::domain::category::Category;
use crate::domain::company;
use crate::domain::failure::Phase;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::matching::{PersonFound, find_all};
use crate::engine::session::Session;
use crate::engine::work::refused;
use crate::store::{CompanyTurn, KnownCompany, StoreError, Subject};
use crate::vendors::{KeyKind, RemoteRecord};

/// How often another process's work on a company is looked at, and for how long.
const FOREIGN_POLL: std::time::Duration = std::time::Duration::from_millis(200);

const FOREIGN_PATIENCE: SignedDuration = SignedDuration::from_secs(90);

/// Claims the companies in the store; those another process is at are waited for.
pub(super) async fn take_turns(
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
                    doubtful: false,
                    known_by_name: false,
                }),
                Some(CompanyTurn::Theirs(_)) => foreign.push(demand),
                Some(CompanyTurn::Ours) | None => cases.push(Case {
                    demand,
                    known: None,
                    record: None,
                    doubtful: false,
                    known_by_name: false,
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

/// A company this account knows by its name alone, now meant by its domain: its record is asked by id, since the vendor's
/// index may not know it yet.
pub(super) async fn by_their_names(
    session: &Session,
    mut cases: Vec<Case>,
) -> Result<Vec<Case>, StoreError> {
    let keys: Vec<String> = cases.iter().filter_map(alias).collect();
    if keys.is_empty() {
        return Ok(cases);
    }
    let account = session.frame.account;
    let mut known = session
        .store
        .call(move |store| store.known_companies(account, &keys))
        .await?;
    for case in &mut cases {
        let Some(key) = alias(case) else { continue };
        case.known = known.remove(&key).or_else(|| {
            let remote_id = session.companies.settled(&key)?;
            Some(KnownCompany {
                remote_id,
                payload_hash: None,
                created_by_us: true,
            })
        });
        case.known_by_name = case.known.is_some();
        // What was sent for it by its name says nothing of what is to be sent now.
        if let Some(known) = &mut case.known {
            known.payload_hash = None;
        }
    }
    Ok(cases)
}

/// What was last sent for a known company is what would be sent now: nothing to ask.
pub(super) fn recognise_unchanged(
    session: &Session,
    cases: Vec<Case>,
    ends: &mut Ends,
) -> Vec<Case> {
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
            let said = case.demand.all_said();
            ends.insert(
                case.demand.key,
                Arc::new(CompanyEnd::Ready {
                    id: known.remote_id,
                    entry,
                    wrote: false,
                    said,
                }),
            );
        }
    }
    rest
}

/// A company whose create was lost is not looked for before the index can know it; nor is one meant by its domain whose
/// namesake's create was lost, since that may have made this very company.
pub(super) async fn put_doubtful_aside(
    session: &Session,
    cases: Vec<Case>,
    ends: &mut Ends,
) -> Result<Vec<Case>, StoreError> {
    let Some(object) = session.plan.create_company else {
        return Ok(cases);
    };
    let subjects: Vec<Subject> = cases
        .iter()
        .flat_map(|case| [Some(case.demand.key.clone()), alias(case)])
        .flatten()
        .map(|key| Subject::company(&key))
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
    let mut rest = Vec::new();
    for case in cases {
        let own = doubts.get(&Subject::company(&case.demand.key));
        let namesake = alias(&case).and_then(|key| doubts.get(&Subject::company(&key)));
        let visible = own.into_iter().chain(namesake);
        let visible = visible.map(|lost| lost.visible(lag)).max();
        match visible.filter(|visible| now < *visible) {
            Some(visible) => {
                ends.insert(case.demand.key, Arc::new(CompanyEnd::NotBefore(visible)));
            }
            None => rest.push(Case {
                doubtful: own.is_some(),
                ..case
            }),
        }
    }
    Ok(rest)
}

/// The key by which a company with a domain, of which nothing is known here, is meant by its name alone.
fn alias(case: &Case) -> Option<String> {
    let by_domain = case.known.is_none() && case.demand.domain.is_some();
    let name = case.demand.name.as_deref().filter(|_| by_domain)?;
    Some(format!("n:{}", company::name_key(name)?))
}

/// Goes through the vendor's steps: by id, by domain, by name.
pub(super) async fn find_records(
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
            .filter_map(|case| Some((case.demand.key.clone(), lookup_key(session, case, step.by)?)))
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
                        && !case.known_by_name
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

fn lookup_key(session: &Session, case: &Case, by: KeyKind) -> Option<String> {
    let domain = case.demand.domain.as_deref();
    match by {
        // Where the id is made of the domain, asking for the domain has answered for the company.
        KeyKind::Name if domain.is_some() && session.vendor.company_key(domain, None).is_some() => {
            None
        }
        KeyKind::Id => case.known.as_ref().map(|known| known.remote_id.clone()),
        KeyKind::Domain => case.demand.domain.clone(),
        KeyKind::Name => case.demand.name.clone(),
        KeyKind::ExternalId | KeyKind::Email => None,
    }
}

/// By name only a company of that very name counts, and where we know a domain, only one without (decisions.md 26).
fn fits(session: &Session, case: &Case, by: KeyKind, record: &RemoteRecord) -> bool {
    let text = |field: &str| {
        record
            .values
            .get(field)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
    };
    let keys = session.plan.company_keys;
    if by == KeyKind::Id {
        // An id stored for this very company stands; one known by the name alone must not be of another domain.
        let theirs = company::website_host(text(keys.domain));
        return !case.known_by_name || theirs.is_none() || theirs == case.demand.domain;
    }
    if by != KeyKind::Name {
        return true;
    }
    let same_name = company::name_key(text(keys.name))
        == case.demand.name.as_deref().and_then(company::name_key);
    same_name && (case.demand.domain.is_none() || text(keys.domain).trim().is_empty())
}

fn refused_lookup(end: &PersonFound, object: &str) -> CompanyEnd {
    match end {
        PersonFound::Refused { failure, call, .. } => CompanyEnd::Failed {
            failure: failure.clone(),
            phase: Phase::Company,
            entry: refused(
                Phase::Company,
                PhaseAction::Match,
                object,
                serde_json::Value::Null,
                call.as_deref(),
            ),
            said: Said::default(),
        },
        // No call was made: the run ended before its turn.
        PersonFound::Nobodys { call: None, .. } => CompanyEnd::NotTried,
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
