//! Companies: each found or made once, however many leads name it.
//!
//! The desk knows every company of the run: the first window that needs one settles it, the others wait for the result, and
//! add what they know beyond it.
//! Beyond the run, the store's row of a company is the claim that stops two processes making it twice. Companies have no
//! unique key at most vendors, so a create whose answer was lost is looked for only once the vendor's index can know.

mod desk;
mod find;
mod provide;
mod words;
mod write;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::decide::payload_hash;
use super::session::Session;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::store::{KnownCompany, StoreError};
use crate::vendors::{CallTrace, RemoteRecord};
use desk::Turns;

pub(super) use desk::CompanyDesk;
pub(super) use provide::{key_of, provide};
pub(super) use words::{Demand, Flaw, Said, merge_demand};

/// What became of a company.
#[derive(Debug)]
pub(super) enum CompanyEnd {
    /// There.
    Ready {
        id: String,
        entry: PhaseEntry,
        wrote: bool,
        /// What has been said of it so far.
        said: Said,
    },
    /// Not there, and not to be made: nothing but a domain is known.
    Absent,
    /// Not ours to write: persons go without it.
    LeftOut { entry: PhaseEntry },
    /// Refused.
    Failed {
        failure: Failure,
        phase: Phase,
        entry: PhaseEntry,
        /// The words that were refused, where it is words that are in the way.
        said: Said,
    },
    /// Whether it is there cannot be known before then.
    NotBefore(Timestamp),
    /// The run ended before its turn.
    NotTried,
    /// A request without a verdict.
    Nobodys { category: Category, message: String },
}

type Ends = HashMap<String, Arc<CompanyEnd>>;

/// Brings every company demanded to an end. One that was settled earlier in the run, of which these leads say what nobody has
/// said yet, is written once more.
pub(super) async fn resolve(session: &Session, mut open: Vec<Demand>) -> Result<Ends, StoreError> {
    let mut ends = Ends::new();
    // Those with a domain first: they are what is meant by their names.
    open.sort_by_key(|demand| demand.domain.is_none());
    while !open.is_empty() {
        let mut turns = session.companies.take(std::mem::take(&mut open));
        let (ours, after) = (
            std::mem::take(&mut turns.ours),
            std::mem::take(&mut turns.after),
        );
        // Whoever is waited for never waits: what is ours is settled and told before anybody else's is asked for.
        ends.extend(settle_and_tell(session, ours, &mut turns).await?);
        for mut namesake in std::mem::take(&mut turns.namesakes) {
            let _ = namesake.wait_for(Option::is_some).await;
        }
        ends.extend(settle_and_tell(session, after, &mut turns).await?);
        for (key, home) in turns.meant {
            if let Some(end) = ends.get(&home).cloned() {
                ends.insert(key, end);
            }
        }
        for (demand, mut receiver) in turns.others {
            // A window that failed drops its sender; its companies are then nobody's fault.
            let end = match receiver.wait_for(Option::is_some).await {
                Ok(end) => end.clone(),
                Err(_) => None,
            };
            match &end {
                Some(end) if demand.rest(end).is_some() => open.push(demand),
                _ => {
                    let end = end.unwrap_or_else(|| nobodys("the company's own request failed"));
                    ends.insert(demand.key, end);
                }
            }
        }
    }
    Ok(ends)
}

/// Settles companies and tells those who wait for them.
async fn settle_and_tell(
    session: &Session,
    demands: Vec<Demand>,
    turns: &mut Turns,
) -> Result<Ends, StoreError> {
    let keys: Vec<String> = demands.iter().map(|demand| demand.key.clone()).collect();
    let seconds: Vec<Demand> = demands
        .iter()
        .filter(|demand| turns.before.contains_key(&demand.key))
        .cloned()
        .collect();
    let mut ends = settle(session, demands).await?;
    for demand in seconds {
        let before = turns.before.get(&demand.key);
        if let (Some(before), Some(end)) = (before, ends.get_mut(&demand.key)) {
            *end = second(before, &demand, end);
        }
    }
    let unsettled: Vec<String> = ends
        .iter()
        .filter(|(_, end)| !matches!(***end, CompanyEnd::Ready { .. } | CompanyEnd::NotBefore(_)))
        .map(|(key, _)| key.clone())
        .collect();
    if !unsettled.is_empty() {
        let (account, claim) = (session.frame.account, session.claim);
        session
            .store
            .call(move |store| store.release_companies(account, claim, &unsettled))
            .await?;
    }
    for key in keys {
        session.companies.settled_name(&key);
        let before = turns.before.get(&key);
        let end = ends.get(&key).map(|end| match (before, &**end) {
            // What could not be asked just now leaves the company as well known as it was.
            (Some(before), CompanyEnd::Nobodys { .. } | CompanyEnd::NotTried) => Arc::clone(before),
            _ => for_later_leads(end),
        });
        if let Some(sender) = turns.senders.remove(&key) {
            sender.send_replace(end);
        }
    }
    Ok(ends)
}

/// The end of a second change to a company that is there: where it is refused, the words it was for fail who says them, and
/// the company stands for everybody else.
fn second(before: &Arc<CompanyEnd>, demand: &Demand, end: &Arc<CompanyEnd>) -> Arc<CompanyEnd> {
    let (
        CompanyEnd::Ready { id, entry, .. },
        CompanyEnd::Failed {
            failure,
            phase,
            entry: refused,
            ..
        },
    ) = (&**before, &**end)
    else {
        return Arc::clone(end);
    };
    let is_gone = failure.code.as_deref() == Some(write::GONE);
    if is_gone || failure.category == Category::Authentication {
        return Arc::clone(end);
    }
    Arc::new(CompanyEnd::Ready {
        id: id.clone(),
        entry: entry.clone(),
        wrote: false,
        said: demand.all_refused(failure, *phase, refused),
    })
}

/// What the desk keeps of a company for the rest of the run: of one that is there its id, not the request that told. A run
/// may meet a hundred thousand companies, and the log has the whole story with the lead that brought it.
fn for_later_leads(end: &Arc<CompanyEnd>) -> Arc<CompanyEnd> {
    match &**end {
        CompanyEnd::Ready {
            id, entry, said, ..
        } => Arc::new(CompanyEnd::Ready {
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
            said: said.clone(),
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
    /// A create of ours whose answer was lost: what is found is ours.
    doubtful: bool,
    /// Known by its name alone, not by its domain.
    known_by_name: bool,
}

async fn settle(session: &Session, demands: Vec<Demand>) -> Result<Ends, StoreError> {
    let mut ends = Ends::new();
    if demands.is_empty() {
        return Ok(ends);
    }
    let cases = find::take_turns(session, demands, &mut ends).await?;
    let cases = find::by_their_names(session, cases).await?;
    let cases = find::recognise_unchanged(session, cases, &mut ends);
    let cases = find::put_doubtful_aside(session, cases, &mut ends).await?;
    let cases = find::find_records(session, cases, &mut ends).await?;
    write::write_cases(session, cases, &mut ends).await?;
    Ok(ends)
}

pub(super) fn case_hash(object: &str, demand: &Demand) -> Vec<u8> {
    payload_hash(&[(object, &demand.mapped)])
}
