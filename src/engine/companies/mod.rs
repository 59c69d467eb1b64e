//! Companies: each found or made once, however many leads name it.
//!
//! The desk knows every company of the run: the first window that needs one settles it, the others wait for the result.
//! Beyond the run, the store's row of a company is the claim that stops two processes making it twice. Companies have no
//! unique key at most vendors, so a create whose answer was lost is looked for only once the vendor's index can know.

mod find;
mod provide;
mod write;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::watch;

use super::decide::payload_hash;
use super::session::Session;
use super::session::parking::Lock;
use crate::domain::category::Category;
use crate::domain::company;
use crate::domain::failure::{Failure, Phase};
use crate::domain::mapping::Outgoing;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::store::{KnownCompany, StoreError};
use crate::vendors::{CallTrace, RemoteRecord};
pub(super) use provide::{demand_of, key_of, provide};

/// A company some leads of a window need.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    /// `d:acme.com` or `n:acme`.
    pub(super) key: String,
    /// The name as captured.
    pub(super) name: Option<String>,
    /// The domain.
    pub(super) domain: Option<String>,
    /// Whether a lead's own website told the domain (else only an address did).
    pub(super) domain_told: bool,
    /// What it shall hold; of several leads, the newest capture's word for each field.
    pub(super) mapped: Vec<Outgoing>,
    /// Whether a lead says something of it that it has not said before.
    pub(super) is_news: bool,
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
    /// Not ours to write: persons go without it.
    LeftOut { entry: PhaseEntry },
    /// Refused.
    Failed {
        failure: Failure,
        phase: Phase,
        entry: PhaseEntry,
    },
    /// Whether it is there cannot be known before then.
    NotBefore(Timestamp),
    /// The run ended before its turn.
    NotTried,
    /// A request without a verdict.
    Nobodys { category: Category, message: String },
}

type Ends = HashMap<String, Arc<CompanyEnd>>;

/// Every company of the run.
#[derive(Default)]
pub(super) struct CompanyDesk {
    entries: Lock<HashMap<String, watch::Receiver<Option<Arc<CompanyEnd>>>>>,
    /// The names of companies that are being settled of which nothing else is known.
    names: Lock<HashSet<String>>,
}

impl CompanyDesk {
    /// A company's record turned out to be gone: later leads look for it anew.
    pub(super) fn forget(&self, remote_id: &str) {
        self.entries.lock().retain(|_, receiver| {
            !matches!(receiver.borrow().as_deref(), Some(CompanyEnd::Ready { id, .. }) if id == remote_id)
        });
    }

    /// The record of a company that is settled under this key.
    fn settled(&self, key: &str) -> Option<String> {
        match self.entries.lock().get(key)?.borrow().as_deref() {
            Some(CompanyEnd::Ready { id, .. }) => Some(id.clone()),
            _ => None,
        }
    }

    /// Companies that could not be known before now are looked at anew.
    pub(super) fn forget_doubts(&self) {
        self.entries.lock().retain(|_, receiver| {
            !matches!(
                receiver.borrow().as_deref(),
                Some(CompanyEnd::NotBefore(_) | CompanyEnd::NotTried | CompanyEnd::Nobodys { .. })
            )
        });
    }
}

/// Adds a lead's word on a company: later captures win field by field, and what is new wins over what was said before.
pub(super) fn merge_demand(demands: &mut BTreeMap<String, Demand>, demand: Demand) {
    let Some(known) = demands.get_mut(&demand.key) else {
        demands.insert(demand.key.clone(), demand);
        return;
    };
    known.name = demand.name.or(known.name.take());
    known.domain_told |= demand.domain_told;
    let wins = demand.is_news || !known.is_news;
    known.is_news |= demand.is_news;
    for value in demand.mapped {
        match known
            .mapped
            .iter_mut()
            .find(|held| held.remote == value.remote)
        {
            Some(held) if wins => *held = value,
            Some(_) => {}
            None => known.mapped.push(value),
        }
    }
}

/// Brings every company demanded to an end.
pub(super) async fn resolve(
    session: &Session,
    mut demands: Vec<Demand>,
) -> Result<Ends, StoreError> {
    // Those with a domain first: they are what is meant by their names.
    demands.sort_by_key(|demand| demand.domain.is_none());
    let (mut ours, mut after) = (Vec::new(), Vec::new());
    let mut senders = HashMap::new();
    let mut others = Vec::new();
    let mut namesakes = Vec::new();
    {
        let mut desk = session.companies.entries.lock();
        let mut names = session.companies.names.lock();
        for demand in demands {
            match desk.get(&demand.key) {
                Some(receiver) => others.push((demand.key, receiver.clone())),
                None => {
                    let (sender, receiver) = watch::channel(None);
                    desk.insert(demand.key.clone(), receiver.clone());
                    let alias = demand.name.as_deref().and_then(company::name_key);
                    let alias = alias.map(|name| format!("n:{name}"));
                    senders.insert(demand.key.clone(), sender);
                    match alias {
                        // Another window is at a company of this name, and may be making it: it may be this one.
                        Some(alias) if alias != demand.key && names.contains(&alias) => {
                            namesakes.extend(desk.get(&alias).cloned());
                            after.push(demand);
                            continue;
                        }
                        Some(alias) if alias == demand.key => {
                            names.insert(alias);
                        }
                        // A company known by its domain is the one later leads mean by its name.
                        Some(alias) => {
                            desk.entry(alias).or_insert(receiver);
                        }
                        None => {}
                    }
                    ours.push(demand);
                }
            }
        }
    }
    // Whoever is waited for never waits: what is ours is settled and told before anybody else's is asked for.
    let mut ends = settle_and_tell(session, ours, &mut senders).await?;
    for mut namesake in namesakes {
        let _ = namesake.wait_for(Option::is_some).await;
    }
    ends.extend(settle_and_tell(session, after, &mut senders).await?);
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

type Sender = watch::Sender<Option<Arc<CompanyEnd>>>;

/// Settles companies and tells those who wait for them.
async fn settle_and_tell(
    session: &Session,
    demands: Vec<Demand>,
    senders: &mut HashMap<String, Sender>,
) -> Result<Ends, StoreError> {
    let keys: Vec<String> = demands.iter().map(|demand| demand.key.clone()).collect();
    let ends = settle(session, demands).await?;
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
    let mut names = session.companies.names.lock();
    for key in keys {
        names.remove(&key);
        if let Some(sender) = senders.remove(&key) {
            sender.send_replace(ends.get(&key).map(for_later_leads));
        }
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
